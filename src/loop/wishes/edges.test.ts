// Every edge of a wish through the endpoints: in each state each verb is tried by whom it belongs to; what the table allows happens, all else is refused in words.
import { afterAll, describe, expect, it } from 'vitest'
import { withdrawNeed } from '../needs/contract.ts'
import * as claims from './contract/claims.ts'
import * as contract from './contract.ts'
import { wishLifecycle, type WishVerb, wishVerbs } from './rules.ts'
import { at, openStage, wording, words } from './wishes.fixture.ts'

const { app, resident, neighbour, other, worker, accepted, putUp, claimed, delivered, seen, stateOf } =
  await openStage()
afterAll(() => app.close())

const asked = async () =>
  (await app.ok(resident, contract.askForWish, { body: { need: await accepted(), ...wording } })).id

/** A wish in each state, come there by the acts of people. */
const made: Readonly<Record<contract.WishState, () => Promise<string>>> = {
  asked,
  offered: async () => putUp(await accepted(resident, 'private')),
  open: () => putUp(),
  claimed,
  delivered,
  async confirmed() {
    const id = await delivered()
    await app.ok(resident, claims.confirmWish, at(id))
    return id
  },
  async unconfirmed() {
    const id = await delivered()
    await app.pass(40)
    return id
  },
  async declined() {
    const id = await asked()
    await app.ok(worker, contract.turnDownWish, { ...at(id), body: words })
    return id
  },
  async withdrawn() {
    const id = await putUp()
    await app.ok(worker, contract.takeOffWish, { ...at(id), body: words })
    return id
  },
}

type PersonsVerb = keyof typeof wishVerbs
/** Each verb by the person whose it is. */
const tried: Readonly<Record<PersonsVerb, (id: string) => ReturnType<typeof app.call>>> = {
  admitWish: (id) => app.call(worker, contract.admitWish, { ...at(id), body: { noMoney: true } }),
  turnDownWish: (id) => app.call(worker, contract.turnDownWish, { ...at(id), body: words }),
  takeOffWish: (id) => app.call(worker, contract.takeOffWish, { ...at(id), body: words }),
  agreeToWish: (id) => app.call(resident, contract.agreeToWish, at(id)),
  refuseWish: (id) => app.call(resident, contract.refuseWish, at(id)),
  withdrawWish: (id) => app.call(resident, contract.withdrawWish, { ...at(id), body: { need: 'keep' } }),
  claimWish: (id) => app.call(other, claims.claimWish, { ...at(id), body: {} }),
  deliverWish: (id) => app.call(neighbour, claims.deliverWish, { ...at(id), body: words }),
  giveBackWish: (id) => app.call(neighbour, claims.giveBackWish, { ...at(id), body: words }),
  takeClaimAway: (id) => app.call(worker, claims.takeClaimAway, { ...at(id), body: words }),
  confirmWish: (id) => app.call(resident, claims.confirmWish, at(id)),
  rejectDelivery: (id) => app.call(resident, claims.rejectDelivery, { ...at(id), body: words }),
  thankGiver: (id) => app.call(resident, claims.thankGiver, { ...at(id), body: { words: '谢谢您' } }),
}
const verbs = Object.keys(tried) as PersonsVerb[]
const tableOf = (state: contract.WishState): Partial<Record<WishVerb, contract.WishState>> => wishLifecycle[state]

const onBoard = (state: contract.WishState) => (contract.boardStates as readonly string[]).includes(state)
/** Off the board a wish does not exist for neighbours; on it, nobody has a claim before it is claimed. */
function refusalOf(state: contract.WishState, verb: PersonsVerb): [number, string] {
  const { side } = wishVerbs[verb]
  if ((side === 'giver' || side === 'anyone') && !onBoard(state)) return [404, 'not-found']
  if (side === 'giver' && state === 'open') return [403, 'forbidden']
  return [409, verb === 'claimWish' ? 'already-claimed' : 'not-in-this-state']
}

describe.each(contract.wishStates)('a wish that is %s', (state) => {
  const edges = tableOf(state)

  it.each(verbs.filter((verb) => edges[verb] !== undefined))('%s leads on', async (verb) => {
    const id = await made[state]()
    expect(await stateOf(id)).toBe(state)
    const answer = await tried[verb](id)
    expect([answer.status, answer.body], JSON.stringify(answer.problem)).toMatchObject([200, { state: edges[verb] }])
    expect((await seen(resident, id)).state).toBe(edges[verb])
  })

  it('refuses every other verb in words, and stays as it is', async () => {
    const id = await made[state]()
    const { version } = await seen(resident, id)
    for (const verb of verbs.filter((each) => edges[each] === undefined)) {
      const { status, problem } = await tried[verb](id)
      expect([status, problem.code], verb).toEqual(refusalOf(state, verb))
      expect(`${problem.title}${problem.detail ?? ''}`, verb).toMatch(/[\u4e00-\u9fff]{4,}/)
    }
    const after = await seen(resident, id)
    expect([after.state, after.version]).toEqual([state, version])
  })
})

describe('what the program does by itself', () => {
  it.each(['asked', 'offered'] as const)('a need that is withdrawn takes along its wish that is %s', async (state) => {
    const need = await accepted(resident, state === 'offered' ? 'private' : 'public')
    const id =
      state === 'offered'
        ? await putUp(need)
        : (await app.ok(resident, contract.askForWish, { body: { need, ...wording } })).id
    await app.ok(resident, withdrawNeed, at(need))
    await app.settle()
    expect(await seen(resident, id)).toMatchObject({ state: 'withdrawn', ended: { reason: 'need-withdrawn' } })
  })

  it('time moves on only what is claimed or delivered', async () => {
    const still = ['asked', 'offered', 'open', 'confirmed', 'declined', 'withdrawn'] as const
    const ids = new Map<string, contract.WishState>()
    for (const state of still) ids.set(await made[state](), state)
    const [waiting, brought] = [await claimed(), await delivered()]
    await app.pass(60)
    for (const [id, state] of ids) expect((await seen(resident, id)).state).toBe(state)
    expect([await stateOf(waiting), await stateOf(brought)]).toEqual(['open', 'unconfirmed'])
  })

  it('every edge of the table is a verb of a person or one of the three of the program', () => {
    const all = contract.wishStates.flatMap((state) => Object.keys(tableOf(state)))
    const ofProgram = ['followNeed', 'fallBack', 'confirmSilently']
    expect(new Set(all)).toEqual(new Set([...verbs, ...ofProgram]))
  })
})

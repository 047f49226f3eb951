// Who accepts cannot pay, whatever other roles they hold: neither propose the payment nor approve it; and who proposes cannot approve.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { assign, openSession } from '../../src/foundation/identity/public.ts'
import { granted } from '../../src/kit/ruling.ts'
import * as contracts from '../../src/loop/contracts/contract.ts'
import { systemAct } from '../../src/platform/action.ts'
import * as funds from '../../src/registers/funds/contract.ts'
import { moneyOf } from '../../src/registers/funds/public.ts'
import { type Person, places, startApp, type TestApp } from '../support/app.ts'
import { makeStory, type TestStory } from '../support/story.ts'

let app: TestApp
let story: TestStory
const actor = (key: string): Person => {
  const person = story.people.get(key)
  if (person === undefined) throw new Error(`nobody plays ${key}`)
  return person
}
const contract = () => ({ id: story.thread.contract ?? '' })
const view = () => app.ok(actor('procurer'), contracts.getContract, { params: contract() })
const milestone = async () => {
  const [first] = (await view()).milestones
  if (first === undefined) throw new Error('no milestone')
  return first
}
const ofMilestone = async () => ({ ...contract(), milestone: (await milestone()).id })
const paid = async () =>
  (await moneyOf(app.parts.platform.database.reader, [{ kind: 'contract', id: contract().id }])).paid
/** Who accepted, and got the role of a settler by mistake or on purpose. */
const settlers: [string, string][] = [
  ['the head who accepted', 'head'],
  ['the resident who confirmed', 'resident'],
]

const asSettler = new Map<string, Person>()
const settling = (key: string): Person => {
  const person = asSettler.get(key)
  if (person === undefined) throw new Error(`${key} is no settler`)
  return person
}

/** The first milestone is accepted by a resident of the need and the head of the community, who both become settlers of the township. */
beforeAll(async () => {
  app = await startApp()
  story = await makeStory(app, 'reported')
  for (const [, key] of settlers) {
    const { id, cookie: _, ...person } = actor(key)
    const assignment = granted(
      await systemAct(app.parts.platform, 'test.assign', (act) =>
        assign(act, { person: id, role: 'township-settler', division: places.township }),
      ),
    )
    const token = granted(
      await systemAct(app.parts.platform, 'test.session', (act) =>
        openSession(act, id, { secondFactor: true, assignment }),
      ),
    )
    asSettler.set(key, { ...person, id, cookie: `liandong_session=${token}` })
  }
  const params = await ofMilestone()
  await app.ok(actor('resident'), contracts.confirmMilestoneAsResident, { params, body: { words: '服务到位' } })
  await app.ok(actor('head'), contracts.acceptMilestone, { params })
  expect((await milestone()).state).toBe('payable')
}, 120_000)
afterAll(() => app?.close())

test.each(settlers)('%s may not propose the payment', async (_who, key) => {
  const answer = await app.call(settling(key), contracts.payMilestone, { params: await ofMilestone() })
  expect([answer.status, answer.problem.code]).toEqual([403, 'duties-separated'])
  expect((await milestone()).state).toBe('payable')
})

test.each(settlers)(
  '%s may not approve it either, nor may who proposed it; no money moves until a third person does',
  async (_who, key) => {
    if ((await milestone()).transfer === undefined)
      await app.ok(actor('settler'), contracts.payMilestone, { params: await ofMilestone() })
    const transfer = (await milestone()).transfer ?? ''
    for (const person of [settling(key), actor('settler')]) {
      const answer = await app.call(person, funds.approveTransfer, { params: { id: transfer } })
      expect([answer.status, answer.problem.code]).toEqual([403, 'duties-separated'])
    }
    expect(await paid()).toBe(0n)
  },
)

test('the second settler, who neither accepted nor proposed, pays', async () => {
  const transfer = (await milestone()).transfer ?? ''
  await app.ok(actor('settler-2'), funds.approveTransfer, { params: { id: transfer } })
  await app.settle()
  expect((await milestone()).state).toBe('paid')
  expect(await paid()).toBeGreaterThan(0n)
})

test.each(settlers)(
  '%s may not take it back and pay it again to somebody else’s account: the reversal needs a second person, too',
  async (_who, key) => {
    const transfer = (await milestone()).transfer
    expect(transfer).toBeUndefined()
    const { rows } = await app.ok(actor('settler'), funds.listTransfers, { query: { purpose: 'payment' } })
    const reversal = await app.call(settling(key), funds.reverseTransfer, {
      params: { id: rows[0]?.id ?? '' },
      body: { reason: '想收回来' },
    })
    if (reversal.status !== 200) return expect(reversal.problem.code).toMatch(/duties-separated|already-reversed/)
    const answer = await app.call(settling(key), funds.approveTransfer, { params: { id: reversal.body.id } })
    expect([answer.status, answer.problem.code]).toEqual([403, 'duties-separated'])
  },
)

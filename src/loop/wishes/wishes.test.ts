// Wishes on the board and off it, through the endpoints: who puts them up, in what words, with whose leave, and how they leave.
import { afterAll, expect, test } from 'vitest'
import { places } from '../../../tests/support/app.ts'
import * as needs from '../needs/contract.ts'
import * as desk from '../needs/contract/desk.ts'
import { getThread } from '../thread/contract.ts'
import * as claims from './contract/claims.ts'
import * as contract from './contract.ts'
import { at, wording, words, openStage } from './wishes.fixture.ts'

const {
  app,
  resident,
  neighbour,
  other,
  worker,
  elsewhere,
  accepted,
  putUp,
  claimed,
  delivered,
  seen,
  stateOf,
  needOf,
  told,
} = await openStage()
afterAll(() => app.close())

test('a thank-you is for everybody only when its resident allows it, and never money or a number', async () => {
  const id = await delivered()
  await app.ok(resident, claims.confirmWish, at(id))
  const money = await app.call(resident, claims.thankGiver, { ...at(id), body: { words: '给您发个红包，13812345678' } })
  expect(money.problem.fields?.map((field) => field.code)).toEqual(['text-has-phone', 'no-money'])
  await app.ok(resident, claims.thankGiver, { ...at(id), body: { words: '谢谢好心的邻居', public: true } })
  expect((await seen('nobody', id)).thanks?.words).toBe('谢谢好心的邻居')
})

test('a wish may not ask for money, and the worker must say so; every faulty field is named', async () => {
  const body = { need: await accepted(), title: '想要五百元', text: '请把钱转账给我，13812345678', noMoney: false }
  const answer = await app.call(worker, contract.putUpWish, { body })
  expect(answer.status).toBe(422)
  expect(answer.problem.fields?.map((field) => `${field.path} ${field.code}`)).toEqual([
    'body.title no-money',
    'body.text text-has-phone',
    'body.text no-money',
    'body.noMoney look-for-money',
  ])
  expect(answer.problem.fields?.[0]?.message).toContain('微心愿不能要钱')
})

test('a resident asks, the worker confirms; or turns it down and the need goes on', async () => {
  const need = await accepted()
  const { id, state } = await app.ok(resident, contract.askForWish, { body: { need, ...wording } })
  expect(state).toBe('asked')
  expect((await app.call(neighbour, contract.getWish, at(id))).status).toBe(404)
  expect((await app.call(neighbour, claims.claimWish, { ...at(id), body: {} })).status).toBe(404)
  expect((await app.call(worker, contract.admitWish, { ...at(id), body: { noMoney: false } })).status).toBe(422)
  await app.ok(worker, contract.admitWish, { ...at(id), body: { noMoney: true } })
  expect(await stateOf(id)).toBe('open')
  expect((await needOf(id)).route).toBe('wish')

  const second = await app.ok(resident, contract.askForWish, { body: { need: await accepted(), ...wording } })
  await app.ok(worker, contract.turnDownWish, { ...at(second.id), body: { words: '社区可以直接解决' } })
  expect(await seen(resident, second.id)).toMatchObject({
    state: 'declined',
    ended: { reason: 'turned-down', words: '社区可以直接解决' },
  })
  expect((await needOf(second.id)).state).toBe('accepted')
})

test('nobody asks for a wish from a neighbour’s need, and one need has one wish', async () => {
  const need = await accepted()
  expect((await app.call(neighbour, contract.askForWish, { body: { need, ...wording } })).status).toBe(403)
  await app.ok(resident, contract.askForWish, { body: { need, ...wording } })
  const twice = await app.call(worker, contract.putUpWish, { body: { need, ...wording, noMoney: true } })
  expect([twice.status, twice.problem.code]).toEqual([409, 'wish-exists'])
  const { id } = await app.ok(resident, needs.submitNeed, {
    body: { text: '想要一副老花镜看报纸', category: '0105', division: places.community },
  })
  const early = await app.call(worker, contract.putUpWish, { body: { need: id, ...wording, noMoney: true } })
  expect([early.status, early.problem.code]).toEqual([409, 'need-not-accepted'])
  const unknown = '320505-0190f1c0-0000-7000-8000-000000000000'
  const none = await app.call(worker, contract.putUpWish, { body: { need: unknown, ...wording, noMoney: true } })
  expect([none.status, none.problem.code]).toEqual([404, 'need-unknown'])
  const stranger = await app.call(elsewhere, contract.putUpWish, {
    body: { need: await accepted(), ...wording, noMoney: true },
  })
  expect(stranger.status).toBe(403)
})

test('a private need is worded for the board only with its resident’s leave, and stays hidden behind it', async () => {
  const need = await accepted(resident, 'private')
  expect((await app.call(elsewhere, contract.putUpWish, { body: { need, ...wording, noMoney: true } })).status).toBe(
    404,
  )
  const { id, state } = await app.ok(worker, contract.putUpWish, { body: { need, ...wording, noMoney: true } })
  expect(state).toBe('offered')
  expect(await told(resident, id)).toEqual(['wishes.offered'])
  expect((await app.call('nobody', contract.getWish, at(id))).status).toBe(404)
  expect((await app.call(worker, contract.agreeToWish, at(id))).status).toBe(404)
  await app.ok(resident, contract.agreeToWish, at(id))
  const open = await seen('nobody', id)
  expect(open).toMatchObject({ state: 'open', title: wording.title })
  expect(open.need).toBeUndefined()
  expect((await seen(worker, id)).need).toMatchObject({ id: need, private: true })
  const thread = await app.ok('nobody', getThread, { params: { kind: 'wish', id } })
  expect(JSON.stringify(thread)).not.toContain(need)
  expect(JSON.stringify(open)).not.toContain(need)
  expect(JSON.stringify(open)).not.toContain(resident.id)

  const again = await accepted(resident, 'private')
  const second = await app.ok(worker, contract.putUpWish, { body: { need: again, ...wording, noMoney: true } })
  await app.ok(resident, contract.refuseWish, at(second.id))
  expect(await seen(resident, second.id)).toMatchObject({ state: 'declined', ended: { reason: 'refused' } })
  expect((await app.ok(worker, needs.getNeed, at(again))).state).toBe('accepted')
  expect(await told(worker, second.id)).toEqual(['wishes.refused'])
})

test('a worker takes an open wish off, not a claimed one; the need waits for another route', async () => {
  const id = await claimed()
  const off = { ...at(id), body: { words: '改由社区助餐点解决' } }
  expect((await app.call(worker, contract.takeOffWish, off)).problem.code).toBe('not-in-this-state')
  await app.ok(neighbour, claims.giveBackWish, { ...at(id), body: words })
  await app.ok(worker, contract.takeOffWish, off)
  expect(await needOf(id)).toMatchObject({ state: 'accepted', endReason: 'wish-taken-off' })
  expect((await app.call('nobody', contract.getWish, at(id))).status).toBe(404)
  expect(await told(resident, id)).toContain('wishes.taken-off')
})

test('a resident withdraws the wish, and the need with it or not; whoever claimed it is told', async () => {
  const kept = await claimed()
  expect((await app.call(neighbour, contract.withdrawWish, { ...at(kept), body: { need: 'keep' } })).status).toBe(403)
  await app.ok(resident, contract.withdrawWish, { ...at(kept), body: { need: 'keep' } })
  expect(await needOf(kept)).toMatchObject({ state: 'accepted', endReason: 'wish-withdrawn' })
  expect(await told(neighbour, kept)).toContain('wishes.withdrawn')
  const gone = await putUp()
  await app.ok(resident, contract.withdrawWish, { ...at(gone), body: { need: 'withdraw' } })
  expect((await needOf(gone)).state).toBe('withdrawn')
  expect((await needOf(gone)).history.map((step) => step.state)).toEqual([
    'submitted',
    'accepted',
    'responding',
    'accepted',
    'withdrawn',
  ])
})

test('a need that is withdrawn or goes another way takes its waiting wish along', async () => {
  const first = await accepted()
  const asked = await app.ok(resident, contract.askForWish, { body: { need: first, ...wording } })
  const apart = await app.call(resident, contract.withdrawWish, { ...at(asked.id), body: { need: 'withdraw' } })
  expect(apart.problem.fields?.[0]).toMatchObject({ path: 'body.need', code: 'need-stands-apart' })
  await app.ok(resident, needs.withdrawNeed, at(first))
  await app.settle()
  expect(await seen(resident, asked.id)).toMatchObject({ state: 'withdrawn', ended: { reason: 'need-withdrawn' } })
  const second = await accepted()
  const { id } = await app.ok(resident, contract.askForWish, { body: { need: second, ...wording } })
  await app.ok(worker, desk.referNeed, { ...at(second), body: { department: needs.ownStation } })
  const late = await app.call(worker, contract.admitWish, { ...at(id), body: { noMoney: true } })
  // By the need's new route, or by the wish's end where the reaction was there first: late either way.
  expect(late.status).toBe(409)
  expect(['need-on-other-route', 'not-in-this-state']).toContain(late.problem.code)
  await app.settle()
  expect(await seen(resident, id)).toMatchObject({ state: 'withdrawn', ended: { reason: 'need-elsewhere' } })
})

test('the board shows what is open to everybody, page by page, by state, category and place', async () => {
  await app.ok(resident, contract.askForWish, { body: { need: await accepted(), ...wording } })
  for (const _ of [1, 2, 3]) await putUp()
  await claimed()
  const all = (await app.ok('nobody', contract.listWishes, { query: { division: places.community, size: 100 } })).rows
  expect(all.length).toBeGreaterThan(5)
  expect(all.every((row) => (contract.boardStates as readonly string[]).includes(row.state))).toBe(true)
  const paged: string[] = []
  let cursor: string | undefined
  do {
    const page = await app.ok('nobody', contract.listWishes, { query: { division: places.township, size: 2, cursor } })
    paged.push(...page.rows.map((row) => row.id))
    cursor = page.next
  } while (cursor !== undefined)
  expect(paged).toEqual(all.map((row) => row.id))
  const open = await app.ok('nobody', contract.listWishes, {
    query: { division: places.county, state: 'open', size: 100 },
  })
  expect(open.rows.map((row) => row.id)).toEqual(all.filter((row) => row.state === 'open').map((row) => row.id))
  const none = await app.ok('nobody', contract.listWishes, { query: { division: places.community, category: '0801' } })
  expect(none.rows).toEqual([])
  const desks = await app.ok(worker, contract.listDeskWishes, { query: { state: 'asked' } })
  expect(desks.rows.map((row) => row.state)).toContain('asked')
  expect((await app.ok(worker, contract.listDeskWishes, { query: { q: '评弹' } })).rows.length).toBeGreaterThan(0)
  expect((await app.call(worker, contract.listDeskWishes, { query: { division: places.otherCommunity } })).status).toBe(
    403,
  )
  const mine = await app.ok(neighbour, contract.listMyWishes, { query: { side: 'claimed', size: 100 } })
  expect(mine.rows.every((row) => row.giver !== undefined)).toBe(true)
  const wished = await app.ok(resident, contract.listMyWishes, { query: { side: 'wished', size: 3 } })
  expect(wished.rows).toHaveLength(3)
  expect((await app.ok(other, contract.listMyWishes, { query: { side: 'wished' } })).rows).toEqual([])
})

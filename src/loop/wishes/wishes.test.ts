// Wishes through the endpoints: every edge from need to thank-you, who may not, two at once, what time does, and who is told.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Person, places, startApp, type TestApp } from '../../../tests/support/app.ts'
import { listNotices } from '../../foundation/notices/contract.ts'
import { rowsOf } from '../../platform/database.ts'
import * as needs from '../needs/contract.ts'
import * as desk from '../needs/contract/desk.ts'
import { getThread } from '../thread/contract.ts'
import * as claims from './contract/claims.ts'
import * as contract from './contract.ts'

let app: TestApp
let resident: Person
let neighbour: Person
let other: Person
let worker: Person
let head: Person
let elsewhere: Person

beforeAll(async () => {
  app = await startApp()
  resident = await app.person()
  neighbour = await app.person()
  other = await app.person()
  worker = await app.person('community-worker')
  head = await app.person('community-head')
  elsewhere = await app.person('community-worker', { division: places.otherCommunity })
})
afterAll(() => app?.close())

const at = (id: string) => ({ params: { id } })
const wording = { title: '一台能听评弹的收音机', text: '老人眼睛不好，想要一台声音大一点的收音机' }
const words = { words: '家里有事，来不及了' }

async function accepted(of = resident, visibility: 'public' | 'private' = 'public') {
  const body = {
    text: '母亲一个人在家,想听听收音机解闷',
    category: '0105',
    division: places.community,
    visibility,
  } as const
  const { id } = await app.ok(of, needs.submitNeed, { body })
  await app.ok(worker, desk.acceptNeed, { ...at(id), body: { category: '0105', routeHint: 'wish' } })
  return id
}
async function putUp(need?: string) {
  const body = { need: need ?? (await accepted()), ...wording, noMoney: true }
  return (await app.ok(worker, contract.putUpWish, { body })).id
}
async function claimed() {
  const id = await putUp()
  await app.ok(neighbour, claims.claimWish, { ...at(id), body: {} })
  return id
}
async function delivered() {
  const id = await claimed()
  await app.ok(neighbour, claims.deliverWish, { ...at(id), body: { words: '收音机已送到服务站，并教会了怎么用' } })
  return id
}
const seen = (who: Person | 'nobody', id: string) => app.ok(who, contract.getWish, at(id))
const stateOf = async (id: string) => (await seen(worker, id)).state
const needOf = async (id: string) => {
  const need = (await seen(worker, id)).need?.id ?? ''
  return app.ok(worker, needs.getNeed, at(need))
}
const told = async (who: Person, id: string) => {
  const { rows } = await app.ok(who, listNotices, { query: { size: 50 } })
  return rows.filter((row) => row.of.id === id).map((row) => row.kind)
}

test('the straight path: put up, claimed, delivered with a photo, confirmed, thanked; the need waits for its verdict', async () => {
  const id = await putUp()
  expect(await needOf(id)).toMatchObject({ state: 'responding', route: 'wish', routeBy: { kind: 'wish', id } })
  expect(await seen('nobody', id)).toMatchObject({ state: 'open', title: wording.title, mine: false, actions: [] })
  expect(await told(resident, id)).toEqual(['wishes.put-up'])
  await app.ok(neighbour, claims.claimWish, { ...at(id), body: { shownName: '三号楼老周' } })
  expect(await seen('nobody', id)).toMatchObject({ state: 'claimed', giver: { kind: 'resident', name: '三号楼老周' } })
  const photo = await app.parts.platform.files.put(app.parts.platform.database.reader, {
    jurisdiction: '320505' as never,
    owner: neighbour.id,
    name: '收据.pdf',
    bytes: Buffer.from('%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF'),
  })
  if (!photo.ok) throw new Error(photo.code)
  await app.ok(neighbour, claims.deliverWish, {
    ...at(id),
    body: { words: '收音机已送到服务站', files: [photo.value.id] },
  })
  expect((await seen(resident, id)).delivery).toMatchObject({
    words: '收音机已送到服务站',
    files: [{ id: photo.value.id }],
  })
  for (const stranger of ['nobody', other] as const) expect((await seen(stranger, id)).delivery).toBeUndefined()
  const download = (who: Person | 'nobody') =>
    app.server.inject({
      url: `/api/files/${photo.value.id}`,
      headers: who === 'nobody' ? {} : { cookie: who.cookie },
    })
  expect((await download(resident)).statusCode).toBe(200)
  expect((await download(worker)).statusCode).toBe(200)
  for (const stranger of ['nobody', other, elsewhere] as const) expect((await download(stranger)).statusCode).toBe(404)
  await app.ok(resident, claims.confirmWish, at(id))
  expect(await needOf(id)).toMatchObject({
    state: 'answered',
    answer: { words: '这个微心愿由三号楼老周认领并送达，居民已确认收到。' },
  })
  await app.ok(resident, claims.thankGiver, { ...at(id), body: { words: '谢谢老周，声音很清楚' } })
  expect((await seen(neighbour, id)).thanks).toEqual({ words: '谢谢老周，声音很清楚', public: false })
  for (const stranger of ['nobody', other, worker] as const) expect((await seen(stranger, id)).thanks).toBeUndefined()
  const twice = await app.call(resident, claims.thankGiver, { ...at(id), body: { words: '再谢谢' } })
  expect([twice.status, twice.problem.code]).toEqual([409, 'thanked-already'])
  expect(await told(neighbour, id)).toEqual(expect.arrayContaining(['wishes.confirmed', 'wishes.thanked']))
  const need = (await needOf(id)).id
  await app.ok(resident, needs.giveVerdict, { ...at(need), body: { verdict: 'met', rating: 5 } })
  const thread = await app.ok('nobody', getThread, { params: { kind: 'wish', id } })
  expect(thread.finished).toBe(true)
  expect(thread.stations.filter((station) => station.state === 'done').map((station) => station.station)).toEqual([
    'need',
    'delivery',
    'verdict',
  ])
})

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

test('of two who claim at once one wins and the other is told', async () => {
  const id = await putUp()
  const answers = await Promise.all(
    [neighbour, other].map((who) => app.call(who, claims.claimWish, { ...at(id), body: {} })),
  )
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
  const lost = answers.find(({ status }) => status === 409)
  expect(lost?.problem.code).toBe('already-claimed')
  expect(lost?.problem.detail).toContain('已被别人认领')
})

test('claiming is for verified people, never for the wish’s own resident', async () => {
  const id = await putUp()
  const own = await app.call(resident, claims.claimWish, { ...at(id), body: {} })
  expect([own.status, own.problem.code]).toEqual([403, 'own-wish'])
  const unverified = await app.person('resident', { verified: false })
  const denied = await app.call(unverified, claims.claimWish, { ...at(id), body: {} })
  expect([denied.status, denied.problem.code]).toEqual([403, 'verified-only'])
  const nowhere = await app.call(neighbour, claims.claimWish, { ...at(id), body: { as: 'organization' } })
  expect(nowhere.problem.fields?.[0]).toMatchObject({ path: 'body.organization', code: 'organization-missing' })
  const foreign = '320000-0190f1c0-1111-7000-8000-000000000001'
  const usurper = await app.call(neighbour, claims.claimWish, {
    ...at(id),
    body: { as: 'organization', organization: foreign },
  })
  expect(usurper.status).toBe(403)
  const bodiless = await app.call(neighbour, claims.claimWish, {
    ...at(id),
    body: { as: 'supporting-body', body: '320505-0190f1c0-1111-7000-8000-000000000001' },
  })
  expect(bodiless.status).toBe(403)
  const phone = await app.call(neighbour, claims.claimWish, { ...at(id), body: { shownName: '13812345678' } })
  expect(phone.problem.fields?.[0]).toMatchObject({ path: 'body.shownName', code: 'text-has-phone' })
  expect(await stateOf(id)).toBe('open')
})

test('an organization of the register claims by its administrator; an unknown one does not', async () => {
  const id = await putUp()
  const organization = '320000-0190f1c0-1111-7000-8000-0000000000aa' as never
  const administrator = await app.person('organization-administrator', { division: places.county, organization })
  const answer = await app.call(administrator, claims.claimWish, {
    ...at(id),
    body: { as: 'organization', organization },
  })
  expect([answer.status, answer.problem.code]).toEqual([409, 'giver-not-in-force'])
})

test('a claim is given back, taken away with a reason, and open for the next', async () => {
  const id = await claimed()
  expect((await app.call(other, claims.giveBackWish, { ...at(id), body: words })).status).toBe(403)
  expect((await app.call(resident, claims.deliverWish, { ...at(id), body: words })).status).toBe(403)
  await app.ok(neighbour, claims.giveBackWish, { ...at(id), body: words })
  const open = await seen(worker, id)
  expect([open.state, open.giver]).toEqual(['open', undefined])
  expect(await told(resident, id)).toContain('wishes.given-back')
  await app.ok(other, claims.claimWish, { ...at(id), body: {} })
  expect((await app.call(elsewhere, claims.takeClaimAway, { ...at(id), body: words })).status).toBe(403)
  await app.ok(worker, claims.takeClaimAway, { ...at(id), body: { words: '联系不上认领人' } })
  expect(await stateOf(id)).toBe('open')
  expect(await told(other, id)).toContain('wishes.taken-away')
  await app.ok(neighbour, claims.claimWish, { ...at(id), body: {} })
  expect(await stateOf(id)).toBe('claimed')
})

test('a worker who once claimed a wish does not take the claim from the next giver', async () => {
  const id = await putUp()
  await app.ok(worker, claims.claimWish, { ...at(id), body: {} })
  await app.ok(worker, claims.giveBackWish, { ...at(id), body: words })
  await app.ok(neighbour, claims.claimWish, { ...at(id), body: {} })
  const own = await app.call(worker, claims.takeClaimAway, { ...at(id), body: words })
  expect([own.status, own.problem.code]).toEqual([403, 'duties-separated'])
  await app.ok(head, claims.takeClaimAway, { ...at(id), body: words })
})

test('what is not delivered in ten working days falls back, and both are told', async () => {
  const id = await claimed()
  await app.pass(9)
  expect(await stateOf(id)).toBe('claimed')
  await app.pass(9)
  const open = await seen(worker, id)
  expect([open.state, open.giver]).toEqual(['open', undefined])
  for (const who of [resident, neighbour]) expect(await told(who, id)).toContain('wishes.fell-back')
  const late = await app.call(neighbour, claims.deliverWish, { ...at(id), body: words })
  expect(late.status).toBe(403)
})

test('the resident says that it has not arrived: the claim goes on with a new date', async () => {
  const id = await delivered()
  const before = (await seen(worker, id)).confirmUntil
  await app.ok(resident, claims.rejectDelivery, { ...at(id), body: { words: '服务站说没有收到' } })
  const view = await seen(neighbour, id)
  expect(view).toMatchObject({ state: 'claimed', remark: '服务站说没有收到', myClaim: true })
  expect(view.confirmUntil).toBeUndefined()
  expect(view.deliverUntil).toBeDefined()
  expect(before).toBeDefined()
  expect((await seen('nobody', id)).remark).toBeUndefined()
  expect((await app.call(neighbour, claims.confirmWish, at(id))).status).toBe(403)
  await app.ok(neighbour, claims.deliverWish, { ...at(id), body: words })
  await app.ok(resident, claims.confirmWish, at(id))
})

test('a resident who stays silent leaves it unconfirmed: the need is answered, and it counts apart', async () => {
  const id = await delivered()
  await app.pass(40)
  expect(await stateOf(id)).toBe('unconfirmed')
  expect((await needOf(id)).state).toMatch(/answered|closed/)
  expect((await needOf(id)).answer?.words).toContain('居民未在期限内确认')
  const confirmed = await app.call(resident, claims.confirmWish, at(id))
  expect([confirmed.status, confirmed.problem.code]).toEqual([409, 'not-in-this-state'])
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
  expect([late.status, late.problem.code]).toEqual([409, 'need-on-other-route'])
  await app.settle()
  expect(await seen(resident, id)).toMatchObject({ state: 'withdrawn', ended: { reason: 'need-elsewhere' } })
})

test('a resident who is not satisfied after all reopens the need as always', async () => {
  const id = await delivered()
  await app.ok(resident, claims.confirmWish, at(id))
  const need = (await needOf(id)).id
  await app.ok(resident, needs.giveVerdict, { ...at(need), body: { verdict: 'not-met', rating: 2 } })
  expect(await needOf(id)).toMatchObject({ state: 'responding', raised: true })
  expect(await stateOf(id)).toBe('confirmed')
})

test('the board shows what is open to everybody, page by page, by state, category and place', async () => {
  await app.ok(resident, contract.askForWish, { body: { need: await accepted(), ...wording } })
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

test('no act of a wish needs more than eight statements', async () => {
  const { statements } = app.parts.platform.database
  const id = await putUp()
  const need = await accepted()
  await app.settle()
  // What the call itself needs beside the act: session, idempotency, BEGIN and COMMIT do not count; a question shows what a session costs.
  const cost = async (work: () => Promise<unknown>) => {
    await app.settle()
    const texts: string[] = []
    statements.listener = (text) => texts.push(text)
    await work()
    statements.listener = undefined
    return texts.filter((text) => !/identity\.session|platform\.idempotency|^(BEGIN|COMMIT)/i.test(text)).length
  }
  const costs = {
    put: await cost(() => app.ok(worker, contract.putUpWish, { body: { need, ...wording, noMoney: true } })),
    claim: await cost(() => app.ok(neighbour, claims.claimWish, { ...at(id), body: {} })),
    deliver: await cost(() => app.ok(neighbour, claims.deliverWish, { ...at(id), body: words })),
    confirm: await cost(() => app.ok(resident, claims.confirmWish, at(id))),
    thank: await cost(() => app.ok(resident, claims.thankGiver, { ...at(id), body: { words: '谢谢您' } })),
  }
  for (const [act, n] of Object.entries(costs)) {
    expect(n, act).toBeGreaterThan(2)
    expect(n, act).toBeLessThanOrEqual(8)
  }
})

test('events name nobody and hold no words', async () => {
  const rows = await rowsOf<{ data: unknown }>(
    app.parts.platform.database.reader,
    "SELECT data FROM platform.event WHERE name LIKE 'wishes.%'",
  )
  expect(rows.length).toBeGreaterThan(30)
  for (const { data } of rows) expect(JSON.stringify(data)).not.toMatch(/[\u4e00-\u9fff]/)
})

// Granting wishes through the endpoints: from the claim to the thank-you, two at once, what time does, who is told and who is not named.
import { afterAll, expect, test } from 'vitest'
import { type Person, places } from '../../../tests/support/app.ts'
import { getTimeline } from '../../foundation/notices/contract.ts'
import { rowsOf } from '../../platform/database.ts'
import * as needs from '../needs/contract.ts'
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
  head,
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

test('neither side learns the other’s name from the wish’s history', async () => {
  const anna = await app.person('resident', { name: '欧阳试一' })
  const bert = await app.person('resident', { name: '司徒试二' })
  const id = await putUp(await accepted(anna))
  await app.ok(bert, claims.claimWish, { ...at(id), body: {} })
  await app.ok(bert, claims.deliverWish, { ...at(id), body: words })
  const history = async (who: Person | 'nobody') =>
    JSON.stringify([
      await app.ok(who, getThread, { params: { kind: 'wish', id } }),
      who === 'nobody' ? '' : await app.call(who, getTimeline, { params: { kind: 'wish', id } }),
      await seen(who, id),
    ])
  expect(await history(anna)).not.toMatch(/司/)
  expect(await history(bert)).not.toMatch(/欧/)
  expect(await history('nobody')).not.toMatch(/欧|司/)
  expect(await history(worker)).toMatch(/司/)
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

test('a resident who is not satisfied after all reopens the need as always', async () => {
  const id = await delivered()
  await app.ok(resident, claims.confirmWish, at(id))
  const need = (await needOf(id)).id
  await app.ok(resident, needs.giveVerdict, { ...at(need), body: { verdict: 'not-met', rating: 2 } })
  expect(await needOf(id)).toMatchObject({ state: 'responding', raised: true })
  expect(await stateOf(id)).toBe('confirmed')
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

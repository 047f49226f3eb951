// Who holds a need is always visible: handing over, taking over with a mark, and what happens while somebody is away.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Person, places, startApp, type TestApp } from '../../../tests/support/app.ts'
import { listNotices } from '../../foundation/notices/contract.ts'
import { addDays, type PlainDate, today } from '../../kit/plain-date.ts'
import { rowsOf } from '../../platform/database.ts'
import * as contract from './contract.ts'
import * as bulk from './contract/bulk.ts'
import * as desk from './contract/desk.ts'
import { endAbsence, listNeedHolders, setAbsence } from './contract/holders.ts'
import { isAwayOn } from './rules/absence.ts'

let app: TestApp
let resident: Person
let worker: Person
let colleague: Person
let head: Person

beforeAll(async () => {
  app = await startApp()
  resident = await app.person()
  worker = await app.person('community-worker', { name: '王秀英' })
  colleague = await app.person('community-worker', { name: '李明' })
  head = await app.person('community-head', { name: '陈红' })
})
afterAll(() => app?.close())

const at = (id: string) => ({ params: { id } })
const day = (days: number): PlainDate => addDays(today(app.parts.platform.clock.now()), days)

async function heldBy(who: Person, count = 1) {
  const needs: { id: string; version: number }[] = []
  for (let each = 0; each < count; each += 1) {
    const { id } = await app.ok(resident, contract.submitNeed, {
      body: { text: '楼道堆了杂物，消防通道过不去', category: '0803', division: places.community },
    })
    const { version } = await app.ok(who, desk.holdNeed, at(id))
    needs.push({ id, version })
  }
  return needs
}
const holders = async (who = head) => (await app.ok(who, listNeedHolders, { query: {} })).rows
const holder = async (person: Person) => (await holders()).find((row) => row.person.id === person.id)
const eventsOf = (id: string, name: string) =>
  rowsOf<{ data: Record<string, unknown> }>(
    app.parts.platform.database.reader,
    'SELECT data FROM platform.event WHERE jurisdiction = $1 AND record_id = $2 AND name = $3',
    [places.county, id, name],
  )

test('handed over by its holder, taken over by a colleague: each leaves its mark and tells the other', async () => {
  const [need] = await heldBy(worker)
  const id = need?.id ?? ''
  await app.ok(worker, desk.handOverNeed, { ...at(id), body: { to: colleague.id } })
  expect((await app.ok(worker, contract.getNeed, at(id))).holder).toEqual({ id: colleague.id, name: '李明' })
  const refused = await app.call(worker, desk.handOverNeed, { ...at(id), body: { to: head.id } })
  expect([refused.status, refused.problem.code]).toEqual([403, 'not-holder'])
  await app.ok(worker, desk.takeOverNeed, { ...at(id), body: { reason: 'ill' } })
  expect((await eventsOf(id, 'needs.takeOverNeed')).map(({ data }) => data)).toMatchObject([
    { holder: worker.id, from: colleague.id, reason: 'ill' },
  ])
  const told = (await app.ok(colleague, listNotices, { query: {} })).rows.filter((row) => row.of.id === id)
  expect(told.map((row) => row.kind).sort()).toEqual(['needs.given-to-you', 'needs.taken-over'])
})

test('what somebody away holds shows it, to the desk only, and goes to colleagues in bulk with the mark', async () => {
  const needs = await heldBy(colleague, 3)
  expect(await holder(colleague)).toMatchObject({ here: true, held: 3 })
  await app.ok(colleague, setAbsence, { body: { since: day(0), until: day(5), reason: 'on-leave' } })
  const row = await holder(colleague)
  expect(row?.absence).toMatchObject({ until: day(5), reason: 'on-leave', now: true })
  expect((await holders())[0]?.person.id).toBe(colleague.id)
  const away = await app.ok(head, contract.listDeskNeeds, { query: { holder: 'away' } })
  expect(away.rows.map(({ id }) => id).sort()).toEqual(needs.map(({ id }) => id).sort())
  expect(away.rows.every(({ holderAwayUntil }) => holderAwayUntil === day(5))).toBe(true)
  const [first] = needs
  expect((await app.ok(head, contract.getNeed, at(first?.id ?? ''))).holderAwayUntil).toBe(day(5))
  expect((await app.ok('nobody', contract.getNeed, at(first?.id ?? ''))).holderAwayUntil).toBeUndefined()
  const board = await app.ok('nobody', contract.listNeeds, { query: { division: places.community, size: 100 } })
  expect(board.rows.every(({ holderAwayUntil }) => holderAwayUntil === undefined)).toBe(true)
  const taken = await app.ok(worker, bulk.takeOverNeeds, { body: { needs: needs.slice(0, 2), reason: 'on-leave' } })
  expect(taken.done).toHaveLength(2)
  const given = await app.ok(head, bulk.assignNeeds, { body: { needs: needs.slice(2), to: worker.id } })
  expect(given.done).toHaveLength(1)
  for (const { id } of needs.slice(0, 2))
    expect((await eventsOf(id, 'needs.takeOverNeed'))[0]?.data).toMatchObject({
      from: colleague.id,
      reason: 'on-leave',
    })
  expect(await holder(colleague)).toMatchObject({ held: 0 })
  expect((await app.ok(head, contract.listDeskNeeds, { query: { holder: 'away' } })).rows).toEqual([])
})

test('an absence is over by itself the day after its last one, or earlier when the worker is back', async () => {
  await app.ok(worker, setAbsence, { body: { since: day(1), until: day(2), reason: 'training' } })
  expect((await holder(worker))?.absence).toMatchObject({ now: false })
  await app.pass(1)
  expect((await holder(worker))?.absence).toMatchObject({ now: true })
  await app.pass(2)
  expect((await holder(worker))?.absence).toBeUndefined()
  const { id } = await app.ok(worker, setAbsence, { body: { since: day(0), until: day(9), reason: 'ill' } })
  const other = await app.call(colleague, endAbsence, at(id))
  expect([other.status, other.problem.code]).toEqual([403, 'head-enters-others'])
  await app.ok(worker, endAbsence, at(id))
  expect((await holder(worker))?.absence).toBeUndefined()
  expect((await app.call(worker, endAbsence, at(id))).status).toBe(404)
})

test('the head enters it for a colleague; a colleague does not, and faults stand at their fields', async () => {
  const period = { since: day(0), until: day(3), reason: 'ill' as const }
  const others = await app.call(colleague, setAbsence, { body: { ...period, person: worker.id } })
  expect([others.status, others.problem.code]).toEqual([403, 'head-enters-others'])
  const entered = await app.ok(head, setAbsence, { body: { ...period, person: worker.id } })
  // Entered again it is the same absence with another end.
  const again = await app.ok(head, setAbsence, { body: { ...period, until: day(4), person: worker.id } })
  expect(again).toEqual({ id: entered.id, version: 2 })
  expect((await holder(worker))?.absence?.until).toBe(day(4))
  const stranger = await app.person('community-worker', { division: places.otherCommunity })
  const faults = async (body: object) => {
    const answer = await app.call(head, setAbsence, { body: { ...period, ...body } })
    return [answer.status, answer.problem.fields?.map(({ path, code }) => `${path} ${code}`)]
  }
  expect(await faults({ person: stranger.id })).toEqual([422, ['body.person not-a-worker-here']])
  expect(await faults({ until: day(-1) })).toEqual([422, ['body.until until-before-since']])
  expect(await faults({ since: day(-5), until: day(-1) })).toEqual([422, ['body.until absence-over']])
  expect(await faults({ until: day(400) })).toEqual([422, ['body.until absence-too-long']])
  const there = await app.call(stranger, listNeedHolders, { query: { division: places.community } })
  expect(there.status).toBe(403)
})

test('a day is away from the first to the last, both included', () => {
  const absence = { since: '2026-11-23' as PlainDate, until: '2026-11-25' as PlainDate }
  const days = ['2026-11-22', '2026-11-23', '2026-11-24', '2026-11-25', '2026-11-26'] as PlainDate[]
  expect(days.map((each) => isAwayOn(absence, each))).toEqual([false, true, true, true, false])
})

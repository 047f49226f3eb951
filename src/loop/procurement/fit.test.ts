// "We qualify", through the endpoints: an organization finds the tenders that take bids and ask nothing that the registers do not say of it.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Person, startApp, type TestApp } from '../../../tests/support/app.ts'
import * as given from '../../../tests/support/lots.ts'
import { approvedProject } from '../../../tests/support/story.ts'
import * as contract from './contract.ts'
import { changeTerms } from './contract/questions.ts'

let app: TestApp
let room: given.LotRoom
const tenders: string[] = []
let asked = 0

const ours = async (who: Person | 'nobody', more: object = {}) => {
  const { rows, count } = await app.ok(who, contract.listTenders, { query: { fit: 'ours', ...more } })
  expect(count?.n).toBe(rows.length)
  return rows.map((row) => row.id)
}
/** Where the list says that it fits, the record says so, and the other way round. */
async function agrees(who: Person): Promise<string[]> {
  const found = await ours(who)
  for (const id of tenders) {
    const { myFaults } = await app.ok(who, contract.getTender, { params: { id } })
    expect([id, myFaults?.length === 0]).toEqual([id, found.includes(id)])
  }
  return found
}
async function ask(id: string, requirements: { minimumRating?: '3A'; certificates: number }): Promise<void> {
  asked += 1
  await app.ok(room.who('procurer'), changeTerms, {
    params: { id },
    body: { reason: `调整资格条件（${asked}）`, requirements },
  })
}

beforeAll(async () => {
  app = await startApp()
  room = await given.lotRoom(app)
  const other = await approvedProject(app, room.story)
  tenders.push(await given.publishLots(room, 2))
  const { id } = await app.ok(room.who('procurer'), contract.planTender, {
    body: { ...given.lotTerms, project: other, requirements: { certificates: 3 } },
  })
  tenders.push(id)
}, 120_000)
afterAll(() => app?.close())

test('finds what is published and asks no more than the registers say, divided or not; a plan is nobody’s to find', async () => {
  const [first = '', second = ''] = tenders
  expect(await ours(room.who('administrator-0'))).toEqual([first])
  await app.ok(room.who('procurer'), contract.publishTender, { params: { id: second } })
  // Three workers with certificates are just enough.
  expect(await agrees(room.who('administrator-0'))).toEqual([second, first])
  await ask(second, { certificates: 4 })
  expect(await agrees(room.who('administrator-0'))).toEqual([first])
  await ask(second, { minimumRating: '3A', certificates: 0 })
  expect(await agrees(room.who('administrator-0'))).toEqual([first])
  await ask(second, { certificates: 1 })
  expect(await agrees(room.who('administrator-0'))).toEqual([second, first])
  expect(await ours(room.who('administrator-0'), { state: 'awarded' })).toEqual([])
  const page = await app.ok(room.who('administrator-0'), contract.listTenders, { query: { fit: 'ours', size: 1 } })
  expect([page.rows.map((row) => row.id), page.count?.n]).toEqual([[second], 2])
})

test('what an organization does not do, or whoever has none, finds nothing', async () => {
  expect(await ours('nobody')).toEqual([])
  expect(await ours(room.who('resident'))).toEqual([])
  expect(await ours(room.who('procurer'))).toEqual([])
  const { pool } = app.parts.platform.database
  const own = room.story.cast.bidders[1]?.organization.slice(7)
  await pool.query("UPDATE organizations.organization SET categories = '{16}' WHERE id = $1", [own])
  expect(await agrees(room.who('administrator-1'))).toEqual([])
  await pool.query(
    "UPDATE organizations.organization SET categories = '{01,02,09,11}', abnormal = true WHERE id = $1",
    [own],
  )
  expect(await agrees(room.who('administrator-1'))).toEqual([])
})

test('asks the registers once, however many tenders there are, and drops what takes no bids any more', async () => {
  const { statements } = app.parts.platform.database
  await app.settle()
  const sent: string[] = []
  statements.listener = (text) => sent.push(text)
  expect((await ours(room.who('administrator-2'))).length).toBe(2)
  statements.listener = undefined
  expect(sent.filter((text) => /FROM organizations\.organization/.test(text))).toHaveLength(1)
  expect(sent.filter((text) => /FROM procurement\.tender/.test(text))).toHaveLength(2)
  await app.pass(40)
  expect(await ours(room.who('administrator-2'))).toEqual([])
})

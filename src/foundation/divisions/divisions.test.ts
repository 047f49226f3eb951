// Divisions: found by name, pinyin and initials; a merged division's records stay reachable for its successor.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { places, startApp, type TestApp } from '../../../tests/support/app.ts'
import { acceptNeed } from '../../loop/needs/contract/desk.ts'
import { submitNeed } from '../../loop/needs/contract.ts'
import { getDivision, listDivisions, succeedDivision } from './contract.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

it('a resident finds the place by name, full pinyin and initials, within the county', async () => {
  for (const search of ['横塘街道', 'hengtang', 'htjd']) {
    const { rows } = await app.ok('nobody', listDivisions, { query: { under: places.county, search } })
    expect([search, rows.some((row) => row.code === places.township)]).toEqual([search, true])
  }
  const { rows } = await app.ok('nobody', listDivisions, { query: { under: places.township } })
  expect(rows.every((row) => row.parent === places.township)).toBe(true)
})

it('a place is told with its ancestors, an unknown one is not found', async () => {
  const { ancestors } = await app.ok('nobody', getDivision, { params: { code: places.community } })
  expect(ancestors.map((row) => row.name)).toEqual(['江苏省', '苏州市', '虎丘区', '横塘街道'])
  expect((await app.call('nobody', getDivision, { params: { code: '990000' } })).status).toBe(404)
})

it('a division ends once, in favour of a living one of its level; its records stay with the successor’s people', async () => {
  const officer = await app.person('city-officer', { division: '3205' })
  const neighbour = await app.person('community-head', { division: places.otherCommunity })
  const resident = await app.person('resident')
  const need = await app.ok(resident, submitNeed, {
    body: { text: '合并以后这件事还有人管吗？', category: '20', division: places.community },
  })
  const accept = () =>
    app.call(neighbour, acceptNeed, { params: { id: need.id }, body: { category: '20', routeHint: 'department' } })
  expect((await accept()).status).toBe(403)
  const end = (successor: string) =>
    app.call(officer, succeedDivision, { params: { code: places.community }, body: { successor, since: '2026-12-01' } })
  expect((await end(places.township)).problem.code).toBe('successor-unfit')
  expect((await end(places.otherCommunity)).status).toBe(200)
  await app.settle()
  expect((await end(places.otherCommunity)).problem.code).toBe('division-ended')
  expect((await accept()).status).toBe(200)
})

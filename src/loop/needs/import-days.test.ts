// When an imported need was first raised elsewhere: told on the record, checked, given back; no clock runs from it.
import { afterAll, expect, test } from 'vitest'
import { places } from '../../../tests/support/app.ts'
import { addDays, today } from '../../kit/plain-date.ts'
import { rowsOf } from '../../platform/database.ts'
import * as needs from './contract.ts'
import { acceptNeed } from './contract/desk.ts'
import * as imports from './contract/imports.ts'
import { body, book, type Cells, good, head, openDesk, texts } from './imports.fixture.ts'

const { app, worker, upload, preview, faultsIn, exported } = await openDesk()
afterAll(() => app.close())

const heads: Cells = [...head, '首次提出']
const day = (offset: number) => addDays(today(app.parts.platform.clock.now()), offset)

test('stands on the record for everybody, while the time to answer runs from the import', async () => {
  const [number, ...rest] = good('D-1')
  const file = await upload(await book([[number ?? '', ...rest, new Date('2025-03-01T00:00:00Z')]], heads))
  expect((await preview(file)).rows[0]).toMatchObject({ state: 'new', firstRaised: '2025-03-01' })
  await app.ok(worker, imports.importNeeds, body(file))
  const [fresh] = await rowsOf<{ id: string }>(
    app.parts.platform.database.reader,
    "SELECT jurisdiction || '-' || id AS id FROM needs.need WHERE first_raised = '2025-03-01'",
    [],
  )
  const need = await app.ok('nobody', needs.getNeed, { params: { id: fresh?.id ?? '' } })
  expect(need).toMatchObject({ firstRaised: '2025-03-01', overdue: false, source: 'import' })
  expect([need.submittedAt?.slice(0, 10), (need.dueAt ?? '') > app.parts.platform.clock.now()]).toEqual([
    app.parts.platform.clock.now().slice(0, 10),
    true,
  ])
  // The date survives the acts that follow.
  const route = { category: '0803', routeHint: 'department' } as const
  await app.ok(worker, acceptNeed, { params: { id: need.id }, body: route })
  const after = await app.ok('nobody', needs.getNeed, { params: { id: need.id } })
  expect([after.state, after.firstRaised]).toEqual(['accepted', '2025-03-01'])
})

test('may be left out, and is left out of what nobody imported', async () => {
  const file = await upload(await book([[...good(), '']], heads))
  const [row] = (await preview(file)).rows
  expect([row?.state, row?.firstRaised, row?.faults]).toEqual(['new', undefined, []])
  const own = await app.person()
  const { id } = await app.ok(own, needs.submitNeed, {
    body: { text: '单元门禁坏了', category: '0803', division: places.community },
  })
  expect((await app.ok(own, needs.getNeed, { params: { id } })).firstRaised).toBeUndefined()
})

test('comes with the hour and under the names that hotlines give it', async () => {
  for (const name of ['反映时间', '来电时间', '首次提出 *']) {
    const file = await upload(await book([[...good(), '2025/3/1 14:05:09']], [...head, name]))
    expect(await preview(file)).toMatchObject({ fresh: 1, ignored: [], rows: [{ firstRaised: '2025-03-01' }] })
  }
})

test('may be today, and the earliest day that the county allows; a day beyond either is named', async () => {
  const rows = [day(0), day(1), day(-7300), day(-7301), '2025-02-30', '去年春天', '45717'].map((text) => [
    ...good(),
    text,
  ])
  expect(await faultsIn(rows, heads)).toEqual([
    [],
    ['firstRaised 这一天还没有到。请填写居民首次提出的日期。'],
    [],
    [`firstRaised 日期太早，只能导入 ${day(-7300)} 以后提出的需求。`],
    ...Array<string[]>(3).fill(['firstRaised 看不懂这个日期，请写成 2025-03-01 的样子。']),
  ])
})

test('comes back in the file of bad rows as it was written, and stands in the template', async () => {
  const file = await upload(await book([[...good('D-9'), '去年春天']], heads))
  const sheet = await exported(`/needs/imports/bad-rows/export?division=${places.community}&file=${file}&format=xlsx`)
  const at = texts(sheet, 1).indexOf('首次提出')
  expect(texts(sheet, 2)[at]).toBe('去年春天')
  expect(texts(sheet, 2).at(-1)).toContain('首次提出：看不懂这个日期')
  expect(texts(await exported('/needs/imports/template/export?format=xlsx'), 1)).toContain('首次提出')
})

// The rows of an answer: same objects as the driver would make, and columns that change under a running program.
import { expect, test } from 'vitest'
import { columnsOf, hasColumns, objectsOf } from './rows.ts'

const fields = (...names: string[]) => names.map((name) => ({ name }))

test('a row has its columns in their order, nulls included, and shares nothing with the next', () => {
  const columns = columnsOf(fields('id', 'state', 'due_at'))
  const rows = objectsOf(columns, [
    ['a', 'open', null],
    ['b', 'closed', '2026-11-23'],
  ])
  expect(rows).toEqual([
    { id: 'a', state: 'open', due_at: null },
    { id: 'b', state: 'closed', due_at: '2026-11-23' },
  ])
  expect(Object.keys(rows[0] ?? {})).toEqual(['id', 'state', 'due_at'])
  expect(columns.empty).toEqual({ id: null, state: null, due_at: null })
})

test('of two columns of one name the later stands', () => {
  expect(objectsOf(columnsOf(fields('id', 'name', 'id')), [['a', 'x', 'b']])).toEqual([{ id: 'b', name: 'x' }])
})

test('columns that were added, dropped or renamed since are noticed', () => {
  const columns = columnsOf(fields('id', 'state'))
  expect(hasColumns(columns, fields('id', 'state'))).toBe(true)
  expect(hasColumns(columns, fields('id', 'state', 'route'))).toBe(false)
  expect(hasColumns(columns, fields('id'))).toBe(false)
  expect(hasColumns(columns, fields('id', 'stage'))).toBe(false)
})

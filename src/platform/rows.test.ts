// The rows of an answer: same objects as the driver would make, and columns that change under a running program.
import { expect, test } from 'vitest'
import { columnsOf, hasColumns, objectOf } from './rows.ts'

const text = 25
const number = 23
const parserOf = (type: number) => (type === number ? Number : (value: string) => value)
const fields = (...names: string[]) => names.map((name) => ({ name, dataTypeID: text }))

test('a row has its columns in their order, nulls included, and shares nothing with the next', () => {
  const columns = columnsOf([...fields('id', 'state'), { name: 'supports', dataTypeID: number }], parserOf)
  const rows = [objectOf(columns, ['a', 'open', null]), objectOf(columns, ['b', 'closed', '7'])]
  expect(rows).toEqual([
    { id: 'a', state: 'open', supports: null },
    { id: 'b', state: 'closed', supports: 7 },
  ])
  expect(Object.keys(rows[0] ?? {})).toEqual(['id', 'state', 'supports'])
  expect(columns.empty).toEqual({ id: null, state: null, supports: null })
})

test('of two columns of one name the later stands, a null too', () => {
  const columns = columnsOf(fields('id', 'name', 'id'), parserOf)
  expect(objectOf(columns, ['a', 'x', 'b'])).toEqual({ id: 'b', name: 'x' })
  expect(objectOf(columns, ['a', 'x', null])).toEqual({ id: null, name: 'x' })
})

test('columns that were added, dropped, renamed or got another type since are noticed', () => {
  const columns = columnsOf(fields('id', 'state'), parserOf)
  expect(hasColumns(columns, fields('id', 'state'))).toBe(true)
  expect(hasColumns(columns, fields('id', 'state', 'route'))).toBe(false)
  expect(hasColumns(columns, fields('id'))).toBe(false)
  expect(hasColumns(columns, fields('id', 'stage'))).toBe(false)
  expect(hasColumns(columns, [...fields('id'), { name: 'state', dataTypeID: number }])).toBe(false)
})

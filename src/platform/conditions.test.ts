// Conditions of lists: numbering, places, cursors.
import { expect, it } from 'vitest'
import { asDivision } from '../kit/id.ts'
import { atPlace, behind, below, Conditions, under, within } from './conditions.ts'
import { cursorOf } from './cursor.ts'

const id = '0198c0de-0000-7000-8000-000000000001'

it('numbers the values of all conditions in their order', () => {
  const conditions = new Conditions()
    .add('t.state = ANY(?)', ['open'])
    .all([under('t.division', '320505'), ['t.closed_at IS NULL'], ['t.at < ? AND t.kind = ?', 'noon', 'wish']])
  expect(conditions.where).toBe(
    't.state = ANY($1) AND (t.division >= $2 AND t.division < $3) AND t.closed_at IS NULL AND t.at < $4 AND t.kind = $5',
  )
  expect(conditions.values).toEqual([['open'], '320505', '320505:', 'noon', 'wish'])
  expect(conditions.next).toBe('$6')
})

it('one of several places is enough, and no place finds nothing', () => {
  const some = new Conditions().add('t.state = ?', 'open').anyOf([under('t.d', '3205'), ['t.organization = ?', 'a']])
  expect(some.where).toBe('t.state = $1 AND ((t.d >= $2 AND t.d < $3) OR t.organization = $4)')
  expect(some.values).toEqual(['open', '3205', '3205:', 'a'])
  expect(new Conditions().anyOf([]).where).toBe('false')
})

it('names the shard wherever one government holds the place', () => {
  const conditionsOf = (code: string) => new Conditions().all(below('t', asDivision(code)))
  expect(conditionsOf('320505001')).toMatchObject({
    where: '(t.division >= $1 AND t.division < $2) AND t.jurisdiction = $3',
    values: ['320505001', '320505001:', '320505'],
  })
  expect(conditionsOf('3205').where).toBe('(t.division >= $1 AND t.division < $2)')
})

it('asks for a place in the words of the index of its level', () => {
  const textOf = (code: string) => atPlace('n', asDivision(code))[0]
  expect(textOf('320505001001')).toBe('n.division = ?')
  expect(textOf('320505001')).toBe('n.jurisdiction = ? AND left(n.division, 9) = ?')
  expect(textOf('320505')).toBe('n.jurisdiction = ?')
  expect(textOf('3205')).toBe('(n.division >= ? AND n.division < ?)')
})

it('a cursor that names no row begins at the first', () => {
  expect(behind('t', cursorOf([id]))).toEqual([['t.id < ?::uuid', id]])
  expect(behind('t', undefined)).toEqual([])
  expect(behind('t', cursorOf(["' OR true"]))).toEqual([])
  expect(behind('t', 'garbage')).toEqual([])
})

it('scopes: a county is its jurisdiction, a place below it a range there, a city a range alone, each organization by itself', () => {
  const built = new Conditions().anyOf(
    within('r', { divisions: ['320505', '320505001', '3205'].map(asDivision), organizations: [id] }),
  )
  expect(built.where).toBe(
    '(r.jurisdiction = $1 OR (r.jurisdiction = $2 AND (r.division >= $3 AND r.division < $4)) OR (r.division >= $5 AND r.division < $6) OR r.organization = $7)',
  )
  expect(built.values).toEqual(['320505', '320505', '320505001', '320505001:', '3205', '3205:', id])
})

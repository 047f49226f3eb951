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

it('scopes: a county is its jurisdiction, a place below it in the words of its index, a city a range, each organization by itself', () => {
  const built = new Conditions().anyOf(
    within('r', { divisions: ['320505', '320505001', '3205'].map(asDivision), organizations: [id] }),
  )
  expect(built.where).toBe(
    '((r.jurisdiction = $1) OR (r.jurisdiction = $2 AND left(r.division, 9) = $3) OR ((r.division >= $4 AND r.division < $5)) OR r.organization = $6)',
  )
  expect(built.values).toEqual(['320505', '320505', '320505001', '3205', '3205:', id])
})

it('scopes and a place: what is asked for is the narrower of the two, nothing where they lie apart', () => {
  const asked = (scope: string, place: string) =>
    new Conditions().anyOf(within('r', { divisions: [asDivision(scope)], organizations: [] }, asDivision(place))).values
  expect(asked('320505', '320505001001')).toEqual(['320505001001'])
  expect(asked('320505001001', '320505')).toEqual(['320505001001'])
  expect(asked('320505', '3205')).toEqual(['320505'])
  expect(asked('320505001001', '320505001001003')).toEqual(['320505001001003', '320505001001003:'])
  expect(asked('320505', '320506')).toEqual([])
  const none = new Conditions().anyOf(
    within('r', { divisions: [asDivision('320505')], organizations: [] }, asDivision('320506')),
  )
  expect(none.where).toBe('false')
  const own = new Conditions().anyOf(within('r', { divisions: [], organizations: [id] }, asDivision('320505')))
  expect(own.where).toBe('((r.organization = $1 AND left(r.division, 6) = $2))')
})

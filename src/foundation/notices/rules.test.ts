// The pure rules of search: numbers as people type them, fair turns, what is near.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Actor, Grant } from '../../kit/actor.ts'
import { asDivision, type Id } from '../../kit/id.ts'
import { inTurns, nearTo, typedNumber } from './rules.ts'

describe('a number as people type it', () => {
  it.each([
    ['需2026-0087', '需', 2026, 87],
    [' 需 2026-87 ', '需', 2026, 87],
    ['需２０２６－００８７', '需', 2026, 87],
    ['项2026—12345', '项', 2026, 12345],
    ['Contract 2026-0003', 'Contract', 2026, 3],
    ['2026-0001', '', 2026, 1],
  ])('%s', (text, prefix, year, value) => {
    expect(typedNumber(text)).toEqual({ prefix, year, value })
  })

  it.each(['2026', '2026年的老人', '需2026-', '1986-0001', '需2026-0087 和电梯', '需2026-1234567890'])(
    '%s is none',
    (text) => {
      expect(typedNumber(text)).toBeUndefined()
    },
  )
})

describe('turns', () => {
  it('takes from each list in turn and keeps what belongs together', () => {
    expect(inTurns([['a1', 'a2', 'a3'], ['b1'], ['c1', 'c2']], 4)).toEqual(['a1', 'a2', 'b1', 'c1'])
  })

  it('answers all where there is room, never more than allowed, and never leaves a list out while another has two', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.integer(), { maxLength: 6 }), { maxLength: 6 }), fc.nat(20), (lists, most) => {
        const named = lists.map((list, index) => list.map((_, at) => `${index}.${at}`))
        const taken = inTurns(named, most)
        expect(taken).toHaveLength(Math.min(most, named.flat().length))
        const counts = named.map((list) => list.filter((each) => taken.includes(each)).length)
        for (const [index, list] of named.entries()) {
          if ((counts[index] ?? 0) < list.length)
            expect(Math.max(...counts) - (counts[index] ?? 0)).toBeLessThanOrEqual(1)
        }
      }),
    )
  })
})

describe('near', () => {
  const grant = (division: string, reach: Grant['reach']): Grant => ({
    role: 'r',
    reach,
    permissions: new Set(),
    division: asDivision(division),
  })
  const person = (grants: Grant[], residence?: string): Actor => ({
    kind: 'person',
    personId: '320000-x' as Id<'person'>,
    sessionId: 's',
    verified: true,
    adult: true,
    residence: residence === undefined ? undefined : asDivision(residence),
    grants,
  })

  it('is where somebody works, else where they live, else nowhere', () => {
    const own = grant('320506001001', 'self')
    expect(nearTo(person([own, grant('320505001', 'place')], '320506001001'))).toBe('320505')
    expect(nearTo(person([own], '320506001001'))).toBe('320506')
    expect(nearTo(person([grant('3205', 'place')]))).toBe('320500')
    expect(nearTo({ kind: 'anonymous', grants: [] })).toBeUndefined()
  })
})

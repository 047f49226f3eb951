// The map of opinions without a database: planted groups are found, who came when changes nothing, nobody is shown in a group too small.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Ballot, leastInGroup, mapIsDue, type OpinionMap, opinionMap, placeOn } from './opinion-map.ts'

type Opinion = 'agree' | 'disagree' | 'pass'
const statements = Array.from({ length: 12 }, (_, index) => `s${String(index).padStart(2, '0')}`)

/** Small numbers in an order of their own, the same on every run. */
function chance(seed: number): () => number {
  let state = seed * 2_654_435_761 + 12_345
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 2_246_822_519) + 3_266_489_917) | 0
    return (state >>> 0) / 4_294_967_296
  }
}

/** A resident of a planted group: follows its pattern but for one in ten opinions, and skips some statements. */
function follower(pattern: readonly Opinion[], next: () => number, skips = 0.25): Ballot {
  const given = new Map<string, Opinion>()
  for (const [index, statement] of statements.entries()) {
    if (next() < skips) continue
    const own = pattern[index] ?? 'pass'
    given.set(statement, next() < 0.1 ? (own === 'agree' ? 'disagree' : 'agree') : own)
  }
  return given
}

// Statement 0 is agreed by all, statement 1 refused by all; the rest divides.
const patterns: readonly (readonly Opinion[])[] = [
  [
    'agree',
    'disagree',
    'agree',
    'agree',
    'agree',
    'agree',
    'disagree',
    'disagree',
    'disagree',
    'disagree',
    'agree',
    'agree',
  ],
  [
    'agree',
    'disagree',
    'disagree',
    'disagree',
    'disagree',
    'disagree',
    'agree',
    'agree',
    'agree',
    'agree',
    'agree',
    'agree',
  ],
  [
    'agree',
    'disagree',
    'disagree',
    'agree',
    'disagree',
    'agree',
    'agree',
    'disagree',
    'agree',
    'disagree',
    'disagree',
    'disagree',
  ],
]

function planted(sizes: readonly number[], seed = 1): { ballots: Ballot[]; of: number[] } {
  const next = chance(seed)
  const of = sizes.flatMap((size, group) => new Array<number>(size).fill(group))
  return { ballots: of.map((group) => follower(patterns[group] ?? [], next)), of }
}

function mapOf(ballots: readonly Ballot[], least = 10): OpinionMap {
  const made = opinionMap(ballots, statements, least)
  if (made === undefined) throw new Error('no map')
  return made.map
}

test.each([
  [[30, 22], 2],
  [[40, 30, 20], 3],
  [[12, 9], 2],
] as const)('planted groups of %j are found, each resident with their own', (sizes, count) => {
  const { ballots, of } = planted(sizes)
  const made = opinionMap(ballots, statements, 10)
  expect(made?.map.groups).toHaveLength(count)
  if (made === undefined) return
  const found = ballots.map((ballot) => {
    const place = placeOn(made.basis, ballot)
    return 'group' in place ? place.group : undefined
  })
  // Each planted group has a name of its own, and nine of ten of its people bear it.
  const names = sizes.map((size, group) => {
    const counts = Map.groupBy(
      found.filter((_, index) => of[index] === group),
      (name) => name,
    )
    const [name, people] = [...counts].sort((one, other) => other[1].length - one[1].length)[0] ?? []
    expect(people?.length ?? 0).toBeGreaterThanOrEqual(Math.floor(size * 0.9))
    return name
  })
  expect(new Set(names).size).toBe(count)
})

test('what all groups share and what divides them is told apart', () => {
  const map = mapOf(planted([30, 24]).ballots)
  expect(map.common).toEqual(expect.arrayContaining(['s00', 's01']))
  expect(map.divides).toHaveLength(5)
  for (const divided of map.divides) expect(['s00', 's01', 's10', 's11']).not.toContain(divided)
  expect(map.statements.find((each) => each.statement === 's00')?.shares).toEqual([
    { agree: expect.any(Number), disagree: expect.any(Number) },
    { agree: expect.any(Number), disagree: expect.any(Number) },
  ])
})

test('one opinion that all hold makes one group, not several', () => {
  const next = chance(7)
  const map = mapOf(Array.from({ length: 40 }, () => follower(patterns[0] ?? [], next)))
  expect(map.groups).toHaveLength(1)
  expect(map.groups[0]).toMatchObject({ name: 'A', people: 40, typical: [] })
  expect(map.common.length).toBeGreaterThan(0)
})

test('below the policy’s number of residents there is no map, and whoever gave two opinions does not count', () => {
  const { ballots } = planted([8, 7])
  expect(opinionMap(ballots, statements, 16)).toBeUndefined()
  const few = new Map<string, Opinion>([
    ['s00', 'agree'],
    ['s01', 'pass'],
  ])
  expect(opinionMap([...ballots, few], statements, 16)).toBeUndefined()
  expect(mapOf([...ballots, few], 15).voters).toBe(15)
})

test('a handful who think otherwise are never shown as a group of fewer than five', () => {
  const { ballots } = planted([30, 4])
  const map = mapOf(ballots)
  for (const group of map.groups) expect(group.people).toBeGreaterThanOrEqual(leastInGroup)
})

test('shares are told only of five or more opinions, in steps of five percent', () => {
  const next = chance(3)
  const ballots = planted([20, 20]).ballots.map((ballot) => {
    const kept = new Map(ballot)
    if (next() < 0.85) kept.delete('s02')
    return kept
  })
  const map = mapOf(ballots)
  for (const { statement, shares } of map.statements)
    for (const [group, share] of shares.entries()) {
      if (share === null) continue
      expect(share.agree % 5).toBe(0)
      expect(share.disagree % 5).toBe(0)
      expect([statement, group, share.agree + share.disagree <= 105]).toEqual([statement, group, true])
    }
})

test('some further opinions move the map a little and let the groups keep their names', () => {
  const { ballots } = planted([30, 24])
  const before = opinionMap(ballots, statements, 10)
  const more = [...ballots, ...planted([2, 2], 9).ballots]
  const after = opinionMap(more, statements, 10, before?.basis)
  if (before === undefined || after === undefined) throw new Error('no map')
  expect(after.map.groups).toHaveLength(2)
  for (const [index, group] of after.map.groups.entries()) {
    const was = before.map.groups[index]
    expect(Math.hypot(group.x - (was?.x ?? 0), group.y - (was?.y ?? 0))).toBeLessThan(0.4)
  }
  // A start from the last map and a start from nothing find the same groups.
  const cold = opinionMap(more, statements, 10)
  expect(after.map.groups.map((group) => group.people).sort()).toEqual(
    cold?.map.groups.map((group) => group.people).sort(),
  )
})

const opinion = fc.constantFrom<Opinion | undefined>('agree', 'disagree', 'pass', undefined)
const ballot = fc
  .array(opinion, { minLength: statements.length, maxLength: statements.length })
  .map(
    (row): Ballot =>
      new Map(
        row.flatMap((each, index): [string, Opinion][] =>
          each === undefined ? [] : [[statements[index] ?? '', each]],
        ),
      ),
  )

test('who comes first, and in which order the statements stand, changes nothing', () => {
  fc.assert(
    fc.property(
      fc.array(ballot, { minLength: 12, maxLength: 60 }),
      fc.integer({ min: 1, max: 1000 }),
      (ballots, seed) => {
        const next = chance(seed)
        const shuffled = ballots
          .map((each) => ({ each, at: next() }))
          .sort((one, other) => one.at - other.at)
          .map(({ each }) => each)
        expect(opinionMap(shuffled, [...statements].reverse(), 10)).toEqual(opinionMap(ballots, statements, 10))
      },
    ),
    { numRuns: 60 },
  )
})

test('whatever was said: every resident is in a group, no group has fewer than five, every number is a number', () => {
  fc.assert(
    fc.property(fc.array(ballot, { minLength: 5, maxLength: 80 }), (ballots) => {
      const made = opinionMap(ballots, statements, 5)
      if (made === undefined) return
      const { groups, voters } = made.map
      expect(groups.reduce((sum, group) => sum + group.people, 0)).toBe(voters)
      for (const group of groups) {
        expect(group.people).toBeGreaterThanOrEqual(leastInGroup)
        expect([group.x, group.y, group.spread].every(Number.isFinite)).toBe(true)
      }
      for (const each of ballots) {
        const place = placeOn(made.basis, each)
        if ('group' in place) expect(groups.map((group) => group.name)).toContain(place.group)
        else expect(place.missing).toBeGreaterThan(0)
      }
    }),
    { numRuns: 60 },
  )
})

test.each([
  [1, 0, 50, true],
  [1, 20, 50, true],
  [4, 100, 50, false],
  [5, 100, 50, true],
  [49, 5000, 50, false],
  [50, 5000, 50, true],
])('after %i new opinions on top of %i (at most %i): made anew %s', (pending, opinions, most, due) => {
  expect(mapIsDue(pending, opinions, most)).toBe(due)
})

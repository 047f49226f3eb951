// Participation: no count below five is told, and none can be worked out from what is told.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { shareOf, tell } from './rules.ts'

test.each([
  [[0, 0, 0], 0, [0, 0, 0]],
  [[8, 9, 10], 27, [8, 9, 10]],
  [[1, 0, 2], undefined, [undefined, undefined, undefined]],
  [[3, 9, 20], 32, [undefined, undefined, undefined]],
  [[4, 0, 9], 13, [undefined, 0, undefined]],
  [[4, 0, 0], undefined, [undefined, undefined, undefined]],
  [[1, 1, 10], 12, [undefined, undefined, undefined]],
  [[1, 4, 0], 5, [undefined, undefined, 0]],
] as const)('%j is told as %s and %j', (values, total, cells) => {
  expect(tell(values)).toEqual({ total, cells })
})

test('nothing below five is ever told, neither in a cell nor as a total', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(40), { minLength: 1, maxLength: 6 }), (values) => {
      const { total, cells } = tell(values)
      for (const told of [total, ...cells]) expect(told === undefined || told === 0 || told >= 5).toBe(true)
      for (const [at, told] of cells.entries()) expect(told === undefined || told === values[at]).toBe(true)
    }),
  )
})

test('whoever knows the rule and sees what is told cannot work a hidden count out', () => {
  // Every table of three groups up to 22 persons each, by what is told of it: a hidden cell has at least three values that fit.
  const most = 22
  const fits = new Map<string, { cells: readonly (number | undefined)[]; values: Set<number>[]; total: number }>()
  for (let a = 0; a <= most; a += 1)
    for (let b = 0; b <= most; b += 1)
      for (let c = 0; c <= most; c += 1) {
        const told = tell([a, b, c])
        const key = JSON.stringify([told.total ?? 'few', told.cells.map((cell) => cell ?? 'hidden')])
        const seen = fits.get(key) ?? { cells: told.cells, values: [new Set(), new Set(), new Set()], total: a + b + c }
        for (const [at, value] of [a, b, c].entries()) seen.values[at]?.add(value)
        fits.set(key, seen)
      }
  let looked = 0
  for (const { cells, values, total } of fits.values()) {
    // Larger tables run over the edge of what was tried.
    if (total > most) continue
    for (const [at, cell] of cells.entries()) {
      if (cell !== undefined) continue
      looked += 1
      expect(values[at]?.size ?? 0).toBeGreaterThanOrEqual(3)
    }
  }
  expect(looked).toBeGreaterThan(50)
})

test('shares are whole percents, and of nobody there is none', () => {
  expect([shareOf(10, 80), shareOf(undefined, 80), shareOf(10, undefined), shareOf(0, 0), shareOf(0, 50)]).toEqual([
    13,
    undefined,
    undefined,
    undefined,
    0,
  ])
})

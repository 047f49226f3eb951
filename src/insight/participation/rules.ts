// Participation: what of counts of persons may be told, so that nobody behind fewer than five can be worked out. Pure.

/** Fewer persons than this are not told. */
export const smallestCell = 5

/** Counts of groups that add up to a total; undefined where it is not told. */
export type Told = { readonly total: number | undefined; readonly cells: readonly (number | undefined)[] }

/**
 * Tells groups when none of them has one to four persons, else the total and the empty groups only. Hiding the small group and the next
 * smallest is not enough: whoever knows that rule works out of 9 beside a told 5 that it was 4 and 5. Where even the total is below five
 * nothing is told.
 */
export function tell(values: readonly number[]): Told {
  const total = values.reduce((sum, value) => sum + value, 0)
  if (total > 0 && total < smallestCell) return { total: undefined, cells: values.map(() => undefined) }
  const small = values.some((value) => value > 0 && value < smallestCell)
  return { total, cells: values.map((value) => (small && value > 0 ? undefined : value)) }
}

/** The share in whole percent; undefined where one of the two is not told or there is nobody. Whole numbers: shares of few would tell counts. */
export function shareOf(part: number | undefined, whole: number | undefined): number | undefined {
  return part === undefined || whole === undefined || whole === 0 ? undefined : Math.round((part * 100) / whole)
}

// Cursors of lists: the sort values of a page's last row as opaque text, and the upper bound of a division's prefix range.

/** The cursor behind a row with these sort values. */
export function cursorOf(values: readonly string[]): string {
  return Buffer.from(JSON.stringify(values), 'utf8').toString('base64url')
}

/** The sort values of a cursor that cursorOf made with so many values; undefined for anything else (the list then starts anew). */
export function readCursor(cursor: string | undefined, length: number): string[] | undefined {
  if (cursor === undefined) return undefined
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    return Array.isArray(values) && values.length === length && values.every((value) => typeof value === 'string')
      ? values
      : undefined
  } catch {
    return undefined
  }
}

/** All codes below a division lie in [division, endOfPrefix(division)) in "C" order: ':' follows '9'. */
export function endOfPrefix(division: string): string {
  return `${division}:`
}

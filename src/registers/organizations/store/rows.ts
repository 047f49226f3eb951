// What the stores of the register share: reading rows.
/** A text of the database that a CHECK holds to one of these values. */
export function oneOf<T extends string>(values: readonly T[], text: string): T {
  const found = values.find((value) => value === text)
  if (found === undefined) throw new Error(`not one of ${values.join(', ')}`)
  return found
}

export function maybe<T>(text: string | null, read: (text: string) => T): T | undefined {
  return text === null ? undefined : read(text)
}

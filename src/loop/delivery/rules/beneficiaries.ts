// Delivery: who is one and the same among those who were served, with an account or known by name alone. Pure.

/** Somebody who was served: a person with an account, or one known by name, of a case with a number where that is on record. */
export type Served =
  | { readonly person: string; readonly underFourteen: boolean }
  | { readonly name: string; readonly phone?: string; readonly underFourteen: boolean }

/** As it stands on record, once for each group and case. */
export type ServedEntry = {
  readonly person?: string
  readonly name?: string
  readonly phone?: string
  readonly underFourteen: boolean
}

/**
 * Everybody once: persons by their account; names by the number that stands beside them. A name without a number belongs to who has the same name
 * with one, since a group keeps no numbers; two numbers are two people, as siblings under the number of a parent have two names. Whoever is under 14 in
 * one record is so in all.
 */
export function servedOnce(entries: readonly ServedEntry[]): Served[] {
  const persons = new Map<string, boolean>()
  const named = new Map<string, Map<string, boolean>>()
  for (const { person, name, phone = '', underFourteen } of entries) {
    if (person !== undefined) persons.set(person, underFourteen || persons.get(person) === true)
    else if (name !== undefined) {
      const numbers = named.get(name) ?? new Map<string, boolean>()
      named.set(name, numbers.set(phone, underFourteen || numbers.get(phone) === true))
    }
  }
  return [
    ...[...persons].map(([person, underFourteen]) => ({ person, underFourteen })),
    ...[...named].flatMap(([name, numbers]): Served[] => {
      const bare = numbers.get('')
      if (numbers.size > 1) numbers.delete('')
      const alone = numbers.size === 1
      return [...numbers].map(([phone, young]) => ({
        name,
        phone: phone === '' ? undefined : phone,
        underFourteen: young || (alone && bare === true),
      }))
    }),
  ]
}

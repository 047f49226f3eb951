// The WHERE of a list whose filters come and go: conditions with their values, numbered by position.
import type { Scopes } from '../kit/actor.ts'
import { type DivisionCode, jurisdictionOf } from '../kit/id.ts'
import { endOfPrefix, readCursor } from './cursor.ts'

/** A condition in SQL, each `?` standing for the next value. Its text is written in a store, never by a caller. */
export type Condition = readonly [text: string, ...values: unknown[]]

/** Everything at or below a division, as the range of its prefix: an index over the column serves it. */
export function under(column: string, division: string): Condition {
  return [`(${column} >= ? AND ${column} < ?)`, division, endOfPrefix(division)]
}

/**
 * The place of a large list whose table has an index for each level that begins with these very conditions. County and range of divisions side by
 * side say the same twice, but the planner believes that they narrow each other, and would read the whole county's entries to find a page.
 */
export function atPlace(alias: string, place: DivisionCode): Condition {
  if (place.length >= 12) return [`${alias}.division = ?`, place.slice(0, 12)]
  if (place.length === 9)
    return [`${alias}.jurisdiction = ? AND left(${alias}.division, 9) = ?`, jurisdictionOf(place), place]
  return place.length === 6 ? [`${alias}.jurisdiction = ?`, place] : under(`${alias}.division`, place)
}

/** Below a division, with its government where one alone holds it: that is the shard. */
export function below(alias: string, division: DivisionCode): readonly Condition[] {
  const range = under(`${alias}.division`, division)
  return division.length < 6 ? [range] : [range, [`${alias}.jurisdiction = ?`, jurisdictionOf(division)]]
}

/** Of two places the one that lies in the other; undefined where neither does. */
function narrower(one: DivisionCode, other: DivisionCode): DivisionCode | undefined {
  if (one.startsWith(other)) return one
  return other.startsWith(one) ? other : undefined
}

/**
 * What the scopes of a permission reach in a table of divisions and organizations, newest first by its keys, and of that what lies at `place`: each
 * scope in the words of the index of its level (atPlace), each organization an end of its own index. Scope and place are never asked side by side.
 */
export function within(
  alias: string,
  scopes: Pick<Scopes, 'divisions' | 'organizations'>,
  place?: DivisionCode,
): readonly Condition[] {
  const divisions = scopes.divisions.flatMap(
    (division) => (place === undefined ? division : narrower(division, place)) ?? [],
  )
  return [
    ...[...new Set(divisions)].map((division): Condition => {
      const [text, ...values] = division.length > 12 ? under(`${alias}.division`, division) : atPlace(alias, division)
      return [`(${text})`, ...values]
    }),
    ...scopes.organizations.map((organization): Condition => {
      if (place === undefined) return [`${alias}.organization = ?`, organization]
      // In words of no index: what an organization has is few beside what lies at a place.
      return [`(${alias}.organization = ? AND left(${alias}.division, ${place.length}) = ?)`, organization, place]
    }),
  ]
}

/** Behind the row that the cursor names, in a list by id, newest first; nothing for a cursor that names none. */
export function behind(alias: string, cursor: string | undefined): readonly Condition[] {
  const [id] = readCursor(cursor, 1) ?? []
  return id !== undefined && /^[0-9a-f-]{36}$/.test(id) ? [[`${alias}.id < ?::uuid`, id]] : []
}

/** Collects conditions; all of them hold. Several parts of one statement share its values. */
export class Conditions {
  readonly #texts: string[] = []
  readonly values: unknown[]

  constructor(values: unknown[] = []) {
    this.values = values
  }

  /** Adds a condition. */
  add(...[text, ...values]: Condition): this {
    this.#texts.push(this.#numbered(text))
    this.values.push(...values)
    return this
  }

  /** Adds several conditions. */
  all(conditions: readonly Condition[]): this {
    for (const condition of conditions) this.add(...condition)
    return this
  }

  /** Adds that one of the conditions holds; none given: nothing is found. */
  anyOf(conditions: readonly Condition[]): this {
    if (conditions.length === 0) return this.add('false')
    return this.add(
      `(${conditions.map(([text]) => text).join(' OR ')})`,
      ...conditions.flatMap(([, ...values]) => values),
    )
  }

  /** The place of one more value behind those of the conditions: a LIMIT. */
  get next(): string {
    return `$${this.values.length + 1}`
  }

  get where(): string {
    return this.#texts.join(' AND ')
  }

  #numbered(text: string): string {
    let position = this.values.length
    return text.replaceAll('?', () => {
      position += 1
      return `$${position}`
    })
  }
}

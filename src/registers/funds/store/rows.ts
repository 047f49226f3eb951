// What the stores of the funds share: values that a CHECK holds, the reach of a list, pages.
import type { Scopes } from '../../../kit/actor.ts'
import { type Condition, under } from '../../../platform/conditions.ts'

/** A text of the database that a CHECK holds to one of these values. */
export function oneOf<T extends string>(values: readonly T[], text: string): T {
  const found = values.find((value) => value === text)
  if (found === undefined) throw new Error(`not one of ${values.join(', ')}`)
  return found
}

/** What a person may see of a table with division and organization: within a place, by the range that the books' indexes begin with, or of an organization. */
export function inScopes(alias: string, scopes: Scopes): readonly Condition[] {
  return [
    ...scopes.divisions.map((division) => under(`${alias}.division`, division)),
    ...(scopes.organizations.length === 0
      ? []
      : [[`${alias}.organization = ANY(?)`, [...scopes.organizations]] as const]),
  ]
}

export type Paging = { readonly size: number; readonly cursor?: string }
export type Found<R> = { rows: R[]; next?: string; count?: { n: number; capped: boolean } }

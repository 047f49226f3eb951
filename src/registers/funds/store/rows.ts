// What the stores of the funds share: row types, scopes of lists, capped counts.
import { type ExpressionBuilder, sql } from 'kysely'
import type { Scopes } from '../../../kit/actor.ts'
import { countCap } from '../../../kit/listing.ts'
import { endOfPrefix } from '../../../platform/cursor.ts'
import type * as tables from '../tables.ts'

export type DB = { [Table in keyof tables.DB]: tables.DB[Table] }

/** A text of the database that a CHECK holds to one of these values. */
export function oneOf<T extends string>(values: readonly T[], text: string): T {
  const found = values.find((value) => value === text)
  if (found === undefined) throw new Error(`not one of ${values.join(', ')}`)
  return found
}

/** What a person may see of a table with division and organization: within a place or of an organization. */
export function inScopes<Table extends 'funds.account' | 'funds.proposal'>(scopes: Scopes) {
  return (e: ExpressionBuilder<DB, Table>) => {
    const place = sql.ref<string>('division')
    const organization = sql.ref<string | null>('organization')
    return e.or([
      ...scopes.divisions.map(
        (division) => sql<boolean>`(${place} >= ${division} AND ${place} < ${endOfPrefix(division)})`,
      ),
      ...(scopes.organizations.length === 0 ? [] : [sql<boolean>`${organization} = ANY(${[...scopes.organizations]})`]),
    ])
  }
}

export type Paging = { readonly size: number; readonly cursor?: string }
export type Found<R> = { rows: R[]; next?: string; count?: { n: number; capped: boolean } }

/** The first page's count, from at most countCap + 1 rows. */
export function capped(rows: readonly unknown[]): { n: number; capped: boolean } {
  return { n: Math.min(rows.length, countCap), capped: rows.length > countCap }
}

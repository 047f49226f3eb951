// Several writes of one government as one statement: each store gives its own SQL, one round trip carries them all.
import { rowsOf, type Tx } from './database.ts'

/** A fixed SQL text with its own $1, $2 …; it touches rows of one jurisdiction only, so that a sharded database runs it on one shard. */
export type Statement = {
  readonly text: string
  readonly values: readonly unknown[]
  /** Under this name the statements after it read what it returns. */
  readonly as?: string
}

/** Something that an act saves, once it is accepted, in the statement that writes its events of the same government. */
export type Save = { readonly jurisdiction: string; readonly statement: Statement }

/**
 * Runs them in one statement: all see the rows as they were before, none sees what another wrote (only what it returns, by its name). Foreign
 * keys between them hold at the end. Answers the rows of the last one, which may be a SELECT. No two of them may write the same row.
 */
export async function together<Row>(tx: Tx, statements: readonly Statement[]): Promise<Row[]> {
  const last = statements.at(-1)
  if (last === undefined) return []
  const values: unknown[] = []
  const texts = statements.map((statement) => {
    const shift = values.length
    values.push(...statement.values)
    return statement.text.replaceAll(/\$(\d+)/g, (_, place: string) => `$${Number(place) + shift}`)
  })
  const before = statements.slice(0, -1).map(({ as }, index) => `${as ?? `w${index + 1}`} AS (${texts[index] ?? ''})`)
  return rowsOf<Row>(tx, `${before.length > 0 ? `WITH ${before.join(', ')} ` : ''}${texts.at(-1) ?? ''}`, values)
}

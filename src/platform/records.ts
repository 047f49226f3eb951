// Records of one table by their ids: one, one that is going to be changed, many. What every store needs, written once.
import { joinId, splitId } from '../kit/id.ts'
import { rowOf, rowsOf, type Tx } from './database.ts'

export type RecordReader<Known> = {
  /** Undefined when there is none. */
  readonly find: (tx: Tx, id: string) => Promise<Known | undefined>
  /** The same, locked until the transaction ends. */
  readonly findForUpdate: (tx: Tx, id: string) => Promise<Known | undefined>
  /** Many in one statement, in no order; unknown ones are left out. */
  readonly list: (tx: Tx, ids: readonly string[]) => Promise<Known[]>
}

/** Reads `columns` of a table whose key is (jurisdiction, id); `table` with its alias: 'wishes.wish w'. `recordOf` makes the record of a row. */
export function recordReader<Row extends { readonly jurisdiction: string; readonly id: string }, Known>(
  columns: string,
  table: `${string}.${string} ${string}`,
  recordOf: (row: Row) => Known,
): RecordReader<Known> {
  const alias = table.slice(table.indexOf(' ') + 1)
  const select = `SELECT ${columns} FROM ${table} WHERE ${alias}.jurisdiction =`
  const one = `${select} $1 AND ${alias}.id = $2`
  const many = `${select} ANY($1) AND ${alias}.id = ANY($2)`
  const read = async (tx: Tx, text: string, id: string) => {
    const { jurisdiction, uuid } = splitId(id)
    const row = await rowOf<Row>(tx, text, [jurisdiction, uuid])
    return row === undefined ? undefined : recordOf(row)
  }
  return {
    find: (tx, id) => read(tx, one, id),
    findForUpdate: (tx, id) => read(tx, `${one} FOR UPDATE`, id),
    async list(tx, ids) {
      if (ids.length === 0) return []
      const keys = ids.map(splitId)
      const jurisdictions = [...new Set(keys.map((key) => key.jurisdiction))]
      const rows = await rowsOf<Row>(tx, many, [jurisdictions, keys.map((key) => key.uuid)])
      // Two governments could have given one uuid: the key is both.
      const wanted = new Set(ids)
      return rows.filter((row) => wanted.has(joinId(row.jurisdiction, row.id))).map(recordOf)
    },
  }
}

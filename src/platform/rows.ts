// Rows of an answer as objects. For each answer the driver looks up a parser for every column and builds a template, then spreads it for each row: for
// the 70 columns of a record 45 µs and more, most of what a read costs outside of the database. What a statement's columns are is known from its last
// answer; only if they are others is anything looked up again.
import pg from 'pg'

type Field = { readonly name: string; readonly dataTypeID: number }
type Parser = (text: string) => unknown
/** Finds what makes a value of the text that the server sends of a type. */
export type ParserOf = (dataTypeID: number) => Parser

/** The columns of a statement's answer, in its order. */
export type Columns = {
  readonly fields: readonly Field[]
  readonly parsers: readonly Parser[]
  readonly empty: Readonly<Record<string, unknown>>
}

/** The columns of an answer. A name that occurs twice is one property: the later value stands, as with the driver. */
export function columnsOf(fields: readonly Field[], parserOf: ParserOf): Columns {
  return {
    fields: fields.map(({ name, dataTypeID }) => ({ name, dataTypeID })),
    parsers: fields.map((field) => parserOf(field.dataTypeID)),
    // Spread: made name by name, the engine would keep the object as a dictionary, and so each row.
    empty: { ...Object.fromEntries(fields.map((field) => [field.name, null])) },
  }
}

/** Whether an answer has these columns still: a table may have got another, or one another type, while the program was running. */
export function hasColumns(columns: Columns, fields: readonly Field[]): boolean {
  return (
    columns.fields.length === fields.length &&
    columns.fields.every(
      ({ name, dataTypeID }, at) => name === fields[at]?.name && dataTypeID === fields[at]?.dataTypeID,
    )
  )
}

/** One row as an object, of the texts that the server sent. */
export function objectOf(columns: Columns, texts: readonly (string | null)[]): Record<string, unknown> {
  const { fields, parsers, empty } = columns
  const row: Record<string, unknown> = Object.assign({}, empty)
  for (let at = 0; at < fields.length; at += 1) {
    const field = fields[at]
    const text = texts[at]
    // Null too: of two columns of one name the later stands.
    if (field !== undefined) row[field.name] = text === null || text === undefined ? null : parsers[at]?.(text)
  }
  return row
}

export type Answer = {
  readonly command: string
  readonly rowCount: number | null
  readonly rows: Record<string, unknown>[]
}

/** What is kept of a statement's text: its name on the server, and the columns of its last answer. */
export type Known = { readonly name: string; columns?: Columns }

/** A statement on its way: the driver's own query, but for its rows. `done` hears once how it ended. */
export class RowQuery extends pg.Query {
  readonly name: string | undefined
  readonly values: readonly unknown[] | undefined
  readonly #parserOf: ParserOf
  readonly #known: Known | undefined
  readonly #rows: Record<string, unknown>[] = []
  readonly #done: (fault: Error | undefined, answer: Answer) => void
  #columns: Columns | undefined
  #fault: Error | undefined
  #over = false

  constructor(
    text: string,
    values: readonly unknown[],
    known: Known | undefined,
    parserOf: ParserOf,
    done: (fault: Error | undefined, answer: Answer) => void,
  ) {
    // As a text: a configuration would be cloned property by property.
    super(text)
    this.name = known?.name
    this.values = values.length === 0 ? undefined : [...values]
    this.#known = known
    this.#parserOf = parserOf
    this.#done = done
  }

  handleRowDescription({ fields }: { readonly fields: readonly Field[] }): void {
    const { columns } = this.#known ?? {}
    this.#columns = columns !== undefined && hasColumns(columns, fields) ? columns : columnsOf(fields, this.#parserOf)
    if (this.#known !== undefined) this.#known.columns = this.#columns
  }

  handleDataRow({ fields }: { readonly fields: readonly (string | null)[] }): void {
    if (this.#fault !== undefined || this.#columns === undefined) return
    try {
      this.#rows.push(objectOf(this.#columns, fields))
    } catch (error) {
      // Told when the server is through with the statement: the connection stays in step.
      this.#fault = error instanceof Error ? error : new Error('a value could not be read')
    }
  }

  /** By this name the driver calls back; a field, for the driver's constructor sets one of its own. */
  readonly callback = (
    fault: Error | null,
    result?: { readonly command: string | null; readonly rowCount: number | null },
  ): void => {
    if (this.#over) return
    this.#over = true
    const { command, rowCount } = result ?? { command: null, rowCount: null }
    this.#done(fault ?? this.#fault, { command: command ?? '', rowCount, rows: this.#rows })
  }
}

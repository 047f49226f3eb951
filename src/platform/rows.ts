// Rows of an answer as objects. The driver would spread one template for every shape of row that the program knows, in one place of its code: with
// hundreds of shapes the engine gives that place up, and a row of 70 columns costs 20 µs. Asked for arrays, we make the same objects in a third.

/** The columns of a statement's answer, in its order. */
export type Columns = { readonly names: readonly string[]; readonly empty: Readonly<Record<string, unknown>> }

type Field = { readonly name: string }

/** The columns of an answer. A name that occurs twice is one property: the later value stands, as with the driver. */
export function columnsOf(fields: readonly Field[]): Columns {
  const names = fields.map((field) => field.name)
  // Spread: made name by name, the engine would keep the object as a dictionary, and so each row.
  return { names, empty: { ...Object.fromEntries(names.map((name) => [name, null])) } }
}

/** Whether an answer has these columns still: a table may have got another while the program was running. */
export function hasColumns(columns: Columns, fields: readonly Field[]): boolean {
  return columns.names.length === fields.length && fields.every((field, at) => field.name === columns.names[at])
}

/** One object for each row of values. */
export function objectsOf(columns: Columns, rows: readonly (readonly unknown[])[]): Record<string, unknown>[] {
  const { names, empty } = columns
  return rows.map((values) => {
    const row: Record<string, unknown> = Object.assign({}, empty)
    for (const [at, name] of names.entries()) row[name] = values[at]
    return row
  })
}

// The rules of design/citus.md over docs/generated/schema.sql: keys, kinds, foreign keys, comments, rights.

type Table = {
  readonly name: string
  readonly comment: string
  readonly body: string
  readonly rights: string
  readonly tail: string
}

/** The tables of the generated text. */
export function tablesOf(schema: string): Table[] {
  const pattern = /^-- (.*)\nCREATE TABLE (\S+) \(\n([\s\S]*?)\n\);\n([\s\S]*?)-- liandong_app: (.*)$/gm
  return [...schema.matchAll(pattern)].map((match) => ({
    comment: match[1] ?? '',
    name: match[2] ?? '',
    body: match[3] ?? '',
    tail: match[4] ?? '',
    rights: match[5] ?? '',
  }))
}

const kinds = ['distributed', 'reference', 'local'] as const

function kindOf(table: Table): (typeof kinds)[number] | undefined {
  return kinds.find((kind) => table.comment.startsWith(`${kind}.`) || table.comment.startsWith(`${kind} by `))
}

/** Tables that the program may empty at once: the inbox of secret ballots, whose old pages know the order of casting (decision 14). */
const emptied: readonly string[] = ['deliberation.ballot_inbox']

/** The column by which a distributed table is spread: jurisdiction unless its comment says `distributed by x.` */
function spreadBy(table: Table): string {
  return /^distributed by (\w+)/.exec(table.comment)?.[1] ?? 'jurisdiction'
}

function keyFaults(table: Table): string[] {
  const column = spreadBy(table)
  const constraints = table.body.split('\n').filter((line) => /CONSTRAINT \S+ (PRIMARY KEY|UNIQUE|EXCLUDE)/.test(line))
  const uniques = table.tail.split('\n').filter((line) => line.startsWith('CREATE UNIQUE INDEX'))
  return [...constraints, ...uniques]
    .filter((line) => !new RegExp(`\\b${column}\\b`).test(line))
    .map((line) => `${table.name}: a key without ${column}: ${line.trim()}`)
}

function referenceFaults(table: Table, byName: ReadonlyMap<string, Table>): string[] {
  const faults: string[] = []
  for (const match of table.body.matchAll(/CONSTRAINT (\S+) FOREIGN KEY \(([^)]*)\) REFERENCES (\S+?)\(/g)) {
    const [, name, columns = '', target = ''] = match
    const other = byName.get(target)
    const [schema] = table.name.split('.')
    if (!target.startsWith(`${schema}.`) && target !== 'divisions.division')
      faults.push(`${table.name}: ${name} crosses schemas`)
    const mine = kindOf(table)
    const theirs = other === undefined ? undefined : kindOf(other)
    if (mine === 'distributed' && theirs === 'distributed' && !columns.includes('jurisdiction'))
      faults.push(`${table.name}: ${name} is not colocated`)
    if ((mine === 'local') !== (theirs === 'local') && theirs !== 'reference')
      faults.push(`${table.name}: ${name} joins local with distributed`)
  }
  if (/ON DELETE SET NULL/.test(table.body)) faults.push(`${table.name}: ON DELETE SET NULL`)
  return faults
}

/** Tables to which the program may only add. */
const appendOnly = ['platform.event', 'platform.seal', 'funds.transfer', 'policy.parameter_value']

/** Every breach of the rules, one line each. */
export function schemaFaults(schema: string): string[] {
  const tables = tablesOf(schema)
  const byName = new Map(tables.map((table) => [table.name, table]))
  const faults = tables.length < 10 ? [`only ${tables.length} tables were read from schema.sql`] : []
  for (const table of tables) {
    const kind = kindOf(table)
    if (kind === undefined)
      faults.push(`${table.name}: its comment does not start with distributed., reference. or local.`)
    if (kind === 'distributed') faults.push(...keyFaults(table))
    faults.push(...referenceFaults(table, byName))
    if (/DEFAULT nextval|GENERATED .* AS IDENTITY/.test(table.body))
      faults.push(`${table.name}: a sequence (numbers come from platform.counter)`)
    if (/\b(real|double precision|money)\b/.test(table.body) && /amount|price|value_fen|budget/.test(table.body))
      faults.push(`${table.name}: money is bigint fen`)
    const forbidden = emptied.includes(table.name) ? /REFERENCES|TRIGGER/ : /TRUNCATE|REFERENCES|TRIGGER/
    if (forbidden.test(table.rights)) faults.push(`${table.name}: the program holds ${table.rights}`)
    if (appendOnly.includes(table.name) && /UPDATE|DELETE/.test(table.rights))
      faults.push(`${table.name}: append-only, but the program may ${table.rights}`)
  }
  return faults
}

/** Where the kinds that architecture.json gives the tables and those of their comments differ, one line each. */
export function kindFaults(schema: string, declared: Readonly<Record<string, string>>): string[] {
  const said = new Map(tablesOf(schema).map((table) => [table.name, table.comment.split('.')[0] ?? '']))
  const names = [...new Set([...said.keys(), ...Object.keys(declared)])].sort()
  return names.flatMap((name) => {
    const [comment, kind] = [said.get(name), declared[name]]
    if (comment === undefined) return [`${name}: architecture.json names a table that the schema has not`]
    if (kind === undefined) return [`${name}: architecture.json does not say how it is distributed (${comment})`]
    return comment === kind ? [] : [`${name}: ${kind} in architecture.json, ${comment} in its comment`]
  })
}

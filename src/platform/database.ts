// The one door to PostgreSQL: pool, pinned parsers, named statements, transactions.
import { createHash } from 'node:crypto'
import {
  CompiledQuery,
  Kysely,
  PostgresDialect,
  type PostgresCursor,
  type PostgresPool,
  type PostgresQueryResult,
} from 'kysely'
import pg from 'pg'
import { type Answer, type Known, type ParserOf, RowQuery } from './rows.ts'

/**
 * An open transaction, or outside of one the pool itself for single reads. A store narrows it to its own tables with
 * `tx.withTables<…>()`; no store sees another domain's tables.
 */
export type Tx = Kysely<unknown>

/** What went to the server so far, for tests and measurements; the program itself only counts. */
export type Statements = {
  count: number
  /** Hears each statement (BEGIN and COMMIT apart) as it is sent. */
  listener?: (text: string, values: readonly unknown[]) => void
}

export type Database = {
  /** For single statements outside of a transaction (questions). */
  readonly reader: Tx
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  readonly pool: pg.Pool
  /** Counts statements since the start (BEGIN and COMMIT apart): the tests' budget per action. */
  readonly statements: Statements
  close(): Promise<void>
}

/** Shapes of SQL that get a server-side name; beyond that many, statements go unnamed rather than fill the server's memory. */
const namedShapes = 2000
const knownBySql = new Map<string, Known>()

function knownOf(sql: string): Known | undefined {
  const known = knownBySql.get(sql)
  if (known !== undefined) return known
  if (knownBySql.size >= namedShapes) return undefined
  const made = { name: `k_${createHash('sha1').update(sql).digest('hex')}` }
  knownBySql.set(sql, made)
  return made
}

const types = new pg.TypeOverrides()
types.setTypeParser(20, (text) => BigInt(text))
types.setTypeParser(1082, (text) => text)
types.setTypeParser(1700, (text) => text)
// 2026-11-23 03:40:00.123+00 -> 2026-11-23T03:40:00.123Z: kit/instant's text form, comparable as text. Sessions run in UTC.
types.setTypeParser(1184, (text) => {
  // Cut by position: a page of a list has a hundred of them.
  if (text.charCodeAt(10) !== 32) return text
  const fraction = text.charCodeAt(19) === 46 ? text.slice(20, text.indexOf('+', 20)).slice(0, 3).padEnd(3, '0') : '000'
  return `${text.slice(0, 10)}T${text.slice(11, 19)}.${fraction}Z`
})

// By the typing that the driver's own configuration has; that of the class names another argument.
const typing: pg.CustomTypesConfig = types
const parserOf: ParserOf = (dataTypeID) => typing.getTypeParser(dataTypeID, 'text')

/** A statement, with values by its name on the server. */
function queryOf(text: string, values: readonly unknown[], done: (fault: Error | undefined, answer: Answer) => void) {
  return new RowQuery(text, values, values.length === 0 ? undefined : knownOf(text), parserOf, done)
}

/** Runs `start` and answers what it hears; a fault tells who asked, where the driver's own trace would end at the socket. */
async function heard(
  start: (done: (fault: Error | undefined, answer: Answer) => void, fail: (fault: unknown) => void) => void,
): Promise<Answer> {
  try {
    return await new Promise<Answer>((resolve, reject) => {
      start((fault, answer) => (fault === undefined ? resolve(answer) : reject(fault)), reject)
    })
  } catch (error) {
    if (error instanceof Error) Error.captureStackTrace(error)
    throw error
  }
}

/** Sends one statement over a connection that is held. */
const send = (client: pg.ClientBase, text: string, values: readonly unknown[]): Promise<Answer> =>
  heard((done) => {
    client.query(queryOf(text, values, done))
  })

/** Sends one statement over any free connection; one on which a statement failed is given up, as its plans may be stale. */
const sendFree = (pool: pg.Pool, text: string, values: readonly unknown[]): Promise<Answer> =>
  heard((done, fail) => {
    pool.connect((none, client, release) => {
      if (client === undefined) fail(none)
      else
        client.query(
          queryOf(text, values, (fault, answer) => {
            release(fault)
            done(fault, answer)
          }),
        )
    })
  })

const commands = ['UPDATE', 'DELETE', 'INSERT', 'SELECT', 'MERGE', 'COMMIT', 'ROLLBACK'] as const

/** Kysely tells writes from reads by the command; anything else (BEGIN, SET) counts as a read without rows. */
function commandOf(command: string): (typeof commands)[number] {
  return commands.find((known) => known === command) ?? 'SELECT'
}

type DirectRead = (text: string, values: readonly unknown[]) => Promise<unknown[]>

/** By reader: how its fixed statements are sent. A transaction is not among them: its statements go through its own connection. */
const directReads = new WeakMap<Tx, DirectRead>()

/** Opens the pool at `url` with the program's own role. */
export function openDatabase(url: string, options: { max?: number; onError?: (error: Error) => void } = {}): Database {
  const statements: Statements = { count: 0 }
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max ?? 20,
    // A connection costs a process of the server and every statement's plan: it is kept over the pauses of a quiet day.
    idleTimeoutMillis: 300_000,
    types,
    application_name: 'liandong',
    options: '-c timezone=UTC -c statement_timeout=30000 -c idle_in_transaction_session_timeout=60000',
  })
  // A server that stops would otherwise crash the process through an unhandled 'error' event.
  pool.on('error', (error) => options.onError?.(error))
  pool.on('connect', (client) => client.on('error', (error) => options.onError?.(error)))
  const named: PostgresPool = {
    options: {},
    async connect() {
      const client = await pool.connect()
      function query<Row>(sql: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<Row>>
      function query<Row>(cursor: PostgresCursor<Row>): PostgresCursor<Row>
      function query<Row>(
        sql: string | PostgresCursor<Row>,
        parameters: readonly unknown[] = [],
      ): Promise<PostgresQueryResult<Row>> | PostgresCursor<Row> {
        if (typeof sql !== 'string') throw new Error('cursors are not used')
        if (parameters.length > 0 || !/^(begin|commit|rollback|start)/i.test(sql)) {
          statements.count += 1
          statements.listener?.(sql, parameters)
        }
        return send(client, sql, parameters).then((answer) => ({
          command: commandOf(answer.command),
          rowCount: answer.rowCount ?? 0,
          rows: answer.rows as Row[],
        }))
      }
      return { query, release: () => client.release() }
    },
    end: () => pool.end(),
  }
  const kysely = new Kysely<unknown>({ dialect: new PostgresDialect({ pool: named }) })
  // Single reads of fixed SQL go straight to the pool: nothing is compiled, so Kysely's layers would only cost.
  directReads.set(kysely, async (text, values) => {
    statements.count += 1
    statements.listener?.(text, values)
    return (await sendFree(pool, text, values)).rows
  })
  return {
    reader: kysely,
    transaction: (work) => kysely.transaction().execute(work),
    pool,
    statements,
    async close() {
      await kysely.destroy()
      // Kysely ends the pool only when it was used itself; single reads go past it.
      if (!pool.ending) await pool.end()
    },
  }
}

/** Rows of a fixed SQL text on a hot path: sent as a named statement, nothing built at run time. */
export async function rowsOf<Row>(tx: Tx, text: string, values: readonly unknown[] = []): Promise<Row[]> {
  const direct = directReads.get(tx)
  if (direct !== undefined) return (await direct(text, values)) as Row[]
  const result = await tx.executeQuery<Row>(CompiledQuery.raw(text, [...values]))
  return result.rows
}

/** Like rowsOf, the first row or undefined. */
export async function rowOf<Row>(tx: Tx, text: string, values: readonly unknown[] = []): Promise<Row | undefined> {
  return (await rowsOf<Row>(tx, text, values))[0]
}

/** A PostgreSQL error by its SQLSTATE (23505 unique violation …), for the few places that turn one into a refusal. */
export function sqlState(error: unknown): string | undefined {
  return error instanceof pg.DatabaseError ? error.code : undefined
}

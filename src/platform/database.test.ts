// The one door to PostgreSQL on a real server: values as the program knows them, and what becomes of a statement that fails.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type FreshDatabase, freshDatabase } from '../../tests/support/database.ts'
import { withClient } from '../../tests/support/template.ts'
import { type Database, openDatabase, rowOf, rowsOf, sqlState, type Tx } from './database.ts'

let fresh: FreshDatabase
let database: Database
beforeAll(async () => {
  fresh = await freshDatabase()
  database = openDatabase(fresh.appUrl, { max: 2 })
  await withClient(fresh.ownerUrl, (client) =>
    client.query(`CREATE TABLE public.thing (id integer, note text); INSERT INTO public.thing VALUES (1, 'one');
      GRANT SELECT ON public.thing TO liandong_app`),
  )
})
afterAll(async () => {
  await database?.close()
  await fresh?.drop()
})

/** Outside of a transaction and within one: the two ways a statement goes. */
const ways: [string, <T>(work: (tx: Tx) => Promise<T>) => Promise<T>][] = [
  ['alone', (work) => work(database.reader)],
  ['in a transaction', (work) => database.transaction(work)],
]

test.each(ways)('%s: values come as the program knows them, nulls included', async (_way, within) => {
  const text = `SELECT 9007199254740993::bigint AS fen, date '2026-11-23' AS day, timestamptz '2026-11-23 03:40:00.123456+00' AS at, 1.50::numeric AS rate,
    '{"a":[1]}'::jsonb AS data, ARRAY['一','二'] AS names, true AS done, $1::text AS said, NULL::text AS nothing, 7 AS n`
  const expected = {
    fen: 9_007_199_254_740_993n,
    day: '2026-11-23',
    at: '2026-11-23T03:40:00.123Z',
    rate: '1.50',
    data: { a: [1] },
    names: ['一', '二'],
    done: true,
    said: '需求',
    nothing: null,
    n: 7,
  }
  for (const _again of [1, 2]) expect(await within((tx) => rowOf(tx, text, ['需求']))).toEqual(expected)
  expect(await within((tx) => rowsOf(tx, text.replace('SELECT', 'SELECT 1 AS one,'), ['']))).toHaveLength(1)
})

test.each(ways)('%s: no rows, many rows, and a text without values', async (_way, within) => {
  const numbers = 'SELECT n FROM generate_series(1, $1::int) AS n'
  expect(await within((tx) => rowsOf(tx, numbers, [0]))).toEqual([])
  expect(await within((tx) => rowsOf(tx, numbers, [3]))).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }])
  expect(await within((tx) => rowsOf(tx, 'SELECT 1 AS n'))).toEqual([{ n: 1 }])
})

test.each(ways)(
  '%s: what fails says why and where it was asked; the next statement is answered',
  async (_way, within) => {
    const asker = async (tx: Tx) => {
      const row = await rowOf(tx, 'SELECT 1 / $1::int AS n', [0])
      return row
    }
    // More often than there are connections: none is lost.
    for (const _again of [1, 2, 3]) {
      const fault: unknown = await within(asker).catch((error: unknown) => error)
      expect(sqlState(fault)).toBe('22012')
      expect(fault instanceof Error ? fault.stack : '').toContain('database.test.ts')
    }
    expect(await within((tx) => rowOf(tx, 'SELECT 2 AS n'))).toEqual({ n: 2 })
  },
)

test('a column that was added or became of another type meanwhile is read as it is now', async () => {
  const read = () => rowOf(database.reader, 'SELECT * FROM public.thing WHERE id >= $1', [0])
  const change = (sql: string) => withClient(fresh.ownerUrl, (client) => client.query(sql))
  expect(await read()).toEqual({ id: 1, note: 'one' })
  await change('ALTER TABLE public.thing ADD COLUMN more date')
  // The server refuses the old plan on each connection once; the connection is given up, and the next one reads the new columns.
  const settled = async () => {
    for (const _again of [1, 2]) await read().catch(() => undefined)
    return read()
  }
  expect(await settled()).toEqual({ id: 1, note: 'one', more: null })
  await change(`ALTER TABLE public.thing ALTER COLUMN id TYPE bigint`)
  expect(await settled()).toEqual({ id: 1n, note: 'one', more: null })
})

test('a connection that is cut fails what runs on it, once, and the pool goes on', async () => {
  const slow = database.reader
  const waiting = rowOf(slow, 'SELECT pg_sleep($1), pg_backend_pid() AS pid', [30]).catch((error: unknown) => error)
  await expect
    .poll(() =>
      rowOf(
        slow,
        `SELECT pg_terminate_backend(pid) AS cut FROM pg_stat_activity WHERE query LIKE $1 AND pid <> pg_backend_pid()`,
        ['SELECT pg_sleep%'],
      ),
    )
    .toEqual({ cut: true })
  expect(await waiting).toBeInstanceOf(Error)
  expect(await Promise.all([1, 2, 3, 4].map((n) => rowOf(slow, 'SELECT $1::int AS n', [n])))).toEqual([
    { n: 1 },
    { n: 2 },
    { n: 3 },
    { n: 4 },
  ])
})

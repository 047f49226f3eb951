// Looking for secrets as somebody would who took everything: each table of the database, its raw files and log, folders, the memory of a process.
import { openSync, readdirSync, readFileSync, readSync, closeSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type pg from 'pg'

export type Secrets = ReadonlyMap<string, Uint8Array>

type Spelling = { readonly name: string; readonly bytes: Buffer }

/** All spellings of all secrets by their first two bytes: one look at a byte tells whether anything can begin there. */
export type Wanted = { readonly begins: Uint8Array; readonly by: ReadonlyMap<number, readonly Spelling[]> }

/** Each secret as it could stand somewhere: as it is, in hex, in both alphabets of base64, and, of text, in two bytes a sign as V8 keeps it. */
export function wantedOf(secrets: Secrets): Wanted {
  const spellings = [...secrets].flatMap(([name, secret]) => {
    const bytes = Buffer.from(secret)
    const text = bytes.toString('utf8')
    return [
      bytes,
      Buffer.from(bytes.toString('hex')),
      Buffer.from(bytes.toString('base64url')),
      Buffer.from(bytes.toString('base64').replace(/=+$/, '')),
      ...(text.includes('\u{fffd}') ? [] : [Buffer.from(text, 'utf16le')]),
    ]
      .filter((each) => each.length >= 6)
      .map((each): Spelling => ({ name, bytes: each }))
  })
  const by = Map.groupBy(spellings, ({ bytes }) => bytes.readUInt16LE(0))
  const begins = new Uint8Array(65_536)
  for (const first of by.keys()) begins[first] = 1
  return { begins, by }
}

/** Names of the secrets that stand in the bytes: one pass, however many are looked for. */
export function namesIn(bytes: Buffer, { begins, by }: Wanted): string[] {
  const names = new Set<string>()
  let low = bytes[0] ?? 0
  for (let at = 1; at < bytes.length; at += 1) {
    const high = bytes[at] ?? 0
    const first = low | (high << 8)
    low = high
    if (begins[first] === 0) continue
    for (const { name, bytes: wanted } of by.get(first) ?? []) {
      const end = at - 1 + wanted.length
      if (end <= bytes.length && bytes.compare(wanted, 0, wanted.length, at - 1, end) === 0) names.add(name)
    }
  }
  return [...names].toSorted()
}

/** `<table>: <secret>` for every secret in any row of any table of any schema but PostgreSQL's own; events, outbox and jobs among them. */
export async function searchTables(
  client: pg.Client,
  secrets: Secrets,
): Promise<{ found: string[]; tables: readonly string[] }> {
  const wanted = wantedOf(secrets)
  const { rows: tables } = await client.query<{ name: string }>(
    `SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) AS name FROM pg_tables
     WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1`,
  )
  const found: string[] = []
  for (const { name } of tables) {
    // bytea becomes hex, everything else its text.
    const { rows } = await client.query<{ row: string }>(`SELECT to_jsonb(t.*)::text AS row FROM ${name} t`)
    const text = Buffer.from(rows.map(({ row }) => row).join('\n'))
    found.push(...namesIn(text, wanted).map((secret) => `${name}: ${secret}`))
  }
  return { found, tables: tables.map(({ name }) => name) }
}

const step = 16 * 1024 * 1024
/** Longer than any spelling: what lies over the border of two parts is found too. */
const overlap = 4096

/** Reads a range in parts; `read` fills a buffer from a position and answers how many bytes it got. */
function searchRange(
  from: number,
  to: number,
  wanted: Wanted,
  read: (part: Buffer, position: number) => number,
  names: Set<string>,
): number {
  let tail = Buffer.alloc(0)
  let bytes = 0
  for (let at = from; at < to; at += step) {
    const part = Buffer.alloc(Math.min(step, to - at))
    let got: number
    try {
      got = read(part, at)
    } catch {
      // A range that is gone by now, or that the kernel does not give.
      return bytes
    }
    bytes += got
    const whole = Buffer.concat([tail, part.subarray(0, got)])
    for (const name of namesIn(whole, wanted)) names.add(name)
    tail = whole.subarray(Math.max(0, whole.length - overlap))
  }
  return bytes
}

/** Names of the secrets in files, folders below included; `of` chooses files by their path. */
export function searchFiles(
  folder: string,
  secrets: Secrets,
  of: (path: string) => boolean = () => true,
): { names: string[]; bytes: number } {
  const wanted = wantedOf(secrets)
  const names = new Set<string>()
  let bytes = 0
  for (const entry of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const path = join(folder, entry)
    if (!of(path) || !statSync(path, { throwIfNoEntry: false })?.isFile()) continue
    const file = openSync(path, 'r')
    try {
      const { size } = statSync(path)
      bytes += searchRange(0, size, wanted, (part, position) => readSync(file, part, { position }), names)
    } finally {
      closeSync(file)
    }
  }
  return { names: [...names].toSorted(), bytes }
}

/**
 * Names of the secrets in all writable memory of a process of one's own: heap of V8, buffers, stacks, what was freed and not yet used again.
 * Not searched: pages that lie in swap only, and memory that the kernel keeps for the process (sockets).
 */
export function searchMemory(pid: number, secrets: Secrets): { names: string[]; bytes: number } {
  const wanted = wantedOf(secrets)
  const names = new Set<string>()
  const memory = openSync(`/proc/${pid}/mem`, 'r')
  let bytes = 0
  try {
    for (const line of readFileSync(`/proc/${pid}/maps`, 'utf8').split('\n')) {
      const range = /^([0-9a-f]+)-([0-9a-f]+) rw/.exec(line)
      if (range === null) continue
      const [from, to] = [Number.parseInt(range[1] ?? '0', 16), Number.parseInt(range[2] ?? '0', 16)]
      bytes += searchRange(from, to, wanted, (part, position) => readSync(memory, part, { position }), names)
    }
  } finally {
    closeSync(memory)
  }
  return { names: [...names].toSorted(), bytes }
}

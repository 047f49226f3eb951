// Sealing: every minute the new events of each jurisdiction become the next batch of its chain; the heads are public.
import type { KeyObject } from 'node:crypto'
import { rowOf, rowsOf, type Database, type Tx } from '../database.ts'
import type { Job } from '../declarations.ts'
import {
  headOf,
  leafOf,
  noPrevious,
  packLeaves,
  publicKeyOf,
  rootOf,
  sealedSelect,
  type SealedEvent,
  signHead,
} from './chain.ts'

/** Events of one batch at most, but for a transaction that wrote more than that by itself. */
const mostEvents = 5000

/** The public face of a seal. `kept` is what a person writes down: `<jurisdiction>:<number>:<head>`. */
export type SealHead = {
  readonly jurisdiction: string
  readonly number: string
  readonly head: string
  readonly events: number
  readonly sealedAt: string
  readonly publicKey: string
  readonly signature: string
  readonly kept: string
}

const lastSeal = `
SELECT number, upto_transaction::text AS upto, head FROM platform.seal WHERE jurisdiction = $1 ORDER BY number DESC LIMIT 1`

// A transaction below the snapshot's xmin has ended: nothing can appear in that range any more.
const openEvents = `
SELECT ${sealedSelect} FROM platform.event
WHERE jurisdiction = $1 AND transaction >= $2::text::xid8 AND transaction < $3::text::xid8 ORDER BY transaction, id`

const insertSeal = `
INSERT INTO platform.seal (jurisdiction, number, from_transaction, upto_transaction, events, leaves, root, previous, head, public_key, signature)
VALUES ($1, $2, $3::text::xid8, $4::text::xid8, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING RETURNING number`

/** Jurisdictions that have events, by hops through the key's index: never a scan of the events. */
export async function listSealable(tx: Tx): Promise<string[]> {
  const found: string[] = []
  for (let after = ''; ; ) {
    const row = await rowOf<{ jurisdiction: string }>(
      tx,
      'SELECT jurisdiction FROM platform.event WHERE jurisdiction > $1 ORDER BY jurisdiction LIMIT 1',
      [after],
    )
    if (row === undefined) return found
    found.push(row.jurisdiction)
    after = row.jurisdiction
  }
}

/** The events of a jurisdiction in [from, upto), in the order of their leaves. */
export async function listSealedEvents(
  tx: Tx,
  jurisdiction: string,
  from: string,
  upto: string,
): Promise<SealedEvent[]> {
  return rowsOf<SealedEvent>(tx, openEvents, [jurisdiction, from, upto])
}

async function takeBatch(
  tx: Tx,
  jurisdiction: string,
  from: string,
  xmin: string,
): Promise<{ events: SealedEvent[]; upto: string }> {
  const events = await rowsOf<SealedEvent>(tx, `${openEvents} LIMIT ${mostEvents + 1}`, [jurisdiction, from, xmin])
  const last = events.at(-1)?.transaction
  if (events.length <= mostEvents || last === undefined || last === null) return { events, upto: xmin }
  // Cut between transactions; one that is larger than a batch goes as a whole.
  const whole = events.filter((event) => event.transaction !== last)
  if (whole.length > 0) return { events: whole, upto: last }
  const upto = String(BigInt(last) + 1n)
  return { events: await listSealedEvents(tx, jurisdiction, last, upto), upto }
}

/**
 * Seals what ended since the last seal, in every jurisdiction; answers how many batches were made. Two processes at once: one of them makes
 * the batch. Throws when the database's transaction numbers lie behind the chain (a dump restored into a new server): sealing would stand
 * still unnoticed.
 */
export async function sealAll(database: Database, key: KeyObject): Promise<number> {
  const publicKey = publicKeyOf(key)
  const tx = database.reader
  let made = 0
  for (const jurisdiction of await listSealable(tx)) {
    for (;;) {
      const last = await rowOf<{ number: bigint; upto: string; head: string }>(tx, lastSeal, [jurisdiction])
      const now = await rowOf<{ xmin: string }>(tx, 'SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS xmin')
      const from = last?.upto ?? '0'
      const xmin = now?.xmin ?? '0'
      if (BigInt(xmin) < BigInt(from))
        throw new Error('transaction numbers lie behind the seals: the database was restored from a dump')
      const { events, upto } = await takeBatch(tx, jurisdiction, from, xmin)
      if (events.length === 0) break
      const leaves = events.map(leafOf)
      const body = {
        jurisdiction,
        number: (last?.number ?? 0n) + 1n,
        from,
        upto,
        events: leaves.length,
        root: rootOf(leaves),
        previous: last?.head ?? noPrevious,
      }
      const head = headOf(body)
      const row = await rowOf(tx, insertSeal, [
        jurisdiction,
        body.number,
        from,
        upto,
        body.events,
        packLeaves(leaves),
        body.root,
        body.previous,
        head,
        publicKey,
        signHead(key, head),
      ])
      if (row === undefined) break
      made += 1
      if (upto === xmin) break
    }
  }
  return made
}

/** The job that seals each minute with the installation's signing key (keys.seal). */
export function sealJob(key: KeyObject): Job {
  return {
    name: 'platform.sealEvents',
    cron: '* * * * *',
    run: async (platform) => void (await sealAll(platform.database, key)),
  }
}

/** The newest head of one jurisdiction as a person keeps it (`<jurisdiction>:<number>:<head>`); empty before its first seal. */
export async function newestHead(tx: Tx, jurisdiction: string): Promise<string> {
  const row = await rowOf<{ number: string; head: string }>(
    tx,
    'SELECT number::text AS number, head FROM platform.seal WHERE jurisdiction = $1 ORDER BY number DESC LIMIT 1',
    [jurisdiction],
  )
  return row === undefined ? '' : `${jurisdiction}:${row.number}:${row.head}`
}

const newestSeals = `
WITH RECURSIVE hop AS (
  (SELECT jurisdiction FROM platform.seal ORDER BY jurisdiction LIMIT 1)
  UNION ALL
  SELECT (SELECT s.jurisdiction FROM platform.seal s WHERE s.jurisdiction > hop.jurisdiction ORDER BY s.jurisdiction LIMIT 1) FROM hop WHERE hop.jurisdiction IS NOT NULL
)
SELECT s.jurisdiction, s.number::text AS number, s.head, s.events, s.sealed_at AS "sealedAt", s.public_key AS "publicKey", s.signature
FROM hop JOIN LATERAL (SELECT * FROM platform.seal x WHERE x.jurisdiction = hop.jurisdiction ORDER BY x.number DESC LIMIT 1) AS s ON true
ORDER BY s.jurisdiction`

/** The newest head of every jurisdiction: for the public page; who keeps one can prove later that nothing before it was changed. */
export async function listHeads(tx: Tx): Promise<SealHead[]> {
  const rows = await rowsOf<Omit<SealHead, 'kept'>>(tx, newestSeals)
  return rows.map((row) => ({ ...row, kept: `${row.jurisdiction}:${row.number}:${row.head}` }))
}

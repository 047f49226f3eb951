// The cipher over platform.subject_key: one data key per person or case, wrapped by the root key, cached for a minute.
import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto'
import { splitId } from '../../kit/id.ts'
import { type Database, rowOf, rowsOf, type Tx } from '../database.ts'
import type { Cipher } from './cipher.ts'
import type { Keys } from './keys.ts'

/** First byte of sealed bytes; then key version (1), nonce (12), ciphertext, tag (16). */
const format = 1
const nonceBytes = 12
const tagBytes = 16
const headBytes = 2

/** Data keys held in memory at most, and for how long: a key destroyed by another process is forgotten within that time. */
const cacheSize = 10_000
const cacheMs = 60_000

type DataKey = { readonly version: number; readonly key: Buffer | undefined }
type Cached = { readonly keys: readonly DataKey[]; readonly until: number }
type KeyRow = { subject: string; version: number; root: string; wrapped: Buffer | null; settled: boolean }

function encrypt(key: Buffer, aad: string, plain: Buffer): Buffer {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(Buffer.from(aad))
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

function decrypt(key: Buffer, aad: string, bytes: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes })
  decipher.setAAD(Buffer.from(aad))
  decipher.setAuthTag(bytes.subarray(bytes.length - tagBytes))
  return Buffer.concat([decipher.update(bytes.subarray(nonceBytes, bytes.length - tagBytes)), decipher.final()])
}

const wrapPlace = (subject: string, version: number) => `platform.subject_key:${subject}:${version}`

function wrap(keys: Keys, subject: string, version: number, key: Buffer): Buffer {
  return encrypt(rootNamed(keys, keys.current), wrapPlace(subject, version), key)
}

function rootNamed(keys: Keys, name: string): Buffer {
  const root = keys.roots.get(name)
  if (root === undefined) throw new Error(`root key ${name} is not among the keys of this installation`)
  return root
}

// settled: a row that this very transaction made is younger than its start; such a key may vanish with a rollback and is never cached.
const selectKeys = `
SELECT subject, version, root, wrapped, created_at < now() - interval '1 minute' AS settled
FROM platform.subject_key WHERE jurisdiction = ANY($1) AND subject = ANY($2) ORDER BY subject, version`

const insertKey = `
INSERT INTO platform.subject_key (jurisdiction, subject, version, root, wrapped) VALUES ($1, $2, 1, $3, $4)
ON CONFLICT DO NOTHING RETURNING version`

const insertKeys = `
INSERT INTO platform.subject_key (jurisdiction, subject, version, root, wrapped)
SELECT x.jurisdiction, x.subject, 1, $2, x.wrapped FROM jsonb_to_recordset($1::jsonb) AS x(jurisdiction text, subject text, wrapped bytea)
ON CONFLICT DO NOTHING RETURNING subject`

const destroyKeys = `
UPDATE platform.subject_key SET wrapped = NULL, destroyed_at = clock_timestamp()
WHERE jurisdiction = $1 AND subject = $2 AND wrapped IS NOT NULL`

/** Remembers in the database which blind-index key its rows were written with; another one would find nothing and say nothing. */
async function assureSameKeys(database: Database, keys: Keys): Promise<void> {
  const mark = createHmac('sha256', keys.blind).update('fingerprint').digest('hex').slice(0, 16)
  const row = await rowOf<{ value: unknown }>(
    database.reader,
    `WITH made AS (
       INSERT INTO platform.fact (name, value) VALUES ('blind-index-key', to_jsonb($1::text)) ON CONFLICT DO NOTHING RETURNING value
     ) SELECT value FROM made UNION ALL SELECT value FROM platform.fact WHERE name = 'blind-index-key'`,
    [mark],
  )
  if (row !== undefined && row.value !== mark) {
    throw new Error(
      'the field keys are not those of this database: give FIELD_KEYS or put back keys/field-keys.json of its data folder',
    )
  }
}

/**
 * Opens the cipher of a database. Faults: keys of another installation; altered or misplaced bytes; sealing for a subject whose key was
 * destroyed. Reads that start together (Promise.all over a list) fetch their keys with one statement.
 */
export async function openCipher(database: Database, keys: Keys): Promise<Cipher> {
  await assureSameKeys(database, keys)
  const cache = new Map<string, Cached>()
  const ofTransaction = new WeakMap<Tx, Map<string, readonly DataKey[]>>()
  const waiting = new WeakMap<Tx, { subjects: Set<string>; answer: Promise<Map<string, readonly DataKey[]>> }>()

  const remember = (subject: string, found: readonly DataKey[]) => {
    cache.delete(subject)
    cache.set(subject, { keys: found, until: Date.now() + cacheMs })
    const oldest = cache.keys().next().value
    if (cache.size > cacheSize && oldest !== undefined) cache.delete(oldest)
  }

  const rememberIn = (tx: Tx, subject: string, found: readonly DataKey[]) => {
    if (!tx.isTransaction) return
    const own = ofTransaction.get(tx) ?? new Map<string, readonly DataKey[]>()
    ofTransaction.set(tx, own.set(subject, found))
  }

  const cached = (tx: Tx, subject: string): readonly DataKey[] | undefined => {
    const own = ofTransaction.get(tx)?.get(subject)
    if (own !== undefined) return own
    const entry = cache.get(subject)
    if (entry === undefined) return undefined
    if (entry.until < Date.now()) {
      cache.delete(subject)
      return undefined
    }
    return entry.keys
  }

  const fetchKeys = async (tx: Tx, subjects: readonly string[]): Promise<Map<string, readonly DataKey[]>> => {
    const jurisdictions = [...new Set(subjects.map((subject) => splitId(subject).jurisdiction as string))]
    const rows = await rowsOf<KeyRow>(tx, selectKeys, [jurisdictions, [...subjects]])
    const found = new Map<string, DataKey[]>()
    const unsettled = new Set<string>()
    for (const row of rows) {
      const key =
        row.wrapped === null
          ? undefined
          : decrypt(rootNamed(keys, row.root), wrapPlace(row.subject, row.version), row.wrapped)
      found.set(row.subject, [...(found.get(row.subject) ?? []), { version: row.version, key }])
      if (!row.settled || key === undefined) unsettled.add(row.subject)
    }
    for (const [subject, list] of found) {
      if (unsettled.has(subject)) rememberIn(tx, subject, list)
      else remember(subject, list)
    }
    return found
  }

  const keysOf = async (tx: Tx, subject: string): Promise<readonly DataKey[]> => {
    const known = cached(tx, subject)
    if (known !== undefined) return known
    let batch = waiting.get(tx)
    if (batch === undefined) {
      const subjects = new Set<string>()
      const answer = Promise.resolve().then(() => {
        waiting.delete(tx)
        return fetchKeys(tx, [...subjects])
      })
      batch = { subjects, answer }
      waiting.set(tx, batch)
    }
    batch.subjects.add(subject)
    return (await batch.answer).get(subject) ?? []
  }

  const keyToSeal = async (tx: Tx, subject: string): Promise<{ version: number; key: Buffer }> => {
    let newest = (await keysOf(tx, subject)).at(-1)
    if (newest === undefined) {
      const key = randomBytes(32)
      const made = await rowOf(tx, insertKey, [
        splitId(subject).jurisdiction,
        subject,
        keys.current,
        wrap(keys, subject, 1, key),
      ])
      if (made !== undefined) {
        newest = { version: 1, key }
        rememberIn(tx, subject, [newest])
      } else {
        newest = (await fetchKeys(tx, [subject])).get(subject)?.at(-1)
      }
    }
    if (newest?.key === undefined) throw new Error('sealing under a destroyed key')
    return { version: newest.version, key: newest.key }
  }

  const aadOf = (place: { table: string; column: string; row: string }) => `${place.table}.${place.column}:${place.row}`

  return {
    async prepare(tx, subjects) {
      const fresh = new Map(subjects.map((subject) => [subject, randomBytes(32)]))
      const rows = [...fresh].map(([subject, key]) => ({
        jurisdiction: splitId(subject).jurisdiction,
        subject,
        wrapped: `\\x${wrap(keys, subject, 1, key).toString('hex')}`,
      }))
      const made = await rowsOf<{ subject: string }>(tx, insertKeys, [JSON.stringify(rows), keys.current])
      for (const { subject } of made) rememberIn(tx, subject, [{ version: 1, key: fresh.get(subject) }])
    },
    async seal(tx, subject, place, text) {
      const { version, key } = await keyToSeal(tx, subject)
      return Buffer.concat([Buffer.from([format, version]), encrypt(key, aadOf(place), Buffer.from(text))])
    },
    async open(tx, subject, place, sealed) {
      if (sealed[0] !== format || sealed.length < headBytes + nonceBytes + tagBytes) throw new Error('not sealed bytes')
      const found = (await keysOf(tx, subject)).find((key) => key.version === sealed[1])
      if (found === undefined) throw new Error('sealed under a key that is not in the database')
      return found.key === undefined
        ? undefined
        : decrypt(found.key, aadOf(place), sealed.subarray(headBytes)).toString()
    },
    async destroy(tx, subject) {
      await rowsOf(tx, destroyKeys, [splitId(subject).jurisdiction, subject])
      cache.delete(subject)
      ofTransaction.get(tx)?.delete(subject)
    },
    blind(purpose, text) {
      return createHmac('sha256', keys.blind).update(purpose).update('\0').update(text).digest('hex')
    },
  }
}

/** Wraps every data key anew that is wrapped by another root key than the current one; answers how many. Safe to repeat and to run beside the server. */
export async function rewrapKeys(database: Database, keys: Keys): Promise<number> {
  const few = 200
  for (let total = 0; ; ) {
    const count = await database.transaction(async (tx) => {
      const rows = await rowsOf<KeyRow & { jurisdiction: string; wrapped: Buffer }>(
        tx,
        `SELECT jurisdiction, subject, version, root, wrapped FROM platform.subject_key
         WHERE root <> $1 AND wrapped IS NOT NULL ORDER BY jurisdiction, subject LIMIT $2 FOR UPDATE SKIP LOCKED`,
        [keys.current, few],
      )
      for (const row of rows) {
        const key = decrypt(rootNamed(keys, row.root), wrapPlace(row.subject, row.version), row.wrapped)
        await rowsOf(
          tx,
          'UPDATE platform.subject_key SET root = $4, wrapped = $5 WHERE jurisdiction = $1 AND subject = $2 AND version = $3',
          [row.jurisdiction, row.subject, row.version, keys.current, wrap(keys, row.subject, row.version, key)],
        )
      }
      return rows.length
    })
    total += count
    if (count === 0) return total
  }
}

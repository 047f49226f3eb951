// Keys that never enter the database: root keys of field encryption, blind-index key, signing key of the seals.
import { createPrivateKey, hkdfSync, type KeyObject, randomBytes } from 'node:crypto'
import { existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

export type Keys = {
  /** Name of the root key that wraps new keys. */
  readonly current: string
  /** Root keys by name, 32 bytes each; old ones stay until every key is wrapped anew (rewrapKeys). */
  readonly roots: ReadonlyMap<string, Buffer>
  /** Key of the blind indexes, 32 bytes; never changes, or nothing would be found again. */
  readonly blind: Buffer
  /** Ed25519 private key that signs the heads of the event chains. */
  readonly seal: KeyObject
}

const key32 = z.base64().transform((text, context) => {
  const bytes = Buffer.from(text, 'base64')
  if (bytes.length !== 32) context.addIssue('a key has 32 bytes')
  return bytes
})

/** `blind` and `seal` (32-byte seeds) may be left out where `keys` never lose their first name: they are then derived from that key. */
const keyText = z.object({
  current: z.string().min(1).max(40),
  keys: z.record(z.string().min(1).max(40), key32),
  blind: key32.optional(),
  seal: key32.optional(),
})

/** The fixed head of a PKCS #8 document that holds an Ed25519 seed (RFC 8410). */
const ed25519Head = Buffer.from('302e020100300506032b657004220420', 'hex')

function derived(from: Buffer, use: string): Buffer {
  return Buffer.from(hkdfSync('sha256', from, Buffer.alloc(0), `liandong ${use}`, 32))
}

/** Reads keys from their JSON text; throws a fault that names what is wrong, never a key. */
export function parseKeys(text: string, origin: string): Keys {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    // The parser's message would quote the text, that is, a key.
    throw new Error(`${origin} is not JSON`)
  }
  const parsed = keyText.safeParse(json)
  if (!parsed.success) {
    throw new Error(
      `${origin}: ${parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`).join('; ')}`,
    )
  }
  const { current, keys, blind, seal } = parsed.data
  const roots = new Map(Object.entries(keys))
  const oldest = [...roots].toSorted(([a], [b]) => (a < b ? -1 : 1))[0]?.[1]
  if (oldest === undefined || !roots.has(current)) throw new Error(`${origin}: the current key is not among the keys`)
  return {
    current,
    roots,
    blind: blind ?? derived(oldest, 'blind index'),
    seal: createPrivateKey({
      key: Buffer.concat([ed25519Head, seal ?? derived(oldest, 'seal')]),
      format: 'der',
      type: 'pkcs8',
    }),
  }
}

/** A fresh set of keys as JSON text. */
export function makeKeyText(): string {
  const key = () => randomBytes(32).toString('base64')
  return `${JSON.stringify({ current: 'v1', keys: { v1: key() }, blind: key(), seal: key() }, null, 2)}\n`
}

/**
 * The keys of this installation: from FIELD_KEYS (JSON), else from `<dataDir>/keys/field-keys.json`, which is made on the first start, readable
 * by its owner only. Two starters at once agree on one file. Losing the file loses every sealed field: it belongs into the backup plan.
 */
export function loadKeys(dataDir: string, env: Readonly<Record<string, string | undefined>> = process.env): Keys {
  const given = env['FIELD_KEYS']
  if (given !== undefined && given !== '') return parseKeys(given, 'FIELD_KEYS')
  const folder = join(dataDir, 'keys')
  const path = join(folder, 'field-keys.json')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const made = join(folder, `.field-keys-${process.pid}-${randomBytes(4).toString('hex')}`)
  writeFileSync(made, makeKeyText(), { mode: 0o600, flag: 'wx', flush: true })
  try {
    // link refuses an existing name, so that the second of two starters takes the first one's keys.
    linkSync(made, path)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  } finally {
    rmSync(made, { force: true })
  }
  return parseKeys(readFileSync(path, 'utf8'), path)
}

/** Like loadKeys, but makes nothing: undefined where this installation has no keys yet (or they lie elsewhere). */
export function findKeys(
  dataDir: string,
  env: Readonly<Record<string, string | undefined>> = process.env,
): Keys | undefined {
  const given = env['FIELD_KEYS']
  if (given !== undefined && given !== '') return parseKeys(given, 'FIELD_KEYS')
  const path = join(dataDir, 'keys', 'field-keys.json')
  return existsSync(path) ? parseKeys(readFileSync(path, 'utf8'), path) : undefined
}

/**
 * Adds a fresh root key to the key file and makes it the current one; answers its name. The old keys stay in the file until rewrapKeys has
 * run everywhere. `blind` and `seal` are written out, so that they no longer hang on the oldest key.
 */
export function addRootKey(dataDir: string): string {
  const path = join(dataDir, 'keys', 'field-keys.json')
  const keys = parseKeys(readFileSync(path, 'utf8'), path)
  const name = `v${keys.roots.size + 1}`
  if (keys.roots.has(name)) throw new Error(`${path}: there is a key ${name} already`)
  const roots = Object.fromEntries([...keys.roots].map(([old, key]) => [old, key.toString('base64')]))
  const seal = keys.seal.export({ format: 'der', type: 'pkcs8' }).subarray(-32).toString('base64')
  const text = {
    current: name,
    keys: { ...roots, [name]: randomBytes(32).toString('base64') },
    blind: keys.blind.toString('base64'),
    seal,
  }
  const made = `${path}.${process.pid}`
  writeFileSync(made, `${JSON.stringify(text, null, 2)}\n`, { mode: 0o600, flag: 'wx', flush: true })
  renameSync(made, path)
  return name
}

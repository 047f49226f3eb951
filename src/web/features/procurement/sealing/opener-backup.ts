// The backup file of an opener's key: the private half under a passphrase, for the day the browser's own storage is gone.
import { type Bytes, fromText, random, toText, utf8 } from './bytes.ts'
import { makePair, pairOf, privateBytes, publicText } from './hpke.ts'

/** PBKDF2-SHA256 (OWASP, 2023): a guess costs about half a second. */
const iterations = 600_000

export const leastPassphrase = 10

export type Backup = {
  readonly form: 'liandong-opener-key-1'
  readonly tender: string
  readonly seat: string
  readonly openerKey: string
  readonly salt: string
  readonly iterations: number
  readonly iv: string
  readonly sealed: string
}

async function wrappingKey(passphrase: string, salt: Bytes, rounds: number): Promise<CryptoKey> {
  const base = await crypto.subtle.importKey('raw', utf8(passphrase.normalize('NFKC')), 'PBKDF2', false, ['deriveKey'])
  const given = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: rounds }
  return crypto.subtle.deriveKey(given, base, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
}

const boundTo = (tender: string, seat: string, openerKey: string) =>
  utf8(JSON.stringify(['liandong-opener-key-1', tender, seat, openerKey]))

/** Makes an opener's pair: in the browser its private half cannot be taken out any more; the backup holds it under the passphrase. */
export async function makeOpenerKey(
  tender: string,
  seat: string,
  passphrase: string,
): Promise<{ pair: CryptoKeyPair; openerKey: string; backup: Backup }> {
  const made = await makePair(false)
  const openerKey = await publicText(made)
  const bytes = await privateBytes(made)
  const [salt, iv] = [random(16), random(12)]
  const sealed = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv, additionalData: boundTo(tender, seat, openerKey) },
    await wrappingKey(passphrase, salt, iterations),
    bytes,
  )
  const pair = await pairOf(bytes)
  bytes.fill(0)
  const backup: Backup = {
    form: 'liandong-opener-key-1',
    tender,
    seat,
    openerKey,
    salt: toText(salt),
    iterations,
    iv: toText(iv),
    sealed: toText(new Uint8Array(sealed)),
  }
  return { pair, openerKey, backup }
}

export function readBackup(text: string): Backup | undefined {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null) return undefined
    const texts = ['tender', 'seat', 'openerKey', 'salt', 'iv', 'sealed']
    return Reflect.get(value, 'form') === 'liandong-opener-key-1' &&
      texts.every((name) => typeof Reflect.get(value, name) === 'string') &&
      Number.isInteger(Reflect.get(value, 'iterations'))
      ? (value as Backup)
      : undefined
  } catch {
    return undefined
  }
}

/** The pair of a backup; undefined when the passphrase is wrong or the file was changed. */
export async function restoreOpenerKey(backup: Backup, passphrase: string): Promise<CryptoKeyPair | undefined> {
  try {
    const bytes = new Uint8Array(
      await crypto.subtle.decrypt(
        {
          name: 'AES-GCM',
          iv: fromText(backup.iv),
          additionalData: boundTo(backup.tender, backup.seat, backup.openerKey),
        },
        await wrappingKey(passphrase, fromText(backup.salt), backup.iterations),
        fromText(backup.sealed),
      ),
    )
    const pair = await pairOf(bytes)
    bytes.fill(0)
    return (await publicText(pair)) === backup.openerKey ? pair : undefined
  } catch {
    return undefined
  }
}

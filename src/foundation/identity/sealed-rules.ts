// Decisions that must not ship to the browser: tokens, TOTP (RFC 6238), password hashes, keyed codes.
import { createHmac, hash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto'
import { hash as argon2Hash, verify as argon2Verify } from '@node-rs/argon2'

const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const stepSeconds = 30

/** A new secret of 32 random bytes in base64url: a session token or a ticket. */
export function newToken(): string {
  return randomBytes(32).toString('base64url')
}

/** How a token is stored: SHA-256, for it is random enough that nothing slower helps. */
export function tokenHash(token: string): string {
  return hash('sha256', token, 'base64url')
}

/** Six random digits. */
export function newCode(): string {
  return String(randomInt(1_000_000)).padStart(6, '0')
}

/** A code to be read out and typed in: 12 letters without those that look alike, in groups of four. */
export function newEnrolmentCode(): string {
  const letters = Array.from({ length: 12 }, () => 'ABCDEFGHJKMNPQRSTUVWXYZ23456789'.charAt(randomInt(31))).join('')
  return `${letters.slice(0, 4)}-${letters.slice(4, 8)}-${letters.slice(8)}`
}

/** Equal in constant time. */
export function sameText(left: string, right: string): boolean {
  const [a, b] = [hash('sha256', left, 'buffer'), hash('sha256', right, 'buffer')]
  return timingSafeEqual(a, b)
}

/** A new TOTP secret: 20 bytes in base32. */
export function newTotpSecret(): string {
  return [...randomBytes(32)].map((byte) => base32.charAt(byte & 31)).join('')
}

function bytesOf(secret: string): Buffer {
  let bits = ''
  for (const letter of secret) bits += base32.indexOf(letter).toString(2).padStart(5, '0')
  const bytes = bits.match(/.{8}/g) ?? []
  return Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2)))
}

/** The six digits of a step (RFC 4226 with SHA-1, as authenticators expect). */
export function totpCode(secret: string, step: number): string {
  const message = Buffer.alloc(8)
  message.writeBigUInt64BE(BigInt(step))
  const digest = createHmac('sha1', bytesOf(secret)).update(message).digest()
  const offset = (digest.at(-1) ?? 0) & 15
  return String((digest.readUInt32BE(offset) & 0x7fff_ffff) % 1_000_000).padStart(6, '0')
}

/** The step that real time (ms) falls in. */
export function totpStep(real: number): number {
  return Math.floor(real / 1000 / stepSeconds)
}

/** The step whose code this is, among this one and its two neighbours and after the last one used; undefined when none. */
export function matchTotp(secret: string, code: string, real: number, lastStep: number): number | undefined {
  const now = totpStep(real)
  let found: number | undefined
  for (const step of [now - 1, now, now + 1]) {
    if (sameText(totpCode(secret, step), code) && step > lastStep && found === undefined) found = step
  }
  return found
}

/** The address that authenticators scan. */
export function totpUri(secret: string, account: string, issuer: string): string {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(account)}`
  return `otpauth://totp/${label}?secret=${secret}&issuer=${encodeURIComponent(issuer)}&algorithm=SHA1&digits=6&period=30`
}

const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

/** argon2id with OWASP's least cost (19 MiB, two passes). */
export function hashPassword(password: string): Promise<string> {
  return argon2Hash(password, cost)
}

let dummy: Promise<string> | undefined

/** Whether the password fits; without a hash the same work is done and the answer is no. */
export async function verifyPassword(hash: string | undefined, password: string): Promise<boolean> {
  dummy ??= hashPassword(newToken())
  const fits = await argon2Verify(hash ?? (await dummy), password)
  return hash !== undefined && fits
}

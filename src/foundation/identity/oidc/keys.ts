// Keys of one sign-on: signing keys in their own file, cookie, storage and pairwise keys derived from the installation's blind-index key.
import { createCipheriv, createDecipheriv, generateKeyPairSync, hkdfSync, randomBytes } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const signingKey = z
  .record(z.string(), z.unknown())
  .and(z.object({ kty: z.enum(['RSA', 'EC']), kid: z.string(), use: z.literal('sig') }))
const keyFile = z.object({ keys: z.array(signingKey).min(1) })

export type OidcKeys = {
  /** Private keys that sign ID tokens: RS256 first, which every client understands, then ES256. */
  readonly jwks: z.output<typeof keyFile>
  readonly cookie: string
  readonly pairwise: Buffer
  /** Seals what the provider keeps in the database and what a browser carries for us. */
  readonly seal: (place: string, text: string) => Buffer
  /** Opens what `seal` made for the same place; undefined for anything else. */
  readonly open: (place: string, sealed: Buffer) => string | undefined
}

function makeSigningKeys(): string {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' })
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' })
  const name = () => randomBytes(9).toString('base64url')
  return `${JSON.stringify(
    {
      keys: [
        { ...rsa, kid: name(), use: 'sig', alg: 'RS256' },
        { ...ec, kid: name(), use: 'sig', alg: 'ES256' },
      ],
    },
    null,
    2,
  )}\n`
}

/** The signing keys of `<dataDir>/keys/oidc-signing-keys.json`, made at the first start, readable by its owner only; two starters agree on one file. */
function loadSigningKeys(dataDir: string): z.output<typeof keyFile> {
  const folder = join(dataDir, 'keys')
  const path = join(folder, 'oidc-signing-keys.json')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  let text: string | undefined
  try {
    text = readFileSync(path, 'utf8')
  } catch {
    const made = join(folder, `.oidc-signing-keys-${process.pid}-${randomBytes(4).toString('hex')}`)
    writeFileSync(made, makeSigningKeys(), { mode: 0o600, flag: 'wx', flush: true })
    try {
      // link refuses an existing name, so that the second of two starters takes the first one's keys.
      linkSync(made, path)
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    } finally {
      rmSync(made, { force: true })
    }
    text = readFileSync(path, 'utf8')
  }
  const parsed = keyFile.safeParse(JSON.parse(text))
  if (!parsed.success) throw new Error(`${path} does not hold signing keys`)
  return parsed.data
}

/** `blind`: the blind-index key, which never changes; so people keep their pairwise names, and every server process agrees. */
export function openOidcKeys(dataDir: string, blind: Buffer): OidcKeys {
  const derived = (use: string) => Buffer.from(hkdfSync('sha256', blind, Buffer.alloc(0), `liandong oidc ${use}`, 32))
  const key = derived('storage')
  return {
    jwks: loadSigningKeys(dataDir),
    cookie: derived('cookie').toString('base64url'),
    pairwise: derived('pairwise'),
    seal(place, text) {
      const nonce = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', key, nonce)
      cipher.setAAD(Buffer.from(place))
      return Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
    },
    open(place, sealed) {
      if (sealed.length < 28) return undefined
      const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12), { authTagLength: 16 })
      decipher.setAAD(Buffer.from(place))
      decipher.setAuthTag(sealed.subarray(-16))
      try {
        return Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()]).toString('utf8')
      } catch {
        return undefined
      }
    },
  }
}

// Passkeys through the endpoints, with an authenticator made of node:crypto: enrolment, sign-in, and what is refused.
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Person, places, startApp, type TestApp } from '../../../tests/support/app.ts'
import { granted } from '../../kit/ruling.ts'
import { systemAct } from '../../platform/action.ts'
import * as session from './contract.ts'
import * as credentials from './contract/credentials.ts'
import { assign, createPerson, openSession } from './public.ts'

const contract = { ...session, ...credentials }

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const sha256 = (bytes: Buffer | string) => createHash('sha256').update(bytes).digest()
const origin = 'http://localhost:3000'

/** CBOR of a short byte string. */
function cborBytes(bytes: Buffer): Buffer {
  return Buffer.concat([
    bytes.length < 256 ? Buffer.from([0x58, bytes.length]) : Buffer.from([0x59, bytes.length >> 8, bytes.length & 255]),
    bytes,
  ])
}

/** A platform authenticator with one key on P-256. */
function makeAuthenticator() {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const jwk = publicKey.export({ format: 'jwk' })
  const id = randomBytes(16)
  let counter = 0
  const client = (type: string, challenge: string, from: string) =>
    Buffer.from(JSON.stringify({ type, challenge, origin: from, crossOrigin: false }))
  const head = (flags: number) => {
    counter += 1
    const count = Buffer.alloc(4)
    count.writeUInt32BE(counter)
    return Buffer.concat([sha256('localhost'), Buffer.from([flags]), count])
  }
  const parts = {
    id: id.toString('base64url'),
    rawId: id.toString('base64url'),
    type: 'public-key' as const,
    clientExtensionResults: {},
  }
  return {
    create(challenge: string) {
      const [x, y] = [Buffer.from(jwk.x ?? '', 'base64url'), Buffer.from(jwk.y ?? '', 'base64url')]
      // COSE key: EC2, ES256, P-256.
      const cose = Buffer.concat([
        Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21]),
        cborBytes(x),
        Buffer.from([0x22]),
        cborBytes(y),
      ])
      const data = Buffer.concat([head(0x45), Buffer.alloc(16), Buffer.from([0, id.length]), id, cose])
      const attestation = Buffer.concat([
        Buffer.from([0xa3, 0x63]),
        Buffer.from('fmt'),
        Buffer.from([0x64]),
        Buffer.from('none'),
        Buffer.from([0x67]),
        Buffer.from('attStmt'),
        Buffer.from([0xa0, 0x68]),
        Buffer.from('authData'),
        cborBytes(data),
      ])
      const json = client('webauthn.create', challenge, origin)
      return {
        ...parts,
        response: { clientDataJSON: json.toString('base64url'), attestationObject: attestation.toString('base64url') },
      }
    },
    get(challenge: string, from = origin) {
      const data = head(0x05)
      const json = client('webauthn.get', challenge, from)
      const signature = sign('sha256', Buffer.concat([data, sha256(json)]), privateKey)
      return {
        ...parts,
        response: {
          clientDataJSON: json.toString('base64url'),
          authenticatorData: data.toString('base64url'),
          signature: signature.toString('base64url'),
        },
      }
    },
  }
}

async function staff(account: string): Promise<Person> {
  const { platform } = app.parts
  const id = granted(
    await systemAct(platform, 'test', (act) =>
      createPerson(act, { name: '陈静', officialName: '陈静', account, password: 'Tai-hu-2026-shi' }),
    ),
  )
  granted(
    await systemAct(platform, 'test', (act) =>
      assign(act, { person: id, role: 'community-worker', division: places.community }),
    ),
  )
  const token = granted(await systemAct(platform, 'test', (act) => openSession(act, id, { secondFactor: true })))
  return { id, role: 'community-worker', cookie: `liandong_session=${token}` }
}

const challengeOf = (begun: { options: Record<string, unknown> }) => String(begun.options['challenge'])

async function enrolled(account: string) {
  const self = await staff(account)
  const authenticator = makeAuthenticator()
  const begun = await app.ok(self, contract.beginPasskey)
  await app.ok(self, contract.finishPasskey, {
    body: { challenge: begun.challenge, label: '办公电脑', response: authenticator.create(challengeOf(begun)) },
  })
  return { self, authenticator }
}

it('a passkey is enrolled and signs in alone; the same answer works once', async () => {
  const { self, authenticator } = await enrolled('passkey1')
  expect((await app.ok(self, contract.getSecurity)).passkeys).toMatchObject([{ label: '办公电脑' }])
  const begun = await app.ok('nobody', contract.beginPasskeySignIn, { body: {} })
  const body = { challenge: begun.challenge, response: authenticator.get(challengeOf(begun)) }
  const signedIn = await app.call('nobody', contract.finishPasskeySignIn, { body })
  expect(signedIn.body).toMatchObject({ id: self.id })
  expect(String(signedIn.headers['set-cookie'])).toMatch(/^liandong_session=[\w-]{43}; Path=\/; HttpOnly/)
  expect((await app.call('nobody', contract.finishPasskeySignIn, { body })).problem.code).toBe('passkey-refused')
})

it('it is the second factor after the password, of its owner only', async () => {
  const { self, authenticator } = await enrolled('passkey2')
  const other = await enrolled('passkey3')
  const ticketFor = async () =>
    (await app.ok('nobody', contract.signInByPassword, { body: { account: 'passkey2', password: 'Tai-hu-2026-shi' } }))
      .ticket
  const attempt = async (with_: typeof authenticator) => {
    const ticket = await ticketFor()
    const begun = await app.ok('nobody', contract.beginPasskeySignIn, { body: { ticket } })
    return app.call('nobody', contract.finishPasskeySignIn, {
      body: { ticket, challenge: begun.challenge, response: with_.get(challengeOf(begun)) },
    })
  }
  expect((await attempt(other.authenticator)).problem.code).toBe('passkey-refused')
  expect((await attempt(authenticator)).body).toMatchObject({ id: self.id })
})

it('it confirms before signing and paying; another origin, another challenge and a removed passkey do not', async () => {
  const { self, authenticator } = await enrolled('passkey4')
  const refused = async (response: (challenge: string) => ReturnType<typeof authenticator.get>) => {
    const begun = await app.ok(self, contract.beginPasskeyConfirmation)
    return (
      await app.call(self, contract.confirmByPasskey, {
        body: { challenge: begun.challenge, response: response(challengeOf(begun)) },
      })
    ).problem.code
  }
  expect(await refused((challenge) => authenticator.get(challenge, 'https://evil.example'))).toBe('passkey-refused')
  expect(await refused(() => authenticator.get(randomBytes(32).toString('base64url')))).toBe('passkey-refused')
  const { passkeys } = await app.ok(self, contract.getSecurity)
  await app.ok(self, contract.removePasskey, { body: { id: passkeys[0]?.id ?? '' } })
  expect((await app.call(self, contract.beginPasskeyConfirmation)).problem.code).toBe('second-factor-not-set')
})

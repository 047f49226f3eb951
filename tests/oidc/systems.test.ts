// Registering the systems of departments, the public address, and what lies at rest.
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import * as openid from 'openid-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeApp } from '../../src/app/listen.ts'
import {
  disableOidcClient,
  getOidcClient,
  listOidcClients,
  registerOidcClient,
  rotateOidcSecret,
} from '../../src/foundation/identity/contract/oidc.ts'
import { rowsOf } from '../../src/platform/database.ts'
import { type Person, places } from '../support/app.ts'
import { Browser } from './browser.ts'
import {
  begin,
  callbackOf,
  discover,
  errorOf,
  redeem,
  registerSystem,
  signIn,
  type SignOnServer,
  startSignOn,
  type System,
} from './sign-on.ts'

const root = resolve(import.meta.dirname, '../..')

let server: SignOnServer
let system: System
let config: openid.Configuration
let head: Person

beforeAll(async () => {
  server = await startSignOn()
  system = await registerSystem(server.app)
  config = await discover(server.origin, system)
  head = await server.app.person('community-head', { name: '沈卫东' })
})
afterAll(async () => {
  await server.close()
})

/** A person signed in with tokens for the system. */
async function signedOn(person: Person = head, conf = config) {
  const browser = new Browser()
  signIn(browser, server.origin, person)
  const begun = await begin(conf)
  const callback = await callbackOf(browser, begun)
  return { browser, begun, callback, tokens: await redeem(conf, callback, begun) }
}

describe('registering systems', () => {
  it("the county's system administrator registers, changes the secret, shuts out; each step is on record", async () => {
    const administrator = await server.app.person('system-administrator', { division: places.county })
    const made = await server.app.ok(administrator, registerOidcClient, {
      body: {
        name: '民政救助系统',
        department: '姑苏区民政局',
        division: places.county,
        redirectUris: ['https://mz.example/cb'],
      },
    })
    const params = { id: made.id }
    const view = await server.app.ok(administrator, getOidcClient, { params })
    expect(JSON.stringify(view)).not.toContain(made.secret)
    expect(view.actions.map((verb) => verb.ok)).toEqual([true, true])
    const rotated = await server.app.ok(administrator, rotateOidcSecret, { params })
    expect(rotated.secret).not.toBe(made.secret)
    const conf = (secret: string) => discover(server.origin, { id: made.id, secret })
    expect(await errorOf(openid.refreshTokenGrant(await conf(rotated.secret), 'none-such'))).toBe('invalid_grant')
    expect(['401', 'invalid_client']).toContain(
      await errorOf(openid.refreshTokenGrant(await conf(made.secret), 'none-such')),
    )
    await server.app.ok(administrator, disableOidcClient, { params })
    expect(['401', 'invalid_client']).toContain(
      await errorOf(openid.refreshTokenGrant(await conf(rotated.secret), 'none-such')),
    )
    expect((await server.app.call(administrator, disableOidcClient, { params })).problem.code).toBe('not-in-this-state')
    const listed = await server.app.ok(administrator, listOidcClients, { query: { state: 'disabled' } })
    expect(listed.rows.map((row) => row.id)).toEqual([made.id])
  })

  it('nobody else may, and not elsewhere', async () => {
    const body = {
      name: '系统一',
      department: '某部门',
      division: places.county,
      redirectUris: ['https://a.example/cb'],
    }
    for (const role of ['resident', 'community-head', 'security-administrator'] as const) {
      const person = await server.app.person(role, {
        division: role === 'security-administrator' ? places.county : places.community,
      })
      expect((await server.app.call(person, registerOidcClient, { body })).status).toBe(403)
    }
    const foreign = await server.app.person('system-administrator', { division: places.otherCounty })
    expect((await server.app.call(foreign, registerOidcClient, { body })).status).toBe(403)
    expect((await server.app.call(foreign, disableOidcClient, { params: { id: system.id } })).status).toBe(403)
  })

  it('addresses without https and of several hosts are refused', async () => {
    const administrator = await server.app.person('system-administrator', { division: places.county })
    const tryWith = async (redirectUris: string[]) =>
      (
        await server.app.call(administrator, registerOidcClient, {
          body: { name: '系统二', department: '某部门', division: places.county, redirectUris },
        })
      ).problem.fields?.map((field) => field.code)
    expect(await tryWith(['http://a.example/cb'])).toEqual(['address-not-safe'])
    expect(await tryWith(['https://a.example/cb#x'])).toEqual(['address-not-safe'])
    expect(await tryWith(['javascript:alert(1)'])).toEqual(['address-not-safe'])
    expect(await tryWith(['https://a.example/cb', 'https://b.example/cb'])).toEqual(['addresses-of-several-hosts'])
  })
})

describe('behind a public address', () => {
  it('every address that the provider tells is the public one, whatever the Host header says', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'liandong-oidc-'))
    const behind = await makeApp(server.app.parts, {
      root,
      perMinute: 1_000_000,
      oidc: { dataDir, publicUrl: 'https://liandong.example/' },
    })
    const answer = await behind.inject({
      url: '/oidc/.well-known/openid-configuration',
      headers: { host: 'evil.example', 'x-forwarded-host': 'evil.example' },
    })
    await behind.close()
    rmSync(dataDir, { recursive: true, force: true })
    expect(answer.json()).toMatchObject({
      issuer: 'https://liandong.example/oidc',
      token_endpoint: 'https://liandong.example/oidc/token',
    })
    expect(answer.body).not.toContain('evil.example')
  })
})

describe('at rest', () => {
  it('no token, code, session id or secret stands in the database', async () => {
    const { tokens, browser } = await signedOn()
    const rows = await rowsOf<{ line: string }>(
      server.app.parts.platform.database.reader,
      "SELECT concat_ws(' ', id_hash, grant_hash, uid_hash, encode(payload, 'escape')) AS line FROM identity.oidc_artefact UNION ALL SELECT secret_hash FROM identity.oidc_client",
    )
    const all = rows.map((row) => row.line).join('\n')
    for (const secret of [
      tokens.access_token,
      tokens.refresh_token,
      browser.value(server.origin, 'liandong_oidc'),
      system.secret,
      head.id,
    ]) {
      expect(secret).toBeDefined()
      expect(all).not.toContain(secret)
    }
  })

  it('the signing keys lie in a file that only its owner reads', () => {
    expect(statSync(join(server.dataDir, 'keys/oidc-signing-keys.json')).mode & 0o777).toBe(0o600)
  })

  it("each sign-on stands in the person's history with its system", async () => {
    const person = await server.app.person('community-worker')
    await signedOn(person)
    const rows = await rowsOf<{ data: { client?: string } }>(
      server.app.parts.platform.database.reader,
      "SELECT data FROM platform.event WHERE name = 'identity.signOnToSystem' AND record_id = $1",
      [person.id],
    )
    expect(rows.map((row) => row.data.client)).toEqual([system.id])
  })
})

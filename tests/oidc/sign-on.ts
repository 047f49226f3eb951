// A server of ours that listens, with one sign-on, and what a department's system does to use it.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import * as openid from 'openid-client'
import { makeApp } from '../../src/app/listen.ts'
import { registerOidcClient } from '../../src/foundation/identity/contract/oidc.ts'
import { type Person, places, startApp, type TestApp } from '../support/app.ts'
import type { Browser } from './browser.ts'

const root = resolve(import.meta.dirname, '../..')

export const redirectUri = 'http://127.0.0.1:9/callback'
export const logoutUri = 'http://127.0.0.1:9/bye'

export type System = { readonly id: string; readonly secret: string }

export type SignOnServer = {
  readonly app: TestApp
  readonly origin: string
  readonly dataDir: string
  close(): Promise<void>
}

/** Listens on a port of loopback, a free one unless named. `client`: OIDC_CLIENT; `app`: on parts that are there, closed by their maker. */
export async function startSignOn(
  options: { client?: object; app?: TestApp; port?: number } = {},
): Promise<SignOnServer> {
  const app = options.app ?? (await startApp())
  const dataDir = mkdtempSync(join(tmpdir(), 'liandong-oidc-'))
  const server = await makeApp(app.parts, {
    root,
    perMinute: 1_000_000,
    oidc: { dataDir, client: options.client === undefined ? undefined : JSON.stringify(options.client) },
  })
  const origin = await server.listen({ port: options.port ?? 0, host: '127.0.0.1' })
  return {
    app,
    origin,
    dataDir,
    async close() {
      await server.close()
      if (options.app === undefined) await app.close()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** A system of a department, registered by the county's administrator. */
export async function registerSystem(
  app: TestApp,
  more: Partial<{ authMethod: 'client_secret_basic' | 'client_secret_post'; redirectUris: string[] }> = {},
): Promise<System> {
  const administrator = await app.person('system-administrator', { division: places.county })
  const answer = await app.ok(administrator, registerOidcClient, {
    body: {
      name: '残联业务系统',
      department: '姑苏区残疾人联合会',
      division: places.county,
      redirectUris: [redirectUri],
      logoutUris: [logoutUri],
      ...more,
    },
  })
  return { id: answer.clientId, secret: answer.secret }
}

/** openid-client as the system would set it up, discovery included. */
export function discover(
  origin: string,
  system: System,
  authentication?: openid.ClientAuth,
): Promise<openid.Configuration> {
  return openid.discovery(
    new URL(`${origin}/oidc`),
    system.id,
    system.secret,
    authentication ?? openid.ClientSecretBasic(system.secret),
    { execute: [openid.allowInsecureRequests] },
  )
}

export type Begun = { readonly address: URL; readonly verifier: string; readonly state: string; readonly nonce: string }

/** An authorization request; `more` overrides parameters. */
export async function begin(config: openid.Configuration, more: Readonly<Record<string, string>> = {}): Promise<Begun> {
  const verifier = openid.randomPKCECodeVerifier()
  const state = openid.randomState()
  const nonce = openid.randomNonce()
  const address = openid.buildAuthorizationUrl(config, {
    redirect_uri: redirectUri,
    scope: 'openid profile liandong',
    response_type: 'code',
    state,
    nonce,
    code_challenge: await openid.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    ...more,
  })
  return { address, verifier, state, nonce }
}

/** Signed in on our side: the platform's cookie lies in the browser. */
export function signIn(browser: Browser, origin: string, person: Person): void {
  browser.put(origin, person.cookie)
}

/** The way through the browser up to the system's callback address. */
export async function callbackOf(browser: Browser, begun: Begun): Promise<URL> {
  const page = await browser.go(begun.address, redirectUri)
  if (!page.url.href.startsWith(redirectUri))
    throw new Error(`not back at the system: ${page.status} ${page.url.href} ${page.html.slice(0, 400)}`)
  return page.url
}

/** Redeems the code at the token endpoint. */
export function redeem(
  config: openid.Configuration,
  callback: URL,
  begun: Begun,
): ReturnType<typeof openid.authorizationCodeGrant> {
  return openid.authorizationCodeGrant(config, callback, {
    pkceCodeVerifier: begun.verifier,
    expectedState: begun.state,
    expectedNonce: begun.nonce,
    idTokenExpected: true,
  })
}

/** The error code of a refused request to the token or userinfo endpoint. */
export async function errorOf(work: Promise<unknown>): Promise<string> {
  try {
    await work
    return 'none'
  } catch (error) {
    if (error instanceof openid.ResponseBodyError || error instanceof openid.AuthorizationResponseError)
      return error.error
    if (error instanceof openid.WWWAuthenticateChallengeError) return `${error.status}`
    throw error
  }
}

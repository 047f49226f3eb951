// Departments' systems sign people on through our OpenID provider, over real HTTP with openid-client as the other side.
import * as openid from 'openid-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { signOut } from '../../src/foundation/identity/contract.ts'
import { type Person, places } from '../support/app.ts'
import { Browser } from './browser.ts'
import {
  begin,
  callbackOf,
  discover,
  errorOf,
  logoutUri,
  redeem,
  redirectUri,
  registerSystem,
  signIn,
  type SignOnServer,
  startSignOn,
  type System,
} from './sign-on.ts'

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

describe("a department's system signs a person on", () => {
  it('finds everything by discovery: issuer, PKCE by S256 alone, code alone, pairwise names', async () => {
    const metadata = config.serverMetadata()
    expect(metadata.issuer).toBe(`${server.origin}/oidc`)
    expect(metadata.code_challenge_methods_supported).toEqual(['S256'])
    expect(metadata.response_types_supported).toEqual(['code'])
    expect(metadata.subject_types_supported).toEqual(['pairwise'])
    expect(metadata.end_session_endpoint).toBe(`${server.origin}/oidc/session/end`)
    expect(metadata.scopes_supported).toContain('liandong')
  })

  it('a head of a community who is signed in passes without a question and appears under the official name, with place and roles', async () => {
    const { tokens } = await signedOn()
    const claims = tokens.claims()
    expect(claims?.sub).not.toContain(head.id)
    const info = await openid.fetchUserInfo(config, tokens.access_token, claims?.sub ?? '')
    expect(info['name']).toBe('沈卫东')
    expect(info['division']).toBe(places.community)
    expect(info['roles']).toEqual([expect.objectContaining({ role: 'community-head', division: places.community })])
  })

  it('whoever is not signed in is sent to the sign-in page and comes back', async () => {
    const browser = new Browser()
    const begun = await begin(config)
    const page = await browser.go(begun.address, `${server.origin}/sign-in`)
    const back = page.url.searchParams.get('next') ?? ''
    expect(back).toMatch(/^\/sign-on\//)
    signIn(browser, server.origin, head)
    const callback = await browser.go(new URL(back, server.origin), redirectUri)
    const tokens = await redeem(config, callback.url, begun)
    expect(tokens.claims()?.sub).toBeDefined()
  })

  it('a resident who signed in by phone shows a masked name, the community, and no role', async () => {
    const resident = await server.app.person('resident', { name: '陆小妹' })
    const { tokens } = await signedOn(resident)
    const info = await openid.fetchUserInfo(config, tokens.access_token, tokens.claims()?.sub ?? '')
    expect(info['name']).not.toBe('陆小妹')
    expect(info).toMatchObject({ verified_resident: true, division: places.community, roles: [] })
  })

  it('the same person bears the same name towards one system, another one towards a system of another host', async () => {
    const first = (await signedOn()).tokens.claims()?.sub
    expect((await signedOn()).tokens.claims()?.sub).toBe(first)
    const elsewhere = await registerSystem(server.app, { redirectUris: ['https://other.example/callback'] })
    const conf = await discover(server.origin, elsewhere)
    const browser = new Browser()
    signIn(browser, server.origin, head)
    const begun = await begin(conf, { redirect_uri: 'https://other.example/callback' })
    const page = await browser.go(begun.address, 'https://other.example/callback')
    expect((await redeem(conf, page.url, begun)).claims()?.sub).not.toBe(first)
  })

  it('in the same browser another person who signs in is the one that systems see', async () => {
    const { browser, tokens } = await signedOn()
    const other = await server.app.person('community-worker', { name: '顾春燕' })
    signIn(browser, server.origin, other)
    const begun = await begin(config)
    const next = await redeem(config, await callbackOf(browser, begun), begun)
    expect(next.claims()?.sub).not.toBe(tokens.claims()?.sub)
    const info = await openid.fetchUserInfo(config, next.access_token, next.claims()?.sub ?? '')
    expect(info['name']).toBe('顾春燕')
  })

  it('prompt=login asks for a sign-in done anew, and only then goes on', async () => {
    const { browser } = await signedOn()
    const begun = await begin(config, { prompt: 'login' })
    const page = await browser.go(begun.address, `${server.origin}/sign-in`)
    expect(page.url.pathname).toBe('/sign-in')
    const back = new URL(page.url.searchParams.get('next') ?? '', server.origin)
    expect((await browser.go(back, `${server.origin}/sign-in`)).url.pathname).toBe('/sign-in')
    // The standard counts the age of a sign-in in whole seconds.
    const second = () => Math.floor(Date.now() / 1000)
    const asked = second()
    await expect.poll(second, { timeout: 5000 }).toBeGreaterThan(asked)
    const again = await server.app.person('community-head')
    signIn(browser, server.origin, again)
    const callback = await browser.go(back, redirectUri)
    expect((await redeem(config, callback.url, begun)).claims()?.sub).toBeDefined()
  })

  it('prompt=none without a session answers login_required to the system', async () => {
    const begun = await begin(config, { prompt: 'none' })
    const callback = await callbackOf(new Browser(), begun)
    expect(callback.searchParams.get('error')).toBe('login_required')
  })

  it('a system that posts its secret in the body works as well', async () => {
    const posting = await registerSystem(server.app, { authMethod: 'client_secret_post' })
    const conf = await discover(server.origin, posting, openid.ClientSecretPost(posting.secret))
    const { tokens } = await signedOn(head, conf)
    expect(tokens.refresh_token).toBeDefined()
  })
})

describe('refresh tokens rotate', () => {
  it('each refresh gives a new one; the old one used again takes everything away', async () => {
    const { tokens } = await signedOn()
    const second = await openid.refreshTokenGrant(config, tokens.refresh_token ?? '')
    expect(second.refresh_token).not.toBe(tokens.refresh_token)
    expect(second.claims()?.sub).toBe(tokens.claims()?.sub)
    expect(await errorOf(openid.refreshTokenGrant(config, tokens.refresh_token ?? ''))).toBe('invalid_grant')
    expect(await errorOf(openid.refreshTokenGrant(config, second.refresh_token ?? ''))).toBe('invalid_grant')
    expect(await errorOf(openid.fetchUserInfo(config, second.access_token, openid.skipSubjectCheck))).toBe('401')
  })

  it('of six refreshes with one token at once exactly one wins', async () => {
    const { tokens } = await signedOn()
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => errorOf(openid.refreshTokenGrant(config, tokens.refresh_token ?? ''))),
    )
    expect(answers.filter((answer) => answer === 'none')).toHaveLength(1)
    expect(answers.filter((answer) => answer === 'invalid_grant')).toHaveLength(5)
  })

  it('signing out of the platform ends every token at once', async () => {
    const person = await server.app.person('community-worker')
    const { tokens } = await signedOn(person)
    await server.app.ok(person, signOut)
    expect(await errorOf(openid.refreshTokenGrant(config, tokens.refresh_token ?? ''))).toBe('invalid_grant')
    expect(await errorOf(openid.fetchUserInfo(config, tokens.access_token, openid.skipSubjectCheck))).toBe('401')
  })

  it('a revoked token is dead', async () => {
    const { tokens } = await signedOn()
    await openid.tokenRevocation(config, tokens.refresh_token ?? '')
    expect(await errorOf(openid.refreshTokenGrant(config, tokens.refresh_token ?? ''))).toBe('invalid_grant')
  })
})

describe('a code is worth one redemption', () => {
  it('of six parallel redemptions of one code exactly one wins', async () => {
    for (let round = 0; round < 3; round += 1) {
      const browser = new Browser()
      signIn(browser, server.origin, head)
      const begun = await begin(config)
      const callback = await callbackOf(browser, begun)
      const answers = await Promise.all(Array.from({ length: 6 }, () => errorOf(redeem(config, callback, begun))))
      expect(answers.filter((answer) => answer === 'none')).toHaveLength(1)
      expect(answers.filter((answer) => answer === 'invalid_grant')).toHaveLength(5)
    }
  })

  it('a code used again is refused and takes the tokens of its first use away', async () => {
    const { callback, begun, tokens } = await signedOn()
    expect(await errorOf(redeem(config, callback, begun))).toBe('invalid_grant')
    expect(await errorOf(openid.refreshTokenGrant(config, tokens.refresh_token ?? ''))).toBe('invalid_grant')
    expect(await errorOf(openid.fetchUserInfo(config, tokens.access_token, openid.skipSubjectCheck))).toBe('401')
  })

  it('the wrong verifier redeems nothing', async () => {
    const browser = new Browser()
    signIn(browser, server.origin, head)
    const begun = await begin(config)
    const callback = await callbackOf(browser, begun)
    expect(await errorOf(redeem(config, callback, { ...begun, verifier: openid.randomPKCECodeVerifier() }))).toBe(
      'invalid_grant',
    )
  })
})

describe('refused', () => {
  it('an address that is not registered: a page in Chinese, and nothing is sent there', async () => {
    const browser = new Browser()
    signIn(browser, server.origin, head)
    const begun = await begin(config, { redirect_uri: 'https://evil.example/callback' })
    const page = await browser.go(begun.address, 'https://evil.example')
    expect(page.status).toBe(400)
    expect(page.headers.get('x-oidc-error')).toBe('invalid_redirect_uri')
    expect(page.html).toContain('返回地址与登记的不一致')
    expect(page.html.replaceAll(/<style[\s\S]*?<\/style>|<[^>]*>/g, '')).not.toMatch(/[A-Za-z]{3,}/)
    expect(page.headers.get('content-security-policy')).toMatch(/default-src 'none'.*frame-ancestors 'none'/)
  })

  it('a system that nobody registered', async () => {
    const page = await new Browser().go(
      `${server.origin}/oidc/auth?client_id=nobody&response_type=code&scope=openid&redirect_uri=${encodeURIComponent(redirectUri)}`,
    )
    expect(page.status).toBe(400)
    expect(page.html).toContain('没有在本平台登记')
  })

  it('plain PKCE, and none at all', async () => {
    const plain = await begin(config, { code_challenge_method: 'plain' })
    expect((await callbackOf(new Browser(), plain)).searchParams.get('error')).toBe('invalid_request')
    const none = await begin(config)
    none.address.searchParams.delete('code_challenge')
    none.address.searchParams.delete('code_challenge_method')
    expect((await callbackOf(new Browser(), none)).searchParams.get('error')).toBe('invalid_request')
  })

  it('a wrong secret', async () => {
    const browser = new Browser()
    signIn(browser, server.origin, head)
    const wrong = await discover(server.origin, { ...system, secret: 'not-the-secret-that-was-shown-once-only' })
    const begun = await begin(wrong)
    const callback = await callbackOf(browser, begun)
    expect(['401', 'invalid_client']).toContain(await errorOf(redeem(wrong, callback, begun)))
  })

  it('a response type or a grant that gives tokens away on the front channel', async () => {
    const implicit = await begin(config, { response_type: 'id_token' })
    const page = await new Browser().go(implicit.address, redirectUri)
    expect(`${page.url.search}${page.url.hash}`).toMatch(
      /error=(unsupported_response_type|invalid_request|unauthorized_client)/,
    )
  })
})

describe('signing out from a system', () => {
  it("ends the platform's session too, asks first, and leads back to the registered address", async () => {
    const person = await server.app.person('community-head')
    const { browser, tokens } = await signedOn(person)
    const end = openid.buildEndSessionUrl(config, {
      id_token_hint: tokens.id_token ?? '',
      post_logout_redirect_uri: logoutUri,
      state: 'back',
    })
    const page = await browser.go(end)
    expect(page.html).toContain('要退出登录吗')
    expect(page.headers.get('content-security-policy')).toContain(`form-action 'self' ${new URL(logoutUri).origin}`)
    const to = await browser.send(page, { logout: 'yes' })
    expect(to.href).toBe(`${logoutUri}?state=back`)
    expect((await server.app.call(person, signOut)).status).toBe(401)
    expect(await errorOf(openid.refreshTokenGrant(config, tokens.refresh_token ?? ''))).toBe('invalid_grant')
  })

  it("from this system only leaves the platform's session open", async () => {
    const person = await server.app.person('community-head')
    const { browser, tokens } = await signedOn(person)
    const page = await browser.go(openid.buildEndSessionUrl(config, { id_token_hint: tokens.id_token ?? '' }))
    const to = await browser.send(page)
    const last = await browser.go(to)
    expect(last.html).toContain('已退出')
    expect(await errorOf(openid.refreshTokenGrant(config, tokens.refresh_token ?? ''))).toBe('invalid_grant')
    expect((await server.app.call(person, signOut)).status).toBe(200)
  })

  it('an address that is not registered is not followed', async () => {
    const { browser, tokens } = await signedOn()
    const page = await browser.go(
      openid.buildEndSessionUrl(config, {
        id_token_hint: tokens.id_token ?? '',
        post_logout_redirect_uri: 'https://evil.example/',
      }),
    )
    expect(page.status).toBe(400)
    expect(page.html).not.toContain('evil.example')
  })
})

// Signing in here through an outside identity provider: the outside one is a second installation of our own.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { getSession, signOut } from '../../src/foundation/identity/contract.ts'
import { listOutsideLinks, registerOidcClient, removeOutsideLink } from '../../src/foundation/identity/contract/oidc.ts'
import { joinId } from '../../src/kit/id.ts'
import { type Person, places, startApp, type TestApp } from '../support/app.ts'
import { Browser } from './browser.ts'
import { signIn, type SignOnServer, startSignOn } from './sign-on.ts'

let province: SignOnServer
let county: SignOnServer
let countyApp: TestApp

beforeAll(async () => {
  province = await startSignOn()
  countyApp = await startApp()
  // The callback address needs the county's port, which is known once it listens: a first server finds a free one.
  const probe = await startSignOn({ app: countyApp })
  const { origin } = probe
  await probe.close()
  const administrator = await province.app.person('system-administrator', { division: places.county })
  const client = await province.app.ok(administrator, registerOidcClient, {
    body: {
      name: '区级平台',
      department: '姑苏区',
      division: places.county,
      redirectUris: [`${origin}/api/oidc-client/callback`],
    },
  })
  county = await startSignOn({
    app: countyApp,
    port: Number(new URL(origin).port),
    client: {
      issuer: `${province.origin}/oidc`,
      client_id: client.clientId,
      client_secret: client.secret,
      name: '省统一认证',
    },
  })
})
afterAll(async () => {
  await county.close()
  await countyApp.close()
  await province.close()
})

/** A browser whose owner is signed in at the province as `outside` and here as `here`. */
function browserOf(outside: Person, here?: Person): Browser {
  const browser = new Browser()
  signIn(browser, province.origin, outside)
  if (here !== undefined) signIn(browser, county.origin, here)
  return browser
}

async function linkHere(browser: Browser) {
  const begun = await browser.post(`${county.origin}/api/oidc-client/link`)
  return begun.status === 200 ? browser.go(JSON.parse(begun.html).address) : begun
}

/** Who the browser is signed in as here. */
async function whoIs(browser: Browser) {
  const cookie = `liandong_session=${browser.value(county.origin, 'liandong_session') ?? 'none'}`
  return countyApp.ok(
    { id: joinId('320000', '00000000-0000-7000-8000-000000000000'), cookie, role: 'resident' },
    getSession,
  )
}

describe('an outside account', () => {
  it('that is linked by nobody opens nothing: a plain page says what to do', async () => {
    const browser = browserOf(await province.app.person('resident'))
    const page = await browser.go(`${county.origin}/api/oidc-client/start`)
    expect(page.status).toBe(403)
    expect(page.html).toContain('还没有与本平台的账号关联')
    expect(page.html.replaceAll(/<style[\s\S]*?<\/style>|<[^>]*>/g, '')).not.toMatch(/[A-Za-z]{3,}/)
    expect((await whoIs(browser)).person).toBeNull()
  })

  it('linked by the member of staff who is signed in opens a session of staff, without the second factor', async () => {
    const outside = await province.app.person('community-head')
    const here = await countyApp.person('community-head')
    await linkHere(browserOf(outside, here))
    expect((await countyApp.ok(here, listOutsideLinks)).rows).toHaveLength(1)
    const later = browserOf(outside)
    const landed = await later.go(`${county.origin}/api/oidc-client/start?next=/desk/needs`, `${county.origin}/desk`)
    expect(landed.url.pathname).toBe('/desk/needs')
    const session = await whoIs(later)
    expect(session.person?.id).toBe(here.id)
    expect(session.kind).toBe('staff')
    expect(session.secondFactorUntil).toBeUndefined()
  })

  it("linked from a resident's session never opens the roles that the person also holds", async () => {
    const outside = await province.app.person('resident')
    const here = await countyApp.person('resident')
    await linkHere(browserOf(outside, here))
    const later = browserOf(outside)
    await later.go(`${county.origin}/api/oidc-client/start`)
    expect((await whoIs(later)).kind).toBe('resident')
  })

  it('belongs to one person: a second one is told so', async () => {
    const outside = await province.app.person('resident')
    await linkHere(browserOf(outside, await countyApp.person('resident')))
    const page = await linkHere(browserOf(outside, await countyApp.person('resident')))
    expect(page.html).toContain('已经与另一个人关联')
  })

  it('taken off by its owner opens nothing any more', async () => {
    const outside = await province.app.person('resident')
    const here = await countyApp.person('resident')
    await linkHere(browserOf(outside, here))
    const { rows } = await countyApp.ok(here, listOutsideLinks)
    const stranger = await countyApp.person('resident')
    const params = { id: rows[0]?.id ?? '' }
    expect((await countyApp.call(stranger, removeOutsideLink, { params })).status).toBe(404)
    await countyApp.ok(here, removeOutsideLink, { params })
    expect((await browserOf(outside).go(`${county.origin}/api/oidc-client/start`)).status).toBe(403)
  })
})

describe('refused', () => {
  it('linking without being signed in, and linking by whoever signed in meanwhile', async () => {
    const outside = await province.app.person('resident')
    expect((await linkHere(browserOf(outside))).status).toBe(401)
    const browser = browserOf(outside, await countyApp.person('resident'))
    const begun = await browser.post(`${county.origin}/api/oidc-client/link`)
    signIn(browser, county.origin, await countyApp.person('resident'))
    const page = await browser.go(JSON.parse(begun.html).address)
    expect(page.html).toContain('换了登录账号')
  })

  it('a callback without the browser that began it, with another state, or used twice', async () => {
    const outside = await province.app.person('resident')
    await linkHere(browserOf(outside, await countyApp.person('resident')))
    const browser = browserOf(outside)
    const back = await browser.go(`${county.origin}/api/oidc-client/start`, `${county.origin}/api/oidc-client/callback`)
    expect((await new Browser().ask(back.url)).html).toContain('等待太久')
    const other = new URL(back.url)
    other.searchParams.set('state', 'another')
    const trip = browser.value(county.origin, 'liandong_outside')
    expect((await browser.ask(other)).html).toContain('没有确认您的身份')
    browser.put(county.origin, `liandong_outside=${trip}`)
    expect((await browser.ask(back.url)).status).toBe(303)
    browser.put(county.origin, `liandong_outside=${trip}`)
    expect((await browser.ask(back.url)).html).toContain('没有确认您的身份')
  })

  it('an address of another site to go on to: the own home page instead', async () => {
    const outside = await province.app.person('resident')
    await linkHere(browserOf(outside, await countyApp.person('resident')))
    for (const next of ['//evil.example', 'https://evil.example', '/\\evil.example']) {
      const browser = browserOf(outside)
      const page = await browser.go(`${county.origin}/api/oidc-client/start?next=${encodeURIComponent(next)}`)
      expect(page.url.href).toBe(`${county.origin}/`)
    }
  })

  it('where none is configured the sign-in page learns it', async () => {
    const answer = await new Browser().ask(`${province.origin}/api/oidc-client`)
    expect(JSON.parse(answer.html)).toEqual({ configured: false })
    expect(JSON.parse((await new Browser().ask(`${county.origin}/api/oidc-client`)).html)).toEqual({
      configured: true,
      name: '省统一认证',
    })
    expect((await new Browser().ask(`${province.origin}/api/oidc-client/start`)).status).toBe(404)
  })

  it('a session opened from outside ends like every other', async () => {
    const outside = await province.app.person('resident')
    const here = await countyApp.person('resident')
    await linkHere(browserOf(outside, here))
    const browser = browserOf(outside)
    await browser.go(`${county.origin}/api/oidc-client/start`)
    const person: Person = {
      id: here.id,
      role: 'resident',
      cookie: `liandong_session=${browser.value(county.origin, 'liandong_session')}`,
    }
    await countyApp.ok(person, signOut)
    expect((await whoIs(browser)).person).toBeNull()
  })
})

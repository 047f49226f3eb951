// The OpenID provider for departments' own systems: code with PKCE, rotating refresh tokens, one session with the platform.
import Provider, { type Configuration, errors, type KoaContextWithOIDC } from 'oidc-provider'
import type { SessionReader } from '../../../platform/http/bind.ts'
import { systemAct } from '../../../platform/action.ts'
import type { Platform } from '../../../platform/platform.ts'
import { languageOf } from '../../../platform/words.ts'
import { allow } from '../../../kit/ruling.ts'
import { sessionCookie } from '../contract.ts'
import { oidcScopes } from '../contract/oidc.ts'
import { provinceOf } from '../rules.ts'
import { sameText, tokenHash } from '../sealed-rules.ts'
import { removeSession } from '../store/sessions.ts'
import { makeAdapter } from './adapter.ts'
import { accountOf, accountParts, claimsByScope, claimsOf, pairwiseName, sessionOfAccount } from './claims.ts'
import type { OidcKeys } from './keys.ts'
import { escapeHtml, formPolicy, pageOf, type PageParts } from './pages.ts'

export type ProviderOptions = {
  readonly platform: Platform
  readonly sessions: SessionReader
  readonly keys: OidcKeys
  /** `https://host/oidc`; where systems discover everything else. */
  readonly issuer: string
  /** Behind a proxy, or with a fixed public address: scheme and host come from the forwarded headers. */
  readonly proxy: boolean
}

const minute = 60
/** Seconds. Refresh and grant last a working day; the platform's own session ends them earlier. */
const ttl = {
  AuthorizationCode: minute,
  AccessToken: 10 * minute,
  IdToken: 10 * minute,
  RefreshToken: 12 * 60 * minute,
  Grant: 12 * 60 * minute,
  Session: 12 * 60 * minute,
  Interaction: 30 * minute,
} as const

const knownErrors = [
  'invalid_client',
  'invalid_redirect_uri',
  'access_denied',
  'server_error',
  'session_not_found',
] as const

function show(platform: Platform, ctx: KoaContextWithOIDC, parts: PageParts): void {
  const page = pageOf(platform.words, languageOf(ctx.get('accept-language')), parts)
  ctx.type = 'html'
  ctx.set('content-security-policy', page.policy)
  ctx.body = page.html
}

function texts(platform: Platform, ctx: KoaContextWithOIDC): (key: string, values?: Record<string, string>) => string {
  const language = languageOf(ctx.get('accept-language'))
  return (key, values) => platform.words.say(language, 'identity', `oidc.${key}`, values)
}

function pagesOf(platform: Platform): Pick<Configuration, 'renderError'> & {
  rpInitiatedLogout: NonNullable<Configuration['features']>['rpInitiatedLogout']
} {
  return {
    renderError(ctx, out, error) {
      const say = texts(platform, ctx)
      const code = error instanceof errors.SessionNotFound ? 'session_not_found' : out.error
      const known = knownErrors.find((name) => name === code) ?? 'other'
      // For the engineers of the other system; people read the sentence.
      ctx.set('x-oidc-error', code.replaceAll(/[^\w-]/g, ''))
      show(platform, ctx, { heading: say('error.heading'), text: say(`error.${known}`) })
    },
    rpInitiatedLogout: {
      enabled: true,
      logoutSource(ctx, form) {
        const say = texts(platform, ctx)
        const system = ctx.oidc.client?.clientName
        const target = ctx.oidc.params?.['post_logout_redirect_uri']
        const only =
          typeof system !== 'string'
            ? ''
            : `<button type="submit" form="op.logoutForm">${escapeHtml(say('logout.only', { system }))}</button>`
        show(platform, ctx, {
          heading: say('logout.heading'),
          text: say('logout.text'),
          formTargets: typeof target === 'string' ? [new URL(target).origin] : [],
          form: {
            html: form,
            buttons: `<button class="main" type="submit" form="op.logoutForm" name="logout" value="yes">${escapeHtml(say('logout.all'))}</button>${only}`,
          },
        })
      },
      postLogoutSuccessSource(ctx) {
        const say = texts(platform, ctx)
        show(platform, ctx, {
          heading: say('loggedOut.heading'),
          text: say('loggedOut.text'),
          link: { href: '/', text: say('loggedOut.home') },
        })
      },
    },
  }
}

/** The grant of a registered system: given at registration by the administrator, so nobody is asked again. */
async function grantOf(ctx: KoaContextWithOIDC) {
  const { client, session, provider } = ctx.oidc
  if (client === undefined || session?.accountId === undefined) return undefined
  const id = session.grantIdFor(client.clientId)
  const known = id === undefined ? undefined : await provider.Grant.find(id)
  if (known !== undefined && known.accountId === session.accountId) return known
  const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId })
  grant.addOIDCScope(oidcScopes.join(' '))
  await grant.save()
  return grant
}

/** A sign-on belongs to the platform's session in the same browser; without it, or with another one, it is over. */
async function bridge(
  options: ProviderOptions,
  provider: Provider,
  ctx: Parameters<Provider['Session']['get']>[0],
): Promise<void> {
  const token = ctx.cookies.get(sessionCookie, { signed: false })
  const actor = token === undefined ? undefined : await options.sessions.read(token)
  const session = await provider.Session.get(ctx)
  const account = actor?.kind === 'person' ? accountOf(actor.personId, actor.sessionId) : undefined
  if (session.accountId !== undefined && session.accountId !== account) await session.destroy()
}

/** Who signed on to which system, in the person's own history. */
async function recordSignOn(platform: Platform, account: string, client: string): Promise<void> {
  const { person } = accountParts(account)
  await systemAct(platform, 'identity.oidc', async (act) => {
    act.record({
      name: 'identity.signOnToSystem',
      of: { kind: 'person', id: person },
      division: provinceOf(person),
      onBehalfOf: person,
      data: { client },
    })
    return allow(true)
  })
}

/** Signing out of a department's system for all ends the platform's session too. */
async function endPlatformSession(platform: Platform, account: string): Promise<void> {
  const { person, session } = accountParts(account)
  if ((await sessionOfAccount(platform, account)) === undefined) return
  await systemAct(platform, 'identity.oidc', async (act) => {
    await removeSession(act.tx, session, person)
    act.record({
      name: 'identity.signOut',
      of: { kind: 'person', id: person },
      division: provinceOf(person),
      onBehalfOf: person,
      data: { from: 'oidc' },
    })
    return allow(true)
  })
}

function configurationOf(options: ProviderOptions): Configuration {
  const { platform, keys } = options
  const { rpInitiatedLogout, renderError } = pagesOf(platform)
  return {
    adapter: makeAdapter(platform, keys),
    jwks: keys.jwks,
    scopes: [...oidcScopes],
    claims: Object.fromEntries(Object.entries(claimsByScope).map(([scope, names]) => [scope, [...names]])),
    subjectTypes: ['pairwise'],
    pairwiseIdentifier: (_ctx, account, client) =>
      pairwiseName(keys.pairwise, account, new URL(client.redirectUris?.[0] ?? 'https://nowhere').host),
    async findAccount(_ctx, account) {
      if ((await sessionOfAccount(platform, account)) === undefined) return undefined
      return { accountId: account, claims: async () => ({ ...(await claimsOf(platform, account)), sub: account }) }
    },
    responseTypes: ['code'],
    clientAuthMethods: ['client_secret_basic', 'client_secret_post'],
    pkce: { required: () => true },
    loadExistingGrant: grantOf,
    issueRefreshToken: async (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    rotateRefreshToken: () => true,
    allowOmittingSingleRegisteredRedirectUri: false,
    clientBasedCORS: () => false,
    interactions: { url: (_ctx, interaction) => `/sign-on/${interaction.uid}` },
    cookies: {
      keys: [keys.cookie],
      names: { session: 'liandong_oidc', interaction: 'liandong_oidc_step', resume: 'liandong_oidc_resume' },
      long: { httpOnly: true, sameSite: 'lax', signed: true },
      short: { httpOnly: true, sameSite: 'lax', signed: true },
    },
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout,
      revocation: { enabled: true, allowedPolicy: async (_ctx, client, token) => token.clientId === client.clientId },
      pushedAuthorizationRequests: { enabled: false },
      resourceIndicators: { enabled: false },
      dPoP: { enabled: false },
    },
    routes: { userinfo: '/userinfo' },
    ttl,
    renderError,
  }
}

/** Makes the provider; mount its callback at the issuer's path. */
export function makeProvider(options: ProviderOptions): Provider {
  const { platform } = options
  const provider = new Provider(options.issuer, configurationOf(options))
  provider.proxy = options.proxy
  // Of a secret only its hash is kept; what a system shows is hashed and compared in constant time.
  provider.Client.prototype.compareClientSecret = function compareClientSecret(
    this: { clientSecret?: string },
    shown: string,
  ): boolean {
    return this.clientSecret !== undefined && sameText(this.clientSecret, tokenHash(shown))
  }
  provider.use(async (ctx, next) => {
    if (/^\/auth\/*$/.test(ctx.path)) await bridge(options, provider, ctx)
    await next()
    const { oidc } = ctx
    if (oidc === undefined) return
    const code = oidc.entities.AuthorizationCode
    if (
      (oidc.route === 'authorization' || oidc.route === 'resume') &&
      code?.accountId !== undefined &&
      code.clientId !== undefined
    ) {
      await recordSignOn(platform, code.accountId, code.clientId)
    }
    if (
      oidc.route === 'end_session_confirm' &&
      oidc.session?.accountId !== undefined &&
      'destroyed' in oidc.session &&
      oidc.session.destroyed === true
    ) {
      await endPlatformSession(platform, oidc.session.accountId)
    }
  })
  // Pages that send themselves carry one script: the provider adds its hash to script-src.
  provider.use(async (ctx, next) => {
    ctx.set('content-security-policy', formPolicy)
    await next()
    if (ctx.type !== 'text/html') ctx.remove('content-security-policy')
  })
  provider.on('server_error', (_ctx, error) => {
    // The message may quote input: only name, code and place go to the log.
    platform.log.error({ fault: error.name, stack: error.stack?.split('\n').slice(1, 6) }, 'oidc')
  })
  return provider
}

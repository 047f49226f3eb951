// Signing in through an outside identity provider (OpenID Connect client): code with PKCE, state and nonce, links made by the signed-in person.
import * as openid from 'openid-client'
import { z } from 'zod'
import type { Actor, PersonActor } from '../../../kit/actor.ts'
import { jurisdictionOf } from '../../../kit/id.ts'
import { allow, refuse, type Ruling } from '../../../kit/ruling.ts'
import { systemAct } from '../../../platform/action.ts'
import type { Platform } from '../../../platform/platform.ts'
import { startSession } from '../actions/session-token.ts'
import { hasFreshSecondFactor } from '../public.ts'
import { provinceOf } from '../rules.ts'
import { addressParts } from '../rules/oidc.ts'
import { insertOutsideLink, takeOutsideLink } from '../store/oidc.ts'
import { findSessionKind, removeSession } from '../store/sessions.ts'
import type { OidcKeys } from './keys.ts'

const settings = z.strictObject({
  issuer: z.url().refine((text) => addressParts(text) !== undefined, 'https, or http on the same machine'),
  client_id: z.string().min(1),
  client_secret: z.string().min(1),
  name: z.string().min(1).max(40),
  scope: z.string().default('openid'),
})

/** The outside identity provider as OIDC_CLIENT names it. */
export type OutsideSettings = z.output<typeof settings>

/** Reads OIDC_CLIENT; throws a fault that says what is wrong, never a secret. */
export function parseOutside(text: string): OutsideSettings {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw new Error('OIDC_CLIENT is not JSON')
  }
  const parsed = settings.safeParse(json)
  if (!parsed.success)
    throw new Error(
      `OIDC_CLIENT: ${parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`).join('; ')}`,
    )
  return parsed.data
}

/** What the browser carries, sealed, from the start to the callback. */
const trip = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  until: z.number(),
  next: z.string().optional(),
  /** Linking: whose session began it, and sessions of which kind the link will open. */
  link: z.object({ person: z.string(), session: z.string(), kind: z.enum(['staff', 'resident']) }).optional(),
})
type Trip = z.output<typeof trip>

const tripMs = 10 * 60_000
const tripPlace = 'outside-trip'

export type OutsideFailure = 'unreachable' | 'expired' | 'refused' | 'unknown' | 'taken' | 'changed'

type OutsideOutcome =
  | { readonly kind: 'signed-in'; readonly token: string; readonly maxAgeSeconds: number; readonly to: string }
  | { readonly kind: 'linked'; readonly to: string }
  | { readonly kind: 'failed'; readonly why: OutsideFailure }

export type OutsideSignIn = {
  readonly name: string
  /** The address at the outside provider and the sealed trip for the cookie; undefined when the provider cannot be reached. */
  start(callback: string, next?: string): Promise<{ address: string; trip: string } | undefined>
  /** Like start, to link an account to the signed-in person; of staff only with a fresh second factor. */
  startLink(callback: string, actor: Actor): Promise<Ruling<{ address: string; trip: string }>>
  /** What came of it. `current`: the whole callback address as the browser called it. */
  finish(current: URL, carried: string | undefined, actor: Actor): Promise<OutsideOutcome>
}

/** Only addresses of our own site may follow a sign-in. */
function ownPath(path: string | undefined): string | undefined {
  return path !== undefined && /^\/(?![/\\])[^\\\s]*$/.test(path) ? path : undefined
}

/** Opens the client half; the outside provider is asked for its metadata at the first use, again after a failure. */
export function openOutside(platform: Platform, keys: OidcKeys, outside: OutsideSettings): OutsideSignIn {
  let discovered: Promise<openid.Configuration> | undefined
  const configuration = async (): Promise<openid.Configuration | undefined> => {
    const onLoopback = outside.issuer.startsWith('http:')
    discovered ??= openid.discovery(
      new URL(outside.issuer),
      outside.client_id,
      outside.client_secret,
      openid.ClientSecretBasic(outside.client_secret),
      { execute: onLoopback ? [openid.allowInsecureRequests] : [], timeout: 10 },
    )
    try {
      return await discovered
    } catch (error) {
      discovered = undefined
      platform.log.error(
        { fault: error instanceof Error ? error.name : 'unknown' },
        'the outside identity provider cannot be reached',
      )
      return undefined
    }
  }

  const begin = async (callback: string, more: Pick<Trip, 'next' | 'link'>) => {
    const config = await configuration()
    if (config === undefined) return undefined
    const made: Trip = {
      state: openid.randomState(),
      nonce: openid.randomNonce(),
      verifier: openid.randomPKCECodeVerifier(),
      until: platform.clock.real() + tripMs,
      ...more,
    }
    const address = openid.buildAuthorizationUrl(config, {
      redirect_uri: callback,
      scope: outside.scope,
      response_type: 'code',
      state: made.state,
      nonce: made.nonce,
      code_challenge: await openid.calculatePKCECodeChallenge(made.verifier),
      code_challenge_method: 'S256',
    })
    return { address: address.href, trip: keys.seal(tripPlace, JSON.stringify(made)).toString('base64url') }
  }

  const tripOf = (carried: string | undefined): Trip | undefined => {
    const text = carried === undefined ? undefined : keys.open(tripPlace, Buffer.from(carried, 'base64url'))
    const parsed = text === undefined ? undefined : trip.safeParse(JSON.parse(text))
    return parsed?.success && parsed.data.until > platform.clock.real() ? parsed.data : undefined
  }

  const blind = (subject: string) => platform.cipher.blind('outside-subject', `${outside.issuer}\n${subject}`)

  const link = async (subject: string, wanted: NonNullable<Trip['link']>, actor: Actor): Promise<OutsideOutcome> => {
    // Somebody else signed in meanwhile: the account must not become theirs.
    if (actor.kind !== 'person' || actor.personId !== wanted.person || actor.sessionId !== wanted.session)
      return { kind: 'failed', why: 'changed' }
    const { personId } = actor
    const ruling = await systemAct(platform, 'identity.oidc', async (act) => {
      const division = provinceOf(personId)
      const row = {
        id: act.newId(jurisdictionOf(division)),
        issuer: outside.issuer,
        subjectBlind: blind(subject),
        person: personId,
        kind: wanted.kind,
        now: act.now,
      }
      if (!(await insertOutsideLink(act.tx, row))) return refuse('already-linked')
      act.record({
        name: 'identity.linkOutsideAccount',
        of: { kind: 'person', id: personId },
        division,
        onBehalfOf: personId,
        data: { kind: wanted.kind },
      })
      return allow(true)
    })
    return ruling.ok ? { kind: 'linked', to: '/me' } : { kind: 'failed', why: 'taken' }
  }

  const signIn = async (subject: string, next: string | undefined, former: Actor): Promise<OutsideOutcome> => {
    const ruling = await systemAct(platform, 'identity.oidc', async (act) => {
      const known = await takeOutsideLink(act.tx, outside.issuer, blind(subject), act.now)
      if (known === undefined) return refuse('unknown-account')
      if (former.kind === 'person') await removeSession(act.tx, former.sessionId, former.personId)
      // Not our own second factor: signing and paying ask for it anew.
      const session = await startSession(act, {
        person: known.person,
        kind: known.kind,
        device: outside.name,
        secondFactor: false,
      })
      act.record({
        name: 'identity.signInFromOutside',
        of: { kind: 'person', id: known.person },
        division: provinceOf(known.person),
        onBehalfOf: known.person,
        data: { kind: known.kind },
      })
      return allow({ ...session, to: next ?? (known.kind === 'staff' ? '/desk' : '/') })
    })
    if (!ruling.ok) return { kind: 'failed', why: 'unknown' }
    return {
      kind: 'signed-in',
      token: ruling.value.token,
      maxAgeSeconds: ruling.value.maxAgeSeconds,
      to: ruling.value.to,
    }
  }

  const startLink = async (callback: string, self: PersonActor): Promise<Ruling<{ address: string; trip: string }>> => {
    const kind = (await findSessionKind(platform.database.reader, self.sessionId)) ?? 'resident'
    // The link will open sessions like this one: of staff only who has just shown both factors makes it.
    const fresh = kind === 'staff' ? hasFreshSecondFactor(self, platform) : allow(true)
    if (!fresh.ok) return fresh
    const begun = await begin(callback, { link: { person: self.personId, session: self.sessionId, kind } })
    return begun === undefined ? refuse('outside-unreachable', { name: outside.name }) : allow(begun)
  }

  return {
    name: outside.name,
    start: (callback, next) => begin(callback, { next: ownPath(next) }),
    startLink: async (callback, actor) =>
      actor.kind === 'person' ? startLink(callback, actor) : refuse('unauthenticated', {}, { kind: 'unauthenticated' }),
    async finish(current, carried, actor) {
      const made = tripOf(carried)
      if (made === undefined) return { kind: 'failed', why: 'expired' }
      const config = await configuration()
      if (config === undefined) return { kind: 'failed', why: 'unreachable' }
      let subject: string | undefined
      try {
        const tokens = await openid.authorizationCodeGrant(config, current, {
          pkceCodeVerifier: made.verifier,
          expectedState: made.state,
          expectedNonce: made.nonce,
          idTokenExpected: true,
        })
        subject = tokens.claims()?.sub
      } catch (error) {
        platform.log.info(
          { fault: error instanceof Error ? error.name : 'unknown' },
          'the outside identity provider did not confirm a sign-in',
        )
      }
      if (subject === undefined) return { kind: 'failed', why: 'refused' }
      return made.link === undefined ? signIn(subject, made.next, actor) : link(subject, made.link, actor)
    },
  }
}

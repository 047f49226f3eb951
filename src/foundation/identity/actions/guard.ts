// Actions whose attempts are counted before they are made, outside of their transaction: a refused one must count too.
import type { Endpoint, InputOf, OutputOf } from '../../../kit/endpoint.ts'
import type { Id } from '../../../kit/id.ts'
import { allow, refuse, type Ruling } from '../../../kit/ruling.ts'
import { type Act, action, type Binding, type Call } from '../../../platform/action.ts'
import type { Platform } from '../../../platform/platform.ts'
import { type AttemptScope, attemptLimits, provinceOf, withinAttempts } from '../rules.ts'
import { tokenHash } from '../sealed-rules.ts'
import { findTicket, removeAttempts, reserveAttempt, type TicketPurpose } from '../store/sessions.ts'

type AnyEndpoint = Endpoint & { readonly name: string }

/** What the look before the transaction found, and the counter to forget when the act is allowed. */
export type Looked<G> = { readonly found: G; readonly forget?: { readonly scope: AttemptScope; readonly key: string } }

/** An action with a look before its transaction; a refusal of the look is the answer. */
export function guardedAction<E extends AnyEndpoint, G>(
  endpoint: E,
  look: (platform: Platform, call: Call, input: InputOf<E>) => Promise<Ruling<Looked<G>>>,
  work: (act: Act, input: InputOf<E>, found: G) => Promise<Ruling<OutputOf<E>>>,
): Binding {
  return {
    endpoint,
    kind: 'action',
    async run(platform, call, input, around) {
      const looked = await look(platform, call, input as InputOf<E>)
      if (!looked.ok) {
        platform.log.info({ endpoint: endpoint.name, refusal: looked.code }, 'refused before the act')
        return looked
      }
      const ruling = await action(endpoint, (act, parsed: InputOf<E>) => work(act, parsed, looked.value.found)).run(
        platform,
        call,
        input,
        around,
      )
      const { forget } = looked.value
      if (ruling.ok && forget !== undefined) await removeAttempts(platform.database.reader, forget.scope, forget.key)
      return ruling
    },
  }
}

/** Counts one attempt of `who` and allows it within the limit, else too-many-attempts with the seconds to wait. */
export async function countAttempt(
  platform: Platform,
  scope: AttemptScope,
  who: string,
): Promise<Ruling<{ scope: AttemptScope; key: string }>> {
  const key = platform.cipher.blind(`attempt-${scope}`, who)
  const real = platform.clock.real()
  const within = withinAttempts(
    scope,
    await reserveAttempt(platform.database.reader, scope, key, real, attemptLimits[scope].windowMs),
    real,
  )
  return within.ok ? allow({ scope, key }) : within
}

/** A look that counts an attempt of the signed-in person. */
export async function countOwnAttempt(
  platform: Platform,
  call: Call,
  scope: AttemptScope,
): Promise<Ruling<Looked<undefined>>> {
  if (call.actor.kind !== 'person') return refuse('unauthenticated', {}, { kind: 'unauthenticated' })
  const counted = await countAttempt(platform, scope, call.actor.personId)
  return counted.ok ? allow({ found: undefined, forget: counted.value }) : counted
}

/** A look that finds whose ticket it is and counts an attempt of that person. */
export async function countTicketAttempt(
  platform: Platform,
  ticket: string,
  purpose: TicketPurpose,
): Promise<Ruling<Looked<TicketHolder>>> {
  const hash = tokenHash(ticket)
  const person = await findTicket(platform.database.reader, hash, purpose, platform.clock.real())
  if (person === undefined) return ticketExpired()
  const counted = await countAttempt(platform, 'second-factor', person)
  return counted.ok ? allow({ found: { person, hash }, forget: counted.value }) : counted
}

export type TicketHolder = { readonly person: Id<'person'>; readonly hash: string }

/** The sign-in took too long, or was finished in another window. */
export function ticketExpired(): Ruling<never> {
  return refuse('ticket-expired')
}

/** Wrong account, password or code: one answer for all, so that nobody learns which accounts exist (422). */
export function signInFailed(): Ruling<never> {
  return refuse('sign-in-failed', {}, { kind: 'invalid' })
}

/** The six digits are wrong, over, or were used before (422). */
export function codeWrong(): Ruling<never> {
  return refuse('code-wrong', {}, { kind: 'invalid' })
}

/** Records what a person did about their own sign-in; it stands at the province: it concerns no place. */
export function recordOwn(act: Act, person: string, verb: string, data: Readonly<Record<string, unknown>> = {}): void {
  act.record({
    name: `identity.${verb}`,
    of: { kind: 'person', id: person },
    division: provinceOf(person),
    data,
  })
}

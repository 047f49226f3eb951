// The step between a department's system and our sign-in page: who is signed in goes on, who is not signs in first.
import type { IncomingMessage, ServerResponse } from 'node:http'
import type Provider from 'oidc-provider'
import { errors } from 'oidc-provider'
import type { Actor } from '../../../kit/actor.ts'
import type { Platform } from '../../../platform/platform.ts'
import { findSignOnSession } from '../store/oidc.ts'
import { accountOf } from './claims.ts'

/** `to`: where the browser goes next; `signIn`: it has to sign in and then comes back to `back`; `lost`: nothing to go on with. */
export type SignOnStep =
  | { readonly kind: 'to'; readonly address: string }
  | { readonly kind: 'sign-in'; readonly back: string }
  | { readonly kind: 'lost' }

/** Whether the system asked for a sign-in done anew (prompt=login, max_age). */
function wantsFresh(prompt: { readonly name: string; readonly reasons: readonly string[] }): boolean {
  return prompt.name === 'login' && prompt.reasons.some((reason) => reason === 'login_prompt' || reason === 'max_age')
}

/** Finishes or prepares the interaction of this browser. Consent is never asked for: an administrator registered the system. */
export async function continueSignOn(
  provider: Provider,
  platform: Platform,
  actor: Actor,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<SignOnStep> {
  try {
    const interaction = await provider.interactionDetails(request, response)
    const session =
      actor.kind === 'person'
        ? await findSignOnSession(platform.database.reader, actor.sessionId, platform.clock.real())
        : undefined
    // The interaction knows its beginning by the second: a sign-in counts as new from the next one on.
    const begun = (interaction.iat + 1) * 1000
    const stale = session !== undefined && wantsFresh(interaction.prompt) && Date.parse(session.createdAt) < begun
    const account = session === undefined || stale ? undefined : accountOf(session.person, session.id)
    if (interaction.session !== undefined && interaction.session.accountId !== account) {
      // The provider's session of somebody else, or of a former sign-in, ends here: the new one begins clean.
      const former = await provider.Session.find(interaction.session.cookie)
      await former?.destroy()
      interaction.session = undefined
      await interaction.persist()
    }
    if (account === undefined || session === undefined) return { kind: 'sign-in', back: `/sign-on/${interaction.uid}` }
    const result =
      interaction.prompt.name === 'consent'
        ? { consent: {} }
        : { login: { accountId: account, ts: Math.floor(Date.parse(session.createdAt) / 1000), remember: true } }
    return { kind: 'to', address: await provider.interactionResult(request, response, result) }
  } catch (error) {
    if (error instanceof errors.SessionNotFound) return { kind: 'lost' }
    throw error
  }
}

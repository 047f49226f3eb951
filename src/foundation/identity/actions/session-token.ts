// Opening sessions within their limits: shared by every way of signing in.
import type { PersonActor } from '../../../kit/actor.ts'
import { today } from '../../../kit/plain-date.ts'
import type { Act } from '../../../platform/action.ts'
import { uuidAt } from '../../../platform/clock.ts'
import { instant } from '../../../kit/instant.ts'
import type { PolicyReader } from '../../../platform/platform.ts'
import { type SessionKind, wholeProvince } from '../contract.ts'
import { newToken, tokenHash } from '../sealed-rules.ts'
import { listAssignmentsInForce } from '../store/assignments.ts'
import { insertSession } from '../store/sessions.ts'

const minute = 60_000

/** Idle and absolute limits of a session in ms, by policy. */
export function sessionLimits(policy: PolicyReader, kind: SessionKind): { idleMs: number; absoluteMs: number } {
  const day = 24 * 60 * minute
  return kind === 'staff'
    ? {
        idleMs: policy.number('identity.staff-idle-minutes', wholeProvince) * minute,
        absoluteMs: policy.number('identity.staff-session-minutes', wholeProvince) * minute,
      }
    : {
        idleMs: policy.number('identity.resident-idle-days', wholeProvince) * day,
        absoluteMs: policy.number('identity.resident-session-days', wholeProvince) * day,
      }
}

export type OpenedSession = { readonly id: string; readonly token: string; readonly maxAgeSeconds: number }

/**
 * Opens a session and answers its token, for the cookie only. Without `kind`: staff when the person holds a role in force. Staff start in
 * `assignment`, else in their first role in force; `secondFactor`: it was shown just now. Writes no event: the act that signs in does.
 */
export async function startSession(
  act: Act,
  opening: {
    person: PersonActor['personId']
    kind?: SessionKind
    device?: string
    assignment?: string
    secondFactor?: boolean
  },
): Promise<OpenedSession> {
  const real = act.platform.clock.real()
  const held =
    opening.kind === 'resident' || opening.assignment !== undefined
      ? []
      : await listAssignmentsInForce(act.tx, [opening.person], today(act.now))
  const assignment = opening.assignment ?? held[0]?.id
  const kind = opening.kind ?? (assignment === undefined ? 'resident' : 'staff')
  const { idleMs, absoluteMs } = sessionLimits(act.policy, kind)
  const token = newToken()
  const id = uuidAt(instant(real))
  await insertSession(act.tx, {
    id,
    tokenHash: tokenHash(token),
    person: opening.person,
    kind,
    assignment: kind === 'staff' ? assignment : undefined,
    device: opening.device ?? '',
    created: real,
    idleMs,
    expires: real + absoluteMs,
    secondFactorAt: opening.secondFactor ? real : undefined,
  })
  return { id, token, maxAgeSeconds: Math.floor(absoluteMs / 1000) }
}

// Needs: what a route does to a need: taking it up, ending, answering. Shared by the desk's verbs and by public.ts.
import type { RecordRef } from '../../../kit/id.ts'
import type { Instant } from '../../../kit/instant.ts'
import { allow, type Ruling } from '../../../kit/ruling.ts'
import type { Act } from '../../../platform/action.ts'
import * as rules from '../rules/desk.ts'
import type { Need } from '../rules.ts'
import { saveNeed } from '../store.ts'
import { recordNeed, tell, termsOf } from './recording.ts'

export async function takeRouteOf(
  act: Act,
  need: Need,
  input: { route: 'deliberation' | 'project'; by: RecordRef; plannedUntil?: Instant },
): Promise<Ruling<Need>> {
  const ruling = rules.takeRoute(need, act.now, input.route, input.by, input.plannedUntil, termsOf(act, need.division))
  if (!ruling.ok) return ruling
  await saveNeed(act.tx, act.platform.cipher, ruling.value, need, act.now)
  await recordNeed(act, 'takeRoute', need, ruling.value, { route: input.route, by: input.by })
  await tell(act, ruling.value, input.route === 'project' ? 'project-begins' : 'deliberation-begins')
  return allow(ruling.value)
}

export async function endRouteOf(
  act: Act,
  need: Need,
  input: { by: RecordRef; reason: string },
): Promise<Ruling<Need>> {
  const ruling = rules.endRoute(need, act.now, input.by, input.reason, termsOf(act, need.division))
  if (!ruling.ok) return ruling
  await saveNeed(act.tx, act.platform.cipher, ruling.value, need, act.now)
  await recordNeed(act, 'endRoute', need, ruling.value, { reason: input.reason, by: input.by })
  await tell(act, ruling.value, 'route-ended')
  return allow(ruling.value)
}

/** Answers a need; `by` is the record that answers when it is not a person of the desk. */
export async function giveAnswer(
  act: Act,
  need: Need,
  input: { words: string; files: Need['files']; by?: RecordRef },
): Promise<Ruling<Need>> {
  // A project or motion answers whoever carried its last act out: the rule of referrals is not asked.
  const actor = input.by === undefined ? act.actor : { kind: 'system' as const, name: 'needs.answerNeed', grants: [] }
  const ruling = rules.answerNeed(need, actor, act.now, { words: input.words }, termsOf(act, need.division))
  if (!ruling.ok) return ruling
  const answered: Need = {
    ...ruling.value,
    files: input.files,
    answeredBy: act.actor.kind === 'person' ? act.actor.personId : undefined,
  }
  await saveNeed(act.tx, act.platform.cipher, answered, need, act.now)
  await recordNeed(act, 'answerNeed', need, answered, {
    route: need.route,
    again: need.reopenedAt !== undefined,
    ...(input.by === undefined ? {} : { by: input.by }),
  })
  await tell(act, answered, 'answered')
  return allow(answered)
}

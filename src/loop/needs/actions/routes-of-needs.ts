// Needs: what a route does to needs: taking them up, ending, answering. Shared by the desk's verbs and by public.ts; many needs at once.
import type { RecordRef } from '../../../kit/id.ts'
import type { Instant } from '../../../kit/instant.ts'
import { allow, type Ruling } from '../../../kit/ruling.ts'
import type { Act } from '../../../platform/action.ts'
import * as rules from '../rules/desk.ts'
import { withdrawNeed } from '../rules/resident.ts'
import type { Need } from '../rules.ts'
import { needsSaved, saveNeeds } from '../store.ts'
import { recordNeed, tell, tellPersons, termsOf } from './recording.ts'

type Turn = {
  readonly verb: 'takeRoute' | 'endRoute' | 'answerNeed'
  readonly rule: (need: Need) => Ruling<Need>
  readonly data: (before: Need) => Readonly<Record<string, unknown>>
  readonly notice: string
}

/** Carries one verb out on locked needs: all or, at the first refusal, none. */
async function turnAll(act: Act, needs: readonly Need[], turn: Turn): Promise<Ruling<Need[]>> {
  const changed: { before: Need; after: Need }[] = []
  for (const before of needs) {
    const ruling = turn.rule(before)
    if (!ruling.ok) return ruling
    changed.push({ before, after: ruling.value })
  }
  for (const { jurisdiction, statement } of await needsSaved(act.tx, act.platform.cipher, changed, act.now))
    act.save(jurisdiction, statement)
  for (const { before, after } of changed) {
    recordNeed(act, turn.verb, before, after, turn.data(before))
    tell(act, after, turn.notice)
  }
  return allow(changed.map(({ after }) => after))
}

export function takeRouteOf(
  act: Act,
  needs: readonly Need[],
  input: { route: rules.TakingRoute; by: RecordRef; plannedUntil?: Instant },
): Promise<Ruling<Need[]>> {
  const { route, by, plannedUntil } = input
  return turnAll(act, needs, {
    verb: 'takeRoute',
    rule: (need) => rules.takeRoute(need, act.now, route, by, plannedUntil, termsOf(act, need.division)),
    data: () => ({ route, by }),
    notice: `${route}-begins`,
  })
}

export function endRouteOf(
  act: Act,
  needs: readonly Need[],
  { by, reason }: { by: RecordRef; reason: string },
): Promise<Ruling<Need[]>> {
  return turnAll(act, needs, {
    verb: 'endRoute',
    rule: (need) => rules.endRoute(need, act.now, by, reason, termsOf(act, need.division)),
    data: () => ({ reason, by }),
    notice: 'route-ended',
  })
}

/** Ends the route of a need and withdraws it, by its resident and in one save; refuses like the two acts one after the other. */
export async function withdrawFromRouteOf(
  act: Act,
  before: Need,
  { by, reason }: { by: RecordRef; reason: string },
): Promise<Ruling<void>> {
  const ended = rules.endRoute(before, act.now, by, reason, termsOf(act, before.division))
  if (!ended.ok) return ended
  const withdrawn = withdrawNeed(ended.value, act.actor, act.now)
  if (!withdrawn.ok) return withdrawn
  await saveNeeds(act.tx, act.platform.cipher, [{ before, after: withdrawn.value }], act.now)
  recordNeed(act, 'endRoute', before, ended.value, { reason, by })
  recordNeed(act, 'withdrawNeed', ended.value, withdrawn.value)
  tellPersons(act, withdrawn.value, before.holder === undefined ? [] : [before.holder.id], 'withdrawn')
  return allow(undefined)
}

/** Answers needs; `by` is the record that answers when it is not a person of the desk, `files` replace those of the need. */
export function giveAnswers(
  act: Act,
  needs: readonly Need[],
  { words, files, by }: { words: string; files?: Need['files']; by?: RecordRef },
): Promise<Ruling<Need[]>> {
  // A project or motion answers whoever carried its last act out: the rule of referrals is not asked.
  const actor = by === undefined ? act.actor : { kind: 'system' as const, name: 'needs.answerNeed', grants: [] }
  const answeredBy = act.actor.kind === 'person' ? act.actor.personId : undefined
  return turnAll(act, needs, {
    verb: 'answerNeed',
    rule: (need) => {
      const ruling = rules.answerNeed(need, actor, act.now, { words }, termsOf(act, need.division))
      return ruling.ok ? allow({ ...ruling.value, files: files ?? need.files, answeredBy }) : ruling
    },
    data: (before) => ({
      route: before.route,
      again: before.reopenedAt !== undefined,
      ...(by === undefined ? {} : { by }),
    }),
    notice: 'answered',
  })
}

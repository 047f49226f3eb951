// Deliberation: what every verb does around its rule: load, judge, save, record, tell.
import { notify } from '../../../foundation/notices/public.ts'
import type { DivisionCode, RecordRef } from '../../../kit/id.ts'
import { absent, allow, type Ruling } from '../../../kit/ruling.ts'
import { dueAt } from '../../../kit/working-days.ts'
import type { Act } from '../../../platform/action.ts'
import { listConcerned } from '../../needs/public.ts'
import { judgedMotion, type Motion, type MotionTerms, type MotionVerb, shownNumber } from '../rules.ts'
import { findMotionForUpdate, saveMotion } from '../store.ts'
import { timersOfMotion, waitingOfMotion } from '../waiting.ts'

/** Policy values in force at a place. */
export function termsOf(act: Act, division: DivisionCode): MotionTerms {
  const value = (key: string) => act.policy.number(key, division)
  return {
    noticeDays: value('deliberation.notice-days'),
    objectionDays: value('deliberation.objection-days'),
    quorumPercent: value('deliberation.quorum-percent'),
    majorityPercent: value('deliberation.majority-percent'),
    calendar: act.platform.calendar,
  }
}

/** The event of a verb. `quiet`: what waits and the timers stay (supports, statements). */
export function recordMotion(
  act: Act,
  verb: MotionVerb | 'proposeMotion' | 'removeStatements',
  before: Motion | undefined,
  after: Motion,
  data: Readonly<Record<string, unknown>> = {},
  more: { readonly quiet?: boolean; readonly links?: readonly RecordRef[] } = {},
): void {
  const terms = termsOf(act, after.division)
  act.record({
    name: `deliberation.${verb}`,
    of: { kind: 'motion', id: after.id },
    division: after.division,
    state: { from: before?.state, to: after.state },
    organization: after.organization,
    links: more.links,
    data: { origin: after.origin, ...data },
    ...(more.quiet === true
      ? {}
      : {
          waiting: waitingOfMotion(after, dueAt(act.now, terms.objectionDays, terms.calendar).at),
          timers: timersOfMotion(after, act.now),
        }),
  })
}

export const answerOf = (motion: Motion) => ({
  id: motion.id,
  version: motion.version,
  state: motion.state,
  number: shownNumber(motion),
})

type More = {
  readonly data?: (after: Motion, before: Motion) => Record<string, unknown>
  /** Files that come with the verb, by those who send them. */
  readonly files?: readonly string[]
  readonly afterwards?: (after: Motion, before: Motion) => Promise<Ruling<void> | void>
  /** The name of the event where the outcome has one of its own. */
  readonly event?: MotionVerb
  /** Any resident may try; the rule looks closer. */
  readonly anyone?: boolean
}

/** Loads, judges, saves and records a verb of one motion. */
export async function change(
  act: Act,
  id: string,
  verb: MotionVerb,
  rule: (motion: Motion) => Ruling<Motion>,
  more: More = {},
): Promise<Ruling<Motion>> {
  const motion = await findMotionForUpdate(act.tx, id)
  if (motion === undefined) return absent()
  const ruling = await act.judge(judgedMotion(motion, more.anyone), () => rule(motion))
  if (!ruling.ok) return ruling
  const files = await attached(act, more.files ?? [], motion.id)
  if (!files.ok) return files
  const next: Motion =
    files.value.length === 0 ? ruling.value : { ...ruling.value, files: [...motion.files, ...files.value] }
  await saveMotion(act.tx, next, act.now)
  recordMotion(act, more.event ?? verb, motion, next, more.data?.(next, motion))
  const afterwards = await more.afterwards?.(next, motion)
  return afterwards !== undefined && !afterwards.ok ? afterwards : allow(next)
}

/** Files are attached in the same transaction as what they belong to. */
export async function attached(act: Act, files: readonly string[], id: string): Promise<Ruling<Motion['files']>> {
  if (files.length === 0 || act.actor.kind !== 'person') return allow([])
  const ruling = await act.platform.files.attach(act.tx, act.actor.personId, files, { kind: 'motion', id })
  return ruling.ok ? allow(ruling.value.map((file) => ({ id: file.id, name: file.name, type: file.type }))) : ruling
}

/** Tells the proposer and the residents of the motion's needs. */
export async function tell(act: Act, motion: Motion, what: string): Promise<void> {
  const concerned = await listConcerned(act.tx, motion.needs)
  notify(act, {
    persons: [...new Set([motion.proposer, ...concerned])],
    kind: `deliberation.${what}`,
    of: { kind: 'motion', id: motion.id },
    params: { motion: `${shownNumber(motion)}「${motion.title}」` },
  })
}

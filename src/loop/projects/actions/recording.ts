// Projects: what every verb does after its rule: the event with what waits and what the clock will do, and policy values.
import type { DivisionCode, RecordRef } from '../../../kit/id.ts'
import type { Fen } from '../../../kit/money.ts'
import type { Act } from '../../../platform/action.ts'
import type { Project, ProjectTerms } from '../rules.ts'
import { timersOfProject, waitingOfProject } from '../waiting.ts'

/** Policy values in force at a place. */
export function termsOf(
  act: { policy: Act['policy']; platform: Act['platform'] },
  division: DivisionCode,
): ProjectTerms {
  const number = (key: string) => act.policy.number(key, division)
  return {
    commentDays: number('projects.comment-days'),
    summaryDays: number('projects.summary-days'),
    reviewDays: number('projects.review-days'),
    evidenceSupports: number('projects.evidence-supports'),
    calendar: act.platform.calendar,
  }
}

/** The event of a verb. `quiet`: what waits and the timers stay (comments). */
export function recordProject(
  act: Act,
  verb: string,
  before: Project | undefined,
  after: Project,
  more: { data?: Readonly<Record<string, unknown>>; links?: readonly RecordRef[]; amount?: Fen; quiet?: boolean } = {},
): void {
  act.record({
    name: `projects.${verb}`,
    of: { kind: 'project', id: after.id },
    division: after.division,
    state: { from: before?.state, to: after.state },
    amount: more.amount,
    links: more.links,
    data: { mode: after.mode, source: after.source, categories: after.categories, ...more.data },
    ...(more.quiet === true ? {} : { waiting: waitingOfProject(after), timers: timersOfProject(after) }),
  })
}

/** The needs and the motion that a project grew out of. */
export function originsOf(project: Pick<Project, 'needs' | 'motion'>): RecordRef[] {
  return [
    ...project.needs.map((id) => ({ kind: 'need', id })),
    ...(project.motion === undefined ? [] : [{ kind: 'motion', id: project.motion }]),
  ]
}

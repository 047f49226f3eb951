// Projects: submission, residents' comments, the township's review, and the end before a tender. Pure.
import type { Actor } from '../../../kit/actor.ts'
import { addDays, type Instant } from '../../../kit/instant.ts'
import { formatYuan } from '../../../kit/money.ts'
import { today } from '../../../kit/plain-date.ts'
import { allow, invalid, refuse, type Ruling } from '../../../kit/ruling.ts'
import { dueAt, endOfDay } from '../../../kit/working-days.ts'
import type { Stance } from '../contract.ts'
import { decide, type Evidence, moved, type Project, type ProjectTerms, standing } from '../rules.ts'
import { personalNumberFault } from './design.ts'

/** The evidence that is on record without a comment period: an adopted resolution, or enough verified supports or votes of a venture call (policy). */
export function evidenceOf(project: Project, verifiedSupports: number, terms: ProjectTerms): Evidence | undefined {
  if (project.motion !== undefined) return { kind: 'resolution' }
  if (verifiedSupports >= terms.evidenceSupports) return { kind: 'supports', count: verifiedSupports }
  const votes = project.venture?.publicVotes ?? 0
  if (votes >= terms.evidenceSupports) return { kind: 'public-vote', count: votes }
  return undefined
}

/** To the residents' comments, or straight to the township where participation is already on record. */
export function submitProject(
  project: Project,
  actor: Actor,
  now: Instant,
  body: { to: 'comment' | 'review' },
  verifiedSupports: number,
  terms: ProjectTerms,
): Ruling<Project> {
  const straight = body.to === 'review'
  const state = standing(project, straight ? 'submitForReview' : 'openComment', actor, now)
  if (!state.ok) return state
  if (project.needs.length === 0) return refuse('need-missing')
  const opened = {
    openedAt: project.openedAt ?? now,
    summary: undefined,
    commentUntil: undefined,
    summaryUntil: undefined,
    evidence: undefined,
  }
  if (straight) {
    const evidence = evidenceOf(project, verifiedSupports, terms)
    if (evidence === undefined)
      return refuse('evidence-missing', { supports: verifiedSupports, needed: terms.evidenceSupports })
    return allow(
      moved(project, state.value, now, {
        ...opened,
        evidence,
        reviewUntil: dueAt(now, terms.reviewDays, terms.calendar).at,
      }),
    )
  }
  // A period by days starts on the day after, and its last day counts whole (Civil Code Art. 201, 203).
  const commentUntil = endOfDay(today(addDays(now, terms.commentDays)))
  return allow(
    moved(project, state.value, now, {
      ...opened,
      commentUntil,
      summaryUntil: dueAt(commentUntil, terms.summaryDays, terms.calendar).at,
      round: project.round + 1,
      tally: { agree: 0, disagree: 0, neutral: 0 },
    }),
  )
}

/** A verified resident of the place, while the period runs; once each per round is kept by the store. */
export function commentOnProject(
  project: Project,
  actor: Actor,
  now: Instant,
  body: { stance: Stance; words?: string },
): Ruling<Project> {
  const fault = body.words === undefined ? undefined : personalNumberFault('body.words', body.words)
  if (fault !== undefined) return invalid([fault])
  return decide(project, 'commentOnProject', actor, now, () => ({
    tally: { ...project.tally, [body.stance]: project.tally[body.stance] + 1 },
  }))
}

/** With its summary the comment period is evidence; without words (the timer) its figures are. */
export function closeComment(
  project: Project,
  actor: Actor,
  now: Instant,
  words: string | undefined,
  terms: ProjectTerms,
): Ruling<Project> {
  return decide(project, 'closeComment', actor, now, () => ({
    summary: { ...project.tally, words, at: now },
    evidence: { kind: 'comment', count: project.tally.agree + project.tally.disagree + project.tally.neutral },
    summaryUntil: undefined,
    reviewUntil: dueAt(now, terms.reviewDays, terms.calendar).at,
  }))
}

/** Where the project's item stands on the county's purchase list of the year. */
export type PurchaseStanding = { readonly listed: boolean; readonly negative?: string }

/** Whether a department's duty came without the money that the project needs (funds follow duties). */
export function isUnfunded(project: Pick<Project, 'duty' | 'budget'>): boolean {
  return project.duty !== undefined && project.duty.money < project.budget
}

/** Needs, evidence, purchase list and the department's money decide; the refusal about money is reported by the action. */
export function approveProject(project: Project, actor: Actor, now: Instant, item: PurchaseStanding): Ruling<Project> {
  const state = standing(project, 'approveProject', actor, now)
  if (!state.ok) return state
  if (project.needs.length === 0) return refuse('need-missing')
  if (project.evidence === undefined) return refuse('evidence-missing')
  if (item.negative !== undefined) return refuse('on-negative-list', { item: project.purchaseItem })
  if (!item.listed) return refuse('not-on-purchase-list', { item: project.purchaseItem })
  if (project.duty !== undefined && isUnfunded(project)) {
    return refuse('funds-must-follow-duty', {
      brought: formatYuan(project.duty.money),
      budget: formatYuan(project.budget),
    })
  }
  return allow(
    moved(project, state.value, now, {
      approvedAt: now,
      approvedBy: actor.kind === 'person' ? actor.personId : undefined,
      reviewUntil: undefined,
    }),
  )
}

/** Back to its designers with remarks; evidence and comments stay on record and a new submission renews them. */
export function sendBackProject(
  project: Project,
  actor: Actor,
  now: Instant,
  body: { remarks: string },
): Ruling<Project> {
  return decide(project, 'sendBackProject', actor, now, () => ({
    remarks: [
      ...project.remarks,
      {
        from: project.state === 'township-review' ? 'township-review' : 'resident-review',
        words: body.remarks,
        at: now,
      },
    ],
    commentUntil: undefined,
    summaryUntil: undefined,
    reviewUntil: undefined,
  }))
}

export function terminateProject(
  project: Project,
  actor: Actor,
  now: Instant,
  body: { reason: string },
): Ruling<Project> {
  return decide(project, 'terminateProject', actor, now, () => ({
    endReason: body.reason,
    commentUntil: undefined,
    summaryUntil: undefined,
    reviewUntil: undefined,
  }))
}

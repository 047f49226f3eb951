// Needs: the decisions of the desk, of the routes and of the program's own timers. Pure.
import { type Actor, may } from '../../../kit/actor.ts'
import type { Id, RecordRef } from '../../../kit/id.ts'
import { type Instant, isAfter, max } from '../../../kit/instant.ts'
import { invalid, refuse, type Ruling } from '../../../kit/ruling.ts'
import { dueAt } from '../../../kit/working-days.ts'
import type { declineReasons, NeedRoute } from '../contract.ts'
import type { CategoryCode } from '../contract/taxonomy.ts'
import {
  decide,
  declineIsFinal,
  isOverdue,
  mayRead,
  type Need,
  type NeedTerms,
  reachOf,
  standing,
  withTexts,
} from '../rules.ts'

type Person = { readonly id: Id<'person'>; readonly name: string }

/** Confirms category and the route that is meant; whoever accepts holds the need unless somebody does. */
export function acceptNeed(
  need: Need,
  actor: Actor,
  now: Instant,
  body: { category: CategoryCode; routeHint: NeedRoute; by: Person },
  terms: NeedTerms,
): Ruling<Need> {
  return decide(need, 'acceptNeed', actor, now, () => ({
    category: body.category,
    routeHint: body.routeHint,
    holder: need.holder ?? body.by,
    respondedAt: need.respondedAt ?? now,
    pausedAt: undefined,
    escalated: false,
    endReason: undefined,
    dueAt: dueAt(now, terms.resolveDays, terms.calendar).at,
  }))
}

/** The resident may appeal once; a decline after the appeal is final. */
export function declineNeed(
  need: Need,
  actor: Actor,
  now: Instant,
  body: { reason: (typeof declineReasons)[number]; words: string },
  terms: NeedTerms,
): Ruling<Need> {
  return decide(need, 'declineNeed', actor, now, () => ({
    ...withTexts(need, { decline: body.words }),
    declineReason: body.reason,
    declinedBy: actor.kind === 'person' ? actor.personId : undefined,
    respondedAt: need.respondedAt ?? now,
    pausedAt: undefined,
    escalated: false,
    dueAt: undefined,
    appealUntil: need.appealedAt === undefined ? dueAt(now, terms.appealDays, terms.calendar).at : undefined,
  }))
}

/** Into another open need of the same community. A private need is merged with none: its supporters-to-be would learn of it. */
export function mergeNeed(need: Need, target: Need, actor: Actor, now: Instant): Ruling<Need> {
  const state = standing(need, 'mergeNeed', actor, now)
  if (!state.ok) return state
  if (!may(actor, 'needs.mergeNeed', reachOf(target)) || !mayRead(target, actor)) return refuse('other-community')
  if (target.root === need.id) return refuse('merge-with-itself')
  if (target.division !== need.division) return refuse('other-community')
  if (need.visibility === 'private' || target.visibility === 'private') return refuse('private-not-merged')
  if (target.state !== 'submitted' && target.state !== 'accepted' && target.state !== 'responding')
    return refuse('target-not-open', { state: target.state })
  return decide(need, 'mergeNeed', actor, now, () => ({
    mergedInto: target.id,
    root: target.root,
    pausedAt: undefined,
    dueAt: undefined,
    respondedAt: need.respondedAt ?? now,
  }))
}

/** While the target is not closed; the need waits for its first decision again. */
export function unmergeNeed(need: Need, root: Need, actor: Actor, now: Instant, terms: NeedTerms): Ruling<Need> {
  if (need.state === 'merged' && root.state === 'closed') return refuse('target-closed')
  return decide(need, 'unmergeNeed', actor, now, () => ({
    mergedInto: undefined,
    root: need.id,
    escalated: false,
    dueAt: dueAt(now, terms.respondDays, terms.calendar).at,
  }))
}

export function askResident(need: Need, actor: Actor, now: Instant, body: { words: string }): Ruling<Need> {
  return decide(need, 'askResident', actor, now, () => ({
    ...withTexts(need, { talk: [...(need.texts?.talk ?? []), { by: 'worker', at: now, words: body.words }] }),
    pausedAt: now,
  }))
}

export function holdNeed(need: Need, actor: Actor, now: Instant, by: Person): Ruling<Need> {
  return decide(need, 'holdNeed', actor, now, () => ({ holder: by }))
}

export function takeOverNeed(need: Need, actor: Actor, now: Instant, by: Person): Ruling<Need> {
  return decide(need, 'takeOverNeed', actor, now, () => ({ holder: by }))
}

/** `to` was looked up among the workers of the place; undefined when not found there. */
export function handOverNeed(need: Need, actor: Actor, now: Instant, to: Person | undefined): Ruling<Need> {
  const ruling = decide(need, 'handOverNeed', actor, now, () => ({ holder: to }))
  return ruling.ok && to === undefined ? invalid([{ path: 'body.to', code: 'not-a-worker-here' }]) : ruling
}

/** Like handOverNeed, by the head of the community. */
export function assignNeed(need: Need, actor: Actor, now: Instant, to: Person | undefined): Ruling<Need> {
  const ruling = decide(need, 'assignNeed', actor, now, () => ({ holder: to }))
  return ruling.ok && to === undefined ? invalid([{ path: 'body.to', code: 'not-a-worker-here' }]) : ruling
}

/** The route "department": its deadline is the asked one, at most the resolve days. */
export function referNeed(
  need: Need,
  actor: Actor,
  now: Instant,
  body: { department: string; deadline?: Instant },
  terms: NeedTerms,
): Ruling<Need> {
  const latest = dueAt(now, terms.resolveDays, terms.calendar).at
  if (body.deadline !== undefined && !isAfter(body.deadline, now))
    return invalid([{ path: 'body.deadline', code: 'deadline-passed' }])
  if (body.deadline !== undefined && isAfter(body.deadline, latest))
    return invalid([{ path: 'body.deadline', code: 'deadline-too-late' }])
  return decide(need, 'referNeed', actor, now, () => ({
    route: 'department',
    department: body.department,
    routeBy: undefined,
    endReason: undefined,
    pausedAt: undefined,
    escalated: false,
    dueAt: body.deadline ?? latest,
  }))
}

/** The referral comes back; the reason is kept. */
export function refuseReferral(
  need: Need,
  actor: Actor,
  now: Instant,
  body: { words: string },
  terms: NeedTerms,
): Ruling<Need> {
  return decide(need, 'refuseReferral', actor, now, () => ({
    ...withTexts(need, { refused: body.words }),
    ...back('referral-refused', now, terms),
  }))
}

function back(reason: string, now: Instant, terms: NeedTerms): Partial<Need> {
  return {
    route: undefined,
    department: undefined,
    routeBy: undefined,
    endReason: reason,
    pausedAt: undefined,
    escalated: false,
    dueAt: dueAt(now, terms.resolveDays, terms.calendar).at,
  }
}

export function answerNeed(
  need: Need,
  actor: Actor,
  now: Instant,
  body: { words: string },
  terms: NeedTerms,
): Ruling<Need> {
  return decide(need, 'answerNeed', actor, now, () => ({
    ...withTexts(need, { answer: body.words }),
    answeredAt: now,
    answeredBy: actor.kind === 'person' ? actor.personId : undefined,
    pausedAt: undefined,
    dueAt: undefined,
    escalated: false,
    verdictUntil: dueAt(now, terms.verdictDays, terms.calendar).at,
  }))
}

/** Routes that other records take needs up on. */
export type TakingRoute = 'deliberation' | 'project' | 'wish'

/** A motion, a project or a wish takes the need up: from accepted, or from a deliberation on to its project. */
export function takeRoute(
  need: Need,
  now: Instant,
  route: TakingRoute,
  by: RecordRef,
  plannedUntil: Instant | undefined,
  terms: NeedTerms,
): Ruling<Need> {
  const system: Actor = { kind: 'system', name: 'needs.takeRoute', grants: [] }
  const onward = need.state !== 'responding' || (need.route === 'deliberation' && route === 'project')
  if (!onward) return refuse('need-on-other-route', { need: need.id })
  return decide(need, 'takeRoute', system, now, () => ({
    route,
    routeBy: by,
    department: undefined,
    endReason: undefined,
    pausedAt: undefined,
    escalated: false,
    dueAt: plannedUntil === undefined ? dueAt(now, terms.planDays, terms.calendar).at : max(plannedUntil, now),
  }))
}

/** The route ended without an answer. Allows only for the record that has the need now. */
export function endRoute(need: Need, now: Instant, by: RecordRef, reason: string, terms: NeedTerms): Ruling<Need> {
  if (need.routeBy?.kind !== by.kind || need.routeBy.id !== by.id)
    return refuse('need-on-other-route', { need: need.id })
  return decide(need, 'endRoute', { kind: 'system', name: 'needs.endRoute', grants: [] }, now, () =>
    back(reason, now, terms),
  )
}

/** The leader is told once per due. */
export function raiseOverdue(need: Need, now: Instant): Ruling<Need> {
  if (need.escalated || !isOverdue(need, now)) return refuse('not-overdue')
  return decide(need, 'raiseOverdue', { kind: 'system', name: 'needs.raiseOverdue', grants: [] }, now, () => ({
    escalated: true,
  }))
}

/** The resident stayed silent: closed, and counted apart from every verdict. */
export function closeUnconfirmed(need: Need, now: Instant): Ruling<Need> {
  if (need.verdictUntil !== undefined && !isAfter(now, need.verdictUntil)) return refuse('verdict-still-open')
  return decide(need, 'closeUnconfirmed', { kind: 'system', name: 'needs.closeUnconfirmed', grants: [] }, now, () => ({
    // A "not met" before the reopening was the resident's last word; it stays in the events.
    verdict: 'unconfirmed',
    rating: undefined,
    verdictVerified: false,
    verdictUntil: undefined,
  }))
}

export function finalizeDecline(need: Need, now: Instant): Ruling<Need> {
  if (!declineIsFinal(need, now)) return refuse('appeal-still-open')
  return decide(need, 'finalizeDecline', { kind: 'system', name: 'needs.finalizeDecline', grants: [] }, now, () => ({
    appealUntil: undefined,
  }))
}

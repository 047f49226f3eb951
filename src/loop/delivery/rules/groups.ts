// Delivery: the lifecycle of a group and its sessions, who may come and how many the room holds. Pure.
import type { Actor, Judged, Reach } from '../../../kit/actor.ts'
import type { DivisionCode, Id } from '../../../kit/id.ts'
import { type Instant, isAfter, isBefore } from '../../../kit/instant.ts'
import { type Lifecycle, nextState, possibleVerbs } from '../../../kit/lifecycle.ts'
import { findPersonalNumbers } from '../../../kit/chinese-ids.ts'
import { today } from '../../../kit/plain-date.ts'
import { allow, type FieldFault, forbid, invalid, refuse, type Refusal, type Ruling } from '../../../kit/ruling.ts'
import type { goalResults } from '../contract/case-stages.ts'
import {
  groupPhases,
  type GroupPhase,
  type GroupState,
  type groupTypes,
  type sessionStates,
} from '../contract/groups.ts'
import { minutesOf } from '../rules.ts'

type GoalResult = (typeof goalResults)[number]
export type GroupId = Id<'group-work'>
export type GroupSessionId = Id<'group-session'>

export type GroupSession = {
  readonly id: GroupSessionId
  readonly position: number
  readonly phase: GroupPhase
  readonly theme: string
  readonly from: Instant
  readonly until: Instant
  readonly state: (typeof sessionStates)[number]
  /** Since when members may check in; undefined: closed. */
  readonly openedAt?: Instant
  readonly attendance: number
  readonly serviceRecord?: string
}

export type Group = {
  readonly id: GroupId
  readonly number: { readonly year: number; readonly value: number }
  readonly division: DivisionCode
  readonly state: GroupState
  readonly version: number
  readonly contract: string
  readonly activity: string
  readonly organization: string
  readonly worker: string
  readonly person: string
  readonly workerName: string
  readonly title: string
  readonly type: (typeof groupTypes)[number]
  readonly aims: string
  readonly place: string
  readonly capacity: number
  /** Members who have not left. */
  readonly members: number
  readonly sessions: readonly GroupSession[]
  readonly result?: GoalResult
  /** Of what was reached, or why it was given up. */
  readonly summary?: string
  readonly createdAt: Instant
  readonly history: readonly { readonly state: GroupState; readonly at: Instant }[]
}

export type GroupVerb =
  | 'addGroupMember'
  | 'removeGroupMember'
  | 'startGroup'
  | 'moveGroupSession'
  | 'dropGroupSession'
  | 'openSessionCheckIn'
  | 'recordGroupSession'
  | 'endGroup'
  | 'cancelGroup'

export const groupLifecycle = {
  preparing: {
    addGroupMember: 'preparing',
    removeGroupMember: 'preparing',
    moveGroupSession: 'preparing',
    dropGroupSession: 'preparing',
    startGroup: 'running',
    cancelGroup: 'cancelled',
  },
  running: {
    addGroupMember: 'running',
    removeGroupMember: 'running',
    moveGroupSession: 'running',
    dropGroupSession: 'running',
    openSessionCheckIn: 'running',
    recordGroupSession: 'running',
    endGroup: 'ended',
    cancelGroup: 'cancelled',
  },
  ended: {},
  cancelled: {},
} as const satisfies Lifecycle<GroupState, GroupVerb>
const lifecycle: Lifecycle<GroupState, GroupVerb> = groupLifecycle

/** Verbs that a group in this state knows. */
export const verbsOfGroup = (state: GroupState): GroupVerb[] => possibleVerbs(lifecycle, state)

/** 组2026-0003. */
export function shownGroupNumber(group: Pick<Group, 'number'>): string {
  return `组${group.number.year}-${String(group.number.value).padStart(4, '0')}`
}

export function reachOfGroup(group: Pick<Group, 'division' | 'organization'>): Reach {
  return { division: group.division, organizations: [group.organization] }
}

export function judgedGroup(group: Group): Judged {
  return { reach: reachOfGroup(group), version: group.version, lineage: [{ kind: 'group-work', id: group.id }] }
}

/** Policy values of groups; the most minutes are those of a service record. */
export type GroupTerms = {
  readonly leastMembers: number
  readonly leastSessions: number
  readonly mostSessions: number
  readonly longestMinutes: number
}

export function isLeader(group: Group, actor: Actor): boolean {
  return actor.kind === 'person' && actor.personId === group.person
}

function moved(group: Group, verb: GroupVerb, now: Instant, part: Partial<Group> = {}): Ruling<Group> {
  const state = nextState(lifecycle, group.state, verb)
  if (!state.ok) return state
  const history = state.value === group.state ? group.history : [...group.history, { state: state.value, at: now }]
  return allow({ ...group, ...part, state: state.value, version: group.version + 1, history })
}

/** The group's own leader, in a state that knows the verb; undefined when both hold. */
function standing(group: Group, verb: GroupVerb, actor: Actor): Refusal | undefined {
  if (!isLeader(group, actor)) return forbid('not-leader')
  const state = nextState(lifecycle, group.state, verb)
  return state.ok ? undefined : state
}

type Planned = { readonly phase: GroupPhase; readonly from: Instant; readonly until: Instant }

const rank = (phase: GroupPhase) => groupPhases.indexOf(phase)

function timeFault(
  session: { from: Instant; until: Instant },
  path: string,
  terms: GroupTerms,
): FieldFault | undefined {
  const minutes = minutesOf(session.from, session.until)
  if (minutes < 1) return { path, code: 'time-not-in-order' }
  return minutes > terms.longestMinutes
    ? { path, code: 'too-long-at-once', params: { hours: Math.floor(terms.longestMinutes / 60) } }
    : undefined
}

function textFaults(texts: Readonly<Record<string, string>>): FieldFault[] {
  return Object.entries(texts).flatMap(([field, text]) => {
    const found = findPersonalNumbers(text)[0]
    return found === undefined
      ? []
      : [{ path: `body.${field}`, code: found.kind === 'phone' ? 'text-has-phone' : 'text-has-citizen-id' }]
  })
}

/**
 * A plan of sessions: as many as policy says (5–8), in the order of time, none in the past, the first one forming and the last one ending,
 * no stage before an earlier one. Every faulty row at once.
 */
export function planFaults(sessions: readonly Planned[], now: Instant, terms: GroupTerms): FieldFault[] {
  const faults: FieldFault[] = []
  if (sessions.length < terms.leastSessions || sessions.length > terms.mostSessions)
    faults.push({
      path: 'body.sessions',
      code: 'sessions-number',
      params: { least: terms.leastSessions, most: terms.mostSessions },
    })
  for (const [index, session] of sessions.entries()) {
    const path = `body.sessions.${index}`
    const before = sessions[index - 1]
    const wrong = timeFault(session, `${path}.until`, terms)
    if (wrong !== undefined) faults.push(wrong)
    if (isBefore(session.from, now)) faults.push({ path: `${path}.from`, code: 'session-passed' })
    else if (before !== undefined && isBefore(session.from, before.until))
      faults.push({ path: `${path}.from`, code: 'sessions-order' })
    if (before !== undefined && rank(session.phase) < rank(before.phase))
      faults.push({ path: `${path}.phase`, code: 'phases-order' })
  }
  const last = sessions.length - 1
  if (sessions[0] !== undefined && sessions[0].phase !== 'forming')
    faults.push({ path: 'body.sessions.0.phase', code: 'phases-order' })
  if (last > 0 && sessions[last]?.phase !== 'ending')
    faults.push({ path: `body.sessions.${last}.phase`, code: 'phases-order' })
  return faults
}

export function planGroup(
  wish: {
    readonly title: string
    readonly aims: string
    readonly place: string
    readonly sessions: readonly Planned[]
  },
  now: Instant,
  terms: GroupTerms,
): Ruling<true> {
  const { title, aims, place } = wish
  const faults = [...planFaults(wish.sessions, now, terms), ...textFaults({ title, aims, place })]
  return faults.length > 0 ? invalid(faults) : allow(true)
}

export function addGroupMember(group: Group, actor: Actor, now: Instant, known: boolean): Ruling<Group> {
  const refused = standing(group, 'addGroupMember', actor)
  if (refused) return refused
  if (known) return refuse('member-already')
  if (group.members >= group.capacity) return refuse('room-full', { capacity: group.capacity })
  return moved(group, 'addGroupMember', now, { members: group.members + 1 })
}

export function removeGroupMember(group: Group, actor: Actor, now: Instant, left: boolean): Ruling<Group> {
  const refused = standing(group, 'removeGroupMember', actor)
  if (refused) return refused
  return left ? refuse('member-left') : moved(group, 'removeGroupMember', now, { members: group.members - 1 })
}

export function startGroup(group: Group, actor: Actor, now: Instant, terms: GroupTerms): Ruling<Group> {
  const refused = standing(group, 'startGroup', actor)
  if (refused) return refused
  if (group.members < terms.leastMembers)
    return refuse('members-few', { least: terms.leastMembers, now: group.members })
  return moved(group, 'startGroup', now)
}

/** The session that a verb is about, still to be held; its place among those that were not left out. */
function plannedSession(group: Group, id: string): Ruling<GroupSession> {
  const session = group.sessions.find((each) => each.id === id)
  if (session === undefined) return { ok: false, code: 'not-found', kind: 'absent', params: {} }
  return session.state === 'planned' ? allow(session) : refuse('session-not-planned')
}

function withSession(group: Group, session: GroupSession): readonly GroupSession[] {
  return group.sessions.map((each) => (each.id === session.id ? session : each))
}

/** A time between those of the neighbours that count. */
function orderFault(group: Group, session: GroupSession, times: { from: Instant; until: Instant }): boolean {
  return group.sessions.some(
    (other) =>
      other.id !== session.id &&
      other.state !== 'dropped' &&
      (other.position < session.position ? isAfter(other.until, times.from) : isBefore(other.from, times.until)),
  )
}

export function moveGroupSession(
  group: Group,
  actor: Actor,
  now: Instant,
  id: string,
  times: { readonly from: Instant; readonly until: Instant },
  terms: GroupTerms,
): Ruling<Group> {
  const refused = standing(group, 'moveGroupSession', actor)
  if (refused) return refused
  const session = plannedSession(group, id)
  if (!session.ok) return session
  const faults: FieldFault[] = []
  const wrong = timeFault(times, 'body.until', terms)
  if (wrong !== undefined) faults.push(wrong)
  if (isBefore(times.from, now)) faults.push({ path: 'body.from', code: 'session-passed' })
  else if (orderFault(group, session.value, times)) faults.push({ path: 'body.from', code: 'sessions-order' })
  if (faults.length > 0) return invalid(faults)
  return moved(group, 'moveGroupSession', now, {
    sessions: withSession(group, { ...session.value, ...times, openedAt: undefined }),
  })
}

export function dropGroupSession(
  group: Group,
  actor: Actor,
  now: Instant,
  id: string,
  terms: GroupTerms,
): Ruling<Group> {
  const refused = standing(group, 'dropGroupSession', actor)
  if (refused) return refused
  const session = plannedSession(group, id)
  if (!session.ok) return session
  const left = group.sessions.filter((each) => each.state !== 'dropped').length - 1
  if (left < terms.leastSessions)
    return refuse('sessions-number', { least: terms.leastSessions, most: terms.mostSessions })
  return moved(group, 'dropGroupSession', now, { sessions: withSession(group, { ...session.value, state: 'dropped' }) })
}

/** On its day only: a code that could be had days before would say nothing about who came. */
export function openSessionCheckIn(group: Group, actor: Actor, now: Instant, id: string): Ruling<Group> {
  const refused = standing(group, 'openSessionCheckIn', actor)
  if (refused) return refused
  const session = plannedSession(group, id)
  if (!session.ok) return session
  if (today(session.value.from) !== today(now)) return refuse('not-session-day', { date: today(session.value.from) })
  return moved(group, 'openSessionCheckIn', now, {
    sessions: withSession(group, { ...session.value, openedAt: now }),
  })
}

/** Open from the leader's word until the day is over or the session is recorded. */
export function checkInIsOpen(session: GroupSession, now: Instant): boolean {
  return session.state === 'planned' && session.openedAt !== undefined && today(session.openedAt) === today(now)
}

export type Arrival = {
  readonly open: boolean
  readonly codeHolds: boolean
  readonly member: boolean
  readonly here: boolean
  /** Checked in at a shift or an activity that goes on. */
  readonly elsewhere: boolean
  readonly attendance: number
  readonly capacity: number
}

/** Whoever shows the right code learns more; whoever does not learns nothing about the group. The room holds no more than it may. */
export function checkInToSession(arrival: Arrival): Ruling<true> {
  if (!arrival.open) return refuse('check-in-closed')
  if (!arrival.codeHolds) return refuse('code-wrong')
  if (!arrival.member) return forbid('not-a-member')
  if (arrival.here) return refuse('already-checked-in')
  if (arrival.elsewhere) return refuse('elsewhere-now')
  return arrival.attendance >= arrival.capacity ? refuse('room-full', { capacity: arrival.capacity }) : allow(true)
}

/** `attendance`: all who came, checked in or marked. The hours are judged by the rule of filing. */
export function recordGroupSession(
  group: Group,
  actor: Actor,
  now: Instant,
  id: string,
  held: { readonly from: Instant; readonly until: Instant; readonly attendance: number; readonly strangers: number },
): Ruling<{ group: Group; session: GroupSession }> {
  const refused = standing(group, 'recordGroupSession', actor)
  if (refused) return refused
  const planned = plannedSession(group, id)
  if (!planned.ok) return planned
  const faults: FieldFault[] = []
  if (held.strangers > 0) faults.push({ path: 'body.present', code: 'member-unknown' })
  else if (held.attendance < 1) faults.push({ path: 'body.present', code: 'nobody-present' })
  else if (held.attendance > group.capacity)
    faults.push({ path: 'body.present', code: 'room-full', params: { capacity: group.capacity } })
  const before = group.sessions.some((other) => other.position < planned.value.position && other.state === 'planned')
  if (before) faults.push({ path: 'body.from', code: 'sessions-order' })
  if (faults.length > 0) return invalid(faults)
  const session: GroupSession = {
    ...planned.value,
    from: held.from,
    until: held.until,
    state: 'held',
    openedAt: undefined,
    attendance: held.attendance,
  }
  const next = moved(group, 'recordGroupSession', now, { sessions: withSession(group, session) })
  return next.ok ? allow({ group: next.value, session }) : next
}

export function endGroup(
  group: Group,
  actor: Actor,
  now: Instant,
  end: { readonly result: GoalResult; readonly summary: string },
  terms: GroupTerms,
): Ruling<Group> {
  const refused = standing(group, 'endGroup', actor)
  if (refused) return refused
  if (group.sessions.some((session) => session.state === 'planned')) return refuse('sessions-open')
  const held = group.sessions.filter((session) => session.state === 'held').length
  if (held < terms.leastSessions)
    return refuse('sessions-number', { least: terms.leastSessions, most: terms.mostSessions })
  const faults = textFaults({ summary: end.summary })
  return faults.length > 0 ? invalid(faults) : moved(group, 'endGroup', now, end)
}

export function cancelGroup(group: Group, actor: Actor, now: Instant, reason: string): Ruling<Group> {
  const refused = standing(group, 'cancelGroup', actor)
  if (refused) return refused
  const faults = textFaults({ reason })
  return faults.length > 0 ? invalid(faults) : moved(group, 'cancelGroup', now, { summary: reason })
}

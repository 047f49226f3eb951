// Deliberation: secret ballots: the vote's rules and their freeze, who is given a token, when ballots are taken, and the result. Pure.
import type { Actor, Judged } from '../../../kit/actor.ts'
import { type DivisionCode, within } from '../../../kit/id.ts'
import { type Instant, isAfter } from '../../../kit/instant.ts'
import { addDays, isAfter as dateIsAfter, type PlainDate, today } from '../../../kit/plain-date.ts'
import { allow, type FieldFault, forbid, invalid, refuse, type Ruling } from '../../../kit/ruling.ts'
import { addWorkingDays, endOfDay, type WorkingDayCalendar } from '../../../kit/working-days.ts'
import type { MotionResult } from '../contract.ts'
import type { BallotForm, Choice, VotePhase } from '../contract/ballots.ts'
import { decide, type Motion, type MotionVote, personalNumbers, standing } from '../rules.ts'
import { resultOf, withPast } from './meeting.ts'
import type { PaperRows } from './paper.ts'

export type Tally = NonNullable<MotionVote['tally']>

export type Vote = {
  readonly id: string
  readonly motion: string
  readonly division: DivisionCode
  readonly state: 'open' | 'counted' | 'cancelled'
  readonly version: number
  readonly form: BallotForm
  readonly question: string
  readonly eligible: number
  readonly quorumPercent: number
  readonly majorityPercent: number
  readonly issueUntil: Instant
  readonly castUntil: Instant
  /** SubjectPublicKeyInfo. */
  readonly publicKey: Uint8Array
  /** Sealed; gone once the vote ended. */
  readonly privateKey?: Uint8Array
  readonly openedAt: Instant
  /** The first token was issued: from then on nothing of the rules changes. */
  readonly frozenAt?: Instant
  readonly endedAt?: Instant
  readonly tally?: Tally
  readonly result?: MotionResult
  readonly digest?: string
  readonly cancelled?: string
  /** Households with a voter when the roll was frozen. */
  readonly rollSize?: number
  /** Number of the attempt of two officers to count the paper ballots alike. */
  readonly paperAttempt: number
  /** Paper ballots by choice, where five or more were found. */
  readonly paperRows?: PaperRows
}

export type VoteTerms = {
  readonly quorumPercent: number
  readonly majorityPercent: number
  /** Working days after the last token during which ballots are still taken: the appeal days of who could not be verified in time. */
  readonly castDays: number
  /** The longest that tokens are given, in days. */
  readonly mostDays: number
  readonly calendar: WorkingDayCalendar
}

type Body = {
  readonly question: string
  readonly form: BallotForm
  readonly eligible: number
  readonly quorum?: number
  readonly majority?: number
  readonly until: PlainDate
}

/** What stands on the roll in a voter's name: the blinded token and, unless it is only deposited, its signature; or a paper ballot. */
export type Issue = {
  readonly blinded?: Uint8Array
  readonly signature?: Uint8Array
  readonly paper: boolean
  readonly at: Instant
}

const same = (left: Uint8Array, right: Uint8Array) =>
  left.length === right.length && left.every((byte, index) => byte === right[index])

export function judgedVote(vote: Pick<Vote, 'motion' | 'division' | 'version'>, anyone = false): Judged {
  return {
    reach: { division: vote.division, persons: [], organizations: [], ...(anyone ? { anyone } : {}) },
    version: vote.version,
    lineage: [{ kind: 'motion', id: vote.motion }],
  }
}

/**
 * The rules of a vote from its form. Quorum and majority may be stricter than the county's policy, never laxer. By households it needs a roll
 * before it opens (`named`: households with a voter), and the roll is no longer than there are households.
 */
function rulesOf(body: Body, now: Instant, terms: VoteTerms, named: number): Ruling<Omit<MotionVote, 'id' | 'tally'>> {
  const faults: FieldFault[] = [...personalNumbers('body.question', body.question)]
  if (!dateIsAfter(body.until, today(now))) faults.push({ path: 'body.until', code: 'until-not-later' })
  else if (dateIsAfter(body.until, addDays(today(now), terms.mostDays)))
    faults.push({ path: 'body.until', code: 'until-too-far', params: { days: terms.mostDays } })
  const quorumPercent = body.quorum ?? terms.quorumPercent
  const majorityPercent = body.majority ?? terms.majorityPercent
  if (quorumPercent < terms.quorumPercent)
    faults.push({ path: 'body.quorum', code: 'below-policy', params: { least: terms.quorumPercent } })
  if (majorityPercent < terms.majorityPercent)
    faults.push({ path: 'body.majority', code: 'below-policy', params: { least: terms.majorityPercent } })
  const byHouseholds = body.form === 'households'
  if (byHouseholds && body.eligible < named)
    faults.push({ path: 'body.eligible', code: 'fewer-than-roll', params: { count: named } })
  if (faults.length > 0) return invalid(faults)
  if (byHouseholds && named === 0) return refuse('roll-empty')
  return allow({
    form: body.form,
    question: body.question,
    eligible: body.eligible,
    quorumPercent,
    majorityPercent,
    issueUntil: endOfDay(body.until),
    castUntil: endOfDay(addWorkingDays(body.until, terms.castDays, terms.calendar).date),
  })
}

/** Opens a secret vote on a motion that is discussed, or anew where too few came. */
export function openVote(
  motion: Motion,
  actor: Actor,
  now: Instant,
  vote: string,
  body: Body,
  terms: VoteTerms,
  named: number,
): Ruling<Motion & { vote: MotionVote }> {
  const open = standing(motion, 'openVote', actor, now)
  if (!open.ok) return open
  const rules = rulesOf(body, now, terms, named)
  if (!rules.ok) return rules
  const opened = { id: vote, ...rules.value }
  const ruling = decide(motion, 'openVote', actor, now, () => ({
    result: undefined,
    decidedAt: undefined,
    pastMeetings: withPast(motion),
    meeting: undefined,
    vote: opened,
  }))
  return ruling.ok ? allow({ ...ruling.value, vote: opened }) : ruling
}

/** Whether the rules may still be changed: the first token froze them. */
export function changing(vote: Vote | undefined): Ruling<true> {
  if (vote === undefined) return refuse('no-secret-vote')
  return vote.frozenAt === undefined ? allow(true) : refuse('vote-frozen', { at: vote.frozenAt })
}

export function changeVote(
  motion: Motion,
  vote: Vote | undefined,
  actor: Actor,
  now: Instant,
  body: Body,
  terms: VoteTerms,
  named: number,
): Ruling<{ motion: Motion; vote: Vote }> {
  const open = standing(motion, 'changeVote', actor, now)
  if (!open.ok) return open
  const free = changing(vote)
  if (!free.ok || vote === undefined) return free.ok ? refuse('no-secret-vote') : free
  const rules = rulesOf(body, now, terms, named)
  if (!rules.ok) return rules
  const changed = decide(motion, 'changeVote', actor, now, () => ({ vote: { id: vote.id, ...rules.value } }))
  return changed.ok
    ? allow({ motion: changed.value, vote: { ...vote, ...rules.value, version: vote.version + 1 } })
    : changed
}

/** Ends a vote uncounted while ballots are still taken; afterwards only the count decides. */
export function cancelVote(
  motion: Motion,
  vote: Vote | undefined,
  actor: Actor,
  now: Instant,
  words: string,
): Ruling<{ motion: Motion; vote: Vote }> {
  const faults = personalNumbers('body.words', words)
  if (faults.length > 0) return invalid(faults)
  const ruling = decide(motion, 'cancelVote', actor, now, () => ({ vote: undefined }))
  if (!ruling.ok) return ruling
  if (vote === undefined) return refuse('no-secret-vote')
  if (isAfter(now, vote.castUntil)) return refuse('vote-over')
  return allow({ motion: ruling.value, vote: ended(vote, 'cancelled', now, { cancelled: words }) })
}

function ended(vote: Vote, state: 'counted' | 'cancelled', now: Instant, changes: Partial<Vote>): Vote {
  return { ...vote, ...changes, state, endedAt: now, privateKey: undefined, version: vote.version + 1 }
}

export function phaseOf(vote: Pick<Vote, 'state' | 'issueUntil' | 'castUntil'>, now: Instant): VotePhase {
  if (vote.state !== 'open') return vote.state
  if (isAfter(now, vote.castUntil)) return 'counting'
  return isAfter(now, vote.issueUntil) ? 'casting' : 'issuing'
}

/** Who asks, or for whom a paper ballot is handed out: what identity says, and the household that named them. */
export type Voter = {
  readonly verified: boolean
  readonly adult: boolean
  readonly residence?: DivisionCode
  readonly household?: string
}

/** Whether somebody may be on the roll of this vote at all; whether they are verified and of age is asked apart. */
export function belongs(vote: Pick<Vote, 'division' | 'form'>, voter: Omit<Voter, 'verified' | 'adult'>): Ruling<true> {
  if (voter.residence === undefined || !within(voter.residence, vote.division)) return forbid('verified-residents-only')
  return vote.form === 'households' && voter.household === undefined ? forbid('not-on-roll') : allow(true)
}

/**
 * Whether a person is given a token: verified adult residents of the place, by households those whom one named, once. `deposit`: not verified
 * yet, kept until they are. A deposit made in time is signed as long as ballots are taken; the same blinded token gets the same answer again.
 */
export function issueBallot(
  vote: Vote,
  actor: Actor,
  now: Instant,
  earlier: Issue | undefined,
  household: string | undefined,
  blinded?: Uint8Array,
): Ruling<'sign' | 'deposit' | 'again'> {
  if (vote.state !== 'open' || isAfter(now, vote.castUntil)) return refuse('vote-over')
  if (earlier?.paper) return refuse('paper-taken')
  if (earlier?.blinded !== undefined && blinded !== undefined && !same(earlier.blinded, blinded))
    return refuse('token-issued')
  if (earlier?.signature !== undefined) return allow('again')
  if (earlier === undefined && isAfter(now, vote.issueUntil)) return refuse('issue-over', { until: vote.issueUntil })
  if (actor.kind !== 'person') return forbid('verified-residents-only')
  const belonging = belongs(vote, { residence: actor.residence, household })
  if (!belonging.ok) return belonging
  if (!actor.verified) return allow(earlier === undefined ? 'deposit' : 'again')
  return actor.adult ? allow('sign') : forbid('adults-only')
}

/** Whether a deposit is signed now that identity's check of its owner succeeded: the vote still takes ballots, and they may vote in it. */
export function signDeposit(vote: Vote, voter: Voter, now: Instant): Ruling<true> {
  if (vote.state !== 'open' || isAfter(now, vote.castUntil)) return refuse('vote-over')
  const belonging = belongs(vote, voter)
  if (!belonging.ok) return belonging
  if (!voter.verified) return forbid('verified-residents-only')
  return voter.adult ? allow(true) : forbid('adults-only')
}

/** Ballots are taken from the first token until the appeal days end; nobody asks who brings them. */
export function castBallot(vote: Vote, now: Instant): Ruling<true> {
  return vote.state === 'open' && !isAfter(now, vote.castUntil)
    ? allow(true)
    : refuse('cast-over', { until: vote.castUntil })
}

/**
 * The numbers of counted choices, paper among them. More ballots than were given out, or one that came in and was not counted, cannot be: then
 * nothing may be published. `cast`: sealed ballots and paper ballots that came in.
 */
export function tallyOf(
  choices: Readonly<Record<Choice, number>>,
  given: { readonly issued: number; readonly papers: number },
  cast: number,
): Tally {
  const counted = choices.for + choices.against + choices.abstain
  if (cast > given.issued + given.papers) throw new Error('more ballots than were given out')
  if (cast !== counted) throw new Error('a ballot came in and was not counted')
  return { ...given, cast, counted, ...choices }
}

const outcomeVerbs = { adopted: 'countVote', rejected: 'rejectByVote', 'no-quorum': 'lackVoters' } as const

/** Only once nobody may cast any more, and only where this vote still decides the motion. */
export function mayCount(motion: Motion, vote: Vote, now: Instant): Ruling<true> {
  const decides = motion.state === 'voting' && motion.vote?.id === vote.id && vote.state === 'open'
  return decides && isAfter(now, vote.castUntil) ? allow(true) : refuse('vote-running')
}

/** The count: quorum of those entitled (never fewer than stand on the roll or took a ballot), majority of those who cast. */
export function countVote(
  motion: Motion,
  vote: Vote,
  tally: Tally,
  published: { readonly digest: string; readonly paperRows?: PaperRows },
  now: Instant,
): Ruling<{ motion: Motion; vote: Vote }> {
  const open = mayCount(motion, vote, now)
  if (!open.ok) return open
  const eligible = Math.max(vote.eligible, vote.rollSize ?? 0, tally.issued + tally.papers)
  const result = resultOf({ ...vote, eligible, attendance: tally.cast, for: tally.for })
  const system: Actor = { kind: 'system', name: 'deliberation.countVote', grants: [] }
  const ruling = decide(motion, outcomeVerbs[result], system, now, () => ({
    result,
    decidedAt: now,
    vote: motion.vote === undefined ? undefined : { ...motion.vote, eligible, tally, paperAwaited: undefined },
  }))
  return ruling.ok
    ? allow({ motion: ruling.value, vote: ended(vote, 'counted', now, { tally, result, eligible, ...published }) })
    : ruling
}

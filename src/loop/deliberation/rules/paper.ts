// Deliberation: the paper ballots of a secret vote: who is handed one, two officers' counts, and what of them is published. Pure.
import type { Actor } from '../../../kit/actor.ts'
import { type Instant, isAfter } from '../../../kit/instant.ts'
import { allow, invalid, refuse, forbid, type Ruling } from '../../../kit/ruling.ts'
import type { Choice } from '../contract/ballots.ts'
import { decide, type Motion, standing } from '../rules.ts'
import { belongs, type Issue, type Vote, type Voter } from './ballots.ts'
import { type CountOutcome, type PaperCount, sameCount } from './meeting-day.ts'

export type PaperRows = Readonly<Record<Choice, number>>

/** Paper ballots from which on their rows stand apart; fewer would tell what the few whose names are known said. */
export const fewestPaper = 5

/** Paper is handed out as long as tokens are. */
export function handing(vote: Vote, now: Instant): Ruling<true> {
  if (vote.state !== 'open' || isAfter(now, vote.castUntil)) return refuse('vote-over')
  return isAfter(now, vote.issueUntil) ? refuse('issue-over', { until: vote.issueUntil }) : allow(true)
}

/**
 * Whether a person is handed a paper ballot: as for a token, once, and not beside one. A token that was only deposited gives way: it was never
 * signed, so nothing can be cast with it.
 */
export function handOutPaper(vote: Vote, voter: Voter, earlier: Issue | undefined, now: Instant): Ruling<true> {
  const open = handing(vote, now)
  if (!open.ok) return open
  if (earlier?.paper) return refuse('paper-given')
  if (earlier?.signature !== undefined) return refuse('token-given')
  const belonging = belongs(vote, voter)
  if (!belonging.ok) return belonging
  if (!voter.verified) return forbid('voter-not-verified')
  return voter.adult ? allow(true) : forbid('adults-only')
}

/** Casting is over and paper ballots were handed out: two officers count them before anything is published. */
export function awaitPaper(motion: Motion, now: Instant): Ruling<Motion> {
  const system: Actor = { kind: 'system', name: 'deliberation.countVote', grants: [] }
  return decide(motion, 'awaitPaper', system, now, () => ({
    vote: motion.vote === undefined ? undefined : { ...motion.vote, paperAwaited: true },
  }))
}

/** What is known while paper is counted: the entries of this attempt, and how many ballots were handed out. */
export type HeldPaper = {
  readonly entries: readonly (PaperCount & { readonly person: string })[]
  readonly papers: number
}

/** Whether this officer may enter a count now: after casting has ended, once in an attempt, until two agree. */
export function counting(vote: Vote, held: HeldPaper, actor: Actor, now: Instant): Ruling<true> {
  if (vote.state !== 'open') return refuse('vote-over')
  if (!isAfter(now, vote.castUntil)) return refuse('paper-too-early', { until: vote.castUntil })
  if (held.papers === 0) return refuse('no-paper')
  if (held.entries.length > 1) return refuse('count-accepted')
  const me = actor.kind === 'person' ? actor.personId : undefined
  return held.entries.some((entry) => entry.person === me) ? refuse('counted-already') : allow(true)
}

/**
 * An officer's own count of the paper ballots, after casting has ended. The first of an attempt waits for the other's; equal ones are the result,
 * unequal ones end the attempt and both count again. Neither sees the other's numbers. Fewer may be found than were handed out, never more.
 */
export function enterVotePaper(
  motion: Motion,
  vote: Vote,
  held: HeldPaper,
  actor: Actor,
  now: Instant,
  body: PaperCount,
): Ruling<CountOutcome> {
  const open = standing(motion, 'enterVotePaper', actor, now)
  if (!open.ok) return open
  if (motion.vote?.id !== vote.id) return refuse('vote-over')
  const mine = counting(vote, held, actor, now)
  if (!mine.ok) return mine
  const [other] = held.entries
  if (body.for + body.against + body.abstain + body.invalid > held.papers)
    return invalid([{ path: 'body.for', code: 'more-than-handed-out', params: { count: held.papers } }])
  if (other === undefined) return allow('first')
  return allow(sameCount(other, body) ? 'equal' : 'unequal')
}

/** What two officers of the last attempt counted alike. */
export function agreed(entries: readonly PaperCount[]): PaperCount | undefined {
  const [one, other] = entries
  return one !== undefined && other !== undefined && sameCount(one, other) ? one : undefined
}

/**
 * How a count of paper is published. An invalid ballot took part and chose neither side: it is an abstention. Five or more stand apart as rows
 * without names; fewer are folded: they become ballots like all others, which nobody can tell from those cast with a token.
 */
export function publishedPaper(count: PaperCount): { readonly rows: PaperRows; readonly folded: boolean } {
  const rows = { for: count.for, against: count.against, abstain: count.abstain + count.invalid }
  return { rows, folded: rows.for + rows.against + rows.abstain < fewestPaper }
}

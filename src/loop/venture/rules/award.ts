// Venture calls: the panel's draw and scores, the ranking by the declared weights, and the awards within the money. Pure.
import type { Actor } from '../../../kit/actor.ts'
import type { Instant } from '../../../kit/instant.ts'
import { type Fen, fen, sum, ZERO_FEN } from '../../../kit/money.ts'
import { allow, forbid, invalid, refuse, type Ruling } from '../../../kit/ruling.ts'
import { drawOrder, type Hash, listHash, seedOf } from '../../procurement/rules/draw.ts'
import {
  type Call,
  callStanding,
  type Criterion,
  movedCall,
  movedProposal,
  type Proposal,
  proposalStanding,
  type Result,
} from '../rules.ts'

/** One panelist's points for one proposal, 0 to 100, in the order of the call's criteria. */
export type Sheet = { readonly proposal: string; readonly panelist: string; readonly points: readonly number[] }

/** Draws the panel from those who are tied to nobody: the first are in, the others stand by. */
export function appointPanel(
  call: Call,
  actor: Actor,
  now: Instant,
  candidates: readonly string[],
  proposals: readonly Pick<Proposal, 'hash'>[],
  hash: Hash,
): Ruling<Call> {
  const state = callStanding(call, 'appointVenturePanel', actor)
  if (!state.ok) return state
  const needed = call.terms?.panelSize ?? 0
  if (candidates.length < needed) return refuse('too-few-panelists', { needed, found: candidates.length })
  const list = candidates.toSorted()
  const bidHashes = proposals.flatMap((proposal) => proposal.hash ?? [])
  const seed = seedOf({ secret: call.secret ?? '', bidHashes, list }, hash)
  const order = drawOrder(list, seed, hash)
  return allow(
    movedCall(call, state.value, now, {
      draw: { order, seed, listHash: listHash(list, hash) },
      panel: order.slice(0, needed),
    }),
  )
}

/** Before the first own sheet; the next of the draw takes the seat. */
export function leavePanel(call: Call, actor: Actor, now: Instant, sheets: readonly Sheet[]): Ruling<Call> {
  const state = callStanding(call, 'leaveVenturePanel', actor)
  if (!state.ok) return state
  if (actor.kind !== 'person') return forbid('not-on-panel')
  const me = actor.personId
  if (sheets.some((sheet) => sheet.panelist === me)) return refuse('scored-before')
  const replaced = [...call.replaced, me]
  const next = call.draw?.order.find((person) => !call.panel.includes(person) && !replaced.includes(person))
  if (next === undefined) return refuse('nobody-stands-by')
  return allow(
    movedCall(call, state.value, now, {
      replaced,
      panel: call.panel.map((person) => (person === me ? next : person)),
    }),
  )
}

/** By a member of the panel who is tied to no proposer, all criteria at once; once each is kept by the store. */
export function scoreProposal(
  proposal: Proposal,
  call: Call,
  actor: Actor,
  now: Instant,
  body: { readonly points: readonly number[] },
  tied: readonly string[],
): Ruling<Proposal> {
  const state = proposalStanding(proposal, call, 'scoreProposal', actor, now)
  if (!state.ok) return state
  if (actor.kind !== 'person' || tied.includes(actor.personId)) return forbid('tied-to-proposer')
  if (body.points.length !== call.criteria.length)
    return invalid([{ path: 'body.points', code: 'points-per-criterion', params: { count: call.criteria.length } }])
  return allow(proposal)
}

/** A sheet's weighted points, in hundredths of a point (0 to 10000). */
export function sheetScore(criteria: readonly Criterion[], points: readonly number[]): number {
  return criteria.reduce((total, each, index) => total + each.weight * (points[index] ?? 0), 0)
}

/** The panel's mean for a proposal in hundredths, rounded down; 0 without sheets. */
export function panelScore(criteria: readonly Criterion[], sheets: readonly Sheet[], proposal: string): number {
  const scores = sheets
    .filter((sheet) => sheet.proposal === proposal)
    .map((sheet) => sheetScore(criteria, sheet.points))
  return scores.length === 0 ? 0 : Math.floor(scores.reduce((one, other) => one + other, 0) / scores.length)
}

/** The residents' part in hundredths: the share of the most votes that a proposal got, so that the favourite has 100 points. */
export function voteScore(votes: number, most: number): number {
  return most <= 0 ? 0 : Math.floor((votes * 10_000) / most)
}

type Weights = Pick<Call, 'criteria' | 'voteWeight' | 'panelWeight'>
type Voted = { readonly id: string; readonly votes: number }

/** Best first by the declared weights; equal scores by the panel's, then in the order of `drawn`. Ranks from 1. */
export function ranking(
  weights: Weights,
  proposals: readonly Voted[],
  sheets: readonly Sheet[],
  drawn: readonly string[],
): (Result & { readonly id: string })[] {
  const most = Math.max(0, ...proposals.map((proposal) => proposal.votes))
  const place = new Map(drawn.map((id, index) => [id, index]))
  return proposals
    .map(({ id, votes }) => {
      const [residents, panel] = [voteScore(votes, most), panelScore(weights.criteria, sheets, id)]
      const score = Math.floor((weights.voteWeight * residents + weights.panelWeight * panel) / 100)
      return { id, votes, voteScore: residents, panelScore: panel, score }
    })
    .toSorted(
      (one, other) =>
        other.score - one.score ||
        other.panelScore - one.panelScore ||
        (place.get(one.id) ?? 0) - (place.get(other.id) ?? 0),
    )
    .map((each, index) => ({ ...each, rank: index + 1 }))
}

/**
 * Who gets an award, in the order of rank: each the amount asked, whole or not at all. What the panel scored below the least, or what no
 * longer fits into the money, is passed over and the next one is looked at. Together never above `total`, each never above `ceiling`.
 */
export function awards(
  ranked: readonly { readonly id: string; readonly panelScore: number; readonly asked: Fen }[],
  money: { readonly total: Fen; readonly ceiling: Fen },
  leastScore: number,
): Map<string, Fen> {
  const given = new Map<string, Fen>()
  let left = money.total
  for (const { id, panelScore: points, asked } of ranked) {
    if (points < leastScore * 100 || asked > left || asked > money.ceiling || asked <= 0n) continue
    given.set(id, asked)
    left = fen(left - asked)
  }
  return given
}

/** How many sheets are still to come. */
export function sheetsLeft(call: Call, proposals: readonly Proposal[], sheets: readonly Sheet[]): number {
  const voted = new Set<string>(proposals.filter((each) => each.state === 'voted').map((each) => each.id))
  const done = sheets.filter((sheet) => voted.has(sheet.proposal) && call.panel.includes(sheet.panelist)).length
  return voted.size * Math.max(call.panel.length, call.terms?.panelSize ?? 1) - done
}

/** Members of the panel who have a sheet to fill in. */
export function panelLeft(call: Call, proposals: readonly Proposal[], sheets: readonly Sheet[]): string[] {
  const voted = proposals.filter((each) => each.state === 'voted').length
  const known = new Set<string>(proposals.map((each) => each.id))
  return call.panel.filter(
    (person) => sheets.filter((sheet) => sheet.panelist === person && known.has(sheet.proposal)).length < voted,
  )
}

/** The result: ranks and awards of every proposal that was voted on. Refuses sheets-missing. */
export function announceCall(
  call: Call,
  actor: Actor,
  now: Instant,
  proposals: readonly Proposal[],
  sheets: readonly Sheet[],
  hash: Hash,
): Ruling<{ readonly call: Call; readonly proposals: readonly Proposal[] }> {
  const state = callStanding(call, 'announceCall', actor)
  if (!state.ok) return state
  const left = sheetsLeft(call, proposals, sheets)
  if (left > 0) return refuse('sheets-missing', { left })
  const voted = proposals.filter((proposal) => proposal.state === 'voted')
  const list = voted.map((proposal) => proposal.id).toSorted()
  const bidHashes = voted.flatMap((proposal) => proposal.hash ?? [])
  const drawn = drawOrder(list, seedOf({ secret: call.secret ?? '', bidHashes, list }, hash), hash)
  const byId = new Map<string, Proposal>(voted.map((proposal) => [proposal.id, proposal]))
  // As they are counted, so they weigh: only sheets of those who sit on the panel now.
  const ranked = ranking(
    call,
    voted.map(({ id, votes = 0 }) => ({ id, votes })),
    sheets.filter((sheet) => call.panel.includes(sheet.panelist)),
    drawn,
  )
  const given = awards(
    ranked.map(({ id, panelScore: points }) => ({ id, panelScore: points, asked: byId.get(id)?.asked ?? ZERO_FEN })),
    call,
    call.terms?.leastScore ?? 0,
  )
  return allow({
    call: movedCall(call, state.value, now, { awarded: sum(given.values()) }),
    proposals: ranked.flatMap(({ id, ...result }) => {
      const proposal = byId.get(id)
      if (proposal === undefined) return []
      const award = given.get(id)
      return [movedProposal(proposal, award === undefined ? 'not-awarded' : 'awarded', now, { result, award })]
    }),
  })
}

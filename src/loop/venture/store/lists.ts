// Venture calls: the SQL of lists and of what the search finds.
import { jurisdictionOf, splitId, type DivisionCode } from '../../../kit/id.ts'
import type { Instant } from '../../../kit/instant.ts'
import { Conditions, under } from '../../../platform/conditions.ts'
import { rowOf, rowsOf, type Tx } from '../../../platform/database.ts'
import { recordFinder } from '../../../platform/search/record-finder.ts'
import type { CallState, ProposalState } from '../contract.ts'
import type { Call, Proposal } from '../rules.ts'
import { callColumns, type CallDbRow, callOf } from '../store.ts'
import { proposalColumns, type ProposalDbRow, proposalOf } from './proposals.ts'

export type CallFilter = {
  /** Opened ones only. */
  readonly openOnly: boolean
  /** Desks: what lies below these, planned ones among them, and the opened ones of the keepers above. */
  readonly divisions?: readonly string[]
  readonly keepers?: readonly string[]
  /** In which this place takes part: it lies in one of the call's places, or one of these lies in it. */
  readonly place?: DivisionCode
  readonly state?: CallState
  /** On whose panel this person sits. */
  readonly panelist?: string
}

function conditions(filter: CallFilter): Conditions {
  const found = new Conditions()
  if (filter.openOnly) found.add('c.opened_at IS NOT NULL')
  if (filter.divisions !== undefined)
    found.anyOf([
      ...filter.divisions.map((division) => under('c.division', division)),
      ['(c.division = ANY(?) AND c.opened_at IS NOT NULL)', filter.keepers ?? []],
    ])
  if (filter.place !== undefined) {
    if (filter.place.length >= 6) found.add('c.jurisdiction = ?', jurisdictionOf(filter.place))
    found.add(
      'EXISTS (SELECT 1 FROM unnest(c.places) AS place WHERE starts_with(?, place) OR starts_with(place, ?))',
      filter.place,
      filter.place,
    )
  }
  if (filter.state !== undefined) found.add('c.state = ?', filter.state)
  if (filter.panelist !== undefined) found.add('c.panel @> ARRAY[?]::text[]', filter.panelist)
  return found
}

/** Newest first; `after`: the id behind which the page begins. */
export async function listCallRows(
  tx: Tx,
  filter: CallFilter,
  size: number,
  after: string | undefined,
): Promise<(Call & { readonly updatedAt: Instant })[]> {
  const found = conditions(filter)
  if (after !== undefined) found.add('c.id < ?', after)
  const rows = await rowsOf<CallDbRow>(
    tx,
    `SELECT ${callColumns} FROM venture.call c WHERE ${found.where} ORDER BY c.id DESC LIMIT ${found.next}`,
    [...found.values, size],
  )
  return rows.map((row) => ({ ...callOf(row), updatedAt: row.updated_at }))
}

async function countOf(tx: Tx, from: string, found: Conditions, cap: number): Promise<number> {
  const row = await rowOf<{ n: bigint }>(
    tx,
    `SELECT count(*) AS n FROM (SELECT 1 FROM ${from} WHERE ${found.where} LIMIT ${found.next}) AS bounded`,
    [...found.values, cap + 1],
  )
  return Number(row?.n ?? 0n)
}

/** How many there are, counted up to `cap` + 1. */
export function listCallCount(tx: Tx, filter: CallFilter, cap: number): Promise<number> {
  return countOf(tx, 'venture.call c', conditions(filter), cap)
}

export type ProposalFilter = {
  readonly call?: string
  readonly organizations?: readonly string[]
  /** Admitted ones only, or also what was handed in. */
  readonly seen: 'public' | 'desk' | 'own'
  readonly state?: ProposalState
}

function proposalConditions(filter: ProposalFilter): Conditions {
  const found = new Conditions()
  if (filter.call !== undefined) {
    const { jurisdiction, uuid } = splitId(filter.call)
    found.add('p.jurisdiction = ?', jurisdiction).add('p.call = ?', uuid)
  }
  if (filter.organizations !== undefined) found.add('p.organization = ANY(?)', filter.organizations)
  if (filter.seen === 'public') found.add('p.admitted_at IS NOT NULL')
  if (filter.seen === 'desk') found.add('p.hash IS NOT NULL')
  if (filter.state !== undefined) found.add('p.state = ?', filter.state)
  return found
}

/** Newest first; `after`: the id behind which the page begins. */
export async function listProposalRows(
  tx: Tx,
  filter: ProposalFilter,
  size: number,
  after: string | undefined,
): Promise<Proposal[]> {
  const found = proposalConditions(filter)
  if (after !== undefined) found.add('p.id < ?', after)
  const rows = await rowsOf<ProposalDbRow>(
    tx,
    `SELECT ${proposalColumns} FROM venture.proposal p WHERE ${found.where} ORDER BY p.id DESC LIMIT ${found.next}`,
    [...found.values, size],
  )
  return rows.map(proposalOf)
}

export function listProposalCount(tx: Tx, filter: ProposalFilter, cap: number): Promise<number> {
  return countOf(tx, 'venture.proposal p', proposalConditions(filter), cap)
}

/** Opened calls everybody finds; planned ones the desks of the place. */
export const listFoundCalls = recordFinder({
  table: 'venture.call',
  words: 'r.search',
  open: 'r.opened_at IS NOT NULL',
})

/** Admitted proposals everybody finds; before that, their organization and the desks. */
export const listFoundProposals = recordFinder({
  table: 'venture.proposal',
  words: 'r.search',
  open: 'r.admitted_at IS NOT NULL',
  place: "CASE WHEN r.hash IS NULL THEN '' ELSE r.division END",
  organization: 'r.organization',
})

// Venture calls: the SQL of proposals and of the notes of their coaches.
import { asDivision, joinId, splitId } from '../../../kit/id.ts'
import type { Instant } from '../../../kit/instant.ts'
import { type Fen, formatYuan, parseYuan, ZERO_FEN } from '../../../kit/money.ts'
import { rowOf, rowsOf, type Tx } from '../../../platform/database.ts'
import { tsvectorText } from '../../../platform/search/tokens.ts'
import type { Statement } from '../../../platform/together.ts'
import type { ProposalState } from '../contract.ts'
import type { Call, Proposal } from '../rules.ts'
import { callColumns, type CallDbRow, callOf } from '../store.ts'

type ShownParts = Pick<
  Proposal,
  'targetGroup' | 'goals' | 'activities' | 'results' | 'start' | 'end' | 'partners' | 'strengths'
>
type Line = Proposal['budgetLines'][number]
/** Money as text, since JSON has no bigint. */
type DesignJson = ShownParts & {
  readonly budgetLines: readonly (Omit<Line, 'unitPrice' | 'amount'> & {
    readonly unitPrice: string
    readonly amount: string
  })[]
}

/** A row of venture.proposal as the driver gives it. */
export type ProposalDbRow = {
  jurisdiction: string
  id: string
  call: string
  division: string
  state: ProposalState
  version: number
  number_year: number
  number_value: bigint
  organization: string
  organization_name: string
  authors: string[]
  title: string
  needs: string[]
  asked: bigint
  own: bigint | null
  design: DesignJson
  hash: string | null
  reason: string | null
  admitted_at: Instant | null
  votes: number | null
  vote_score: number | null
  panel_score: number | null
  score: number | null
  rank: number | null
  award: bigint | null
  coachings: number
  project: string | null
  created_at: Instant
  history: Proposal['history']
}

const columns = [
  'jurisdiction',
  'id',
  'call',
  'number_year',
  'number_value',
  'organization',
  'organization_name',
  'created_at',
  'division',
  'state',
  'version',
  'authors',
  'title',
  'needs',
  'asked',
  'own',
  'design',
  'hash',
  'reason',
  'admitted_at',
  'votes',
  'vote_score',
  'panel_score',
  'score',
  'rank',
  'award',
  'coachings',
  'project',
  'history',
] as const
const bornWith = 8
const changing = columns.slice(bornWith)
/** The columns of a proposal in a SELECT. */
export const proposalColumns = columns.map((column) => `p.${column}`).join(', ')

const some = <T>(value: T | null): T | undefined => value ?? undefined
const money = (value: bigint | null): Fen | undefined => (value === null ? undefined : (value as Fen))
const moneyOfText = (text: string): Fen => parseYuan(text) ?? ZERO_FEN

function resultOf(row: ProposalDbRow): Proposal['result'] {
  const { rank, votes, vote_score, panel_score, score } = row
  return rank === null || votes === null || vote_score === null || panel_score === null || score === null
    ? undefined
    : { rank, votes, voteScore: vote_score, panelScore: panel_score, score }
}

export function proposalOf(row: ProposalDbRow): Proposal {
  return {
    ...row.design,
    budgetLines: row.design.budgetLines.map((line) => ({
      ...line,
      unitPrice: moneyOfText(line.unitPrice),
      amount: moneyOfText(line.amount),
    })),
    id: joinId(row.jurisdiction, row.id),
    call: joinId(row.jurisdiction, row.call),
    number: { year: row.number_year, value: Number(row.number_value) },
    division: asDivision(row.division),
    state: row.state,
    version: row.version,
    organization: row.organization,
    organizationName: row.organization_name,
    authors: row.authors,
    title: row.title,
    needs: row.needs,
    asked: row.asked as Fen,
    own: money(row.own),
    hash: some(row.hash),
    reason: some(row.reason),
    admittedAt: some(row.admitted_at),
    votes: some(row.votes),
    result: resultOf(row),
    award: money(row.award),
    coachings: row.coachings,
    project: some(row.project),
    createdAt: row.created_at,
    history: row.history,
  }
}

/** What an organization hands in, as text: its hash is part of the draw's seed. */
export function designText(proposal: Proposal): string {
  const { targetGroup, goals, activities, results, start, end, partners, strengths } = proposal
  const design: DesignJson = {
    ...{ targetGroup, goals, activities, results, start, end, partners, strengths },
    budgetLines: proposal.budgetLines.map((line) => ({
      ...line,
      unitPrice: formatYuan(line.unitPrice),
      amount: formatYuan(line.amount),
    })),
  }
  return JSON.stringify(design)
}

function valuesOf(proposal: Proposal): Record<(typeof columns)[number], unknown> {
  const { jurisdiction, uuid } = splitId(proposal.id)
  const { result } = proposal
  return {
    jurisdiction,
    id: uuid,
    call: splitId(proposal.call).uuid,
    number_year: proposal.number.year,
    number_value: proposal.number.value,
    organization: proposal.organization,
    organization_name: proposal.organizationName,
    created_at: proposal.createdAt,
    division: proposal.division,
    state: proposal.state,
    version: proposal.version,
    authors: proposal.authors,
    title: proposal.title,
    needs: proposal.needs,
    asked: proposal.asked,
    own: proposal.own ?? null,
    design: designText(proposal),
    hash: proposal.hash ?? null,
    reason: proposal.reason ?? null,
    admitted_at: proposal.admittedAt ?? null,
    votes: result?.votes ?? proposal.votes ?? null,
    vote_score: result?.voteScore ?? null,
    panel_score: result?.panelScore ?? null,
    score: result?.score ?? null,
    rank: result?.rank ?? null,
    award: proposal.award ?? null,
    coachings: proposal.coachings,
    project: proposal.project ?? null,
    history: JSON.stringify(proposal.history),
  }
}

const selectProposal = `SELECT ${proposalColumns} FROM venture.proposal p WHERE p.jurisdiction = $1 AND p.id = $2`

async function find(tx: Tx, text: string, id: string): Promise<Proposal | undefined> {
  const { jurisdiction, uuid } = splitId(id)
  const row = await rowOf<ProposalDbRow>(tx, text, [jurisdiction, uuid])
  return row === undefined ? undefined : proposalOf(row)
}

export function findProposal(tx: Tx, id: string): Promise<Proposal | undefined> {
  return find(tx, selectProposal, id)
}

const lockUnderCall = `
SELECT ${proposalColumns}, ${callColumns.replaceAll(/c\.(\w+)/g, 'c.$1 AS c_$1')} FROM venture.proposal p
JOIN venture.call c ON c.jurisdiction = p.jurisdiction AND c.id = p.call
WHERE p.jurisdiction = $1 AND p.id = $2 FOR UPDATE OF p FOR SHARE OF c`

/** A proposal locked, and its call kept from moving on; in one statement. */
export async function findProposalForUpdate(
  tx: Tx,
  id: string,
): Promise<{ proposal: Proposal; call: Call } | undefined> {
  const { jurisdiction, uuid } = splitId(id)
  const row = await rowOf<ProposalDbRow>(tx, lockUnderCall, [jurisdiction, uuid])
  if (row === undefined) return undefined
  const ofCall = Object.entries(row).flatMap(([name, value]) => (name.startsWith('c_') ? [[name.slice(2), value]] : []))
  return { proposal: proposalOf(row), call: callOf(Object.fromEntries(ofCall) as CallDbRow) }
}

const insertText = `
INSERT INTO venture.proposal (${columns.join(', ')}, updated_at, search)
VALUES (${columns.map((_, index) => `$${index + 1}`).join(', ')}, $${columns.length + 1}, to_tsvector('simple', $${columns.length + 2}))`

const searched = (proposal: Proposal) => tsvectorText(`${proposal.title} ${proposal.organizationName}`)

export async function insertProposal(tx: Tx, proposal: Proposal, now: Instant): Promise<void> {
  const values = valuesOf(proposal)
  await rowOf(tx, insertText, [...columns.map((column) => values[column]), now, searched(proposal)])
}

const saveText = `
UPDATE venture.proposal SET ${changing.map((column, index) => `${column} = $${index + 3}`).join(', ')}, updated_at = $${changing.length + 3},
  search = to_tsvector('simple', $${changing.length + 4}) WHERE jurisdiction = $1 AND id = $2`

/** How a locked proposal is saved. */
export function proposalSaved(proposal: Proposal, now: Instant): Statement {
  const values = valuesOf(proposal)
  const shown = [...changing.map((column) => values[column]), now, searched(proposal)]
  return { text: saveText, values: [values.jurisdiction, values.id, ...shown] }
}

export async function saveProposal(tx: Tx, proposal: Proposal, now: Instant): Promise<void> {
  const { text, values } = proposalSaved(proposal, now)
  await rowOf(tx, text, values)
}

/** Every proposal of a call; the policy's most-proposals bounds what was handed in, drafts are few. */
export async function listProposalsOfCall(tx: Tx, call: string): Promise<Proposal[]> {
  const { jurisdiction, uuid } = splitId(call)
  const rows = await rowsOf<ProposalDbRow>(
    tx,
    `SELECT ${proposalColumns} FROM venture.proposal p
     WHERE p.jurisdiction = $1 AND p.call = $2 AND p.state NOT IN ('draft', 'withdrawn') ORDER BY p.id LIMIT 200`,
    [jurisdiction, uuid],
  )
  return rows.map(proposalOf)
}

/** How many proposals of a call stand in which state, and how many live ones of an organization. */
export type ProposalCounts = { submitted: number; admitted: number; handed: number; own: number }

const countText = `
SELECT count(*) FILTER (WHERE p.state = 'submitted') AS submitted, count(*) FILTER (WHERE p.admitted_at IS NOT NULL) AS admitted,
  count(*) FILTER (WHERE p.hash IS NOT NULL) AS handed, count(*) FILTER (WHERE p.organization = $3 AND p.state <> 'withdrawn') AS own
FROM venture.proposal p WHERE p.jurisdiction = $1 AND p.call = $2`

export async function getProposalCounts(tx: Tx, call: string, organization = ''): Promise<ProposalCounts> {
  const { jurisdiction, uuid } = splitId(call)
  const row = await rowOf<Record<keyof ProposalCounts, bigint>>(tx, countText, [jurisdiction, uuid, organization])
  if (row === undefined) throw new Error('an aggregate has one row')
  return {
    submitted: Number(row.submitted),
    admitted: Number(row.admitted),
    handed: Number(row.handed),
    own: Number(row.own),
  }
}

const stepText = `
UPDATE venture.proposal SET state = $4, version = version + 1, updated_at = $5,
  history = history || jsonb_build_array(jsonb_build_object('state', $4::text, 'at', $6::text))
WHERE jurisdiction = $1 AND call = $2 AND state = ANY($3) RETURNING authors`

/** Moves all proposals of a call that stand in one of the states on at once; answers who wrote them. */
export async function saveProposalStates(
  tx: Tx,
  call: string,
  from: readonly ProposalState[],
  to: ProposalState,
  now: Instant,
): Promise<string[]> {
  const { jurisdiction, uuid } = splitId(call)
  const rows = await rowsOf<{ authors: string[] }>(tx, stepText, [jurisdiction, uuid, [...from], to, now, now])
  return [...new Set(rows.flatMap((row) => row.authors))]
}

const resultText = `
UPDATE venture.proposal p SET state = x.state, version = p.version + 1, vote_score = x.vote_score, panel_score = x.panel_score, score = x.score,
  rank = x.rank, award = x.award, updated_at = $2,
  history = p.history || jsonb_build_array(jsonb_build_object('state', x.state, 'at', $3::text))
FROM jsonb_to_recordset($4::jsonb) AS x(id uuid, state text, vote_score integer, panel_score integer, score integer, rank integer, award bigint)
WHERE p.jurisdiction = $1 AND p.id = x.id`

/** The results of a call, all of them at once. */
export async function saveResults(
  tx: Tx,
  jurisdiction: string,
  proposals: readonly Proposal[],
  now: Instant,
): Promise<void> {
  const results = proposals.map(({ id, state, result, award }) => ({
    id: splitId(id).uuid,
    state,
    vote_score: result?.voteScore,
    panel_score: result?.panelScore,
    score: result?.score,
    rank: result?.rank,
    award: award?.toString(),
  }))
  await rowOf(tx, resultText, [jurisdiction, now, now, JSON.stringify(results)])
}

export type CoachingRow = { words: string; at: Instant; person: string }

export async function insertCoaching(tx: Tx, proposal: string, id: string, note: CoachingRow): Promise<void> {
  const { jurisdiction, uuid } = splitId(proposal)
  await rowOf(
    tx,
    'INSERT INTO venture.coaching (jurisdiction, proposal, id, person, words, at) VALUES ($1, $2, $3, $4, $5, $6)',
    [jurisdiction, uuid, splitId(id).uuid, note.person, note.words, note.at],
  )
}

/** The newest 50 notes. */
export async function listCoaching(tx: Tx, proposal: string): Promise<CoachingRow[]> {
  const { jurisdiction, uuid } = splitId(proposal)
  return rowsOf(
    tx,
    'SELECT c.words, c.at, c.person FROM venture.coaching c WHERE c.jurisdiction = $1 AND c.proposal = $2 ORDER BY c.id DESC LIMIT 50',
    [jurisdiction, uuid],
  )
}

export async function listProposalsById(tx: Tx, ids: readonly string[]): Promise<Proposal[]> {
  if (ids.length === 0) return []
  const keys = ids.map(splitId)
  const rows = await rowsOf<ProposalDbRow>(
    tx,
    `SELECT ${proposalColumns} FROM venture.proposal p WHERE p.jurisdiction = ANY($1) AND p.id = ANY($2)`,
    [[...new Set(keys.map((key) => key.jurisdiction))], keys.map((key) => key.uuid)],
  )
  return rows.map(proposalOf)
}

// Venture calls: the SQL of single calls.
import { asDivision, joinId, splitId } from '../../kit/id.ts'
import type { Instant } from '../../kit/instant.ts'
import type { Fen } from '../../kit/money.ts'
import type { PlainDate } from '../../kit/plain-date.ts'
import { rowOf, rowsOf, type Tx } from '../../platform/database.ts'
import { tsvectorText } from '../../platform/search/tokens.ts'
import type { Statement } from '../../platform/together.ts'
import type { Source } from '../../registers/funds/contract.ts'
import type { CategoryCode } from '../needs/contract/taxonomy.ts'
import type { CallState } from './contract.ts'
import type { Call, CallTerms } from './rules.ts'

type DesignJson = Pick<Call, 'theme' | 'criteria' | 'voteWeight' | 'panelWeight'>

/** A row of venture.call as the driver gives it. */
export type CallDbRow = {
  jurisdiction: string
  id: string
  division: string
  state: CallState
  version: number
  number_year: number
  number_value: bigint
  title: string
  places: string[]
  categories: CategoryCode[]
  ceiling: bigint
  total: bigint
  awarded: bigint | null
  source: Source
  purchase_item: string
  design: DesignJson
  proposals_until: PlainDate
  vote_until: PlainDate
  score_until: PlainDate
  terms: CallTerms | null
  secret: string | null
  commitment: string | null
  screen_until: Instant | null
  draw: Call['draw'] | null
  panel: string[]
  replaced: string[]
  created_at: Instant
  updated_at: Instant
  opened_at: Instant | null
  end_reason: string | null
  history: Call['history']
}

const columns = [
  'jurisdiction',
  'id',
  'division',
  'number_year',
  'number_value',
  'created_at',
  'state',
  'version',
  'title',
  'places',
  'categories',
  'ceiling',
  'total',
  'awarded',
  'source',
  'purchase_item',
  'design',
  'proposals_until',
  'vote_until',
  'score_until',
  'terms',
  'secret',
  'commitment',
  'screen_until',
  'draw',
  'panel',
  'replaced',
  'opened_at',
  'end_reason',
  'history',
] as const
const bornWith = 6
const changing = columns.slice(bornWith)
/** The columns of a call in a SELECT. */
export const callColumns = [...columns, 'updated_at'].map((column) => `c.${column}`).join(', ')

const some = <T>(value: T | null): T | undefined => value ?? undefined

export function callOf(row: CallDbRow): Call {
  return {
    ...row.design,
    id: joinId(row.jurisdiction, row.id),
    number: { year: row.number_year, value: Number(row.number_value) },
    division: asDivision(row.division),
    state: row.state,
    version: row.version,
    title: row.title,
    places: row.places.map(asDivision),
    categories: row.categories,
    ceiling: row.ceiling as Fen,
    total: row.total as Fen,
    awarded: row.awarded === null ? undefined : (row.awarded as Fen),
    source: row.source,
    purchaseItem: row.purchase_item,
    proposalsUntil: row.proposals_until,
    voteUntil: row.vote_until,
    scoreUntil: row.score_until,
    terms: some(row.terms),
    secret: some(row.secret),
    commitment: some(row.commitment),
    screenUntil: some(row.screen_until),
    draw: some(row.draw),
    panel: row.panel,
    replaced: row.replaced,
    createdAt: row.created_at,
    openedAt: some(row.opened_at),
    endReason: some(row.end_reason),
    history: row.history,
  }
}

function valuesOf(call: Call): Record<(typeof columns)[number], unknown> {
  const { jurisdiction, uuid } = splitId(call.id)
  const { theme, criteria, voteWeight, panelWeight } = call
  const design: DesignJson = { theme, criteria, voteWeight, panelWeight }
  return {
    jurisdiction,
    id: uuid,
    division: call.division,
    number_year: call.number.year,
    number_value: call.number.value,
    created_at: call.createdAt,
    state: call.state,
    version: call.version,
    title: call.title,
    places: call.places,
    categories: call.categories,
    ceiling: call.ceiling,
    total: call.total,
    awarded: call.awarded ?? null,
    source: call.source,
    purchase_item: call.purchaseItem,
    design: JSON.stringify(design),
    proposals_until: call.proposalsUntil,
    vote_until: call.voteUntil,
    score_until: call.scoreUntil,
    terms: call.terms === undefined ? null : JSON.stringify(call.terms),
    secret: call.secret ?? null,
    commitment: call.commitment ?? null,
    screen_until: call.screenUntil ?? null,
    draw: call.draw === undefined ? null : JSON.stringify(call.draw),
    panel: call.panel,
    replaced: call.replaced,
    opened_at: call.openedAt ?? null,
    end_reason: call.endReason ?? null,
    history: JSON.stringify(call.history),
  }
}

const selectCall = `SELECT ${callColumns} FROM venture.call c WHERE c.jurisdiction = $1 AND c.id = $2`

async function find(tx: Tx, text: string, id: string): Promise<Call | undefined> {
  const { jurisdiction, uuid } = splitId(id)
  const row = await rowOf<CallDbRow>(tx, text, [jurisdiction, uuid])
  return row === undefined ? undefined : callOf(row)
}

export function findCall(tx: Tx, id: string): Promise<Call | undefined> {
  return find(tx, selectCall, id)
}

export function findCallForUpdate(tx: Tx, id: string): Promise<Call | undefined> {
  return find(tx, `${selectCall} FOR UPDATE`, id)
}

const ofProposal = `
SELECT ${callColumns} FROM venture.call c WHERE c.jurisdiction = $1
  AND c.id = (SELECT p.call FROM venture.proposal p WHERE p.jurisdiction = $1 AND p.id = $2) FOR UPDATE`

/** The call of a proposal, locked. */
export function findCallOfProposalForUpdate(tx: Tx, proposal: string): Promise<Call | undefined> {
  return find(tx, ofProposal, proposal)
}

/** Kept from moving on while many act under it at once: votes, sheets, drafts. */
export function findCallForShare(tx: Tx, id: string): Promise<Call | undefined> {
  return find(tx, `${selectCall} FOR SHARE`, id)
}

const insertText = `
INSERT INTO venture.call (${columns.join(', ')}, updated_at, search)
VALUES (${columns.map((_, index) => `$${index + 1}`).join(', ')}, $${columns.length + 1}, to_tsvector('simple', $${columns.length + 2}))`

export async function insertCall(tx: Tx, call: Call, now: Instant): Promise<void> {
  const values = valuesOf(call)
  await rowOf(tx, insertText, [...columns.map((column) => values[column]), now, tsvectorText(call.title)])
}

const saveText = `
UPDATE venture.call SET ${changing.map((column, index) => `${column} = $${index + 3}`).join(', ')}, updated_at = $${changing.length + 3},
  search = to_tsvector('simple', $${changing.length + 4}) WHERE jurisdiction = $1 AND id = $2`

/** How a locked call is saved. */
export function callSaved(call: Call, now: Instant): Statement {
  const values = valuesOf(call)
  const shown = [...changing.map((column) => values[column]), now, tsvectorText(call.title)]
  return { text: saveText, values: [values.jurisdiction, values.id, ...shown] }
}

export async function saveCall(tx: Tx, call: Call, now: Instant): Promise<void> {
  const { text, values } = callSaved(call, now)
  await rowOf(tx, text, values)
}

export async function listCallsById(tx: Tx, ids: readonly string[]): Promise<Call[]> {
  if (ids.length === 0) return []
  const keys = ids.map(splitId)
  const rows = await rowsOf<CallDbRow>(
    tx,
    `SELECT ${callColumns} FROM venture.call c WHERE c.jurisdiction = ANY($1) AND c.id = ANY($2)`,
    [[...new Set(keys.map((key) => key.jurisdiction))], keys.map((key) => key.uuid)],
  )
  return rows.map(callOf)
}

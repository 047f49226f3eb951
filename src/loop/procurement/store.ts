// Procurement: the SQL of single tenders.
import { asDivision, joinId, splitId } from '../../kit/id.ts'
import type { Instant } from '../../kit/instant.ts'
import type { Fen } from '../../kit/money.ts'
import { rowOf, type Tx } from '../../platform/database.ts'
import { tsvectorText } from '../../platform/search/tokens.ts'
import type { Statement } from '../../platform/together.ts'
import type { ProjectMode } from '../projects/contract.ts'
import type { TenderState } from './contract.ts'
import type { Procedure } from './contract/terms.ts'
import type { Award, BidId, Tender } from './rules.ts'
import { jsonOfLots, type LotJson, lotsOfJson } from './store/lots.ts'

/** A row of procurement.tender as the driver gives it. */
export type TenderRow = {
  jurisdiction: string
  id: string
  division: string
  state: TenderState
  version: number
  number_year: number
  number_value: bigint
  project: string
  project_number: string
  title: string
  mode: ProjectMode
  categories: string[]
  budget: bigint
  procedure: Procedure
  description: string
  criteria: Tender['criteria']
  requirements: Tender['requirements']
  notice_days: number | null
  sealing: Tender['sealing'] | null
  procurers: string[]
  designers: string[]
  terms: Tender['terms'] | null
  secret: string | null
  commitment: string | null
  created_at: Instant
  published_at: Instant | null
  deadline: Instant | null
  closed_at: Instant | null
  opened_at: Instant | null
  opened_by: string | null
  draw: Tender['draw'] | null
  panel: string[]
  replaced: string[]
  round: number
  award_bid: string | null
  award_organization: string | null
  award_price: bigint | null
  award_score: number | null
  award_ranking: Award['ranking'] | null
  award_at: Instant | null
  notice_until: Instant | null
  standstill_until: Instant | null
  stopped_at: Instant | null
  contract: string | null
  end_reason: Tender['endReason'] | null
  end_words: string | null
  history: Tender['history']
  item: string
  split: Tender['split'] | null
  pending: Tender['pending']
  terms_number: number
  binding_number: number
  binding_at: Instant | null
  lots: LotJson[] | null
  lot_limit: number | null
}

const columns = [
  'jurisdiction',
  'id',
  'division',
  'state',
  'version',
  'number_year',
  'number_value',
  'project',
  'project_number',
  'title',
  'mode',
  'categories',
  'budget',
  'procedure',
  'description',
  'criteria',
  'requirements',
  'notice_days',
  'sealing',
  'procurers',
  'designers',
  'terms',
  'secret',
  'commitment',
  'created_at',
  'published_at',
  'deadline',
  'closed_at',
  'opened_at',
  'opened_by',
  'draw',
  'panel',
  'replaced',
  'round',
  'award_bid',
  'award_organization',
  'award_price',
  'award_score',
  'award_ranking',
  'award_at',
  'notice_until',
  'standstill_until',
  'stopped_at',
  'contract',
  'end_reason',
  'end_words',
  'history',
  'item',
  'split',
  'pending',
  'terms_number',
  'binding_number',
  'binding_at',
  'lots',
  'lot_limit',
] as const
const bornWith: readonly string[] = [
  'jurisdiction',
  'id',
  'division',
  'number_year',
  'number_value',
  'project',
  'project_number',
  'created_at',
  'item',
]
const changing = columns.filter((column) => !bornWith.includes(column))

/** The columns of a tender in a SELECT. */
export const tenderColumns = columns.map((column) => `t.${column}`).join(', ')

const some = <T>(value: T | null): T | undefined => value ?? undefined

function awardOf(row: TenderRow): Award | undefined {
  const { award_bid, award_organization, award_price, award_score, award_ranking, award_at } = row
  if (
    award_bid === null ||
    award_organization === null ||
    award_price === null ||
    award_score === null ||
    award_ranking === null ||
    award_at === null
  ) {
    return undefined
  }
  return {
    bid: award_bid as BidId,
    organization: award_organization,
    price: award_price as Fen,
    score: award_score,
    ranking: award_ranking,
    at: award_at,
  }
}

export function tenderOf(row: TenderRow): Tender {
  return {
    id: joinId(row.jurisdiction, row.id),
    number: { year: row.number_year, value: Number(row.number_value) },
    division: asDivision(row.division),
    state: row.state,
    version: row.version,
    project: row.project,
    projectNumber: row.project_number,
    title: row.title,
    mode: row.mode,
    categories: row.categories,
    budget: row.budget as Fen,
    procedure: row.procedure,
    description: row.description,
    criteria: row.criteria,
    requirements: row.requirements,
    noticeDays: some(row.notice_days),
    sealing: some(row.sealing),
    procurers: row.procurers,
    designers: row.designers,
    terms: some(row.terms),
    secret: some(row.secret),
    commitment: some(row.commitment),
    createdAt: row.created_at,
    publishedAt: some(row.published_at),
    deadline: some(row.deadline),
    closedAt: some(row.closed_at),
    openedAt: some(row.opened_at),
    openedBy: some(row.opened_by),
    draw: some(row.draw),
    panel: row.panel,
    replaced: row.replaced,
    round: row.round,
    award: awardOf(row),
    noticeUntil: some(row.notice_until),
    standstillUntil: some(row.standstill_until),
    stoppedAt: some(row.stopped_at),
    contract: some(row.contract),
    endReason: some(row.end_reason),
    endWords: some(row.end_words),
    history: row.history,
    item: row.item,
    split: some(row.split),
    pending: row.pending,
    termsNumber: row.terms_number,
    bindingNumber: row.binding_number,
    bindingAt: some(row.binding_at),
    lots: lotsOfJson(row.lots),
    lotLimit: some(row.lot_limit),
  }
}

const json = (value: unknown) => (value === undefined ? null : JSON.stringify(value))

function valuesOf(tender: Tender): Record<(typeof columns)[number], unknown> {
  const { jurisdiction, uuid } = splitId(tender.id)
  const { award } = tender
  return {
    jurisdiction,
    id: uuid,
    division: tender.division,
    state: tender.state,
    version: tender.version,
    number_year: tender.number.year,
    number_value: tender.number.value,
    project: tender.project,
    project_number: tender.projectNumber,
    title: tender.title,
    mode: tender.mode,
    categories: tender.categories,
    budget: tender.budget,
    procedure: tender.procedure,
    description: tender.description,
    criteria: json(tender.criteria),
    requirements: json(tender.requirements),
    notice_days: tender.noticeDays ?? null,
    sealing: json(tender.sealing),
    procurers: tender.procurers,
    designers: tender.designers,
    terms: json(tender.terms),
    secret: tender.secret ?? null,
    commitment: tender.commitment ?? null,
    created_at: tender.createdAt,
    published_at: tender.publishedAt ?? null,
    deadline: tender.deadline ?? null,
    closed_at: tender.closedAt ?? null,
    opened_at: tender.openedAt ?? null,
    opened_by: tender.openedBy ?? null,
    draw: json(tender.draw),
    panel: tender.panel,
    replaced: tender.replaced,
    round: tender.round,
    award_bid: award?.bid ?? null,
    award_organization: award?.organization ?? null,
    award_price: award?.price ?? null,
    award_score: award?.score ?? null,
    award_ranking: json(award?.ranking),
    award_at: award?.at ?? null,
    notice_until: tender.noticeUntil ?? null,
    standstill_until: tender.standstillUntil ?? null,
    stopped_at: tender.stoppedAt ?? null,
    contract: tender.contract ?? null,
    end_reason: tender.endReason ?? null,
    end_words: tender.endWords ?? null,
    history: json(tender.history),
    item: tender.item,
    split: json(tender.split),
    pending: json(tender.pending),
    terms_number: tender.termsNumber,
    binding_number: tender.bindingNumber,
    binding_at: tender.bindingAt ?? null,
    lots: json(jsonOfLots(tender.lots)),
    lot_limit: tender.lotLimit ?? null,
  }
}

const selectTender = `SELECT ${tenderColumns} FROM procurement.tender t WHERE t.jurisdiction = $1 AND t.id = $2`

export async function findTender(tx: Tx, id: string): Promise<Tender | undefined> {
  const { jurisdiction, uuid } = splitId(id)
  const row = await rowOf<TenderRow>(tx, selectTender, [jurisdiction, uuid])
  return row === undefined ? undefined : tenderOf(row)
}

export async function findTenderForUpdate(tx: Tx, id: string): Promise<Tender | undefined> {
  const { jurisdiction, uuid } = splitId(id)
  const row = await rowOf<TenderRow>(tx, `${selectTender} FOR UPDATE`, [jurisdiction, uuid])
  return row === undefined ? undefined : tenderOf(row)
}

const insertText = `
INSERT INTO procurement.tender (${columns.join(', ')}, updated_at, search)
VALUES (${columns.map((_, index) => `$${index + 1}`).join(', ')}, $${columns.length + 1}, to_tsvector('simple', $${columns.length + 2}))`

export async function insertTender(tx: Tx, tender: Tender, now: Instant): Promise<void> {
  const values = valuesOf(tender)
  await rowOf(tx, insertText, [...columns.map((column) => values[column]), now, tsvectorText(tender.title)])
}

const saveText = `
UPDATE procurement.tender SET ${changing.map((column, index) => `${column} = $${index + 3}`).join(', ')}, updated_at = $${changing.length + 3},
  search = to_tsvector('simple', $${changing.length + 4})
WHERE jurisdiction = $1 AND id = $2`

/** How a locked tender is saved. */
export function tenderSaved(tender: Tender, now: Instant): Statement {
  const values = valuesOf(tender)
  const shown = [...changing.map((column) => values[column]), now, tsvectorText(tender.title)]
  return { text: saveText, values: [values.jurisdiction, values.id, ...shown] }
}

export async function saveTender(tx: Tx, tender: Tender, now: Instant): Promise<void> {
  const { text, values } = tenderSaved(tender, now)
  await rowOf(tx, text, values)
}

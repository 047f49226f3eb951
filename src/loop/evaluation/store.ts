// Evaluation: the SQL of evaluations. Nothing but SQL.
import { behind, type Condition, Conditions, under, within } from '../../platform/conditions.ts'
import type { Scopes } from '../../kit/actor.ts'
import { asDivision, type DivisionCode, joinId, splitId } from '../../kit/id.ts'
import type { Instant } from '../../kit/instant.ts'
import { rowOf, rowsOf, sqlState, type Tx } from '../../platform/database.ts'
import { recordFinder } from '../../platform/search/record-finder.ts'
import { tsvectorText } from '../../platform/search/tokens.ts'
import { type Statement, together } from '../../platform/together.ts'
import { countUpToCap, paged } from '../../platform/pages.ts'
import type { EvaluationKind, EvaluationState } from './contract.ts'
import type { CreditStep, Evaluation, SchemeItem, Scored } from './rules.ts'
import type { SurveyPlan } from './rules/survey.ts'
import type { EvaluationEvaluation } from './tables.ts'

type Known<Table, Narrow> = Omit<Table, keyof Narrow> & Narrow
type EvaluationRow = Known<
  EvaluationEvaluation,
  {
    kind: EvaluationKind
    state: EvaluationState
    version: number
    survey: SurveyPlan | null
    items: readonly SchemeItem[]
    factors: Evaluation['factors']
    credit: readonly CreditStep[]
    due_at: Instant
    judgements: readonly Scored[] | null
    submitted_at: Instant | null
    reply_until: Instant | null
    replied_at: Instant | null
    published_at: Instant | null
    created_at: Instant
    history: Evaluation['history']
  }
>

const columns = [
  'jurisdiction',
  'id',
  'division',
  'kind',
  'state',
  'version',
  'number_year',
  'number_value',
  'title',
  'contract',
  'project',
  'tender',
  'lot',
  'organization',
  'evaluator',
  'planned_by',
  'items',
  'factors',
  'credit',
  'survey',
  'due_at',
  'judgements',
  'score',
  'summary',
  'submitted_at',
  'reply_until',
  'reply',
  'replied_at',
  'send_back',
  'factor_bps',
  'published_at',
  'created_at',
  'history',
] as const
const changing = [
  'state',
  'version',
  'evaluator',
  'survey',
  'judgements',
  'score',
  'summary',
  'submitted_at',
  'reply_until',
  'reply',
  'replied_at',
  'send_back',
  'factor_bps',
  'published_at',
  'history',
] as const
const selected = columns.map((column) => `e.${column}`).join(', ')

function evaluationOf(row: EvaluationRow): Evaluation {
  return {
    id: joinId(row.jurisdiction, row.id),
    number: { year: row.number_year, value: Number(row.number_value) },
    division: asDivision(row.division),
    kind: row.kind,
    state: row.state,
    version: row.version,
    title: row.title,
    contract: row.contract,
    project: row.project,
    tender: row.tender ?? undefined,
    lot: row.lot ?? undefined,
    organization: row.organization,
    evaluator: row.evaluator,
    plannedBy: row.planned_by,
    items: row.items,
    factors: row.factors,
    credit: row.credit,
    survey: row.survey ?? undefined,
    dueAt: row.due_at,
    scored: row.judgements ?? undefined,
    tenths: row.score ?? undefined,
    summary: row.summary ?? undefined,
    submittedAt: row.submitted_at ?? undefined,
    replyUntil: row.reply_until ?? undefined,
    reply: row.reply === null || row.replied_at === null ? undefined : { words: row.reply, at: row.replied_at },
    sendBack: row.send_back ?? undefined,
    factorBps: row.factor_bps ?? undefined,
    publishedAt: row.published_at ?? undefined,
    createdAt: row.created_at,
    history: row.history,
  }
}

function valuesOf(evaluation: Evaluation): Record<(typeof columns)[number], unknown> {
  const { jurisdiction, uuid } = splitId(evaluation.id)
  return {
    jurisdiction,
    id: uuid,
    division: evaluation.division,
    kind: evaluation.kind,
    state: evaluation.state,
    version: evaluation.version,
    number_year: evaluation.number.year,
    number_value: evaluation.number.value,
    title: evaluation.title,
    contract: evaluation.contract,
    project: evaluation.project,
    tender: evaluation.tender ?? null,
    lot: evaluation.lot ?? null,
    organization: evaluation.organization,
    evaluator: evaluation.evaluator,
    planned_by: evaluation.plannedBy,
    items: JSON.stringify(evaluation.items),
    factors: JSON.stringify(evaluation.factors),
    credit: JSON.stringify(evaluation.credit),
    survey: evaluation.survey === undefined ? null : JSON.stringify(evaluation.survey),
    due_at: evaluation.dueAt,
    judgements: evaluation.scored === undefined ? null : JSON.stringify(evaluation.scored),
    score: evaluation.tenths ?? null,
    summary: evaluation.summary ?? null,
    submitted_at: evaluation.submittedAt ?? null,
    reply_until: evaluation.replyUntil ?? null,
    reply: evaluation.reply?.words ?? null,
    replied_at: evaluation.reply?.at ?? null,
    send_back: evaluation.sendBack ?? null,
    factor_bps: evaluation.factorBps ?? null,
    published_at: evaluation.publishedAt ?? null,
    created_at: evaluation.createdAt,
    history: JSON.stringify(evaluation.history),
  }
}

const selectEvaluation = `SELECT ${selected} FROM evaluation.evaluation e WHERE e.jurisdiction = $1 AND e.id = $2`

export async function findEvaluation(tx: Tx, id: string): Promise<Evaluation | undefined> {
  const { jurisdiction, uuid } = splitId(id)
  const row = await rowOf<EvaluationRow>(tx, selectEvaluation, [jurisdiction, uuid])
  return row === undefined ? undefined : evaluationOf(row)
}

export async function findEvaluationForUpdate(tx: Tx, id: string): Promise<Evaluation | undefined> {
  const { jurisdiction, uuid } = splitId(id)
  const row = await rowOf<EvaluationRow>(tx, `${selectEvaluation} FOR UPDATE`, [jurisdiction, uuid])
  return row === undefined ? undefined : evaluationOf(row)
}

/** Who evaluates a contract, by any of its evaluations. */
export async function listEvaluatorsOf(tx: Tx, contract: string): Promise<string[]> {
  const rows = await rowsOf<{ evaluator: string }>(
    tx,
    'SELECT evaluator FROM evaluation.evaluation WHERE jurisdiction = $1 AND contract = $2',
    [splitId(contract).jurisdiction, contract],
  )
  return rows.map((row) => row.evaluator)
}

/** The contracts that a person evaluates or evaluated: the newest 500, the most that a list looks through. */
export async function listContractsEvaluatedBy(tx: Tx, person: string): Promise<string[]> {
  const rows = await rowsOf<{ contract: string }>(
    tx,
    'SELECT contract FROM evaluation.evaluation WHERE evaluator = $1 ORDER BY id DESC LIMIT 500',
    [person],
  )
  return rows.map((row) => row.contract)
}

/** Evaluations of many ids; unknown ones are left out. */
export async function listEvaluationsById(tx: Tx, ids: readonly string[]): Promise<Evaluation[]> {
  if (ids.length === 0) return []
  const keys = ids.map(splitId)
  return (
    await rowsOf<EvaluationRow>(
      tx,
      `SELECT ${selected} FROM evaluation.evaluation e WHERE e.jurisdiction = ANY($1) AND e.id = ANY($2)`,
      [[...new Set(keys.map((key) => key.jurisdiction))], keys.map((key) => key.uuid)],
    )
  ).map(evaluationOf)
}

/** Published ones everybody finds; before that, both parties, the evaluator and who supervises them. */
export const listFoundEvaluations = recordFinder({
  table: 'evaluation.evaluation',
  words: 'r.search',
  open: "r.state = 'published'",
  organization: 'r.organization',
  person: 'r.evaluator',
})

const given = columns.filter((column) => column !== 'number_value')
const insertText = `
INSERT INTO evaluation.evaluation (${given.join(', ')}, updated_at, search, number_value)
VALUES (${given.map((_, index) => `$${index + 1}`).join(', ')}, $${given.length + 1}, to_tsvector('simple', $${given.length + 2}),
  (SELECT value FROM number))
RETURNING number_value AS value`

/**
 * Inserts an evaluation in one statement with the taking of its number, named `number`. Answers the number; undefined when the contract has its
 * evaluation of this kind already.
 */
export async function insertEvaluation(tx: Tx, evaluation: Evaluation, number: Statement): Promise<number | undefined> {
  const values = valuesOf(evaluation)
  const shown = [...given.map((column) => values[column]), evaluation.createdAt, tsvectorText(evaluation.title)]
  try {
    const [row] = await together<{ value: bigint }>(tx, [number, { text: insertText, values: shown }])
    return Number(row?.value)
  } catch (error) {
    if (sqlState(error) === '23505') return undefined
    throw error
  }
}

const saveText = `
UPDATE evaluation.evaluation SET ${changing.map((column, index) => `${column} = $${index + 3}`).join(', ')}, updated_at = $${changing.length + 3}
WHERE jurisdiction = $1 AND id = $2`

export async function saveEvaluation(tx: Tx, evaluation: Evaluation, now: Instant): Promise<void> {
  const values = valuesOf(evaluation)
  await rowOf(tx, saveText, [values.jurisdiction, values.id, ...changing.map((column) => values[column]), now])
}

/** What a list asks for; `person`: evaluations given to, findings made by, the caller. */
export type Filter = {
  readonly division?: DivisionCode
  readonly state?: string
  readonly kind?: string
  readonly contract?: string
  /** Contracts whose records the caller sees wherever they are: those under the own evaluation. */
  readonly evaluated?: readonly string[]
  readonly size: number
  readonly cursor?: string
}

function ofPerson(column: string, person: string, place: DivisionCode | undefined): Condition {
  if (place === undefined) return [`${column} = ?`, person]
  const [range, ...bounds] = under('e.division', place)
  return [`(${column} = ? AND ${range})`, person, ...bounds]
}

function ofContracts(contracts: readonly string[], place: DivisionCode | undefined): Condition {
  const within: Condition = [
    'e.jurisdiction = ANY(?) AND e.contract = ANY(?)',
    [...new Set(contracts.map((id) => splitId(id).jurisdiction))],
    contracts,
  ]
  if (place === undefined) return within
  const [range, ...bounds] = under('e.division', place)
  return [`(${within[0]} AND ${range})`, ...within.slice(1), ...bounds]
}

/** Who sees their own of a table, wherever it is. */
const ownColumns = { evaluation: 'evaluator', finding: 'found_by', inspection: 'inspector' } as const

/** The caller's reach and filter over alias `e`. */
function conditionsOf(scopes: Scopes, filter: Filter, table: keyof typeof ownColumns): Conditions {
  const conditions = new Conditions().anyOf([
    ...within('e', scopes, filter.division),
    ...(scopes.personId === undefined ? [] : [ofPerson(`e.${ownColumns[table]}`, scopes.personId, filter.division)]),
    ...(filter.evaluated?.length ? [ofContracts(filter.evaluated, filter.division)] : []),
  ])
  if (filter.state !== undefined) conditions.add('e.state = ?', filter.state)
  if (filter.kind !== undefined) conditions.add('e.kind = ?', filter.kind)
  if (filter.contract !== undefined)
    conditions.add('e.jurisdiction = ? AND e.contract = ?', splitId(filter.contract).jurisdiction, filter.contract)
  return conditions
}

export async function getCount(
  tx: Tx,
  table: 'evaluation' | 'finding' | 'inspection',
  scopes: Scopes,
  filter: Filter,
): Promise<{ n: number; capped: boolean }> {
  return countUpToCap(tx, `evaluation.${table} e`, conditionsOf(scopes, filter, table))
}

/** A page of one of the tables, newest first; `read` makes a record of a row of the `selected` columns. */
export async function pageOf<Row extends object, R extends { readonly id: string }>(
  tx: Tx,
  { table, selected, read }: { table: keyof typeof ownColumns; selected: string; read: (row: Row) => R },
  scopes: Scopes,
  filter: Filter,
): Promise<{ rows: R[]; next?: string }> {
  const { where, next, values } = conditionsOf(scopes, filter, table).all(behind('e', filter.cursor))
  const rows = await rowsOf<Row>(
    tx,
    `SELECT ${selected} FROM evaluation.${table} e WHERE ${where} ORDER BY e.id DESC LIMIT ${next}`,
    [...values, filter.size + 1],
  )
  return paged(rows.map(read), filter.size)
}

/** Newest first. */
export function listEvaluations(
  tx: Tx,
  scopes: Scopes,
  filter: Filter,
): Promise<{ rows: Evaluation[]; next?: string }> {
  return pageOf<EvaluationRow, Evaluation>(tx, { table: 'evaluation', selected, read: evaluationOf }, scopes, filter)
}

// Projects: the SQL of single projects and of comments.
import { asDivision, joinId, splitId } from '../../kit/id.ts'
import type { Instant } from '../../kit/instant.ts'
import { type Fen, fen, formatYuan, parseYuan, ZERO_FEN } from '../../kit/money.ts'
import { rowOf, rowsOf, type Tx } from '../../platform/database.ts'
import { tsvectorText } from '../../platform/search/tokens.ts'
import { type Statement, together } from '../../platform/together.ts'
import type { Source } from '../../registers/funds/contract.ts'
import type { CategoryCode } from '../needs/contract/taxonomy.ts'
import type { ProjectMode, ProjectState, Stance } from './contract.ts'
import type { BudgetLine, Duty, Project, ProjectDesign } from './rules.ts'
import type { Part } from './rules/parts.ts'

/** The parts of a design that are only shown; money as text, since JSON has no bigint. */
type DesignJson = Omit<
  ProjectDesign,
  'title' | 'categories' | 'needs' | 'motion' | 'budget' | 'mode' | 'source' | 'purchaseItem' | 'budgetLines' | 'duty'
> & {
  readonly budgetLines: readonly (Omit<BudgetLine, 'unitPrice' | 'amount'> & {
    readonly unitPrice: string
    readonly amount: string
  })[]
  readonly duty?: Omit<Duty, 'money'> & { readonly money: string }
}

/** A contract of the project as JSON holds it. */
type PartJson = Omit<Part, 'value' | 'cost'> & { readonly value: string; readonly cost?: string }

/** A row of projects.project as the driver gives it. */
export type ProjectRow = {
  jurisdiction: string
  id: string
  division: string
  state: ProjectState
  version: number
  number_year: number
  number_value: bigint
  title: string
  categories: CategoryCode[]
  needs: string[]
  motion: string | null
  budget: bigint
  mode: ProjectMode
  source: Source
  purchase_item: string
  design: DesignJson
  designers: string[]
  evidence: Project['evidence'] | null
  round: number
  agree: number
  disagree: number
  neutral: number
  summary: Project['summary'] | null
  remarks: Project['remarks']
  created_at: Instant
  opened_at: Instant | null
  comment_until: Instant | null
  summary_until: Instant | null
  review_until: Instant | null
  duty_reported_at: Instant | null
  approved_at: Instant | null
  approved_by: string | null
  tender: string | null
  contract: string | null
  contract_value: bigint | null
  parts: PartJson[]
  awaited: number
  rest: bigint | null
  cost: bigint | null
  score: number | null
  completed_at: Instant | null
  end_reason: string | null
  template: string | null
  template_edition: number | null
  undertaker: string | null
  proposal: string | null
  award: bigint | null
  public_votes: number | null
  history: Project['history']
}

const columns = [
  'jurisdiction',
  'id',
  'division',
  'state',
  'version',
  'number_year',
  'number_value',
  'title',
  'categories',
  'needs',
  'motion',
  'budget',
  'mode',
  'source',
  'purchase_item',
  'design',
  'designers',
  'evidence',
  'round',
  'agree',
  'disagree',
  'neutral',
  'summary',
  'remarks',
  'created_at',
  'opened_at',
  'comment_until',
  'summary_until',
  'review_until',
  'duty_reported_at',
  'approved_at',
  'approved_by',
  'tender',
  'contract',
  'contract_value',
  'parts',
  'awaited',
  'rest',
  'cost',
  'score',
  'completed_at',
  'end_reason',
  'template',
  'template_edition',
  'undertaker',
  'proposal',
  'award',
  'public_votes',
  'history',
] as const
const bornWith: readonly string[] = [
  ...['jurisdiction', 'id', 'division', 'number_year', 'number_value', 'created_at', 'template', 'template_edition'],
  ...['undertaker', 'proposal', 'award', 'public_votes'],
]
const changing = columns.filter((column) => !bornWith.includes(column))
/** The columns of a project in a SELECT. */
export const columnList = columns.map((column) => `p.${column}`).join(', ')

const some = <T>(value: T | null): T | undefined => value ?? undefined
const moneyOf = (value: bigint | null): Fen | undefined => (value === null ? undefined : (value as Fen))
const moneyOfText = (text: string): Fen => parseYuan(text) ?? ZERO_FEN

function designOf(json: DesignJson) {
  return {
    ...json,
    budgetLines: json.budgetLines.map((line) => ({
      ...line,
      unitPrice: moneyOfText(line.unitPrice),
      amount: moneyOfText(line.amount),
    })),
    duty: json.duty === undefined ? undefined : { ...json.duty, money: moneyOfText(json.duty.money) },
  }
}

function ventureOf({ undertaker, proposal, award, public_votes }: ProjectRow): Project['venture'] {
  return undertaker === null || proposal === null || award === null || public_votes === null
    ? undefined
    : { undertaker, proposal, award: award as Fen, publicVotes: public_votes }
}

export function projectOf(row: ProjectRow): Project {
  return {
    ...designOf(row.design),
    id: joinId(row.jurisdiction, row.id),
    division: asDivision(row.division),
    state: row.state,
    version: row.version,
    number: { year: row.number_year, value: Number(row.number_value) },
    title: row.title,
    categories: row.categories,
    needs: row.needs,
    motion: some(row.motion),
    budget: row.budget as Fen,
    mode: row.mode,
    source: row.source,
    purchaseItem: row.purchase_item,
    designers: row.designers,
    evidence: some(row.evidence),
    round: row.round,
    tally: { agree: row.agree, disagree: row.disagree, neutral: row.neutral },
    summary: some(row.summary),
    remarks: row.remarks,
    createdAt: row.created_at,
    openedAt: some(row.opened_at),
    commentUntil: some(row.comment_until),
    summaryUntil: some(row.summary_until),
    reviewUntil: some(row.review_until),
    dutyReportedAt: some(row.duty_reported_at),
    approvedAt: some(row.approved_at),
    approvedBy: some(row.approved_by),
    tender: some(row.tender),
    contract: some(row.contract),
    contractValue: moneyOf(row.contract_value),
    parts: row.parts.map(({ value, cost, ...part }) => ({
      ...part,
      value: fen(BigInt(value)),
      cost: cost === undefined ? undefined : fen(BigInt(cost)),
    })),
    awaited: row.awaited,
    rest: moneyOf(row.rest),
    cost: moneyOf(row.cost),
    score: some(row.score),
    completedAt: some(row.completed_at),
    endReason: some(row.end_reason),
    template:
      row.template === null || row.template_edition === null
        ? undefined
        : { id: row.template, edition: row.template_edition },
    venture: ventureOf(row),
    history: row.history,
  }
}

function valuesOf(project: Project): Record<(typeof columns)[number], unknown> {
  const { jurisdiction, uuid } = splitId(project.id)
  const design: DesignJson = {
    targetGroup: project.targetGroup,
    goals: project.goals,
    activities: project.activities,
    results: project.results,
    start: project.start,
    end: project.end,
    steps: project.steps,
    partners: project.partners,
    facility: project.facility,
    conditions: project.conditions,
    budgetLines: project.budgetLines.map((line) => ({
      ...line,
      unitPrice: formatYuan(line.unitPrice),
      amount: formatYuan(line.amount),
    })),
    duty: project.duty === undefined ? undefined : { ...project.duty, money: formatYuan(project.duty.money) },
  }
  return {
    jurisdiction,
    id: uuid,
    division: project.division,
    state: project.state,
    version: project.version,
    number_year: project.number.year,
    number_value: project.number.value,
    title: project.title,
    categories: project.categories,
    needs: project.needs,
    motion: project.motion ?? null,
    budget: project.budget,
    mode: project.mode,
    source: project.source,
    purchase_item: project.purchaseItem,
    design: JSON.stringify(design),
    designers: project.designers,
    evidence: project.evidence === undefined ? null : JSON.stringify(project.evidence),
    round: project.round,
    agree: project.tally.agree,
    disagree: project.tally.disagree,
    neutral: project.tally.neutral,
    summary: project.summary === undefined ? null : JSON.stringify(project.summary),
    remarks: JSON.stringify(project.remarks),
    created_at: project.createdAt,
    opened_at: project.openedAt ?? null,
    comment_until: project.commentUntil ?? null,
    summary_until: project.summaryUntil ?? null,
    review_until: project.reviewUntil ?? null,
    duty_reported_at: project.dutyReportedAt ?? null,
    approved_at: project.approvedAt ?? null,
    approved_by: project.approvedBy ?? null,
    tender: project.tender ?? null,
    contract: project.contract ?? null,
    contract_value: project.contractValue ?? null,
    parts: JSON.stringify(
      project.parts.map(({ value, cost, ...part }) => ({ ...part, value: value.toString(), cost: cost?.toString() })),
    ),
    awaited: project.awaited,
    rest: project.rest ?? null,
    cost: project.cost ?? null,
    score: project.score ?? null,
    completed_at: project.completedAt ?? null,
    end_reason: project.endReason ?? null,
    template: project.template?.id ?? null,
    template_edition: project.template?.edition ?? null,
    undertaker: project.venture?.undertaker ?? null,
    proposal: project.venture?.proposal ?? null,
    award: project.venture?.award ?? null,
    public_votes: project.venture?.publicVotes ?? null,
    history: JSON.stringify(project.history),
  }
}

const selectProject = `SELECT ${columnList} FROM projects.project p WHERE p.jurisdiction = $1 AND p.id = $2`

export async function findProject(tx: Tx, id: string): Promise<Project | undefined> {
  const { jurisdiction, uuid } = splitId(id)
  const row = await rowOf<ProjectRow>(tx, selectProject, [jurisdiction, uuid])
  return row === undefined ? undefined : projectOf(row)
}

export async function findProjectForUpdate(tx: Tx, id: string): Promise<Project | undefined> {
  const { jurisdiction, uuid } = splitId(id)
  const row = await rowOf<ProjectRow>(tx, `${selectProject} FOR UPDATE`, [jurisdiction, uuid])
  return row === undefined ? undefined : projectOf(row)
}

export async function listProjectsById(tx: Tx, ids: readonly string[]): Promise<Project[]> {
  if (ids.length === 0) return []
  const keys = ids.map(splitId)
  const rows = await rowsOf<ProjectRow>(
    tx,
    `SELECT ${columnList} FROM projects.project p WHERE p.jurisdiction = ANY($1) AND p.id = ANY($2)`,
    [[...new Set(keys.map((key) => key.jurisdiction))], keys.map((key) => key.uuid)],
  )
  return rows.map(projectOf)
}

const given = columns.filter((column) => column !== 'number_value')
const insertText = `
INSERT INTO projects.project (${given.join(', ')}, updated_at, search, number_value)
VALUES (${given.map((_, index) => `$${index + 1}`).join(', ')}, $${given.length + 1}, to_tsvector('simple', $${given.length + 2}),
  (SELECT value FROM number))
RETURNING number_value AS value`

/** Inserts a project in one statement with the taking of its number, named `number`. Answers the number. */
export async function insertProject(tx: Tx, project: Project, now: Instant, number: Statement): Promise<number> {
  const values = valuesOf(project)
  const [row] = await together<{ value: bigint }>(tx, [
    number,
    { text: insertText, values: [...given.map((column) => values[column]), now, tsvectorText(project.title)] },
  ])
  return Number(row?.value)
}

const saveText = `
UPDATE projects.project SET ${changing.map((column, index) => `${column} = $${index + 3}`).join(', ')}, updated_at = $${changing.length + 3},
  search = to_tsvector('simple', $${changing.length + 4})
WHERE jurisdiction = $1 AND id = $2`

/** How a locked project is saved. */
export function projectSaved(project: Project, now: Instant): Statement {
  const values = valuesOf(project)
  const shown = [...changing.map((column) => values[column]), now, tsvectorText(project.title)]
  return { text: saveText, values: [values.jurisdiction, values.id, ...shown] }
}

export async function saveProject(tx: Tx, project: Project, now: Instant): Promise<void> {
  await together(tx, [projectSaved(project, now)])
}

export type CommentRow = { stance: Stance; words: string | null; at: Instant; person: string }

/** False when the person commented in this round before. */
export async function insertComment(
  tx: Tx,
  project: Project,
  comment: { person: string; stance: Stance; words?: string; at: Instant },
): Promise<boolean> {
  const { jurisdiction, uuid } = splitId(project.id)
  const row = await rowOf(
    tx,
    `INSERT INTO projects.comment (jurisdiction, project, round, person, stance, words, at) VALUES ($1, $2, $3, $4, $5, $6, $7)
     ON CONFLICT DO NOTHING RETURNING person`,
    [jurisdiction, uuid, project.round, comment.person, comment.stance, comment.words ?? null, comment.at],
  )
  return row !== undefined
}

/** The newest 50 of the present round; the asker's own is always among them. */
export async function listComments(tx: Tx, project: Project, me: string | undefined): Promise<CommentRow[]> {
  const { jurisdiction, uuid } = splitId(project.id)
  return rowsOf(
    tx,
    `SELECT c.stance, c.words, c.at, c.person FROM projects.comment c WHERE c.jurisdiction = $1 AND c.project = $2 AND c.round = $3
     ORDER BY (c.person = $4) DESC NULLS LAST, c.at DESC LIMIT 50`,
    [jurisdiction, uuid, project.round, me ?? null],
  )
}

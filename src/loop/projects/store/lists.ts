// Projects: the SQL of lists and of what earlier projects cost and achieved.
import { Conditions, within } from '../../../platform/conditions.ts'
import type { DivisionCode } from '../../../kit/id.ts'
import type { Instant } from '../../../kit/instant.ts'
import { rowOf, rowsOf, type Tx } from '../../../platform/database.ts'
import { recordFinder } from '../../../platform/search/record-finder.ts'
import type { Source } from '../../../registers/funds/contract.ts'
import type { CategoryCode } from '../../needs/contract/taxonomy.ts'
import type { ProjectMode, ProjectState } from '../contract.ts'
import type { Project } from '../rules.ts'
import { columnList, projectOf, type ProjectRow } from '../store.ts'

export type ProjectListRow = {
  jurisdiction: string
  id: string
  division: string
  state: ProjectState
  number_year: number
  number_value: bigint
  title: string
  categories: CategoryCode[]
  budget: bigint
  source: Source
  mode: ProjectMode
  comment_until: Instant | null
  updated_at: Instant
}

export type ProjectFilter = {
  /** Prefixes; any of them. */
  readonly divisions: readonly DivisionCode[]
  readonly openOnly: boolean
  readonly state?: ProjectState
  readonly category?: string
  /** Only below this one, too. */
  readonly division?: DivisionCode
}

const rowColumns = `p.jurisdiction, p.id, p.division, p.state, p.number_year, p.number_value, p.title, p.categories, p.budget, p.source, p.mode,
  p.comment_until, p.updated_at`

function conditions(filter: ProjectFilter): Conditions {
  const found = new Conditions().anyOf(within('p', { divisions: filter.divisions, organizations: [] }, filter.division))
  if (filter.openOnly) found.add('p.opened_at IS NOT NULL')
  if (filter.state !== undefined) found.add('p.state = ?', filter.state)
  // A class of the taxonomy finds its kinds too.
  if (filter.category !== undefined)
    found.add('EXISTS (SELECT 1 FROM unnest(p.categories) AS c WHERE c LIKE ?)', `${filter.category}%`)
  return found
}

/** Newest first; `after`: the id behind which the page begins. */
export async function listProjectRows(
  tx: Tx,
  filter: ProjectFilter,
  size: number,
  after: string | undefined,
): Promise<ProjectListRow[]> {
  const found = conditions(filter)
  if (after !== undefined) found.add('p.id < ?', after)
  const { where, next, values } = found
  return rowsOf(tx, `SELECT ${rowColumns} FROM projects.project p WHERE ${where} ORDER BY p.id DESC LIMIT ${next}`, [
    ...values,
    size,
  ])
}

/** How many there are, counted up to `cap` + 1. */
export async function listProjectCount(tx: Tx, filter: ProjectFilter, cap: number): Promise<number> {
  const { where, next, values } = conditions(filter)
  const row = await rowOf<{ n: bigint }>(
    tx,
    `SELECT count(*) AS n FROM (SELECT 1 FROM projects.project p WHERE ${where} LIMIT ${next}) AS bounded`,
    [...values, cap + 1],
  )
  return Number(row?.n ?? 0n)
}

export type Benchmark = {
  projects: bigint
  cost_least: bigint | null
  cost_median: bigint | null
  cost_most: bigint | null
  score_least: number | null
  score_median: number | null
  score_most: number | null
}

const benchmarkText = `
SELECT count(*) AS projects, min(p.cost) AS cost_least, percentile_disc(0.5) WITHIN GROUP (ORDER BY p.cost) AS cost_median, max(p.cost) AS cost_most,
  min(p.score) AS score_least, percentile_disc(0.5) WITHIN GROUP (ORDER BY p.score) AS score_median, max(p.score) AS score_most
FROM projects.project p WHERE p.jurisdiction = $1 AND p.state = 'completed' AND EXISTS (SELECT 1 FROM unnest(p.categories) AS c WHERE c LIKE $2)`

/** Cost and score of the completed projects of a category in one jurisdiction; the median is one of the values (the lower of two). */
export async function getBenchmark(tx: Tx, jurisdiction: string, category: string): Promise<Benchmark> {
  const row = await rowOf<Benchmark>(tx, benchmarkText, [jurisdiction, `${category}%`])
  if (row === undefined) throw new Error('an aggregate has one row')
  return row
}

export async function listCompleted(tx: Tx, jurisdiction: string, category: string): Promise<Project[]> {
  const rows = await rowsOf<ProjectRow>(
    tx,
    `SELECT ${columnList} FROM projects.project p WHERE p.jurisdiction = $1 AND p.state = 'completed'
       AND EXISTS (SELECT 1 FROM unnest(p.categories) AS c WHERE c LIKE $2) ORDER BY p.completed_at DESC LIMIT 10`,
    [jurisdiction, `${category}%`],
  )
  return rows.map(projectOf)
}

/** Projects that were submitted everybody finds; before that, the desks of the place. */
export const listFoundProjects = recordFinder({
  table: 'projects.project',
  words: 'r.search',
  open: 'r.opened_at IS NOT NULL',
})

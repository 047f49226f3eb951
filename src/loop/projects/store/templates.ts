// Projects: the SQL of templates and their editions.
import { asDivision, joinId, splitId } from '../../../kit/id.ts'
import type { Instant } from '../../../kit/instant.ts'
import { Conditions, under } from '../../../platform/conditions.ts'
import { rowOf, rowsOf, type Tx } from '../../../platform/database.ts'
import type { CategoryCode } from '../../needs/contract/taxonomy.ts'
import type { TemplateState } from '../contract/templates.ts'
import type { Project } from '../rules.ts'
import type { Template, TemplateDesign } from '../rules/templates.ts'
import { columnList, projectOf, type ProjectRow } from '../store.ts'

type DesignJson = Omit<TemplateDesign, 'title' | 'categories'>

export type TemplateListRow = {
  jurisdiction: string
  id: string
  division: string
  state: TemplateState
  edition: number
  title: string
  categories: CategoryCode[]
  updated_at: Instant
}

type TemplateRow = TemplateListRow & {
  version: number
  design: DesignJson
  from_project: string | null
  end_reason: string | null
  created_at: Instant
  history: Template['history']
}

const listColumns = 't.jurisdiction, t.id, t.division, t.state, t.edition, t.title, t.categories, t.updated_at'
const columns = `${listColumns}, t.version, t.design, t.from_project, t.end_reason, t.created_at, t.history`

function templateOf(row: TemplateRow): Template {
  return {
    ...row.design,
    id: joinId(row.jurisdiction, row.id),
    division: asDivision(row.division),
    state: row.state,
    version: row.version,
    edition: row.edition,
    title: row.title,
    categories: row.categories,
    fromProject: row.from_project ?? undefined,
    endReason: row.end_reason ?? undefined,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    history: row.history,
  }
}

function designJson(design: TemplateDesign): string {
  const { targetGroup, goals, activities, results, partners, budgetShares, purchaseItem } = design
  const json: DesignJson = { targetGroup, goals, activities, results, partners, budgetShares, purchaseItem }
  return JSON.stringify(json)
}

const selectTemplate = `SELECT ${columns} FROM projects.template t WHERE t.jurisdiction = $1 AND t.id = $2`

export async function findTemplate(tx: Tx, id: string): Promise<Template | undefined> {
  const { jurisdiction, uuid } = splitId(id)
  const row = await rowOf<TemplateRow>(tx, selectTemplate, [jurisdiction, uuid])
  return row === undefined ? undefined : templateOf(row)
}

export async function findTemplateForUpdate(tx: Tx, id: string): Promise<Template | undefined> {
  const { jurisdiction, uuid } = splitId(id)
  const row = await rowOf<TemplateRow>(tx, `${selectTemplate} FOR UPDATE`, [jurisdiction, uuid])
  return row === undefined ? undefined : templateOf(row)
}

const withItem = `
SELECT ${columns} FROM projects.catalogue_item i
LEFT JOIN projects.template t ON t.jurisdiction = $1 AND t.id = $2 WHERE i.code = $3`

/** A template and whether the purchase catalogue has an item, in one statement. Where there is no such item, the template is not looked for. */
export async function findTemplateWithItem(
  tx: Tx,
  id: string,
  item: string,
): Promise<{ template: Template | undefined; itemKnown: boolean }> {
  const { jurisdiction, uuid } = splitId(id)
  const row = await rowOf<TemplateRow | { id: null }>(tx, withItem, [jurisdiction, uuid, item])
  const template = row === undefined || row.id === null ? undefined : templateOf(row)
  return { template, itemKnown: row !== undefined }
}

/** How an edition came about: who wrote it, and what they said of it. */
export type EditionMark = { readonly by: string; readonly note?: string }

const insertText = `
INSERT INTO projects.template (jurisdiction, id, division, state, version, edition, title, categories, design, from_project, created_at, updated_at, history)
VALUES ($1, $2, $3, 'offered', 1, 1, $4, $5, $6, $7, $8, $8, $9) ON CONFLICT DO NOTHING RETURNING id`

const editionText = `
INSERT INTO projects.template_edition (jurisdiction, template, edition, title, categories, design, note, changed_by, at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`

async function insertEdition(tx: Tx, template: Template, mark: EditionMark): Promise<void> {
  const { jurisdiction, uuid } = splitId(template.id)
  const { edition, title, categories, updatedAt } = template
  const words = [title, categories, designJson(template), mark.note ?? null, mark.by, updatedAt]
  await rowOf(tx, editionText, [jurisdiction, uuid, edition, ...words])
}

/** The template with its first edition; false when one was kept from the same project before. */
export async function insertTemplate(tx: Tx, template: Template, mark: EditionMark): Promise<boolean> {
  const { jurisdiction, uuid } = splitId(template.id)
  const { division, title, categories, fromProject, createdAt, history } = template
  const words = [title, categories, designJson(template), fromProject ?? null, createdAt, JSON.stringify(history)]
  const row = await rowOf(tx, insertText, [jurisdiction, uuid, division, ...words])
  if (row === undefined) return false
  await insertEdition(tx, template, mark)
  return true
}

/** With `mark` the content changed too: a new edition. */
export async function saveTemplate(tx: Tx, template: Template, mark?: EditionMark): Promise<void> {
  const { jurisdiction, uuid } = splitId(template.id)
  const { state, version, edition, title, categories, endReason, updatedAt, history } = template
  await rowOf(
    tx,
    `UPDATE projects.template SET state = $3, version = $4, edition = $5, title = $6, categories = $7, design = $8, end_reason = $9, updated_at = $10,
       history = $11 WHERE jurisdiction = $1 AND id = $2`,
    [
      ...[jurisdiction, uuid, state, version, edition, title, categories],
      ...[designJson(template), endReason ?? null, updatedAt, JSON.stringify(history)],
    ],
  )
  if (mark !== undefined) await insertEdition(tx, template, mark)
}

export type EditionRow = {
  edition: number
  title: string
  categories: CategoryCode[]
  design: DesignJson
  note: string | null
  at: Instant
}

/** The newest 50 editions. */
export async function listEditions(tx: Tx, id: string): Promise<Pick<EditionRow, 'edition' | 'note' | 'at'>[]> {
  const { jurisdiction, uuid } = splitId(id)
  return rowsOf(
    tx,
    `SELECT e.edition, e.note, e.at FROM projects.template_edition e WHERE e.jurisdiction = $1 AND e.template = $2 ORDER BY e.edition DESC LIMIT 50`,
    [jurisdiction, uuid],
  )
}

/** What a template said in one of its editions. */
export async function findEdition(tx: Tx, id: string, edition: number): Promise<TemplateDesign | undefined> {
  const { jurisdiction, uuid } = splitId(id)
  const row = await rowOf<EditionRow>(
    tx,
    `SELECT e.edition, e.title, e.categories, e.design, e.note, e.at FROM projects.template_edition e
     WHERE e.jurisdiction = $1 AND e.template = $2 AND e.edition = $3`,
    [jurisdiction, uuid, edition],
  )
  return row === undefined ? undefined : { ...row.design, title: row.title, categories: row.categories }
}

/** The newest 10 projects that were designed from a template and that the desk may see. */
export async function listProjectsOfTemplate(tx: Tx, id: string, divisions: readonly string[]): Promise<Project[]> {
  const found = new Conditions()
    .add('p.jurisdiction = ?', splitId(id).jurisdiction)
    .add('p.template = ?', id)
    .anyOf(divisions.map((division) => under('p.division', division)))
  const rows = await rowsOf<ProjectRow>(
    tx,
    `SELECT ${columnList} FROM projects.project p WHERE ${found.where} ORDER BY p.id DESC LIMIT 10`,
    found.values,
  )
  return rows.map(projectOf)
}

export type TemplateFilter = {
  /** Places whose templates, and those below them, are found. */
  readonly divisions: readonly string[]
  /** Places whose own templates are found. */
  readonly keepers: readonly string[]
  readonly offeredBy?: readonly string[]
  readonly state?: TemplateState
  readonly category?: string
}

function conditions(filter: TemplateFilter): Conditions {
  const found = new Conditions().anyOf([
    ...filter.divisions.map((division) => under('t.division', division)),
    ['t.division = ANY(?)', filter.keepers],
  ])
  if (filter.offeredBy !== undefined) found.add('t.division = ANY(?)', filter.offeredBy)
  if (filter.state !== undefined) found.add('t.state = ?', filter.state)
  if (filter.category !== undefined)
    found.add('EXISTS (SELECT 1 FROM unnest(t.categories) AS c WHERE c LIKE ?)', `${filter.category}%`)
  return found
}

/** Newest first; `after`: the id behind which the page begins. */
export async function listTemplateRows(
  tx: Tx,
  filter: TemplateFilter,
  size: number,
  after: string | undefined,
): Promise<TemplateListRow[]> {
  const found = conditions(filter)
  if (after !== undefined) found.add('t.id < ?', after)
  return rowsOf(
    tx,
    `SELECT ${listColumns} FROM projects.template t WHERE ${found.where} ORDER BY t.id DESC LIMIT ${found.next}`,
    [...found.values, size],
  )
}

/** How many there are, counted up to `cap` + 1. */
export async function listTemplateCount(tx: Tx, filter: TemplateFilter, cap: number): Promise<number> {
  const { where, next, values } = conditions(filter)
  const row = await rowOf<{ n: bigint }>(
    tx,
    `SELECT count(*) AS n FROM (SELECT 1 FROM projects.template t WHERE ${where} LIMIT ${next}) AS bounded`,
    [...values, cap + 1],
  )
  return Number(row?.n ?? 0n)
}

export async function listTemplatesById(tx: Tx, ids: readonly string[]): Promise<Template[]> {
  if (ids.length === 0) return []
  const keys = ids.map(splitId)
  const rows = await rowsOf<TemplateRow>(
    tx,
    `SELECT ${columns} FROM projects.template t WHERE t.jurisdiction = ANY($1) AND t.id = ANY($2)`,
    [[...new Set(keys.map((key) => key.jurisdiction))], keys.map((key) => key.uuid)],
  )
  return rows.map(templateOf)
}

// Evaluation: the SQL of visits.
import type { Scopes } from '../../../kit/actor.ts'
import { asDivision, joinId, splitId } from '../../../kit/id.ts'
import type { Instant } from '../../../kit/instant.ts'
import { rowOf, rowsOf, type Tx } from '../../../platform/database.ts'
import type { Statement } from '../../../platform/together.ts'
import type { Inspection } from '../rules/inspections.ts'
import { type Filter, pageOf } from '../store.ts'
import type { EvaluationInspection } from '../tables.ts'

type Known<Table, Narrow> = Omit<Table, keyof Narrow> & Narrow
type InspectionRow = Known<EvaluationInspection, { visited_at: Instant; created_at: Instant }>

const columns = [
  'jurisdiction',
  'id',
  'division',
  'contract',
  'project',
  'organization',
  'number',
  'title',
  'visited_at',
  'announced',
  'place',
  'looked',
  'words',
  'findings',
  'inspector',
  'created_at',
] as const
const selected = columns.map((column) => `e.${column}`).join(', ')

function inspectionOf(row: InspectionRow): Inspection {
  return {
    id: joinId(row.jurisdiction, row.id),
    division: asDivision(row.division),
    contract: row.contract,
    project: row.project,
    organization: row.organization,
    number: row.number,
    title: row.title,
    visitedAt: row.visited_at,
    announced: row.announced,
    place: row.place,
    looked: row.looked,
    words: row.words,
    findings: row.findings,
    inspector: row.inspector,
    createdAt: row.created_at,
  }
}

/** Its row, for `act.save`. */
export function inspectionInserted(inspection: Inspection): Statement {
  const { jurisdiction, uuid } = splitId(inspection.id)
  return {
    text: `INSERT INTO evaluation.inspection (${columns.join(', ')}) VALUES (${columns.map((_, at) => `$${at + 1}`).join(', ')})`,
    values: [
      jurisdiction,
      uuid,
      inspection.division,
      inspection.contract,
      inspection.project,
      inspection.organization,
      inspection.number,
      inspection.title,
      inspection.visitedAt,
      inspection.announced,
      inspection.place,
      inspection.looked,
      inspection.words,
      inspection.findings,
      inspection.inspector,
      inspection.createdAt,
    ],
  }
}

/** A visit with the evaluators of its contract, to whom it is evidence. */
export type SeenInspection = Inspection & { readonly evaluators: readonly string[] }
type SeenRow = InspectionRow & { evaluators: string[] }
const seen = `${selected}, ARRAY(SELECT v.evaluator FROM evaluation.evaluation v WHERE v.jurisdiction = e.jurisdiction AND v.contract = e.contract) AS evaluators`
const seenOf = (row: SeenRow): SeenInspection => ({ ...inspectionOf(row), evaluators: row.evaluators })

export async function findInspection(tx: Tx, id: string): Promise<SeenInspection | undefined> {
  const { jurisdiction, uuid } = splitId(id)
  const row = await rowOf<SeenRow>(
    tx,
    `SELECT ${seen} FROM evaluation.inspection e WHERE e.jurisdiction = $1 AND e.id = $2`,
    [jurisdiction, uuid],
  )
  return row === undefined ? undefined : seenOf(row)
}

/** Visits of many ids; unknown ones are left out. */
export async function listInspectionsById(tx: Tx, ids: readonly string[]): Promise<SeenInspection[]> {
  if (ids.length === 0) return []
  const keys = ids.map(splitId)
  const rows = await rowsOf<SeenRow>(
    tx,
    `SELECT ${seen} FROM evaluation.inspection e WHERE e.jurisdiction = ANY($1) AND e.id = ANY($2)`,
    [[...new Set(keys.map((key) => key.jurisdiction))], keys.map((key) => key.uuid)],
  )
  return rows.map(seenOf)
}

/** Newest first. */
export function listInspections(
  tx: Tx,
  scopes: Scopes,
  filter: Filter,
): Promise<{ rows: Inspection[]; next?: string }> {
  return pageOf<InspectionRow, Inspection>(tx, { table: 'inspection', selected, read: inspectionOf }, scopes, filter)
}

/** How often a contract was visited, and how often nothing was found. */
export async function getInspectionCounts(tx: Tx, contract: string): Promise<{ total: number; clean: number }> {
  const row = await rowOf<{ total: number; clean: number }>(
    tx,
    `SELECT count(*)::integer AS total, (count(*) FILTER (WHERE findings = 0))::integer AS clean FROM evaluation.inspection WHERE jurisdiction = $1 AND contract = $2`,
    [splitId(contract).jurisdiction, contract],
  )
  return row ?? { total: 0, clean: 0 }
}

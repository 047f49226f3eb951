// Evaluation: the SQL of findings.
import type { Scopes } from '../../../kit/actor.ts'
import { asDivision, joinId, splitId } from '../../../kit/id.ts'
import type { Instant } from '../../../kit/instant.ts'
import { rowOf, rowsOf, type Tx } from '../../../platform/database.ts'
import type { Statement } from '../../../platform/together.ts'
import type { FindingKind, FindingState } from '../contract.ts'
import type { Finding } from '../rules/findings.ts'
import { type Filter, pageOf } from '../store.ts'
import type { EvaluationFinding } from '../tables.ts'

type Known<Table, Narrow> = Omit<Table, keyof Narrow> & Narrow
type FindingRow = Known<
  EvaluationFinding,
  {
    state: FindingState
    version: number
    kind: FindingKind
    rectify_until: Instant
    rectified_at: Instant | null
    verified_at: Instant | null
    created_at: Instant
    history: Finding['history']
  }
>

const columns = [
  'jurisdiction',
  'id',
  'division',
  'state',
  'version',
  'contract',
  'project',
  'organization',
  'number',
  'title',
  'kind',
  'serious',
  'words',
  'found_by',
  'inspection',
  'rectify_until',
  'rectification',
  'rectified_at',
  'remarks',
  'verified_at',
  'created_at',
  'history',
] as const
const selected = columns.map((column) => `e.${column}`).join(', ')
const inserted = `jurisdiction, id, division, state, version, contract, project, organization, number, title, kind, serious, words, found_by, inspection,
  rectify_until, created_at, updated_at, history`

function findingOf(row: FindingRow): Finding {
  return {
    id: joinId(row.jurisdiction, row.id),
    division: asDivision(row.division),
    state: row.state,
    version: row.version,
    contract: row.contract,
    project: row.project,
    organization: row.organization,
    number: row.number,
    title: row.title,
    kind: row.kind,
    serious: row.serious,
    words: row.words,
    foundBy: row.found_by,
    inspection: row.inspection === null ? undefined : joinId(row.jurisdiction, row.inspection),
    rectifyUntil: row.rectify_until,
    rectification: row.rectification ?? undefined,
    rectifiedAt: row.rectified_at ?? undefined,
    remarks: row.remarks ?? undefined,
    verifiedAt: row.verified_at ?? undefined,
    createdAt: row.created_at,
    history: row.history,
  }
}

const selectFinding = `SELECT ${selected} FROM evaluation.finding e WHERE e.jurisdiction = $1 AND e.id = $2`

export async function findFinding(tx: Tx, id: string): Promise<Finding | undefined> {
  const { jurisdiction, uuid } = splitId(id)
  const row = await rowOf<FindingRow>(tx, selectFinding, [jurisdiction, uuid])
  return row === undefined ? undefined : findingOf(row)
}

export async function findFindingForUpdate(tx: Tx, id: string): Promise<Finding | undefined> {
  const { jurisdiction, uuid } = splitId(id)
  const row = await rowOf<FindingRow>(tx, `${selectFinding} FOR UPDATE`, [jurisdiction, uuid])
  return row === undefined ? undefined : findingOf(row)
}

/** Findings of many ids; unknown ones are left out. */
export async function listFindingsById(tx: Tx, ids: readonly string[]): Promise<Finding[]> {
  if (ids.length === 0) return []
  const keys = ids.map(splitId)
  return (
    await rowsOf<FindingRow>(
      tx,
      `SELECT ${selected} FROM evaluation.finding e WHERE e.jurisdiction = ANY($1) AND e.id = ANY($2)`,
      [[...new Set(keys.map((key) => key.jurisdiction))], keys.map((key) => key.uuid)],
    )
  ).map(findingOf)
}

/** Their rows, however many, for `act.save`. */
export function findingsInserted(findings: readonly Finding[]): Statement {
  const rows = findings.map((finding) => {
    const { jurisdiction, uuid } = splitId(finding.id)
    return {
      jurisdiction,
      id: uuid,
      division: finding.division,
      state: finding.state,
      version: finding.version,
      contract: finding.contract,
      project: finding.project,
      organization: finding.organization,
      number: finding.number,
      title: finding.title,
      kind: finding.kind,
      serious: finding.serious,
      words: finding.words,
      found_by: finding.foundBy,
      inspection: finding.inspection === undefined ? null : splitId(finding.inspection).uuid,
      rectify_until: finding.rectifyUntil,
      created_at: finding.createdAt,
      updated_at: finding.createdAt,
      history: finding.history,
    }
  })
  return {
    text: `INSERT INTO evaluation.finding (${inserted}) SELECT ${inserted} FROM jsonb_populate_recordset(NULL::evaluation.finding, $1::jsonb)`,
    values: [JSON.stringify(rows)],
  }
}

/** What a visit found, in the order in which it was put down. */
export async function listFindingsOfInspection(tx: Tx, inspection: string): Promise<Finding[]> {
  const { jurisdiction, uuid } = splitId(inspection)
  const rows = await rowsOf<FindingRow>(
    tx,
    `SELECT ${selected} FROM evaluation.finding e WHERE e.jurisdiction = $1 AND e.inspection = $2 ORDER BY e.id LIMIT 20`,
    [jurisdiction, uuid],
  )
  return rows.map(findingOf)
}

export async function saveFinding(tx: Tx, finding: Finding, now: Instant): Promise<void> {
  const { jurisdiction, uuid } = splitId(finding.id)
  await rowOf(
    tx,
    `UPDATE evaluation.finding SET state = $3, version = $4, rectify_until = $5, rectification = $6, rectified_at = $7, remarks = $8, verified_at = $9,
     history = $10, updated_at = $11 WHERE jurisdiction = $1 AND id = $2`,
    [
      jurisdiction,
      uuid,
      finding.state,
      finding.version,
      finding.rectifyUntil,
      finding.rectification ?? null,
      finding.rectifiedAt ?? null,
      finding.remarks ?? null,
      finding.verifiedAt ?? null,
      JSON.stringify(finding.history),
      now,
    ],
  )
}

/** Newest first. */
export function listFindings(tx: Tx, scopes: Scopes, filter: Filter): Promise<{ rows: Finding[]; next?: string }> {
  return pageOf<FindingRow, Finding>(tx, { table: 'finding', selected, read: findingOf }, scopes, filter)
}

/** How many findings a contract has, and how many are not verified yet. */
export async function getFindingCounts(tx: Tx, contract: string): Promise<{ open: number; total: number }> {
  const row = await rowOf<{ open: number; total: number }>(
    tx,
    `SELECT count(*)::integer AS total, (count(*) FILTER (WHERE state <> 'verified'))::integer AS open FROM evaluation.finding WHERE jurisdiction = $1 AND contract = $2`,
    [splitId(contract).jurisdiction, contract],
  )
  return row ?? { open: 0, total: 0 }
}

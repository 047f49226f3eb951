// Evaluation: the SQL of findings.
import { behind } from '../../../platform/conditions.ts'
import type { Scopes } from '../../../kit/actor.ts'
import { asDivision, joinId, splitId } from '../../../kit/id.ts'
import type { Instant } from '../../../kit/instant.ts'
import { rowOf, rowsOf, type Tx } from '../../../platform/database.ts'
import { paged } from '../../../platform/pages.ts'
import type { FindingKind, FindingState } from '../contract.ts'
import type { Finding } from '../rules/findings.ts'
import { conditionsOf, type Filter } from '../store.ts'
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
  'rectify_until',
  'rectification',
  'rectified_at',
  'remarks',
  'verified_at',
  'created_at',
  'history',
] as const
const selected = columns.map((column) => `e.${column}`).join(', ')

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

export async function insertFinding(tx: Tx, finding: Finding): Promise<void> {
  const { jurisdiction, uuid } = splitId(finding.id)
  await rowOf(
    tx,
    `INSERT INTO evaluation.finding (jurisdiction, id, division, state, version, contract, project, organization, number, title, kind, serious, words, found_by,
     rectify_until, created_at, updated_at, history) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $16, $17)`,
    [
      jurisdiction,
      uuid,
      finding.division,
      finding.state,
      finding.version,
      finding.contract,
      finding.project,
      finding.organization,
      finding.number,
      finding.title,
      finding.kind,
      finding.serious,
      finding.words,
      finding.foundBy,
      finding.rectifyUntil,
      finding.createdAt,
      JSON.stringify(finding.history),
    ],
  )
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
export async function listFindings(
  tx: Tx,
  scopes: Scopes,
  filter: Filter,
): Promise<{ rows: Finding[]; next?: string }> {
  const { where, next, values } = conditionsOf(scopes, filter, 'found_by').all(behind('e', filter.cursor))
  const rows = await rowsOf<FindingRow>(
    tx,
    `SELECT ${selected} FROM evaluation.finding e WHERE ${where} ORDER BY e.id DESC LIMIT ${next}`,
    [...values, filter.size + 1],
  )
  return paged(rows.map(findingOf), filter.size)
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

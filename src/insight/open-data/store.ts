// Open data: the SQL of processes and their releases.
import { type DivisionCode, joinId, splitId } from '../../kit/id.ts'
import type { Instant } from '../../kit/instant.ts'
import type { Fen } from '../../kit/money.ts'
import { atPlace, behind, Conditions } from '../../platform/conditions.ts'
import { rowOf, rowsOf, type Tx } from '../../platform/database.ts'
import type { ProcessEvent } from './rules/facts.ts'
import type { JsonObject } from './rules/merge.ts'
import type { ReleaseTag } from './rules/implementation.ts'
import type { Release } from './rules/release.ts'

/** More events than any process has; a process never grows without end. */
const mostEvents = 2000
/** Releases of one process that are read together. */
const mostReleases = 1000

/** The tender of a contract: the link that the contract's draft wrote. */
export async function findTenderOf(tx: Tx, contract: string): Promise<string | undefined> {
  const row = await rowOf<{ id: string }>(
    tx,
    "SELECT to_id AS id FROM platform.link WHERE jurisdiction = $1 AND from_kind = 'contract' AND from_id = $2 AND to_kind = 'tender' LIMIT 1",
    [splitId(contract).jurisdiction, contract],
  )
  return row?.id
}

type EventRow = {
  id: string
  name: string
  at: Instant
  record_id: string
  state_from: string | null
  state_to: string | null
  organization: string | null
  amount: bigint | null
  data: Record<string, unknown>
}

// The tender with its contracts and their transfers; of the project the last approval before the tender was published.
const eventsText = `
WITH contracts AS (
  SELECT from_id AS id FROM platform.link WHERE jurisdiction = $1 AND to_kind = 'tender' AND to_id = $2 AND from_kind = 'contract'
), transfers AS (
  SELECT l.from_id AS id FROM platform.link l JOIN contracts c ON l.to_id = c.id
  WHERE l.jurisdiction = $1 AND l.to_kind = 'contract' AND l.from_kind = 'transfer'
), records AS (
  SELECT 'tender' AS kind, $2::text AS id UNION ALL SELECT 'contract', id FROM contracts UNION ALL SELECT 'transfer', id FROM transfers
), own AS (
  SELECT e.id, e.name, e.at, e.record_id, e.state_from, e.state_to, e.organization, e.amount, e.data
  FROM records r JOIN platform.event e ON e.jurisdiction = $1 AND e.record_kind = r.kind AND e.record_id = r.id
  WHERE e.name = ANY($4)
)
SELECT * FROM (
  SELECT * FROM own UNION ALL (
    SELECT e.id, e.name, e.at, e.record_id, e.state_from, e.state_to, e.organization, e.amount, e.data FROM platform.event e
    WHERE e.jurisdiction = $1 AND e.record_kind = 'project' AND e.record_id = $3 AND e.name = 'projects.approveProject'
      AND e.id < (SELECT id FROM own WHERE name = 'procurement.publishTender' ORDER BY id LIMIT 1)
    ORDER BY e.id DESC LIMIT 1)) AS told
ORDER BY at, id LIMIT ${mostEvents}`

/** What happened in a process, oldest first. */
export async function listProcessEvents(
  tx: Tx,
  process: { readonly tender: string; readonly project: string },
  names: readonly string[],
): Promise<ProcessEvent[]> {
  const { jurisdiction } = splitId(process.tender)
  const rows = await rowsOf<EventRow>(tx, eventsText, [jurisdiction, process.tender, process.project, [...names]])
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    at: row.at,
    of: row.record_id,
    stateFrom: row.state_from ?? undefined,
    stateTo: row.state_to ?? undefined,
    organization: row.organization ?? undefined,
    amount: row.amount === null ? undefined : (row.amount as Fen),
    data: row.data,
  }))
}

export type ProcessRow = {
  readonly tender: string
  readonly ocid: string
  readonly division: DivisionCode
  readonly project: string
  readonly title: string
}

/** Opens a process or finds the one that stands, and locks it: the ocid is the one that it was given first. */
export async function lockProcess(tx: Tx, process: ProcessRow): Promise<{ readonly ocid: string }> {
  const { jurisdiction, uuid } = splitId(process.tender)
  await rowOf(
    tx,
    `INSERT INTO open_data.process (jurisdiction, id, ocid, division, project, title) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (jurisdiction, id) DO NOTHING`,
    [jurisdiction, uuid, process.ocid, process.division, process.project, process.title],
  )
  const row = await rowOf<{ ocid: string }>(
    tx,
    'SELECT ocid FROM open_data.process WHERE jurisdiction = $1 AND id = $2 FOR UPDATE',
    [jurisdiction, uuid],
  )
  if (row === undefined) throw new Error('no such process')
  return row
}

/** Earlier processes of the same project that ended without award, oldest first. */
export function listEndedBefore(tx: Tx, process: ProcessRow): Promise<{ ocid: string; title: string }[]> {
  const { jurisdiction, uuid } = splitId(process.tender)
  return rowsOf(
    tx,
    `SELECT ocid, title FROM open_data.process WHERE jurisdiction = $1 AND project = $2 AND id < $3 AND ended ORDER BY id LIMIT 20`,
    [jurisdiction, process.project, uuid],
  )
}

/** Which events of a process were told already. */
export async function listToldEvents(tx: Tx, tender: string): Promise<string[]> {
  const { jurisdiction, uuid } = splitId(tender)
  const rows = await rowsOf<{ event: string }>(
    tx,
    'SELECT event FROM open_data.release WHERE jurisdiction = $1 AND process = $2',
    [jurisdiction, uuid],
  )
  return rows.map((row) => row.event)
}

/** Adds releases of one process in one statement, with ids in their order. */
export async function insertReleases(
  tx: Tx,
  process: ProcessRow,
  releases: readonly (Release & { readonly key: string })[],
): Promise<void> {
  const { jurisdiction, uuid } = splitId(process.tender)
  await rowOf(
    tx,
    `INSERT INTO open_data.release (jurisdiction, id, process, event, division, at, tags, content)
     SELECT $1, x.key, $2, x.event, $3, x.date, x.tags, x.content
     FROM json_to_recordset($4::json) AS x(key uuid, event uuid, date timestamptz, tags text[], content json)`,
    [
      jurisdiction,
      uuid,
      process.division,
      JSON.stringify(releases.map(({ key, event, date, tags, content }) => ({ key, event, date, tags, content }))),
    ],
  )
}

export type ReleaseRow = {
  readonly id: string
  readonly at: Instant
  readonly tags: readonly ReleaseTag[]
  readonly content: JsonObject
}

/** All releases of a process, oldest first. */
export function listReleasesOf(tx: Tx, tender: string): Promise<ReleaseRow[]> {
  const { jurisdiction, uuid } = splitId(tender)
  return rowsOf(
    tx,
    `SELECT id, at, tags, content FROM open_data.release WHERE jurisdiction = $1 AND process = $2 ORDER BY at, id LIMIT ${mostReleases}`,
    [jurisdiction, uuid],
  )
}

/** Keeps what the releases were compiled to. */
export async function saveCompiled(
  tx: Tx,
  tender: string,
  told: { readonly compiled: JsonObject; readonly releases: number; readonly lastAt: Instant; readonly ended: boolean },
): Promise<void> {
  const { jurisdiction, uuid } = splitId(tender)
  await rowOf(
    tx,
    'UPDATE open_data.process SET compiled = $3, releases = $4, last_at = $5, ended = $6 WHERE jurisdiction = $1 AND id = $2',
    [jurisdiction, uuid, JSON.stringify(told.compiled), told.releases, told.lastAt, told.ended],
  )
}

/** The keys of tenders as rows for a statement over many. */
function keysOf(tenders: readonly string[]): string {
  return JSON.stringify(
    tenders.map((tender) => {
      const { jurisdiction, uuid } = splitId(tender)
      return { tender, jurisdiction, id: uuid }
    }),
  )
}

/** Those of the tenders that have releases. */
export async function listTold(tx: Tx, tenders: readonly string[]): Promise<Set<string>> {
  const rows = await rowsOf<{ jurisdiction: string; id: string }>(
    tx,
    `SELECT p.jurisdiction, p.id FROM jsonb_to_recordset($1::jsonb) AS x(jurisdiction text, id uuid)
     JOIN open_data.process p ON p.jurisdiction = x.jurisdiction AND p.id = x.id WHERE p.releases > 0`,
    [keysOf(tenders)],
  )
  return new Set(rows.map((row) => joinId(row.jurisdiction, row.id)))
}

export type CompiledRow = {
  readonly jurisdiction: string
  readonly id: string
  readonly ocid: string
  readonly division: string
  readonly title: string
  readonly releases: number
  readonly last_at: Instant
  readonly compiled: JsonObject
}

const processColumns = 'p.jurisdiction, p.id, p.ocid, p.division, p.title, p.releases, p.last_at, p.compiled'

/** A process by its tender; undefined before its first release. */
export function findProcess(tx: Tx, tender: string): Promise<CompiledRow | undefined> {
  const { jurisdiction, uuid } = splitId(tender)
  return rowOf(
    tx,
    `SELECT ${processColumns} FROM open_data.process p WHERE p.jurisdiction = $1 AND p.id = $2 AND p.releases > 0`,
    [jurisdiction, uuid],
  )
}

/** Processes of several tenders: what the thread links to. */
export function listOcids(tx: Tx, tenders: readonly string[]): Promise<{ tender: string; ocid: string }[]> {
  return rowsOf(
    tx,
    `SELECT x.tender, p.ocid FROM jsonb_to_recordset($1::jsonb) AS x(tender text, jurisdiction text, id uuid)
     JOIN open_data.process p ON p.jurisdiction = x.jurisdiction AND p.id = x.id WHERE p.releases > 0`,
    [keysOf(tenders)],
  )
}

export type Page = { readonly division?: DivisionCode; readonly cursor?: string; readonly size: number }

function pageConditions(alias: string, page: Page): Conditions {
  const found = new Conditions().add('true')
  if (page.division !== undefined) found.add(...atPlace(alias, page.division))
  return found.all(behind(alias, page.cursor))
}

/** Processes, those begun last first; one more than the page's size tells that there are more. */
export function listProcesses(tx: Tx, page: Page): Promise<CompiledRow[]> {
  const found = pageConditions('p', page).add('p.releases > 0')
  return rowsOf(
    tx,
    `SELECT ${processColumns} FROM open_data.process p WHERE ${found.where} ORDER BY p.id DESC LIMIT ${found.next}`,
    [...found.values, page.size + 1],
  )
}

/** Releases, those written last first; one more than the page's size. */
export function listReleases(tx: Tx, page: Page): Promise<ReleaseRow[]> {
  const found = pageConditions('r', page)
  return rowsOf(
    tx,
    `SELECT r.id, r.at, r.tags, r.content FROM open_data.release r WHERE ${found.where} ORDER BY r.id DESC LIMIT ${found.next}`,
    [...found.values, page.size + 1],
  )
}

/** One release by its process and event. */
export function findRelease(tx: Tx, tender: string, event: string): Promise<ReleaseRow | undefined> {
  const { jurisdiction, uuid } = splitId(tender)
  return rowOf(
    tx,
    'SELECT id, at, tags, content FROM open_data.release WHERE jurisdiction = $1 AND process = $2 AND event = $3',
    [jurisdiction, uuid, event],
  )
}

export type ReleaseHead = {
  readonly tender: string
  readonly event: string
  readonly at: Instant
  readonly tags: readonly ReleaseTag[]
}

/** The releases of several processes without what they say, oldest first of each. */
export async function listReleaseHeads(tx: Tx, tenders: readonly string[]): Promise<ReleaseHead[]> {
  return rowsOf(
    tx,
    `SELECT x.tender, r.event, r.at, r.tags FROM jsonb_to_recordset($1::jsonb) AS x(tender text, jurisdiction text, id uuid)
     JOIN open_data.release r ON r.jurisdiction = x.jurisdiction AND r.process = x.id ORDER BY x.tender, r.at, r.id`,
    [keysOf(tenders)],
  )
}

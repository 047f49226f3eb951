// Delivery: the SQL of cases, their notes and emergency openings. Sealed bytes come and go as they are. Nothing but SQL.
import { asDivision, joinId, splitId } from '../../../kit/id.ts'
import type { Instant } from '../../../kit/instant.ts'
import { behind, Conditions } from '../../../platform/conditions.ts'
import { cursorOf } from '../../../platform/cursor.ts'
import { rowOf, rowsOf, type Tx } from '../../../platform/database.ts'
import { recordReader } from '../../../platform/records.ts'
import type { Statement } from '../../../platform/together.ts'
import { countUpToCap, paged } from '../../../platform/pages.ts'
import type { CaseState, NoteKind } from '../contract/cases.ts'
import type { Case, CaseId, Opening } from '../rules/cases.ts'
import type { DeliveryCaseNote, DeliveryCaseOpening, DeliverySocialCase } from '../tables.ts'

type Known<Table, Narrow> = Omit<Table, keyof Narrow> & Narrow
type CaseRow = Known<
  DeliverySocialCase,
  {
    state: CaseState
    version: number
    topic: Case['topic']
    source: Case['source']
    retention: Case['retention']
    reason: Case['reason'] | null
    consent: Case['consent'] | null
    goals: Buffer | null
    goal_count: number
    awaiting: boolean
    sessions: number
    next_at: Instant | null
    destroyed_at: Instant | null
    created_at: Instant
    history: Case['history']
  }
>
type OpeningRow = Known<DeliveryCaseOpening, { reason: Opening['reason']; at: Instant; until: Instant }>
type NoteRow = Known<DeliveryCaseNote, { kind: NoteKind; at: Instant }>

export type Note = {
  readonly id: string
  readonly case: CaseId
  readonly kind: NoteKind
  readonly author: string
  readonly at: Instant
  readonly body: Buffer
  readonly serviceRecord?: string
}

const columns = [
  'jurisdiction',
  'id',
  'division',
  'state',
  'version',
  'number_year',
  'number_value',
  'contract',
  'organization',
  'worker',
  'worker_person',
  'supervisor',
  'topic',
  'source',
  'under_fourteen',
  'beneficiary',
  'consent',
  'goals',
  'goal_count',
  'awaiting',
  'sessions',
  'retention',
  'reason',
  'next_at',
  'destroyed_at',
  'created_at',
  'history',
] as const
const selected = columns.map((column) => `c.${column}`).join(', ')

function caseOf(row: CaseRow): Case {
  return {
    id: joinId(row.jurisdiction, row.id),
    number: { year: row.number_year, value: Number(row.number_value) },
    division: asDivision(row.division),
    state: row.state,
    version: row.version,
    contract: joinId(row.jurisdiction, row.contract),
    organization: row.organization,
    worker: row.worker,
    workerPerson: row.worker_person,
    supervisor: row.supervisor,
    topic: row.topic,
    source: row.source,
    underFourteen: row.under_fourteen,
    beneficiary: row.beneficiary,
    consent: row.consent ?? undefined,
    goals: row.goals ?? undefined,
    goalCount: row.goal_count,
    awaiting: row.awaiting,
    sessions: row.sessions,
    retention: row.retention,
    reason: row.reason ?? undefined,
    nextAt: row.next_at ?? undefined,
    destroyedAt: row.destroyed_at ?? undefined,
    createdAt: row.created_at,
    history: row.history,
  }
}

/** One, one to be changed, many. */
export const {
  find: findCase,
  findForUpdate: findCaseForUpdate,
  list: listCasesById,
} = recordReader<CaseRow, Case>(selected, 'delivery.social_case c', caseOf)

export async function findCaseByNumberForUpdate(
  tx: Tx,
  jurisdiction: string,
  number: { readonly year: number; readonly value: number },
): Promise<Case | undefined> {
  const row = await rowOf<CaseRow>(
    tx,
    `SELECT ${selected} FROM delivery.social_case c WHERE c.jurisdiction = $1 AND c.number_year = $2 AND c.number_value = $3 FOR UPDATE`,
    [jurisdiction, number.year, number.value],
  )
  return row === undefined ? undefined : caseOf(row)
}

const insertText = `
INSERT INTO delivery.social_case (${columns.join(', ')}, updated_at)
VALUES (${columns.map((_, index) => `$${index + 1}`).join(', ')}, $${columns.length + 1})`

export async function insertCase(tx: Tx, file: Case): Promise<void> {
  const { jurisdiction, uuid } = splitId(file.id)
  await rowOf(tx, insertText, [
    jurisdiction,
    uuid,
    file.division,
    file.state,
    file.version,
    file.number.year,
    file.number.value,
    splitId(file.contract).uuid,
    file.organization,
    file.worker,
    file.workerPerson,
    file.supervisor,
    file.topic,
    file.source,
    file.underFourteen,
    file.beneficiary,
    null,
    null,
    file.goalCount,
    file.awaiting,
    file.sessions,
    file.retention,
    null,
    null,
    null,
    file.createdAt,
    JSON.stringify(file.history),
    file.createdAt,
  ])
}

export function caseSaved(file: Case, now: Instant): Statement {
  const { jurisdiction, uuid } = splitId(file.id)
  return {
    text: `UPDATE delivery.social_case SET state = $3, version = $4, worker = $5, worker_person = $6, supervisor = $7, consent = $8, goals = $9, goal_count = $10,
     awaiting = $11, sessions = $12, retention = $13, reason = $14, next_at = $15, destroyed_at = $16, history = $17, updated_at = $18
     WHERE jurisdiction = $1 AND id = $2`,
    values: [
      jurisdiction,
      uuid,
      file.state,
      file.version,
      file.worker,
      file.workerPerson,
      file.supervisor,
      file.consent === undefined ? null : JSON.stringify(file.consent),
      file.goals ?? null,
      file.goalCount,
      file.awaiting,
      file.sessions,
      file.retention,
      file.reason ?? null,
      file.nextAt ?? null,
      file.destroyedAt ?? null,
      JSON.stringify(file.history),
      now,
    ],
  }
}

export type CaseFilter = {
  readonly state?: CaseState
  readonly relation?: 'worker' | 'supervisor'
  readonly awaiting: boolean
  readonly size: number
  readonly cursor?: string
}

/** For whom a list is made: the organizations in which the person is a social worker or supervises today. */
export type CaseReader = {
  readonly person: string
  readonly worksIn: readonly string[]
  readonly supervisesIn: readonly string[]
  readonly now: Instant
}

function conditionsOf(reader: CaseReader, filter: CaseFilter): Conditions {
  const { person, worksIn, supervisesIn, now } = reader
  const conditions = new Conditions().anyOf([
    // Each has its own index; a person has tens of cases, not thousands.
    ...(worksIn.length > 0 && filter.relation !== 'supervisor'
      ? [['(c.worker_person = ? AND c.organization = ANY(?))', person, [...worksIn]] as const]
      : []),
    ...(supervisesIn.length > 0 && filter.relation !== 'worker'
      ? [['(c.supervisor = ? AND c.organization = ANY(?))', person, [...supervisesIn]] as const]
      : []),
    ...(filter.relation === undefined && worksIn.length + supervisesIn.length === 0
      ? [
          [
            '(c.jurisdiction, c.id) IN (SELECT o.jurisdiction, o.case_id FROM delivery.case_opening o WHERE o.person = ? AND o.until > ?)',
            person,
            now,
          ] as const,
        ]
      : []),
  ])
  if (filter.state !== undefined) conditions.add('c.state = ?', filter.state)
  if (filter.awaiting) conditions.add('c.awaiting')
  return conditions
}

/** Newest first. */
export async function listCases(
  tx: Tx,
  reader: CaseReader,
  filter: CaseFilter,
): Promise<{ cases: Case[]; next?: string }> {
  const { where, next, values } = conditionsOf(reader, filter).all(behind('c', filter.cursor))
  const rows = await rowsOf<CaseRow>(
    tx,
    `SELECT ${selected} FROM delivery.social_case c WHERE ${where} ORDER BY c.id DESC LIMIT ${next}`,
    [...values, filter.size + 1],
  )
  const page = paged(rows.map(caseOf), filter.size)
  return { cases: page.rows, next: page.next }
}

export async function getCaseCount(
  tx: Tx,
  reader: CaseReader,
  filter: CaseFilter,
): Promise<{ n: number; capped: boolean }> {
  return countUpToCap(tx, 'delivery.social_case c', conditionsOf(reader, filter))
}

export function noteInserted(note: Note): Statement {
  const { jurisdiction, uuid } = splitId(note.id)
  return {
    text: 'INSERT INTO delivery.case_note (jurisdiction, id, case_id, kind, author, at, body, service_record) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)',
    values: [
      jurisdiction,
      uuid,
      splitId(note.case).uuid,
      note.kind,
      note.author,
      note.at,
      note.body,
      note.serviceRecord ?? null,
    ],
  }
}

/** Newest first. */
export async function listNotes(
  tx: Tx,
  id: CaseId,
  page: { readonly size: number; readonly cursor?: string },
): Promise<{ notes: Note[]; next?: string }> {
  const { jurisdiction, uuid } = splitId(id)
  const { where, next, values } = new Conditions()
    .add('n.jurisdiction = ? AND n.case_id = ?', jurisdiction, uuid)
    .all(behind('n', page.cursor))
  const rows = await rowsOf<NoteRow>(
    tx,
    `SELECT n.jurisdiction, n.id, n.case_id, n.kind, n.author, n.at, n.body, n.service_record FROM delivery.case_note n
     WHERE ${where} ORDER BY n.id DESC LIMIT ${next}`,
    [...values, page.size + 1],
  )
  const notes = rows.slice(0, page.size).map(
    (row): Note => ({
      id: joinId(row.jurisdiction, row.id),
      case: id,
      kind: row.kind,
      author: row.author,
      at: row.at,
      body: row.body,
      serviceRecord: row.service_record ?? undefined,
    }),
  )
  const last = notes.at(-1)
  return {
    notes,
    next: rows.length > page.size && last !== undefined ? cursorOf([splitId(last.id).uuid]) : undefined,
  }
}

export async function insertOpening(tx: Tx, opening: Opening): Promise<void> {
  const { jurisdiction, uuid } = splitId(opening.id)
  await rowOf(
    tx,
    'INSERT INTO delivery.case_opening (jurisdiction, id, case_id, person, reason, words, at, until) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)',
    [
      jurisdiction,
      uuid,
      splitId(opening.case).uuid,
      opening.person,
      opening.reason,
      opening.words,
      opening.at,
      opening.until,
    ],
  )
}

/** At most the 50 newest emergency openings of a case. */
export async function listOpenings(tx: Tx, id: CaseId): Promise<Opening[]> {
  const { jurisdiction, uuid } = splitId(id)
  const rows = await rowsOf<OpeningRow>(
    tx,
    `SELECT o.jurisdiction, o.id, o.case_id, o.person, o.reason, o.words, o.at, o.until FROM delivery.case_opening o
     WHERE o.jurisdiction = $1 AND o.case_id = $2 ORDER BY o.id DESC LIMIT 50`,
    [jurisdiction, uuid],
  )
  return rows.map((row) => ({
    id: joinId(row.jurisdiction, row.id),
    case: id,
    person: row.person,
    reason: row.reason,
    words: row.words,
    at: row.at,
    until: row.until,
  }))
}

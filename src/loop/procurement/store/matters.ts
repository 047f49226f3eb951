// Procurement: the SQL of questions with their answers, and of the versions of the terms.
import { joinId, splitId } from '../../../kit/id.ts'
import type { Instant } from '../../../kit/instant.ts'
import { rowOf, rowsOf, type Tx } from '../../../platform/database.ts'
import { type ChangedPart, mostChanges, mostQuestions } from '../contract/matters.ts'
import type { TermsVersion } from '../rules/changing.ts'
import type { Question } from '../rules/clarifying.ts'

const some = <T>(value: T | null): T | undefined => value ?? undefined

type QuestionRow = {
  jurisdiction: string
  id: string
  tender: string
  organization: string
  person: string
  words: string
  at: Instant
  due: Instant
  answer: string | null
  answered_at: Instant | null
  answered_by: string | null
}

/** Questions about a tender in the order of their asking; bounded by what the rule takes. */
export async function listQuestions(tx: Tx, tender: string): Promise<Question[]> {
  const { jurisdiction, uuid } = splitId(tender)
  const rows = await rowsOf<QuestionRow>(
    tx,
    `SELECT q.jurisdiction, q.id, q.tender, q.organization, q.person, q.words, q.at, q.due, q.answer, q.answered_at, q.answered_by
     FROM procurement.question q WHERE q.jurisdiction = $1 AND q.tender = $2 ORDER BY q.id LIMIT ${mostQuestions.ofAll}`,
    [jurisdiction, uuid],
  )
  return rows.map((row) => ({
    id: joinId(row.jurisdiction, row.id),
    tender: joinId(row.jurisdiction, row.tender),
    organization: row.organization,
    person: row.person,
    words: row.words,
    at: row.at,
    due: row.due,
    answer: some(row.answer),
    answeredAt: some(row.answered_at),
    answeredBy: some(row.answered_by),
  }))
}

export async function insertQuestion(tx: Tx, question: Question): Promise<void> {
  const { jurisdiction, uuid } = splitId(question.id)
  await rowOf(
    tx,
    `INSERT INTO procurement.question (jurisdiction, id, tender, organization, person, words, at, due)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      jurisdiction,
      uuid,
      splitId(question.tender).uuid,
      question.organization,
      question.person,
      question.words,
      question.at,
      question.due,
    ],
  )
}

/** Who asked about a tender or handed in a bid that lies sealed: told of every answer and change, each alone; at most 400. */
const concerned = `SELECT q.person FROM procurement.question q WHERE q.jurisdiction = $1 AND q.tender = $2
  UNION SELECT e.received_by FROM procurement.sealed_bid e WHERE e.jurisdiction = $1 AND e.tender = $2 AND e.state = 'held' LIMIT 400`

/** Keeps the answer; answers who is to be told of it. */
export async function saveAnswer(
  tx: Tx,
  question: Pick<Question, 'id' | 'tender'>,
  given: { readonly answer: string; readonly at: Instant; readonly by: string },
): Promise<string[]> {
  const { jurisdiction, uuid } = splitId(question.id)
  const rows = await rowsOf<{ person: string }>(
    tx,
    `WITH kept AS (
       UPDATE procurement.question SET answer = $4, answered_at = $5, answered_by = $6 WHERE jurisdiction = $1 AND id = $3
     ) ${concerned}`,
    [jurisdiction, splitId(question.tender).uuid, uuid, given.answer, given.at, given.by],
  )
  return rows.map((row) => row.person)
}

type VersionRow = {
  number: number
  at: Instant
  by_person: string
  reason: string | null
  changed: ChangedPart[]
  binding: boolean
  terms: TermsVersion['terms']
  deadline: Instant
}

/** Versions of a tender's terms since its publication, oldest first. */
export async function listTermsVersions(tx: Tx, tender: string): Promise<TermsVersion[]> {
  const { jurisdiction, uuid } = splitId(tender)
  const rows = await rowsOf<VersionRow>(
    tx,
    `SELECT v.number, v.at, v.by_person, v.reason, v.changed, v.binding, v.terms, v.deadline
     FROM procurement.terms_version v WHERE v.jurisdiction = $1 AND v.tender = $2 ORDER BY v.number LIMIT ${mostChanges + 1}`,
    [jurisdiction, uuid],
  )
  return rows.map(({ number, at, by_person, reason, changed, binding, terms, deadline }) => ({
    ...{ number, at, changed, binding, terms, deadline },
    by: by_person,
    reason: some(reason),
  }))
}

/** Keeps a version of the terms; answers who is to be told of it. */
export async function insertTermsVersion(tx: Tx, tender: string, version: TermsVersion): Promise<string[]> {
  const { jurisdiction, uuid } = splitId(tender)
  const rows = await rowsOf<{ person: string }>(
    tx,
    `WITH kept AS (
       INSERT INTO procurement.terms_version (jurisdiction, tender, number, at, by_person, reason, changed, binding, terms, deadline)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
     ) ${concerned}`,
    [
      jurisdiction,
      uuid,
      version.number,
      version.at,
      version.by,
      version.reason ?? null,
      version.changed,
      version.binding,
      JSON.stringify(version.terms),
      version.deadline,
    ],
  )
  return rows.map((row) => row.person)
}

// Evaluation: the SQL of surveys, their links and the answers that came in. Sealed bytes come and go as they are. Nothing but SQL.
import { randomUUID } from 'node:crypto'
import { asDivision, joinId, splitId } from '../../../kit/id.ts'
import type { Instant } from '../../../kit/instant.ts'
import { cursorOf, readCursor } from '../../../platform/cursor.ts'
import { rowOf, rowsOf, type Tx } from '../../../platform/database.ts'
import type { SurveyState } from '../contract/surveys.ts'
import type { Survey, SurveyItem, Tally } from '../rules/survey.ts'
import type { EvaluationSurvey } from '../tables.ts'

type Known<Table, Narrow> = Omit<Table, keyof Narrow> & Narrow
type SurveyRow = Known<
  EvaluationSurvey,
  {
    state: SurveyState
    version: number
    items: readonly SurveyItem[]
    tally: Tally | null
    draw: readonly string[] | null
    asked: readonly string[] | null
    until: Instant | null
    opened_at: Instant
    closed_at: Instant | null
  }
>

const selected = `s.jurisdiction, s.id, s.division, s.state, s.version, s.evaluation, s.contract, s.organization, s.evaluator, s.number, s.title, s.items,
  s.nonce, s.secret, s.population, s.population_hash, s.invited, s.draw, s.asked, s.until, s.answered, s.tally, s.opened_at, s.closed_at`

function surveyOf(row: SurveyRow): Survey {
  return {
    id: joinId(row.jurisdiction, row.id),
    division: asDivision(row.division),
    state: row.state,
    version: row.version,
    evaluation: joinId(row.jurisdiction, row.evaluation),
    contract: row.contract,
    organization: row.organization,
    evaluator: row.evaluator,
    number: row.number,
    title: row.title,
    items: row.items,
    nonce: row.nonce ?? undefined,
    secret: row.secret ?? undefined,
    population: row.population ?? undefined,
    populationHash: row.population_hash ?? undefined,
    invited: row.invited ?? undefined,
    draw: row.draw ?? undefined,
    asked: row.asked ?? undefined,
    until: row.until ?? undefined,
    answered: row.answered ?? undefined,
    tally: row.tally ?? undefined,
    openedAt: row.opened_at,
    closedAt: row.closed_at ?? undefined,
  }
}

/** `shared`: it does not end while the caller works. */
export async function findSurvey(tx: Tx, id: string, lock?: 'update' | 'shared'): Promise<Survey | undefined> {
  const { jurisdiction, uuid } = splitId(id)
  const locking = lock === undefined ? '' : lock === 'update' ? ' FOR UPDATE' : ' FOR SHARE'
  const row = await rowOf<SurveyRow>(
    tx,
    `SELECT ${selected} FROM evaluation.survey s WHERE s.jurisdiction = $1 AND s.id = $2${locking}`,
    [jurisdiction, uuid],
  )
  return row === undefined ? undefined : surveyOf(row)
}

/** Surveys of many ids; unknown ones are left out. */
export async function listSurveysById(tx: Tx, ids: readonly string[]): Promise<Survey[]> {
  if (ids.length === 0) return []
  const keys = ids.map(splitId)
  const rows = await rowsOf<SurveyRow>(
    tx,
    `SELECT ${selected} FROM evaluation.survey s WHERE s.jurisdiction = ANY($1) AND s.id = ANY($2)`,
    [[...new Set(keys.map((key) => key.jurisdiction))], keys.map((key) => key.uuid)],
  )
  return rows.map(surveyOf)
}

export async function insertSurvey(tx: Tx, survey: Survey): Promise<void> {
  const { jurisdiction, uuid } = splitId(survey.id)
  await rowOf(
    tx,
    `INSERT INTO evaluation.survey (jurisdiction, id, division, state, version, evaluation, contract, organization, evaluator, number, title, items,
       secret, opened_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    [
      jurisdiction,
      uuid,
      survey.division,
      survey.state,
      survey.version,
      splitId(survey.evaluation).uuid,
      survey.contract,
      survey.organization,
      survey.evaluator,
      survey.number,
      survey.title,
      JSON.stringify(survey.items),
      survey.secret ?? null,
      survey.openedAt,
    ],
  )
}

export async function saveSurvey(tx: Tx, survey: Survey): Promise<void> {
  const { jurisdiction, uuid } = splitId(survey.id)
  await rowOf(
    tx,
    `UPDATE evaluation.survey SET state = $3, version = $4, secret = $5, population = $6, population_hash = $7, invited = $8, draw = $9, until = $10,
       answered = $11, tally = $12, closed_at = $13, asked = $14, nonce = $15, roster = CASE WHEN $3 = 'closed' THEN NULL ELSE roster END WHERE jurisdiction = $1 AND id = $2`,
    [
      jurisdiction,
      uuid,
      survey.state,
      survey.version,
      survey.secret ?? null,
      survey.population ?? null,
      survey.populationHash ?? null,
      survey.invited ?? null,
      survey.draw === undefined ? null : JSON.stringify(survey.draw),
      survey.until ?? null,
      survey.answered ?? null,
      survey.tally === undefined ? null : JSON.stringify(survey.tally),
      survey.closedAt ?? null,
      survey.asked === undefined ? null : JSON.stringify(survey.asked),
      survey.nonce ?? null,
    ],
  )
}

/** Puts the sealed roster of a locked survey beside its list. */
export async function saveRoster(tx: Tx, survey: string, roster: Buffer): Promise<void> {
  const { jurisdiction, uuid } = splitId(survey)
  await rowOf(tx, 'UPDATE evaluation.survey SET roster = $3 WHERE jurisdiction = $1 AND id = $2', [
    jurisdiction,
    uuid,
    roster,
  ])
}

/** The sealed roster, apart from the survey since it is long and seldom needed. */
export async function findRoster(tx: Tx, survey: string): Promise<Buffer | undefined> {
  const { jurisdiction, uuid } = splitId(survey)
  const row = await rowOf<{ roster: Buffer | null }>(
    tx,
    'SELECT roster FROM evaluation.survey WHERE jurisdiction = $1 AND id = $2',
    [jurisdiction, uuid],
  )
  return row?.roster ?? undefined
}

/** A link before it is written. `holders`: keyed marks of whoever may take it from the inbox; `who`: the masked name, sealed, of one without. */
export type FreshInvitation = {
  readonly id: string
  readonly tokenHash: string
  readonly holders: readonly string[]
  readonly who?: Buffer
  readonly guardian: boolean
}

/** One statement; written in the order of the random ids, which says nothing of the list. */
export async function insertInvitations(tx: Tx, survey: string, fresh: readonly FreshInvitation[]): Promise<void> {
  if (fresh.length === 0) return
  const { jurisdiction, uuid } = splitId(survey)
  await rowsOf(
    tx,
    `INSERT INTO evaluation.survey_invitation (jurisdiction, survey, id, token_hash, holders, who, guardian)
     SELECT $1, $2, x.id, x.token_hash, x.holders, decode(x.who, 'hex'), x.guardian
     FROM jsonb_to_recordset($3::jsonb) AS x(id uuid, token_hash text, holders text[], who text, guardian boolean) ORDER BY x.id`,
    [
      jurisdiction,
      uuid,
      JSON.stringify(
        fresh.map(({ id, tokenHash, holders, who, guardian }) => ({
          id,
          token_hash: tokenHash,
          holders,
          who: who?.toString('hex') ?? null,
          guardian,
        })),
      ),
    ],
  )
}

/** A link's own id: random, since a number in time would tell an order. */
export const invitationUuid = (): string => randomUUID()

export type Invitation = { readonly id: string; readonly guardian: boolean }
type InvitationRow = { id: string; guardian: boolean }

/** Links that somebody with this mark may take, at most ten. */
export function listInvitationsHeld(tx: Tx, survey: string, mark: string): Promise<Invitation[]> {
  const { jurisdiction, uuid } = splitId(survey)
  return rowsOf<InvitationRow>(
    tx,
    `SELECT id, guardian FROM evaluation.survey_invitation WHERE jurisdiction = $1 AND survey = $2 AND $3 = ANY(holders) ORDER BY id LIMIT 10`,
    [jurisdiction, uuid, mark],
  )
}

/** The link with this token, and its survey; no lock: an answer leaves the link as it is. */
export async function findInvitationByToken(
  tx: Tx,
  jurisdiction: string,
  tokenHash: string,
): Promise<{ readonly survey: string; readonly guardian: boolean } | undefined> {
  const row = await rowOf<{ survey: string; guardian: boolean }>(
    tx,
    'SELECT survey, guardian FROM evaluation.survey_invitation WHERE jurisdiction = $1 AND token_hash = $2',
    [jurisdiction, tokenHash],
  )
  return row && { survey: joinId(jurisdiction, row.survey), guardian: row.guardian }
}

export type Paper = {
  readonly id: string
  readonly who: Buffer
  readonly guardian: boolean
  readonly onPaper?: string
}

/** Links of those who have no inbox, by their ids. */
export async function listPapers(
  tx: Tx,
  survey: string,
  size: number,
  cursor?: string,
): Promise<{ papers: Paper[]; next?: string }> {
  const { jurisdiction, uuid } = splitId(survey)
  const after = readCursor(cursor, 1)?.[0]
  const rows = await rowsOf<{ id: string; who: Buffer; guardian: boolean; on_paper: string | null }>(
    tx,
    `SELECT id, who, guardian, on_paper FROM evaluation.survey_invitation
     WHERE jurisdiction = $1 AND survey = $2 AND who IS NOT NULL AND ($3::uuid IS NULL OR id > $3) ORDER BY id LIMIT $4`,
    [jurisdiction, uuid, after ?? null, size + 1],
  )
  const papers = rows.slice(0, size).map(({ id, who, guardian, on_paper }) => ({
    id,
    who,
    guardian,
    onPaper: on_paper ?? undefined,
  }))
  const last = papers.at(-1)
  return { papers, next: rows.length > size && last !== undefined ? cursorOf([last.id]) : undefined }
}

/** Marks links as handed out on paper on a day; answers those of the survey that are there, of the asked ids or of the mark's. */
export function saveOnPaper(
  tx: Tx,
  survey: string,
  by: { readonly invitation: string } | { readonly mark: string },
  day: string,
): Promise<Invitation[]> {
  const { jurisdiction, uuid } = splitId(survey)
  const [condition, value] =
    'mark' in by ? ['$4 = ANY(holders)', by.mark] : ['id = $4::uuid AND who IS NOT NULL', by.invitation]
  return rowsOf<InvitationRow>(
    tx,
    `UPDATE evaluation.survey_invitation SET on_paper = $3 WHERE jurisdiction = $1 AND survey = $2 AND ${condition} RETURNING id, guardian`,
    [jurisdiction, uuid, day, value],
  )
}

export async function countOnPaper(tx: Tx, survey: string): Promise<number> {
  const { jurisdiction, uuid } = splitId(survey)
  const row = await rowOf<{ n: number }>(
    tx,
    'SELECT count(*)::int AS n FROM evaluation.survey_invitation WHERE jurisdiction = $1 AND survey = $2 AND on_paper IS NOT NULL',
    [jurisdiction, uuid],
  )
  return row?.n ?? 0
}

/** Whose link it was is forgotten: marks and names go, the token's hash stays so that an old link is told that the survey ended. */
export async function saveForgotten(tx: Tx, survey: string): Promise<void> {
  const { jurisdiction, uuid } = splitId(survey)
  await rowsOf(
    tx,
    "UPDATE evaluation.survey_invitation SET holders = '{}', who = NULL WHERE jurisdiction = $1 AND survey = $2",
    [jurisdiction, uuid],
  )
}

/** An answer under way: known by the keyed hash of its token, all else sealed. */
export type SealedAnswer = { readonly mark: string; readonly sealed: Buffer }

/** Puts an answer in; the sealed answer of this token that is there already, if any. */
export async function insertAnswer(tx: Tx, survey: string, answer: SealedAnswer): Promise<Buffer | undefined> {
  const { jurisdiction, uuid } = splitId(survey)
  const put = await rowOf(
    tx,
    `INSERT INTO evaluation.survey_inbox (jurisdiction, survey, mark, sealed) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING RETURNING true AS put`,
    [jurisdiction, uuid, answer.mark, answer.sealed],
  )
  return put === undefined ? findAnswer(tx, survey, answer.mark) : undefined
}

export async function findAnswer(tx: Tx, survey: string, mark: string): Promise<Buffer | undefined> {
  const { jurisdiction, uuid } = splitId(survey)
  const row = await rowOf<{ sealed: Buffer }>(
    tx,
    'SELECT sealed FROM evaluation.survey_inbox WHERE jurisdiction = $1 AND survey = $2 AND mark = $3',
    [jurisdiction, uuid, mark],
  )
  return row?.sealed
}

/** Takes all answers of a locked survey out, sealed as they are. */
export function removeAnswers(tx: Tx, survey: string): Promise<SealedAnswer[]> {
  const { jurisdiction, uuid } = splitId(survey)
  return rowsOf<SealedAnswer>(
    tx,
    'DELETE FROM evaluation.survey_inbox WHERE jurisdiction = $1 AND survey = $2 RETURNING mark, sealed',
    [jurisdiction, uuid],
  )
}

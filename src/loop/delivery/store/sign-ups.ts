// Delivery: the SQL of places taken, of being there, and of where somebody is at a time. Nothing but SQL.
import { joinId, type Jurisdiction, splitId } from '../../../kit/id.ts'
import type { Instant } from '../../../kit/instant.ts'
import { cursorOf, readCursor } from '../../../platform/cursor.ts'
import { rowOf, rowsOf, sqlState, type Tx } from '../../../platform/database.ts'
import type { Statement } from '../../../platform/together.ts'
import type { Outcome } from '../contract/occasions.ts'
import type { Occasion, SignUp } from '../rules/occasions.ts'
import type { DeliverySignUp } from '../tables.ts'
import { occasionColumns, occasionOf, type OccasionRow } from './occasions.ts'

type SignUpRow = Omit<
  DeliverySignUp,
  'taken_at' | 'given_back_at' | 'arrived_at' | 'left_at' | 'outcome' | 'by_worker'
> & {
  taken_at: Instant
  given_back_at: Instant | null
  arrived_at: Instant | null
  left_at: Instant | null
  by_worker: boolean
  outcome: Outcome | null
}

const columns =
  's.jurisdiction, s.id, s.occasion_id, s.person, s.taken_at, s.given_back_at, s.arrived_at, s.left_at, s.by_worker, s.minutes, s.outcome'

function signUpOf(row: SignUpRow): SignUp {
  return {
    id: joinId(row.jurisdiction, row.id),
    occasion: joinId(row.jurisdiction, row.occasion_id),
    person: row.person,
    takenAt: row.taken_at,
    givenBackAt: row.given_back_at ?? undefined,
    arrivedAt: row.arrived_at ?? undefined,
    leftAt: row.left_at ?? undefined,
    byWorker: row.by_worker,
    minutes: row.minutes ?? undefined,
    outcome: row.outcome ?? undefined,
  }
}

/** A person's place of an occasion, given back ones too. */
export async function findSignUp(tx: Tx, occasion: string, person: string): Promise<SignUp | undefined> {
  const { jurisdiction, uuid } = splitId(occasion)
  const row = await rowOf<SignUpRow>(
    tx,
    `SELECT ${columns} FROM delivery.sign_up s WHERE s.jurisdiction = $1 AND s.occasion_id = $2 AND s.person = $3`,
    [jurisdiction, uuid, person],
  )
  return row && signUpOf(row)
}

/** Everybody who has a place of an occasion (at most as many as it may hold), in the order of taking. */
export async function listSignUps(tx: Tx, occasion: string): Promise<SignUp[]> {
  const { jurisdiction, uuid } = splitId(occasion)
  const rows = await rowsOf<SignUpRow>(
    tx,
    `SELECT ${columns} FROM delivery.sign_up s WHERE s.jurisdiction = $1 AND s.occasion_id = $2 AND s.given_back_at IS NULL ORDER BY s.id LIMIT 4000`,
    [jurisdiction, uuid],
  )
  return rows.map(signUpOf)
}

/** What taking a place looks at beside the occasion, in one statement: my place of it, what overlaps, shifts I stayed away from. */
export async function findStandingOf(
  tx: Tx,
  occasion: Occasion,
  person: string,
  missedSince: Instant,
): Promise<{
  readonly mine: Pick<SignUp, 'givenBackAt'> | undefined
  readonly overlapping: Instant | undefined
  readonly missed: readonly Instant[]
}> {
  const { jurisdiction, uuid } = splitId(occasion.id)
  const row = await rowOf<{
    mine: boolean | null
    given_back: Instant | null
    overlapping: Instant | null
    missed: readonly Instant[] | null
  }>(
    tx,
    `SELECT bool_or(s.jurisdiction = $1 AND s.occasion_id = $2) AS mine,
       max(s.given_back_at) FILTER (WHERE s.jurisdiction = $1 AND s.occasion_id = $2) AS given_back,
       min(s.starts) FILTER (WHERE s.given_back_at IS NULL AND s.outcome IS NULL AND s.occasion_id <> $2 AND s.ends > $4 AND s.starts < $5) AS overlapping,
       array_agg(s.ends) FILTER (WHERE s.outcome = 'no-show' AND s.kind = 'shift' AND s.ends > $6) AS missed
     FROM delivery.sign_up s WHERE s.person = $3 AND s.ends > least($4::timestamptz, $6::timestamptz)`,
    [jurisdiction, uuid, person, occasion.from, occasion.until, missedSince],
  )
  return {
    mine: row?.mine === true ? { givenBackAt: row.given_back ?? undefined } : undefined,
    overlapping: row?.overlapping ?? undefined,
    missed: (row?.missed ?? []).toSorted().reverse(),
  }
}

/** Takes a place, or one that was given back again. */
export function signUpTaken(it: SignUp, occasion: Occasion): Statement {
  const { jurisdiction, uuid } = splitId(it.id)
  return {
    text: `INSERT INTO delivery.sign_up (jurisdiction, id, occasion_id, kind, person, starts, ends, taken_at, arrived_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     ON CONFLICT (jurisdiction, occasion_id, person) DO UPDATE SET taken_at = $8, arrived_at = $9, given_back_at = NULL`,
    values: [
      jurisdiction,
      uuid,
      splitId(occasion.id).uuid,
      occasion.kind,
      it.person,
      occasion.from,
      occasion.until,
      it.takenAt,
      it.arrivedAt ?? null,
    ],
  }
}

/** Many places of one occasion. */
export function signUpsSaved(jurisdiction: Jurisdiction, signUps: readonly SignUp[]): Statement {
  return {
    text: `UPDATE delivery.sign_up s SET given_back_at = x.given_back_at, arrived_at = x.arrived_at, left_at = x.left_at, by_worker = x.by_worker,
       minutes = x.minutes, outcome = x.outcome
     FROM jsonb_to_recordset($2::jsonb) AS x(id uuid, given_back_at timestamptz, arrived_at timestamptz, left_at timestamptz, by_worker boolean,
       minutes integer, outcome text)
     WHERE s.jurisdiction = $1 AND s.id = x.id`,
    values: [
      jurisdiction,
      JSON.stringify(
        signUps.map((it) => ({
          id: splitId(it.id).uuid,
          given_back_at: it.givenBackAt,
          arrived_at: it.arrivedAt,
          left_at: it.leftAt,
          by_worker: it.byWorker,
          minutes: it.minutes,
          outcome: it.outcome,
        })),
      ),
    ],
  }
}

/** Everybody's place of an occasion gets its end: all of one outcome, or by whether they arrived. */
export function signUpsEnded(occasion: Occasion, outcome: 'called-off' | 'by-arrival'): Statement {
  const { jurisdiction, uuid } = splitId(occasion.id)
  return {
    text: `UPDATE delivery.sign_up SET outcome = CASE WHEN $3 = 'called-off' THEN 'called-off' WHEN arrived_at IS NULL THEN 'no-show' ELSE 'attended' END
     WHERE jurisdiction = $1 AND occasion_id = $2 AND given_back_at IS NULL`,
    values: [jurisdiction, uuid, outcome],
  }
}

/** Ids of shifts not yet begun in which a person has a place; at most 500. */
export async function listPlacesAhead(tx: Tx, person: string, now: Instant): Promise<string[]> {
  const rows = await rowsOf<{ jurisdiction: string; occasion_id: string }>(
    tx,
    `SELECT s.jurisdiction, s.occasion_id FROM delivery.sign_up s
     WHERE s.person = $1 AND s.kind = 'shift' AND s.given_back_at IS NULL AND s.outcome IS NULL AND s.ends > $2 AND s.starts > $2 ORDER BY s.ends LIMIT 500`,
    [person, now],
  )
  return rows.map((row) => joinId(row.jurisdiction, row.occasion_id))
}

type MineRow = OccasionRow & {
  s_arrived: Instant | null
  s_left: Instant | null
  s_minutes: number | null
  s_outcome: Outcome | null
}

/** Places of a person, latest first, with the occasion of each. */
export async function listOccasionsOf(
  tx: Tx,
  filter: { readonly person: string; readonly size: number; readonly cursor?: string },
): Promise<{
  rows: { occasion: Occasion; mine: Pick<SignUp, 'arrivedAt' | 'leftAt' | 'minutes' | 'outcome'> }[]
  next?: string
}> {
  const [ends, id] = readCursor(filter.cursor, 2) ?? []
  const after = ends !== undefined && id !== undefined && /^[0-9a-f-]{36}$/.test(id) && !Number.isNaN(Date.parse(ends))
  const found = await rowsOf<MineRow & { s_id: string; s_ends: Instant }>(
    tx,
    `SELECT ${occasionColumns}, s.id AS s_id, s.ends AS s_ends, s.arrived_at AS s_arrived, s.left_at AS s_left, s.minutes AS s_minutes, s.outcome AS s_outcome
     FROM delivery.sign_up s JOIN delivery.occasion o ON o.jurisdiction = s.jurisdiction AND o.id = s.occasion_id
     WHERE s.person = $1 AND s.given_back_at IS NULL${after ? ' AND (s.ends, s.id) < ($3::timestamptz, $4::uuid)' : ''}
     ORDER BY s.ends DESC, s.id DESC LIMIT $2`,
    [filter.person, filter.size + 1, ...(after ? [ends, id] : [])],
  )
  const page = found.slice(0, filter.size)
  const last = page.at(-1)
  return {
    rows: page.map((row) => ({
      occasion: occasionOf(row),
      mine: {
        arrivedAt: row.s_arrived ?? undefined,
        leftAt: row.s_left ?? undefined,
        minutes: row.s_minutes ?? undefined,
        outcome: row.s_outcome ?? undefined,
      },
    })),
    next: found.length > filter.size && last ? cursorOf([last.s_ends, last.s_id]) : undefined,
  }
}

/**
 * Until when a person is at another place by their own check-in; undefined when nowhere. A check-in that began after this act and was accepted
 * before it counts too: its beginning lies a moment behind `now`.
 */
export async function findPresence(tx: Tx, person: string, now: Instant): Promise<Instant | undefined> {
  const row = await rowOf<{ ends: Instant }>(
    tx,
    'SELECT ends FROM delivery.presence WHERE person = $1 AND tstzrange(starts, ends) && tstzrange($2::timestamptz, NULL) LIMIT 1',
    [person, now],
  )
  return row?.ends
}

/**
 * Notes that somebody is there from now until the end. False when they are at another place in that time: the table's own constraint decides
 * between two check-ins at once; the refusal rolls the act back.
 */
export async function insertPresence(
  tx: Tx,
  presence: { readonly person: string; readonly occasion: string; readonly from: Instant; readonly until: Instant },
): Promise<boolean> {
  try {
    await rowOf(tx, 'INSERT INTO delivery.presence (person, occasion, starts, ends) VALUES ($1, $2, $3, $4)', [
      presence.person,
      presence.occasion,
      presence.from,
      presence.until,
    ])
    return true
  } catch (error) {
    if (sqlState(error) === '23P01') return false
    throw error
  }
}

/** Somebody left: they may be elsewhere from now on. */
export async function savePresenceEnded(tx: Tx, person: string, occasion: string, now: Instant): Promise<void> {
  await rowOf(
    tx,
    `UPDATE delivery.presence SET ends = greatest($3::timestamptz, starts + interval '1 millisecond') WHERE person = $1 AND occasion = $2 AND ends > $3`,
    [person, occasion, now],
  )
}

/** The persons among these times who were at another place by their own check-in. One statement, none for none. */
export async function listElsewhere(
  tx: Tx,
  occasion: string,
  times: readonly { readonly person: string; readonly from: Instant; readonly until: Instant }[],
): Promise<Set<string>> {
  if (times.length === 0) return new Set()
  const rows = await rowsOf<{ person: string }>(
    tx,
    `SELECT DISTINCT p.person FROM jsonb_to_recordset($1::jsonb) AS x(person text, "from" timestamptz, until timestamptz)
     JOIN delivery.presence p ON p.person = x.person AND p.occasion <> $2 AND tstzrange(p.starts, p.ends) && tstzrange(x."from", x.until)`,
    [JSON.stringify(times.map(({ person, from, until }) => ({ person, from, until }))), occasion],
  )
  return new Set(rows.map((row) => row.person))
}

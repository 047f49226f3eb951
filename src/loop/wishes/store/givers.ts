// Wishes: the SQL of supporting bodies and of who helped whom.
import { asDivision, type Id, joinId, splitId } from '../../../kit/id.ts'
import type { Instant } from '../../../kit/instant.ts'
import { atPlace, behind, Conditions } from '../../../platform/conditions.ts'
import { cursorOf } from '../../../platform/cursor.ts'
import { rowOf, rowsOf, type Tx } from '../../../platform/database.ts'
import { recordReader } from '../../../platform/records.ts'
import type { DivisionCode } from '../../../kit/id.ts'
import type { Claim } from '../rules.ts'
import type { Body, Help } from '../rules/givers.ts'

type BodyRow = {
  jurisdiction: string
  id: string
  division: string
  state: Body['state']
  version: number
  kind: Body['kind']
  name: string
  uscc: string | null
  words: string | null
  person: string
  person_masked: string
  end_words: string | null
  history: Body['history']
  created_at: Instant
}

const selected =
  'b.jurisdiction, b.id, b.division, b.state, b.version, b.kind, b.name, b.uscc, b.words, b.person, b.person_masked, b.end_words, b.history, b.created_at'

function bodyOf(row: BodyRow): Body {
  return {
    id: joinId(row.jurisdiction, row.id),
    division: asDivision(row.division),
    state: row.state,
    version: row.version,
    kind: row.kind,
    name: row.name,
    uscc: row.uscc ?? undefined,
    words: row.words ?? undefined,
    person: row.person as Id<'person'>,
    personMasked: row.person_masked,
    endWords: row.end_words ?? undefined,
    history: row.history,
    createdAt: row.created_at,
  }
}

/** One, one to be changed, many. */
export const {
  find: findBody,
  findForUpdate: findBodyForUpdate,
  list: listBodiesByIds,
} = recordReader<BodyRow, Body>(selected, 'wishes.supporting_body b', bodyOf)

/** Keeps a new body; false when its name or its person stands in the community already. */
export async function insertBody(tx: Tx, body: Body): Promise<boolean> {
  const { jurisdiction, uuid } = splitId(body.id)
  const row = await rowOf(
    tx,
    `INSERT INTO wishes.supporting_body (jurisdiction, id, division, state, version, kind, name, uscc, words, person, person_masked, history, created_at, updated_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13) ON CONFLICT DO NOTHING RETURNING id`,
    [
      jurisdiction,
      uuid,
      body.division,
      body.state,
      body.version,
      body.kind,
      body.name,
      body.uscc ?? null,
      body.words ?? null,
      body.person,
      body.personMasked,
      JSON.stringify(body.history),
      body.createdAt,
    ],
  )
  return row !== undefined
}

/** Saves the state of a locked body. */
export async function saveBody(tx: Tx, body: Body, now: Instant): Promise<void> {
  const { jurisdiction, uuid } = splitId(body.id)
  await rowOf(
    tx,
    'UPDATE wishes.supporting_body SET state = $3, version = $4, end_words = $5, history = $6, updated_at = $7 WHERE jurisdiction = $1 AND id = $2',
    [jurisdiction, uuid, body.state, body.version, body.endWords ?? null, JSON.stringify(body.history), now],
  )
}

/** Supporting bodies of a place, newest first. */
export async function listBodiesOf(
  tx: Tx,
  filter: { place: DivisionCode; state?: string; size: number; cursor?: string },
): Promise<{ rows: Body[]; next?: string }> {
  const conditions = new Conditions().add(...atPlace('b', filter.place))
  if (filter.state !== undefined) conditions.add('b.state = ?', filter.state)
  conditions.all(behind('b', filter.cursor))
  const rows = await rowsOf<BodyRow>(
    tx,
    `SELECT ${selected} FROM wishes.supporting_body b WHERE ${conditions.where} ORDER BY b.id DESC LIMIT $${conditions.values.length + 1}`,
    [...conditions.values, filter.size + 1],
  )
  const page = rows.slice(0, filter.size)
  const last = page[page.length - 1]
  return {
    rows: page.map(bodyOf),
    next: rows.length > filter.size && last !== undefined ? cursorOf([last.id]) : undefined,
  }
}

/** The newest twenty bodies of a person. */
export async function listBodiesOfPerson(tx: Tx, person: string): Promise<Body[]> {
  const rows = await rowsOf<BodyRow>(
    tx,
    `SELECT ${selected} FROM wishes.supporting_body b WHERE b.person = $1 ORDER BY b.id DESC LIMIT 20`,
    [person],
  )
  return rows.map(bodyOf)
}

// A resident already helped makes no new cell and raises nothing; the name by which the giver is shown is always the last one.
const addHelp = `
WITH fresh AS (
  INSERT INTO wishes.helped (jurisdiction, place, year, giver, resident)
  SELECT $1::text, x.place, $2::integer, $3::text, $4::text FROM unnest($5::text[]) AS x(place)
  ON CONFLICT DO NOTHING RETURNING place)
INSERT INTO wishes.standing AS s (jurisdiction, place, year, giver, giver_kind, name, helped)
SELECT $1::text, f.place, $2::integer, $3::text, $6::text, $7::text, 1 FROM fresh f
ON CONFLICT (jurisdiction, place, year, giver) DO UPDATE SET helped = s.helped + 1`

/** Counts a resident helped, once for each place and year; and keeps how the giver wishes to be shown. */
export async function insertHelp(tx: Tx, help: readonly Help[], claim: Claim): Promise<void> {
  const [first] = help
  if (first === undefined) return
  const { jurisdiction } = splitId(`${first.place.slice(0, 6)}-`)
  const places = help.map(({ place }) => place)
  await rowOf(tx, addHelp, [
    jurisdiction,
    first.year,
    first.giver,
    first.resident,
    places,
    claim.kind,
    claim.name ?? null,
  ])
  await rowOf(
    tx,
    'UPDATE wishes.standing SET name = $5, giver_kind = $6 WHERE jurisdiction = $1 AND year = $2 AND giver = $3 AND place = ANY($4)',
    [jurisdiction, first.year, first.giver, places, claim.name ?? null, claim.kind],
  )
}

// Participation: the SQL of what may be told.
import { type DivisionCode, jurisdictionOf } from '../../kit/id.ts'
import type { PlainDate } from '../../kit/plain-date.ts'
import { endOfPrefix } from '../../platform/cursor.ts'
import { rowOf, rowsOf, type Tx } from '../../platform/database.ts'
import type { ParticipationAct, TellingGroup } from './contract.ts'

export type FigureRow = {
  readonly division: string
  readonly year: string
  readonly act: ParticipationAct
  readonly age_group: TellingGroup
  readonly persons: number | null
  readonly adults: number | null
  readonly as_of: string
}

const saveText = `
INSERT INTO participation.figure AS f (jurisdiction, division, year, act, age_group, persons, adults, as_of)
SELECT $1, $2, $3, x.act, x.age_group, x.persons, x.adults, $4 FROM jsonb_to_recordset($5::jsonb) AS x(act text, age_group text, persons integer, adults integer)
ON CONFLICT (jurisdiction, division, year, act, age_group) DO UPDATE SET persons = excluded.persons, adults = excluded.adults, as_of = excluded.as_of`

/** Publishes the figures of a community and year; those from before give way. */
export async function saveFigures(
  tx: Tx,
  place: { readonly division: DivisionCode; readonly year: string; readonly asOf: PlainDate },
  rows: readonly Pick<FigureRow, 'act' | 'age_group' | 'persons' | 'adults'>[],
): Promise<void> {
  await rowOf(tx, saveText, [
    jurisdictionOf(place.division),
    place.division,
    place.year,
    place.asOf,
    JSON.stringify(rows),
  ])
}

/** When the figures of a community and year were published last. */
export async function findPublished(tx: Tx, division: DivisionCode, year: string): Promise<PlainDate | undefined> {
  const row = await rowOf<{ as_of: string }>(
    tx,
    "SELECT as_of FROM participation.figure WHERE jurisdiction = $1 AND division = $2 AND year = $3 AND act = 'any' AND age_group = 'all'",
    [jurisdictionOf(division), division, year],
  )
  return row?.as_of as PlainDate | undefined
}

/** All figures of one community and year. */
export function listFigures(tx: Tx, division: DivisionCode, year: string): Promise<FigureRow[]> {
  return rowsOf<FigureRow>(
    tx,
    'SELECT division, year, act, age_group, persons, adults, as_of FROM participation.figure WHERE jurisdiction = $1 AND division = $2 AND year = $3',
    [jurisdictionOf(division), division, year],
  )
}

/** All who took part at each community below a county or township, at most 300. */
export function listPlaces(tx: Tx, division: DivisionCode, year: string): Promise<FigureRow[]> {
  return rowsOf<FigureRow>(
    tx,
    `SELECT division, year, act, age_group, persons, adults, as_of FROM participation.figure
     WHERE jurisdiction = $1 AND division >= $2 AND division < $3 AND year = $4 AND act = 'any' AND age_group = 'all' ORDER BY division LIMIT 300`,
    [jurisdictionOf(division), division, endOfPrefix(division), year],
  )
}

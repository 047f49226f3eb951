// Delivery: the SQL of rooms and how many people each may hold. Nothing but SQL.
import type { Scopes } from '../../../kit/actor.ts'
import { asDivision, type DivisionCode, type Id, joinId, splitId } from '../../../kit/id.ts'
import type { Instant } from '../../../kit/instant.ts'
import { below, Conditions, within } from '../../../platform/conditions.ts'
import { readCursor } from '../../../platform/cursor.ts'
import { rowOf, rowsOf, type Tx } from '../../../platform/database.ts'
import { paged } from '../../../platform/pages.ts'

export type Room = {
  readonly id: Id<'room'>
  readonly division: DivisionCode
  readonly name: string
  readonly capacity: number
  readonly open: boolean
}

type Row = { jurisdiction: string; id: string; division: string; name: string; capacity: number; open: boolean }
const columns = 'r.jurisdiction, r.id, r.division, r.name, r.capacity, r.open'

function roomOf({ jurisdiction, id, division, name, capacity, open }: Row): Room {
  return { id: joinId(jurisdiction, id), division: asDivision(division), name, capacity, open }
}

export async function findRoom(tx: Tx, id: string): Promise<Room | undefined> {
  const { jurisdiction, uuid } = splitId(id)
  const row = await rowOf<Row>(tx, `SELECT ${columns} FROM delivery.room r WHERE r.jurisdiction = $1 AND r.id = $2`, [
    jurisdiction,
    uuid,
  ])
  return row && roomOf(row)
}

/** Rooms of many ids; unknown ones are left out. */
export async function listRoomsById(tx: Tx, ids: readonly string[]): Promise<Room[]> {
  if (ids.length === 0) return []
  const keys = ids.map(splitId)
  const rows = await rowsOf<Row>(
    tx,
    `SELECT ${columns} FROM delivery.room r WHERE r.jurisdiction = ANY($1) AND r.id = ANY($2)`,
    [[...new Set(keys.map((key) => key.jurisdiction))], keys.map((key) => key.uuid)],
  )
  return rows.map(roomOf)
}

/** A new room, or the one of this name with what is new about it; answers its id. */
export async function saveRoom(tx: Tx, room: Room, now: Instant): Promise<string> {
  const { jurisdiction, uuid } = splitId(room.id)
  const row = await rowOf<{ id: string }>(
    tx,
    `INSERT INTO delivery.room (jurisdiction, id, division, name, capacity, open, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7)
     ON CONFLICT (jurisdiction, division, name) DO UPDATE SET capacity = $5, open = $6, updated_at = $7 RETURNING id`,
    [jurisdiction, uuid, room.division, room.name, room.capacity, room.open, now],
  )
  return joinId(jurisdiction, row?.id ?? uuid)
}

/** Rooms by place and name. An organization is offered those of the place that it asks for. */
export async function listRooms(
  tx: Tx,
  scopes: Scopes,
  filter: { readonly division?: DivisionCode; readonly size: number; readonly cursor?: string },
): Promise<{ rows: Room[]; next?: string }> {
  const conditions = new Conditions()
  if (scopes.organizations.length === 0)
    conditions.anyOf(within('r', { divisions: scopes.divisions, organizations: [] }))
  if (filter.division !== undefined) conditions.all(below('r', filter.division))
  else if (scopes.organizations.length > 0) return { rows: [] }
  const [division, name] = readCursor(filter.cursor, 2) ?? []
  if (division !== undefined && name !== undefined) conditions.add('(r.division, r.name) > (?, ?)', division, name)
  const { where, next, values } = conditions
  const found = await rowsOf<Row>(
    tx,
    `SELECT ${columns} FROM delivery.room r WHERE ${where} ORDER BY r.division, r.name LIMIT ${next}`,
    [...values, filter.size + 1],
  )
  return paged(found.map(roomOf), filter.size, (last) => [last.division, last.name])
}

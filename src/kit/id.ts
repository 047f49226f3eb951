// Ids: UUIDv7 with the jurisdiction of their birth in front, branded per record, so that an id alone finds its shard.
import { z } from 'zod'

/** 2, 4, 6, 9, 12 or 15 digits: province, city, county, township, community, grid. A prefix is an ancestor. */
export type DivisionCode = string & { readonly __brand: 'division' }

/** The 6-digit code of the government that owns a row: 320505, a city's own 320500, the province's 320000. */
export type Jurisdiction = string & { readonly __brand: 'jurisdiction' }

/** `<jurisdiction>-<uuid>`; the kind is a compile-time brand only. */
export type Id<Kind extends string> = string & { readonly __id: Kind }

/** A record named from outside its domain: what kind and which id. Links between records are pairs of these. */
export type RecordRef = { readonly kind: string; readonly id: string }

const uuidPattern = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'
const idPattern = new RegExp(`^[0-9]{6}-${uuidPattern}$`)
const divisionPattern = /^(?:\d{2}|\d{4}|\d{6}|\d{9}|\d{12}|\d{15})$/

/** Zod schema of an id of one kind of record. */
export function idOf<Kind extends string>(kind: Kind) {
  return z
    .string()
    .regex(idPattern)
    .meta({ format: 'record-id', record: kind })
    .transform((text) => text as Id<Kind>)
}

/** Zod schema of a division code. */
export const divisionCode = z
  .string()
  .regex(divisionPattern)
  .meta({ format: 'division' })
  .transform((text) => text as DivisionCode)

/** Reads a division code from trusted text (a database row, a data file); throws on anything else: a fault. */
export function asDivision(text: string): DivisionCode {
  if (!divisionPattern.test(text)) throw new Error('not a division code')
  return text as DivisionCode
}

/** The owner of rows that belong to a division: 32 -> 320000, 3205 -> 320500, 320505001002 -> 320505. */
export function jurisdictionOf(division: DivisionCode): Jurisdiction {
  return division.slice(0, 6).padEnd(6, '0') as Jurisdiction
}

/** Whether `division` lies in `scope` (itself or below). */
export function within(division: DivisionCode, scope: DivisionCode): boolean {
  return division.startsWith(scope)
}

export type DivisionLevel = 'province' | 'city' | 'county' | 'township' | 'community' | 'grid'

const levels: Readonly<Record<number, DivisionLevel>> = {
  2: 'province',
  4: 'city',
  6: 'county',
  9: 'township',
  12: 'community',
  15: 'grid',
}

/** The level of a code, from its length. */
export function levelOf(division: DivisionCode): DivisionLevel {
  const level = levels[division.length]
  if (level === undefined) throw new Error('not a division code')
  return level
}

/** The ancestor of a code at a level, or undefined when the code stands above it. */
export function ancestorAt(division: DivisionCode, level: DivisionLevel): DivisionCode | undefined {
  const length = Number(Object.entries(levels).find(([, name]) => name === level)?.[0])
  return division.length >= length ? (division.slice(0, length) as DivisionCode) : undefined
}

/** A new id in a jurisdiction from a UUID made by the caller (UUIDv7: platform/clock makes them). */
export function makeId<Kind extends string>(jurisdiction: Jurisdiction, uuid: string): Id<Kind> {
  return `${jurisdiction}-${uuid}` as Id<Kind>
}

/** The two columns of an id. */
export function splitId(id: string): { jurisdiction: Jurisdiction; uuid: string } {
  return { jurisdiction: id.slice(0, 6) as Jurisdiction, uuid: id.slice(7) }
}

/** An id from its two columns. */
export function joinId<Kind extends string>(jurisdiction: string, uuid: string): Id<Kind> {
  return `${jurisdiction}-${uuid}` as Id<Kind>
}

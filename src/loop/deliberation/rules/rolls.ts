// Deliberation: the roll of households: how an address is recognised, until when the roll changes, who may be named, what a row of a file becomes. Pure.
import type { Actor } from '../../../kit/actor.ts'
import { isPhone, maskName, plainPhone } from '../../../kit/chinese-ids.ts'
import { type DivisionCode, within } from '../../../kit/id.ts'
import type { Instant } from '../../../kit/instant.ts'
import { allow, refuse, type Ruling } from '../../../kit/ruling.ts'
import { type RollColumn, rollColumns } from '../contract/rolls.ts'
import { type Motion, standing } from '../rules.ts'
import type { Vote } from './ballots.ts'

// Building, unit, room, group and household as Chinese addresses count them, in both scripts.
const counters =
  /\u53f7\u697c|\u865f\u6a13|\u5355\u5143|\u55ae\u5143|[\u5e62\u680b\u68df\u5ea7\u697c\u6a13\u5ba4\u53f7\u865f\u6237\u6236\u7ec4\u7d44]/g

/**
 * What makes two ways to write an address of one community the same household: the counting words, blanks, dashes, widths and leading zeros do not
 * count. Empty where nothing is left.
 */
export function householdKey(address: string): string {
  return address
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(counters, '-')
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/(?<!\d)0+(?=\d)/g, '')
    .replaceAll(/^-+|-+$/g, '')
}

/** Whether the roll changes now: before and during the vote, until the first token or paper ballot is given. */
export function rollOpen(
  motion: Motion,
  vote: Pick<Vote, 'state' | 'frozenAt'> | undefined,
  verb: 'setRollLine' | 'removeRollLine' | 'importRoll',
  actor: Actor,
  now: Instant,
): Ruling<true> {
  const open = standing(motion, verb, actor, now)
  if (!open.ok) return open
  return vote?.state === 'open' && vote.frozenAt !== undefined
    ? refuse('roll-locked', { at: vote.frozenAt })
    : allow(true)
}

/** A person as the register knows them. */
export type Nominee = {
  readonly id: string
  readonly maskedName: string
  readonly verified: boolean
  readonly adult: boolean
  readonly residence?: DivisionCode
}

/** Why a household of the place may not name this person; undefined when it may. Who is not verified yet may be named: they deposit. */
export function nomineeFault(
  nominee: Pick<Nominee, 'verified' | 'adult' | 'residence'> | undefined,
  division: DivisionCode,
): 'voter-unknown' | 'voter-elsewhere' | 'adults-only' | undefined {
  if (nominee === undefined) return 'voter-unknown'
  if (nominee.residence === undefined || !within(nominee.residence, division)) return 'voter-elsewhere'
  return nominee.verified && !nominee.adult ? 'adults-only' : undefined
}

/** A household as it stands on the roll. */
export type RollLine = { readonly line: number; readonly household: string; readonly voter?: string }

/** Whether a household may name a voter whose other line, if any, is `elsewhere`: one household each. */
export function nameVoter(
  nominee: Nominee | undefined,
  elsewhere: RollLine | undefined,
  household: string,
  division: DivisionCode,
): Ruling<true> {
  const fault = nomineeFault(nominee, division)
  if (fault !== undefined) return refuse(fault, {}, { kind: 'invalid' })
  return elsewhere === undefined || elsewhere.household === household
    ? allow(true)
    : refuse('voter-named-already', { line: elsewhere.line })
}

export type RollFault = {
  readonly column: RollColumn
  readonly code: string
  readonly params?: Readonly<Record<string, string | number>>
}
export type RollCells = Readonly<Record<RollColumn, string>>

/** A row of a file: its cells, its household as it is recognised, and what is wrong with it. */
export type RollRow = {
  readonly line: number
  readonly cells: RollCells
  readonly key: string
  readonly phone: string
  readonly faults: readonly RollFault[]
}

const longest: Readonly<Record<RollColumn, number>> = { household: 40, voterName: 30, phone: 30 }

/** The cells of a row by column; undefined for rows that say nothing and for the template's example. */
export function rollCells(
  cells: readonly string[],
  at: ReadonlyMap<RollColumn, number>,
  exampleMark: RegExp,
): RollCells | undefined {
  const found = Object.fromEntries(
    rollColumns.map((column) => [column, (cells[at.get(column) ?? -1] ?? '').trim()]),
  ) as Record<RollColumn, string>
  return rollColumns.some((column) => found[column] !== '') && !exampleMark.test(found.household) ? found : undefined
}

/** A row and what is wrong with it by itself. Name and number come together; both empty: the household has named nobody yet. */
export function checkRollRow(line: number, cells: RollCells): RollRow {
  const key = householdKey(cells.household)
  const phone = plainPhone(cells.phone)
  const faults: RollFault[] = []
  if (key === '') faults.push({ column: 'household', code: 'required' })
  if (cells.voterName === '' && cells.phone !== '') faults.push({ column: 'voterName', code: 'required' })
  if (cells.phone === '' && cells.voterName !== '') faults.push({ column: 'phone', code: 'required' })
  if (cells.phone !== '' && !isPhone(phone)) faults.push({ column: 'phone', code: 'phone-wrong' })
  for (const column of rollColumns)
    if (cells[column].length > longest[column])
      faults.push({ column, code: 'too-long', params: { most: longest[column] } })
  return { line, cells, key, phone, faults }
}

/** Households and voters that stand twice in one file: the later rows are at fault. */
export function markTwice(rows: readonly RollRow[]): RollRow[] {
  const households = new Map<string, number>()
  const phones = new Map<string, number>()
  return rows.map((row) => {
    const faults = [...row.faults]
    const note = (seen: Map<string, number>, value: string, column: RollColumn) => {
      const first = seen.get(value)
      if (value === '') return
      if (first === undefined) seen.set(value, row.line)
      else faults.push({ column, code: 'row-twice', params: { line: first } })
    }
    note(households, row.key, 'household')
    note(phones, row.phone, 'phone')
    return { ...row, faults }
  })
}

export type PlannedRow = RollRow & {
  readonly state: 'new' | 'changed' | 'known' | 'bad'
  /** The voter that the household has afterwards. */
  readonly voter?: string
}

/**
 * What becomes of a sound row beside the roll as it stands. `nominee`: the holder of the number; `standing`: the household's line; `elsewhere`: the
 * line of the voter. A row without a voter takes nobody's voter away.
 */
export function planRow(
  row: RollRow,
  nominee: Nominee | undefined,
  standing: RollLine | undefined,
  elsewhere: RollLine | undefined,
  division: DivisionCode,
): PlannedRow {
  if (row.faults.length > 0) return { ...row, state: 'bad' }
  if (row.phone === '') return { ...row, state: standing === undefined ? 'new' : 'known', voter: standing?.voter }
  const bad = (column: RollColumn, code: string, params?: RollFault['params']): PlannedRow => ({
    ...row,
    state: 'bad',
    faults: [{ column, code, params }],
  })
  const fault = nomineeFault(nominee, division)
  if (fault !== undefined || nominee === undefined) return bad('phone', fault ?? 'voter-unknown')
  // A wrong digit in the number names a stranger: the name tells.
  if (maskName(row.cells.voterName) !== nominee.maskedName) return bad('voterName', 'name-differs')
  if (standing?.voter === nominee.id) return { ...row, state: 'known', voter: nominee.id }
  if (elsewhere !== undefined) return bad('phone', 'voter-named-already', { line: elsewhere.line })
  return { ...row, state: standing === undefined ? 'new' : 'changed', voter: nominee.id }
}

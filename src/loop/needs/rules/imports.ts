// Needs: what a row of an imported list becomes, and what is wrong with it. Pure.
import { isPhone, plainPhone } from '../../../kit/chinese-ids.ts'
import type { DivisionCode } from '../../../kit/id.ts'
import { isAfter, isBefore, parsePlainDate, type PlainDate } from '../../../kit/plain-date.ts'
import { plainHead } from '../../../kit/table-heads.ts'
import { forWhoms, urgencies, visibilities } from '../contract.ts'
import { type ImportColumn, importColumns, requiredColumns } from '../contract/imports.ts'
import { type CategoryCode, categoryCodes } from '../contract/taxonomy.ts'
import { checkContent } from './resident.ts'

/** Names of columns and choices as files write them, in every language, to what they mean. */
export type ImportNames = {
  readonly columns: ReadonlyMap<string, ImportColumn>
  readonly categories: ReadonlyMap<string, CategoryCode>
  readonly forWhoms: ReadonlyMap<string, string>
  readonly urgencies: ReadonlyMap<string, string>
  readonly visibilities: ReadonlyMap<string, string>
}

export type ImportFault = {
  readonly column: ImportColumn
  readonly code: string
  readonly params?: Readonly<Record<string, string | number>>
}

export type ImportCells = Readonly<Record<ImportColumn, string>>

/** A row that can become a need. */
export type ImportedNeed = {
  readonly text: string
  readonly title?: string
  readonly category: CategoryCode
  readonly place?: string
  readonly forWhom: (typeof forWhoms)[number]
  readonly urgency: (typeof urgencies)[number]
  readonly visibility: (typeof visibilities)[number]
  readonly name: string
  readonly phone: string
  /** When it was first raised elsewhere; told on the record, no clock runs from it. */
  readonly firstRaised?: PlainDate
}

export type CheckedRow = {
  readonly line: number
  readonly cells: ImportCells
  readonly faults: readonly ImportFault[]
  /** Undefined where there are faults. */
  readonly need?: ImportedNeed
}

/** The cells of a row by column; undefined for rows that say nothing: empty, only numbered (our exports' last line), or the template's example. */
export function cellsOf(
  cells: readonly string[],
  at: ReadonlyMap<ImportColumn, number>,
  exampleMark: RegExp,
): ImportCells | undefined {
  const found = Object.fromEntries(
    importColumns.map((column) => [column, (cells[at.get(column) ?? -1] ?? '').trim()]),
  ) as Record<ImportColumn, string>
  const says = importColumns.some((column) => column !== 'sourceNumber' && found[column] !== '')
  return says && !exampleMark.test(found.sourceNumber) ? found : undefined
}

const lengths: Readonly<Partial<Record<ImportColumn, readonly [number, number]>>> = {
  sourceNumber: [0, 60],
  said: [4, 2000],
  title: [2, 40],
  place: [0, 60],
  name: [2, 30],
}

function lengthFaults(cells: ImportCells): ImportFault[] {
  return (Object.entries(lengths) as [ImportColumn, readonly [number, number]][]).flatMap(
    ([column, [least, most]]): ImportFault[] => {
      const { length } = cells[column]
      if (length === 0) return []
      if (length < least) return [{ column, code: 'too-short', params: { least } }]
      return length > most ? [{ column, code: 'too-long', params: { most } }] : []
    },
  )
}

/** A choice by its name or code; an empty cell is the first choice. */
function choice<T extends string>(
  text: string,
  choices: readonly [T, ...T[]],
  names: ReadonlyMap<string, string>,
): T | undefined {
  if (text === '') return choices[0]
  const named = names.get(plainHead(text)) ?? text
  return choices.find((candidate) => candidate === named)
}

const columnOfField: Readonly<Record<string, ImportColumn>> = {
  'body.text': 'said',
  'body.title': 'title',
  'body.place': 'place',
}

/** A day as lists write it: 2025-03-01, 2025/3/1, 2025.3.1, 20250301, 2025年3月1日, with or without a time of day; no other order of the parts. */
const dayPattern =
  /^(\d{4})(?:[-/.\u5e74](\d{1,2})[-/.\u6708](\d{1,2})\u65e5?|(\d{2})(\d{2}))(?:[ T]?\d{1,2}[:\u65f6].*)?$/

/** The day that a cell says; undefined where it says none that exists. */
export function dayOf(text: string): PlainDate | undefined {
  const found = dayPattern.exec(text.normalize('NFKC').trim())
  if (found === null) return undefined
  const [, year = '', month = found[4] ?? '', day = found[5] ?? ''] = found
  return parsePlainDate(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`)
}

/** The days on which an imported need may have been raised first, both included. */
export type ImportDays = { readonly earliest: PlainDate; readonly today: PlainDate }

function dayFault(text: string, day: PlainDate | undefined, { earliest, today }: ImportDays): ImportFault[] {
  const column = 'firstRaised'
  if (text === '') return []
  if (day === undefined) return [{ column, code: 'day-unreadable' }]
  if (isAfter(day, today)) return [{ column, code: 'day-in-future' }]
  return isBefore(day, earliest) ? [{ column, code: 'day-too-early', params: { earliest } }] : []
}

/** A row and everything that is wrong with it by itself. */
export function checkRow(
  line: number,
  cells: ImportCells,
  division: DivisionCode,
  names: ImportNames,
  days: ImportDays,
): CheckedRow {
  const category =
    names.categories.get(plainHead(cells.category)) ?? categoryCodes.find((code) => code === cells.category)
  const phone = plainPhone(cells.phone)
  const forWhom = choice(cells.forWhom, forWhoms, names.forWhoms)
  const urgency = choice(cells.urgency, urgencies, names.urgencies)
  const visibility = choice(cells.visibility, visibilities, names.visibilities)
  const faults: ImportFault[] = [
    ...requiredColumns.filter((column) => cells[column] === '').map((column) => ({ column, code: 'required' })),
    ...lengthFaults(cells),
  ]
  if (cells.category !== '' && category === undefined) faults.push({ column: 'category', code: 'category-unknown' })
  if (cells.phone !== '' && !isPhone(phone)) faults.push({ column: 'phone', code: 'phone-wrong' })
  for (const [column, found] of [
    ['forWhom', forWhom],
    ['urgency', urgency],
    ['visibility', visibility],
  ] as const)
    if (found === undefined) faults.push({ column, code: 'not-a-choice' })
  const firstRaised = dayOf(cells.firstRaised)
  faults.push(...dayFault(cells.firstRaised, firstRaised, days))
  const title = cells.title === '' ? undefined : cells.title
  const place = cells.place === '' ? undefined : cells.place
  const open = checkContent({ title, text: cells.said, place, division, visibility: visibility ?? 'public' }, undefined)
  for (const field of open?.fields ?? []) {
    const column = columnOfField[field.path]
    if (column !== undefined) faults.push({ column, code: field.code })
  }
  const sound =
    faults.length === 0 &&
    category !== undefined &&
    forWhom !== undefined &&
    urgency !== undefined &&
    visibility !== undefined
  return {
    line,
    cells,
    faults,
    need: sound
      ? { text: cells.said, title, category, place, forWhom, urgency, visibility, name: cells.name, phone, firstRaised }
      : undefined,
  }
}

/** What makes a row the same row in the next file: its own number, else who said what. */
export function sourceOf(row: CheckedRow): string {
  const { sourceNumber, said } = row.cells
  return sourceNumber === '' ? `said ${plainPhone(row.cells.phone)} ${said}` : `number ${sourceNumber}`
}

/** The row with one more fault: no need comes of it. */
export function withFault(row: CheckedRow, fault: ImportFault): CheckedRow {
  return { ...row, need: undefined, faults: [...row.faults, fault] }
}

/** Rows that stand twice in one file: the later ones are at fault. */
export function markTwice(rows: readonly CheckedRow[]): CheckedRow[] {
  const first = new Map<string, number>()
  return rows.map((row) => {
    const source = sourceOf(row)
    const line = first.get(source)
    if (line === undefined) {
      first.set(source, row.line)
      return row
    }
    const column = row.cells.sourceNumber === '' ? 'said' : 'sourceNumber'
    return withFault(row, { column, code: 'row-twice', params: { line } })
  })
}

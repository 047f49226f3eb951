// What a list page is told: columns, filters, views, bulk acts; and how its state stands in the address.
import type { ReactNode } from 'react'
import type { IconName } from '../shared/icon-paths.ts'

export type Column<Row> = {
  readonly key: string
  readonly title: string
  readonly cell: (row: Row) => ReactNode
  /** Pixels; without it the column takes what is left. */
  readonly width?: number
  readonly align?: 'right'
  /** The column whose cell links to the record. */
  readonly main?: boolean
  /** Hidden until chosen. */
  readonly spare?: boolean
  /** A sort of the endpoint that a click on the head asks for. */
  readonly sort?: string
}

export type Filter = {
  /** Name in the query of the endpoint. */
  readonly name: string
  readonly label: string
  readonly kind: 'text' | 'choice' | 'date' | 'division' | 'flag'
  readonly options?: readonly { readonly value: string; readonly label: string }[]
}

/** A named set of filters: offered by the page or saved by the person. */
export type View = {
  readonly key: string
  readonly label: string
  readonly filters: Readonly<Record<string, string>>
  readonly count?: number
}

export type BulkAct<Row> = {
  readonly key: string
  readonly label: string
  readonly icon?: IconName
  /** Why it cannot be done to these rows; undefined when it can. */
  readonly off?: (rows: readonly Row[]) => string | undefined
  /** Does it to one row; throws what the client throws. Bulk acts report how many went through. */
  readonly run?: (row: Row) => Promise<unknown>
  /** Instead of `run`: does it to all rows at once and tells which went through, by their keys, and why others did not. */
  readonly runAll?: (rows: readonly Row[]) => Promise<BulkResult>
  /** The letter that does it while a row has the focus. */
  readonly shortcut?: string
  /** Opens an own dialog instead of running at once; call `go` when confirmed. */
  readonly confirm?: (rows: readonly Row[], go: () => void) => void
}

export type BulkResult = { readonly done: readonly string[]; readonly failures: readonly string[] }

export type Page<Row> = {
  readonly rows: readonly Row[]
  readonly next?: string
  readonly count?: { readonly n: number; readonly capped: boolean }
}

export const pageSizes = [12, 20, 50, 100] as const

/** The filters among the texts of the address. */
export function filtersOf(
  query: Readonly<Record<string, string>>,
  filters: readonly Filter[],
): Readonly<Record<string, string>> {
  return Object.fromEntries(filters.flatMap(({ name }) => (query[name] ? [[name, query[name]]] : [])))
}

/** Same filters, whatever their order? */
export function sameFilters(one: Readonly<Record<string, string>>, other: Readonly<Record<string, string>>): boolean {
  const keys = new Set([...Object.keys(one), ...Object.keys(other)])
  return [...keys].every((key) => one[key] === other[key])
}

/** Reads a remembered value of this list from the device. */
export function recall<Value>(key: string, otherwise: Value): Value {
  try {
    const text = localStorage.getItem(`liandong.list.${key}`)
    return text ? (JSON.parse(text) as Value) : otherwise
  } catch {
    return otherwise
  }
}

/** Remembers a value of this list on the device. */
export function remember(key: string, value: unknown): void {
  localStorage.setItem(`liandong.list.${key}`, JSON.stringify(value))
}

// Division names and predecessors for everybody, from memory: the tree is small and changes rarely.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DivisionCode } from '../../kit/id.ts'
import type { Box } from '../../kit/point.ts'
import type { Tx } from '../../platform/database.ts'
import { type DivisionRecord, listAllDivisions } from './store.ts'

export type DivisionNode = {
  readonly code: string
  readonly name: string
  readonly level: number
  readonly parent: string | null
  /** Full pinyin and initials, separated by a blank. */
  readonly pinyin: string
  readonly validTo: string | null
  readonly successors: readonly string[]
}

const treeByCode = new Map<string, DivisionNode>()
const predecessors = new Map<string, string[]>()
let loading = Promise.resolve()

function nodeOf(row: DivisionRecord): DivisionNode {
  return {
    code: row.code,
    name: row.name,
    level: row.level,
    parent: row.parent,
    pinyin: row.pinyin,
    validTo: row.valid_to,
    successors: row.successors ?? [],
  }
}

/** Reads the tree into memory; called at start and after a succession. The tree is reference data, the same for every database. */
export async function loadDivisions(tx: Tx): Promise<void> {
  // One after the other: of two readings at once the earlier could be the last to answer.
  loading = loading
    .catch(() => undefined)
    .then(() => listAllDivisions(tx))
    .then(hold)
  await loading
}

function hold(rows: readonly DivisionRecord[]): void {
  treeByCode.clear()
  predecessors.clear()
  for (const row of rows) {
    treeByCode.set(row.code, nodeOf(row))
    for (const successor of row.successors ?? [])
      predecessors.set(successor, [...(predecessors.get(successor) ?? []), row.code])
  }
}

/** A division of the tree, or undefined. Synchronous: loadDivisions has run at start. */
export function findDivision(code: string): DivisionNode | undefined {
  return treeByCode.get(code)
}

/** The division's own name: 横塘街道. */
export function divisionName(code: string): string | undefined {
  return treeByCode.get(code)?.name
}

/** Names from the county down: 虎丘区横塘街道横塘社区; of a city or province its own name. */
export function fullDivisionName(code: DivisionCode | string): string {
  const lengths = code.length <= 4 ? [code.length] : [6, 9, 12].filter((length) => length <= code.length)
  return lengths.map((length) => treeByCode.get(code.slice(0, length))?.name ?? '').join('')
}

/** Children in order of code. */
export function childrenOf(code: string | null): DivisionNode[] {
  return [...treeByCode.values()].filter((node) => node.parent === code)
}

/** Every division of the tree, in order of code. */
export function allDivisions(): IterableIterator<DivisionNode> {
  return treeByCode.values()
}

/** A scope's own code and those of the divisions that it succeeded: an id keeps the code of its birth. */
export function withPredecessors<Code extends DivisionCode>(code: Code): Code[] {
  return [code, ...((predecessors.get(code) ?? []) as Code[])]
}

/** Boxes around province, cities and counties, by code (scripts/make-boxes.ts). */
const boxes = new Map(
  Object.entries(
    JSON.parse(readFileSync(join(import.meta.dirname, '../../../data/geo/jiangsu-boxes.json'), 'utf8')) as Readonly<
      Record<string, Box>
    >,
  ),
)

export type Area = { readonly name: string; readonly box: Box }

/** The county in which a division lies, with the box around it; its city where the county has no boundary (development zones). */
export function areaAround(code: DivisionCode): Area | undefined {
  for (const length of [6, 4, 2]) {
    const box = boxes.get(code.slice(0, length))
    if (box !== undefined) return { name: treeByCode.get(code.slice(0, length))?.name ?? '', box }
  }
  return undefined
}

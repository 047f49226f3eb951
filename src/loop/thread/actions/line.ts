// Which records make one line: back to the needs, and forward to everything that its project led to; set by set, bounded.
import { linkJurisdictions, refKey } from '../../../foundation/notices/public.ts'
import type { RecordRef } from '../../../kit/id.ts'
import type { Tx } from '../../../platform/database.ts'
import * as store from '../store.ts'

/** The kinds that the line runs through. */
const lineKinds = [
  'need',
  'motion',
  'project',
  'tender',
  'venture-proposal',
  'bid',
  'contract',
  'milestone',
  'service-record',
  'evaluation',
  'transfer',
] as const

/** Forward, a need or motion leads into lines of its own; only the record asked about may start there. */
const shared: readonly string[] = ['need', 'motion']

const mostSteps = 6
const mostPerStep = 300

type Frontier = { readonly found: Map<string, RecordRef>; cut: boolean }

async function walk(
  from: readonly RecordRef[],
  found: Frontier,
  step: (refs: readonly RecordRef[]) => Promise<RecordRef[]>,
): Promise<void> {
  let frontier = from
  for (let steps = 0; frontier.length > 0; steps += 1) {
    if (steps === mostSteps) {
      found.cut = true
      return
    }
    const next = await step(frontier)
    if (next.length >= mostPerStep) found.cut = true
    frontier = next.filter((ref) => !found.found.has(refKey(ref)))
    for (const ref of frontier) found.found.set(refKey(ref), ref)
  }
}

/**
 * The records of the line that a record stands in, itself first. Back from it to the needs and the resolution; then forward from it and from
 * what it grew out of, but not from the needs and motions met on the way: their other projects are other lines, and another need that the same
 * project answers belongs to whoever asks from the project or later, not to a neighbour's need.
 */
export async function lineOf(tx: Tx, start: RecordRef): Promise<{ refs: RecordRef[]; cut: boolean }> {
  const back: Frontier = { found: new Map([[refKey(start), start]]), cut: false }
  await walk([start], back, (refs) => store.listSources(tx, refs, lineKinds, mostPerStep))
  const base = [...back.found.values()].filter((ref) => !shared.includes(ref.kind) || refKey(ref) === refKey(start))
  await walk(base, back, (refs) =>
    store.listResults(
      tx,
      refs.map((ref) => ({ ...ref, jurisdictions: linkJurisdictions(ref.id) })),
      lineKinds,
      mostPerStep,
    ),
  )
  return { refs: [...back.found.values()], cut: back.cut }
}

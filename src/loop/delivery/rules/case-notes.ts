// Delivery: what a note of a case says, as lines of field and text. Pure.
import type { z } from 'zod'
import type { noteLine } from '../contract/cases.ts'

export type NoteLine = z.input<typeof noteLine>

/** Lines of an input: texts, and codes whose words the reader's language gives; what is empty is left out. */
export function linesOf(
  texts: Readonly<Record<string, string | undefined>>,
  codes: Readonly<Record<string, string>> = {},
): NoteLine[] {
  return [
    ...Object.entries(codes).map(([name, text]) => ({ name, text, code: true })),
    ...Object.entries(texts).flatMap(([name, text]) => (text === undefined || text === '' ? [] : [{ name, text }])),
  ]
}

/** Goals as numbered lines of the plan. */
export function goalLines(goals: readonly string[]): NoteLine[] {
  return goals.map((text) => ({ name: 'goal', text }))
}

/** For each goal its result and what it rests on. */
export function resultLines(results: readonly { readonly result: string; readonly grounds: string }[]): NoteLine[] {
  return results.flatMap(({ result, grounds }) => [
    { name: 'result', text: result, code: true },
    { name: 'grounds', text: grounds },
  ])
}

/** Reads the lines back; throws on anything else: only our own bytes open under the key. */
export function readLines(text: string): NoteLine[] {
  const lines: unknown = JSON.parse(text)
  if (!Array.isArray(lines)) throw new Error('not a note')
  return lines as NoteLine[]
}

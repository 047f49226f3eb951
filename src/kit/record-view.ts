// Parts that every record's view has: the actions an actor may do or why not, and masks.
import { z } from 'zod'
import type { Ruling } from './ruling.ts'

/** One verb of a record for this actor: allowed, or the refusal's code (its text greys the button). */
export const actionView = z.object({
  verb: z.string(),
  ok: z.boolean(),
  code: z.string().optional(),
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
})

export type ActionView = z.input<typeof actionView>

/** Turns the rulings of a record's verbs into what the record page shows. */
export function actionsOf(rulings: Readonly<Record<string, Ruling<unknown>>>): ActionView[] {
  return Object.entries(rulings).map(([verb, ruling]) =>
    ruling.ok ? { verb, ok: true } : { verb, ok: false, code: ruling.code, params: { ...ruling.params } },
  )
}

/** Answer of an act that returns only which record it made or changed. */
export const recordAnswer = z.object({
  id: z.string(),
  version: z.number().int(),
  state: z.string().optional(),
  number: z.string().optional(),
})

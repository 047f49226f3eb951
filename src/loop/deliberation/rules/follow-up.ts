// Deliberation: progress notes while a resolution is carried out. Pure.
import type { Actor } from '../../../kit/actor.ts'
import type { Instant } from '../../../kit/instant.ts'
import { type FieldFault, invalid, type Ruling } from '../../../kit/ruling.ts'
import { decide, type Motion, personalNumbers } from '../rules.ts'

type Note = { readonly words: string; readonly percent?: number; readonly milestone?: string }

/** How far it is must be said in percent or in words; public words carry no personal numbers. */
export function addProgress(motion: Motion, actor: Actor, now: Instant, body: Note): Ruling<Motion> {
  const faults: FieldFault[] = [
    ...personalNumbers('body.words', body.words),
    ...personalNumbers('body.milestone', body.milestone ?? ''),
  ]
  if (body.percent === undefined && body.milestone === undefined)
    faults.push({ path: 'body.percent', code: 'how-far-missing' })
  return faults.length > 0 ? invalid(faults) : decide(motion, 'addProgress', actor, now)
}

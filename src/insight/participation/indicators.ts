// Participation: who is counted once a year in which act. The persons behind these figures are told in groups only.
import type { Indicator } from '../../platform/declarations.ts'
import type { StoredEvent } from '../../platform/events.ts'
import type { ParticipationAct } from './contract.ts'

/** Events by which a resident takes part. A ballot counts by the token asked for: what was cast is nobody's. */
const heard: Readonly<Record<Exclude<ParticipationAct, 'any'>, readonly string[]>> = {
  raised: ['needs.submitNeed'],
  supported: ['needs.supportNeed', 'deliberation.supportMotion'],
  spoke: ['deliberation.addStatement', 'deliberation.rateStatement'],
  voted: ['deliberation.issueBallot', 'deliberation.depositBallot'],
  rated: ['needs.giveVerdict', 'needs.reopenNeed'],
}

/** The resident for whom it was done: a worker who enters a need takes no part. */
const residentOf = (event: StoredEvent) => event.onBehalfOf ?? event.actor

/** The figure of an act. */
export function indicatorOf(act: ParticipationAct): string {
  return `participation.${act}`
}

const counted = (act: ParticipationAct, hears: readonly string[]): Indicator => ({
  name: indicatorOf(act),
  unit: 'persons',
  kind: 'distinct',
  hears,
  internal: true,
  entries: (event) => {
    const person = residentOf(event)
    return person === undefined || person.startsWith('system:') ? [] : [{ person }]
  },
})

export const participationIndicators: readonly Indicator[] = [
  counted('any', [...new Set(Object.values(heard).flat())]),
  ...Object.entries(heard).map(([act, hears]) => counted(act as ParticipationAct, hears)),
]

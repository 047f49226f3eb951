// Stations of the thread that evaluation reaches: planned, published with its score and factor.
import type { Station } from '../../platform/declarations.ts'
import type { StoredEvent } from '../../platform/events.ts'

function number(event: StoredEvent, key: string): number {
  const value = event.data[key]
  return typeof value === 'number' ? value : 0
}

/** The lot on whose award the evaluated contract stands, where its tender was divided: each is told. */
function lotOf({ data: { lot } }: StoredEvent): string | undefined {
  return typeof lot === 'number' ? String(lot) : undefined
}

export const evaluationStations: readonly Station[] = [
  {
    station: 'evaluation',
    hears: ['evaluation.planEvaluation'],
    party: 'third-party',
    facing: 'public',
    each: lotOf,
    facts: (event) => ({ items: number(event, 'items'), lot: number(event, 'lot') }),
  },
  {
    station: 'evaluation',
    hears: ['evaluation.submitEvaluation'],
    party: 'third-party',
    facing: 'readers',
    each: lotOf,
    facts: (event) => ({ score: number(event, 'tenths') / 10, lot: number(event, 'lot') }),
  },
  {
    station: 'evaluation',
    hears: ['evaluation.publishEvaluation'],
    party: 'third-party',
    facing: 'public',
    each: lotOf,
    facts: (event) => ({
      score: number(event, 'tenths') / 10,
      percent: number(event, 'factorBps') / 100,
      lot: number(event, 'lot'),
    }),
  },
]

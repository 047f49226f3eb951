// Stations of the thread that evaluation reaches: planned, published with its score and factor.
import type { Station } from '../../platform/declarations.ts'
import type { StoredEvent } from '../../platform/events.ts'

function number(event: StoredEvent, key: string): number {
  const value = event.data[key]
  return typeof value === 'number' ? value : 0
}

export const evaluationStations: readonly Station[] = [
  {
    station: 'evaluation',
    hears: ['evaluation.planEvaluation'],
    party: 'third-party',
    facing: 'public',
    facts: (event) => ({ items: number(event, 'items') }),
  },
  {
    station: 'evaluation',
    hears: ['evaluation.submitEvaluation'],
    party: 'third-party',
    facing: 'readers',
    facts: (event) => ({ score: number(event, 'tenths') / 10 }),
  },
  {
    station: 'evaluation',
    hears: ['evaluation.publishEvaluation'],
    party: 'third-party',
    facing: 'public',
    facts: (event) => ({ score: number(event, 'tenths') / 10, percent: number(event, 'factorBps') / 100 }),
  },
]

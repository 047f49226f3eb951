// Stations of the thread that evaluation reaches: planned, published with its score and factor.
import type { Station } from '../../platform/declarations.ts'
import type { StoredEvent } from '../../platform/events.ts'
import { lotFacts, lotOf } from '../procurement/contract/lots.ts'

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
    each: lotOf,
    facts: (event) => ({ items: number(event, 'items'), ...lotFacts(event) }),
  },
  {
    station: 'evaluation',
    hears: ['evaluation.submitEvaluation'],
    party: 'third-party',
    facing: 'readers',
    each: lotOf,
    facts: (event) => ({ score: number(event, 'tenths') / 10, ...lotFacts(event) }),
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
      ...lotFacts(event),
    }),
  },
]

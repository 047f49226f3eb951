// What evaluation counts: published evaluations, visits and those that found nothing, findings made and verified.
import type { Indicator } from '../../platform/declarations.ts'

const one = () => [{ amount: 1n }]

export const evaluationIndicators: readonly Indicator[] = [
  { name: 'evaluation.published', unit: 'count', kind: 'count', hears: ['evaluation.publishEvaluation'], entries: one },
  { name: 'evaluation.findings', unit: 'count', kind: 'count', hears: ['evaluation.recordFinding'], entries: one },
  {
    name: 'evaluation.inspections',
    unit: 'count',
    kind: 'count',
    hears: ['evaluation.recordInspection'],
    entries: one,
  },
  {
    name: 'evaluation.inspections-clean',
    unit: 'count',
    kind: 'count',
    hears: ['evaluation.recordInspection'],
    entries: (event) => (event.data['findings'] === 0 ? one() : []),
  },
  {
    name: 'evaluation.findings-verified',
    unit: 'count',
    kind: 'count',
    hears: ['evaluation.verifyFinding'],
    entries: one,
  },
]

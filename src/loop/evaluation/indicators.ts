// What evaluation counts: published evaluations, findings made and verified.
import type { Indicator } from '../../platform/declarations.ts'

const one = () => [{ amount: 1n }]

export const evaluationIndicators: readonly Indicator[] = [
  { name: 'evaluation.published', unit: 'count', kind: 'count', hears: ['evaluation.publishEvaluation'], entries: one },
  { name: 'evaluation.findings', unit: 'count', kind: 'count', hears: ['evaluation.recordFinding'], entries: one },
  {
    name: 'evaluation.findings-verified',
    unit: 'count',
    kind: 'count',
    hears: ['evaluation.verifyFinding'],
    entries: one,
  },
]

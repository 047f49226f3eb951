// Evaluation: what the program does by itself: freezes a survey's list after it was opened and ends it when its days are over, tells the
// undertaker, and applies what follows from a published score.
import type { Reaction, TimerHandler } from '../../platform/declarations.ts'
import { applyConsequences, tellUndertaker } from './actions/evaluate.ts'
import { askSurvey, closeSurvey, freezeSurvey } from './actions/surveys.ts'

/** What the undertaker is told of which event. */
const told: Readonly<Record<string, string>> = {
  'evaluation.planEvaluation': 'planned',
  'evaluation.planInterimEvaluation': 'planned',
  'evaluation.submitEvaluation': 'to-reply',
  'evaluation.submitInterimEvaluation': 'to-reply',
  'evaluation.publishEvaluation': 'published',
  'evaluation.publishInterimEvaluation': 'published',
}

export const evaluationReactions: readonly Reaction[] = [
  {
    name: 'evaluation.freezeSurvey',
    hears: ['evaluation.prepareSurvey'],
    run: (act, event) => freezeSurvey(act, event.of.id),
  },
  {
    name: 'evaluation.askSurvey',
    hears: ['evaluation.settleSample'],
    run: (act, event) => askSurvey(act, event.of.id),
  },
  {
    name: 'evaluation.tellUndertaker',
    hears: Object.keys(told),
    run: (act, event) => tellUndertaker(act, event.of.id, told[event.name] ?? 'published'),
  },
  {
    name: 'evaluation.applyConsequences',
    hears: ['evaluation.publishEvaluation'],
    run: (act, event) => applyConsequences(act, event.of.id),
  },
]

export const evaluationTimers: readonly TimerHandler[] = [
  { handler: 'evaluation.closeSurvey', run: (act, record) => closeSurvey(act, record.id) },
]

// Evaluation: what the program does by itself: draws a survey's sample after it was opened, and ends it when its days are over.
import type { Reaction, TimerHandler } from '../../platform/declarations.ts'
import { closeSurvey, drawSurvey } from './actions/surveys.ts'

export const evaluationReactions: readonly Reaction[] = [
  {
    name: 'evaluation.drawSurvey',
    hears: ['evaluation.prepareSurvey'],
    run: (act, event) => drawSurvey(act, event.of.id),
  },
]

export const evaluationTimers: readonly TimerHandler[] = [
  { handler: 'evaluation.closeSurvey', run: (act, record) => closeSurvey(act, record.id) },
]

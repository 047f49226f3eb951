// Evaluation: per state, who must act and by when.
import type { Waiting } from '../../platform/events.ts'
import { type Evaluation, shownNumber } from './rules.ts'
import type { Finding } from './rules/findings.ts'

export function waitingOfEvaluation(evaluation: Evaluation): Waiting[] {
  const common = { division: evaluation.division, number: shownNumber(evaluation), title: evaluation.title }
  switch (evaluation.state) {
    case 'planned': {
      const { survey } = evaluation
      const mine = { ...common, person: evaluation.evaluator, due: evaluation.dueAt }
      if (survey !== undefined && survey.id === undefined)
        return [{ ...mine, verb: 'openSurvey', permission: 'evaluation.openSurvey' }]
      if (survey?.toDraw === true) return [{ ...mine, verb: 'drawSurvey', permission: 'evaluation.openSurvey' }]
      // While the beneficiaries answer there is nothing to do.
      if (survey !== undefined && survey.results === undefined) return []
      return [{ ...mine, verb: 'submitEvaluation', permission: 'evaluation.submitEvaluation' }]
    }
    case 'submitted': {
      const publish = { ...common, verb: 'publishEvaluation', permission: 'evaluation.publishEvaluation' }
      if (evaluation.reply !== undefined) return [publish]
      return [
        {
          ...common,
          verb: 'replyToEvaluation',
          permission: 'evaluation.replyToEvaluation',
          organization: evaluation.organization,
          due: evaluation.replyUntil,
        },
        publish,
      ]
    }
    case 'published':
      return []
  }
}

export function waitingOfFinding(finding: Finding): Waiting[] {
  const common = { division: finding.division, number: finding.number, title: finding.title }
  switch (finding.state) {
    case 'open':
      return [
        {
          ...common,
          verb: 'rectifyFinding',
          permission: 'evaluation.rectifyFinding',
          organization: finding.organization,
          due: finding.rectifyUntil,
        },
      ]
    case 'rectified':
      return [{ ...common, verb: 'verifyFinding', permission: 'evaluation.verifyFinding' }]
    case 'verified':
      return []
  }
}

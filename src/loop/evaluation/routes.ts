// Endpoints of evaluation bound to their actions.
import type { Binding } from '../../platform/action.ts'
import * as evaluate from './actions/evaluate.ts'
import * as findings from './actions/findings.ts'
import * as inspections from './actions/inspections.ts'
import * as read from './actions/read.ts'
import * as links from './actions/survey-links.ts'
import * as surveyRead from './actions/survey-read.ts'
import { drawSurvey, openSurvey } from './actions/surveys.ts'

export const evaluationRoutes: readonly Binding[] = [
  evaluate.planEvaluation,
  evaluate.replaceEvaluator,
  evaluate.submitEvaluation,
  evaluate.sendBackEvaluation,
  evaluate.replyToEvaluation,
  evaluate.publishEvaluation,
  openSurvey,
  drawSurvey,
  links.listSurveyReceipts,
  links.takeSurveyLink,
  links.openSurveyLink,
  links.answerSurvey,
  links.listSurveyPapers,
  links.handSurveyPaper,
  surveyRead.getSurvey,
  surveyRead.getSurveyDraw,
  findings.recordFinding,
  findings.rectifyFinding,
  findings.verifyFinding,
  findings.reopenFinding,
  inspections.recordInspection,
  inspections.listInspections,
  inspections.getInspection,
  read.listEvaluators,
  read.listEvaluations,
  read.getEvaluation,
  read.listFindings,
  read.getFinding,
]

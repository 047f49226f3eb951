// How evaluations, visits, findings and surveys are shown outside of their domain.
import type { RecordKind } from '../../platform/declarations.ts'
import { reachOf, shownNumber } from './rules.ts'
import { reachOfFinding } from './rules/findings.ts'
import { reachOfInspection, resultOf } from './rules/inspections.ts'
import { listFindingsById } from './store/findings.ts'
import { listInspectionsById } from './store/inspections.ts'
import { listSurveysById } from './store/surveys.ts'
import { listEvaluationsById, listFoundEvaluations } from './store.ts'

export const evaluationRecords: readonly RecordKind[] = [
  {
    kind: 'evaluation',
    permission: 'evaluation.readEvaluation',
    find: listFoundEvaluations,
    cards: async (tx, ids) =>
      (await listEvaluationsById(tx, ids)).map((evaluation) => ({
        ref: { kind: 'evaluation', id: evaluation.id },
        number: shownNumber(evaluation),
        title: evaluation.title,
        state: evaluation.state,
        division: evaluation.division,
        reach: reachOf(evaluation),
        open: evaluation.state === 'published',
      })),
  },
  {
    kind: 'finding',
    permission: 'evaluation.readEvaluation',
    cards: async (tx, ids) =>
      (await listFindingsById(tx, ids)).map((finding) => ({
        ref: { kind: 'finding', id: finding.id },
        number: finding.number,
        title: finding.title,
        state: finding.state,
        division: finding.division,
        reach: reachOfFinding(finding),
        open: false,
      })),
  },
  {
    kind: 'inspection',
    permission: 'evaluation.readEvaluation',
    cards: async (tx, ids) =>
      (await listInspectionsById(tx, ids)).map((inspection) => ({
        ref: { kind: 'inspection', id: inspection.id },
        number: inspection.number,
        title: inspection.title,
        state: resultOf(inspection),
        division: inspection.division,
        reach: reachOfInspection(inspection),
        open: false,
      })),
  },
  {
    kind: 'survey',
    permission: 'evaluation.readEvaluation',
    page: '/surveys',
    cards: async (tx, ids) =>
      (await listSurveysById(tx, ids)).map((survey) => ({
        ref: { kind: 'survey', id: survey.id },
        number: survey.number,
        title: survey.title,
        state: survey.state,
        division: survey.division,
        reach: {
          division: survey.division,
          organizations: [survey.organization],
          persons: [survey.evaluator],
        },
        open: true,
      })),
  },
]

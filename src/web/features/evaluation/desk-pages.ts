// Desk pages of evaluation and oversight.
import type { WebPage } from '../../app/page-registry.ts'

export const deskPages: readonly WebPage[] = [
  {
    path: '/desk/evaluation',
    page: () => import('./EvaluationListPage.tsx'),
    menu: {
      group: 'linkage',
      key: 'evaluation',
      icon: 'evaluation',
      permission: 'evaluation.readEvaluation',
      order: 70,
    },
  },
  { path: '/desk/evaluation/new', page: () => import('./PlanEvaluationPage.tsx') },
  { path: '/desk/evaluation/findings', page: () => import('./FindingListPage.tsx') },
  { path: '/desk/evaluation/findings/$id', page: () => import('./FindingRecordPage.tsx') },
  { path: '/desk/evaluation/inspections', page: () => import('./InspectionListPage.tsx') },
  { path: '/desk/evaluation/inspections/$id', page: () => import('./InspectionRecordPage.tsx') },
  { path: '/desk/evaluation/surveys/$id/papers', page: () => import('./SurveyPapersPage.tsx') },
  { path: '/desk/evaluation/$id', page: () => import('./EvaluationRecordPage.tsx') },
]

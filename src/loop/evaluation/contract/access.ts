// Evaluation: who may do what, which duties exclude each other, and the numbers that a county may set.
import type { PermissionTable, Separation } from '../../../kit/actor.ts'
import type { PolicyParameter } from '../../../kit/parameter.ts'

export const evaluationPermissions = {
  'evaluation.planEvaluation': ['township-reviewer', 'county-civil-affairs'],
  'evaluation.submitEvaluation': ['evaluator'],
  'evaluation.openSurvey': ['evaluator'],
  'evaluation.answerSurvey': ['resident'],
  'evaluation.handSurveyPaper': ['community-worker', 'community-head'],
  'evaluation.replyToEvaluation': ['organization-administrator'],
  'evaluation.publishEvaluation': ['township-reviewer', 'county-civil-affairs'],
  'evaluation.recordFinding': ['evaluator', 'community-head', 'township-reviewer', 'county-overseer'],
  'evaluation.rectifyFinding': ['organization-administrator', 'social-worker', 'social-work-supervisor'],
  'evaluation.verifyFinding': ['community-head', 'township-reviewer', 'county-overseer'],
  'evaluation.readEvaluation': [
    'evaluator',
    'community-worker',
    'community-head',
    'organization-administrator',
    'organization-member',
    'social-worker',
    'social-work-supervisor',
    'township-reviewer',
    'township-procurer',
    'township-settler',
    'county-civil-affairs',
    'county-finance',
    'county-overseer',
  ],
} as const satisfies PermissionTable

/** Who had a hand in the design, the scoring or the acceptance does not evaluate; who evaluated does not publish. */
const hands = [
  'projects.designProject',
  'projects.editProject',
  'procurement.scoreBid',
  'contracts.draftContract',
  'contracts.acceptMilestone',
  'contracts.confirmMilestoneAsResident',
]
export const evaluationSeparations: readonly Separation[] = [
  { name: 'evaluator-took-part', did: hands, excludes: 'evaluation.submitEvaluation' },
  { name: 'evaluator-took-part', did: hands, excludes: 'evaluation.openSurvey' },
  {
    name: 'evaluator-publishes',
    did: ['evaluation.submitEvaluation', 'evaluation.submitInterimEvaluation'],
    excludes: 'evaluation.publishEvaluation',
  },
  { name: 'undertaker-verifies', did: ['evaluation.rectifyFinding'], excludes: 'evaluation.verifyFinding' },
]

export const evaluationParameters: readonly PolicyParameter[] = [
  {
    key: 'evaluation.factors',
    unit: 'table',
    source: 'design/loop.md: [80,100] 1.0, [60,80) 0.9, [0,60) 0',
    value: [
      { from: 80, factorBps: 10_000 },
      { from: 60, factorBps: 9_000 },
      { from: 0, factorBps: 0 },
    ],
  },
  {
    key: 'evaluation.credit',
    unit: 'table',
    source: 'ours',
    value: [
      { from: 90, points: 3 },
      { from: 80, points: 2 },
      { from: 60, points: 0 },
      { from: 0, points: -5 },
    ],
  },
  {
    key: 'evaluation.ineligible-below',
    value: 60,
    unit: 'percent',
    source: 'ours: where the last payment is lost, so is the next year',
    minimum: 0,
    maximum: 100,
  },
  { key: 'evaluation.survey-all', value: 60, unit: 'count', source: 'design/loop.md', minimum: 5, maximum: 1000 },
  { key: 'evaluation.survey-sample', value: 80, unit: 'count', source: 'ours', minimum: 30, maximum: 2000 },
  { key: 'evaluation.survey-days', value: 7, unit: 'working-day', source: 'ours', minimum: 2, maximum: 60 },
  { key: 'evaluation.submit-days', value: 20, unit: 'working-day', source: 'ours', minimum: 1, maximum: 120 },
  { key: 'evaluation.reply-days', value: 5, unit: 'working-day', source: 'ours', minimum: 1, maximum: 30 },
  { key: 'evaluation.rectify-days', value: 10, unit: 'working-day', source: 'ours', minimum: 1, maximum: 60 },
]

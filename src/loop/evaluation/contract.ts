// Evaluation: all sides oversee and evaluate. Shapes, states and endpoints; access is in contract/access.ts, surveys in contract/surveys.ts.
import { z } from 'zod'
import { endpoint } from '../../kit/endpoint.ts'
import { divisionCode, idOf } from '../../kit/id.ts'
import { instantWire } from '../../kit/instant.ts'
import { listQuery, pageOf } from '../../kit/listing.ts'
import { actionView, recordAnswer } from '../../kit/record-view.ts'
import { contractId } from '../contracts/contract.ts'

export const evaluationStates = ['planned', 'submitted', 'published'] as const
export type EvaluationState = (typeof evaluationStates)[number]

/** Baseline and mid-term show where the work stands; the final one decides the last payment. */
export const evaluationKinds = ['baseline', 'mid-term', 'final'] as const
export type EvaluationKind = (typeof evaluationKinds)[number]

export const findingStates = ['open', 'rectified', 'verified'] as const
export type FindingState = (typeof findingStates)[number]
export const findingKinds = ['inspection', 'records', 'safety', 'staff', 'money', 'complaint'] as const
export type FindingKind = (typeof findingKinds)[number]

/** What is computed from the records of delivery; `plan`: how much of the planned activities took place, in percent. */
export const measures = ['service-records', 'minutes', 'attendance', 'beneficiaries', 'plan'] as const
export type Measure = (typeof measures)[number]

export const itemSources = ['computed', 'survey', 'expert'] as const

export const evaluationId = idOf('evaluation')
export const findingId = idOf('finding')
const personId = idOf('person')
const text = (least: number, most: number) => z.string().trim().min(least).max(most)

/** One indicator of the scheme; weights are whole percent and add up to 100. */
export const schemeItem = z.discriminatedUnion('source', [
  z.object({
    source: z.literal('computed'),
    name: text(2, 60),
    weight: z.number().int().min(1).max(100),
    measure: z.enum(measures),
    target: z.number().positive().max(100_000_000),
  }),
  z.object({
    source: z.literal('expert'),
    name: text(2, 60),
    weight: z.number().int().min(1).max(100),
    guide: z.string().trim().max(500).default(''),
  }),
  z.object({
    source: z.literal('survey'),
    name: text(2, 60),
    weight: z.number().int().min(1).max(100),
    /** What the beneficiaries are asked; each is answered by one tap on a scale of five. */
    questions: z.array(text(4, 80)).min(1).max(5),
  }),
])

const itemView = z.object({
  name: z.string(),
  weight: z.number().int(),
  source: z.enum(itemSources),
  measure: z.enum(measures).optional(),
  target: z.number().optional(),
  guide: z.string().optional(),
  questions: z.array(z.string()).optional(),
  /** Survey: answers behind the score, and its finite-population margin in points. */
  answers: z.number().int().optional(),
  margin: z.number().optional(),
  /** Has no result of its own: the evaluator gives a score and a reason. */
  judged: z.boolean(),
  /** Computed: what the records show now, or showed when it was handed in. */
  actual: z.number().optional(),
  /** 0–100 with one decimal, once handed in. */
  score: z.number().optional(),
  reason: z.string().optional(),
})

export const evaluationRow = z.object({
  id: z.string(),
  number: z.string(),
  title: z.string(),
  kind: z.enum(evaluationKinds),
  state: z.enum(evaluationStates),
  division: z.string(),
  divisionName: z.string().optional(),
  contract: z.string(),
  organization: z.string(),
  organizationName: z.string().optional(),
  dueAt: instantWire,
  overdue: z.boolean(),
  /** Once published, and before that for its parties. */
  score: z.number().optional(),
  factorBps: z.number().int().optional(),
})

export const findingView = z.object({
  id: z.string(),
  version: z.number().int(),
  state: z.enum(findingStates),
  contract: z.string(),
  contractNumber: z.string(),
  title: z.string(),
  division: z.string(),
  divisionName: z.string().optional(),
  organization: z.string(),
  organizationName: z.string().optional(),
  kind: z.enum(findingKinds),
  serious: z.boolean(),
  words: z.string(),
  foundAt: z.string(),
  /** The visit that made it; absent where it comes from records, money or a complaint. */
  inspection: z.string().optional(),
  rectifyUntil: instantWire,
  overdue: z.boolean(),
  rectification: z.string().optional(),
  rectifiedAt: z.string().optional(),
  remarks: z.string().optional(),
  verifiedAt: z.string().optional(),
  history: z.array(z.object({ state: z.enum(findingStates), at: z.string() })),
  actions: z.array(actionView),
})

export const evaluationView = z.object({
  id: z.string(),
  version: z.number().int(),
  number: z.string(),
  title: z.string(),
  kind: z.enum(evaluationKinds),
  state: z.enum(evaluationStates),
  division: z.string(),
  divisionName: z.string().optional(),
  contract: z.object({ id: z.string(), number: z.string() }),
  project: z.string(),
  organization: z.string(),
  organizationName: z.string().optional(),
  /** Name in office, for the parties and the supervisors. */
  evaluator: z.object({ id: z.string(), name: z.string() }).optional(),
  items: z.array(itemView),
  factors: z.array(z.object({ from: z.number(), factorBps: z.number().int() })),
  dueAt: instantWire,
  score: z.number().optional(),
  factorBps: z.number().int().optional(),
  summary: z.string().optional(),
  submittedAt: instantWire.optional(),
  replyUntil: instantWire.optional(),
  reply: z.object({ words: z.string(), at: z.string() }).optional(),
  sendBack: z.string().optional(),
  publishedAt: instantWire.optional(),
  findings: z.object({ open: z.number().int(), total: z.number().int() }),
  /** Visits on the spot; `clean`: those that found nothing. */
  inspections: z.object({ total: z.number().int(), clean: z.number().int() }),
  /** Of a scheme with surveyed indicators: its survey once it was opened. */
  survey: z
    .object({
      id: z.string().optional(),
      /** SM3 of the secret half of the draw's seed, set at planning. */
      commitment: z.string(),
      /** The list is frozen and waits for the evaluator's half. */
      toDraw: z.boolean(),
      closed: z.boolean(),
    })
    .optional(),
  history: z.array(z.object({ state: z.enum(evaluationStates), at: z.string() })),
  actions: z.array(actionView),
})

const one = { params: z.object({ id: evaluationId }), output: recordAnswer }

export const planEvaluation = endpoint({
  name: 'planEvaluation',
  method: 'POST',
  path: '/evaluations',
  access: 'evaluation.planEvaluation',
  body: z.object({
    contract: contractId,
    kind: z.enum(evaluationKinds).default('final'),
    evaluator: personId,
    items: z.array(schemeItem).min(1).max(30),
  }),
  output: recordAnswer,
  refusals: [
    'weights-not-whole',
    'not-an-evaluator',
    'evaluator-conflict',
    'milestones-open',
    'contract-not-active',
    'evaluation-exists',
  ],
  summary:
    'Plans an evaluation of a running contract, the final one when everything was reported: scheme, and an evaluator independent of the undertaker.',
})

export const replaceEvaluator = endpoint({
  ...one,
  name: 'replaceEvaluator',
  method: 'POST',
  path: '/evaluations/:id/evaluator',
  access: 'evaluation.planEvaluation',
  body: z.object({ evaluator: personId }),
  refusals: ['not-an-evaluator', 'evaluator-conflict'],
  summary: 'Appoints another evaluator before the evaluation is handed in.',
})

export const submitEvaluation = endpoint({
  ...one,
  name: 'submitEvaluation',
  method: 'POST',
  path: '/evaluations/:id/submit',
  access: 'evaluation.submitEvaluation',
  body: z.object({
    /** One per indicator that is judged, by its name. */
    judgements: z
      .array(z.object({ item: text(2, 60), score: z.number().int().min(0).max(100), reason: text(4, 1000) }))
      .max(30),
    summary: text(10, 5000),
  }),
  refusals: ['judgement-missing', 'judgement-unknown', 'survey-not-held', 'survey-runs', 'duties-separated'],
  summary: 'The evaluator hands in judgements with reasons; the score is computed.',
})

export const sendBackEvaluation = endpoint({
  ...one,
  name: 'sendBackEvaluation',
  method: 'POST',
  path: '/evaluations/:id/send-back',
  access: 'evaluation.planEvaluation',
  body: z.object({ words: text(4, 1000) }),
  refusals: [],
  summary: 'Sends an evaluation back to its evaluator with remarks.',
})

export const replyToEvaluation = endpoint({
  ...one,
  name: 'replyToEvaluation',
  method: 'POST',
  path: '/evaluations/:id/reply',
  access: 'evaluation.replyToEvaluation',
  body: z.object({ words: text(2, 5000) }),
  refusals: ['replied-already', 'reply-over'],
  summary: 'The undertaker replies, once; the reply is published with the evaluation.',
})

export const publishEvaluation = endpoint({
  ...one,
  name: 'publishEvaluation',
  method: 'POST',
  path: '/evaluations/:id/publish',
  access: 'evaluation.publishEvaluation',
  refusals: ['reply-period-runs', 'duties-separated'],
  summary: 'Publishes the evaluation: factor of the last payment, entry in the undertaker’s credit record.',
})

export const listEvaluators = endpoint({
  name: 'listEvaluators',
  method: 'GET',
  path: '/evaluators',
  access: 'evaluation.planEvaluation',
  query: listQuery(['name'], { division: divisionCode }),
  output: pageOf(z.object({ person: personId, name: z.string() })),
  refusals: [],
  summary: 'Who holds the role of evaluator in the county of a place: whom a plan may appoint.',
})

export const listEvaluations = endpoint({
  name: 'listEvaluations',
  method: 'GET',
  path: '/evaluations',
  access: 'evaluation.readEvaluation',
  query: listQuery(['newest'], {
    division: divisionCode.optional(),
    state: z.enum(evaluationStates).optional(),
    kind: z.enum(evaluationKinds).optional(),
  }),
  output: pageOf(evaluationRow),
  refusals: [],
  exportable: true,
  summary: 'Evaluations of the places or the organization where I work, and those given to me.',
})

export const getEvaluation = endpoint({
  name: 'getEvaluation',
  method: 'GET',
  path: '/evaluations/:id',
  access: 'public',
  params: z.object({ id: evaluationId }),
  output: evaluationView,
  refusals: [],
  summary: 'An evaluation: for everybody once it is published, before that for those who take part.',
})

const ofFinding = { params: z.object({ id: findingId }), output: recordAnswer }

export const recordFinding = endpoint({
  name: 'recordFinding',
  method: 'POST',
  path: '/findings',
  access: 'evaluation.recordFinding',
  body: z.object({
    contract: contractId,
    kind: z.enum(findingKinds),
    serious: z.boolean().default(false),
    words: text(4, 2000),
  }),
  output: recordAnswer,
  refusals: ['contract-not-active'],
  summary: 'Puts a finding on a running contract on record that no visit made: from records, money or a complaint.',
})

export const rectifyFinding = endpoint({
  ...ofFinding,
  name: 'rectifyFinding',
  method: 'POST',
  path: '/findings/:id/rectify',
  access: 'evaluation.rectifyFinding',
  body: z.object({ words: text(4, 2000) }),
  refusals: [],
  summary: 'The undertaker says how it put a finding right.',
})

export const verifyFinding = endpoint({
  ...ofFinding,
  name: 'verifyFinding',
  method: 'POST',
  path: '/findings/:id/verify',
  access: 'evaluation.verifyFinding',
  refusals: ['duties-separated'],
  summary: 'Confirms on the spot that a finding was put right.',
})

export const reopenFinding = endpoint({
  ...ofFinding,
  name: 'reopenFinding',
  method: 'POST',
  path: '/findings/:id/reopen',
  access: 'evaluation.verifyFinding',
  body: z.object({ words: text(4, 1000) }),
  refusals: [],
  summary: 'A finding was not put right: back to the undertaker with remarks.',
})

export const listFindings = endpoint({
  name: 'listFindings',
  method: 'GET',
  path: '/findings',
  access: 'evaluation.readEvaluation',
  query: listQuery(['newest'], {
    division: divisionCode.optional(),
    contract: contractId.optional(),
    state: z.enum(findingStates).optional(),
  }),
  output: pageOf(findingView.omit({ history: true, actions: true, version: true })),
  refusals: [],
  exportable: true,
  summary: 'Findings within the caller’s reach, newest first.',
})

export const getFinding = endpoint({
  name: 'getFinding',
  method: 'GET',
  path: '/findings/:id',
  access: 'evaluation.readEvaluation',
  params: z.object({ id: findingId }),
  output: findingView,
  refusals: [],
  summary: 'One finding with its rectification.',
})

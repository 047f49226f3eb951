// Delivery: the endpoints that carry a case from stage to stage, and those about its people: consent, handing over, supervision.
import { z } from 'zod'
import { endpoint } from '../../../kit/endpoint.ts'
import { idOf } from '../../../kit/id.ts'
import { instantWire } from '../../../kit/instant.ts'
import { plainDate } from '../../../kit/plain-date.ts'
import { recordAnswer } from '../../../kit/record-view.ts'
import { caseParams, closingReasons, consentForms, consentGivers, noteText, retentions, text } from './cases.ts'

export const riskLevels = ['low', 'medium', 'high'] as const
export const goalResults = ['met', 'partly', 'unmet'] as const
export const sessionKinds = ['counselling', 'home-visit', 'referral'] as const
export const transferTargets = ['organization', 'hospital', 'school', 'department', 'police'] as const
export const earlyReasons = closingReasons.filter((reason) => reason !== 'completed' && reason !== 'consent-withdrawn')

const post = { method: 'POST', params: caseParams, output: recordAnswer } as const

export const recordConsent = endpoint({
  ...post,
  name: 'recordConsent',
  path: '/cases/:id/consent',
  access: 'delivery.workOnCase',
  body: z.object({
    form: z.enum(consentForms),
    givenBy: z.enum(consentGivers),
    guardian: text(1, 40).optional(),
    givenOn: plainDate,
    note: z.string().trim().max(500).default(''),
  }),
  refusals: ['consent-given', 'guardian-needed', 'guardian-name-needed', 'date-in-future', 'key-destroyed'],
  summary: 'Records who consented to the case work, when and in which form; for children under 14 the guardian.',
})

export const withdrawConsent = endpoint({
  ...post,
  name: 'withdrawConsent',
  path: '/cases/:id/consent/withdraw',
  access: 'delivery.workOnCase',
  body: z.object({ withdrawnOn: plainDate }),
  refusals: ['consent-missing', 'consent-withdrawn', 'date-in-future', 'before-consent'],
  summary:
    'Records that consent was withdrawn: the case ends, and where no duty to keep it stands its key is destroyed at once.',
})

export const acceptCase = endpoint({
  ...post,
  name: 'acceptCase',
  path: '/cases/:id/accept',
  access: 'delivery.workOnCase',
  body: z.object({ basis: noteText }),
  refusals: ['consent-missing'],
  summary: 'Takes the case on once consent is on record; assessment begins.',
})

export const assessCase = endpoint({
  ...post,
  name: 'assessCase',
  path: '/cases/:id/assessment',
  access: 'delivery.workOnCase',
  body: z.object({
    situation: noteText,
    needs: noteText,
    strengths: noteText,
    risk: z.enum(riskLevels),
  }),
  refusals: ['consent-missing'],
  summary: 'Writes the assessment; planning begins.',
})

export const planCase = endpoint({
  ...post,
  name: 'planCase',
  path: '/cases/:id/plan',
  access: 'delivery.workOnCase',
  body: z.object({
    goals: z.array(text(4, 120)).min(1).max(6),
    measures: noteText,
    /** Drawn up together with the person: who did not take part has agreed to nothing. */
    agreed: z.literal(true),
  }),
  refusals: ['consent-missing'],
  summary: 'Writes the plan with its goals, agreed with the person, and asks the supervisor to approve it.',
})

export const approveCase = endpoint({
  ...post,
  name: 'approveCase',
  path: '/cases/:id/approve',
  access: 'delivery.superviseCase',
  body: z.object({ remarks: z.string().trim().max(1000).default('') }),
  refusals: ['nothing-to-approve', 'consent-missing'],
  summary:
    'The supervisor approves the plan, so that intervention begins, or the evaluation, so that the case is closed.',
})

export const returnCase = endpoint({
  ...post,
  name: 'returnCase',
  path: '/cases/:id/return',
  access: 'delivery.superviseCase',
  body: z.object({ remarks: noteText }),
  refusals: ['nothing-to-approve'],
  summary: 'The supervisor sends plan or evaluation back with remarks.',
})

export const adviseCase = endpoint({
  ...post,
  name: 'adviseCase',
  path: '/cases/:id/advice',
  access: 'delivery.superviseCase',
  body: z.object({ advice: noteText }),
  refusals: [],
  summary: 'The supervisor leaves a supervision note.',
})

export const recordCaseSession = endpoint({
  ...post,
  name: 'recordCaseSession',
  path: '/cases/:id/sessions',
  access: 'delivery.workOnCase',
  body: z.object({
    activity: idOf('activity'),
    kind: z.enum(sessionKinds),
    from: instantWire,
    until: instantWire,
    process: noteText,
    progress: z.string().trim().max(1000).default(''),
    /** When the next meeting is planned; shown in the worker’s calendar without a name. */
    nextAt: instantWire.optional(),
  }),
  refusals: [
    'consent-missing',
    'not-on-team',
    'certificate-over',
    'hours-overlap',
    'hours-overlap-elsewhere',
    'time-in-future',
    'time-not-in-order',
    'too-long-at-once',
    'too-late-to-file',
    'before-delivery',
    'before-case',
    'next-not-later',
    'activity-unknown',
    'delivery-not-started',
    'milestone-closed',
  ],
  summary: 'Records a session: the note stays with the case, its hours become a service record without content.',
})

export const beginCaseEvaluation = endpoint({
  ...post,
  name: 'beginCaseEvaluation',
  path: '/cases/:id/evaluation/begin',
  access: 'delivery.workOnCase',
  refusals: ['sessions-missing'],
  summary: 'Ends intervention once enough sessions are on record; evaluation begins.',
})

export const evaluateCase = endpoint({
  ...post,
  name: 'evaluateCase',
  path: '/cases/:id/evaluation',
  access: 'delivery.workOnCase',
  body: z.object({
    results: z
      .array(z.object({ result: z.enum(goalResults), grounds: text(2, 500) }))
      .min(1)
      .max(6),
    outcome: noteText,
    followUp: z.string().trim().max(1000).default(''),
  }),
  refusals: ['results-not-goals', 'consent-missing'],
  summary: 'Writes a result for each goal of the plan and asks the supervisor to sign the case off.',
})

export const closeCase = endpoint({
  ...post,
  name: 'closeCase',
  path: '/cases/:id/close',
  access: 'delivery.workOnCase',
  body: z.object({ reason: z.enum(earlyReasons), grounds: noteText }),
  refusals: [],
  summary: 'Ends a case before its goals are reached, with a reason; the supervisor is told.',
})

export const transferCase = endpoint({
  ...post,
  name: 'transferCase',
  path: '/cases/:id/transfer',
  access: 'delivery.workOnCase',
  body: z.object({
    to: z.enum(transferTargets),
    receiver: text(2, 100),
    handover: noteText,
    /** Passing data on needs consent of its own (PIPL 23, from memory). */
    agreed: z.literal(true),
  }),
  refusals: ['consent-missing'],
  summary: 'Hands a case to somebody outside, with the person’s separate consent.',
})

export const handOverCase = endpoint({
  ...post,
  name: 'handOverCase',
  path: '/cases/:id/hand-over',
  access: 'delivery.handOverCase',
  body: z.object({ worker: idOf('worker'), handover: noteText }),
  refusals: ['worker-not-on-team', 'worker-certificate-over', 'same-worker', 'supervisor-is-worker', 'key-destroyed'],
  summary: 'Gives the case to another worker of the team; from then on the former one cannot read it any more.',
})

export const handOverSupervision = endpoint({
  ...post,
  name: 'handOverSupervision',
  path: '/cases/:id/supervisor',
  access: 'delivery.handOverCase',
  body: z.object({ supervisor: idOf('person') }),
  refusals: ['supervisor-unknown', 'supervisor-is-worker', 'same-supervisor', 'supervisor-in-office'],
  summary: 'The supervisor hands supervision on; the worker only where the supervisor has left office.',
})

export const setCaseRetention = endpoint({
  ...post,
  name: 'setCaseRetention',
  path: '/cases/:id/retention',
  access: 'delivery.superviseCase',
  body: z.object({ retention: z.enum(retentions) }),
  refusals: ['key-destroyed', 'same-retention'],
  summary:
    'Puts a duty to keep the notes on record or lifts it; lifted after consent was withdrawn, the key is destroyed.',
})

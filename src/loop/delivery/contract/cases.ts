// Delivery: social casework (MZ/T 094, second-hand). Shapes and states of a case, its notes, and the endpoints that open, read and list them.
import { z } from 'zod'
import { endpoint } from '../../../kit/endpoint.ts'
import { divisionCode, idOf } from '../../../kit/id.ts'
import { instantWire } from '../../../kit/instant.ts'
import { listQuery, pageOf } from '../../../kit/listing.ts'
import { actionView, recordAnswer } from '../../../kit/record-view.ts'
import { contractId } from '../../contracts/contract.ts'

export const caseStates = [
  'intake',
  'assessment',
  'plan',
  'intervention',
  'evaluation',
  'closed',
  'transferred',
] as const
export type CaseState = (typeof caseStates)[number]

/** What a case is about. */
export const caseTopics = [
  'elder-care',
  'child-protection',
  'family',
  'disability',
  'mental-health',
  'hardship',
  'rehabilitation',
  'other',
] as const
export type CaseTopic = (typeof caseTopics)[number]

/** How a case came to the worker. */
export const caseSources = ['self', 'outreach', 'community', 'department', 'relative'] as const

export const consentForms = ['written', 'oral-witnessed', 'electronic'] as const
export const consentGivers = ['self', 'guardian'] as const

/** Why notes must be kept although consent was withdrawn; `none`: no duty. */
export const retentions = ['none', 'mandatory-report', 'court', 'audit'] as const
export type Retention = (typeof retentions)[number]

export const noteKinds = [
  'intake',
  'consent',
  'acceptance',
  'assessment',
  'plan',
  'session',
  'evaluation',
  'supervision',
  'handover',
  'closing',
  'transfer',
] as const
export type NoteKind = (typeof noteKinds)[number]

export const closingReasons = [
  'completed',
  'consent-withdrawn',
  'beneficiary-ended',
  'moved-away',
  'not-suitable',
  'deceased',
] as const
export type ClosingReason = (typeof closingReasons)[number]

export const emergencyReasons = ['danger-to-life', 'child-at-risk', 'court-order', 'worker-unreachable'] as const

export const caseId = idOf('case')
export const caseParams = z.object({ id: caseId })
export const text = (least: number, most: number) => z.string().trim().min(least).max(most)
/** Texts of notes; more than 200 characters draw a large field. */
export const noteText = text(4, 3000)

/** One line of a note: which field, its text or, where `code`, the value of a list. */
export const noteLine = z.object({ name: z.string(), text: z.string(), code: z.boolean().optional() })

const caseRow = z.object({
  id: z.string(),
  number: z.string(),
  state: z.enum(caseStates),
  topic: z.enum(caseTopics),
  division: z.string(),
  divisionName: z.string().optional(),
  /** Absent when the key was destroyed. */
  beneficiaryName: z.string().optional(),
  contractNumber: z.string().optional(),
  workerName: z.string(),
  supervisorName: z.string(),
  /** By what right I read it. */
  relation: z.enum(['worker', 'supervisor', 'emergency']),
  /** The supervisor is asked to approve the plan or the evaluation. */
  awaiting: z.boolean(),
  nextAt: instantWire.optional(),
  openedAt: instantWire,
})

export const openCase = endpoint({
  name: 'openCase',
  method: 'POST',
  path: '/cases',
  access: 'delivery.openCase',
  body: z.object({
    contract: contractId,
    supervisor: idOf('person'),
    /** A resident with an account; else name and phone of a person without one. */
    person: idOf('person').optional(),
    fullName: text(1, 40).optional(),
    phone: z
      .string()
      .regex(/^1\d{10}$/)
      .optional(),
    underFourteen: z.boolean().default(false),
    topic: z.enum(caseTopics),
    source: z.enum(caseSources),
    problem: noteText,
  }),
  output: recordAnswer,
  refusals: [
    'not-on-team',
    'certificate-over',
    'delivery-not-started',
    'beneficiary-needed',
    'one-beneficiary',
    'person-unknown',
    'supervisor-unknown',
    'supervisor-is-worker',
  ],
  summary: 'A social worker of the team opens a case for a resident or for a person without an account.',
})

export const listCases = endpoint({
  name: 'listCases',
  method: 'GET',
  path: '/cases',
  access: 'delivery.readCase',
  query: listQuery(['newest'], {
    state: z.enum(caseStates).optional(),
    relation: z.enum(['worker', 'supervisor']).optional(),
    awaiting: z.enum(['yes']).optional(),
  }),
  output: pageOf(caseRow),
  refusals: [],
  summary:
    'My own cases, those that I supervise, and those opened to me in an emergency; nobody else’s, not even a count.',
})

export const getCase = endpoint({
  name: 'getCase',
  method: 'GET',
  path: '/cases/:id',
  access: 'delivery.readCase',
  params: caseParams,
  output: caseRow.extend({
    version: z.number().int(),
    contract: z.string(),
    source: z.enum(caseSources),
    phone: z.string().optional(),
    hasAccount: z.boolean(),
    underFourteen: z.boolean(),
    consent: z
      .object({
        form: z.enum(consentForms),
        givenBy: z.enum(consentGivers),
        givenOn: z.string(),
        recordedAt: instantWire,
        withdrawnOn: z.string().optional(),
      })
      .optional(),
    /** Goals of the plan, as it was last written. */
    goals: z.array(z.string()),
    sessions: z.number().int(),
    retention: z.enum(retentions),
    reason: z.enum(closingReasons).optional(),
    destroyed: z.boolean(),
    /** Emergency openings, newest first. */
    openings: z.array(
      z.object({
        reason: z.enum(emergencyReasons),
        words: z.string().optional(),
        personName: z.string(),
        at: instantWire,
        until: instantWire,
      }),
    ),
    history: z.array(z.object({ state: z.enum(caseStates), at: z.string() })),
    actions: z.array(actionView),
  }),
  refusals: [],
  summary:
    'One case, for its worker, its supervisor, or whoever opened it in an emergency; nobody else learns that it exists.',
})

export const listCaseNotes = endpoint({
  name: 'listCaseNotes',
  method: 'GET',
  path: '/cases/:id/notes',
  access: 'delivery.readCase',
  params: caseParams,
  query: listQuery(['newest'], {}),
  output: pageOf(
    z.object({
      id: z.string(),
      kind: z.enum(noteKinds),
      at: instantWire,
      authorName: z.string(),
      /** Empty when the key was destroyed. */
      lines: z.array(noteLine),
      serviceRecord: z.string().optional(),
    }),
  ),
  refusals: [],
  summary: 'The notes of a case, newest first, opened with its own key.',
})

export const listCaseColleagues = endpoint({
  name: 'listCaseColleagues',
  method: 'GET',
  path: '/contracts/:id/case-colleagues',
  access: 'delivery.readCase',
  params: z.object({ id: contractId }),
  output: z.object({
    supervisors: z.array(z.object({ person: z.string(), name: z.string() })),
    workers: z.array(z.object({ worker: z.string(), name: z.string() })),
  }),
  refusals: [],
  summary: 'Who may supervise or take over a case of a contract: the organization’s supervisors and the team.',
})

export const openCaseInEmergency = endpoint({
  name: 'openCaseInEmergency',
  method: 'POST',
  path: '/case-emergencies',
  access: 'delivery.openCaseInEmergency',
  secondFactor: true,
  // Numbers cannot be tried out: who opens knows the number from the emergency.
  limit: { max: 40, seconds: 3600 },
  body: z.object({
    division: divisionCode,
    number: z
      .string()
      .trim()
      .regex(/^案?\s*\d{4}-\d{1,7}$/),
    reason: z.enum(emergencyReasons),
    circumstances: text(10, 500),
  }),
  output: recordAnswer.extend({ until: instantWire }),
  refusals: ['second-factor-needed', 'already-open', 'key-destroyed'],
  summary:
    'Opens a case by its number for a limited time, with a reason on record; worker and supervisor are told at once.',
})

// Procurement: what comes up beside the straight path: shapes, permissions and parameters of questions, changed terms, objections, complaints and split purchases.
import { z } from 'zod'
import type { PermissionTable, Separation } from '../../../kit/actor.ts'
import { instantWire } from '../../../kit/instant.ts'
import { moneyWire } from '../../../kit/money.ts'
import type { PolicyParameter } from '../../../kit/parameter.ts'
import { criterion, requirements } from './terms.ts'

export const objectionTargets = ['terms', 'qualification', 'award', 'cancellation'] as const
export type ObjectionTarget = (typeof objectionTargets)[number]
/** Of an objection and of a complaint alike. */
export const objectionStates = ['open', 'rejected', 'upheld'] as const

/**
 * What an upheld objection leads to: the panel scores again; the lot that it names fails; the tender fails; the procurer changes the terms, and until then the clock
 * stands; or, where it had ended already, it was ended wrongly and is to be tendered anew.
 */
export const remedies = ['score-again', 'fail-lot', 'fail', 'change-terms', 'tender-anew'] as const
/** Of an upheld complaint also `go-on`: it was wrong and changed nothing. */
export const complaintRemedies = [...remedies, 'go-on'] as const
export type Remedy = (typeof complaintRemedies)[number]

/** Parts of the terms that can change after publication. All but the deadline are what bids answer to. */
export const changedParts = ['description', 'criteria', 'requirements', 'files', 'deadline'] as const
export type ChangedPart = (typeof changedParts)[number]

/** Changes of one tender's terms, at most; more is another tender. */
export const mostChanges = 20
/** Questions of one organization on one tender, and of all of them. */
export const mostQuestions = { ofOne: 10, ofAll: 200 } as const

const fileView = z.object({ id: z.string(), name: z.string(), type: z.string() })

/** What has no answer yet is seen by whoever answers and by the organization that asked. */
export const questionView = z.object({
  id: z.string(),
  /** In the order of asking, from 1. */
  number: z.number().int(),
  words: z.string(),
  at: z.string(),
  due: z.string(),
  answer: z.string().optional(),
  answeredAt: z.string().optional(),
  mine: z.boolean(),
})

/** Terms as they stood from `at` on. */
export const termsVersionView = z.object({
  number: z.number().int(),
  at: z.string(),
  /** None at publication. */
  reason: z.string().optional(),
  changed: z.array(z.enum(changedParts)),
  /** Bids made before it must be handed in anew or confirmed. */
  binding: z.boolean(),
  deadline: instantWire,
  description: z.string(),
  criteria: z.array(criterion),
  requirements,
  /** Added with this version. */
  files: z.array(fileView),
})

export const objectionView = z.object({
  id: z.string(),
  organization: z.string(),
  organizationName: z.string(),
  against: z.enum(objectionTargets),
  /** Where the tender is divided; none: the tender as a whole. */
  lot: z.number().int().optional(),
  argument: z.string(),
  asked: z.string(),
  /** Evidence: for those who run, oversee and decide it, and whoever objects. */
  files: z.array(fileView),
  at: z.string(),
  due: z.string(),
  state: z.enum(objectionStates),
  decision: z.string().optional(),
  decidedAt: z.string().optional(),
  /** Until when its organization may complain, from the answer on or when it stayed away. */
  complainUntil: z.string().optional(),
  /** Whether the reader may complain now. */
  mayComplain: z.boolean(),
  complaint: z
    .object({
      id: z.string(),
      argument: z.string(),
      asked: z.string(),
      files: z.array(fileView),
      at: z.string(),
      due: z.string(),
      state: z.enum(objectionStates),
      decision: z.string().optional(),
      remedy: z.enum(complaintRemedies).optional(),
      decidedAt: z.string().optional(),
    })
    .optional(),
})

/** Purchases of the same item by the same buyer in one year, without open tender, each below the threshold and together above it. */
export const splitView = z.object({
  tenders: z.array(z.object({ id: z.string(), number: z.string(), title: z.string(), budget: moneyWire })),
  sum: moneyWire,
  threshold: moneyWire,
  /** Why the procurer buys them apart. */
  reason: z.string().optional(),
})

export const matterPermissions = {
  'procurement.askQuestion': ['organization-administrator'],
  'procurement.decideComplaint': ['county-finance'],
  'procurement.readObjection': [
    'organization-administrator',
    'organization-member',
    'township-procurer',
    'county-overseer',
    'county-finance',
  ],
} as const satisfies PermissionTable

/** Whoever answered the query, or ran any step, does not decide the complaint about it. */
export function complaintSeparations(runs: readonly string[]): readonly Separation[] {
  return [
    {
      name: 'answer-then-complaint',
      did: ['procurement.decideObjection', 'procurement.confirmOpening', 'procurement.scoreBid', ...runs],
      excludes: 'procurement.decideComplaint',
    },
  ]
}

export const matterParameters: readonly PolicyParameter[] = [
  { key: 'procurement.question-days', value: 3, unit: 'working-day', source: 'ours', minimum: 1, maximum: 15 },
  {
    key: 'procurement.answer-days',
    value: 3,
    unit: 'working-day',
    source: 'from memory of the query rules (order 94, article 4)',
    minimum: 1,
    maximum: 15,
  },
  {
    key: 'procurement.change-days',
    value: 5,
    unit: 'working-day',
    source: 'design/loop.md names the rule; the number is from memory of the consultation rules',
    minimum: 1,
    maximum: 30,
  },
  {
    key: 'procurement.complaint-days',
    value: 15,
    unit: 'working-day',
    source: 'design/loop.md, from memory of the query rules',
    minimum: 1,
    maximum: 60,
  },
  {
    key: 'procurement.complaint-decision-days',
    value: 30,
    unit: 'working-day',
    source: 'design/loop.md, from memory of the query rules',
    minimum: 1,
    maximum: 90,
  },
  {
    key: 'procurement.open-tender-threshold',
    value: 400_000_000,
    unit: 'fen',
    source: 'from memory of the provincial thresholds (4 million yuan)',
    minimum: 100,
    maximum: 100_000_000_000,
  },
]

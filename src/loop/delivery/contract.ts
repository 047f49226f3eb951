// Delivery: what the social-worker team did. Shapes, states, permissions, parameters and endpoints.
import { z } from 'zod'
import type { PermissionTable } from '../../kit/actor.ts'
import { endpoint } from '../../kit/endpoint.ts'
import { divisionCode, idOf } from '../../kit/id.ts'
import { instantWire } from '../../kit/instant.ts'
import { listQuery, pageOf } from '../../kit/listing.ts'
import type { PolicyParameter } from '../../kit/parameter.ts'
import { actionView, recordAnswer } from '../../kit/record-view.ts'
import { contractId, milestoneId } from '../contracts/contract.ts'
import { caseParameters, casePermissions, occasionParameters, occasionPermissions } from './contract/access.ts'

export const serviceRecordStates = ['filed', 'void'] as const
export type ServiceRecordState = (typeof serviceRecordStates)[number]

export const serviceKinds = ['home-visit', 'activity', 'group', 'counselling', 'referral'] as const
export type ServiceKind = (typeof serviceKinds)[number]

/** Doubts about a record: it stands, and shows them. */
export const serviceDoubts = ['many-for-visit', 'more-than-signed-up'] as const

export const serviceRecordId = idOf('service-record')
export const activityId = idOf('activity')
const text = (least: number, most: number) => z.string().trim().min(least).max(most)

const activityRow = z.object({
  id: z.string(),
  position: z.number().int(),
  name: z.string(),
  kind: z.enum(serviceKinds),
  planned: z.number().int(),
  done: z.number().int(),
})

export const serviceRecordRow = z.object({
  id: z.string(),
  number: z.string(),
  state: z.enum(serviceRecordStates),
  contract: z.string(),
  contractNumber: z.string().optional(),
  division: z.string(),
  divisionName: z.string().optional(),
  activity: z.string(),
  activityName: z.string(),
  kind: z.enum(serviceKinds),
  from: instantWire,
  until: instantWire,
  minutes: z.number().int(),
  attendance: z.number().int(),
  newcomers: z.number().int(),
  /** Masked. */
  workerName: z.string(),
  flagged: z.boolean(),
})

export const startDelivery = endpoint({
  name: 'startDelivery',
  method: 'POST',
  path: '/contracts/:id/delivery',
  access: 'delivery.startDelivery',
  params: z.object({ id: contractId }),
  body: z.object({
    activities: z
      .array(z.object({ name: text(2, 60), kind: z.enum(serviceKinds), planned: z.number().int().min(1).max(10_000) }))
      .min(1)
      .max(30),
    words: z.string().trim().max(2000).default(''),
  }),
  output: recordAnswer,
  refusals: ['delivery-started'],
  summary: 'The undertaker plans the activities of an active contract; work may be recorded from now on.',
})

export const getDelivery = endpoint({
  name: 'getDelivery',
  method: 'GET',
  path: '/contracts/:id/delivery',
  access: 'delivery.readDelivery',
  params: z.object({ id: contractId }),
  output: z.object({
    id: z.string(),
    contractNumber: z.string(),
    title: z.string(),
    division: z.string(),
    divisionName: z.string().optional(),
    started: z.boolean(),
    startedAt: instantWire.optional(),
    words: z.string().optional(),
    activities: z.array(activityRow),
    totals: z.object({
      serviceRecords: z.number().int(),
      minutes: z.number().int(),
      attendance: z.number().int(),
      beneficiaries: z.number().int(),
    }),
    milestones: z.array(
      z.object({
        id: z.string(),
        position: z.number().int(),
        title: z.string(),
        state: z.string(),
        serviceRecords: z.number().int(),
      }),
    ),
    actions: z.array(actionView),
  }),
  refusals: [],
  summary: 'The plan of a contract’s delivery and what was done of it.',
})

export const fileServiceRecord = endpoint({
  name: 'fileServiceRecord',
  method: 'POST',
  path: '/service-records',
  access: 'delivery.fileServiceRecord',
  body: z.object({
    contract: contractId,
    activity: activityId,
    /** Left out: the first milestone on which work goes on. */
    milestone: milestoneId.optional(),
    kind: z.enum(serviceKinds).optional(),
    from: instantWire,
    until: instantWire,
    place: text(2, 60),
    /** A registered room: no more people than it may hold. */
    room: idOf('room').optional(),
    /** The volunteers' shift that helped. */
    shift: idOf('occasion').optional(),
    attendance: z.number().int().min(1).max(10_000),
    /** Of them, here for the first time under this contract. */
    newcomers: z.number().int().min(0).max(10_000).default(0),
    words: text(4, 3000),
    photos: z.array(idOf('file')).max(9).default([]),
  }),
  output: recordAnswer.extend({ milestone: z.string(), flagged: z.boolean() }),
  refusals: [
    'not-on-team',
    'certificate-over',
    'hours-overlap',
    'hours-overlap-elsewhere',
    'time-in-future',
    'time-not-in-order',
    'too-long-at-once',
    'too-late-to-file',
    'before-delivery',
    'newcomers-exceed',
    'room-unknown',
    'room-full',
    'shift-unknown',
    'activity-unknown',
    'delivery-not-started',
    'milestone-closed',
    'file-unknown',
  ],
  summary: 'A social worker of the team records what was done; nobody’s hour counts twice.',
})

export const voidServiceRecord = endpoint({
  name: 'voidServiceRecord',
  method: 'POST',
  path: '/service-records/:id/void',
  access: 'delivery.voidServiceRecord',
  params: z.object({ id: serviceRecordId }),
  body: z.object({ reason: text(4, 500) }),
  output: recordAnswer,
  refusals: ['not-own-record', 'milestone-closed'],
  summary:
    'Takes a service record back with a reason, while its milestone is still being worked on; its hours are free again.',
})

export const listServiceRecords = endpoint({
  name: 'listServiceRecords',
  method: 'GET',
  path: '/service-records',
  access: 'delivery.readDelivery',
  query: listQuery(['newest'], {
    contract: contractId.optional(),
    division: divisionCode.optional(),
    state: z.enum(serviceRecordStates).optional(),
    mine: z.enum(['yes']).optional(),
    flagged: z.enum(['yes']).optional(),
  }),
  output: pageOf(serviceRecordRow),
  refusals: [],
  exportable: true,
  summary: 'Service records of the places or the organization where I work, newest first.',
})

export const getServiceRecord = endpoint({
  name: 'getServiceRecord',
  method: 'GET',
  path: '/service-records/:id',
  access: 'delivery.readDelivery',
  params: z.object({ id: serviceRecordId }),
  output: serviceRecordRow.extend({
    version: z.number().int(),
    milestone: z.string(),
    place: z.string(),
    words: z.string(),
    doubts: z.array(z.enum(serviceDoubts)),
    /** The activity of which this is the record. */
    occasion: z.string().optional(),
    /** The volunteers of the shift that helped: masked names, and their confirmed minutes. */
    volunteers: z
      .object({
        shift: z.string(),
        number: z.string(),
        minutes: z.number().int(),
        people: z.array(z.object({ name: z.string(), minutes: z.number().int() })),
      })
      .optional(),
    photos: z.array(z.object({ id: z.string(), name: z.string(), sha256: z.string(), reused: z.boolean() })),
    voidReason: z.string().optional(),
    history: z.array(z.object({ state: z.enum(serviceRecordStates), at: z.string() })),
    actions: z.array(actionView),
  }),
  refusals: [],
  summary: 'One service record.',
})

export const deliveryPermissions = {
  'delivery.startDelivery': ['organization-administrator', 'social-worker'],
  'delivery.fileServiceRecord': ['social-worker', 'social-work-supervisor'],
  'delivery.voidServiceRecord': ['social-worker', 'social-work-supervisor', 'organization-administrator'],
  'delivery.readDelivery': [
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
    'county-overseer',
  ],
  ...casePermissions,
  ...occasionPermissions,
} as const satisfies PermissionTable

export const deliveryParameters: readonly PolicyParameter[] = [
  { key: 'delivery.longest-minutes', value: 720, unit: 'minute', source: 'ours', minimum: 30, maximum: 1440 },
  { key: 'delivery.file-days', value: 30, unit: 'day', source: 'ours', minimum: 1, maximum: 366 },
  ...caseParameters,
  ...occasionParameters,
]

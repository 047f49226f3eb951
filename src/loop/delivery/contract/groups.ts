// Delivery: group work (MZ/T 095, second-hand): shapes, states and endpoints of groups, their members, sessions and attendance.
import { z } from 'zod'
import { endpoint } from '../../../kit/endpoint.ts'
import { divisionCode, idOf } from '../../../kit/id.ts'
import { instantWire } from '../../../kit/instant.ts'
import { listQuery, pageOf } from '../../../kit/listing.ts'
import { actionView, recordAnswer } from '../../../kit/record-view.ts'
import { contractId } from '../../contracts/contract.ts'
import { text } from './cases.ts'
import { goalResults } from './case-stages.ts'

export const groupStates = ['preparing', 'running', 'ended', 'cancelled'] as const
export type GroupState = (typeof groupStates)[number]

/** The stages of a group after its preparation; sessions go through them in this order. */
export const groupPhases = ['forming', 'transition', 'maturity', 'ending'] as const
export type GroupPhase = (typeof groupPhases)[number]

export const groupTypes = ['support', 'education', 'growth', 'mutual-aid', 'therapy'] as const
export const sessionStates = ['planned', 'held', 'dropped'] as const

export const groupId = idOf('group-work')
const groupParams = z.object({ id: groupId })
const sessionParams = z.object({ id: groupId, session: idOf('group-session') })
const times = { from: instantWire, until: instantWire }

const sessionRow = z.object({
  id: z.string(),
  position: z.number().int(),
  phase: z.enum(groupPhases),
  theme: z.string(),
  from: instantWire,
  until: instantWire,
  state: z.enum(sessionStates),
  attendance: z.number().int(),
  checkInOpen: z.boolean(),
  serviceRecord: z.string().optional(),
})

const groupRow = z.object({
  id: z.string(),
  number: z.string(),
  state: z.enum(groupStates),
  title: z.string(),
  type: z.enum(groupTypes),
  contract: z.string(),
  contractNumber: z.string().optional(),
  division: z.string(),
  divisionName: z.string().optional(),
  /** Masked. */
  workerName: z.string(),
  place: z.string(),
  capacity: z.number().int(),
  members: z.number().int(),
})

export const planGroup = endpoint({
  name: 'planGroup',
  method: 'POST',
  path: '/groups',
  access: 'delivery.planGroup',
  body: z.object({
    contract: contractId,
    activity: idOf('activity'),
    title: text(4, 60),
    type: z.enum(groupTypes),
    aims: text(4, 1000),
    place: text(2, 60),
    /** How many the room may hold, by its register or its fire safety plate. */
    capacity: z.number().int().min(2).max(500),
    sessions: z
      .array(z.object({ theme: text(2, 60), phase: z.enum(groupPhases), ...times }))
      .min(1)
      .max(40),
  }),
  output: recordAnswer,
  refusals: [
    'not-on-team',
    'certificate-over',
    'delivery-not-started',
    'activity-unknown',
    'sessions-number',
    'phases-order',
    'sessions-order',
    'session-passed',
    'time-not-in-order',
    'too-long-at-once',
  ],
  summary: 'Plans a group with its aims, its room and its sessions from forming to ending.',
})

export const listGroups = endpoint({
  name: 'listGroups',
  method: 'GET',
  path: '/groups',
  access: 'delivery.readDelivery',
  query: listQuery(['newest'], {
    contract: contractId.optional(),
    division: divisionCode.optional(),
    state: z.enum(groupStates).optional(),
    mine: z.enum(['yes']).optional(),
  }),
  output: pageOf(groupRow),
  refusals: [],
  summary: 'Groups of the places or the organization where I work, newest first.',
})

export const getGroup = endpoint({
  name: 'getGroup',
  method: 'GET',
  path: '/groups/:id',
  access: 'delivery.readDelivery',
  params: groupParams,
  output: groupRow.extend({
    version: z.number().int(),
    aims: z.string(),
    activityName: z.string(),
    sessions: z.array(sessionRow),
    /** For the leader and the organization’s supervisors only; others see how many. */
    people: z
      .array(
        z.object({
          id: z.string(),
          name: z.string(),
          hasAccount: z.boolean(),
          left: z.boolean(),
          /** Positions of the sessions that they came to. */
          attended: z.array(z.number().int()),
        }),
      )
      .optional(),
    result: z.enum(goalResults).optional(),
    summary: z.string().optional(),
    history: z.array(z.object({ state: z.enum(groupStates), at: z.string() })),
    actions: z.array(actionView),
  }),
  refusals: [],
  summary: 'One group with its sessions.',
})

const post = { method: 'POST', output: recordAnswer } as const

export const addGroupMember = endpoint({
  ...post,
  name: 'addGroupMember',
  path: '/groups/:id/members',
  access: 'delivery.leadGroup',
  params: groupParams,
  body: z.object({ person: idOf('person').optional(), fullName: text(1, 40).optional() }),
  refusals: ['not-leader', 'room-full', 'member-already', 'beneficiary-needed', 'one-beneficiary', 'person-unknown'],
  summary: 'Takes a resident, or a person without an account, into the group, as far as the room holds.',
})

export const removeGroupMember = endpoint({
  ...post,
  name: 'removeGroupMember',
  path: '/groups/:id/members/:member/remove',
  access: 'delivery.leadGroup',
  params: z.object({ id: groupId, member: idOf('group-member') }),
  refusals: ['not-leader', 'member-left'],
  summary: 'A member leaves the group; what they came to stays.',
})

export const startGroup = endpoint({
  ...post,
  name: 'startGroup',
  path: '/groups/:id/start',
  access: 'delivery.leadGroup',
  params: groupParams,
  refusals: ['not-leader', 'members-few'],
  summary: 'Ends the preparation once enough members are found: sessions may be held.',
})

export const moveGroupSession = endpoint({
  ...post,
  name: 'moveGroupSession',
  path: '/groups/:id/sessions/:session/move',
  access: 'delivery.leadGroup',
  params: sessionParams,
  body: z.object(times),
  refusals: [
    'not-leader',
    'session-not-planned',
    'session-passed',
    'sessions-order',
    'time-not-in-order',
    'too-long-at-once',
  ],
  summary: 'Puts a session that was not yet held to another time, between its neighbours.',
})

export const dropGroupSession = endpoint({
  ...post,
  name: 'dropGroupSession',
  path: '/groups/:id/sessions/:session/drop',
  access: 'delivery.leadGroup',
  params: sessionParams,
  refusals: ['not-leader', 'session-not-planned', 'sessions-number'],
  summary: 'Leaves a session out, as long as the group keeps its least number of sessions.',
})

export const openSessionCheckIn = endpoint({
  ...post,
  name: 'openSessionCheckIn',
  path: '/groups/:id/sessions/:session/check-in/open',
  access: 'delivery.leadGroup',
  params: sessionParams,
  refusals: ['not-leader', 'session-not-planned', 'not-session-day'],
  summary: 'Opens checking in on the day of the session; a code of six digits is shown to those who are there.',
})

export const getSessionCode = endpoint({
  name: 'getSessionCode',
  method: 'GET',
  path: '/groups/:id/sessions/:session/code',
  access: 'delivery.leadGroup',
  params: sessionParams,
  output: z.object({ code: z.string(), attendance: z.number().int(), capacity: z.number().int() }),
  refusals: ['not-leader', 'check-in-closed'],
  summary: 'The code of a session while checking in is open, for the leader’s screen.',
})

export const checkInToSession = endpoint({
  name: 'checkInToSession',
  method: 'POST',
  path: '/groups/:id/sessions/:session/check-in',
  access: 'delivery.checkInToSession',
  params: sessionParams,
  body: z.object({ code: z.string().regex(/^\d{6}$/) }),
  output: z.object({ theme: z.string(), place: z.string() }),
  refusals: ['check-in-closed', 'code-wrong', 'not-a-member', 'already-checked-in', 'elsewhere-now', 'room-full'],
  // A room full of people comes from one address; the code lives hours, so that guessing it at this rate takes weeks.
  limit: { max: 30, seconds: 300 },
  summary: 'A member who is there checks in once by the code.',
})

export const recordGroupSession = endpoint({
  ...post,
  name: 'recordGroupSession',
  path: '/groups/:id/sessions/:session/record',
  access: 'delivery.leadGroup',
  params: sessionParams,
  body: z.object({
    ...times,
    /** Members who came and did not check in themselves. */
    present: z.array(idOf('group-member')).max(500).default([]),
    words: text(4, 3000),
    photos: z.array(idOf('file')).max(9).default([]),
  }),
  refusals: [
    'not-leader',
    'session-not-planned',
    'nobody-present',
    'member-unknown',
    'room-full',
    'sessions-order',
    'not-on-team',
    'certificate-over',
    'hours-overlap',
    'hours-overlap-elsewhere',
    'time-in-future',
    'time-not-in-order',
    'too-long-at-once',
    'too-late-to-file',
    'before-delivery',
    'activity-unknown',
    'delivery-not-started',
    'milestone-closed',
    'file-unknown',
    'newcomers-exceed',
  ],
  summary: 'Records a session that was held: attendance, hours and content become a service record of the contract.',
})

export const endGroup = endpoint({
  ...post,
  name: 'endGroup',
  path: '/groups/:id/end',
  access: 'delivery.leadGroup',
  params: groupParams,
  body: z.object({ result: z.enum(goalResults), summary: text(10, 2000) }),
  refusals: ['not-leader', 'sessions-open', 'sessions-number'],
  summary: 'Ends a group after its last session with a summary against its aims.',
})

export const cancelGroup = endpoint({
  ...post,
  name: 'cancelGroup',
  path: '/groups/:id/cancel',
  access: 'delivery.leadGroup',
  params: groupParams,
  body: z.object({ reason: text(4, 500) }),
  refusals: ['not-leader'],
  summary: 'Gives a group up with a reason; sessions that were held stay.',
})

// Delivery: occasions: volunteers' shifts and community activities. Shapes and the endpoints of whoever offers, lists and looks.
import { z } from 'zod'
import { endpoint } from '../../../kit/endpoint.ts'
import { divisionCode, idOf } from '../../../kit/id.ts'
import { instantWire } from '../../../kit/instant.ts'
import { listQuery, pageOf } from '../../../kit/listing.ts'
import { actionView, recordAnswer } from '../../../kit/record-view.ts'
import { contractId } from '../../contracts/contract.ts'
import { text } from './cases.ts'

/** A shift asks volunteers to help; an activity invites residents. */
export const occasionKinds = ['shift', 'activity'] as const
export type OccasionKind = (typeof occasionKinds)[number]

export const occasionStates = ['open', 'cancelled', 'over'] as const
export type OccasionState = (typeof occasionStates)[number]

/** What became of a place that somebody took. */
export const outcomes = ['counted', 'too-short', 'no-show', 'no-check-out', 'attended', 'called-off'] as const
export type Outcome = (typeof outcomes)[number]

export const occasionId = idOf('occasion')
export const roomId = idOf('room')
const times = { from: instantWire, until: instantWire }

export const occasionRow = z.object({
  id: z.string(),
  number: z.string(),
  kind: z.enum(occasionKinds),
  state: z.enum(occasionStates),
  title: z.string(),
  division: z.string(),
  divisionName: z.string().optional(),
  /** The organization, or nothing where the community offers it. */
  byName: z.string().optional(),
  place: z.string(),
  ...times,
  capacity: z.number().int(),
  /** Places taken and not given back. */
  taken: z.number().int(),
})

export const planOccasion = endpoint({
  name: 'planOccasion',
  method: 'POST',
  path: '/occasions',
  access: 'delivery.planOccasion',
  body: z.object({
    kind: z.enum(occasionKinds),
    title: text(2, 40),
    /** Of the contract’s team; left out: the community offers it. */
    contract: contractId.optional(),
    activity: idOf('activity').optional(),
    /** The community, where no contract names it. */
    division: divisionCode.optional(),
    words: text(4, 1000),
    asks: z.string().trim().max(200).optional(),
    place: text(2, 60),
    room: roomId.optional(),
    ...times,
    /** Volunteers wanted; residents who find room. */
    capacity: z.number().int().min(1).max(2000),
  }),
  output: recordAnswer,
  refusals: [
    'not-on-team',
    'certificate-over',
    'delivery-not-started',
    'activity-needed',
    'activity-unknown',
    'community-needed',
    'session-passed',
    'too-far-ahead',
    'time-not-in-order',
    'too-long-at-once',
    'room-unknown',
    'over-room',
    'text-has-phone',
    'text-has-citizen-id',
  ],
  summary: 'A contract’s team or the community offers a shift to volunteers, or invites residents to an activity.',
})

export const cancelOccasion = endpoint({
  name: 'cancelOccasion',
  method: 'POST',
  path: '/occasions/:id/cancel',
  access: 'delivery.holdOccasion',
  params: z.object({ id: occasionId }),
  body: z.object({ reason: text(4, 200) }),
  output: recordAnswer,
  refusals: ['somebody-here', 'text-has-phone', 'text-has-citizen-id'],
  summary: 'Calls an occasion off with a reason; everybody who took a place is told.',
})

export const listOccasions = endpoint({
  name: 'listOccasions',
  method: 'GET',
  path: '/occasions',
  access: 'public',
  query: listQuery(['soonest'], { division: divisionCode, kind: z.enum(occasionKinds) }),
  output: pageOf(occasionRow),
  refusals: ['place-too-wide'],
  summary: 'Shifts or activities of a place that are not over yet, soonest first.',
})

export const listDeskOccasions = endpoint({
  name: 'listDeskOccasions',
  method: 'GET',
  path: '/occasions/desk',
  access: 'delivery.readDelivery',
  query: listQuery(['newest'], {
    kind: z.enum(occasionKinds).optional(),
    state: z.enum(occasionStates).optional(),
    division: divisionCode.optional(),
    contract: contractId.optional(),
    mine: z.enum(['yes']).optional(),
  }),
  output: pageOf(occasionRow),
  refusals: [],
  summary: 'Shifts and activities of the places or the organization where I work, newest first.',
})

export const listMyOccasions = endpoint({
  name: 'listMyOccasions',
  method: 'GET',
  path: '/occasions/mine',
  access: 'delivery.takePlace',
  query: listQuery(['latest'], {}),
  output: pageOf(
    occasionRow.extend({
      arrivedAt: instantWire.optional(),
      leftAt: instantWire.optional(),
      minutes: z.number().int().optional(),
      outcome: z.enum(outcomes).optional(),
    }),
  ),
  refusals: [],
  summary: 'Places that I took, latest first.',
})

export const getOccasion = endpoint({
  name: 'getOccasion',
  method: 'GET',
  path: '/occasions/:id',
  access: 'public',
  params: z.object({ id: occasionId }),
  output: occasionRow.extend({
    version: z.number().int(),
    words: z.string(),
    asks: z.string().optional(),
    contract: z.string().optional(),
    contractNumber: z.string().optional(),
    room: z.object({ name: z.string(), capacity: z.number().int() }).optional(),
    arrived: z.number().int(),
    checkInOpen: z.boolean(),
    /** From when a code opens, and until when it holds. */
    checkInFrom: instantWire,
    checkInUntil: instantWire,
    /** Why it was called off, or what came of it. */
    summary: z.string().optional(),
    guests: z.number().int(),
    serviceRecord: z.string().optional(),
    mine: z
      .object({
        takenAt: instantWire,
        arrivedAt: instantWire.optional(),
        leftAt: instantWire.optional(),
        minutes: z.number().int().optional(),
        outcome: z.enum(outcomes).optional(),
      })
      .optional(),
    /** For those who hold it only; others see how many. */
    people: z
      .array(
        z.object({
          id: z.string(),
          /** Masked. */
          name: z.string(),
          takenAt: instantWire,
          arrivedAt: instantWire.optional(),
          leftAt: instantWire.optional(),
          byWorker: z.boolean(),
          minutes: z.number().int().optional(),
          outcome: z.enum(outcomes).optional(),
        }),
      )
      .optional(),
    history: z.array(z.object({ state: z.enum(occasionStates), at: z.string() })),
    actions: z.array(actionView),
  }),
  refusals: [],
  summary: 'One shift or activity; whoever holds it sees who comes.',
})

const roomRow = z.object({
  id: z.string(),
  division: z.string(),
  divisionName: z.string().optional(),
  name: z.string(),
  capacity: z.number().int(),
  open: z.boolean(),
})

export const listRooms = endpoint({
  name: 'listRooms',
  method: 'GET',
  path: '/rooms',
  access: 'delivery.readDelivery',
  query: listQuery(['name'], { division: divisionCode.optional() }),
  output: pageOf(roomRow),
  refusals: [],
  summary: 'Rooms of a community with how many people each may hold.',
})

export const setRoom = endpoint({
  name: 'setRoom',
  method: 'POST',
  path: '/rooms',
  access: 'delivery.keepRooms',
  body: z.object({
    division: divisionCode,
    name: text(2, 40),
    /** As registered, or as the fire safety plate says. */
    capacity: z.number().int().min(1).max(10_000),
    open: z.boolean().default(true),
  }),
  output: z.object({ id: z.string() }),
  refusals: ['community-needed'],
  summary: 'Registers a room of the community, or its new capacity; a closed room is offered no more.',
})

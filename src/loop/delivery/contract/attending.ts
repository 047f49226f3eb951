// Delivery: taking a place of an occasion, being there by code, and what is counted afterwards.
import { z } from 'zod'
import { endpoint } from '../../../kit/endpoint.ts'
import { idOf } from '../../../kit/id.ts'
import { instantWire } from '../../../kit/instant.ts'
import { recordAnswer } from '../../../kit/record-view.ts'
import { text } from './cases.ts'
import { occasionId } from './occasions.ts'

const params = z.object({ id: occasionId })
const code = z.object({ code: z.string().regex(/^\d{6}$/) })
const post = { method: 'POST', params, output: recordAnswer } as const

export const takePlace = endpoint({
  ...post,
  name: 'takePlace',
  path: '/occasions/:id/take',
  access: 'delivery.takePlace',
  refusals: [
    'not-volunteer',
    'paused-for-no-shows',
    'own-occasion',
    'already-taken',
    'places-full',
    'times-overlap',
    'occasion-begun',
  ],
  summary: 'A volunteer takes a place of a shift, a resident signs up for an activity.',
})

export const giveBackPlace = endpoint({
  ...post,
  name: 'giveBackPlace',
  path: '/occasions/:id/give-back',
  access: 'delivery.takePlace',
  refusals: ['no-place', 'occasion-begun', 'already-checked-in'],
  summary: 'Gives a place back before it begins.',
})

export const openCheckIn = endpoint({
  ...post,
  name: 'openCheckIn',
  path: '/occasions/:id/check-in/open',
  access: 'delivery.holdOccasion',
  refusals: ['check-in-not-yet', 'check-in-over'],
  summary: 'Opens checking in shortly before the beginning; a code that changes is shown at the place.',
})

export const getOccasionCode = endpoint({
  name: 'getOccasionCode',
  method: 'GET',
  path: '/occasions/:id/code',
  access: 'delivery.holdOccasion',
  params,
  output: z.object({
    code: z.string(),
    /** When it changes. */
    until: instantWire,
    arrived: z.number().int(),
    taken: z.number().int(),
    capacity: z.number().int(),
  }),
  refusals: ['check-in-closed'],
  summary: 'The code of the moment, for the screen at the place.',
})

// A room full of people comes from one address; a code lives minutes, so that guessing at this rate is hopeless.
const limit = { max: 40, seconds: 300 }

export const checkInToOccasion = endpoint({
  ...post,
  name: 'checkInToOccasion',
  path: '/occasions/:id/check-in',
  access: 'delivery.takePlace',
  body: code,
  refusals: [
    'check-in-closed',
    'code-wrong',
    'no-place',
    'not-volunteer',
    'already-checked-in',
    'room-full',
    'elsewhere-now',
  ],
  limit,
  summary: 'Whoever is there checks in once by the code; nobody is at two places at once.',
})

export const checkOutOfOccasion = endpoint({
  ...post,
  name: 'checkOutOfOccasion',
  path: '/occasions/:id/check-out',
  access: 'delivery.takePlace',
  body: code,
  refusals: ['check-in-closed', 'code-wrong', 'no-place', 'not-checked-in', 'already-checked-out', 'no-check-out'],
  limit,
  summary: 'A volunteer leaves: the hours run from checking in to checking out.',
})

export const settleShift = endpoint({
  ...post,
  name: 'settleShift',
  path: '/occasions/:id/settle',
  access: 'delivery.holdOccasion',
  body: z.object({
    /** Only those of whom the codes do not tell all: who forgot to check in or out. Everybody else is counted as the codes say. */
    people: z
      .array(
        z.object({
          id: idOf('sign-up'),
          came: z.boolean(),
          from: instantWire.optional(),
          until: instantWire.optional(),
        }),
      )
      .max(2000)
      .default([]),
  }),
  refusals: [
    'not-a-shift',
    'not-over-yet',
    'own-hours',
    'sign-up-unknown',
    'checked-in-by-code',
    'end-needed',
    'beginning-needed',
    'outside-shift',
    'time-not-in-order',
    'times-by-code',
    'present-elsewhere',
    'hours-overlap-elsewhere',
  ],
  summary: 'Whoever held the shift confirms it: hours from arrival to leaving go to the volunteers’ records.',
})

export const recordActivity = endpoint({
  ...post,
  name: 'recordActivity',
  path: '/occasions/:id/record',
  access: 'delivery.holdOccasion',
  body: z.object({
    from: instantWire,
    until: instantWire,
    /** People who came without checking in, counted by the worker. */
    guests: z.number().int().min(0).max(2000).default(0),
    newcomers: z.number().int().min(0).max(2000).default(0),
    /** The volunteers' shift that helped. */
    shift: occasionId.optional(),
    words: text(4, 3000),
    photos: z.array(idOf('file')).max(9).default([]),
  }),
  output: recordAnswer.extend({ serviceRecord: z.string().optional(), flagged: z.boolean() }),
  refusals: [
    'not-an-activity',
    'not-over-yet',
    'nobody-present',
    'room-full',
    'shift-unknown',
    'newcomers-exceed',
    'outside-activity',
    'text-has-phone',
    'text-has-citizen-id',
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
  ],
  summary:
    'Records an activity that took place: attendance by code and by count; a contract’s becomes a service record.',
})

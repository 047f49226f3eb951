// Delivery: a worker's calendar as an iCalendar feed (RFC 5545) under a secret address: made, replaced, revoked here; served at /calendars.
import { z } from 'zod'
import { endpoint } from '../../../kit/endpoint.ts'
import { instantWire } from '../../../kit/instant.ts'

export const getCalendar = endpoint({
  name: 'getCalendar',
  method: 'GET',
  path: '/calendar',
  access: 'delivery.subscribeCalendar',
  output: z.object({
    subscribedAt: instantWire.optional(),
    entries: z.array(
      z.object({
        kind: z.enum(['group', 'case', 'occasion']),
        /** Of the group, the case or the shift or activity. */
        record: z.string(),
        title: z.string().optional(),
        position: z.number().int().optional(),
        place: z.string().optional(),
        from: instantWire,
        until: instantWire,
      }),
    ),
  }),
  refusals: [],
  summary: 'My sessions and meetings of the coming weeks, and since when I have an address for them.',
})

export const subscribeCalendar = endpoint({
  name: 'subscribeCalendar',
  method: 'POST',
  path: '/calendar/address',
  access: 'delivery.subscribeCalendar',
  output: z.object({ path: z.string(), subscribedAt: instantWire }),
  refusals: [],
  summary: 'Makes a secret address for my calendar, shown this once; an earlier one ends.',
})

export const revokeCalendar = endpoint({
  name: 'revokeCalendar',
  method: 'POST',
  path: '/calendar/address/revoke',
  access: 'delivery.subscribeCalendar',
  output: z.object({ revoked: z.boolean() }),
  refusals: ['no-calendar-address'],
  summary: 'Ends the address of my calendar at once.',
})

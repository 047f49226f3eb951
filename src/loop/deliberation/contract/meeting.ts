// Deliberation: the endpoints of the meeting's day: agenda and minutes, checking in by code, paper ballots counted by two officers.
import { z } from 'zod'
import { endpoint } from '../../../kit/endpoint.ts'
import { motionId } from '../contract.ts'

const byId = z.object({ id: motionId })
const dayAnswer = z.object({ id: z.string(), version: z.number().int() })
const count = z.number().int().min(0).max(100_000)

export const setAgenda = endpoint({
  name: 'setAgenda',
  method: 'PUT',
  path: '/motions/:id/meeting/agenda',
  access: 'deliberation.runMotion',
  params: byId,
  body: z.object({
    items: z
      .array(
        z.object({
          title: z.string().trim().min(2).max(60),
          /** What was said and agreed under it; filled in at the meeting. */
          minutes: z.string().trim().max(2000).optional(),
        }),
      )
      .min(1)
      .max(20),
  }),
  output: dayAnswer,
  refusals: ['meeting-recorded'],
  summary: 'Writes the agenda of the called meeting, and the minutes under its items.',
})

export const openCheckIn = endpoint({
  name: 'openCheckIn',
  method: 'POST',
  path: '/motions/:id/meeting/check-in/open',
  access: 'deliberation.recordMeeting',
  params: byId,
  output: dayAnswer,
  refusals: ['not-meeting-day', 'meeting-recorded', 'check-in-open'],
  summary: 'Opens checking in on the day of the meeting: a code is shown that changes every few minutes.',
})

export const closeCheckIn = endpoint({
  name: 'closeCheckIn',
  method: 'POST',
  path: '/motions/:id/meeting/check-in/close',
  access: 'deliberation.recordMeeting',
  params: byId,
  output: dayAnswer,
  refusals: ['check-in-closed'],
  summary: 'Closes checking in.',
})

export const getCheckInCode = endpoint({
  name: 'getCheckInCode',
  method: 'GET',
  path: '/motions/:id/meeting/code',
  access: 'deliberation.recordMeeting',
  params: byId,
  output: z.object({ code: z.string(), until: z.string() }),
  refusals: ['check-in-closed'],
  summary: 'The code that holds now, for the screen at the meeting.',
})

export const checkIn = endpoint({
  name: 'checkIn',
  method: 'POST',
  path: '/motions/:id/meeting/check-in',
  access: 'deliberation.checkIn',
  params: byId,
  body: z.object({ code: z.string().regex(/^\d{6}$/) }),
  output: z.object({
    id: z.string(),
    /** A verified adult resident of the place: counts for the quorum. Others are welcome and not counted. */
    counted: z.boolean(),
  }),
  refusals: ['check-in-closed', 'code-wrong', 'already-checked-in'],
  // A hall full of people comes from one address; guessing a code of six digits at this rate takes days, and it lives minutes.
  limit: { max: 300, seconds: 60 },
  summary: 'Whoever is at the meeting checks in once, by the code on its screen.',
})

export const enterPaperCount = endpoint({
  name: 'enterPaperCount',
  method: 'POST',
  path: '/motions/:id/meeting/paper',
  access: 'deliberation.recordMeeting',
  params: byId,
  body: z.object({ for: count, against: count, abstain: count, invalid: count }),
  output: dayAnswer.extend({
    /** first: the other officer counts yet. equal: accepted. unequal: both count again. */
    outcome: z.enum(['first', 'equal', 'unequal']),
  }),
  refusals: ['meeting-not-held', 'meeting-recorded', 'count-accepted', 'counted-already'],
  summary:
    'An officer enters the own count of the paper ballots without seeing the other’s; two equal ones are accepted.',
})

export const getMeetingDay = endpoint({
  name: 'getMeetingDay',
  method: 'GET',
  path: '/motions/:id/meeting',
  access: 'public',
  params: byId,
  output: z.object({
    /** Absent: no meeting is called. */
    day: z
      .object({
        version: z.number().int(),
        on: z.string(),
        place: z.string(),
        /** Whether it is today and not yet on record. */
        running: z.boolean(),
        agenda: z.array(z.object({ title: z.string(), minutes: z.string().optional() })),
        eligible: z.number().int(),
        /** People from whom on the meeting is valid. */
        quorum: z.number().int(),
        checkIn: z.object({
          open: z.boolean(),
          counted: z.number().int(),
          others: z.number().int(),
          mine: z.enum(['counted', 'present']).optional(),
        }),
        /** For officers alone. `entered`: how many of the two have counted in this attempt. */
        paper: z
          .object({
            attempt: z.number().int(),
            entered: z.number().int(),
            mine: z.boolean(),
            accepted: z.object({ for: count, against: count, abstain: count, invalid: count }).optional(),
          })
          .optional(),
      })
      .optional(),
  }),
  refusals: [],
  summary: 'The day of the meeting: agenda, who has come in numbers, and for officers the paper count.',
})

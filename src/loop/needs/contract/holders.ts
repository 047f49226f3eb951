// Needs: who holds how much, who is away and until when.
import { z } from 'zod'
import { endpoint } from '../../../kit/endpoint.ts'
import { divisionCode, idOf } from '../../../kit/id.ts'
import { plainDate } from '../../../kit/plain-date.ts'
import { recordAnswer } from '../../../kit/record-view.ts'

export const absenceReasons = ['on-leave', 'ill', 'training'] as const

const absence = z.object({
  id: z.string(),
  version: z.number().int(),
  since: z.string(),
  until: z.string(),
  reason: z.enum(absenceReasons),
  /** Today is one of its days. */
  now: z.boolean(),
})

export const listNeedHolders = endpoint({
  name: 'listNeedHolders',
  method: 'GET',
  path: '/needs/holders',
  access: 'needs.listNeedHolders',
  query: z.object({ division: divisionCode.optional() }),
  output: z.object({
    division: z.string(),
    /** At most 150: those who work here, and whoever else still holds a need of the place. */
    rows: z.array(
      z.object({
        person: z.object({ id: z.string(), name: z.string() }),
        /** Works here today; false for somebody who left and still holds needs. */
        here: z.boolean(),
        me: z.boolean(),
        held: z.number().int(),
        overdue: z.number().int(),
        absence: absence.optional(),
      }),
    ),
  }),
  refusals: [],
  summary: 'Who holds how many open needs of a community, how many of them are overdue, and who is away.',
})

export const setAbsence = endpoint({
  name: 'setAbsence',
  method: 'POST',
  path: '/needs/absences',
  access: 'needs.setAbsence',
  body: z.object({
    /** Oneself where left out; somebody else only for the head of the community. */
    person: idOf('person').optional(),
    since: plainDate,
    /** The last day away. */
    until: plainDate,
    reason: z.enum(absenceReasons),
  }),
  output: recordAnswer,
  refusals: ['head-enters-others', 'not-a-worker-here', 'until-before-since', 'absence-over', 'absence-too-long'],
  summary: 'A worker, or the head for a worker, says from when to when the worker is away.',
})

export const endAbsence = endpoint({
  name: 'endAbsence',
  method: 'POST',
  path: '/needs/absences/:id/end',
  access: 'needs.setAbsence',
  params: z.object({ id: idOf('absence') }),
  output: recordAnswer,
  refusals: ['head-enters-others'],
  summary: 'The worker is back.',
})

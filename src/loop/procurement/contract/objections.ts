// Procurement: endpoints of objections and of their second step, the complaint.
import { z } from 'zod'
import { endpoint } from '../../../kit/endpoint.ts'
import { idOf } from '../../../kit/id.ts'
import { objectionId, one, tenderId } from '../contract.ts'
import { lotOfBody } from './lots.ts'
import { complaintRemedies, objectionTargets, remedies } from './matters.ts'
import { text } from './terms.ts'

/** Argument, evidence and what is asked for. */
const claim = z.object({
  argument: text(10, 3000),
  asked: text(2, 500),
  files: z.array(idOf('file')).max(9).default([]),
})
const onObjection = { ...one, params: z.object({ id: tenderId, objection: objectionId }) }

export const objectToTender = endpoint({
  ...one,
  name: 'objectToTender',
  method: 'POST',
  path: '/tenders/:id/objections',
  access: 'procurement.objectToTender',
  body: z.object({ against: z.enum(objectionTargets), ...lotOfBody }).extend(claim.shape),
  refusals: [
    'already-objecting',
    'not-now-objectable',
    'objection-late',
    'lot-unknown',
    'lot-not-yours',
    'file-unknown',
  ],
  summary: 'An organization objects; the clock stands until it is decided.',
})

export const decideObjection = endpoint({
  ...onObjection,
  name: 'decideObjection',
  method: 'POST',
  path: '/tenders/:id/objections/:objection/decide',
  access: 'procurement.decideObjection',
  body: z.discriminatedUnion('decision', [
    z.object({ decision: z.literal('rejected'), words: text(4, 2000) }),
    z.object({ decision: z.literal('upheld'), words: text(4, 2000), remedy: z.enum(remedies) }),
  ]),
  refusals: ['objection-decided', 'complained', 'cannot-score-again', 'remedy-not-now', 'lot-contracted', 'last-lot'],
  summary: 'The county’s overseer decides an objection.',
})

export const complain = endpoint({
  ...onObjection,
  name: 'complain',
  method: 'POST',
  path: '/tenders/:id/objections/:objection/complaint',
  access: 'procurement.objectToTender',
  body: claim,
  refusals: ['complained', 'answer-awaited', 'nothing-to-complain', 'complaint-late', 'file-unknown'],
  summary:
    'Whoever objected turns to county finance when the answer does not satisfy or stays away; the clock stands again.',
})

export const decideComplaint = endpoint({
  ...onObjection,
  name: 'decideComplaint',
  method: 'POST',
  path: '/tenders/:id/objections/:objection/complaint/decide',
  access: 'procurement.decideComplaint',
  body: z.discriminatedUnion('decision', [
    z.object({ decision: z.literal('rejected'), words: text(4, 2000) }),
    z.object({ decision: z.literal('upheld'), words: text(4, 2000), remedy: z.enum(complaintRemedies) }),
  ]),
  refusals: ['no-complaint', 'complaint-decided', 'cannot-score-again', 'remedy-not-now', 'lot-contracted', 'last-lot'],
  summary: 'County finance decides a complaint; never whoever answered the objection.',
})

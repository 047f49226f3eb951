// Whether what was bid, scored, drawn and awarded still stands as it happened: an endpoint for anybody, once the award is public.
import { z } from 'zod'
import { endpoint } from '../../../kit/endpoint.ts'
import { idOf } from '../../../kit/id.ts'

export const awardFaults = [
  'bid-changed',
  'bid-added',
  'bid-missing',
  'sheet-changed',
  'sheet-added',
  'sheet-missing',
  'draw-differs',
  'award-differs',
] as const
export type AwardFault = (typeof awardFaults)[number]

export const verifyAward = endpoint({
  name: 'verifyAward',
  method: 'GET',
  path: '/tenders/:id/verification',
  access: 'public',
  params: z.object({ id: idOf('tender') }),
  output: z.object({
    sound: z.boolean(),
    bids: z.number().int(),
    sheets: z.number().int(),
    /** Rows from before their events carried a keyed hash: nothing can be said of them. */
    uncovered: z.number().int(),
    /** `seat`: the place of the panelist on the panel, from 1; none of one who is no longer on it. */
    faults: z.array(
      z.object({ what: z.enum(awardFaults), bid: z.string().optional(), seat: z.number().int().optional() }),
    ),
  }),
  refusals: [],
  summary:
    'Holds bids, scoring sheets, the draw of the panel and the award against the sealed events, and computes draw and ranking once more; 404 before the award is public.',
  limit: { max: 60, seconds: 60 },
})

// Needs: the honest figures of a community's board.
import { z } from 'zod'
import { endpoint } from '../../../kit/endpoint.ts'
import { divisionCode } from '../../../kit/id.ts'
import { needStates } from '../contract.ts'

const count = z.number().int()

export const boardFigures = z.object({
  division: z.string(),
  year: z.string(),
  /** In this year. */
  raised: count,
  /** First answers in time, percent with one decimal; absent while nothing was answered. */
  respondedInTime: z.number().optional(),
  /** How many needs stand in each state now, private ones counted too. */
  states: z.array(z.object({ state: z.enum(needStates), count })),
  /** Said by the residents themselves this year; `verified` of them by residents whose identity is confirmed. */
  verdicts: z.object({ met: count, partly: count, notMet: count, verified: count }),
  /** Of this year's: answered and sent back by the resident once. */
  reopened: count,
  /** Answered, and the resident's word is still awaited. No success. */
  answered: count,
  /** Closed this year without a word of the resident. No success either. */
  unconfirmed: count,
})

export const getBoardFigures = endpoint({
  name: 'getBoardFigures',
  method: 'GET',
  path: '/needs/figures',
  access: 'public',
  query: z.object({ division: divisionCode }),
  output: boardFigures,
  refusals: ['not-a-community'],
  summary:
    'Figures of a community: needs by state, and what residents said of the outcome apart from answered and unconfirmed.',
})

// Deliberation: the endpoint of the map of opinions: groups, what they share and what divides them, and the reader's own place.
import { z } from 'zod'
import { endpoint } from '../../../kit/endpoint.ts'
import { motionId, sides } from '../contract.ts'

const groupName = z.enum(['A', 'B', 'C', 'D', 'E'])

export const getOpinionMap = endpoint({
  name: 'getOpinionMap',
  method: 'GET',
  path: '/motions/:id/opinion-map',
  access: 'public',
  params: z.object({ id: motionId }),
  output: z.object({
    /** Residents who gave enough opinions when it was last computed, and how many a map needs. */
    voters: z.number().int(),
    needed: z.number().int(),
    madeAt: z.string().optional(),
    /** Absent: too few have spoken for a map. Places are numbers without unit, the middle is 0. */
    map: z
      .object({
        groups: z.array(
          z.object({
            name: groupName,
            people: z.number().int(),
            x: z.number(),
            y: z.number(),
            spread: z.number(),
            typical: z.array(z.object({ statement: z.string(), opinion: z.enum(['agree', 'disagree']) })),
          }),
        ),
        /** Shares in percent by group, to the nearest five; null: fewer than five of the group gave an opinion. */
        statements: z.array(
          z.object({
            id: z.string(),
            side: z.enum(sides),
            words: z.string(),
            shares: z.array(z.object({ agree: z.number().int(), disagree: z.number().int() }).nullable()),
          }),
        ),
        common: z.array(z.string()),
        divides: z.array(z.string()),
      })
      .optional(),
    /** The reader's place by their opinions of now, or how many more opinions it takes. */
    mine: z
      .object({
        x: z.number().optional(),
        y: z.number().optional(),
        group: groupName.optional(),
        missing: z.number().int().optional(),
      })
      .optional(),
  }),
  refusals: [],
  summary: 'Groups of opinion on a motion: where they stand, what all share, what divides them. Never a person.',
})

// Projects: what earlier projects of a category cost and achieved, for whoever designs the next one.
import { z } from 'zod'
import { endpoint } from '../../../kit/endpoint.ts'
import { divisionCode } from '../../../kit/id.ts'
import { moneyWire } from '../../../kit/money.ts'
import { categoryCodes } from '../../needs/contract/taxonomy.ts'
import { expectedResult } from '../contract.ts'

const spread = <T extends z.ZodType>(value: T) => z.object({ least: value, median: value, most: value })

export const getBenchmarks = endpoint({
  name: 'getBenchmarks',
  method: 'GET',
  path: '/projects/benchmarks',
  access: 'projects.listDeskProjects',
  query: z.object({ category: z.enum(categoryCodes), division: divisionCode }),
  output: z.object({
    /** Completed projects of the category in the county. */
    projects: z.number().int(),
    cost: spread(moneyWire).optional(),
    score: spread(z.number()).optional(),
    /** The newest of them, at most 10. */
    examples: z.array(
      z.object({
        id: z.string(),
        number: z.string(),
        title: z.string(),
        cost: moneyWire,
        score: z.number(),
        results: z.array(expectedResult),
      }),
    ),
  }),
  refusals: [],
  summary: 'What earlier projects of the same category cost and achieved: median and range.',
})

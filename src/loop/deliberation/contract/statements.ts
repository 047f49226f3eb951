// Deliberation: the endpoints of statements for and against, and of what residents think of them.
import { z } from 'zod'
import { endpoint } from '../../../kit/endpoint.ts'
import { idOf } from '../../../kit/id.ts'
import { listQuery, pageOf } from '../../../kit/listing.ts'
import { motionId, opinions, sides } from '../contract.ts'

const byId = z.object({ id: motionId })

export const addStatement = endpoint({
  name: 'addStatement',
  method: 'POST',
  path: '/motions/:id/statements',
  access: 'deliberation.addStatement',
  params: byId,
  body: z.object({ side: z.enum(sides), words: z.string().trim().min(4).max(140) }),
  output: z.object({ id: z.string(), version: z.number().int() }),
  refusals: ['verified-residents-only', 'too-many-statements'],
  summary: 'A verified resident of the place adds a statement for or against.',
})

export const rateStatement = endpoint({
  name: 'rateStatement',
  method: 'POST',
  path: '/motions/:id/statements/:statement/opinion',
  access: 'deliberation.addStatement',
  params: byId.extend({ statement: idOf('statement') }),
  body: z.object({ opinion: z.enum(opinions) }),
  output: z.object({ id: z.string(), agrees: z.number().int(), disagrees: z.number().int(), passes: z.number().int() }),
  refusals: ['verified-residents-only', 'statement-removed', 'own-statement'],
  summary: 'A verified resident agrees, disagrees or passes; one opinion each, which may be changed.',
})

export const removalReasons = ['insult', 'personal-data', 'off-topic', 'advertising', 'unlawful'] as const

export const removeStatements = endpoint({
  name: 'removeStatements',
  method: 'POST',
  path: '/motions/:id/statements/remove',
  access: 'deliberation.moderate',
  params: byId,
  body: z.object({
    statements: z.array(idOf('statement')).min(1).max(100),
    reason: z.enum(removalReasons),
    /** Why, in a sentence that everybody reads at the place of the statement. */
    words: z.string().trim().min(4).max(200),
  }),
  output: z.object({
    removed: z.number().int(),
    /** Were taken off by somebody else before. */
    already: z.number().int(),
  }),
  refusals: ['statement-unknown', 'statement-removed'],
  summary: 'Takes statements off together, with a reason and a sentence; the mark stays and the authors are told.',
})

export const statementRow = z.object({
  id: z.string(),
  side: z.enum(sides),
  words: z.string().optional(),
  removed: z.enum(removalReasons).optional(),
  removedWords: z.string().optional(),
  at: z.string(),
  agrees: z.number().int(),
  disagrees: z.number().int(),
  passes: z.number().int(),
  mine: z.boolean(),
  opinion: z.enum(opinions).optional(),
})

export const listStatements = endpoint({
  name: 'listStatements',
  method: 'GET',
  path: '/motions/:id/statements',
  access: 'public',
  params: byId,
  query: listQuery(['agrees', 'newest'], {
    side: z.enum(sides).optional(),
    /** Only those taken off, or only those that stand. */
    removed: z.enum(['yes', 'no']).optional(),
  }),
  output: pageOf(statementRow),
  refusals: [],
  summary: 'Statements for and against, without names.',
})

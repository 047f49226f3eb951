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

export const removeStatement = endpoint({
  name: 'removeStatement',
  method: 'POST',
  path: '/motions/:id/statements/:statement/remove',
  access: 'deliberation.moderate',
  params: byId.extend({ statement: idOf('statement') }),
  body: z.object({ reason: z.enum(['insult', 'personal-data', 'off-topic', 'advertising', 'unlawful']) }),
  output: z.object({ id: z.string() }),
  refusals: ['statement-removed'],
  summary: 'Takes a statement off; the mark and the reason stay.',
})

export const statementRow = z.object({
  id: z.string(),
  side: z.enum(sides),
  words: z.string().optional(),
  removed: z.string().optional(),
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
  query: listQuery(['agrees'], { side: z.enum(sides).optional() }),
  output: pageOf(statementRow),
  refusals: [],
  summary: 'Statements for and against, without names.',
})

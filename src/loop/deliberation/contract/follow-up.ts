// Deliberation: the endpoints of progress notes while an adopted motion is carried out.
import { z } from 'zod'
import { endpoint } from '../../../kit/endpoint.ts'
import { idOf } from '../../../kit/id.ts'
import { instantWire } from '../../../kit/instant.ts'
import { listQuery, pageOf } from '../../../kit/listing.ts'
import { recordAnswer } from '../../../kit/record-view.ts'
import { motionId } from '../contract.ts'

const byId = z.object({ id: motionId })

export const addProgress = endpoint({
  name: 'addProgress',
  method: 'POST',
  path: '/motions/:id/progress',
  access: 'deliberation.runMotion',
  params: byId,
  body: z.object({
    words: z.string().trim().min(4).max(500),
    /** How far, of a hundred; or in words: one of the two must be said. */
    percent: z.number().int().min(0).max(100).optional(),
    milestone: z.string().trim().min(2).max(30).optional(),
    files: z.array(idOf('file')).max(6).default([]),
  }),
  output: recordAnswer,
  refusals: ['file-unknown'],
  summary: 'Tells how far an adopted motion has been carried out, with photos if there are any.',
})

export const listProgress = endpoint({
  name: 'listProgress',
  method: 'GET',
  path: '/motions/:id/progress',
  access: 'public',
  params: byId,
  query: listQuery(['newest'], {}),
  output: pageOf(
    z.object({
      id: z.string(),
      words: z.string(),
      percent: z.number().int().optional(),
      milestone: z.string().optional(),
      at: instantWire,
      files: z.array(z.object({ id: z.string(), name: z.string(), type: z.string() })),
    }),
  ),
  refusals: [],
  summary: 'Progress notes of a motion, newest first.',
})

// Needs: the desk's bulk acts: the same verb on many needs, each with the version that the worker saw.
import { z } from 'zod'
import { endpoint } from '../../../kit/endpoint.ts'
import { idOf } from '../../../kit/id.ts'
import { declineReasons, needId, plannedRoutes, needStates } from '../contract.ts'
import { takeOverReasons } from './desk.ts'
import { categoryCodes } from './taxonomy.ts'

/** How many needs one bulk act takes. */
export const bulkMost = 200

/** A need as the worker saw it: when it moved on meanwhile it comes back as a conflict instead of being overwritten. */
const seen = z.object({ id: needId, version: z.number().int().min(1) })

const list = <Item extends z.ZodType<{ id: string }>>(item: Item) =>
  z
    .array(item)
    .min(1)
    .max(bulkMost)
    .refine((items) => new Set(items.map(({ id }) => id)).size === items.length)

/** What became of each need: done, or left as it is with the reason and what is possible now. */
export const bulkAnswer = z.object({
  done: z.array(z.object({ id: z.string(), version: z.number().int(), state: z.enum(needStates) })),
  conflicts: z.array(
    z.object({
      id: z.string(),
      code: z.string(),
      /** Why, in the reader's language. */
      detail: z.string(),
      number: z.string().optional(),
      /** As it is now; absent where there is no such need for this reader. */
      version: z.number().int().optional(),
      state: z.enum(needStates).optional(),
      holder: z.string().optional(),
      /** Verbs that this worker may do to it now. */
      possible: z.array(z.string()),
    }),
  ),
})

export const acceptNeeds = endpoint({
  name: 'acceptNeeds',
  method: 'POST',
  path: '/needs/bulk/accept',
  access: 'needs.acceptNeed',
  body: z.object({
    /** The category is confirmed as it stands, or set to the one given. */
    needs: list(seen.extend({ category: z.enum(categoryCodes).optional() })),
    routeHint: z.enum(plannedRoutes),
  }),
  output: bulkAnswer,
  refusals: [],
  summary: 'A worker accepts many needs at once; those that moved on meanwhile come back.',
})

export const declineNeeds = endpoint({
  name: 'declineNeeds',
  method: 'POST',
  path: '/needs/bulk/decline',
  access: 'needs.declineNeed',
  body: z.object({
    needs: list(seen),
    reason: z.enum(declineReasons),
    words: z.string().trim().min(2).max(500),
  }),
  output: bulkAnswer,
  refusals: [],
  summary: 'A worker declines many needs with one reason and sentence; each resident may appeal once.',
})

export const assignNeeds = endpoint({
  name: 'assignNeeds',
  method: 'POST',
  path: '/needs/bulk/assign',
  access: 'needs.assignNeed',
  body: z.object({ needs: list(seen), to: idOf('person') }),
  output: bulkAnswer,
  refusals: ['not-a-worker-here'],
  summary: 'The head of the community gives many needs to a worker.',
})

export const takeOverNeeds = endpoint({
  name: 'takeOverNeeds',
  method: 'POST',
  path: '/needs/bulk/take-over',
  access: 'needs.holdNeed',
  body: z.object({ needs: list(seen), reason: z.enum(takeOverReasons) }),
  output: bulkAnswer,
  refusals: [],
  summary: 'A worker takes many needs over from absent colleagues; the mark stays on each.',
})

export const mergeNeeds = endpoint({
  name: 'mergeNeeds',
  method: 'POST',
  path: '/needs/bulk/merge',
  access: 'needs.mergeNeed',
  body: z.object({ needs: list(seen), into: needId }),
  output: bulkAnswer,
  refusals: ['target-not-open'],
  summary:
    'A worker merges many needs into one of the same community; supporters and residents go along, each counted once.',
})

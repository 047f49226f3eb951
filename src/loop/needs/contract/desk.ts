// Needs: the endpoints of the desk: deciding, merging, asking, holding, referring, answering.
import { z } from 'zod'
import { endpoint } from '../../../kit/endpoint.ts'
import { idOf } from '../../../kit/id.ts'
import { instantWire } from '../../../kit/instant.ts'
import { recordAnswer } from '../../../kit/record-view.ts'
import { declineReasons, departmentCode, needId, plannedRoutes } from '../contract.ts'
import { categoryCodes } from './taxonomy.ts'

const byId = z.object({ id: needId })
const sentence = z.string().trim().min(2).max(500)

export const acceptNeed = endpoint({
  name: 'acceptNeed',
  method: 'POST',
  path: '/needs/:id/accept',
  access: 'needs.acceptNeed',
  params: byId,
  body: z.object({ category: z.enum(categoryCodes), routeHint: z.enum(plannedRoutes) }),
  output: recordAnswer,
  refusals: ['duties-separated'],
  summary: 'A worker accepts a need and confirms its category and the route that is meant.',
})

export const declineNeed = endpoint({
  name: 'declineNeed',
  method: 'POST',
  path: '/needs/:id/decline',
  access: 'needs.declineNeed',
  params: byId,
  body: z.object({ reason: z.enum(declineReasons), words: sentence }),
  output: recordAnswer,
  refusals: ['duties-separated'],
  summary: 'A worker declines a need with a reason and a sentence; the resident may appeal once.',
})

export const mergeNeed = endpoint({
  name: 'mergeNeed',
  method: 'POST',
  path: '/needs/:id/merge',
  access: 'needs.mergeNeed',
  params: byId,
  body: z.object({ into: needId }),
  output: recordAnswer,
  refusals: ['merge-with-itself', 'other-community', 'target-not-open', 'private-not-merged'],
  summary: 'A worker merges a need into another one of the same community; supporters and resident go along.',
})

export const unmergeNeed = endpoint({
  name: 'unmergeNeed',
  method: 'POST',
  path: '/needs/:id/unmerge',
  access: 'needs.mergeNeed',
  params: byId,
  output: recordAnswer,
  refusals: ['target-closed'],
  summary: 'Undoes a merge while the target is not closed.',
})

export const askResident = endpoint({
  name: 'askResident',
  method: 'POST',
  path: '/needs/:id/ask',
  access: 'needs.askResident',
  params: byId,
  body: z.object({ words: sentence }),
  output: recordAnswer,
  refusals: ['already-asked', 'talk-full'],
  summary: 'A worker asks the resident for details; the clock stops while the reply is awaited.',
})

export const holdNeed = endpoint({
  name: 'holdNeed',
  method: 'POST',
  path: '/needs/:id/hold',
  access: 'needs.holdNeed',
  params: byId,
  output: recordAnswer,
  refusals: ['held-by-other', 'already-holding'],
  summary: 'A worker takes a need that nobody holds.',
})

export const handOverNeed = endpoint({
  name: 'handOverNeed',
  method: 'POST',
  path: '/needs/:id/hand-over',
  access: 'needs.holdNeed',
  params: byId,
  body: z.object({ to: idOf('person') }),
  output: recordAnswer,
  refusals: ['not-holder', 'not-a-worker-here'],
  summary: 'The holder hands a need to a colleague.',
})

/** Why a colleague's need is taken over. */
export const takeOverReasons = ['on-leave', 'ill', 'left', 'overload'] as const

export const takeOverNeed = endpoint({
  name: 'takeOverNeed',
  method: 'POST',
  path: '/needs/:id/take-over',
  access: 'needs.holdNeed',
  params: byId,
  body: z.object({ reason: z.enum(takeOverReasons) }),
  output: recordAnswer,
  refusals: ['nobody-holds', 'already-holding'],
  summary: 'A worker takes a need over from an absent colleague; the mark stays.',
})

export const assignNeed = endpoint({
  name: 'assignNeed',
  method: 'POST',
  path: '/needs/:id/assign',
  access: 'needs.assignNeed',
  params: byId,
  body: z.object({ to: idOf('person') }),
  output: recordAnswer,
  refusals: ['not-a-worker-here'],
  summary: 'The head of the community gives a need to a worker.',
})

export const referNeed = endpoint({
  name: 'referNeed',
  method: 'POST',
  path: '/needs/:id/refer',
  access: 'needs.referNeed',
  params: byId,
  body: z.object({ department: departmentCode, deadline: instantWire.optional() }),
  output: recordAnswer,
  refusals: [],
  summary: 'A worker refers a need to a department (or the community’s own station) with a deadline.',
})

export const refuseReferral = endpoint({
  name: 'refuseReferral',
  method: 'POST',
  path: '/needs/:id/refuse-referral',
  access: 'needs.refuseReferral',
  params: byId,
  body: z.object({ words: sentence }),
  output: recordAnswer,
  refusals: ['department-answers', 'raised-not-refused'],
  summary: 'The department sends a referral back with its reason; the need waits for another route.',
})

export const answerNeed = endpoint({
  name: 'answerNeed',
  method: 'POST',
  path: '/needs/:id/answer',
  access: 'needs.answerNeed',
  params: byId,
  body: z.object({ words: sentence, files: z.array(idOf('file')).max(9).default([]) }),
  output: recordAnswer,
  refusals: ['department-answers', 'route-answers', 'file-unknown'],
  summary: 'Whoever responds says what was done; the resident is asked for the verdict.',
})

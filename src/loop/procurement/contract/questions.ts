// Procurement: endpoints of questions with public answers, and of terms that change while a tender is published.
import { z } from 'zod'
import { endpoint } from '../../../kit/endpoint.ts'
import { idOf } from '../../../kit/id.ts'
import { plainDate } from '../../../kit/plain-date.ts'
import { one, tenderId } from '../contract.ts'
import { lotOfBody } from './lots.ts'
import { criterion, requirements, text } from './terms.ts'

export const questionId = idOf('question')

export const askQuestion = endpoint({
  ...one,
  name: 'askQuestion',
  method: 'POST',
  path: '/tenders/:id/questions',
  access: 'procurement.askQuestion',
  body: z.object({ question: text(5, 1000) }),
  refusals: ['questions-closed', 'too-many-questions'],
  summary: 'An organization asks about a published tender; who asked is shown to nobody.',
})

export const answerQuestion = endpoint({
  ...one,
  name: 'answerQuestion',
  method: 'POST',
  path: '/tenders/:id/questions/:question/answer',
  access: 'procurement.runTender',
  params: z.object({ id: tenderId, question: questionId }),
  body: z.object({ answer: text(2, 3000) }),
  refusals: ['already-answered'],
  summary: 'The procurer answers; question and answer are public with the tender.',
})

export const changeTerms = endpoint({
  ...one,
  name: 'changeTerms',
  method: 'POST',
  path: '/tenders/:id/changes',
  access: 'procurement.runTender',
  /** What is left out stays. Procedure, ceiling and the form of bids do not change once it is published. */
  body: z.object({
    reason: text(4, 500),
    description: text(10, 5000).optional(),
    criteria: z.array(criterion).min(1).max(20).optional(),
    requirements: requirements.optional(),
    /** Last day of the notice; only ever later. */
    lastDay: plainDate.optional(),
    /** Added to those that are there. */
    files: z.array(idOf('file')).max(9).default([]),
  }),
  refusals: ['bid-late', 'nothing-changed', 'deadline-only-later', 'too-many-changes', 'file-unknown'],
  summary:
    'Changes the terms of a published tender; every version stays public, and a change near the deadline moves it.',
})

export const confirmBid = endpoint({
  ...one,
  name: 'confirmBid',
  method: 'POST',
  path: '/tenders/:id/envelopes/confirm',
  access: 'procurement.depositBid',
  /** The version of the terms that the bidder has read. */
  body: z.object({ terms: z.number().int().min(1), ...lotOfBody }),
  refusals: ['not-sealed', 'bid-late', 'no-bid-held', 'lot-unknown', 'bid-stands', 'terms-changed'],
  summary: 'A bidder upholds its sealed bid, unopened, under the changed terms.',
})

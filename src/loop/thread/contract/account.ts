// The public account of a project: one page for the notice board, from what residents asked to their own verdict. The same for everybody.
import { z } from 'zod'
import { endpoint } from '../../../kit/endpoint.ts'
import { idOf } from '../../../kit/id.ts'
import { instantWire } from '../../../kit/instant.ts'
import { moneyWire } from '../../../kit/money.ts'
import { verdicts } from '../../needs/contract.ts'

/** What the needs of a project came to; `waiting`: no word yet. */
export const outcomes = [...verdicts, 'unconfirmed', 'waiting'] as const
export type Outcome = (typeof outcomes)[number]

/** So many sentences are printed; the rest are counted. */
export const mostSentences = 5
/** So many payments are printed one by one, the newest; the sum tells all. */
export const mostPayments = 5

const count = z.number().int().nonnegative()

export const projectAccountView = z.object({
  project: z.object({
    id: z.string(),
    number: z.string(),
    title: z.string(),
    stateName: z.string(),
    division: z.string(),
    /** The whole way down: 江苏省苏州市…社区. */
    divisionName: z.string(),
    modeName: z.string(),
    sourceName: z.string(),
    /** Planned period of service. */
    start: z.string(),
    end: z.string(),
  }),
  /** The moment that the figures are of. */
  asOf: instantWire,
  asked: z.object({
    /** Sentences of public needs, those with most supports first. */
    sentences: z.array(
      z.object({ number: z.string().optional(), sentence: z.string(), supports: count, outcome: z.enum(outcomes) }),
    ),
    /** Public needs that are not printed, and needs that are not public: counted only. */
    more: count,
    private: count,
    /** Supports of all needs. */
    supports: count,
  }),
  /** The resolution of the residents, where one carries the project. */
  resolution: z
    .object({
      number: z.string(),
      title: z.string(),
      for: count,
      against: count,
      abstain: count,
      cast: count,
      eligible: count,
      at: instantWire.optional(),
    })
    .optional(),
  /** When the township approved it. */
  approvedAt: instantWire.optional(),
  /** From the award on. */
  undertaker: z.object({ name: z.string(), awardedAt: instantWire.optional(), bidders: count.optional() }).optional(),
  /** Once in force. */
  contract: z
    .object({
      number: z.string(),
      /** With what amendments added. */
      value: moneyWire,
      start: z.string(),
      end: z.string(),
      amendments: count,
      /** Milestones that were accepted, of all. */
      accepted: count,
      milestones: count,
    })
    .optional(),
  money: z.object({
    budget: moneyWire,
    award: moneyWire.optional(),
    encumbered: moneyWire,
    /** Reversals taken off. */
    paid: moneyWire,
    refunded: moneyWire,
    /** Newest last; one that was taken back stands with a minus sign. */
    payments: z.array(z.object({ at: instantWire, amount: moneyWire })),
    morePayments: count,
  }),
  /**
   * Final ones, published by the independent evaluator, oldest first: score 0–100, and how much of the last milestone is paid for it. One for
   * each contract; `lot`: where the tender had some.
   */
  evaluations: z.array(z.object({ score: z.number(), percent: z.number(), at: instantWire, lot: count.optional() })),
  /** How many needs came to what; private ones are counted. */
  outcomes: z.object({ met: count, partly: count, 'not-met': count, unconfirmed: count, waiting: count }),
  /** What of the line is open data. */
  published: z.array(z.object({ standard: z.string(), name: z.string(), path: z.string() })),
  /** The public page of the thread, whole where the installation knows its address. */
  page: z.string(),
})

export const getProjectAccount = endpoint({
  name: 'getProjectAccount',
  method: 'GET',
  path: '/threads/projects/:id/account',
  access: 'public',
  params: z.object({ id: idOf('project') }),
  output: projectAccountView,
  refusals: [],
  summary:
    'The public account of a project for the notice board: what residents asked, what was decided, who undertook it, its money, evaluation and verdicts; the same for everybody. As PDF of one page under /api/threads/projects/:id/account.pdf',
})

// Procurement, lots: a tender divided into parts that are bid for, scored, awarded and contracted one by one.
import { z } from 'zod'
import { idOf } from '../../../kit/id.ts'
import { moneyInput, moneyWire } from '../../../kit/money.ts'

/** A tender with fewer is undivided. */
export const leastLots = 2
export const mostLots = 20

/** Why a lot fails while others go on. `no-bidder-left`: every valid bidder had won as many lots as one may. */
export const lotEnds = [
  'too-few-bids',
  'no-bidder-left',
  'winner-not-qualified',
  'winner-withdrew',
  'objection-upheld',
  'other',
] as const
export type LotEnd = (typeof lotEnds)[number]
/** Those that the procurer may give; the others are found by rule. */
export const givenLotEnds = ['winner-not-qualified', 'winner-withdrew', 'other'] as const

const words = (least: number, most: number) => z.string().trim().min(least).max(most)

/** The number of a lot, from 1 in the order of the award; left out where the tender is undivided. */
export const lotNumber = z.number().int().min(1).max(mostLots)
export const lotOfBody = { lot: lotNumber.optional() }

/** What happened, as far as it names a lot: of procurement, and of whatever stands on the award of one. */
type Told = { readonly data: Readonly<Record<string, unknown>> }

/** The lot that an event tells of, as a fact of its sentence; none where the tender was undivided. */
export function lotFacts({ data: { lot } }: Told): { readonly lot?: number } {
  return typeof lot === 'number' ? { lot } : {}
}

/** The lot for a station's `each`: sentences of different lots stand side by side. */
export function lotOf(event: Told): string | undefined {
  return lotFacts(event).lot?.toString()
}

export const lotTerms = z.object({
  title: words(2, 60),
  description: words(4, 1000),
  /** The most that a bid for it may ask; all ceilings add up to the budget of the tender. */
  ceiling: moneyInput,
  /** Names of the project’s activities that it covers. */
  covers: z.array(words(1, 120)).max(30).default([]),
})

/** In the order of the award; left out: undivided. */
export const lotsOfTerms = {
  lots: z.array(lotTerms).min(leastLots).max(mostLots).optional(),
  /** Most lots that one bidder can win; left out: all of them. */
  lotLimit: lotNumber.optional(),
}

const lotAward = z.object({
  bid: z.string(),
  organization: z.string(),
  organizationName: z.string(),
  price: moneyWire,
  score: z.number().int(),
  /** Its place in the ranking of the lot: above 1 where better ones had won as many lots as one may. */
  rank: z.number().int(),
})

const lotView = z.object({
  number: z.number().int(),
  title: z.string(),
  description: z.string(),
  ceiling: moneyWire,
  covers: z.array(z.string()),
  /** For whoever sees the number of valid bids. */
  validBids: z.number().int().optional(),
  award: lotAward.optional(),
  failed: z.object({ reason: z.enum(lotEnds), words: z.string().optional(), at: z.string() }).optional(),
  contract: z.string().optional(),
})

/** What a tender with lots shows beside what every tender shows. */
export const lotsOfView = { lots: z.array(lotView).optional(), lotLimit: z.number().int().optional() }

/** What a list shows of a tender with lots; `awarded` from the award notice on. */
export const lotsOfRow = z.object({ all: z.number().int(), awarded: z.number().int().optional() }).optional()

/** Where a record stands in a tender with lots. */
export const lotOfRow = z.object({ number: z.number().int(), title: z.string() }).optional()

export const lotParams = z.object({
  id: idOf('tender'),
  lot: z.coerce.number().int().min(1).max(mostLots),
})

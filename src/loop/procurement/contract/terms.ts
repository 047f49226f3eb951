// Procurement: the terms of a tender: procedure, criteria with their weights, requirements of the undertaker.
import { z } from 'zod'
import { idOf } from '../../../kit/id.ts'
import { ratings } from '../../../registers/organizations/contract.ts'
import { lotsOfTerms } from './lots.ts'

/** Open tender, or consultation with a shorter notice. */
export const procedures = ['open', 'consultation'] as const
export type Procedure = (typeof procedures)[number]

/** On paper, entered after the deadline before a second person; or sealed in the bidder's browser. */
export const bidForms = ['paper', 'sealed'] as const

/** Why a tender ends without an award. */
export const endReasons = [
  'too-few-bids',
  'terms-wrong',
  'objection-upheld',
  'project-changed',
  'no-panel',
  'winner-withdrew',
  'keys-lost',
  'other',
] as const

/** Points of `panel` criteria are given by panelists, those of `price` are computed: lowest price / price. */
export const criterionKinds = ['panel', 'price'] as const

/** Text as people write it: trimmed, within its bounds. */
export const text = (least: number, most: number) => z.string().trim().min(least).max(most)

export const criterion = z.object({
  name: text(2, 60),
  kind: z.enum(criterionKinds),
  weight: z.number().int().min(1).max(100),
  note: z.string().trim().max(300).optional(),
})

/** Asked of every undertaker, checked from the registers: classes of service of the project always, these beside. */
export const requirements = z.object({
  minimumRating: z.enum(ratings).optional(),
  /** Registered social workers with a valid certificate. */
  certificates: z.number().int().min(0).max(200).default(0),
})

export const tenderTerms = z.object({
  procedure: z.enum(procedures).default('open'),
  description: text(10, 5000),
  criteria: z.array(criterion).min(1).max(20),
  requirements: requirements.prefault({}),
  /** Calendar days of notice; by default and at least those of the procedure (policy). */
  noticeDays: z.number().int().min(1).max(180).optional(),
  bidForm: z.enum(bidForms).default('paper'),
  ...lotsOfTerms,
  files: z.array(idOf('file')).max(9).default([]),
  /** Why this is no part of another purchase, where it looks like one. */
  splitReason: text(4, 500).optional(),
})

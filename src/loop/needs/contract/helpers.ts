// Needs: the endpoints that help people: a category proposed for a text, and needs of the last days that say the same.
import { z } from 'zod'
import { endpoint } from '../../../kit/endpoint.ts'
import { divisionCode } from '../../../kit/id.ts'
import { largestPage } from '../../../kit/listing.ts'
import { needId, needRow } from '../contract.ts'
import { confidences } from '../rules/proposal.ts'
import { categoryCodes } from './taxonomy.ts'

const proposal = z.object({
  category: z.enum(categoryCodes),
  confidence: z.enum(confidences),
  /** Whole percent. */
  percent: z.number().int(),
  /** The words of the text that speak most for it. */
  words: z.array(z.string()),
})

/** A question that travels as a body: what somebody writes about themselves stands in no address and no log. */
export const proposeCategory = endpoint({
  name: 'proposeCategory',
  method: 'POST',
  path: '/needs/category-proposal',
  access: 'public',
  body: z.object({ text: z.string().trim().min(2).max(2100), division: divisionCode }),
  output: z.object({
    /** Left out where the classifier is not sure enough (needs.classifier-threshold). */
    proposal: proposal.optional(),
  }),
  refusals: [],
  summary: 'The category that a text sounds like, with confidence and the words that speak for it; nothing is kept.',
})

export const listCategoryProposals = endpoint({
  name: 'listCategoryProposals',
  method: 'POST',
  path: '/needs/category-proposals',
  access: 'needs.acceptNeed',
  body: z.object({ needs: z.array(needId).min(1).max(largestPage) }),
  output: z.object({
    /** Left out: needs that are decided, that the caller may not accept, or of which the classifier is not sure enough. */
    proposals: z.array(proposal.extend({ id: z.string() })),
  }),
  refusals: [],
  summary:
    'The categories that a page of undecided needs sound like, with confidence and the words that speak for each.',
})

/** Most groups, and most needs of a group, that one answer names. */
export const mostAlike = { groups: 30, rows: 20 } as const

export const listAlikeNeeds = endpoint({
  name: 'listAlikeNeeds',
  method: 'GET',
  path: '/needs/alike',
  access: 'needs.mergeNeed',
  query: z.object({ division: divisionCode.optional(), days: z.coerce.number().int().min(1).max(14).default(1) }),
  output: z.object({
    groups: z.array(
      z.object({
        /** How alike the least alike neighbours of the group are, in percent. */
        percent: z.number().int(),
        /** How many the group has; `rows` holds the first of them. */
        count: z.number().int(),
        rows: z.array(needRow.extend({ text: z.string(), place: z.string().optional() })),
      }),
    ),
    /** More needs or groups than were looked at or fit. */
    capped: z.boolean(),
  }),
  refusals: [],
  summary: 'Open needs of the last days that nobody has decided on and that say the same, in groups, for merging.',
})

// The purchase catalogue (what government may buy at all) and the yearly purchase list of a county: shapes and endpoints.
import { z } from 'zod'
import { endpoint } from '../../../kit/endpoint.ts'
import { divisionCode } from '../../../kit/id.ts'
import { purchaseItemCode } from '../contract.ts'

/** Six classes of the provincial catalogue of 2018 (facts/standards.md, second-hand). */
export const purchaseClasses = [
  'basic-public',
  'social-management',
  'industry',
  'technical',
  'auxiliary',
  'other',
] as const
/** Why something may never be bought as a service. */
export const negativeKinds = ['staffing', 'core-duty', 'goods', 'works'] as const
export type NegativeKind = (typeof negativeKinds)[number]

export const purchaseItem = z.object({
  code: z.string(),
  class: z.enum(purchaseClasses),
  name: z.string(),
  nameEn: z.string(),
  negative: z.enum(negativeKinds).optional(),
  /** On the county's list of the asked year. */
  listed: z.boolean(),
})

const year = z.coerce.number().int().min(2000).max(2100)

export const listPurchaseItems = endpoint({
  name: 'listPurchaseItems',
  method: 'GET',
  path: '/purchase-items',
  access: 'public',
  query: z.object({ division: divisionCode, year: year.optional(), listed: z.enum(['yes']).optional() }),
  output: z.object({ year: z.number().int(), rows: z.array(purchaseItem) }),
  refusals: [],
  summary: 'The purchase catalogue, and which of its items stand on a county’s list of the year.',
})

const listed = z.object({ item: z.string(), division: z.string(), year: z.number().int() })

export const addPurchaseItem = endpoint({
  name: 'addPurchaseItem',
  method: 'POST',
  path: '/purchase-items/:code/add',
  access: 'projects.setPurchaseList',
  params: z.object({ code: purchaseItemCode }),
  body: z.object({ division: divisionCode, year: year.optional() }),
  output: listed,
  refusals: ['purchase-item-unknown', 'on-negative-list', 'already-on-list', 'year-over'],
  summary: 'County finance puts an item on the purchase list, from a year on until it is taken off.',
})

export const removePurchaseItem = endpoint({
  name: 'removePurchaseItem',
  method: 'POST',
  path: '/purchase-items/:code/remove',
  access: 'projects.setPurchaseList',
  params: z.object({ code: purchaseItemCode }),
  body: z.object({ division: divisionCode, year: year.optional() }),
  output: listed,
  refusals: ['purchase-item-unknown', 'not-on-purchase-list', 'year-over'],
  summary:
    'County finance takes an item off the purchase list from a year on; approved projects keep what they were approved with.',
})

// Project templates: reusable designs that a county or township keeps. Shapes and endpoints.
import { z } from 'zod'
import { endpoint } from '../../../kit/endpoint.ts'
import { divisionCode, idOf } from '../../../kit/id.ts'
import { instantWire } from '../../../kit/instant.ts'
import { listQuery, pageOf } from '../../../kit/listing.ts'
import { moneyWire } from '../../../kit/money.ts'
import { actionView, recordAnswer } from '../../../kit/record-view.ts'
import { categoryCodes } from '../../needs/contract/taxonomy.ts'
import { budgetPurposes, projectContent, projectId, projectStates, purchaseItemCode } from '../contract.ts'

export const templateStates = ['offered', 'retired'] as const
export type TemplateState = (typeof templateStates)[number]

export const templateId = idOf('project-template')
const reason = z.string().trim().min(4).max(500)

/** What a budget line of the service usually takes of the whole, in basis points; the money comes with the project. */
export const budgetShare = z.object({
  item: z.string().trim().min(2).max(60),
  purpose: z.enum(budgetPurposes).default('service'),
  share: z.number().int().min(0).max(10_000),
})

const { title, targetGroup, goals, categories, activities, results, partners } = projectContent.shape

/** The reusable parts of a design: no needs, dates or money, since those are each community's own. */
export const templateContent = z.object({
  title,
  targetGroup,
  goals,
  categories,
  activities,
  results,
  budgetShares: z.array(budgetShare).min(1).max(60),
  partners,
  purchaseItem: purchaseItemCode.optional(),
})

export const templateRow = z.object({
  id: z.string(),
  title: z.string(),
  state: z.enum(templateStates),
  edition: z.number().int(),
  division: z.string(),
  divisionName: z.string().optional(),
  categories: z.array(z.enum(categoryCodes)),
  updatedAt: instantWire,
})

export const templateView = templateContent.omit({ categories: true }).extend({
  id: z.string(),
  version: z.number().int(),
  state: z.enum(templateStates),
  division: z.string(),
  divisionName: z.string().optional(),
  categories: z.array(z.enum(categoryCodes)),
  /** The edition shown, and the newest one. */
  edition: z.number().int(),
  newest: z.number().int(),
  fromProject: z.object({ id: z.string(), number: z.string(), title: z.string() }).optional(),
  endReason: z.string().optional(),
  /** Newest first, at most 50. */
  editions: z.array(z.object({ edition: z.number().int(), at: z.string(), note: z.string().optional() })),
  /** The newest 10 projects designed from it. */
  projects: z.array(
    z.object({
      id: z.string(),
      number: z.string(),
      title: z.string(),
      state: z.enum(projectStates),
      edition: z.number().int(),
      cost: moneyWire.optional(),
      score: z.number().optional(),
    }),
  ),
  history: z.array(z.object({ state: z.enum(templateStates), at: z.string() })),
  actions: z.array(actionView),
})

const byId = z.object({ id: templateId })
const note = z.string().trim().max(200).optional()

export const makeTemplate = endpoint({
  name: 'makeTemplate',
  method: 'POST',
  path: '/project-templates',
  access: 'projects.keepTemplate',
  /** A county (6 digits) or a township (9 digits): its communities are offered it. */
  body: templateContent.extend({ division: divisionCode }),
  output: recordAnswer,
  refusals: ['purchase-item-unknown'],
  summary: 'A county or township writes a reusable design.',
})

export const editTemplate = endpoint({
  name: 'editTemplate',
  method: 'PUT',
  path: '/project-templates/:id',
  access: 'projects.keepTemplate',
  params: byId,
  /** `note`: what changed and why. */
  body: templateContent.extend({ note }),
  output: recordAnswer,
  refusals: ['purchase-item-unknown'],
  summary: 'Makes a new edition of the template; projects designed from earlier ones stay as they are.',
})

export const retireTemplate = endpoint({
  name: 'retireTemplate',
  method: 'POST',
  path: '/project-templates/:id/retire',
  access: 'projects.keepTemplate',
  params: byId,
  body: z.object({ reason }),
  output: recordAnswer,
  refusals: [],
  summary: 'The template is no longer offered; what was designed from it stays.',
})

export const offerTemplateAgain = endpoint({
  name: 'offerTemplateAgain',
  method: 'POST',
  path: '/project-templates/:id/offer-again',
  access: 'projects.keepTemplate',
  params: byId,
  output: recordAnswer,
  refusals: [],
  summary: 'A retired template is offered again.',
})

export const keepAsTemplate = endpoint({
  name: 'keepAsTemplate',
  method: 'POST',
  path: '/projects/:id/keep-as-template',
  access: 'projects.keepTemplate',
  params: z.object({ id: projectId }),
  /** Offered to the communities of the project’s township, or to all of the county’s where the keeper’s office reaches so far. */
  body: z.object({ title, for: z.enum(['township', 'county']).default('township') }),
  output: recordAnswer,
  refusals: ['not-completed', 'kept-before'],
  summary: 'The design of a finished project is kept as a template, once.',
})

export const listTemplates = endpoint({
  name: 'listTemplates',
  method: 'GET',
  path: '/project-templates',
  access: 'projects.listDeskProjects',
  query: listQuery(['newest'], {
    /** Only those that are offered to this place: its own and those of the places above it. */
    offeredTo: divisionCode.optional(),
    state: z.enum(templateStates).optional(),
    category: z.enum(categoryCodes).optional(),
  }),
  output: pageOf(templateRow),
  refusals: [],
  exportable: true,
  summary: 'Templates of the places where I work and of those above them, newest first.',
})

export const getTemplate = endpoint({
  name: 'getTemplate',
  method: 'GET',
  path: '/project-templates/:id',
  access: 'projects.listDeskProjects',
  params: byId,
  query: z.object({ edition: z.coerce.number().int().min(1).optional() }),
  output: templateView,
  refusals: [],
  summary: 'A template in its newest or an earlier edition, with what was designed from it.',
})

// Projects: the services that a community designs. States, shapes, permissions, parameters and endpoints.
import { z } from 'zod'
import type { PermissionTable, Separation } from '../../kit/actor.ts'
import { endpoint } from '../../kit/endpoint.ts'
import { divisionCode, idOf } from '../../kit/id.ts'
import { instantWire } from '../../kit/instant.ts'
import { listQuery, pageOf } from '../../kit/listing.ts'
import { moneyInput, moneyWire } from '../../kit/money.ts'
import type { PolicyParameter } from '../../kit/parameter.ts'
import { plainDate } from '../../kit/plain-date.ts'
import { actionView, recordAnswer } from '../../kit/record-view.ts'
import { sources } from '../../registers/funds/contract.ts'
import { departmentCode } from '../needs/contract.ts'
import { categoryCodes } from '../needs/contract/taxonomy.ts'

export const projectStates = [
  'drafting',
  'resident-review',
  'township-review',
  'approved',
  'tendering',
  'contracted',
  'delivering',
  'evaluating',
  'completed',
  'terminated',
] as const
export type ProjectState = (typeof projectStates)[number]

/** Ways in which the service is bought or run. A venture call sets the undertaker with its award: no community chooses that way. */
export const projectModes = [
  'contracting-out',
  'entrusted-service',
  'public-built-privately-run',
  'privately-run-publicly-aided',
  'venture-call',
] as const
export type ProjectMode = (typeof projectModes)[number]

/** What shows that residents took part: an adopted resolution, enough verified supports, enough votes of a venture call, or a comment period with its summary. */
export const evidenceKinds = ['resolution', 'supports', 'comment', 'public-vote'] as const
export type EvidenceKind = (typeof evidenceKinds)[number]

export const stances = ['agree', 'disagree', 'neutral'] as const
export type Stance = (typeof stances)[number]

export const resultKinds = ['output', 'outcome'] as const
export const partnerKinds = ['social-worker', 'volunteer', 'community-organization', 'donor'] as const
export const budgetPurposes = ['service', 'staff', 'materials', 'venue', 'publicity', 'evaluation', 'other'] as const

export const projectId = idOf('project')
const category = z.enum(categoryCodes)
const text = (least: number, most: number) => z.string().trim().min(least).max(most)
/** Code of an item of the purchase catalogue, such as A03. */
export const purchaseItemCode = z
  .string()
  .regex(/^[A-Z]\d{2}$/)
  .meta({ format: 'purchase-item' })

/** One line of the budget: amount = quantity x unit price, to the fen. */
export const budgetLine = z.object({
  item: text(2, 60),
  purpose: z.enum(budgetPurposes).default('service'),
  quantity: z.number().int().min(1).max(1_000_000),
  unit: text(1, 10),
  unitPrice: moneyInput,
  amount: moneyInput,
})
const budgetLineWire = budgetLine.extend({ unitPrice: moneyWire, amount: moneyWire })

const activity = z.object({
  name: text(2, 60),
  times: z.number().int().min(1).max(10_000),
  note: z.string().trim().max(300).optional(),
})
export const expectedResult = z.object({
  kind: z.enum(resultKinds),
  indicator: text(2, 80),
  target: z.number().min(0).max(100_000_000),
  unit: text(1, 10),
})
const partner = z.object({
  kind: z.enum(partnerKinds),
  role: text(2, 120),
  persons: z.number().int().min(1).max(10_000),
})

/** Where a design came from: which template, in which of its editions. */
export const templateOrigin = z.object({ id: idOf('project-template'), edition: z.number().int().min(1) })

/** The whole design as a person writes it. */
export const projectContent = z.object({
  title: text(4, 60),
  targetGroup: text(2, 200),
  goals: text(10, 2000),
  categories: z.array(category).min(1).max(5),
  needs: z.array(idOf('need')).max(50),
  motion: idOf('motion').optional(),
  activities: z.array(activity).min(1).max(30),
  results: z.array(expectedResult).min(1).max(30),
  start: plainDate,
  end: plainDate,
  steps: z
    .array(z.object({ name: text(2, 60), until: plainDate }))
    .max(30)
    .default([]),
  budgetLines: z.array(budgetLine).min(1).max(60),
  /** What the lines must add up to. */
  budget: moneyInput,
  mode: z.enum(projectModes),
  source: z.enum(sources),
  purchaseItem: purchaseItemCode,
  partners: z.array(partner).max(20).default([]),
  /** Public-built privately-run: the facility and its assets. */
  facility: text(4, 1000).optional(),
  /** Privately-run publicly-aided: the conditions of the subsidy. */
  conditions: text(4, 1000).optional(),
  /** A duty that a department hands down, with the money it brings. */
  duty: z.object({ department: departmentCode, matter: text(2, 200), money: moneyInput }).optional(),
})

export const projectRow = z.object({
  id: z.string(),
  number: z.string(),
  title: z.string(),
  state: z.enum(projectStates),
  division: z.string(),
  divisionName: z.string().optional(),
  categories: z.array(z.enum(categoryCodes)),
  budget: moneyWire,
  source: z.enum(sources),
  mode: z.enum(projectModes),
  commentUntil: instantWire.optional(),
  updatedAt: instantWire,
})

export const projectView = z.object({
  id: z.string(),
  version: z.number().int(),
  number: z.string(),
  state: z.enum(projectStates),
  division: z.string(),
  divisionName: z.string().optional(),
  title: z.string(),
  targetGroup: z.string(),
  goals: z.string(),
  categories: z.array(z.enum(categoryCodes)),
  needs: z.array(z.object({ id: z.string(), number: z.string().optional(), title: z.string().optional() })),
  motion: z.string().optional(),
  activities: z.array(activity),
  results: z.array(expectedResult),
  start: z.string(),
  end: z.string(),
  steps: z.array(z.object({ name: z.string(), until: z.string() })),
  budgetLines: z.array(budgetLineWire),
  budget: moneyWire,
  mode: z.enum(projectModes),
  source: z.enum(sources),
  purchaseItem: z.object({ code: z.string(), name: z.string(), nameEn: z.string() }),
  partners: z.array(partner),
  facility: z.string().optional(),
  conditions: z.string().optional(),
  duty: z.object({ department: z.string(), matter: z.string(), money: moneyWire, unfunded: z.boolean() }).optional(),
  evidence: z.object({ kind: z.enum(evidenceKinds), count: z.number().int().optional() }).optional(),
  commentUntil: instantWire.optional(),
  comments: z.object({
    agree: z.number().int(),
    disagree: z.number().int(),
    neutral: z.number().int(),
    /** The newest 50, without names. */
    rows: z.array(z.object({ stance: z.enum(stances), words: z.string().optional(), at: z.string() })),
    mine: z.enum(stances).optional(),
  }),
  /** Words are absent when nobody wrote the summary in time and the figures stand alone. */
  summary: z
    .object({
      words: z.string().optional(),
      agree: z.number().int(),
      disagree: z.number().int(),
      neutral: z.number().int(),
      at: z.string(),
    })
    .optional(),
  /** Why it was sent back, newest last; for the desk. */
  remarks: z.array(
    z.object({ from: z.enum(['resident-review', 'township-review']), words: z.string(), at: z.string() }),
  ),
  tender: z.string().optional(),
  contract: z.string().optional(),
  contractValue: moneyWire.optional(),
  /** All of them, in the order in which they came into force: more than one where the tender had lots. */
  contracts: z.array(z.object({ id: z.string(), value: moneyWire, state: z.enum(projectStates) })),
  /** What may be tendered again: the ceilings of lots that failed. */
  rest: moneyWire.optional(),
  cost: moneyWire.optional(),
  score: z.number().optional(),
  endReason: z.string().optional(),
  /** Of a venture call: whose proposal it is. Its undertaker goes to the contract without a tender. */
  undertaker: z.object({ id: z.string(), name: z.string(), proposal: z.string(), award: moneyWire }).optional(),
  /** The template that it was designed from, in the edition that was taken; it may have changed since. */
  template: z
    .object({ id: z.string(), edition: z.number().int(), title: z.string(), newest: z.number().int() })
    .optional(),
  history: z.array(z.object({ state: z.enum(projectStates), at: z.string() })),
  actions: z.array(actionView),
})

const byId = z.object({ id: projectId })
const contentRefusals = [
  'need-elsewhere',
  'need-not-open',
  'motion-not-adopted',
  'motion-elsewhere',
  'purchase-item-unknown',
] as const

export const designProject = endpoint({
  name: 'designProject',
  method: 'POST',
  path: '/projects',
  access: 'projects.designProject',
  /** A community (12 digits), or a township for a project of several communities. */
  body: projectContent.extend({ division: divisionCode, template: templateOrigin.optional() }),
  output: recordAnswer,
  refusals: contentRefusals,
  summary: 'The community designs a project that answers needs.',
})

export const editProject = endpoint({
  name: 'editProject',
  method: 'PUT',
  path: '/projects/:id',
  access: 'projects.designProject',
  params: byId,
  body: projectContent,
  output: recordAnswer,
  refusals: contentRefusals,
  summary: 'The community changes the design while it is being drafted.',
})

export const submitProject = endpoint({
  name: 'submitProject',
  method: 'POST',
  path: '/projects/:id/submit',
  access: 'projects.submitProject',
  params: byId,
  /** `review` only where a resolution or enough verified supports already show that residents took part. */
  body: z.object({ to: z.enum(['comment', 'review']).default('comment') }),
  output: recordAnswer,
  refusals: ['need-missing', 'evidence-missing'],
  summary:
    'Opens the design to residents’ comments, or hands it straight to the township where participation is on record.',
})

export const commentOnProject = endpoint({
  name: 'commentOnProject',
  method: 'POST',
  path: '/projects/:id/comments',
  access: 'projects.commentOnProject',
  params: byId,
  body: z.object({ stance: z.enum(stances), words: z.string().trim().max(500).optional() }),
  output: recordAnswer,
  refusals: ['not-verified', 'not-of-this-place', 'already-commented', 'comment-over'],
  summary: 'A verified resident of the place comments on the design, once.',
})

export const closeComment = endpoint({
  name: 'closeComment',
  method: 'POST',
  path: '/projects/:id/close-comment',
  access: 'projects.closeComment',
  params: byId,
  body: z.object({ summary: text(4, 2000) }),
  output: recordAnswer,
  refusals: ['comment-still-open'],
  summary: 'Closes the comment period with its summary; the township reviews next.',
})

export const approveProject = endpoint({
  name: 'approveProject',
  method: 'POST',
  path: '/projects/:id/approve',
  access: 'projects.approveProject',
  params: byId,
  body: z.object({ opinion: z.string().trim().max(1000).optional() }),
  output: recordAnswer,
  refusals: ['need-missing', 'evidence-missing', 'not-on-purchase-list', 'on-negative-list', 'funds-must-follow-duty'],
  summary:
    'The township approves the project. A department’s duty without its money is refused, and the refusal reported.',
})

export const sendBackProject = endpoint({
  name: 'sendBackProject',
  method: 'POST',
  path: '/projects/:id/send-back',
  access: 'projects.sendBackProject',
  params: byId,
  body: z.object({ remarks: text(4, 1000) }),
  output: recordAnswer,
  refusals: [],
  summary: 'Sends the project back to its designers with remarks; nothing of it is lost.',
})

export const terminateProject = endpoint({
  name: 'terminateProject',
  method: 'POST',
  path: '/projects/:id/terminate',
  access: 'projects.terminateProject',
  params: byId,
  body: z.object({ reason: text(4, 500) }),
  output: recordAnswer,
  refusals: ['township-decides'],
  summary: 'Gives the project up before it is tendered; its needs go back to the community.',
})

/** Projects that residents may see: from their first submission on. */
export const listProjects = endpoint({
  name: 'listProjects',
  method: 'GET',
  path: '/projects',
  access: 'public',
  query: listQuery(['newest'], {
    division: divisionCode,
    state: z.enum(projectStates).optional(),
    category: category.optional(),
  }),
  output: pageOf(projectRow),
  refusals: [],
  exportable: true,
  summary: 'Projects of a place, drafts apart, newest first.',
})

export const listDeskProjects = endpoint({
  name: 'listDeskProjects',
  method: 'GET',
  path: '/projects/desk',
  access: 'projects.listDeskProjects',
  query: listQuery(['newest'], {
    division: divisionCode.optional(),
    state: z.enum(projectStates).optional(),
    category: category.optional(),
  }),
  output: pageOf(projectRow),
  refusals: [],
  exportable: true,
  summary: 'Projects of the places where I work, drafts among them.',
})

export const getProject = endpoint({
  name: 'getProject',
  method: 'GET',
  path: '/projects/:id',
  access: 'public',
  params: byId,
  output: projectView,
  refusals: [],
  summary: 'A project with its design, its comments and what may be done with it.',
})

export const projectsPermissions = {
  'projects.designProject': ['community-worker', 'community-head'],
  'projects.submitProject': ['community-worker', 'community-head'],
  'projects.closeComment': ['community-worker', 'community-head'],
  'projects.commentOnProject': ['resident'],
  'projects.approveProject': ['township-reviewer'],
  'projects.sendBackProject': ['community-head', 'township-reviewer'],
  'projects.terminateProject': ['community-head', 'township-reviewer'],
  'projects.listDeskProjects': [
    'community-worker',
    'community-head',
    'township-reviewer',
    'township-procurer',
    'township-settler',
    'county-civil-affairs',
    'county-finance',
    'county-overseer',
    'city-officer',
    'province-officer',
  ],
  'projects.setPurchaseList': ['county-finance'],
  'projects.keepTemplate': ['township-reviewer', 'county-civil-affairs'],
} as const satisfies PermissionTable

/** Who designed a project, or ran an earlier tender of it, does not review it (design/access.md); scoring is closed to designers by procurement. */
export const projectsSeparations: readonly Separation[] = [
  {
    name: 'designer-reviews',
    did: ['projects.designProject', 'projects.editProject', 'projects.makeVentureProject', 'projects.projectTendered'],
    excludes: 'projects.approveProject',
  },
]

export const projectsParameters: readonly PolicyParameter[] = [
  { key: 'projects.comment-days', value: 7, unit: 'day', source: 'design/loop.md', minimum: 3, maximum: 60 },
  { key: 'projects.summary-days', value: 5, unit: 'working-day', source: 'ours', minimum: 1, maximum: 30 },
  { key: 'projects.evidence-supports', value: 30, unit: 'count', source: 'ours', minimum: 1, maximum: 10_000 },
  { key: 'projects.review-days', value: 10, unit: 'working-day', source: 'ours', minimum: 1, maximum: 60 },
]

// Needs: what residents ask for. States, shapes and the endpoints of residents and lists; desk verbs and access stand beside.
import { z } from 'zod'
import { endpoint } from '../../kit/endpoint.ts'
import { divisionCode, idOf } from '../../kit/id.ts'
import { instantWire } from '../../kit/instant.ts'
import { listQuery, pageOf } from '../../kit/listing.ts'
import { plainDate } from '../../kit/plain-date.ts'
import { actionView, recordAnswer } from '../../kit/record-view.ts'
import { namedPlace, point } from './contract/point.ts'
import { answers } from './contract/questions.ts'
import { categoryCodes } from './contract/taxonomy.ts'

export const needStates = [
  'draft',
  'submitted',
  'accepted',
  'declined',
  'merged',
  'withdrawn',
  'responding',
  'answered',
  'closed',
] as const
export type NeedState = (typeof needStates)[number]

/** States in which everybody sees an open need; a declined one stays visible by its address, but not on the board. */
export const boardStates = ['submitted', 'accepted', 'responding', 'answered', 'closed'] as const

/** Ways in which a need is responded to. Counter and mediation are known to the table; their verbs come with their domains. */
export const needRoutes = ['wish', 'counter', 'department', 'mediation', 'deliberation', 'project'] as const
/** Those of which the domain is there: what a worker may plan for a need. */
export const plannedRoutes = ['wish', 'department', 'deliberation', 'project'] as const satisfies readonly NeedRoute[]
export type NeedRoute = (typeof needRoutes)[number]
export type PlannedRoute = (typeof plannedRoutes)[number]

export const forWhoms = ['self', 'other', 'group'] as const
export const urgencies = ['normal', 'urgent'] as const
export const visibilities = ['public', 'private'] as const
export const needSources = ['resident-site', 'counter', 'grid-worker', 'phone', 'chat', 'open311', 'import'] as const
export const verdicts = ['met', 'partly', 'not-met'] as const
/** Why a need is declined; the sentence beside it says it in plain words. */
export const declineReasons = [
  'not-for-community',
  'no-such-place',
  'against-law',
  'already-solved',
  'not-clear',
  'not-a-need',
  'beyond-means',
] as const

/** The department code of the community's own service station: its workers answer such a referral themselves. */
export const ownStation = 'community-station'

export const needId = idOf('need')
const personId = idOf('person')
const category = z.enum(categoryCodes)
const sentence = z.string().trim().min(2).max(500)
/** A department of the county by its code, the one that assignments of its officers carry. */
export const departmentCode = z
  .string()
  .regex(/^[a-z][a-z0-9-]{1,39}$/)
  .meta({ format: 'department' })

/** What a person writes when raising a need. `title` is made from the text when left out. */
export const needContent = z.object({
  title: z.string().trim().min(2).max(40).optional(),
  text: z.string().trim().min(4).max(2000),
  category,
  /** The community (12 digits). */
  division: divisionCode,
  grid: divisionCode.optional(),
  place: z.string().trim().max(60).optional(),
  point: point.optional(),
  answers: answers.optional(),
  forWhom: z.enum(forWhoms).default('self'),
  urgency: z.enum(urgencies).default('normal'),
  visibility: z.enum(visibilities).default('public'),
  files: z.array(idOf('file')).max(9).default([]),
})

export const needRow = z.object({
  id: z.string(),
  version: z.number().int(),
  number: z.string().optional(),
  /** Left out where the need is private and the caller may not read it. */
  title: z.string().optional(),
  private: z.boolean(),
  state: z.enum(needStates),
  category: z.enum(categoryCodes),
  urgency: z.enum(urgencies),
  division: z.string(),
  divisionName: z.string().optional(),
  supports: z.number().int(),
  verifiedSupports: z.number().int(),
  submittedAt: instantWire.optional(),
  dueAt: instantWire.optional(),
  overdue: z.boolean(),
  holder: z.object({ id: z.string(), name: z.string() }).optional(),
  /** The last day away of a holder who is away today; for the desk only. */
  holderAwayUntil: z.string().optional(),
  route: z.enum(needRoutes).optional(),
})

const talk = z.object({ by: z.enum(['worker', 'resident']), at: z.string(), words: z.string() })

export const needView = z.object({
  id: z.string(),
  version: z.number().int(),
  number: z.string().optional(),
  state: z.enum(needStates),
  division: z.string(),
  divisionName: z.string().optional(),
  grid: z.string().optional(),
  title: z.string().optional(),
  text: z.string().optional(),
  place: z.string().optional(),
  point: point.optional(),
  answers: answers.optional(),
  category: z.enum(categoryCodes),
  forWhom: z.enum(forWhoms),
  urgency: z.enum(urgencies),
  visibility: z.enum(visibilities),
  source: z.enum(needSources),
  onBehalf: z.boolean(),
  supports: z.number().int(),
  verifiedSupports: z.number().int(),
  /** Of the caller. */
  supported: z.boolean(),
  mine: z.boolean(),
  /** Masked; for the desk of the place only. */
  residentName: z.string().optional(),
  holder: z.object({ id: z.string(), name: z.string() }).optional(),
  /** The last day away of a holder who is away today; for the desk only. */
  holderAwayUntil: z.string().optional(),
  route: z.enum(needRoutes).optional(),
  routeHint: z.enum(needRoutes).optional(),
  routeBy: z.object({ kind: z.string(), id: z.string() }).optional(),
  department: z.string().optional(),
  /** Of an imported need: the day on which it was first raised elsewhere. The clocks run from submittedAt. */
  firstRaised: plainDate.optional(),
  submittedAt: instantWire.optional(),
  dueAt: instantWire.optional(),
  paused: z.boolean(),
  overdue: z.boolean(),
  raised: z.boolean(),
  history: z.array(z.object({ state: z.enum(needStates), at: z.string() })),
  /** What happens next, and who does it by when. */
  next: z.array(
    z.object({
      verb: z.string(),
      by: z.enum(['resident', 'community', 'leader', 'township', 'department']),
      due: z.string().optional(),
    }),
  ),
  decline: z
    .object({
      reason: z.enum(declineReasons),
      words: z.string().optional(),
      appealUntil: z.string().optional(),
      final: z.boolean(),
    })
    .optional(),
  mergedInto: z.string().optional(),
  /** Why the last route ended without an answer. */
  endReason: z.string().optional(),
  /** Questions to the resident and the replies; for the resident and the desk. */
  talk: z.array(talk),
  answer: z.object({ words: z.string().optional(), at: z.string() }).optional(),
  verdict: z
    .object({
      value: z.enum([...verdicts, 'unconfirmed']),
      rating: z.number().int().optional(),
      words: z.string().optional(),
      verified: z.boolean(),
    })
    .optional(),
  verdictUntil: z.string().optional(),
  files: z.array(z.object({ id: z.string(), name: z.string(), type: z.string() })),
  actions: z.array(actionView),
})

const byId = z.object({ id: needId })

export const submitNeed = endpoint({
  name: 'submitNeed',
  method: 'POST',
  path: '/needs',
  access: 'needs.submitNeed',
  body: needContent,
  output: recordAnswer,
  refusals: ['file-unknown'],
  summary: 'A resident raises a need.',
})

/** Either a known resident, or name and phone of one whom the worker registers with this. */
export const onBehalfOf = z.union([
  z.object({ resident: personId }),
  z.object({ name: z.string().trim().min(2).max(30), phone: z.string().regex(/^1[3-9]\d{9}$/) }),
])

export const submitNeedOnBehalf = endpoint({
  name: 'submitNeedOnBehalf',
  method: 'POST',
  path: '/needs/on-behalf',
  access: 'needs.submitNeedOnBehalf',
  body: needContent.extend({ of: onBehalfOf, source: z.enum(['counter', 'grid-worker', 'phone']).default('counter') }),
  output: recordAnswer,
  refusals: ['file-unknown', 'lives-elsewhere', 'resident-unknown', 'own-name'],
  summary: 'A worker raises a need on behalf of a resident; both are recorded and the resident is told.',
})

export const draftNeed = endpoint({
  name: 'draftNeed',
  method: 'POST',
  path: '/needs/drafts',
  access: 'needs.submitNeed',
  body: needContent,
  output: recordAnswer,
  refusals: ['file-unknown', 'too-many-drafts'],
  summary: 'A resident keeps the draft of a need.',
})

export const changeDraft = endpoint({
  name: 'changeDraft',
  method: 'PUT',
  path: '/needs/:id/draft',
  access: 'needs.submitNeed',
  params: byId,
  body: needContent,
  output: recordAnswer,
  refusals: ['file-unknown', 'draft-stays-in-county'],
  summary: 'A resident changes a draft.',
})

export const submitDraft = endpoint({
  name: 'submitDraft',
  method: 'POST',
  path: '/needs/:id/submit',
  access: 'needs.submitNeed',
  params: byId,
  output: recordAnswer,
  refusals: [],
  summary: 'A resident submits a draft.',
})

/** The board of a community: open needs only. */
export const listNeeds = endpoint({
  name: 'listNeeds',
  method: 'GET',
  path: '/needs',
  access: 'public',
  query: listQuery(['newest', 'supports'], {
    division: divisionCode,
    state: z.enum(boardStates).optional(),
    category: category.optional(),
  }),
  output: pageOf(needRow),
  refusals: [],
  exportable: true,
  summary: 'Open needs of a community.',
})

export const listMyNeeds = endpoint({
  name: 'listMyNeeds',
  method: 'GET',
  path: '/needs/mine',
  access: 'signed-in',
  query: listQuery(['newest'], {}),
  output: pageOf(needRow),
  refusals: [],
  summary: 'Needs that I raised, drafts and private ones among them.',
})

export const listDeskNeeds = endpoint({
  name: 'listDeskNeeds',
  method: 'GET',
  path: '/needs/desk',
  access: 'needs.listDeskNeeds',
  query: listQuery(['due', 'submitted'], {
    division: divisionCode.optional(),
    state: z.enum(needStates).optional(),
    category: category.optional(),
    holder: z.union([z.literal('me'), z.literal('nobody'), z.literal('away'), personId]).optional(),
    overdue: z.enum(['yes']).optional(),
    q: z.string().max(100).optional(),
  }),
  output: pageOf(needRow),
  refusals: [],
  exportable: true,
  summary: 'Needs of the places or the department where I work.',
})

/** A question that travels as a body: what somebody is writing stands in no address and no log. */
export const listSimilarNeeds = endpoint({
  name: 'listSimilarNeeds',
  method: 'POST',
  path: '/needs/similar',
  access: 'public',
  body: z.object({ text: z.string().trim().min(2).max(400), division: divisionCode, except: needId.optional() }),
  output: z.object({ rows: z.array(needRow.extend({ sameCommunity: z.boolean() })) }),
  refusals: [],
  summary: 'Open needs that sound alike, same community first; never private ones.',
})

export const listNeedPlaces = endpoint({
  name: 'listNeedPlaces',
  method: 'GET',
  path: '/needs/places',
  access: 'public',
  query: z.object({ division: divisionCode }),
  output: z.object({ rows: z.array(namedPlace) }),
  refusals: [],
  summary: 'Places of a community that several open needs name, most frequent first; never of private ones.',
})

export const getNeed = endpoint({
  name: 'getNeed',
  method: 'GET',
  path: '/needs/:id',
  access: 'public',
  params: byId,
  output: needView,
  refusals: [],
  summary: 'A need: open ones for everybody, private ones for those whom they concern.',
})

export const supportNeed = endpoint({
  name: 'supportNeed',
  method: 'POST',
  path: '/needs/:id/support',
  access: 'needs.supportNeed',
  params: byId,
  output: recordAnswer.extend({ supports: z.number().int(), verifiedSupports: z.number().int() }),
  refusals: ['own-need', 'already-supported'],
  summary: 'A neighbour supports a need: one resident, one need.',
})

export const retractSupport = endpoint({
  name: 'retractSupport',
  method: 'POST',
  path: '/needs/:id/retract-support',
  access: 'needs.supportNeed',
  params: byId,
  output: recordAnswer.extend({ supports: z.number().int(), verifiedSupports: z.number().int() }),
  refusals: ['not-supporting'],
  summary: 'A neighbour takes the support back.',
})

export const withdrawNeed = endpoint({
  name: 'withdrawNeed',
  method: 'POST',
  path: '/needs/:id/withdraw',
  access: 'needs.withdrawNeed',
  params: byId,
  output: recordAnswer,
  refusals: [],
  summary: 'The resident withdraws the need.',
})

export const appealNeed = endpoint({
  name: 'appealNeed',
  method: 'POST',
  path: '/needs/:id/appeal',
  access: 'needs.appealNeed',
  params: byId,
  body: z.object({ words: sentence }),
  output: recordAnswer,
  refusals: ['appeal-used', 'appeal-over'],
  summary: 'The resident appeals a declined need, once; another person decides.',
})

export const replyToQuestion = endpoint({
  name: 'replyToQuestion',
  method: 'POST',
  path: '/needs/:id/reply',
  access: 'needs.replyToQuestion',
  params: byId,
  body: z.object({ words: sentence }),
  output: recordAnswer,
  refusals: ['nothing-asked'],
  summary: 'The resident answers the worker’s question; the clock runs on.',
})

export const giveVerdict = endpoint({
  name: 'giveVerdict',
  method: 'POST',
  path: '/needs/:id/verdict',
  access: 'needs.giveVerdict',
  params: byId,
  body: z.object({
    verdict: z.enum(verdicts),
    rating: z.number().int().min(1).max(5),
    words: z.string().trim().max(500).optional(),
  }),
  output: recordAnswer,
  refusals: [],
  summary: 'The resident says whether the need is met; the first “not met” reopens it.',
})

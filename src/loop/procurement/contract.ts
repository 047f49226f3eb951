// Procurement: organizations compete to undertake a project. States, shapes, permissions, parameters and the endpoints of the straight path.
import { z } from 'zod'
import type { PermissionTable, Separation } from '../../kit/actor.ts'
import { endpoint } from '../../kit/endpoint.ts'
import { divisionCode, idOf } from '../../kit/id.ts'
import { instantWire } from '../../kit/instant.ts'
import { listQuery, pageOf } from '../../kit/listing.ts'
import { moneyInput, moneyWire } from '../../kit/money.ts'
import type { PolicyParameter } from '../../kit/parameter.ts'
import { actionView, recordAnswer } from '../../kit/record-view.ts'
import { organizationId, ratings } from '../../registers/organizations/contract.ts'
import { projectId, projectModes } from '../projects/contract.ts'
import { lotOfBody, lotsOfRow, lotsOfView } from './contract/lots.ts'
import { complaintSeparations, objectionView, questionView, splitView, termsVersionView } from './contract/matters.ts'
import { bidForms, criterion, endReasons, procedures, tenderTerms, text } from './contract/terms.ts'

export const tenderStates = [
  'planning',
  'published',
  'closed',
  'opened',
  'scoring',
  'award-notice',
  'standstill',
  'awarded',
  'contracted',
  'cancelled',
  'failed',
] as const
export type TenderState = (typeof tenderStates)[number]

/** States in which the award is public: prices and scores are shown. */
export const awardStates: readonly TenderState[] = ['award-notice', 'standstill', 'awarded', 'contracted']

export const bidFaults = [
  'not-active',
  'abnormal',
  'illegal',
  'barred',
  'category-missing',
  'rating-too-low',
  'certificates-missing',
  'price-above-budget',
] as const
export type BidFault = (typeof bidFaults)[number]

export const tenderId = idOf('tender')
export const bidId = idOf('bid')
export const objectionId = idOf('objection')
export const tenderRow = z.object({
  id: z.string(),
  number: z.string(),
  title: z.string(),
  state: z.enum(tenderStates),
  procedure: z.enum(procedures),
  mode: z.enum(projectModes),
  division: z.string(),
  divisionName: z.string().optional(),
  project: z.string(),
  budget: moneyWire,
  publishedAt: instantWire.optional(),
  deadline: instantWire.optional(),
  award: z.object({ organization: z.string(), organizationName: z.string(), price: moneyWire }).optional(),
  lots: lotsOfRow,
  /** For desks: looks like one purchase split to stay below the open-tender threshold. */
  split: z.boolean().optional(),
})

const bidView = z.object({
  id: z.string(),
  lot: z.number().int().optional(),
  organization: z.string(),
  organizationName: z.string().optional(),
  price: moneyWire.optional(),
  proposal: z.string().optional(),
  receivedAt: z.string(),
  valid: z.boolean(),
  faults: z.array(z.enum(bidFaults)),
  /** Hundredths of a point; when every panelist is done, for the desk; for everybody from the award notice on. */
  score: z.number().int().optional(),
  rank: z.number().int().optional(),
  /** My own points (panelist). */
  myPoints: z.array(z.number().int()).optional(),
})

export const tenderView = z.object({
  id: z.string(),
  version: z.number().int(),
  number: z.string(),
  state: z.enum(tenderStates),
  title: z.string(),
  division: z.string(),
  divisionName: z.string().optional(),
  project: z.object({ id: z.string(), number: z.string(), title: z.string() }),
  procedure: z.enum(procedures),
  mode: z.enum(projectModes),
  budget: moneyWire,
  categories: z.array(z.string()),
  description: z.string(),
  criteria: z.array(criterion),
  requirements: z.object({ minimumRating: z.enum(ratings).optional(), certificates: z.number().int() }),
  /** As they were when it was published; before that, those in force. */
  terms: z.object({
    noticeDays: z.number().int(),
    panelSize: z.number().int(),
    minimumBids: z.number().int(),
    standstillDays: z.number().int(),
    outlierPercent: z.number().int(),
  }),
  publishedAt: instantWire.optional(),
  deadline: instantWire.optional(),
  closedAt: instantWire.optional(),
  /** SM3 of the server's secret, published with the tender; the secret itself with the draw. */
  commitment: z.string().optional(),
  opening: z.object({ at: z.string(), by: z.string().optional() }).optional(),
  /** Absent before the opening, but for what an organization sees of its own. */
  bids: z.array(bidView),
  /** While bids are taken, to an organization: why it would not qualify as the registers stand today; empty: it would. */
  myFaults: z.array(z.enum(bidFaults)).optional(),
  validBids: z.number().int().optional(),
  panel: z
    .array(z.object({ person: z.string().optional(), name: z.string(), done: z.boolean(), replaced: z.boolean() }))
    .optional(),
  /** Everything with which anyone draws again. */
  draw: z
    .object({
      secret: z.string(),
      seed: z.string(),
      listHash: z.string(),
      list: z.array(z.string()),
      size: z.number().int(),
      /** SM3 of every bid, for sealed ones of its receipt: what the seed rests on beside the secret and the list. */
      bidHashes: z.array(z.string()),
      /** The whole list in the order drawn: the first `size` are in, the others step in one after another. */
      order: z.array(z.string()),
    })
    .optional(),
  sheets: z.object({ done: z.number().int(), needed: z.number().int() }).optional(),
  outliers: z.array(
    z.object({ bid: z.string(), panelist: z.number().int(), score: z.number().int(), median: z.number().int() }),
  ),
  award: z
    .object({
      bid: z.string(),
      organization: z.string(),
      organizationName: z.string(),
      price: moneyWire,
      score: z.number().int(),
      at: z.string(),
    })
    .optional(),
  ...lotsOfView,
  standstillUntil: instantWire.optional(),
  stopped: z.boolean(),
  objections: z.array(objectionView),
  questions: z.array(questionView),
  /** Last moment for questions. */
  questionsUntil: instantWire.optional(),
  /** Oldest first; the last one is in force. */
  versions: z.array(termsVersionView),
  /** For desks: live while it is planned, afterwards as found at publication. */
  split: splitView.optional(),
  contract: z.string().optional(),
  endReason: z.enum(endReasons).optional(),
  endWords: z.string().optional(),
  files: z.array(z.object({ id: z.string(), name: z.string(), type: z.string() })),
  bidForm: z.enum(bidForms),
  history: z.array(z.object({ state: z.enum(tenderStates), at: z.string() })),
  actions: z.array(actionView),
})

const byId = z.object({ id: tenderId })
/** Acts on one tender. */
export const one = { params: byId, output: recordAnswer }

export const planTender = endpoint({
  name: 'planTender',
  method: 'POST',
  path: '/tenders',
  access: 'procurement.runTender',
  body: tenderTerms.extend({ project: projectId }),
  output: recordAnswer,
  refusals: ['project-not-approved', 'ceilings-not-budget', 'file-unknown'],
  summary: 'The township’s procurer plans the tender of an approved project.',
})
export const publishTender = endpoint({
  ...one,
  name: 'publishTender',
  method: 'POST',
  path: '/tenders/:id/publish',
  access: 'procurement.runTender',
  refusals: ['keys-not-confirmed', 'split-unexplained'],
  summary: 'Publishes the tender; the policy values stay as they are now.',
})
export const enterBid = endpoint({
  ...one,
  name: 'enterBid',
  method: 'POST',
  path: '/tenders/:id/bids',
  access: 'procurement.runTender',
  body: z.object({
    organization: organizationId,
    ...lotOfBody,
    price: moneyInput,
    proposal: text(2, 2000),
    /** When the sealed paper was received. */
    receivedAt: instantWire,
    files: z.array(idOf('file')).max(9).default([]),
  }),
  refusals: [
    'before-deadline',
    'price-above-budget',
    'received-late',
    'lot-unknown',
    'already-bid',
    'organization-unknown',
    'file-unknown',
  ],
  summary:
    'The procurer enters a bid from its sealed paper, after the deadline; the registers say whether the bidder qualifies.',
})
export const confirmOpening = endpoint({
  ...one,
  name: 'confirmOpening',
  method: 'POST',
  path: '/tenders/:id/confirm-opening',
  access: 'procurement.confirmOpening',
  refusals: ['no-bids', 'duties-separated'],
  summary: 'A second person who was at the opening confirms the bids as entered.',
})
export const appointPanel = endpoint({
  ...one,
  name: 'appointPanel',
  method: 'POST',
  path: '/tenders/:id/panel',
  access: 'procurement.runTender',
  /** Experts whom a tie by family or past employment excludes, as declared by them or by a bidder. */
  body: z.object({
    excluded: z
      .array(z.object({ person: idOf('person'), reason: text(2, 200) }))
      .max(50)
      .default([]),
  }),
  refusals: ['too-few-bids', 'too-few-panelists'],
  summary: 'Draws the panel at random from the county’s experts; anyone can draw again.',
})
export const scoreBid = endpoint({
  ...one,
  name: 'scoreBid',
  method: 'POST',
  path: '/tenders/:id/scores',
  access: 'procurement.scoreBid',
  /** Whole points 0 to 100, one per criterion that the panel judges, in the order of the criteria. */
  body: z.object({
    bid: bidId,
    points: z.array(z.number().int().min(0).max(100)).max(20),
    note: z.string().trim().max(500).optional(),
  }),
  refusals: ['not-on-panel', 'already-scored', 'bid-not-valid', 'points-incomplete'],
  summary: 'A panelist scores a bid, once, without seeing anyone else’s scores.',
})
export const proposeAward = endpoint({
  ...one,
  name: 'proposeAward',
  method: 'POST',
  path: '/tenders/:id/award',
  access: 'procurement.runTender',
  refusals: ['scores-missing', 'objection-open'],
  summary: 'Ranks the bids and publishes the award notice; the standstill begins on the next day.',
})
export const confirmAward = endpoint({
  ...one,
  name: 'confirmAward',
  method: 'POST',
  path: '/tenders/:id/confirm-award',
  access: 'procurement.runTender',
  refusals: ['standstill-runs', 'objection-open', 'winner-not-qualified'],
  summary: 'Confirms the award when the standstill is over.',
})
export const listTenders = endpoint({
  name: 'listTenders',
  method: 'GET',
  path: '/tenders',
  access: 'public',
  query: listQuery(['newest'], {
    division: divisionCode.optional(),
    state: z.enum(tenderStates).optional(),
    /** Those that take bids and for which the caller’s organization qualifies today. */
    fit: z.literal('ours').optional(),
  }),
  output: pageOf(tenderRow),
  refusals: [],
  exportable: true,
  summary: 'Published tenders and awards, newest first.',
})
export const getTender = endpoint({
  name: 'getTender',
  method: 'GET',
  path: '/tenders/:id',
  access: 'public',
  params: byId,
  output: tenderView,
  refusals: [],
  summary: 'A tender: its terms for everybody, bids and scores for those who may see them.',
})

export const procurementPermissions = {
  'procurement.runTender': ['township-procurer'],
  'procurement.confirmOpening': ['county-overseer', 'community-head'],
  'procurement.scoreBid': ['panelist'],
  'procurement.objectToTender': ['organization-administrator'],
  'procurement.decideObjection': ['county-overseer'],
  'procurement.readBid': [
    'organization-administrator',
    'organization-member',
    'township-procurer',
    'county-overseer',
    'panelist',
  ],
  'procurement.listDeskTenders': [
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
} as const satisfies PermissionTable

/** design/access.md: reviewer, procurer and settler are never one person on one record; who designed does not score; who ran it does not open or decide. */
const runs = [
  'planTender',
  'editTender',
  'publishTender',
  'closeTender',
  'enterBid',
  'appointPanel',
  'proposeAward',
  'confirmAward',
  'failLot',
  'changeTerms',
  'answerQuestion',
].map((verb) => `procurement.${verb}`)
export const procurementSeparations: readonly Separation[] = [
  {
    name: 'reviewer-procures',
    excludes: 'procurement.runTender',
    did: ['projects.approveProject', 'projects.sendBackProject', 'procurement.scoreBid', 'procurement.confirmOpening'],
  },
  { name: 'procurer-opens', did: runs, excludes: 'procurement.confirmOpening' },
  {
    name: 'designer-scores',
    did: ['projects.designProject', 'projects.editProject', 'projects.approveProject', ...runs],
    excludes: 'procurement.scoreBid',
  },
  { name: 'procurer-decides', did: runs, excludes: 'procurement.decideObjection' },
  ...complaintSeparations(runs),
]

export const procurementParameters: readonly PolicyParameter[] = [
  {
    key: 'procurement.notice-days',
    value: { open: 20, consultation: 10 },
    unit: 'table',
    source: 'design/loop.md, from memory of the tendering rules',
  },
  { key: 'procurement.panel-size', value: 5, unit: 'count', source: 'design/loop.md', minimum: 5, maximum: 15 },
  { key: 'procurement.minimum-bids', value: 3, unit: 'count', source: 'design/loop.md', minimum: 1, maximum: 10 },
  {
    key: 'procurement.minimum-bids-entrusted',
    value: 1,
    unit: 'count',
    source: 'ours: an entrusted service names its undertaker',
    minimum: 1,
    maximum: 10,
  },
  {
    key: 'procurement.standstill-days',
    value: 7,
    unit: 'working-day',
    source: 'design/loop.md, ours',
    minimum: 1,
    maximum: 30,
  },
  {
    key: 'procurement.objection-days',
    value: 7,
    unit: 'working-day',
    source: 'design/loop.md, from memory of the query rules',
    minimum: 1,
    maximum: 30,
  },
  { key: 'procurement.outlier-percent', value: 20, unit: 'percent', source: 'ours', minimum: 5, maximum: 100 },
]

// Shapes, states, endpoints, permissions and parameters of the funds: accounts, transfers between them, and who may propose or approve.
import { z } from 'zod'
import type { PermissionTable, Separation } from '../../kit/actor.ts'
import { endpoint } from '../../kit/endpoint.ts'
import { divisionCode, idOf } from '../../kit/id.ts'
import { listQuery, pageOf } from '../../kit/listing.ts'
import { moneyInput, moneyWire } from '../../kit/money.ts'
import type { PolicyParameter } from '../../kit/parameter.ts'
import { actionView, recordAnswer } from '../../kit/record-view.ts'

/** First sign of the numbers that people see: 资2026-0012. */
export const transferNumberPrefix = '资'

/** Where money comes from (glossary: fund source). It keeps its source on the whole way. */
export const sources = [
  'fiscal-transfer',
  'department-purchase',
  'direct-payment',
  'welfare-lottery',
  'community-foundation',
  'donation',
] as const
export type Source = (typeof sources)[number]

/** Which part of its way an account stands for. */
export const stages = ['source', 'pool', 'township', 'encumbered', 'paid'] as const
export type Stage = (typeof stages)[number]

/** What a transfer is for. */
export const transferPurposes = ['booking', 'allotment', 'encumbrance', 'payment', 'refund', 'reversal'] as const
export type TransferPurpose = (typeof transferPurposes)[number]

/** Life of a transfer: the money moves when it becomes posted. */
export const transferStates = ['proposed', 'posted', 'refused', 'reversed'] as const
export type TransferState = (typeof transferStates)[number]

/** Earmark of money: `general`, or a class of the service taxonomy ('01' elder care) outside which it may not be spent. */
export const earmark = z.string().regex(/^(?:general|\d{2}(?:\d{2})?)$/)
export const generalEarmark = 'general'

export const accountId = idOf('account')
export const transferId = idOf('transfer')
export type AccountId = z.output<typeof accountId>
export type TransferId = z.output<typeof transferId>

const accountRow = z.object({
  id: z.string(),
  division: z.string(),
  divisionName: z.string().optional(),
  source: z.enum(sources),
  earmark: z.string(),
  stage: z.enum(stages),
  organization: z.string().optional(),
  organizationName: z.string().optional(),
  project: z.string().optional(),
  contract: z.string().optional(),
  balance: moneyWire,
})

const transferRow = z.object({
  id: z.string(),
  number: z.string(),
  division: z.string(),
  divisionName: z.string().optional(),
  purpose: z.enum(transferPurposes),
  source: z.enum(sources),
  earmark: z.string(),
  amount: moneyWire,
  state: z.enum(transferStates),
  organization: z.string().optional(),
  organizationName: z.string().optional(),
  project: z.string().optional(),
  contract: z.string().optional(),
  milestone: z.string().optional(),
  proposedAt: z.string(),
  decidedAt: z.string().optional(),
})

/** The accounts of a place, as the tree source -> pool -> township -> encumbered -> paid shows them. */
export const listAccounts = endpoint({
  name: 'listAccounts',
  method: 'GET',
  path: '/funds/accounts',
  access: 'funds.read',
  query: listQuery(['tree'], {
    division: divisionCode.optional(),
    source: z.enum(sources).optional(),
    stage: z.enum(stages).optional(),
  }),
  output: pageOf(accountRow),
  refusals: [],
  summary: 'Accounts of a division and below with their balances.',
  exportable: true,
})

const statementLine = z.object({
  transfer: z.string(),
  number: z.string(),
  at: z.string(),
  purpose: z.enum(transferPurposes),
  /** Positive: the account received it. */
  change: moneyWire,
  counterpart: accountRow.pick({ id: true, division: true, divisionName: true, stage: true, organizationName: true }),
  contract: z.string().optional(),
  milestone: z.string().optional(),
})

export const getAccount = endpoint({
  name: 'getAccount',
  method: 'GET',
  path: '/funds/accounts/:id',
  access: 'funds.read',
  params: z.object({ id: accountId }),
  output: accountRow.extend({
    /** What proposals that wait for approval would take from it. */
    pending: moneyWire,
    mayGoNegative: z.boolean(),
    /** The newest postings, at most 100. */
    statement: z.array(statementLine),
  }),
  refusals: [],
  summary: 'One account with its balance and newest postings.',
})

/** Money arrives at the pool of a county, city or the province; another person approves before it counts. */
export const bookSource = endpoint({
  name: 'bookSource',
  method: 'POST',
  path: '/funds/bookings',
  access: 'funds.book',
  body: z.object({
    division: divisionCode,
    source: z.enum(sources),
    earmark: earmark.default(generalEarmark),
    amount: moneyInput,
    /** Number of the document by which the money was granted. */
    document: z.string().trim().min(1).max(100),
  }),
  output: recordAnswer,
  refusals: ['earmark-needed'],
  summary: 'Proposes to book money that arrived from a source into the pool.',
})

/** Pool -> township, or a city's pool -> a county's. */
export const allot = endpoint({
  name: 'allot',
  method: 'POST',
  path: '/funds/allotments',
  access: 'funds.allot',
  body: z.object({
    account: accountId,
    division: divisionCode,
    amount: moneyInput,
    document: z.string().trim().max(100).optional(),
  }),
  output: recordAnswer,
  refusals: ['funds-short', 'not-a-pool', 'not-below'],
  summary: 'Proposes to allot pooled money to a township or a county below.',
})

export const listTransfers = endpoint({
  name: 'listTransfers',
  method: 'GET',
  path: '/funds/transfers',
  access: 'funds.read',
  query: listQuery(['-proposedAt'], {
    division: divisionCode.optional(),
    purpose: z.enum(transferPurposes).optional(),
    state: z.enum(transferStates).optional(),
    source: z.enum(sources).optional(),
    contract: idOf('contract').optional(),
    organization: idOf('organization').optional(),
  }),
  output: pageOf(transferRow),
  refusals: [],
  summary: 'Transfers of a division and below, newest first.',
  exportable: true,
})

const party = z.object({ person: z.string(), name: z.string().optional() })

export const getTransfer = endpoint({
  name: 'getTransfer',
  method: 'GET',
  path: '/funds/transfers/:id',
  access: 'funds.read',
  params: z.object({ id: transferId }),
  output: transferRow.extend({
    version: z.number().int(),
    from: accountRow,
    to: accountRow,
    proposedBy: party,
    decidedBy: party.optional(),
    document: z.string().optional(),
    reason: z.string().optional(),
    /** The transfer that this one takes back. */
    reverses: z.string().optional(),
    history: z.array(z.object({ state: z.enum(transferStates), at: z.string() })),
    actions: z.array(actionView),
  }),
  refusals: [],
  summary: 'One transfer with both accounts and what may be done with it.',
})

export const approveTransfer = endpoint({
  name: 'approveTransfer',
  method: 'POST',
  path: '/funds/transfers/:id/approve',
  access: 'funds.approve',
  params: z.object({ id: transferId }),
  output: recordAnswer,
  secondFactor: true,
  refusals: ['duties-separated', 'funds-short', 'already-reversed', 'second-factor-needed'],
  summary: 'A second person approves: the money moves.',
})

export const refuseTransfer = endpoint({
  name: 'refuseTransfer',
  method: 'POST',
  path: '/funds/transfers/:id/refuse',
  access: 'funds.refuse',
  params: z.object({ id: transferId }),
  body: z.object({ reason: z.string().trim().min(2).max(500) }),
  output: recordAnswer,
  refusals: [],
  summary: 'Refuses or withdraws a proposed transfer, with a reason; no money moves.',
})

export const reverseTransfer = endpoint({
  name: 'reverseTransfer',
  method: 'POST',
  path: '/funds/transfers/:id/reverse',
  access: 'funds.reverse',
  params: z.object({ id: transferId }),
  body: z.object({ reason: z.string().trim().min(2).max(500) }),
  output: recordAnswer,
  refusals: ['not-reversible', 'already-reversed', 'funds-short'],
  summary: 'Proposes to take a posted transfer back by an opposite one; at most once.',
})

export const booksBalance = endpoint({
  name: 'booksBalance',
  method: 'GET',
  path: '/funds/balance-check',
  access: 'funds.check-books',
  output: z.object({
    balanced: z.boolean(),
    /** Sum of all balances: 0.00. */
    total: moneyWire,
    accounts: z.number().int(),
    transfers: z.number().int(),
    /** Accounts whose balance is not the sum of their postings; at most 20. */
    wrong: z.array(z.object({ account: z.string(), balance: moneyWire, postings: moneyWire })),
  }),
  refusals: [],
  summary: 'Whether all books balance: sum zero, and each balance the sum of its postings.',
})

export const fundsPermissions: PermissionTable = {
  'funds.read': [
    'township-settler',
    'township-reviewer',
    'township-procurer',
    'county-finance',
    'county-civil-affairs',
    'county-overseer',
    'city-officer',
    'province-officer',
    'community-head',
    'organization-administrator',
  ],
  'funds.check-books': ['county-finance', 'county-overseer', 'city-officer', 'province-officer', 'audit-administrator'],
  'funds.book': ['county-finance', 'city-officer'],
  'funds.allot': ['county-finance', 'city-officer'],
  'funds.approve': ['township-settler', 'county-finance', 'city-officer'],
  'funds.refuse': ['township-settler', 'county-finance', 'city-officer'],
  'funds.reverse': ['township-settler', 'county-finance', 'city-officer'],
}

/** Two persons for every payment (design/governance.md, funds); who accepted does not pay (design/access.md). */
export const fundsSeparations: readonly Separation[] = [
  {
    name: 'proposer-approves',
    did: ['funds.bookSource', 'funds.allot', 'funds.proposePayment', 'funds.reverseTransfer'],
    excludes: 'funds.approve',
  },
]

export const fundsParameters: readonly PolicyParameter[] = [
  { key: 'funds.approve-days', value: 5, unit: 'working-day', source: 'ours', minimum: 1, maximum: 60 },
  {
    // Elders, disabled people, children in difficulty, people in need: what welfare-lottery money is for (from memory, so a county may change it).
    key: 'funds.welfare-lottery-earmarks',
    value: ['01', '02', '03', '04'],
    unit: 'table',
    source: 'ours, after the purposes of welfare-lottery money (memory)',
  },
]

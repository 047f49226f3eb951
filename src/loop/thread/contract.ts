// The thread of a record: ten stations from the resident's sentence to the verdict, with money and evidence.
import { z } from 'zod'
import type { PermissionTable } from '../../kit/actor.ts'
import { endpoint } from '../../kit/endpoint.ts'
import { instantWire } from '../../kit/instant.ts'
import { moneyWire } from '../../kit/money.ts'

/** The line's stations in their order. */
export const stations = [
  'need',
  'support',
  'deliberation',
  'project',
  'procurement',
  'contract',
  'delivery',
  'payment',
  'evaluation',
  'verdict',
] as const
export type StationName = (typeof stations)[number]

export const parties = ['resident', 'community', 'organization', 'worker', 'government', 'third-party'] as const
export const moneyKinds = ['budget', 'award', 'encumbered', 'paid', 'due', 'refunded'] as const

const recordView = z.object({
  kind: z.string(),
  kindName: z.string(),
  id: z.string(),
  number: z.string().optional(),
  title: z.string().optional(),
  state: z.string(),
  stateName: z.string(),
})

const moneyView = z.object({ kind: z.enum(moneyKinds), label: z.string(), amount: moneyWire, happened: z.boolean() })

export const stationView = z.object({
  station: z.enum(stations),
  label: z.string(),
  party: z.enum(parties),
  partyName: z.string(),
  state: z.enum(['done', 'now', 'next']),
  /** First and last time that something of this station happened. */
  since: instantWire.optional(),
  at: instantWire.optional(),
  /** By when the next act of the record at this station is due. */
  due: instantWire.optional(),
  /** Staff by name, an organization by name, residents masked and only to readers. */
  actor: z.string().optional(),
  /** What happened, in the reader's language, oldest first. */
  facts: z.array(z.string()),
  money: z.array(moneyView),
  /** Records of the station that the caller may open. */
  records: z.array(recordView),
  /** How many records stand here that the caller may not open. */
  closed: z.number().int(),
  /** Something stands here whose facts the caller may not see. */
  sealed: z.boolean(),
})

export const threadView = z.object({
  of: z.object({ kind: z.string(), id: z.string() }),
  finished: z.boolean(),
  /** Day of the thread, counted from its first sentence; of a finished one how long it took. */
  days: z.number().int().optional(),
  /** The sentences that it began with, as far as the caller may read them. */
  needs: z.array(
    z.object({
      id: z.string().optional(),
      number: z.string().optional(),
      sentence: z.string().optional(),
      private: z.boolean(),
      stateName: z.string().optional(),
    }),
  ),
  stations: z.array(stationView),
  money: z.array(moneyView),
  /** Records of the line that are open data: the standard, their name in it (OCDS: the ocid) and where the data are. */
  published: z.array(
    z.object({
      standard: z.string(),
      kind: z.string(),
      id: z.string(),
      name: z.string(),
      path: z.string(),
      /** The path made whole, where the installation knows its own address. */
      address: z.string().optional(),
    }),
  ),
  /** Public projects of the line: each has an account for the notice board (getProjectAccount). */
  accounts: z.array(z.object({ project: z.string(), number: z.string().optional() })),
  /** More records than shown belong to it. */
  cut: z.boolean(),
})

export const getThread = endpoint({
  name: 'getThread',
  method: 'GET',
  path: '/threads/:kind/:id',
  access: 'public',
  params: z.object({ kind: z.string().regex(/^[a-z][a-z-]{0,39}$/), id: z.string().regex(/^[0-9]{6}-[0-9a-f-]{36}$/) }),
  output: threadView,
  refusals: [],
  summary:
    'The whole line that a record stands in, from need to verdict and back from every payment, each caller seeing what they may see',
})

export const threadPermissions: PermissionTable = {}

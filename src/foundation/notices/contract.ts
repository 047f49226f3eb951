// Inbox, my work, timeline, related records and search: shapes and endpoints.
import { z } from 'zod'
import type { PermissionTable } from '../../kit/actor.ts'
import { endpoint } from '../../kit/endpoint.ts'
import { instantWire } from '../../kit/instant.ts'
import { pageOf } from '../../kit/listing.ts'

const recordKind = z.string().regex(/^[a-z][a-z-]{0,39}$/)
const recordId = z.string().regex(/^[0-9]{6}-[0-9A-Za-z.-]{1,80}$/)
const recordParams = z.object({ kind: recordKind, id: recordId })
const uuid = z.uuid()
const cursor = z.string().max(500).optional()
const size = z.coerce.number().int().min(1).max(100).default(20)
const yes = z
  .enum(['true', 'false'])
  .default('false')
  .transform((text) => text === 'true')

export const noticeRow = z.object({
  id: z.string(),
  kind: z.string(),
  domain: z.string(),
  domainName: z.string(),
  /** In the reader's language. */
  text: z.string(),
  at: instantWire,
  read: z.boolean(),
  of: z.object({ kind: z.string(), id: z.string() }),
})

export const listNotices = endpoint({
  name: 'listNotices',
  method: 'GET',
  path: '/notices',
  access: 'signed-in',
  query: z.object({ unread: yes, size, cursor }),
  output: pageOf(noticeRow).extend({ unread: z.number().int() }),
  refusals: [],
  summary: 'My inbox, newest first',
})

export const countUnread = endpoint({
  name: 'countUnread',
  method: 'GET',
  path: '/notices/unread',
  access: 'signed-in',
  output: z.object({ unread: z.number().int() }),
  refusals: [],
  summary: 'How many notices I have not read',
})

export const readNotice = endpoint({
  name: 'readNotice',
  method: 'POST',
  path: '/notices/:id/read',
  access: 'signed-in',
  params: z.object({ id: uuid }),
  output: z.object({ unread: z.number().int() }),
  refusals: [],
  summary: 'Marks a notice of mine as read',
})

export const readAllNotices = endpoint({
  name: 'readAllNotices',
  method: 'POST',
  path: '/notices/read',
  access: 'signed-in',
  output: z.object({ unread: z.number().int() }),
  refusals: [],
  summary: 'Marks all my notices as read',
})

export const listPreferences = endpoint({
  name: 'listPreferences',
  method: 'GET',
  path: '/notices/preferences',
  access: 'signed-in',
  output: z.object({
    rows: z.array(z.object({ kind: z.string(), domainName: z.string(), label: z.string(), muted: z.boolean() })),
  }),
  refusals: [],
  summary: 'Kinds of notices that I get or have opted out of',
})

export const setPreference = endpoint({
  name: 'setPreference',
  method: 'PUT',
  path: '/notices/preferences/:kind',
  access: 'signed-in',
  params: z.object({ kind: z.string().regex(/^[a-z][a-z-]{0,39}\.[a-zA-Z-]{1,60}$/) }),
  body: z.object({ muted: z.boolean() }),
  output: z.object({ kind: z.string(), muted: z.boolean() }),
  refusals: [],
  summary: 'Opts me out of a kind of notices, or in again',
})

/** Red, amber, green, grey: overdue; due today or on the next working day; later; no deadline. */
export const lights = ['overdue', 'soon', 'later', 'none'] as const

export const workRow = z.object({
  id: z.string(),
  domain: z.string(),
  domainName: z.string(),
  verb: z.string(),
  /** What is to be done, in the reader's language. */
  task: z.string(),
  of: z.object({ kind: z.string(), id: z.string() }),
  kindName: z.string(),
  number: z.string().optional(),
  title: z.string().optional(),
  division: z.string(),
  divisionName: z.string().optional(),
  since: instantWire,
  due: instantWire.optional(),
  light: z.enum(lights),
  /** Working days left, negative when overdue; absent without a deadline. */
  workingDays: z.number().int().optional(),
})

export const listMyWork = endpoint({
  name: 'listMyWork',
  method: 'GET',
  path: '/my-work',
  access: 'signed-in',
  query: z.object({
    domain: z.string().max(40).optional(),
    verb: z.string().max(60).optional(),
    light: z.enum(lights).optional(),
    size,
    cursor,
  }),
  output: pageOf(workRow).extend({
    /** On the first page: how much waits, by what is to be done and by light; at most 1,000 rows are counted. */
    kinds: z
      .array(
        z.object({
          domain: z.string(),
          domainName: z.string(),
          verb: z.string(),
          task: z.string(),
          n: z.number().int(),
          overdue: z.number().int(),
          soon: z.number().int(),
        }),
      )
      .optional(),
    byLight: z
      .object({ overdue: z.number().int(), soon: z.number().int(), later: z.number().int(), none: z.number().int() })
      .optional(),
  }),
  refusals: [],
  summary: 'What waits for an act of mine in any domain, by deadline',
  exportable: true,
})

export const listMyDone = endpoint({
  name: 'listMyDone',
  method: 'GET',
  path: '/my-work/done',
  access: 'signed-in',
  query: z.object({ size, cursor }),
  output: pageOf(
    z.object({
      id: z.string(),
      at: instantWire,
      domain: z.string(),
      domainName: z.string(),
      verb: z.string(),
      done: z.string(),
      of: z.object({ kind: z.string(), id: z.string() }),
      kindName: z.string(),
      number: z.string().optional(),
      title: z.string().optional(),
      stateTo: z.string().optional(),
      stateToName: z.string().optional(),
      division: z.string(),
      divisionName: z.string().optional(),
      delegatedFrom: z.string().optional(),
    }),
  ),
  refusals: [],
  summary: 'What I did, newest first',
})

export const timelineRow = z.object({
  id: z.string(),
  at: instantWire,
  verb: z.string(),
  /** What happened, in the reader's language. */
  text: z.string(),
  /** Staff by name, residents masked and only to readers of the record; absent: the name is not shown. */
  who: z.string().optional(),
  role: z.string().optional(),
  system: z.boolean(),
  me: z.boolean(),
  onBehalfOf: z.string().optional(),
  delegatedFrom: z.string().optional(),
  stateFrom: z.string().optional(),
  stateTo: z.string().optional(),
  stateFromName: z.string().optional(),
  stateToName: z.string().optional(),
  amount: z.string().optional(),
})

export const getTimeline = endpoint({
  name: 'getTimeline',
  method: 'GET',
  path: '/records/:kind/:id/timeline',
  access: 'public',
  params: recordParams,
  output: z.object({ rows: z.array(timelineRow) }),
  refusals: [],
  summary: 'Who did what to a record, oldest first (the newest 200)',
})

export const relatedRow = z.object({
  of: z.object({ kind: z.string(), id: z.string().optional() }),
  kindName: z.string(),
  /** `source`: this record grew out of it; `result`: it grew out of this record. */
  direction: z.enum(['source', 'result']),
  state: z.string(),
  stateName: z.string(),
  number: z.string().optional(),
  title: z.string().optional(),
  readable: z.boolean(),
})

export const getRelated = endpoint({
  name: 'getRelated',
  method: 'GET',
  path: '/records/:kind/:id/related',
  access: 'public',
  params: recordParams,
  output: z.object({ rows: z.array(relatedRow) }),
  refusals: [],
  summary:
    'Records that this one grew out of or that grew out of it (at most 200); of those that may not be read only kind and state',
})

/** So many records an answer of the search holds, and so many of a kind are counted. */
export const mostFound = 20

export const foundRow = z.object({
  kind: z.string(),
  kindName: z.string(),
  id: z.string(),
  number: z.string().optional(),
  /** The number where the record has no title that may be shown. */
  title: z.string(),
  state: z.string(),
  stateName: z.string(),
  division: z.string(),
  divisionName: z.string().optional(),
  /** Its page for everybody, where it has one. */
  path: z.string().optional(),
})

export const searchRecords = endpoint({
  name: 'searchRecords',
  method: 'GET',
  path: '/search',
  access: 'public',
  query: z.object({ q: z.string().trim().min(1).max(100), kind: recordKind.optional() }),
  output: z.object({
    results: z.array(foundRow),
    /** Kinds of which something was found, and how much of each; at `mostFound` there may be more. */
    kinds: z.array(z.object({ kind: z.string(), kindName: z.string(), n: z.number().int() })),
  }),
  refusals: [],
  summary: 'Records of any kind by number or words, as far as the caller may see them; private needs and persons never',
})

export const noticesPermissions: PermissionTable = {}

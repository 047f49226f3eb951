// Open data: procurement as packages of the Open Contracting Data Standard 1.1, for everybody.
import { z } from 'zod'
import type { PermissionTable } from '../../kit/actor.ts'
import { endpoint } from '../../kit/endpoint.ts'
import { divisionCode, idOf } from '../../kit/id.ts'
import { listQuery } from '../../kit/listing.ts'
import { moneyWire } from '../../kit/money.ts'
import { releaseTags } from './rules/implementation.ts'

export const openDataPermissions = {} as const satisfies PermissionTable

const recordId = '[0-9]{6}-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'

/** The prefix of a publisher and the tender's id. */
export const ocid = z.string().regex(new RegExp(`^ocds-[a-z0-9]{6}-${recordId}$`))
/** The process and the event that the release tells. */
export const releaseId = z.string().regex(new RegExp(`^ocds-[a-z0-9]{6}-${recordId}-${uuid}$`))

/** Any object of the standard: its schema is the standard's own, and tests hold the packages against it. */
const standardObject = z.record(z.string(), z.unknown())

const packageHead = {
  uri: z.string(),
  version: z.literal('1.1'),
  /** Addresses of the extensions of the standard that releases use. */
  extensions: z.array(z.string()),
  publishedDate: z.string(),
  publisher: z.object({ name: z.string(), uri: z.string() }),
  license: z.string(),
  publicationPolicy: z.string(),
  /** The next page; absent on the last one. */
  links: z.object({ next: z.string() }).optional(),
}

export const releasePackage = z.object({ ...packageHead, releases: z.array(standardObject) })
export const recordPackage = z.object({
  ...packageHead,
  records: z.array(
    z.object({
      ocid: z.string(),
      /** Whole, or linked with url, date and tags. */
      releases: z.array(standardObject),
      compiledRelease: standardObject,
    }),
  ),
})

const limit = { max: 600, seconds: 60 } as const
const cache = { seconds: 60 } as const
/** What was said once stays as it is. */
const forGood = { seconds: 86_400 } as const
const pages = listQuery(['newest'], { division: divisionCode.optional() })

export const listOcdsReleases = endpoint({
  name: 'listOcdsReleases',
  method: 'GET',
  path: '/ocds/releases',
  access: 'public',
  query: pages,
  output: releasePackage,
  refusals: [],
  limit,
  cache,
  summary:
    'OCDS releases of a place as a release package, those written last first; 404 where there are none: the standard knows no empty package.',
})

export const getOcdsRelease = endpoint({
  name: 'getOcdsRelease',
  method: 'GET',
  path: '/ocds/releases/:release',
  access: 'public',
  params: z.object({ release: releaseId }),
  output: releasePackage,
  refusals: [],
  limit,
  cache: forGood,
  summary: 'One OCDS release in a package of its own; it never changes.',
})

export const listOcdsRecords = endpoint({
  name: 'listOcdsRecords',
  method: 'GET',
  path: '/ocds/records',
  access: 'public',
  query: pages,
  output: recordPackage,
  refusals: [],
  limit,
  cache,
  summary:
    'OCDS records of a place, the tenders planned last first: compiled releases and links to the releases behind them.',
})

export const getOcdsRecord = endpoint({
  name: 'getOcdsRecord',
  method: 'GET',
  path: '/ocds/records/:ocid',
  access: 'public',
  params: z.object({ ocid }),
  output: recordPackage,
  refusals: [],
  limit,
  cache,
  summary: 'One contracting process: all its OCDS releases, and what they compile to.',
})

const processHead = {
  tender: z.string(),
  ocid: z.string(),
  title: z.string(),
  division: z.string(),
  divisionName: z.string().optional(),
  releases: z.number().int(),
  lastAt: z.string(),
}

export const listProcesses = endpoint({
  name: 'listProcesses',
  method: 'GET',
  path: '/open-data/processes',
  access: 'public',
  query: pages,
  output: z.object({
    rows: z.array(z.object(processHead)),
    next: z.string().optional(),
    count: z.object({ n: z.number().int(), capped: z.boolean() }).optional(),
  }),
  refusals: [],
  summary: 'Procurement processes of a place that are published, those begun last first.',
})

export const getProcess = endpoint({
  name: 'getProcess',
  method: 'GET',
  path: '/open-data/processes/:id',
  access: 'public',
  params: z.object({ id: idOf('tender') }),
  output: z.object({
    ...processHead,
    /** The identifier's prefix is registered; otherwise it is a placeholder. */
    registered: z.boolean(),
    history: z.array(
      z.object({
        id: z.string(),
        date: z.string(),
        tags: z.array(z.enum(releaseTags)),
        /** A payment, a milestone, the end of the bidding: what the tags alone do not say. */
        detail: z
          .object({
            kind: z.enum(['paid', 'paid-back', 'met', 'reported', 'closed']),
            amount: moneyWire.optional(),
            title: z.string().optional(),
          })
          .optional(),
      }),
    ),
  }),
  refusals: [],
  summary: 'What was published of a tender, oldest first, with the ids of the OCDS releases.',
})

export const getPublication = endpoint({
  name: 'getPublication',
  method: 'GET',
  path: '/open-data/publication',
  access: 'public',
  output: z.object({
    publisher: z.string(),
    license: z.string(),
    ocidPrefix: z.string(),
    registered: z.boolean(),
  }),
  refusals: [],
  summary: 'Who publishes, under which licence and with which prefix of identifiers.',
})

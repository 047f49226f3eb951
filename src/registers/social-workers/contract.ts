// Shapes, states, endpoints, permissions and parameters of the register of social workers.
import { z } from 'zod'
import type { PermissionTable } from '../../kit/actor.ts'
import { endpoint } from '../../kit/endpoint.ts'
import { divisionCode, idOf } from '../../kit/id.ts'
import { listQuery, pageOf } from '../../kit/listing.ts'
import type { PolicyParameter } from '../../kit/parameter.ts'
import { plainDate } from '../../kit/plain-date.ts'
import { actionView, recordAnswer } from '../../kit/record-view.ts'

export const workerLevels = ['assistant', 'social-worker', 'senior'] as const
export type WorkerLevel = (typeof workerLevels)[number]

export const workerStates = ['registered', 'lapsed'] as const
export type WorkerState = (typeof workerStates)[number]

/** First sign of the numbers that people see: 社2026-0007. */
export const workerNumberPrefix = '社'

/** Where the post is set up. */
export const posts = ['frontline', 'project-lead', 'supervisor', 'community', 'administration'] as const
export type Post = (typeof posts)[number]

export const workerId = idOf('worker')
export type WorkerId = z.output<typeof workerId>

const workerRow = z.object({
  id: z.string(),
  number: z.string(),
  maskedName: z.string(),
  level: z.enum(workerLevels),
  state: z.enum(workerStates),
  division: z.string(),
  divisionName: z.string().optional(),
  employer: z.string().optional(),
  employerName: z.string().optional(),
  post: z.enum(posts),
  validUntil: z.string(),
})

export const listWorkers = endpoint({
  name: 'listWorkers',
  method: 'GET',
  path: '/social-workers',
  access: 'social-workers.read',
  query: listQuery(['-id', 'validUntil'], {
    division: divisionCode.optional(),
    level: z.enum(workerLevels).optional(),
    state: z.enum(workerStates).optional(),
    employer: idOf('organization').optional(),
  }),
  output: pageOf(workerRow),
  refusals: [],
  summary: 'Social workers within the caller’s reach.',
  exportable: true,
})

export const getWorker = endpoint({
  name: 'getWorker',
  method: 'GET',
  path: '/social-workers/:id',
  access: 'social-workers.read',
  params: z.object({ id: workerId }),
  output: workerRow.extend({
    version: z.number().int(),
    certificate: z.string(),
    passedOn: z.string(),
    registeredOn: z.string(),
    /** Hours of continuing education counted at the last renewal. */
    hours: z.number().int(),
    hoursNeeded: z.number().int(),
    history: z.array(z.object({ state: z.enum(workerStates), at: z.string() })),
    actions: z.array(actionView),
  }),
  refusals: [],
  summary: 'One social worker’s registration.',
})

/** Employed by an organization, or by a community (then the division is the community). */
const employer = {
  employer: idOf('organization').optional(),
  division: divisionCode,
  post: z.enum(posts).default('frontline'),
}

export const registerWorker = endpoint({
  name: 'registerWorker',
  method: 'POST',
  path: '/social-workers',
  access: 'social-workers.register',
  body: z.object({
    person: idOf('person'),
    certificate: z.string().trim().min(6).max(40),
    level: z.enum(workerLevels),
    passedOn: plainDate,
    registeredOn: plainDate.optional(),
    ...employer,
  }),
  output: recordAnswer,
  refusals: ['duties-separated', 'already-registered', 'certificate-taken', 'employer-inactive'],
  summary: 'Registers a social worker with certificate and level.',
})

export const renewWorker = endpoint({
  name: 'renewWorker',
  method: 'POST',
  path: '/social-workers/:id/renew',
  access: 'social-workers.renew',
  params: z.object({ id: workerId }),
  body: z.object({ hours: z.number().int().min(0).max(2000) }),
  output: recordAnswer,
  refusals: ['duties-separated', 'hours-short', 'renewal-too-early'],
  summary: 'Renews or restores the registration against the hours of continuing education.',
})

export const changeEmployer = endpoint({
  name: 'changeEmployer',
  method: 'POST',
  path: '/social-workers/:id/employer',
  access: 'social-workers.change-employer',
  params: z.object({ id: workerId }),
  body: z.object(employer),
  output: recordAnswer,
  refusals: ['duties-separated', 'employer-inactive'],
  summary: 'Records another employer, place or post.',
})

export const workerStatistics = endpoint({
  name: 'workerStatistics',
  method: 'GET',
  path: '/social-worker-statistics',
  access: 'public',
  query: z.object({ division: divisionCode }),
  output: z.object({
    division: z.string(),
    registered: z.number().int(),
    lapsed: z.number().int(),
    levels: z.array(z.object({ level: z.enum(workerLevels), count: z.number().int() })),
    /** Registered ones employed by organizations, and by communities. */
    byOrganizations: z.number().int(),
    byCommunities: z.number().int(),
  }),
  refusals: [],
  summary: 'How many social workers a division has, by level.',
})

export const socialWorkersPermissions: PermissionTable = {
  'social-workers.read': [
    'county-civil-affairs',
    'city-officer',
    'province-officer',
    'township-staff-officer',
    'township-procurer',
    'community-head',
    'organization-administrator',
    'organization-member',
    'social-worker',
    'social-work-supervisor',
  ],
  'social-workers.register': ['county-civil-affairs'],
  'social-workers.renew': ['county-civil-affairs'],
  'social-workers.change-employer': ['county-civil-affairs', 'township-staff-officer'],
}

export const socialWorkersParameters: readonly PolicyParameter[] = [
  {
    key: 'social-workers.registration-years',
    value: 3,
    unit: 'count',
    source: 'registration rules of social workers (second-hand)',
    minimum: 1,
    maximum: 10,
  },
  {
    key: 'social-workers.hours-assistant',
    value: 72,
    unit: 'count',
    source: 'continuing-education rules (second-hand)',
    minimum: 0,
    maximum: 1000,
  },
  {
    key: 'social-workers.hours-others',
    value: 90,
    unit: 'count',
    source: 'continuing-education rules (second-hand)',
    minimum: 0,
    maximum: 1000,
  },
  { key: 'social-workers.renew-window-days', value: 90, unit: 'day', source: 'ours', minimum: 0, maximum: 1095 },
]

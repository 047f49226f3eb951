// Shapes, states, endpoints, permissions and parameters of the register of organizations.
import { z } from 'zod'
import type { PermissionTable, Separation } from '../../kit/actor.ts'
import { endpoint } from '../../kit/endpoint.ts'
import { divisionCode, idOf } from '../../kit/id.ts'
import { listQuery, pageOf } from '../../kit/listing.ts'
import type { PolicyParameter } from '../../kit/parameter.ts'
import { plainDate } from '../../kit/plain-date.ts'
import { actionView, recordAnswer } from '../../kit/record-view.ts'

export const organizationKinds = ['association', 'service-institution', 'foundation', 'community-organization'] as const
export type OrganizationKind = (typeof organizationKinds)[number]

/** Registered (登记) at civil affairs, or filed (备案) at the township. */
export const registrations = ['registered', 'filed'] as const
export type Registration = (typeof registrations)[number]

export const organizationStates = [
  'applied',
  'accepted',
  'reviewed',
  'registered',
  'filed',
  'refused',
  'cancelled',
] as const
export type OrganizationState = (typeof organizationStates)[number]

/** States in which an organization stands in the public register. */
export const openStates: readonly OrganizationState[] = ['registered', 'filed', 'cancelled']

/** Which government registers it; filing is always at the township. */
export const registrationLevels = ['county', 'city', 'province'] as const
export type RegistrationLevel = (typeof registrationLevels)[number]

/** Five classes of community organizations (design/registers.md). */
export const communityClasses = [
  'public-welfare',
  'mutual-aid',
  'culture-and-sport',
  'volunteer',
  'management',
] as const
export type CommunityClass = (typeof communityClasses)[number]

export const ratings = ['1A', '2A', '3A', '4A', '5A'] as const
export type Rating = (typeof ratings)[number]

/** First sign of the numbers that people see: 组2026-0003. */
export const organizationNumberPrefix = '组'

/** The two lists that an organization can be entered on, and left again after repair. */
export const warningLists = ['abnormal', 'illegal'] as const
export type WarningList = (typeof warningLists)[number]

export const staffDuties = [
  'legal-representative',
  'director',
  'project-lead',
  'social-worker',
  'accountant',
  'assistant',
  'volunteer-lead',
] as const
export type StaffDuty = (typeof staffDuties)[number]

export const organizationId = idOf('organization')
export type OrganizationId = z.output<typeof organizationId>

/** A class of the service taxonomy: two or four digits. */
export const category = z.string().regex(/^\d{2}(?:\d{2})?$/)

const text = (most: number) => z.string().trim().min(1).max(most)

const organizationRow = z.object({
  id: z.string(),
  number: z.string(),
  name: z.string(),
  kind: z.enum(organizationKinds),
  registration: z.enum(registrations),
  agency: z.boolean(),
  uscc: z.string().optional(),
  division: z.string(),
  divisionName: z.string().optional(),
  state: z.enum(organizationStates),
  categories: z.array(z.string()),
  rating: z.enum(ratings).optional(),
  abnormal: z.boolean(),
  illegal: z.boolean(),
})

const filters = {
  division: divisionCode.optional(),
  kind: z.enum(organizationKinds).optional(),
  category: category.optional(),
  state: z.enum(organizationStates).optional(),
  agency: z.stringbool().optional(),
  /** Part of the name, or the whole credit code. */
  q: z.string().trim().max(50).optional(),
}

export const listOrganizations = endpoint({
  name: 'listOrganizations',
  method: 'GET',
  path: '/organizations',
  access: 'public',
  query: listQuery(['name', '-id'], filters),
  output: pageOf(organizationRow),
  refusals: [],
  summary: 'The public register of organizations: registered, filed and cancelled ones.',
  exportable: true,
})

export const listApplications = endpoint({
  name: 'listApplications',
  method: 'GET',
  path: '/organization-applications',
  access: 'organizations.read',
  query: listQuery(['-id'], { state: z.enum(organizationStates).optional() }),
  output: pageOf(organizationRow.extend({ appliedAt: z.string() })),
  refusals: [],
  summary: 'Applications for registration or filing within the caller’s reach, newest first.',
  exportable: true,
})

const staffRow = z.object({
  id: z.string(),
  person: z.string().optional(),
  name: z.string().optional(),
  duty: z.enum(staffDuties),
  from: z.string(),
  until: z.string().optional(),
})

export const getOrganization = endpoint({
  name: 'getOrganization',
  method: 'GET',
  path: '/organizations/:id',
  access: 'public',
  params: z.object({ id: organizationId }),
  output: organizationRow.extend({
    version: z.number().int(),
    communityClass: z.enum(communityClasses).optional(),
    level: z.enum(registrationLevels).optional(),
    address: z.string().optional(),
    charter: z.string(),
    registeredOn: z.string().optional(),
    ratingUntil: z.string().optional(),
    reason: z.string().optional(),
    certificates: z.number().int(),
    /** The last day on which it takes on nothing new, after an evaluation below the line; absent when that day is over. */
    ineligibleUntil: z.string().optional(),
    creditPoints: z.number().int(),
    history: z.array(z.object({ state: z.enum(organizationStates), at: z.string() })),
    warnings: z.array(
      z.object({
        list: z.enum(warningLists),
        reason: z.string(),
        enteredAt: z.string(),
        leftAt: z.string().optional(),
      }),
    ),
    /** Persons' names are masked; ids only for who may manage the staff. */
    staff: z.array(staffRow),
    credit: z.array(
      z.object({
        kind: z.string(),
        points: z.number().int(),
        words: z.string(),
        at: z.string(),
        of: z.object({ kind: z.string(), id: z.string() }),
      }),
    ),
    actions: z.array(actionView),
  }),
  refusals: [],
  summary: 'The public page of an organization; applications only for those whom they concern.',
})

export const applyForOrganization = endpoint({
  name: 'applyForOrganization',
  method: 'POST',
  path: '/organizations',
  access: 'organizations.apply',
  body: z.object({
    name: z.string().trim().min(4).max(80),
    kind: z.enum(organizationKinds),
    registration: z.enum(registrations),
    level: z.enum(registrationLevels).default('county'),
    agency: z.boolean().default(false),
    communityClass: z.enum(communityClasses).optional(),
    division: divisionCode,
    categories: z.array(category).min(1).max(20),
    address: z.string().trim().max(200).optional(),
    charter: text(20_000),
  }),
  output: recordAnswer,
  refusals: ['name-taken'],
  summary: 'Applies for the registration or filing of an organization.',
})

const one = { params: z.object({ id: organizationId }), output: recordAnswer }
const reasoned = z.object({ reason: z.string().trim().min(2).max(500) })

export const acceptOrganization = endpoint({
  ...one,
  name: 'acceptOrganization',
  method: 'POST',
  path: '/organizations/:id/accept',
  access: 'organizations.accept',
  refusals: ['duties-separated', 'other-route'],
  summary: 'Accepts a complete application for registration.',
})

export const reviewOrganization = endpoint({
  ...one,
  name: 'reviewOrganization',
  method: 'POST',
  path: '/organizations/:id/review',
  access: 'organizations.review',
  body: z.object({ opinion: text(1000) }),
  refusals: ['duties-separated'],
  summary: 'Puts the review’s opinion on record.',
})

export const registerOrganization = endpoint({
  ...one,
  name: 'registerOrganization',
  method: 'POST',
  path: '/organizations/:id/register',
  access: 'organizations.register',
  body: z.object({ uscc: z.string().max(40), registeredOn: plainDate.optional() }),
  refusals: ['duties-separated', 'uscc-taken'],
  summary: 'Registers the organization under its unified social credit code.',
})

export const fileOrganization = endpoint({
  ...one,
  name: 'fileOrganization',
  method: 'POST',
  path: '/organizations/:id/file',
  access: 'organizations.file',
  refusals: ['duties-separated', 'other-route'],
  summary: 'Files a community organization at the township.',
})

export const refuseOrganization = endpoint({
  ...one,
  name: 'refuseOrganization',
  method: 'POST',
  path: '/organizations/:id/refuse',
  access: 'organizations.refuse',
  body: reasoned,
  refusals: ['duties-separated'],
  summary: 'Refuses an application, with the reason.',
})

export const cancelOrganization = endpoint({
  ...one,
  name: 'cancelOrganization',
  method: 'POST',
  path: '/organizations/:id/cancel',
  access: 'organizations.cancel',
  body: reasoned,
  refusals: [],
  summary: 'Cancels a registration or filing; the record stays.',
})

export const editOrganization = endpoint({
  ...one,
  name: 'editOrganization',
  method: 'PATCH',
  path: '/organizations/:id',
  access: 'organizations.edit',
  body: z.object({
    categories: z.array(category).min(1).max(20).optional(),
    address: z.string().trim().max(200).optional(),
    charter: text(20_000).optional(),
  }),
  refusals: [],
  summary: 'The organization’s administrator keeps its service categories, address and charter current.',
})

export const setRating = endpoint({
  ...one,
  name: 'setRating',
  method: 'POST',
  path: '/organizations/:id/rating',
  access: 'organizations.rate',
  body: z.object({ rating: z.enum(ratings), ratedOn: plainDate.optional() }),
  refusals: ['rating-too-early', 'on-warning-list'],
  summary: 'Sets the rating 1A to 5A with its validity.',
})

export const enterAbnormal = endpoint({
  ...one,
  name: 'enterAbnormal',
  method: 'POST',
  path: '/organizations/:id/warnings',
  access: 'organizations.warn',
  body: reasoned.extend({ list: z.enum(warningLists).default('abnormal') }),
  refusals: ['already-listed'],
  summary: 'Enters the organization on the list of abnormal activities or of serious violations.',
})

export const leaveAbnormal = endpoint({
  ...one,
  name: 'leaveAbnormal',
  method: 'POST',
  path: '/organizations/:id/warnings/end',
  access: 'organizations.warn',
  body: reasoned.extend({ list: z.enum(warningLists).default('abnormal') }),
  refusals: ['not-listed'],
  summary: 'Takes the organization off a list after repair.',
})

export const addStaff = endpoint({
  ...one,
  name: 'addStaff',
  method: 'POST',
  path: '/organizations/:id/staff',
  access: 'organizations.manage-staff',
  body: z.object({ person: idOf('person'), duty: z.enum(staffDuties), from: plainDate.optional() }),
  refusals: ['already-staff'],
  summary: 'Adds a member of staff with a duty.',
})

export const endStaff = endpoint({
  ...one,
  name: 'endStaff',
  method: 'POST',
  path: '/organizations/:id/staff/:staff/end',
  access: 'organizations.manage-staff',
  params: z.object({ id: organizationId, staff: idOf('staff') }),
  body: z.object({ until: plainDate.optional() }),
  refusals: ['staff-ended'],
  summary: 'Ends a duty of a member of staff.',
})

export const organizationsPermissions: PermissionTable = {
  'organizations.read': [
    'county-civil-affairs',
    'township-reviewer',
    'city-officer',
    'province-officer',
    'organization-administrator',
    'resident',
  ],
  'organizations.apply': ['resident', 'organization-administrator', 'community-worker', 'community-head'],
  'organizations.accept': ['county-civil-affairs', 'city-officer', 'province-officer'],
  'organizations.review': ['county-civil-affairs', 'city-officer', 'province-officer'],
  'organizations.register': ['county-civil-affairs', 'city-officer', 'province-officer'],
  'organizations.file': ['township-reviewer', 'county-civil-affairs'],
  'organizations.refuse': ['township-reviewer', 'county-civil-affairs', 'city-officer', 'province-officer'],
  'organizations.cancel': ['township-reviewer', 'county-civil-affairs', 'city-officer', 'province-officer'],
  'organizations.edit': ['organization-administrator'],
  'organizations.rate': ['county-civil-affairs', 'city-officer', 'province-officer'],
  'organizations.warn': ['county-civil-affairs', 'city-officer', 'province-officer'],
  'organizations.manage-staff': ['organization-administrator'],
}

/** Who applied does not decide (design/access.md). */
export const organizationsSeparations: readonly Separation[] = ['accept', 'review', 'register', 'file', 'refuse'].map(
  (verb) => ({
    name: 'applicant-decides',
    did: ['organizations.applyForOrganization'],
    excludes: `organizations.${verb}`,
  }),
)

export const organizationsParameters: readonly PolicyParameter[] = [
  { key: 'organizations.accept-days', value: 5, unit: 'working-day', source: 'ours', minimum: 1, maximum: 60 },
  { key: 'organizations.review-days', value: 20, unit: 'working-day', source: 'ours', minimum: 1, maximum: 120 },
  { key: 'organizations.register-days', value: 10, unit: 'working-day', source: 'ours', minimum: 1, maximum: 60 },
  { key: 'organizations.file-days', value: 10, unit: 'working-day', source: 'ours', minimum: 1, maximum: 60 },
  {
    key: 'organizations.rating-years',
    value: 5,
    unit: 'count',
    source: 'rating rules of social organizations (second-hand)',
    minimum: 1,
    maximum: 10,
  },
  {
    key: 'organizations.rating-after-years',
    value: 2,
    unit: 'count',
    source: 'rating rules of social organizations (second-hand)',
    minimum: 0,
    maximum: 10,
  },
]

// Delivery: who holds the rights of casework, group work and calendars, and the values of policy that they use.
import type { PermissionTable } from '../../../kit/actor.ts'
import type { PolicyParameter } from '../../../kit/parameter.ts'

/** The role that may open a case in an emergency stands outside of the undertaker: neither its director nor the township may. */
export const casePermissions = {
  'delivery.openCase': ['social-worker'],
  'delivery.workOnCase': ['social-worker'],
  'delivery.superviseCase': ['social-work-supervisor'],
  'delivery.handOverCase': ['social-worker', 'social-work-supervisor'],
  'delivery.readCase': ['social-worker', 'social-work-supervisor', 'county-civil-affairs'],
  'delivery.openCaseInEmergency': ['county-civil-affairs'],
  /** Held by everybody over what concerns them: a case is shown elsewhere (timeline, notices) to its worker and supervisor alone. */
  'delivery.seeOwnCase': ['resident'],
  'delivery.planGroup': ['social-worker'],
  'delivery.leadGroup': ['social-worker'],
  'delivery.checkInToSession': ['resident'],
  'delivery.subscribeCalendar': ['social-worker', 'social-work-supervisor'],
} as const satisfies PermissionTable

const holders = ['social-worker', 'social-work-supervisor', 'community-worker', 'community-head'] as const

export const occasionPermissions = {
  'delivery.planOccasion': ['social-worker', 'community-worker', 'community-head'],
  'delivery.holdOccasion': holders,
  /** Everybody signed in; a shift asks for the register of volunteers besides. */
  'delivery.takePlace': ['resident'],
  'delivery.keepRooms': ['community-worker', 'community-head'],
} as const satisfies PermissionTable

export const occasionParameters: readonly PolicyParameter[] = [
  { key: 'delivery.check-in-minutes', value: 30, unit: 'minute', source: 'ours', minimum: 5, maximum: 240 },
  { key: 'delivery.ahead-days', value: 92, unit: 'day', source: 'ours', minimum: 7, maximum: 366 },
  { key: 'delivery.remind-hours', value: 24, unit: 'count', source: 'ours', minimum: 1, maximum: 168 },
  { key: 'delivery.settle-days', value: 7, unit: 'day', source: 'ours', minimum: 1, maximum: 60 },
  { key: 'delivery.no-shows', value: 3, unit: 'count', source: 'ours', minimum: 1, maximum: 100 },
  { key: 'delivery.no-show-pause-days', value: 30, unit: 'day', source: 'ours', minimum: 1, maximum: 366 },
  { key: 'delivery.visit-people', value: 20, unit: 'count', source: 'ours', minimum: 1, maximum: 200 },
  { key: 'delivery.uncounted-percent', value: 50, unit: 'count', source: 'ours', minimum: 0, maximum: 1000 },
]

export const caseParameters: readonly PolicyParameter[] = [
  { key: 'delivery.emergency-minutes', value: 1440, unit: 'minute', source: 'ours', minimum: 15, maximum: 10_080 },
  { key: 'delivery.case-sessions', value: 1, unit: 'count', source: 'ours', minimum: 1, maximum: 20 },
  { key: 'delivery.group-members', value: 4, unit: 'count', source: 'ours', minimum: 2, maximum: 30 },
  { key: 'delivery.group-least-sessions', value: 5, unit: 'count', source: 'ours', minimum: 1, maximum: 20 },
  { key: 'delivery.group-most-sessions', value: 8, unit: 'count', source: 'ours', minimum: 1, maximum: 40 },
]

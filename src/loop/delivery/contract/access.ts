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

export const caseParameters: readonly PolicyParameter[] = [
  { key: 'delivery.emergency-minutes', value: 1440, unit: 'minute', source: 'ours', minimum: 15, maximum: 10_080 },
  { key: 'delivery.case-sessions', value: 1, unit: 'count', source: 'ours', minimum: 1, maximum: 20 },
  { key: 'delivery.group-members', value: 4, unit: 'count', source: 'ours', minimum: 2, maximum: 30 },
  { key: 'delivery.group-least-sessions', value: 5, unit: 'count', source: 'ours', minimum: 1, maximum: 20 },
  { key: 'delivery.group-most-sessions', value: 8, unit: 'count', source: 'ours', minimum: 1, maximum: 40 },
]

// Who must act on an application, by when, and when a rating ends by itself.
import { endOfDay } from '../../kit/working-days.ts'
import type { Timer, Waiting } from '../../platform/events.ts'
import { numberOfOrganization, type Organization } from './rules.ts'

/** The policy parameter that says how many working days a state may wait. */
export function daysKeyOf(organization: Pick<Organization, 'state' | 'registration'>): string | undefined {
  switch (organization.state) {
    case 'applied':
      return organization.registration === 'filed' ? 'organizations.file-days' : 'organizations.accept-days'
    case 'accepted':
      return 'organizations.review-days'
    case 'reviewed':
      return 'organizations.register-days'
    case 'registered':
    case 'filed':
    case 'refused':
    case 'cancelled':
      return undefined
  }
}

/** The next decision, at the registering authority; nothing once it is decided. */
export function waitingOfOrganization(organization: Organization): Waiting[] {
  const item = (verb: string, permission: string): Waiting[] => [
    {
      verb,
      permission,
      division: organization.authority,
      number: numberOfOrganization(organization),
      title: organization.name,
      due: organization.due,
    },
  ]
  switch (organization.state) {
    case 'applied':
      return organization.registration === 'filed'
        ? item('fileOrganization', 'organizations.file')
        : item('acceptOrganization', 'organizations.accept')
    case 'accepted':
      return item('reviewOrganization', 'organizations.review')
    case 'reviewed':
      return item('registerOrganization', 'organizations.register')
    case 'registered':
    case 'filed':
    case 'refused':
    case 'cancelled':
      return []
  }
}

export function timersOfOrganization(organization: Organization): Timer[] {
  return organization.ratingUntil === undefined
    ? []
    : [{ handler: 'organizations.lapseRating', due: endOfDay(organization.ratingUntil) }]
}

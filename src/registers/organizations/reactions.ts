// What happens to organizations by itself: a rating ends with its last day.
import type { TimerHandler } from '../../platform/declarations.ts'
import { recordOf } from './actions/change.ts'
import { lapseRating } from './rules.ts'
import { findOrganizationForUpdate, saveOrganization } from './store/organizations.ts'

export const organizationsTimers: readonly TimerHandler[] = [
  {
    handler: 'organizations.lapseRating',
    run: async (act, ref) => {
      const organization = await findOrganizationForUpdate(act.tx, ref.id)
      const next = organization === undefined ? undefined : lapseRating(organization, act.now)
      if (organization === undefined || next === undefined) return
      await saveOrganization(act.tx, next, act.now)
      recordOf(act, 'lapseRating', next, organization.state, { rating: organization.rating })
    },
  },
]

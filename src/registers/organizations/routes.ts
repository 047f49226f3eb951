// Endpoints of the register of organizations bound to their actions.
import type { Binding } from '../../platform/action.ts'
import * as keep from './actions/keep.ts'
import * as read from './actions/read.ts'
import * as register from './actions/register.ts'

export const organizationsRoutes: readonly Binding[] = [
  read.listOrganizations,
  read.listApplications,
  read.getOrganization,
  register.applyForOrganization,
  register.acceptOrganization,
  register.reviewOrganization,
  register.registerOrganization,
  register.fileOrganization,
  register.refuseOrganization,
  register.cancelOrganization,
  keep.editOrganization,
  keep.setRating,
  keep.enterAbnormal,
  keep.leaveAbnormal,
  keep.addStaff,
  keep.endStaff,
]

// Endpoints of the register of volunteers bound to their actions.
import type { Binding } from '../../platform/action.ts'
import * as proofs from './actions/proofs.ts'
import * as register from './actions/register.ts'

export const volunteersRoutes: readonly Binding[] = [
  register.becomeVolunteer,
  register.changeSkills,
  register.withdrawVolunteer,
  register.getMyVolunteering,
  register.listMyHours,
  register.listVolunteers,
  proofs.issueHoursProof,
  proofs.checkHoursProof,
]

// Endpoints of identity bound to their actions.
import type { Binding } from '../../platform/action.ts'
import {
  delegateAssignment, endAssignment, getAssignment, giveAssignment, listAssignments, listColleagues, listDelegations, listStaff, registerStaff, resetCredentials,
  revokeDelegation,
} from './actions/assignments.ts'
import { beginTotp, changePassword, finishTotp, getSecurity } from './actions/credentials.ts'
import { getProfile, giveProxy, listLooks, listProxies, revokeProxy, setName, setResidence } from './actions/me.ts'
import {
  beginPasskey, beginPasskeyConfirmation, beginPasskeySignIn, confirmByPasskey, finishPasskey, finishPasskeySignIn, removePasskey,
} from './actions/passkeys.ts'
import {
  findResident, getResident, listResidents, recordProxy, registerResident, revealResident, verifyResident, withdrawVerification,
} from './actions/residents.ts'
import { confirmSecondFactor, getSession, listDevices, revokeDevice, signOut, switchAssignment } from './actions/session.ts'
import { beginEnrolment, finishEnrolment, requestPhoneCode, signInByPassword, signInByPhone, signInByTotp } from './actions/sign-in.ts'

export const identityRoutes: readonly Binding[] = [
  requestPhoneCode, signInByPhone, signInByPassword, signInByTotp, beginPasskeySignIn, finishPasskeySignIn, beginEnrolment, finishEnrolment,
  getSession, signOut, switchAssignment, confirmSecondFactor, beginPasskeyConfirmation, confirmByPasskey, listDevices, revokeDevice,
  getSecurity, changePassword, beginTotp, finishTotp, beginPasskey, finishPasskey, removePasskey,
  getProfile, setName, setResidence, listLooks, listProxies, giveProxy, revokeProxy,
  listResidents, findResident, getResident, registerResident, verifyResident, withdrawVerification, revealResident, recordProxy,
  listAssignments, getAssignment, listStaff, giveAssignment, endAssignment, registerStaff, resetCredentials,
  listDelegations, listColleagues, delegateAssignment, revokeDelegation,
]

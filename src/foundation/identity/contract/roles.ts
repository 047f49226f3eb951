// Endpoints of staff accounts, given roles and delegations.
import { z } from 'zod'
import { phone } from '../../../kit/chinese-ids.ts'
import { endpoint } from '../../../kit/endpoint.ts'
import { divisionCode, idOf } from '../../../kit/id.ts'
import { listQuery, pageOf } from '../../../kit/listing.ts'
import { plainDate } from '../../../kit/plain-date.ts'
import { actionView } from '../../../kit/record-view.ts'
import {
  assignableRole,
  assignmentId,
  assignmentStates,
  done,
  nameText,
  personId,
  personParams,
  when,
} from '../contract.ts'

const assignmentParams = z.object({ id: assignmentId })

// ---------- staff, roles, delegation ----------
const assignmentView = z.object({
  id: z.string(),
  person: z.string(),
  personName: z.string(),
  role: z.string(),
  division: z.string(),
  divisionName: z.string(),
  organizationId: z.string().optional(),
  organizationName: z.string().optional(),
  department: z.string().optional(),
  from: z.string(),
  until: z.string().optional(),
  state: z.enum(assignmentStates),
  delegatedFrom: z.string().optional(),
  version: z.number().int(),
})
export const listAssignments = endpoint({
  name: 'listAssignments',
  method: 'GET',
  path: '/assignments',
  access: 'identity.read-assignments',
  exportable: true,
  refusals: [],
  query: listQuery(['newest'], {
    division: divisionCode.optional(),
    role: assignableRole.optional(),
    state: z.enum(assignmentStates).optional(),
  }),
  output: pageOf(assignmentView),
  summary: 'Roles given within a place or an organization.',
})
export const getAssignment = endpoint({
  name: 'getAssignment',
  method: 'GET',
  path: '/assignments/:id',
  access: 'identity.read-assignments',
  params: assignmentParams,
  refusals: [],
  output: assignmentView.extend({ actions: z.array(actionView) }),
  summary: 'One given role, with what may be done.',
})
export const listStaff = endpoint({
  name: 'listStaff',
  method: 'GET',
  path: '/staff',
  access: 'identity.assign',
  refusals: [],
  query: z.object({ account: z.string().trim().toLowerCase().min(1).max(40) }),
  output: z.object({ rows: z.array(z.object({ id: z.string(), name: z.string(), account: z.string() })).max(10) }),
  summary: 'Finds persons with a staff account by the beginning of its name, to give them a role.',
})
const term = { from: plainDate.optional(), until: plainDate.optional() }
const roleRefusals = [
  'to-oneself',
  'not-yours-to-give',
  'wrong-level',
  'organization-missing',
  'department-missing',
  'administrators-apart',
  'already-given',
  'until-before-from',
  'no-such-person',
] as const
export const giveAssignment = endpoint({
  name: 'giveAssignment',
  method: 'POST',
  path: '/assignments',
  access: 'identity.assign',
  output: done,
  refusals: roleRefusals,
  body: z.object({
    person: personId,
    role: assignableRole,
    division: divisionCode,
    organization: idOf('organization').optional(),
    organizationName: z.string().max(80).optional(),
    department: z.string().max(40).optional(),
    ...term,
  }),
  summary: 'Gives a role to a person at a place; never to oneself.',
})
export const endAssignment = endpoint({
  name: 'endAssignment',
  method: 'POST',
  path: '/assignments/:id/end',
  access: 'identity.assign',
  params: assignmentParams,
  output: done,
  refusals: ['not-yours-to-give', 'to-oneself'],
  summary: 'Ends a given role, and with it what was delegated from it.',
})
export const registerStaff = endpoint({
  name: 'registerStaff',
  method: 'POST',
  path: '/staff',
  access: 'identity.register-staff',
  refusals: ['account-taken', 'phone-taken'],
  body: z.object({
    name: nameText,
    phone,
    account: z
      .string()
      .trim()
      .toLowerCase()
      .regex(/^[a-z][a-z0-9.-]{2,39}$/),
    division: divisionCode,
  }),
  output: z.object({ id: z.string(), enrolmentCode: z.string(), validUntil: when }),
  summary: 'Opens a staff account; its one-time code is handed over in person.',
})
export const resetCredentials = endpoint({
  name: 'resetCredentials',
  method: 'POST',
  path: '/staff/:id/reset',
  access: 'identity.reset-credentials',
  params: personParams,
  output: z.object({ id: z.string(), enrolmentCode: z.string(), validUntil: when }),
  refusals: ['to-oneself', 'no-account'],
  summary: 'Takes password, second factors and sessions away and hands out a new one-time code.',
})
export const listDelegations = endpoint({
  name: 'listDelegations',
  method: 'GET',
  path: '/delegations',
  access: 'signed-in',
  refusals: [],
  output: z.object({ given: z.array(assignmentView).max(50), received: z.array(assignmentView).max(50) }),
  summary: 'What I delegated and what was delegated to me.',
})
export const listColleagues = endpoint({
  name: 'listColleagues',
  method: 'GET',
  path: '/me/colleagues',
  access: 'signed-in',
  refusals: [],
  output: z.object({ rows: z.array(z.object({ id: z.string(), name: z.string(), role: z.string() })).max(100) }),
  summary: 'Who holds a role where I hold mine: whom I may delegate to.',
})
export const delegateAssignment = endpoint({
  name: 'delegateAssignment',
  method: 'POST',
  path: '/delegations',
  access: 'signed-in',
  output: done,
  body: z.object({ assignment: assignmentId, person: personId, from: plainDate.optional(), until: plainDate }),
  refusals: [
    'to-oneself',
    'no-further-delegation',
    'delegation-too-long',
    'until-before-from',
    'not-in-force',
    'administrators-apart',
    'not-a-colleague',
    'already-given',
  ],
  summary: "Lets a colleague act in one's role for a period.",
})
export const revokeDelegation = endpoint({
  name: 'revokeDelegation',
  method: 'POST',
  path: '/delegations/:id/revoke',
  access: 'signed-in',
  params: assignmentParams,
  output: done,
  refusals: [],
  summary: 'Ends a delegation, by who gave it or who received it.',
})

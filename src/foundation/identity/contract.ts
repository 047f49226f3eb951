// What identity offers: shapes, states, parameters, permissions, and the endpoints of persons, residents and roles.
import { z } from 'zod'
import type { PermissionTable } from '../../kit/actor.ts'
import { citizenId, phone } from '../../kit/chinese-ids.ts'
import { endpoint } from '../../kit/endpoint.ts'
import { asDivision, divisionCode, idOf } from '../../kit/id.ts'
import { listQuery, pageOf } from '../../kit/listing.ts'
import { plainDate } from '../../kit/plain-date.ts'
import { actionView } from '../../kit/record-view.ts'
import { type Role, roles } from '../../kit/roles.ts'

export const sessionCookie = 'liandong_session'
/** Where what concerns no smaller place stands: events of sign-in, policy of sessions. */
export const wholeProvince = asDivision('32')

export const personId = idOf('person')
export const assignmentId = idOf('assignment')

export const personStates = ['unverified', 'verified'] as const
export type PersonState = (typeof personStates)[number]

export const assignmentStates = ['given', 'ended'] as const
export type AssignmentState = (typeof assignmentStates)[number]

export const sessionKinds = ['staff', 'resident'] as const
export type SessionKind = (typeof sessionKinds)[number]

/** Why somebody looks at a field in clear; the person concerned reads it. */
export const revealPurposes = ['contact-about-need', 'home-visit', 'verify-identity', 'emergency', 'correct-record'] as const
export type RevealPurpose = (typeof revealPurposes)[number]
export const personalFields = ['name', 'phone', 'id-number', 'birth'] as const
export type PersonalField = (typeof personalFields)[number]

export const proxyKinds = ['family', 'worker'] as const
export type ProxyKind = (typeof proxyKinds)[number]

const roleNames = Object.keys(roles).filter((role) => role !== 'resident') as [Exclude<Role, 'resident'>, ...Exclude<Role, 'resident'>[]]
/** Every role but the resident's own, which nobody gives. */
export const assignableRole = z.enum(roleNames)

export const identityParameters = [
  { key: 'identity.phone-code-minutes', value: 5, unit: 'minute', source: 'ours', minimum: 1, maximum: 30 },
  { key: 'identity.second-factor-minutes', value: 10, unit: 'minute', source: 'ours', minimum: 1, maximum: 60 },
  { key: 'identity.staff-idle-minutes', value: 30, unit: 'minute', source: 'OWASP ASVS 4.0 V3.3 (our reading)', minimum: 5, maximum: 720 },
  { key: 'identity.staff-session-minutes', value: 720, unit: 'minute', source: 'OWASP ASVS 4.0 V3.3 (our reading)', minimum: 30, maximum: 1440 },
  { key: 'identity.resident-idle-days', value: 14, unit: 'day', source: 'ours', minimum: 1, maximum: 90 },
  { key: 'identity.resident-session-days', value: 90, unit: 'day', source: 'ours', minimum: 1, maximum: 365 },
  { key: 'identity.verification-days', value: 1825, unit: 'day', source: 'ours', minimum: 30, maximum: 7300 },
  { key: 'identity.delegation-max-days', value: 90, unit: 'day', source: 'ours', minimum: 1, maximum: 365 },
] as const

const administrators = ['security-administrator'] as const
const givers = ['security-administrator', 'township-staff-officer', 'organization-administrator'] as const
const counter = ['community-worker', 'community-head'] as const

export const identityPermissions = {
  'identity.read-residents': [...counter],
  'identity.register-resident': [...counter],
  'identity.verify-resident': [...counter],
  'identity.reveal': [...counter],
  'identity.record-proxy': [...counter],
  'identity.assign': [...givers],
  'identity.read-assignments': [...givers, 'audit-administrator'],
  'identity.register-staff': [...givers],
  'identity.reset-credentials': [...administrators],
} satisfies PermissionTable

const personParams = z.object({ id: personId })
const assignmentParams = z.object({ id: assignmentId })
const nameText = z.string().trim().min(1).max(40)
const when = z.string()
const done = z.object({ id: z.string(), version: z.number().int().optional(), state: z.string().optional() })

// ---------- me ----------
export const proxyView = z.object({
  id: z.string(), kind: z.enum(proxyKinds), maskedPhone: z.string().optional(), maskedName: z.string().optional(), since: when, until: z.string().optional(),
})

export const getProfile = endpoint({
  name: 'getProfile', method: 'GET', path: '/me', access: 'signed-in', refusals: [], summary: 'My own record.',
  output: z.object({
    id: z.string(), name: z.string().optional(), maskedName: z.string(), maskedPhone: z.string().optional(), state: z.enum(personStates), adult: z.boolean(),
    verifiedUntil: z.string().optional(), residence: z.object({ division: z.string(), name: z.string(), since: z.string() }).optional(), version: z.number().int(),
  }),
})
export const setName = endpoint({
  name: 'setName', method: 'PUT', path: '/me/name', access: 'signed-in', body: z.object({ name: nameText }), output: done,
  refusals: ['verified-name'], summary: 'Tells one\'s name, until it is verified.',
})
export const setResidence = endpoint({
  name: 'setResidence', method: 'PUT', path: '/me/residence', access: 'signed-in', body: z.object({ division: divisionCode }), output: done,
  refusals: ['not-a-community', 'same-residence'], summary: 'Says in which community one lives; a verification elsewhere ends with it.',
})
export const listLooks = endpoint({
  name: 'listLooks', method: 'GET', path: '/me/looked-at', access: 'signed-in', query: listQuery(['newest'], {}), refusals: [],
  output: pageOf(z.object({ id: z.string(), at: when, field: z.enum(personalFields), purpose: z.enum(revealPurposes), by: z.string(), role: z.string() })),
  summary: 'Who looked at my personal data in clear, when and for what.',
})
export const listProxies = endpoint({
  name: 'listProxies', method: 'GET', path: '/me/proxies', access: 'signed-in', refusals: [], output: z.object({ rows: z.array(proxyView).max(20) }),
  summary: 'Who may raise, apply and rate for me.',
})
export const giveProxy = endpoint({
  name: 'giveProxy', method: 'POST', path: '/me/proxies', access: 'signed-in', output: z.object({ id: z.string() }),
  body: z.object({ phone, until: plainDate.optional() }), refusals: ['proxy-for-oneself', 'proxies-full', 'until-in-the-past'],
  summary: 'Lets a relative, named by mobile number, raise, apply and rate for me; never vote.',
})
export const revokeProxy = endpoint({
  name: 'revokeProxy', method: 'POST', path: '/me/proxies/:id/revoke', access: 'signed-in', params: z.object({ id: idOf('proxy') }), output: z.object({ id: z.string() }),
  refusals: [], summary: 'Ends a proxy of mine at once.',
})

// ---------- residents, by the community ----------
export const residentRow = z.object({
  id: z.string(), maskedName: z.string(), maskedPhone: z.string().optional(), state: z.enum(personStates), adult: z.boolean(),
  division: z.string(), divisionName: z.string(), since: z.string(),
})
export const listResidents = endpoint({
  name: 'listResidents', method: 'GET', path: '/residents', access: 'identity.read-residents', exportable: true, refusals: [],
  query: listQuery(['newest'], { division: divisionCode.optional(), state: z.enum(personStates).optional() }), output: pageOf(residentRow),
  summary: 'Residents of a community, masked.',
})
export const findResident = endpoint({
  name: 'findResident', method: 'POST', path: '/residents/search', access: 'identity.read-residents', body: z.object({ phone }), refusals: [],
  output: z.object({ rows: z.array(residentRow).max(1) }), summary: 'Finds a resident of one\'s own community by the whole mobile number.',
})
export const getResident = endpoint({
  name: 'getResident', method: 'GET', path: '/residents/:id', access: 'identity.read-residents', params: personParams, refusals: [],
  output: residentRow.extend({
    version: z.number().int(), maskedIdNumber: z.string().optional(), verifiedAt: when.optional(), verifiedUntil: z.string().optional(),
    proxies: z.array(proxyView), actions: z.array(actionView),
  }),
  summary: 'A resident, masked, with what may be done.',
})
export const registerResident = endpoint({
  name: 'registerResident', method: 'POST', path: '/residents', access: 'identity.register-resident', output: done,
  body: z.object({ name: nameText, phone, division: divisionCode }), refusals: ['not-a-community', 'lives-elsewhere'],
  summary: 'Puts a resident on record at the counter; a known number answers with its person.',
})
export const verifyResident = endpoint({
  name: 'verifyResident', method: 'POST', path: '/residents/:id/verify', access: 'identity.verify-resident', params: personParams, output: done,
  body: z.object({ name: nameText, idNumber: citizenId, division: divisionCode.optional() }),
  refusals: ['not-oneself', 'id-number-taken', 'no-residence', 'not-a-community', 'birth-in-the-future'],
  summary: 'Confirms name, identity number and community, seen at the counter or the door.',
})
export const withdrawVerification = endpoint({
  name: 'withdrawVerification', method: 'POST', path: '/residents/:id/withdraw-verification', access: 'identity.verify-resident', params: personParams, output: done,
  body: z.object({ reason: z.enum(['moved-away', 'mistaken', 'deceased']) }), refusals: ['not-oneself'],
  summary: 'Takes a confirmation back: moved away, mistaken, deceased.',
})
export const revealResident = endpoint({
  name: 'revealResident', method: 'POST', path: '/residents/:id/reveal', access: 'identity.reveal', params: personParams,
  body: z.object({ field: z.enum(personalFields), purpose: z.enum(revealPurposes) }), output: z.object({ value: z.string() }), refusals: ['nothing-on-record'],
  summary: 'Shows one field in clear for a purpose; on record, and the person sees it.',
})
export const recordProxy = endpoint({
  name: 'recordProxy', method: 'POST', path: '/residents/:id/proxies', access: 'identity.record-proxy', params: personParams, output: z.object({ id: z.string() }),
  body: z.object({ kind: z.enum(proxyKinds), phone, until: plainDate.optional() }), refusals: ['proxy-for-oneself', 'proxies-full', 'until-in-the-past'],
  summary: 'Records at the counter who may raise, apply and rate for a resident.',
})

// ---------- staff, roles, delegation ----------
export const assignmentView = z.object({
  id: z.string(), person: z.string(), personName: z.string(), role: z.string(), division: z.string(), divisionName: z.string(), organizationId: z.string().optional(),
  organizationName: z.string().optional(), department: z.string().optional(), from: z.string(), until: z.string().optional(),
  state: z.enum(assignmentStates), delegatedFrom: z.string().optional(), version: z.number().int(),
})
export const listAssignments = endpoint({
  name: 'listAssignments', method: 'GET', path: '/assignments', access: 'identity.read-assignments', exportable: true, refusals: [],
  query: listQuery(['newest'], { division: divisionCode.optional(), role: assignableRole.optional(), state: z.enum(assignmentStates).optional() }),
  output: pageOf(assignmentView), summary: 'Roles given within a place or an organization.',
})
export const getAssignment = endpoint({
  name: 'getAssignment', method: 'GET', path: '/assignments/:id', access: 'identity.read-assignments', params: assignmentParams, refusals: [],
  output: assignmentView.extend({ actions: z.array(actionView) }), summary: 'One given role, with what may be done.',
})
export const listStaff = endpoint({
  name: 'listStaff', method: 'GET', path: '/staff', access: 'identity.assign', refusals: [],
  query: z.object({ account: z.string().trim().toLowerCase().min(1).max(40) }),
  output: z.object({ rows: z.array(z.object({ id: z.string(), name: z.string(), account: z.string() })).max(10) }),
  summary: 'Finds persons with a staff account by the beginning of its name, to give them a role.',
})
const term = { from: plainDate.optional(), until: plainDate.optional() }
const roleRefusals = [
  'to-oneself', 'not-yours-to-give', 'wrong-level', 'organization-missing', 'department-missing', 'administrators-apart', 'already-given', 'until-before-from', 'no-such-person',
] as const
export const giveAssignment = endpoint({
  name: 'giveAssignment', method: 'POST', path: '/assignments', access: 'identity.assign', output: done, refusals: roleRefusals,
  body: z.object({
    person: personId, role: assignableRole, division: divisionCode, organization: idOf('organization').optional(), organizationName: z.string().max(80).optional(),
    department: z.string().max(40).optional(), ...term,
  }),
  summary: 'Gives a role to a person at a place; never to oneself.',
})
export const endAssignment = endpoint({
  name: 'endAssignment', method: 'POST', path: '/assignments/:id/end', access: 'identity.assign', params: assignmentParams, output: done,
  refusals: ['not-yours-to-give', 'to-oneself'], summary: 'Ends a given role, and with it what was delegated from it.',
})
export const registerStaff = endpoint({
  name: 'registerStaff', method: 'POST', path: '/staff', access: 'identity.register-staff', refusals: ['account-taken', 'phone-taken'],
  body: z.object({ name: nameText, phone, account: z.string().trim().toLowerCase().regex(/^[a-z][a-z0-9.-]{2,39}$/), division: divisionCode }),
  output: z.object({ id: z.string(), enrolmentCode: z.string(), validUntil: when }),
  summary: 'Opens a staff account; its one-time code is handed over in person.',
})
export const resetCredentials = endpoint({
  name: 'resetCredentials', method: 'POST', path: '/staff/:id/reset', access: 'identity.reset-credentials', params: personParams,
  output: z.object({ id: z.string(), enrolmentCode: z.string(), validUntil: when }), refusals: ['to-oneself', 'no-account'],
  summary: 'Takes password, second factors and sessions away and hands out a new one-time code.',
})
export const listDelegations = endpoint({
  name: 'listDelegations', method: 'GET', path: '/delegations', access: 'signed-in', refusals: [],
  output: z.object({ given: z.array(assignmentView).max(50), received: z.array(assignmentView).max(50) }), summary: 'What I delegated and what was delegated to me.',
})
export const listColleagues = endpoint({
  name: 'listColleagues', method: 'GET', path: '/me/colleagues', access: 'signed-in', refusals: [],
  output: z.object({ rows: z.array(z.object({ id: z.string(), name: z.string(), role: z.string() })).max(100) }), summary: 'Who holds a role where I hold mine: whom I may delegate to.',
})
export const delegateAssignment = endpoint({
  name: 'delegateAssignment', method: 'POST', path: '/delegations', access: 'signed-in', output: done,
  body: z.object({ assignment: assignmentId, person: personId, from: plainDate.optional(), until: plainDate }),
  refusals: ['to-oneself', 'no-further-delegation', 'delegation-too-long', 'until-before-from', 'not-in-force', 'administrators-apart', 'not-a-colleague', 'already-given'],
  summary: 'Lets a colleague act in one\'s role for a period.',
})
export const revokeDelegation = endpoint({
  name: 'revokeDelegation', method: 'POST', path: '/delegations/:id/revoke', access: 'signed-in', params: assignmentParams, output: done, refusals: [],
  summary: 'Ends a delegation, by who gave it or who received it.',
})

// ---------- sign-in ----------
const code6 = z.string().trim().regex(/^\d{6}$/)
const ticket = z.string().min(20).max(100)
const device = z.string().trim().max(60).optional()
const signedIn = z.object({ id: z.string(), created: z.boolean().optional() })
/** WebAuthn's own JSON; @simplewebauthn checks what it says. */
const base64url = z.string().max(20_000).regex(/^[\w-]*={0,2}$/)
const transports = z.array(z.enum(['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'])).max(7)
const passkeyParts = { id: base64url, rawId: base64url, type: z.literal('public-key'), clientExtensionResults: z.object({}) }
const created = z.object({ ...passkeyParts, response: z.object({ clientDataJSON: base64url, attestationObject: base64url, transports: transports.optional() }) })
const asserted = z.object({
  ...passkeyParts,
  response: z.object({ clientDataJSON: base64url, authenticatorData: base64url, signature: base64url, userHandle: base64url.optional() }),
})
const options = z.object({ challenge: z.string(), options: z.record(z.string(), z.unknown()) })
const password = z.string().min(1).max(200)
const perAddress = { max: 100, seconds: 600 } as const

export const requestPhoneCode = endpoint({
  name: 'requestPhoneCode', method: 'POST', path: '/sign-in/phone-code', access: 'public', limit: perAddress, body: z.object({ phone }),
  output: z.object({ validMinutes: z.number().int(), waitSeconds: z.number().int(), demoCode: z.string().optional() }), refusals: ['too-many-attempts', 'sms-not-sent'], summary: 'Sends a one-time code to a mobile number.',
})
export const signInByPhone = endpoint({
  name: 'signInByPhone', method: 'POST', path: '/sign-in/phone', access: 'public', limit: perAddress,
  body: z.object({ phone, code: code6, name: nameText.optional(), division: divisionCode.optional(), device }), output: signedIn,
  refusals: ['sign-in-failed', 'too-many-attempts', 'not-a-community'], summary: 'Signs a resident in by one-time code; a new number becomes a new resident.',
})
export const signInByPassword = endpoint({
  name: 'signInByPassword', method: 'POST', path: '/sign-in/password', access: 'public', limit: perAddress,
  body: z.object({ account: z.string().trim().toLowerCase().min(1).max(60), password }),
  output: z.object({ next: z.enum(['second-factor', 'must-set']), ticket: z.string(), totp: z.boolean(), passkey: z.boolean() }),
  refusals: ['sign-in-failed', 'too-many-attempts'], summary: 'First factor of staff: password, or the one-time enrolment code.',
})
export const signInByTotp = endpoint({
  name: 'signInByTotp', method: 'POST', path: '/sign-in/totp', access: 'public', limit: perAddress, body: z.object({ ticket, code: code6, device }), output: signedIn,
  refusals: ['code-wrong', 'ticket-expired', 'too-many-attempts'], summary: 'Second factor of staff: the code of the authenticator, each code once.',
})
export const beginPasskeySignIn = endpoint({
  name: 'beginPasskeySignIn', method: 'POST', path: '/sign-in/passkey/begin', access: 'public', limit: perAddress, body: z.object({ ticket: ticket.optional() }),
  output: options, refusals: ['ticket-expired'], summary: 'Begins a sign-in by passkey, alone or as the second factor.',
})
export const finishPasskeySignIn = endpoint({
  name: 'finishPasskeySignIn', method: 'POST', path: '/sign-in/passkey', access: 'public', limit: perAddress,
  body: z.object({ challenge: z.uuid(), response: asserted, ticket: ticket.optional(), device }), output: signedIn,
  refusals: ['passkey-refused', 'ticket-expired'], summary: 'Signs in by passkey.',
})
export const beginEnrolment = endpoint({
  name: 'beginEnrolment', method: 'POST', path: '/sign-in/enrol', access: 'public', limit: perAddress, body: z.object({ ticket, password: password.optional() }),
  output: z.object({ secret: z.string(), uri: z.string() }), refusals: ['ticket-expired', 'password-weak', 'password-missing'],
  summary: 'Sets the password after a one-time code and begins the authenticator.',
})
export const finishEnrolment = endpoint({
  name: 'finishEnrolment', method: 'POST', path: '/sign-in/enrol/finish', access: 'public', limit: perAddress, body: z.object({ ticket, code: code6, device }), output: signedIn,
  refusals: ['code-wrong', 'ticket-expired', 'too-many-attempts'], summary: 'Confirms the authenticator and signs in.',
})

// ---------- the session ----------
export const getSession = endpoint({
  name: 'getSession', method: 'GET', path: '/session', access: 'public', refusals: [], summary: 'Who is signed in, in which role, and what that role may do.',
  output: z.object({
    person: z.object({ id: z.string(), name: z.string(), maskedName: z.string(), maskedPhone: z.string().optional() }).nullable(),
    kind: z.enum(sessionKinds).optional(),
    assignments: z.array(z.object({
      id: z.string(), role: z.string(), division: z.string(), divisionName: z.string(), organizationId: z.string().optional(), organizationName: z.string().optional(),
      department: z.string().optional(), delegatedFrom: z.string().optional(), until: z.string().optional(), current: z.boolean(),
    })),
    permissions: z.array(z.string()), verified: z.boolean(), adult: z.boolean(),
    residence: z.object({ division: z.string(), name: z.string() }).nullable(),
    secondFactorUntil: z.string().optional(), demo: z.boolean(), now: z.string(),
  }),
})
export const signOut = endpoint({
  name: 'signOut', method: 'POST', path: '/session/sign-out', access: 'signed-in', output: z.object({ signedOut: z.boolean() }), refusals: [], summary: 'Ends this session.',
})
export const switchAssignment = endpoint({
  name: 'switchAssignment', method: 'POST', path: '/session/switch', access: 'signed-in', body: z.object({ assignment: assignmentId.nullable() }),
  output: z.object({ assignment: z.string().nullable() }), refusals: ['not-in-force', 'staff-sign-in-needed'], summary: 'Works on in another of one\'s roles, or as a resident only.',
})
export const confirmSecondFactor = endpoint({
  name: 'confirmSecondFactor', method: 'POST', path: '/session/confirm', access: 'signed-in', body: z.object({ code: code6 }), output: z.object({ until: z.string() }),
  refusals: ['code-wrong', 'second-factor-not-set', 'too-many-attempts'], summary: 'Confirms the second factor before signing or paying.',
})
export const beginPasskeyConfirmation = endpoint({
  name: 'beginPasskeyConfirmation', method: 'POST', path: '/session/confirm/passkey/begin', access: 'signed-in', output: options, refusals: ['second-factor-not-set'],
  summary: 'Begins to confirm the second factor by passkey.',
})
export const confirmByPasskey = endpoint({
  name: 'confirmByPasskey', method: 'POST', path: '/session/confirm/passkey', access: 'signed-in', body: z.object({ challenge: z.uuid(), response: asserted }),
  output: z.object({ until: z.string() }), refusals: ['passkey-refused'], summary: 'Confirms the second factor by passkey.',
})
export const listDevices = endpoint({
  name: 'listDevices', method: 'GET', path: '/session/devices', access: 'signed-in', refusals: [], summary: 'My open sessions.',
  output: z.object({ rows: z.array(z.object({ id: z.string(), device: z.string(), kind: z.enum(sessionKinds), since: when, seen: when, current: z.boolean() })).max(50) }),
})
export const revokeDevice = endpoint({
  name: 'revokeDevice', method: 'POST', path: '/session/devices/:id/revoke', access: 'signed-in', params: z.object({ id: z.uuid() }), output: z.object({ id: z.string() }),
  refusals: [], summary: 'Ends one of my sessions at once.',
})
export const getSecurity = endpoint({
  name: 'getSecurity', method: 'GET', path: '/me/security', access: 'signed-in', refusals: [], summary: 'How I sign in.',
  output: z.object({
    account: z.string().optional(), passwordSince: z.string().optional(), totp: z.boolean(),
    passkeys: z.array(z.object({ id: z.string(), label: z.string(), since: when, used: z.string().optional() })),
  }),
})
export const changePassword = endpoint({
  name: 'changePassword', method: 'POST', path: '/me/password', access: 'signed-in', body: z.object({ current: password, next: password }), output: z.object({ id: z.string() }),
  refusals: ['sign-in-failed', 'password-weak', 'too-many-attempts', 'no-account'], summary: 'Sets a new password and ends all other sessions.',
})
export const beginTotp = endpoint({
  name: 'beginTotp', method: 'POST', path: '/me/totp/begin', access: 'signed-in', output: z.object({ secret: z.string(), uri: z.string() }),
  refusals: ['second-factor-needed', 'no-account'], summary: 'Begins to enrol another authenticator.',
})
export const finishTotp = endpoint({
  name: 'finishTotp', method: 'POST', path: '/me/totp', access: 'signed-in', body: z.object({ code: code6 }), output: z.object({ id: z.string() }),
  refusals: ['code-wrong', 'too-many-attempts', 'second-factor-needed'], summary: 'Confirms the new authenticator; the old one ends.',
})
export const beginPasskey = endpoint({
  name: 'beginPasskey', method: 'POST', path: '/me/passkeys/begin', access: 'signed-in', output: options, refusals: ['second-factor-needed', 'no-account'],
  summary: 'Begins to enrol a passkey.',
})
export const finishPasskey = endpoint({
  name: 'finishPasskey', method: 'POST', path: '/me/passkeys', access: 'signed-in', output: z.object({ id: z.string() }),
  body: z.object({ challenge: z.uuid(), response: created, label: z.string().trim().min(1).max(40) }), refusals: ['passkey-refused', 'second-factor-needed'],
  summary: 'Adds a passkey.',
})
export const removePasskey = endpoint({
  name: 'removePasskey', method: 'POST', path: '/me/passkeys/remove', access: 'signed-in', body: z.object({ id: z.string().max(500) }), output: z.object({ id: z.string() }),
  refusals: ['second-factor-needed'], summary: 'Removes a passkey.',
})

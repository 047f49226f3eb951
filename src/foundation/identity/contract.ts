// What identity offers: states, parameters, permissions, and the endpoints of sign-in and session; the others stand in contract/.
import { z } from 'zod'
import type { PermissionTable } from '../../kit/actor.ts'
import { phone } from '../../kit/chinese-ids.ts'
import { endpoint } from '../../kit/endpoint.ts'
import { asDivision, divisionCode, idOf } from '../../kit/id.ts'
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
export const revealPurposes = [
  'contact-about-need',
  'home-visit',
  'verify-identity',
  'emergency',
  'correct-record',
] as const
export type RevealPurpose = (typeof revealPurposes)[number]
export const personalFields = ['name', 'phone', 'id-number', 'birth'] as const
export type PersonalField = (typeof personalFields)[number]

export const proxyKinds = ['family', 'worker'] as const
export type ProxyKind = (typeof proxyKinds)[number]

const roleNames = Object.keys(roles).filter((role) => role !== 'resident') as [
  Exclude<Role, 'resident'>,
  ...Exclude<Role, 'resident'>[],
]
/** Every role but the resident's own, which nobody gives. */
export const assignableRole = z.enum(roleNames)

export const identityParameters = [
  { key: 'identity.phone-code-minutes', value: 5, unit: 'minute', source: 'ours', minimum: 1, maximum: 30 },
  { key: 'identity.second-factor-minutes', value: 10, unit: 'minute', source: 'ours', minimum: 1, maximum: 60 },
  {
    key: 'identity.staff-idle-minutes',
    value: 30,
    unit: 'minute',
    source: 'OWASP ASVS 4.0 V3.3 (our reading)',
    minimum: 5,
    maximum: 720,
  },
  {
    key: 'identity.staff-session-minutes',
    value: 720,
    unit: 'minute',
    source: 'OWASP ASVS 4.0 V3.3 (our reading)',
    minimum: 30,
    maximum: 1440,
  },
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
  'identity.look-up-person': ['organization-administrator', 'county-civil-affairs', 'social-worker'],
  'identity.assign': [...givers],
  'identity.read-assignments': [...givers, 'audit-administrator'],
  'identity.register-staff': [...givers],
  'identity.reset-credentials': [...administrators],
  'identity.register-client': ['system-administrator'],
} satisfies PermissionTable

/** Parts that the contract's files share. */
export const personParams = z.object({ id: personId })
export const nameText = z.string().trim().min(1).max(40)
export const when = z.string()
export const done = z.object({ id: z.string(), version: z.number().int().optional(), state: z.string().optional() })

// ---------- sign-in ----------
export const code6 = z
  .string()
  .trim()
  .regex(/^\d{6}$/)
const ticket = z.string().min(20).max(100)
const device = z.string().trim().max(60).optional()
const signedIn = z.object({ id: z.string(), created: z.boolean().optional() })
/** WebAuthn's own JSON; @simplewebauthn checks what it says. */
const base64url = z
  .string()
  .max(20_000)
  .regex(/^[\w-]*={0,2}$/)
const transports = z.array(z.enum(['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'])).max(7)
const passkeyParts = {
  id: base64url,
  rawId: base64url,
  type: z.literal('public-key'),
  clientExtensionResults: z.object({}),
}
export const created = z.object({
  ...passkeyParts,
  response: z.object({ clientDataJSON: base64url, attestationObject: base64url, transports: transports.optional() }),
})
const asserted = z.object({
  ...passkeyParts,
  response: z.object({
    clientDataJSON: base64url,
    authenticatorData: base64url,
    signature: base64url,
    userHandle: base64url.optional(),
  }),
})
export const options = z.object({ challenge: z.string(), options: z.record(z.string(), z.unknown()) })
export const password = z.string().min(1).max(200)
const perAddress = { max: 100, seconds: 600 } as const

export const requestPhoneCode = endpoint({
  name: 'requestPhoneCode',
  method: 'POST',
  path: '/sign-in/phone-code',
  access: 'public',
  limit: perAddress,
  body: z.object({ phone }),
  output: z.object({ validMinutes: z.number().int(), waitSeconds: z.number().int(), demoCode: z.string().optional() }),
  refusals: ['too-many-attempts', 'sms-not-sent'],
  summary: 'Sends a one-time code to a mobile number.',
})
export const signInByPhone = endpoint({
  name: 'signInByPhone',
  method: 'POST',
  path: '/sign-in/phone',
  access: 'public',
  limit: perAddress,
  body: z.object({ phone, code: code6, name: nameText.optional(), division: divisionCode.optional(), device }),
  output: signedIn,
  refusals: ['sign-in-failed', 'too-many-attempts', 'not-a-community'],
  summary: 'Signs a resident in by one-time code; a new number becomes a new resident.',
})
export const signInByPassword = endpoint({
  name: 'signInByPassword',
  method: 'POST',
  path: '/sign-in/password',
  access: 'public',
  limit: perAddress,
  body: z.object({ account: z.string().trim().toLowerCase().min(1).max(60), password }),
  output: z.object({
    next: z.enum(['second-factor', 'must-set']),
    ticket: z.string(),
    totp: z.boolean(),
    passkey: z.boolean(),
  }),
  refusals: ['sign-in-failed', 'too-many-attempts'],
  summary: 'First factor of staff: password, or the one-time enrolment code.',
})
export const signInByTotp = endpoint({
  name: 'signInByTotp',
  method: 'POST',
  path: '/sign-in/totp',
  access: 'public',
  limit: perAddress,
  body: z.object({ ticket, code: code6, device }),
  output: signedIn,
  refusals: ['code-wrong', 'ticket-expired', 'too-many-attempts'],
  summary: 'Second factor of staff: the code of the authenticator, each code once.',
})
export const beginPasskeySignIn = endpoint({
  name: 'beginPasskeySignIn',
  method: 'POST',
  path: '/sign-in/passkey/begin',
  access: 'public',
  limit: perAddress,
  body: z.object({ ticket: ticket.optional() }),
  output: options,
  refusals: ['ticket-expired'],
  summary: 'Begins a sign-in by passkey, alone or as the second factor.',
})
export const finishPasskeySignIn = endpoint({
  name: 'finishPasskeySignIn',
  method: 'POST',
  path: '/sign-in/passkey',
  access: 'public',
  limit: perAddress,
  body: z.object({ challenge: z.uuid(), response: asserted, ticket: ticket.optional(), device }),
  output: signedIn,
  refusals: ['passkey-refused', 'ticket-expired'],
  summary: 'Signs in by passkey.',
})
export const beginEnrolment = endpoint({
  name: 'beginEnrolment',
  method: 'POST',
  path: '/sign-in/enrol',
  access: 'public',
  limit: perAddress,
  body: z.object({ ticket, password: password.optional() }),
  output: z.object({ secret: z.string(), uri: z.string() }),
  refusals: ['ticket-expired', 'password-weak', 'password-missing'],
  summary: 'Sets the password after a one-time code and begins the authenticator.',
})
export const finishEnrolment = endpoint({
  name: 'finishEnrolment',
  method: 'POST',
  path: '/sign-in/enrol/finish',
  access: 'public',
  limit: perAddress,
  body: z.object({ ticket, code: code6, device }),
  output: signedIn,
  refusals: ['code-wrong', 'ticket-expired', 'too-many-attempts'],
  summary: 'Confirms the authenticator and signs in.',
})

// ---------- the session ----------
export const getSession = endpoint({
  name: 'getSession',
  method: 'GET',
  path: '/session',
  access: 'public',
  refusals: [],
  summary: 'Who is signed in, in which role, and what that role may do.',
  output: z.object({
    person: z
      .object({ id: z.string(), name: z.string(), maskedName: z.string(), maskedPhone: z.string().optional() })
      .nullable(),
    kind: z.enum(sessionKinds).optional(),
    assignments: z.array(
      z.object({
        id: z.string(),
        role: z.string(),
        division: z.string(),
        divisionName: z.string(),
        organizationId: z.string().optional(),
        organizationName: z.string().optional(),
        department: z.string().optional(),
        delegatedFrom: z.string().optional(),
        until: z.string().optional(),
        current: z.boolean(),
      }),
    ),
    permissions: z.array(z.string()),
    verified: z.boolean(),
    adult: z.boolean(),
    residence: z.object({ division: z.string(), name: z.string() }).nullable(),
    secondFactorUntil: z.string().optional(),
    demo: z.boolean(),
    now: z.string(),
  }),
})
export const signOut = endpoint({
  name: 'signOut',
  method: 'POST',
  path: '/session/sign-out',
  access: 'signed-in',
  output: z.object({ signedOut: z.boolean() }),
  refusals: [],
  summary: 'Ends this session.',
})
export const switchAssignment = endpoint({
  name: 'switchAssignment',
  method: 'POST',
  path: '/session/switch',
  access: 'signed-in',
  body: z.object({ assignment: assignmentId.nullable() }),
  output: z.object({ assignment: z.string().nullable() }),
  refusals: ['not-in-force', 'staff-sign-in-needed'],
  summary: "Works on in another of one's roles, or as a resident only.",
})
export const confirmSecondFactor = endpoint({
  name: 'confirmSecondFactor',
  method: 'POST',
  path: '/session/confirm',
  access: 'signed-in',
  body: z.object({ code: code6 }),
  output: z.object({ until: z.string() }),
  refusals: ['code-wrong', 'second-factor-not-set', 'too-many-attempts'],
  summary: 'Confirms the second factor before signing or paying.',
})
export const beginPasskeyConfirmation = endpoint({
  name: 'beginPasskeyConfirmation',
  method: 'POST',
  path: '/session/confirm/passkey/begin',
  access: 'signed-in',
  output: options,
  refusals: ['second-factor-not-set'],
  summary: 'Begins to confirm the second factor by passkey.',
})
export const confirmByPasskey = endpoint({
  name: 'confirmByPasskey',
  method: 'POST',
  path: '/session/confirm/passkey',
  access: 'signed-in',
  body: z.object({ challenge: z.uuid(), response: asserted }),
  output: z.object({ until: z.string() }),
  refusals: ['passkey-refused'],
  summary: 'Confirms the second factor by passkey.',
})
export const listDevices = endpoint({
  name: 'listDevices',
  method: 'GET',
  path: '/session/devices',
  access: 'signed-in',
  refusals: [],
  summary: 'My open sessions.',
  output: z.object({
    rows: z
      .array(
        z.object({
          id: z.string(),
          device: z.string(),
          kind: z.enum(sessionKinds),
          since: when,
          seen: when,
          current: z.boolean(),
        }),
      )
      .max(50),
  }),
})
export const revokeDevice = endpoint({
  name: 'revokeDevice',
  method: 'POST',
  path: '/session/devices/:id/revoke',
  access: 'signed-in',
  params: z.object({ id: z.uuid() }),
  output: z.object({ id: z.string() }),
  refusals: [],
  summary: 'Ends one of my sessions at once.',
})

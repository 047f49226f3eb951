// Endpoints of my own credentials: password, authenticator, passkeys.
import { z } from 'zod'
import { endpoint } from '../../../kit/endpoint.ts'
import { code6, created, options, password, when } from '../contract.ts'

export const getSecurity = endpoint({
  name: 'getSecurity',
  method: 'GET',
  path: '/me/security',
  access: 'signed-in',
  refusals: [],
  summary: 'How I sign in.',
  output: z.object({
    account: z.string().optional(),
    passwordSince: z.string().optional(),
    totp: z.boolean(),
    passkeys: z.array(z.object({ id: z.string(), label: z.string(), since: when, used: z.string().optional() })),
  }),
})
export const changePassword = endpoint({
  name: 'changePassword',
  method: 'POST',
  path: '/me/password',
  access: 'signed-in',
  body: z.object({ current: password, next: password }),
  output: z.object({ id: z.string() }),
  refusals: ['sign-in-failed', 'password-weak', 'too-many-attempts', 'no-account'],
  summary: 'Sets a new password and ends all other sessions.',
})
export const beginTotp = endpoint({
  name: 'beginTotp',
  method: 'POST',
  path: '/me/totp/begin',
  access: 'signed-in',
  output: z.object({ secret: z.string(), uri: z.string() }),
  refusals: ['second-factor-needed', 'no-account'],
  summary: 'Begins to enrol another authenticator.',
})
export const finishTotp = endpoint({
  name: 'finishTotp',
  method: 'POST',
  path: '/me/totp',
  access: 'signed-in',
  body: z.object({ code: code6 }),
  output: z.object({ id: z.string() }),
  refusals: ['code-wrong', 'too-many-attempts', 'second-factor-needed'],
  summary: 'Confirms the new authenticator; the old one ends.',
})
export const beginPasskey = endpoint({
  name: 'beginPasskey',
  method: 'POST',
  path: '/me/passkeys/begin',
  access: 'signed-in',
  output: options,
  refusals: ['second-factor-needed', 'no-account'],
  summary: 'Begins to enrol a passkey.',
})
export const finishPasskey = endpoint({
  name: 'finishPasskey',
  method: 'POST',
  path: '/me/passkeys',
  access: 'signed-in',
  output: z.object({ id: z.string() }),
  body: z.object({ challenge: z.uuid(), response: created, label: z.string().trim().min(1).max(40) }),
  refusals: ['passkey-refused', 'second-factor-needed'],
  summary: 'Adds a passkey.',
})
export const removePasskey = endpoint({
  name: 'removePasskey',
  method: 'POST',
  path: '/me/passkeys/remove',
  access: 'signed-in',
  body: z.object({ id: z.string().max(500) }),
  output: z.object({ id: z.string() }),
  refusals: ['second-factor-needed'],
  summary: 'Removes a passkey.',
})

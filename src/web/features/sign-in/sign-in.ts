// The requests of signing in, by identity's contract.
import {
  beginEnrolment,
  beginPasskeySignIn,
  finishEnrolment,
  finishPasskeySignIn,
  requestPhoneCode,
  signInByPassword,
  signInByPhone,
  signInByTotp,
} from '../../../foundation/identity/contract.ts'
import { call, send } from '../../app/client.ts'
import { renewSession } from '../../app/session.ts'

/** Asks for a code by text message; answers after how many seconds another may be asked for, and in the demo the code itself. */
export function askPhoneCode(phone: string) {
  return call(requestPhoneCode, { body: { phone } })
}

/** Residents: phone and code. */
export async function enterByPhone(phone: string, code: string): Promise<void> {
  await call(signInByPhone, { body: { phone, code } })
  await renewSession()
}

/** Staff, first factor: a ticket for the second one, or for setting both after a one-time code. */
export function enterByPassword(account: string, password: string) {
  return call(signInByPassword, { body: { account, password } })
}

/** Staff, second factor: the 6 digits of the authenticator. */
export async function enterByTotp(ticket: string, code: string): Promise<void> {
  await call(signInByTotp, { body: { ticket, code } })
  await renewSession()
}

/** Staff with a one-time code: sets the password, answers what the authenticator needs. */
export function beginEnrolling(ticket: string, password: string) {
  return call(beginEnrolment, { body: { ticket, password } })
}

/** The first code of the new authenticator signs in. */
export async function finishEnrolling(ticket: string, code: string): Promise<void> {
  await call(finishEnrolment, { body: { ticket, code } })
  await renewSession()
}

/** Staff: a passkey of this device, alone or as the second factor of `ticket`. */
export async function enterByPasskey(ticket?: string): Promise<void> {
  const { startAuthentication } = await import('@simplewebauthn/browser')
  type Options = Parameters<typeof startAuthentication>[0]['optionsJSON']
  const begun = await send<{ challenge: string; options: Options }>(
    beginPasskeySignIn.method,
    `/api${beginPasskeySignIn.path}`,
    { ticket },
  )
  const response = await startAuthentication({ optionsJSON: begun.options })
  await send(finishPasskeySignIn.method, `/api${finishPasskeySignIn.path}`, {
    challenge: begun.challenge,
    response,
    ticket,
  })
  await renewSession()
}

/** Only addresses of our own site may follow a sign-in. */
export function safeNext(next: string | undefined, otherwise: string): string {
  return next?.startsWith('/') && !next.startsWith('//') && !next.includes('\\') ? next : otherwise
}

/** The step of one sign-on that the server answers itself: the browser goes there, the router knows no such page. */
export function isSignOn(next: string | undefined): next is string {
  return next !== undefined && /^\/sign-on\/[\w-]+$/.test(next)
}

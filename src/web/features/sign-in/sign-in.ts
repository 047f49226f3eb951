// The requests of signing in, until identity's contract takes their place.
import { send } from '../../app/client.ts'
import { renewSession } from '../../app/session.ts'

/** Asks for a code by text message; answers after how many seconds another may be asked for. */
export async function requestPhoneCode(phone: string): Promise<{ readonly waitSeconds: number; readonly demoCode?: string }> {
  const answer = await send<{ waitSeconds?: number; demoCode?: string } | undefined>('POST', '/api/sign-in/phone-code', { phone })
  return { waitSeconds: answer?.waitSeconds ?? 60, demoCode: answer?.demoCode }
}

/** Residents: phone and code. */
export async function signInByPhone(phone: string, code: string): Promise<void> {
  await send('POST', '/api/sign-in/phone', { phone, code })
  await renewSession()
}

/** Staff: account and password; the answer may ask for the second factor. */
export async function signInByPassword(account: string, password: string): Promise<{ readonly secondFactor: boolean }> {
  const answer = await send<{ secondFactor?: boolean } | undefined>('POST', '/api/sign-in/password', { account, password })
  if (!answer?.secondFactor) await renewSession()
  return { secondFactor: answer?.secondFactor ?? false }
}

/** Staff: the 6 digits of the authenticator. */
export async function confirmByTotp(code: string): Promise<void> {
  await send('POST', '/api/sign-in/totp', { code })
  await renewSession()
}

/** Staff: a passkey of this device. */
export async function signInByPasskey(): Promise<void> {
  const { startAuthentication } = await import('@simplewebauthn/browser')
  type Options = Parameters<typeof startAuthentication>[0]['optionsJSON']
  const optionsJSON = await send<Options>('POST', '/api/sign-in/passkey/options', {})
  const response = await startAuthentication({ optionsJSON })
  await send('POST', '/api/sign-in/passkey', { response })
  await renewSession()
}

/** Only addresses of our own site may follow a sign-in. */
export function safeNext(next: string | undefined, otherwise: string): string {
  return next?.startsWith('/') && !next.startsWith('//') && !next.includes('\\') ? next : otherwise
}

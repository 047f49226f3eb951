// Signing in: residents by phone code, staff by password and authenticator, and the first setting of both.
import { allow, refuse, type Ruling } from '../../../kit/ruling.ts'
import { uuidAt } from '../../../platform/clock.ts'
import { instant } from '../../../kit/instant.ts'
import type { Id } from '../../../kit/id.ts'
import { action, type Act, type Binding } from '../../../platform/action.ts'
import { unkept, withSession } from '../../../platform/http/session-cookie.ts'
import type { Platform } from '../../../platform/platform.ts'
import * as contract from '../contract.ts'
import { createPerson, openTotp, sealTotp } from '../public.ts'
import { phoneCodeTries, soundPassword, ticketMs } from '../rules.ts'
import {
  hashPassword,
  matchTotp,
  newCode,
  newToken,
  newTotpSecret,
  sameText,
  tokenHash,
  totpUri,
  verifyPassword,
} from '../sealed-rules.ts'
import { findCredential, savePassword, savePendingTotp, saveTotp, takeTotpStep } from '../store/credentials.ts'
import { findPerson, findPersonByAccount, findPersonByPhone } from '../store/people.ts'
import {
  findTicket,
  insertTicket,
  removePhoneCode,
  removeSession,
  removeTicket,
  savePhoneCode,
  takePhoneCodeTry,
  type TicketPurpose,
} from '../store/sessions.ts'
import {
  codeWrong,
  countAttempt,
  countTicketAttempt,
  guardedAction,
  recordOwn,
  signInFailed,
  ticketExpired,
} from './guard.ts'
import { startSession } from './session-token.ts'
import { senderOf } from './sms.ts'

const minute = 60_000
/** The screen offers another code after this; the exact limit is five an hour. */
const waitSeconds = 60

function codeHmac(platform: Platform, phoneBlind: string, code: string): string {
  return platform.cipher.blind('phone-code', `${phoneBlind}:${code}`)
}

/** A new session for somebody who just proved who they are; the one that the browser came with ends. */
export async function finishSignIn(
  act: Act,
  verb: string,
  person: Id<'person'>,
  opening: { kind: contract.SessionKind; device?: string; secondFactor: boolean; created?: boolean },
): Promise<Ruling<{ id: string; created?: boolean }>> {
  if (act.actor.kind === 'person') await removeSession(act.tx, act.actor.sessionId, act.actor.personId)
  const session = await startSession(act, { person, ...opening })
  recordOwn(act, person, verb, { kind: opening.kind })
  return allow(withSession({ id: person, created: opening.created }, session.token, session.maxAgeSeconds))
}

/** A ticket from one step of a sign-in to the next. */
async function makeTicket(act: Act, person: string, purpose: TicketPurpose): Promise<string> {
  const ticket = newToken()
  await insertTicket(act.tx, {
    hash: tokenHash(ticket),
    person,
    purpose,
    expires: act.platform.clock.real() + ticketMs,
  })
  return ticket
}

/** Not an action(): the code leaves by message after the commit, and the sender may fail. The same work for known and unknown numbers. */
export const requestPhoneCode: Binding = {
  endpoint: contract.requestPhoneCode,
  kind: 'action',
  async run(platform, call, input, around) {
    const { phone } = contract.requestPhoneCode.body?.parse(Reflect.get(Object(input), 'body')) ?? { phone: undefined }
    const sender = senderOf(platform)
    if (sender === undefined || phone === undefined) return refuse('sms-not-sent')
    const counted = await countAttempt(platform, 'phone-code', phone)
    if (!counted.ok) return counted
    const validMinutes = platform.policy.number('identity.phone-code-minutes', contract.wholeProvince)
    let made: string | undefined
    const ruling = await action(contract.requestPhoneCode, async (act) => {
      const [code, real] = [newCode(), platform.clock.real()]
      const [phoneBlind, id] = [platform.cipher.blind('phone', phone), uuidAt(instant(real))]
      await savePhoneCode(act.tx, {
        phoneBlind,
        id,
        hmac: codeHmac(platform, phoneBlind, code),
        expires: real + validMinutes * minute,
      })
      act.record({
        name: 'identity.requestPhoneCode',
        of: { kind: 'phone-code', id: `320000-${id}` },
        division: contract.wholeProvince,
      })
      made = code
      return allow(unkept({ validMinutes, waitSeconds, demoCode: platform.demo ? code : undefined }))
    }).run(platform, call, input, around)
    if (!ruling.ok || made === undefined) return ruling
    try {
      await sender.send(phone, made, validMinutes)
    } catch {
      platform.log.error('the SMS provider did not take a message')
      return refuse('sms-not-sent')
    }
    return ruling
  },
}

export const signInByPhone = guardedAction(
  contract.signInByPhone,
  async (platform, _call, { body }) => {
    const phoneBlind = platform.cipher.blind('phone', body.phone)
    const kept = await takePhoneCodeTry(platform.database.reader, phoneBlind, phoneCodeTries, platform.clock.real())
    const hmac = codeHmac(platform, phoneBlind, body.code)
    return kept !== undefined && sameText(kept, hmac) ? allow({ found: { phoneBlind, hmac } }) : signInFailed()
  },
  async (act, { body }, { phoneBlind, hmac }) => {
    if (!(await removePhoneCode(act.tx, phoneBlind, hmac))) return signInFailed()
    const known = await findPersonByPhone(act.tx, phoneBlind)
    const person: Ruling<Id<'person'>> =
      known === undefined
        ? await createPerson(act, { name: body.name ?? '', phone: body.phone, residence: body.division })
        : allow(known.id)
    if (!person.ok) return person
    // A message to a phone is one factor: it never opens the roles of staff.
    return finishSignIn(act, 'signInByPhone', person.value, {
      kind: 'resident',
      device: body.device,
      secondFactor: false,
      created: known === undefined,
    })
  },
)

export const signInByPassword = guardedAction(
  contract.signInByPassword,
  async (platform, _call, { body }) => {
    const counted = await countAttempt(platform, 'password', body.account)
    return counted.ok ? allow({ found: undefined, forget: counted.value }) : counted
  },
  async (act, { body }) => {
    const person = await findPersonByAccount(act.tx, body.account)
    const credential = await findCredential(act.tx, person?.id ?? '')
    const fits = await verifyPassword(credential?.passwordHash, body.password)
    const enrols =
      credential?.enrolmentHash !== undefined &&
      Date.parse(credential.enrolmentUntil ?? '') > act.platform.clock.real() &&
      sameText(credential.enrolmentHash, tokenHash(body.password.trim().toUpperCase()))
    if (person === undefined || credential === undefined || !(fits || enrols)) return signInFailed()
    const [totp, passkey] = [credential.totpSealed !== undefined, credential.passkeys > 0]
    const next = fits && (totp || passkey) ? ('second-factor' as const) : ('must-set' as const)
    const ticket = await makeTicket(act, person.id, next === 'must-set' ? 'enrol' : 'second-factor')
    recordOwn(act, person.id, 'signInByPassword', { next })
    return allow(unkept({ next, ticket, totp, passkey }))
  },
)

export const signInByTotp = guardedAction(
  contract.signInByTotp,
  (platform, _call, { body }) => countTicketAttempt(platform, body.ticket, 'second-factor'),
  async (act, { body }, holder) => {
    const right = await takeTotp(act, holder.person, body.code)
    if (!right.ok) return right
    if (!(await removeTicket(act.tx, holder.hash))) return ticketExpired()
    return finishSignIn(act, 'signInByTotp', holder.person, { kind: 'staff', device: body.device, secondFactor: true })
  },
)

/** Checks a code of the authenticator and uses its step up: the same code never counts twice. */
export async function takeTotp(act: Act, person: Id<'person'>, code: string): Promise<Ruling<true>> {
  const credential = await findCredential(act.tx, person)
  if (credential?.totpSealed === undefined) return refuse('second-factor-not-set')
  const secret = await openTotp(act.platform, act.tx, person, credential.totpSealed)
  const step =
    secret === undefined ? undefined : matchTotp(secret, code, act.platform.clock.real(), credential.totpStep)
  return step !== undefined && (await takeTotpStep(act.tx, person, step)) ? allow(true) : codeWrong()
}

/** A new secret, sealed as pending until its first code confirms it. */
export async function beginTotpOf(
  act: Act,
  person: Id<'person'>,
  account: string,
): Promise<{ secret: string; uri: string }> {
  const secret = newTotpSecret()
  await savePendingTotp(act.tx, person, await sealTotp(act, person, secret), act.platform.clock.real())
  return unkept({ secret, uri: totpUri(secret, account, act.platform.words.say('zh-CN', 'identity', 'issuer')) })
}

/** Puts the pending secret in force when `code` is its code. */
export async function finishTotpOf(act: Act, person: Id<'person'>, code: string): Promise<Ruling<true>> {
  const pending = (await findCredential(act.tx, person))?.totpPendingSealed
  if (pending === undefined) return codeWrong()
  const secret = await openTotp(act.platform, act.tx, person, pending)
  const real = act.platform.clock.real()
  const step = secret === undefined ? undefined : matchTotp(secret, code, real, 0)
  return step !== undefined && (await saveTotp(act.tx, person, pending, step, real)) ? allow(true) : codeWrong()
}

export const beginEnrolment = action(contract.beginEnrolment, async (act, { body }) => {
  const real = act.platform.clock.real()
  const holder = await findTicket(act.tx, tokenHash(body.ticket), 'enrol', real)
  if (holder === undefined) return ticketExpired()
  const [person, credential] = [await findPerson(act.tx, holder), await findCredential(act.tx, holder)]
  if (person?.account === undefined || credential === undefined) return ticketExpired()
  if (credential.passwordHash === undefined || credential.enrolmentHash !== undefined) {
    if (body.password === undefined) return refuse('password-missing')
    const sound = soundPassword(body.password, person.account)
    if (!sound.ok) return sound
    await savePassword(act.tx, holder, await hashPassword(body.password), real)
  }
  const answer = await beginTotpOf(act, holder, person.account)
  recordOwn(act, holder, 'beginEnrolment')
  return allow(answer)
})

export const finishEnrolment = guardedAction(
  contract.finishEnrolment,
  (platform, _call, { body }) => countTicketAttempt(platform, body.ticket, 'enrol'),
  async (act, { body }, holder) => {
    const right = await finishTotpOf(act, holder.person, body.code)
    if (!right.ok) return right
    if (!(await removeTicket(act.tx, holder.hash))) return ticketExpired()
    return finishSignIn(act, 'finishEnrolment', holder.person, {
      kind: 'staff',
      device: body.device,
      secondFactor: true,
    })
  },
)

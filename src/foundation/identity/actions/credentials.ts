// My own credentials: how I sign in, a new password, another authenticator.
import { allow, refuse } from '../../../kit/ruling.ts'
import { action, question } from '../../../platform/action.ts'
import { withSession } from '../../../platform/http/session-cookie.ts'
import * as contract from '../contract/credentials.ts'
import { hasFreshSecondFactor } from '../public.ts'
import { soundPassword } from '../rules.ts'
import { hashPassword, newToken, tokenHash, verifyPassword } from '../sealed-rules.ts'
import { findCredential, listPasskeys, savePassword } from '../store/credentials.ts'
import { findPerson } from '../store/people.ts'
import { removeSessions, saveSessionToken } from '../store/sessions.ts'
import { countOwnAttempt, guardedAction, recordOwn, signInFailed } from './guard.ts'
import { selfOf } from './session.ts'
import { beginTotpOf, finishTotpOf } from './sign-in.ts'

export const getSecurity = question(contract.getSecurity, async (ask) => {
  const self = selfOf(ask)
  if (!self.ok) return self
  const id = self.value.personId
  const [person, credential, passkeys] = await Promise.all([
    findPerson(ask.tx, id),
    findCredential(ask.tx, id),
    listPasskeys(ask.tx, id),
  ])
  return allow({
    account: person?.account,
    passwordSince: credential?.passwordAt,
    totp: credential?.totpSealed !== undefined,
    passkeys: passkeys.map((passkey) => ({
      id: passkey.id,
      label: passkey.label,
      since: passkey.createdAt,
      used: passkey.usedAt,
    })),
  })
})

export const changePassword = guardedAction(
  contract.changePassword,
  (platform, call) => countOwnAttempt(platform, call, 'password'),
  async (act, { body }) => {
    const self = selfOf(act)
    if (!self.ok) return self
    const { personId, sessionId } = self.value
    const [person, credential] = [await findPerson(act.tx, personId), await findCredential(act.tx, personId)]
    if (person?.account === undefined || credential === undefined) return refuse('no-account')
    if (!(await verifyPassword(credential.passwordHash, body.current))) return signInFailed()
    const sound = soundPassword(body.next, person.account)
    if (!sound.ok) return sound
    const [token, real] = [newToken(), act.platform.clock.real()]
    await savePassword(act.tx, personId, await hashPassword(body.next), real)
    await removeSessions(act.tx, personId, sessionId)
    const seconds = await saveSessionToken(act.tx, sessionId, tokenHash(token), real)
    recordOwn(act, personId, 'changePassword')
    return allow(withSession({ id: personId }, token, seconds ?? 0))
  },
)

export const beginTotp = action(contract.beginTotp, async (act) => {
  const self = selfOf(act)
  if (!self.ok) return self
  const fresh = hasFreshSecondFactor(act.actor, act.platform)
  if (!fresh.ok) return fresh
  const person = await findPerson(act.tx, self.value.personId)
  if (person?.account === undefined) return refuse('no-account')
  const answer = await beginTotpOf(act, person.id, person.account)
  recordOwn(act, person.id, 'beginTotp')
  return allow(answer)
})

export const finishTotp = guardedAction(
  contract.finishTotp,
  (platform, call) => countOwnAttempt(platform, call, 'second-factor'),
  async (act, { body }) => {
    const self = selfOf(act)
    if (!self.ok) return self
    const fresh = hasFreshSecondFactor(act.actor, act.platform)
    if (!fresh.ok) return fresh
    const right = await finishTotpOf(act, self.value.personId, body.code)
    if (!right.ok) return right
    recordOwn(act, self.value.personId, 'finishTotp')
    return allow({ id: self.value.personId })
  },
)

// Passkeys (WebAuthn): as the second factor, alone (the device asks for finger or PIN), for confirming, and their enrolment.
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import type { InputOf } from '../../../kit/endpoint.ts'
import type { Id } from '../../../kit/id.ts'
import { instant } from '../../../kit/instant.ts'
import { absent, allow, refuse, type Ruling } from '../../../kit/ruling.ts'
import { action, type Act } from '../../../platform/action.ts'
import { uuidAt } from '../../../platform/clock.ts'
import { unkept } from '../../../platform/http/session-cookie.ts'
import type { Platform } from '../../../platform/platform.ts'
import * as contract from '../contract.ts'
import * as credentials from '../contract/credentials.ts'
import { hasFreshSecondFactor } from '../public.ts'
import { ticketMs } from '../rules.ts'
import { tokenHash } from '../sealed-rules.ts'
import * as store from '../store/credentials.ts'
import { findPerson } from '../store/people.ts'
import { findTicket, removeTicket } from '../store/sessions.ts'
import { recordOwn, ticketExpired } from './guard.ts'
import { confirmed, selfOf } from './session.ts'
import { finishSignIn } from './sign-in.ts'

function refusedPasskey(): Ruling<never> {
  return refuse('passkey-refused', {}, { kind: 'invalid' })
}

/** Who the passkeys are made for: the address that people see. */
function relyingParty(platform: Platform): { origin: string; id: string } {
  const url = new URL(platform.publicUrl ?? 'http://localhost:3000')
  return { origin: url.origin, id: url.hostname }
}

type Asserted = InputOf<typeof contract.confirmByPasskey>['body']['response']

async function beginAssertion(act: Act, purpose: store.ChallengePurpose, person: string | undefined) {
  const known = person === undefined ? [] : await store.listPasskeys(act.tx, person)
  const made = await generateAuthenticationOptions({
    rpID: relyingParty(act.platform).id,
    userVerification: 'required',
    allowCredentials: known.map((passkey) => ({ id: passkey.id })),
  })
  const real = act.platform.clock.real()
  const id = uuidAt(instant(real))
  await store.insertChallenge(act.tx, { id, person, purpose, challenge: made.challenge, expires: real + ticketMs })
  return unkept({ challenge: id, options: { ...made } })
}

/** Whose passkey answered the challenge; uses the challenge up. `expected`: only this person's passkeys will do. */
async function checkAssertion(
  act: Act,
  given: { challenge: string; response: Asserted },
  purpose: store.ChallengePurpose,
  expected: string | undefined,
): Promise<Ruling<Id<'person'>>> {
  const real = act.platform.clock.real()
  const challenge = await store.removeChallenge(act.tx, given.challenge, purpose, real)
  const passkey = await store.findPasskey(act.tx, given.response.id)
  if (challenge === undefined || passkey === undefined || challenge.person !== expected) return refusedPasskey()
  if (expected !== undefined && passkey.person !== expected) return refusedPasskey()
  const party = relyingParty(act.platform)
  try {
    const checked = await verifyAuthenticationResponse({
      response: given.response,
      expectedChallenge: challenge.challenge,
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      requireUserVerification: true,
      credential: { id: passkey.id, publicKey: new Uint8Array(passkey.publicKey), counter: passkey.counter },
    })
    if (!checked.verified) return refusedPasskey()
    await store.savePasskeyUse(act.tx, passkey.id, checked.authenticationInfo.newCounter, real)
    return allow(passkey.person)
  } catch {
    // The library throws on anything that does not fit: wrong origin, challenge, signature, counter.
    return refusedPasskey()
  }
}

export const beginPasskeySignIn = action(contract.beginPasskeySignIn, async (act, { body }) => {
  const person =
    body.ticket === undefined
      ? undefined
      : await findTicket(act.tx, tokenHash(body.ticket), 'second-factor', act.platform.clock.real())
  if (body.ticket !== undefined && person === undefined) return ticketExpired()
  const answer = await beginAssertion(act, 'sign-in', person)
  act.record({
    name: 'identity.beginPasskeySignIn',
    of: { kind: 'challenge', id: `320000-${answer.challenge}` },
    division: contract.wholeProvince,
  })
  return allow(answer)
})

export const finishPasskeySignIn = action(contract.finishPasskeySignIn, async (act, { body }) => {
  const hash = body.ticket === undefined ? undefined : tokenHash(body.ticket)
  const expected =
    hash === undefined ? undefined : await findTicket(act.tx, hash, 'second-factor', act.platform.clock.real())
  if (hash !== undefined && (expected === undefined || !(await removeTicket(act.tx, hash)))) return ticketExpired()
  const person = await checkAssertion(act, body, 'sign-in', expected)
  if (!person.ok) return person
  return finishSignIn(act, 'finishPasskeySignIn', person.value, {
    kind: 'staff',
    device: body.device,
    secondFactor: true,
  })
})

export const beginPasskeyConfirmation = action(contract.beginPasskeyConfirmation, async (act) => {
  const self = selfOf(act)
  if (!self.ok) return self
  if ((await store.listPasskeys(act.tx, self.value.personId)).length === 0) return refuse('second-factor-not-set')
  const answer = await beginAssertion(act, 'confirm', self.value.personId)
  recordOwn(act, self.value.personId, 'beginPasskeyConfirmation')
  return allow(answer)
})

export const confirmByPasskey = action(contract.confirmByPasskey, async (act, { body }) => {
  const self = selfOf(act)
  if (!self.ok) return self
  const person = await checkAssertion(act, body, 'confirm', self.value.personId)
  return person.ok ? confirmed(act, self.value, 'confirmByPasskey') : person
})

export const beginPasskey = action(credentials.beginPasskey, async (act) => {
  const self = selfOf(act)
  if (!self.ok) return self
  const fresh = hasFreshSecondFactor(act.actor, act.platform)
  if (!fresh.ok) return fresh
  const person = await findPerson(act.tx, self.value.personId)
  if (person?.account === undefined) return refuse('no-account')
  const known = await store.listPasskeys(act.tx, person.id)
  const made = await generateRegistrationOptions({
    rpName: act.platform.words.say('zh-CN', 'identity', 'issuer'),
    rpID: relyingParty(act.platform).id,
    userName: person.account,
    userDisplayName: person.officialName ?? person.account,
    attestationType: 'none',
    excludeCredentials: known.map((passkey) => ({ id: passkey.id })),
    authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
  })
  const real = act.platform.clock.real()
  const id = uuidAt(instant(real))
  await store.insertChallenge(act.tx, {
    id,
    person: person.id,
    purpose: 'register',
    challenge: made.challenge,
    expires: real + ticketMs,
  })
  recordOwn(act, person.id, 'beginPasskey')
  return allow(unkept({ challenge: id, options: { ...made } }))
})

export const finishPasskey = action(credentials.finishPasskey, async (act, { body }) => {
  const self = selfOf(act)
  if (!self.ok) return self
  const fresh = hasFreshSecondFactor(act.actor, act.platform)
  if (!fresh.ok) return fresh
  const real = act.platform.clock.real()
  const challenge = await store.removeChallenge(act.tx, body.challenge, 'register', real)
  if (challenge === undefined || challenge.person !== self.value.personId) return refusedPasskey()
  const party = relyingParty(act.platform)
  try {
    const checked = await verifyRegistrationResponse({
      response: body.response,
      expectedChallenge: challenge.challenge,
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      requireUserVerification: true,
    })
    if (!checked.verified) return refusedPasskey()
    const { credential } = checked.registrationInfo
    const inserted = await store.insertPasskey(act.tx, {
      id: credential.id,
      person: self.value.personId,
      publicKey: Buffer.from(credential.publicKey),
      counter: credential.counter,
      transports: body.response.response.transports ?? [],
      label: body.label,
      createdAt: instant(real),
    })
    if (!inserted) return refusedPasskey()
  } catch {
    return refusedPasskey()
  }
  recordOwn(act, self.value.personId, 'finishPasskey')
  return allow({ id: body.response.id })
})

export const removePasskey = action(credentials.removePasskey, async (act, { body }) => {
  const self = selfOf(act)
  if (!self.ok) return self
  const fresh = hasFreshSecondFactor(act.actor, act.platform)
  if (!fresh.ok) return fresh
  if (!(await store.removePasskey(act.tx, body.id, self.value.personId))) return absent()
  recordOwn(act, self.value.personId, 'removePasskey')
  return allow({ id: body.id })
})

// Contracts: the public halves of the keys that people sign with, put on record and retired by themselves.
import { hasFreshSecondFactor } from '../../../foundation/identity/public.ts'
import { holds } from '../../../kit/actor.ts'
import { asDivision, splitId } from '../../../kit/id.ts'
import { absent, allow, invalid, refuse } from '../../../kit/ruling.ts'
import { type Act, action, question } from '../../../platform/action.ts'
import { sha256Of, signatureHolds } from '../../../platform/crypto/signatures.ts'
import * as contract from '../contract/documents.ts'
import * as rules from '../rules/signing.ts'
import { personOf } from '../rules.ts'
import * as store from '../store/documents.ts'

function recordKey(act: Act, verb: string, key: rules.SigningKey): void {
  act.record({
    name: `contracts.${verb}`,
    of: { kind: 'signing-key', id: key.id },
    division: asDivision(splitId(key.id).jurisdiction.slice(0, 2)),
    data: { kind: key.kind, fingerprint: key.fingerprint },
  })
}

export const listSigningKeys = question(contract.listSigningKeys, async (ask) => {
  const person = personOf(ask.actor)
  const keys = ask.actor.kind === 'person' ? await store.listSigningKeys(ask.tx, person) : []
  return allow({ person, keys: keys.map(({ person: _own, ...key }) => key) })
})

export const addSigningKey = action(contract.addSigningKey, async (act, { body }) => {
  const { actor } = act
  if (actor.kind !== 'person') return refuse('no-signer', {}, { kind: 'forbidden' })
  const fresh = hasFreshSecondFactor(actor, act.platform)
  if (!fresh.ok) return fresh
  const person = actor.personId
  const own = await store.listSigningKeys(act.tx, person)
  const ruling = rules.addSigningKey(
    own,
    own.some((key) => key.publicKey === body.publicKey),
    {
      proven: signatureHolds(body.kind, body.publicKey, rules.keyMessage(person, body.publicKey), body.proof),
      mayEverSign: holds(actor, 'contracts.signContract') || holds(actor, 'contracts.amendContract'),
    },
  )
  if (!ruling.ok) return ruling
  const key: rules.SigningKey = {
    id: act.newId(splitId(person).jurisdiction),
    person,
    kind: body.kind,
    publicKey: body.publicKey,
    fingerprint: sha256Of(body.publicKey),
    label: body.label,
    at: act.now,
  }
  if (!(await store.insertSigningKey(act.tx, key))) return invalid([{ path: 'body.publicKey', code: 'key-exists' }])
  recordKey(act, 'addSigningKey', key)
  return allow({ id: key.id, version: 1 })
})

export const retireSigningKey = action(contract.retireSigningKey, async (act, { params }) => {
  const key = await store.findSigningKeyForUpdate(act.tx, params.id)
  if (key === undefined || key.person !== personOf(act.actor)) return absent()
  if (key.retiredAt !== undefined) return refuse('key-retired')
  const retired = { ...key, retiredAt: act.now }
  await store.saveSigningKey(act.tx, retired)
  recordKey(act, 'retireSigningKey', retired)
  return allow({ id: key.id, version: 2 })
})

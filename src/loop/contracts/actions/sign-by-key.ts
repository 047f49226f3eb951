// Contracts: a party signs the hash of a document with its own key, the contract's or an amendment's.
import { hasFreshSecondFactor } from '../../../foundation/identity/public.ts'
import { jurisdictionOf } from '../../../kit/id.ts'
import { absent, allow, type Ruling } from '../../../kit/ruling.ts'
import { type Act, action } from '../../../platform/action.ts'
import { sha256Of, signatureHolds } from '../../../platform/crypto/signatures.ts'
import * as endpoints from '../contract/documents.ts'
import type { Party } from '../contract.ts'
import { type ContractDocument, documentOfSigning } from '../rules/document.ts'
import {
  type Signing,
  signAmendment as ruleOfAmendment,
  signContract as ruleOfContract,
  signingMessage,
} from '../rules/signing.ts'
import { type Contract, judgedContract, otherParty, partyOf, personOf } from '../rules.ts'
import { findAmendment, saveAmendment } from '../store/changes.ts'
import { listDocumentsAndKey, signatureInserted } from '../store/documents.ts'
import { findContractForUpdate } from '../store.ts'
import { encumberGrowth } from './amend.ts'
import { answerOf, keep, recordContract, save, tellOrganization, tellPurchaser } from './recording.ts'
import { activate } from './sign.ts'

type Sent = {
  readonly document: string
  readonly sha256: string
  readonly signingKey: string
  readonly signature: string
}

/** The document that was meant, if it is the one that waits, and what the rule asks of the signature. */
function signingOf(
  party: Party | undefined,
  document: ContractDocument | undefined,
  key: Signing['key'],
  sent: Sent,
): { document: ContractDocument | undefined; signing: Signing } {
  const meant = document?.id === sent.document ? document : undefined
  const holds =
    key !== undefined &&
    meant !== undefined &&
    party !== undefined &&
    signatureHolds(
      key.kind,
      key.publicKey,
      signingMessage({ ...meant, number: meant.content.number }, party, key.fingerprint),
      sent.signature,
    )
  return { document: meant, signing: { sha256: sent.sha256, key, holds } }
}

/** Keeps a signature that the rule allowed, with an event of the document that the chain of events seals. */
function place(
  act: Act,
  record: Contract,
  party: Party,
  { document, signing }: ReturnType<typeof signingOf>,
  sent: Sent,
): void {
  const { key } = signing
  if (document === undefined || key === undefined)
    throw new Error('the rule allowed a signature without document or key')
  const placed = signatureInserted({
    document: document.id,
    party,
    person: personOf(act.actor),
    key: key.id,
    kind: key.kind,
    publicKey: key.publicKey,
    fingerprint: key.fingerprint,
    signature: sent.signature,
    at: act.now,
  })
  act.save(jurisdictionOf(record.division), placed)
  act.record({
    name: 'contracts.placeSignature',
    of: { kind: 'contract-document', id: document.id },
    division: record.division,
    organization: record.organization,
    data: {
      contract: record.id,
      party,
      key: key.id,
      fingerprint: key.fingerprint,
      sha256: document.sha256,
      signature: sha256Of(sent.signature),
    },
  })
}

/** The rule with the second factor asked first. */
function withFactor<T>(act: Act, rule: () => Ruling<T>): Ruling<T> {
  const fresh = hasFreshSecondFactor(act.actor, act.platform)
  return fresh.ok ? rule() : fresh
}

export const signContract = action(endpoints.signContract, async (act, { params, body }) => {
  const before = await findContractForUpdate(act.tx, params.id)
  if (before === undefined) return absent()
  const party = partyOf(before, act.actor, 'contracts.signContract')
  const { documents, key } = await listDocumentsAndKey(act.tx, before.id, body.signingKey)
  const sent = signingOf(party, documentOfSigning(before, documents), key, body)
  const ruling = await act.judge(judgedContract(before), () =>
    withFactor(act, () => ruleOfContract(before, act.actor, act.now, sent.document, sent.signing)),
  )
  if (!ruling.ok) return ruling
  const after = ruling.value
  const waits: Contract = { ...after, state: 'signing' }
  if (party !== undefined) place(act, before, party, sent, body)
  recordContract(act, 'signContract', before, waits, {
    data: { document: body.document, sha256: body.sha256, key: body.signingKey },
  })
  const active = after.state === 'active' ? await activate(act, waits, after) : allow(undefined)
  if (!active.ok) return active
  await save(act, before, after)
  return allow(answerOf(after))
})

export const signAmendment = action(endpoints.signAmendment, async (act, { params, body }) => {
  const before = await findContractForUpdate(act.tx, params.id)
  const amendment = before === undefined ? undefined : await findAmendment(act.tx, before.id, params.amendment)
  if (before === undefined || amendment === undefined) return absent()
  const { documents, key } = await listDocumentsAndKey(act.tx, before.id, body.signingKey)
  const meant = documents.find((each) => each.amendment === amendment.id)
  const sent = signingOf(partyOf(before, act.actor, 'contracts.amendContract'), meant, key, body)
  const ruling = await act.judge(judgedContract(before), () =>
    withFactor(act, () => ruleOfAmendment(before, amendment, act.actor, act.now, sent.document, sent.signing)),
  )
  if (!ruling.ok) return ruling
  const { contract: after, amendment: changed, party } = ruling.value
  place(act, before, party, sent, body)
  if (changed.state !== 'agreed') {
    await keep(act, 'signAmendment', before, after, {
      data: { amendment: amendment.id, by: party, key: body.signingKey },
    })
    const told = party === 'purchaser' ? tellOrganization : tellPurchaser
    await told(act, after, 'amendment-proposed')
    return allow(answerOf(after))
  }
  const money = await encumberGrowth(act, after, amendment)
  if (!money.ok) return money
  await saveAmendment(act.tx, changed)
  await keep(act, 'agreeAmendment', before, after, {
    amount: changed.growth,
    data: {
      amendment: changed.id,
      by: otherParty(changed.proposedBy),
      team: changed.team !== undefined,
      key: body.signingKey,
    },
  })
  await tellOrganization(act, after, 'amended')
  await tellPurchaser(act, after, 'amended')
  return allow(answerOf(after))
})

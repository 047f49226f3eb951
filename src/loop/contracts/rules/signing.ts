// Contracts: signing a document by key: the text that is signed, whose key may sign what, and when both signatures are there. Pure.
import type { Actor } from '../../../kit/actor.ts'
import type { Instant } from '../../../kit/instant.ts'
import { allow, forbid, invalid, refuse, type Ruling } from '../../../kit/ruling.ts'
import type { signatureKinds } from '../contract/documents.ts'
import type { Party } from '../contract.ts'
import {
  type Amendment,
  type Contract,
  decide,
  otherParty,
  partyOf,
  personOf,
  signedByKey,
  standing,
} from '../rules.ts'
import { agreed } from './amendments.ts'
import { type ContractDocument, type DocumentTerms, sameTerms, termsOf } from './document.ts'

export type SigningKey = {
  readonly id: string
  readonly person: string
  readonly kind: (typeof signatureKinds)[number]
  readonly publicKey: string
  /** SHA-256 of the public key's hex. */
  readonly fingerprint: string
  readonly label: string
  readonly at: Instant
  readonly retiredAt?: Instant
}

/** Keys in force of one person: a desk, a laptop, one being replaced. */
export const mostKeys = 10

/** What a new key signs to show that its private half is there: bound to the person, so that nobody adds another's key as theirs. */
export function keyMessage(person: string, publicKey: string): string {
  return ['liandong signing key 1', person, publicKey].join('\n')
}

/** What a party signs: one line each, so that a signature for one party, document or key is none for another. No name, no time. */
export function signingMessage(
  document: Pick<ContractDocument, 'id' | 'sha256' | 'sm3'> & { readonly number: string },
  party: Party,
  fingerprint: string,
): string {
  return [
    'liandong contract signature 1',
    `contract ${document.number}`,
    `document ${document.id}`,
    `sha256 ${document.sha256}`,
    `sm3 ${document.sm3}`,
    `party ${party}`,
    `key ${fingerprint}`,
  ].join('\n')
}

/** What the signer sent, with the key as it is on record, if it is theirs or anybody's. */
export type Signing = { readonly sha256: string; readonly key: SigningKey | undefined; readonly holds: boolean }

/** What every signature needs: the very document that was read, an own key in force, a signature that holds. */
function sound(actor: Actor, document: ContractDocument, signing: Signing): Ruling<SigningKey> {
  const { key } = signing
  if (key === undefined || key.person !== personOf(actor))
    return invalid([{ path: 'body.signingKey', code: 'key-unknown' }])
  if (key.retiredAt !== undefined) return invalid([{ path: 'body.signingKey', code: 'key-retired' }])
  if (signing.sha256 !== document.sha256) return invalid([{ path: 'body.sha256', code: 'paper-differs' }])
  return signing.holds ? allow(key) : invalid([{ path: 'body.signature', code: 'signature-wrong' }])
}

/**
 * A party signs the contract's document. When both signed, the contract is active. Both sign by key or both on paper: a hash means the document in one case,
 * the scanned paper in the other. Nobody signs for both.
 */
export function signContract(
  contract: Contract,
  actor: Actor,
  now: Instant,
  document: ContractDocument | undefined,
  signing: Signing,
): Ruling<Contract> {
  const state = standing(contract, 'signContract', actor)
  if (!state.ok) return state
  const party = partyOf(contract, actor, 'contracts.signContract')
  if (party === undefined) return forbid('not-a-party')
  if (Object.keys(contract.signatures).length > 0 && !signedByKey(contract)) return refuse('signed-on-paper')
  const other = contract.signatures[otherParty(party)]
  if (other?.person === personOf(actor)) return forbid('one-person-two-parties')
  if (contract.signatures[party] !== undefined) return refuse('already-signed')
  if (document === undefined) return refuse('document-missing')
  const key = sound(actor, document, signing)
  if (!key.ok) return key
  const mine = { person: personOf(actor), at: now, sha256: document.sha256, key: key.value.id }
  const signatures = { ...contract.signatures, [party]: mine }
  const signed = decide(contract, 'signContract', actor, now, () => ({ signatures }))
  if (!signed.ok || other?.sha256 !== document.sha256) return signed
  return decide({ ...signed.value, version: contract.version }, 'activateContract', actor, now, () => ({
    activeAt: now,
    signUntil: undefined,
  }))
}

/**
 * A party signs an amendment of a contract that was signed by key: first who proposed it, then the other, and it is in force. What the contract would say then must be
 * what the document says: a milestone that was reported meanwhile makes it outdated. Answers the amendment agreed, or as it was.
 */
export function signAmendment(
  contract: Contract,
  amendment: Amendment,
  actor: Actor,
  now: Instant,
  document: ContractDocument | undefined,
  signing: Signing,
): Ruling<{ contract: Contract; amendment: Amendment; party: Party }> {
  if (amendment.state !== 'proposed') return refuse('amendment-decided')
  if (!signedByKey(contract)) return refuse('signed-on-paper')
  const state = standing(contract, 'signAmendment', actor)
  if (!state.ok) return state
  const party = partyOf(contract, actor, 'contracts.amendContract')
  if (party === undefined) return forbid('not-a-party')
  const proposing = party === amendment.proposedBy
  if (contract.amendmentFor !== party) return refuse(proposing ? 'already-signed' : 'proposer-signs-first')
  if (!proposing && amendment.person === personOf(actor)) return forbid('one-person-two-parties')
  if (document === undefined) return refuse('document-missing')
  const result = agreed(contract, amendment)
  if (!result.ok) return result
  if (!saysTheSame(result.value, document.content.terms)) return refuse('document-outdated')
  const key = sound(actor, document, signing)
  if (!key.ok) return key
  if (proposing) {
    const waits = decide(contract, 'signAmendment', actor, now, () => ({ amendmentFor: otherParty(party) }))
    return waits.ok ? allow({ contract: waits.value, amendment, party }) : waits
  }
  const done = decide(contract, 'signAmendment', actor, now, () => ({
    milestones: result.value.milestones,
    value: result.value.value,
    end: result.value.end,
    team: result.value.team,
    amendmentFor: undefined,
  }))
  return done.ok
    ? allow({
        contract: done.value,
        amendment: { ...amendment, state: 'agreed', decidedAt: now, decidedBy: personOf(actor) },
        party,
      })
    : done
}

/** Whether a contract's terms are those that a document states. */
export function saysTheSame(contract: Contract, terms: DocumentTerms): boolean {
  return sameTerms(termsOf(contract, new Map()), terms)
}

/** A new key of a person: not on record yet, its private half shown, not more than a person can keep apart. */
export function addSigningKey(
  own: readonly SigningKey[],
  taken: boolean,
  fresh: { readonly proven: boolean; readonly mayEverSign: boolean },
): Ruling<void> {
  if (!fresh.mayEverSign) return forbid('no-signer')
  if (!fresh.proven) return invalid([{ path: 'body.proof', code: 'key-proof-wrong' }])
  if (taken) return invalid([{ path: 'body.publicKey', code: 'key-exists' }])
  const inForce = own.filter((key) => key.retiredAt === undefined).length
  return inForce < mostKeys ? allow(undefined) : refuse('too-many-keys', { most: mostKeys })
}

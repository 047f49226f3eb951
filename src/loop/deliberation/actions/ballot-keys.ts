// Deliberation: the cryptography of secret ballots on the server: the key of a vote, blind signatures (RFC 9474), proofs, the digest of all ballots.
import {
  constants,
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  type KeyObject,
  privateEncrypt,
  publicDecrypt,
  randomBytes,
  sign,
  verify,
} from 'node:crypto'
import { promisify } from 'node:util'
import type { Act } from '../../../platform/action.ts'
import { type Choice, ballotText, choices, tokenBytes } from '../contract/ballots.ts'
import type { Vote } from '../rules/ballots.ts'
import type { PaperRows } from '../rules/paper.ts'
import type { Ballot, SealedBallot } from '../store/ballots.ts'

const makePair = promisify(generateKeyPair)

/** DER head of an Ed25519 SubjectPublicKeyInfo (RFC 8410); the 32 bytes of the key follow. */
const ed25519Head = Buffer.from('302a300506032b6570032100', 'hex')
const saltBytes = 48
const keyBytes = 32

/** A fresh RSA-2048 pair for one vote: public part as SubjectPublicKeyInfo, private part as PEM text to be sealed. */
export async function makeVoteKey(): Promise<{ publicKey: Buffer; privateKey: string }> {
  const { publicKey, privateKey } = await makePair('rsa', { modulusLength: 2048, publicExponent: 0x10001 })
  return {
    publicKey: publicKey.export({ type: 'spki', format: 'der' }),
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }
}

const keyPlace = (vote: string) => ({ table: 'deliberation.vote', column: 'private_key', row: vote })
const ballotPlace = (mark: string) => ({ table: 'deliberation.ballot_inbox', column: 'sealed', row: mark })

/** Seals the private key under the vote's own data key, which is destroyed when the vote ends. */
export function sealVoteKey(act: Act, vote: string, pem: string): Promise<Buffer> {
  return act.platform.cipher.seal(act.tx, vote, keyPlace(vote), pem)
}

/** Private keys parsed lately, by vote: parsing costs more than signing. Only those whose vote still holds its sealed key are asked for. */
const parsed = new Map<string, { sealed: Buffer; key: KeyObject }>()
const mostParsed = 50

async function privateKeyOf(act: Act, vote: Vote): Promise<KeyObject> {
  if (vote.privateKey === undefined) throw new Error('a vote that ended signs nothing')
  const sealed = Buffer.from(vote.privateKey)
  const known = parsed.get(vote.id)
  if (known?.sealed.equals(sealed)) return known.key
  const pem = await act.platform.cipher.open(act.tx, vote.id, keyPlace(vote.id), sealed)
  if (pem === undefined) throw new Error('the key of an open vote was destroyed')
  const key = createPrivateKey(pem)
  const oldest = parsed.keys().next().value
  if (parsed.size >= mostParsed && oldest !== undefined) parsed.delete(oldest)
  parsed.set(vote.id, { sealed, key })
  return key
}

/** Forgets the private key of a vote that ended. */
export function forgetVoteKey(vote: string): void {
  parsed.delete(vote)
}

/**
 * BlindSign of RFC 9474: raw RSA over the blinded message, by OpenSSL (constant time), checked by the public key so that a faulty
 * computation leaks nothing. Undefined when the message is not below the modulus.
 */
export async function blindSign(act: Act, vote: Vote, blinded: Buffer): Promise<Buffer | undefined> {
  const key = await privateKeyOf(act, vote)
  let signature: Buffer
  try {
    signature = privateEncrypt({ key, padding: constants.RSA_NO_PADDING }, blinded)
  } catch {
    return undefined
  }
  const again = publicDecrypt({ key: publicKeyOf(vote.publicKey), padding: constants.RSA_NO_PADDING }, signature)
  if (!again.equals(blinded)) throw new Error('the signature does not give the message')
  return signature
}

/**
 * A ballot like one cast with a token, for a paper ballot that may not stand apart: same shape, signed and proven alike. Its key is forgotten at
 * once. Only the count makes such, at most four of a vote.
 */
export async function foldBallot(act: Act, vote: Vote, choice: Choice): Promise<Ballot> {
  const key = await privateKeyOf(act, vote)
  const own = await makePair('ed25519', {})
  const token = Buffer.concat([
    randomBytes(tokenBytes - keyBytes),
    own.publicKey.export({ format: 'der', type: 'spki' }).subarray(-keyBytes),
  ])
  return {
    token,
    signature: sign('sha384', token, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: saltBytes }),
    choice,
    proof: sign(null, Buffer.from(ballotText(vote.id, choice)), own.privateKey),
  }
}

function publicKeyOf(spki: Uint8Array): KeyObject {
  return createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' })
}

/** Whether the token carries this vote's signature (RSASSA-PSS, SHA-384, salt of 48 bytes). */
export function isSigned(spki: Uint8Array, token: Buffer, signature: Buffer): boolean {
  const key = { key: publicKeyOf(spki), padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: saltBytes }
  return verify('sha384', token, key, signature)
}

/** Whether the key in the token signed this choice in this vote. */
export function isProven(vote: string, ballot: Pick<Ballot, 'token' | 'choice' | 'proof'>): boolean {
  try {
    const raw = ballot.token.subarray(ballot.token.length - keyBytes)
    const key = createPublicKey({ key: Buffer.concat([ed25519Head, raw]), format: 'der', type: 'spki' })
    return verify(null, Buffer.from(ballotText(vote, ballot.choice)), key, ballot.proof)
  } catch {
    return false
  }
}

/** By what a ballot is known while it is under way: nobody finds its token in the list of all tokens without the server's key. */
export function markOf(act: Act, vote: string, token: Buffer): string {
  return act.platform.cipher.blind(`deliberation.ballot:${vote}`, token.toString('base64url'))
}

const code = (choice: Choice) => String(choices.indexOf(choice))

/** Seals a ballot; sealed ballots are all of one length. */
export async function sealBallot(act: Act, vote: string, ballot: Ballot): Promise<SealedBallot> {
  const mark = markOf(act, vote, ballot.token)
  const text = [ballot.token, ballot.signature, ballot.proof].map((part) => part.toString('base64url'))
  const sealed = await act.platform.cipher.seal(
    act.tx,
    vote,
    ballotPlace(mark),
    [code(ballot.choice), ...text].join('.'),
  )
  return { mark, sealed }
}

/** Opens a sealed ballot; a ballot that cannot be opened is a fault. */
export async function openBallot(act: Act, vote: string, { mark, sealed }: SealedBallot): Promise<Ballot> {
  const text = await act.platform.cipher.open(act.tx, vote, ballotPlace(mark), sealed)
  const [which, token, signature, proof] = (text ?? '').split('.')
  const choice = choices[Number(which)]
  if (choice === undefined || token === undefined || signature === undefined || proof === undefined)
    throw new Error('a sealed ballot was not readable')
  return {
    choice,
    token: Buffer.from(token, 'base64url'),
    signature: Buffer.from(signature, 'base64url'),
    proof: Buffer.from(proof, 'base64url'),
  }
}

export type WireBallot = { token: string; signature: string; choice: Choice; proof: string }

/** A ballot as it goes over the wire and stands in the public file: base64url. */
export function wireBallot(ballot: Ballot): WireBallot {
  return {
    token: ballot.token.toString('base64url'),
    signature: ballot.signature.toString('base64url'),
    choice: ballot.choice,
    proof: ballot.proof.toString('base64url'),
  }
}

/**
 * SHA-256 (hex) over the ballots in the order of their tokens' bytes, a line of token, signature, choice and proof each; then, where paper ballots
 * stand apart, a line of choice and number for each choice.
 */
export function digestOf(ballots: readonly Ballot[], paper: PaperRows | undefined): string {
  const hash = createHash('sha256')
  for (const ballot of ballots) {
    const { token, signature, choice, proof } = wireBallot(ballot)
    hash.update(`${token} ${signature} ${choice} ${proof}\n`)
  }
  if (paper !== undefined) for (const choice of choices) hash.update(`paper ${choice} ${paper[choice]}\n`)
  return hash.digest('hex')
}

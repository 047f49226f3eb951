// A ballot in the browser: make a key, blind the token (RFC 9474), have it signed by name, then cast it in a request without a session.
import { type Choice, ballotText, issueBallot } from '../../../loop/deliberation/contract/ballots.ts'
import { call } from '../../app/client.ts'
import { ProblemError, readProblem } from '../../app/problem.ts'
import { findKept, type KeptBallot, saveKept } from './kept-ballots.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** Base64url without padding. */
export function encoded(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

export function decoded(text: string): Bytes {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0))
}

const copy = (bytes: Uint8Array): Bytes => Uint8Array.from(bytes)

/** Whether this browser can make the key of a ballot; old ones cannot. */
export async function canVote(): Promise<boolean> {
  try {
    await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify'])
    return true
  } catch {
    return false
  }
}

async function suiteOf(publicKey: string) {
  // Only who votes loads the library.
  const { RSABSSA } = await import('@cloudflare/blindrsa-ts')
  const key = await crypto.subtle.importKey('spki', decoded(publicKey), { name: 'RSA-PSS', hash: 'SHA-384' }, true, [
    'verify',
  ])
  return { suite: RSABSSA.SHA384.PSS.Randomized(), key }
}

type Vote = { readonly id: string; readonly publicKey: string }

/** Makes key and token and keeps them before anything is sent: a lost answer is then asked for again with the same blinded token. */
async function prepare(vote: Vote, key: string): Promise<KeptBallot> {
  const known = await findKept(key)
  if (known !== undefined) return known
  const { suite, key: publicKey } = await suiteOf(vote.publicKey)
  const pair = await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify'])
  if (!('privateKey' in pair)) throw new Error('no pair of keys')
  const token = suite.prepare(new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey)))
  const { blindedMsg, inv } = await suite.blind(publicKey, token)
  const fresh: KeptBallot = {
    ...{ key, vote: vote.id, stage: 'asked', token, blinded: blindedMsg, unblinding: inv, signer: pair.privateKey },
  }
  await saveKept(fresh)
  return fresh
}

/** Has the token signed, by name; undefined where it was only deposited: the person is not verified yet. */
async function sign(vote: Vote, ballot: KeptBallot): Promise<KeptBallot | undefined> {
  if (ballot.stage !== 'asked' || ballot.unblinding === undefined) return ballot
  const answer = await call(issueBallot, { params: { id: vote.id }, body: { blinded: encoded(ballot.blinded) } })
  if (answer.signature === undefined) return undefined
  const { suite, key } = await suiteOf(vote.publicKey)
  const signature = await suite.finalize(key, ballot.token, decoded(answer.signature), ballot.unblinding)
  const ready: KeptBallot = { ...ballot, stage: 'ready', signature, unblinding: undefined }
  await saveKept(ready)
  return ready
}

/** The one request that carries no session, no key and no address of the page: who sends it is not to be known. */
async function send(vote: string, body: unknown): Promise<void> {
  let response: Response
  try {
    response = await fetch(`/api/votes/${encodeURIComponent(vote)}/ballots`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Accept-Language': document.documentElement.lang || 'zh-CN' },
      body: JSON.stringify(body),
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
    })
  } catch {
    throw new ProblemError({ status: 0, code: 'no-network', title: '' })
  }
  // The answer is read in any case: an unread one keeps its connection.
  const answer: unknown = await response.json().catch(() => undefined)
  if (!response.ok) throw new ProblemError(readProblem(response.status, answer))
}

/**
 * The newest seal of the vote's county, from the page of seals that is the same for everybody, asked for without a session. Undefined when it cannot
 * be had: nobody's vote waits for it.
 */
async function newestSeal(vote: string): Promise<string | undefined> {
  const jurisdiction = vote.slice(0, 6)
  try {
    const response = await fetch(`/api/seals/heads?jurisdiction=${jurisdiction}`, {
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
    })
    const answer = (await response.json()) as { heads?: readonly { jurisdiction: string; kept: string }[] }
    return answer.heads?.find((head) => head.jurisdiction === jurisdiction)?.kept
  } catch {
    return undefined
  }
}

async function cast(vote: string, ballot: KeptBallot, choice: Choice): Promise<KeptBallot> {
  if (ballot.stage === 'cast' || ballot.signature === undefined) return ballot
  // Said once: a second attempt after a lost answer repeats the first choice.
  let bound = ballot
  if (bound.proof === undefined && bound.signer !== undefined) {
    const text = new TextEncoder().encode(ballotText(vote, choice))
    const proof = new Uint8Array(await crypto.subtle.sign('Ed25519', bound.signer, text))
    bound = { ...bound, choice, proof, seal: await newestSeal(vote) }
    await saveKept(bound)
  }
  if (bound.choice === undefined || bound.proof === undefined) throw new Error('no choice')
  await send(vote, {
    token: encoded(bound.token),
    signature: encoded(ballot.signature),
    choice: bound.choice,
    proof: encoded(bound.proof),
  })
  const done: KeptBallot = { ...bound, stage: 'cast', signer: undefined, unblinding: undefined }
  await saveKept(done)
  return done
}

/** From choice to receipt, taking up where an earlier attempt stopped. Undefined: deposited until the person is verified. */
export async function voteWith(vote: Vote, key: string, choice: Choice): Promise<KeptBallot | undefined> {
  const ballot = await sign(vote, await prepare(vote, key))
  return ballot && cast(vote.id, ballot, choice)
}

/** Twelve digits by which a person recognises the receipt: the first of SHA-256 over the token, as a number. */
export async function receiptNumber(token: Uint8Array): Promise<string> {
  const hash = new DataView(await crypto.subtle.digest('SHA-256', copy(token)))
  const number = String(hash.getBigUint64(0) % 1_000_000_000_000n).padStart(12, '0')
  return `${number.slice(0, 4)} ${number.slice(4, 8)} ${number.slice(8)}`
}

/** SHA-256 of a text, hex. */
export async function sha256(text: string): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))
  return [...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

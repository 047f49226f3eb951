// The independent recount of a vote from its public file: written apart from the server's own code, with nothing but public data.
import { constants, createHash, createPublicKey, type KeyObject, verify } from 'node:crypto'
import { z } from 'zod'

const count = z.number().int().min(0)

/** The public file of a vote: what GET /api/votes/<id>/ballots gives, its pages joined. */
export const voteFile = z.object({
  vote: z.object({
    id: z.string(),
    question: z.string(),
    eligible: count,
    quorumPercent: z.number(),
    majorityPercent: z.number(),
    publicKey: z.string(),
    tally: z.object({
      issued: count,
      papers: count.default(0),
      cast: count,
      counted: count.optional(),
      for: count,
      against: count,
      abstain: count,
    }),
    /** Paper ballots by choice: five or more; fewer stand among the ballots. */
    paper: z.object({ for: count, against: count, abstain: count }).optional(),
    /** By households: how many of them named a voter. */
    rollSize: count.optional(),
    result: z.enum(['adopted', 'rejected', 'no-quorum']),
    digest: z.string(),
  }),
  ballots: z.array(
    z.object({
      token: z.string(),
      signature: z.string(),
      choice: z.enum(['for', 'against', 'abstain']),
      proof: z.string(),
    }),
  ),
})
export type VoteFile = z.output<typeof voteFile>

/** A voter's receipt: the token and the choice that its key signed. */
export const receiptFile = z.object({
  vote: z.string(),
  token: z.string(),
  choice: z.enum(['for', 'against', 'abstain']),
  /** The seal of the events that was public when the ballot was cast: npm run audit:verify -- --against <seal>. */
  seal: z.string().optional(),
})
export type Receipt = z.output<typeof receiptFile>

export type Fault = { readonly what: keyof typeof faultSentences; readonly token?: string }

export const faultSentences = {
  'not-signed': 'a ballot does not carry the signature of this vote: it was not issued',
  'not-proven': 'a ballot’s choice is not signed by the key in its token: it was altered',
  doubled: 'a token stands twice',
  'beyond-issued': 'there are more ballots than tokens and paper ballots given out',
  'beyond-paper': 'there are more paper rows than paper ballots handed out',
  'too-little-paper': 'fewer than five paper rows stand apart: they tell what the few said',
  'beyond-roll': 'more ballots were given out than households on the roll named a voter',
  'count-differs': 'the number of ballots is not the published one: a ballot was dropped or added',
  'numbers-differ': 'the published numbers are not those of the ballots',
  'result-differs': 'the published result does not follow from the numbers and the rules',
  'digest-differs': 'the digest of all ballots is not the published one',
  'receipt-missing': 'the ballot of the receipt is not in the file: it was dropped, or never cast',
  'receipt-altered': 'the ballot of the receipt stands in the file with another choice',
  'receipt-elsewhere': 'the receipt belongs to another vote',
} as const

const choices = ['for', 'against', 'abstain'] as const
/** Paper ballots from which on they are published apart. */
const fewestPaper = 5

const edHead = Buffer.from('302a300506032b6570032100', 'hex')
const bytes = (text: string): Buffer => Buffer.from(text, 'base64url')

function signedBy(key: KeyObject, token: Buffer, signature: Buffer): boolean {
  return verify('sha384', token, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 48 }, signature)
}

function proven(vote: string, token: Buffer, choice: string, proof: Buffer): boolean {
  try {
    const key = createPublicKey({ key: Buffer.concat([edHead, token.subarray(-32)]), format: 'der', type: 'spki' })
    return verify(null, Buffer.from(`liandong ballot 1\n${vote}\n${choice}`), key, proof)
  } catch {
    return false
  }
}

/** Everything that is wrong with a vote's public file, and the numbers recomputed from its valid ballots. */
export function recompute(
  { vote, ballots }: VoteFile,
  receipts: readonly Receipt[] = [],
): { faults: Fault[]; numbers: { for: number; against: number; abstain: number }; result: string } {
  const faults: Fault[] = []
  const key = createPublicKey({ key: bytes(vote.publicKey), format: 'der', type: 'spki' })
  const numbers = { for: 0, against: 0, abstain: 0 }
  const choiceOf = new Map<string, string>()
  for (const { token, signature, choice, proof } of ballots) {
    const whole = bytes(token)
    // The same bytes could be written in two ways; the bytes count.
    const name = whole.toString('base64url')
    if (choiceOf.has(name)) faults.push({ what: 'doubled', token })
    else if (!signedBy(key, whole, bytes(signature))) faults.push({ what: 'not-signed', token })
    else if (!proven(vote.id, whole, choice, bytes(proof))) faults.push({ what: 'not-proven', token })
    else numbers[choice] += 1
    choiceOf.set(name, choice)
  }
  const { paper } = vote
  const paperRows = paper === undefined ? 0 : paper.for + paper.against + paper.abstain
  for (const choice of choices) numbers[choice] += paper?.[choice] ?? 0
  if (paperRows > vote.tally.papers) faults.push({ what: 'beyond-paper' })
  if (paper !== undefined && paperRows < fewestPaper) faults.push({ what: 'too-little-paper' })
  const cast = numbers.for + numbers.against + numbers.abstain
  const rows = ballots.length + paperRows
  // Where paper stands apart, what is not paper was cast with a token; where it does not, fewer than five of the ballots were paper.
  const most = vote.tally.issued + (paper === undefined ? Math.min(vote.tally.papers, fewestPaper - 1) : paperRows)
  if (rows > most) faults.push({ what: 'beyond-issued' })
  if (vote.rollSize !== undefined && vote.tally.issued + vote.tally.papers > vote.rollSize)
    faults.push({ what: 'beyond-roll' })
  if (rows !== vote.tally.cast || rows !== (vote.tally.counted ?? rows)) faults.push({ what: 'count-differs' })
  if (choices.some((choice) => numbers[choice] !== vote.tally[choice])) faults.push({ what: 'numbers-differ' })
  const quorate = cast * 100 > vote.eligible * vote.quorumPercent
  const carried = numbers.for * 100 > cast * vote.majorityPercent
  const result = quorate ? (carried ? 'adopted' : 'rejected') : 'no-quorum'
  if (result !== vote.result) faults.push({ what: 'result-differs' })
  if (digest(ballots, paper) !== vote.digest) faults.push({ what: 'digest-differs' })
  for (const receipt of receipts) {
    const choice = choiceOf.get(bytes(receipt.token).toString('base64url'))
    if (receipt.vote !== vote.id) faults.push({ what: 'receipt-elsewhere', token: receipt.token })
    else if (choice === undefined) faults.push({ what: 'receipt-missing', token: receipt.token })
    else if (choice !== receipt.choice) faults.push({ what: 'receipt-altered', token: receipt.token })
  }
  return { faults, numbers, result }
}

/** SHA-256 over the ballots in the order of their tokens' bytes, then over the paper rows. */
function digest(ballots: VoteFile['ballots'], paper: VoteFile['vote']['paper']): string {
  const hash = createHash('sha256')
  const sorted = ballots.toSorted((left, right) => Buffer.compare(bytes(left.token), bytes(right.token)))
  for (const { token, signature, choice, proof } of sorted) hash.update(`${token} ${signature} ${choice} ${proof}\n`)
  if (paper !== undefined) for (const choice of choices) hash.update(`paper ${choice} ${paper[choice]}\n`)
  return hash.digest('hex')
}

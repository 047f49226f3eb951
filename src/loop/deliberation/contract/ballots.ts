// Deliberation: the endpoints of secret ballots: opening a vote, asking for a token, casting without a name, and what everybody may check.
import { z } from 'zod'
import { endpoint } from '../../../kit/endpoint.ts'
import { idOf } from '../../../kit/id.ts'
import { instantWire } from '../../../kit/instant.ts'
import { listQuery, pageOf } from '../../../kit/listing.ts'
import { plainDate } from '../../../kit/plain-date.ts'
import { actionView, recordAnswer } from '../../../kit/record-view.ts'
import { motionId, motionResults } from '../contract.ts'

export const voteId = idOf('vote')
const byId = z.object({ id: voteId })

export const choices = ['for', 'against', 'abstain'] as const
export type Choice = (typeof choices)[number]

/**
 * `issuing`: tokens and paper ballots are given; `casting`: no more of them, ballots still come in; `counting`: casting is over, two officers
 * count the paper; then counted, or cancelled unread.
 */
export const votePhases = ['issuing', 'casting', 'counting', 'counted', 'cancelled'] as const
/** One ballot for each adult resident, or one for each household, cast by the voter it named. */
export const ballotForms = ['residents', 'households'] as const
export type BallotForm = (typeof ballotForms)[number]

/** What stands on the roll in somebody's name: a token kept until they are verified, a token, or a paper ballot. */
export const ballotStates = ['deposited', 'issued', 'paper'] as const
export type BallotState = (typeof ballotStates)[number]

export type VotePhase = (typeof votePhases)[number]

/** Bytes of the blinded message and of a signature (RSA-2048). */
export const signatureBytes = 256
/** Bytes of a token: 32 random ones (RFC 9474, randomized), then the voter's Ed25519 public key. */
export const tokenBytes = 64

/** Base64url without padding of so many bytes. */
const bytes = (length: number) =>
  z.string().regex(new RegExp(`^[A-Za-z0-9_-]{${Math.ceil((length * 4) / 3)}}$`), { error: 'not-these-bytes' })

/** What the voter's key signs: the vote and the choice, so that a ballot counts in this vote and as this choice only. */
export function ballotText(vote: string, choice: Choice): string {
  return `liandong ballot 1\n${vote}\n${choice}`
}

/** What a vote is opened with; left out, quorum and majority are the county's policy. */
const terms = z.object({
  question: z.string().trim().min(4).max(100),
  form: z.enum(ballotForms).default('residents'),
  /** Adult residents entitled to vote by the community's register; by households, all its households, whether they named a voter or not. */
  eligible: z.number().int().min(1).max(100_000),
  quorum: z.number().int().min(1).max(90).optional(),
  majority: z.number().int().min(50).max(90).optional(),
  /** The last day on which tokens are given. */
  until: plainDate,
})

export const openVote = endpoint({
  name: 'openVote',
  method: 'POST',
  path: '/motions/:id/vote',
  access: 'deliberation.runMotion',
  params: z.object({ id: motionId }),
  body: terms,
  output: recordAnswer.extend({ vote: z.string() }),
  refusals: ['roll-empty'],
  summary: 'Opens a secret vote on a motion; its rules are frozen by the first token that is issued.',
})

export const changeVote = endpoint({
  name: 'changeVote',
  method: 'POST',
  path: '/motions/:id/vote/change',
  access: 'deliberation.runMotion',
  params: z.object({ id: motionId }),
  body: terms,
  output: recordAnswer,
  refusals: ['no-secret-vote', 'vote-frozen', 'roll-empty'],
  summary: 'Changes the rules of a vote for which no token has been issued yet.',
})

export const cancelVote = endpoint({
  name: 'cancelVote',
  method: 'POST',
  path: '/motions/:id/vote/cancel',
  access: 'deliberation.admitMotion',
  params: z.object({ id: motionId }),
  body: z.object({ words: z.string().trim().min(4).max(500) }),
  output: recordAnswer,
  refusals: ['no-secret-vote', 'vote-over'],
  summary: 'Ends a vote uncounted, with a reason; the motion is discussed again and its ballots are destroyed unread.',
})

export const issueBallot = endpoint({
  name: 'issueBallot',
  method: 'POST',
  path: '/votes/:id/token',
  access: 'deliberation.issueBallot',
  params: byId,
  body: z.object({ blinded: bytes(signatureBytes) }),
  output: z.object({ state: z.enum(['issued', 'deposited']), signature: z.string().optional() }),
  refusals: [
    'vote-over',
    'issue-over',
    'token-issued',
    'paper-taken',
    'not-on-roll',
    'adults-only',
    'verified-residents-only',
    'blinded-out-of-range',
  ],
  summary:
    'Signs a voter’s blinded token, once for each person; who is not verified yet deposits it and asks again when they are.',
})

export const castBallot = endpoint({
  name: 'castBallot',
  method: 'POST',
  path: '/votes/:id/ballots',
  access: 'public',
  anonymous: true,
  params: byId,
  body: z.object({
    token: bytes(tokenBytes),
    signature: bytes(signatureBytes),
    choice: z.enum(choices),
    /** The choice signed by the key in the token (see ballotText). */
    proof: bytes(64),
  }),
  output: z.object({ cast: z.literal(true) }),
  refusals: ['cast-over', 'token-false', 'proof-false', 'ballot-cast-otherwise'],
  summary: 'Casts a ballot without a session; the same ballot again changes nothing, another choice is refused.',
})

/** `issued`: tokens; `papers`: paper ballots handed out; `cast`: ballots that came in; `counted`: those of them that were counted. */
export const tally = z.object({
  issued: z.number().int(),
  papers: z.number().int(),
  cast: z.number().int(),
  counted: z.number().int(),
  for: z.number().int(),
  against: z.number().int(),
  abstain: z.number().int(),
})

/** What everybody knows of a vote; once it is counted, also its numbers and the digest of all ballots. */
const voteHead = z.object({
  id: z.string(),
  motion: z.string(),
  division: z.string(),
  phase: z.enum(votePhases),
  question: z.string(),
  form: z.enum(ballotForms),
  eligible: z.number().int(),
  quorumPercent: z.number(),
  majorityPercent: z.number(),
  issueUntil: instantWire,
  castUntil: instantWire,
  frozenAt: instantWire.optional(),
  /** SubjectPublicKeyInfo of the RSA key that signs this vote's tokens, base64url. */
  publicKey: z.string(),
  tally: tally.optional(),
  /** Households that named a voter, in a vote by households. */
  rollSize: z.number().int().optional(),
  /**
   * The rows of the paper ballots, without names: equal rows are written once, with their number. Absent where none came in, or fewer than five:
   * those stand among the other ballots.
   */
  paper: z.object({ for: z.number().int(), against: z.number().int(), abstain: z.number().int() }).optional(),
  result: z.enum(motionResults).optional(),
  /** SHA-256 over all ballots in the order of their tokens, then the rows of paper; also in the sealed event of the count. */
  digest: z.string().optional(),
})

export const getVote = endpoint({
  name: 'getVote',
  method: 'GET',
  path: '/votes/:id',
  access: 'public',
  params: byId,
  output: voteHead.extend({
    version: z.number().int(),
    divisionName: z.string().optional(),
    cancelled: z.string().optional(),
    /** Tokens issued so far. How many were cast nobody knows before the count. */
    issued: z.number().int(),
    /** Paper ballots handed out so far. */
    papers: z.number().int(),
    mine: z
      .object({
        state: z.enum(['none', ...ballotStates]),
        at: instantWire.optional(),
        /** In a vote by households: whether a household named me. */
        named: z.boolean().optional(),
      })
      .optional(),
    actions: z.array(actionView),
  }),
  refusals: [],
  summary: 'A vote: its rules, how many took a token, and once counted its numbers.',
})

export const ballotRow = z.object({
  token: z.string(),
  signature: z.string(),
  choice: z.enum(choices),
  proof: z.string(),
})

export const listBallots = endpoint({
  name: 'listBallots',
  method: 'GET',
  path: '/votes/:id/ballots',
  access: 'public',
  anonymous: true,
  params: byId,
  query: z.object({
    size: z.coerce.number().int().min(1).max(500).default(500),
    cursor: bytes(tokenBytes).optional(),
  }),
  output: z.object({ vote: voteHead, ballots: z.array(ballotRow), next: z.string().optional() }),
  refusals: ['not-counted'],
  summary: 'All counted ballots in the order of their tokens: anyone recomputes the result from them.',
})

export const listMyTokens = endpoint({
  name: 'listMyTokens',
  method: 'GET',
  path: '/votes/mine',
  access: 'deliberation.issueBallot',
  query: listQuery(['newest'], {}),
  output: pageOf(
    z.object({
      vote: z.string(),
      motion: z.string(),
      question: z.string(),
      phase: z.enum(votePhases),
      state: z.enum(ballotStates),
      at: instantWire,
    }),
  ),
  refusals: [],
  summary: 'Votes in which a token was issued or deposited, or a paper ballot handed out, in my name.',
})

export const listIssuedTokens = endpoint({
  name: 'listIssuedTokens',
  method: 'GET',
  path: '/votes/:id/issued',
  access: 'deliberation.runMotion',
  params: byId,
  query: listQuery(['voter'], {}),
  output: pageOf(
    z.object({
      voter: z.string(),
      maskedName: z.string(),
      state: z.enum(ballotStates),
      at: instantWire,
    }),
  ),
  refusals: [],
  summary: 'The roll of a vote: who was given a token or a paper ballot. What anybody voted is not in it.',
})

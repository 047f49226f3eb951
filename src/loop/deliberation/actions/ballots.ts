// Deliberation: asking for a token by name, and casting a ballot without one.
import { absent, allow, forbid, invalid, refuse } from '../../../kit/ruling.ts'
import { action } from '../../../platform/action.ts'
import * as contract from '../contract/ballots.ts'
import * as rules from '../rules/ballots.ts'
import { insertCast } from '../store/ballots.ts'
import { findVoterForUpdate, saveIssue } from '../store/issues.ts'
import { findVote, saveFrozen } from '../store/votes.ts'
import { blindSign, isProven, isSigned, openBallot, sealBallot } from './ballot-keys.ts'

export const issueBallot = action(contract.issueBallot, async (act, { params, body }) => {
  if (act.actor.kind !== 'person') return forbid('forbidden')
  const { actor } = act
  // The first token freezes the rules: it waits for whoever changes them, and they wait for it.
  const seen = await findVote(act.tx, params.id)
  const vote = seen && (await findVote(act.tx, params.id, seen.frozenAt === undefined ? 'update' : 'shared'))
  if (vote === undefined) return absent()
  const blinded = Buffer.from(body.blinded, 'base64url')
  const { earlier, household } = await findVoterForUpdate(act.tx, vote, actor.personId)
  const ruling = await act.judge(rules.judgedVote(vote, true), () =>
    rules.issueBallot(vote, actor, act.now, earlier, household, blinded),
  )
  if (!ruling.ok) return ruling
  const record = (state: 'issued' | 'deposited' | 'repeated') =>
    act.record({
      name: `deliberation.${state === 'deposited' ? 'depositBallot' : 'issueBallot'}`,
      // Of the vote, not of its motion: a thousand voters would hide what else happened to the motion.
      of: { kind: 'vote', id: vote.id },
      division: vote.division,
      data: state === 'repeated' ? { repeated: true } : {},
    })
  if (ruling.value === 'again') {
    record(earlier?.signature === undefined ? 'deposited' : 'repeated')
    return earlier?.signature === undefined
      ? allow({ state: 'deposited' as const })
      : allow({ state: 'issued' as const, signature: Buffer.from(earlier.signature).toString('base64url') })
  }
  const signature = ruling.value === 'sign' ? await blindSign(act, vote, blinded) : undefined
  if (ruling.value === 'sign' && signature === undefined)
    return invalid([{ path: 'body.blinded', code: 'blinded-out-of-range' }])
  if (!(await saveIssue(act.tx, vote.id, actor.personId, { blinded, signature, household }, act.now)))
    return refuse('token-issued')
  if (vote.frozenAt === undefined) await saveFrozen(act.tx, vote.id, act.now)
  record(signature === undefined ? 'deposited' : 'issued')
  return signature === undefined
    ? allow({ state: 'deposited' as const })
    : allow({ state: 'issued' as const, signature: signature.toString('base64url') })
})

/** Anonymous: no session is read, nothing is logged or measured, no event, no time, no number. What is kept is sealed and all of one size. */
export const castBallot = action(contract.castBallot, async (act, { params, body }) => {
  const vote = await findVote(act.tx, params.id, 'shared')
  if (vote === undefined) return absent()
  const open = rules.castBallot(vote, act.now)
  if (!open.ok) return open
  const ballot = {
    token: Buffer.from(body.token, 'base64url'),
    signature: Buffer.from(body.signature, 'base64url'),
    choice: body.choice,
    proof: Buffer.from(body.proof, 'base64url'),
  }
  if (!isSigned(vote.publicKey, ballot.token, ballot.signature)) return refuse('token-false')
  if (!isProven(vote.id, ballot)) return refuse('proof-false')
  const sealed = await sealBallot(act, vote.id, ballot)
  const earlier = await insertCast(act.tx, vote.id, sealed)
  if (earlier === undefined) return allow({ cast: true as const })
  const before = await openBallot(act, vote.id, { mark: sealed.mark, sealed: earlier })
  return before.choice === ballot.choice ? allow({ cast: true as const }) : refuse('ballot-cast-otherwise')
})

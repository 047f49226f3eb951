// Deliberation: opening, changing and cancelling a secret vote, and what is read of it.
import { divisionName } from '../../../foundation/divisions/public.ts'
import { listPeople } from '../../../foundation/identity/public.ts'
import { may } from '../../../kit/actor.ts'
import type { OutputOf } from '../../../kit/endpoint.ts'
import { type DivisionCode, jurisdictionOf, splitId } from '../../../kit/id.ts'
import type { Instant } from '../../../kit/instant.ts'
import { actionsOf } from '../../../kit/record-view.ts'
import { absent, allow, forbid, refuse, type Ruling } from '../../../kit/ruling.ts'
import { type Act, action, question } from '../../../platform/action.ts'
import { cursorOf, readCursor } from '../../../platform/cursor.ts'
import * as contract from '../contract/ballots.ts'
import * as rules from '../rules/ballots.ts'
import type { Vote } from '../rules/ballots.ts'
import { judgedMotion } from '../rules.ts'
import { findMotionForUpdate, saveMotion } from '../store.ts'
import { listBallotsOf, removeSealed } from '../store/ballots.ts'
import { listIssues, listIssuesOf } from '../store/issues.ts'
import { countRoll } from '../store/rolls.ts'
import { findSeenVote, findVote, insertVote, saveVote } from '../store/votes.ts'
import { makeVoteKey, sealVoteKey, wireBallot } from './ballot-keys.ts'
import { endVote, lockVote } from './count.ts'
import { answerOf, recordMotion, tell, termsOf } from './recording.ts'

function voteTermsOf(act: Act, division: DivisionCode): rules.VoteTerms {
  const { quorumPercent, majorityPercent, calendar } = termsOf(act, division)
  return {
    quorumPercent,
    majorityPercent,
    calendar,
    castDays: act.policy.number('deliberation.cast-days', division),
    mostDays: act.policy.number('deliberation.vote-most-days', division),
  }
}

/** What the event of a vote's rules says: numbers and dates only. */
const ruleData = (
  vote: Pick<Vote, 'form' | 'eligible' | 'quorumPercent' | 'majorityPercent' | 'issueUntil' | 'castUntil'>,
) => ({
  form: vote.form,
  eligible: vote.eligible,
  quorumPercent: vote.quorumPercent,
  majorityPercent: vote.majorityPercent,
  issueUntil: vote.issueUntil,
  castUntil: vote.castUntil,
})

export const openVote = action(contract.openVote, async (act, { params, body }) => {
  const motion = await findMotionForUpdate(act.tx, params.id)
  if (motion === undefined) return absent()
  const id = act.newId<'vote'>(jurisdictionOf(motion.division))
  const { named } = await countRoll(act.tx, motion.id)
  const ruling = await act.judge(judgedMotion(motion), () =>
    rules.openVote(motion, act.actor, act.now, id, body, voteTermsOf(act, motion.division), named),
  )
  if (!ruling.ok) return ruling
  const { value: next } = ruling
  const key = await makeVoteKey()
  await insertVote(act.tx, {
    ...next.vote,
    motion: motion.id,
    division: motion.division,
    state: 'open',
    version: 1,
    paperAttempt: 1,
    openedAt: act.now,
    publicKey: key.publicKey,
    privateKey: await sealVoteKey(act, id, key.privateKey),
  })
  await saveMotion(act.tx, next, act.now)
  recordMotion(act, 'openVote', motion, next, { vote: id, ...ruleData(next.vote) })
  await tell(act, next, 'vote-opened')
  return allow({ ...answerOf(next), vote: id })
})

export const changeVote = action(contract.changeVote, async (act, { params, body }) => {
  const locked = await lockVote(act, params.id)
  if (locked === undefined) return absent()
  const { motion, vote } = locked
  const { named } = await countRoll(act.tx, motion.id)
  const ruling = await act.judge(judgedMotion(motion), () =>
    rules.changeVote(motion, vote, act.actor, act.now, body, voteTermsOf(act, motion.division), named),
  )
  if (!ruling.ok) return ruling
  const next = ruling.value
  await saveVote(act.tx, next.vote)
  await saveMotion(act.tx, next.motion, act.now)
  recordMotion(act, 'changeVote', motion, next.motion, { vote: next.vote.id, ...ruleData(next.vote) })
  return allow(answerOf(next.motion))
})

export const cancelVote = action(contract.cancelVote, async (act, { params, body }) => {
  const locked = await lockVote(act, params.id)
  if (locked === undefined) return absent()
  const { motion, vote } = locked
  const ruling = await act.judge(judgedMotion(motion), () =>
    rules.cancelVote(motion, vote, act.actor, act.now, body.words),
  )
  if (!ruling.ok) return ruling
  const next = ruling.value
  await removeSealed(act.tx, next.vote.id)
  await endVote(act, next)
  recordMotion(act, 'cancelVote', motion, next.motion, { vote: next.vote.id })
  await tell(act, next.motion, 'vote-cancelled')
  return allow(answerOf(next.motion))
})

type Head = OutputOf<typeof contract.listBallots>['vote']

function headOf(vote: Vote, now: Instant): Head {
  return {
    id: vote.id,
    motion: vote.motion,
    division: vote.division,
    phase: rules.phaseOf(vote, now),
    question: vote.question,
    form: vote.form,
    eligible: vote.eligible,
    quorumPercent: vote.quorumPercent,
    majorityPercent: vote.majorityPercent,
    issueUntil: vote.issueUntil,
    castUntil: vote.castUntil,
    frozenAt: vote.frozenAt,
    publicKey: Buffer.from(vote.publicKey).toString('base64url'),
    tally: vote.tally,
    rollSize: vote.rollSize,
    paper: vote.paperRows,
    result: vote.result,
    digest: vote.digest,
  }
}

const stateOf = (issue: rules.Issue) =>
  issue.paper ? ('paper' as const) : issue.signature === undefined ? ('deposited' as const) : ('issued' as const)

export const getVote = question(contract.getVote, async (ask, { params }) => {
  const me = ask.actor.kind === 'person' ? ask.actor.personId : undefined
  const seen = await findSeenVote(ask.tx, params.id, me)
  if (seen === undefined) return absent()
  const { vote, issued, papers, roll, mine, named } = seen
  const asking: Ruling<unknown> = may(ask.actor, 'deliberation.issueBallot', rules.judgedVote(vote, true).reach)
    ? rules.issueBallot(vote, ask.actor, ask.now, mine, named ? 'named' : undefined)
    : forbid('forbidden')
  return allow({
    ...headOf(vote, ask.now),
    version: vote.version,
    divisionName: divisionName(vote.division),
    cancelled: vote.cancelled,
    issued,
    papers,
    rollSize: vote.form === 'households' ? roll : undefined,
    mine:
      me === undefined
        ? undefined
        : {
            state: mine === undefined ? ('none' as const) : stateOf(mine),
            at: mine?.at,
            named: vote.form === 'households' ? named : undefined,
          },
    actions: me === undefined ? [] : actionsOf({ issueBallot: asking }),
  })
})

export const listBallots = question(contract.listBallots, async (ask, { params, query }) => {
  const vote = await findVote(ask.tx, params.id)
  if (vote === undefined) return absent()
  if (vote.state !== 'counted') return refuse('not-counted')
  const after = query.cursor === undefined ? undefined : Buffer.from(query.cursor, 'base64url')
  const found = await listBallotsOf(ask.tx, vote.id, after, query.size + 1)
  const page = found.slice(0, query.size)
  return allow({
    vote: headOf(vote, ask.now),
    ballots: page.map(wireBallot),
    next: found.length > query.size ? page[page.length - 1]?.token.toString('base64url') : undefined,
  })
})

export const listMyTokens = question(contract.listMyTokens, async (ask, { query }) => {
  if (ask.actor.kind !== 'person') return forbid('forbidden')
  const [after] = readCursor(query.cursor, 1) ?? []
  const known = after !== undefined && /^[0-9a-f-]{36}$/.test(after) ? after : undefined
  const found = await listIssuesOf(ask.tx, ask.actor.personId, known, query.size + 1)
  const page = found.slice(0, query.size)
  const last = page[page.length - 1]
  return allow({
    rows: page.map(({ vote, state, at }) => ({
      vote: vote.id,
      motion: vote.motion,
      question: vote.question,
      phase: rules.phaseOf(vote, ask.now),
      state,
      at,
    })),
    next: found.length > query.size && last !== undefined ? cursorOf([splitId(last.vote.id).uuid]) : undefined,
  })
})

export const listIssuedTokens = question(contract.listIssuedTokens, async (ask, { params, query }) => {
  const vote = await findVote(ask.tx, params.id)
  if (vote === undefined) return absent()
  const refusal = ask.see(rules.judgedVote(vote))
  if (refusal !== undefined) return refusal
  const [after] = readCursor(query.cursor, 1) ?? []
  const found = await listIssues(ask.tx, vote.id, after, query.size + 1)
  const page = found.slice(0, query.size)
  const last = page[page.length - 1]
  const people = await listPeople(
    ask.tx,
    page.map((row) => row.voter),
  )
  return allow({
    rows: page.map((row) => ({
      voter: row.voter,
      maskedName: people.get(row.voter)?.maskedName ?? '',
      state: row.state,
      at: row.at,
    })),
    next: found.length > query.size && last !== undefined ? cursorOf([last.voter]) : undefined,
  })
})

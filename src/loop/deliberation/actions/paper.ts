// Deliberation: the paper ballots of a secret vote: handed out by name, counted by two officers who do not see each other's numbers.
import { listPeople } from '../../../foundation/identity/public.ts'
import { notify } from '../../../foundation/notices/public.ts'
import { may } from '../../../kit/actor.ts'
import { actionsOf } from '../../../kit/record-view.ts'
import { absent, allow, forbid, refuse } from '../../../kit/ruling.ts'
import { action, question } from '../../../platform/action.ts'
import * as contract from '../contract/paper.ts'
import { judgedVote } from '../rules/ballots.ts'
import * as rules from '../rules/paper.ts'
import { decide, judgedMotion, type Motion, shownNumber } from '../rules.ts'
import { saveMotion } from '../store.ts'
import { countIssued, findVoterForUpdate, savePaper } from '../store/issues.ts'
import { insertPaperEntry, listPaperEntries } from '../store/paper.ts'
import { findSeenVote, findVote, saveFrozen, saveVote } from '../store/votes.ts'
import { lockVote } from './count.ts'
import { recordMotion } from './recording.ts'

export const handOutPaper = action(contract.handOutPaper, async (act, { params, body }) => {
  if (act.actor.kind !== 'person') return forbid('forbidden')
  const by = act.actor.personId
  // As with a token: the first ballot freezes rules and roll, and waits for whoever changes them.
  const vote = await findVote(act.tx, params.id, 'update')
  if (vote === undefined) return absent()
  const card = (await listPeople(act.tx, [body.voter])).get(body.voter)
  const { earlier, household } = await findVoterForUpdate(act.tx, vote, body.voter)
  const ruling = await act.judge(judgedVote(vote), () =>
    card === undefined
      ? refuse('voter-unknown', {}, { kind: 'invalid' })
      : rules.handOutPaper(vote, { ...card, household }, earlier, act.now),
  )
  if (!ruling.ok) return ruling
  if (!(await savePaper(act.tx, vote.id, body.voter, { by, household }, act.now))) return refuse('token-given')
  if (vote.frozenAt === undefined) await saveFrozen(act.tx, vote.id, act.now)
  act.record({
    name: 'deliberation.handOutPaper',
    of: { kind: 'vote', id: vote.id },
    division: vote.division,
    data: { voter: body.voter },
  })
  // Whoever did not take one learns of it.
  notify(act, {
    persons: [body.voter],
    kind: 'deliberation.paper-given',
    of: { kind: 'vote', id: vote.id },
    params: { question: vote.question },
  })
  return allow({ id: vote.id })
})

export const enterVotePaper = action(contract.enterVotePaper, async (act, { params, body }) => {
  if (act.actor.kind !== 'person') return forbid('forbidden')
  const { actor } = act
  const seen = await findVote(act.tx, params.id)
  const locked = seen && (await lockVote(act, seen.motion))
  if (seen === undefined || locked === undefined) return absent()
  const { motion } = locked
  // A vote that the motion left behind has ended: its rule says so.
  const vote = locked.vote?.id === seen.id ? locked.vote : seen
  const entries = await listPaperEntries(act.tx, vote.id, vote.paperAttempt)
  const { papers } = await countIssued(act.tx, vote.id)
  const ruling = await act.judge(judgedMotion(motion), () =>
    rules.enterVotePaper(motion, vote, { entries, papers }, actor, act.now, body),
  )
  if (!ruling.ok) return ruling
  const outcome = ruling.value
  await insertPaperEntry(act.tx, vote.id, vote.paperAttempt, { ...body, person: actor.personId }, act.now)
  // Their numbers stand in no event: of fewer than five ballots they would tell what the few said.
  const data = { vote: vote.id, attempt: vote.paperAttempt, outcome }
  let next: Motion = motion
  if (outcome === 'equal' && motion.vote !== undefined) {
    const counted = { ...motion.vote, paperAwaited: undefined }
    const decided = decide(motion, 'enterVotePaper', actor, act.now, () => ({ vote: counted }))
    if (!decided.ok) return decided
    next = decided.value
    await saveMotion(act.tx, next, act.now)
  }
  if (outcome === 'unequal') await saveVote(act.tx, { ...vote, paperAttempt: vote.paperAttempt + 1 })
  // Equal: the timer of the count is set anew and is due already.
  recordMotion(act, 'enterVotePaper', motion, next, data, { quiet: outcome !== 'equal' })
  if (outcome === 'unequal')
    notify(act, {
      persons: entries.map((entry) => entry.person),
      kind: 'deliberation.paper-unequal',
      of: { kind: 'motion', id: motion.id },
      params: { motion: `${shownNumber(motion)}「${motion.title}」` },
    })
  return allow({ id: vote.id, outcome })
})

export const getVotePaper = question(contract.getVotePaper, async (ask, { params }) => {
  const seen = await findSeenVote(ask.tx, params.id, undefined)
  if (seen === undefined) return absent()
  const { vote, papers } = seen
  const refusal = ask.see(judgedVote(vote))
  if (refusal !== undefined) return refusal
  const entries = vote.state === 'open' ? await listPaperEntries(ask.tx, vote.id, vote.paperAttempt) : []
  const me = ask.actor.kind === 'person' ? ask.actor.personId : undefined
  const officer = may(ask.actor, 'deliberation.recordMeeting', judgedVote(vote).reach)
  return allow({
    id: vote.id,
    motion: vote.motion,
    papers,
    attempt: vote.paperAttempt,
    entered: entries.length,
    mine: entries.some((entry) => entry.person === me),
    castUntil: vote.castUntil,
    actions: officer
      ? actionsOf({
          handOutPaper: rules.handing(vote, ask.now),
          enterVotePaper: rules.counting(vote, { entries, papers }, ask.actor, ask.now),
        })
      : [],
  })
})

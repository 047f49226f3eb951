// Deliberation: the verbs of a motion from proposal to report.
import { jurisdictionOf } from '../../../kit/id.ts'
import { absent, allow, forbid, refuse, type Ruling } from '../../../kit/ruling.ts'
import { dueAt } from '../../../kit/working-days.ts'
import { type Act, action } from '../../../platform/action.ts'
import { numbersTaken, yearOfNumbers } from '../../../platform/numbers.ts'
import { tsvectorText } from '../../../platform/search/tokens.ts'
import { answerNeeds, endRoute, holdNeeds, takeHeldNeeds } from '../../needs/public.ts'
import * as contract from '../contract.ts'
import * as meeting from '../rules/meeting.ts'
import * as rules from '../rules.ts'
import type { Motion } from '../rules.ts'
import { findMotionForUpdate, insertMotion, insertSupport, saveMotion } from '../store.ts'
import { findHeldDay } from '../store/meeting.ts'
import { answerOf, attached, change, recordMotion, tell, termsOf } from './recording.ts'

const answered = (ruling: Ruling<Motion>) => (ruling.ok ? allow(answerOf(ruling.value)) : ruling)
const refOf = (motion: Motion) => ({ kind: 'motion', id: motion.id })

/** Needs that this motion still has go back to the community with a reason. */
export function returnNeeds(act: Act, motion: Motion, reason: string): Promise<Ruling<void>> {
  return endRoute(act, { needs: motion.needs, by: refOf(motion), reason })
}

export const proposeMotion = action(contract.proposeMotion, async (act, { body }) => {
  if (act.actor.kind !== 'person') return forbid('forbidden')
  const { actor } = act
  const reach = {
    division: body.division,
    persons: [actor.personId],
    organizations: body.organization === undefined ? [] : [body.organization],
  }
  const proposal = await act.judge({ reach }, () => rules.proposeMotion(body, actor))
  if (!proposal.ok) return proposal
  const jurisdiction = jurisdictionOf(body.division)
  const id = act.newId<'motion'>(jurisdiction)
  const held = await holdNeeds(act, body.needs)
  if (
    held.length !== new Set(body.needs).size ||
    held.some(({ card }) => card.division !== body.division || card.visibility === 'private')
  )
    return refuse('need-unknown')
  const files = await attached(act, body.files, id)
  if (!files.ok) return files
  const plan = dueAt(act.now, act.policy.number('deliberation.plan-days', body.division), act.platform.calendar)
  const taken = await takeHeldNeeds(act, held, {
    route: 'deliberation',
    by: { kind: 'motion', id },
    plannedUntil: plan.at,
  })
  if (!taken.ok) return taken
  const bare: Motion = {
    id,
    number: { year: yearOfNumbers(act.now), value: 0 },
    division: body.division,
    state: 'proposed',
    version: 1,
    title: body.title,
    text: body.text,
    origin: proposal.value.origin,
    proposer: actor.personId,
    organization: body.as === 'organization' ? body.organization : undefined,
    needs: body.needs,
    supports: 0,
    verifiedSupports: 0,
    admitAt: act.policy.number('deliberation.admit-supports', body.division),
    createdAt: act.now,
    objections: [],
    pastMeetings: [],
    files: files.value,
    history: [{ state: 'proposed', at: act.now }],
  }
  const words = tsvectorText(`${bare.title} ${bare.text}`)
  const value = await insertMotion(act.tx, bare, words, numbersTaken('motion', jurisdiction, 1, act.now))
  const motion: Motion = { ...bare, number: { ...bare.number, value } }
  recordMotion(
    act,
    'proposeMotion',
    undefined,
    motion,
    { needs: motion.needs.length },
    { links: motion.needs.map((need) => ({ kind: 'need', id: need })) },
  )
  return allow(answerOf(motion))
})

export const supportMotion = action(contract.supportMotion, async (act, { params }) => {
  if (act.actor.kind !== 'person') return forbid('forbidden')
  const { actor } = act
  const motion = await findMotionForUpdate(act.tx, params.id)
  if (motion === undefined) return absent()
  const ruling = await act.judge(rules.judgedMotion(motion, true), () =>
    rules.standing(motion, 'supportMotion', actor, act.now),
  )
  if (!ruling.ok) return ruling
  const verified = rules.isVerifiedResident(actor, motion.division)
  const counts = await insertSupport(act.tx, motion, actor.personId, verified, act.now)
  if (counts === undefined) return refuse('already-supported')
  const supported: Motion = { ...motion, ...counts }
  recordMotion(act, 'supportMotion', motion, supported, { verified, supports: counts.supports }, { quiet: true })
  if (!rules.admitsItself(supported)) return allow({ ...answerOf(supported), ...counts })
  const admitted = rules.advance(
    supported,
    'admitMotion',
    { kind: 'system', name: 'deliberation.admitMotion', grants: [] },
    act.now,
  )
  if (!admitted.ok) return admitted
  await saveMotion(act.tx, admitted.value, act.now)
  recordMotion(act, 'admitMotion', supported, admitted.value, {
    bySupports: true,
    verifiedSupports: counts.verifiedSupports,
  })
  await tell(act, admitted.value, 'admitted')
  return allow({ ...answerOf(admitted.value), ...counts })
})

export const admitMotion = action(contract.admitMotion, async (act, { params }) =>
  answered(
    await change(act, params.id, 'admitMotion', (motion) => rules.advance(motion, 'admitMotion', act.actor, act.now), {
      afterwards: (after) => tell(act, after, 'admitted'),
    }),
  ),
)

export const declineMotion = action(contract.declineMotion, async (act, { params, body }) =>
  answered(
    await change(act, params.id, 'declineMotion', (motion) => rules.declineMotion(motion, act.actor, act.now, body), {
      afterwards: async (after) => {
        await tell(act, after, 'declined')
        return returnNeeds(act, after, 'motion-declined')
      },
    }),
  ),
)

export const withdrawMotion = action(contract.withdrawMotion, async (act, { params }) =>
  answered(
    await change(
      act,
      params.id,
      'withdrawMotion',
      (motion) => rules.advance(motion, 'withdrawMotion', act.actor, act.now),
      {
        afterwards: (after) => returnNeeds(act, after, 'motion-withdrawn'),
      },
    ),
  ),
)

export const startDiscussion = action(contract.startDiscussion, async (act, { params }) =>
  answered(
    await change(
      act,
      params.id,
      'startDiscussion',
      (motion) => rules.advance(motion, 'startDiscussion', act.actor, act.now),
      {
        afterwards: (after) => tell(act, after, 'discussing'),
      },
    ),
  ),
)

export const openMeeting = action(contract.openMeeting, async (act, { params, body }) =>
  answered(
    await change(
      act,
      params.id,
      'openMeeting',
      (motion) => meeting.openMeeting(motion, act.actor, act.now, body, termsOf(act, motion.division)),
      {
        data: (after) => ({
          on: body.date,
          eligible: body.eligible,
          quorumPercent: after.meeting?.quorumPercent,
          majorityPercent: after.meeting?.majorityPercent,
        }),
        afterwards: (after) => tell(act, after, 'meeting-called'),
      },
    ),
  ),
)

export const recordMeeting = action(contract.recordMeeting, async (act, { params, body }) => {
  const held = await findHeldDay(act.tx, params.id)
  return answered(
    await change(
      act,
      params.id,
      'recordMeeting',
      (motion) => meeting.recordMeeting(motion, act.actor, act.now, body, held),
      {
        files: body.files,
        data: () => ({ attendance: body.attendance, for: body.for, against: body.against, abstain: body.abstain }),
      },
    ),
  )
})

export const sendBackMeeting = action(contract.sendBackMeeting, async (act, { params, body }) =>
  answered(
    await change(act, params.id, 'sendBackMeeting', (motion) =>
      meeting.sendBackMeeting(motion, act.actor, act.now, body),
    ),
  ),
)

export const confirmMeeting = action(contract.confirmMeeting, async (act, { params }) => {
  const ruling = await change(
    act,
    params.id,
    'confirmMeeting',
    (motion) => meeting.confirmMeeting(motion, act.actor, act.now),
    {
      data: ({ meeting: held, result }) => ({
        result,
        attendance: held?.attendance,
        eligible: held?.eligible,
        for: held?.for,
        against: held?.against,
        abstain: held?.abstain,
      }),
      afterwards: (after) => tell(act, after, `result-${after.result}`),
    },
  )
  if (!ruling.ok) return ruling
  return allow({ ...answerOf(ruling.value), result: ruling.value.result ?? 'no-quorum' })
})

export const publishResolution = action(contract.publishResolution, async (act, { params }) =>
  answered(
    await change(
      act,
      params.id,
      'publishResolution',
      (motion) => meeting.publishResolution(motion, act.actor, act.now, termsOf(act, motion.division)),
      {
        data: (after) => ({ result: after.result, noticeUntil: after.noticeUntil }),
        afterwards: (after) => tell(act, after, 'published'),
      },
    ),
  ),
)

export const objectToResolution = action(contract.objectToResolution, async (act, { params, body }) =>
  answered(
    await change(
      act,
      params.id,
      'objectToResolution',
      (motion) => meeting.objectToResolution(motion, act.actor, act.now, body),
      { anyone: true },
    ),
  ),
)

export const decideObjection = action(contract.decideObjection, async (act, { params, body }) => {
  const verb = body.upheld ? ('reopenDiscussion' as const) : ('decideObjection' as const)
  return answered(
    await change(
      act,
      params.id,
      'decideObjection',
      (motion) => meeting.decideObjection(motion, act.actor, act.now, body),
      {
        event: verb,
        data: () => ({ upheld: body.upheld }),
        afterwards: (after) => tell(act, after, body.upheld ? 'objection-upheld' : 'objection-dismissed'),
      },
    ),
  )
})

export const reportMotion = action(contract.reportMotion, async (act, { params, body }) =>
  answered(
    await change(act, params.id, 'reportMotion', (motion) => rules.reportMotion(motion, act.actor, act.now, body), {
      files: body.files,
      afterwards: (after) =>
        answerNeeds(act, { needs: after.needs, words: body.words.slice(0, 500), by: refOf(after) }),
    }),
  ),
)

export const closeMotion = action(contract.closeMotion, async (act, { params }) =>
  answered(
    await change(act, params.id, 'closeMotion', (motion) => rules.advance(motion, 'closeMotion', act.actor, act.now)),
  ),
)

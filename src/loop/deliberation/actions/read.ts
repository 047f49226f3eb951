// Deliberation: the questions: motions of a place, the desk's list, and the record with what its reader may do.
import { divisionName } from '../../../foundation/divisions/public.ts'
import { may } from '../../../kit/actor.ts'
import type { OutputOf } from '../../../kit/endpoint.ts'
import { within } from '../../../kit/id.ts'
import { type ActionView, actionsOf } from '../../../kit/record-view.ts'
import { absent, allow, forbid, type Ruling } from '../../../kit/ruling.ts'
import { type Ask, question } from '../../../platform/action.ts'
import { tsqueryText } from '../../../platform/search/tokens.ts'
import { listNeeds } from '../../needs/public.ts'
import * as contract from '../contract.ts'
import {
  judgedMotion,
  type Motion,
  type MotionVerb,
  motionVerbPermissions,
  openObjection,
  shownNumber,
  standing,
} from '../rules.ts'
import { changing, type Vote } from '../rules/ballots.ts'
import { findSeenMotion, listMotionsOf } from '../store.ts'
import { findSeenVote, type SeenVote } from '../store/votes.ts'

function rowView(motion: Motion): OutputOf<typeof contract.listMotions>['rows'][number] {
  return {
    id: motion.id,
    number: shownNumber(motion),
    title: motion.title,
    state: motion.state,
    origin: motion.origin,
    division: motion.division,
    divisionName: divisionName(motion.division),
    supports: motion.supports,
    verifiedSupports: motion.verifiedSupports,
    createdAt: motion.createdAt,
    meetingOn: motion.meeting?.on,
    voteUntil: motion.vote?.issueUntil,
    result: motion.result,
    noticeUntil: motion.noticeUntil,
  }
}

export const listMotions = question(contract.listMotions, async (ask, { query }) => {
  const page = await listMotionsOf(ask.tx, query)
  return allow({ rows: page.rows.map(rowView), next: page.next })
})

export const listDeskMotions = question(contract.listDeskMotions, async (ask, { query }) => {
  const mine = ask.scopes.divisions
  const asked = query.division
  const place = asked === undefined ? mine[0] : mine.some((division) => within(asked, division)) ? asked : undefined
  if (place === undefined) return forbid('forbidden')
  const page = await listMotionsOf(ask.tx, {
    division: place,
    state: query.state,
    size: query.size,
    cursor: query.cursor,
    query: query.q === undefined ? undefined : tsqueryText(query.q),
  })
  return allow({ rows: page.rows.map(rowView), next: page.next })
})

/** Verbs that every resident may try; the rule asks whether they are verified and live there. */
const forResidents: readonly string[] = ['deliberation.supportMotion', 'deliberation.addStatement']

const meetingVerbs: readonly string[] = ['openMeeting', 'recordMeeting', 'confirmMeeting', 'sendBackMeeting']
const voteVerbs: readonly string[] = ['openVote', 'changeVote', 'cancelVote']

/** While a motion is decided in one way, the verbs of the other are not shown. */
function isOtherWay(motion: Motion, verb: string): boolean {
  return motion.state === 'voting' && (motion.vote === undefined ? voteVerbs : meetingVerbs).includes(verb)
}

function actionsFor(ask: Ask, motion: Motion, supported: boolean, vote: Vote | undefined): ActionView[] {
  const held = new Set(ask.actor.grants.flatMap((grant) => [...grant.permissions]))
  const rulings: Record<string, Ruling<unknown>> = {}
  for (const [verb, permission] of Object.entries(motionVerbPermissions) as [MotionVerb, string][]) {
    if (!held.has(permission) || (verb === 'supportMotion' && supported) || isOtherWay(motion, verb)) continue
    const reaches = may(ask.actor, permission, judgedMotion(motion, forResidents.includes(permission)).reach)
    // The desk of another place is not offered what it may not do.
    if (!reaches) continue
    const ruling = standing(motion, verb, ask.actor, ask.now)
    rulings[verb] = verb === 'changeVote' && ruling.ok ? changing(vote) : ruling
  }
  return actionsOf(rulings)
}

/** The secret vote as the motion's page shows it; frozen and issued as they are now. */
function voteView(motion: Motion, seen: SeenVote | undefined): OutputOf<typeof contract.getMotion>['vote'] {
  const { vote } = motion
  if (vote === undefined) return undefined
  const { id, question: asked, form, eligible, quorumPercent, majorityPercent, issueUntil, castUntil, tally } = vote
  return {
    ...{ id, question: asked, form, eligible, quorumPercent, majorityPercent, issueUntil, castUntil, tally },
    frozen: seen?.vote.frozenAt !== undefined,
    issued: seen?.issued ?? 0,
    papers: seen?.papers ?? 0,
    rollSize: seen?.roll ?? 0,
    paperAwaited: vote.paperAwaited ?? false,
  }
}

function meetingView(motion: Motion): OutputOf<typeof contract.getMotion>['meeting'] {
  const { meeting } = motion
  if (meeting === undefined) return undefined
  // The officers' ids stay inside; the timeline names them to those who may see it.
  return {
    on: meeting.on,
    place: meeting.place,
    form: meeting.form,
    eligible: meeting.eligible,
    quorumPercent: meeting.quorumPercent,
    majorityPercent: meeting.majorityPercent,
    attendance: meeting.attendance,
    for: meeting.for,
    against: meeting.against,
    abstain: meeting.abstain,
    minutes: meeting.minutes,
    recorded: meeting.recordedBy !== undefined,
    confirmedAt: meeting.confirmedAt,
    remark: meeting.remark,
  }
}

export const getMotion = question(contract.getMotion, async (ask, { params }) => {
  const seen = await findSeenMotion(ask.tx, params.id, ask.actor.kind === 'person' ? ask.actor.personId : undefined)
  if (seen === undefined) return absent()
  const { motion, supported } = seen
  const needs = await listNeeds(ask.tx, motion.needs)
  const vote = motion.vote && (await findSeenVote(ask.tx, motion.vote.id, undefined))
  const objection = motion.objections[motion.objections.length - 1]
  return allow({
    id: motion.id,
    version: motion.version,
    number: shownNumber(motion),
    title: motion.title,
    text: motion.text,
    state: motion.state,
    origin: motion.origin,
    division: motion.division,
    divisionName: divisionName(motion.division),
    needs: needs.map((need) => ({ id: need.id, number: need.number, title: need.title, state: need.state })),
    supports: motion.supports,
    verifiedSupports: motion.verifiedSupports,
    admitAt: motion.admitAt,
    supported,
    history: [...motion.history],
    meeting: meetingView(motion),
    vote: voteView(motion, vote),
    result: motion.result,
    noticeUntil: motion.noticeUntil,
    objection:
      objection === undefined
        ? undefined
        : {
            words: objection.words,
            at: objection.at,
            open: openObjection(motion) !== undefined,
            upheld: objection.upheld,
            decision: objection.decision,
          },
    declined: motion.declined,
    report: motion.report,
    files: [...motion.files],
    actions: actionsFor(ask, motion, supported, vote?.vote),
  })
})

// The desk's verbs of a motion, each with its form.
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../kit/endpoint.ts'
import * as ballots from '../../../loop/deliberation/contract/ballots.ts'
import * as contract from '../../../loop/deliberation/contract.ts'
import { addProgress } from '../../../loop/deliberation/contract/follow-up.ts'
import { getMeetingDay } from '../../../loop/deliberation/contract/meeting.ts'
import { useAsk } from '../../app/ask.ts'
import { ChoiceField } from '../../ui/desk/ChoiceField.tsx'
import { useVerbs, type Verb } from '../../ui/desk/record-verbs.tsx'
import { MeetingNumbers } from './MeetingCard.tsx'
import { partsOf, two } from '../../ui/shared/when.ts'
import type { DeskMotion } from './motion-words.tsx'

const ballotForm = ['residents', 'households'] as const
const forms = ['representatives', 'households', 'residents'] as const

type Day = OutputOf<typeof getMeetingDay>['day']

/** What the meeting's day knows already: who checked in, what two officers counted, the minutes under the agenda. */
function heldNumbers(day: Day) {
  if (!day) return undefined
  const counted = day.paper?.accepted
  const attendance = Math.max(
    day.checkIn.counted,
    counted ? counted.for + counted.against + counted.abstain + counted.invalid : 0,
  )
  const minutes = day.agenda
    .flatMap((item, index) => (item.minutes ? [`${index + 1}. ${item.title}\n${item.minutes}`] : []))
    .join('\n')
  return {
    attendance: attendance > 0 ? attendance : undefined,
    for: counted?.for,
    against: counted?.against,
    // Whoever was there and voted neither way, invalid ballots among them.
    abstain: counted && attendance - counted.for - counted.against,
    minutes: minutes || undefined,
  }
}

/** A vote's rules as its form holds them. */
function termsOf(vote: NonNullable<DeskMotion['vote']>) {
  const { question, form, eligible, quorumPercent: quorum, majorityPercent: majority } = vote
  const day = partsOf(vote.issueUntil)
  return {
    question,
    form,
    eligible,
    quorum,
    majority,
    until: day ? `${day.year}-${two(day.month)}-${two(day.day)}` : undefined,
  }
}

/** Acts and open dialog of a motion's page; verbs that belong to residents or other roles are left out. */
export function useMotionVerbs(motion: DeskMotion | undefined) {
  const { t } = useTranslation('deliberation')
  const meeting = motion?.meeting
  const day = useAsk(
    getMeetingDay,
    { params: { id: motion?.id ?? '' } },
    { enabled: motion?.state === 'voting' && meeting !== undefined },
  ).data?.day
  const held = meeting?.attendance === undefined ? heldNumbers(day) : undefined
  const vote = motion?.vote
  const numbers = meeting?.recorded ? <MeetingNumbers meeting={meeting} /> : undefined
  const voteOverrides = {
    form: {
      control: (
        <ChoiceField
          label={t('fields.form')}
          choices={ballotForm.map((value) => ({ value, label: t(`ballotForms.${value}`) }))}
        />
      ),
    },
  }
  const verbs: Record<string, Verb> = {
    admitMotion: { endpoint: contract.admitMotion, icon: 'check' },
    startDiscussion: { endpoint: contract.startDiscussion, icon: 'chat' },
    openMeeting: {
      endpoint: contract.openMeeting,
      icon: 'calendar',
      initial: meeting && { date: meeting.on, place: meeting.place, eligible: meeting.eligible, form: meeting.form },
      overrides: {
        form: {
          control: (
            <ChoiceField
              label={t('fields.form')}
              choices={forms.map((value) => ({ value, label: t(`forms.${value}`) }))}
            />
          ),
        },
      },
    },
    openVote: {
      endpoint: ballots.openVote,
      icon: 'ballot',
      initial: { form: 'residents' },
      overrides: voteOverrides,
    },
    changeVote: {
      endpoint: ballots.changeVote,
      icon: 'pencil',
      initial: vote && termsOf(vote),
      overrides: voteOverrides,
    },
    cancelVote: { endpoint: ballots.cancelVote, icon: 'close', danger: true },
    recordMeeting: {
      endpoint: contract.recordMeeting,
      icon: 'pencil',
      above: meeting && <p>{t('desk.eligible', { count: meeting.eligible })}</p>,
      initial: held ?? {
        attendance: meeting?.attendance,
        for: meeting?.for,
        against: meeting?.against,
        abstain: meeting?.abstain,
        minutes: meeting?.minutes,
      },
    },
    confirmMeeting: { endpoint: contract.confirmMeeting, icon: 'seal', above: numbers },
    sendBackMeeting: { endpoint: contract.sendBackMeeting, icon: 'back', above: numbers },
    publishResolution: { endpoint: contract.publishResolution, icon: 'board' },
    decideObjection: {
      endpoint: contract.decideObjection,
      icon: 'scale',
      above: motion?.objection && <blockquote>“{motion.objection.words}”</blockquote>,
    },
    addProgress: { endpoint: addProgress, icon: 'gauge' },
    reportMotion: { endpoint: contract.reportMotion, icon: 'send' },
    closeMotion: { endpoint: contract.closeMotion, icon: 'check' },
    withdrawMotion: { endpoint: contract.withdrawMotion, icon: 'back', danger: true },
    declineMotion: { endpoint: contract.declineMotion, icon: 'close', danger: true },
  }
  const mine = motion?.actions.filter((action) => action.code !== 'forbidden')
  return useVerbs(
    'deliberation',
    { id: motion?.id ?? '', version: motion?.version, number: motion?.number, title: motion?.title },
    mine,
    verbs,
  )
}

const firsts = [
  'decideObjection',
  'confirmMeeting',
  'recordMeeting',
  'admitMotion',
  'startDiscussion',
  'openMeeting',
  'publishResolution',
  'reportMotion',
  'closeMotion',
] as const

/** The act that the page offers first: what moves the motion on. */
export function firstAct(motion: DeskMotion): string | undefined {
  return firsts.find((verb) => motion.actions.some((action) => action.verb === verb && action.ok))
}

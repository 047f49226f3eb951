// A motion on the desk: lifecycle, facts, needs, meeting and its second-person confirmation, statements, thread.
import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { getMotion, type MotionState } from '../../../loop/deliberation/contract.ts'
import { useAsk } from '../../app/ask.ts'
import { problemOf } from '../../app/problem.ts'
import { useMay } from '../../app/session.ts'
import type { Fact } from '../../ui/desk/Facts.tsx'
import { RecordPage, Split } from '../../ui/desk/RecordPage.tsx'
import { RelatedList } from '../../ui/desk/RelatedList.tsx'
import { deskPathOf, useRecordTrace, useStateSteps } from '../../ui/desk/record-trace.ts'
import { ThreadTab } from '../../ui/desk/ThreadTab.tsx'
import { DateText } from '../../ui/shared/DateText.tsx'
import { EmptyState } from '../../ui/shared/EmptyState.tsx'
import { ErrorState } from '../../ui/shared/ErrorState.tsx'
import { Go } from '../../ui/shared/Go.tsx'
import { Icon } from '../../ui/shared/Icon.tsx'
import { Skeleton } from '../../ui/shared/Skeleton.tsx'
import { Tag } from '../../ui/shared/Tag.tsx'
import { ThreadLegend } from '../../ui/shared/Thread.tsx'
import styles from './deliberation.module.css'
import { MeetingBlock } from './MeetingCard.tsx'
import { VoteBlock, VoteRoll } from './VoteBlock.tsx'
import { firstAct, useMotionVerbs } from './motion-verbs.tsx'
import { type DeskMotion, motionTone } from './motion-words.tsx'
import { OpinionTab } from './OpinionTab.tsx'
import { ProgressTab } from './ProgressTab.tsx'
import { StatementList } from './StatementList.tsx'

const way: readonly MotionState[] = [
  'proposed',
  'admitted',
  'discussing',
  'voting',
  'adopted',
  'published',
  'executing',
  'reported',
  'closed',
]

/** States in which a roll is prepared for a vote by households. */
const beforeVote: readonly MotionState[] = ['admitted', 'discussing', 'no-quorum']

function useFacts(motion: DeskMotion): Fact[] {
  const { t } = useTranslation('deliberation')
  const facts: Fact[] = [
    { label: t('fields.text'), value: motion.text, span: 3 },
    { label: t('fields.origin'), value: t(`origins.${motion.origin}`) },
    { label: t('fields.division'), value: motion.divisionName },
    {
      label: t('fields.supports'),
      value: t('desk.supportsOf', { count: motion.supports, verified: motion.verifiedSupports, at: motion.admitAt }),
    },
  ]
  if (motion.result)
    facts.push({
      label: t('fields.result'),
      value: <Tag tone={motion.result === 'adopted' ? 'done' : 'neutral'}>{t(`states.${motion.result}`)}</Tag>,
    })
  if (motion.noticeUntil)
    facts.push({
      label: t('fields.noticeUntil'),
      value: <DateText date={motion.noticeUntil} style="weekday" />,
      span: 2,
    })
  if (motion.objection) {
    facts.push({
      label: t('desk.objection'),
      span: 3,
      value: (
        <>
          “{motion.objection.words}”{' '}
          <Tag tone={motion.objection.open ? 'waiting' : 'neutral'}>
            {t(
              motion.objection.open ? 'desk.objectionOpen' : motion.objection.upheld ? 'desk.upheld' : 'desk.dismissed',
            )}
          </Tag>{' '}
          {motion.objection.decision}
        </>
      ),
    })
  }
  if (motion.declined) facts.push({ label: t('states.declined'), value: motion.declined, span: 3 })
  if (motion.report) facts.push({ label: t('desk.report'), value: motion.report, span: 3 })
  return facts
}

function MotionRecord({ motion }: { readonly motion: DeskMotion }) {
  const { t } = useTranslation('deliberation')
  const facts = useFacts(motion)
  const trace = useRecordTrace('motion', motion.id)
  const steps = useStateSteps('deliberation', way, motion.state, motion.history).map((step) => ({
    ...step,
    label: t(`desk.step.${step.key}`),
  }))
  const { acts, dialog } = useMotionVerbs(motion)
  const mayRun = useMay('deliberation.runMotion')
  const needs = motion.needs.map((need) => ({
    key: need.id,
    icon: 'need' as const,
    number: need.number ?? '',
    title: need.title ?? t('desk.privateNeed'),
    to: deskPathOf('need', need.id),
    state: t(`needs:states.${need.state}`),
  }))
  const others = trace.related.filter((row) => !needs.some((need) => row.key.endsWith(need.key)))
  return (
    <>
      <RecordPage
        crumbs={[
          { label: t('frame:menu.deliberation'), to: '/desk/deliberation' },
          ...(motion.divisionName
            ? [{ label: motion.divisionName, to: `/desk/deliberation?division=${motion.division}` }]
            : []),
        ]}
        number={motion.number}
        title={motion.title}
        state={{ label: t(`states.${motion.state}`), tone: motionTone(motion.state), icon: 'deliberation' }}
        primary={firstAct(motion)}
        acts={acts}
        steps={steps}
        facts={facts}
        updated={motion.history.at(-1)?.at}
        timeline={trace.timeline}
        tabs={[
          {
            key: 'statements',
            label: t('desk.tab.statements'),
            icon: 'chat',
            content: <StatementList motion={motion.id} />,
          },
          {
            key: 'map',
            label: t('desk.tab.map'),
            icon: 'users',
            content: <OpinionTab motion={motion.id} />,
          },
          {
            key: 'thread',
            label: t('desk.tab.thread'),
            icon: 'thread',
            extra: <ThreadLegend />,
            content: <ThreadTab kind="motion" id={motion.id} stations={trace.stations} none={t('desk.noThread')} />,
          },
          ...(motion.vote && mayRun
            ? [
                {
                  key: 'roll',
                  label: t('vote.roll'),
                  icon: 'ballot' as const,
                  content: <VoteRoll vote={motion.vote.id} />,
                },
              ]
            : []),
          {
            key: 'minutes',
            label: t('fields.minutes'),
            icon: 'document',
            content: motion.meeting?.minutes ? (
              <p className={styles.minutes}>{motion.meeting.minutes}</p>
            ) : (
              <EmptyState icon="document" title={t('desk.noMinutes')} />
            ),
          },
          {
            key: 'progress',
            label: t('desk.tab.progress'),
            icon: 'gauge',
            content: <ProgressTab motion={motion.id} />,
          },
          {
            key: 'files',
            label: t('fields.files'),
            icon: 'clip',
            count: motion.files.length,
            content:
              motion.files.length > 0 ? (
                <ul className={styles.files}>
                  {motion.files.map((file) => (
                    <li key={file.id}>
                      <Icon name="clip" size={16} />
                      <a href={`/api/files/${file.id}`} target="_blank" rel="noreferrer">
                        {file.name}
                      </a>
                    </li>
                  ))}
                </ul>
              ) : (
                <EmptyState icon="document" title={t('desk.noFiles')} />
              ),
          },
        ]}
      >
        {motion.vote && <VoteBlock motion={motion.id} vote={motion.vote} />}
        {mayRun && beforeVote.includes(motion.state) && (
          <p className={styles.rollLink}>
            <Go to={`/desk/deliberation/${motion.id}/roll`}>{t('roll.prepare')}</Go>
          </p>
        )}
        {motion.meeting && <MeetingBlock meeting={motion.meeting} to={`/desk/deliberation/${motion.id}/meeting`} />}
        <Split>
          <RelatedList title={t('desk.needs')} records={needs} />
          <RelatedList records={others} />
        </Split>
      </RecordPage>
      {dialog}
    </>
  )
}

export default function MotionRecordPage() {
  const { id = '' } = useParams({ strict: false })
  const { data, error, isPending, refetch } = useAsk(getMotion, { params: { id } })
  if (isPending) return <Skeleton rows={12} />
  if (error) return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
  return <MotionRecord key={data.id} motion={data} />
}

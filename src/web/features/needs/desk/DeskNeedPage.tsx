// A need on the desk: lifecycle, facts, what I may do, related records, timeline; below the thread, the talk, supports and money.
import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { getNeed } from '../../../../loop/needs/contract.ts'
import { useGo } from '../../../app/address.ts'
import { useAsk } from '../../../app/ask.ts'
import { problemOf } from '../../../app/problem.ts'
import { useMay } from '../../../app/session.ts'
import { useCategoryName } from '../../../ui/desk/CategoryPicker.tsx'
import type { Fact } from '../../../ui/desk/Facts.tsx'
import { RecordPage, Split } from '../../../ui/desk/RecordPage.tsx'
import { RelatedList } from '../../../ui/desk/RelatedList.tsx'
import type { RecordAct } from '../../../ui/desk/record-acts.ts'
import { useRecordTrace } from '../../../ui/desk/record-trace.ts'
import { ThreadTab } from '../../../ui/desk/ThreadTab.tsx'
import { DateText } from '../../../ui/shared/DateText.tsx'
import { ErrorState } from '../../../ui/shared/ErrorState.tsx'
import { Go } from '../../../ui/shared/Go.tsx'
import { Icon } from '../../../ui/shared/Icon.tsx'
import { Skeleton } from '../../../ui/shared/Skeleton.tsx'
import { Tag } from '../../../ui/shared/Tag.tsx'
import { ThreadLegend } from '../../../ui/shared/Thread.tsx'
import PointShown from '../map/PointShown.tsx'
import { CategoryReason } from './CategoryReason.tsx'
import styles from './desk-needs.module.css'
import { firstAct, useNeedVerbs } from './need-verbs.tsx'
import { type DeskNeed, NeedDue, NeedHolder, needTone } from './need-words.tsx'
import { useNeedSteps } from './need-steps.ts'
import { NeedMoney, NeedSupports, NeedTalk } from './NeedTabs.tsx'

function useFacts(need: DeskNeed): Fact[] {
  const { t } = useTranslation('needs')
  const categoryName = useCategoryName()
  const facts: Fact[] = [
    {
      label: t('desk.resident'),
      value: (
        <>
          {need.residentName ?? '—'}
          {need.onBehalf && (
            <>
              {' '}
              <Tag tone="waiting">{t('desk.onBehalf')}</Tag>
            </>
          )}
        </>
      ),
    },
    { label: t('fields.forWhom'), value: t(`forWhom.${need.forWhom}`) },
    { label: t('fields.source'), value: t(`sources.${need.source}`) },
    ...(need.firstRaised === undefined
      ? []
      : [{ label: t('fields.firstRaised'), value: <DateText date={need.firstRaised} style="full" /> }]),
    { label: t('desk.text'), value: need.text ?? t('desk.closed'), span: 3 },
    {
      label: t('fields.category'),
      value: (
        <>
          {categoryName(need.category)} <CategoryReason need={need} />
        </>
      ),
      // with what the proposal rests on
      span: 2,
    },
    { label: t('fields.urgency'), value: t(`urgencies.${need.urgency}`) },
    { label: t('desk.openness'), value: t(`visibilities.${need.visibility}`) },
    { label: t('fields.place'), value: [need.divisionName, need.place].filter(Boolean).join(' · '), span: 2 },
    ...(need.point
      ? [
          {
            label: t('fields.point'),
            value: (
              <>
                {t('map.at', need.point)}
                <PointShown point={need.point} division={need.division} place={need.divisionName ?? ''} />
              </>
            ),
            span: 3 as const,
          },
        ]
      : []),
    ...(need.answers ?? []).map(({ question, answer }) => ({ label: t(`questions.${question}.short`), value: answer })),
    {
      label: t('fields.supports'),
      value: t('desk.supportsOf', { count: need.supports, verified: need.verifiedSupports }),
    },
    { label: t('fields.holder'), value: <NeedHolder need={need} /> },
    {
      label: t('fields.route'),
      value: need.route
        ? [
            t(`routes.${need.route}`),
            need.department && t(`departments.${need.department}`, { defaultValue: need.department }),
          ]
            .filter(Boolean)
            .join(' · ')
        : '—',
    },
    { label: t('desk.hint'), value: need.routeHint ? t(`routes.${need.routeHint}`) : '—' },
  ]
  if (need.endReason)
    facts.push({
      label: t('desk.routeEnded'),
      value: t(`endReasons.${need.endReason}`, { defaultValue: need.endReason }),
      span: 3,
    })
  if (need.decline)
    facts.push({
      label: t('desk.declined'),
      value: (
        <>
          {t(`declineReasons.${need.decline.reason}`)}
          {t('frame:list.stop')}
          {need.decline.words}
          {need.decline.appealUntil && !need.decline.final && (
            <>
              {' '}
              {t('desk.appealUntil')}
              <DateText date={need.decline.appealUntil} />
            </>
          )}
        </>
      ),
      span: 3,
    })
  if (need.mergedInto)
    facts.push({
      label: t('desk.mergedInto'),
      value: (
        <Go to={`/desk/needs/${need.mergedInto}`} className={styles.link}>
          {t('desk.openMerged')}
        </Go>
      ),
      span: 3,
    })
  if (need.answer) facts.push({ label: t('desk.answer'), value: need.answer.words, span: 3 })
  if (need.verdict)
    facts.push({
      label: t('desk.verdict'),
      value: (
        <>
          {t(`states.${need.verdict.value}`)}
          {need.verdict.rating !== undefined && ` · ${t('desk.rating', { count: need.verdict.rating })}`}
          {need.verdict.words && `${t('frame:list.colon')}${need.verdict.words}`}
        </>
      ),
      span: 3,
    })
  return facts
}

function Attachments({ need }: { readonly need: DeskNeed }) {
  const { t } = useTranslation('needs')
  return (
    <div>
      <h3 className={styles.blockTitle}>{t('fields.files')}</h3>
      {need.files.length === 0 ? (
        <p className={styles.nothing}>{t('desk.noFiles')}</p>
      ) : (
        <ul className={styles.fileList}>
          {need.files.map((file) => (
            <li key={file.id}>
              <Icon name="clip" size={16} />
              <a href={`/api/files/${file.id}`} target="_blank" rel="noreferrer">
                {file.name}
              </a>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

/** An accepted need may go on the wish board: a page of its own, where it is worded for everybody. */
function useWishAct(need: DeskNeed): RecordAct[] {
  const { t } = useTranslation('wishes')
  const go = useGo()
  const may = useMay('wishes.putUpWish')
  if (!may || need.state !== 'accepted') return []
  return [
    {
      key: 'putUpWish',
      label: t('verbs.putUpWish'),
      icon: 'star',
      hint: t('desk.hint'),
      onAct: () => go(`/desk/wishes/new?need=${need.id}`),
    },
  ]
}

function NeedRecord({ need }: { readonly need: DeskNeed }) {
  const { t } = useTranslation('needs')
  const steps = useNeedSteps(need)
  const facts = useFacts(need)
  const trace = useRecordTrace('need', need.id)
  const { acts, dialog } = useNeedVerbs(need)
  const wish = useWishAct(need)
  return (
    <>
      <RecordPage
        crumbs={[
          { label: t('name'), to: '/desk/needs' },
          ...(need.divisionName ? [{ label: need.divisionName, to: `/desk/needs?division=${need.division}` }] : []),
        ]}
        number={need.number}
        title={need.title ?? t('desk.closed')}
        state={{ label: t(`states.${need.state}`), tone: needTone(need.state), icon: 'need' }}
        primary={firstAct(need)}
        acts={[...acts, ...wish]}
        steps={steps}
        facts={facts}
        updated={need.history.at(-1)?.at}
        due={<NeedDue need={need} />}
        timeline={trace.timeline}
        tabs={[
          {
            key: 'thread',
            label: t('desk.tab.thread'),
            icon: 'thread',
            extra: <ThreadLegend />,
            content: <ThreadTab kind="need" id={need.id} stations={trace.stations} none={t('desk.noThread')} />,
          },
          { key: 'talk', label: t('desk.tab.talk'), count: need.talk.length, content: <NeedTalk need={need} /> },
          {
            key: 'supports',
            label: t('desk.tab.supports'),
            count: need.supports,
            content: <NeedSupports need={need} />,
          },
          { key: 'money', label: t('desk.tab.money'), content: <NeedMoney parts={trace.money} /> },
        ]}
      >
        <Split>
          <RelatedList records={trace.related} />
          <Attachments need={need} />
        </Split>
      </RecordPage>
      {dialog}
    </>
  )
}

export default function DeskNeedPage() {
  const { id = '' } = useParams({ strict: false })
  const { data, error, isPending, refetch } = useAsk(getNeed, { params: { id } })
  if (isPending) return <Skeleton rows={12} />
  if (error) return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
  return <NeedRecord key={data.id} need={data} />
}

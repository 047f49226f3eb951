// A wish on the desk: lifecycle, wording, giver, delivery, what I may do, its need, timeline and thread.
import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { getWish, type WishState } from '../../../../loop/wishes/contract.ts'
import * as contract from '../../../../loop/wishes/contract.ts'
import { takeClaimAway } from '../../../../loop/wishes/contract/claims.ts'
import { useAsk } from '../../../app/ask.ts'
import { problemOf } from '../../../app/problem.ts'
import { useCategoryName } from '../../../ui/desk/CategoryPicker.tsx'
import type { Fact } from '../../../ui/desk/Facts.tsx'
import { RecordPage, Split } from '../../../ui/desk/RecordPage.tsx'
import { RelatedList } from '../../../ui/desk/RelatedList.tsx'
import { useRecordTrace, useStateSteps } from '../../../ui/desk/record-trace.ts'
import { useVerbs, type Verb } from '../../../ui/desk/record-verbs.tsx'
import { ThreadTab } from '../../../ui/desk/ThreadTab.tsx'
import { DateText } from '../../../ui/shared/DateText.tsx'
import { ErrorState } from '../../../ui/shared/ErrorState.tsx'
import { Icon } from '../../../ui/shared/Icon.tsx'
import { Skeleton } from '../../../ui/shared/Skeleton.tsx'
import { Tag } from '../../../ui/shared/Tag.tsx'
import { ThreadLegend } from '../../../ui/shared/Thread.tsx'
import { useGiverName, type WishView, wishTone } from '../resident/wish-words.tsx'
import styles from './desk-wishes.module.css'

const ways: Readonly<Record<'asked' | 'offered' | 'open', readonly WishState[]>> = {
  asked: ['asked', 'open', 'claimed', 'delivered', 'confirmed'],
  offered: ['offered', 'open', 'claimed', 'delivered', 'confirmed'],
  open: ['open', 'claimed', 'delivered', 'confirmed'],
}

function useFacts(wish: WishView): Fact[] {
  const { t } = useTranslation('wishes')
  const categoryName = useCategoryName()
  const giverName = useGiverName()
  const facts: Fact[] = [
    { label: t('fields.text'), value: wish.text, span: 3 },
    { label: t('fields.category'), value: categoryName(wish.category) },
    { label: t('fields.division'), value: wish.divisionName },
    {
      label: t('fields.giver'),
      value: wish.giver ? (
        <>
          {giverName(wish.giver)} <Tag tone="neutral">{t(`giverKinds.${wish.giver.kind}`)}</Tag>
        </>
      ) : (
        '—'
      ),
    },
  ]
  if (wish.deliverUntil)
    facts.push({ label: t('fields.deliverUntil'), value: <DateText date={wish.deliverUntil} style="weekday" /> })
  if (wish.confirmUntil)
    facts.push({ label: t('desk.confirmUntil'), value: <DateText date={wish.confirmUntil} style="weekday" /> })
  if (wish.delivery)
    facts.push({
      label: t('page.delivery'),
      span: 3,
      value: (
        <>
          {wish.delivery.words}
          {wish.delivery.files.length > 0 && (
            <ul className={styles.files}>
              {wish.delivery.files.map((file) => (
                <li key={file.id}>
                  <Icon name="clip" size={16} />
                  <a href={`/api/files/${file.id}`} target="_blank" rel="noreferrer">
                    {file.name}
                  </a>
                </li>
              ))}
            </ul>
          )}
        </>
      ),
    })
  if (wish.remark) facts.push({ label: t('desk.remark'), value: wish.remark, span: 3 })
  if (wish.thanks) facts.push({ label: t('page.thanks'), value: wish.thanks.words, span: 3 })
  if (wish.ended)
    facts.push({
      label: t('page.ended'),
      span: 3,
      value: `${t(`endReasons.${wish.ended.reason}`)}${wish.ended.words ? t('page.because', { words: wish.ended.words }) : ''}`,
    })
  return facts
}

function WishRecord({ wish }: { readonly wish: WishView }) {
  const { t } = useTranslation('wishes')
  const facts = useFacts(wish)
  const trace = useRecordTrace('wish', wish.id)
  const begun = wish.history[0]?.state
  const steps = useStateSteps(
    'wishes',
    begun === 'asked' || begun === 'offered' ? ways[begun] : ways.open,
    wish.state,
    wish.history,
  )
  const verbs: Record<string, Verb> = {
    admitWish: { endpoint: contract.admitWish, icon: 'check', above: <p>{wish.text}</p> },
    turnDownWish: { endpoint: contract.turnDownWish, icon: 'close', danger: true },
    takeClaimAway: { endpoint: takeClaimAway, icon: 'back', danger: true },
    takeOffWish: { endpoint: contract.takeOffWish, icon: 'close', danger: true },
  }
  const target = { id: wish.id, version: wish.version, number: wish.number, title: wish.title }
  const { acts, dialog } = useVerbs(
    'wishes',
    target,
    wish.actions.filter((action) => Object.hasOwn(verbs, action.verb)),
    verbs,
  )
  return (
    <>
      <RecordPage
        crumbs={[
          { label: t('name'), to: '/desk/wishes' },
          ...(wish.divisionName ? [{ label: wish.divisionName, to: `/desk/wishes?division=${wish.division}` }] : []),
        ]}
        number={wish.number}
        title={wish.title}
        state={{ label: t(`states.${wish.state}`), tone: wishTone(wish.state), icon: 'star' }}
        primary={wish.state === 'asked' ? 'admitWish' : undefined}
        acts={acts}
        steps={steps}
        facts={facts}
        updated={wish.history.at(-1)?.at}
        timeline={trace.timeline}
        tabs={[
          {
            key: 'thread',
            label: t('desk.thread'),
            icon: 'thread',
            extra: <ThreadLegend />,
            content: <ThreadTab kind="wish" id={wish.id} stations={trace.stations} none={t('desk.noThread')} />,
          },
        ]}
      >
        <Split>
          <RelatedList records={trace.related} />
        </Split>
      </RecordPage>
      {dialog}
    </>
  )
}

export default function DeskWishPage() {
  const { id = '' } = useParams({ strict: false })
  const { data, error, isPending, refetch } = useAsk(getWish, { params: { id } })
  if (isPending) return <Skeleton rows={12} />
  if (error) return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
  return <WishRecord key={data.id} wish={data} />
}

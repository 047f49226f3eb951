// What the platform knows of any record beside its own domain: timeline, related records, thread, money of the thread.
import { useTranslation } from 'react-i18next'
import { getRelated, getTimeline } from '../../../foundation/notices/contract.ts'
import type { OutputOf } from '../../../kit/endpoint.ts'
import { getThread, type StationName } from '../../../loop/thread/contract.ts'
import { useAsk } from '../../app/ask.ts'
import { problemOf } from '../../app/problem.ts'
import { recordIcon, recordPath } from '../../app/record-path.ts'
import { useRoleName } from '../../app/shells/role-names.ts'
import { useDateWords } from '../shared/DateText.tsx'
import { EmptyState } from '../shared/EmptyState.tsx'
import { ErrorState } from '../shared/ErrorState.tsx'
import type { IconName } from '../shared/icon-paths.ts'
import { MoneyText } from '../shared/MoneyText.tsx'
import type { Party } from '../shared/PartyMark.tsx'
import { Skeleton } from '../shared/Skeleton.tsx'
import type { Station } from '../shared/station.ts'
import { Tag } from '../shared/Tag.tsx'
import { Thread } from '../shared/Thread.tsx'
import type { MoneyPart } from './MoneySplit.tsx'
import styles from './record-story.module.css'
import { RelatedList } from './RelatedList.tsx'
import type { TimelineEntry } from './Timeline.tsx'

type OfRecord = { readonly kind: string; readonly id: string }
export type ThreadAnswer = OutputOf<typeof getThread>

const stationIcons: Readonly<Record<StationName, IconName>> = {
  need: 'need', support: 'up', deliberation: 'deliberation', project: 'project', procurement: 'tender', contract: 'contract', delivery: 'delivery',
  payment: 'yuan', evaluation: 'evaluation', verdict: 'star',
}

/** The society that a role belongs to; officials of every level are government. */
function partyOf(role: string | undefined): Party {
  if (role === 'resident' || role === 'volunteer') return 'resident'
  if (role?.startsWith('community-') || role?.startsWith('grid-')) return 'community'
  if (role?.startsWith('organization-')) return 'organization'
  if (role?.startsWith('social-work')) return 'worker'
  return 'government'
}

/** The record's timeline, newest first; undefined while it is on its way. */
export function useTimeline({ kind, id }: OfRecord): readonly TimelineEntry[] | undefined {
  const { t } = useTranslation('frame')
  const roleName = useRoleName()
  const { data } = useAsk(getTimeline, { params: { kind, id } })
  return data?.rows.toReversed().map((row) => ({
    key: row.id,
    party: row.amount ? 'money' : partyOf(row.role),
    actor: row.system ? t('record.system') : [row.role && roleName(row.role), row.who].filter(Boolean).join(' '),
    at: row.at,
    what: row.amount ? <>{row.text} <MoneyText amount={row.amount} unit /></> : row.text,
    onBehalfOf: row.onBehalfOf,
    delegatedBy: row.delegatedFrom,
  }))
}

/** Records that this one grew out of and that grew out of it. */
export function RelatedRecords({ kind, id, title }: OfRecord & { readonly title?: string }) {
  const { data } = useAsk(getRelated, { params: { kind, id } })
  const records = (data?.rows ?? []).map((row, index) => ({
    key: `${row.of.kind}-${row.of.id ?? index}`, icon: recordIcon(row.of.kind), number: row.number ?? row.kindName, title: row.title ?? row.kindName,
    to: row.readable ? recordPath(row.of.kind, row.of.id) : undefined, state: row.stateName,
  }))
  return <RelatedList title={title} records={records} />
}

/** The thread in which a record stands. */
export function useThread({ kind, id }: OfRecord) {
  return useAsk(getThread, { params: { kind, id } })
}

/** Stations of a thread as the drawings take them. */
export function useStations(): (thread: ThreadAnswer) => Station[] {
  const { t } = useTranslation('frame')
  const dateWords = useDateWords()
  return (thread) =>
    thread.stations.map((station) => {
      const money = station.money.at(-1)
      const [record] = station.records
      const date = station.state === 'next' ? (station.due ? t('record.until', { date: dateWords(station.due, 'compact') }) : undefined) : station.since && dateWords(station.since, 'compact')
      return {
        key: station.station, label: station.label, party: station.party === 'third-party' ? 'government' : station.party, state: station.state,
        icon: stationIcons[station.station], date, actor: station.actor, fact: station.sealed ? t('record.sealed') : station.facts.at(-1),
        money: money && { label: money.label, amount: money.amount, happened: money.happened },
        to: record && recordPath(record.kind, record.id),
      }
    })
}

/** The thread tab of a record page: the drawing, the sentences that it began with, the records along it. */
export function RecordThread({ kind, id }: OfRecord) {
  const { t } = useTranslation('frame')
  const { data, error, isPending, refetch } = useThread({ kind, id })
  const stations = useStations()
  if (isPending) return <Skeleton rows={3} />
  if (error) return problemOf(error).status === 404 ? <EmptyState icon="thread" title={t('record.noThread')} /> : <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
  const closed = data.stations.reduce((sum, station) => sum + station.closed, 0)
  return (
    <>
      <Thread stations={stations(data)} />
      <div className={styles.along}>
        {data.days !== undefined && <Tag tone={data.finished ? 'done' : 'progress'}>{t(data.finished ? 'record.threadTook' : 'record.threadDays', { count: data.days })}</Tag>}
        {data.needs.filter((need) => need.sentence).slice(0, 3).map((need) => <q key={need.id ?? need.sentence}>{need.sentence}</q>)}
        {closed > 0 && <small>{t('record.threadClosed', { count: closed })}</small>}
      </div>
    </>
  )
}

const moneyKind = { paid: 'paid', due: 'due', encumbered: 'due', award: 'later', budget: 'later', refunded: 'returned' } as const

/** The amounts of a thread as parts of a bar. */
export function moneyParts(thread: ThreadAnswer | undefined): MoneyPart[] {
  return (thread?.money ?? []).map((money, index) => ({ key: `${money.kind}-${index}`, label: money.label, amount: money.amount, kind: moneyKind[money.kind] }))
}

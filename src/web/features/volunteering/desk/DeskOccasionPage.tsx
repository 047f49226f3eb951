// The record page of a shift or an activity: who comes, the code at the place, confirming hours or recording what took place.
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { openCheckIn, recordActivity, settleShift } from '../../../../loop/delivery/contract/attending.ts'
import { cancelOccasion, getOccasion, listDeskOccasions } from '../../../../loop/delivery/contract/occasions.ts'
import { useAsk } from '../../../app/ask.ts'
import { problemOf } from '../../../app/problem.ts'
import { useSession } from '../../../app/session.ts'
import { DeskButton } from '../../../ui/desk/DeskButton.tsx'
import { ListPicker } from '../../../ui/desk/ListPicker.tsx'
import { RecordPage } from '../../../ui/desk/RecordPage.tsx'
import { useRecordTrace } from '../../../ui/desk/record-trace.ts'
import { useVerbs } from '../../../ui/desk/record-verbs.tsx'
import { InstantText, useInstantWords } from '../../../ui/shared/DateText.tsx'
import { EmptyState } from '../../../ui/shared/EmptyState.tsx'
import { ErrorState } from '../../../ui/shared/ErrorState.tsx'
import { Go } from '../../../ui/shared/Go.tsx'
import { Skeleton } from '../../../ui/shared/Skeleton.tsx'
import type { StateStep } from '../../../ui/shared/StateLine.tsx'
import { Tag } from '../../../ui/shared/Tag.tsx'
import { occasionTones, type OccasionView, useMinutesWords, useSpanWords } from '../resident/occasion-words.tsx'
import { CodeDialog } from './CodeDialog.tsx'
import styles from './occasions.module.css'
import { SettleField, toldOf } from './SettleField.tsx'

type ShiftOption = { readonly id: string; readonly number: string; readonly title: string }

function People({ occasion }: { readonly occasion: OccasionView }) {
  const { t } = useTranslation(['volunteering', 'delivery'])
  const words = useInstantWords()
  const minutesWords = useMinutesWords()
  const people = occasion.people ?? []
  if (people.length === 0)
    return <EmptyState icon="users" title={t('volunteering:desk.nobody')} next={t('volunteering:desk.nobodyNext')} />
  return (
    <ul className={styles.people}>
      {people.map((person) => (
        <li key={person.id}>
          <b>{person.name}</b>
          <span>
            {person.arrivedAt
              ? t('volunteering:desk.arrived', { time: words(person.arrivedAt, 'time') })
              : t('volunteering:desk.notYet')}
            {person.leftAt && ` · ${t('volunteering:desk.left', { time: words(person.leftAt, 'time') })}`}
          </span>
          <span>
            {person.outcome && (
              <Tag tone={person.outcome === 'counted' || person.outcome === 'attended' ? 'done' : 'neutral'}>
                {t(`delivery:options.outcome.${person.outcome}`)}
              </Tag>
            )}{' '}
            {person.outcome === 'counted' && person.minutes !== undefined && minutesWords(person.minutes)}
            {person.byWorker && ` · ${t('volunteering:byWorker')}`}
          </span>
        </li>
      ))}
    </ul>
  )
}

export default function DeskOccasionPage() {
  const { t } = useTranslation(['delivery', 'volunteering'])
  const { id = '' } = useParams({ strict: false })
  const { data, error, refetch } = useAsk(getOccasion, { params: { id } })
  const trace = useRecordTrace('occasion', id)
  const span = useSpanWords()
  const { now } = useSession()
  const [code, setCode] = useState(false)
  const { acts, dialog } = useVerbs(
    'delivery',
    { id, version: data?.version, number: data?.number, title: data?.title },
    data?.actions.filter(({ verb }) => !(verb === 'openCheckIn' && data.checkInOpen)),
    {
      openCheckIn: { endpoint: openCheckIn, icon: 'key' },
      settleShift: {
        endpoint: settleShift,
        icon: 'check',
        initial: { people: data === undefined ? [] : toldOf(data) },
        above: t('volunteering:desk.settleNote'),
        overrides: data === undefined ? {} : { people: { control: <SettleField occasion={data} />, wide: true } },
      },
      recordActivity: {
        endpoint: recordActivity,
        icon: 'check',
        initial: { from: data?.from, until: data?.until, guests: 0, newcomers: 0 },
        hide: data?.contract === undefined ? ['shift', 'newcomers', 'photos'] : [],
        overrides: {
          shift: {
            control: (
              <ListPicker<ShiftOption>
                endpoint={listDeskOccasions}
                query={{ kind: 'shift', contract: data?.contract }}
                label={t('volunteering:desk.shiftOptional')}
                option={(row) => ({ value: row.id, label: `${row.number} ${row.title}` })}
              />
            ),
          },
        },
      },
      cancelOccasion: { endpoint: cancelOccasion, icon: 'close', danger: true },
    },
  )
  if (error) return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
  if (!data) return <Skeleton rows={8} />
  const over = data.state !== 'open'
  const steps: StateStep[] = [
    { key: 'open', label: t('states.open'), state: over ? 'done' : data.checkInOpen ? 'done' : 'now' },
    {
      key: 'check-in',
      label: t('verbs.checkInToOccasion'),
      state: data.state === 'cancelled' ? 'next' : over ? 'done' : data.checkInOpen ? 'now' : 'next',
    },
    {
      key: 'over',
      label: t(`states.${data.state === 'cancelled' ? 'cancelled' : 'over'}`),
      state: over ? 'done' : 'next',
    },
  ]
  return (
    <>
      <RecordPage
        crumbs={[{ label: t('verbs.listDeskOccasions'), to: '/desk/occasions' }]}
        number={data.number}
        title={data.title}
        state={{ label: t(`states.${data.state}`), tone: occasionTones[data.state], icon: 'volunteer' }}
        primary={(data.until < now ? ['settleShift', 'recordActivity'] : ['openCheckIn']).find((key) =>
          acts.some((act) => act.key === key && act.off === undefined),
        )}
        acts={acts}
        steps={steps}
        facts={[
          { label: t('volunteering:kinds'), value: t(`options.occasion.${data.kind}`) },
          { label: t('volunteering:when'), value: span(data), span: 2 },
          { label: t('fields.place'), value: data.place },
          {
            label: t('fields.room'),
            value: data.room
              ? t('volunteering:desk.room', { name: data.room.name, capacity: data.room.capacity })
              : '—',
          },
          {
            label: t('fields.taken'),
            value: t('volunteering:desk.people', { taken: data.taken, capacity: data.capacity }),
          },
          { label: t('fields.byName'), value: data.byName ?? data.divisionName ?? data.division },
          ...(data.contract
            ? [
                {
                  label: t('fields.contract'),
                  value: <Go to={`/desk/contracts/${data.contract}`}>{data.contractNumber ?? t('fields.contract')}</Go>,
                },
              ]
            : []),
          ...(data.serviceRecord
            ? [
                {
                  label: t('kinds.service-record'),
                  value: <Go to={`/desk/delivery/${data.serviceRecord}`}>{t('verbs.getServiceRecord')}</Go>,
                },
              ]
            : []),
          { label: t('fields.words'), value: <span data-quote>{data.words}</span>, span: 3 },
          ...(data.asks
            ? [{ label: t('fields.asks'), value: <span data-quote>{data.asks}</span>, span: 3 as const }]
            : []),
          ...(data.summary
            ? [
                {
                  label: t(data.state === 'cancelled' ? 'fields.reason' : 'volunteering:held'),
                  value: <span data-quote>{data.summary}</span>,
                  span: 3 as const,
                },
              ]
            : []),
        ]}
        timeline={trace.timeline}
      >
        {data.people && (
          <section className={styles.inside}>
            <h3>
              {t('volunteering:desk.list')}
              {data.checkInOpen && (
                <DeskButton small kind="primary" icon="key" onClick={() => setCode(true)}>
                  {t('volunteering:desk.showCode')}
                </DeskButton>
              )}
              {!data.checkInOpen && data.state === 'open' && (
                <span className={styles.hint}>
                  {t('verbs.openCheckIn')}
                  {t('frame:list.colon')}
                  <InstantText instant={data.checkInFrom} style="compact" />
                </span>
              )}
            </h3>
            <People occasion={data} />
          </section>
        )}
      </RecordPage>
      {code && <CodeDialog id={id} title={data.title} onClose={() => setCode(false)} />}
      {dialog}
    </>
  )
}

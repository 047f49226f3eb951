// A shift or an activity in a list, its time in words, and what became of my place.
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../../kit/endpoint.ts'
import type { getOccasion, listMyOccasions, OccasionState } from '../../../../loop/delivery/contract/occasions.ts'
import { shortPlace } from '../../../app/place.ts'
import { Item } from '../../../ui/resident/Item.tsx'
import { useDateWords, useInstantWords } from '../../../ui/shared/DateText.tsx'
import { Tag, type TagTone } from '../../../ui/shared/Tag.tsx'

export type MyOccasion = OutputOf<typeof listMyOccasions>['rows'][number]
export type OccasionRow = Omit<MyOccasion, 'arrivedAt' | 'leftAt' | 'minutes' | 'outcome'>
export type OccasionView = OutputOf<typeof getOccasion>

export const occasionTones: Readonly<Record<OccasionState, TagTone>> = {
  open: 'progress',
  cancelled: 'outline',
  over: 'neutral',
}

/** Day with weekday, from, until; over midnight with both days. */
export function useSpanWords(): (row: { readonly from: string; readonly until: string }) => string {
  const dateWords = useDateWords()
  const words = useInstantWords()
  return ({ from, until }) => {
    const day = dateWords(from, 'weekday')
    const end = dateWords(until, 'weekday')
    return `${day} ${words(from, 'time')} — ${day === end ? '' : `${end} `}${words(until, 'time')}`
  }
}

/** Hours and minutes; whole hours and less than one hour without the other. */
export function useMinutesWords(): (minutes: number) => string {
  const { t } = useTranslation('volunteering')
  return (minutes) => {
    const hours = Math.floor(minutes / 60)
    const rest = minutes % 60
    if (hours === 0) return t('minutes', { count: rest })
    return rest === 0
      ? t('hours', { count: hours })
      : `${t('hours', { count: hours })} ${t('minutes', { count: rest })}`
  }
}

/** A row; `mine`: with what became of my place. */
export function OccasionItem({
  row,
  mine,
}: {
  readonly row: OccasionRow & Partial<MyOccasion>
  readonly mine?: boolean
}) {
  const { t } = useTranslation(['volunteering', 'delivery'])
  const span = useSpanWords()
  const minutesWords = useMinutesWords()
  const left = row.capacity - row.taken
  return (
    <Item
      to={`/occasions/${row.id}`}
      title={row.title}
      arrow
      meta={[
        ...(row.state === 'cancelled'
          ? [
              <Tag key="state" round tone="outline">
                {t('delivery:states.cancelled')}
              </Tag>,
            ]
          : mine
            ? [
                <Tag key="state" round tone={row.outcome ? 'neutral' : 'progress'}>
                  {row.outcome ? t(`delivery:options.outcome.${row.outcome}`) : t('volunteering:taken')}
                </Tag>,
              ]
            : [
                <Tag key="state" round tone={left > 0 ? 'progress' : 'neutral'}>
                  {left > 0 ? t('volunteering:left', { count: left }) : t('volunteering:full')}
                </Tag>,
              ]),
        span(row),
        row.place,
        ...(mine && row.minutes ? [minutesWords(row.minutes)] : []),
        ...(mine ? [] : [row.byName ?? shortPlace(row.divisionName ?? '')]),
      ]}
    />
  )
}

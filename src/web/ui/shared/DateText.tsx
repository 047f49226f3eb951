// A date or a moment in words, in Asia/Shanghai, machine-readable beneath.
import { useTranslation } from 'react-i18next'
import { partsOf, two } from './when.ts'

/**
 * Of another year than this one every style says the year: a line that began last autumn is read without guessing.
 * `short` 11月23日 · `full` 2026年11月23日 · `weekday` 11月23日（周一） · `long` 2026年11月23日 星期一 · `compact` 11-23 · `iso` 2026-11-23.
 */
export type DateStyle = 'short' | 'full' | 'weekday' | 'long' | 'compact' | 'iso'

/** The words for a date; for labels and attributes where no element fits. */
export function useDateWords(): (when: string, style?: DateStyle) => string {
  const { t } = useTranslation('frame')
  return (when, style = 'short') => {
    const parts = partsOf(when)
    if (!parts) return when
    const { year, month, day, weekday } = parts
    const other = year !== partsOf(new Date().toISOString())?.year
    switch (style) {
      case 'short':
        return t(other ? 'date.full' : 'date.monthDay', { year, month, day })
      case 'full':
        return t('date.full', { year, month, day })
      case 'weekday':
        return t('list.aside', {
          text: t(other ? 'date.full' : 'date.monthDay', { year, month, day }),
          aside: t(`date.week${weekday}`),
        })
      case 'long':
        return `${t('date.full', { year, month, day })} ${t(`date.long${weekday}`)}`
      case 'compact':
        return other ? `${year}-${two(month)}-${two(day)}` : `${two(month)}-${two(day)}`
      case 'iso':
        return `${year}-${two(month)}-${two(day)}`
    }
  }
}

/** The words for a moment: the date and HH:MM. */
export function useInstantWords(): (when: string, style?: DateStyle | 'time') => string {
  const dateWords = useDateWords()
  return (when, style = 'short') => {
    const parts = partsOf(when)
    if (!parts) return when
    const time = `${two(parts.hour)}:${two(parts.minute)}`
    return style === 'time' ? time : `${dateWords(when, style)} ${time}`
  }
}

type DateProps = { readonly date: string; readonly style?: DateStyle }

/** A plain date (`YYYY-MM-DD`); an instant shows its day. */
export function DateText({ date, style }: DateProps) {
  const words = useDateWords()
  return (
    <time dateTime={date} className="no-break">
      {words(date, style)}
    </time>
  )
}

type InstantProps = { readonly instant: string; readonly style?: DateStyle | 'time' }

/** A moment (ISO-8601 UTC). */
export function InstantText({ instant, style }: InstantProps) {
  const words = useInstantWords()
  return (
    <time dateTime={instant} className="no-break">
      {words(instant, style)}
    </time>
  )
}

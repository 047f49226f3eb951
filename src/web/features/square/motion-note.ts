// What comes next for a motion, in a few words: the meeting's day, the end of the notice, or its state.
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../kit/endpoint.ts'
import type { listMotions } from '../../../loop/deliberation/contract.ts'
import { useDateWords } from '../../ui/shared/DateText.tsx'

export type MotionRow = OutputOf<typeof listMotions>['rows'][number]

export function useMotionNote(): (
  row: Pick<MotionRow, 'state' | 'meetingOn' | 'voteUntil' | 'noticeUntil' | 'supports'>,
) => string {
  const { t } = useTranslation(['square', 'states'])
  const words = useDateWords()
  return (row) => {
    if (row.state === 'voting' && row.voteUntil) return t('square:voteUntil', { date: words(row.voteUntil) })
    if (row.state === 'voting' && row.meetingOn) return t('square:meetingOn', { date: words(row.meetingOn) })
    if (row.state === 'published' && row.noticeUntil) return t('square:noticeUntil', { date: words(row.noticeUntil) })
    if (row.state === 'proposed') return t('square:supports', { count: row.supports })
    return t(`states:deliberation.${row.state}`)
  }
}

// Words and marks of needs that several desk pages show alike.
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../../kit/endpoint.ts'
import type { getNeed, listDeskNeeds, NeedState } from '../../../../loop/needs/contract.ts'
import { useDateWords } from '../../../ui/shared/DateText.tsx'
import { DueLight } from '../../../ui/shared/DueLight.tsx'
import { Tag, type TagTone } from '../../../ui/shared/Tag.tsx'
import styles from './desk-needs.module.css'

export type DeskNeed = OutputOf<typeof getNeed>
export type DeskNeedRow = OutputOf<typeof listDeskNeeds>['rows'][number]

const tones: Readonly<Record<NeedState, TagTone>> = {
  draft: 'outline',
  submitted: 'waiting',
  accepted: 'neutral',
  declined: 'neutral',
  merged: 'outline',
  withdrawn: 'outline',
  responding: 'progress',
  answered: 'community',
  closed: 'done',
}

/** The tone of a need's state: amber waits for somebody, teal is in progress, green is done. */
export function needTone(state: NeedState): TagTone {
  return tones[state]
}

export function NeedStateTag({ state }: { readonly state: NeedState }) {
  const { t } = useTranslation('needs')
  return <Tag tone={needTone(state)}>{t(`states.${state}`)}</Tag>
}

/** Who holds the need, and until when that person is away; the amber words only where it waits for somebody who is not there. */
export function NeedHolder({ need }: { readonly need: Pick<DeskNeedRow, 'holder' | 'holderAwayUntil' | 'state'> }) {
  const { t } = useTranslation('needs')
  const dateWords = useDateWords()
  if (!need.holder) return <span className={styles.nobody}>{t('desk.nobody')}</span>
  return (
    <>
      {need.holder.name}
      {need.holderAwayUntil && running.includes(need.state) && (
        <span className={styles.away}>{t('desk.awayUntil', { date: dateWords(need.holderAwayUntil, 'compact') })}</span>
      )}
    </>
  )
}

const running: readonly NeedState[] = ['submitted', 'accepted', 'responding']

/** By when the desk has to act; nothing once it is the resident's turn or all is done. */
export function NeedDue({
  need,
}: {
  readonly need: {
    readonly state: NeedState
    readonly dueAt?: string
    readonly paused?: boolean
    readonly overdue: boolean
  }
}) {
  const { t } = useTranslation('needs')
  if (!running.includes(need.state)) return <span>—</span>
  return <DueLight due={need.dueAt} stopped={need.paused} words={need.paused ? t('desk.paused') : undefined} />
}

// Words and marks of needs that several desk pages show alike.
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../../kit/endpoint.ts'
import type { getNeed, listDeskNeeds, NeedState } from '../../../../loop/needs/contract.ts'
import { DueLight } from '../../../ui/shared/DueLight.tsx'
import { Tag, type TagTone } from '../../../ui/shared/Tag.tsx'

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

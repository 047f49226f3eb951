// Words and marks of motions that several desk pages show alike.
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../kit/endpoint.ts'
import type { getMotion, listDeskMotions, MotionState } from '../../../loop/deliberation/contract.ts'
import { Tag, type TagTone } from '../../ui/shared/Tag.tsx'

export type DeskMotion = OutputOf<typeof getMotion>
export type DeskMotionRow = OutputOf<typeof listDeskMotions>['rows'][number]
export type Meeting = NonNullable<DeskMotion['meeting']>

const tones: Readonly<Record<MotionState, TagTone>> = {
  proposed: 'waiting',
  admitted: 'neutral',
  discussing: 'progress',
  voting: 'progress',
  adopted: 'done',
  rejected: 'neutral',
  'no-quorum': 'neutral',
  published: 'community',
  executing: 'progress',
  reported: 'done',
  closed: 'done',
  declined: 'neutral',
  withdrawn: 'outline',
}

/** The tone of a motion's state. */
export function motionTone(state: MotionState): TagTone {
  return tones[state]
}

export function MotionStateTag({ state }: { readonly state: MotionState }) {
  const { t } = useTranslation('deliberation')
  return <Tag tone={motionTone(state)}>{t(`states.${state}`)}</Tag>
}

// Colours of a group's states and of its sessions.
import type { GroupState, sessionStates } from '../../../loop/delivery/contract/groups.ts'
import type { TagTone } from '../../ui/shared/Tag.tsx'

export const groupTones: Readonly<Record<GroupState, TagTone>> = {
  preparing: 'waiting',
  running: 'progress',
  ended: 'done',
  cancelled: 'neutral',
}

export const sessionTones: Readonly<Record<(typeof sessionStates)[number], TagTone>> = {
  planned: 'waiting',
  held: 'done',
  dropped: 'neutral',
}

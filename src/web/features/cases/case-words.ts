// Colours of a case's states and the ordinary way of a case.
import type { CaseState } from '../../../loop/delivery/contract/cases.ts'
import type { TagTone } from '../../ui/shared/Tag.tsx'

export const caseTones: Readonly<Record<CaseState, TagTone>> = {
  intake: 'waiting',
  assessment: 'progress',
  plan: 'progress',
  intervention: 'progress',
  evaluation: 'progress',
  closed: 'done',
  transferred: 'neutral',
}

export const caseWay: readonly CaseState[] = ['intake', 'assessment', 'plan', 'intervention', 'evaluation', 'closed']

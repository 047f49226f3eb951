// Colours of the states of contracts and milestones, and shares as people read them.
import type { ContractState, MilestoneState } from '../../../loop/contracts/contract.ts'
import type { TagTone } from '../../ui/shared/Tag.tsx'

export const contractTones: Readonly<Record<ContractState, TagTone>> = {
  drafting: 'neutral',
  signing: 'waiting',
  active: 'progress',
  completed: 'done',
  terminated: 'neutral',
}

export const milestoneTones: Readonly<Record<MilestoneState, TagTone>> = {
  planned: 'neutral',
  reported: 'waiting',
  returned: 'waiting',
  accepted: 'done',
  payable: 'money',
  paid: 'done',
  forfeited: 'neutral',
  cancelled: 'neutral',
}

/** Basis points as percent: 3333 -> "33.33%", 3000 -> "30%". */
export function percentOf(basisPoints: number): string {
  const whole = Math.trunc(basisPoints / 100)
  const rest = basisPoints % 100
  return rest === 0 ? `${whole}%` : `${whole}.${String(rest).padStart(2, '0').replace(/0$/, '')}%`
}

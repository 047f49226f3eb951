// Colours of the states of calls and proposals, and the ordinary way of each.
import type { CallState, ProposalState } from '../../../loop/venture/contract.ts'
import type { TagTone } from '../../ui/shared/Tag.tsx'

export const callTones: Readonly<Record<CallState, TagTone>> = {
  planning: 'neutral',
  open: 'waiting',
  screening: 'progress',
  voting: 'waiting',
  panel: 'progress',
  announced: 'done',
  closed: 'done',
  cancelled: 'neutral',
}

export const callWay: readonly CallState[] = ['planning', 'open', 'screening', 'voting', 'panel', 'announced', 'closed']

export const proposalTones: Readonly<Record<ProposalState, TagTone>> = {
  draft: 'neutral',
  submitted: 'waiting',
  admitted: 'progress',
  'turned-away': 'neutral',
  withdrawn: 'outline',
  voted: 'progress',
  awarded: 'done',
  'not-awarded': 'neutral',
  declined: 'outline',
  'project-made': 'done',
  lapsed: 'outline',
}

export const proposalWay: readonly ProposalState[] = [
  'draft',
  'submitted',
  'admitted',
  'voted',
  'awarded',
  'project-made',
]

// Colours of a project's states, and the ordinary way of a project.
import type { ProjectState } from '../../../loop/projects/contract.ts'
import type { TemplateState } from '../../../loop/projects/contract/templates.ts'
import type { TagTone } from '../../ui/shared/Tag.tsx'

export const projectTones: Readonly<Record<ProjectState, TagTone>> = {
  drafting: 'neutral',
  'resident-review': 'waiting',
  'township-review': 'waiting',
  approved: 'done',
  tendering: 'progress',
  contracted: 'progress',
  delivering: 'progress',
  evaluating: 'waiting',
  completed: 'done',
  terminated: 'neutral',
}

export const projectWay: readonly ProjectState[] = [
  'drafting',
  'resident-review',
  'township-review',
  'approved',
  'tendering',
  'contracted',
  'delivering',
  'evaluating',
  'completed',
]

export const templateTones: Readonly<Record<TemplateState, TagTone>> = { offered: 'done', retired: 'neutral' }

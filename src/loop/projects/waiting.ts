// Projects: per state, who must act and by when, and what the program itself does then.
import { addMilliseconds } from '../../kit/instant.ts'
import type { Timer, Waiting } from '../../platform/events.ts'
import { type Project, shownNumber } from './rules.ts'

/** Who must act next on a project. What runs in tendering and later waits on the tender, contract or evaluation itself. */
export function waitingOfProject(project: Project): Waiting[] {
  const common = { division: project.division, number: shownNumber(project), title: project.title }
  switch (project.state) {
    case 'drafting':
      return [{ ...common, verb: 'submitProject', permission: 'projects.submitProject' }]
    case 'resident-review':
      return [{ ...common, verb: 'closeComment', permission: 'projects.closeComment', due: project.summaryUntil }]
    case 'township-review':
      return [{ ...common, verb: 'approveProject', permission: 'projects.approveProject', due: project.reviewUntil }]
    case 'approved':
      // Named here by its text only: procurement and contracts stand above and write nothing into this record.
      if (project.venture !== undefined)
        return [{ ...common, verb: 'draftContract', permission: 'contracts.draftContract' }]
      return [{ ...common, verb: 'planTender', permission: 'procurement.runTender' }]
    default:
      return []
  }
}

/** The comment period's figures alone close it when nobody wrote the summary in time. */
export function timersOfProject(project: Project): Timer[] {
  return project.state === 'resident-review' && project.summaryUntil !== undefined
    ? [{ handler: 'projects.closeComment', due: addMilliseconds(project.summaryUntil, 1) }]
    : []
}

// Projects: the record, its lifecycle table, and who may do what in which state. Decisions stand in rules/. Pure.
import { type Actor, type Judged, may, type Reach } from '../../kit/actor.ts'
import { type DivisionCode, type Id, within } from '../../kit/id.ts'
import { type Instant, isBefore } from '../../kit/instant.ts'
import { type Lifecycle, nextState } from '../../kit/lifecycle.ts'
import type { Fen } from '../../kit/money.ts'
import { type PlainDate, today } from '../../kit/plain-date.ts'
import { allow, forbid, refuse, type Refusal, type Ruling } from '../../kit/ruling.ts'
import type { WorkingDayCalendar } from '../../kit/working-days.ts'
import type { Source } from '../../registers/funds/contract.ts'
import type { CategoryCode } from '../needs/contract/taxonomy.ts'
import type { Part } from './rules/parts.ts'
import type { budgetPurposes, EvidenceKind, partnerKinds, ProjectMode, ProjectState, resultKinds } from './contract.ts'

export type ProjectId = Id<'project'>

export type BudgetLine = {
  readonly item: string
  readonly purpose: (typeof budgetPurposes)[number]
  readonly quantity: number
  readonly unit: string
  readonly unitPrice: Fen
  readonly amount: Fen
}

export type ExpectedResult = {
  readonly kind: (typeof resultKinds)[number]
  readonly indicator: string
  readonly target: number
  readonly unit: string
}

/** A duty that a department hands down, and the money it brings. */
export type Duty = { readonly department: string; readonly matter: string; readonly money: Fen }

/** The design, as people write it. */
export type ProjectDesign = {
  readonly title: string
  readonly targetGroup: string
  readonly goals: string
  readonly categories: readonly CategoryCode[]
  readonly needs: readonly string[]
  readonly motion?: string
  readonly activities: readonly { readonly name: string; readonly times: number; readonly note?: string }[]
  readonly results: readonly ExpectedResult[]
  readonly start: PlainDate
  readonly end: PlainDate
  readonly steps: readonly { readonly name: string; readonly until: PlainDate }[]
  readonly budgetLines: readonly BudgetLine[]
  readonly budget: Fen
  readonly mode: ProjectMode
  readonly source: Source
  readonly purchaseItem: string
  readonly partners: readonly {
    readonly kind: (typeof partnerKinds)[number]
    readonly role: string
    readonly persons: number
  }[]
  readonly facility?: string
  readonly conditions?: string
  readonly duty?: Duty
}

/** What a venture call decided of a project; its budget stays within the award. */
export type Venture = {
  readonly undertaker: string
  readonly proposal: string
  readonly award: Fen
  readonly publicVotes: number
}

export type Evidence = { readonly kind: EvidenceKind; readonly count?: number }
export type CommentTally = { readonly agree: number; readonly disagree: number; readonly neutral: number }
export type Remark = {
  readonly from: 'resident-review' | 'township-review'
  readonly words: string
  readonly at: Instant
}

export type Project = ProjectDesign & {
  readonly id: ProjectId
  readonly number: { readonly year: number; readonly value: number }
  readonly division: DivisionCode
  readonly state: ProjectState
  readonly version: number
  /** Who designed or edited it: they neither review nor score. */
  readonly designers: readonly string[]
  readonly createdAt: Instant
  /** First submission: from then on residents see it. */
  readonly openedAt?: Instant
  readonly evidence?: Evidence
  readonly commentUntil?: Instant
  /** When figures alone close the comment period, if nobody wrote the summary. */
  readonly summaryUntil?: Instant
  /** How often it was opened to comments; each round is counted anew. */
  readonly round: number
  readonly tally: CommentTally
  readonly summary?: CommentTally & { readonly words?: string; readonly at: Instant }
  readonly remarks: readonly Remark[]
  readonly reviewUntil?: Instant
  /** The refusal for want of the department's money was reported. */
  readonly dutyReportedAt?: Instant
  readonly approvedAt?: Instant
  readonly approvedBy?: string
  readonly tender?: string
  /** The first of its contracts, and what all of them are worth. */
  readonly contract?: string
  readonly contractValue?: Fen
  readonly parts: readonly Part[]
  /** Contracts of its tender that are still to come while others are in force; 1 while what failed is tendered again. */
  readonly awaited: number
  /** Ceilings of lots that failed. */
  readonly rest?: Fen
  readonly cost?: Fen
  /** Hundredths of a point, 0 to 10000. */
  readonly score?: number
  readonly completedAt?: Instant
  readonly endReason?: string
  /** Of a venture call: the organization whose proposal it is, what it was awarded, and the residents' votes. */
  readonly venture?: Venture
  /** The template that it was designed from, and the edition that was taken. */
  readonly template?: { readonly id: string; readonly edition: number }
  readonly history: readonly { readonly state: ProjectState; readonly at: Instant }[]
}

export type ProjectTerms = {
  readonly commentDays: number
  readonly summaryDays: number
  readonly evidenceSupports: number
  readonly reviewDays: number
  readonly calendar: WorkingDayCalendar
}

/** Where a tender had lots, one contract goes on while another does not, and what failed is tendered again (rules/parts.ts). */
const underContract = <S extends ProjectState>(state: S) => ({
  projectPart: state,
  projectLotsFailed: state,
  projectTendered: state,
  projectTenderFailed: state,
})

/** States and the verbs that leave them; verbs named project… are the moves of higher domains. */
export const projectLifecycle = {
  drafting: {
    editProject: 'drafting',
    openComment: 'resident-review',
    submitForReview: 'township-review',
    terminateProject: 'terminated',
  },
  'resident-review': {
    commentOnProject: 'resident-review',
    closeComment: 'township-review',
    sendBackProject: 'drafting',
    terminateProject: 'terminated',
  },
  'township-review': { approveProject: 'approved', sendBackProject: 'drafting', terminateProject: 'terminated' },
  approved: { projectTendered: 'tendering', projectContracted: 'contracted', terminateProject: 'terminated' },
  tendering: { projectTenderFailed: 'approved', projectContracted: 'contracted', projectLotsFailed: 'tendering' },
  contracted: {
    ...underContract('contracted'),
    projectDelivering: 'delivering',
    projectTerminated: 'terminated',
  },
  delivering: {
    ...underContract('delivering'),
    projectEvaluating: 'evaluating',
    projectCompleted: 'completed',
    projectTerminated: 'terminated',
  },
  evaluating: { projectPart: 'evaluating', projectCompleted: 'completed', projectTerminated: 'terminated' },
  completed: {},
  terminated: {},
} as const satisfies Lifecycle<ProjectState, string>

type VerbsOf<T> = T extends unknown ? keyof T : never
export type ProjectVerb = VerbsOf<(typeof projectLifecycle)[ProjectState]> & string
const lifecycle: Lifecycle<ProjectState, ProjectVerb> = projectLifecycle

export function reachOf(project: Project): Reach {
  return { division: project.division, confidential: project.openedAt === undefined }
}

/** The project as the judge sees it. Its own history counts for separation of duties. */
export function judgedProject(project: Project): Judged {
  return { reach: reachOf(project), version: project.version, lineage: [{ kind: 'project', id: project.id }] }
}

/** A comment comes from any resident; the rule looks at where they live. */
export function judgedComment(project: Project): Judged {
  return { reach: { ...reachOf(project), anyone: true } }
}

/** Everybody sees a project once it was submitted; before that, the desks of its place. */
export function mayRead(project: Project, actor: Actor): boolean {
  return project.openedAt !== undefined || may(actor, 'projects.listDeskProjects', reachOf(project))
}

export function isDesigner(project: Project, actor: Actor): boolean {
  return actor.kind === 'person' && project.designers.includes(actor.personId)
}

/** The verbs of the record page and the permission that each needs. */
export const projectVerbPermissions = {
  editProject: 'projects.designProject',
  openComment: 'projects.submitProject',
  submitForReview: 'projects.submitProject',
  commentOnProject: 'projects.commentOnProject',
  closeComment: 'projects.closeComment',
  approveProject: 'projects.approveProject',
  sendBackProject: 'projects.sendBackProject',
  terminateProject: 'projects.terminateProject',
} as const satisfies Partial<Record<ProjectVerb, string>>

/** Whether the verb is open to this actor now, before its input is looked at. Permission at the place is judged apart. */
export function standing(project: Project, verb: ProjectVerb, actor: Actor, now: Instant): Ruling<ProjectState> {
  const next = nextState(lifecycle, project.state, verb)
  return next.ok ? (condition(project, verb, actor, now) ?? next) : next
}

function condition(project: Project, verb: ProjectVerb, actor: Actor, now: Instant): Refusal | undefined {
  switch (verb) {
    case 'commentOnProject': {
      if (actor.kind !== 'person' || !actor.verified) return forbid('not-verified')
      if (actor.residence === undefined || !within(actor.residence, project.division))
        return forbid('not-of-this-place')
      return project.commentUntil !== undefined && isBefore(now, project.commentUntil)
        ? undefined
        : refuse('comment-over')
    }
    case 'closeComment':
      return project.commentUntil !== undefined && isBefore(now, project.commentUntil)
        ? refuse('comment-still-open', { until: today(project.commentUntil) })
        : undefined
    case 'approveProject':
      return isDesigner(project, actor) ? forbid('duties-separated', { duty: 'designer-reviews' }) : undefined
    case 'sendBackProject':
      // The community takes its own design back from the residents; the township sends back what lies before it.
      return project.state === 'township-review' && !isTownship(project, actor) ? forbid('township-decides') : undefined
    case 'terminateProject':
      return ['township-review', 'approved'].includes(project.state) && !isTownship(project, actor)
        ? forbid('township-decides')
        : undefined
    case 'projectTendered':
      // The call was the competition: its undertaker stands.
      return project.venture === undefined ? undefined : refuse('not-in-this-state', { state: project.state, verb })
    case 'projectContracted':
      return project.state === 'approved' && project.venture === undefined
        ? refuse('not-in-this-state', { state: project.state, verb })
        : undefined
    default:
      return undefined
  }
}

function isTownship(project: Project, actor: Actor): boolean {
  return may(actor, 'projects.approveProject', reachOf(project))
}

/** The project after a verb. */
export function moved(project: Project, state: ProjectState, now: Instant, changes: Partial<Project> = {}): Project {
  const history = state === project.state ? project.history : [...project.history, { state, at: now }]
  return { ...project, ...changes, state, history, version: project.version + 1 }
}

/** Rule of most verbs: standing, then the changes. */
export function decide(
  project: Project,
  verb: ProjectVerb,
  actor: Actor,
  now: Instant,
  changes: () => Partial<Project>,
): Ruling<Project> {
  const state = standing(project, verb, actor, now)
  return state.ok ? allow(moved(project, state.value, now, changes())) : state
}

/** The number that people see: 项2026-0031. */
export function shownNumber(project: Pick<Project, 'number'>, prefix = '项'): string {
  return `${prefix}${project.number.year}-${String(project.number.value).padStart(4, '0')}`
}

// Projects: the record, its lifecycle table, who may do what in which state, and the decisions of design, comment and review. Pure.
import { type Actor, type Judged, may, type Reach } from '../../kit/actor.ts'
import { findPersonalNumbers } from '../../kit/chinese-ids.ts'
import { type DivisionCode, type Id, levelOf, within } from '../../kit/id.ts'
import { addDays, type Instant, isBefore } from '../../kit/instant.ts'
import { type Lifecycle, nextState } from '../../kit/lifecycle.ts'
import { type Fen, fen, formatYuan, sum } from '../../kit/money.ts'
import { isAfter as dateIsAfter, isBefore as dateIsBefore, type PlainDate, today } from '../../kit/plain-date.ts'
import { allow, type FieldFault, forbid, invalid, refuse, type Refusal, type Ruling } from '../../kit/ruling.ts'
import { dueAt, endOfDay, type WorkingDayCalendar } from '../../kit/working-days.ts'
import type { Source } from '../../registers/funds/contract.ts'
import type { CategoryCode } from '../needs/contract/taxonomy.ts'
import type { budgetPurposes, EvidenceKind, partnerKinds, ProjectMode, ProjectState, resultKinds, Stance } from './contract.ts'

export type ProjectId = Id<'project'>

export type BudgetLine = {
  readonly item: string
  readonly purpose: (typeof budgetPurposes)[number]
  readonly quantity: number
  readonly unit: string
  readonly unitPrice: Fen
  readonly amount: Fen
}

export type ExpectedResult = { readonly kind: (typeof resultKinds)[number]; readonly indicator: string; readonly target: number; readonly unit: string }

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
  readonly partners: readonly { readonly kind: (typeof partnerKinds)[number]; readonly role: string; readonly persons: number }[]
  readonly facility?: string
  readonly conditions?: string
  readonly duty?: Duty
}

export type Evidence = { readonly kind: EvidenceKind; readonly count?: number }
export type CommentTally = { readonly agree: number; readonly disagree: number; readonly neutral: number }
export type Remark = { readonly from: 'resident-review' | 'township-review'; readonly words: string; readonly at: Instant }

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
  readonly contract?: string
  readonly contractValue?: Fen
  readonly cost?: Fen
  /** Hundredths of a point, 0 to 10000. */
  readonly score?: number
  readonly completedAt?: Instant
  readonly endReason?: string
  readonly history: readonly { readonly state: ProjectState; readonly at: Instant }[]
}

export type ProjectTerms = {
  readonly commentDays: number
  readonly summaryDays: number
  readonly evidenceSupports: number
  readonly reviewDays: number
  readonly calendar: WorkingDayCalendar
}

/** States and the verbs that leave them; verbs named project… are the moves of higher domains. */
export const projectLifecycle = {
  drafting: { editProject: 'drafting', openComment: 'resident-review', submitForReview: 'township-review', terminateProject: 'terminated' },
  'resident-review': {
    commentOnProject: 'resident-review', closeComment: 'township-review', sendBackProject: 'drafting', terminateProject: 'terminated',
  },
  'township-review': { approveProject: 'approved', sendBackProject: 'drafting', terminateProject: 'terminated' },
  approved: { projectTendered: 'tendering', terminateProject: 'terminated' },
  tendering: { projectTenderFailed: 'approved', projectContracted: 'contracted' },
  contracted: { projectDelivering: 'delivering', projectTerminated: 'terminated' },
  delivering: { projectEvaluating: 'evaluating', projectTerminated: 'terminated' },
  evaluating: { projectCompleted: 'completed', projectTerminated: 'terminated' },
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
  editProject: 'projects.designProject', openComment: 'projects.submitProject', submitForReview: 'projects.submitProject',
  commentOnProject: 'projects.commentOnProject', closeComment: 'projects.closeComment', approveProject: 'projects.approveProject',
  sendBackProject: 'projects.sendBackProject', terminateProject: 'projects.terminateProject',
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
      if (actor.residence === undefined || !within(actor.residence, project.division)) return forbid('not-of-this-place')
      return project.commentUntil !== undefined && isBefore(now, project.commentUntil) ? undefined : refuse('comment-over')
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
      return ['township-review', 'approved'].includes(project.state) && !isTownship(project, actor) ? forbid('township-decides') : undefined
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
export function decide(project: Project, verb: ProjectVerb, actor: Actor, now: Instant, changes: () => Partial<Project>): Ruling<Project> {
  const state = standing(project, verb, actor, now)
  return state.ok ? allow(moved(project, state.value, now, changes())) : state
}

/** Faults of the budget: each line is quantity x unit price, and the lines add up to the total, both to the fen. */
export function checkBudget(lines: readonly BudgetLine[], budget: Fen): FieldFault[] {
  const faults: FieldFault[] = []
  for (const [index, line] of lines.entries()) {
    const expected = fen(line.unitPrice * BigInt(line.quantity))
    if (line.unitPrice <= 0n) faults.push({ path: `body.budgetLines.${index}.unitPrice`, code: 'price-not-positive' })
    if (line.amount !== expected) {
      faults.push({ path: `body.budgetLines.${index}.amount`, code: 'line-does-not-multiply', params: { line: index + 1, expected: formatYuan(expected) } })
    }
  }
  const total = sum(lines.map((line) => line.amount))
  if (total !== budget) faults.push({ path: 'body.budget', code: 'budget-does-not-add-up', params: { sum: formatYuan(total) } })
  return faults
}

/** Every fault of a design that its words alone show. */
export function checkDesign(design: ProjectDesign, division: DivisionCode): Refusal<'invalid-input'> | undefined {
  const faults = checkBudget(design.budgetLines, design.budget)
  const level = levelOf(division)
  if (level !== 'community' && level !== 'township') faults.push({ path: 'body.division', code: 'not-a-community' })
  if (dateIsBefore(design.end, design.start)) faults.push({ path: 'body.end', code: 'ends-before-start' })
  for (const [index, step] of design.steps.entries()) {
    if (dateIsBefore(step.until, design.start) || dateIsAfter(step.until, design.end)) {
      faults.push({ path: `body.steps.${index}.until`, code: 'step-outside-schedule' })
    }
  }
  if (new Set(design.needs).size !== design.needs.length) faults.push({ path: 'body.needs', code: 'need-twice' })
  if (design.mode === 'public-built-privately-run' && design.facility === undefined) faults.push({ path: 'body.facility', code: 'facility-needed' })
  if (design.mode === 'privately-run-publicly-aided' && design.conditions === undefined) faults.push({ path: 'body.conditions', code: 'conditions-needed' })
  for (const [field, text] of [['title', design.title], ['targetGroup', design.targetGroup], ['goals', design.goals]] as const) {
    const fault = personalNumberFault(`body.${field}`, text)
    if (fault !== undefined) faults.push(fault)
  }
  return faults.length === 0 ? undefined : invalid(faults)
}

function personalNumberFault(path: string, text: string): FieldFault | undefined {
  const found = findPersonalNumbers(text)[0]
  return found === undefined ? undefined : { path, code: found.kind === 'phone' ? 'text-has-phone' : 'text-has-citizen-id' }
}

/** What the design names elsewhere, as its domains tell. */
export type NamedElsewhere = {
  readonly needs: readonly { readonly id: string; readonly division: DivisionCode }[]
  readonly resolution?: { readonly adopted: boolean; readonly division: DivisionCode }
  readonly itemKnown: boolean
}

/** Needs and motion must belong to the project's place, the motion be adopted, the item stand in the catalogue. */
export function checkNamed(design: ProjectDesign, division: DivisionCode, named: NamedElsewhere): Refusal | undefined {
  const known = new Map(named.needs.map((need) => [need.id, need.division]))
  const faults: FieldFault[] = []
  for (const [index, need] of design.needs.entries()) {
    const place = known.get(need)
    if (place === undefined || !within(place, division)) faults.push({ path: `body.needs.${index}`, code: 'need-elsewhere' })
  }
  if (design.motion !== undefined) {
    if (named.resolution === undefined || !named.resolution.adopted) faults.push({ path: 'body.motion', code: 'motion-not-adopted' })
    else if (!within(named.resolution.division, division)) faults.push({ path: 'body.motion', code: 'motion-elsewhere' })
  }
  if (!named.itemKnown) faults.push({ path: 'body.purchaseItem', code: 'purchase-item-unknown' })
  return faults.length === 0 ? undefined : invalid(faults)
}

/** Whoever edits joins the designers: they will neither review nor score. */
export function editProject(project: Project, actor: Actor, now: Instant, design: ProjectDesign): Ruling<Project> {
  const state = standing(project, 'editProject', actor, now)
  if (!state.ok) return state
  const fault = checkDesign(design, project.division)
  if (fault !== undefined) return fault
  const me = actor.kind === 'person' ? [actor.personId] : []
  return allow(moved(project, state.value, now, {
    // Optional parts that the new design leaves out are gone.
    motion: undefined, facility: undefined, conditions: undefined, duty: undefined,
    ...design, designers: [...new Set([...project.designers, ...me])],
  }))
}

/** The evidence that is on record without a comment period: an adopted resolution, or enough verified supports (policy). */
export function evidenceOf(project: Project, verifiedSupports: number, terms: ProjectTerms): Evidence | undefined {
  if (project.motion !== undefined) return { kind: 'resolution' }
  if (verifiedSupports >= terms.evidenceSupports) return { kind: 'supports', count: verifiedSupports }
  return undefined
}

/** To the residents' comments, or straight to the township where participation is already on record. */
export function submitProject(
  project: Project, actor: Actor, now: Instant, body: { to: 'comment' | 'review' }, verifiedSupports: number, terms: ProjectTerms,
): Ruling<Project> {
  const straight = body.to === 'review'
  const state = standing(project, straight ? 'submitForReview' : 'openComment', actor, now)
  if (!state.ok) return state
  if (project.needs.length === 0) return refuse('need-missing')
  const opened = { openedAt: project.openedAt ?? now, summary: undefined, commentUntil: undefined, summaryUntil: undefined, evidence: undefined }
  if (straight) {
    const evidence = evidenceOf(project, verifiedSupports, terms)
    if (evidence === undefined) return refuse('evidence-missing', { supports: verifiedSupports, needed: terms.evidenceSupports })
    return allow(moved(project, state.value, now, { ...opened, evidence, reviewUntil: dueAt(now, terms.reviewDays, terms.calendar).at }))
  }
  // A period by days starts on the day after, and its last day counts whole (Civil Code Art. 201, 203).
  const commentUntil = endOfDay(today(addDays(now, terms.commentDays)))
  return allow(moved(project, state.value, now, {
    ...opened, commentUntil, summaryUntil: dueAt(commentUntil, terms.summaryDays, terms.calendar).at,
    round: project.round + 1, tally: { agree: 0, disagree: 0, neutral: 0 },
  }))
}

/** A verified resident of the place, while the period runs; once each per round is kept by the store. */
export function commentOnProject(project: Project, actor: Actor, now: Instant, body: { stance: Stance; words?: string }): Ruling<Project> {
  const fault = body.words === undefined ? undefined : personalNumberFault('body.words', body.words)
  if (fault !== undefined) return invalid([fault])
  return decide(project, 'commentOnProject', actor, now, () => ({ tally: { ...project.tally, [body.stance]: project.tally[body.stance] + 1 } }))
}

/** With its summary the comment period is evidence; without words (the timer) its figures are. */
export function closeComment(project: Project, actor: Actor, now: Instant, words: string | undefined, terms: ProjectTerms): Ruling<Project> {
  return decide(project, 'closeComment', actor, now, () => ({
    summary: { ...project.tally, words, at: now },
    evidence: { kind: 'comment', count: project.tally.agree + project.tally.disagree + project.tally.neutral },
    summaryUntil: undefined, reviewUntil: dueAt(now, terms.reviewDays, terms.calendar).at,
  }))
}

/** Where the project's item stands on the county's purchase list of the year. */
export type PurchaseStanding = { readonly listed: boolean; readonly negative?: string }

/** Whether a department's duty came without the money that the project needs (funds follow duties). */
export function isUnfunded(project: Pick<Project, 'duty' | 'budget'>): boolean {
  return project.duty !== undefined && project.duty.money < project.budget
}

/** Needs, evidence, purchase list and the department's money decide; the refusal about money is reported by the action. */
export function approveProject(project: Project, actor: Actor, now: Instant, item: PurchaseStanding): Ruling<Project> {
  const state = standing(project, 'approveProject', actor, now)
  if (!state.ok) return state
  if (project.needs.length === 0) return refuse('need-missing')
  if (project.evidence === undefined) return refuse('evidence-missing')
  if (item.negative !== undefined) return refuse('on-negative-list', { item: project.purchaseItem })
  if (!item.listed) return refuse('not-on-purchase-list', { item: project.purchaseItem })
  if (project.duty !== undefined && isUnfunded(project)) {
    return refuse('funds-must-follow-duty', { brought: formatYuan(project.duty.money), budget: formatYuan(project.budget) })
  }
  return allow(moved(project, state.value, now, {
    approvedAt: now, approvedBy: actor.kind === 'person' ? actor.personId : undefined, reviewUntil: undefined,
  }))
}

/** Back to its designers with remarks; evidence and comments stay on record and a new submission renews them. */
export function sendBackProject(project: Project, actor: Actor, now: Instant, body: { remarks: string }): Ruling<Project> {
  return decide(project, 'sendBackProject', actor, now, () => ({
    remarks: [...project.remarks, { from: project.state === 'township-review' ? 'township-review' : 'resident-review', words: body.remarks, at: now }],
    commentUntil: undefined, summaryUntil: undefined, reviewUntil: undefined,
  }))
}

export function terminateProject(project: Project, actor: Actor, now: Instant, body: { reason: string }): Ruling<Project> {
  return decide(project, 'terminateProject', actor, now, () => ({
    endReason: body.reason, commentUntil: undefined, summaryUntil: undefined, reviewUntil: undefined,
  }))
}

/** The number that people see: 项2026-0031. */
export function shownNumber(project: Pick<Project, 'number'>, prefix = '项'): string {
  return `${prefix}${project.number.year}-${String(project.number.value).padStart(4, '0')}`
}

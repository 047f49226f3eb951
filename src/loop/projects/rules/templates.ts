// Projects: reusable designs: who may change them, where they are offered, how one is made of a finished project. Pure.
import type { Actor, Judged, Reach } from '../../../kit/actor.ts'
import { scopesOf } from '../../../kit/actor.ts'
import { ancestorAt, type DivisionCode, type Id, levelOf, within } from '../../../kit/id.ts'
import type { Instant } from '../../../kit/instant.ts'
import { type Lifecycle, nextState } from '../../../kit/lifecycle.ts'
import { type BasisPoints, type Fen, share, sum } from '../../../kit/money.ts'
import { allow, type FieldFault, invalid, refuse, type Refusal, type Ruling } from '../../../kit/ruling.ts'
import type { CategoryCode } from '../../needs/contract/taxonomy.ts'
import type { TemplateState } from '../contract/templates.ts'
import type { BudgetLine, Project, ProjectDesign } from '../rules.ts'
import { personalNumberFault } from './design.ts'

export type BudgetShare = Pick<BudgetLine, 'item' | 'purpose'> & { readonly share: BasisPoints }

/** The reusable parts of a design. */
export type TemplateDesign = Pick<
  ProjectDesign,
  'title' | 'targetGroup' | 'goals' | 'activities' | 'results' | 'partners'
> & {
  readonly categories: readonly CategoryCode[]
  readonly budgetShares: readonly BudgetShare[]
  readonly purchaseItem?: string
}

export type Template = TemplateDesign & {
  readonly id: Id<'project-template'>
  readonly division: DivisionCode
  readonly state: TemplateState
  readonly version: number
  /** How often its content was written; a project remembers which one it took. */
  readonly edition: number
  readonly fromProject?: string
  readonly endReason?: string
  readonly createdAt: Instant
  readonly updatedAt: Instant
  readonly history: readonly { readonly state: TemplateState; readonly at: Instant }[]
}

export const templateLifecycle = {
  offered: { editTemplate: 'offered', retireTemplate: 'retired' },
  retired: { offerTemplateAgain: 'offered' },
} as const satisfies Lifecycle<TemplateState, string>

export type TemplateVerb = 'editTemplate' | 'retireTemplate' | 'offerTemplateAgain'
const lifecycle: Lifecycle<TemplateState, TemplateVerb> = templateLifecycle

export const templateVerbs = ['editTemplate', 'retireTemplate', 'offerTemplateAgain'] as const

export function reachOfTemplate(template: Pick<Template, 'division'>): Reach {
  return { division: template.division }
}

export function judgedTemplate(template: Template): Judged {
  return { reach: reachOfTemplate(template), version: template.version }
}

/** A community is offered the templates of its township and county. */
export function isOfferedTo(template: Pick<Template, 'division'>, division: DivisionCode): boolean {
  return within(division, template.division)
}

/** Read by the desks that it is offered to, and by those above its place. */
export function mayReadTemplate(template: Pick<Template, 'division'>, actor: Actor): boolean {
  return scopesOf(actor, 'projects.listDeskProjects').divisions.some(
    (scope) => within(scope, template.division) || within(template.division, scope),
  )
}

/** The places above a scope whose templates it is offered, itself among them: county and township. */
export function keepersFor(scope: DivisionCode): DivisionCode[] {
  return [ancestorAt(scope, 'county'), ancestorAt(scope, 'township')].filter((place) => place !== undefined)
}

/** Every fault of a template that its words and shares show. */
export function checkTemplate(
  design: TemplateDesign,
  division: DivisionCode,
  itemKnown: boolean,
): Refusal<'invalid-input'> | undefined {
  const faults: FieldFault[] = []
  const level = levelOf(division)
  if (level !== 'county' && level !== 'township') faults.push({ path: 'body.division', code: 'not-a-keeper' })
  const whole = design.budgetShares.reduce((total, line) => total + line.share, 0)
  if (whole !== 10_000)
    faults.push({ path: 'body.budgetShares', code: 'shares-do-not-add-up', params: { sum: whole / 100 } })
  for (const field of ['title', 'targetGroup', 'goals'] as const) {
    const fault = personalNumberFault(`body.${field}`, design[field])
    if (fault !== undefined) faults.push(fault)
  }
  if (!itemKnown) faults.push({ path: 'body.purchaseItem', code: 'purchase-item-unknown' })
  return faults.length === 0 ? undefined : invalid(faults)
}

/** Whether the verb is open in this state. Permission at the place is judged apart. */
export function templateStanding(template: Template, verb: TemplateVerb): Ruling<TemplateState> {
  return nextState(lifecycle, template.state, verb)
}

function movedTemplate(
  template: Template,
  state: TemplateState,
  now: Instant,
  changes: Partial<Template> = {},
): Template {
  const history = state === template.state ? template.history : [...template.history, { state, at: now }]
  return { ...template, ...changes, state, history, updatedAt: now, version: template.version + 1 }
}

/** A new edition; the earlier ones stay readable, and so do the projects made from them. */
export function editTemplate(
  template: Template,
  now: Instant,
  design: TemplateDesign,
  itemKnown: boolean,
): Ruling<Template> {
  const state = templateStanding(template, 'editTemplate')
  if (!state.ok) return state
  const fault = checkTemplate(design, template.division, itemKnown)
  if (fault !== undefined) return fault
  return allow(
    movedTemplate(template, state.value, now, {
      purchaseItem: undefined,
      ...design,
      edition: template.edition + 1,
    }),
  )
}

export function retireTemplate(template: Template, now: Instant, body: { reason: string }): Ruling<Template> {
  const state = templateStanding(template, 'retireTemplate')
  return state.ok ? allow(movedTemplate(template, state.value, now, { endReason: body.reason })) : state
}

export function offerTemplateAgain(template: Template, now: Instant): Ruling<Template> {
  const state = templateStanding(template, 'offerTemplateAgain')
  return state.ok ? allow(movedTemplate(template, state.value, now, { endReason: undefined })) : state
}

/** Each line's part of the whole in basis points, adding up to 10000 exactly: what is left over goes to the largest remainders. */
export function sharesOf(lines: readonly Pick<BudgetLine, 'item' | 'purpose' | 'amount'>[]): BudgetShare[] {
  const whole = sum(lines.map((line) => line.amount))
  if (whole <= 0n) throw new RangeError('a budget without money has no shares')
  const parts = lines.map((line, position) => ({
    position,
    share: Number((line.amount * 10_000n) / whole),
    remainder: (line.amount * 10_000n) % whole,
  }))
  const left = 10_000 - parts.reduce((given, part) => given + part.share, 0)
  const lucky = new Set(
    parts
      .toSorted((one, other) => Number(other.remainder - one.remainder))
      .slice(0, left)
      .map((part) => part.position),
  )
  return lines.map(({ item, purpose }, position) => ({
    item,
    purpose,
    share: (parts[position]?.share ?? 0) + (lucky.has(position) ? 1 : 0),
  }))
}

/** What each line gets of a whole by a template's shares, adding up to the fen. */
export function amountsOf(shares: readonly BudgetShare[], whole: Fen): Fen[] {
  return share(
    whole,
    shares.map((line) => line.share),
  )
}

/** The reusable parts of a finished project's design, without its needs, dates and money. */
export function designOfProject(project: Project, title: string): Ruling<TemplateDesign> {
  if (project.state !== 'completed') return refuse('not-completed')
  return allow({
    title,
    targetGroup: project.targetGroup,
    goals: project.goals,
    categories: project.categories,
    activities: project.activities,
    results: project.results,
    partners: project.partners,
    budgetShares: sharesOf(project.budgetLines),
    purchaseItem: project.purchaseItem,
  })
}

/** Whether a design may name this template as its origin: offered, to this place, in an edition that there is. */
export function checkOrigin(
  origin: { readonly id: string; readonly edition: number } | undefined,
  template: Template | undefined,
  division: DivisionCode,
): Refusal | undefined {
  if (origin === undefined) return undefined
  if (template === undefined || !isOfferedTo(template, division) || origin.edition > template.edition)
    return invalid([{ path: 'body.template', code: 'template-unknown' }])
  return template.state === 'offered' ? undefined : invalid([{ path: 'body.template', code: 'template-retired' }])
}

// Venture calls: what is checked of a proposal, handing it in, screening, coaching and the way to the project. Pure.
import type { Actor } from '../../../kit/actor.ts'
import { type DivisionCode, levelOf, within } from '../../../kit/id.ts'
import type { Instant } from '../../../kit/instant.ts'
import { formatYuan } from '../../../kit/money.ts'
import { isBefore } from '../../../kit/plain-date.ts'
import { allow, type FieldFault, invalid, refuse, type Refusal, type Ruling } from '../../../kit/ruling.ts'
import { checkBudget, personalNumberFault } from '../../projects/rules/design.ts'
import {
  type Call,
  decideProposal,
  movedProposal,
  type Proposal,
  type ProposalContent,
  proposalStanding,
  takesPart,
  takesProposals,
} from '../rules.ts'

/** What the register says of the organization. */
export type Eligibility = {
  readonly active: boolean
  readonly abnormal: boolean
  readonly illegal: boolean
  /** Its last service was evaluated below the line, and the bar has not run out. */
  readonly barred: boolean
}

/** A need as its domain tells it. */
export type NamedNeed = {
  readonly id: string
  readonly division: DivisionCode
  readonly visibility: 'public' | 'private'
}

/** Only an organization in good standing takes part. */
export function checkEligibility(organization: Eligibility): Refusal | undefined {
  if (!organization.active) return refuse('not-active')
  if (organization.illegal) return refuse('illegal')
  if (organization.abnormal) return refuse('abnormal')
  return organization.barred ? refuse('barred') : undefined
}

/** Every fault of a proposal that its words, money and dates show. */
export function checkProposal(content: ProposalContent, call: Call): Refusal<'invalid-input'> | undefined {
  const level = levelOf(content.division)
  const faults = checkBudget(content.budgetLines, content.asked).map((fault) =>
    fault.path === 'body.budget' ? { ...fault, path: 'body.asked' } : fault,
  )
  if ((level !== 'community' && level !== 'township') || !takesPart(call, content.division))
    faults.push({ path: 'body.division', code: 'place-elsewhere' })
  if (content.asked > call.ceiling)
    faults.push({ path: 'body.asked', code: 'above-ceiling', params: { ceiling: formatYuan(call.ceiling) } })
  if (content.own !== undefined && content.own < 0n) faults.push({ path: 'body.own', code: 'amount-not-positive' })
  if (isBefore(content.end, content.start)) faults.push({ path: 'body.end', code: 'ends-before-start' })
  if (isBefore(content.start, call.scoreUntil))
    faults.push({ path: 'body.start', code: 'starts-before-result', params: { date: call.scoreUntil } })
  if (new Set(content.needs).size !== content.needs.length) faults.push({ path: 'body.needs', code: 'need-twice' })
  for (const field of ['title', 'targetGroup', 'goals', 'strengths'] as const) {
    const fault = personalNumberFault(`body.${field}`, content[field])
    if (fault !== undefined) faults.push(fault)
  }
  return faults.length === 0 ? undefined : invalid(faults)
}

/** Needs are open to everybody and of the place; one that is private would become known through the proposal. */
export function checkNeeds(
  content: Pick<ProposalContent, 'needs' | 'division'>,
  known: readonly NamedNeed[],
): Refusal<'invalid-input'> | undefined {
  const byId = new Map(known.map((need) => [need.id, need]))
  const faults = content.needs.flatMap((id, index): FieldFault[] => {
    const need = byId.get(id)
    if (need === undefined || need.visibility === 'private')
      return [{ path: `body.needs.${index}`, code: 'need-not-public' }]
    return within(need.division, content.division) ? [] : [{ path: `body.needs.${index}`, code: 'need-elsewhere' }]
  })
  return faults.length === 0 ? undefined : invalid(faults)
}

/** Whether an organization may begin one more. `live`: its proposals in this call that were not withdrawn. */
export function mayDraft(call: Call, now: Instant, organization: Eligibility, live: number): Refusal | undefined {
  if (!takesProposals(call, now)) return refuse('call-not-open')
  const most = call.terms?.proposalsEach ?? 1
  return checkEligibility(organization) ?? (live >= most ? refuse('too-many-proposals', { most }) : undefined)
}

/** A draft as one likes; an awarded one within its award, at its place, with its needs. */
export function editProposal(
  proposal: Proposal,
  call: Call,
  actor: Actor,
  now: Instant,
  content: ProposalContent,
  needs: readonly NamedNeed[],
): Ruling<Proposal> {
  const state = proposalStanding(proposal, call, 'editProposal', actor, now)
  if (!state.ok) return state
  const fault = checkProposal(content, call) ?? checkNeeds(content, needs) ?? checkAwarded(proposal, content)
  if (fault !== undefined) return fault
  const me = actor.kind === 'person' ? [actor.personId] : []
  return allow(
    movedProposal(proposal, state.value, now, {
      own: undefined,
      ...content,
      authors: [...new Set([...proposal.authors, ...me])],
    }),
  )
}

/** What residents and panel decided on stays: the place, and no more money than was awarded. */
function checkAwarded(proposal: Proposal, content: ProposalContent): Refusal<'invalid-input'> | undefined {
  if (proposal.award === undefined) return undefined
  const faults: FieldFault[] = []
  if (content.asked > proposal.award)
    faults.push({ path: 'body.asked', code: 'above-award', params: { award: formatYuan(proposal.award) } })
  if (content.division !== proposal.division) faults.push({ path: 'body.division', code: 'place-was-voted' })
  if (content.needs.length === 0) faults.push({ path: 'body.needs', code: 'need-missing' })
  return faults.length === 0 ? undefined : invalid(faults)
}

/** Handed in with its hash. `submitted`: how many the call holds already. */
export function submitProposal(
  proposal: Proposal,
  call: Call,
  actor: Actor,
  now: Instant,
  organization: Eligibility,
  needs: readonly NamedNeed[],
  submitted: number,
  hash: string,
): Ruling<Proposal> {
  const state = proposalStanding(proposal, call, 'submitProposal', actor, now)
  if (!state.ok) return state
  const ineligible = checkEligibility(organization)
  if (ineligible !== undefined) return ineligible
  if (submitted >= (call.terms?.mostProposals ?? 0)) return refuse('call-full', { most: submitted })
  if (proposal.needs.length === 0) return refuse('need-missing')
  const [fault] = checkNeeds(proposal, needs)?.fields ?? []
  if (fault !== undefined) return refuse(fault.code)
  return allow(movedProposal(proposal, state.value, now, { hash }))
}

export function takeBackProposal(proposal: Proposal, call: Call, actor: Actor, now: Instant): Ruling<Proposal> {
  return decideProposal(proposal, call, 'takeBackProposal', actor, now, { hash: undefined })
}

export function admitProposal(proposal: Proposal, call: Call, actor: Actor, now: Instant): Ruling<Proposal> {
  return decideProposal(proposal, call, 'admitProposal', actor, now, { admittedAt: now })
}

/** Only with coaching (policy) and for needs of the proposal; the project's own rules then hold for everything else. */
export function makeVentureProject(
  proposal: Proposal,
  call: Call,
  actor: Actor,
  now: Instant,
  body: { readonly needs: readonly string[] },
): Ruling<Proposal> {
  const state = proposalStanding(proposal, call, 'makeVentureProject', actor, now)
  if (!state.ok) return state
  const needed = call.terms?.coachingNotes ?? 0
  if (proposal.coachings < needed) return refuse('coaching-missing', { done: proposal.coachings, needed })
  const faults = body.needs.flatMap((need, index) =>
    proposal.needs.includes(need) ? [] : [{ path: `body.needs.${index}`, code: 'need-not-of-proposal' }],
  )
  if (faults.length > 0) return invalid(faults)
  return allow(movedProposal(proposal, state.value, now))
}

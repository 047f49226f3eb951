// Contracts: drafting on a confirmed award, changing the terms, sending them for signing and taking them back.
import { isUscc } from '../../../kit/chinese-ids.ts'
import { jurisdictionOf } from '../../../kit/id.ts'
import { absent, allow, invalid, refuse } from '../../../kit/ruling.ts'
import { type Act, action } from '../../../platform/action.ts'
import { numbersTaken, yearOfNumbers } from '../../../platform/numbers.ts'
import { listWorkers } from '../../../registers/social-workers/public.ts'
import { listNeeds } from '../../needs/public.ts'
import { getAward } from '../../procurement/public.ts'
import { getProject, lookUpProject } from '../../projects/public.ts'
import * as contract from '../contract.ts'
import {
  type Contract,
  type ContractPolicy,
  judgedContract,
  lineageOf,
  type MilestoneId,
  personOf,
  standing,
  moved,
} from '../rules.ts'
import { readFactors } from '../rules/factors.ts'
import * as rules from '../rules/terms.ts'
import * as store from '../store.ts'
import { answerOf, keep, recordContract, tellOrganization, tellPurchaser } from './recording.ts'

/** Policy values in force at a place; written into the contract when it is sent for signing. */
export function policyOf(act: Pick<Act, 'policy'>, division: Contract['division']): ContractPolicy {
  return {
    factors: readFactors(act.policy.data('evaluation.factors', division)),
    growthPercent: act.policy.number('contracts.growth-percent', division),
    acceptDays: act.policy.number('contracts.accept-days', division),
    payDays: act.policy.number('contracts.pay-days', division),
  }
}

function milestoneIds(act: Act, division: Contract['division'], count: number): MilestoneId[] {
  return Array.from({ length: count }, () => act.newId<'milestone'>(jurisdictionOf(division)))
}

type DraftedAward = rules.Award & {
  readonly project: string
  readonly tender?: string
  readonly lot?: { readonly number: number; readonly title: string }
  readonly proposal?: string
  readonly bid?: string
}

/** The award of a tender, of a divided one that of the lot, or that of a venture call once the township approved its project: then the approved budget is the price. */
async function awardOf(
  act: Act,
  from: { readonly tender?: string; readonly lot?: number; readonly project?: string },
): Promise<DraftedAward | undefined> {
  if (from.tender !== undefined) return getAward(act.tx, from.tender, from.lot)
  const project = from.project === undefined ? undefined : await lookUpProject(act.tx, from.project)
  if (project?.venture === undefined) return undefined
  const { undertaker, proposal } = project.venture
  return {
    state: project.state === 'approved' ? 'awarded' : project.state,
    price: project.budget,
    organization: undertaker,
    project: project.id,
    proposal,
  }
}

export const draftContract = action(contract.draftContract, async (act, { body }) => {
  if ((body.tender === undefined) === (body.project === undefined))
    return invalid([{ path: 'body.tender', code: 'one-award' }])
  const award = await awardOf(act, body)
  if (award === undefined) return refuse('not-awarded')
  const project = await getProject(act.tx, award.project)
  const { division } = project
  const lineage = [
    ...(award.tender === undefined ? [] : [{ kind: 'tender', id: award.tender }]),
    ...(award.proposal === undefined ? [] : [{ kind: 'venture-proposal', id: award.proposal }]),
    { kind: 'project', id: project.id },
  ]
  const ruling = await act.judge({ reach: { division }, lineage }, () => rules.draftContract(award))
  if (!ruling.ok) return ruling
  const workers = await listWorkers(
    act.tx,
    body.team.map((member) => member.worker),
  )
  const faults = rules.checkTerms(
    body,
    workers,
    award.organization,
    act.now,
    act.policy.number('contracts.last-share', division),
  )
  if (faults !== undefined) return faults
  const needs = await listNeeds(act.tx, project.needs)
  const jurisdiction = jurisdictionOf(division)
  const bare: Contract = {
    id: act.newId<'contract'>(jurisdiction),
    number: { year: yearOfNumbers(act.now), value: 0 },
    division,
    state: 'drafting',
    version: 1,
    title: award.lot === undefined ? project.title : `${project.title}（${award.lot.title}）`,
    project: project.id,
    tender: award.tender,
    lot: award.lot?.number,
    proposal: award.proposal,
    bid: award.bid,
    organization: award.organization,
    value: award.price,
    originalValue: award.price,
    source: project.source,
    categories: project.categories,
    needs: project.needs,
    residents: [...new Set(needs.map((need) => need.residentId))],
    draftedBy: personOf(act.actor),
    start: body.start,
    end: body.end,
    dataClause: body.dataClause,
    clauses: body.clauses,
    team: rules.teamOf(body.team, workers),
    policy: policyOf(act, division),
    milestones: rules.milestonesOf(body.milestones, award.price, milestoneIds(act, division, body.milestones.length)),
    signatures: {},
    createdAt: act.now,
    history: [{ state: 'drafting', at: act.now }],
  }
  const value = await store.insertContract(act.tx, bare, act.now, numbersTaken('contract', jurisdiction, 1, act.now))
  if (value === undefined) return refuse('contract-exists')
  const drafted: Contract = { ...bare, number: { ...bare.number, value } }
  recordContract(act, 'draftContract', undefined, drafted, {
    links: lineageOf(drafted).slice(1, 3),
    data: { organization: drafted.organization },
  })
  return allow(answerOf(drafted))
})

export const editContract = action(contract.editContract, async (act, { params, body }) => {
  const before = await store.findContractForUpdate(act.tx, params.id)
  if (before === undefined) return absent()
  const ruling = await act.judge(judgedContract(before), () => standing(before, 'editContract', act.actor))
  if (!ruling.ok) return ruling
  const workers = await listWorkers(
    act.tx,
    body.team.map((member) => member.worker),
  )
  const faults = rules.checkTerms(
    body,
    workers,
    before.organization,
    act.now,
    act.policy.number('contracts.last-share', before.division),
  )
  if (faults !== undefined) return faults
  const after = moved(before, ruling.value, act.now, {
    start: body.start,
    end: body.end,
    dataClause: body.dataClause,
    clauses: body.clauses,
    team: rules.teamOf(body.team, workers),
    milestones: rules.milestonesOf(
      body.milestones,
      before.value,
      milestoneIds(act, before.division, body.milestones.length),
    ),
  })
  await keep(act, 'editContract', before, after)
  return allow(answerOf(after))
})

export const sendForSigning = action(contract.sendForSigning, async (act, { params }) => {
  const before = await store.findContractForUpdate(act.tx, params.id)
  if (before === undefined) return absent()
  const days = act.policy.number('contracts.signing-days', before.division)
  const uscc = act.policy.text('contracts.purchaser-uscc', before.division).trim()
  const ruling = await act.judge(judgedContract(before), () =>
    uscc !== '' && !isUscc(uscc)
      ? refuse('purchaser-uscc-wrong', { uscc })
      : rules.sendForSigning(before, act.actor, act.now, policyOf(act, before.division), days),
  )
  if (!ruling.ok) return ruling
  await keep(act, 'sendForSigning', before, ruling.value)
  await tellOrganization(act, ruling.value, 'to-sign')
  return allow(answerOf(ruling.value))
})

export const reopenContract = action(contract.reopenContract, async (act, { params, body }) => {
  const before = await store.findContractForUpdate(act.tx, params.id)
  if (before === undefined) return absent()
  const ruling = await act.judge(judgedContract(before), () =>
    rules.reopenContract(before, act.actor, act.now, body.words),
  )
  if (!ruling.ok) return ruling
  await keep(act, 'reopenContract', before, ruling.value)
  await tellPurchaser(act, ruling.value, 'reopened')
  await tellOrganization(act, ruling.value, 'reopened')
  return allow(answerOf(ruling.value))
})

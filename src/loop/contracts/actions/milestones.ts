// Contracts: the acts on a milestone: report, return, confirm, accept, pay.
import { listHolders } from '../../../foundation/identity/public.ts'
import { levelOf } from '../../../kit/id.ts'
import { formatYuan, ZERO_FEN } from '../../../kit/money.ts'
import { absent, allow, type Ruling } from '../../../kit/ruling.ts'
import { type Act, action } from '../../../platform/action.ts'
import { proposePayment } from '../../../registers/funds/public.ts'
import { listConcerned } from '../../needs/public.ts'
import * as contract from '../contract.ts'
import { type Contract, judgedContract, type Milestone, personOf, withMilestone } from '../rules.ts'
import * as rules from '../rules/milestones.ts'
import { milestoneStanding } from '../rules/standing.ts'
import * as store from '../store.ts'
import { answerOf, keep, milestoneData, refOf, tell, tellOrganization } from './recording.ts'

type Loaded = { readonly before: Contract; readonly milestone: Milestone }

/** The locked contract and its milestone. */
async function load(act: Act, params: { id: string; milestone: string }): Promise<Loaded | undefined> {
  const before = await store.findContractForUpdate(act.tx, params.id)
  const milestone = before?.milestones.find((each) => each.id === params.milestone)
  return before === undefined || milestone === undefined ? undefined : { before, milestone }
}

async function finish(act: Act, verb: string, { before, milestone }: Loaded, ruling: Ruling<Contract>) {
  if (!ruling.ok) return ruling
  await keep(act, verb, before, ruling.value, { data: milestoneData(milestone, ruling.value) })
  return allow(answerOf(ruling.value))
}

/** Who accepts: heads of the community, or reviewers of the township for a contract of several communities. */
function accepters(act: Act, before: Contract) {
  return listHolders(
    act.tx,
    levelOf(before.division) === 'community' ? 'community-head' : 'township-reviewer',
    before.division,
  )
}

export const reportMilestone = action(contract.reportMilestone, async (act, { params, body }) => {
  const loaded = await load(act, params)
  if (loaded === undefined) return absent()
  const { before, milestone } = loaded
  const ruling = await act.judge(judgedContract(before), () =>
    rules.reportMilestone(before, milestone, act.actor, act.now, body.words),
  )
  if (!ruling.ok) return ruling
  if (body.files.length > 0) {
    const attached = await act.platform.files.attach(act.tx, personOf(act.actor), body.files, {
      kind: 'contract-paper',
      id: before.id,
    })
    if (!attached.ok) return attached
  }
  tell(act, before, [...(await accepters(act, before)), ...before.residents], 'milestone-reported', {
    milestone: milestone.title,
  })
  return finish(act, 'reportMilestone', loaded, ruling)
})

export const returnMilestone = action(contract.returnMilestone, async (act, { params, body }) => {
  const loaded = await load(act, params)
  if (loaded === undefined) return absent()
  const { before, milestone } = loaded
  const ruling = await act.judge(judgedContract(before), () =>
    rules.returnMilestone(before, milestone, act.actor, act.now, body.words),
  )
  if (!ruling.ok) return ruling
  await tellOrganization(act, before, 'milestone-returned', { milestone: milestone.title })
  return finish(act, 'returnMilestone', loaded, ruling)
})

export const confirmMilestoneAsResident = action(contract.confirmMilestoneAsResident, async (act, { params }) => {
  const loaded = await load(act, params)
  if (loaded === undefined) return absent()
  const { before, milestone } = loaded
  const concerned = await listConcerned(act.tx, before.needs)
  const ruling = await act.judge(judgedContract(before, concerned), () =>
    rules.confirmMilestoneAsResident(before, milestone, act.actor, act.now),
  )
  return finish(act, 'confirmMilestoneAsResident', loaded, ruling)
})

export const acceptMilestone = action(contract.acceptMilestone, async (act, { params }) => {
  const loaded = await load(act, params)
  if (loaded === undefined) return absent()
  const { before, milestone } = loaded
  const ruling = await act.judge(judgedContract(before), () =>
    rules.acceptMilestone(before, milestone, act.actor, act.now),
  )
  return finish(act, 'acceptMilestone', loaded, ruling)
})

export const payMilestone = action(contract.payMilestone, async (act, { params }) => {
  const loaded = await load(act, params)
  if (loaded === undefined) return absent()
  const { before, milestone } = loaded
  const open = await act.judge(judgedContract(before), () =>
    milestoneStanding(before, milestone, 'payMilestone', act.actor),
  )
  if (!open.ok) return open
  const amount = milestone.payable ?? ZERO_FEN
  const transfer = await proposePayment(act, {
    contract: refOf(before),
    milestone: milestone.id,
    division: before.division,
    organization: before.organization,
    amount,
    accepters: rules.acceptersOf(milestone),
  })
  if (!transfer.ok) return transfer
  const ruling = rules.payMilestone(before, milestone, act.actor, act.now)
  if (!ruling.ok) return ruling
  const after = withMilestone(ruling.value, milestone.id, { transfer: transfer.value })
  await keep(act, 'payMilestone', before, after, {
    data: { ...milestoneData(milestone, after), transfer: transfer.value, payable: formatYuan(amount) },
  })
  return allow(answerOf(after))
})

// Contracts: amendments, proposed by one party and agreed by the other, and breaches on record.
import { hasFreshSecondFactor } from '../../../foundation/identity/public.ts'
import { jurisdictionOf } from '../../../kit/id.ts'
import { absent, allow, forbid, type Ruling } from '../../../kit/ruling.ts'
import { type Act, action } from '../../../platform/action.ts'
import { encumber } from '../../../registers/funds/public.ts'
import { listWorkers } from '../../../registers/social-workers/public.ts'
import * as contract from '../contract/changes.ts'
import { type Amendment, type Contract, decide, judgedContract, otherParty, partyOf, personOf } from '../rules.ts'
import * as rules from '../rules/amendments.ts'
import * as store from '../store.ts'
import * as changes from '../store/changes.ts'
import { answerOf, keep, refOf, tellOrganization, tellPurchaser } from './recording.ts'

export const proposeAmendment = action(contract.proposeAmendment, async (act, { params, body }) => {
  const before = await store.findContractForUpdate(act.tx, params.id)
  if (before === undefined) return absent()
  const workers = await listWorkers(
    act.tx,
    (body.team ?? []).map((member) => member.worker),
  )
  const id = act.newId<'amendment'>(jurisdictionOf(before.division))
  const ruling = await act.judge(judgedContract(before), () =>
    rules.proposeAmendment(before, act.actor, act.now, body, workers, id),
  )
  if (!ruling.ok) return ruling
  const { contract: after, amendment } = ruling.value
  await changes.insertAmendment(act.tx, amendment)
  await keep(act, 'proposeAmendment', before, after, {
    amount: amendment.growth,
    data: { amendment: id, by: amendment.proposedBy },
  })
  // Where keys sign, the other party is told once there is a signature to answer.
  if (after.amendmentFor !== amendment.proposedBy) {
    const told = amendment.proposedBy === 'purchaser' ? tellOrganization : tellPurchaser
    await told(act, after, 'amendment-proposed')
  }
  return allow(answerOf(after))
})

/** Sets an agreed growth aside, like the contract's value before it. */
export async function encumberGrowth(act: Act, after: Contract, amendment: Amendment): Promise<Ruling<unknown>> {
  if (amendment.growth === undefined) return allow(undefined)
  return encumber(act, {
    division: after.division,
    source: after.source,
    project: { kind: 'project', id: after.project },
    contract: refOf(after),
    amount: amendment.growth,
    categories: after.categories,
    proposedBy: amendment.person,
  })
}

export const agreeAmendment = action(contract.agreeAmendment, async (act, { params }) => {
  const before = await store.findContractForUpdate(act.tx, params.id)
  const amendment = before === undefined ? undefined : await changes.findAmendment(act.tx, before.id, params.amendment)
  if (before === undefined || amendment === undefined) return absent()
  const ruling = await act.judge(judgedContract(before), () => {
    const fresh = hasFreshSecondFactor(act.actor, act.platform)
    return fresh.ok ? rules.agreeAmendment(before, amendment, act.actor, act.now) : fresh
  })
  if (!ruling.ok) return ruling
  const { contract: after, amendment: agreed } = ruling.value
  const money = await encumberGrowth(act, after, agreed)
  if (!money.ok) return money
  await changes.saveAmendment(act.tx, agreed)
  await keep(act, 'agreeAmendment', before, after, {
    amount: agreed.growth,
    data: { amendment: agreed.id, by: otherParty(agreed.proposedBy), team: agreed.team !== undefined },
  })
  await tellOrganization(act, after, 'amended')
  await tellPurchaser(act, after, 'amended')
  return allow(answerOf(after))
})

export const declineAmendment = action(contract.declineAmendment, async (act, { params }) => {
  const before = await store.findContractForUpdate(act.tx, params.id)
  const amendment = before === undefined ? undefined : await changes.findAmendment(act.tx, before.id, params.amendment)
  if (before === undefined || amendment === undefined) return absent()
  const ruling = await act.judge(judgedContract(before), () =>
    rules.declineAmendment(before, amendment, act.actor, act.now),
  )
  if (!ruling.ok) return ruling
  await changes.saveAmendment(act.tx, ruling.value.amendment)
  await keep(act, 'declineAmendment', before, ruling.value.contract, { data: { amendment: amendment.id } })
  return allow(answerOf(ruling.value.contract))
})

/** A party puts on record what the other one did not keep; nothing is deducted by it. */
export const recordBreach = action(contract.recordBreach, async (act, { params, body }) => {
  const before = await store.findContractForUpdate(act.tx, params.id)
  if (before === undefined) return absent()
  const ruling = await act.judge(judgedContract(before), () => decide(before, 'recordBreach', act.actor, act.now))
  if (!ruling.ok) return ruling
  const party = partyOf(before, act.actor, 'contracts.recordBreach')
  if (party === undefined) return forbid('not-a-party')
  const by = otherParty(party)
  await changes.insertBreach(act.tx, before.id, act.newId(jurisdictionOf(before.division)), {
    by,
    kind: body.kind,
    words: body.words,
    person: personOf(act.actor),
    at: act.now,
  })
  await keep(act, 'recordBreach', before, ruling.value, { data: { by, kind: body.kind } })
  const told = by === 'organization' ? tellOrganization : tellPurchaser
  await told(act, ruling.value, 'breach')
  return allow(answerOf(ruling.value))
})

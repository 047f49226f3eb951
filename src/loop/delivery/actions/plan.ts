// Delivery: the undertaker's plan, and the page that shows how far it is done.
import { divisionName } from '../../../foundation/divisions/public.ts'
import { may } from '../../../kit/actor.ts'
import { jurisdictionOf } from '../../../kit/id.ts'
import { actionsOf } from '../../../kit/record-view.ts'
import { absent, allow, forbid, refuse } from '../../../kit/ruling.ts'
import { action, question } from '../../../platform/action.ts'
import { deliveryStarted, lockContract, lookUpContract } from '../../contracts/public.ts'
import { projectDelivering } from '../../projects/public.ts'
import * as contract from '../contract.ts'
import { type Plan, reachOf } from '../rules.ts'
import * as store from '../store.ts'

export const startDelivery = action(contract.startDelivery, async (act, { params, body }) => {
  const card = await lockContract(act, params.id)
  if (card === undefined) return absent()
  const ruling = await act.judge({ reach: reachOf(card), version: card.version }, () =>
    card.state === 'active' ? allow(card) : refuse('not-in-this-state', { state: card.state, verb: 'startDelivery' }),
  )
  if (!ruling.ok) return ruling
  const begun = await deliveryStarted(act, card)
  if (!begun.ok) return begun
  const moved = await projectDelivering(act, card.project, card.id)
  if (!moved.ok) return moved
  const plan: Plan = {
    contract: card.id,
    division: card.division,
    project: card.project,
    organization: card.organization,
    words: body.words,
    startedBy: act.actor.kind === 'person' ? act.actor.personId : 'system',
    startedAt: act.now,
    activities: body.activities.map((each, index) => ({
      ...each,
      id: act.newId<'activity'>(jurisdictionOf(card.division)),
      position: index + 1,
    })),
  }
  await store.insertPlan(act.tx, plan)
  act.record({
    name: 'delivery.startDelivery',
    of: { kind: 'contract', id: card.id },
    division: card.division,
    organization: card.organization,
    data: {
      ...(card.lot === undefined ? {} : { lot: card.lot }),
      activities: plan.activities.length,
      planned: plan.activities.reduce((total, each) => total + each.planned, 0),
    },
  })
  return allow({ id: card.id, version: card.version + 1, state: card.state, number: card.number })
})

export const getDelivery = question(contract.getDelivery, async (ask, { params }) => {
  const card = await lookUpContract(ask.tx, params.id)
  if (card === undefined) return absent()
  const reach = reachOf(card)
  const hidden = ask.see({ reach })
  if (hidden !== undefined) return hidden
  const plan = await store.findPlan(ask.tx, card.id)
  const activities = await store.listCountedActivities(ask.tx, card.id)
  const { newcomers, ...totals } = await store.getTotals(ask.tx, card.id)
  const start = !may(ask.actor, 'delivery.startDelivery', reach)
    ? forbid('forbidden')
    : card.state !== 'active'
      ? refuse('not-in-this-state', { state: card.state, verb: 'startDelivery' })
      : plan === undefined
        ? allow(true)
        : refuse('delivery-started')
  const file = !may(ask.actor, 'delivery.fileServiceRecord', reach)
    ? forbid('forbidden')
    : card.state !== 'active'
      ? refuse('not-in-this-state', { state: card.state, verb: 'fileServiceRecord' })
      : plan === undefined
        ? refuse('delivery-not-started')
        : card.reported
          ? refuse('milestone-closed')
          : allow(true)
  return allow({
    id: card.id,
    contractNumber: card.number,
    title: card.title,
    division: card.division,
    divisionName: divisionName(card.division),
    started: plan !== undefined,
    startedAt: plan?.startedAt,
    words: plan?.words,
    activities: activities.map((each) => ({ ...each })),
    totals: { ...totals, beneficiaries: newcomers },
    milestones: card.milestones.map((each) => ({
      id: each.id,
      position: each.position,
      title: each.title,
      state: each.state,
      serviceRecords: each.evidence.serviceRecords,
    })),
    actions: actionsOf({ startDelivery: start, fileServiceRecord: file }),
  })
})

// Procurement: objections, and what the clock does by itself.
import { splitId } from '../../../kit/id.ts'
import { absent, allow } from '../../../kit/ruling.ts'
import { dueAt } from '../../../kit/working-days.ts'
import { type Act, action } from '../../../platform/action.ts'
import { getOrganization } from '../../../registers/organizations/public.ts'
import * as desk from '../contract/desk.ts'
import * as rules from '../rules.ts'
import * as award from '../rules/award.ts'
import * as bidding from '../rules/bidding.ts'
import * as store from '../store.ts'
import * as papers from '../store/bids.ts'
import { endTender } from './awarding.ts'
import { recordTender } from './recording.ts'

/** Only while scoring does anyone of the panel have something left to do. */
async function panelLeftOf(act: Act, tender: rules.Tender, bids: readonly rules.Bid[]): Promise<string[]> {
  return tender.state === 'scoring' ? award.panelLeft(tender, bids, await papers.listSheets(act.tx, tender)) : []
}

export const objectToTender = action(desk.objectToTender, async (act, { params, body }) => {
  const tender = await store.findTenderForUpdate(act.tx, params.id)
  if (tender === undefined || tender.publishedAt === undefined) return absent()
  const bids = await papers.listBids(act.tx, tender.id)
  const bidders = bids.map((bid) => bid.organization)
  const objections = await papers.listObjections(act.tx, tender.id)
  const ruling = await act.judge(rules.judgedObjection(tender, bidders), () =>
    award.objectToTender(tender, act.actor, act.now, body, objections, bidders),
  )
  if (!ruling.ok) return ruling
  const { tender: next, organization } = ruling.value
  const days = tender.terms?.objectionDays ?? act.policy.number('procurement.objection-days', tender.division)
  const objection: rules.Objection = {
    id: act.newId<'objection'>(splitId(tender.id).jurisdiction),
    organization,
    organizationName: (await getOrganization(act.tx, organization)).name,
    person: act.actor.kind === 'person' ? act.actor.personId : 'system',
    against: body.against,
    argument: body.argument,
    asked: body.asked,
    at: act.now,
    due: dueAt(act.now, days, act.platform.calendar).at,
    state: 'open',
  }
  await papers.insertObjection(act.tx, tender.id, objection)
  await store.saveTender(act.tx, next, act.now)
  recordTender(
    act,
    'objectToTender',
    tender,
    next,
    { objection: objection.id, against: objection.against },
    {
      objections: [...objections, objection],
      organization,
      panelLeft: await panelLeftOf(act, next, bids),
    },
  )
  return allow({ id: objection.id, version: next.version, state: next.state })
})

export const decideObjection = action(desk.decideObjection, async (act, { params, body }) => {
  const tender = await store.findTenderForUpdate(act.tx, params.id)
  if (tender === undefined) return absent()
  const objections = await papers.listObjections(act.tx, tender.id)
  const objection = objections.find((each) => each.id === params.objection)
  if (objection === undefined) return absent()
  const ruling = await act.judge(rules.judgedTender(tender), () =>
    award.decideObjection(tender, act.actor, act.now, body, objection, objections, act.platform.calendar),
  )
  if (!ruling.ok) return ruling
  const next = ruling.value
  const decided: rules.Objection = {
    ...objection,
    state: body.decision,
    decision: body.words,
    decidedBy: act.actor.kind === 'person' ? act.actor.personId : 'system',
    decidedAt: act.now,
  }
  await papers.saveObjection(act.tx, decided)
  const data = {
    objection: objection.id,
    decision: body.decision,
    remedy: body.decision === 'upheld' ? body.remedy : undefined,
  }
  if (next.state === 'failed') {
    const ended = await endTender(act, 'decideObjection', tender, next, data)
    if (!ended.ok) return ended
  } else {
    await store.saveTender(act.tx, next, act.now)
    recordTender(act, 'decideObjection', tender, next, data, {
      objections: objections.map((each) => (each.id === decided.id ? decided : each)),
      panelLeft: await panelLeftOf(act, next, await papers.listBids(act.tx, tender.id)),
    })
  }
  return allow({ id: objection.id, version: next.version, state: next.state })
})

/** The timer at the deadline. */
export async function closeByTimer(act: Act, id: string): Promise<void> {
  const tender = await store.findTenderForUpdate(act.tx, id)
  if (tender === undefined || tender.stoppedAt !== undefined) return
  const ruling = bidding.closeTender(tender, act.actor, act.now)
  if (!ruling.ok) return
  await store.saveTender(act.tx, ruling.value, act.now)
  recordTender(act, 'closeTender', tender, ruling.value, { byTimer: true })
}

/** The timer at the end of the notice's day. */
export async function beginStandstillByTimer(act: Act, id: string): Promise<void> {
  const tender = await store.findTenderForUpdate(act.tx, id)
  if (tender === undefined) return
  const ruling = award.beginStandstill(tender, act.actor, act.now)
  if (!ruling.ok) return
  await store.saveTender(act.tx, ruling.value, act.now)
  recordTender(
    act,
    'beginStandstill',
    tender,
    ruling.value,
    {},
    { objections: await papers.listObjections(act.tx, id) },
  )
}

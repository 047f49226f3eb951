// Procurement: objections to the purchaser, and complaints to county finance.
import { splitId } from '../../../kit/id.ts'
import { notify } from '../../../foundation/notices/public.ts'
import { absent, allow, type Ruling } from '../../../kit/ruling.ts'
import { dueAt } from '../../../kit/working-days.ts'
import { type Act, action } from '../../../platform/action.ts'
import { getOrganization } from '../../../registers/organizations/public.ts'
import * as contract from '../contract/objections.ts'
import * as rules from '../rules.ts'
import * as award from '../rules/award.ts'
import { lotOfBid } from '../rules/lots.ts'
import * as objecting from '../rules/objecting.ts'
import { personalNumbers } from '../rules/public-words.ts'
import * as store from '../store.ts'
import * as papers from '../store/bids.ts'
import * as objections from '../store/objections.ts'
import { afterFailedLot, endTender } from './awarding.ts'
import { attach, recordTender } from './recording.ts'

/** Only while scoring does anyone of the panel have something left to do. */
async function panelLeftOf(act: Act, tender: rules.Tender): Promise<string[]> {
  if (tender.state !== 'scoring') return []
  const bids = await papers.listBids(act.tx, tender.id)
  return award.panelLeft(tender, bids, await papers.listSheets(act.tx, tender))
}

const personOf = (act: Act) => (act.actor.kind === 'person' ? act.actor.personId : 'system')

export const objectToTender = action(contract.objectToTender, async (act, { params, body }) => {
  const tender = await store.findTenderForUpdate(act.tx, params.id)
  if (tender === undefined || tender.publishedAt === undefined) return absent()
  const bids = await papers.listBids(act.tx, tender.id)
  const bidders = bids.map((bid) => bid.organization)
  const ofLot = bids.filter((bid) => lotOfBid(bid) === body.lot).map((bid) => bid.organization)
  const before = await objections.listObjections(act.tx, tender.id)
  const days = tender.terms?.objectionDays ?? act.policy.number('procurement.objection-days', tender.division)
  const made = {
    id: act.newId<'objection'>(splitId(tender.id).jurisdiction),
    due: dueAt(act.now, days, act.platform.calendar).at,
  }
  const ruling = await act.judge(
    objecting.judgedObjection(tender, bidders),
    () =>
      personalNumbers({ argument: body.argument, asked: body.asked }) ??
      objecting.objectToTender(tender, act.actor, act.now, body, made, before, bidders, act.platform.calendar, ofLot),
  )
  if (!ruling.ok) return ruling
  const { tender: next, organization } = ruling.value
  const files = await attach(act, body.files, { kind: 'objection', id: made.id })
  if (!files.ok) return files
  await objections.insertObjection(act.tx, tender.id, {
    ...made,
    organization,
    organizationName: (await getOrganization(act.tx, organization)).name,
    person: personOf(act),
    against: body.against,
    lot: body.lot,
    argument: body.argument,
    asked: body.asked,
    files: files.value,
    at: act.now,
    state: 'open',
  })
  await store.saveTender(act.tx, next, act.now)
  const panelLeft = await panelLeftOf(act, next)
  const data = { objection: made.id, against: body.against, lot: body.lot, files: files.value.length }
  recordTender(act, 'objectToTender', tender, next, data, { organization, panelLeft })
  return allow({ id: made.id, version: next.version, state: next.state })
})

type Loaded = { readonly tender: rules.Tender; readonly objection: objecting.Objection }

async function load(
  act: Act,
  params: { readonly id: string; readonly objection: string },
): Promise<Loaded | undefined> {
  const tender = await store.findTenderForUpdate(act.tx, params.id)
  if (tender === undefined) return undefined
  const objection = (await objections.listObjections(act.tx, tender.id)).find((each) => each.id === params.objection)
  return objection === undefined ? undefined : { tender, objection }
}

/** Keeps the tender after a decision, which may be its end, and tells whoever objected. */
async function keepDecided(
  act: Act,
  verb: 'decideObjection' | 'decideComplaint',
  { tender, objection }: Loaded,
  next: rules.Tender,
  body: objecting.Decision,
): Promise<Ruling<unknown>> {
  const data = {
    objection: objection.id,
    decision: body.decision,
    remedy: body.decision === 'upheld' ? body.remedy : undefined,
    lot: objection.lot,
    deadline: next.deadline === tender.deadline ? undefined : next.deadline,
  }
  notify(act, {
    persons: [objection.complaint?.person ?? objection.person],
    kind: verb === 'decideObjection' ? 'procurement.objectionDecided' : 'procurement.complaintDecided',
    of: { kind: 'tender', id: tender.id },
    params: { number: rules.shownNumber(tender) },
  })
  if (next.state === 'failed' && tender.state !== 'failed') return endTender(act, verb, tender, next, data)
  if (body.decision === 'upheld' && body.remedy === 'fail-lot') return afterFailedLot(act, verb, tender, next, data)
  await store.saveTender(act.tx, next, act.now)
  recordTender(act, verb, tender, next, data, { panelLeft: await panelLeftOf(act, next) })
  return allow(undefined)
}

const decidedBy = (act: Act, body: objecting.Decision) => ({
  state: body.decision,
  decision: body.words,
  decidedBy: personOf(act),
  decidedAt: act.now,
})

export const decideObjection = action(contract.decideObjection, async (act, { params, body }) => {
  const loaded = await load(act, params)
  if (loaded === undefined) return absent()
  const { tender, objection } = loaded
  const ruling = await act.judge(
    rules.judgedTender(tender),
    () =>
      personalNumbers({ words: body.words }) ??
      objecting.decideObjection(tender, act.actor, act.now, body, objection, act.platform.calendar),
  )
  if (!ruling.ok) return ruling
  await objections.saveObjection(act.tx, { ...objection, ...decidedBy(act, body) })
  const kept = await keepDecided(act, 'decideObjection', loaded, ruling.value, body)
  return kept.ok ? allow({ id: objection.id, version: ruling.value.version, state: ruling.value.state }) : kept
})

export const complain = action(contract.complain, async (act, { params, body }) => {
  const loaded = await load(act, params)
  if (loaded === undefined) return absent()
  const { tender, objection } = loaded
  const days = tender.terms?.complaintDecisionDays ?? 1
  const made = {
    id: act.newId<'complaint'>(splitId(tender.id).jurisdiction),
    due: dueAt(act.now, days, act.platform.calendar).at,
  }
  const ruling = await act.judge(
    objecting.judgedComplaint(tender, objection),
    () =>
      personalNumbers({ argument: body.argument, asked: body.asked }) ??
      objecting.complain(tender, act.actor, act.now, objection, made, act.platform.calendar),
  )
  if (!ruling.ok) return ruling
  const next = ruling.value
  const files = await attach(act, body.files, { kind: 'complaint', id: made.id })
  if (!files.ok) return files
  const { argument, asked } = body
  const claim = { ...made, argument, asked, files: files.value, person: personOf(act), at: act.now }
  await objections.insertComplaint(act.tx, tender.id, objection, { ...claim, state: 'open' })
  await store.saveTender(act.tx, next, act.now)
  const data = { objection: objection.id, complaint: made.id, files: files.value.length }
  const { organization } = objection
  recordTender(act, 'complain', tender, next, data, { organization, panelLeft: await panelLeftOf(act, next) })
  return allow({ id: made.id, version: next.version, state: next.state })
})

export const decideComplaint = action(contract.decideComplaint, async (act, { params, body }) => {
  const loaded = await load(act, params)
  if (loaded === undefined) return absent()
  const { tender, objection } = loaded
  const ruling = await act.judge(
    rules.judgedTender(tender),
    () =>
      personalNumbers({ words: body.words }) ??
      objecting.decideComplaint(tender, act.actor, act.now, body, objection, act.platform.calendar),
  )
  if (!ruling.ok) return ruling
  if (objection.complaint === undefined) return absent()
  const remedy = body.decision === 'upheld' ? body.remedy : undefined
  await objections.saveComplaint(act.tx, { ...objection.complaint, ...decidedBy(act, body), remedy })
  const kept = await keepDecided(act, 'decideComplaint', loaded, ruling.value, body)
  const id = objection.complaint.id
  return kept.ok ? allow({ id, version: ruling.value.version, state: ruling.value.state }) : kept
})

// Procurement: planning, publishing and closing a tender, entering the bids and confirming the opening.
import { randomBytes } from 'node:crypto'
import { listHolders } from '../../../foundation/identity/public.ts'
import { notify } from '../../../foundation/notices/public.ts'
import { ancestorAt, type DivisionCode, jurisdictionOf, splitId } from '../../../kit/id.ts'
import { today } from '../../../kit/plain-date.ts'
import { absent, allow, invalid, refuse } from '../../../kit/ruling.ts'
import { type Act, action } from '../../../platform/action.ts'
import { listOrganizations, qualificationOf } from '../../../registers/organizations/public.ts'
import { lookUpProject, projectTendered } from '../../projects/public.ts'
import * as contract from '../contract.ts'
import * as desk from '../contract/desk.ts'
import type { bidForms } from '../contract/terms.ts'
import * as rules from '../rules.ts'
import * as bidding from '../rules/bidding.ts'
import { questionsUntil } from '../rules/clarifying.ts'
import { lotFaults, lotsFrom } from '../rules/lots.ts'
import { qualificationFaults } from '../rules/scoring.ts'
import * as store from '../store.ts'
import * as papers from '../store/bids.ts'
import { insertTermsVersion } from '../store/matters.ts'
import { removeHanded } from '../store/sealing.ts'
import { findSplit, versionOf } from './changing.ts'
import { recordClosing } from './closing.ts'
import { attach, recordTender, sm3, termsOf } from './recording.ts'
import { keptOfBid } from './verify.ts'

/** Sealed bids need a key: how many of the three shares open it is the policy of the day it was planned. */
function sealingFor(act: Act, division: DivisionCode, bidForm: (typeof bidForms)[number]): rules.Sealing | undefined {
  return bidForm === 'sealed' ? { threshold: act.policy.number('procurement.key-threshold', division) } : undefined
}

export const planTender = action(contract.planTender, async (act, { body }) => {
  const project = await lookUpProject(act.tx, body.project)
  if (project === undefined) return absent()
  const lineage = [{ kind: 'project', id: project.id }]
  // Of a project that is under contract in part: what of it failed, again.
  const budget = project.state === 'approved' ? project.budget : project.rest
  const ruling = await act.judge({ reach: { division: project.division }, lineage }, () => {
    if (budget === undefined) return refuse('project-not-approved')
    const divided = lotFaults(body, budget, project.activities)
    return bidding.checkTerms(body, termsOf(act, project.division, project.mode), divided) ?? allow(budget)
  })
  if (!ruling.ok) return ruling
  const jurisdiction = jurisdictionOf(project.division)
  const tender: rules.Tender = {
    id: act.newId<'tender'>(jurisdiction),
    number: await act.nextNumber('tender', jurisdiction),
    division: project.division,
    state: 'planning',
    version: 1,
    project: project.id,
    projectNumber: project.number,
    title: project.title,
    item: project.purchaseItem,
    mode: project.mode,
    categories: project.categories,
    budget: ruling.value,
    procedure: body.procedure,
    description: body.description,
    criteria: body.criteria,
    requirements: body.requirements,
    lots: lotsFrom(body.lots),
    lotLimit: body.lotLimit,
    noticeDays: body.noticeDays,
    sealing: sealingFor(act, project.division, body.bidForm),
    procurers: act.actor.kind === 'person' ? [act.actor.personId] : [],
    designers: project.designerPersons,
    createdAt: act.now,
    split: body.splitReason === undefined ? undefined : { reason: body.splitReason },
    termsNumber: 1,
    bindingNumber: 1,
    pending: [],
    panel: [],
    replaced: [],
    round: 1,
    history: [{ state: 'planning', at: act.now }],
  }
  // Locks the project: of two tenders planned at once one is refused.
  const taken = await projectTendered(act, project.id, tender.id)
  if (!taken.ok) return taken
  await store.insertTender(act.tx, tender, act.now)
  const attached = await attach(act, body.files, { kind: 'tender', id: tender.id })
  if (!attached.ok) return attached
  recordTender(
    act,
    'planTender',
    undefined,
    tender,
    { procedure: tender.procedure, lots: tender.lots?.length },
    { links: lineage, amount: tender.budget },
  )
  return allow({ id: tender.id, version: tender.version, state: tender.state, number: rules.shownNumber(tender) })
})

export const editTender = action(desk.editTender, async (act, { params, body }) => {
  const tender = await store.findTenderForUpdate(act.tx, params.id)
  if (tender === undefined) return absent()
  const { files, bidForm = rules.bidFormOf(tender), splitReason, ...terms } = body
  const split = splitReason === undefined ? undefined : { reason: splitReason }
  const sealing = rules.bidFormOf(tender) === bidForm ? tender.sealing : sealingFor(act, tender.division, bidForm)
  const project = terms.lots === undefined ? undefined : await lookUpProject(act.tx, tender.project)
  const ruling = await act.judge(rules.judgedTender(tender), () =>
    bidding.editTender(
      tender,
      act.actor,
      act.now,
      { ...terms, sealing, split },
      termsOf(act, tender.division, tender.mode),
      project?.activities,
    ),
  )
  if (!ruling.ok) return ruling
  await store.saveTender(act.tx, ruling.value, act.now)
  const attached = await attach(act, files, { kind: 'tender', id: tender.id })
  if (!attached.ok) return attached
  recordTender(act, 'editTender', tender, ruling.value)
  return allow({ id: tender.id, version: ruling.value.version, state: ruling.value.state })
})

export const publishTender = action(contract.publishTender, async (act, { params }) => {
  const tender = await store.findTenderForUpdate(act.tx, params.id)
  if (tender === undefined) return absent()
  const found = tender.state === 'planning' ? await findSplit(act, tender) : undefined
  const split = found && {
    tenders: found.tenders.map((each) => each.id),
    sum: found.sum.toString(),
    threshold: found.threshold.toString(),
  }
  const policy = termsOf(act, tender.division, tender.mode)
  const ruling = await act.judge(rules.judgedTender(tender), () =>
    bidding.publishTender(tender, act.actor, act.now, policy, randomBytes(32).toString('hex'), sm3, split),
  )
  if (!ruling.ok) return ruling
  const next = ruling.value
  await insertTermsVersion(act.tx, next.id, versionOf(act, next, { changed: [], binding: true }, []))
  await store.saveTender(act.tx, next, act.now)
  recordTender(
    act,
    'publishTender',
    tender,
    next,
    {
      ...next.terms,
      deadline: next.deadline,
      questionsUntil: questionsUntil(next, policy.calendar),
      commitment: next.commitment,
      lots: next.lots?.map((lot) => ({ lot: lot.number, ceiling: lot.ceiling.toString() })),
      split: split?.tenders.length,
    },
    { amount: next.budget },
  )
  if (split !== undefined)
    notify(act, {
      persons: await listHolders(act.tx, 'county-overseer', ancestorAt(next.division, 'county') ?? next.division),
      kind: 'procurement.splitFound',
      of: { kind: 'tender', id: next.id },
      params: { number: rules.shownNumber(next), count: split.tenders.length },
    })
  return allow({ id: next.id, version: next.version, state: next.state })
})

export const closeTender = action(desk.closeTender, async (act, { params }) => {
  const tender = await store.findTenderForUpdate(act.tx, params.id)
  if (tender === undefined) return absent()
  const ruling = await act.judge(rules.judgedTender(tender), () => bidding.closeTender(tender, act.actor, act.now))
  if (!ruling.ok) return ruling
  await recordClosing(act, tender, ruling.value)
  return allow({ id: tender.id, version: ruling.value.version, state: ruling.value.state })
})

export const enterBid = action(contract.enterBid, async (act, { params, body }) => {
  const tender = await store.findTenderForUpdate(act.tx, params.id)
  if (tender === undefined) return absent()
  const bids = await papers.listBids(act.tx, tender.id)
  const ruling = await act.judge(rules.judgedTender(tender), () =>
    bidding.enterBid(tender, act.actor, act.now, body, bids),
  )
  if (!ruling.ok) return ruling
  const [next, lot] = [ruling.value, body.lot ?? 1]
  const organization = (await listOrganizations(act.tx, [body.organization])).get(body.organization)
  if (organization === undefined) return invalid([{ path: 'body.organization', code: 'organization-unknown' }])
  const faults = qualificationFaults(
    await qualificationOf(act.tx, organization.id, today(act.now)),
    tender.categories,
    tender.requirements,
  )
  const bid: rules.Bid = {
    id: act.newId<'bid'>(splitId(tender.id).jurisdiction),
    tender: tender.id,
    lot,
    organization: organization.id,
    organizationName: organization.name,
    price: body.price,
    proposal: body.proposal,
    receivedAt: body.receivedAt,
    enteredAt: act.now,
    enteredBy: act.actor.kind === 'person' ? act.actor.personId : 'system',
    faults,
    hash: sm3(
      [tender.id, organization.id, body.price.toString(), body.receivedAt, body.proposal]
        .concat(tender.lots === undefined ? [] : [String(lot)])
        .join('\n'),
    ),
  }
  await papers.insertBid(act.tx, bid)
  await store.saveTender(act.tx, next, act.now)
  const attached = await attach(act, body.files, { kind: 'bid', id: bid.id })
  if (!attached.ok) return attached
  act.record({
    name: 'procurement.enterBid',
    of: { kind: 'bid', id: bid.id },
    division: tender.division,
    state: { to: faults.length === 0 ? 'valid' : 'not-qualified' },
    links: [{ kind: 'tender', id: tender.id }],
    organization: bid.organization,
    amount: bid.price,
    data: {
      tender: tender.id,
      lot: tender.lots === undefined ? undefined : lot,
      hash: bid.hash,
      faults,
      kept: keptOfBid(act.platform, bid),
    },
  })
  return allow({ id: bid.id, version: next.version, state: next.state })
})

export const confirmOpening = action(contract.confirmOpening, async (act, { params }) => {
  const tender = await store.findTenderForUpdate(act.tx, params.id)
  if (tender === undefined) return absent()
  const bids = await papers.listBids(act.tx, tender.id)
  const ruling = await act.judge(rules.judgedTender(tender, bids), () =>
    bidding.confirmOpening(tender, act.actor, act.now, bids),
  )
  if (!ruling.ok) return ruling
  // The shares have done their work: nothing of the tender's key stays with the server, even sealed to the session.
  if (tender.sealing !== undefined) await removeHanded(act.tx, tender.id)
  await store.saveTender(act.tx, ruling.value, act.now)
  recordTender(act, 'confirmOpening', tender, ruling.value, {
    bids: bids.length,
    valid: rules.validBids(bids).length,
  })
  return allow({ id: tender.id, version: ruling.value.version, state: ruling.value.state })
})

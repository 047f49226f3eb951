// Procurement: the panel's draw and scores, the award and its confirmation, and the ends of a tender.
import { listActedFor, listHolders } from '../../../foundation/identity/public.ts'
import { notify } from '../../../foundation/notices/public.ts'
import { ancestorAt, jurisdictionOf } from '../../../kit/id.ts'
import { today } from '../../../kit/plain-date.ts'
import { absent, allow, type Ruling } from '../../../kit/ruling.ts'
import { type Act, action } from '../../../platform/action.ts'
import { listQualifications, listStaffPersons } from '../../../registers/organizations/public.ts'
import { listEmployedPersons } from '../../../registers/social-workers/public.ts'
import { projectLotsFailed, projectTenderFailed } from '../../projects/public.ts'
import * as contract from '../contract.ts'
import * as desk from '../contract/desk.ts'
import * as rules from '../rules.ts'
import * as award from '../rules/award.ts'
import { awardedSum, awardsOf, failedSum, failLot as failLotRule, uncontracted } from '../rules/lots.ts'
import { qualificationFaults } from '../rules/scoring.ts'
import * as store from '../store.ts'
import * as papers from '../store/bids.ts'
import * as sealing from '../store/sealing.ts'
import { awardsIn, failedIn, recordTender, sm3 } from './recording.ts'
import { keptOfSheet } from './verify.ts'

/**
 * The county's experts without those who designed or ran it, are declared tied, or belong or ever belonged to a bidder: by a role, an office, its
 * founding, or the workers' register. No register holds the home address of a person.
 */
async function candidatesOf(
  act: Act,
  tender: rules.Tender,
  bids: readonly rules.Bid[],
  excluded: readonly { person: string }[],
): Promise<string[]> {
  const experts = await listHolders(act.tx, 'panelist', ancestorAt(tender.division, 'county') ?? tender.division)
  const bidders = new Set(bids.map((bid) => bid.organization))
  const tied = new Set<string>([...tender.designers, ...tender.procurers, ...excluded.map((each) => each.person)])
  if (tender.openedBy !== undefined) tied.add(tender.openedBy)
  if (tender.sealing?.session !== undefined) tied.add(tender.sealing.session.person)
  for (const { person, organization } of await listActedFor(act.tx, experts))
    if (bidders.has(organization)) tied.add(person)
  const staff = await listStaffPersons(act.tx, [...bidders])
  const employed = await listEmployedPersons(act.tx, [...bidders])
  for (const person of [...[...staff.values()].flat(), ...employed]) tied.add(person)
  return experts.filter((expert) => !tied.has(expert))
}

export const appointPanel = action(contract.appointPanel, async (act, { params, body }) => {
  const tender = await store.findTenderForUpdate(act.tx, params.id)
  if (tender === undefined) return absent()
  const bids = await papers.listBids(act.tx, tender.id)
  const candidates = tender.state === 'opened' ? await candidatesOf(act, tender, bids, body.excluded) : []
  const ruling = await act.judge(rules.judgedTender(tender), () =>
    award.appointPanel(tender, act.actor, act.now, candidates, body.excluded, bids, sm3),
  )
  if (!ruling.ok) return ruling
  const next = ruling.value
  act.save(jurisdictionOf(next.division), store.tenderSaved(next, act.now))
  recordTender(act, 'appointPanel', tender, next, {
    listHash: next.draw?.listHash,
    seed: next.draw?.seed,
    size: next.panel.length,
    failed: failedIn(next),
  })
  return allow({ id: next.id, version: next.version, state: next.state })
})

/** Those who were drawn hear of it right after the act. */
export async function tellPanel(act: Act, id: string): Promise<void> {
  const tender = await store.findTender(act.tx, id)
  if (tender !== undefined) tellDrawn(act, tender, tender.panel)
}

function tellDrawn(act: Act, tender: rules.Tender, persons: readonly string[]): void {
  notify(act, {
    persons,
    kind: 'procurement.drawn',
    of: { kind: 'tender', id: tender.id },
    params: { number: rules.shownNumber(tender) },
  })
}

export const leavePanel = action(desk.leavePanel, async (act, { params }) => {
  const tender = await store.findTenderForUpdate(act.tx, params.id)
  if (tender === undefined) return absent()
  const [bids, sheets] = [await papers.listBids(act.tx, tender.id), await papers.listSheets(act.tx, tender)]
  const ruling = await act.judge(rules.judgedTender(tender), () => award.leavePanel(tender, act.actor, act.now, sheets))
  if (!ruling.ok) return ruling
  const next = ruling.value
  await store.saveTender(act.tx, next, act.now)
  recordTender(act, 'leavePanel', tender, next, {}, { panelLeft: award.panelLeft(next, bids, sheets) })
  tellDrawn(
    act,
    next,
    next.panel.filter((person) => !tender.panel.includes(person)),
  )
  return allow({ id: next.id, version: next.version, state: next.state })
})

export const scoreBid = action(contract.scoreBid, async (act, { params, body }) => {
  const tender = await store.findTenderForUpdate(act.tx, params.id)
  if (tender === undefined) return absent()
  const [bids, sheets] = [await papers.listBids(act.tx, tender.id), await papers.listSheets(act.tx, tender)]
  const ruling = await act.judge(rules.judgedTender(tender), () =>
    award.scoreBid(tender, act.actor, act.now, body, bids, sheets),
  )
  if (!ruling.ok) return ruling
  if (act.actor.kind !== 'person') return absent()
  const sheet = { bid: body.bid, panelist: act.actor.personId, points: body.points }
  await papers.insertSheet(act.tx, tender, { ...sheet, note: body.note, at: act.now })
  await store.saveTender(act.tx, ruling.value, act.now)
  // The points themselves stay out of the event: nobody sees them before all are in. What it keeps of them shows afterwards that none was changed.
  const kept = { ...sheet, round: tender.round, note: body.note }
  recordTender(
    act,
    'scoreBid',
    tender,
    ruling.value,
    { bid: body.bid, round: tender.round, kept: keptOfSheet(act.platform, tender.id, kept) },
    { panelLeft: award.panelLeft(tender, bids, [...sheets, sheet]) },
  )
  return allow({ id: tender.id, version: ruling.value.version, state: ruling.value.state })
})

export const proposeAward = action(contract.proposeAward, async (act, { params }) => {
  const tender = await store.findTenderForUpdate(act.tx, params.id)
  if (tender === undefined) return absent()
  const [bids, sheets] = [await papers.listBids(act.tx, tender.id), await papers.listSheets(act.tx, tender)]
  const ruling = await act.judge(rules.judgedTender(tender), () =>
    award.proposeAward(tender, act.actor, act.now, bids, sheets, act.platform.calendar, sm3),
  )
  if (!ruling.ok) return ruling
  const next = ruling.value
  await store.saveTender(act.tx, next, act.now)
  recordTender(
    act,
    'proposeAward',
    tender,
    next,
    {
      bid: next.award?.bid,
      score: next.award?.score,
      awards: awardsIn(next),
      failed: failedIn(next),
      until: next.standstillUntil,
    },
    { amount: awardedSum(next), organization: next.award?.organization },
  )
  return allow({ id: next.id, version: next.version, state: next.state })
})

/** Lots that failed stay in the project's budget and may be tendered again, beside contracts that are to come of the others. */
async function tellFailedLots(act: Act, next: rules.Tender): Promise<Ruling<void>> {
  const rest = failedSum(next)
  if (rest === 0n) return allow(undefined)
  return projectLotsFailed(act, next.project, { rest, awaited: uncontracted(next).length })
}

/** One event for each lot beside that of the whole, so that the thread tells each of them. */
function recordLots(act: Act, next: rules.Tender): void {
  if (next.lots === undefined) return
  for (const { lot, bid, organization, price } of awardsOf(next))
    act.record({
      name: 'procurement.awardLot',
      of: { kind: 'tender', id: next.id },
      division: next.division,
      state: { from: next.state, to: next.state },
      organization,
      amount: price,
      data: { project: next.project, lot, bid },
    })
}

export const confirmAward = action(contract.confirmAward, async (act, { params }) => {
  const tender = await store.findTenderForUpdate(act.tx, params.id)
  if (tender === undefined) return absent()
  const awards = awardsOf(tender)
  const winners = [...new Set(awards.map((award) => award.organization))]
  const standings = await listQualifications(act.tx, winners, today(act.now))
  const faulty = awards.flatMap(({ lot, organization }) => {
    const standing = standings.get(organization)
    const faults = standing && qualificationFaults(standing, tender.categories, tender.requirements)
    return faults === undefined || faults.length === 0 ? [] : [{ lot, faults }]
  })
  const ruling = await act.judge(rules.judgedTender(tender), () =>
    award.confirmAward(
      tender,
      act.actor,
      act.now,
      faulty.flatMap((each) => each.faults),
      faulty.map((each) => each.lot),
    ),
  )
  if (!ruling.ok) return ruling
  const next = ruling.value
  await store.saveTender(act.tx, next, act.now)
  recordTender(
    act,
    'confirmAward',
    tender,
    next,
    { bid: next.award?.bid, awards: awardsIn(next) },
    {
      amount: awardedSum(next),
      organization: next.award?.organization,
      links: awards.map(({ bid }) => ({ kind: 'bid', id: bid })),
    },
  )
  recordLots(act, next)
  const told = await tellFailedLots(act, next)
  return told.ok ? allow({ id: next.id, version: next.version, state: next.state }) : told
})

/** What follows when one lot of an award failed: before its confirmation nothing yet, afterwards its money stays in the project. */
export async function afterFailedLot(
  act: Act,
  verb: string,
  before: rules.Tender,
  next: rules.Tender,
  data: Readonly<Record<string, unknown>>,
): Promise<Ruling<void>> {
  await store.saveTender(act.tx, next, act.now)
  recordTender(act, verb, before, next, { ...data, failed: failedIn(next) })
  return before.state === 'awarded' ? tellFailedLots(act, next) : allow(undefined)
}

export const failLot = action(desk.failLot, async (act, { params, body }) => {
  const tender = await store.findTenderForUpdate(act.tx, params.id)
  if (tender === undefined) return absent()
  const ruling = await act.judge(rules.judgedTender(tender), () =>
    failLotRule(tender, act.actor, act.now, params.lot, body),
  )
  if (!ruling.ok) return ruling
  const next = ruling.value
  const told = await afterFailedLot(act, 'failLot', tender, next, { lot: params.lot, reason: body.reason })
  return told.ok ? allow({ id: next.id, version: next.version, state: next.state }) : told
})

/** A tender's end without award gives the project back. */
export async function endTender(
  act: Act,
  verb: string,
  before: rules.Tender,
  after: rules.Tender,
  data: Readonly<Record<string, unknown>> = {},
): Promise<Ruling<void>> {
  await store.saveTender(act.tx, after, act.now)
  recordTender(act, verb, before, after, { reason: after.endReason, ...data })
  const reason = verb === 'cancelTender' ? 'tender-cancelled' : 'tender-failed'
  return projectTenderFailed(act, after.project, reason, after.budget)
}

export const failTender = action(desk.failTender, async (act, { params, body }) => {
  const tender = await store.findTenderForUpdate(act.tx, params.id)
  if (tender === undefined) return absent()
  const bids = await papers.listBids(act.tx, tender.id)
  const stock = tender.sealing === undefined ? undefined : await sealing.findStock(act.tx, tender.id)
  const ruling = await act.judge(rules.judgedTender(tender), () =>
    award.failTender(tender, act.actor, act.now, body, bids, stock),
  )
  if (!ruling.ok) return ruling
  const ended = await endTender(act, 'failTender', tender, ruling.value)
  return ended.ok ? allow({ id: tender.id, version: ruling.value.version, state: ruling.value.state }) : ended
})

export const cancelTender = action(desk.cancelTender, async (act, { params, body }) => {
  const tender = await store.findTenderForUpdate(act.tx, params.id)
  if (tender === undefined) return absent()
  const ruling = await act.judge(rules.judgedTender(tender), () => award.cancelTender(tender, act.actor, act.now, body))
  if (!ruling.ok) return ruling
  const ended = await endTender(act, 'cancelTender', tender, ruling.value)
  return ended.ok ? allow({ id: tender.id, version: ruling.value.version, state: ruling.value.state }) : ended
})

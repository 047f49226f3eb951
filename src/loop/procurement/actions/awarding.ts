// Procurement: the panel's draw and scores, the award and its confirmation, and the ends of a tender.
import { listActedFor, listHolders } from '../../../foundation/identity/public.ts'
import { notify } from '../../../foundation/notices/public.ts'
import { ancestorAt, jurisdictionOf } from '../../../kit/id.ts'
import { today } from '../../../kit/plain-date.ts'
import { absent, allow, type Ruling } from '../../../kit/ruling.ts'
import { type Act, action } from '../../../platform/action.ts'
import { listStaffPersons, qualificationOf } from '../../../registers/organizations/public.ts'
import { listEmployedPersons } from '../../../registers/social-workers/public.ts'
import { projectTenderFailed } from '../../projects/public.ts'
import * as contract from '../contract.ts'
import * as desk from '../contract/desk.ts'
import * as rules from '../rules.ts'
import * as award from '../rules/award.ts'
import { qualificationFaults } from '../rules/scoring.ts'
import * as store from '../store.ts'
import * as papers from '../store/bids.ts'
import * as sealing from '../store/sealing.ts'
import { recordTender, sm3 } from './recording.ts'
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
    { bid: next.award?.bid, score: next.award?.score, until: next.standstillUntil },
    {
      amount: next.award?.price,
      organization: next.award?.organization,
    },
  )
  return allow({ id: next.id, version: next.version, state: next.state })
})

export const confirmAward = action(contract.confirmAward, async (act, { params }) => {
  const tender = await store.findTenderForUpdate(act.tx, params.id)
  if (tender === undefined) return absent()
  const winner = tender.award?.organization
  const faults =
    winner === undefined
      ? []
      : qualificationFaults(
          await qualificationOf(act.tx, winner, today(act.now)),
          tender.categories,
          tender.requirements,
        )
  const ruling = await act.judge(rules.judgedTender(tender), () =>
    award.confirmAward(tender, act.actor, act.now, faults),
  )
  if (!ruling.ok) return ruling
  const next = ruling.value
  await store.saveTender(act.tx, next, act.now)
  recordTender(
    act,
    'confirmAward',
    tender,
    next,
    { bid: next.award?.bid },
    {
      amount: next.award?.price,
      organization: winner,
      links: next.award === undefined ? [] : [{ kind: 'bid', id: next.award.bid }],
    },
  )
  return allow({ id: next.id, version: next.version, state: next.state })
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
  return projectTenderFailed(act, after.project, verb === 'cancelTender' ? 'tender-cancelled' : 'tender-failed')
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

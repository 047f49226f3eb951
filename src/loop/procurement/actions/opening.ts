// Procurement, sealed bids: the opening: a session, shares handed in to it, and envelopes opened one by one.
import { formatYuan } from '../../../kit/money.ts'
import { fen, parseYuan } from '../../../kit/money.ts'
import { today } from '../../../kit/plain-date.ts'
import { absent, allow, invalid, refuse } from '../../../kit/ruling.ts'
import { type Act, action } from '../../../platform/action.ts'
import { qualificationOf } from '../../../registers/organizations/public.ts'
import * as contract from '../contract/sealed-bids.ts'
import type { BidFault } from '../contract.ts'
import type { VoidReason } from '../contract/sealing.ts'
import * as rules from '../rules.ts'
import { ceilingOf } from '../rules/lots.ts'
import { qualificationFaults } from '../rules/scoring.ts'
import * as sealing from '../rules/sealing.ts'
import * as store from '../store.ts'
import { insertBid } from '../store/bids.ts'
import * as envelopes from '../store/sealing.ts'
import { type BidPaper, headerOf, isCommitted, isIntact, openContent } from './envelopes.ts'
import { failedIn, recordTender } from './recording.ts'
import { keptOfBid } from './verify.ts'

const answer = (tender: rules.Tender) => ({ id: tender.id, version: tender.version, state: tender.state })

export const startOpening = action(contract.startOpening, async (act, { params, body }) => {
  const tender = await store.findTenderForUpdate(act.tx, params.id)
  if (tender === undefined) return absent()
  const there = await envelopes.findEnvelopes(act.tx, tender.id)
  const ruling = await act.judge(rules.judgedTender(tender), () =>
    sealing.startOpening(tender, act.actor, act.now, body.key, there),
  )
  if (!ruling.ok) return ruling
  await envelopes.removeHanded(act.tx, tender.id)
  await store.saveTender(act.tx, ruling.value, act.now)
  recordTender(act, 'startOpening', tender, ruling.value, {
    key: body.key,
    envelopes: ruling.value.sealing?.envelopes,
    failed: failedIn(ruling.value),
  })
  return allow(answer(ruling.value))
})

export const contributeShare = action(contract.contributeShare, async (act, { params, body }) => {
  const tender = await store.findTenderForUpdate(act.tx, params.id)
  if (tender === undefined) return absent()
  const seats = await envelopes.listSeats(act.tx, tender.id)
  const ruling = await act.judge(rules.judgedTender(tender), () =>
    sealing.contributeShare(tender, act.actor, act.now, body, seats),
  )
  if (!ruling.ok) return ruling
  await envelopes.saveSeat(act.tx, tender.id, ruling.value)
  act.record({
    name: 'procurement.contributeShare',
    of: { kind: 'tender', id: tender.id },
    division: tender.division,
    state: { from: tender.state, to: tender.state },
    data: { seat: ruling.value.seat, session: body.session },
  })
  return allow(answer(tender))
})

type Settling = {
  readonly tender: rules.Tender
  readonly seats: readonly sealing.KeySeat[]
  readonly full: envelopes.FullEnvelope
}

async function load(act: Act, tenderId: string, bid: string): Promise<Settling | undefined> {
  const tender = await store.findTenderForUpdate(act.tx, tenderId)
  if (tender === undefined) return undefined
  const full = await envelopes.findFullEnvelopeForUpdate(act.tx, bid)
  if (full === undefined || full.envelope.tender !== tender.id) return undefined
  return { tender, full, seats: await envelopes.listSeats(act.tx, tender.id) }
}

/** Saves the envelope as void and tells why; the opening goes on with the next. */
async function settleVoid(
  act: Act,
  { tender, full }: Settling,
  next: rules.Tender,
  voidReason: VoidReason,
  contentKey?: Buffer,
): Promise<void> {
  await envelopes.saveEnvelopeSettled(act.tx, full.envelope.id, { voidReason, contentKey, endedAt: act.now })
  await store.saveTender(act.tx, next, act.now)
  const { id, sha256 } = full.envelope
  recordTender(act, 'voidBid', tender, next, { bid: id, sha256, reason: voidReason })
}

/** What the registers and the ceiling say of an opened bid; a price above it is void, not refused: it cannot be sent back. */
async function faultsOf(
  act: Act,
  tender: rules.Tender,
  { organization, lot }: envelopes.Envelope,
  paper: BidPaper,
): Promise<BidFault[]> {
  const qualification = await qualificationOf(act.tx, organization, today(act.now))
  const faults = qualificationFaults(qualification, tender.categories, tender.requirements)
  const price = parseYuan(paper.price) ?? 0n
  return price > ceilingOf(tender, lot) ? [...faults, 'price-above-budget'] : faults
}

export const openBid = action(contract.openBid, async (act, { params, body }) => {
  const loaded = await load(act, params.id, body.bid)
  if (loaded === undefined) return absent()
  const { tender, seats, full } = loaded
  const { envelope, content } = full
  const contentKey = Buffer.from(body.contentKey, 'base64url')
  const header = headerOf(envelope)
  const ruling = await act.judge(rules.judgedTender(tender), () => {
    const settled = sealing.settleEnvelope(tender, 'openBid', act.actor, act.now, seats, envelope.state, envelope.lot)
    if (!settled.ok) return settled
    if (!isIntact(act.platform, full)) return refuse('envelope-altered')
    return isCommitted(header, contentKey)
      ? settled
      : invalid([{ path: 'body.contentKey', code: 'key-not-of-envelope' }])
  })
  if (!ruling.ok) return ruling
  const next = ruling.value
  const opened = openContent(header, content, contentKey)
  const price = opened === undefined ? undefined : parseYuan(opened.paper.price)
  if (opened === undefined || price === undefined || price <= 0n) {
    await settleVoid(act, loaded, next, 'unreadable', contentKey)
    return allow(answer(next))
  }
  const { paper } = opened
  const bid: rules.Bid = {
    id: envelope.id,
    tender: tender.id,
    lot: envelope.lot,
    organization: envelope.organization,
    organizationName: envelope.organizationName,
    price: fen(price),
    proposal: paper.proposal,
    receivedAt: envelope.receivedAt,
    enteredAt: act.now,
    enteredBy: act.actor.kind === 'person' ? act.actor.personId : 'system',
    faults: await faultsOf(act, tender, envelope, paper),
    hash: envelope.sm3,
  }
  await insertBid(act.tx, bid)
  await envelopes.saveEnvelopeSettled(act.tx, envelope.id, { contentKey, endedAt: act.now })
  await store.saveTender(act.tx, next, act.now)
  act.record({
    name: 'procurement.openBid',
    of: { kind: 'bid', id: bid.id },
    division: tender.division,
    state: { to: bid.faults.length === 0 ? 'valid' : 'not-qualified' },
    links: [{ kind: 'tender', id: tender.id }],
    organization: bid.organization,
    amount: bid.price,
    data: {
      tender: tender.id,
      lot: tender.lots === undefined ? undefined : bid.lot,
      sha256: envelope.sha256,
      sm3: envelope.sm3,
      faults: bid.faults,
      kept: keptOfBid(act.platform, bid),
    },
  })
  recordTender(act, 'openBid', tender, next, { bid: bid.id, price: formatYuan(bid.price), left: leftOf(next) })
  return allow(answer(next))
})

const leftOf = (tender: rules.Tender) => (tender.sealing?.envelopes ?? 0) - (tender.sealing?.settled ?? 0)

export const voidBid = action(contract.voidBid, async (act, { params, body }) => {
  const loaded = await load(act, params.id, body.bid)
  if (loaded === undefined) return absent()
  const { tender, seats, full } = loaded
  const ruling = await act.judge(rules.judgedTender(tender), () =>
    sealing.settleEnvelope(tender, 'voidBid', act.actor, act.now, seats, full.envelope.state, full.envelope.lot),
  )
  if (!ruling.ok) return ruling
  // Altered bytes the server sees itself; that the key does not fit is the opener's word, which a second person confirms.
  const reason = isIntact(act.platform, full) ? 'key-does-not-fit' : 'altered'
  await settleVoid(act, loaded, ruling.value, reason)
  return allow(answer(ruling.value))
})

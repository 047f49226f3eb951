// Procurement, sealed bids: taking, replacing and withdrawing what bidders' browsers encrypted. The server keeps cipher text and hashes only.
import { splitId } from '../../../kit/id.ts'
import { absent, allow, invalid } from '../../../kit/ruling.ts'
import { action } from '../../../platform/action.ts'
import { newestHead } from '../../../platform/seal/seal.ts'
import { getOrganization } from '../../../registers/organizations/public.ts'
import * as contract from '../contract/sealed-bids.ts'
import * as rules from '../rules.ts'
import { headerText } from '../rules/envelope.ts'
import { lotNamed } from '../rules/lots.ts'
import * as sealing from '../rules/sealing.ts'
import * as store from '../store.ts'
import * as envelopes from '../store/sealing.ts'
import { hashesOf, signReceipt } from './envelopes.ts'
import { judgedBidder } from './recording.ts'

export const depositBid = action(contract.depositBid, async (act, { params, body }) => {
  const tender = await store.findTenderForUpdate(act.tx, params.id)
  if (tender === undefined) return absent()
  const organization = sealing.biddingFor(act.actor)
  const ruling = await act.judge(judgedBidder(tender, organization), () =>
    sealing.depositBid(tender, act.actor, act.now, body.header, organization, body.terms),
  )
  if (!ruling.ok) return ruling
  const bidder = await getOrganization(act.tx, ruling.value.organization)
  const { lot } = ruling.value
  const before = await envelopes.findEnvelopeOf(act.tx, tender.id, bidder.id, lot)
  const { jurisdiction } = splitId(tender.id)
  const id = act.newId<'bid'>(jurisdiction)
  const header = headerText(body.header)
  const content = Buffer.from(body.content, 'base64url')
  const hashes = hashesOf(header, content)
  const receipt = signReceipt(act.platform, {
    tender: tender.id,
    number: rules.shownNumber(tender),
    bid: id,
    organization: bidder.id,
    organizationName: bidder.name,
    deposit: body.header.deposit,
    round: (before?.round ?? 0) + 1,
    receivedAt: act.now,
    size: content.length,
    ...hashes,
    key: ruling.value.key,
    seal: await newestHead(act.tx, jurisdiction),
    ...(tender.lots === undefined ? {} : { lot }),
  })
  if (before?.state === 'held') await envelopes.saveEnvelopeGone(act.tx, before.id, 'replaced', act.now)
  const isNew = await envelopes.insertEnvelope(act.tx, {
    id,
    tender: tender.id,
    lot,
    organization: bidder.id,
    organizationName: bidder.name,
    deposit: receipt.deposit,
    round: receipt.round,
    header,
    content,
    size: receipt.size,
    ...hashes,
    receivedAt: act.now,
    terms: tender.termsNumber,
    by: act.actor.kind === 'person' ? act.actor.personId : 'system',
    receipt,
  })
  if (!isNew) return invalid([{ path: 'body.header.deposit', code: 'bid-replayed' }])
  // No link to the tender yet: who bids is nobody's to see in its timeline before the opening.
  act.record({
    name: 'procurement.depositBid',
    of: { kind: 'sealed-bid', id },
    division: tender.division,
    state: { to: 'held' },
    data: {
      tender: tender.id,
      ...hashes,
      terms: tender.termsNumber,
      replaces: before?.state === 'held' ? before.id : undefined,
    },
  })
  return allow({ id, receipt })
})

export const withdrawBid = action(contract.withdrawBid, async (act, { params, body }) => {
  const tender = await store.findTenderForUpdate(act.tx, params.id)
  if (tender === undefined) return absent()
  const organization = sealing.biddingFor(act.actor)
  const lot = lotNamed(tender, body.lot)
  const held =
    organization === undefined || !lot.ok
      ? undefined
      : await envelopes.findEnvelopeOf(act.tx, tender.id, organization, lot.value)
  const ruling = await act.judge(judgedBidder(tender, organization), () =>
    lot.ok ? sealing.withdrawBid(tender, act.actor, act.now, held?.state === 'held') : lot,
  )
  if (!ruling.ok || held === undefined) return ruling.ok ? absent() : ruling
  await envelopes.saveEnvelopeGone(act.tx, held.id, 'withdrawn', act.now)
  act.record({
    name: 'procurement.withdrawBid',
    of: { kind: 'sealed-bid', id: held.id },
    division: tender.division,
    state: { from: 'held', to: 'withdrawn' },
    data: { tender: tender.id, sha256: held.sha256 },
  })
  return allow({ id: held.id, version: tender.version, state: 'withdrawn' })
})

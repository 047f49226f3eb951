// Procurement, sealed bids: what everybody, openers, bidders and the panel may see of key, envelopes, receipts and opened bids.
import { listPeople } from '../../../foundation/identity/public.ts'
import { type Actor, may } from '../../../kit/actor.ts'
import { asDivision, splitId } from '../../../kit/id.ts'
import { absent, allow, refuse } from '../../../kit/ruling.ts'
import { type Ask, question } from '../../../platform/action.ts'
import { cursorOf, readCursor } from '../../../platform/cursor.ts'
import { listOrganizations } from '../../../registers/organizations/public.ts'
import * as contract from '../contract/sealed-bids.ts'
import { keySeats, getSealing as getSealingEndpoint, receipt as receiptSchema } from '../contract/sealing.ts'
import * as rules from '../rules.ts'
import { isOutdated } from '../rules/changing.ts'
import * as sealing from '../rules/sealing.ts'
import * as store from '../store.ts'
import { listBidCards, listTendersById } from '../store/lists.ts'
import * as envelopes from '../store/sealing.ts'
import { headerOf, openContent, receiptHolds } from './envelopes.ts'
import { lotOfRow, rowOf } from './read.ts'

function seatViews(
  tender: rules.Tender,
  seats: readonly sealing.KeySeat[],
  names: ReadonlyMap<string, { officialName?: string; maskedName: string }>,
  mySeat: string | undefined,
  leads: boolean,
) {
  return keySeats.map((name) => {
    const seat = seats.find((each) => each.seat === name)
    const mine = name === mySeat
    const person = seat === undefined ? undefined : names.get(seat.person)
    return {
      seat: name,
      name: person?.officialName ?? person?.maskedName,
      openerKey: seat?.openerKey,
      registeredAt: seat?.registeredAt,
      shareHash: seat?.shareHash,
      confirmedAt: seat?.confirmedAt,
      lostAt: seat?.lostAt,
      handedAt: tender.openedAt === undefined ? seat?.handedAt : undefined,
      mine,
      sealedShare: mine ? seat?.sealedShare : undefined,
      handedShare: leads ? seat?.handedShare : undefined,
    }
  })
}

async function envelopeViews(ask: Ask, tender: rules.Tender) {
  return (await envelopes.listEnvelopes(ask.tx, tender.id)).map((envelope, index) => ({
    id: envelope.id,
    number: index + 1,
    lot: tender.lots === undefined ? undefined : envelope.lot,
    state: envelope.state,
    receivedAt: envelope.receivedAt,
    size: envelope.size,
    sha256: envelope.sha256,
    sm3: envelope.sm3,
    intact: envelope.fits === true && receiptHolds(ask.platform, envelope),
    voidReason: envelope.voidReason,
    settledAt: envelope.endedAt,
    // Before its opening an envelope has no name on it.
    organizationName: envelope.state === 'held' ? undefined : envelope.organizationName,
  }))
}

/** Whether the actor leads the opening that is under way. */
function leadsOpening(tender: rules.Tender, actor: Actor): boolean {
  return tender.state === 'closed' && actor.kind === 'person' && tender.sealing?.session?.person === actor.personId
}

/** What my organization handed in last; of a divided tender for each lot. */
async function mineOf(ask: Ask, tender: rules.Tender) {
  const organization = sealing.biddingFor(ask.actor)
  const own = organization === undefined ? [] : await envelopes.listEnvelopesOfBidder(ask.tx, tender.id, organization)
  const views = own.map((envelope) => ({
    lot: envelope.lot,
    state: envelope.state,
    receipt: receiptSchema.parse(envelope.receipt),
    terms: envelope.terms,
    outdated: envelope.state === 'held' && isOutdated(tender, envelope.terms),
  }))
  return tender.lots === undefined ? { mine: views[0] } : { mineByLot: views }
}

export const getSealing = question(getSealingEndpoint, async (ask, { params }) => {
  const tender = await store.findTender(ask.tx, params.id)
  if (tender === undefined) return absent()
  const oversees = sealing.oversees(tender, ask.actor)
  const desk = oversees || may(ask.actor, 'procurement.listDeskTenders', rules.reachOf(tender))
  if (tender.publishedAt === undefined && !desk) return absent()
  const { sealing: key } = tender
  if (key === undefined) return refuse('not-sealed')
  const seats = await envelopes.listSeats(ask.tx, tender.id)
  const leads = leadsOpening(tender, ask.actor)
  const names = desk
    ? await listPeople(
        ask.tx,
        seats.map((seat) => seat.person),
      )
    : new Map()
  const lead = key.session === undefined ? undefined : names.get(key.session.person)
  const isClosed = tender.closedAt !== undefined
  return allow({
    tender: tender.id,
    number: rules.shownNumber(tender),
    title: tender.title,
    state: tender.state,
    threshold: key.threshold,
    publicKey: key.publicKey,
    madeAt: key.madeAt,
    confirmedAt: key.confirmedAt,
    deadline: tender.deadline,
    seats: seatViews(tender, seats, names, sealing.seatOf(tender, ask.actor), leads),
    session:
      key.session === undefined
        ? undefined
        : {
            key: key.session.key,
            seat: keySeats.find((seat) => seat === key.session?.seat) ?? 'procurer',
            at: key.session.at,
            mine: leads,
            name: lead?.officialName ?? lead?.maskedName,
          },
    envelopes: isClosed && (oversees || rules.awardIsPublic(tender)) ? await envelopeViews(ask, tender) : undefined,
    ...(await mineOf(ask, tender)),
    seat: sealing.seatOf(tender, ask.actor),
  })
})

export const getEnvelope = question(contract.getEnvelope, async (ask, { params }) => {
  const tender = await store.findTender(ask.tx, params.id)
  const full = await envelopes.findFullEnvelope(ask.tx, params.bid)
  if (tender === undefined || full === undefined || full.envelope.tender !== tender.id) return absent()
  const { envelope, content } = full
  const own = ask.actor.grants.some(
    (grant) => grant.permissions.has('procurement.readEnvelope') && grant.organizationId === envelope.organization,
  )
  if (!own && !leadsOpening(tender, ask.actor)) return absent()
  return allow({
    id: envelope.id,
    header: headerOf(envelope),
    content: content.toString('base64url'),
    sha256: envelope.sha256,
  })
})

export const checkReceipt = question(contract.checkReceipt, async (ask, { params, query }) => {
  const envelope = await envelopes.findEnvelopeByDeposit(ask.tx, query.tender, params.deposit)
  if (envelope === undefined) return absent()
  const { state, sha256, sm3, size, receivedAt, fits } = envelope
  return allow({
    state,
    sha256,
    sm3,
    size,
    receivedAt,
    intact: fits === undefined ? undefined : fits && receiptHolds(ask.platform, envelope),
    publicKey: ask.platform.signer.publicKey,
  })
})

export const listMyEnvelopes = question(contract.listMyEnvelopes, async (ask, { query }) => {
  const after = readCursor(query.cursor, 1)?.[0]
  const found = await envelopes.listEnvelopesOf(ask.tx, ask.scopes.organizations, query.size + 1, after)
  const page = found.slice(0, query.size)
  const tenders = await listTendersById(ask.tx, [...new Set(page.map((each) => each.tender))])
  const names = await listOrganizations(
    ask.tx,
    tenders.flatMap((tender) => tender.award?.organization ?? []),
  )
  const last = page.at(-1)
  return allow({
    rows: page.flatMap(({ id, tender: of, lot, state, receipt }) => {
      const tender = tenders.find((each) => each.id === of)
      return tender === undefined
        ? []
        : [
            {
              ...{ id, state, tender: rowOf(tender, names), lot: lotOfRow(tender, lot) },
              receipt: receiptSchema.parse(receipt),
            },
          ]
    }),
    next: found.length > query.size && last !== undefined ? cursorOf([splitId(last.id).uuid]) : undefined,
  })
})

/** An opened bid for those who may read it: after the opening, by the same rule as the bid's card. */
async function openedBid(ask: Ask, id: string) {
  const [card] = await listBidCards(ask.tx, [id])
  const full = card === undefined ? undefined : await envelopes.findFullEnvelope(ask.tx, id)
  if (card === undefined || full?.contentKey === undefined) return undefined
  const refused = ask.see({
    reach: {
      division: asDivision(card.division),
      organizations: [card.bid.organization],
      persons: card.panel,
      confidential: true,
    },
  })
  return refused === undefined ? openContent(headerOf(full.envelope), full.content, full.contentKey) : undefined
}

export const getBidPaper = question(contract.getBidPaper, async (ask, { params }) => {
  const opened = await openedBid(ask, params.id)
  return opened === undefined ? absent() : allow(opened.paper)
})

export const getBidFile = question(contract.getBidFile, async (ask, { params }) => {
  const opened = await openedBid(ask, params.id)
  const [file, bytes] = [opened?.paper.files[params.index], opened?.files[params.index]]
  if (file === undefined || bytes === undefined) return absent()
  return allow({ name: file.name, type: file.type, content: bytes.toString('base64url') })
})

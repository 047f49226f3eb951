// Procurement, sealed bids: the ceremony before publication in which three bodies make the key that opens the bids.
import { absent, allow } from '../../../kit/ruling.ts'
import { type Act, action } from '../../../platform/action.ts'
import type { Waiting } from '../../../platform/events.ts'
import * as contract from '../contract/sealing.ts'
import * as rules from '../rules.ts'
import * as sealing from '../rules/sealing.ts'
import * as store from '../store.ts'
import * as seats from '../store/sealing.ts'
import { keyWaiting } from '../waiting.ts'
import { recordTender } from './recording.ts'

type Loaded = { readonly tender: rules.Tender; readonly seats: sealing.KeySeat[] }

async function load(act: Act, id: string): Promise<Loaded | undefined> {
  const tender = await store.findTenderForUpdate(act.tx, id)
  return tender === undefined ? undefined : { tender, seats: await seats.listSeats(act.tx, tender.id) }
}

const answer = (tender: rules.Tender) => ({ id: tender.id, version: tender.version, state: tender.state })

/** The event of a step; `after`: the seats as they are then. */
function record(
  act: Act,
  verb: string,
  before: rules.Tender,
  after: rules.Tender,
  seatsAfter: readonly sealing.KeySeat[],
  data: Readonly<Record<string, unknown>>,
): void {
  const waiting: Waiting[] | undefined = after.state === 'planning' ? keyWaiting(after, seatsAfter) : undefined
  recordTender(act, verb, before, after, data, { waiting })
}

const withSeat = (all: readonly sealing.KeySeat[], one: sealing.KeySeat) => [
  ...all.filter((each) => each.seat !== one.seat),
  one,
]

export const registerOpenerKey = action(contract.registerOpenerKey, async (act, { params, body }) => {
  const loaded = await load(act, params.id)
  if (loaded === undefined) return absent()
  const ruling = await act.judge(rules.judgedTender(loaded.tender), () =>
    sealing.registerOpenerKey(loaded.tender, act.actor, act.now, body.key, loaded.seats),
  )
  if (!ruling.ok) return ruling
  const { tender, seat } = ruling.value
  await seats.saveOpenerKey(act.tx, tender.id, seat)
  await store.saveTender(act.tx, tender, act.now)
  record(act, 'registerOpenerKey', loaded.tender, tender, withSeat(loaded.seats, seat), {
    seat: seat.seat,
    key: seat.openerKey,
  })
  return allow(answer(tender))
})

export const makeTenderKey = action(contract.makeTenderKey, async (act, { params, body }) => {
  const loaded = await load(act, params.id)
  if (loaded === undefined) return absent()
  const ruling = await act.judge(rules.judgedTender(loaded.tender), () =>
    sealing.makeTenderKey(loaded.tender, act.actor, act.now, body, loaded.seats),
  )
  if (!ruling.ok) return ruling
  const tender = ruling.value
  await seats.saveShares(act.tx, tender.id, body.shares)
  await store.saveTender(act.tx, tender, act.now)
  const hashes = Object.fromEntries(body.shares.map((share) => [share.seat, share.hash]))
  const made = loaded.seats.map((seat) => ({ ...seat, shareHash: hashes[seat.seat], confirmedAt: undefined }))
  record(act, 'makeTenderKey', loaded.tender, tender, made, { key: body.key, hashes })
  return allow(answer(tender))
})

export const confirmTenderKey = action(contract.confirmTenderKey, async (act, { params, body }) => {
  const loaded = await load(act, params.id)
  if (loaded === undefined) return absent()
  const ruling = await act.judge(rules.judgedTender(loaded.tender), () =>
    sealing.confirmTenderKey(loaded.tender, act.actor, act.now, body, loaded.seats),
  )
  if (!ruling.ok) return ruling
  const { tender, seat } = ruling.value
  await seats.saveSeat(act.tx, tender.id, seat)
  await store.saveTender(act.tx, tender, act.now)
  record(act, 'confirmTenderKey', loaded.tender, tender, withSeat(loaded.seats, seat), { seat: seat.seat })
  return allow(answer(tender))
})

export const declareKeyLost = action(contract.declareKeyLost, async (act, { params }) => {
  const loaded = await load(act, params.id)
  if (loaded === undefined) return absent()
  const { tender } = loaded
  const ruling = await act.judge(rules.judgedTender(tender), () =>
    sealing.declareKeyLost(tender, act.actor, act.now, loaded.seats),
  )
  if (!ruling.ok) return ruling
  await seats.saveSeat(act.tx, tender.id, ruling.value)
  act.record({
    name: 'procurement.declareKeyLost',
    of: { kind: 'tender', id: tender.id },
    division: tender.division,
    state: { from: tender.state, to: tender.state },
    data: { seat: ruling.value.seat, left: sealing.keysLeft(withSeat(loaded.seats, ruling.value)) },
  })
  return allow(answer(tender))
})

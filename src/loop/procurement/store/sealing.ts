// Procurement: the SQL of sealed bids: seats with their sealed shares, envelopes with cipher text and receipt.
import { joinId, splitId } from '../../../kit/id.ts'
import type { Instant } from '../../../kit/instant.ts'
import { rowOf, rowsOf, type Tx } from '../../../platform/database.ts'
import type { EnvelopeState, KeySeatName, VoidReason } from '../contract/sealing.ts'
import type { BidId } from '../rules.ts'
import type { SealedStock } from '../rules/award.ts'
import type { Envelopes, GivenShare, KeySeat } from '../rules/sealing.ts'

const some = <T>(value: T | null): T | undefined => value ?? undefined

type SeatRow = {
  seat: KeySeatName
  person: string
  opener_key: string
  registered_at: Instant
  sealed_share: string | null
  share_hash: string | null
  confirmed_at: Instant | null
  lost_at: Instant | null
  handed_share: string | null
  handed_at: Instant | null
}

/** Seats of a tender, at most three. */
export async function listSeats(tx: Tx, tender: string): Promise<KeySeat[]> {
  const { jurisdiction, uuid } = splitId(tender)
  const rows = await rowsOf<SeatRow>(
    tx,
    `SELECT s.seat, s.person, s.opener_key, s.registered_at, s.sealed_share, s.share_hash, s.confirmed_at, s.lost_at, s.handed_share, s.handed_at
     FROM procurement.key_seat s WHERE s.jurisdiction = $1 AND s.tender = $2 ORDER BY s.seat`,
    [jurisdiction, uuid],
  )
  return rows.map((row) => ({
    seat: row.seat,
    person: row.person,
    openerKey: row.opener_key,
    registeredAt: row.registered_at,
    sealedShare: some(row.sealed_share),
    shareHash: some(row.share_hash),
    confirmedAt: some(row.confirmed_at),
    lostAt: some(row.lost_at),
    handedShare: some(row.handed_share),
    handedAt: some(row.handed_at),
  }))
}

/** Takes the seat, or puts another key in it; shares made before are void in every seat. */
export async function saveOpenerKey(tx: Tx, tender: string, seat: KeySeat): Promise<void> {
  const { jurisdiction, uuid } = splitId(tender)
  await rowOf(
    tx,
    `WITH v AS (
       UPDATE procurement.key_seat SET sealed_share = NULL, share_hash = NULL, confirmed_at = NULL
       WHERE jurisdiction = $1 AND tender = $2 AND seat <> $3
     )
     INSERT INTO procurement.key_seat (jurisdiction, tender, seat, person, opener_key, registered_at) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (jurisdiction, tender, seat) DO UPDATE SET person = $4, opener_key = $5, registered_at = $6,
       sealed_share = NULL, share_hash = NULL, confirmed_at = NULL, lost_at = NULL`,
    [jurisdiction, uuid, seat.seat, seat.person, seat.openerKey, seat.registeredAt],
  )
}

export async function saveShares(tx: Tx, tender: string, shares: readonly GivenShare[]): Promise<void> {
  const { jurisdiction, uuid } = splitId(tender)
  await rowOf(
    tx,
    `UPDATE procurement.key_seat s SET sealed_share = x.sealed, share_hash = x.hash, confirmed_at = NULL
     FROM jsonb_to_recordset($3::jsonb) AS x(seat text, sealed text, hash text)
     WHERE s.jurisdiction = $1 AND s.tender = $2 AND s.seat = x.seat`,
    [jurisdiction, uuid, JSON.stringify(shares)],
  )
}

/** What happens to a seat after its share was made. */
export async function saveSeat(tx: Tx, tender: string, seat: KeySeat): Promise<void> {
  const { jurisdiction, uuid } = splitId(tender)
  await rowOf(
    tx,
    `UPDATE procurement.key_seat SET confirmed_at = $4, lost_at = $5, handed_share = $6, handed_at = $7
     WHERE jurisdiction = $1 AND tender = $2 AND seat = $3`,
    [
      jurisdiction,
      uuid,
      seat.seat,
      seat.confirmedAt ?? null,
      seat.lostAt ?? null,
      seat.handedShare ?? null,
      seat.handedAt ?? null,
    ],
  )
}

/** A new session: what was handed in to the one before is gone. Also when the opening ends. */
export async function removeHanded(tx: Tx, tender: string): Promise<void> {
  const { jurisdiction, uuid } = splitId(tender)
  await rowOf(
    tx,
    'UPDATE procurement.key_seat SET handed_share = NULL, handed_at = NULL WHERE jurisdiction = $1 AND tender = $2',
    [jurisdiction, uuid],
  )
}

/** An envelope without its content. `fits`: the stored bytes give the stored hash, as the database computes it. */
export type Envelope = {
  readonly id: BidId
  readonly tender: string
  readonly lot: number
  readonly organization: string
  readonly organizationName: string
  readonly deposit: string
  readonly round: number
  readonly state: EnvelopeState
  readonly header: string
  readonly size: number
  readonly sha256: string
  readonly sm3: string
  readonly receivedAt: Instant
  readonly receipt: Record<string, unknown>
  readonly endedAt?: Instant
  readonly voidReason?: VoidReason
  readonly fits?: boolean
  /** Version of the tender's terms that the bidder answered to, or confirmed the bid under. */
  readonly terms: number
}

type EnvelopeRow = {
  jurisdiction: string
  id: string
  tender: string
  lot: number
  organization: string
  organization_name: string
  deposit: string
  round: number
  state: EnvelopeState
  header: string
  size: number
  sha256: string
  sm3: string
  received_at: Instant
  receipt: Record<string, unknown>
  ended_at: Instant | null
  void_reason: VoidReason | null
  fits: boolean | null
  terms_number: number
}

const columns = `e.jurisdiction, e.id, e.tender, e.lot, e.organization, e.organization_name, e.deposit, e.round, e.state, e.header, e.size, e.sha256, e.sm3,
  e.received_at, e.receipt, e.ended_at, e.void_reason, e.terms_number`
const fits = `encode(sha256(convert_to(e.header || chr(10), 'UTF8') || e.content), 'hex') = e.sha256 AS fits`

function envelopeOf(row: EnvelopeRow): Envelope {
  return {
    id: joinId(row.jurisdiction, row.id),
    tender: joinId(row.jurisdiction, row.tender),
    lot: row.lot,
    organization: row.organization,
    organizationName: row.organization_name,
    deposit: row.deposit,
    round: row.round,
    state: row.state,
    header: row.header,
    size: row.size,
    sha256: row.sha256,
    sm3: row.sm3,
    receivedAt: row.received_at,
    receipt: row.receipt,
    endedAt: some(row.ended_at),
    voidReason: some(row.void_reason),
    fits: some(row.fits),
    terms: row.terms_number,
  }
}

/** Envelopes that were held at the deadline, in the order of their arrival; bounded by the organizations and lots there are, at most 1,000. */
export async function listEnvelopes(tx: Tx, tender: string): Promise<Envelope[]> {
  const { jurisdiction, uuid } = splitId(tender)
  const rows = await rowsOf<EnvelopeRow>(
    tx,
    `SELECT ${columns}, ${fits} FROM procurement.sealed_bid e
     WHERE e.jurisdiction = $1 AND e.tender = $2 AND e.state IN ('held', 'opened', 'void') ORDER BY e.received_at, e.id LIMIT 1000`,
    [jurisdiction, uuid],
  )
  return rows.map(envelopeOf)
}

/** How many envelopes there are, in each lot and together, and how many of them are settled. */
export async function findEnvelopes(tx: Tx, tender: string): Promise<Envelopes> {
  const { jurisdiction, uuid } = splitId(tender)
  const rows = await rowsOf<{ lot: number; held: bigint; settled: bigint }>(
    tx,
    `SELECT e.lot, count(*) FILTER (WHERE e.state = 'held') AS held, count(*) FILTER (WHERE e.state IN ('opened', 'void')) AS settled
     FROM procurement.sealed_bid e WHERE e.jurisdiction = $1 AND e.tender = $2 GROUP BY e.lot ORDER BY e.lot`,
    [jurisdiction, uuid],
  )
  const byLot = rows.map(({ lot, held, settled }) => ({ lot, all: Number(held + settled), settled: Number(settled) }))
  const count = (what: 'all' | 'settled') => byLot.reduce((total, each) => total + each[what], 0)
  return { all: count('all'), settled: count('settled'), byLot }
}

/** What decides whether a tender with sealed bids may fail: envelopes of the lot that has most, and shares that can still be handed in. */
export async function findStock(tx: Tx, tender: string): Promise<SealedStock> {
  const { jurisdiction, uuid } = splitId(tender)
  const row = await rowOf<{ envelopes: bigint; left: bigint }>(
    tx,
    `SELECT (SELECT coalesce(max(x.n), 0) FROM (SELECT count(*) AS n FROM procurement.sealed_bid e
               WHERE e.jurisdiction = $1 AND e.tender = $2 AND e.state IN ('held', 'opened', 'void') GROUP BY e.lot) AS x) AS envelopes,
            (SELECT count(*) FROM procurement.key_seat s WHERE s.jurisdiction = $1 AND s.tender = $2 AND s.lost_at IS NULL) AS "left"`,
    [jurisdiction, uuid],
  )
  return { envelopes: Number(row?.envelopes ?? 0n), keysLeft: Number(row?.left ?? 0n) }
}

/** The newest envelope of an organization for a lot, whatever became of it. */
export async function findEnvelopeOf(
  tx: Tx,
  tender: string,
  organization: string,
  lot = 1,
): Promise<Envelope | undefined> {
  const { jurisdiction, uuid } = splitId(tender)
  const row = await rowOf<EnvelopeRow>(
    tx,
    `SELECT ${columns}, NULL::boolean AS fits FROM procurement.sealed_bid e
     WHERE e.jurisdiction = $1 AND e.tender = $2 AND e.organization = $3 AND e.lot = $4 ORDER BY e.round DESC LIMIT 1`,
    [jurisdiction, uuid, organization, lot],
  )
  return row === undefined ? undefined : envelopeOf(row)
}

/** The same for each lot, in their order. */
export async function listEnvelopesOfBidder(tx: Tx, tender: string, organization: string): Promise<Envelope[]> {
  const { jurisdiction, uuid } = splitId(tender)
  const rows = await rowsOf<EnvelopeRow>(
    tx,
    `SELECT DISTINCT ON (e.lot) ${columns}, NULL::boolean AS fits FROM procurement.sealed_bid e
     WHERE e.jurisdiction = $1 AND e.tender = $2 AND e.organization = $3 ORDER BY e.lot, e.round DESC`,
    [jurisdiction, uuid, organization],
  )
  return rows.map(envelopeOf)
}

/** Envelopes of organizations, newest first; `after`: the uuid behind which the page begins. */
export async function listEnvelopesOf(
  tx: Tx,
  organizations: readonly string[],
  size: number,
  after: string | undefined,
): Promise<Envelope[]> {
  if (organizations.length === 0) return []
  const rows = await rowsOf<EnvelopeRow>(
    tx,
    `SELECT ${columns}, NULL::boolean AS fits FROM procurement.sealed_bid e
     WHERE e.organization = ANY($1) AND ($2::uuid IS NULL OR e.id < $2) ORDER BY e.id DESC LIMIT $3`,
    [[...organizations], after ?? null, size],
  )
  return rows.map(envelopeOf)
}

export async function findEnvelopeByDeposit(tx: Tx, tender: string, deposit: string): Promise<Envelope | undefined> {
  const { jurisdiction, uuid } = splitId(tender)
  const row = await rowOf<EnvelopeRow>(
    tx,
    `SELECT ${columns}, ${fits} FROM procurement.sealed_bid e WHERE e.jurisdiction = $1 AND e.tender = $2 AND e.deposit = $3`,
    [jurisdiction, uuid, deposit],
  )
  return row === undefined ? undefined : envelopeOf(row)
}

export type FullEnvelope = { readonly envelope: Envelope; readonly content: Buffer; readonly contentKey?: Buffer }

const selectFull = `SELECT ${columns}, NULL::boolean AS fits, e.content, e.content_key FROM procurement.sealed_bid e
  WHERE e.jurisdiction = $1 AND e.id = $2 AND e.content IS NOT NULL`

function fullOf(
  row: (EnvelopeRow & { content: Buffer; content_key: Buffer | null }) | undefined,
): FullEnvelope | undefined {
  return row === undefined
    ? undefined
    : { envelope: envelopeOf(row), content: row.content, contentKey: some(row.content_key) }
}

/** An envelope with its cipher text; undefined when there is none (any more). */
export async function findFullEnvelope(tx: Tx, id: string): Promise<FullEnvelope | undefined> {
  const { jurisdiction, uuid } = splitId(id)
  return fullOf(await rowOf(tx, selectFull, [jurisdiction, uuid]))
}

export async function findFullEnvelopeForUpdate(tx: Tx, id: string): Promise<FullEnvelope | undefined> {
  const { jurisdiction, uuid } = splitId(id)
  return fullOf(await rowOf(tx, `${selectFull} FOR UPDATE`, [jurisdiction, uuid]))
}

/** What was replaced or withdrawn keeps its hash; its cipher text is gone. */
export async function saveEnvelopeGone(
  tx: Tx,
  id: string,
  state: 'replaced' | 'withdrawn',
  endedAt: Instant,
): Promise<void> {
  const { jurisdiction, uuid } = splitId(id)
  await rowOf(
    tx,
    'UPDATE procurement.sealed_bid SET state = $3, content = NULL, ended_at = $4 WHERE jurisdiction = $1 AND id = $2',
    [jurisdiction, uuid, state, endedAt],
  )
}

/** Its bidder upholds it under a later version of the terms. */
export async function saveEnvelopeTerms(tx: Tx, id: string, terms: number): Promise<void> {
  const { jurisdiction, uuid } = splitId(id)
  await rowOf(tx, 'UPDATE procurement.sealed_bid SET terms_number = $3 WHERE jurisdiction = $1 AND id = $2', [
    jurisdiction,
    uuid,
    terms,
  ])
}

/** At the deadline: what was neither replaced nor confirmed under the binding terms lapses unopened. Answers who had handed it in. */
export async function removeOutdated(tx: Tx, tender: string, binding: number, at: Instant): Promise<string[]> {
  const { jurisdiction, uuid } = splitId(tender)
  const rows = await rowsOf<{ received_by: string }>(
    tx,
    `UPDATE procurement.sealed_bid SET state = 'lapsed', content = NULL, ended_at = $4
     WHERE jurisdiction = $1 AND tender = $2 AND state = 'held' AND terms_number < $3 RETURNING received_by`,
    [jurisdiction, uuid, binding, at],
  )
  return rows.map((row) => row.received_by)
}

/** Opened or void; the content key of what was opened stays beside its cipher text. */
export async function saveEnvelopeSettled(
  tx: Tx,
  id: string,
  change: { readonly voidReason?: VoidReason; readonly contentKey?: Buffer; readonly endedAt: Instant },
): Promise<void> {
  const { jurisdiction, uuid } = splitId(id)
  await rowOf(
    tx,
    `UPDATE procurement.sealed_bid SET state = $3, void_reason = $4, content_key = $5, ended_at = $6 WHERE jurisdiction = $1 AND id = $2`,
    [
      jurisdiction,
      uuid,
      change.voidReason === undefined ? 'opened' : 'void',
      change.voidReason ?? null,
      change.contentKey ?? null,
      change.endedAt,
    ],
  )
}

/** Answers false when an envelope with this deposit was taken before. */
export async function insertEnvelope(
  tx: Tx,
  given: Omit<Envelope, 'state' | 'endedAt' | 'voidReason' | 'fits'> & {
    readonly content: Buffer
    readonly by: string
  },
): Promise<boolean> {
  const { jurisdiction, uuid } = splitId(given.id)
  const row = await rowOf(
    tx,
    `INSERT INTO procurement.sealed_bid (jurisdiction, id, tender, organization, organization_name, deposit, round, state, header, content, size, sha256,
       sm3, received_at, received_by, receipt, terms_number, lot)
     VALUES ($1, $2, $3, $4, $5, $6, $7, 'held', $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
     ON CONFLICT (jurisdiction, tender, deposit) DO NOTHING RETURNING id`,
    [
      jurisdiction,
      uuid,
      splitId(given.tender).uuid,
      given.organization,
      given.organizationName,
      given.deposit,
      given.round,
      given.header,
      given.content,
      given.size,
      given.sha256,
      given.sm3,
      given.receivedAt,
      given.by,
      JSON.stringify(given.receipt),
      given.terms,
      given.lot,
    ],
  )
  return row !== undefined
}

// Procurement: what contracts ask and do.
import { jurisdictionOf } from '../../kit/id.ts'
import type { Fen } from '../../kit/money.ts'
import type { Instant } from '../../kit/instant.ts'
import { absent, allow, type Ruling } from '../../kit/ruling.ts'
import type { Act } from '../../platform/action.ts'
import type { Tx } from '../../platform/database.ts'
import { recordTender } from './actions/recording.ts'
import type { TenderState } from './contract.ts'
import { awardIsPublic, shownNumber, type Tender } from './rules.ts'
import * as rules from './rules/award.ts'
import type { TermsVersion } from './rules/changing.ts'
import { type Lot, lotNamed, lotsOf, uncontracted } from './rules/lots.ts'
import { findTender, findTenderForUpdate, tenderSaved } from './store.ts'
import { listBids } from './store/bids.ts'
import { listTenderRows } from './store/lists.ts'
import { listTermsVersions } from './store/matters.ts'

export type AwardCard = {
  readonly tender: string
  readonly number: string
  readonly project: string
  /** Of a divided tender. */
  readonly lot?: { readonly number: number; readonly title: string }
  readonly organization: string
  readonly price: Fen
  readonly bid: string
  readonly state: TenderState
  readonly standstillUntil?: Instant
  /** Who ran the tender: they do not settle on the same record. */
  readonly procurers: readonly string[]
  /** Who scored: they do not accept. */
  readonly panel: readonly string[]
}

/**
 * The award of a tender, of a divided one that of the lot; undefined while there is none, or no such tender or lot. Contracts may be drafted
 * when the state is `awarded`.
 */
export async function getAward(tx: Tx, tenderId: string, lot?: number): Promise<AwardCard | undefined> {
  const tender = await findTender(tx, tenderId)
  const number = tender === undefined ? undefined : lotNamed(tender, lot)
  if (tender === undefined || number?.ok !== true) return undefined
  const found = lotsOf(tender).find((each) => each.number === number.value)
  if (found?.award === undefined) return undefined
  const { award } = found
  return {
    lot: tender.lots && { number: found.number, title: found.title },
    tender: tender.id,
    number: shownNumber(tender),
    project: tender.project,
    organization: award.organization,
    price: award.price,
    bid: award.bid,
    state: tender.state,
    standstillUntil: tender.standstillUntil,
    procurers: tender.procurers,
    panel: tender.panel,
  }
}

/**
 * awarded -> contracted, with the last contract of its lots; answers how many of those are still to come. Refuses not-found, not-in-this-state,
 * lot-not-awarded. The caller moves the project itself (projectContracted).
 */
export async function tenderContracted(
  act: Act,
  tenderId: string,
  contract: string,
  lot?: number,
): Promise<Ruling<number>> {
  const tender = await findTenderForUpdate(act.tx, tenderId)
  if (tender === undefined) return absent()
  const ruling = rules.tenderContracted(tender, act.actor, act.now, contract, lot)
  if (!ruling.ok) return ruling
  act.save(jurisdictionOf(tender.division), tenderSaved(ruling.value, act.now))
  recordTender(act, 'tenderContracted', tender, ruling.value, { contract, lot })
  return allow(tender.lots === undefined ? 0 : uncontracted(ruling.value).length)
}

/** What everybody may read of a published tender: its terms, how it ended, and from the award notice on who bid. */
export type PublishedTender = Pick<
  Tender,
  'id' | 'division' | 'project' | 'title' | 'procedure' | 'mode' | 'budget' | 'deadline' | 'endReason'
> & {
  readonly number: string
  /** The terms as published and after each change, oldest first. */
  readonly versions: readonly TermsVersion[]
  /** Organizations in the order of their bids, each once; empty unless the award is public. */
  readonly bidders: readonly string[]
  /** Of a divided tender. */
  readonly lots?: readonly Pick<Lot, 'number' | 'title' | 'description' | 'ceiling'>[]
  readonly lotLimit?: number
}

/** Undefined where there is none, or it is not published. */
export async function findPublishedTender(tx: Tx, id: string): Promise<PublishedTender | undefined> {
  const tender = await findTender(tx, id)
  if (tender?.publishedAt === undefined) return undefined
  const { division, project, title, procedure, mode, budget, deadline, endReason } = tender
  const bids = awardIsPublic(tender) ? await listBids(tx, tender.id) : []
  return {
    id: tender.id,
    number: shownNumber(tender),
    ...{ division, project, title, procedure, mode, budget, deadline, endReason },
    versions: await listTermsVersions(tx, tender.id),
    bidders: [...new Set(bids.map((bid) => bid.organization))],
    lots: tender.lots?.map(({ number, title, description, ceiling }) => ({ number, title, description, ceiling })),
    lotLimit: tender.lotLimit,
  }
}

/** Ids of published tenders, newest first, behind the one whose uuid is given. */
export async function listPublishedTenders(tx: Tx, after: string | undefined, size: number): Promise<string[]> {
  return (await listTenderRows(tx, { publishedOnly: true }, size, after)).map((tender) => tender.id)
}

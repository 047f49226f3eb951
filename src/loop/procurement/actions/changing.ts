// Procurement: changing the terms of a published tender, upholding a sealed bid under them, and purchases that look like one.
import { ancestorAt } from '../../../kit/id.ts'
import { fen, ZERO_FEN } from '../../../kit/money.ts'
import { plainDateOf, today, yearOf } from '../../../kit/plain-date.ts'
import { absent, allow } from '../../../kit/ruling.ts'
import { endOfDay, startOfDay } from '../../../kit/working-days.ts'
import { type Act, action, type Ask } from '../../../platform/action.ts'
import * as contract from '../contract/questions.ts'
import * as rules from '../rules.ts'
import * as changing from '../rules/changing.ts'
import { questionsUntil } from '../rules/clarifying.ts'
import { failedSum, lotNamed } from '../rules/lots.ts'
import type { Evidence } from '../rules/objecting.ts'
import { personalNumbers } from '../rules/public-words.ts'
import * as sealing from '../rules/sealing.ts'
import { type Purchase, splitOf } from '../rules/split.ts'
import * as store from '../store.ts'
import { listPurchases } from '../store/lists.ts'
import { insertTermsVersion } from '../store/matters.ts'
import { findEnvelopeOf, saveEnvelopeTerms } from '../store/sealing.ts'
import { tellConcerned } from './clarifying.ts'
import { attach, judgedBidder, recordTender, termsOf } from './recording.ts'

/** The version of the terms in force, as it is kept. */
export function versionOf(
  act: Act,
  tender: rules.Tender,
  more: Pick<changing.TermsVersion, 'reason' | 'changed' | 'binding'>,
  files: readonly Evidence[],
): changing.TermsVersion {
  const { description, criteria, requirements, deadline } = tender
  if (deadline === undefined) throw new Error('a published tender has a deadline')
  return {
    number: tender.termsNumber,
    at: act.now,
    by: act.actor.kind === 'person' ? act.actor.personId : 'system',
    ...more,
    terms: { description, criteria, requirements, files },
    deadline,
  }
}

export const changeTerms = action(contract.changeTerms, async (act, { params, body }) => {
  const tender = await store.findTenderForUpdate(act.tx, params.id)
  if (tender === undefined) return absent()
  const { reason, ...change } = body
  const ruling = await act.judge(
    rules.judgedTender(tender),
    () =>
      personalNumbers({ reason, description: change.description }) ??
      changing.changeTerms(tender, act.actor, act.now, change, termsOf(act, tender.division, tender.mode)),
  )
  if (!ruling.ok) return ruling
  const { tender: next, changed, binding } = ruling.value
  const attached = await attach(act, body.files, { kind: 'tender', id: tender.id })
  if (!attached.ok) return attached
  const version = versionOf(act, next, { reason, changed, binding }, attached.value)
  const persons = await insertTermsVersion(act.tx, tender.id, version)
  await store.saveTender(act.tx, next, act.now)
  recordTender(act, 'changeTerms', tender, next, {
    terms: next.termsNumber,
    changed,
    binding,
    deadline: next.deadline,
    questionsUntil: questionsUntil(next, act.platform.calendar),
  })
  tellConcerned(act, tender, persons, binding ? 'procurement.termsChanged' : 'procurement.deadlineMoved')
  return allow({ id: next.id, version: next.version, state: next.state })
})

export const confirmBid = action(contract.confirmBid, async (act, { params, body }) => {
  const tender = await store.findTenderForUpdate(act.tx, params.id)
  if (tender === undefined) return absent()
  const organization = sealing.biddingFor(act.actor)
  const lot = lotNamed(tender, body.lot)
  const held =
    organization === undefined || !lot.ok ? undefined : await findEnvelopeOf(act.tx, tender.id, organization, lot.value)
  const ruling = await act.judge(judgedBidder(tender, organization), () =>
    lot.ok ? changing.confirmBid(tender, act.actor, act.now, body.terms, held) : lot,
  )
  if (!ruling.ok || held === undefined) return ruling.ok ? absent() : ruling
  await saveEnvelopeTerms(act.tx, held.id, tender.termsNumber)
  act.record({
    name: 'procurement.confirmBid',
    of: { kind: 'sealed-bid', id: held.id },
    division: tender.division,
    state: { from: 'held', to: 'held' },
    data: { tender: tender.id, sha256: held.sha256, terms: tender.termsNumber },
  })
  return allow({ id: held.id, version: tender.version, state: 'held' })
})

/** Lots of one tender are one purchase. */
const purchaseOf = (tender: rules.Tender): Purchase => ({
  id: tender.id,
  number: rules.shownNumber(tender),
  title: tender.title,
  budget: tender.budget,
  failed: failedSum(tender),
  procedure: tender.procedure,
  state: tender.state,
})

/** What the purchases of the tender's item, buyer and year look like together; undefined where there is nothing to ask. */
export async function findSplit(act: Pick<Act | Ask, 'tx' | 'policy'>, tender: rules.Tender) {
  const buyer = ancestorAt(tender.division, 'township') ?? tender.division
  const threshold = fen(BigInt(act.policy.number('procurement.open-tender-threshold', buyer)))
  // An open tender, or one that reaches the threshold by itself, is no part of a split: nothing needs to be looked up.
  if (tender.item === '' || splitOf(purchaseOf(tender), [alone(tender, threshold)], threshold) === undefined)
    return undefined
  const year = yearOf(today(tender.createdAt))
  const others = await listPurchases(
    act.tx,
    { item: tender.item, buyer },
    startOfDay(plainDateOf(`${year}-01-01`)),
    endOfDay(plainDateOf(`${year}-12-31`)),
  )
  const found = splitOf(purchaseOf(tender), others.map(purchaseOf), threshold)
  return found === undefined ? undefined : { ...found, threshold }
}

/** A made-up second purchase that would make any first one a split: whether the first one could be part of one at all. */
const alone = (tender: rules.Tender, threshold: Purchase['budget']): Purchase => ({
  ...purchaseOf(tender),
  id: 'another',
  budget: fen(threshold - 1n),
  failed: ZERO_FEN,
})

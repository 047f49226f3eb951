// Projects: the purchase catalogue and the counties' yearly lists.
import { type DivisionCode, joinId, jurisdictionOf, type Jurisdiction } from '../../../kit/id.ts'
import type { Instant } from '../../../kit/instant.ts'
import { today, yearOf } from '../../../kit/plain-date.ts'
import { absent, allow } from '../../../kit/ruling.ts'
import { type Act, action, question } from '../../../platform/action.ts'
import * as contract from '../contract/purchase.ts'
import * as rules from '../rules/purchase.ts'
import * as catalogue from '../store/purchase.ts'

/** The year of the purchase list that is in force at `now`. */
export function purchaseYear(now: Instant): number {
  return yearOf(today(now))
}

export const listPurchaseItems = question(contract.listPurchaseItems, async (ask, { query }) => {
  const year = query.year ?? purchaseYear(ask.now)
  const items = await catalogue.listPurchaseItems(ask.tx, jurisdictionOf(query.division), year)
  return allow({
    year,
    rows: items
      .filter((item) => query.listed === undefined || item.listed)
      .map((item) => ({
        code: item.code,
        class: item.class,
        name: item.name,
        nameEn: item.name_en,
        negative: item.negative ?? undefined,
        listed: item.listed,
      })),
  })
})

function record(
  act: Act,
  verb: string,
  change: { jurisdiction: Jurisdiction; division: DivisionCode; item: string; year: number },
): void {
  act.record({
    name: `projects.${verb}`,
    of: { kind: 'purchase-item', id: joinId(change.jurisdiction, change.item) },
    division: change.division,
    data: { item: change.item, year: change.year },
  })
}

export const addPurchaseItem = action(contract.addPurchaseItem, async (act, { params, body }) => {
  const year = body.year ?? purchaseYear(act.now)
  const jurisdiction = jurisdictionOf(body.division)
  const item = await catalogue.findPurchaseItem(act.tx, jurisdiction, year, params.code)
  const ruling = await act.judge({ reach: { division: body.division } }, () =>
    rules.addPurchaseItem(item, body.division, year, purchaseYear(act.now)),
  )
  if (!ruling.ok) return ruling
  const by = act.actor.kind === 'person' ? act.actor.personId : 'system'
  if (!(await catalogue.insertPurchaseListItem(act.tx, { jurisdiction, item: params.code, year, by }))) return absent()
  record(act, 'addPurchaseItem', { jurisdiction, division: body.division, item: params.code, year })
  return allow({ item: params.code, division: body.division, year })
})

export const removePurchaseItem = action(contract.removePurchaseItem, async (act, { params, body }) => {
  const year = body.year ?? purchaseYear(act.now)
  const jurisdiction = jurisdictionOf(body.division)
  const item = await catalogue.findPurchaseItem(act.tx, jurisdiction, year, params.code)
  const ruling = await act.judge({ reach: { division: body.division } }, () =>
    rules.removePurchaseItem(item, body.division, year, purchaseYear(act.now)),
  )
  if (!ruling.ok) return ruling
  const by = act.actor.kind === 'person' ? act.actor.personId : 'system'
  if (!(await catalogue.savePurchaseRemoval(act.tx, { jurisdiction, item: params.code, year, by }))) return absent()
  record(act, 'removePurchaseItem', { jurisdiction, division: body.division, item: params.code, year })
  return allow({ item: params.code, division: body.division, year })
})

// Projects: which items a county may put on its purchase list or take off. Pure.
import { type DivisionCode, levelOf } from '../../../kit/id.ts'
import { invalid, refuse, type Refusal, type Ruling } from '../../../kit/ruling.ts'

export type ItemOnList = { readonly code: string; readonly listed: boolean; readonly negative?: string | null }

function checkPlaceAndYear(division: DivisionCode, year: number, thisYear: number): Refusal | undefined {
  if (levelOf(division) !== 'county') return invalid([{ path: 'body.division', code: 'not-a-county' }])
  // Past lists are on record: approvals rest on them.
  return year < thisYear ? refuse('year-over', { year }) : undefined
}

/** Not what stands on the negative list, not twice, not for a year that is over. */
export function addPurchaseItem(
  item: ItemOnList | undefined,
  division: DivisionCode,
  year: number,
  thisYear: number,
): Ruling<true> {
  const fault = checkPlaceAndYear(division, year, thisYear)
  if (fault !== undefined) return fault
  if (item === undefined) return refuse('purchase-item-unknown', {}, { kind: 'absent' })
  if (item.negative !== undefined && item.negative !== null) return refuse('on-negative-list', { item: item.code })
  return item.listed ? refuse('already-on-list', { item: item.code, year }) : { ok: true, value: true }
}

/** Only what stands on the list of the year. */
export function removePurchaseItem(
  item: ItemOnList | undefined,
  division: DivisionCode,
  year: number,
  thisYear: number,
): Ruling<true> {
  const fault = checkPlaceAndYear(division, year, thisYear)
  if (fault !== undefined) return fault
  if (item === undefined) return refuse('purchase-item-unknown', {}, { kind: 'absent' })
  return item.listed ? { ok: true, value: true } : refuse('not-on-purchase-list', { item: item.code })
}

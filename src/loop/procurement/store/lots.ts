// Procurement: lots as they are kept in their tender's row: money as text, since JSON has no whole numbers of that size.
import { fen } from '../../../kit/money.ts'
import type { Award } from '../rules.ts'
import type { Lot } from '../rules/lots.ts'

type AwardJson = Omit<Award, 'price'> & { readonly price: string }
export type LotJson = Omit<Lot, 'ceiling' | 'award'> & { readonly ceiling: string; readonly award?: AwardJson }

export function lotsOfJson(lots: readonly LotJson[] | null): Lot[] | undefined {
  return lots?.map(({ ceiling, award, ...lot }) => ({
    ...lot,
    ceiling: fen(BigInt(ceiling)),
    award: award && { ...award, price: fen(BigInt(award.price)) },
  }))
}

export function jsonOfLots(lots: readonly Lot[] | undefined): LotJson[] | undefined {
  return lots?.map(({ ceiling, award, ...lot }) => ({
    ...lot,
    ceiling: ceiling.toString(),
    award: award && { ...award, price: award.price.toString() },
  }))
}

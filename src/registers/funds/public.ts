// What other domains may ask of the funds: encumber at award, propose a payment, give back what is left, and the money of records.
import type { DivisionCode, RecordRef } from '../../kit/id.ts'
import type { Fen } from '../../kit/money.ts'
import type { Ruling } from '../../kit/ruling.ts'
import type { Act } from '../../platform/action.ts'
import type { Tx } from '../../platform/database.ts'
import type { Source, TransferId } from './contract.ts'

export type Encumbrance = {
  readonly division: DivisionCode
  readonly source: Source
  readonly project: RecordRef
  readonly contract: RecordRef
  readonly amount: Fen
  /** Service classes of the project: earmarked money (welfare lottery, restricted donations) is only taken when it fits one of them. */
  readonly categories?: readonly string[]
}
export async function encumber(_act: Act, _wish: Encumbrance): Promise<Ruling<TransferId>> {
  throw new Error('being built')
}

export type Payment = {
  readonly contract: RecordRef
  readonly milestone: string
  readonly division: DivisionCode
  readonly organization: string
  readonly amount: Fen
  /** Persons who accepted the milestone: they may neither propose nor approve. */
  readonly accepters: readonly string[]
}
export async function proposePayment(_act: Act, _wish: Payment): Promise<Ruling<TransferId>> {
  throw new Error('being built')
}

export type Release = { readonly contract: RecordRef; readonly division: DivisionCode; readonly amount: Fen }
export async function releaseEncumbrance(_act: Act, _wish: Release): Promise<Ruling<TransferId>> {
  throw new Error('being built')
}

export type Money = { readonly encumbered: Fen; readonly paid: Fen; readonly refunded: Fen }
export async function moneyOf(_tx: Tx, _refs: readonly RecordRef[]): Promise<Money> {
  throw new Error('being built')
}

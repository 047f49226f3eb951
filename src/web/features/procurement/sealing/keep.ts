// What this browser alone keeps: an opener's key, the one-time key of an opening, a bidder's draft and receipts. None of it ever leaves by itself.
import Dexie, { type Table } from 'dexie'
import type { Receipt } from './receipt.ts'

/** Private halves cannot be taken out of the browser. */
export type KeptKey = {
  /** Tender, seat and person; for a session tender and the session's public key. */
  readonly key: string
  readonly pair: CryptoKeyPair
  readonly publicText: string
}

export type TeamLine = { readonly post?: string; readonly people?: number; readonly certificate?: string }

export type Draft = {
  /** Tender and organization, and the lot where the tender is divided. */
  readonly key: string
  readonly price: string
  readonly proposal: string
  readonly team: readonly TeamLine[]
  readonly files: readonly File[]
}

class Kept extends Dexie {
  declare readonly keys: Table<KeptKey, string>
  declare readonly drafts: Table<Draft, string>
  declare readonly receipts: Table<Receipt, string>
  constructor() {
    super('liandong-sealed-bids')
    this.version(1).stores({ keys: 'key', drafts: 'key', receipts: 'deposit' })
  }
}

let opened: Kept | undefined
const kept = (): Kept => {
  opened ??= new Kept()
  return opened
}

export const openerKeyName = (tender: string, seat: string, person: string) => `opener ${tender} ${seat} ${person}`
export const sessionKeyName = (tender: string, publicText: string) => `session ${tender} ${publicText}`
export const draftName = (tender: string, organization: string, lot?: number) =>
  `${tender} ${organization}${lot === undefined ? '' : ` ${lot}`}`

export const findKey = (key: string): Promise<KeptKey | undefined> => kept().keys.get(key)
export const saveKey = async (key: KeptKey): Promise<void> => void (await kept().keys.put(key))
export const removeKey = (key: string): Promise<void> => kept().keys.delete(key)
export const findDraft = (key: string): Promise<Draft | undefined> => kept().drafts.get(key)
export const saveDraft = async (draft: Draft): Promise<void> => void (await kept().drafts.put(draft))
export const removeDraft = (key: string): Promise<void> => kept().drafts.delete(key)

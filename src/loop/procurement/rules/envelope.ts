// Procurement, sealed bids: the exact texts under hashes, signatures and encryption, the same in browser, server and tests. Pure.
import type { z } from 'zod'
import type { envelopeHeader } from '../contract/sealed-bids.ts'
import type { receipt } from '../contract/sealing.ts'

type Header = z.input<typeof envelopeHeader>
type Receipt = z.input<typeof receipt>

/** How many bytes a base64url text without padding stands for. */
export function bytesIn(text: string): number {
  return Math.floor((text.length * 3) / 4)
}

/** HPKE info of a bid: for which tender and under which key. */
export function bidInfo(tender: string, key: string): string {
  return JSON.stringify(['liandong-sealed-bid-1', tender, key])
}

/** HPKE associated data: what the envelope says of itself. Changed by anyone, the content key does not come out. */
export function manifestText(header: Omit<Header, 'enc' | 'wrapped' | 'iv'>): string {
  const { tender, key, organization, deposit, commitment, lot } = header
  return JSON.stringify(['liandong-bid-manifest-1', tender, key, organization, deposit, commitment, ...ofLot(lot)])
}

/** The lot stands at the end where the tender is divided; of an undivided one the texts are as they always were. */
const ofLot = (lot: number | undefined) => (lot === undefined ? [] : [lot])

/**
 * The whole header: associated data of the content's encryption, and what stands before the content under the envelope's hashes:
 * SHA-256 and SM3 are over this text, a line feed, and the content's bytes.
 */
export function headerText(header: Header): string {
  const { enc, wrapped, iv } = header
  return JSON.stringify(['liandong-bid-envelope-1', manifestText(header), enc, wrapped, iv])
}

/** What the server signs (Ed25519). */
export function receiptText(given: Omit<Receipt, 'signature' | 'publicKey'>): string {
  return JSON.stringify([
    given.form,
    given.tender,
    given.number,
    given.bid,
    given.organization,
    given.organizationName,
    given.deposit,
    given.round,
    given.receivedAt,
    given.size,
    given.sha256,
    given.sm3,
    given.key,
    given.seal,
    ...ofLot(given.lot),
  ])
}

/** HPKE info of a share on its way to its opener. */
export function shareInfo(tender: string): string {
  return JSON.stringify(['liandong-key-share-1', tender])
}

/** HPKE associated data of a share: whose it is, of which key, sealed to which. Used to the opener's key and to the session's. */
export function shareText(tender: string, tenderKey: string, seat: string, to: string): string {
  return JSON.stringify(['liandong-share-1', tender, tenderKey, seat, to])
}

/** HPKE info of a share on its way to the opening. */
export function handingInfo(tender: string): string {
  return JSON.stringify(['liandong-share-handed-1', tender])
}

/** What stands before a share's bytes under its published hash (SHA-256 over this text, a line feed, and the bytes). */
export function shareHashText(tender: string, seat: string): string {
  return JSON.stringify(['liandong-share-hash-1', tender, seat])
}

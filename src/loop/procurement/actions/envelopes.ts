// Procurement: the server's part of the cryptography of sealed bids: hashes, receipts, and opening one bid with its own content key.
import { createDecipheriv, createHash, timingSafeEqual } from 'node:crypto'
import type { z } from 'zod'
import type { Platform } from '../../../platform/platform.ts'
import { bidPaper, envelopeHeader } from '../contract/sealed-bids.ts'
import { receipt as receiptSchema } from '../contract/sealing.ts'
import { headerText, receiptText } from '../rules/envelope.ts'
import type { Envelope, FullEnvelope } from '../store/sealing.ts'

export type Header = z.output<typeof envelopeHeader>
export type Receipt = z.input<typeof receiptSchema>
export type BidPaper = z.output<typeof bidPaper>

const receiptUse = 'liandong-bid-receipt-1'

/** SHA-256 and SM3 (hex) of an envelope: its header's text, a line feed, its content. */
export function hashesOf(header: string, content: Buffer): { sha256: string; sm3: string } {
  const hash = (name: string) => createHash(name).update(header, 'utf8').update('\n').update(content).digest('hex')
  return { sha256: hash('sha256'), sm3: hash('sm3') }
}

/** Signs a receipt with the installation's key. */
export function signReceipt(
  platform: Pick<Platform, 'signer'>,
  given: Omit<Receipt, 'form' | 'publicKey' | 'signature'>,
): Receipt {
  const whole = { form: 'liandong-bid-receipt-1' as const, ...given }
  return {
    ...whole,
    publicKey: platform.signer.publicKey,
    signature: platform.signer.sign(receiptUse, receiptText(whole)),
  }
}

/** Whether the receipt kept beside an envelope is ours and says what the row says: a changed row, or a whole made-up one, is found. */
export function receiptHolds(platform: Pick<Platform, 'signer'>, envelope: Envelope): boolean {
  const parsed = receiptSchema.safeParse(envelope.receipt)
  if (!parsed.success) return false
  const { data } = parsed
  return (
    platform.signer.verify(receiptUse, receiptText(data), data.signature) &&
    data.tender === envelope.tender &&
    data.bid === envelope.id &&
    data.organization === envelope.organization &&
    data.deposit === envelope.deposit &&
    data.round === envelope.round &&
    data.receivedAt === envelope.receivedAt &&
    data.size === envelope.size &&
    data.sha256 === envelope.sha256 &&
    data.sm3 === envelope.sm3 &&
    (data.lot ?? 1) === envelope.lot
  )
}

/** Whether bytes, row and signed receipt of an envelope agree. */
export function isIntact(platform: Pick<Platform, 'signer'>, { envelope, content }: FullEnvelope): boolean {
  const { sha256, sm3 } = hashesOf(envelope.header, content)
  return sha256 === envelope.sha256 && sm3 === envelope.sm3 && receiptHolds(platform, envelope)
}

/** The header as its bidder gave it, kept as the exact text under the hashes. */
export function headerOf(envelope: Envelope): Header {
  const [, manifest, enc, wrapped, iv] = JSON.parse(envelope.header) as [string, string, string, string, string]
  const [, tender, key, organization, deposit, commitment, lot] = JSON.parse(manifest) as unknown[]
  return envelopeHeader.parse({ tender, key, organization, deposit, commitment, lot, enc, wrapped, iv })
}

/** Whether the key is the one to which the bidder bound itself: no second key opens the envelope to something else. */
export function isCommitted(header: Header, contentKey: Buffer): boolean {
  const hash = createHash('sha256').update(contentKey).digest()
  const committed = Buffer.from(header.commitment, 'hex')
  return committed.length === hash.length && timingSafeEqual(hash, committed)
}

const tagBytes = 16
const lengthBytes = 4

/** An opened bid: what it says, and its attachments' bytes in their order. */
export type OpenedBid = { readonly paper: BidPaper; readonly files: readonly Buffer[] }

/** Opens the content with its key; undefined when it does not open or does not hold a bid. */
export function openContent(header: Header, content: Buffer, contentKey: Buffer): OpenedBid | undefined {
  if (content.length < tagBytes + lengthBytes) return undefined
  let plain: Buffer
  try {
    const decipher = createDecipheriv('aes-256-gcm', contentKey, Buffer.from(header.iv, 'base64url'))
    decipher.setAAD(Buffer.from(headerText(header), 'utf8'))
    decipher.setAuthTag(content.subarray(-tagBytes))
    plain = Buffer.concat([decipher.update(content.subarray(0, -tagBytes)), decipher.final()])
  } catch {
    return undefined
  }
  return readPlain(plain)
}

/** Length of the words (4 bytes, big endian), the words as JSON, then the attachments one after another. */
function readPlain(plain: Buffer): OpenedBid | undefined {
  const words = lengthBytes + plain.readUInt32BE(0)
  if (words > plain.length) return undefined
  let json: unknown
  try {
    json = JSON.parse(plain.toString('utf8', lengthBytes, words))
  } catch {
    return undefined
  }
  const parsed = bidPaper.safeParse(json)
  if (!parsed.success) return undefined
  const files: Buffer[] = []
  let at = words
  for (const { size } of parsed.data.files) {
    files.push(plain.subarray(at, at + size))
    at += size
  }
  return at === plain.length ? { paper: parsed.data, files } : undefined
}

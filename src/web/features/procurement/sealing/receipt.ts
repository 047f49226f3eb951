// Receipts checked by anyone who holds one: the signature against the key that signed it, without asking the server.
import { receiptText } from '../../../../loop/procurement/rules/envelope.ts'
import { fromHex, utf8 } from './bytes.ts'

export type Receipt = Parameters<typeof receiptText>[0] & { readonly publicKey: string; readonly signature: string }

const words = [
  'form',
  'tender',
  'number',
  'bid',
  'organization',
  'organizationName',
  'deposit',
  'receivedAt',
  'sha256',
  'sm3',
  'key',
  'seal',
  'publicKey',
  'signature',
] as const

/** A receipt from the text of its file; undefined when the text is none. */
export function readReceipt(text: string): Receipt | undefined {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null) return undefined
    const whole =
      words.every((name) => typeof Reflect.get(value, name) === 'string') &&
      ['round', 'size'].every((name) => Number.isInteger(Reflect.get(value, name))) &&
      Reflect.get(value, 'form') === 'liandong-bid-receipt-1'
    return whole ? (value as Receipt) : undefined
  } catch {
    return undefined
  }
}

/** Whether the receipt's own key signed every word of it (Ed25519). Whose key that is, the page says beside it. */
export async function isSigned(receipt: Receipt): Promise<boolean> {
  try {
    const key = await crypto.subtle.importKey('raw', fromHex(receipt.publicKey), 'Ed25519', false, ['verify'])
    const text = utf8(`liandong-bid-receipt-1:${receiptText(receipt)}`)
    return await crypto.subtle.verify('Ed25519', key, fromHex(receipt.signature), text)
  } catch {
    return false
  }
}

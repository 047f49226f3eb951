// A bid sealed in the bidder's browser, and its content key taken out again at the opening.
import { bidInfo, headerText, manifestText } from '../../../../loop/procurement/rules/envelope.ts'
import { type Bytes, fromText, joined, random, sha256, toText, utf8 } from './bytes.ts'
import { encBytes, open, seal } from './hpke.ts'

/** What a bid says; attachments' bytes follow in the order of `files`. */
export type Paper = {
  readonly price: string
  readonly proposal: string
  readonly team: readonly { readonly post: string; readonly people: number; readonly certificate?: string }[]
  readonly files: readonly { readonly name: string; readonly type: string; readonly size: number }[]
}

export type Header = {
  readonly tender: string
  readonly key: string
  readonly organization: string
  /** Where the tender is divided. */
  readonly lot?: number
  readonly deposit: string
  readonly commitment: string
  readonly enc: string
  readonly wrapped: string
  readonly iv: string
}

export type Envelope = { readonly header: Header; readonly content: string; readonly sha256: string }

/** For whom and what: the tender, its published key, the organization that bids, and the lot where the tender is divided. */
export type Destination = {
  readonly tender: string
  readonly key: string
  readonly organization: string
  readonly lot?: number
}

function packed(paper: Paper, files: readonly Uint8Array[]): Bytes {
  const words = utf8(JSON.stringify(paper))
  const length = new Uint8Array(4)
  new DataView(length.buffer).setUint32(0, words.length)
  return joined(length, words, ...files)
}

/** SHA-256 (hex) of an envelope, as it must stand in the receipt. */
export function envelopeHash(header: Header, content: Uint8Array): Promise<string> {
  return sha256(joined(utf8(headerText(header)), utf8('\n'), content))
}

/**
 * Seals a bid: the words and attachments under a fresh content key (AES-256-GCM), the content key under the tender's key (HPKE), bound to
 * tender, key, organization, this deposit and the hash of the content key. Who changes any of it makes it unreadable.
 */
export async function sealBid(to: Destination, paper: Paper, files: readonly Uint8Array[]): Promise<Envelope> {
  const contentKey = random(32)
  const manifest = { ...to, deposit: toText(random(16)), commitment: await sha256(contentKey) }
  const sealed = await seal(to.key, bidInfo(to.tender, to.key), manifestText(manifest), contentKey)
  const iv = random(12)
  const header: Header = {
    ...manifest,
    enc: toText(sealed.slice(0, encBytes)),
    wrapped: toText(sealed.slice(encBytes)),
    iv: toText(iv),
  }
  const key = await crypto.subtle.importKey('raw', contentKey, 'AES-GCM', false, ['encrypt'])
  contentKey.fill(0)
  const content = new Uint8Array(
    await crypto.subtle.encrypt(
      { name: 'AES-GCM', iv, additionalData: utf8(headerText(header)) },
      key,
      packed(paper, files),
    ),
  )
  return { header, content: toText(content), sha256: await envelopeHash(header, content) }
}

/** The content key of an envelope, base64url; throws when it was not sealed to this key or was changed. */
export async function contentKeyOf(tenderPair: CryptoKeyPair, header: Header): Promise<string> {
  const sealed = joined(fromText(header.enc), fromText(header.wrapped))
  return toText(await open(tenderPair, bidInfo(header.tender, header.key), manifestText(header), sealed))
}

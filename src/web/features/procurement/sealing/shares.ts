// The tender's key: made and split in one opener's browser, shares checked by each opener, combined again at the opening.
import { combine, split } from 'shamir-secret-sharing'
import { handingInfo, shareHashText, shareInfo, shareText } from '../../../../loop/procurement/rules/envelope.ts'
import { type Bytes, fromText, joined, sha256, toText, utf8 } from './bytes.ts'
import { makePair, open, pairOf, privateBytes, publicText, seal } from './hpke.ts'

export type Opener<Seat extends string> = { readonly seat: Seat; readonly openerKey: string }

export type SealedShare<Seat extends string> = Opener<Seat> & { readonly sealed: string; readonly hash: string }

function hashOf(tender: string, seat: string, share: Uint8Array): Promise<string> {
  return sha256(joined(utf8(shareHashText(tender, seat)), utf8('\n'), share))
}

/**
 * Makes the tender's key pair, splits its private half so that any `threshold` shares give it back, and seals each share to its opener.
 * Before anything leaves this browser every pair of shares is tried. Nothing of the private half is kept.
 */
export async function makeTenderKey<Seat extends string>(
  tender: string,
  openers: readonly Opener<Seat>[],
  threshold: number,
): Promise<{ key: string; shares: SealedShare<Seat>[] }> {
  const pair = await makePair(false)
  const key = await publicText(pair)
  const secret = await privateBytes(pair)
  const parts = await split(secret, openers.length, threshold)
  secret.fill(0)
  for (let first = 0; first < parts.length; first += 1) {
    const some = parts.map((_, index) => parts[(first + index) % parts.length]).slice(0, threshold)
    if ((await keyOf(some.filter((part) => part !== undefined))) !== key) throw new Error('the shares do not fit')
  }
  const shares: SealedShare<Seat>[] = []
  for (const [index, { seat, openerKey }] of openers.entries()) {
    const share = new Uint8Array(parts[index] ?? new Uint8Array())
    const sealed = await seal(openerKey, shareInfo(tender), shareText(tender, key, seat, openerKey), share)
    shares.push({ seat, openerKey, sealed: toText(sealed), hash: await hashOf(tender, seat, share) })
    share.fill(0)
    parts[index]?.fill(0)
  }
  return { key, shares }
}

async function keyOf(shares: Uint8Array[]): Promise<string> {
  const secret = await combine(shares)
  const key = await publicText(await pairOf(secret))
  secret.fill(0)
  return key
}

type Place = { readonly tender: string; readonly key: string; readonly seat: string }

/** Opens the own share; answers its hash, to be held beside the published one. Throws when it was not sealed to this key. */
export async function openShare(
  opener: CryptoKeyPair,
  { tender, key, seat }: Place,
  sealed: string,
): Promise<{ share: Bytes; hash: string }> {
  const aad = shareText(tender, key, seat, await publicText(opener))
  const share = await open(opener, shareInfo(tender), aad, fromText(sealed))
  return { share, hash: await hashOf(tender, seat, share) }
}

/** Seals the own share to the one-time key of the opening. */
export async function handShare(place: Place, share: Bytes, session: string): Promise<string> {
  const aad = shareText(place.tender, place.key, place.seat, session)
  return toText(await seal(session, handingInfo(place.tender), aad, share))
}

export type HandedShare = { readonly seat: string; readonly shareHash: string; readonly handedShare: string }

/** `wrong`: seats whose share is not the one that was published. */
export type Combined = { readonly pair?: CryptoKeyPair; readonly wrong: readonly string[] }

/**
 * Opens the handed-in shares with the session's key, leaves out those that do not have their published hash, combines, and gives the
 * tender's pair only when its public half is the published one.
 */
export async function combineShares(
  session: CryptoKeyPair,
  { tender, key }: Omit<Place, 'seat'>,
  handed: readonly HandedShare[],
  threshold: number,
): Promise<Combined> {
  const wrong: string[] = []
  const good: Bytes[] = []
  const sessionKey = await publicText(session)
  for (const { seat, shareHash, handedShare } of handed) {
    try {
      const aad = shareText(tender, key, seat, sessionKey)
      const share = await open(session, handingInfo(tender), aad, fromText(handedShare))
      if ((await hashOf(tender, seat, share)) === shareHash) good.push(share)
      else wrong.push(seat)
    } catch {
      wrong.push(seat)
    }
  }
  if (good.length < threshold) return { wrong }
  const secret = await combine(good.slice(0, threshold))
  const pair = await pairOf(secret)
  secret.fill(0)
  for (const share of good) share.fill(0)
  return (await publicText(pair)) === key ? { pair, wrong } : { wrong }
}

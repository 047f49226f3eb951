// The draw that anyone can repeat: each candidate's ticket is the hash of the seed and the candidate; the lowest tickets win. Pure.

/** SM3 (GB/T 32905) of UTF-8 text as hex; handed in, since rules import no library. */
export type Hash = (text: string) => string

/** The draw of a panel as it is kept. */
export type Draw = {
  readonly secret: string
  readonly seed: string
  readonly listHash: string
  /** The frozen candidates in their order. */
  readonly list: readonly string[]
  /** The same in the order drawn: who steps in next. */
  readonly order: readonly string[]
  readonly size: number
  readonly excluded: readonly { readonly person: string; readonly reason: string }[]
}

/** What a draw rests on: the secret committed at publication, the hashes of all bids, and the frozen list in its order. */
export type DrawBasis = {
  readonly secret: string
  readonly bidHashes: readonly string[]
  readonly list: readonly string[]
}

/** Hash of the frozen list, published with the draw. */
export function listHash(list: readonly string[], hash: Hash): string {
  return hash(list.join('\n'))
}

/** Nobody can steer it: the secret was committed before the bids were known, the bids were sealed before the secret is. */
export function seedOf(basis: DrawBasis, hash: Hash): string {
  return hash([basis.secret, ...basis.bidHashes.toSorted(), listHash(basis.list, hash)].join('\n'))
}

/** The whole list in the order in which it was drawn: ascending tickets. The first ones are in, the others stand by. */
export function drawOrder(list: readonly string[], seed: string, hash: Hash): string[] {
  return list
    .map((candidate) => ({ candidate, ticket: hash(`${seed}\n${candidate}`) }))
    .toSorted((a, b) => (a.ticket < b.ticket ? -1 : 1))
    .map((drawn) => drawn.candidate)
}

// Needs: texts that say the same, found among many: MinHash over runs of three characters, then Jaccard. Pure, no chance: fixed hashes.

/** Longest part of a text that is compared. */
const longestText = 1000
const bands = 24
const rowsOfBand = 3

export type Worded = { readonly id: string; readonly text: string }

/** A group of texts that sound alike: its ids in ascending order, and how alike its least alike neighbours are (percent). */
export type AlikeGroup = { readonly ids: readonly string[]; readonly percent: number }

/** The runs of three characters of a text, signs and spaces left out; a shorter text is one run. */
export function shinglesOf(text: string): ReadonlySet<string> {
  const plain = text
    .slice(0, longestText)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '')
  const characters = [...plain]
  if (characters.length <= 3) return new Set([plain])
  return new Set(characters.slice(2).map((_, from) => characters.slice(from, from + 3).join('')))
}

/** Jaccard: the share of runs that both have, between 0 and 1. */
export function likeness(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const [small, large] = one.size < other.size ? [one, other] : [other, one]
  let both = 0
  for (const shingle of small) if (large.has(shingle)) both += 1
  return both / (one.size + other.size - both)
}

/** FNV-1a of a run, 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash >>> 0
}

/** The n-th hash of a hash (multiply and mix, a bijection of 32 bits). */
function mixed(hash: number, n: number): number {
  let value = Math.imul(hash ^ Math.imul(n + 1, 0x9e3779b1), 0x85ebca6b)
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35)
  return (value ^ (value >>> 16)) >>> 0
}

/** The least of each hash over all runs: two texts agree in a place as often as they are alike. */
export function signatureOf(shingles: ReadonlySet<string>): Uint32Array {
  const least = new Uint32Array(bands * rowsOfBand).fill(0xffffffff)
  for (const shingle of shingles) {
    const hash = hashOf(shingle)
    for (let n = 0; n < least.length; n += 1) {
      const value = mixed(hash, n)
      if (value < (least[n] ?? 0)) least[n] = value
    }
  }
  return least
}

/** Who meets whom in at least one band: candidates only, each pair once per band. */
function bucketsOf(signatures: readonly Uint32Array[]): number[][] {
  const found: number[][] = []
  for (let band = 0; band < bands; band += 1) {
    const keys = Map.groupBy(signatures.keys(), (index) =>
      (signatures[index] ?? new Uint32Array()).slice(band * rowsOfBand, (band + 1) * rowsOfBand).join(),
    )
    found.push(...[...keys.values()].filter((bucket) => bucket.length > 1))
  }
  return found
}

/**
 * Groups of texts that are at least `percent` alike, neighbours joined into one group. The order of the texts changes nothing; texts that are
 * equal but for signs and spaces are always found. Largest group first, then the most alike.
 */
export function groupAlike(texts: readonly Worded[], percent: number): AlikeGroup[] {
  const sorted = [...texts].sort((one, other) => (one.id < other.id ? -1 : 1))
  const shingles = sorted.map(({ text }) => shinglesOf(text))
  const parents = sorted.map((_, index) => index)
  const rootOf = (index: number): number => {
    let root = index
    while (parents[root] !== root) root = parents[root] ?? root
    parents[index] = root
    return root
  }
  const pairs: { one: number; other: number; percent: number }[] = []
  const seen = new Set<number>()
  for (const bucket of bucketsOf(shingles.map(signatureOf))) {
    // Within a bucket each is held against the first and its predecessor: enough to join equal ones without comparing all with all.
    for (const [place, other] of bucket.entries()) {
      for (const one of new Set([bucket[0] ?? other, bucket[place - 1] ?? other])) {
        const key = one * sorted.length + other
        if (one === other || seen.has(key)) continue
        seen.add(key)
        const alike = likeness(shingles[one] ?? new Set(), shingles[other] ?? new Set()) * 100
        if (alike >= percent) pairs.push({ one, other, percent: alike })
      }
    }
  }
  for (const { one, other } of pairs) {
    const [low, high] = [rootOf(one), rootOf(other)].sort((a, b) => a - b)
    if (low !== undefined && high !== undefined) parents[high] = low
  }
  const groups = Map.groupBy(sorted.keys(), rootOf)
  return [...groups]
    .filter(([, members]) => members.length > 1)
    .map(([root, members]) => ({
      ids: members.flatMap((member) => sorted[member]?.id ?? []),
      percent: Math.floor(Math.min(...pairs.filter(({ one }) => rootOf(one) === root).map((pair) => pair.percent))),
    }))
    .sort(
      (one, other) =>
        other.ids.length - one.ids.length ||
        other.percent - one.percent ||
        ((one.ids[0] ?? '') < (other.ids[0] ?? '') ? -1 : 1),
    )
}

export type Part = { readonly text: string; readonly shared: boolean }

/** A text cut into what it shares with another (every run of three characters that both have) and what it says differently, in order. */
export function partsAgainst(text: string, other: string): Part[] {
  const known = shinglesOf(other)
  const characters = [...text]
  // Signs and spaces belong to what stands before them.
  const letters = [...characters.keys()].filter((at) => /[\p{L}\p{N}]/u.test(characters[at] ?? ''))
  const shared = new Set<number>()
  for (let from = 0; from + 3 <= letters.length; from += 1) {
    const run = letters.slice(from, from + 3)
    if (!known.has(run.map((at) => (characters[at] ?? '').normalize('NFKC').toLowerCase()).join(''))) continue
    for (const at of run) shared.add(at)
  }
  const parts: Part[] = []
  for (const [at, character] of characters.entries()) {
    const last = parts.at(-1)
    const same = /[\p{L}\p{N}]/u.test(character) ? shared.has(at) : (last?.shared ?? true)
    if (last?.shared === same) parts[parts.length - 1] = { text: last.text + character, shared: same }
    else parts.push({ text: character, shared: same })
  }
  return parts
}

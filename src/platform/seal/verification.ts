// Verification of the seals: recomputes every batch from the event rows and names the place that does not agree.
import { rowOf, rowsOf, type Tx } from '../database.ts'
import { headOf, isSignedBy, leafOf, noPrevious, rootOf, unpackLeaves } from './chain.ts'
import { listSealable, listSealedEvents } from './seal.ts'

/** A place where events and seals disagree. */
export type Break = {
  readonly jurisdiction: string
  readonly number?: string
  readonly event?: string
  readonly what:
    | 'event-changed'
    | 'event-missing'
    | 'event-added'
    | 'leaves-changed'
    | 'head-changed'
    | 'chain-broken'
    | 'seal-missing'
    | 'signature-false'
    | 'key-unknown'
    | 'kept-head-not-found'
}

export type KeptHead = { readonly jurisdiction: string; readonly number: bigint; readonly head: string }

export type Verification = {
  readonly breaks: readonly Break[]
  readonly seals: number
  readonly events: number
  readonly unsealed: number
}

/** Reads kept heads: `<jurisdiction>:<number>:<head>`, several separated by white space; lines starting with # are left out. Throws on anything else. */
export function parseKeptHeads(text: string): KeptHead[] {
  const words = text
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .join(' ')
    .split(/\s+/)
    .filter((word) => word !== '')
  return words.map((word) => {
    const [, jurisdiction, number, head] = /^(\d{6}):(\d{1,18}):([0-9a-f]{64})$/.exec(word) ?? []
    if (jurisdiction === undefined || number === undefined || head === undefined)
      throw new Error(`not a kept head: ${word}`)
    return { jurisdiction, number: BigInt(number), head }
  })
}

type SealRow = {
  number: bigint
  from: string
  upto: string
  events: number
  leaves: Buffer
  root: string
  previous: string
  head: string
  public_key: string
  signature: string
}

const sealsAfter = `
SELECT number, from_transaction::text AS "from", upto_transaction::text AS upto, events, leaves, root, previous, head, public_key, signature
FROM platform.seal WHERE jurisdiction = $1 AND number > $2 ORDER BY number LIMIT 20`

/** Where the events of one batch differ from its leaves. */
async function compareEvents(tx: Tx, jurisdiction: string, seal: SealRow): Promise<Break[]> {
  const number = String(seal.number)
  const sealed = unpackLeaves(seal.leaves)
  const present = (await listSealedEvents(tx, jurisdiction, seal.from, seal.upto)).map(leafOf)
  const before = new Map(sealed.map((leaf) => [leaf.id, leaf.digest]))
  const now = new Map(present.map((leaf) => [leaf.id, leaf.digest]))
  const breaks: Break[] = []
  for (const [id, digest] of before) {
    const found = now.get(id)
    if (found === undefined) breaks.push({ jurisdiction, number, event: id, what: 'event-missing' })
    else if (!found.equals(digest)) breaks.push({ jurisdiction, number, event: id, what: 'event-changed' })
  }
  for (const id of now.keys())
    if (!before.has(id)) breaks.push({ jurisdiction, number, event: id, what: 'event-added' })
  return breaks
}

async function verifyChain(
  tx: Tx,
  jurisdiction: string,
  trusted: ReadonlySet<string> | undefined,
  kept: readonly KeptHead[],
): Promise<Verification> {
  const breaks: Break[] = []
  const sought = new Map(kept.map((head) => [`${head.number}:${head.head}`, head]))
  let [seals, events, number, upto, previous] = [0, 0, 0n, '0', noPrevious]
  for (;;) {
    const page = await rowsOf<SealRow>(tx, sealsAfter, [jurisdiction, number])
    for (const seal of page) {
      const at = { jurisdiction, number: String(seal.number) }
      for (let missing = number + 1n; missing < seal.number; missing += 1n)
        breaks.push({ jurisdiction, number: String(missing), what: 'seal-missing' })
      if (seal.number === number + 1n && (seal.previous !== previous || seal.from !== upto))
        breaks.push({ ...at, what: 'chain-broken' })
      if (rootOf(unpackLeaves(seal.leaves)) !== seal.root) breaks.push({ ...at, what: 'leaves-changed' })
      if (headOf({ ...seal, jurisdiction }) !== seal.head) breaks.push({ ...at, what: 'head-changed' })
      if (!isSignedBy(seal.public_key, seal.head, seal.signature)) breaks.push({ ...at, what: 'signature-false' })
      else if (trusted !== undefined && !trusted.has(seal.public_key)) breaks.push({ ...at, what: 'key-unknown' })
      breaks.push(...(await compareEvents(tx, jurisdiction, seal)))
      sought.delete(`${seal.number}:${seal.head}`)
      seals += 1
      events += seal.events
      ;({ number, upto, head: previous } = seal)
    }
    if (page.length === 0) break
  }
  for (const head of sought.values())
    breaks.push({ jurisdiction, number: String(head.number), what: 'kept-head-not-found' })
  const open = await rowOf<{ count: number }>(
    tx,
    'SELECT count(*)::int AS count FROM platform.event WHERE jurisdiction = $1 AND transaction >= $2::text::xid8',
    [jurisdiction, upto],
  )
  return { breaks, seals, events, unsealed: open?.count ?? 0 }
}

/**
 * Verifies all chains. `trusted`: public keys (hex) that may have signed; left out: any. `kept`: heads that left the machine earlier and must
 * be found in the chains: they alone prove that a chain was not made anew as a whole. Reads everything: some 20,000 events a second.
 */
export async function verifySeals(
  tx: Tx,
  options: { trusted?: ReadonlySet<string>; kept?: readonly KeptHead[] } = {},
): Promise<Verification> {
  const kept = options.kept ?? []
  const sealed = await rowsOf<{ jurisdiction: string }>(tx, 'SELECT DISTINCT jurisdiction FROM platform.seal')
  const all = new Set([
    ...sealed.map((row) => row.jurisdiction),
    ...(await listSealable(tx)),
    ...kept.map((head) => head.jurisdiction),
  ])
  const total = { breaks: [] as Break[], seals: 0, events: 0, unsealed: 0 }
  for (const jurisdiction of [...all].sort()) {
    const one = await verifyChain(
      tx,
      jurisdiction,
      options.trusted,
      kept.filter((head) => head.jurisdiction === jurisdiction),
    )
    total.breaks.push(...one.breaks)
    total.seals += one.seals
    total.events += one.events
    total.unsealed += one.unsealed
  }
  return total
}

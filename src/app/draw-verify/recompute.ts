// The independent redraw of a tender's panel and ties from what its page publishes: written apart from the server's own code.
import { createHash } from 'node:crypto'
import { z } from 'zod'

/** What GET /api/tenders/<id> answers once the draw is public, as far as the redraw needs it. */
export const drawFile = z.object({
  id: z.string(),
  number: z.string(),
  title: z.string(),
  commitment: z.string(),
  draw: z.object({
    secret: z.string(),
    seed: z.string(),
    listHash: z.string(),
    list: z.array(z.string()),
    size: z.number().int().min(1),
    bidHashes: z.array(z.string()),
    order: z.array(z.string()),
  }),
  /** Persons are named to desks only; the public sees how many sit and how many stepped down. */
  panel: z.array(z.object({ person: z.string().optional(), replaced: z.boolean() })).default([]),
  bids: z
    .array(
      z.object({
        id: z.string(),
        price: z.string().optional(),
        score: z.number().optional(),
        rank: z.number().optional(),
      }),
    )
    .default([]),
})
export type DrawFile = z.output<typeof drawFile>

/** A bidder's receipt, as far as the draw rests on it. */
export const receiptFile = z.object({ tender: z.string(), deposit: z.string(), sm3: z.string() })
export type Receipt = z.output<typeof receiptFile>

export type Fault = { readonly what: keyof typeof faultSentences; readonly which?: string }

export const faultSentences = {
  'secret-differs': 'the secret is not the one that was committed to when the tender was published',
  'commitment-differs': 'the commitment is not the one that you noted: it was exchanged afterwards',
  'list-not-in-order': 'the list of experts is not in its order, or names somebody twice: it is not the frozen one',
  'list-differs': 'the list of experts does not give the published hash: somebody was added, left out or exchanged',
  'seed-differs': 'the seed does not follow from secret, bids and list',
  'order-differs': 'the published order is not the one that the seed draws',
  'too-few': 'the list has fewer experts than are to be drawn',
  'bids-differ': 'the draw does not rest on as many bids as are published',
  'panel-differs': 'those who sit on the panel are not those who were drawn',
  'tie-differs': 'bids of equal score and price do not stand in the order that the seed draws',
  'receipt-missing': 'the bid of the receipt is not among those on which the draw rests',
  'receipt-elsewhere': 'the receipt belongs to another tender',
} as const

export const sm3 = (text: string): string => createHash('sm3').update(text, 'utf8').digest('hex')
export const same = (one: readonly string[], other: readonly string[]) =>
  one.length === other.length && one.every((each, index) => each === other[index])

/** Ascending tickets: the hash of the seed and the candidate. */
export function drawn(candidates: readonly string[], seed: string): string[] {
  const tickets = new Map(candidates.map((each) => [each, sm3(`${seed}\n${each}`)]))
  const ticket = (each: string) => tickets.get(each) ?? ''
  return candidates.toSorted((one, other) => (ticket(one) < ticket(other) ? -1 : 1))
}

/** Everything that does not agree, with the seed, list hash and order as they come out of the published data. */
export function redraw(
  file: DrawFile,
  given: { readonly receipts?: readonly Receipt[]; readonly commitment?: string } = {},
): { readonly faults: Fault[]; readonly listHash: string; readonly seed: string; readonly order: string[] } {
  const { draw, commitment } = file
  const faults: Fault[] = []
  const listHash = sm3(draw.list.join('\n'))
  const seed = sm3([draw.secret, ...draw.bidHashes.toSorted(), listHash].join('\n'))
  const order = drawn(draw.list, seed)
  if (given.commitment !== undefined && given.commitment !== commitment) faults.push({ what: 'commitment-differs' })
  if (sm3(draw.secret) !== commitment) faults.push({ what: 'secret-differs' })
  if (!same([...new Set(draw.list)].toSorted(), draw.list)) faults.push({ what: 'list-not-in-order' })
  if (listHash !== draw.listHash) faults.push({ what: 'list-differs' })
  if (seed !== draw.seed) faults.push({ what: 'seed-differs' })
  if (!same(order, draw.order)) faults.push({ what: 'order-differs' })
  if (draw.list.length < draw.size) faults.push({ what: 'too-few' })
  if (file.bids.length > 0 && file.bids.length !== draw.bidHashes.length) faults.push({ what: 'bids-differ' })
  if (!isPanelOf(file, order)) faults.push({ what: 'panel-differs' })
  // Where the seed differs, so does every tie: told once.
  if (seed === draw.seed) faults.push(...tieFaults(file, seed))
  for (const receipt of given.receipts ?? []) {
    if (receipt.tender !== file.id) faults.push({ what: 'receipt-elsewhere', which: receipt.deposit })
    else if (!draw.bidHashes.includes(receipt.sm3)) faults.push({ what: 'receipt-missing', which: receipt.deposit })
  }
  return { faults, listHash, seed, order }
}

/** Whoever stepped down is followed by the next one drawn; where persons are not named, as many sit as were to be drawn. */
function isPanelOf({ draw, panel }: DrawFile, order: readonly string[]): boolean {
  if (panel.length === 0) return true
  const sitting = panel.filter((each) => !each.replaced)
  if (sitting.length !== draw.size) return false
  const reached = order.slice(0, panel.length)
  return panel.every((each) => each.person === undefined || reached.includes(each.person))
}

function tieFaults({ bids }: DrawFile, seed: string): Fault[] {
  const ranked = bids
    .filter((bid) => bid.rank !== undefined)
    .toSorted((one, other) => (one.rank ?? 0) - (other.rank ?? 0))
  return ranked.flatMap((bid, index): Fault[] => {
    const before = ranked[index - 1]
    if (before === undefined || before.score !== bid.score || before.price !== bid.price) return []
    return drawn([before.id, bid.id], seed)[0] === before.id ? [] : [{ what: 'tie-differs', which: bid.id }]
  })
}

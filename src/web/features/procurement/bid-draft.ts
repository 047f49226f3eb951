// A bidder's draft: kept in this browser only, checked before it is sealed, since nobody can check it afterwards.
import { parseYuan } from '../../../kit/money.ts'
import { mostAttached, mostAttachments } from '../../../loop/procurement/contract/sealed-bids.ts'
import type { Draft, TeamLine } from './sealing/keep.ts'
import type { Paper } from './sealing/bid.ts'

export type DraftWords = Omit<Draft, 'key'>
export type DraftFault = 'price' | 'price-above' | 'proposal' | 'team' | 'files'

export const emptyDraft: DraftWords = { price: '', proposal: '', team: [{ people: 1 }], files: [] }

/** "46000" and "46,000.5" as the wire writes them. */
export function priceText(typed: string): string {
  const plain = typed.replaceAll(/[,，\s]/g, '')
  if (!/^\d{1,12}(\.\d{1,2})?$/.test(plain)) return plain
  const [whole = '', cents = ''] = plain.split('.')
  return `${BigInt(whole)}.${cents.padEnd(2, '0')}`
}

const isWhole = (line: TeamLine) =>
  (line.post ?? '').trim().length >= 2 && Number.isInteger(line.people) && (line.people ?? 0) >= 1

/** Everything that is wrong at once. `budget`: the ceiling, as wire text. */
export function faultsOf(draft: DraftWords, budget: string): DraftFault[] {
  const price = parseYuan(priceText(draft.price))
  const size = draft.files.reduce((all, file) => all + file.size, 0)
  return [
    ...(price === undefined || price <= 0n ? (['price'] as const) : []),
    ...(price !== undefined && price > (parseYuan(budget) ?? 0n) ? (['price-above'] as const) : []),
    ...(draft.proposal.trim().length < 10 ? (['proposal'] as const) : []),
    ...(draft.team.length === 0 || !draft.team.every(isWhole) ? (['team'] as const) : []),
    ...(draft.files.length > mostAttachments || size > mostAttached || draft.files.some((file) => file.size === 0)
      ? (['files'] as const)
      : []),
  ]
}

/** The draft as it is sealed. */
export function paperOf(draft: DraftWords): Paper {
  return {
    price: priceText(draft.price),
    proposal: draft.proposal.trim(),
    team: draft.team.map(({ post = '', people = 1, certificate }) => ({
      post: post.trim(),
      people,
      ...(certificate?.trim() ? { certificate: certificate.trim() } : {}),
    })),
    files: draft.files.map(({ name, type, size }) => ({ name: name.slice(-120), type: type.slice(0, 100), size })),
  }
}

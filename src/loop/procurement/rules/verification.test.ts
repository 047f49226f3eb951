// What is held against the sealed events, by cases: each field of a bid and of a sheet counts, and each kind of fault is told apart.
import { describe, expect, it, test } from 'vitest'
import type { Instant } from '../../../kit/instant.ts'
import { fen } from '../../../kit/money.ts'
import type { Bid, Tender } from '../rules.ts'
import { drawOrder, listHash, seedOf } from './draw.ts'
import * as rules from './verification.ts'

/** Stands in for SM3 and for the key: what differs, differs. */
const hash = (text: string) => `#${text}`

const bid = (id: string, price: bigint): Bid =>
  ({
    id: id as Bid['id'],
    tender: 't' as Tender['id'],
    organization: `o-${id}`,
    organizationName: `机构${id}`,
    price: fen(price),
    proposal: '每天送餐',
    receivedAt: '2027-01-10T00:00:00.000Z' as Instant,
    faults: [],
    hash: `h-${id}`,
  }) as Partial<Bid> as Bid

const bids = [bid('a', 100_00n), bid('b', 90_00n)]
const sheets: rules.KeptSheet[] = ['p', 'q'].flatMap((panelist) => [
  { round: 1, bid: 'a', panelist, points: [90], note: '扎实' },
  { round: 1, bid: 'b', panelist, points: [70] },
])
const list = ['p', 'q', 'r']
const seed = seedOf({ secret: 's', bidHashes: bids.map((each) => each.hash), list }, hash)
const order = drawOrder(list, seed, hash)
const panel = order.slice(0, 2)
const tender = {
  id: 't' as Tender['id'],
  round: 1,
  criteria: [
    { name: '方案', kind: 'panel', weight: 80 },
    { name: '报价', kind: 'price', weight: 20 },
  ],
  commitment: hash('s'),
  draw: { secret: 's', list, seed, order, size: 2, listHash: listHash(list, hash), excluded: [] },
  panel,
  replaced: [],
} as Partial<Tender> as Tender
const own = sheets.map((sheet) => ({
  ...sheet,
  panelist: sheet.panelist === 'p' ? (panel[0] ?? '') : (panel[1] ?? ''),
}))

const event = (name: string, more: Partial<rules.KeptEvent> = {}): rules.KeptEvent => ({
  name: `procurement.${name}`,
  of: { kind: 'tender', id: 't' },
  data: {},
  ...more,
})
const events = [
  event('publishTender', { data: { commitment: hash('s') } }),
  ...bids.map((each) =>
    event('enterBid', { of: { kind: 'bid', id: each.id }, data: { kept: hash(rules.bidText(each)) } }),
  ),
  event('confirmOpening', { data: { bids: 2 } }),
  event('appointPanel', { data: { seed, listHash: listHash(list, hash) } }),
  ...own.map((sheet) =>
    event('scoreBid', {
      actor: sheet.panelist,
      data: { bid: sheet.bid, round: 1, kept: hash(rules.sheetText('t', sheet)) },
    }),
  ),
]
const whats = (faults: readonly rules.Fault[]) => faults.map(({ what }) => what)

describe('bids', () => {
  it('agree as they came in', () => {
    expect(rules.bidFaults(bids, events, hash)).toEqual({ faults: [], uncovered: 0 })
    expect(rules.missingBids(bids, events)).toEqual([])
  })

  test.each<[keyof Bid, Partial<Bid>]>([
    ['tender', { tender: 'u' as never }],
    ['organization', { organization: 'x' }],
    ['organizationName', { organizationName: '别家' }],
    ['price', { price: fen(99_99n) }],
    ['proposal', { proposal: '每天送餐。' }],
    ['receivedAt', { receivedAt: '2027-01-09T23:59:59.000Z' as Instant }],
    ['faults', { faults: ['not-active'] }],
    ['hash', { hash: 'other' }],
  ])('another %s is a changed bid', (_field, change) => {
    const [first, ...others] = bids
    const changed = [{ ...(first ?? bid('a', 1n)), ...change }, ...others]
    expect(rules.bidFaults(changed, events, hash).faults).toEqual([{ what: 'bid-changed', bid: 'a' }])
  })

  it('the same moment written otherwise is no change', () => {
    const [first, ...others] = bids
    const written = [{ ...(first ?? bid('a', 1n)), receivedAt: '2027-01-10T08:00:00+08:00' as Instant }, ...others]
    expect(rules.bidFaults(written, events, hash).faults).toEqual([])
  })

  it('one that nobody handed in, one from before hashes were kept, one that is gone by name or by number', () => {
    expect(whats(rules.bidFaults([...bids, bid('c', 1n)], events, hash).faults)).toEqual(['bid-added'])
    const bare = events.map((each) => ({ ...each, data: { ...each.data, kept: undefined } }))
    expect(rules.bidFaults(bids, bare, hash)).toEqual({ faults: [], uncovered: 2 })
    expect(rules.missingBids(bids.slice(1), events)).toEqual([{ what: 'bid-missing', bid: 'a' }])
    const unscored = events.filter(({ name }) => name !== 'procurement.scoreBid')
    expect(rules.missingBids(bids.slice(1), unscored)).toEqual([{ what: 'bid-missing' }])
  })
})

describe('sheets', () => {
  const faultsOf = (changed: readonly rules.KeptSheet[]) => rules.sheetFaults(tender, changed, events, hash)

  it('agree as they were handed in', () => {
    expect(faultsOf(own)).toEqual({ faults: [], uncovered: 0 })
  })

  test.each<[string, Partial<rules.KeptSheet>]>([
    ['points', { points: [91] }],
    ['note', { note: undefined }],
  ])('other %s are a changed sheet', (_field, change) => {
    expect(whats(faultsOf(own.map((sheet, at) => (at === 0 ? { ...sheet, ...change } : sheet))).faults)).toEqual([
      'sheet-changed',
    ])
  })

  it('one of another round or panelist was never handed in, and its own is missing', () => {
    for (const change of [{ round: 2 }, { panelist: 'z' }])
      expect(whats(faultsOf(own.map((sheet, at) => (at === 0 ? { ...sheet, ...change } : sheet))).faults)).toEqual([
        'sheet-added',
        'sheet-missing',
      ])
    expect(whats(faultsOf(own.slice(1)).faults)).toEqual(['sheet-missing'])
  })

  it('those from before hashes were kept are counted, not judged', () => {
    const bare = events.map((each) => ({ ...each, data: { ...each.data, kept: undefined } }))
    expect(rules.sheetFaults(tender, own, bare, hash)).toEqual({ faults: [], uncovered: 4 })
  })
})

describe('the draw', () => {
  const faultsOf = (change: Partial<Tender>, told = events) =>
    whats(rules.drawFaults({ ...tender, ...change }, bids, told, hash))
  const { draw } = tender
  if (draw === undefined) throw new Error('drawn')

  it('agrees, also after somebody made way', () => {
    expect(faultsOf({})).toEqual([])
    const [gone = '', stays = '', next = ''] = order
    expect(faultsOf({ replaced: [gone], panel: [next, stays] })).toEqual([])
  })

  test.each<[string, Partial<Tender>]>([
    ['another secret', { draw: { ...draw, secret: 'x' } }],
    ['another seed', { draw: { ...draw, seed: 'x' } }],
    ['another list', { draw: { ...draw, list: ['p', 'q'] } }],
    ['another commitment', { commitment: 'x' }],
    ['a panelist who was not drawn', { panel: [panel[0] ?? '', order[2] ?? ''] }],
    ['a panelist less', { panel: panel.slice(1) }],
    ['no draw at all', { draw: undefined }],
  ])('%s', (_what, change) => {
    expect(faultsOf(change)).toEqual(['draw-differs'])
  })

  it('an event that tells another draw, and a commitment that was published otherwise', () => {
    const told = (name: string, data: Record<string, unknown>) =>
      events.map((each) => (each.name === `procurement.${name}` ? { ...each, data: { ...each.data, ...data } } : each))
    expect(faultsOf({}, told('appointPanel', { seed: 'x' }))).toEqual(['draw-differs'])
    expect(faultsOf({}, told('appointPanel', { listHash: 'x' }))).toEqual(['draw-differs'])
    expect(faultsOf({}, told('publishTender', { commitment: 'x' }))).toEqual(['draw-differs'])
    expect(faultsOf({ draw: undefined }, [])).toEqual([])
  })
})

describe('the award', () => {
  // 90 points x 80 % + 20 x 90/100 = 72 + 18 = 90; 70 x 80 % + 20 = 76.
  const ranking = [
    { bid: 'a' as Bid['id'], rank: 1, score: 9000 },
    { bid: 'b' as Bid['id'], rank: 2, score: 7600 },
  ]
  const award = {
    ...{ bid: 'a' as Bid['id'], organization: 'o-a', price: fen(100_00n), score: 9000, ranking },
    at: '2027-02-01T00:00:00.000Z' as Instant,
  }
  const notice = event('proposeAward', {
    amount: 100_00n,
    organization: 'o-a',
    data: { bid: 'a', score: 9000 },
  })
  const faultsOf = (change: Partial<typeof award>, scored: readonly rules.KeptSheet[] = own, told = notice) =>
    whats(rules.awardFaults({ ...tender, award: { ...award, ...change } } as Tender, bids, scored, [told], hash))

  it('follows from the scores and is the one of the notice', () => {
    expect(faultsOf({})).toEqual([])
  })

  test.each<[string, Partial<typeof award>]>([
    ['another bid', { bid: 'b' as Bid['id'] }],
    ['another organization', { organization: 'o-b' }],
    ['another price', { price: fen(1n) }],
    ['another score', { score: 9100 }],
    ['another ranking', { ranking: ranking.toReversed() }],
  ])('%s', (_what, change) => {
    expect(faultsOf(change)).toEqual(['award-differs'])
  })

  it('other scores, none, a round that is not the last, or another notice', () => {
    expect(
      faultsOf(
        {},
        own.map((sheet) => ({ ...sheet, points: [80] })),
      ),
    ).toEqual(['award-differs'])
    expect(
      faultsOf(
        {},
        own.map((sheet) => ({ ...sheet, round: 2 })),
      ),
    ).toEqual(['award-differs'])
    for (const told of [
      { amount: 1n },
      { organization: 'x' },
      { data: { bid: 'b', score: 9000 } },
      { data: { bid: 'a' } },
    ])
      expect(faultsOf({}, own, { ...notice, ...told })).toEqual(['award-differs'])
    expect(whats(rules.awardFaults(tender, bids, own, [notice], hash))).toEqual(['award-differs'])
  })
})

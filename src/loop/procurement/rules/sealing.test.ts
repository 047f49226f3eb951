// Rules of sealed bids as tables: seats, the tender's key, envelopes, the opening, and the ends for want of bids or keys.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Actor } from '../../../kit/actor.ts'
import { asDivision, makeId, type Jurisdiction } from '../../../kit/id.ts'
import { addDays, addMilliseconds, instant } from '../../../kit/instant.ts'
import { fen } from '../../../kit/money.ts'
import { keySeats, type KeySeatName } from '../contract/sealing.ts'
import * as rules from '../rules.ts'
import { keyWaiting, waitingOfTender } from '../waiting.ts'
import { failTender } from './award.ts'
import { bytesIn } from './envelope.ts'
import * as sealing from './sealing.ts'

const now = instant('2026-11-23T02:00:00.000Z')
const uuid = (n: number) => `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`
const division = asDivision('320505001001')
const roleOf = { procurer: 'township-procurer', overseer: 'county-overseer', community: 'community-head' } as const
const actor = (role: string, n: number, permission = 'procurement.holdKey'): Actor => ({
  kind: 'person',
  personId: makeId<'person'>('320000' as Jurisdiction, uuid(n)),
  sessionId: 's',
  verified: true,
  adult: true,
  grants: [{ role, reach: 'place', permissions: new Set([permission]), division: asDivision('320505') }],
})
const [procurer, overseer, community] = keySeats.map((seat, index) => actor(roleOf[seat], index + 1)) as [
  Actor,
  Actor,
  Actor,
]
const personId = (who: Actor) => (who.kind === 'person' ? who.personId : '')
const key = (letter: string) => letter.repeat(43)
const share = 'S'.repeat(108)
const hash = (digit: string) => digit.repeat(64)

function tender(more: Partial<rules.Tender> = {}): rules.Tender {
  return {
    id: makeId('320505' as Jurisdiction, uuid(9)),
    number: { year: 2026, value: 9 },
    division,
    state: 'planning',
    version: 1,
    project: 'p',
    projectNumber: '项2026-0001',
    title: '助餐',
    item: 'A01',
    mode: 'contracting-out',
    categories: ['0102'],
    budget: fen(6_000_000n),
    procedure: 'open',
    description: '每天送餐上门的服务',
    criteria: [{ name: '方案', kind: 'panel', weight: 100 }],
    requirements: { certificates: 0 },
    sealing: { threshold: 2 },
    procurers: [],
    designers: [],
    createdAt: now,
    termsNumber: 1,
    bindingNumber: 1,
    pending: [],
    panel: [],
    replaced: [],
    round: 1,
    history: [{ state: 'planning', at: now }],
    ...more,
  }
}

const seat = (name: KeySeatName, more: Partial<sealing.KeySeat> = {}): sealing.KeySeat => ({
  seat: name,
  person: uuid(keySeats.indexOf(name) + 1),
  openerKey: key(String(keySeats.indexOf(name))),
  registeredAt: now,
  ...more,
})
const of = (who: Actor, name: KeySeatName, more: Partial<sealing.KeySeat> = {}) =>
  seat(name, { person: personId(who), ...more })
const registered = [of(procurer, 'procurer'), of(overseer, 'overseer'), of(community, 'community')]
const made = registered.map((each, index) => ({ ...each, sealedShare: share, shareHash: hash(String(index)) }))
const confirmed = made.map((each) => ({ ...each, confirmedAt: now }))
const terms = {
  noticeDays: 20,
  panelSize: 5,
  minimumBids: 3,
  standstillDays: 7,
  objectionDays: 7,
  outlierPercent: 20,
  questionDays: 3,
  answerDays: 3,
  changeDays: 5,
  complaintDays: 15,
  complaintDecisionDays: 30,
}
const bidding = tender({
  state: 'published',
  publishedAt: now,
  deadline: addDays(now, 20),
  terms,
  sealing: { threshold: 2, publicKey: key('K'), madeAt: now, confirmedAt: now },
})
const closed = { ...bidding, state: 'closed' as const, closedAt: addDays(now, 21) }
const later = addDays(now, 21)
const session = { key: key('Z'), seat: 'procurer', person: personId(procurer), at: later }
const opening = { ...closed, sealing: { threshold: 2, publicKey: key('K'), envelopes: 3, settled: 0, session } }
const codeOf = (ruling: { ok: boolean; code?: string; fields?: readonly { code: string }[] }) =>
  ruling.ok ? 'ok' : ruling.code === 'invalid-input' ? ruling.fields?.map((field) => field.code).join(' ') : ruling.code

describe('the ceremony', () => {
  test.each([
    ['paper', tender({ sealing: undefined }), procurer, key('A'), [], 'not-sealed'],
    ['too late', bidding, procurer, key('A'), [], 'not-in-this-state'],
    ['no seat', tender(), actor('township-reviewer', 8), key('A'), [], 'no-seat'],
    ['elsewhere', tender({ division: asDivision('320506001001') }), procurer, key('A'), [], 'no-seat'],
    ['a short key', tender(), procurer, 'abc', [], 'malformed'],
    ['confirmed', tender({ sealing: { threshold: 2, confirmedAt: now } }), procurer, key('A'), [], 'keys-confirmed'],
    ['in two seats', tender(), procurer, key('A'), [of(procurer, 'overseer')], 'duties-separated'],
    [
      'a foreign key',
      tender(),
      procurer,
      key('A'),
      [of(overseer, 'overseer', { openerKey: key('A') })],
      'key-of-another',
    ],
    ['anew', tender(), procurer, key('A'), [of(procurer, 'procurer', { openerKey: key('A') })], 'ok'],
    ['first', tender(), overseer, key('A'), [], 'ok'],
  ] as const)('registering a key, %s', (_, of9, who, given, seats, expected) => {
    expect(codeOf(sealing.registerOpenerKey(of9, who, now, given, seats))).toBe(expected)
  })

  test('a new key in a seat voids the tender’s key', () => {
    const before = tender({ sealing: { threshold: 2, publicKey: key('K'), madeAt: now } })
    const ruling = sealing.registerOpenerKey(before, community, now, key('N'), made)
    expect(ruling).toMatchObject({ ok: true, value: { seat: { seat: 'community', openerKey: key('N') } } })
    expect(ruling.ok && ruling.value.tender.sealing).toEqual({ threshold: 2 })
    expect(ruling.ok && ruling.value.tender.version).toBe(2)
  })

  const given = registered.map((each, index) => ({
    seat: each.seat,
    openerKey: each.openerKey,
    sealed: share,
    hash: hash(String(index)),
  }))
  test.each([
    ['all is there', tender(), given, registered, 'ok'],
    ['a seat is empty', tender(), given, registered.slice(0, 2), 'seats-missing'],
    ['confirmed', tender({ sealing: { threshold: 2, confirmedAt: now } }), given, registered, 'keys-confirmed'],
    ['two shares', tender(), given.slice(0, 2), registered, 'shares-wrong'],
    ['one share twice', tender(), given.map((each) => ({ ...each, hash: hash('1') })), registered, 'shares-wrong'],
    ['a short share', tender(), given.map((each) => ({ ...each, sealed: 'abc' })), registered, 'shares-wrong'],
    ['another key now', tender(), given.map((each) => ({ ...each, openerKey: key('X') })), registered, 'seat-changed'],
  ] as const)('making the key when %s', (_, of9, shares, seats, expected) => {
    expect(codeOf(sealing.makeTenderKey(of9, overseer, now, { key: key('K'), shares }, seats))).toBe(expected)
  })
  test('a tender’s key has 32 bytes', () => {
    expect(codeOf(sealing.makeTenderKey(tender(), overseer, now, { key: 'abc', shares: given }, registered))).toBe(
      'malformed',
    )
  })

  const keyed = tender({ sealing: { threshold: 2, publicKey: key('K'), madeAt: now } })
  const body = { key: key('K'), hash: hash('0') }
  test.each([
    ['right', procurer, body, made, 'ok'],
    ['no share yet', procurer, body, registered, 'seats-missing'],
    ['another person in the seat', actor(roleOf.procurer, 7), body, made, 'seat-changed'],
    ['another tender’s key', procurer, { ...body, key: key('X') }, made, 'seat-changed'],
    ['another share', procurer, { ...body, hash: hash('9') }, made, 'share-differs'],
    ['twice', procurer, body, confirmed, 'already-confirmed'],
  ] as const)('confirming: %s', (_, who, given2, seats, expected) => {
    expect(codeOf(sealing.confirmTenderKey(keyed, who, now, given2, seats))).toBe(expected)
  })
  test('the last confirmation makes the key stand, and only it', () => {
    const two = made.map((each) => (each.seat === 'procurer' ? each : { ...each, confirmedAt: now }))
    const last = sealing.confirmTenderKey(keyed, procurer, now, body, two)
    expect(last.ok && last.value.tender.sealing?.confirmedAt).toBe(now)
    const first = sealing.confirmTenderKey(keyed, procurer, now, body, made)
    expect(first.ok && first.value.tender.sealing?.confirmedAt).toBeUndefined()
    expect(codeOf(rules.standing(keyed, 'publishTender', procurer, now))).toBe('keys-not-confirmed')
    expect(codeOf(rules.standing(tender({ sealing: undefined }), 'publishTender', procurer, now))).toBe('ok')
  })

  test('who waits for whom', () => {
    const verbs = (seats: readonly sealing.KeySeat[]) =>
      keyWaiting(keyed, seats).map((each) => [each.verb, each.person])
    expect(verbs([])).toEqual([['registerOpenerKey', undefined]])
    expect(verbs(registered)).toEqual([['makeTenderKey', undefined]])
    expect(verbs(made)).toEqual(made.map((each) => ['confirmTenderKey', each.person]))
    expect(verbs(confirmed)).toEqual([['publishTender', undefined]])
    expect(waitingOfTender(tender()).map((each) => each.verb)).toEqual(['registerOpenerKey'])
    expect(waitingOfTender(closed).map((each) => each.verb)).toEqual(['startOpening'])
    expect(waitingOfTender(opening).map((each) => each.verb)).toEqual(['openBid'])
    const done = { ...opening, sealing: { ...opening.sealing, settled: 3 } }
    expect(waitingOfTender(done).map((each) => each.verb)).toEqual(['confirmOpening'])
  })

  test.each([
    ['while bidding', bidding, community, confirmed, 'ok'],
    ['after the closing', closed, community, confirmed, 'ok'],
    ['before', tender(), community, confirmed, 'not-in-this-state'],
    ['twice', closed, community, confirmed.map((each) => ({ ...each, lostAt: now })), 'already-lost'],
    ['after handing in', closed, community, confirmed.map((each) => ({ ...each, handedAt: now })), 'already-handed'],
    ['never registered', closed, community, [], 'no-seat'],
  ] as const)('declaring a key lost, %s', (_, of9, who, seats, expected) => {
    expect(codeOf(sealing.declareKeyLost(of9, who, now, seats))).toBe(expected)
  })
})

const organization = makeId<'organization'>('320000' as Jurisdiction, uuid(50))
const bidder: Actor = {
  ...(actor('organization-administrator', 40, 'procurement.depositBid') as Extract<Actor, { kind: 'person' }>),
  grants: [
    {
      role: 'organization-administrator',
      reach: 'organization',
      permissions: new Set(['procurement.depositBid']),
      division: asDivision('320505'),
      organizationId: organization,
    },
  ],
}
const header = {
  tender: bidding.id,
  key: key('K'),
  organization,
  deposit: 'D'.repeat(22),
  commitment: hash('c'),
  enc: key('E'),
  wrapped: 'W'.repeat(64),
  iv: 'I'.repeat(16),
}

describe('envelopes', () => {
  test.each([
    ['whole', bidding, header, 'ok'],
    ['on paper', tender({ state: 'published', sealing: undefined }), header, 'not-sealed'],
    ['before publication', tender(), header, 'not-in-this-state'],
    [
      'for another tender',
      bidding,
      { ...header, tender: makeId<'tender'>('320505' as Jurisdiction, uuid(1)) },
      'bid-for-another-tender',
    ],
    ['for another key', bidding, { ...header, key: key('X') }, 'bid-for-another-key'],
    [
      'of another',
      bidding,
      { ...header, organization: makeId<'organization'>('320000' as Jurisdiction, uuid(51)) },
      'bid-of-another',
    ],
    [
      'short',
      bidding,
      { ...header, deposit: 'D', enc: 'E', wrapped: 'W', iv: 'I' },
      'malformed malformed malformed malformed',
    ],
  ] as const)('%s', (_, of9, given, expected) => {
    expect(codeOf(sealing.depositBid(of9, bidder, now, given, sealing.biddingFor(bidder), 1))).toBe(expected)
  })

  test('to the millisecond: at the deadline yes, after it no; while an objection is open the deadline stands still', () => {
    const at = (of9: rules.Tender, moment: typeof now) =>
      codeOf(sealing.depositBid(of9, bidder, moment, header, organization, 1))
    const deadline = bidding.deadline ?? now
    expect(at(bidding, deadline)).toBe('ok')
    expect(at(bidding, addMilliseconds(deadline, 1))).toBe('bid-late')
    expect(at(closed, addMilliseconds(deadline, 1))).toBe('bid-late')
    expect(at({ ...bidding, stoppedAt: now }, addMilliseconds(deadline, 1))).toBe('ok')
    expect(codeOf(sealing.withdrawBid(bidding, bidder, deadline, true))).toBe('ok')
    expect(codeOf(sealing.withdrawBid(bidding, bidder, deadline, false))).toBe('no-bid-held')
    expect(codeOf(sealing.withdrawBid(bidding, bidder, addMilliseconds(deadline, 1), true))).toBe('bid-late')
    expect(codeOf(sealing.withdrawBid(tender({ sealing: undefined }), bidder, now, true))).toBe('not-sealed')
    expect(codeOf(sealing.depositBid(bidding, procurer, now, header, sealing.biddingFor(procurer), 1))).toBe(
      'forbidden',
    )
  })

  test('a base64url text stands for as many bytes as Node says', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 300 }),
        (bytes) => bytesIn(Buffer.from(bytes).toString('base64url')) === bytes.length,
      ),
    )
  })
})

describe('the opening', () => {
  test.each([
    ['enough', closed, procurer, key('Z'), { all: 3, settled: 0 }, 'ok'],
    ['again in the middle', opening, overseer, key('Y'), { all: 3, settled: 2 }, 'ok'],
    ['too few', closed, procurer, key('Z'), { all: 2, settled: 0 }, 'too-few-envelopes'],
    ['all done', closed, procurer, key('Z'), { all: 3, settled: 3 }, 'all-settled'],
    ['a short key', closed, procurer, 'abc', { all: 3, settled: 0 }, 'malformed'],
    ['no seat', closed, actor('township-reviewer', 8), key('Z'), { all: 3, settled: 0 }, 'no-seat'],
  ] as const)('beginning, %s', (_, of9, who, given, there, expected) => {
    expect(codeOf(sealing.startOpening(of9, who, later, given, there))).toBe(expected)
  })
  test('never before the deadline; it counts what was settled before', () => {
    expect(codeOf(sealing.startOpening(bidding, procurer, now, key('Z'), { all: 3, settled: 0 }))).toBe(
      'before-deadline',
    )
    const again = sealing.startOpening(opening, overseer, later, key('Y'), { all: 3, settled: 2 })
    expect(again.ok && again.value.sealing).toMatchObject({
      envelopes: 3,
      settled: 2,
      session: { key: key('Y'), seat: 'overseer' },
    })
  })

  test.each([
    ['right', opening, overseer, key('Z'), share, confirmed, 'ok'],
    ['no session', closed, overseer, key('Z'), share, confirmed, 'no-session'],
    ['another session', opening, overseer, key('Y'), share, confirmed, 'session-changed'],
    ['short', opening, overseer, key('Z'), 'abc', confirmed, 'malformed'],
    ['no share', opening, overseer, key('Z'), share, [], 'no-seat'],
  ] as const)('handing in a share: %s', (_, of9, who, given, handed, seats, expected) => {
    const ruling = sealing.contributeShare(of9, who, later, { session: given, share: handed }, seats)
    expect(codeOf(ruling)).toBe(expected)
  })
  test('a lost share that is handed in is lost no more', () => {
    const lost = confirmed.map((each) => ({ ...each, lostAt: now }))
    const ruling = sealing.contributeShare(opening, overseer, later, { session: key('Z'), share }, lost)
    expect(ruling).toMatchObject({ ok: true, value: { handedShare: share, handedAt: later, lostAt: undefined } })
  })

  const handed = (count: number) =>
    confirmed.map((each, index) => (index < count ? { ...each, handedAt: later } : each))
  test.each([
    ['enough shares', opening, procurer, 2, 'held', 'ok'],
    ['one share', opening, procurer, 1, 'held', 'shares-missing'],
    ['not leading', opening, overseer, 2, 'held', 'not-the-officer'],
    ['no session', closed, procurer, 2, 'held', 'no-session'],
    ['opened before', opening, procurer, 2, 'opened', 'envelope-settled'],
    ['void before', opening, procurer, 2, 'void', 'envelope-settled'],
  ] as const)('settling an envelope: %s', (_, of9, who, count, state, expected) => {
    for (const verb of ['openBid', 'voidBid'] as const)
      expect(codeOf(sealing.settleEnvelope(of9, verb, who, later, handed(count), state))).toBe(expected)
  })
  test('each settled envelope counts; the opening is confirmed when none is left, by a third', () => {
    const one = sealing.settleEnvelope(opening, 'openBid', procurer, later, handed(2), 'held')
    expect(one.ok && one.value.sealing?.settled).toBe(1)
    const standing = (settled: number, who: Actor) =>
      codeOf(rules.standing({ ...opening, sealing: { ...opening.sealing, settled } }, 'confirmOpening', who, later))
    expect(standing(2, overseer)).toBe('envelopes-left')
    expect(standing(3, overseer)).toBe('ok')
    expect(standing(3, procurer)).toBe('duties-separated')
    expect(codeOf(rules.standing(closed, 'confirmOpening', overseer, later))).toBe('envelopes-left')
    expect(codeOf(rules.standing(closed, 'enterBid', procurer, later))).toBe('bids-are-sealed')
  })

  test.each([
    ['keys-lost', { envelopes: 3, keysLeft: 1 }, 'ok'],
    ['keys-lost', { envelopes: 3, keysLeft: 2 }, 'keys-enough'],
    ['keys-lost', undefined, 'keys-enough'],
    ['too-few-bids', { envelopes: 2, keysLeft: 3 }, 'ok'],
    ['too-few-bids', { envelopes: 3, keysLeft: 3 }, 'enough-bids'],
    ['other', { envelopes: 3, keysLeft: 3 }, 'ok'],
  ] as const)('failing for %s with %o', (reason, stock, expected) => {
    expect(codeOf(failTender(closed, procurer, later, { reason, words: '说明' }, [], stock))).toBe(expected)
  })

  test('who sits where, and who oversees', () => {
    expect([procurer, overseer, community].map((who) => sealing.seatOf(closed, who))).toEqual([...keySeats])
    expect(sealing.seatOf(closed, actor('panelist', 8))).toBeUndefined()
    expect([procurer, bidder].map((who) => sealing.oversees(closed, who))).toEqual([true, false])
    expect(sealing.keysLeft(confirmed.map((each, index) => (index === 0 ? { ...each, lostAt: now } : each)))).toBe(2)
  })
})

// Tests of how events become releases and releases merge, where a whole thread does not come by.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { instant } from '../../kit/instant.ts'
import { fen } from '../../kit/money.ts'
import { plainDateOf } from '../../kit/plain-date.ts'
import type { ContractFacts, ProcessEvent, ProcessFacts } from './rules/facts.ts'
import { compileReleases, type JsonObject } from './rules/merge.ts'
import { absolute, detailOf, partsOfRelease, tenderOfOcid } from './rules/package.ts'
import { type Release, releaseOf } from './rules/release.ts'

const contract: ContractFacts = {
  id: 'contract',
  number: '合2027-0001',
  title: '老人助餐',
  organization: 'winner',
  originalValue: fen(100_00n),
  start: plainDateOf('2027-03-01'),
  end: plainDateOf('2027-12-31'),
  signedAt: instant('2027-02-20T02:00:00.000Z'),
  milestones: [
    { id: 'm1', title: '开班', deliverable: '名册', due: plainDateOf('2027-06-30'), state: 'planned' },
    { id: 'm2', title: '结项', deliverable: '报告', due: plainDateOf('2027-12-31'), state: 'planned' },
  ],
  amendments: [],
}
const facts = (more: Partial<ProcessFacts> = {}): ProcessFacts => ({
  say: (key) => key,
  ocid: 'ocds-000000-tender',
  buyer: { id: 'division-320505001', name: '横塘街道' },
  project: {
    id: 'project',
    number: '项2027-0001',
    title: '老人助餐',
    goals: '吃上热饭',
    budget: fen(120_00n),
    source: '财政转移支付',
    needs: [],
    start: plainDateOf('2027-03-01'),
    end: plainDateOf('2027-12-31'),
    item: { code: 'A01', name: '助餐' },
  },
  tender: {
    id: 'tender',
    number: '采2027-0001',
    title: '老人助餐',
    budget: fen(120_00n),
    method: '公开招标',
    versions: [{ description: '送餐上门', award: '方案 100 分', eligibility: '依法登记', changed: '' }],
    endReason: '中标人放弃',
    bidders: ['winner', 'loser'],
  },
  contracts: new Map([[contract.id, contract]]),
  organizations: new Map([
    ['winner', { id: 'organization-winner', name: '甲中心', uscc: '5232050850001234XC' }],
    ['loser', { id: 'organization-loser', name: '乙中心' }],
  ]),
  before: [],
  ...more,
})

let minutes = 0
function event(name: string, more: Partial<ProcessEvent> = {}): ProcessEvent {
  minutes += 1
  return {
    id: `event-${minutes}`,
    name,
    at: instant(Date.UTC(2027, 0, 1) + minutes * 60_000),
    of: name.startsWith('contracts.') ? 'contract' : 'tender',
    data: {},
    ...more,
  }
}
const tell = (events: readonly ProcessEvent[], more: Partial<ProcessFacts> = {}): (Release | undefined)[] =>
  events.map((_, at) => releaseOf(facts(more), events, at))
const compiled = (releases: readonly (Release | undefined)[]) =>
  compileReleases(releases.flatMap((release) => (release === undefined ? [] : [release.content])))

const published = () => event('procurement.publishTender', { data: { deadline: '2027-01-21T16:00:00.000Z' } })
const notice = () => event('procurement.proposeAward', { organization: 'winner', amount: fen(100_00n) })
const signed = () => [published(), notice(), event('procurement.confirmAward'), event('contracts.activateContract')]
const transfer = (data: Record<string, unknown>) =>
  event('funds.approveTransfer', { of: 'transfer', amount: fen(12_05n), data: { contract: 'contract', ...data } })
const milestone = (verb: string, from: string, to: string) =>
  event(`contracts.${verb}`, { data: { milestone: 'm1', milestoneFrom: from, milestoneTo: to } })

describe('an award', () => {
  it('that the panel must judge again is cancelled, and the next one is another award', () => {
    const upheld = () =>
      event('procurement.decideObjection', {
        stateFrom: 'standstill',
        stateTo: 'scoring',
        data: { decision: 'upheld', remedy: 'score-again' },
      })
    const releases = tell([published(), notice(), upheld(), notice(), event('procurement.confirmAward')])
    expect(releases.map((release) => release?.tags[0])).toEqual([
      'tender',
      'award',
      'awardCancellation',
      'award',
      'awardUpdate',
    ])
    expect(compiled(releases)['awards']).toMatchObject([
      { id: 'tender-award-1', status: 'cancelled' },
      { id: 'tender-award-2', status: 'active' },
    ])
  })

  it('falls with the tender when the winner withdraws or an objection ends it', () => {
    for (const end of [
      event('procurement.failTender'),
      event('procurement.decideObjection', { stateTo: 'failed', data: { decision: 'upheld', remedy: 'fail' } }),
    ]) {
      const before = event('procurement.publishTender', { data: {} })
      const releases = tell([before, { ...notice(), at: before.at }, { ...end, at: before.at }])
      expect(releases.at(-1)?.tags).toEqual(['tenderUpdate', 'awardCancellation'])
      expect(compiled(releases)).toMatchObject({
        tender: { status: 'unsuccessful', amendments: [{ rationale: '中标人放弃' }] },
        awards: [{ status: 'cancelled' }],
      })
    }
  })

  it('names whoever has no code by our own number, and tells no bidders while they are not public', () => {
    const shown = tell([published(), notice()]).at(-1)?.content
    expect(shown?.['tender']).toEqual({
      id: 'tender',
      numberOfTenderers: 2,
      tenderers: [
        { id: 'CN-USCI-5232050850001234XC', name: '甲中心' },
        { id: 'organization-loser', name: '乙中心' },
      ],
    })
    const { tender } = facts()
    const hidden = tell([published(), notice()], { tender: { ...tender, bidders: [] } }).at(-1)
    expect(hidden?.tags).toEqual(['award'])
    expect(JSON.stringify(hidden?.content)).not.toContain('乙中心')
  })
})

describe('the work', () => {
  it('counts a milestone as met only when both have accepted it, and opens it again when it is sent back', () => {
    const events = [
      ...signed(),
      milestone('reportMilestone', 'planned', 'reported'),
      milestone('returnMilestone', 'reported', 'returned'),
      milestone('reportMilestone', 'returned', 'reported'),
      milestone('acceptMilestone', 'reported', 'reported'),
      milestone('confirmMilestoneAsResident', 'reported', 'payable'),
    ]
    const releases = tell(events)
    const statusAfter = (count: number) => {
      const text = JSON.stringify(compiled(releases.slice(0, count))['contracts'])
      return [...text.matchAll(/"status":"(scheduled|met)"/g)].map(([, status]) => status)
    }
    expect([5, 6, 7, 8, 9].map(statusAfter)).toEqual([
      ['scheduled', 'scheduled'],
      ['scheduled', 'scheduled'],
      ['scheduled', 'scheduled'],
      ['scheduled', 'scheduled'],
      ['met', 'scheduled'],
    ])
    expect(releases[7]).toBeUndefined()
    expect(releases.slice(4).flatMap((release) => release?.tags ?? [])).toEqual([
      'implementation',
      'implementationUpdate',
      'implementationUpdate',
      'implementationUpdate',
    ])
  })

  it('tells payments and what was paid back, without negative amounts, and no other transfer', () => {
    const events = [
      ...signed(),
      transfer({ purpose: 'payment' }),
      transfer({ purpose: 'reversal', reversedPurpose: 'payment' }),
      transfer({ purpose: 'reversal', reversedPurpose: 'allotment' }),
      transfer({ purpose: 'allotment' }),
    ]
    const releases = tell(events)
    expect(releases.slice(6)).toEqual([undefined, undefined])
    const [paid, back] = releases.slice(4).map((release) => release?.content ?? {})
    expect(detailOf(paid ?? {})).toEqual({ kind: 'paid', amount: '12.05' })
    expect(detailOf(back ?? {})).toEqual({ kind: 'paid-back', amount: '12.05' })
    expect(JSON.stringify(back)).toContain('"payer":{"id":"CN-USCI-5232050850001234XC"')
  })

  it('of a contract that never came into force is told nowhere', () => {
    const events = [...signed(), milestone('reportMilestone', 'planned', 'reported'), transfer({ purpose: 'payment' })]
    expect(tell(events, { contracts: new Map() }).slice(3)).toEqual([undefined, undefined, undefined])
    expect(tell([event('contracts.terminateContract', { stateFrom: 'signing' })])).toEqual([undefined])
  })
})

describe('releases', () => {
  it('do not depend on what came after', () => {
    const events = [...signed(), milestone('reportMilestone', 'planned', 'reported'), transfer({ purpose: 'payment' })]
    for (let count = 1; count <= events.length; count += 1)
      expect(tell(events.slice(0, count))).toEqual(tell(events).slice(0, count))
  })

  it('hold no null: whoever merges would take it for a removal', () => {
    for (const release of tell(signed())) expect(JSON.stringify(release?.content)).not.toContain('null')
  })
})

describe('merging', () => {
  const release = (day: number, content: JsonObject): JsonObject => ({
    ocid: 'ocds-000000-x',
    id: String(day),
    date: `2027-01-0${day}T00:00:00Z`,
    tag: ['tender'],
    ...content,
  })

  it('takes the newest value, whole lists of values, objects of lists by id, and removes what is null', () => {
    expect(
      compileReleases([
        release(2, {
          tender: { title: 'new', status: null, items: [{ id: 2, quantity: 5 }, { id: '3' }], methods: ['b'] },
        }),
        release(1, {
          tender: { title: 'old', status: 'active', items: [{ id: '1' }, { id: '2', unit: 'm' }], methods: ['a', 'c'] },
          identifiers: { additionalIdentifiers: [{ id: '1' }, { id: '2' }] },
        }),
        release(3, { identifiers: { additionalIdentifiers: [{ id: '2' }] } }),
      ]),
    ).toEqual({
      ocid: 'ocds-000000-x',
      id: 'ocds-000000-x-2027-01-03T00:00:00Z',
      date: '2027-01-03T00:00:00Z',
      tag: ['compiled'],
      tender: { title: 'new', items: [{ id: '1' }, { id: 2, unit: 'm', quantity: 5 }, { id: '3' }], methods: ['b'] },
      identifiers: { additionalIdentifiers: [{ id: '2' }] },
    })
  })

  it('keeps objects without an id, and of two with one id in one release the last', () => {
    expect(
      compileReleases([
        release(1, { list: [{ name: 'a' }, { id: '1', name: 'b' }, { id: '1', title: 'c' }] }),
        release(2, { list: [{ name: 'd' }] }),
      ])['list'],
    ).toEqual([{ name: 'a' }, { id: '1', title: 'c' }, { name: 'd' }])
  })

  it('comes to the same in whatever order releases of different dates arrive, and changes none of them', () => {
    const days = fc.shuffledSubarray([1, 2, 3, 4, 5, 6, 7, 8, 9], { minLength: 1 })
    fc.assert(
      fc.property(days, (shuffled) => {
        const releases = shuffled.map((day) => release(day, { items: [{ id: day % 3, day }], last: day }))
        const before = JSON.stringify(releases)
        const ordered = releases.toSorted((one, other) => String(one['id']).localeCompare(String(other['id'])))
        // Objects of a list stand in the order in which they came first.
        expect(compileReleases(releases)).toEqual(compileReleases(ordered))
        expect(JSON.stringify(releases)).toBe(before)
      }),
    )
  })

  it('of nothing is a fault', () => {
    expect(() => compileReleases([])).toThrow()
  })
})

describe('addresses', () => {
  it('of our own pages become whole, all others stay', () => {
    expect(
      absolute(
        { url: '/needs/1', title: '/needs/1', documents: [{ url: 'https://example.org/', uri: '/a' }] },
        'http://b',
      ),
    ).toEqual({
      url: 'http://b/needs/1',
      title: '/needs/1',
      documents: [{ url: 'https://example.org/', uri: 'http://b/a' }],
    })
  })

  it('tell process and event of a release', () => {
    const tender = '320505-019c405c-0f59-7000-b4f0-50be802120f3'
    const uuid = '019c405c-0f59-7000-b4f0-50be80212000'
    const parts = partsOfRelease(`ocds-a1b2c3-${tender}-${uuid}`)
    expect(parts).toEqual({ ocid: `ocds-a1b2c3-${tender}`, event: uuid })
    expect(tenderOfOcid(parts.ocid)).toBe(tender)
  })
})

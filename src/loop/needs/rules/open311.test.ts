// Open311's rules by tables: which community, what of a request becomes a need, and what a query asks for.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { asDivision } from '../../../kit/id.ts'
import { addDays, instant } from '../../../kit/instant.ts'
import { granted } from '../../../kit/ruling.ts'
import { needStates } from '../contract.ts'
import { addressOf, communityOf, filterOf, isService, requestedNeed, statusOf, updatedAt } from './open311.ts'

const now = instant('2026-11-23T08:00:00Z')
const county = asDivision('320505')
const communities = [
  { code: '320505001001', name: '桃花坞社区' },
  { code: '320505001002', name: '新桃花坞社区' },
  { code: '320505002001', name: '南环社区' },
]

describe('which community', () => {
  it.each([
    [{ jurisdiction: asDivision('320505001002') }, '320505001002'],
    [{ jurisdiction: county, addressId: '320505002001' }, '320505002001'],
    [{ jurisdiction: county, addressId: '320505002001003' }, '320505002001'],
    [{ jurisdiction: county, address: '南环社区 5 号楼' }, '320505002001'],
    [{ jurisdiction: county, address: '新桃花坞社区门口' }, '320505001002'],
  ])('%j is %s', (placed, code) => {
    expect(communityOf(placed, communities)).toEqual({ ok: true, value: code })
  })
  it.each([
    [{ jurisdiction: county, addressId: '320506002001' }, 'body.address_id', 'address-elsewhere'],
    [{ jurisdiction: county, address: '和平路 5 号' }, 'body.address_string', 'community-unclear'],
    [{ jurisdiction: county }, 'body.address_id', 'community-unclear'],
    [{ jurisdiction: county, address: '桃花坞社区和南环社区之间' }, 'body.address_string', 'community-unclear'],
  ])('%j is refused', (placed, path, code) => {
    const ruling = communityOf(placed, communities)
    expect(ruling).toMatchObject({ ok: false, fields: [{ path, code }] })
  })
})

describe('what becomes a need', () => {
  const form = { service_code: '0803', address_string: '和平路', description: '路灯坏了三天' }
  it('keeps the words, and the service speaks where nothing was said', () => {
    expect(granted(requestedNeed(form, '道路与照明'))).toMatchObject({ text: '路灯坏了三天', place: '和平路' })
    expect(granted(requestedNeed({ ...form, description: undefined }, '道路与照明')).text).toBe('道路与照明')
    expect(granted(requestedNeed({ ...form, description: '坏了' }, '道路与照明')).text).toBe('道路与照明 坏了')
  })
  it('loses nothing of a long address', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 500 }), (address) => {
        const need = granted(requestedNeed({ ...form, address_string: address }, '道路'))
        expect((need.place ?? '').length).toBeLessThanOrEqual(60)
        expect(need.place === address || need.text.endsWith(address)).toBe(true)
      }),
    )
  })
  it('half a coordinate is no place', () => {
    expect(requestedNeed({ ...form, address_string: undefined, lat: 31 }, '')).toMatchObject({
      fields: [{ code: 'location-missing' }],
    })
    expect(granted(requestedNeed({ ...form, lat: 31 }, '')).point).toBeUndefined()
    const whole = granted(requestedNeed({ ...form, address_string: undefined, lat: 31, long: 120.5 }, ''))
    expect(whole).toMatchObject({ point: { lat: 31, long: 120.5 }, place: undefined })
  })
  it('family name stands first', () => {
    expect(
      granted(requestedNeed({ ...form, phone: '13900001234', first_name: '文娟', last_name: '顾' }, '')).resident,
    ).toEqual({
      name: '顾文娟',
      phone: '13900001234',
    })
  })
  it('knows no service beside the categories', () => {
    expect([isService('0803'), isService('08'), isService('9999'), isService('constructor')]).toEqual([
      true,
      true,
      false,
      false,
    ])
  })
})

describe('what a query asks for', () => {
  const asked = (more: Parameters<typeof filterOf>[0]) => filterOf(more, now)
  it('is the last 90 days by default, 90 days from or up to a single date', () => {
    expect(granted(asked({}))).toMatchObject({ from: addDays(now, -90), to: now })
    const march = instant('2026-03-01T00:00:00Z')
    expect(granted(asked({ start_date: '2026-03-01T00:00:00Z' }))).toMatchObject({
      from: march,
      to: addDays(march, 90),
    })
    expect(granted(asked({ end_date: '2026-03-01T08:00:00 08:00' }))).toMatchObject({
      from: addDays(march, -90),
      to: march,
    })
  })
  it('never spans more than 90 days', () => {
    fc.assert(
      fc.property(fc.integer({ min: -400, max: 400 }), (days) => {
        const ruling = asked({ start_date: now, end_date: addDays(now, days) })
        expect(ruling.ok).toBe(days >= 0 && days <= 90)
      }),
    )
  })
  it('takes ids before everything else, each once, and drops what is none', () => {
    const id = '320505-01940000-0000-7000-8000-000000000001'
    expect(granted(asked({ service_request_id: `${id}, ${id},x`, status: 'nonsense' }))).toEqual({
      by: 'ids',
      ids: [id],
    })
    expect(asked({ service_request_id: Array(1001).fill(id).join(',') }).ok).toBe(false)
  })
  it('closed means closed, open the rest of the board', () => {
    expect(granted(asked({ status: 'closed' }))).toMatchObject({ states: ['closed'] })
    expect(granted(asked({ status: 'open' }))).toMatchObject({
      states: ['submitted', 'accepted', 'responding', 'answered'],
    })
    expect(granted(asked({ status: 'open,closed' }))).toMatchObject({
      states: ['submitted', 'accepted', 'responding', 'answered', 'closed'],
    })
  })
})

describe('how a need is shown', () => {
  it('drafts and withdrawn ones have no status, every other state has one', () => {
    const without = needStates.filter((state) => statusOf(state) === undefined)
    expect(without).toEqual(['draft', 'withdrawn'])
  })
  it('a closed one was last changed when it was closed', () => {
    const closed = instant('2026-11-20T08:00:00Z')
    const history = [
      { state: 'submitted' as const, at: instant('2026-11-01T08:00:00Z') },
      { state: 'closed' as const, at: closed },
    ]
    expect(updatedAt('closed', history, now)).toBe(closed)
    expect(updatedAt('accepted', history, now)).toBe(now)
  })
  it('the address goes from the place to the county', () => {
    expect(addressOf('三号楼', ['甲社区', '乙街道'])).toBe('三号楼\uff0c甲社区\uff0c乙街道')
    expect(addressOf(undefined, ['甲社区'])).toBe('甲社区')
  })
})

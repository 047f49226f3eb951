// Rules of the register of organizations as tables over every state and verb.
import { describe, expect, test } from 'vitest'
import { makeUscc } from '../../kit/chinese-ids.ts'
import { asDivision, joinId } from '../../kit/id.ts'
import { instant } from '../../kit/instant.ts'
import { plainDateOf } from '../../kit/plain-date.ts'
import { type OrganizationKind, organizationKinds, type OrganizationState, organizationStates } from './contract.ts'
import * as rules from './rules.ts'

const now = instant('2026-11-23T03:00:00.000Z')
const policy = { years: 5, afterYears: 2 }
const codeFor = (category: string) => makeUscc({ authority: '5', category, division: '320505', orgBody: '12345678' })

function organization(state: OrganizationState, more: Partial<rules.Organization> = {}): rules.Organization {
  return {
    id: joinId('320000', '00000000-0000-7000-8000-000000000001'),
    division: asDivision('320505001001'),
    authority: asDivision('320505'),
    state,
    version: 1,
    number: { year: 2026, value: 3 },
    name: '虎丘区邻里互助服务中心',
    kind: 'service-institution',
    registration: 'registered',
    level: 'county',
    agency: true,
    categories: ['0102'],
    charter: '为老服务',
    abnormal: false,
    illegal: false,
    certificates: 0,
    applicant: 'a',
    registeredOn: plainDateOf('2020-01-01'),
    history: [{ state: 'applied', at: now }],
    ...more,
  }
}

const codeOf = (ruling: { ok: boolean; code?: string }) => (ruling.ok ? 'ok' : ruling.code)
const faultsOf = (ruling: { ok: boolean; fields?: readonly { code: string }[] }) =>
  (ruling.fields ?? []).map((field) => field.code)

describe('an organization', () => {
  test.each(organizationStates)('in state %s allows exactly the verbs of its lifecycle', (state) => {
    // Both routes are asked, so that only the state decides.
    const it = organization(state, { abnormal: false })
    const filed = organization(state, { registration: 'filed', kind: 'community-organization' })
    const staff = { id: 's', person: 'p', duty: 'director' as const, from: plainDateOf('2026-01-01') }
    const rulings = {
      acceptOrganization: rules.acceptOrganization(it, now),
      fileOrganization: rules.fileOrganization(filed, now),
      refuseOrganization: rules.refuseOrganization(it, now, '理由'),
      editOrganization: rules.editOrganization(it, now, {}),
      reviewOrganization: rules.reviewOrganization(it, now, '同意'),
      registerOrganization: rules.registerOrganization(it, now, { uscc: codeFor('2') }),
      cancelOrganization: rules.cancelOrganization(it, now, '理由'),
      setRating: rules.setRating(it, now, { rating: '3A' }, policy),
      enterAbnormal: rules.enterAbnormal(it, now, 'abnormal'),
      leaveAbnormal: rules.leaveAbnormal({ ...it, abnormal: true }, now, 'abnormal'),
      addStaff: rules.addStaff(it, now),
      endStaff: rules.endStaff(it, now, staff, plainDateOf('2026-11-01')),
    }
    const verbs = Object.entries(rulings)
      .filter(([, ruling]) => ruling.ok)
      .map(([verb]) => verb)
      .toSorted()
    expect(verbs).toEqual(Object.keys(rules.organizationLifecycle[state]).toSorted())
    for (const ruling of Object.values(rulings)) if (!ruling.ok) expect(ruling.code).toBe('not-in-this-state')
  })

  test('goes the way of its registration: who files is not accepted, who registers is not filed', () => {
    expect(codeOf(rules.acceptOrganization(organization('applied', { registration: 'filed' }), now))).toBe(
      'other-route',
    )
    expect(codeOf(rules.fileOrganization(organization('applied'), now))).toBe('other-route')
  })

  test('keeps when it reached each state', () => {
    const accepted = rules.acceptOrganization(organization('applied'), now)
    expect(accepted).toMatchObject({
      ok: true,
      value: { state: 'accepted', history: [{ state: 'applied' }, { state: 'accepted', at: now }] },
    })
    expect(rules.editOrganization(organization('filed'), now, { address: '新址' })).toMatchObject({
      ok: true,
      value: { address: '新址', history: [{ state: 'applied' }] },
    })
  })
})

describe('an application', () => {
  const wish = {
    kind: 'association' as OrganizationKind,
    registration: 'registered' as const,
    level: 'county' as const,
    agency: false,
    division: asDivision('320505001001'),
  }
  test('is decided by the government of its level', () => {
    expect(rules.applyForOrganization(wish)).toEqual({ ok: true, value: '320505' })
    expect(rules.applyForOrganization({ ...wish, level: 'city' })).toEqual({ ok: true, value: '3205' })
    expect(rules.applyForOrganization({ ...wish, level: 'province' })).toEqual({ ok: true, value: '32' })
    expect(
      rules.applyForOrganization({
        ...wish,
        kind: 'community-organization',
        registration: 'filed',
        communityClass: 'mutual-aid',
      }),
    ).toEqual({ ok: true, value: '320505001' })
  })
  test('names every fault at once', () => {
    expect(
      faultsOf(
        rules.applyForOrganization({ ...wish, registration: 'filed', agency: true, division: asDivision('3205') }),
      ),
    ).toEqual(['must-register', 'agency-kind', 'seat-too-high'])
    expect(faultsOf(rules.applyForOrganization({ ...wish, kind: 'community-organization' }))).toEqual(['class-needed'])
  })
})

describe('the credit code', () => {
  const reviewed = organization('reviewed')
  test('is taken as people paste it', () => {
    expect(rules.registerOrganization(reviewed, now, { uscc: ` ${codeFor('2').toLowerCase()} ` })).toMatchObject({
      ok: true,
      value: { uscc: codeFor('2'), registeredOn: '2026-11-23' },
    })
  })
  test('with a wrong check character is refused, whichever of its characters is wrong', () => {
    const code = codeFor('2')
    for (let at = 0; at < 18; at += 1) {
      const wrong = `${code.slice(0, at)}${code[at] === '7' ? '6' : '7'}${code.slice(at + 1)}`
      expect(codeOf(rules.registerOrganization(reviewed, now, { uscc: wrong }))).toBe('invalid-input')
    }
  })
  test.each(organizationKinds)('of a %s has the class of its kind', (kind) => {
    const fits = ['1', '2', '3', '9'].filter(
      (category) => rules.registerOrganization({ ...reviewed, kind }, now, { uscc: codeFor(category) }).ok,
    )
    expect(fits).toEqual(
      {
        association: ['1'],
        'service-institution': ['2'],
        foundation: ['3'],
        'community-organization': ['1', '2', '3', '9'],
      }[kind],
    )
  })
  test('of another authority than civil affairs is refused, and a day in the future too', () => {
    const other = makeUscc({ authority: '9', category: '2', division: '320505', orgBody: '12345678' })
    expect(faultsOf(rules.registerOrganization(reviewed, now, { uscc: other }))).toEqual(['uscc-kind'])
    expect(
      faultsOf(
        rules.registerOrganization(reviewed, now, { uscc: codeFor('2'), registeredOn: plainDateOf('2026-11-24') }),
      ),
    ).toEqual(['in-future'])
  })
})

describe('a rating', () => {
  test('comes after two full years in the register and lasts five', () => {
    const it = organization('registered', { registeredOn: plainDateOf('2024-11-23') })
    expect(rules.setRating(it, now, { rating: '4A' }, policy)).toMatchObject({
      ok: true,
      value: { rating: '4A', ratingUntil: '2031-11-23' },
    })
    expect(
      codeOf(rules.setRating({ ...it, registeredOn: plainDateOf('2024-11-24') }, now, { rating: '4A' }, policy)),
    ).toBe('rating-too-early')
  })
  test('is not given to one on a warning list, for the future, or when it would be over', () => {
    expect(codeOf(rules.setRating(organization('registered', { illegal: true }), now, { rating: '4A' }, policy))).toBe(
      'on-warning-list',
    )
    expect(
      faultsOf(
        rules.setRating(organization('registered'), now, { rating: '4A', ratedOn: plainDateOf('2026-11-24') }, policy),
      ),
    ).toEqual(['in-future'])
    expect(
      faultsOf(
        rules.setRating(
          organization('registered', { registeredOn: plainDateOf('2000-01-01') }),
          now,
          { rating: '4A', ratedOn: plainDateOf('2021-11-23') },
          policy,
        ),
      ),
    ).toEqual(['rating-over'])
  })
  test('ends with its last day, not before', () => {
    const it = organization('registered', { rating: '3A', ratingUntil: plainDateOf('2026-11-23') })
    expect(rules.lapseRating(it, instant('2026-11-23T15:59:59.998Z'))).toBeUndefined()
    expect(rules.lapseRating(it, instant('2026-11-23T15:59:59.999Z'))).toMatchObject({
      rating: undefined,
      ratingUntil: undefined,
    })
  })
})

test('a warning list is entered once and left once, each list for itself', () => {
  const it = organization('registered', { abnormal: true })
  expect(codeOf(rules.enterAbnormal(it, now, 'abnormal'))).toBe('already-listed')
  expect(rules.enterAbnormal(it, now, 'illegal')).toMatchObject({ ok: true, value: { abnormal: true, illegal: true } })
  expect(codeOf(rules.leaveAbnormal(it, now, 'illegal'))).toBe('not-listed')
})

test('a duty ends once, and not before it began', () => {
  const staff = { id: 's', person: 'p', duty: 'director' as const, from: plainDateOf('2026-01-02') }
  expect(faultsOf(rules.endStaff(organization('filed'), now, staff, plainDateOf('2026-01-01')))).toEqual([
    'before-start',
  ])
  expect(
    codeOf(
      rules.endStaff(
        organization('filed'),
        now,
        { ...staff, until: plainDateOf('2026-02-01') },
        plainDateOf('2026-03-01'),
      ),
    ),
  ).toBe('staff-ended')
})

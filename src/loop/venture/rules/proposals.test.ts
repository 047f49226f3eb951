// What is checked of a proposal, each fault alone at its field; handing in, screening, and the way to the project.
import { describe, expect, test } from 'vitest'
import { actor, call, day, me, now, proposal } from '../../../../tests/support/venture-record.ts'
import type { Actor } from '../../../kit/actor.ts'
import { asDivision } from '../../../kit/id.ts'
import type { Instant } from '../../../kit/instant.ts'
import { fen } from '../../../kit/money.ts'
import type { FieldFault, Refusal } from '../../../kit/ruling.ts'
import type { Call, Proposal, ProposalContent } from '../rules.ts'
import * as proposals from './proposals.ts'

const sound = { active: true, abnormal: false, illegal: false, barred: false }
const community = asDivision('320505001002')
const line = {
  item: '餐费',
  purpose: 'service' as const,
  quantity: 2,
  unit: '份',
  unitPrice: fen(1_500_000n),
  amount: fen(3_000_000n),
}
const content: Proposal = { ...proposal, needs: ['n1'], budgetLines: [line], start: day('2026-12-10') }
const known: proposals.NamedNeed[] = [{ id: 'n1', division: community, visibility: 'public' }]
const clock: Actor = { kind: 'system', name: 'test', grants: [] }
const over = '2026-11-20T16:00:00.000Z' as Instant
const fieldsOf = (refusal: Refusal | undefined) => refusal?.fields ?? []

describe('what is checked of a proposal', () => {
  const faults = (changes: Partial<ProposalContent>, of: Call = call) =>
    fieldsOf(proposals.checkProposal({ ...content, ...changes }, of))

  test.each([
    ['that starts on the day of the result', {}],
    ['of one day', { end: day('2026-12-10') }],
    [
      'that asks for all it may',
      { asked: call.ceiling, budgetLines: [{ ...line, unitPrice: fen(2_500_000n), amount: call.ceiling }] },
    ],
    ['with nothing of its own', { own: fen(0n) }],
  ])('one %s has no fault', (_what, changes) => {
    expect(faults(changes)).toEqual([])
  })

  const cases: [string, Partial<ProposalContent>, FieldFault[]][] = [
    [
      'whose lines do not add up to what it asks for',
      { asked: fen(3_000_001n) },
      [{ path: 'body.asked', code: 'budget-does-not-add-up', params: { sum: '30000.00' } }],
    ],
    [
      'with a line that does not multiply',
      { budgetLines: [{ ...line, quantity: 1 }] },
      [
        {
          path: 'body.budgetLines.0.amount',
          code: 'line-does-not-multiply',
          params: { line: 1, expected: '15000.00' },
        },
      ],
    ],
    [
      'for a place that takes no part',
      { division: asDivision('320505001003') },
      [{ path: 'body.division', code: 'place-elsewhere' }],
    ],
    [
      'for a grid of its place',
      { division: asDivision('320505001002001') },
      [{ path: 'body.division', code: 'place-elsewhere' }],
    ],
    [
      'above the ceiling',
      {
        asked: fen(5_000_001n),
        budgetLines: [{ ...line, quantity: 1, unitPrice: fen(5_000_001n), amount: fen(5_000_001n) }],
      },
      [{ path: 'body.asked', code: 'above-ceiling', params: { ceiling: '50000.00' } }],
    ],
    ['with less than nothing of its own', { own: fen(-1n) }, [{ path: 'body.own', code: 'amount-not-positive' }]],
    ['that ends before it starts', { end: day('2026-12-09') }, [{ path: 'body.end', code: 'ends-before-start' }]],
    [
      'that starts before the result is known',
      { start: day('2026-12-09') },
      [{ path: 'body.start', code: 'starts-before-result', params: { date: '2026-12-10' } }],
    ],
    ['that names a need twice', { needs: ['n1', 'n1'] }, [{ path: 'body.needs', code: 'need-twice' }]],
    ...(['title', 'targetGroup', 'goals', 'strengths'] as const).map(
      (field): [string, Partial<ProposalContent>, FieldFault[]] => [
        `with a phone number in its ${field}`,
        { [field]: '请打 13800138000' },
        [{ path: `body.${field}`, code: 'text-has-phone' }],
      ],
    ),
  ]
  test.each(cases)('one %s is told where and what', (_what, changes, expected) => {
    expect(faults(changes)).toEqual(expected)
  })

  test('it belongs to a community or a township that takes part', () => {
    const wide = { ...call, places: [asDivision('320505')] }
    expect(faults({ division: asDivision('320505001') }, wide)).toEqual([])
    expect(faults({ division: asDivision('320505') }, wide)).toEqual([
      { path: 'body.division', code: 'place-elsewhere' },
    ])
  })
})

describe('its needs', () => {
  test.each([
    ['public and of the place', known, []],
    ['private', [{ id: 'n1', division: community, visibility: 'private' as const }], ['need-not-public']],
    [
      'of elsewhere',
      [{ id: 'n1', division: asDivision('320505001003'), visibility: 'public' as const }],
      ['need-elsewhere'],
    ],
    ['unknown', [], ['need-not-public']],
  ])('that are %s', (_what, needs, codes) => {
    const faults = fieldsOf(proposals.checkNeeds({ needs: ['n1'], division: community }, needs))
    expect(faults).toEqual(codes.map((code) => ({ path: 'body.needs.0', code })))
  })

  test('each is told by its place in the list; none at all is no fault yet', () => {
    const faults = fieldsOf(proposals.checkNeeds({ needs: ['n1', 'n2'], division: community }, known))
    expect(faults).toEqual([{ path: 'body.needs.1', code: 'need-not-public' }])
    expect(proposals.checkNeeds({ needs: [], division: community }, [])).toBeUndefined()
  })
})

describe('beginning and writing', () => {
  test.each([
    ['the first', call, now, sound, 0, undefined],
    ['the second of two', call, now, sound, 1, undefined],
    ['a third of two', call, now, sound, 2, 'too-many-proposals'],
    ['the second, where the call says nothing', { ...call, terms: undefined }, now, sound, 1, 'too-many-proposals'],
    ['one too late', call, over, sound, 0, 'call-not-open'],
    ['one while it is barred', call, now, { ...sound, barred: true }, 0, 'barred'],
  ] as const)('%s', (_what, of, at, organization, live, code) => {
    expect(proposals.mayDraft(of, at, organization, live)?.code).toBe(code)
  })

  test('who has too many is told how many there may be', () => {
    expect(proposals.mayDraft(call, now, sound, 2)).toMatchObject({ params: { most: 2 } })
  })

  test('the writer becomes an author once; what is left out is gone', () => {
    const edit = (who: Actor, of: Proposal = { ...content, own: fen(100n) }) => {
      const { own: _own, ...rest } = content
      return proposals.editProposal(of, call, who, now, rest, known)
    }
    const value = { ...content, own: undefined, authors: [me], version: 2 }
    expect(edit(actor())).toEqual({ ok: true, value })
    expect(edit(actor(), { ...content, authors: [me] })).toEqual({ ok: true, value })
    expect(edit(clock)).toEqual({ ok: true, value: { ...value, authors: [] } })
    expect(edit(actor(), { ...content, state: 'submitted' })).toMatchObject({ code: 'not-in-this-state' })
  })

  test('faults of words and faults of needs are told', () => {
    const edit = (changes: Partial<Proposal>) => {
      const ruling = proposals.editProposal(content, call, actor(), now, { ...content, ...changes }, known)
      return ruling.ok ? [] : fieldsOf(ruling).map(({ code }) => code)
    }
    expect(edit({ own: fen(-1n) })).toEqual(['amount-not-positive'])
    expect(edit({ needs: ['n2'] })).toEqual(['need-not-public'])
    expect(edit({ asked: fen(1n) })).toEqual(['budget-does-not-add-up'])
  })

  test('an awarded one keeps its place, its money and its needs', () => {
    const wide = { ...call, state: 'announced' as const, places: [asDivision('320505001')] }
    const awarded = { ...content, state: 'awarded' as const, award: fen(3_000_000n) }
    const faults = (changes: Partial<Proposal>, of: Proposal = awarded) => {
      const ruling = proposals.editProposal(of, wide, actor(), now, { ...content, ...changes }, [
        { id: 'n1', division: asDivision('320505001003'), visibility: 'public' },
        ...known,
      ])
      return ruling.ok ? [] : ruling.fields
    }
    const costly = {
      asked: fen(3_000_002n),
      budgetLines: [{ ...line, unitPrice: fen(1_500_001n), amount: fen(3_000_002n) }],
    }
    expect(faults({})).toEqual([])
    expect(faults(costly)).toEqual([{ path: 'body.asked', code: 'above-award', params: { award: '30000.00' } }])
    expect(faults({ division: asDivision('320505001003'), needs: [] })).toEqual([
      { path: 'body.division', code: 'place-was-voted' },
      { path: 'body.needs', code: 'need-missing' },
    ])
    expect(faults(costly, { ...awarded, award: undefined })).toEqual([])
  })
})

describe('handing in', () => {
  const hand = (of: Proposal = content, at: Call = call, organization = sound, submitted = 0, needs = known) =>
    proposals.submitProposal(of, at, actor(), now, organization, needs, submitted, 'hash')

  test('it is in with the hash of what it says, and may be taken back', () => {
    const handed = {
      ...content,
      state: 'submitted',
      hash: 'hash',
      version: 2,
      history: [{ state: 'submitted', at: now }],
    }
    expect(hand()).toEqual({ ok: true, value: handed })
    expect(proposals.takeBackProposal(handed as Proposal, call, actor(), now)).toMatchObject({
      ok: true,
      value: { state: 'draft', hash: undefined },
    })
  })

  test.each([
    ['of an organization that is barred', content, call, { ...sound, barred: true }, 0, known, 'barred'],
    ['as the last that fits', content, call, sound, 99, known, 'ok'],
    ['when the call is full', content, call, sound, 100, known, 'call-full'],
    ['to a call that says nothing of its size', content, { ...call, terms: undefined }, sound, 0, known, 'call-full'],
    ['without a need', { ...content, needs: [] }, call, sound, 0, known, 'need-missing'],
    ['with a need that became private', content, call, sound, 0, [], 'need-not-public'],
    ['a second time', { ...content, state: 'submitted' as const }, call, sound, 0, known, 'not-in-this-state'],
  ])('%s', (_what, of, at, organization, submitted, needs, code) => {
    const ruling = hand(of, at, organization, submitted, needs)
    expect(ruling.ok ? 'ok' : ruling.code).toBe(code)
  })

  test('who finds it full is told how many it holds', () => {
    expect(hand(content, call, sound, 100)).toMatchObject({ params: { most: 100 } })
  })
})

test('admitted it is public from that moment', () => {
  const submitted = { ...content, state: 'submitted' as const }
  const screening = { ...call, state: 'screening' as const }
  expect(proposals.admitProposal(submitted, screening, actor(), now)).toMatchObject({
    ok: true,
    value: { state: 'admitted', admittedAt: now },
  })
  expect(proposals.admitProposal(submitted, call, actor(), now)).toMatchObject({ code: 'not-screening' })
})

describe('the way to the project', () => {
  const awarded: Proposal = { ...content, state: 'awarded', needs: ['n1', 'n2'], coachings: 1 }
  const make = (of: Proposal, needs: string[], at: Call = call) =>
    proposals.makeVentureProject(of, at, actor(), now, { needs })

  test('goes with its coaching and for its own needs', () => {
    expect(make(awarded, ['n2'])).toMatchObject({ ok: true, value: { state: 'project-made', version: 2 } })
    expect(make({ ...awarded, coachings: 0 }, ['n2'])).toMatchObject({
      code: 'coaching-missing',
      params: { done: 0, needed: 1 },
    })
    expect(make({ ...awarded, coachings: 0 }, ['n2'], { ...call, terms: undefined })).toMatchObject({ ok: true })
    expect(make(awarded, ['n1', 'n3'])).toMatchObject({
      fields: [{ path: 'body.needs.1', code: 'need-not-of-proposal' }],
    })
    expect(make(content, [])).toMatchObject({ code: 'not-in-this-state' })
  })
})

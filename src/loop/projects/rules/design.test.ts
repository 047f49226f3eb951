// What is checked of a design: each fault alone, at its field, with what would be right; and who becomes a designer.
import { describe, expect, test } from 'vitest'
import {
  clock,
  community,
  county,
  design,
  needId,
  now,
  person,
  personId,
  project,
  township,
  venture,
} from '../../../../tests/support/project-record.ts'
import { asDivision, type DivisionCode } from '../../../kit/id.ts'
import { fen } from '../../../kit/money.ts'
import { plainDateOf } from '../../../kit/plain-date.ts'
import type { FieldFault } from '../../../kit/ruling.ts'
import type { ProjectDesign, Venture } from '../rules.ts'
import * as drafting from './design.ts'

const day = plainDateOf
const [line] = design.budgetLines
if (line === undefined) throw new Error('the design has a line')

describe('a design', () => {
  const faults = (changes: Partial<ProjectDesign>, place: DivisionCode = community, won?: Venture) =>
    drafting.checkDesign({ ...design, ...changes }, place, won)?.fields ?? []

  test.each([
    ['of a community', {}, community],
    ['of a township', {}, township],
    ['of one day', { start: day('2027-03-01'), end: day('2027-03-01') }, community],
    [
      'whose steps end on its first and on its last day',
      { steps: [design.start, design.end].map((until) => ({ name: '一步', until })) },
      community,
    ],
    ['with a facility to run', { mode: 'public-built-privately-run', facility: '三香街12号' }, community],
    ['with conditions of its aid', { mode: 'privately-run-publicly-aided', conditions: '低偿收费' }, community],
  ] as const)('%s has no fault', (_what, changes, place) => {
    expect(drafting.checkDesign({ ...design, ...changes }, place)).toBeUndefined()
  })

  const cases: [string, Partial<ProjectDesign>, FieldFault[]][] = [
    ['ends before it starts', { end: day('2026-12-31') }, [{ path: 'body.end', code: 'ends-before-start' }]],
    [
      'has steps outside of its time',
      { steps: ['2026-12-31', '2027-06-30', '2028-01-01'].map((until) => ({ name: '一步', until: day(until) })) },
      [0, 2].map((index) => ({ path: `body.steps.${index}.until`, code: 'step-outside-schedule' })),
    ],
    ['names a need twice', { needs: [needId(1), needId(2), needId(1)] }, [{ path: 'body.needs', code: 'need-twice' }]],
    [
      'runs a facility that it does not name',
      { mode: 'public-built-privately-run', conditions: '有' },
      [{ path: 'body.facility', code: 'facility-needed' }],
    ],
    [
      'aids without conditions',
      { mode: 'privately-run-publicly-aided', facility: '有' },
      [{ path: 'body.conditions', code: 'conditions-needed' }],
    ],
    ['chooses a mode of its own accord', { mode: 'venture-call' }, [{ path: 'body.mode', code: 'mode-needs-call' }]],
    [
      'has a phone number in its title',
      { title: '报名 13800138000' },
      [{ path: 'body.title', code: 'text-has-phone' }],
    ],
    [
      'names somebody of its target group by identity number',
      { targetGroup: '11010519491231002X 等人' },
      [{ path: 'body.targetGroup', code: 'text-has-citizen-id' }],
    ],
    [
      'has a phone number in its goals',
      { goals: '请打 13800138000' },
      [{ path: 'body.goals', code: 'text-has-phone' }],
    ],
    [
      'gives a line for nothing',
      { budgetLines: [{ ...line, unitPrice: fen(0n), amount: fen(0n) }], budget: fen(0n) },
      [{ path: 'body.budgetLines.0.unitPrice', code: 'price-not-positive' }],
    ],
    [
      'multiplies a line wrongly',
      { budgetLines: [line, { ...line, amount: fen(6_000_001n) }], budget: fen(12_000_001n) },
      [
        {
          path: 'body.budgetLines.1.amount',
          code: 'line-does-not-multiply',
          params: { line: 2, expected: '60000.00' },
        },
      ],
    ],
    [
      'adds up wrongly',
      { budget: fen(6_000_001n) },
      [{ path: 'body.budget', code: 'budget-does-not-add-up', params: { sum: '60000.00' } }],
    ],
  ]
  test.each(cases)('that %s is told where and what', (_what, changes, expected) => {
    expect(faults(changes)).toEqual(expected)
  })

  test('belongs to a community or a township', () => {
    const notACommunity = [{ path: 'body.division', code: 'not-a-community' }]
    expect(faults({}, county)).toEqual(notACommunity)
    expect(faults({}, asDivision('320505001001001'))).toEqual(notACommunity)
  })

  test('of a venture call has its mode, and costs what was awarded or less', () => {
    const won = (award: bigint): Venture => ({ ...venture, award: fen(award) })
    expect(faults({ mode: 'venture-call' }, community, won(6_000_000n))).toEqual([])
    expect(faults({ mode: 'venture-call' }, community, won(5_999_999n))).toEqual([
      { path: 'body.budget', code: 'above-award', params: { award: '59999.99' } },
    ])
    expect(faults({}, community, won(6_000_000n))).toEqual([{ path: 'body.mode', code: 'mode-set-by-call' }])
  })
})

describe('what a design names', () => {
  const known = [{ id: needId(1), division: community }]
  const faults = (changes: Partial<ProjectDesign>, named: Partial<drafting.NamedElsewhere> = {}) =>
    drafting.checkNamed({ ...design, ...changes }, community, { needs: known, itemKnown: true, ...named })?.fields ?? []

  test('is of its place, adopted and in the catalogue', () => {
    expect(faults({})).toEqual([])
    expect(faults({ motion: 'm' }, { resolution: { adopted: true, division: community } })).toEqual([])
    expect(faults({ needs: [] }, { needs: [] })).toEqual([])
  })

  test.each([
    ['a need that is not known', [needId(1), needId(2)], [{ path: 'body.needs.1', code: 'need-elsewhere' }]],
    ['no need', [], []],
  ])('%s: %j', (_what, needs, expected) => {
    expect(faults({ needs })).toEqual(expected)
  })

  test('a need or a resolution of elsewhere is none of it, nor one that is no resolution yet', () => {
    const elsewhere = asDivision('320505001002')
    expect(faults({}, { needs: [{ id: needId(1), division: elsewhere }] })).toEqual([
      { path: 'body.needs.0', code: 'need-elsewhere' },
    ])
    const motion = (resolution: drafting.NamedElsewhere['resolution']) => faults({ motion: 'm' }, { resolution })
    expect(motion(undefined)).toEqual([{ path: 'body.motion', code: 'motion-not-adopted' }])
    expect(motion({ adopted: false, division: elsewhere })).toEqual([
      { path: 'body.motion', code: 'motion-not-adopted' },
    ])
    expect(motion({ adopted: true, division: elsewhere })).toEqual([{ path: 'body.motion', code: 'motion-elsewhere' }])
    expect(faults({}, { itemKnown: false })).toEqual([{ path: 'body.purchaseItem', code: 'purchase-item-unknown' }])
  })
})

describe('editing', () => {
  test('the editor joins the designers once; the clock never does', () => {
    const designers = (actor: Parameters<typeof drafting.editProject>[1]) => {
      const edited = drafting.editProject(project(), actor, now, design)
      return edited.ok ? edited.value.designers : edited.code
    }
    expect(designers(person(1))).toEqual([personId(1)])
    expect(designers(person(5))).toEqual([personId(1), personId(5)])
    expect(designers(clock)).toEqual([personId(1)])
  })

  test('every optional part that is left out is gone, everything else is as written', () => {
    const full = project({
      motion: 'm',
      facility: '三香街12号',
      conditions: '低偿',
      duty: { department: 'civil-affairs', matter: '巡访', money: fen(1n) },
    })
    const edited = drafting.editProject(full, person(1), now, { ...design, title: '新名称' })
    expect(edited).toEqual({
      ok: true,
      value: {
        ...full,
        title: '新名称',
        motion: undefined,
        facility: undefined,
        conditions: undefined,
        duty: undefined,
        version: 2,
      },
    })
  })

  test('a faulty design is not saved, nor one of a project that is under review', () => {
    const faulty = { ...design, budget: fen(1n) }
    expect(drafting.editProject(project(), person(1), now, faulty)).toMatchObject({ code: 'invalid-input' })
    expect(drafting.editProject(project({ venture }), person(1), now, design)).toMatchObject({
      fields: [{ code: 'mode-set-by-call' }, { code: 'above-award' }],
    })
    expect(drafting.editProject(project({ state: 'approved' }), person(1), now, design)).toMatchObject({
      code: 'not-in-this-state',
    })
  })
})

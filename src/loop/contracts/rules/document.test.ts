// One content has one writing; what a document states of a contract, when it is in force, and by which mark a file is known.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { at, contract, id, now, turned } from '../../../../tests/support/contract-record.ts'
import { addDays } from '../../../kit/instant.ts'
import { fen } from '../../../kit/money.ts'
import { plainDateOf } from '../../../kit/plain-date.ts'
import type { Amendment } from '../rules.ts'
import * as document from './document.ts'

const names = new Map([['w1', { name: '王*', level: 'senior' }]])

describe('the writing of a content', () => {
  test('is JSON that reads back as the same, whatever the order of its names', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), (value) => {
        // JSON has one zero.
        const plain: unknown = JSON.parse(JSON.stringify(value))
        expect(JSON.parse(document.canonicalOf(plain))).toEqual(plain)
      }),
    )
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.integer(), { maxKeys: 6 }), (record) => {
        const turnedRound = Object.fromEntries(Object.entries(record).toReversed())
        expect(document.canonicalOf(turnedRound)).toBe(document.canonicalOf(record))
      }),
    )
  })

  test('has nothing between, nothing that is undefined, and its names in order', () => {
    expect(document.canonicalOf({ b: [true, null, { z: '氿', a: undefined }], a: 1.5, c: 'x"y' })).toBe(
      '{"a":1.5,"b":[true,null,{"z":"氿"}],"c":"x\\"y"}',
    )
  })
})

describe('the terms of a contract', () => {
  test('are value, dates, milestones without settlements, team by its names, clauses and policy', () => {
    const settlement = { ...at(contract(), 0), id: id<'milestone'>(400), settlement: true }
    const of = contract({ clauses: '另行通知', milestones: [at(contract(), 0), settlement] })
    expect(document.termsOf(of, names)).toEqual({
      value: '80400.00',
      start: '2027-03-02',
      end: '2027-12-31',
      milestones: [
        {
          id: id(201),
          position: 1,
          title: '阶段服务',
          deliverable: '服务记录',
          criteria: '记录齐全',
          due: '2027-06-30',
          share: 4000,
          amount: '32160.00',
          needsRecords: true,
        },
      ],
      team: [{ worker: 'w1', name: '王*', level: 'senior', duty: 'lead', key: true }],
      dataClause: '只为履约收集必要的个人信息。',
      clauses: '另行通知',
      factors: contract().policy.factors,
      growthPercent: 10,
      acceptDays: 10,
      payDays: 10,
    })
    expect(document.termsOf(of, new Map()).team).toMatchObject([{ name: '', level: '' }])
  })

  test('stay the same when a name changes in its register, and differ by a fen, a day, a duty or a worker', () => {
    const terms = document.termsOf(contract(), names)
    const same = (other: document.DocumentTerms) => document.sameTerms(terms, other)
    expect(same(document.termsOf(contract(), new Map([['w1', { name: '李*', level: 'assistant' }]])))).toBe(true)
    const [member] = contract().team
    if (member === undefined) throw new Error('no team')
    for (const changed of [
      contract({ value: fen(80_400_01n) }),
      contract({ end: plainDateOf('2028-01-01') }),
      contract({ team: [{ ...member, duty: 'supervisor' }] }),
      contract({ team: [{ ...member, key: false }] }),
      contract({ team: [{ ...member, worker: 'w2' }] }),
      turned(contract(), 1, { due: plainDateOf('2027-10-01') }),
    ])
      expect(same(document.termsOf(changed, names))).toBe(false)
  })
})

describe('what an amendment changes', () => {
  const amendment: Amendment = {
    id: id(300),
    contract: contract().id,
    state: 'proposed',
    proposedBy: 'organization',
    person: id(2),
    words: '增加',
    dues: [],
    at: now,
  }

  test('is told with what stood before', () => {
    const whole: Amendment = {
      ...amendment,
      growth: fen(1_000_00n),
      end: plainDateOf('2028-01-31'),
      dues: [
        { milestone: id(203), due: plainDateOf('2028-01-15') },
        { milestone: id(299), due: plainDateOf('2028-01-15') },
      ],
      team: [],
    }
    expect(document.changeOf(contract(), whole, 2)).toEqual({
      number: 2,
      proposedBy: 'organization',
      words: '增加',
      valueBefore: '80400.00',
      growth: '1000.00',
      endBefore: '2027-12-31',
      dues: [{ title: '阶段服务', before: '2027-12-31', due: '2028-01-15' }],
      team: true,
    })
    expect(document.changeOf(contract(), amendment, 1)).toEqual({
      number: 1,
      proposedBy: 'organization',
      words: '增加',
      valueBefore: '80400.00',
      growth: undefined,
      endBefore: undefined,
      dues: [],
      team: false,
    })
  })
})

describe('the document of a signing', () => {
  const later = addDays(now, 3)
  const history = [
    { state: 'signing', at: now },
    { state: 'drafting', at: addDays(now, 1) },
    { state: 'signing', at: later },
    { state: 'active', at: addDays(now, 4) },
  ] as const
  const paper = (more: Partial<document.ContractDocument>) =>
    ({ kind: 'contract', round: later, ...more }) as document.ContractDocument

  test('is that of its last round', () => {
    const of = contract({ history })
    const documents = [
      paper({ id: 'old', round: now }),
      paper({ id: 'amended', kind: 'amendment' }),
      paper({ id: 'new' }),
    ]
    expect(document.signingRound(of)).toBe(later)
    expect(document.documentOfSigning(of, documents)?.id).toBe('new')
    expect(document.documentOfSigning(of, documents.slice(0, 2))).toBeUndefined()
    expect(document.signingRound(contract())).toBeUndefined()
  })

  test('lapses with its round, and with a contract that never came into force', () => {
    const state = (round: typeof now, more: Parameters<typeof contract>[0] = {}) =>
      document.documentState(contract({ history, ...more }), paper({ round }), [])
    expect([state(now), state(later)]).toEqual(['lapsed', 'in-force'])
    expect(state(later, { state: 'signing', activeAt: undefined })).toBe('open')
    expect(state(later, { state: 'terminated', activeAt: undefined })).toBe('lapsed')
    expect(state(later, { state: 'completed' })).toBe('in-force')
  })

  test.each([
    ['proposed', 'active', 'open'],
    ['proposed', 'terminated', 'lapsed'],
    ['agreed', 'active', 'in-force'],
    ['agreed', 'terminated', 'in-force'],
    ['declined', 'active', 'lapsed'],
  ] as const)('of an amendment that is %s, of a contract that is %s: %s', (given, state, expected) => {
    const of = paper({ kind: 'amendment', amendment: id(300) })
    const all = [
      { id: id<'amendment'>(301), state: 'declined' as const },
      { id: id<'amendment'>(300), state: given },
    ]
    expect(document.documentState(contract({ state }), of, all)).toBe(expected)
  })
})

test('a mark is read back from anywhere in a file, and nothing else is taken for one', () => {
  const [name, data] = [id(700), 'a0'.repeat(32)]
  const mark = document.markOf(name, data)
  expect(document.readMark(`%PDF ${mark} \xe9 end`)).toEqual({ document: name, dataSha256: data })
  expect(document.readMark(mark.slice(0, -1))).toBeUndefined()
  expect(document.readMark(mark.replace('320505-', '32050-'))).toBeUndefined()
  expect(document.readMark('')).toBeUndefined()
})

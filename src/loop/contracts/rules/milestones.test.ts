// What each act leaves of a milestone; and, whatever is done in whatever order, that shares stay whole and amounts stay the value.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  administrator,
  at,
  code,
  contract,
  evidence,
  head,
  id,
  now,
  procurer,
  reported,
  resident,
  settler,
  system,
  turned,
  workers,
} from '../../../../tests/support/contract-record.ts'
import { addDays } from '../../../kit/instant.ts'
import { fen, sum } from '../../../kit/money.ts'
import { granted, type Ruling } from '../../../kit/ruling.ts'
import { type Contract, type Milestone, promisedOf } from '../rules.ts'
import * as amendments from './amendments.ts'
import * as milestones from './milestones.ts'
import * as terms from './terms.ts'

const later = addDays(now, 1)
const hand = (n: number) => ({ person: id(n), at: now })
const both = { residentConfirmed: hand(5), headAccepted: hand(3) }
const factor = (factorBps: number) => ({ factorBps, score: 70, evaluation: 'e' })

describe('reporting', () => {
  test('says what was done and when, and what was said and confirmed before is gone', () => {
    const before = turned(contract(), 0, { state: 'returned', evidence, remarks: '缺记录', ...both })
    const after = granted(milestones.reportMilestone(before, at(before, 0), administrator, later, '已补齐'))
    expect(at(after, 0)).toEqual({
      ...at(before, 0),
      state: 'reported',
      reportWords: '已补齐',
      reportedAt: later,
      remarks: undefined,
      residentConfirmed: undefined,
      headAccepted: undefined,
    })
    expect([after.version, after.state, after.milestones.slice(1)]).toEqual([8, 'active', before.milestones.slice(1)])
  })

  test('what is sent back loses both words and keeps its report', () => {
    const before = turned(contract(), 0, { state: 'reported', reportWords: '好', ...both })
    expect(at(granted(milestones.returnMilestone(before, at(before, 0), head, now, '缺记录')), 0)).toEqual({
      ...at(before, 0),
      state: 'returned',
      remarks: '缺记录',
      residentConfirmed: undefined,
      headAccepted: undefined,
    })
  })
})

describe('accepting', () => {
  test('each of the two is written down with their person and moment', () => {
    const record = reported()
    expect(at(granted(milestones.acceptMilestone(record, at(record, 0), head, later)), 0)).toMatchObject({
      state: 'reported',
      headAccepted: { person: id(3), at: later },
      residentConfirmed: undefined,
    })
    expect(at(granted(milestones.confirmMilestoneAsResident(record, at(record, 0), resident, later)), 0)).toMatchObject(
      { state: 'reported', residentConfirmed: { person: id(5), at: later } },
    )
    expect(code(milestones.confirmMilestoneAsResident(contract(), at(contract(), 0), resident, now))).toBe(
      'not-in-this-state',
    )
    expect(code(milestones.acceptMilestone(contract(), at(contract(), 0), head, now))).toBe('not-in-this-state')
  })

  test('the second makes it payable in full from that moment', () => {
    const record = turned(reported(), 0, { headAccepted: hand(3) })
    expect(at(granted(milestones.confirmMilestoneAsResident(record, at(record, 0), resident, later)), 0)).toMatchObject(
      { state: 'payable', payable: at(record, 0).amount, payableAt: later },
    )
  })

  test('the last one is accepted and waits; with the factor known it is payable by it at once', () => {
    const record = turned(contract(), 2, { state: 'reported', evidence, headAccepted: hand(3) })
    const confirm = (of: Contract) =>
      at(granted(milestones.confirmMilestoneAsResident(of, at(of, 2), resident, later)), 2)
    const waits = confirm(record)
    expect([waits.state, waits.payable, waits.payableAt]).toEqual(['accepted', undefined, undefined])
    expect(confirm({ ...record, factor: factor(5_000) })).toMatchObject({
      state: 'payable',
      payable: 12_060_00n,
      payableAt: later,
    })
    const forfeited = confirm({ ...record, factor: factor(0) })
    expect([forfeited.state, forfeited.payable, forfeited.payableAt]).toEqual(['forfeited', 0n, undefined])
  })
})

describe('the evaluation', () => {
  test('begins with its id when all is reported, and its factor releases the last milestone once it is accepted', () => {
    const all = contract({ milestones: contract().milestones.map((each) => ({ ...each, state: 'reported' as const })) })
    expect(granted(milestones.beginEvaluation(all, system, now, 'e1')).evaluation).toBe('e1')
    expect(code(milestones.beginEvaluation(contract(), system, now, 'e1'))).toBe('milestones-open')
    const given = granted(milestones.putFactor(all, system, later, factor(9_000)))
    expect([given.factor, given.milestones, given.version]).toEqual([factor(9_000), all.milestones, 8])
    const accepted = turned(all, 2, { state: 'accepted', ...both })
    expect(at(granted(milestones.putFactor(accepted, system, later, factor(9_000))), 2)).toMatchObject({
      state: 'payable',
      payable: 21_708_00n,
      payableAt: later,
    })
    expect(code(milestones.putFactor(given, system, now, factor(1)))).toBe('factor-given')
  })

  test('a contract without milestones has nothing to release', () => {
    const empty = contract({ milestones: [] })
    expect(granted(milestones.putFactor(empty, system, now, factor(1))).milestones).toEqual([])
  })
})

describe('paying', () => {
  const payable = turned(contract(), 0, { state: 'payable', payable: fen(1n), payableAt: now })

  test('a proposal changes nothing of the milestone, settling pays it, a refusal and a reversal open it again', () => {
    expect(at(granted(milestones.payMilestone(payable, at(payable, 0), settler, now)), 0)).toEqual(at(payable, 0))
    const proposed = turned(payable, 0, { transfer: 't' })
    const paid = granted(milestones.settlePayment(proposed, at(proposed, 0), system, later))
    expect(at(paid, 0)).toEqual({ ...at(payable, 0), state: 'paid', transfer: undefined, paidAt: later })
    expect(at(granted(milestones.withdrawPayment(proposed, at(proposed, 0), system, later)), 0)).toEqual({
      ...at(payable, 0),
      transfer: undefined,
    })
    const paidAgain = turned(paid, 0, { transfer: 't' })
    expect(at(granted(milestones.unsettlePayment(paidAgain, at(paidAgain, 0), system, later)), 0)).toEqual({
      ...at(payable, 0),
      transfer: undefined,
      paidAt: undefined,
      payableAt: later,
    })
    expect(code(milestones.settlePayment(paid, at(paid, 0), system, now))).toBe('not-in-this-state')
  })

  test('who accepted is known: they do not pay', () => {
    const of = (changes: Partial<Milestone>) => milestones.acceptersOf({ ...at(contract(), 0), ...changes })
    expect([of({}), of(both), of({ headAccepted: hand(3) })]).toEqual([[], [id(5), id(3)], [id(3)]])
  })
})

describe('evidence', () => {
  test('counts for the named milestone while work goes on, else for the first such', () => {
    const of = turned(contract(), 0, { state: 'returned' })
    const found = (record: Contract, named?: string) => {
      const ruling = milestones.milestoneForEvidence(record, system, named)
      return ruling.ok ? ruling.value.position : ruling.code
    }
    expect([found(of), found(of, id(202)), found(turned(of, 0, { state: 'reported' }))]).toEqual([1, 2, 2])
    expect(found(turned(of, 0, { state: 'reported' }), id(201))).toBe('milestone-closed')
    expect(found(contract({ deliveryAt: undefined }))).toBe('delivery-not-started')
    expect(found(contract({ state: 'completed' }))).toBe('not-in-this-state')
  })

  test('adds up, and what is taken back never leaves less than nothing', () => {
    const more = { serviceRecords: 1, minutes: 30, attendance: 4 }
    expect(milestones.plus(evidence, more)).toEqual({ serviceRecords: 3, minutes: 150, attendance: 34 })
    const less = { serviceRecords: -3, minutes: -121, attendance: -31 }
    expect(milestones.plus(evidence, less)).toEqual({ serviceRecords: 0, minutes: 0, attendance: 0 })
  })
})

type Act = (of: Contract, index: number) => Ruling<Contract>
const acts: Act[] = [
  (of, index) => milestones.reportMilestone(of, at(of, index), administrator, now, '完成'),
  (of, index) => milestones.returnMilestone(of, at(of, index), head, now, '缺记录'),
  (of, index) => milestones.acceptMilestone(of, at(of, index), head, now),
  (of, index) => milestones.confirmMilestoneAsResident(of, at(of, index), resident, now),
  (of, index) => milestones.payMilestone(of, at(of, index), settler, now),
  (of, index) => milestones.settlePayment(of, at(of, index), system, now),
  (of, index) => milestones.withdrawPayment(of, at(of, index), system, now),
  (of, index) => milestones.unsettlePayment(of, at(of, index), system, now),
  (of, index) => milestones.putFactor(of, system, now, factor(index * 4_000)),
  (of, index) => {
    const growth = fen(BigInt(index + 1) * 1_000_00n)
    const proposed = amendments.proposeAmendment(
      of,
      procurer,
      now,
      { words: '增加', dues: [], growth },
      workers,
      id(300),
    )
    if (!proposed.ok) return proposed
    const agreed = amendments.agreeAmendment(proposed.value.contract, proposed.value.amendment, administrator, now)
    return agreed.ok ? { ok: true, value: agreed.value.contract } : agreed
  },
  (of, index) =>
    terms.terminateContract(
      of,
      procurer,
      now,
      { reason: 'breach', words: '终止', settlement: fen(BigInt(index) * 100_00n) },
      id(400),
    ),
]

test('any sequence of acts keeps shares at 100 %, amounts at the value, and pays and promises no more than it', () => {
  const recorded = contract({ milestones: contract().milestones.map((each) => ({ ...each, evidence })) })
  // Ordinary work is likely and the end is rare, so that whole lives are seen.
  const act = fc.oneof(
    { weight: 40, arbitrary: fc.nat(5) },
    { weight: 5, arbitrary: fc.integer({ min: 6, max: 9 }) },
    { weight: 1, arbitrary: fc.constant(10) },
  )
  const steps = fc.array(fc.tuple(act, fc.nat(2)), { minLength: 20, maxLength: 60 })
  fc.assert(
    fc.property(steps, (sequence) => {
      let of = recorded
      for (const [number, index] of sequence) {
        const ruling = acts[number]?.(of, index)
        if (ruling?.ok === true) of = ruling.value
        expect(of.milestones.reduce((total, each) => total + each.share, 0)).toBe(10_000)
        expect(milestones.amountsOf(of)).toBe(of.value)
        const paid = sum(of.milestones.filter((each) => each.state === 'paid').map((each) => each.payable ?? fen(0n)))
        expect(paid + promisedOf(of)).toBeLessThanOrEqual(of.value)
        expect(of.value).toBeLessThanOrEqual((of.originalValue * 110n) / 100n)
      }
    }),
    // A fault is told within seconds, shrunk as far as that goes.
    { numRuns: 100, interruptAfterTimeLimit: 3_000 },
  )
})

// Rules of contracts: amendments within their limits, and how a contract ends.
import { describe, expect, test } from 'vitest'
import {
  administrator,
  at,
  code,
  contract,
  id,
  now,
  procurer,
  system,
  turned,
  workers,
} from '../../../../tests/support/contract-record.ts'
import type { Actor } from '../../../kit/actor.ts'
import { fen, ZERO_FEN } from '../../../kit/money.ts'
import { plainDateOf } from '../../../kit/plain-date.ts'
import { granted } from '../../../kit/ruling.ts'
import * as rules from '../rules.ts'
import * as amendments from './amendments.ts'
import * as milestones from './milestones.ts'
import * as terms from './terms.ts'

describe('amendments', () => {
  const wish = (more: Partial<amendments.AmendmentInput>): amendments.AmendmentInput => ({
    words: '调整',
    dues: [],
    ...more,
  })
  const propose = (who: Actor, more: Partial<amendments.AmendmentInput>, record = contract()) =>
    amendments.proposeAmendment(record, who, now, wish(more), workers, id(300))

  test('the value grows by 10 % at most in all, on the last milestone, when the other party agrees', () => {
    expect(code(propose(procurer, { growth: fen(8_040_01n) }))).toBe('growth-too-large')
    expect(code(propose(procurer, {}))).toBe('nothing-amended')
    const { contract: waits, amendment } = granted(propose(procurer, { growth: fen(8_040_00n) }))
    expect(waits.amendmentFor).toBe('organization')
    expect(code(amendments.agreeAmendment(waits, amendment, procurer, now))).toBe('own-proposal')
    const { contract: amended } = granted(amendments.agreeAmendment(waits, amendment, administrator, now))
    expect([amended.value, at(amended, 2).amount]).toEqual([88_440_00n, 32_160_00n])
    expect(milestones.amountsOf(amended)).toBe(amended.value)
    expect(code(propose(procurer, { growth: fen(1n) }, amended))).toBe('growth-too-large')
  })

  test('one amendment at a time; either side ends it', () => {
    const { contract: waits, amendment } = granted(propose(administrator, { end: plainDateOf('2028-01-31') }))
    expect(code(propose(procurer, { end: plainDateOf('2028-02-28') }, waits))).toBe('amendment-open')
    expect(granted(amendments.declineAmendment(waits, amendment, procurer, now))).toMatchObject({
      contract: { amendmentFor: undefined },
      amendment: { state: 'declined' },
    })
    expect(code(amendments.agreeAmendment(waits, { ...amendment, state: 'declined' }, procurer, now))).toBe(
      'amendment-decided',
    )
  })

  test('dates stay in order and inside, closed milestones stay as they are, staff must be fit', () => {
    const moved = (milestone: string, due: string) =>
      propose(administrator, { dues: [{ milestone, due: plainDateOf(due) }] }, turned(contract(), 0, { state: 'paid' }))
    expect(code(moved(id(201), '2027-07-31'))).toBe('milestone-closed')
    expect(code(moved(id(202), '2028-03-31'))).toBe('milestone-outside')
    expect(code(moved(id(203), '2027-08-31'))).toBe('dates-not-in-order')
    expect(code(moved(id(202), '2027-10-31'))).toBe('ok')
    expect(code(propose(administrator, { team: [{ worker: 'w2', duty: 'lead', key: true }] }))).toBe('certificate-over')
  })
})

describe('ending', () => {
  const ending = (settlement?: bigint) => ({
    reason: 'breach' as const,
    words: '多次未开展服务',
    settlement: settlement === undefined ? undefined : fen(settlement),
  })

  test('what is payable stays, the rest is cancelled, a settlement within its sum waits for payment', () => {
    const record = turned(contract(), 0, { state: 'payable', payable: at(contract(), 0).amount })
    expect(code(terms.terminateContract(record, procurer, now, ending(48_240_01n), id(400)))).toBe(
      'settlement-too-large',
    )
    const ended = granted(terms.terminateContract(record, procurer, now, ending(10_000_00n), id(400)))
    expect(ended.milestones.map((each) => each.state)).toEqual(['payable', 'cancelled', 'cancelled', 'payable'])
    expect(rules.promisedOf(ended)).toBe(42_160_00n)
    expect(rules.lastMilestone(ended)?.position).toBe(3)
  })

  test('before it is in force there is nothing to settle', () => {
    const signing = contract({ state: 'signing', activeAt: undefined })
    expect(code(terms.terminateContract(signing, procurer, now, ending(1n), id(400)))).toBe('settlement-too-large')
    expect(granted(terms.terminateContract(signing, procurer, now, ending(), id(400)))).toMatchObject({
      state: 'terminated',
      termination: { settlement: ZERO_FEN },
    })
  })

  test('it is completed only when every milestone is closed', () => {
    expect(code(terms.completeContract(contract(), system, now))).toBe('milestones-open')
    const closed = {
      ...contract(),
      milestones: contract().milestones.map((each, index) => ({
        ...each,
        state: index === 2 ? ('forfeited' as const) : ('paid' as const),
      })),
    }
    expect(granted(terms.completeContract(closed, system, now)).state).toBe('completed')
  })
})

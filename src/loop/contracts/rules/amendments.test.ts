// What an amendment may change, each fault alone; and everything that agreeing and declining leave.
import { describe, expect, test } from 'vitest'
import {
  administrator,
  at,
  code,
  contract,
  head,
  id,
  now,
  procurer,
  turned,
  workers,
} from '../../../../tests/support/contract-record.ts'
import type { Actor } from '../../../kit/actor.ts'
import { fen } from '../../../kit/money.ts'
import { plainDateOf } from '../../../kit/plain-date.ts'
import { granted } from '../../../kit/ruling.ts'
import type { Amendment, Contract } from '../rules.ts'
import * as amendments from './amendments.ts'

const day = plainDateOf
const lead = { worker: 'w1', duty: 'lead', key: true } as const
type Wish = Partial<amendments.AmendmentInput>
const propose = (wish: Wish, of = contract(), who: Actor = procurer) =>
  amendments.proposeAmendment(of, who, now, { words: '调整', dues: [], ...wish }, workers, id(300))
const due = (milestone: number, date: string) => ({ milestone: id(milestone), due: day(date) })

describe('proposing', () => {
  test('the other party is waited for; what was wished stands in the amendment', () => {
    const wish = { growth: fen(1n), end: day('2028-01-31'), dues: [due(203, '2028-01-15')], team: [lead] }
    expect(propose(wish)).toEqual({
      ok: true,
      value: {
        contract: { ...contract(), version: 8, amendmentFor: 'organization' },
        amendment: {
          id: id(300),
          contract: contract().id,
          state: 'proposed',
          proposedBy: 'purchaser',
          person: id(1),
          words: '调整',
          growth: 1n,
          end: '2028-01-31',
          dues: wish.dues,
          team: [{ worker: 'w1', person: id(10), duty: 'lead', key: true }],
          at: now,
        },
      },
    })
    expect(granted(propose({ growth: fen(1n) }, contract(), administrator))).toMatchObject({
      contract: { amendmentFor: 'purchaser' },
      amendment: { proposedBy: 'organization', team: undefined },
    })
  })

  test('where keys signed, the proposer signs first', () => {
    const keyed = contract({ signatures: { purchaser: { person: id(1), at: now, sha256: 'a', key: 'k' } } })
    expect(granted(propose({ growth: fen(1n) }, keyed)).contract.amendmentFor).toBe('purchaser')
  })

  const last = (state: 'accepted' | 'reported') => turned(contract(), 2, { state })
  const cases: [string, Wish, Contract, [string, string][]][] = [
    ['all that may be added', { growth: fen(8_040_00n) }, contract(), []],
    ['a fen more', { growth: fen(8_040_01n) }, contract(), [['body.growth', 'growth-too-large']]],
    ['nothing more', { growth: fen(0n) }, contract(), [['body.growth', 'amount-not-positive']]],
    ['money while the last one is reported', { growth: fen(1n) }, last('reported'), []],
    ['money after the last one', { growth: fen(1n) }, last('accepted'), [['body.growth', 'last-milestone-closed']]],
    ['an end on the last due', { end: day('2027-12-31') }, contract(), []],
    ['an end before the last due', { end: day('2027-12-30') }, contract(), [['body.dues', 'dates-not-in-order']]],
    ['an end on the first day', { end: day('2027-03-02') }, contract(), [['body.end', 'dates-not-in-order']]],
    ['dues on the first and the last day', { dues: [due(201, '2027-03-02'), due(203, '2027-12-31')] }, contract(), []],
    ['a due the day before', { dues: [due(201, '2027-03-01')] }, contract(), [['body.dues.0', 'milestone-outside']]],
    ['a due the day after', { dues: [due(203, '2028-01-01')] }, contract(), [['body.dues.0', 'milestone-outside']]],
    ['a due within the new end', { end: day('2028-01-31'), dues: [due(203, '2028-01-31')] }, contract(), []],
    ['a due on the one before it', { dues: [due(202, '2027-06-30')] }, contract(), []],
    [
      'a due before the one before it',
      { dues: [due(202, '2027-06-29')] },
      contract(),
      [['body.dues', 'dates-not-in-order']],
    ],
    ['a due of a returned one', { dues: [due(201, '2027-07-01')] }, turned(contract(), 0, { state: 'returned' }), []],
    [
      'a due of a reported one',
      { dues: [due(201, '2027-07-01')] },
      turned(contract(), 0, { state: 'reported' }),
      [['body.dues.0', 'milestone-closed']],
    ],
    [
      'a due of none',
      { dues: [due(201, '2027-07-01'), due(299, '2027-07-01')] },
      contract(),
      [['body.dues.1', 'milestone-closed']],
    ],
    [
      'nobody of another employer',
      { team: [lead, { ...lead, worker: 'w3' }] },
      contract(),
      [['body.team.1.worker', 'worker-not-employed']],
    ],
  ]
  test.each(cases)('%s', (_what, wish, of, expected) => {
    const ruling = propose(wish, of)
    expect(ruling.ok ? [] : ruling.fields?.map((fault) => [fault.path, fault.code])).toEqual(expected)
  })

  test('who asks for too much is told how much there is', () => {
    expect(propose({ growth: fen(8_040_01n) })).toMatchObject({
      fields: [{ params: { limit: '8040.00', percent: 10 } }],
    })
  })

  test('by a party, in force, one at a time, and something', () => {
    expect(code(propose({}))).toBe('nothing-amended')
    for (const wish of [
      { growth: fen(1n) },
      { end: day('2028-01-31') },
      { dues: [due(201, '2027-07-01')] },
      { team: [lead] },
    ])
      expect(code(propose(wish))).toBe('ok')
    expect(code(propose({ growth: fen(1n) }, contract(), head))).toBe('not-a-party')
    expect(code(propose({ growth: fen(1n) }, contract({ state: 'signing' })))).toBe('not-in-this-state')
    expect(code(propose({ growth: fen(1n) }, contract({ amendmentFor: 'purchaser' })))).toBe('amendment-open')
  })
})

describe('in force', () => {
  const amendment = (more: Partial<Amendment> = {}): Amendment => ({
    id: id(300),
    contract: contract().id,
    state: 'proposed',
    proposedBy: 'purchaser',
    person: id(1),
    words: '调整',
    dues: [],
    at: now,
    ...more,
  })
  const waits = contract({ amendmentFor: 'organization' })

  test('a growth falls on the last milestone, dues on those on which work goes on, and the rest stands', () => {
    const of = turned(waits, 0, { state: 'paid' })
    const team = [{ worker: 'w1', person: id(10), duty: 'supervisor' as const, key: true }]
    const more = {
      growth: fen(100n),
      end: day('2028-01-31'),
      team,
      dues: [due(201, '2027-07-01'), due(202, '2027-10-01')],
    }
    const after = granted(amendments.agreed(of, amendment(more)))
    expect(after).toEqual({
      ...of,
      value: of.value + 100n,
      end: '2028-01-31',
      team,
      milestones: [at(of, 0), { ...at(of, 1), due: '2027-10-01' }, { ...at(of, 2), amount: at(of, 2).amount + 100n }],
    })
    expect(granted(amendments.agreed(of, amendment()))).toEqual(of)
  })

  test('what does not fit any more by now is refused', () => {
    expect(code(amendments.agreed(turned(waits, 2, { state: 'accepted' }), amendment({ growth: fen(1n) })))).toBe(
      'last-milestone-closed',
    )
    expect(code(amendments.agreed(turned(waits, 2, { state: 'accepted' }), amendment()))).toBe('ok')
    expect(amendments.agreed(waits, amendment({ growth: fen(8_040_01n) }))).toMatchObject({
      code: 'growth-too-large',
      params: { limit: '8040.00', percent: 10 },
    })
    expect(code(amendments.agreed(waits, amendment({ growth: fen(8_040_00n) })))).toBe('ok')
  })

  const agree = (of: Contract, it: Amendment, who: Actor = administrator) => amendments.agreeAmendment(of, it, who, now)

  test('agreed by the other party it is in force, and says who agreed when', () => {
    const it = amendment({ growth: fen(100n), end: day('2028-01-31') })
    const { milestones, value, end, team } = granted(amendments.agreed(waits, it))
    expect(agree(waits, it)).toEqual({
      ok: true,
      value: {
        contract: { ...waits, milestones, value, end, team, amendmentFor: undefined, version: 8 },
        amendment: { ...it, state: 'agreed', decidedAt: now, decidedBy: id(2) },
      },
    })
    expect(code(agree(waits, { ...it, state: 'agreed' }))).toBe('amendment-decided')
    expect(code(agree(contract(), it))).toBe('amendment-decided')
    expect(code(agree(waits, it, procurer))).toBe('own-proposal')
    expect(agree(waits, { ...it, person: id(2) })).toMatchObject({ kind: 'forbidden', code: 'one-person-two-parties' })
    expect(code(agree(waits, amendment({ growth: fen(8_040_01n) })))).toBe('growth-too-large')
  })

  test('declined it leaves the contract as it was', () => {
    expect(amendments.declineAmendment(waits, amendment(), procurer, now)).toEqual({
      ok: true,
      value: {
        contract: { ...waits, amendmentFor: undefined, version: 8 },
        amendment: { ...amendment(), state: 'declined', decidedAt: now, decidedBy: id(1) },
      },
    })
    const declined = amendment({ state: 'declined' })
    expect(code(amendments.declineAmendment(waits, declined, procurer, now))).toBe('amendment-decided')
    expect(code(amendments.declineAmendment(contract(), amendment(), procurer, now))).toBe('amendment-decided')
    expect(code(amendments.declineAmendment(waits, amendment(), head, now))).toBe('not-a-party')
  })
})

// Rules of money as tables over every state and verb, and as properties over any sequence of transfers.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Actor } from '../../kit/actor.ts'
import { asDivision, type Id, joinId } from '../../kit/id.ts'
import { instant } from '../../kit/instant.ts'
import { type Fen, fen } from '../../kit/money.ts'
import { type Stage, type TransferPurpose, transferPurposes, type TransferState, transferStates } from './contract.ts'
import * as rules from './rules.ts'

const now = instant('2026-11-23T03:00:00.000Z')
const county = asDivision('320505')
const township = asDivision('320505001')
const welfare = ['01', '02', '03', '04']

function idOf<Kind extends string>(n: number): Id<Kind> {
  return joinId<Kind>('320505', `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`)
}

function personOf(n: number, delegatedFrom?: number): Actor {
  const permissions = new Set(['funds.approve', 'funds.refuse', 'funds.reverse'])
  return {
    kind: 'person',
    personId: idOf<'person'>(n),
    sessionId: 's',
    verified: true,
    adult: true,
    grants: [
      {
        role: 'township-settler',
        reach: 'place',
        permissions,
        division: county,
        delegatedFrom: delegatedFrom === undefined ? undefined : idOf<'person'>(delegatedFrom),
      },
    ],
  }
}

function account(n: number, stage: Stage, balance: bigint, more: Partial<rules.Account> = {}): rules.Account {
  return {
    id: idOf<'account'>(n),
    division: stage === 'source' || stage === 'pool' ? county : township,
    source: 'fiscal-transfer',
    earmark: 'general',
    stage,
    mayGoNegative: stage === 'source',
    balance: fen(balance),
    pending: fen(0n),
    ...more,
  }
}

function transfer(state: TransferState, more: Partial<rules.Transfer> = {}): rules.Transfer {
  return {
    id: idOf<'transfer'>(1),
    division: township,
    state,
    version: 1,
    number: { year: 2026, value: 12 },
    purpose: 'payment',
    source: 'fiscal-transfer',
    earmark: 'general',
    from: idOf<'account'>(1),
    to: idOf<'account'>(2),
    amount: fen(500n),
    accepters: [idOf<'person'>(3)],
    proposedBy: idOf<'person'>(1),
    proposedAt: now,
    ...more,
  }
}

const codeOf = (ruling: { ok: boolean; code?: string }) => (ruling.ok ? 'ok' : ruling.code)

describe('a transfer', () => {
  const enough = account(1, 'encumbered', 10_000n)
  test.each(transferStates)('in state %s allows exactly the verbs of its lifecycle', (state) => {
    const it = transfer(state)
    const allowed = {
      approveTransfer: rules.approveTransfer(it, personOf(2), now, enough),
      refuseTransfer: rules.refuseTransfer(it, personOf(2), now, '金额有误'),
      reverseTransfer: rules.reverseTransfer(it, enough, false),
      takeBack: rules.takeBack(it, now),
    }
    const verbs = Object.entries(allowed)
      .filter(([, ruling]) => ruling.ok)
      .map(([verb]) => verb)
    expect(verbs).toEqual(Object.keys(rules.transferLifecycle[state]))
    for (const ruling of Object.values(allowed)) if (!ruling.ok) expect(ruling.code).toBe('not-in-this-state')
  })

  test('is not approved by who proposed it, by who accepted the work, nor by their stand-in', () => {
    expect(codeOf(rules.approveTransfer(transfer('proposed'), personOf(1), now, enough))).toBe('duties-separated')
    expect(codeOf(rules.approveTransfer(transfer('proposed'), personOf(3), now, enough))).toBe('duties-separated')
    expect(codeOf(rules.approveTransfer(transfer('proposed'), personOf(9, 1), now, enough))).toBe('duties-separated')
    expect(codeOf(rules.approveTransfer(transfer('proposed'), personOf(9, 3), now, enough))).toBe('duties-separated')
    expect(codeOf(rules.approveTransfer(transfer('proposed'), personOf(2), now, enough))).toBe('ok')
  })

  test('never moves more than stands on the account, to the last fen', () => {
    expect(codeOf(rules.approveTransfer(transfer('proposed'), personOf(2), now, account(1, 'encumbered', 499n)))).toBe(
      'funds-short',
    )
    expect(codeOf(rules.approveTransfer(transfer('proposed'), personOf(2), now, account(1, 'encumbered', 500n)))).toBe(
      'ok',
    )
    expect(
      codeOf(
        rules.approveTransfer(
          transfer('proposed', { purpose: 'booking' }),
          personOf(2),
          now,
          account(1, 'source', -999n),
        ),
      ),
    ).toBe('ok')
  })

  test('keeps who decided, when, and the reason of a refusal', () => {
    const approved = rules.approveTransfer(transfer('proposed'), personOf(2), now, enough)
    expect(approved).toMatchObject({
      ok: true,
      value: { state: 'posted', decidedBy: idOf<'person'>(2), decidedAt: now },
    })
    expect(rules.refuseTransfer(transfer('proposed'), personOf(2), now, '金额有误')).toMatchObject({
      ok: true,
      value: { state: 'refused', reason: '金额有误' },
    })
  })

  test.each(transferPurposes)('for %s is taken back only where a reversal makes sense', (purpose: TransferPurpose) => {
    const ruling = rules.reverseTransfer(transfer('posted', { purpose }), account(2, 'paid', 500n), false)
    expect(codeOf(ruling)).toBe(['booking', 'allotment', 'payment'].includes(purpose) ? 'ok' : 'not-reversible')
  })

  test('is taken back once, and only what still stands on the receiving account', () => {
    expect(codeOf(rules.reverseTransfer(transfer('posted'), account(2, 'paid', 500n), true))).toBe('already-reversed')
    expect(codeOf(rules.reverseTransfer(transfer('posted'), account(2, 'paid', 499n), false))).toBe('funds-short')
    expect(
      codeOf(rules.reverseTransfer(transfer('posted'), account(2, 'pool', 900n, { pending: fen(401n) }), false)),
    ).toBe('funds-short')
    const original = transfer('reversed')
    expect(
      codeOf(
        rules.approveTransfer(transfer('proposed', { reverses: original.id }), personOf(2), now, enough, original),
      ),
    ).toBe('already-reversed')
  })

  test('has the number that people see', () => {
    expect(rules.numberOfTransfer(transfer('proposed'))).toBe('资2026-0012')
  })
})

describe('money that comes in', () => {
  const wish = { division: county, source: 'fiscal-transfer' as const, earmark: 'general', amount: fen(1n) }
  test('is booked at a finance level, with an amount', () => {
    expect(codeOf(rules.bookSource(wish, welfare))).toBe('ok')
    expect(codeOf(rules.bookSource({ ...wish, division: asDivision('3205') }, welfare))).toBe('ok')
    expect(codeOf(rules.bookSource({ ...wish, division: township }, welfare))).toBe('invalid-input')
    expect(codeOf(rules.bookSource({ ...wish, amount: fen(0n) }, welfare))).toBe('invalid-input')
  })
  test('from the welfare lottery needs one of its purposes', () => {
    expect(codeOf(rules.bookSource({ ...wish, source: 'welfare-lottery' }, welfare))).toBe('earmark-needed')
    expect(codeOf(rules.bookSource({ ...wish, source: 'welfare-lottery', earmark: '13' }, welfare))).toBe(
      'earmark-needed',
    )
    expect(codeOf(rules.bookSource({ ...wish, source: 'welfare-lottery', earmark: '0102' }, welfare))).toBe('ok')
  })
})

describe('an allotment', () => {
  const pool = account(1, 'pool', 1000n)
  test.each([
    ['a township below', township, 'ok'],
    ['itself', county, 'not-below'],
    ['another county’s township', asDivision('320506001'), 'not-below'],
    ['a community', asDivision('320505001001'), 'not-below'],
    ['the city above', asDivision('3205'), 'not-below'],
  ])('to %s', (_, division, code) => {
    expect(codeOf(rules.allot(pool, division, fen(1000n)))).toBe(code)
  })
  test('goes from a pool only and leaves what is promised', () => {
    expect(codeOf(rules.allot(account(1, 'township', 1000n), township, fen(1n)))).toBe('not-a-pool')
    expect(codeOf(rules.allot({ ...pool, pending: fen(1n) }, township, fen(1000n)))).toBe('funds-short')
    expect(rules.allot(account(1, 'pool', 9n, { division: asDivision('3205') }), county, fen(9n))).toEqual({
      ok: true,
      value: 'pool',
    })
  })
})

describe('an encumbrance', () => {
  const general = account(1, 'township', 1000n)
  const elder = account(2, 'township', 600n, { earmark: '01' })
  test('takes fitting earmarked money first, then general money', () => {
    expect(rules.chooseAccount([general, elder], fen(600n), ['0102'])).toMatchObject({
      ok: true,
      value: { id: elder.id },
    })
    expect(rules.chooseAccount([general, elder], fen(601n), ['0102'])).toMatchObject({
      ok: true,
      value: { id: general.id },
    })
    expect(rules.chooseAccount([general, elder], fen(600n), ['13'])).toMatchObject({
      ok: true,
      value: { id: general.id },
    })
  })
  test('never takes earmarked money for something else, and tells how much is at hand', () => {
    expect(rules.chooseAccount([elder], fen(1n), ['13'])).toMatchObject({
      ok: false,
      code: 'funds-short',
      params: { needed: '0.01', available: '0.00' },
    })
    expect(rules.chooseAccount([elder], fen(1n))).toMatchObject({ ok: false, code: 'funds-short' })
    expect(rules.chooseAccount([general], fen(1001n))).toMatchObject({
      ok: false,
      params: { needed: '10.01', available: '10.00' },
    })
  })
})

describe('a payment', () => {
  test('is not proposed by who accepted the work', () => {
    expect(codeOf(rules.proposePayment([account(1, 'encumbered', 9n)], fen(9n), ['a'], ['a']))).toBe('duties-separated')
    expect(codeOf(rules.proposePayment([account(1, 'encumbered', 9n)], fen(9n), ['a'], ['b', 'a']))).toBe(
      'duties-separated',
    )
    expect(codeOf(rules.proposePayment([account(1, 'encumbered', 9n, { earmark: '01' })], fen(9n), ['a'], ['b']))).toBe(
      'ok',
    )
  })
})

test('after any sequence of bookings, allotments, encumbrances, payments, refunds and reversals the books sum to zero, nothing is overdrawn, and what came in is free, encumbered or paid', () => {
  const stages: Stage[] = ['source', 'pool', 'township', 'encumbered', 'paid']
  const step = fc.record({
    kind: fc.constantFrom('booking', 'allotment', 'encumbrance', 'payment', 'refund', 'reversal'),
    amount: fc.bigInt(1n, 1_000n),
    which: fc.nat(50),
  })
  const ways: Record<string, [number, number]> = {
    booking: [0, 1],
    allotment: [1, 2],
    encumbrance: [2, 3],
    payment: [3, 4],
    refund: [3, 1],
  }
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const balances = stages.map(() => 0n)
      const at = (n: number) => account(n, stages[n] ?? 'paid', balances[n] ?? 0n)
      const posted: { from: number; to: number; transfer: rules.Transfer }[] = []
      const move = (from: number, to: number, amount: Fen) => {
        balances[from] = (balances[from] ?? 0n) - amount
        balances[to] = (balances[to] ?? 0n) + amount
      }
      for (const { kind, amount, which } of steps) {
        if (kind === 'reversal') {
          const target = posted[which % Math.max(posted.length, 1)]
          if (target === undefined || !rules.reverseTransfer(target.transfer, at(target.to), false).ok) continue
          const back = transfer('proposed', { purpose: 'reversal', amount: target.transfer.amount, accepters: [] })
          if (!rules.approveTransfer(back, personOf(2), now, at(target.to), target.transfer).ok) continue
          move(target.to, target.from, target.transfer.amount)
          const taken = rules.takeBack(target.transfer, now)
          if (taken.ok) target.transfer = taken.value
        } else {
          const [from = 0, to = 0] = ways[kind] ?? []
          const ruling = rules.approveTransfer(
            transfer('proposed', { purpose: kind as TransferPurpose, amount: fen(amount), accepters: [] }),
            personOf(2),
            now,
            at(from),
          )
          if (!ruling.ok) continue
          move(from, to, fen(amount))
          posted.push({ from, to, transfer: ruling.value })
        }
        expect(balances.reduce((sum, balance) => sum + balance, 0n)).toBe(0n)
        for (const balance of balances.slice(1)) expect(balance >= 0n).toBe(true)
        // The same told by the transfers that stand, not by the accounts.
        const sumOf = (purpose: TransferPurpose) =>
          posted
            .filter((each) => each.transfer.state === 'posted' && each.transfer.purpose === purpose)
            .reduce((sum, each) => sum + each.transfer.amount, 0n)
        const [budget, paid] = [sumOf('booking'), sumOf('payment')]
        const encumbered = sumOf('encumbrance') - sumOf('refund') - paid
        const [, pool = 0n, inTownship = 0n, held, out] = balances
        expect([held, out]).toEqual([encumbered, paid])
        expect(encumbered + paid + pool + inTownship).toBe(budget)
      }
    }),
    { numRuns: 300 },
  )
})

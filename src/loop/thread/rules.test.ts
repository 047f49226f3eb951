// The line's stations by cases, and what money adds up to.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mostSentences, outcomes } from './contract/account.ts'
import { stations, type StationName } from './contract.ts'
import { drawLine, isFinished, sumMoney } from './rules.ts'
import { askedOf, outcomesOf } from './rules/account.ts'

function drawn(
  reached: readonly StationName[],
  needStates: readonly string[],
  contractStates: readonly string[] = [],
): string {
  return drawLine({ reached: new Set(reached), needStates, contractStates })
    .map(({ station, state }) => `${station}:${state}`)
    .join(' ')
}

describe('the line', () => {
  it('a fresh need shows the whole way ahead', () => {
    const line = drawn(['need'], ['submitted'])
    expect(line.startsWith('need:now support:next deliberation:next')).toBe(true)
    expect(line.split(' ')).toHaveLength(10)
  })

  it('money that moves between a pool and a township stands in no line', () => {
    expect(drawn(['payment'], [])).toBe('')
  })

  it('stations that were passed by are left out', () => {
    expect(drawn(['need', 'verdict'], ['closed'])).toBe('need:done verdict:done')
    expect(drawn(['need'], ['answered'])).toBe('need:done verdict:now')
  })

  it('a wish on the board has its delivery and the verdict ahead, one taken off the whole way', () => {
    const wished = (reached: readonly StationName[], state: string) =>
      drawLine({ reached: new Set(reached), needStates: ['responding'], contractStates: [], wishStates: [state] })
        .map((one) => `${one.station}:${one.state}`)
        .join(' ')
    expect(wished(['need'], 'open')).toBe('need:now delivery:next verdict:next')
    expect(wished(['need', 'delivery'], 'claimed')).toBe('need:done delivery:now verdict:next')
    expect(wished(['need'], 'withdrawn').split(' ')).toHaveLength(10)
  })

  it('while the contract runs, delivery and payment go on side by side', () => {
    expect(drawn(['need', 'project', 'contract', 'delivery', 'payment'], ['responding'], ['active'])).toBe(
      'need:done project:done contract:done delivery:now payment:now evaluation:next verdict:next',
    )
  })

  it('a verdict that reopened its need is still to come', () => {
    expect(drawn(['need', 'verdict'], ['responding']).endsWith('verdict:next')).toBe(true)
  })

  it('delivery is done once it was evaluated or its needs were answered, though the contract still runs', () => {
    const paid: StationName[] = ['need', 'project', 'contract', 'delivery', 'payment']
    expect(drawn([...paid, 'evaluation'], ['responding'], ['active'])).toBe(
      'need:done project:done contract:done delivery:done payment:done evaluation:now verdict:next',
    )
    expect(drawn(paid, ['answered'], ['active'])).toBe(
      'need:done project:done contract:done delivery:done payment:done verdict:now',
    )
    expect(drawn(paid, ['responding'], ['settled'])).toContain('delivery:done payment:now')
  })

  it.each([
    [['closed'], true, 'verdict:done'],
    [['closed', 'closed'], true, 'verdict:done'],
    [['closed', 'answered'], false, 'verdict:now'],
    [['answered', 'responding'], false, 'verdict:next'],
    [['closed', 'responding'], false, 'verdict:next'],
    [[], false, 'verdict:next'],
  ])('with needs %j the line is finished: %s, and shows %s', (needStates, finished, verdict) => {
    expect(isFinished({ reached: new Set(['project']), needStates, contractStates: [] })).toBe(finished)
    expect(drawn(['project'], needStates).endsWith(verdict)).toBe(true)
  })

  it('whatever is reached, done comes before next, and a finished line has nothing else than done', () => {
    fc.assert(
      fc.property(
        fc.subarray([...stations]),
        fc.constantFrom('submitted', 'responding', 'answered', 'closed'),
        (reached, state) => {
          const line = drawLine({ reached: new Set(reached), needStates: [state], contractStates: [] })
          const firstNext = line.findIndex((one) => one.state === 'next')
          if (firstNext >= 0) expect(line.slice(firstNext).every((one) => one.state === 'next')).toBe(true)
          if (state === 'closed') expect(line.every((one) => one.state === 'done')).toBe(true)
          else expect(line.filter((one) => one.state === 'now').length).toBeLessThanOrEqual(2)
        },
      ),
    )
  })
})

describe('money', () => {
  it('a budget counts as last said, payments add up, what is due is what is not yet paid', () => {
    expect(
      sumMoney([
        { kind: 'budget', amount: 100n, of: 'p' },
        { kind: 'budget', amount: 120n, of: 'p' },
        { kind: 'paid', amount: 30n, of: 't1' },
        { kind: 'paid', amount: 20n, of: 't2' },
        { kind: 'due', amount: 70n, of: 'c' },
        { kind: 'refunded', amount: 5n, of: 't3' },
      ]),
    ).toEqual([
      { kind: 'budget', amount: 120n },
      { kind: 'paid', amount: 50n },
      { kind: 'due', amount: 20n },
      { kind: 'refunded', amount: 5n },
    ])
  })
})

describe('money of several records', () => {
  it('budgets and awards of each record count once, by kind; what is nothing is not shown', () => {
    expect(
      sumMoney([
        { kind: 'award', amount: 90n, of: 'p' },
        { kind: 'budget', amount: 100n, of: 'p' },
        { kind: 'budget', amount: 40n, of: 'q' },
        { kind: 'award', amount: 80n, of: 'p' },
        { kind: 'encumbered', amount: 80n, of: 'p' },
        { kind: 'encumbered', amount: -80n, of: 'p' },
        { kind: 'paid', amount: 10n, of: 'p' },
      ]),
    ).toEqual([
      { kind: 'budget', amount: 140n },
      { kind: 'award', amount: 80n },
      { kind: 'paid', amount: 10n },
    ])
  })

  it.each([
    [70n, 30n, 40n],
    [70n, 70n, undefined],
    [70n, 71n, undefined],
  ])('of %s due and %s paid since, %s is still due', (due, paid, left) => {
    const sums = sumMoney([
      { kind: 'due', amount: due, of: 'c' },
      { kind: 'paid', amount: paid, of: 't' },
    ])
    expect(sums.find(({ kind }) => kind === 'due')?.amount).toBe(left)
  })

  it('what is due stands whole as long as nothing is paid', () => {
    expect(sumMoney([{ kind: 'due', amount: 70n, of: 'c' }])).toEqual([{ kind: 'due', amount: 70n }])
  })
})

describe('what the notice board says was asked', () => {
  const asked = fc.array(
    fc.record({
      number: fc.constantFrom('需2026-0001', '需2026-0002', undefined),
      title: fc.constantFrom('想吃上热午饭', undefined),
      visibility: fc.constantFrom('public' as const, 'private' as const),
      supports: fc.nat(99),
      verdict: fc.constantFrom(
        'met' as const,
        'partly' as const,
        'not-met' as const,
        'unconfirmed' as const,
        undefined,
      ),
      open: fc.boolean(),
    }),
  )

  it('every need is printed, counted as one more, or counted as private, and each has one outcome', () => {
    fc.assert(
      fc.property(asked, (needs) => {
        // A private need is never open to everybody.
        const real = needs.map((need) => ({ ...need, open: need.open && need.visibility === 'public' }))
        const { sentences, more, private: hidden, supports } = askedOf(real)
        expect(sentences.length + more + hidden).toBe(real.length)
        expect(sentences.length).toBeLessThanOrEqual(mostSentences)
        expect([more >= 0, supports]).toEqual([true, real.reduce((sum, need) => sum + need.supports, 0)])
        const counts = outcomesOf(real)
        expect(outcomes.reduce((sum, outcome) => sum + counts[outcome], 0)).toBe(real.length)
      }),
    )
  })

  it('those with most supports come first; without a word of the resident the outcome is awaited', () => {
    const need = (number: string, supports: number) => ({
      number,
      title: number,
      visibility: 'public' as const,
      supports,
      open: true,
    })
    const { sentences } = askedOf([need('需2026-0002', 3), need('需2026-0001', 3), need('需2026-0003', 9)])
    expect(sentences.map(({ number, outcome }) => [number, outcome])).toEqual([
      ['需2026-0003', 'waiting'],
      ['需2026-0001', 'waiting'],
      ['需2026-0002', 'waiting'],
    ])
  })

  it('each order of the same needs prints the same five, and counts what is not open and what is private apart', () => {
    const need = (number: number, more: { open?: boolean; title?: string; private?: boolean } = {}) => ({
      number: `需2026-000${number}`,
      title: 'title' in more ? more.title : '想吃上热午饭',
      visibility: more.private === true ? ('private' as const) : ('public' as const),
      supports: 3,
      open: more.open ?? true,
    })
    const needs = [
      ...[1, 2, 3, 4, 5, 6].map((number) => need(number)),
      need(7, { open: false }),
      need(0, { title: undefined }),
      need(9, { open: false, private: true }),
    ]
    fc.assert(
      fc.property(fc.shuffledSubarray(needs, { minLength: needs.length }), (order) => {
        const { sentences, ...counted } = askedOf(order)
        expect(sentences.map(({ number }) => number?.slice(-1)).join('')).toBe('12345')
        expect(counted).toEqual({ more: 3, private: 1, supports: 27 })
      }),
    )
  })
})

// What may be agreed and what each fault is called; drafting, signing on paper, and the end, with everything that each act leaves.
import { describe, expect, test } from 'vitest'
import {
  administrator,
  at,
  code,
  contract,
  good,
  head,
  id,
  milestoneTerms,
  now,
  organization,
  policy,
  procurer,
  system,
  turned,
  workers,
} from '../../../../tests/support/contract-record.ts'
import { addDays } from '../../../kit/instant.ts'
import { fen } from '../../../kit/money.ts'
import { plainDateOf } from '../../../kit/plain-date.ts'
import type { Contract } from '../rules.ts'
import * as terms from './terms.ts'

const day = plainDateOf
const lead = { worker: 'w1', duty: 'lead', key: true } as const

describe('a team', () => {
  const faults = (...team: terms.TeamInput[]) => terms.teamFaults(team, workers, organization, now)
  const member = (worker: string) => ({ worker, duty: 'assistant' as const, key: false })

  test.each([
    ['the undertaker’s own worker', [], []],
    ['somebody twice', [member('w1')], [{ path: 'body.team.1.worker', code: 'worker-twice' }]],
    ['somebody unknown', [member('w9')], [{ path: 'body.team.1.worker', code: 'worker-not-employed' }]],
    ['somebody of another organization', [member('w3')], [{ path: 'body.team.1.worker', code: 'worker-not-employed' }]],
    [
      'somebody whose certificate ended yesterday',
      [member('w2')],
      [{ path: 'body.team.1.worker', code: 'certificate-over' }],
    ],
  ])('with %s', (_who, more, expected) => {
    expect(faults(lead, ...more)).toEqual(expected)
  })

  test('needs a key person; the certificate does on its last day; nobody inactive is in it', () => {
    expect(faults(member('w1'))).toEqual([{ path: 'body.team', code: 'key-person-missing' }])
    expect(faults()).toEqual([{ path: 'body.team', code: 'key-person-missing' }])
    const w1 = { personId: id(10), active: true, certificateValidUntil: day('2027-03-01'), employer: organization }
    const of = (worker: terms.Worker) => terms.teamFaults([lead], new Map([['w1', worker]]), organization, now)
    expect(of(w1)).toEqual([])
    expect(of({ ...w1, active: false })).toEqual([{ path: 'body.team.0.worker', code: 'certificate-over' }])
  })

  test('carries the persons behind its workers', () => {
    expect(terms.teamOf([lead, member('w9')], workers)).toEqual([
      { worker: 'w1', person: id(10), duty: 'lead', key: true },
    ])
  })
})

describe('milestones', () => {
  const faults = (list: terms.MilestoneTerms[], more: Partial<terms.ContractTerms> = {}) =>
    terms.milestoneFaults({ ...good, ...more, milestones: list }, 2000)

  test('on the first and the last day, one after the other on one day, with exactly the last share, are good', () => {
    expect(
      faults([
        milestoneTerms(4000, '2027-03-02'),
        milestoneTerms(4000, '2027-03-02'),
        milestoneTerms(2000, '2027-12-31'),
      ]),
    ).toEqual([])
  })

  test('each fault is told at its field, with what would be right', () => {
    expect(faults([milestoneTerms(7995, '2027-06-30'), milestoneTerms(2000, '2027-12-31')])).toEqual([
      { path: 'body.milestones', code: 'shares-not-whole', params: { percent: 99.95 } },
    ])
    expect(faults([milestoneTerms(8001, '2027-06-30'), milestoneTerms(1999, '2027-12-31')])).toEqual([
      { path: 'body.milestones.1.share', code: 'last-share-too-small', params: { percent: 20 } },
    ])
    for (const due of ['2027-03-01', '2028-01-01'])
      expect(faults([milestoneTerms(10_000, due)])).toEqual([
        { path: 'body.milestones.0.due', code: 'milestone-outside' },
      ])
    expect(faults([milestoneTerms(5000, '2027-07-01'), milestoneTerms(5000, '2027-06-30')])).toEqual([
      { path: 'body.milestones.1.due', code: 'dates-not-in-order' },
    ])
    expect(faults([milestoneTerms(10_000, '2027-03-02')], { end: good.start })).toEqual([
      { path: 'body.end', code: 'dates-not-in-order' },
    ])
    expect(faults([])).toEqual([{ path: 'body.milestones', code: 'shares-not-whole', params: { percent: 0 } }])
  })

  test('of the contract have their place, their amount and nothing done yet', () => {
    const [first, second] = terms.milestonesOf(
      [...good.milestones.slice(0, 2), milestoneTerms(3000, '2027-12-31')],
      fen(101n),
      [id(201), id(202)],
    )
    expect(first).toEqual({
      ...good.milestones[0],
      id: id(201),
      position: 1,
      amount: 41n,
      state: 'planned',
      settlement: false,
      evidence: { serviceRecords: 0, minutes: 0, attendance: 0 },
    })
    expect([second?.position, second?.amount]).toEqual([2, 30n])
  })

  test('a clause carries no number of a person', () => {
    expect(terms.clauseFaults({ clauses: '详见附件', dataClause: '' })).toEqual([])
    expect(terms.clauseFaults({ dataClause: '打 13812345678', clauses: '11010519491231002X' })).toEqual([
      { path: 'body.dataClause', code: 'text-has-phone' },
      { path: 'body.clauses', code: 'text-has-citizen-id' },
    ])
    const faulty = { ...good, dataClause: '打 13812345678', clauses: '打 13812345678' }
    expect(terms.checkTerms(faulty, workers, organization, now, 2000)?.fields?.map(({ path }) => path)).toEqual([
      'body.dataClause',
      'body.clauses',
    ])
  })
})

describe('going into signing and back', () => {
  const drafted = contract({ state: 'drafting', reopenWords: '金额有误', activeAt: undefined })
  const fresh = { ...policy, growthPercent: 5 }

  test('today’s policy is written in, signatures and remarks are gone, and the parties have their days', () => {
    const sent = terms.sendForSigning(drafted, procurer, now, fresh, 15)
    expect(sent).toEqual({
      ok: true,
      value: {
        ...drafted,
        state: 'signing',
        version: 8,
        policy: fresh,
        signUntil: addDays(now, 15),
        reopenWords: undefined,
        signatures: {},
        history: [...drafted.history, { state: 'signing', at: now }],
      },
    })
    if (!sent.ok) return
    const signed = { ...sent.value, signatures: { purchaser: { person: id(1), at: now, sha256: 'a' } } }
    expect(terms.reopenContract(signed, administrator, now, '金额有误')).toMatchObject({
      ok: true,
      value: { state: 'drafting', signatures: {}, signUntil: undefined, reopenWords: '金额有误' },
    })
    expect(code(terms.reopenContract(signed, head, now, '不行'))).toBe('not-a-party')
  })

  test('delivery starts, once', () => {
    const begun = terms.startDelivery(contract({ deliveryAt: undefined }), system, now)
    expect(begun).toMatchObject({ ok: true, value: { deliveryAt: now, state: 'active' } })
    expect(code(terms.startDelivery(contract(), system, now))).toBe('delivery-started')
  })
})

describe('signing on paper', () => {
  const sha256 = 'a'.repeat(64)
  const file = { id: 'f1', sha256 }
  const signing = contract({ state: 'signing', activeAt: undefined, signUntil: now })
  const byOther = (more: object = {}): Contract => ({
    ...signing,
    signatures: { organization: { person: id(2), at: now, sha256, file: 'f1', ...more } },
  })

  test('the first signature names its paper, the second makes the contract', () => {
    const mine = { person: id(2), at: now, sha256, file: 'f1' }
    expect(terms.signContract(signing, administrator, now, { sha256, file })).toEqual({
      ok: true,
      value: { ...signing, version: 8, signatures: { organization: mine } },
    })
    expect(terms.signContract(byOther(), procurer, now, { sha256 })).toEqual({
      ok: true,
      value: {
        ...signing,
        state: 'active',
        version: 8,
        signatures: { organization: mine, purchaser: { person: id(1), at: now, sha256, file: undefined } },
        activeAt: now,
        signUntil: undefined,
        history: [...signing.history, { state: 'active', at: now }],
      },
    })
  })

  test.each([
    ['in a draft', contract({ state: 'drafting' }), procurer, { sha256, file }, 'not-in-this-state', undefined],
    ['for no party', signing, head, { sha256, file }, 'not-a-party', undefined],
    ['no paper', signing, procurer, { sha256 }, 'paper-missing', 'body.file'],
    ['another paper than one’s own', signing, procurer, { sha256: 'b', file }, 'paper-differs', 'body.sha256'],
    ['another paper than the other’s', byOther(), procurer, { sha256: 'b' }, 'paper-differs', 'body.sha256'],
    ['beside a key', byOther({ key: 'k' }), procurer, { sha256 }, 'signed-by-key', undefined],
    ['for both', byOther({ person: id(1) }), procurer, { sha256 }, 'one-person-two-parties', undefined],
  ])('%s is refused', (_what, of, who, paper, answer, path) => {
    const ruling = terms.signContract(of, who, now, paper)
    expect([code(ruling), ruling.ok ? undefined : ruling.fields?.[0]?.path]).toEqual([answer, path])
    if (!ruling.ok && ['not-a-party', 'one-person-two-parties'].includes(answer)) expect(ruling.kind).toBe('forbidden')
  })

  test('two papers make no contract', () => {
    const other = terms.signContract(byOther(), procurer, now, { sha256: 'b', file: { id: 'f2', sha256: 'b' } })
    expect(other).toMatchObject({ ok: true, value: { state: 'signing' } })
  })
})

describe('ending', () => {
  const ending = { reason: 'breach', words: '多次未开展服务' } as const
  const running = turned(turned(contract({ amendmentFor: 'purchaser', signUntil: now }), 0, { state: 'paid' }), 1, {
    state: 'payable',
  })
  const limit = at(running, 2).amount

  test('what was agreed but not payable is cancelled and settled with as much as its sum', () => {
    const settled = terms.terminateContract(running, procurer, now, { ...ending, settlement: limit }, id(400))
    expect(settled).toEqual({
      ok: true,
      value: {
        ...running,
        state: 'terminated',
        version: 8,
        amendmentFor: undefined,
        signUntil: undefined,
        termination: { ...ending, settlement: limit },
        history: [...running.history, { state: 'terminated', at: now }],
        milestones: [
          at(running, 0),
          at(running, 1),
          { ...at(running, 2), state: 'cancelled' },
          {
            id: id(400),
            position: 4,
            title: '终止结算',
            deliverable: ending.words,
            criteria: ending.words,
            due: '2027-03-01',
            share: 0,
            amount: limit,
            state: 'payable',
            needsRecords: false,
            settlement: true,
            evidence: { serviceRecords: 0, minutes: 0, attendance: 0 },
            headAccepted: { person: id(1), at: now },
            payable: limit,
            payableAt: now,
          },
        ],
      },
    })
  })

  test('nothing to settle leaves no settlement; more than the sum or less than nothing is refused', () => {
    const end = (settlement: bigint | undefined, of = running) =>
      terms.terminateContract(
        of,
        procurer,
        now,
        { ...ending, settlement: settlement === undefined ? undefined : fen(settlement) },
        id(400),
      )
    for (const none of [undefined, 0n]) {
      const ended = end(none)
      expect(ended.ok && [ended.value.milestones.length, ended.value.termination?.settlement]).toEqual([3, 0n])
    }
    for (const wrong of [limit + 1n, -1n])
      expect(end(wrong)).toMatchObject({
        fields: [{ path: 'body.settlement', code: 'settlement-too-large', params: { limit: '24120.00' } }],
      })
    expect(end(1n, { ...running, state: 'signing' })).toMatchObject({ fields: [{ params: { limit: '0.00' } }] })
    expect(code(end(0n, { ...running, state: 'completed' }))).toBe('not-in-this-state')
  })
})

describe('growing', () => {
  test.each([
    ['planned', true],
    ['returned', true],
    ['reported', true],
    ['accepted', false],
    ['payable', false],
    ['paid', false],
    ['forfeited', false],
    ['cancelled', false],
  ] as const)('the last milestone, %s, takes an amended sum: %s', (state, takes) => {
    expect(terms.growing(turned(contract(), 2, { state }))?.id).toBe(takes ? id(203) : undefined)
  })

  test('the value may grow by the percent agreed at signing, of the value at signing, in all', () => {
    expect(terms.growthLeft(contract())).toBe(8_040_00n)
    expect(terms.growthLeft(contract({ value: fen(88_000_00n) }))).toBe(440_00n)
    expect(terms.growing(contract({ milestones: [] }))).toBeUndefined()
  })
})

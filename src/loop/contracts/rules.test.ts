// Rules of contracts: both lifecycles over every state and verb, shares to the fen, signing by two, acceptance by two, the factor.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  actor,
  administrator,
  at,
  code,
  contract,
  evidence,
  good,
  head,
  id,
  milestoneTerms,
  now,
  organization,
  policy,
  procurer,
  reported,
  resident,
  reviewer,
  settler,
  system,
  township,
  turned,
  workers,
} from '../../../tests/support/contract-record.ts'
import type { Actor } from '../../kit/actor.ts'
import { fen, sum } from '../../kit/money.ts'
import { granted } from '../../kit/ruling.ts'
import { contractStates, milestoneStates } from './contract.ts'
import * as rules from './rules.ts'
import { factorOf } from './rules/factors.ts'
import * as milestones from './rules/milestones.ts'
import * as standings from './rules/standing.ts'
import * as terms from './rules/terms.ts'
import { waitingOfContract } from './waiting.ts'

describe('lifecycles', () => {
  test('a verb leads where the table says, and every other state refuses it with what would be allowed', () => {
    const verbs = [
      ...new Set(contractStates.flatMap((state) => Object.keys(rules.contractLifecycle[state]))),
    ] as rules.ContractVerb[]
    for (const state of contractStates) {
      for (const verb of verbs) {
        const ruling = rules.standing(contract({ state }), verb, procurer)
        const next = (rules.contractLifecycle[state] as Record<string, string>)[verb]
        if (next === undefined)
          expect(ruling).toMatchObject({
            ok: false,
            code: 'not-in-this-state',
            possible: Object.keys(rules.contractLifecycle[state]),
          })
        else if (ruling.ok) expect(ruling.value).toBe(next)
        else expect(ruling.code).not.toBe('not-in-this-state')
      }
    }
  })

  test('a milestone moves only by its own table', () => {
    const verbs = [
      'reportMilestone',
      'returnMilestone',
      'confirmMilestoneAsResident',
      'acceptMilestone',
      'payMilestone',
      'settlePayment',
      'withdrawPayment',
      'unsettlePayment',
    ] as const
    for (const state of milestoneStates) {
      for (const verb of verbs) {
        const record = turned(contract(), 0, { state, evidence })
        const ruling = standings.milestoneStanding(
          record,
          at(record, 0),
          verb,
          verb === 'acceptMilestone' || verb === 'returnMilestone' ? head : resident,
        )
        const next = (standings.milestoneLifecycle[state] as Record<string, string>)[verb]
        expect(ruling.ok ? ruling.value : undefined, `${state} ${verb}`).toBe(next)
      }
    }
  })
})

describe('terms', () => {
  test('good terms have no faults; every bad one is named at once', () => {
    expect(terms.checkTerms(good, workers, organization, now, 2000)).toBeUndefined()
    const bad: terms.ContractTerms = {
      ...good,
      milestones: [
        milestoneTerms(5000, '2027-09-30'),
        milestoneTerms(4000, '2027-06-30'),
        milestoneTerms(1500, '2028-06-30'),
      ],
      team: [
        { worker: 'w2', duty: 'lead', key: false },
        { worker: 'w3', duty: 'assistant', key: false },
        { worker: 'w3', duty: 'assistant', key: false },
      ],
      clauses: '联系人电话13812345678',
    }
    expect(
      terms.checkTerms(bad, workers, organization, now, 2000)?.fields?.map((fault) => [fault.path, fault.code]),
    ).toEqual([
      ['body.milestones', 'shares-not-whole'],
      ['body.milestones.2.share', 'last-share-too-small'],
      ['body.milestones.1.due', 'dates-not-in-order'],
      ['body.milestones.2.due', 'milestone-outside'],
      ['body.team.0.worker', 'certificate-over'],
      ['body.team.1.worker', 'worker-not-employed'],
      ['body.team.2.worker', 'worker-twice'],
      ['body.team', 'key-person-missing'],
      ['body.clauses', 'text-has-phone'],
    ])
  })

  test('amounts of the milestones add up to the value, whatever the shares', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: 10n ** 12n }),
        fc.array(fc.integer({ min: 1, max: 2000 }), { minLength: 1, maxLength: 4 }),
        (value, parts) => {
          const shares = [...parts, 10_000 - parts.reduce((total, part) => total + part, 0)]
          const made = terms.milestonesOf(
            shares.map((share) => milestoneTerms(share, '2027-06-30')),
            fen(value),
            shares.map((_, index) => id(index)),
          )
          expect(sum(made.map((each) => each.amount))).toBe(value)
        },
      ),
    )
  })

  test('only a confirmed award becomes a contract', () => {
    const award = { price: fen(1n), organization }
    expect(code(terms.draftContract(undefined))).toBe('not-awarded')
    for (const state of ['award-notice', 'standstill', 'contracted', 'failed'])
      expect(code(terms.draftContract({ ...award, state }))).toBe('not-awarded')
    expect(code(terms.draftContract({ ...award, state: 'awarded' }))).toBe('ok')
  })
})

describe('signing', () => {
  const paper = { id: 'f1', sha256: 'a'.repeat(64) }
  const signing = contract({ state: 'signing', activeAt: undefined, deliveryAt: undefined })

  test('one party alone signs; the other confirms the same paper and the contract is active', () => {
    const once = granted(terms.signContract(signing, administrator, now, { sha256: paper.sha256, file: paper }))
    expect([once.state, once.version]).toEqual(['signing', signing.version + 1])
    const twice = granted(terms.signContract(once, procurer, now, { sha256: paper.sha256 }))
    expect([twice.state, twice.activeAt, twice.version]).toEqual(['active', now, once.version + 1])
    expect(twice.history.at(-1)).toEqual({ state: 'active', at: now })
  })

  test('nobody confirms a paper that is not there, a changed one, or for both parties', () => {
    expect(code(terms.signContract(signing, procurer, now, { sha256: paper.sha256 }))).toBe('paper-missing')
    expect(code(terms.signContract(signing, procurer, now, { sha256: 'b'.repeat(64), file: paper }))).toBe(
      'paper-differs',
    )
    const both: Actor = { ...(procurer as Extract<Actor, { kind: 'person' }>), personId: id(2) }
    const once = granted(terms.signContract(signing, administrator, now, { sha256: paper.sha256, file: paper }))
    expect(code(terms.signContract(once, both, now, { sha256: paper.sha256 }))).toBe('one-person-two-parties')
    expect(code(terms.signContract(signing, head, now, { sha256: paper.sha256, file: paper }))).toBe('not-a-party')
  })

  test('different papers of both parties do not make a contract, and reopening makes signatures lapse', () => {
    const once = granted(terms.signContract(signing, administrator, now, { sha256: paper.sha256, file: paper }))
    const other = granted(
      terms.signContract(once, procurer, now, { sha256: 'c'.repeat(64), file: { id: 'f2', sha256: 'c'.repeat(64) } }),
    )
    expect(other.state).toBe('signing')
    expect(granted(terms.reopenContract(other, administrator, now, '金额有误'))).toMatchObject({
      state: 'drafting',
      signatures: {},
      reopenWords: '金额有误',
    })
  })
})

describe('milestones', () => {
  test('nothing is reported before delivery, without records, or before its predecessor', () => {
    const report = (record: rules.Contract, index: number) =>
      code(milestones.reportMilestone(record, at(record, index), administrator, now, '完成'))
    expect(report(contract({ deliveryAt: undefined }), 0)).toBe('delivery-not-started')
    expect(report(contract(), 0)).toBe('no-service-records')
    expect(report(turned(contract(), 0, { needsRecords: false }), 0)).toBe('ok')
    expect(report(turned(contract(), 1, { evidence }), 1)).toBe('earlier-milestone-open')
  })

  test('head and resident together accept, in either order; one alone does not', () => {
    const record = reported()
    const first = granted(milestones.acceptMilestone(record, at(record, 0), head, now))
    expect(at(first, 0).state).toBe('reported')
    expect(at(granted(milestones.confirmMilestoneAsResident(first, at(first, 0), resident, now)), 0)).toMatchObject({
      state: 'payable',
      payable: at(record, 0).amount,
    })
    const other = granted(milestones.confirmMilestoneAsResident(record, at(record, 0), resident, now))
    expect(at(other, 0).state).toBe('reported')
    expect(at(granted(milestones.acceptMilestone(other, at(other, 0), head, now)), 0).state).toBe('payable')
    expect(code(milestones.acceptMilestone(first, at(first, 0), head, now))).toBe('already-confirmed')
  })

  test('the township does not accept for the community, the team not its own work, and one person is not both', () => {
    const record = reported()
    expect(code(milestones.acceptMilestone(record, at(record, 0), reviewer, now))).toBe('other-level-accepts')
    const ofTownship = { ...record, division: township }
    expect(code(milestones.acceptMilestone(ofTownship, at(ofTownship, 0), reviewer, now))).toBe('ok')
    expect(
      code(
        milestones.confirmMilestoneAsResident(
          record,
          at(record, 0),
          actor(10, 'resident', 'self', ['contracts.confirmMilestone']),
          now,
        ),
      ),
    ).toBe('own-work')
    expect(
      code(
        milestones.confirmMilestoneAsResident(
          record,
          at(record, 0),
          actor(8, 'resident', 'self', ['contracts.confirmMilestone'], false),
          now,
        ),
      ),
    ).toBe('not-verified')
    const first = granted(milestones.acceptMilestone(record, at(record, 0), head, now))
    expect(
      code(
        milestones.confirmMilestoneAsResident(
          first,
          at(first, 0),
          actor(3, 'resident', 'self', ['contracts.confirmMilestone']),
          now,
        ),
      ),
    ).toBe('same-person-accepts')
  })

  test('what is sent back is confirmed anew', () => {
    const confirmed = granted(milestones.confirmMilestoneAsResident(reported(), at(reported(), 0), resident, now))
    const back = granted(milestones.returnMilestone(confirmed, at(confirmed, 0), head, now, '缺少记录'))
    expect(at(back, 0)).toMatchObject({ state: 'returned', remarks: '缺少记录', residentConfirmed: undefined })
    expect(at(granted(milestones.reportMilestone(back, at(back, 0), administrator, now, '补齐')), 0)).toMatchObject({
      state: 'reported',
      remarks: undefined,
    })
  })

  test('the last milestone waits for the factor, whichever comes first, and 0 forfeits it', () => {
    const both = { residentConfirmed: { person: id(5), at: now }, headAccepted: { person: id(3), at: now } }
    const accepted = turned(contract(), 2, { state: 'accepted', ...both })
    expect(code(milestones.payMilestone(accepted, at(accepted, 2), settler, now))).toBe('factor-missing')
    const factor = (factorBps: number) => ({ factorBps, score: 70, evaluation: 'e' })
    const less = granted(milestones.putFactor(accepted, system, now, factor(9_000)))
    expect(at(less, 2)).toMatchObject({ state: 'payable', payable: 21_708_00n })
    expect(at(granted(milestones.putFactor(accepted, system, now, factor(0))), 2)).toMatchObject({
      state: 'forfeited',
      payable: 0n,
    })
    expect(code(milestones.putFactor(less, system, now, factor(10_000)))).toBe('factor-given')
    const early = granted(
      milestones.putFactor(
        turned(contract(), 2, { state: 'reported', residentConfirmed: both.residentConfirmed }),
        system,
        now,
        factor(9_000),
      ),
    )
    expect(at(early, 2).state).toBe('reported')
    expect(at(granted(milestones.acceptMilestone(early, at(early, 2), head, now)), 2)).toMatchObject({
      state: 'payable',
      payable: 21_708_00n,
    })
  })

  test('the factor follows the table at its very edges', () => {
    const of = (score: number) => factorOf(policy.factors, score)
    expect([of(100), of(80), of(79.9), of(60), of(59.9), of(0)]).toEqual([10_000, 10_000, 9_000, 9_000, 0, 0])
  })

  test('a paid milestone can be reversed and is payable again; a refused payment is proposed anew', () => {
    const payable = turned(contract(), 0, { state: 'payable', payable: fen(1n), transfer: 't' })
    expect(code(milestones.payMilestone(payable, at(payable, 0), settler, now))).toBe('payment-exists')
    expect(at(granted(milestones.withdrawPayment(payable, at(payable, 0), system, now)), 0).transfer).toBeUndefined()
    const paid = granted(milestones.settlePayment(payable, at(payable, 0), system, now))
    expect(at(paid, 0)).toMatchObject({ state: 'paid', paidAt: now })
    expect(at(granted(milestones.unsettlePayment(paid, at(paid, 0), system, now)), 0)).toMatchObject({
      state: 'payable',
      paidAt: undefined,
    })
  })

  test('evidence counts for the first open milestone, and for none once all are reported', () => {
    expect(granted(milestones.milestoneForEvidence(contract(), system, undefined)).position).toBe(1)
    expect(granted(milestones.milestoneForEvidence(reported(), system, undefined)).position).toBe(2)
    expect(code(milestones.milestoneForEvidence(reported(), system, at(reported(), 0).id))).toBe('milestone-closed')
    const all = {
      ...contract(),
      milestones: contract().milestones.map((each) => ({ ...each, state: 'reported' as const })),
    }
    expect(code(milestones.milestoneForEvidence(all, system, undefined))).toBe('milestone-closed')
  })
})

test('each state waits for whom it should', () => {
  const verbs = (record: rules.Contract) =>
    waitingOfContract(record, new Map()).map(
      (each) => `${each.verb}:${each.organization !== undefined ? 'organization' : (each.person ?? 'place')}`,
    )
  expect(verbs(contract({ state: 'drafting' }))).toEqual(['sendForSigning:place'])
  expect(verbs(contract({ state: 'signing' }))).toEqual([
    'uploadSignedContract:place',
    'uploadSignedContract:organization',
  ])
  expect(verbs(contract({ deliveryAt: undefined }))).toEqual(['startDelivery:organization'])
  expect(verbs(contract())).toEqual(['reportMilestone:organization'])
  expect(verbs(reported())).toEqual([
    'reportMilestone:organization',
    'acceptMilestone:place',
    `confirmMilestoneAsResident:${id(5)}`,
  ])
  expect(
    verbs(turned(contract({ state: 'terminated' }), 0, { state: 'payable', payable: fen(1n), payableAt: now })),
  ).toEqual(['payMilestone:place'])
})

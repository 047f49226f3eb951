// Who reaches a contract, for which party somebody acts, and what each verb asks first, by tables.
import { describe, expect, test } from 'vitest'
import {
  actor,
  administrator,
  at,
  code,
  community,
  contract,
  evidence,
  head,
  id,
  now,
  organization,
  policy,
  procurer,
  resident,
  reviewer,
  system,
  township,
  turned,
} from '../../../../tests/support/contract-record.ts'
import type { Actor } from '../../../kit/actor.ts'
import { asDivision } from '../../../kit/id.ts'
import { addDays, type Instant } from '../../../kit/instant.ts'
import { fen } from '../../../kit/money.ts'
import type { ContractState, MilestoneState } from '../contract.ts'
import * as rules from '../rules.ts'
import * as factors from './factors.ts'
import { milestoneStanding } from './standing.ts'

const nobody: Actor = { kind: 'anonymous', grants: [] }
const key = { person: id(2), at: now, sha256: 'a', key: 'k' }
const paper = { person: id(2), at: now, sha256: 'a' }

describe('reach', () => {
  test('a contract stands at its place and with its undertaker; residents whom it concerns reach it in person', () => {
    const of = contract({ bid: id(104) })
    expect(rules.judgedContract(of, ['r'])).toEqual({
      reach: { division: community, organizations: [organization], persons: ['r'] },
      version: 7,
      lineage: [
        { kind: 'contract', id: of.id },
        { kind: 'project', id: id(101) },
        { kind: 'tender', id: id(102) },
        { kind: 'bid', id: id(104) },
      ],
    })
    expect(rules.judgedContract(of).reach.persons).toEqual([])
    expect(rules.lineageOf(contract({ tender: undefined, proposal: id(105) }))).toEqual([
      { kind: 'contract', id: of.id },
      { kind: 'project', id: id(101) },
      { kind: 'venture-proposal', id: id(105) },
    ])
  })

  test.each([
    ['drafting', undefined, false],
    ['signing', undefined, false],
    ['active', now, true],
    ['completed', now, true],
    ['terminated', now, true],
    ['terminated', undefined, false],
    ['signing', now, false],
  ] as const)('one that is %s, in force since %s, is read by everybody: %s', (state, activeAt, open) => {
    const of = contract({ state, activeAt })
    expect([rules.isOpen(of), rules.mayRead(of, nobody)]).toEqual([open, open])
    const supervisor = actor(7, 'overseer', 'place', ['contracts.readContract'])
    expect([rules.mayRead(of, supervisor), rules.mayReadAll(of, supervisor)]).toEqual([true, true])
    expect(rules.mayReadAll(of, nobody)).toBe(false)
  })

  test('its number is written with four digits', () => {
    expect(rules.shownNumber(contract())).toBe('合2027-0005')
    expect(rules.shownNumber({ number: { year: 2027, value: 12_345 } })).toBe('合2027-12345')
  })

  test('acts carry the person, the program’s own the name of the program', () => {
    expect([rules.personOf(procurer), rules.personOf(system), rules.personOf(nobody)]).toEqual([
      id(1),
      'system:test',
      'anonymous',
    ])
  })
})

describe('parties', () => {
  test('staff of the undertaker act for it, the place’s government for the purchaser, others for nobody', () => {
    const partyOf = (who: Actor, of = contract()) => rules.partyOf(of, who, 'contracts.signContract')
    expect([partyOf(administrator), partyOf(procurer), partyOf(head), partyOf(nobody)]).toEqual([
      'organization',
      'purchaser',
      undefined,
      undefined,
    ])
    expect(partyOf(procurer, contract({ division: asDivision('320505002001') }))).toBeUndefined()
    expect(partyOf(administrator, contract({ organization: id(901) }))).toBeUndefined()
    expect([rules.otherParty('purchaser'), rules.otherParty('organization')]).toEqual(['organization', 'purchaser'])
  })

  test('one signature by key makes the contract signed by key', () => {
    expect(rules.signedByKey({ signatures: {} })).toBe(false)
    expect(rules.signedByKey({ signatures: { purchaser: paper } })).toBe(false)
    expect(rules.signedByKey({ signatures: { purchaser: paper, organization: key } })).toBe(true)
  })
})

describe('what a verb asks first', () => {
  const code_ = (verb: rules.ContractVerb, more: Partial<rules.Contract>, who: Actor = administrator) =>
    code(rules.standing(contract(more), verb, who))

  test.each([
    ['reopenContract', 'signing'],
    ['uploadSignedContract', 'signing'],
    ['signContract', 'signing'],
    ['proposeAmendment', 'active'],
    ['agreeAmendment', 'active'],
    ['signAmendment', 'active'],
    ['declineAmendment', 'active'],
    ['recordBreach', 'active'],
  ] as const)('%s is done by parties alone', (verb, state) => {
    const amendmentFor = verb === 'proposeAmendment' ? undefined : 'organization'
    expect(code_(verb, { state, amendmentFor })).toBe('ok')
    expect(code_(verb, { state, amendmentFor }, resident)).toBe('not-a-party')
    expect(rules.standing(contract({ state }), verb, resident)).toMatchObject({ kind: 'forbidden' })
  })

  const twoOpen = contract().milestones
  const all = (state: MilestoneState) => ({ milestones: twoOpen.map((each) => ({ ...each, state })) })
  const cases: [string, rules.ContractVerb, Partial<rules.Contract>, string][] = [
    ['delivery starts once', 'startDelivery', { deliveryAt: undefined }, 'ok'],
    ['delivery does not start again', 'startDelivery', { deliveryAt: now }, 'delivery-started'],
    ['an amendment is proposed', 'proposeAmendment', {}, 'ok'],
    ['but one at a time', 'proposeAmendment', { amendmentFor: 'purchaser' }, 'amendment-open'],
    ['the party that it waits for agrees', 'agreeAmendment', { amendmentFor: 'organization' }, 'ok'],
    ['its own party does not', 'agreeAmendment', { amendmentFor: 'purchaser' }, 'own-proposal'],
    ['nobody agrees to none', 'agreeAmendment', {}, 'amendment-decided'],
    [
      'nor without a signature where keys signed',
      'agreeAmendment',
      { amendmentFor: 'organization', signatures: { purchaser: key } },
      'signature-needed',
    ],
    ['either party declines', 'declineAmendment', { amendmentFor: 'purchaser' }, 'ok'],
    ['but not what is decided', 'declineAmendment', {}, 'amendment-decided'],
    ['nor is that signed', 'signAmendment', {}, 'amendment-decided'],
    ['evaluation begins when all is reported', 'beginEvaluation', all('reported'), 'ok'],
    ['not while work goes on', 'beginEvaluation', {}, 'milestones-open'],
    ['a factor is given', 'putFactor', {}, 'ok'],
    ['but once', 'putFactor', { factor: { factorBps: 1, score: 1, evaluation: 'e' } }, 'factor-given'],
    ['it is completed when all is closed', 'completeContract', all('paid'), 'ok'],
    ['not while something is payable', 'completeContract', all('payable'), 'milestones-open'],
  ]
  test.each(cases)('%s', (_what, verb, more, answer) => {
    expect(code_(verb, more)).toBe(answer)
  })
})

describe('milestones of a contract', () => {
  const states = (...list: MilestoneState[]) => ({
    milestones: list.map((state, index) => ({ ...at(contract(), 0), id: id<'milestone'>(index), state })),
  })

  test.each([
    [['paid', 'forfeited', 'cancelled'], true, true],
    [['paid', 'payable'], false, true],
    [['accepted', 'reported'], false, true],
    [['paid', 'planned'], false, false],
    [['reported', 'returned'], false, false],
    [[], true, true],
  ] as const)('%j: all closed %s, all reported %s', (list, closed, reported) => {
    expect([rules.allClosed(states(...list)), rules.allReported(states(...list))]).toEqual([closed, reported])
  })

  test.each([
    ['planned', '2027-06-30T15:59:59.999Z', false],
    ['planned', '2027-06-30T16:00:00.000Z', true],
    ['returned', '2027-06-30T16:00:00.000Z', true],
    ['reported', '2027-06-30T16:00:00.000Z', false],
    ['paid', '2027-06-30T16:00:00.000Z', false],
  ] as const)('one that is %s at %s is overdue: %s', (state, moment, overdue) => {
    expect(rules.isOverdue(at(turned(contract(), 0, { state }), 0), moment as Instant)).toBe(overdue)
  })

  test('a settlement is no last milestone; what is promised is what is payable', () => {
    const settled = contract({
      milestones: [
        { ...at(contract(), 0), state: 'payable', payable: fen(300n) },
        { ...at(contract(), 1), state: 'paid', payable: fen(50n) },
        { ...at(contract(), 2), state: 'payable', payable: undefined },
        { ...at(contract(), 2), id: id(400), settlement: true, state: 'payable', payable: fen(7n) },
      ],
    })
    expect(rules.lastMilestone(settled)?.id).toBe(id(203))
    expect(rules.lastMilestone({ milestones: [] })).toBeUndefined()
    expect(rules.promisedOf(settled)).toBe(307n)
    expect(rules.promisedOf({ milestones: [] })).toBe(0n)
  })
})

describe('the factor table', () => {
  test('is read as the policy writes it; steps that are none are left out', () => {
    const steps = [
      { from: 80, factorBps: 10_000 },
      { from: 0, factorBps: 0 },
    ]
    expect(factors.readFactors(steps)).toEqual(steps)
    expect(
      factors.readFactors([...steps, null, 7, { from: 'x', factorBps: 1 }, { from: 1 }, { factorBps: 1 }]),
    ).toEqual(steps)
  })

  test.each([undefined, null, 'text', {}, [], [null], [{ from: 60, factorBps: '9000' }]])(
    'a value without one sound step (%j) pays in full rather than not at all',
    (value) => {
      expect(factors.factorOf(factors.readFactors(value), 0)).toBe(10_000)
    },
  )

  test('the highest step reached counts, in whatever order they stand; below all of them nothing is paid', () => {
    const of = (score: number) => factors.factorOf(policy.factors.toReversed(), score)
    expect([of(100), of(80), of(79.99), of(60), of(59.99), of(-1)]).toEqual([10_000, 10_000, 9_000, 9_000, 0, 0])
  })
})

describe('the record after a verb', () => {
  test('has a new version; its history grows only when the state changes', () => {
    const of = contract()
    expect(rules.moved(of, 'active', now, { title: '新' })).toEqual({ ...of, title: '新', version: 8 })
    const later = addDays(now, 1)
    expect(rules.decide(contract({ state: 'drafting' }), 'sendForSigning', procurer, later)).toEqual({
      ok: true,
      value: {
        ...contract({ state: 'signing' }),
        version: 8,
        history: [
          { state: 'drafting', at: now },
          { state: 'signing', at: later },
        ],
      },
    })
    expect(rules.decide(of, 'sendForSigning', procurer, now)).toMatchObject({ code: 'not-in-this-state' })
  })

  test('one milestone is changed, the others stand', () => {
    const of = turned(contract(), 1, { title: '新' })
    expect(of.milestones.map((each) => each.title)).toEqual(['阶段服务', '新', '阶段服务'])
  })
})

describe('a verb of a milestone', () => {
  const both = { residentConfirmed: { person: id(5), at: now }, headAccepted: { person: id(3), at: now } }
  const stand = (
    verb: Parameters<typeof milestoneStanding>[2],
    changes: Partial<rules.Milestone>,
    who: Actor,
    more: Partial<rules.Contract> = {},
  ) => {
    const of = turned(contract(more), 0, changes)
    return milestoneStanding(of, at(of, 0), verb, who)
  }
  const reported = { state: 'reported', evidence } as const

  test('asks the contract first', () => {
    expect(code(stand('reportMilestone', { evidence }, administrator, { state: 'drafting' }))).toBe('not-in-this-state')
    expect(code(stand('payMilestone', { state: 'accepted' }, system))).toBe('factor-missing')
    expect(code(stand('payMilestone', { state: 'reported' }, system))).toBe('not-in-this-state')
    expect(code(stand('acceptMilestone', { state: 'accepted' }, head))).toBe('not-in-this-state')
  })

  test('is reported after the ones before it, with records where it needs them', () => {
    const second = (first: MilestoneState) => {
      const of = turned(turned(contract(), 0, { state: first }), 1, { evidence })
      return code(milestoneStanding(of, at(of, 1), 'reportMilestone', administrator))
    }
    expect([second('planned'), second('reported'), second('returned')]).toEqual(['earlier-milestone-open', 'ok', 'ok'])
    expect(code(stand('reportMilestone', {}, administrator))).toBe('no-service-records')
    expect(code(stand('reportMilestone', { needsRecords: false }, administrator))).toBe('ok')
    expect(code(stand('reportMilestone', { evidence: { ...evidence, serviceRecords: 1 } }, administrator))).toBe('ok')
    expect(code(stand('reportMilestone', { evidence }, administrator, { deliveryAt: undefined }))).toBe(
      'delivery-not-started',
    )
  })

  test.each([
    ['a resident whom it concerns', {}, resident, 'ok'],
    ['once', { residentConfirmed: both.residentConfirmed }, resident, 'already-confirmed'],
    ['not by somebody of the team', {}, actor(10, 'resident', 'self', []), 'own-work'],
    ['not by somebody unconfirmed', {}, actor(8, 'resident', 'self', [], false), 'not-verified'],
    [
      'not by the head who accepted',
      { headAccepted: both.headAccepted },
      actor(3, 'resident', 'self', []),
      'same-person-accepts',
    ],
    ['by the clock', {}, system, 'ok'],
  ] as const)('is confirmed: %s', (_what, changes, who, answer) => {
    expect(code(stand('confirmMilestoneAsResident', { ...reported, ...changes }, who))).toBe(answer)
  })

  test.each([
    ['the head of the community', head, 'ok', 'ok'],
    ['the township’s reviewer', reviewer, 'other-level-accepts', 'other-level-accepts'],
    [
      'a head without the permission',
      actor(3, 'community-head', 'place', []),
      'other-level-accepts',
      'other-level-accepts',
    ],
    ['the clock', system, 'ok', 'ok'],
    ['nobody', nobody, 'other-level-accepts', 'other-level-accepts'],
  ])('of a community is accepted and sent back by %s', (_who, who, accepts, returns) => {
    expect([code(stand('acceptMilestone', reported, who)), code(stand('returnMilestone', reported, who))]).toEqual([
      accepts,
      returns,
    ])
  })

  test('whoever has not the right level is told which it is', () => {
    expect(stand('acceptMilestone', reported, reviewer)).toMatchObject({ params: { level: 'community-head' } })
    expect(stand('acceptMilestone', reported, head, { division: township })).toMatchObject({
      code: 'other-level-accepts',
      params: { level: 'township-reviewer' },
    })
    expect(code(stand('acceptMilestone', reported, reviewer, { division: township }))).toBe('ok')
  })

  test('the head accepts once, not what they confirmed as a resident, and may still send back what they accepted', () => {
    const accepted = { ...reported, headAccepted: both.headAccepted }
    expect(code(stand('acceptMilestone', accepted, head))).toBe('already-confirmed')
    expect(code(stand('returnMilestone', accepted, head))).toBe('ok')
    const own = { ...reported, residentConfirmed: { person: id(3), at: now } }
    expect(code(stand('acceptMilestone', own, head))).toBe('same-person-accepts')
    expect(code(stand('returnMilestone', own, head))).toBe('ok')
  })

  test('anybody of the team is of the team', () => {
    const team = [
      { worker: 'w1', person: id<'person'>(10), duty: 'lead' as const, key: true },
      { worker: 'w2', person: id<'person'>(11), duty: 'assistant' as const, key: false },
    ]
    const confirm = (n: number) =>
      code(stand('confirmMilestoneAsResident', reported, actor(n, 'resident', 'self', []), { team }))
    expect([confirm(10), confirm(11), confirm(12)]).toEqual(['own-work', 'own-work', 'ok'])
  })

  test('a payment is proposed once', () => {
    expect(code(stand('payMilestone', { state: 'payable' }, system))).toBe('ok')
    expect(code(stand('payMilestone', { state: 'payable', transfer: 't' }, system))).toBe('payment-exists')
  })

  test('ended contracts only pay', () => {
    for (const state of ['completed', 'terminated'] as readonly ContractState[]) {
      expect(code(stand('payMilestone', { state: 'payable' }, system, { state }))).toBe('ok')
      expect(code(stand('unsettlePayment', { state: 'paid' }, system, { state }))).toBe('ok')
      expect(code(stand('acceptMilestone', reported, head, { state }))).toBe('not-in-this-state')
    }
  })
})

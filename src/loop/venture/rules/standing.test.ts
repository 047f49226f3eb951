// Who reaches calls and proposals, and who may do what at which moment, by tables.
import { describe, expect, test } from 'vitest'
import { codeOf } from '../../../../tests/support/tender-record.ts'
import { actor, call, me, now, proposal } from '../../../../tests/support/venture-record.ts'
import type { Actor, Grant } from '../../../kit/actor.ts'
import { asDivision, type Id } from '../../../kit/id.ts'
import type { Instant } from '../../../kit/instant.ts'
import * as rules from '../rules.ts'

const township = asDivision('320505001')
const community = asDivision('320505001002')
const grant = (permission: string, division: string, more: Partial<Grant> = {}): Grant => ({
  role: 'r',
  reach: 'place',
  permissions: new Set([permission]),
  division: asDivision(division),
  ...more,
})
const desk = (permission: string, division: string) => actor({ grants: [grant(permission, division)] })
const staff = (organization: string) =>
  actor({
    grants: [
      grant('venture.readProposal', '320505', {
        reach: 'organization',
        organizationId: organization as Id<'organization'>,
      }),
    ],
  })
const nobody: Actor = { kind: 'anonymous', grants: [] }
const clock: Actor = { kind: 'system', name: 'test', grants: [] }

describe('reach', () => {
  const planned = { ...call, openedAt: undefined }

  test('a call is kept at its place, its panelists reach it in person, and until it opens it is confidential', () => {
    expect(rules.judgedCall(call)).toEqual({
      reach: { division: township, persons: [me], confidential: false },
      version: 1,
      lineage: [{ kind: 'venture-call', id: call.id }],
    })
    expect(rules.reachOfCall(planned).confidential).toBe(true)
  })

  test.each([
    ['a planned one by the desk of its place', planned, desk('venture.listDeskCalls', '320505001'), true],
    ['a planned one by the desk of another place', planned, desk('venture.listDeskCalls', '320505002'), false],
    ['a planned one by a resident', planned, actor(), false],
    ['an opened one by anybody', call, nobody, true],
  ])('%s is read: %s', (_what, of, who, reads) => {
    expect(rules.mayReadCall(of, who)).toBe(reads)
  })

  test('a proposal is run where its call is kept, and confidential until it is admitted', () => {
    const reach = { division: township, organizations: [proposal.organization], persons: [me], confidential: true }
    expect(rules.judgedProposal(proposal, call)).toEqual({
      reach,
      version: 1,
      lineage: [
        { kind: 'venture-proposal', id: proposal.id },
        { kind: 'venture-call', id: call.id },
      ],
    })
    const admitted = { ...proposal, admittedAt: now }
    expect(rules.reachOfProposal(admitted, call).confidential).toBe(false)
    expect(rules.judgedVote(admitted, call)).toEqual({ reach: { ...reach, confidential: false, anyone: true } })
  })

  test.each([
    ['the community where it will work', desk('venture.coach', '320505001002'), community],
    ['the township', desk('venture.coach', '320505001'), community],
    ['another community', desk('venture.coach', '320505001003'), township],
    ['somebody without a part in it', actor(), township],
  ])('a coach of %s is judged at %s', (_where, who, division) => {
    expect(rules.judgedCoaching(proposal, call, who)).toMatchObject({ version: 1, reach: { division } })
  })

  const handedIn = { ...proposal, hash: 'h' }
  test.each([
    ['one’s own draft', proposal, staff(proposal.organization), true],
    ['another organization’s draft', proposal, staff('320000-0190f1c0-0000-7000-8000-000000000008'), false],
    ['a draft at the desk of the call', proposal, desk('venture.runCall', '320505001'), false],
    ['one handed in at the desk that runs the call', handedIn, desk('venture.runCall', '320505001'), true],
    ['one handed in at a desk of the call’s place', handedIn, desk('venture.readProposal', '320505001'), true],
    ['one handed in at the community where it will work', handedIn, desk('venture.readProposal', community), true],
    ['one handed in at another community', handedIn, desk('venture.readProposal', '320505001003'), false],
    [
      'one handed in, by a desk that runs calls of the community alone',
      handedIn,
      desk('venture.runCall', community),
      false,
    ],
    ['an admitted one, by anybody', { ...proposal, admittedAt: now }, nobody, true],
  ])('%s is read: %s', (_what, of, who, reads) => {
    expect(rules.mayReadProposal(of, call, who)).toBe(reads)
  })

  test('a call concerns the county and the township above a place', () => {
    expect(rules.keepersFor(community)).toEqual(['320505', '320505001'])
    expect(rules.keepersFor(asDivision('320505'))).toEqual(['320505'])
    expect(rules.keepersFor(asDivision('3205'))).toEqual([])
  })

  test('places that take part are those named, with what lies below them', () => {
    const places = { places: [asDivision('320505002'), community] }
    expect(
      ['320505002', '320505002001', '320505001002', '320505001', '320505001003'].map((each) =>
        rules.takesPart(places, asDivision(each)),
      ),
    ).toEqual([true, true, true, false, false])
  })
})

test.each([
  ['planning', false],
  ['open', false],
  ['screening', false],
  ['voting', false],
  ['panel', false],
  ['announced', true],
  ['closed', true],
  ['cancelled', false],
] as const)('scores and votes of a call that is %s are shown: %s', (state, shown) => {
  expect(rules.isAnnounced({ state })).toBe(shown)
})

describe('the call’s verbs', () => {
  const seated = { ...call, state: 'panel' as const }

  test('only a panelist leaves the panel', () => {
    const leave = (who: Actor, of: rules.Call = seated) => codeOf(rules.callStanding(of, 'leaveVenturePanel', who))
    expect([leave(actor()), leave(actor(), { ...seated, panel: [] }), leave(clock), leave(nobody)]).toEqual([
      'ok',
      'not-on-panel',
      'not-on-panel',
      'not-on-panel',
    ])
  })

  test('a panel is drawn once', () => {
    expect(codeOf(rules.callStanding(seated, 'appointVenturePanel', clock))).toBe('panel-stands')
    expect(codeOf(rules.callStanding({ ...seated, panel: [] }, 'appointVenturePanel', clock))).toBe('ok')
  })
})

describe('the proposal’s verbs', () => {
  const code = (
    state: rules.Proposal['state'],
    stage: rules.Call['state'],
    verb: rules.ProposalVerb,
    who: Actor = actor(),
    at = now,
  ) => codeOf(rules.proposalStanding({ ...proposal, state }, { ...call, state: stage }, verb, who, at))
  const over = '2026-11-20T16:00:00.000Z' as Instant

  test.each([
    ['draft', 'editProposal', 'open', 'ok', 'call-not-open'],
    ['draft', 'submitProposal', 'open', 'ok', 'call-not-open'],
    ['submitted', 'takeBackProposal', 'open', 'ok', 'call-not-open'],
    ['draft', 'editProposal', 'screening', 'call-not-open', 'call-not-open'],
    ['draft', 'submitProposal', 'screening', 'call-not-open', 'call-not-open'],
    ['submitted', 'takeBackProposal', 'voting', 'call-not-open', 'call-not-open'],
    ['awarded', 'editProposal', 'announced', 'ok', 'ok'],
    ['draft', 'withdrawProposal', 'screening', 'ok', 'ok'],
  ] as const)('%s, %s while the call is %s: in time %s, later %s', (state, verb, stage, inTime, late) => {
    expect([code(state, stage, verb), code(state, stage, verb, actor(), over)]).toEqual([inTime, late])
  })

  test.each([
    ['admitProposal', 'screening', 'ok'],
    ['turnAwayProposal', 'screening', 'ok'],
    ['admitProposal', 'open', 'not-screening'],
    ['turnAwayProposal', 'voting', 'not-screening'],
  ] as const)('%s while the call is %s: %s', (verb, stage, answer) => {
    expect(code('submitted', stage, verb)).toBe(answer)
  })

  test.each([
    ['a verified resident of the place', actor(), 'ok'],
    ['one whose identity was not confirmed', actor({ verified: false }), 'not-verified'],
    ['one whose residence is not known', actor({ residence: undefined }), 'not-of-this-place'],
    ['one of elsewhere', actor({ residence: asDivision('320505001003') }), 'not-of-this-place'],
    ['the clock', clock, 'not-verified'],
  ])('%s votes: %s', (_who, who, answer) => {
    expect(code('admitted', 'voting', 'castVentureVote', who)).toBe(answer)
  })

  test('nobody votes before and after the vote', () => {
    expect(code('admitted', 'screening', 'castVentureVote')).toBe('vote-not-open')
    expect(code('admitted', 'panel', 'castVentureVote')).toBe('vote-not-open')
  })

  test('only the panel scores', () => {
    expect(code('voted', 'panel', 'scoreProposal')).toBe('ok')
    expect(code('voted', 'panel', 'scoreProposal', clock)).toBe('not-on-panel')
  })
})

describe('the records after a verb', () => {
  const later = '2026-11-11T02:00:00.000Z' as Instant

  test('have a new version; their history grows only when the state changes', () => {
    expect(rules.movedCall(call, 'open', later, { title: '新' })).toEqual({ ...call, title: '新', version: 2 })
    expect(rules.movedCall(call, 'screening', later)).toEqual({
      ...call,
      state: 'screening',
      version: 2,
      history: [{ state: 'screening', at: later }],
    })
    expect(rules.movedProposal(proposal, 'draft', later, { title: '新' })).toEqual({
      ...proposal,
      title: '新',
      version: 2,
    })
    expect(rules.decideProposal(proposal, call, 'withdrawProposal', actor(), later, { reason: '人手不足' })).toEqual({
      ok: true,
      value: {
        ...proposal,
        state: 'withdrawn',
        reason: '人手不足',
        version: 2,
        history: [{ state: 'withdrawn', at: later }],
      },
    })
    expect(rules.decideProposal(proposal, call, 'declineAward', actor(), later)).toMatchObject({
      code: 'not-in-this-state',
    })
  })

  test('their numbers are written with four digits', () => {
    expect([rules.shownNumber(call), rules.shownNumber({ number: { year: 2027, value: 10_000 } })]).toEqual([
      '创2026-0003',
      '创2027-10000',
    ])
  })
})

// The stages of a case by tables: consent before work, two people at each gate, and when its notes go.
import { describe, expect, test } from 'vitest'
import { caseFile, clock, division, hours, id, nobody, now, person } from '../../../../tests/support/delivery-record.ts'
import { codeOf } from '../../../../tests/support/tender-record.ts'
import { plainDateOf } from '../../../kit/plain-date.ts'
import type { Ruling } from '../../../kit/ruling.ts'
import { caseStates, type CaseState } from '../contract/cases.ts'
import * as cases from './cases.ts'

const day = plainDateOf
const worker = person(10)
const { consent } = caseFile()
if (consent === undefined) throw new Error('the record has consent')
const withdrawn = { ...consent, withdrawnOn: day('2026-11-22'), withdrawnBy: id(10) }
const pathOf = (ruling: Ruling<unknown>) =>
  ruling.ok ? undefined : ruling.fields?.map((field) => field.path).join(' ')

/** Every verb as its rule is called, with input that is sound. */
const acts: Readonly<Record<cases.CaseVerb, (file: cases.Case) => Ruling<unknown>>> = {
  recordConsent: (file) =>
    cases.recordConsent({ ...file, consent: undefined }, worker, now, {
      form: 'written',
      givenBy: 'self',
      givenOn: day('2026-11-23'),
    }),
  withdrawConsent: (file) => cases.withdrawConsent(file, worker, now, day('2026-11-23')),
  acceptCase: (file) => cases.stepWithConsent('acceptCase', file, now),
  assessCase: (file) => cases.stepWithConsent('assessCase', file, now),
  planCase: (file) => cases.planCase(file, now, { count: 2, sealed: new Uint8Array([2]) }),
  approveCase: (file) => cases.approveCase({ ...file, awaiting: true }, now),
  returnCase: (file) => cases.returnCase({ ...file, awaiting: true }, now),
  adviseCase: (file) => cases.adviseCase(file, now),
  recordCaseSession: (file) => cases.recordCaseSession(file, now, { from: hours(-2), until: hours(-1) }),
  beginCaseEvaluation: (file) => cases.beginCaseEvaluation({ ...file, sessions: 1 }, now, 1),
  evaluateCase: (file) => cases.evaluateCase(file, now, file.goalCount),
  closeCase: (file) => cases.closeCase(file, now, 'completed'),
  transferCase: (file) => cases.transferCase(file, now),
  handOverCase: (file) => cases.handOverCase(file, now, { worker: 'w12', person: id(12), valid: true }),
  handOverSupervision: (file) => cases.handOverSupervision(file, 'supervisor', now, id(13), [id(13)]),
  setCaseRetention: (file) => cases.setCaseRetention(file, now, 'court'),
}

describe('the lifecycle', () => {
  test.each(caseStates)('%s: each verb leads where the table says, and no other is taken', (state: CaseState) => {
    for (const [verb, act] of Object.entries(acts)) {
      const next = (cases.caseLifecycle[state] as Record<string, string>)[verb]
      const ruling = act(caseFile({ state }))
      const value = ruling.ok ? (ruling.value as { state?: string; file?: { state: string } }) : undefined
      expect([verb, value?.file?.state ?? value?.state ?? codeOf(ruling)]).toEqual([verb, next ?? 'not-in-this-state'])
    }
    expect(cases.verbsOfCase(state)).toEqual(Object.keys(cases.caseLifecycle[state]))
  })

  test('a step makes a new version; the history grows when the stage changes', () => {
    const file = caseFile()
    expect(cases.adviseCase(file, now)).toEqual({ ok: true, value: { ...file, version: 2 } })
    expect(cases.stepWithConsent('acceptCase', file, now)).toEqual({
      ok: true,
      value: { ...file, state: 'assessment', version: 2, history: [...file.history, { state: 'assessment', at: now }] },
    })
    expect(cases.shownCaseNumber(file)).toBe('案2026-0003')
    expect(cases.reachOfCase(file)).toEqual({ division, organizations: [id(3)], confidential: true })
  })
})

describe('consent', () => {
  const given: cases.GivenConsent = { form: 'written', givenBy: 'self', givenOn: day('2026-11-23') }
  const record = (more: Partial<cases.GivenConsent> = {}, file: Partial<cases.Case> = {}) =>
    cases.recordConsent(caseFile({ consent: undefined, ...file }), worker, now, { ...given, ...more })

  test('is written down with who recorded it; the guardian’s name stays in the note', () => {
    expect(record({ givenBy: 'guardian', guardian: '王建国' }, { underFourteen: true })).toMatchObject({
      ok: true,
      value: {
        consent: { form: 'written', givenBy: 'guardian', givenOn: '2026-11-23', recordedBy: id(10), recordedAt: now },
      },
    })
    const file = caseFile({ consent: undefined })
    expect(cases.recordConsent(file, clock, now, given)).toMatchObject({ value: { consent: { recordedBy: 'system' } } })
  })

  test.each([
    ['of tomorrow', { givenOn: day('2026-11-24') }, {}, 'date-in-future', 'body.givenOn'],
    ['of a child by itself', {}, { underFourteen: true }, 'guardian-needed', 'body.givenBy'],
    ['of a guardian without a name', { givenBy: 'guardian' }, {}, 'guardian-name-needed', 'body.guardian'],
    ['a second time', {}, { consent }, 'consent-given', undefined],
  ] as const)('%s is refused', (_what, more, file, code, path) => {
    const ruling = record(more as never, file as never)
    expect([codeOf(ruling), pathOf(ruling)]).toEqual([code, path])
  })

  test('holds until it is withdrawn', () => {
    const holds = (value: typeof consent | undefined) => cases.consented(caseFile({ consent: value }))
    expect([holds(consent), holds(withdrawn), holds(undefined)]).toEqual([true, false, false])
  })

  const verbs: [cases.CaseVerb, CaseState][] = [
    ['acceptCase', 'intake'],
    ['assessCase', 'assessment'],
    ['planCase', 'plan'],
    ['approveCase', 'plan'],
    ['recordCaseSession', 'intervention'],
    ['evaluateCase', 'evaluation'],
    ['transferCase', 'intake'],
  ]
  test.each(verbs)('%s does not go on without it', (verb, state) => {
    for (const none of [undefined, withdrawn])
      expect(codeOf(acts[verb](caseFile({ state, consent: none })))).toBe('consent-missing')
  })
})

describe('withdrawing consent', () => {
  const withdraw = (more: Partial<cases.Case> = {}, on = '2026-11-23') =>
    cases.withdrawConsent(caseFile(more), worker, now, day(on))

  test('ends the case at once, and its notes go', () => {
    const file = caseFile({ awaiting: true, nextAt: hours(24) })
    expect(cases.withdrawConsent(file, worker, now, day('2026-11-22'))).toEqual({
      ok: true,
      value: {
        destroy: true,
        file: {
          ...file,
          state: 'closed',
          version: 2,
          consent: withdrawn,
          reason: 'consent-withdrawn',
          awaiting: false,
          nextAt: undefined,
          destroyedAt: now,
          history: [...file.history, { state: 'closed', at: now }],
        },
      },
    })
  })

  test('a duty keeps them; a reason that stood stays, and one that was transferred has none', () => {
    const kept = withdraw({ retention: 'court' })
    expect(kept.ok && [kept.value.destroy, kept.value.file.destroyedAt]).toEqual([false, undefined])
    const reason = (more: Partial<cases.Case>) => {
      const ruling = withdraw(more)
      return ruling.ok ? ruling.value.file.reason : ruling.code
    }
    expect([reason({ state: 'closed', reason: 'completed' }), reason({ state: 'transferred' }), reason({})]).toEqual([
      'completed',
      undefined,
      'consent-withdrawn',
    ])
  })

  test.each([
    ['that was never given', { consent: undefined }, '2026-11-23', 'consent-missing', undefined],
    ['twice', { consent: withdrawn }, '2026-11-23', 'consent-withdrawn', undefined],
    ['tomorrow', {}, '2026-11-24', 'date-in-future', 'body.withdrawnOn'],
    ['before it was given', {}, '2026-11-19', 'before-consent', 'body.withdrawnOn'],
    ['on the day on which it was given', {}, '2026-11-20', 'ok', undefined],
  ])('%s: %s', (_what, more, on, code, path) => {
    const ruling = withdraw(more, on)
    expect([codeOf(ruling), pathOf(ruling)]).toEqual([code, path])
  })

  test('a duty is put on record and lifted; lifted after consent is gone the notes go', () => {
    const set = (more: Partial<cases.Case>, retention: 'none' | 'court') => {
      const ruling = cases.setCaseRetention(caseFile(more), now, retention)
      return ruling.ok
        ? [ruling.value.destroy, ruling.value.file.retention, ruling.value.file.destroyedAt]
        : ruling.code
    }
    const dispute = 'court' as const
    expect(set({}, 'court')).toEqual([false, 'court', undefined])
    expect(set({ retention: dispute }, 'none')).toEqual([false, 'none', undefined])
    expect(set({ retention: dispute, consent: undefined }, 'none')).toEqual([false, 'none', undefined])
    expect(set({ retention: dispute, consent: withdrawn, state: 'closed' }, 'none')).toEqual([true, 'none', now])
    expect(set({ consent: withdrawn, state: 'closed' }, 'court')).toEqual([false, 'court', undefined])
    expect(set({}, 'none')).toBe('same-retention')
    expect(set({ destroyedAt: now }, 'court')).toBe('key-destroyed')
  })
})

describe('from the plan to the end', () => {
  test('a plan has its goals and waits for the supervisor, whose word begins the work', () => {
    const sealed = new Uint8Array([7])
    const planned = cases.planCase(caseFile({ state: 'plan' }), now, { count: 2, sealed })
    expect(planned).toMatchObject({ ok: true, value: { goals: sealed, goalCount: 2, awaiting: true } })
    const waiting = caseFile({ state: 'plan', awaiting: true, nextAt: hours(1) })
    expect(cases.approveCase(waiting, now)).toMatchObject({
      ok: true,
      value: { state: 'intervention', awaiting: false, nextAt: hours(1) },
    })
    const begun = cases.approveCase(waiting, now)
    expect(begun.ok && begun.value.reason).toBeUndefined()
    expect(cases.returnCase(waiting, now)).toMatchObject({ ok: true, value: { state: 'plan', awaiting: false } })
    const idle = { ...waiting, awaiting: false }
    expect([codeOf(cases.approveCase(idle, now)), codeOf(cases.returnCase(idle, now))]).toEqual([
      'nothing-to-approve',
      'nothing-to-approve',
    ])
  })

  test('an approved evaluation completes the case', () => {
    const waiting = caseFile({ state: 'evaluation', awaiting: true, nextAt: hours(1) })
    const ended = cases.approveCase(waiting, now)
    expect(ended.ok && [ended.value.state, ended.value.reason, ended.value.awaiting, ended.value.nextAt]).toEqual([
      'closed',
      'completed',
      false,
      undefined,
    ])
  })

  test.each<[string, Parameters<typeof cases.recordCaseSession>[2], string, string | undefined]>([
    ['after the case began', { from: hours(-72), until: hours(-71) }, 'ok', undefined],
    ['before it began', { from: hours(-73), until: hours(-72) }, 'before-case', 'body.from'],
    ['with a later next one', { from: hours(-2), until: hours(-1), nextAt: now }, 'ok', undefined],
    [
      'with the next one at its end',
      { from: hours(-2), until: hours(-1), nextAt: hours(-1) },
      'next-not-later',
      'body.nextAt',
    ],
  ])('a session %s: %s', (_what, session, code, path) => {
    const ruling = cases.recordCaseSession(caseFile({ state: 'intervention', sessions: 3 }), now, session)
    expect([codeOf(ruling), pathOf(ruling)]).toEqual([code, path])
    if (ruling.ok) expect([ruling.value.sessions, ruling.value.nextAt]).toEqual([4, session.nextAt])
  })

  test('evaluation begins after enough sessions and answers each goal', () => {
    const begin = (sessions: number) =>
      cases.beginCaseEvaluation(caseFile({ state: 'intervention', sessions, nextAt: now }), now, 2)
    expect(begin(1)).toMatchObject({ code: 'sessions-missing', params: { least: 2, now: 1 } })
    const begun = begin(2)
    expect(begun.ok && [begun.value.state, begun.value.nextAt]).toEqual(['evaluation', undefined])
    const file = caseFile({ state: 'evaluation', goalCount: 2 })
    expect(cases.evaluateCase(file, now, 2)).toMatchObject({ ok: true, value: { awaiting: true } })
    expect(cases.evaluateCase(file, now, 3)).toMatchObject({
      fields: [{ path: 'body.results', code: 'results-not-goals', params: { count: 2 } }],
    })
  })

  test('closed early or transferred nothing waits any more', () => {
    const file = caseFile({ awaiting: true, nextAt: now })
    const left = (ruling: Ruling<cases.Case>) =>
      ruling.ok ? [ruling.value.state, ruling.value.reason, ruling.value.awaiting, ruling.value.nextAt] : []
    expect(left(cases.closeCase(file, now, 'moved-away'))).toEqual(['closed', 'moved-away', false, undefined])
    expect(left(cases.transferCase(file, now))).toEqual(['transferred', undefined, false, undefined])
  })
})

describe('handing over', () => {
  const to = { worker: 'w12', person: id(12), valid: true }

  test.each([
    ['another of the team', to, 'ok'],
    ['somebody who is not on it', undefined, 'worker-not-on-team'],
    ['the worker', { ...to, worker: 'w10' }, 'same-worker'],
    ['the supervisor', { ...to, person: id(11) }, 'supervisor-is-worker'],
    ['somebody without a valid certificate', { ...to, valid: false }, 'worker-certificate-over'],
  ])('a case to %s: %s', (_who, successor, code) => {
    const ruling = cases.handOverCase(caseFile(), now, successor)
    expect(codeOf(ruling)).toBe(code)
    if (ruling.ok) expect([ruling.value.worker, ruling.value.workerPerson]).toEqual(['w12', id(12)])
    else expect(pathOf(ruling)).toBe('body.worker')
  })

  test('supervision goes to another supervisor; a worker chooses one only when theirs left the office', () => {
    const hand = (relation: cases.Relation, to_: string, supervisors: string[]) =>
      cases.handOverSupervision(caseFile(), relation, now, to_, supervisors)
    expect(hand('supervisor', id(13), [id(11), id(13)])).toMatchObject({ ok: true, value: { supervisor: id(13) } })
    expect(codeOf(hand('worker', id(13), [id(11), id(13)]))).toBe('supervisor-in-office')
    expect(codeOf(hand('worker', id(13), [id(13)]))).toBe('ok')
    expect(codeOf(hand('supervisor', id(11), [id(11)]))).toBe('same-supervisor')
    expect(codeOf(hand('supervisor', id(10), [id(10)]))).toBe('supervisor-is-worker')
    expect(codeOf(hand('supervisor', id(14), [id(13)]))).toBe('supervisor-unknown')
    for (const to_ of [id(10), id(11), id(14)])
      expect(pathOf(hand('supervisor', to_, [id(10), id(11)]))).toBe('body.supervisor')
  })
})

test.each([
  [{ person: 'p' }, []],
  [{ fullName: '王建国' }, []],
  [{ fullName: '王建国', phone: '1' }, []],
  [{}, ['beneficiary-needed']],
  [{ phone: '1' }, ['beneficiary-needed']],
  [{ person: 'p', fullName: '王建国' }, ['one-beneficiary']],
  [{ person: 'p', phone: '1' }, ['one-beneficiary']],
])('for whom a case is: %j', (wish, codes) => {
  expect(cases.beneficiaryFaults(wish)).toEqual(codes.map((code) => ({ path: 'body.fullName', code })))
})

describe('an emergency opening', () => {
  const opening = (n: number, until: typeof now): cases.Opening => ({
    id: id(300 + n),
    case: id(1),
    person: id(n),
    reason: 'danger-to-life',
    words: new Uint8Array([3]),
    at: hours(-1),
    until,
  })

  test('is one at a time for a person, and of notes that are still there', () => {
    const open = (openings: cases.Opening[], more: Partial<cases.Case> = {}) =>
      codeOf(cases.openCaseInEmergency(caseFile(more), openings, id(20), now))
    expect([open([]), open([opening(20, now)]), open([opening(21, hours(1))])]).toEqual(['ok', 'ok', 'ok'])
    expect(open([opening(21, now), opening(20, hours(1))])).toBe('already-open')
    expect(open([], { destroyedAt: now })).toBe('key-destroyed')
  })

  test('opens to that person alone, until its last moment', () => {
    const openings = [opening(20, hours(1)), opening(21, now)]
    expect(
      [person(20), person(21), person(22), clock, nobody].map((who) => cases.openedFor(openings, who, now)),
    ).toEqual([true, false, false, false, false])
  })
})

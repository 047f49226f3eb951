// Needs: the lifecycle over every state and verb, and the clocks of single decisions, without a database.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Actor } from '../../kit/actor.ts'
import { asDivision, type Id } from '../../kit/id.ts'
import { addDays, instant, isBefore } from '../../kit/instant.ts'
import { possibleVerbs } from '../../kit/lifecycle.ts'
import { granted } from '../../kit/ruling.ts'
import { boardStates, needStates, type NeedState } from './contract.ts'
import { declineIsFinal, isOverdue, mayRead, type Need, needLifecycle, type NeedVerb, standing } from './rules.ts'
import { giveVerdict, replyToQuestion, titleOf } from './rules/resident.ts'
import { acceptNeed, closeUnconfirmed, raiseOverdue, takeRoute } from './rules/desk.ts'

const now = instant('2026-11-23T02:00:00.000Z')
const division = asDivision('320505001001')
const me = '320000-00000000-0000-7000-8000-000000000001' as Id<'person'>
const other = '320000-00000000-0000-7000-8000-000000000002' as Id<'person'>
const terms = { respondDays: 3, appealDays: 10, resolveDays: 20, planDays: 60, verdictDays: 15, calendar: new Map() }
const worker: Actor = {
  kind: 'person',
  personId: other,
  sessionId: 's',
  verified: true,
  adult: true,
  residence: division,
  grants: [
    {
      role: 'community-worker',
      reach: 'place',
      permissions: new Set(['needs.listDeskNeeds', 'needs.readPrivate']),
      division,
    },
  ],
}
const resident: Actor = { ...worker, personId: me, grants: [] }

function need(state: NeedState, more: Partial<Need> = {}): Need {
  const id = '320505-00000000-0000-7000-8000-00000000000a' as Id<'need'>
  return {
    id,
    division,
    state,
    version: 1,
    resident: me,
    residentMasked: '张*',
    residentVerified: true,
    visibility: 'public',
    category: '0801',
    forWhom: 'self',
    urgency: 'normal',
    source: 'resident-site',
    texts: { title: '电梯', text: '电梯坏了' },
    files: [],
    supports: 0,
    verifiedSupports: 0,
    createdAt: now,
    submittedAt: now,
    root: id,
    verdictVerified: false,
    raised: false,
    escalated: false,
    history: [{ state, at: now }],
    ...(state === 'responding' ? { route: 'department' as const, department: 'community-station' } : {}),
    ...more,
  }
}

const verbs = [
  ...new Set(needStates.flatMap((state) => possibleVerbs<NeedState, string>(needLifecycle, state))),
] as NeedVerb[]

test.each(needStates.flatMap((state) => verbs.map((verb) => [state, verb] as const)))(
  '%s, %s: as the table says',
  (state, verb) => {
    const ruling = standing(need(state), verb, worker, now)
    const next = (needLifecycle[state] as Record<string, NeedState>)[verb]
    if (next === undefined) {
      expect(ruling).toMatchObject({
        ok: false,
        code: 'not-in-this-state',
        params: { state, verb },
        possible: possibleVerbs<NeedState, string>(needLifecycle, state),
      })
    } else if (!ruling.ok) expect(ruling.code).not.toBe('not-in-this-state')
  },
)

test('every state that is no end can be left', () => {
  const ends = needStates.filter((state) => possibleVerbs<NeedState, string>(needLifecycle, state).length === 0)
  expect(ends).toEqual(['withdrawn', 'closed'])
  expect(boardStates.every((state) => needStates.includes(state))).toBe(true)
})

test('the second “not met” closes, the first reopens and raises', () => {
  const first = granted(giveVerdict(need('answered'), resident, now, { verdict: 'not-met', rating: 1 }, terms))
  expect(first).toMatchObject({ verb: 'reopenNeed', need: { state: 'responding', raised: true } })
  const second = granted(
    giveVerdict({ ...first.need, state: 'answered' }, resident, now, { verdict: 'not-met', rating: 1 }, terms),
  )
  expect(second).toMatchObject({ verb: 'giveVerdict', need: { state: 'closed', verdict: 'not-met' } })
})

test('a reply never shortens the time that was left', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10 }), fc.integer({ min: 0, max: 60 }), (asked, replied) => {
      const dueAt = addDays(now, 9)
      const pausedAt = addDays(now, asked)
      const after = granted(
        replyToQuestion(
          need('submitted', { dueAt, pausedAt }),
          resident,
          addDays(pausedAt, replied),
          { words: '东边' },
          terms,
        ),
      )
      expect(after.dueAt !== undefined && !isBefore(after.dueAt, dueAt)).toBe(true)
      expect(isOverdue(after, addDays(pausedAt, replied))).toBe(false)
    }),
  )
})

test('whoever declined does not accept after the appeal, others do', () => {
  const appealed = need('submitted', { appealedAt: now, declinedBy: other })
  const body = { category: '0801' as const, routeHint: 'project' as const, by: { id: other, name: '王工' } }
  expect(acceptNeed(appealed, worker, now, body, terms)).toMatchObject({
    ok: false,
    kind: 'forbidden',
    code: 'duties-separated',
  })
  expect(acceptNeed(appealed, { ...worker, personId: me }, now, body, terms).ok).toBe(true)
})

test('a decline is final after the appeal or after its time', () => {
  expect(declineIsFinal(need('declined', { appealUntil: addDays(now, 3) }), now)).toBe(false)
  expect(declineIsFinal(need('declined', { appealUntil: addDays(now, 3) }), addDays(now, 4))).toBe(true)
  expect(declineIsFinal(need('declined', { appealedAt: now }), now)).toBe(true)
})

test('a leader is told of an overdue need once per due', () => {
  const late = need('submitted', { dueAt: addDays(now, -1) })
  const raised = granted(raiseOverdue(late, now))
  expect(raised.escalated).toBe(true)
  expect(raiseOverdue(raised, now).ok).toBe(false)
  expect(raiseOverdue({ ...late, pausedAt: now }, now).ok).toBe(false)
})

test('a need goes from deliberation on to its project, and nowhere else', () => {
  const motion = { kind: 'motion', id: 'm' }
  const project = { kind: 'project', id: 'p' }
  const inMotion = granted(takeRoute(need('accepted'), now, 'deliberation', motion, undefined, terms))
  expect(granted(takeRoute(inMotion, now, 'project', project, undefined, terms)).routeBy).toEqual(project)
  const inProject = granted(takeRoute(need('accepted'), now, 'project', project, undefined, terms))
  expect(takeRoute(inProject, now, 'deliberation', motion, undefined, terms)).toMatchObject({
    ok: false,
    code: 'need-on-other-route',
  })
})

test('silence is no verdict before its time', () => {
  const waiting = need('answered', { verdictUntil: addDays(now, 2) })
  expect(closeUnconfirmed(waiting, now).ok).toBe(false)
  expect(granted(closeUnconfirmed(waiting, addDays(now, 3)))).toMatchObject({ state: 'closed', verdict: 'unconfirmed' })
})

test('who reads what: open needs all, drafts the resident, private ones resident and worker', () => {
  const nobody: Actor = { kind: 'anonymous', grants: [] }
  const stranger: Actor = { ...worker, grants: [] }
  const readers = (each: Need) => [nobody, stranger, worker, resident].map((actor) => mayRead(each, actor))
  expect(readers(need('submitted'))).toEqual([true, true, true, true])
  expect(readers(need('draft'))).toEqual([false, false, false, true])
  expect(readers(need('submitted', { visibility: 'private' }))).toEqual([false, false, true, true])
  expect(readers(need('withdrawn'))).toEqual([false, false, true, true])
})

test.each([
  ['路灯坏了。晚上看不清', '路灯坏了'],
  ['电动车', '电动车'],
  [`${'很长'.repeat(8)},${'更长'.repeat(8)}`, '很长'.repeat(8)],
])('the title of %s', (text, title) => {
  expect(titleOf({ text })).toBe(title)
})

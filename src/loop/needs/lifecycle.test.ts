// Every state and every verb through the endpoints: what the table allows happens, everything else is refused in words and changes nothing.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Answer, type Person, places, startApp, type TestApp } from '../../../tests/support/app.ts'
import { listMyWork, listNotices } from '../../foundation/notices/contract.ts'
import type { OutputOf } from '../../kit/endpoint.ts'
import { possibleVerbs } from '../../kit/lifecycle.ts'
import type { Ruling } from '../../kit/ruling.ts'
import { type Act, systemAct } from '../../platform/action.ts'
import { rowsOf } from '../../platform/database.ts'
import * as contract from './contract.ts'
import type { NeedState } from './contract.ts'
import * as desk from './contract/desk.ts'
import { endRoute, holdNeeds, takeHeldNeeds } from './public.ts'
import { needLifecycle, type NeedVerb } from './rules.ts'

let app: TestApp
let resident: Person
let neighbour: Person
let worker: Person
let colleague: Person
let head: Person
let township: Person

beforeAll(async () => {
  app = await startApp()
  neighbour = await app.person()
  worker = await app.person('community-worker')
  colleague = await app.person('community-worker')
  head = await app.person('community-head')
  township = await app.person('township-reviewer', { division: places.township })
})
afterAll(() => app?.close())
// Somebody new each time: one resident keeps only so many drafts.
beforeEach(async () => {
  resident = await app.person()
})

const content = { text: '三号楼电梯一个月坏了四次', category: '0801' as const, division: places.community }
const at = (id: string) => ({ params: { id } })
const words = '物业已经更换主板，本周起每天检查'
const motion = { kind: 'motion', id: '320505-0190f1c0-0000-7000-8000-00000000000a' }

async function submitted(): Promise<string> {
  return (await app.ok(resident, contract.submitNeed, { body: content })).id
}
async function accepted(): Promise<string> {
  const id = await submitted()
  await app.ok(worker, desk.acceptNeed, { ...at(id), body: { category: '0801', routeHint: 'department' } })
  return id
}
async function responding(): Promise<string> {
  const id = await accepted()
  await app.ok(worker, desk.referNeed, { ...at(id), body: { department: contract.ownStation } })
  return id
}
async function answered(): Promise<string> {
  const id = await responding()
  await app.ok(worker, desk.answerNeed, { ...at(id), body: { words, files: [] } })
  return id
}

/** A need in each state, made by the people who bring needs there. */
const makers: Readonly<Record<NeedState, () => Promise<string>>> = {
  draft: async () => (await app.ok(resident, contract.draftNeed, { body: content })).id,
  submitted,
  accepted,
  responding,
  answered,
  async declined() {
    const id = await submitted()
    await app.ok(worker, desk.declineNeed, { ...at(id), body: { reason: 'beyond-means', words } })
    return id
  },
  async merged() {
    const [id, into] = [await submitted(), await submitted()]
    await app.ok(worker, desk.mergeNeed, { ...at(id), body: { into } })
    return id
  },
  async withdrawn() {
    const id = await submitted()
    await app.ok(resident, contract.withdrawNeed, at(id))
    return id
  },
  async closed() {
    const id = await answered()
    await app.ok(resident, contract.giveVerdict, { ...at(id), body: { verdict: 'met', rating: 5 } })
    return id
  },
}

/** Verbs of the program itself: no endpoint; time and other domains do them. */
const byTheProgram = ['raiseOverdue', 'closeUnconfirmed', 'finalizeDecline', 'takeRoute', 'endRoute'] as const
type PeopleVerb = Exclude<NeedVerb, (typeof byTheProgram)[number]>

type Doing = {
  readonly go: (id: string) => Promise<Answer<unknown>>
  /** What must have happened for the verb to be possible at all. */
  readonly first?: (id: string) => Promise<unknown>
}

const doings: Readonly<Record<PeopleVerb, Doing>> = {
  changeDraft: { go: (id) => app.call(resident, contract.changeDraft, { ...at(id), body: content }) },
  submitDraft: { go: (id) => app.call(resident, contract.submitDraft, at(id)) },
  withdrawNeed: { go: (id) => app.call(resident, contract.withdrawNeed, at(id)) },
  acceptNeed: {
    // Whoever declined it is refused for another reason than its state.
    go: (id) =>
      app.call(colleague, desk.acceptNeed, { ...at(id), body: { category: '0801', routeHint: 'department' } }),
  },
  declineNeed: {
    go: (id) => app.call(colleague, desk.declineNeed, { ...at(id), body: { reason: 'not-clear', words } }),
  },
  mergeNeed: { go: async (id) => app.call(worker, desk.mergeNeed, { ...at(id), body: { into: await submitted() } }) },
  unmergeNeed: { go: (id) => app.call(worker, desk.unmergeNeed, at(id)) },
  supportNeed: { go: (id) => app.call(neighbour, contract.supportNeed, at(id)) },
  retractSupport: {
    first: (id) => app.ok(neighbour, contract.supportNeed, at(id)),
    go: (id) => app.call(neighbour, contract.retractSupport, at(id)),
  },
  askResident: { go: (id) => app.call(worker, desk.askResident, { ...at(id), body: { words: '请问是几号楼？' } }) },
  replyToQuestion: {
    first: (id) => app.ok(worker, desk.askResident, { ...at(id), body: { words: '请问是几号楼？' } }),
    go: (id) => app.call(resident, contract.replyToQuestion, { ...at(id), body: { words: '三号楼' } }),
  },
  holdNeed: { go: (id) => app.call(colleague, desk.holdNeed, at(id)) },
  handOverNeed: {
    // An accepted need is held already by whoever accepted it.
    first: (id) => app.call(worker, desk.holdNeed, at(id)),
    go: (id) => app.call(worker, desk.handOverNeed, { ...at(id), body: { to: colleague.id } }),
  },
  takeOverNeed: {
    first: (id) => app.call(worker, desk.holdNeed, at(id)),
    go: (id) => app.call(colleague, desk.takeOverNeed, { ...at(id), body: { reason: 'on-leave' } }),
  },
  assignNeed: { go: (id) => app.call(head, desk.assignNeed, { ...at(id), body: { to: colleague.id } }) },
  referNeed: { go: (id) => app.call(worker, desk.referNeed, { ...at(id), body: { department: contract.ownStation } }) },
  refuseReferral: { go: (id) => app.call(worker, desk.refuseReferral, { ...at(id), body: { words } }) },
  answerNeed: { go: (id) => app.call(worker, desk.answerNeed, { ...at(id), body: { words, files: [] } }) },
  appealNeed: { go: (id) => app.call(resident, contract.appealNeed, { ...at(id), body: { words } }) },
  giveVerdict: {
    go: (id) => app.call(resident, contract.giveVerdict, { ...at(id), body: { verdict: 'met', rating: 5 } }),
  },
  reopenNeed: {
    go: (id) => app.call(resident, contract.giveVerdict, { ...at(id), body: { verdict: 'not-met', rating: 1 } }),
  },
}

const states = Object.keys(needLifecycle) as NeedState[]
const edgesOf = (state: NeedState) => needLifecycle[state] as Partial<Record<NeedVerb, NeedState>>
const see = (id: string) => app.ok(resident, contract.getNeed, at(id))

/** Edges of the table that no person can walk: whoever accepts a need holds it, so nobody finds one unheld later. */
const alwaysHeld: readonly NeedState[] = ['accepted', 'responding']

describe.each(states)('a need that is %s', (state) => {
  test.each(Object.entries(doings) as [PeopleVerb, Doing][])('%s', async (verb, { first, go }) => {
    const id = await makers[state]()
    const next = edgesOf(state)[verb]
    if (next !== undefined) await first?.(id)
    const before = await see(id)
    const answer = await go(id)
    const after = await see(id)
    if (next === undefined) {
      // A neighbour and the desk do not learn that there is a draft, nor a neighbour of a withdrawn need.
      if (answer.status !== 404 || !['draft', 'withdrawn'].includes(state)) {
        expect([answer.status, answer.problem.code]).toEqual([409, 'not-in-this-state'])
        expect(answer.problem.possible).toEqual(possibleVerbs(needLifecycle, state))
      }
      expect(answer.problem.detail).toMatch(/[\u4e00-\u9fff]{4,}/)
      expect(answer.problem.detail).not.toMatch(/\{\{|[a-z]{4,}/)
      expect(after).toEqual(before)
    } else if (verb === 'holdNeed' && alwaysHeld.includes(state)) {
      expect([answer.status, answer.problem.code]).toEqual([409, 'held-by-other'])
    } else {
      expect([answer.status, answer.status === 200 ? '' : answer.problem.detail]).toEqual([200, ''])
      expect(after.state).toBe(next)
    }
  })

  test.each([
    ['takeRoute', () => ({ route: 'deliberation' as const, by: motion })],
    ['endRoute', () => ({ by: motion, reason: 'motion-rejected' })],
  ] as const)('%s, by another domain', async (verb, input) => {
    const id = await makers[state]()
    const next = edgesOf(state)[verb]
    // Only what a motion has can end with it, and only what deliberates goes on to a project.
    if (state === 'responding') {
      const back = await app.ok(worker, desk.refuseReferral, { ...at(id), body: { words } })
      expect(back.state).toBe('accepted')
      await run((act) => takeRoute(act, id, { route: 'deliberation', by: motion }))
    }
    const before = await see(id)
    const ruling = await run((act) =>
      verb === 'takeRoute'
        ? takeRoute(act, id, {
            ...input(),
            by: motion,
            route: state === 'responding' ? 'project' : 'deliberation',
          })
        : endRoute(act, { needs: [id], by: motion, reason: 'motion-rejected' }),
    )
    const after = await see(id)
    if (next !== undefined) {
      expect([ruling.ok, after.state]).toEqual([true, next])
    } else {
      // Ends of a route pass over needs that the route no longer has.
      expect([verb, ruling.ok]).toEqual([verb, verb === 'endRoute'])
      expect(after).toEqual(before)
    }
  })
})

async function takeRoute(act: Act, id: string, input: Parameters<typeof takeHeldNeeds>[2]): Promise<Ruling<void>> {
  return takeHeldNeeds(act, await holdNeeds(act, [id]), input)
}

function run<T>(work: Parameters<typeof systemAct<T>>[2]): Promise<Ruling<T>> {
  return systemAct(app.parts.platform, 'test.route', work)
}

test('time alone moves only what the table lets it move', async () => {
  const ids = new Map<NeedState, string>()
  for (const state of states) ids.set(state, await makers[state]())
  const before = new Map(await Promise.all([...ids].map(async ([state, id]) => [state, await see(id)] as const)))
  const of = (state: NeedState) => see(ids.get(state) ?? '')
  await app.pass(8)
  expect((await of('submitted')).overdue).toBe(true)
  await app.pass(60)
  for (const [state, id] of ids) {
    const now = await see(id)
    const verbs = Object.keys(edgesOf(state))
    if (verbs.includes('raiseOverdue')) expect([state, now.state, now.overdue]).toEqual([state, state, true])
    else if (verbs.includes('closeUnconfirmed'))
      expect(now).toMatchObject({ state: 'closed', verdict: { value: 'unconfirmed' } })
    else if (verbs.includes('finalizeDecline')) expect(now).toMatchObject({ state, decline: { final: true } })
    else expect(now).toEqual(before.get(state))
  }
}, 60_000)

test('an overdue need waits in the work of the head, once per step, and the holder is told', async () => {
  const [first, second] = [await submitted(), await accepted()]
  // All pages: the needs of the other tests are overdue as well.
  const asHead = async (id: string) => {
    const found: unknown[] = []
    let cursor: string | undefined
    do {
      const page: OutputOf<typeof listMyWork> = await app.ok(head, listMyWork, {
        query: { verb: 'assignNeed', size: 100, cursor },
      })
      found.push(...page.rows.filter((row) => row.of.id === id))
      cursor = page.next
    } while (cursor !== undefined)
    return found
  }
  expect(await asHead(first)).toEqual([])
  await app.pass(15)
  expect(await asHead(first)).toHaveLength(1)
  expect(await asHead(second)).toEqual([])
  await app.pass(60)
  expect(await asHead(second)).toHaveLength(1)
  const told = await rowsOf(
    app.parts.platform.database.reader,
    "SELECT 1 FROM notices.notice WHERE person = $1 AND kind = 'needs.overdue' AND record_id = $2",
    [worker.id, second],
  )
  expect(told).toHaveLength(1)
  // Given to somebody and dealt with, it leaves the head's work.
  await app.ok(head, desk.assignNeed, { ...at(first), body: { to: colleague.id } })
  await app.ok(colleague, desk.acceptNeed, { ...at(first), body: { category: '0801', routeHint: 'department' } })
  expect(await asHead(first)).toEqual([])
}, 60_000)

test('the clock of each step: the first answer, the referral, the plan of a route', async () => {
  const days = async (id: string) => {
    const { dueAt } = await see(id)
    return Math.round((Date.parse(dueAt ?? '') - Date.parse(app.parts.platform.clock.now())) / 86_400_000)
  }
  // Working days of the policy as calendar days: three reach over at most a weekend, twenty over four.
  const [raisedIn, acceptedIn, referredIn] = [
    await days(await submitted()),
    await days(await accepted()),
    await days(await responding()),
  ]
  expect([raisedIn >= 3 && raisedIn <= 12, acceptedIn >= 26 && acceptedIn <= 42]).toEqual([true, true])
  expect(referredIn).toBe(acceptedIn)
  const soon = await accepted()
  const deadline = new Date(Date.parse(app.parts.platform.clock.now()) + 2 * 86_400_000).toISOString()
  await app.ok(worker, desk.referNeed, { ...at(soon), body: { department: 'housing', deadline } })
  expect(await days(soon)).toBe(2)
  const planned = await accepted()
  await run((act) => takeRoute(act, planned, { route: 'deliberation', by: motion }))
  expect(await days(planned)).toBeGreaterThan(acceptedIn)
})

test('“not met” reopens once, tells handler and head, waits at the township, and the second closes it', async () => {
  const id = await answered()
  const notMet = { ...at(id), body: { verdict: 'not-met' as const, rating: 1 } }
  expect((await app.ok(resident, contract.giveVerdict, notMet)).state).toBe('responding')
  for (const [who, kind] of [
    [worker, 'needs.not-met-reopened'],
    [head, 'needs.not-met-reopened'],
  ] as const) {
    const { rows } = await app.ok(who, listNotices, { query: { size: 50 } })
    expect(rows.filter((row) => row.kind === kind && row.of.id === id)).toHaveLength(1)
  }
  const waits = await app.ok(township, listMyWork, { query: { verb: 'answerNeed', size: 100 } })
  expect(waits.rows.map((row) => row.of.id)).toContain(id)
  await app.ok(township, desk.answerNeed, { ...at(id), body: { words, files: [] } })
  expect((await app.ok(resident, contract.giveVerdict, notMet)).state).toBe('closed')
  const again = await app.call(resident, contract.giveVerdict, notMet)
  expect([again.status, again.problem.code]).toEqual([409, 'not-in-this-state'])
  expect(await see(id)).toMatchObject({ state: 'closed', verdict: { value: 'not-met' } })
})

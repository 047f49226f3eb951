// A project under several contracts: it goes as far as the one that is least far, never back, and ends with the last.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { asDivision, type Jurisdiction, makeId } from '../../../kit/id.ts'
import { instant } from '../../../kit/instant.ts'
import { fen } from '../../../kit/money.ts'
import { plainDateOf } from '../../../kit/plain-date.ts'
import type { Project } from '../rules.ts'
import * as parts from './parts.ts'

const now = instant('2026-11-23T02:00:00.000Z')
const clock = { kind: 'system', name: 'test', grants: [] } as const
const start: Project = {
  id: makeId('320505' as Jurisdiction, '01900000-0000-7000-8000-000000000009'),
  number: { year: 2026, value: 31 },
  division: asDivision('320505001001'),
  state: 'tendering',
  version: 1,
  ...{ title: '独居老人助餐', targetGroup: '独居老人', goals: '吃上热饭', categories: [], needs: [], activities: [] },
  ...{ results: [], steps: [], budgetLines: [], partners: [], designers: [], remarks: [] },
  ...{ mode: 'contracting-out', source: 'fiscal-transfer', purchaseItem: 'A01', budget: fen(10_000n) },
  ...{ start: plainDateOf('2027-01-01'), end: plainDateOf('2027-12-31') },
  createdAt: now,
  round: 0,
  tally: { agree: 0, disagree: 0, neutral: 0 },
  parts: [],
  awaited: 0,
  history: [{ state: 'tendering', at: now }],
}

const order = ['tendering', 'contracted', 'delivering', 'evaluating', 'completed', 'terminated']
const further = { contracted: 'delivering', delivering: 'evaluating', evaluating: 'completed' } as const

/** `count` contracts come into force one after another. */
function under(count: number): Project {
  let project = start
  for (let n = 0; n < count; n += 1) {
    const value = fen(BigInt(n + 1) * 1000n)
    const next = parts.addPart(project, clock, now, { contract: `c${n}`, value, awaited: count - n - 1 })
    if (!next.ok) throw new Error(next.code)
    project = next.value.project
  }
  return project
}

test('whatever its contracts do and in whatever order, it never goes back and ends exactly with the last of them', () => {
  const steps = fc.array(fc.record({ part: fc.nat(3), ends: fc.integer({ min: 0, max: 9 }) }), { maxLength: 40 })
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 4 }), steps, (count, moves) => {
      let project = under(count)
      expect(project.state).toBe('contracted')
      for (const { part, ends } of moves) {
        const own = project.parts[part % count]
        if (own === undefined || own.state === 'completed' || own.state === 'terminated') continue
        const to = ends === 0 ? ('terminated' as const) : further[own.state]
        const done =
          to === 'completed' ? { cost: fen(900n), score: 8000 } : to === 'terminated' ? { cost: fen(50n) } : {}
        const ruling = parts.movePart(project, clock, now, own.contract, { state: to, ...done }, 'contract-terminated')
        if (!ruling.ok) throw new Error(`${ruling.code} from ${project.state} by ${to}`)
        const next = ruling.value.project
        expect(order.indexOf(next.state)).toBeGreaterThanOrEqual(order.indexOf(project.state))
        const open = next.parts.filter((each) => each.state !== 'completed' && each.state !== 'terminated')
        const completed = next.parts.filter((each) => each.state === 'completed')
        const end = completed.length > 0 ? 'completed' : 'terminated'
        if (open.length === 0) expect(next.state).toBe(end)
        else expect(['completed', 'terminated']).not.toContain(next.state)
        if (next.state === 'completed')
          expect(next).toMatchObject({
            // What was paid for those that ended early is part of what it cost.
            cost: BigInt(completed.length) * 900n + BigInt(next.parts.length - completed.length) * 50n,
            score: 8000,
            completedAt: now,
          })
        if (next.state === 'terminated') expect(next.endReason).toBe('contract-terminated')
        // Told by a verb of its own only where its state changes.
        expect(ruling.value.verb === 'projectPart').toBe(next.state === project.state)
        project = next
      }
    }),
  )
})

test('it waits for contracts that are to come, and is worth all of them; its score weighs by their values', () => {
  const first = parts.addPart(start, clock, now, { contract: 'a', value: fen(3000n), awaited: 1 })
  if (!first.ok) throw new Error(first.code)
  const run = (project: Project, contract: string, state: parts.PartState, more: object = {}) => {
    const ruling = parts.movePart(project, clock, now, contract, { state, ...more })
    if (!ruling.ok) throw new Error(ruling.code)
    return ruling.value.project
  }
  let project = run(run(first.value.project, 'a', 'delivering'), 'a', 'evaluating')
  expect(project.state).toBe('delivering')
  project = run(project, 'a', 'completed', { cost: fen(3000n), score: 9000 })
  expect(project.state).toBe('delivering')
  const second = parts.addPart(project, clock, now, { contract: 'b', value: fen(1000n), awaited: 0 })
  if (!second.ok) throw new Error(second.code)
  expect(second.value.project).toMatchObject({ state: 'delivering', contract: 'a', contractValue: 4000n })
  project = run(run(run(second.value.project, 'b', 'delivering'), 'b', 'evaluating'), 'b', 'completed', {
    cost: fen(800n),
    score: 5000,
  })
  expect(project).toMatchObject({ state: 'completed', cost: 3800n, score: 8000 })
})

test('what failed is tendered again only when nothing is to come; the end of that tender may be the end of the project', () => {
  const partly = { ...under(1), rest: fen(500n) }
  expect(parts.restOf(partly)).toBe(500n)
  const again = parts.beginTender(partly, clock, now, 't2')
  if (!again.ok) throw new Error(again.code)
  expect(again.value.project).toMatchObject({ state: 'contracted', awaited: 1, rest: undefined, tender: 't2' })
  expect(parts.beginTender(again.value.project, clock, now, 't3')).toMatchObject({ code: 'not-in-this-state' })
  expect(parts.beginTender(under(1), clock, now, 't3')).toMatchObject({ code: 'not-in-this-state' })
  expect(parts.endTender(partly, clock, now, fen(500n))).toMatchObject({ code: 'not-in-this-state' })
  const ended = parts.movePart(again.value.project, clock, now, 'c0', { state: 'terminated' }, 'contract-terminated')
  if (!ended.ok) throw new Error(ended.code)
  expect(ended.value.project.state).toBe('contracted')
  const failed = parts.endTender(ended.value.project, clock, now, fen(500n))
  expect(failed).toMatchObject({
    ok: true,
    value: { verb: 'projectTerminated', project: { state: 'terminated', endReason: 'tender-failed' } },
  })
  const waits = { ...under(1), awaited: 1 }
  const alone = parts.movePart(waits, clock, now, 'c0', { state: 'terminated' }, 'contract-terminated')
  if (!alone.ok) throw new Error(alone.code)
  expect(parts.failLots(alone.value.project, clock, now, { rest: fen(500n), awaited: 0 })).toMatchObject({
    ok: true,
    value: { project: { state: 'terminated', endReason: 'lots-failed' } },
  })
})

test('a contract that nobody awaits, or a step that is not next, is refused', () => {
  const one = under(1)
  expect(parts.addPart(one, clock, now, { contract: 'x', value: fen(1n), awaited: 0 })).toMatchObject({
    code: 'not-in-this-state',
  })
  expect(parts.movePart(one, clock, now, 'c0', { state: 'completed' })).toMatchObject({ code: 'not-in-this-state' })
  expect(parts.movePart(one, clock, now, 'other', { state: 'delivering' })).toMatchObject({ code: 'not-in-this-state' })
})

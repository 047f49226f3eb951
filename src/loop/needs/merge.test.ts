// Merging and taking apart, as a property: whatever the order, nobody is lost and nobody counted twice.
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Person, places, startApp, type TestApp } from '../../../tests/support/app.ts'
import * as contract from './contract.ts'
import * as bulk from './contract/bulk.ts'
import * as desk from './contract/desk.ts'
import { rerooted, rootsOf } from './rules/cluster.ts'

let app: TestApp
let residents: Person[]
let neighbours: Person[]
let worker: Person

beforeAll(async () => {
  app = await startApp()
  residents = [await app.person(), await app.person(), await app.person(), await app.person()]
  neighbours = [await app.person(), await app.person('resident', { verified: false }), await app.person()]
  worker = await app.person('community-worker')
})

afterAll(() => app?.close())

/** What should be counted: a model in sets, without the database. */
class Model {
  readonly owners: string[]
  readonly parents: (number | undefined)[]
  readonly supports: Set<string>[]
  constructor(owners: string[]) {
    this.owners = owners
    this.parents = owners.map(() => undefined)
    this.supports = owners.map(() => new Set())
  }
  rootOf(need: number): number {
    const parent = this.parents[need]
    return parent === undefined ? need : this.rootOf(parent)
  }
  cluster(root: number): number[] {
    return this.owners.map((_, need) => need).filter((need) => this.rootOf(need) === root)
  }
  people(root: number): Set<string> {
    const people = new Set(
      this.cluster(root).flatMap((need) => [this.owners[need] ?? '', ...(this.supports[need] ?? [])]),
    )
    people.delete(this.owners[root] ?? '')
    return people
  }
}

const step = fc.oneof(
  fc.record({ kind: fc.constant('merge' as const), need: fc.nat(3), into: fc.nat(3) }),
  fc.record({ kind: fc.constant('unmerge' as const), need: fc.nat(3), into: fc.constant(0) }),
  fc.record({ kind: fc.constant('support' as const), need: fc.nat(3), into: fc.nat(6) }),
  fc.record({ kind: fc.constant('retract' as const), need: fc.nat(3), into: fc.nat(6) }),
)

/** Merging several at once: a bit for each need, and the one that they go into. */
const mergeMany = fc.record({ kind: fc.constant('merge-many' as const), need: fc.nat(15), into: fc.nat(3) })

test('no sequence of merges, unmerges and supports loses a supporter or counts one twice', async () => {
  const everybody = [...residents, ...neighbours]
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof({ weight: 4, arbitrary: step }, { weight: 1, arbitrary: mergeMany }), {
        minLength: 4,
        maxLength: 14,
      }),
      async (steps) => {
        const ids: string[] = []
        for (const resident of residents) {
          ids.push(
            (
              await app.ok(resident, contract.submitNeed, {
                body: { text: '楼道灯坏了好几天', category: '0803', division: places.community },
              })
            ).id,
          )
        }
        const model = new Model(residents.map((resident) => resident.id))
        for (const { kind, need, into } of steps) {
          if (kind === 'merge-many') {
            const asked = ids.map((_, at) => at).filter((at) => (need >> at) % 2 === 1)
            if (asked.length === 0) continue
            const needs = await Promise.all(
              asked.map(async (at) => {
                const id = ids[at] ?? ''
                return { id, version: (await app.ok(worker, contract.getNeed, { params: { id } })).version }
              }),
            )
            const answer = await app.ok(worker, bulk.mergeNeeds, { body: { needs, into: ids[into] ?? '' } })
            const open = model.parents[into] === undefined
            const going = asked.filter((at) => open && at !== into && model.parents[at] === undefined)
            expect(answer.done.map(({ id }) => id)).toEqual(going.map((at) => ids[at]))
            for (const at of going) model.parents[at] = into
            continue
          }
          const params = { id: ids[need] ?? '' }
          const who = everybody[into] ?? worker
          const answer =
            kind === 'merge'
              ? await app.call(worker, desk.mergeNeed, { params, body: { into: ids[into] ?? '' } })
              : kind === 'unmerge'
                ? await app.call(worker, desk.unmergeNeed, { params })
                : kind === 'support'
                  ? await app.call(who, contract.supportNeed, { params })
                  : await app.call(who, contract.retractSupport, { params })
          expect([200, 409]).toContain(answer.status)
          const root = model.rootOf(need)
          // What the model would allow is allowed, and nothing else.
          const allowed =
            kind === 'merge'
              ? model.parents[need] === undefined && model.parents[into] === undefined && need !== into
              : kind === 'unmerge'
                ? model.parents[need] !== undefined
                : model.parents[need] === undefined &&
                  (kind === 'support'
                    ? who.id !== model.owners[need] && !model.people(root).has(who.id)
                    : model.cluster(root).some((member) => model.supports[member]?.has(who.id)))
          expect([kind, answer.status, answer.problem.code]).toEqual([kind, allowed ? 200 : 409, answer.problem.code])
          if (allowed && kind === 'merge') model.parents[need] = into
          if (allowed && kind === 'unmerge') model.parents[need] = undefined
          if (allowed && kind === 'support') model.supports[need]?.add(who.id)
          if (allowed && kind === 'retract')
            for (const member of model.cluster(root)) model.supports[member]?.delete(who.id)
        }
        for (const [need, id] of ids.entries()) {
          if (model.parents[need] !== undefined) continue
          const view = await app.ok('nobody', contract.getNeed, { params: { id } })
          const people = model.people(need)
          const verified = [...people].filter((person) => person !== neighbours[1]?.id)
          expect([view.supports, view.verifiedSupports]).toEqual([people.size, verified.length])
        }
      },
    ),
    { numRuns: 25 },
  )
}, 120_000)

test('a branch that is taken out takes its own merged needs along', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(), { minLength: 1, maxLength: 8 }), fc.nat(), (picks, pick) => {
      // A random tree: each member below an earlier one, or the root.
      const parents = picks.map((value, index) => (index === 0 ? undefined : `n${value % index}`))
      const members = parents.map((mergedInto, index) => ({ id: `n${index}`, mergedInto, root: 'n0' }))
      const out = `n${1 + (pick % Math.max(1, members.length - 1))}`
      if (members.length === 1) return
      const next = members.map((member) => (member.id === out ? { ...member, mergedInto: undefined } : member))
      const moved = new Map(
        rerooted(members, { id: out, mergedInto: undefined, root: out }).map((member) => [member.id, member.root]),
      )
      const roots = rootsOf(next)
      for (const member of members) expect(moved.get(member.id) ?? 'n0').toBe(roots.get(member.id))
    }),
  )
})

test('a private need is merged with none, nor a need of another community', async () => {
  const [resident = worker] = residents
  const raise = async (more: object) =>
    (
      await app.ok(resident, contract.submitNeed, {
        body: { text: '楼道灯坏了好几天', category: '0803', division: places.community, ...more },
      })
    ).id
  const [open, closed, far] = [
    await raise({}),
    await raise({ visibility: 'private' }),
    await raise({ division: places.otherCommunity }),
  ]
  expect((await app.call(worker, desk.mergeNeed, { params: { id: open }, body: { into: closed } })).problem.code).toBe(
    'private-not-merged',
  )
  expect((await app.call(worker, desk.mergeNeed, { params: { id: open }, body: { into: far } })).problem.code).toBe(
    'other-community',
  )
})

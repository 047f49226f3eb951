// Venture calls through their endpoints: votes and scores that nobody sees early, the awards, coaching, and the way to the contract.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Person, places, type TestApp } from '../../../tests/support/app.ts'
import { assign } from '../../foundation/identity/public.ts'
import { granted } from '../../kit/ruling.ts'
import { systemAct } from '../../platform/action.ts'
import * as contract from './contract.ts'
import * as judging from './contract/judging.ts'
import * as proposals from './contract/proposals.ts'
import { startVentureWorld, type VentureWorld } from './venture.fixture.ts'

let world: VentureWorld
let app: TestApp
let procurer: Person

beforeAll(async () => {
  world = await startVentureWorld()
  app = world.app
  procurer = world.who('procurer')
}, 60_000)
afterAll(() => app?.close())

const vote = (who: Person, id: string) => app.call(who, judging.castVentureVote, { params: { id } })
const call = (who: Person | 'nobody', id: string) => app.ok(who, contract.getCall, { params: { id } })

describe('the residents’ vote', () => {
  test('is for verified residents of the places, once each and no more than their votes, while it is open', async () => {
    const { call: id, proposals: ids } = await world.voting([0, 1, 2, 0])
    const [first = '', second = '', third = '', fourth = ''] = ids
    expect((await vote(await app.person('resident', { verified: false }), first)).problem.code).toBe('not-verified')
    const stranger = await app.person('resident', { division: places.otherCommunity })
    expect((await vote(stranger, first)).problem.code).toBe('not-of-this-place')
    const resident = await app.person()
    expect((await vote(resident, first)).body.left).toBe(2)
    const again = await vote(resident, first)
    expect([again.status, again.problem.code]).toEqual([409, 'voted-before'])
    await vote(resident, second)
    // Two at once with one vote left: one counts, the other is told.
    const both = await Promise.all([vote(resident, third), vote(resident, fourth)])
    expect(both.map((answer) => answer.problem.code ?? 'ok').toSorted()).toEqual(['ok', 'votes-used'])
    expect((await call(resident, id)).myVotes).toHaveLength(3)
    expect((await call('nobody', id)).myVotes).toEqual([])
    await app.pass(15)
    expect((await vote(await app.person(), first)).problem.code).toBe('not-in-this-state')
    expect((await call('nobody', id)).state).toBe('panel')
  })

  test('a proposal that is not admitted, or not yet up for the vote, gets none', async () => {
    const id = await world.openCall()
    const proposal = await world.submitted(id, 0)
    const resident = await app.person()
    expect((await vote(resident, proposal)).status).toBe(404)
    await app.pass(22)
    await app.ok(procurer, proposals.admitProposal, { params: { id: proposal } })
    expect((await vote(resident, proposal)).problem.code).toBe('vote-not-open')
  })

  test('nobody sees a running result, in any view, list or event', async () => {
    const { call: id, proposals: ids } = await world.voting([0, 1])
    const [favourite = '', other = ''] = ids
    for (let voter = 0; voter < 4; voter += 1) await vote(await app.person(), favourite)
    await vote(await app.person(), other)
    const looks = async () => {
      const answers: unknown[] = []
      for (const who of ['nobody' as const, procurer, world.who('overseer'), world.administrator(0)]) {
        answers.push(await call(who, id))
        for (const proposal of ids) answers.push(await app.ok(who, proposals.getProposal, { params: { id: proposal } }))
        answers.push(await app.ok(who, proposals.listProposals, { params: { id }, query: {} }))
      }
      return JSON.stringify(answers)
    }
    expect(await looks()).not.toMatch(/"votes":|"rank":|"panelScore":/)
    await app.pass(15)
    expect(await looks()).not.toMatch(/"votes":|"rank":|"panelScore":/)
    const { rows } = await app.parts.platform.database.pool.query(
      "SELECT data::text, record_id FROM platform.event WHERE name = 'venture.castVentureVote'",
    )
    expect(rows.length).toBeGreaterThan(4)
    for (const row of rows) for (const proposal of ids) expect(JSON.stringify(row)).not.toContain(proposal)
  })
})

describe('the panel', () => {
  test('is drawn without anybody tied to a proposer, can be drawn again by anyone, and only once', async () => {
    const tied = world.who('panelist-0')
    granted(
      await systemAct(app.parts.platform, 'test.tie', (act) =>
        assign(act, {
          person: tied.id,
          role: 'organization-member',
          division: places.county,
          organization: world.organization(0),
        }),
      ),
    )
    const { call: id } = await world.voting([0])
    expect((await app.call(procurer, contract.appointPanel, { params: { id } })).problem.code).toBe('not-in-this-state')
    const panel = await world.drawn(id)
    expect(panel).toHaveLength(5)
    expect(panel.map((person) => person.id)).not.toContain(tied.id)
    expect((await app.call(procurer, contract.appointPanel, { params: { id } })).problem.code).toBe('panel-stands')
    // What anyone may check now is the hash of the secret; the secret itself would give the ties away.
    const { draw } = await call('nobody', id)
    expect(draw).toMatchObject({ commitment: expect.stringMatching(/^[0-9a-f]{64}$/) })
    expect(draw?.secret).toBeUndefined()
  })

  test('too few experts without ties: no panel', async () => {
    const { call: id } = await world.voting([1])
    await app.pass(15)
    for (const seat of [1, 2]) {
      granted(
        await systemAct(app.parts.platform, 'test.tie', (act) =>
          assign(act, {
            person: world.who(`panelist-${seat}`).id,
            role: 'organization-member',
            division: places.county,
            organization: world.organization(1),
          }),
        ),
      )
    }
    // Of seven experts one is tied to another proposer and stays; two are tied to this one.
    const enough = await app.call(procurer, contract.appointPanel, { params: { id } })
    expect(enough.status).toBe(200)
    granted(
      await systemAct(app.parts.platform, 'test.tie', (act) =>
        assign(act, {
          person: world.who('panelist-3').id,
          role: 'organization-member',
          division: places.county,
          organization: world.organization(1),
        }),
      ),
    )
    const { call: next } = await world.voting([1])
    await app.pass(15)
    const short = await app.call(procurer, contract.appointPanel, { params: { id: next } })
    expect([short.status, short.problem.code]).toEqual([409, 'too-few-panelists'])
  })

  test('scores alone: members only, every criterion, once, blind to each other; who is tied steps down', async () => {
    const { call: id, proposals: ids } = await world.voting([2])
    const [proposal = ''] = ids
    const [first, second, third, fourth] = await world.drawn(id)
    if (first === undefined || second === undefined || third === undefined || fourth === undefined)
      throw new Error('no panel')
    const score = (who: Person, points: number[]) =>
      app.call(who, judging.scoreProposal, { params: { id: proposal }, body: { points } })
    const outside = await app.person('panelist', { division: places.county })
    expect((await score(outside, [80, 80])).status).toBe(403)
    expect((await score(first, [80])).problem.fields?.map((field) => field.path)).toEqual(['body.points'])
    expect((await score(first, [80, 101])).status).toBe(422)
    await app.ok(first, judging.scoreProposal, { params: { id: proposal }, body: { points: [80, 90], note: '可行' } })
    const again = await score(first, [10, 10])
    expect([again.status, again.problem.code]).toEqual([409, 'scored-before'])
    expect((await call(first, id)).mySheets).toEqual([{ proposal, points: [80, 90], note: '可行' }])
    expect((await call(second, id)).mySheets).toEqual([])
    expect((await call(procurer, id)).sheets).toEqual({ done: 1, of: 5 })
    expect((await call('nobody', id)).sheets).toBeUndefined()
    expect((await app.call(procurer, contract.announceCall, { params: { id } })).problem.code).toBe('sheets-missing')
    // A tie that came after the draw closes the sheet.
    granted(
      await systemAct(app.parts.platform, 'test.tie', (act) =>
        assign(act, {
          person: second.id,
          role: 'organization-member',
          division: places.county,
          organization: world.organization(2),
        }),
      ),
    )
    expect((await score(second, [99, 99])).problem.code).toBe('tied-to-proposer')
    await app.ok(second, judging.leaveVenturePanel, { params: { id } })
    expect((await score(second, [99, 99])).status).toBe(403)
    const late = await app.call(first, judging.leaveVenturePanel, { params: { id } })
    expect([late.status, late.problem.code]).toEqual([409, 'scored-before'])
    // Seven experts for five seats: two stand by, and no third.
    await app.ok(third, judging.leaveVenturePanel, { params: { id } })
    expect((await app.call(fourth, judging.leaveVenturePanel, { params: { id } })).problem.code).toBe(
      'nobody-stands-by',
    )
  })
})

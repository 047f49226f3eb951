// Inbox, my work and timelines as people meet them: through the endpoints, on a real database.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Person, places, startApp, type TestApp } from '../../../tests/support/app.ts'
import type { RecordRef } from '../../kit/id.ts'
import { addDays } from '../../kit/instant.ts'
import { allow, granted } from '../../kit/ruling.ts'
import { systemAct } from '../../platform/action.ts'
import type { Waiting } from '../../platform/events.ts'
import { createdRecord } from './notices.fixture.ts'
import * as contract from './contract.ts'
import { notify } from './public.ts'

let app: TestApp
let resident: Person
let worker: Person

beforeAll(async () => {
  app = await startApp()
  resident = await app.person('resident')
  worker = await app.person('community-worker')
})
afterAll(() => app?.close())

/** An event of a person's record with what waits for whom, written by the program itself. */
async function happened(of: RecordRef, waiting: readonly Waiting[], name = 'identity.createPerson'): Promise<void> {
  granted(
    await systemAct(app.parts.platform, 'test.happened', async (act) => {
      act.record({ name, of, division: places.community, state: { to: 'verified' }, waiting })
      return allow(undefined)
    }),
  )
}

async function tell(
  persons: readonly string[],
  kind = 'needs.accepted',
  params: Record<string, string | number> = { need: '需2026-0087', number: '需2026-0087' },
) {
  granted(
    await systemAct(app.parts.platform, 'test.tell', async (act) => {
      notify(act, { persons, kind, of: createdRecord('need'), params })
      return allow(undefined)
    }),
  )
}

describe('the inbox', () => {
  it('tells each person once and counts what is unread without counting rows', async () => {
    await tell([resident.id, resident.id])
    await tell([resident.id])
    const inbox = await app.ok(resident, contract.listNotices, { query: {} })
    expect(inbox.rows).toHaveLength(2)
    expect(inbox.unread).toBe(2)
    expect(inbox.rows[0]?.text).toContain('需2026-0087')
    expect((await app.ok(worker, contract.listNotices, { query: {} })).rows).toHaveLength(0)
  })

  it('marks one and then all as read, and repeating it changes nothing', async () => {
    const [first] = (await app.ok(resident, contract.listNotices, { query: { unread: 'true' } })).rows
    const id = first?.id ?? ''
    expect((await app.ok(resident, contract.readNotice, { params: { id } })).unread).toBe(1)
    expect((await app.ok(resident, contract.readNotice, { params: { id } })).unread).toBe(1)
    expect((await app.call(worker, contract.readNotice, { params: { id } })).status).toBe(404)
    expect((await app.ok(resident, contract.readAllNotices)).unread).toBe(0)
    expect((await app.ok(resident, contract.countUnread)).unread).toBe(0)
    expect((await app.ok(resident, contract.listNotices, { query: { unread: 'true' } })).rows).toHaveLength(0)
  })

  it('spares a person the kinds they opted out of', async () => {
    await app.ok(resident, contract.setPreference, { params: { kind: 'needs.accepted' }, body: { muted: true } })
    await tell([resident.id, worker.id])
    expect((await app.ok(resident, contract.countUnread)).unread).toBe(0)
    expect((await app.ok(worker, contract.countUnread)).unread).toBe(1)
    expect((await app.ok(resident, contract.listPreferences)).rows).toEqual([
      expect.objectContaining({ kind: 'needs.accepted', muted: true }),
    ])
  })

  it('pages by cursor without losing or repeating a notice, and is nothing for somebody not signed in', async () => {
    for (let n = 0; n < 5; n += 1) await tell([worker.id], 'needs.closed', { number: `需2026-000${n}` })
    const ids: string[] = []
    for (let cursor: string | undefined, more = true; more; ) {
      const page = await app.ok(worker, contract.listNotices, { query: { size: 2, cursor } })
      ids.push(...page.rows.map((row) => row.id))
      cursor = page.next
      more = cursor !== undefined
    }
    expect(ids).toHaveLength(6)
    expect(new Set(ids).size).toBe(6)
    expect((await app.call('nobody', contract.listNotices, { query: {} })).status).toBe(401)
  })
})

describe('my work', () => {
  it('shows what waits at my place by my permission, by deadline, with its light, and nobody else', async () => {
    const now = app.parts.platform.clock.now()
    const of = createdRecord('person')
    const permission = 'identity.verify-resident'
    await happened(of, [
      { verb: 'verifyResident', permission, division: places.community, number: '甲', due: addDays(now, -3) },
      { verb: 'verifyResident', permission, division: places.community, number: '乙', due: addDays(now, 30) },
      { verb: 'verifyResident', permission, division: places.community, number: '丙' },
      { verb: 'verifyResident', permission, division: places.otherCommunity, number: '丁' },
      { verb: 'verifyResident', permission, division: places.community, person: resident.id, number: '戊' },
      { verb: 'verifyResident', permission, division: places.community, department: 'civil-affairs', number: '己' },
    ])
    const work = await app.ok(worker, contract.listMyWork, { query: {} })
    expect(work.rows.map((row) => row.number)).toEqual(['甲', '乙', '丙'])
    expect(work.rows.map((row) => row.light)).toEqual(['overdue', 'later', 'none'])
    expect(work.count).toEqual({ n: 3, capped: false })
    expect(work.kinds?.[0]).toMatchObject({ domain: 'identity', verb: 'verifyResident', n: 3, overdue: 1 })
    expect(
      (await app.ok(worker, contract.listMyWork, { query: { light: 'overdue' } })).rows.map((row) => row.number),
    ).toEqual(['甲'])
    expect((await app.ok(worker, contract.listMyWork, { query: { domain: 'needs' } })).rows).toEqual([])
    const neighbour = await app.person('community-worker', { division: places.otherCommunity })
    expect((await app.ok(neighbour, contract.listMyWork, { query: {} })).rows.map((row) => row.number)).toEqual(['丁'])
    // Named for the resident, but a resident does not hold that permission.
    expect((await app.ok(resident, contract.listMyWork, { query: {} })).rows).toEqual([])
  })

  it('pages across deadlines and the rows without one', async () => {
    const numbers: (string | undefined)[] = []
    for (let cursor: string | undefined, more = true; more; ) {
      const page = await app.ok(worker, contract.listMyWork, { query: { size: 1, cursor } })
      numbers.push(...page.rows.map((row) => row.number))
      cursor = page.next
      more = cursor !== undefined
    }
    expect(numbers).toEqual(['甲', '乙', '丙'])
  })

  it('a record moved on no longer waits', async () => {
    const of = createdRecord('person')
    const waiting = {
      verb: 'verifyResident',
      permission: 'identity.verify-resident',
      division: places.community,
      number: '庚',
    }
    await happened(of, [waiting])
    await happened(of, [])
    expect((await app.ok(worker, contract.listMyWork, { query: {} })).rows.map((row) => row.number)).not.toContain('庚')
  })
})

describe('timelines', () => {
  it('a record that is unknown or not readable is not found', async () => {
    expect(
      (await app.call('nobody', contract.getTimeline, { params: { kind: 'need', id: createdRecord('need').id } }))
        .status,
    ).toBe(404)
    expect(
      (await app.call(worker, contract.getRelated, { params: { kind: 'unheard', id: createdRecord('x').id } })).status,
    ).toBe(404)
  })
})

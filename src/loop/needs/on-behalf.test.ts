// Counter and phone: a worker raises a need for a resident, who is found by number or card and told of it.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Person, places, startApp, type TestApp } from '../../../tests/support/app.ts'
import { findResident } from '../../foundation/identity/contract/residents.ts'
import { createPerson } from '../../foundation/identity/public.ts'
import { listNotices } from '../../foundation/notices/contract.ts'
import { makeCitizenId } from '../../kit/chinese-ids.ts'
import { parsePlainDate } from '../../kit/plain-date.ts'
import { granted } from '../../kit/ruling.ts'
import { systemAct } from '../../platform/action.ts'
import { rowsOf } from '../../platform/database.ts'
import * as needs from './contract.ts'

let app: TestApp
let worker: Person

beforeAll(async () => {
  app = await startApp()
  worker = await app.person('community-worker', { name: '周敏' })
})
afterAll(() => app?.close())

describe('raising on behalf at the counter', () => {
  const content = { text: '老人上门助浴什么时候可以约', category: '0103', division: places.community } as const
  it('a resident who was found by the number is told; the worker’s name is on record', async () => {
    const resident = await app.person()
    const { id } = await app.ok(worker, needs.submitNeedOnBehalf, {
      body: { ...content, of: { resident: resident.id }, source: 'phone' },
    })
    await app.settle()
    expect(JSON.stringify((await app.ok(resident, listNotices, { query: {} })).rows[0])).toContain('工作人员替您反映了')
    expect(await app.ok(resident, needs.getNeed, { params: { id } })).toMatchObject({ onBehalf: true, source: 'phone' })
    const [row] = await rowsOf<{ submitted_by: string }>(
      app.parts.platform.database.reader,
      'SELECT submitted_by FROM needs.need WHERE id = $1',
      [id.slice(7)],
    )
    expect(row?.submitted_by).toBe(worker.id)
  })

  it('a resident who shows the card is found by its number, by the community’s own workers only', async () => {
    const birth = parsePlainDate('1950-01-02')
    if (birth === undefined) throw new Error('no such day')
    const idNumber = makeCitizenId({ place: '320505', birth, sequence: 11 })
    const person = { name: '沈阿婆', phone: '13700007777', residence: places.community, verified: true, idNumber }
    granted(await systemAct(app.parts.platform, 'test.person', (act) => createPerson(act, person)))
    const found = await app.ok(worker, findResident, { body: { idNumber } })
    expect(found.rows).toMatchObject([{ maskedName: '沈*婆', state: 'verified' }])
    const wrong = `${idNumber.slice(0, 17)}${idNumber.endsWith('1') ? '2' : '1'}`
    const foreign = await app.person('community-worker', { division: places.otherCommunity })
    expect((await app.ok(foreign, findResident, { body: { idNumber } })).rows).toEqual([])
    expect((await app.call(worker, findResident, { body: { idNumber: wrong } })).status).toBe(422)
  })

  it('somebody who is not on record or lives elsewhere is refused', async () => {
    const nobody = await app.call(worker, needs.submitNeedOnBehalf, {
      body: { ...content, of: { resident: '320000-0190f1c0-0000-7000-8000-000000000000' } },
    })
    expect([nobody.status, nobody.problem.fields?.[0]?.code]).toEqual([422, 'resident-unknown'])
    const far = await app.person('resident', { division: places.otherCommunity })
    const answer = await app.call(worker, needs.submitNeedOnBehalf, { body: { ...content, of: { resident: far.id } } })
    expect([answer.status, answer.problem.code]).toEqual([409, 'lives-elsewhere'])
  })
})

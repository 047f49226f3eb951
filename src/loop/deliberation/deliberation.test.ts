// Deliberation through the endpoints: from a need to a resolution, two officers, notice, objection, and what is refused.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Person, places, startApp, type TestApp } from '../../../tests/support/app.ts'
import { today } from '../../kit/plain-date.ts'
import * as needs from '../needs/contract.ts'
import * as desk from '../needs/contract/desk.ts'
import * as statements from './contract/statements.ts'
import * as contract from './contract.ts'
import { getResolution } from './public.ts'

let app: TestApp
let resident: Person
let neighbour: Person
let worker: Person
let head: Person
let reviewer: Person

beforeAll(async () => {
  app = await startApp()
  resident = await app.person()
  neighbour = await app.person()
  worker = await app.person('community-worker')
  head = await app.person('community-head')
  reviewer = await app.person('township-reviewer', { division: places.township })
})

afterAll(() => app?.close())

async function acceptedNeed() {
  const { id } = await app.ok(resident, needs.submitNeed, {
    body: { text: '想在小区开个老年食堂', category: '0102', division: places.community },
  })
  await app.ok(worker, desk.acceptNeed, { params: { id }, body: { category: '0102', routeHint: 'deliberation' } })
  return id
}

async function proposed(needIds: string[] = []) {
  const body = {
    title: '关于开设老年食堂的议题',
    text: '利用社区用房开设老年食堂,请居民商议',
    division: places.community,
    as: 'community' as const,
    needs: needIds,
  }
  return (await app.ok(worker, contract.proposeMotion, { body })).id
}

async function called(id: string) {
  await app.ok(head, contract.admitMotion, { params: { id } })
  await app.ok(worker, contract.startDiscussion, { params: { id } })
  await app.ok(worker, contract.openMeeting, {
    params: { id },
    body: { date: today(app.parts.platform.clock.now()), place: '社区会议室', eligible: 60, form: 'representatives' },
  })
}

const numbers = (inFavour: number, against: number, abstain = 0) => ({
  attendance: inFavour + against + abstain,
  for: inFavour,
  against,
  abstain,
  minutes: '会议由社区主任主持,逐项讨论后举手表决。',
  files: [],
})

async function decided(id: string, inFavour: number, against: number) {
  await called(id)
  await app.ok(worker, contract.recordMeeting, { params: { id }, body: numbers(inFavour, against) })
  return app.ok(head, contract.confirmMeeting, { params: { id } })
}

const stateOfNeed = async (id: string) => (await app.ok(worker, needs.getNeed, { params: { id } })).state

test('the straight path: a need is decided on, published, carried out, reported and answered', async () => {
  const need = await acceptedNeed()
  const id = await proposed([need])
  expect(await stateOfNeed(need)).toBe('responding')
  expect((await decided(id, 40, 3)).result).toBe('adopted')
  await app.ok(worker, contract.publishResolution, { params: { id } })
  expect((await getResolution(app.parts.platform.database.reader, id))?.adopted).toBe(false)
  await app.pass(15)
  expect(await getResolution(app.parts.platform.database.reader, id)).toMatchObject({
    adopted: true,
    state: 'executing',
    for: 40,
    against: 3,
    needs: [need],
  })
  await app.ok(worker, contract.reportMotion, {
    params: { id },
    body: { words: '食堂已经开业,每天供应午餐', files: [] },
  })
  expect(await stateOfNeed(need)).toBe('answered')
  await app.ok(head, contract.closeMotion, { params: { id } })
  const view = await app.ok('nobody', contract.getMotion, { params: { id } })
  expect(view).toMatchObject({
    state: 'closed',
    origin: 'needs',
    needs: [{ id: need }],
    meeting: { attendance: 43, recorded: true },
    actions: [],
  })
  expect(JSON.stringify(view)).not.toContain(worker.id)
})

test('nobody confirms their own record of the meeting', async () => {
  const id = await proposed()
  await called(id)
  expect((await app.call(head, contract.confirmMeeting, { params: { id } })).problem.code).toBe('nothing-recorded')
  await app.ok(worker, contract.recordMeeting, { params: { id }, body: numbers(40, 1) })
  const own = await app.call(worker, contract.confirmMeeting, { params: { id } })
  expect([own.status, own.problem.code]).toEqual([403, 'duties-separated'])
  await app.ok(head, contract.sendBackMeeting, { params: { id }, body: { words: '请核对实到人数' } })
  expect((await app.ok(worker, contract.getMotion, { params: { id } })).meeting).toMatchObject({
    recorded: false,
    remark: '请核对实到人数',
  })
})

test('votes add up to those present, who are not more than those entitled', async () => {
  const id = await proposed()
  await called(id)
  const answer = await app.call(worker, contract.recordMeeting, {
    params: { id },
    body: { ...numbers(40, 1), attendance: 70 },
  })
  expect(answer.problem.fields?.map((field) => field.path)).toEqual(['body.attendance', 'body.abstain'])
})

test('a rejected motion gives its needs back when the notice ends', async () => {
  const need = await acceptedNeed()
  const id = await proposed([need])
  expect((await decided(id, 10, 30)).result).toBe('rejected')
  await app.ok(worker, contract.publishResolution, { params: { id } })
  await app.pass(15)
  expect((await app.ok(worker, contract.getMotion, { params: { id } })).state).toBe('closed')
  expect(await app.ok(worker, needs.getNeed, { params: { id: need } })).toMatchObject({
    state: 'accepted',
    endReason: 'motion-rejected',
  })
})

test('too few came: the meeting is called again', async () => {
  const id = await proposed()
  expect((await decided(id, 20, 5)).result).toBe('no-quorum')
  await app.ok(worker, contract.openMeeting, {
    params: { id },
    body: { date: today(app.parts.platform.clock.now()), place: '社区广场', eligible: 60, form: 'residents' },
  })
  expect((await app.ok(worker, contract.getMotion, { params: { id } })).state).toBe('voting')
})

test('an objection stops everything until another person has decided it', async () => {
  const id = await proposed()
  await decided(id, 40, 3)
  await app.ok(worker, contract.publishResolution, { params: { id } })
  await app.ok(neighbour, contract.objectToResolution, { params: { id }, body: { words: '会议通知没有贴到我们楼' } })
  await app.pass(20)
  expect((await app.ok(worker, contract.getMotion, { params: { id } })).state).toBe('published')
  expect(
    (await app.call(worker, contract.decideObjection, { params: { id }, body: { upheld: false, words: '已核实' } }))
      .status,
  ).toBe(403)
  await app.ok(reviewer, contract.decideObjection, {
    params: { id },
    body: { upheld: false, words: '经核实通知已张贴' },
  })
  await app.pass(1)
  expect((await app.ok(worker, contract.getMotion, { params: { id } })).state).toBe('executing')
})

test('an upheld objection brings the motion back to discussion', async () => {
  const id = await proposed()
  await decided(id, 40, 3)
  await app.ok(worker, contract.publishResolution, { params: { id } })
  await app.ok(neighbour, contract.objectToResolution, { params: { id }, body: { words: '会议通知没有贴到我们楼' } })
  await app.ok(reviewer, contract.decideObjection, { params: { id }, body: { upheld: true, words: '通知确有遗漏' } })
  expect(await app.ok(worker, contract.getMotion, { params: { id } })).toMatchObject({
    state: 'discussing',
    objection: { upheld: true, open: false },
  })
})

test('only verified residents of the place speak; one opinion each, which may be changed', async () => {
  const id = await proposed()
  await app.ok(head, contract.admitMotion, { params: { id } })
  await app.ok(worker, contract.startDiscussion, { params: { id } })
  const statement = (
    await app.ok(resident, statements.addStatement, { params: { id }, body: { side: 'for', words: '老人吃饭方便了' } })
  ).id
  const far = await app.person('resident', { division: places.otherCommunity })
  expect(
    (await app.call(far, statements.addStatement, { params: { id }, body: { side: 'against', words: '我不同意' } }))
      .problem.code,
  ).toBe('verified-residents-only')
  const params = { id, statement }
  await app.ok(neighbour, statements.rateStatement, { params, body: { opinion: 'agree' } })
  expect(await app.ok(neighbour, statements.rateStatement, { params, body: { opinion: 'pass' } })).toMatchObject({
    agrees: 0,
    disagrees: 0,
    passes: 1,
  })
  await app.ok(head, statements.removeStatements, {
    params: { id },
    body: { statements: [statement], reason: 'off-topic', words: '与议题无关' },
  })
  const { rows } = await app.ok('nobody', statements.listStatements, { params: { id }, query: {} })
  expect(rows).toMatchObject([{ id: statement, removed: 'off-topic' }])
  expect(rows[0]?.words).toBeUndefined()
})

test('enough verified supports admit a motion of residents without the committee', async () => {
  const body = {
    title: '关于楼道堆物的议题',
    text: '楼道堆物影响通行,请大家商议',
    division: places.community,
    as: 'resident' as const,
    needs: [],
    files: [],
  }
  const { id } = await app.ok(resident, contract.proposeMotion, { body })
  const { tx } = { tx: app.parts.platform.database.reader }
  expect((await getResolution(tx, id))?.state).toBe('proposed')
  const { admitAt } = await app.ok(resident, contract.getMotion, { params: { id } })
  for (let count = 1; count < admitAt; count += 1)
    await app.ok(await app.person(), contract.supportMotion, { params: { id } })
  expect((await app.call(resident, contract.getMotion, { params: { id } })).body.state).toBe('proposed')
  expect((await app.ok(neighbour, contract.supportMotion, { params: { id } })).state).toBe('admitted')
  expect((await app.call(neighbour, contract.supportMotion, { params: { id } })).problem.code).toBe('already-supported')
})

test('an unverified person proposes nothing, and residents attach no needs', async () => {
  const unverified = await app.person('resident', { verified: false })
  const body = {
    title: '关于楼道堆物的议题',
    text: '楼道堆物影响通行',
    division: places.community,
    as: 'resident' as const,
  }
  expect((await app.call(unverified, contract.proposeMotion, { body })).problem.code).toBe('verified-residents-only')
  const need = await acceptedNeed()
  expect(
    (await app.call(resident, contract.proposeMotion, { body: { ...body, needs: [need] } })).problem.fields,
  ).toMatchObject([{ code: 'needs-by-community' }])
})

test('a declined motion gives its needs back at once', async () => {
  const need = await acceptedNeed()
  const id = await proposed([need])
  await app.ok(head, contract.declineMotion, { params: { id }, body: { words: '今年用房已另有安排' } })
  expect(await stateOfNeed(need)).toBe('accepted')
  const lists = await app.ok('nobody', contract.listMotions, {
    query: { division: places.community, state: 'declined' },
  })
  expect(lists.rows.map((row) => row.id)).toContain(id)
})

// Needs through the endpoints: what residents and the desk may do, what is refused, and what stays hidden.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Person, places, startApp, type TestApp } from '../../../tests/support/app.ts'
import type { OutputOf, WireInputOf } from '../../kit/endpoint.ts'
import { submitNeed } from './actions/raise.ts'
import * as contract from './contract.ts'
import * as desk from './contract/desk.ts'

let app: TestApp
let resident: Person
let neighbour: Person
let worker: Person
let colleague: Person
let head: Person

beforeAll(async () => {
  app = await startApp()
  resident = await app.person()
  neighbour = await app.person()
  worker = await app.person('community-worker')
  colleague = await app.person('community-worker')
  head = await app.person('community-head')
})

afterAll(() => app?.close())

type Content = WireInputOf<typeof contract.submitNeed>['body']

function content(more: Partial<Content> = {}): Content {
  return { text: '三号楼电梯一个月坏了四次,老人上下楼很不方便', category: '0801', division: places.community, ...more }
}

async function raised(more: Partial<Content> = {}, who = resident) {
  return (await app.ok(who, contract.submitNeed, { body: content(more) })).id
}

const byId = (id: string) => ({ params: { id } })

async function accepted(id: string, who = worker) {
  return app.ok(who, desk.acceptNeed, { params: { id }, body: { category: '0801', routeHint: 'department' } })
}

async function answered(id: string) {
  await accepted(id)
  await app.ok(worker, desk.referNeed, { params: { id }, body: { department: contract.ownStation } })
  return app.ok(worker, desk.answerNeed, {
    params: { id },
    body: { words: '电梯已更换主板,维保单位每周检查一次', files: [] },
  })
}

async function seen(who: Person | 'nobody', id: string): Promise<OutputOf<typeof contract.getNeed>> {
  return app.ok(who, contract.getNeed, byId(id))
}

test('places that several neighbours name are offered; what one wrote alone or in private is not', async () => {
  const place = '老年食堂西门'
  const offered = async () =>
    (await app.ok('nobody', contract.listNeedPlaces, { query: { division: places.community } })).rows
  await raised({ place })
  await raised({ place: '9 幢 201 室门口' })
  await raised({ place, visibility: 'private' }, neighbour)
  expect((await offered()).map((row) => row.place)).not.toContain(place)
  await raised({ place }, neighbour)
  expect(await offered()).toContainEqual({ place, needs: 2 })
  expect((await offered()).map((row) => row.place)).not.toContain('9 幢 201 室门口')
})

test('answers to the questions of the category stay with the need, for the desk and in a draft; private ones sealed', async () => {
  const answers = [{ question: 'which-lift' as const, answer: '三号楼东边那部' }]
  const id = await raised({ answers })
  expect((await seen(worker, id)).answers).toEqual(answers)
  const hidden = await raised({ answers, visibility: 'private' })
  expect((await seen(worker, hidden)).answers).toEqual(answers)
  const draft = await app.ok(resident, contract.draftNeed, { body: content({ answers }) })
  await app.ok(resident, contract.changeDraft, { params: { id: draft.id }, body: content() })
  expect((await seen(resident, draft.id)).answers).toBeUndefined()
})

test('an open answer carries no phone number, and a question that nobody asks is refused', async () => {
  const phone = await app.call(resident, contract.submitNeed, {
    body: content({ answers: [{ question: 'which-lift', answer: '打我电话 13812345678' }] }),
  })
  expect(phone.status).toBe(422)
  expect(phone.problem?.fields?.map((field) => field.path)).toEqual(['body.answers.0.answer'])
  const unknown = await app.call(resident, contract.submitNeed, {
    body: content({ answers: [{ question: 'which-moon' as 'which-lift', answer: '满月' }] }),
  })
  expect(unknown.status).toBe(422)
})

test('a need gets a number, a title from its first sentence and three working days', async () => {
  const answer = await app.ok(resident, contract.submitNeed, { body: content() })
  expect(answer.number).toMatch(/^需\d{4}-\d{4}$/)
  const need = await seen('nobody', answer.id)
  expect(need).toMatchObject({
    state: 'submitted',
    title: '三号楼电梯一个月坏了四次,老人上下楼很不方便',
    mine: false,
    supports: 0,
    next: [{ verb: 'acceptNeed', by: 'community' }],
  })
  expect(need.residentName).toBeUndefined()
  expect(need.actions).toEqual([])
  expect((await seen(worker, answer.id)).residentName).toMatch(/\*/)
})

test('the straight path: accepted, referred, answered, met', async () => {
  const id = await raised()
  await answered(id)
  expect(await seen(resident, id)).toMatchObject({
    state: 'answered',
    answer: { words: '电梯已更换主板,维保单位每周检查一次' },
    next: [{ verb: 'giveVerdict', by: 'resident' }],
  })
  const closed = await app.ok(resident, contract.giveVerdict, {
    params: { id },
    body: { verdict: 'met', rating: 5, words: '谢谢' },
  })
  expect(closed.state).toBe('closed')
  const need = await seen('nobody', id)
  expect(need.verdict).toEqual({ value: 'met', rating: 5, words: '谢谢', verified: true })
  expect(need.history.map((step) => step.state)).toEqual(['submitted', 'accepted', 'responding', 'answered', 'closed'])
})

test('raising a need takes at most eight statements, reading it one', async () => {
  const { platform } = app.parts
  // The outbox looks for work after a commit: not part of the act.
  const quiet = { ...platform, wake: () => undefined }
  const grant = {
    role: 'resident',
    reach: 'self' as const,
    permissions: new Set(['needs.submitNeed']),
    division: places.community,
  }
  const call = {
    actor: {
      kind: 'person' as const,
      personId: resident.id,
      sessionId: 'test',
      verified: true,
      adult: true,
      residence: places.community,
      grants: [grant],
    },
    correlation: 'test',
    language: 'zh-CN',
  }
  const count = async (work: () => Promise<unknown>) => {
    const runs: number[] = []
    for (let run = 0; run < 3; run += 1) {
      await app.settle()
      const before = platform.database.statements.count
      await work()
      runs.push(platform.database.statements.count - before)
    }
    return Math.min(...runs)
  }
  for (const visibility of ['public', 'private']) {
    const body = contract.submitNeed.body?.parse({ ...content(), visibility })
    expect(await count(() => submitNeed.run(quiet, call, { body }))).toBeLessThanOrEqual(8)
  }
  const id = await raised()
  expect(await count(() => seen('nobody', id))).toBe(1)
})

test('a public text with a mobile number is refused at its field, a private one is not', async () => {
  const answer = await app.call(resident, contract.submitNeed, {
    body: content({ text: '请打电话给我 13812345678,我家漏水' }),
  })
  expect(answer.status).toBe(422)
  expect(answer.problem.fields).toMatchObject([{ path: 'body.text' }])
  expect(
    (
      await app.call(resident, contract.submitNeed, {
        body: content({ text: '请打电话给我 13812345678,我家漏水', visibility: 'private' }),
      })
    ).status,
  ).toBe(200)
})

test('a need is raised in a community, not in a township', async () => {
  const answer = await app.call(resident, contract.submitNeed, { body: content({ division: places.township }) })
  expect(answer.problem.fields).toMatchObject([{ path: 'body.division', code: 'not-a-community' }])
})

test('one neighbour supports a need once; its resident does not', async () => {
  const id = await raised()
  expect(await app.ok(neighbour, contract.supportNeed, byId(id))).toMatchObject({ supports: 1, verifiedSupports: 1 })
  expect((await app.call(neighbour, contract.supportNeed, byId(id))).problem.code).toBe('already-supported')
  expect((await app.call(resident, contract.supportNeed, byId(id))).problem.code).toBe('own-need')
  const unverified = await app.person('resident', { verified: false })
  expect(await app.ok(unverified, contract.supportNeed, byId(id))).toMatchObject({ supports: 2, verifiedSupports: 1 })
  expect(await app.ok(neighbour, contract.retractSupport, byId(id))).toMatchObject({ supports: 1, verifiedSupports: 0 })
})

test('a declined need is appealed once, and another person decides', async () => {
  const id = await raised()
  const no = { params: { id }, body: { reason: 'beyond-means' as const, words: '目前没有资金安排' } }
  await app.ok(worker, desk.declineNeed, no)
  await app.ok(resident, contract.appealNeed, { params: { id }, body: { words: '电梯关系到老人安全' } })
  const again = await app.call(worker, desk.acceptNeed, {
    params: { id },
    body: { category: '0801', routeHint: 'department' },
  })
  expect([again.status, again.problem.code]).toEqual([403, 'duties-separated'])
  await app.ok(colleague, desk.declineNeed, no)
  const twice = await app.call(resident, contract.appealNeed, { params: { id }, body: { words: '再申诉一次' } })
  expect([twice.status, twice.problem.code]).toEqual([409, 'appeal-used'])
  expect((await seen(resident, id)).decline).toMatchObject({ reason: 'beyond-means', final: true })
})

test('a decline is final when the appeal days are over', async () => {
  const id = await raised()
  await app.ok(worker, desk.declineNeed, { params: { id }, body: { reason: 'not-clear', words: '地点写得不清楚' } })
  await app.pass(30)
  const late = await app.call(resident, contract.appealNeed, { params: { id }, body: { words: '我要申诉' } })
  expect(late.problem.code).toBe('appeal-over')
})

test('the clock stands while the resident is asked', async () => {
  const id = await raised()
  await app.ok(worker, desk.askResident, { params: { id }, body: { words: '请问是哪一部电梯?' } })
  await app.pass(20)
  expect(await seen(worker, id)).toMatchObject({ paused: true, overdue: false })
  await app.ok(resident, contract.replyToQuestion, { params: { id }, body: { words: '东边那部' } })
  const need = await seen(worker, id)
  expect(need).toMatchObject({
    paused: false,
    overdue: false,
    talk: [{ by: 'worker' }, { by: 'resident', words: '东边那部' }],
  })
  expect((await seen('nobody', id)).talk).toEqual([])
})

test('an overdue need reaches the head of the community', async () => {
  const id = await raised()
  await app.pass(12)
  const need = await seen(head, id)
  expect(need.overdue).toBe(true)
  expect(need.next).toMatchObject([{ verb: 'acceptNeed' }, { verb: 'assignNeed', by: 'leader' }])
  await app.ok(head, desk.assignNeed, { params: { id }, body: { to: colleague.id } })
  expect((await seen(head, id)).holder?.id).toBe(colleague.id)
  const list = await app.ok(head, contract.listDeskNeeds, { query: { overdue: 'yes', holder: colleague.id } })
  expect(list.rows.map((row) => row.id)).toContain(id)
})

test('“not met” reopens once and reaches the township; the second closes', async () => {
  const reviewer = await app.person('township-reviewer', { division: places.township })
  const id = await raised({ visibility: 'private' })
  expect((await app.call(reviewer, contract.getNeed, byId(id))).status).toBe(404)
  await answered(id)
  expect(
    (await app.ok(resident, contract.giveVerdict, { params: { id }, body: { verdict: 'not-met', rating: 1 } })).state,
  ).toBe('responding')
  expect((await seen(reviewer, id)).raised).toBe(true)
  await app.ok(reviewer, desk.answerNeed, { params: { id }, body: { words: '街道已协调更换整机', files: [] } })
  expect(
    (await app.ok(resident, contract.giveVerdict, { params: { id }, body: { verdict: 'not-met', rating: 2 } })).state,
  ).toBe('closed')
  expect((await seen(resident, id)).verdict?.value).toBe('not-met')
})

test('silence closes as unconfirmed', async () => {
  const id = await raised()
  await answered(id)
  await app.pass(40)
  expect((await seen('nobody', id)).verdict?.value).toBe('unconfirmed')
})

test('a private need does not exist for neighbours, nor in lists, nor among similar ones', async () => {
  const id = await raised({ text: '家里欠债很多不知道怎么办才好', visibility: 'private', category: '1102' })
  for (const who of [neighbour, 'nobody'] as const)
    expect((await app.call(who, contract.getNeed, byId(id))).status).toBe(404)
  expect((await app.call(neighbour, contract.supportNeed, byId(id))).status).toBe(404)
  const elsewhere = await app.person('community-worker', { division: places.otherCommunity })
  expect(
    (
      await app.call(elsewhere, desk.acceptNeed, {
        params: { id },
        body: { category: '1102', routeHint: 'department' },
      })
    ).status,
  ).toBe(404)
  expect((await seen(worker, id)).text).toContain('欠债')
  const board = await app.ok(neighbour, contract.listNeeds, { query: { division: places.community, size: 100 } })
  expect(board.rows.map((row) => row.id)).not.toContain(id)
  const similar = await app.ok(neighbour, contract.listSimilarNeeds, {
    body: { text: '欠债很多', division: places.community },
  })
  expect(similar.rows.map((row) => row.id)).not.toContain(id)
  const mine = await app.ok(resident, contract.listMyNeeds, { query: {} })
  expect(mine.rows.find((row) => row.id === id)?.title).toContain('欠债')
  const desks = await app.ok(worker, contract.listDeskNeeds, { query: { sort: 'submitted', size: 100 } })
  expect(desks.rows.find((row) => row.id === id)).toMatchObject({ private: true })
})

test('similar needs come while typing, the same community first', async () => {
  const id = await raised({ text: '小区门口路灯不亮,晚上接孩子看不清路' })
  const far = await raised({ text: '村口路灯不亮好多天了', division: places.otherCommunity })
  const { rows } = await app.ok('nobody', contract.listSimilarNeeds, {
    body: { text: '路灯不亮了', division: places.community },
  })
  expect(rows.map((row) => row.id).slice(0, 2)).toEqual([id, far])
})

test('a worker raises a need for a resident, who is told and gives the verdict', async () => {
  const answer = await app.ok(worker, contract.submitNeedOnBehalf, {
    body: { ...content(), of: { resident: neighbour.id } },
  })
  expect(await seen(neighbour, answer.id)).toMatchObject({ onBehalf: true, mine: true, source: 'counter' })
  const fresh = await app.ok(worker, contract.submitNeedOnBehalf, {
    body: { ...content(), of: { name: '王阿婆', phone: '19900001111' } },
  })
  expect(fresh.state).toBe('submitted')
})

test('drafts are the resident’s alone and become needs', async () => {
  const { id } = await app.ok(resident, contract.draftNeed, { body: content() })
  expect((await app.call(worker, contract.getNeed, byId(id))).status).toBe(404)
  await app.ok(resident, contract.changeDraft, { params: { id }, body: content({ text: '楼道灯坏了很久没有人来修' }) })
  const answer = await app.ok(resident, contract.submitDraft, byId(id))
  expect(answer.number).toBeDefined()
  expect((await seen('nobody', id)).text).toContain('楼道灯')
})

test('a department answers its own referrals and no other’s', async () => {
  const id = await raised()
  await accepted(id)
  await app.ok(worker, desk.referNeed, { params: { id }, body: { department: 'housing' } })
  const early = await app.call(worker, desk.answerNeed, { params: { id }, body: { words: '我来答复', files: [] } })
  expect([early.status, early.problem.code]).toEqual([403, 'department-answers'])
})

test('two workers at once: one wins, the other learns what is possible now', async () => {
  const id = await raised()
  const both = await Promise.all(
    [worker, colleague].map((who) =>
      app.call(who, desk.acceptNeed, { params: { id }, body: { category: '0801', routeHint: 'department' } }),
    ),
  )
  expect(both.map((answer) => answer.status).sort()).toEqual([200, 409])
  const lost = both.find((answer) => answer.status === 409)
  expect(lost?.problem.possible).toContain('referNeed')
})

test('pages follow each other without gaps', async () => {
  const all = (
    await app.ok('nobody', contract.listNeeds, { query: { division: places.community, size: 100, sort: 'supports' } })
  ).rows.map((row) => row.id)
  const walked: string[] = []
  let cursor: string | undefined
  do {
    const page: OutputOf<typeof contract.listNeeds> = await app.ok('nobody', contract.listNeeds, {
      query: { division: places.community, size: 3, sort: 'supports', cursor },
    })
    walked.push(...page.rows.map((row) => row.id))
    cursor = page.next
  } while (cursor !== undefined)
  expect(walked).toEqual(all)
  const due: string[] = []
  do {
    const page: OutputOf<typeof contract.listDeskNeeds> = await app.ok(worker, contract.listDeskNeeds, {
      query: { size: 4, cursor },
    })
    due.push(...page.rows.map((row) => row.id))
    cursor = page.next
  } while (cursor !== undefined)
  expect(new Set(due).size).toBe(due.length)
  expect(due.length).toBe((await app.ok(worker, contract.listDeskNeeds, { query: { size: 100 } })).rows.length)
})

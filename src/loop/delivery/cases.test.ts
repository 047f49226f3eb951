// Casework through its endpoints: the course of a case, every edge that is not there, and what bad input gets.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addDays } from '../../kit/plain-date.ts'
import type { Endpoint } from '../../kit/endpoint.ts'
import { type Casework, startCasework, texts } from './casework.fixture.ts'
import { listMyWork } from '../../foundation/notices/contract.ts'
import * as stages from './contract/case-stages.ts'
import * as cases from './contract/cases.ts'
import * as delivery from './contract.ts'
import { caseLifecycle, type CaseVerb } from './rules/cases.ts'

let work: Casework
beforeAll(async () => {
  work = await startCasework()
}, 120_000)
afterAll(() => work?.app.close())

type Ending = Endpoint & { readonly name: string }
const call = (who: Casework['worker'], endpoint: Ending, id: string, body?: unknown) =>
  work.app.call(who, endpoint, { params: { id }, ...(body === undefined ? {} : { body }) } as never)
const refusal = async (...given: Parameters<typeof call>) => {
  const { status, problem } = await call(...given)
  return [status, problem.code, ...(problem.fields ?? []).map((field) => field.code)]
}
const view = (id: string, who = work.worker) => work.app.ok(who, cases.getCase, { params: { id } } as never)
const consent = () => ({ form: 'written', givenBy: 'self', givenOn: work.day() })
const assessment = () => {
  const { situation, needs, strengths } = texts
  return { situation, needs, strengths, risk: 'high' }
}

test('a case goes from intake to its end, each stage with what the next one needs, two people at each gate', async () => {
  const { worker, supervisor } = work
  const id = await work.open()
  const waiting = async (who: Casework['worker']) =>
    (await work.app.ok(who, listMyWork, { query: {} })).rows.filter((row) => row.of.id === id).map((row) => row.verb)
  expect((await view(id)).number).toMatch(/^案\d{4}-\d{4}$/)
  expect(await waiting(worker)).toEqual(['recordConsent'])
  expect(await refusal(worker, stages.acceptCase, id, { basis: texts.basis })).toEqual([409, 'consent-missing'])
  await call(worker, stages.recordConsent, id, consent())
  expect(await refusal(worker, stages.recordConsent, id, consent())).toEqual([409, 'consent-given'])
  expect((await call(worker, stages.acceptCase, id, { basis: texts.basis })).status).toBe(200)
  expect((await call(worker, stages.assessCase, id, assessment())).status).toBe(200)
  expect(await refusal(supervisor, stages.approveCase, id, {})).toEqual([409, 'nothing-to-approve'])
  const plan = { goals: [texts.goal, '每周与女儿通话一次'], measures: texts.measures, agreed: true }
  await call(worker, stages.planCase, id, plan)
  expect([await waiting(worker), await waiting(supervisor)]).toEqual([[], ['approveCase']])
  await call(supervisor, stages.returnCase, id, { remarks: '第二个目标请写清怎样衡量。' })
  expect(await waiting(worker)).toEqual(['planCase'])
  await call(worker, stages.planCase, id, plan)
  await call(supervisor, stages.approveCase, id, { remarks: '可以开展。' })
  expect(await view(id)).toMatchObject({ state: 'intervention', goals: plan.goals, awaiting: false })
  expect(await refusal(worker, stages.beginCaseEvaluation, id)).toEqual([409, 'sessions-missing'])
  await work.app.pass(1)
  const session = { activity: work.activity, kind: 'home-visit', from: work.at(-120), until: work.at(-60) }
  const held = await call(worker, stages.recordCaseSession, id, {
    ...session,
    process: texts.process,
    nextAt: work.at(60 * 24 * 7),
  })
  expect(held.status).toBe(200)
  expect((await call(worker, stages.beginCaseEvaluation, id)).status).toBe(200)
  const one = { results: [{ result: 'met', grounds: '已复诊' }], outcome: texts.outcome }
  expect(await refusal(worker, stages.evaluateCase, id, one)).toEqual([422, 'invalid-input', 'results-not-goals'])
  await call(worker, stages.evaluateCase, id, {
    ...one,
    results: [...one.results, { result: 'partly', grounds: '每两周一次' }],
  })
  await call(supervisor, stages.approveCase, id, {})
  const end = await view(id, supervisor)
  expect(end).toMatchObject({ state: 'closed', reason: 'completed', sessions: 1, relation: 'supervisor' })
  expect(end.history.map((each) => each.state)).toEqual([
    'intake',
    'assessment',
    'plan',
    'intervention',
    'evaluation',
    'closed',
  ])
  const notes = await work.app.ok(supervisor, cases.listCaseNotes, { params: { id }, query: { size: 5 } } as never)
  expect(notes.rows.map((note) => note.kind)).toEqual(['supervision', 'evaluation', 'session', 'supervision', 'plan'])
  const rest = await work.app.ok(supervisor, cases.listCaseNotes, {
    params: { id },
    query: { cursor: notes.next },
  } as never)
  expect(rest.rows.at(-1)?.lines).toContainEqual({ name: 'problem', text: texts.problem })
  expect(rest.rows.map((note) => note.kind)).toEqual([
    'supervision',
    'plan',
    'assessment',
    'acceptance',
    'consent',
    'intake',
  ])
})

test('the hours of a session count like any other, once, and its record says neither who nor what', async () => {
  const id = await work.caseIn('intervention')
  await work.app.pass(1)
  const session = { activity: work.activity, from: work.at(-120), until: work.at(-60) }
  const body = { ...session, kind: 'counselling', process: texts.process }
  await call(work.worker, stages.recordCaseSession, id, body)
  const record = (await work.app.ok(work.worker, delivery.listServiceRecords, { query: { mine: 'yes', size: 1 } }))
    .rows[0]
  const page = await work.app.ok(work.who('head'), delivery.getServiceRecord, {
    params: { id: record?.id ?? '' },
  } as never)
  expect(page).toMatchObject({ minutes: 60, attendance: 1, newcomers: 1, kind: 'counselling', place: '不公开' })
  expect(JSON.stringify(page)).not.toMatch(/秋芸子|女儿|案20/)
  const other = {
    contract: work.contract,
    activity: work.activity,
    from: work.at(-90),
    until: work.at(-30),
    place: '社区活动室',
    attendance: 3,
    words: '开展讲解并登记意见。',
  }
  const overlap = await work.app.call(work.worker, delivery.fileServiceRecord, { body: other } as never)
  expect([overlap.status, overlap.problem.code]).toEqual([409, 'hours-overlap'])
  expect(
    await refusal(work.worker, stages.recordCaseSession, id, { ...body, from: work.at(-61), until: work.at(-20) }),
  ).toEqual([409, 'hours-overlap'])
  // The refused session left nothing behind: neither a note nor a count.
  expect((await view(id)).sessions).toBe(1)
})

test('a session is refused outside of the case, of the team and of time', async () => {
  const id = await work.caseIn('intervention')
  await work.app.pass(1)
  const times = { from: work.at(-300), until: work.at(-240) }
  const body = { activity: work.activity, kind: 'counselling', process: texts.process, ...times }
  const session = (more: object) => refusal(work.worker, stages.recordCaseSession, id, { ...body, ...more })
  const early = { from: work.at(-60 * 24 * 4), until: work.at(-60 * 24 * 4 + 30) }
  expect(await session(early)).toEqual([422, 'invalid-input', 'before-case'])
  expect(await session({ nextAt: times.from })).toEqual([422, 'invalid-input', 'next-not-later'])
  expect(await session({ until: work.at(60) })).toEqual([422, 'invalid-input', 'time-in-future'])
  expect(await session({ until: times.from })).toEqual([422, 'invalid-input', 'time-not-in-order'])
  const unknown = '320505-0190f1c0-0000-7000-8000-000000000000'
  expect(await session({ activity: unknown })).toEqual([422, 'invalid-input', 'activity-unknown'])
})

test('who opens a case must say for whom, be of the team, and name a supervisor who is one', async () => {
  const { app, worker, colleague, resident } = work
  const open = async (more: object, by = worker) => {
    const { status, problem } = await app.call(by, cases.openCase, {
      body: {
        contract: work.contract,
        supervisor: work.supervisor.id,
        topic: 'family',
        source: 'self',
        problem: texts.problem,
        ...more,
      },
    } as never)
    return [status, problem.code, ...(problem.fields ?? []).map((field) => `${field.path}:${field.code}`)]
  }
  const fault = (path: string, code: string) => [422, 'invalid-input', `${path}:${code}`]
  expect(await open({})).toEqual(fault('body.fullName', 'beneficiary-needed'))
  expect(await open({ person: resident.id, fullName: '某人' })).toEqual(fault('body.fullName', 'one-beneficiary'))
  const nobody = '320000-0190f1c0-0000-7000-8000-000000000000'
  expect(await open({ person: nobody })).toEqual(fault('body.person', 'person-unknown'))
  const whom = { fullName: '某人' }
  expect(await open({ ...whom, supervisor: colleague.id })).toEqual(fault('body.supervisor', 'supervisor-unknown'))
  expect(await open({ ...whom, supervisor: worker.id })).toEqual(fault('body.supervisor', 'supervisor-is-worker'))
  const stranger = await app.person('social-worker', { organization: work.organization as never, division: '320505' })
  expect(await open(whom, stranger)).toEqual([403, 'not-on-team'])
  expect((await open(whom, work.director))[0]).toBe(403)
  expect((await open({ person: resident.id }))[0]).toBe(200)
})

test('consent: by the guardian for a child under 14, named; never of tomorrow; withdrawn never before it was given', async () => {
  const id = await work.open({ underFourteen: true })
  const { worker } = work
  const give = (more: object) => refusal(worker, stages.recordConsent, id, { ...consent(), ...more })
  expect(await give({})).toEqual([422, 'invalid-input', 'guardian-needed'])
  expect(await give({ givenBy: 'guardian' })).toEqual([422, 'invalid-input', 'guardian-name-needed'])
  const tomorrow = addDays(work.day(), 1)
  expect(await give({ givenOn: tomorrow, givenBy: 'guardian', guardian: '秋母' })).toEqual([
    422,
    'invalid-input',
    'date-in-future',
  ])
  const withdraw = (withdrawnOn: string) => refusal(worker, stages.withdrawConsent, id, { withdrawnOn })
  expect(await withdraw(work.day())).toEqual([409, 'consent-missing'])
  await call(worker, stages.recordConsent, id, { ...consent(), givenBy: 'guardian', guardian: '秋母' })
  expect(await withdraw(addDays(work.day(), -1))).toEqual([422, 'invalid-input', 'before-consent'])
  expect(await withdraw(tomorrow)).toEqual([422, 'invalid-input', 'date-in-future'])
  expect((await call(worker, stages.withdrawConsent, id, { withdrawnOn: work.day() })).status).toBe(200)
  expect(await withdraw(work.day())).toEqual([409, 'consent-withdrawn'])
})

test('every edge that the lifecycle does not have is refused with what is possible', async () => {
  const { worker, supervisor } = work
  const times = { from: work.at(-60), until: work.at(-30) }
  const bodies: Readonly<Record<CaseVerb, readonly [Ending, typeof worker, unknown?]>> = {
    recordConsent: [stages.recordConsent, worker, consent()],
    withdrawConsent: [stages.withdrawConsent, worker, { withdrawnOn: work.day() }],
    acceptCase: [stages.acceptCase, worker, { basis: texts.basis }],
    assessCase: [stages.assessCase, worker, assessment()],
    planCase: [stages.planCase, worker, { goals: [texts.goal], measures: texts.measures, agreed: true }],
    approveCase: [stages.approveCase, supervisor, {}],
    returnCase: [stages.returnCase, supervisor, { remarks: '请修改。' }],
    adviseCase: [stages.adviseCase, supervisor, { advice: '注意安全。' }],
    recordCaseSession: [
      stages.recordCaseSession,
      worker,
      { ...times, activity: work.activity, kind: 'counselling', process: texts.process },
    ],
    beginCaseEvaluation: [stages.beginCaseEvaluation, worker],
    evaluateCase: [
      stages.evaluateCase,
      worker,
      { results: [{ result: 'met', grounds: '已复诊' }], outcome: texts.outcome },
    ],
    closeCase: [stages.closeCase, worker, { reason: 'moved-away', grounds: '搬到外地。' }],
    transferCase: [
      stages.transferCase,
      worker,
      { to: 'hospital', receiver: '区医院', handover: '转交摘要。', agreed: true },
    ],
    handOverCase: [stages.handOverCase, worker, { worker: work.workerId(1), handover: '休假交接。' }],
    handOverSupervision: [stages.handOverSupervision, supervisor, { supervisor: supervisor.id }],
    setCaseRetention: [stages.setCaseRetention, supervisor, { retention: 'audit' }],
  }
  let tried = 0
  for (const [state, verbs] of Object.entries(caseLifecycle)) {
    const id = await work.caseIn(state as cases.CaseState)
    for (const [verb, [endpoint, who, body]] of Object.entries(bodies)) {
      if (verb in verbs) continue
      tried += 1
      const { status, problem } = await call(who, endpoint, id, body)
      expect([state, verb, status, problem.code]).toEqual([state, verb, 409, 'not-in-this-state'])
      expect(problem.possible).toEqual(Object.keys(verbs))
    }
  }
  expect(tried).toBe(16 * 7 - Object.values(caseLifecycle).flatMap((verbs) => Object.keys(verbs)).length)
})

test('a case may end early from any open stage, and the supervisor hears of it', async () => {
  for (const state of ['intake', 'assessment', 'plan', 'intervention', 'evaluation'] as const) {
    const id = await work.caseIn(state)
    await call(work.worker, stages.closeCase, id, { reason: 'moved-away', grounds: '搬到外地女儿家。' })
    expect(await view(id)).toMatchObject({ state: 'closed', reason: 'moved-away' })
  }
  const id = await work.open()
  const out = { to: 'hospital', receiver: '区医院', handover: '转交摘要。', agreed: true }
  expect(await refusal(work.worker, stages.transferCase, id, out)).toEqual([409, 'consent-missing'])
  expect((await refusal(work.worker, stages.transferCase, id, { ...out, agreed: false }))[0]).toBe(422)
  expect(await view(await work.caseIn('transferred'))).toMatchObject({ state: 'transferred' })
})

test('two who act at once: one wins, the other is told', async () => {
  const id = await work.caseIn('assessment')
  const { version } = await view(id)
  const answers = await Promise.all(
    [0, 1].map(() =>
      work.app.call(work.worker, stages.assessCase, { params: { id }, body: assessment() } as never, { version }),
    ),
  )
  expect(answers.map((answer) => answer.status).sort()).toEqual([200, 412])
  const again = await Promise.all([0, 1].map(() => refusal(work.worker, stages.assessCase, id, assessment())))
  expect(again.map(([status]) => status)).toEqual([409, 409])
})

// Case notes are read by the worker and the supervisor, and by nobody else: not through any door, not in the database, not in a log.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pino } from 'pino'
import pg from 'pg'
import { domains } from '../../app/domains.ts'
import { openSession } from '../../foundation/identity/public.ts'
import { getTimeline, listMyDone, listMyWork, listNotices, searchRecords } from '../../foundation/notices/contract.ts'
import type { Endpoint } from '../../kit/endpoint.ts'
import { granted } from '../../kit/ruling.ts'
import { systemAct } from '../../platform/action.ts'
import { rowOf, rowsOf } from '../../platform/database.ts'
import { sealAll } from '../../platform/seal/seal.ts'
import { verifySeals } from '../../platform/seal/verification.ts'
import { type Person, places } from '../../../tests/support/app.ts'
import { type Casework, startCasework, texts } from './casework.fixture.ts'
import * as stages from './contract/case-stages.ts'
import * as cases from './contract/cases.ts'
import * as delivery from './contract.ts'
import { caseLifecycle } from './rules/cases.ts'

let work: Casework
let logged = ''
const strangers = new Map<string, Person>()

type Ending = Endpoint & { readonly name: string }
const call = (who: Person, endpoint: Ending, id: string, body?: unknown) =>
  work.app.call(who, endpoint, { params: { id }, ...(body === undefined ? {} : { body }) } as never)
const seen = async (who: Person, id: string) => [
  (await call(who, cases.getCase, id)).status,
  (await call(who, cases.listCaseNotes, id)).status,
]
const told = async (who: Person, kind: string) =>
  (await work.app.ok(who, listNotices, { query: {} })).rows.filter((row) => row.kind === `delivery.${kind}`)

beforeAll(async () => {
  const log = pino(
    { level: 'trace' },
    {
      write(line: string) {
        logged += line
      },
    },
  )
  work = await startCasework({ log })
  const { app, organization } = work
  const inside = { division: places.county, organization: organization as never }
  strangers.set('colleague', work.colleague)
  strangers.set('director', work.director)
  strangers.set('member', await app.person('organization-member', inside))
  strangers.set('other supervisor', await app.person('social-work-supervisor', inside))
  strangers.set('township reviewer', work.who('reviewer'))
  strangers.set('township procurer', work.who('procurer'))
  strangers.set('township settler', work.who('settler'))
  strangers.set('community head', work.who('head'))
  strangers.set('community worker', work.who('worker'))
  strangers.set('overseer', work.who('overseer'))
  strangers.set('civil affairs', work.officer)
  strangers.set(
    'worker elsewhere',
    await app.person('social-worker', {
      division: places.otherCounty,
      organization: '320000-0190f1c0-1111-7000-8000-000000000001' as never,
    }),
  )
  strangers.set('system administrator', await app.person('system-administrator', { division: places.county }))
  strangers.set('security administrator', await app.person('security-administrator', { division: places.county }))
  strangers.set('audit administrator', await app.person('audit-administrator', { division: places.county }))
  strangers.set('resident', work.resident)
}, 120_000)
afterAll(() => work?.app.close())

test('colleague, director, township, administrators: to each of them there is no such case, through any of its endpoints', async () => {
  const id = await work.caseIn('intervention')
  const all = domains
    .flatMap((domain) => domain.routes)
    .map(({ endpoint }) => endpoint as Ending)
    .filter((endpoint) => endpoint.path.startsWith('/cases/:id'))
  const verbs = new Set(Object.values(caseLifecycle).flatMap((each) => Object.keys(each)))
  expect(all.map((endpoint) => endpoint.name).sort()).toEqual([...verbs, 'getCase', 'listCaseNotes'].sort())
  const bodies: Readonly<Record<string, unknown>> = {
    recordConsent: { form: 'written', givenBy: 'self', givenOn: work.day() },
    withdrawConsent: { withdrawnOn: work.day() },
    acceptCase: { basis: texts.basis },
    assessCase: { situation: texts.situation, needs: texts.needs, strengths: texts.strengths, risk: 'low' },
    planCase: { goals: [texts.goal], measures: texts.measures, agreed: true },
    approveCase: {},
    returnCase: { remarks: '请修改。' },
    adviseCase: { advice: '注意安全。' },
    recordCaseSession: {
      activity: work.activity,
      kind: 'counselling',
      from: work.at(-60),
      until: work.at(-30),
      process: texts.process,
    },
    evaluateCase: { results: [{ result: 'met', grounds: '已复诊' }], outcome: texts.outcome },
    closeCase: { reason: 'moved-away', grounds: '搬走了。' },
    transferCase: { to: 'hospital', receiver: '区医院', handover: '转交摘要。', agreed: true },
    handOverCase: { worker: work.workerId(1), handover: '休假交接。' },
    handOverSupervision: { supervisor: strangers.get('other supervisor')?.id },
    setCaseRetention: { retention: 'audit' },
  }
  const wrong: string[] = []
  for (const [name, who] of strangers) {
    for (const endpoint of all) {
      const params = { params: { id }, ...(bodies[endpoint.name] ? { body: bodies[endpoint.name] } : {}) }
      const there = await work.app.call(who, endpoint, params as never, { version: 1 })
      const unknown = `${id.slice(0, 7)}0190f1c0-0000-7000-8000-000000000000`
      const none = await work.app.call(who, endpoint, { ...params, params: { id: unknown } } as never, { version: 1 })
      // The same answer whether there is such a case or not, even to who guesses its version.
      if (
        ![403, 404].includes(there.status) ||
        there.status !== none.status ||
        there.problem.code !== none.problem.code
      )
        wrong.push(`${name} ${endpoint.name}: ${there.status}/${none.status}`)
    }
  }
  expect(wrong).toEqual([])
  expect(await seen(work.worker, id)).toEqual([200, 200])
  expect(await seen(work.supervisor, id)).toEqual([200, 200])
})

test('no list, count, search, timeline, notice or work list of theirs names it', async () => {
  const id = await work.caseIn('plan')
  const { number } = await work.app.ok(work.worker, cases.getCase, { params: { id } } as never)
  const uuid = id.slice(7)
  const wrong: string[] = []
  for (const [name, who] of strangers) {
    const answers = [
      await work.app.call(who, cases.listCases, { query: {} }),
      await work.app.call(who, searchRecords, { query: { q: number } } as never),
      await work.app.call(who, getTimeline, { params: { kind: 'case', id } } as never),
      await work.app.call(who, listMyWork, { query: {} }),
      await work.app.call(who, listMyDone, { query: {} }),
      await work.app.call(who, listNotices, { query: {} }),
      await work.app.call(who, delivery.listServiceRecords, { query: {} }),
    ]
    const text = JSON.stringify(answers.map((answer) => answer.body))
    if (text.includes(uuid) || text.includes(number)) wrong.push(name)
    const list = answers[0]?.body as { count?: { n: number } } | undefined
    if (list?.count !== undefined && list.count.n > 0) wrong.push(`${name} counts ${list.count.n}`)
  }
  expect(wrong).toEqual([])
  expect((await work.app.ok(work.worker, getTimeline, { params: { kind: 'case', id } } as never)).rows.length).toBe(4)
  const mine = await work.app.ok(work.supervisor, cases.listCases, { query: { relation: 'supervisor' } })
  expect(mine.rows.map((row) => row.id)).toContain(id)
})

test('handed over, a case is read by its new worker and no more by the former one', async () => {
  const id = await work.caseIn('intervention')
  const { worker, colleague, supervisor } = work
  const hand = async (to: string, by = worker) => {
    const { status, problem } = await call(by, stages.handOverCase, id, { worker: to, handover: '休产假，请接手。' })
    return [status, problem.code, ...(problem.fields ?? []).map((field) => field.code)]
  }
  expect(await hand(work.workerId(0))).toEqual([422, 'invalid-input', 'same-worker'])
  const loser = work.story.cast.bidders.find((bidder) => bidder.organization !== work.organization)
  expect(await hand(loser?.workers[0]?.worker ?? '')).toEqual([422, 'invalid-input', 'worker-not-on-team'])
  expect((await hand(work.workerId(1)))[0]).toBe(200)
  expect([await seen(worker, id), await seen(colleague, id), await seen(supervisor, id)]).toEqual([
    [404, 404],
    [200, 200],
    [200, 200],
  ])
  expect((await told(colleague, 'case-handed-over')).length).toBe(1)
  // The supervisor may give it back.
  expect((await hand(work.workerId(0), supervisor))[0]).toBe(200)
  expect(await seen(colleague, id)).toEqual([404, 404])
})

test('supervision is handed on by the supervisor; the worker may not choose another while this one is in office', async () => {
  const id = await work.caseIn('assessment')
  const other = strangers.get('other supervisor')
  if (other === undefined) throw new Error('nobody else supervises')
  const hand = async (to: string, by: Person) => {
    const { status, problem } = await call(by, stages.handOverSupervision, id, { supervisor: to })
    return [status, problem.code, ...(problem.fields ?? []).map((field) => field.code)]
  }
  expect(await hand(other.id, work.worker)).toEqual([409, 'supervisor-in-office'])
  expect(await hand(work.supervisor.id, work.supervisor)).toEqual([422, 'invalid-input', 'same-supervisor'])
  expect(await hand(work.worker.id, work.supervisor)).toEqual([422, 'invalid-input', 'supervisor-is-worker'])
  expect(await hand(work.colleague.id, work.supervisor)).toEqual([422, 'invalid-input', 'supervisor-unknown'])
  expect((await hand(other.id, work.supervisor))[0]).toBe(200)
  expect([await seen(work.supervisor, id), await seen(other, id)]).toEqual([
    [404, 404],
    [200, 200],
  ])
})

test('an emergency opening gives a day, needs the second factor and a reason, and tells both', async () => {
  const id = await work.caseIn('intervention')
  const { officer, app } = work
  const { number } = await app.ok(work.worker, cases.getCase, { params: { id } } as never)
  const open = (who: Person, more: object = {}) =>
    app.call(who, cases.openCaseInEmergency, {
      body: {
        division: places.county,
        number,
        reason: 'danger-to-life',
        circumstances: '老人两天未开门，需要家属的联系方式。',
        ...more,
      },
    } as never)
  for (const [name, who] of strangers)
    if (name !== 'civil affairs') expect([name, (await open(who)).status]).toEqual([name, 403])
  const elsewhere = await app.person('county-civil-affairs', { division: places.otherCounty })
  expect((await open(elsewhere)).status).toBe(404)
  expect((await open(officer, { number: '案2026-9999' })).status).toBe(404)
  expect((await open(officer, { circumstances: '急' })).status).toBe(422)
  const token = granted(
    await systemAct(app.parts.platform, 'test.session', (act) =>
      openSession(act, officer.id, { device: 'test', secondFactor: false }),
    ),
  )
  const without = await open({ ...officer, cookie: `liandong_session=${token}` })
  expect([without.status, without.problem.code]).toEqual([403, 'second-factor-needed'])
  expect(await seen(officer, id)).toEqual([404, 404])

  expect((await open(officer)).status).toBe(200)
  expect(await seen(officer, id)).toEqual([200, 200])
  const page = await app.ok(officer, cases.getCase, { params: { id } } as never)
  expect(page.relation).toBe('emergency')
  expect(page.actions.filter((action) => action.ok)).toEqual([])
  expect((await app.ok(officer, cases.listCases, { query: {} })).rows.map((row) => row.id)).toEqual([id])
  expect((await open(officer)).problem.code).toBe('already-open')
  // The opening is to read: every verb stays closed.
  expect((await call(officer, stages.closeCase, id, { reason: 'moved-away', grounds: '搬走了。' })).status).toBe(403)
  for (const who of [work.worker, work.supervisor]) {
    expect((await told(who, 'case-emergency')).length).toBe(1)
    const { openings } = await app.ok(who, cases.getCase, { params: { id } } as never)
    expect(openings).toMatchObject([{ reason: 'danger-to-life', words: '老人两天未开门，需要家属的联系方式。' }])
  }
  await app.pass(1)
  expect(await seen(officer, id)).toEqual([404, 404])
  expect((await app.ok(officer, cases.listCases, { query: {} })).rows).toEqual([])
  expect((await open(officer)).status).toBe(200)
})

test('withdrawn consent destroys the key: nothing can be read again, and the seals still verify', async () => {
  const id = await work.caseIn('intervention')
  const { app, worker, supervisor, officer } = work
  const { number } = await app.ok(worker, cases.getCase, { params: { id } } as never)
  const { platform, keys } = app.parts
  await sealAll(platform.database, keys.seal)
  await call(worker, stages.withdrawConsent, id, { withdrawnOn: work.day() })
  await sealAll(platform.database, keys.seal)
  const seals = await verifySeals(platform.database.reader)
  expect(seals.breaks).toEqual([])
  expect(seals.events).toBeGreaterThan(50)
  const page = await app.ok(worker, cases.getCase, { params: { id } } as never)
  expect(page).toMatchObject({ state: 'closed', reason: 'consent-withdrawn', destroyed: true, goals: [] })
  expect(page.beneficiaryName).toBeUndefined()
  const notes = await app.ok(supervisor, cases.listCaseNotes, { params: { id }, query: {} } as never)
  expect(notes.rows.length).toBeGreaterThan(4)
  expect(notes.rows.every((note) => note.lines.length === 0)).toBe(true)
  const key = await rowOf<{ wrapped: Buffer | null }>(
    app.parts.platform.database.reader,
    'SELECT wrapped FROM platform.subject_key WHERE subject = $1',
    [id],
  )
  expect(key?.wrapped).toBeNull()
  const lift = await call(supervisor, stages.setCaseRetention, id, { retention: 'court' })
  expect([lift.status, lift.problem.code]).toEqual([409, 'key-destroyed'])
  const emergency = await app.call(officer, cases.openCaseInEmergency, {
    body: { division: places.county, number, reason: 'court-order', circumstances: '法院要求调取服务记录。' },
  } as never)
  expect([emergency.status, emergency.problem.code]).toEqual([409, 'key-destroyed'])
})

test('where a duty to keep stands, the notes outlive the consent until the supervisor lifts it', async () => {
  const id = await work.caseIn('assessment')
  const { worker, supervisor } = work
  const keep = (retention: string, who = supervisor) => call(who, stages.setCaseRetention, id, { retention })
  expect((await keep('court', worker)).status).toBe(403)
  expect((await keep('none')).problem.code).toBe('same-retention')
  expect((await keep('mandatory-report')).status).toBe(200)
  await call(worker, stages.withdrawConsent, id, { withdrawnOn: work.day() })
  const read = () => work.app.ok(worker, cases.getCase, { params: { id } } as never)
  expect(await read()).toMatchObject({ state: 'closed', destroyed: false, retention: 'mandatory-report' })
  expect((await read()).beneficiaryName).toContain('秋芸子')
  expect((await keep('none')).status).toBe(200)
  expect(await read()).toMatchObject({ destroyed: true })
})

/** A text as it could stand in a dump: itself, and as bytes in the forms in which PostgreSQL and JSON write them. */
function shapesOf(text: string): string[] {
  const bytes = Buffer.from(text)
  const escaped = JSON.stringify(text).slice(1, -1)
  const ascii = [...text].map((sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')
  // Base64 without its ends, at each of the three offsets at which it may begin.
  const base64 = [0, 1, 2].map((offset) =>
    Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .slice(4, -4),
  )
  return [text, escaped, ascii, bytes.toString('hex'), ...base64].filter((shape) => shape.length >= 6)
}

const secrets = [...Object.values(texts), '秋芸子', '老人两天未开门', '三次都有病历', '区人民医院社工部', '13510000']

async function dump(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const tables = await client.query<{ name: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
    )
    const parts: string[] = []
    for (const { name } of tables.rows) {
      const rows = await client.query<{ row: string }>(`SELECT t::text AS row FROM ${name} t`)
      parts.push(...rows.rows.map(({ row }) => row))
    }
    return parts.join('\n')
  } finally {
    await client.end()
  }
}

test('whoever copies the whole database and the logs finds no word of any note and no name', async () => {
  await work.caseIn('closed')
  await work.caseIn('transferred')
  await work.app.settle()
  const whole = await dump(work.app.database.adminUrl)
  expect(whole.length).toBeGreaterThan(100_000)
  const notes = await rowsOf(work.app.parts.platform.database.reader, 'SELECT 1 FROM delivery.case_note')
  expect(notes.length).toBeGreaterThan(30)
  const found = secrets.filter((secret) =>
    shapesOf(secret).some((shape) => whole.includes(shape) || logged.includes(shape)),
  )
  expect(found).toEqual([])
  // The search would have found it: what stands in clear elsewhere is in the dump, and a note written in clear would be.
  expect(whole).toContain('个案服务，内容保密。')
  const leak = Buffer.from(`--${texts.process}--`)
  for (const form of ['utf8', 'hex', 'base64'] as const)
    expect(shapesOf(texts.process).some((shape) => leak.toString(form).includes(shape))).toBe(true)
})

// Secrecy of survey answers: a hundred and fifty residents who answer one after the other in the order of the list, an attacker with the whole database and
// the log while the survey runs and after it ended, and planted leaks.
import { Writable } from 'node:stream'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { setParameter } from '../../src/foundation/policy/contract.ts'
import { supportNeed } from '../../src/loop/needs/contract.ts'
import * as surveys from '../../src/loop/evaluation/contract/surveys.ts'
import * as contract from '../../src/loop/evaluation/contract.ts'
import { makeLog } from '../../src/platform/log.ts'
import { metricsText } from '../../src/platform/metrics.ts'
import { type Person, places, startApp, type TestApp } from '../support/app.ts'
import { makeStory } from '../support/story.ts'
import { linksBetween, ownRows, readWhole, type Row, type Snapshot } from './joining.ts'

const many = 150
let app: TestApp
let survey = ''
let during: Snapshot
let after: Snapshot
let log = ''
const answered: { person: Person; token: string; points: number[] }[] = []

beforeAll(async () => {
  const destination = new Writable({
    write(chunk, _encoding, done) {
      log += String(chunk)
      done()
    },
  })
  app = await startApp({ log: makeLog('trace', destination) })
  const residents: Person[] = []
  for (let made = 0; made < many; made += 1) residents.push(await app.person())
  const story = await makeStory(app, 'delivering')
  const who = (key: string): Person => {
    const person = story.people.get(key)
    if (person === undefined) throw new Error(`nobody plays ${key}`)
    return person
  }
  for (const resident of residents) await app.ok(resident, supportNeed, { params: { id: story.thread.needs[0] ?? '' } })
  await app.ok(who('civil-affairs'), setParameter, {
    params: { key: 'evaluation.survey-sample' },
    body: { division: places.county, value: 400, reason: '居民较多，扩大抽取' },
  })
  await app.settle()
  const { id } = await app.ok(who('reviewer'), contract.planEvaluation, {
    body: {
      contract: story.thread.contract as never,
      kind: 'mid-term',
      evaluator: who('evaluator').id,
      items: [{ source: 'survey', name: '满意', weight: 100, questions: ['服务态度您满意吗？', '对您有帮助吗？'] }],
    },
  })
  survey = (await app.ok(who('evaluator'), surveys.openSurvey, { params: { id } })).survey
  await app.settle()
  const { populationHash = '' } = await app.ok('nobody', surveys.getSurvey, { params: { id: survey } })
  await app.ok(who('evaluator'), surveys.drawSurvey, {
    params: { id },
    body: { nonce: 'ab'.repeat(32), populationHash },
  })
  await app.settle()
  let state = 7
  for (const person of residents) {
    const taken = await app.call(person, surveys.takeSurveyLink, { params: { id: survey } })
    const code = taken.status === 200 ? taken.body.links[0]?.code : undefined
    if (code === undefined) continue
    // Answers without any pattern, the same in every run.
    const next = () => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
      return 1 + Math.floor((state / 2_147_483_648) * 5)
    }
    const points = [next(), next()]
    await app.ok('nobody', surveys.answerSurvey, { body: { code, as: 'self', points } })
    answered.push({ person, token: surveys.readCode(code)?.token ?? '', points })
  }
  during = await readWhole(app.database.adminUrl)
  await app.pass(20)
  after = await readWhole(app.database.adminUrl)
}, 240_000)
afterAll(() => app?.close())

/** What the attacker wants to know, one row for each who answered. */
const truth = (): Row[] =>
  answered.map(({ points }) => ({ first: String(points[0]), second: String(points[1]), both: points.join('') }))

/** Rows that name everybody who answered, table by table. */
function personSides(snapshot: Snapshot): [string, Row[]][] {
  const ids = new Set(answered.map(({ person }) => person.id as string))
  return [...snapshot].flatMap(([name, rows]): [string, Row[]][] => {
    const own = ownRows(rows, (row) => Object.values(row).find((value) => ids.has(value)))
    const whole = answered.map(({ person }) => own.get(person.id)).filter((row) => row !== undefined)
    return whole.length === answered.length ? [[name, whole]] : []
  })
}

test('there is something to attack: a sample was drawn and answered, and people stand in the database by name', async () => {
  const seen = await app.ok('nobody', surveys.getSurvey, { params: { id: survey } })
  expect(seen).toMatchObject({ state: 'closed', population: many + 5, invited: many + 5 })
  expect(answered.length).toBe(many)
  expect(during.get('evaluation.survey_inbox')).toHaveLength(many)
  expect(personSides(after).map(([name]) => name)).toContain('notices.notice')
})

test('no column, order, transaction, time or size of a row that names a resident tells what they answered, before or after the end', () => {
  for (const [name, person] of [...personSides(during), ...personSides(after)])
    expect({ name, links: linksBetween(person, truth()) }).toEqual({ name, links: [] })
})

test('while it runs answers are sealed, of one size, and say nothing by their place either; nothing is counted', () => {
  const inbox = during.get('evaluation.survey_inbox') ?? []
  expect(new Set(inbox.map((row) => row['its size'])).size).toBe(1)
  // They came in in the order of the residents: their place may tell who, never what.
  const byPlace = inbox.toSorted((a, b) => ((a['its place'] ?? '') < (b['its place'] ?? '') ? -1 : 1))
  expect(linksBetween(byPlace, truth())).toEqual([])
  expect(during.get('evaluation.survey')?.[0]?.['tally']).toBe('null')
})

test('no token and no answer of a single person is stored anywhere; afterwards only counts are left', () => {
  for (const snapshot of [during, after]) {
    const text = JSON.stringify([...snapshot])
    expect(answered.filter(({ token }) => text.includes(token))).toEqual([])
  }
  expect(after.get('evaluation.survey_inbox')).toEqual([])
  const invitations = after.get('evaluation.survey_invitation') ?? []
  expect(new Set(invitations.map((row) => row['holders']))).toEqual(new Set(['[]']))
  const [kept] = after.get('evaluation.survey') ?? []
  expect(kept?.['secret']).toBe('null')
  const tally: { counts: number[][] }[] = JSON.parse(kept?.['tally'] ?? '[]')
  expect(tally[0]?.counts.map((counts) => counts.reduce((sum, each) => sum + each, 0))).toEqual([many, many])
})

test('links were not touched by answers: all were written by one transaction while it ran', () => {
  expect(new Set((during.get('evaluation.survey_invitation') ?? []).map((row) => row['its transaction'])).size).toBe(1)
})

test('the log and the metrics know nothing of an answer', async () => {
  expect(log).not.toContain('/survey-links')
  expect(await metricsText(app.parts.platform)).not.toContain('/survey-links')
  expect(answered.filter(({ token }) => log.includes(token))).toEqual([])
})

test('a planted leak is found: the answer beside the notice, or links marked in the order of what was answered', async () => {
  const client = new pg.Client({ connectionString: app.database.adminUrl })
  await client.connect()
  try {
    await client.query('ALTER TABLE notices.notice ADD COLUMN mood integer')
    await client.query(
      `UPDATE notices.notice n SET mood = x.mood FROM unnest($1::text[], $2::int[]) AS x(person, mood) WHERE n.person = x.person`,
      [answered.map(({ person }) => person.id), answered.map(({ points }) => points[0])],
    )
  } finally {
    await client.end()
  }
  const leaked = personSides(await readWhole(app.database.adminUrl)).find(([name]) => name === 'notices.notice')
  const found = linksBetween(leaked?.[1] ?? [], truth())
  expect(found.filter((link) => link.left === 'mood' && link.right === 'first' && link.strength > 0.9)).not.toEqual([])
})

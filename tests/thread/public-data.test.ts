// The thread as data: with the way to the procurement's open data, and for the public without anything of anybody's private life.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { submitNeed } from '../../src/loop/needs/contract.ts'
import { getThread } from '../../src/loop/thread/contract.ts'
import { systemAct } from '../../src/platform/action.ts'
import { granted, allow } from '../../src/kit/ruling.ts'
import { asDivision } from '../../src/kit/id.ts'
import { type Person, places, startApp, type TestApp } from '../support/app.ts'
import { makeStory, type TestStory } from '../support/story.ts'

/** Residents of the story, by the part they play. */
const residents = { resident: '王秀兰', 'neighbour-0': '赵桂英', 'neighbour-1': '钱国庆', 'neighbour-2': '孙玉珍' }
const words = '家里的事不想让别人知道，想请社工来谈一谈。'

let app: TestApp
let story: TestStory
let hidden: { id: string; owner: Person }
const actor = (key: string): Person => {
  const person = story.people.get(key)
  if (person === undefined) throw new Error(`nobody plays ${key}`)
  return person
}
const records = () => [
  ['need', story.thread.needs[0]],
  ['motion', story.thread.motion],
  ['project', story.thread.project],
  ['tender', story.thread.tender],
  ['contract', story.thread.contract],
  ['evaluation', story.thread.evaluation],
  ['transfer', story.thread.transfers[0]],
]
const ask = (who: Person | 'nobody', kind = '', id = '') => app.ok(who, getThread, { params: { kind, id } })

beforeAll(async () => {
  app = await startApp()
  story = await makeStory(app, 'verdict', residents)
  const owner = await app.person('resident', { name: '李淑芬' })
  const { id } = await app.ok(owner, submitNeed, {
    body: { text: words, category: '1102', division: places.community, visibility: 'private' },
  })
  hidden = { id, owner }
  // The project answers it, too.
  granted(
    await systemAct(app.parts.platform, 'test.link', async (act) => {
      const of = { kind: 'project', id: story.thread.project ?? '' }
      act.record({ name: 'test.link', of, division: asDivision(places.community), links: [{ kind: 'need', id }] })
      return allow(undefined)
    }),
  )
}, 120_000)
afterAll(() => app?.close())

test('from every record of the line the tender’s ocid is told, and the address leads to its record package', async () => {
  for (const [kind, id] of records()) {
    const { published } = await ask('nobody', kind, id)
    expect([kind, published.map((each) => [each.standard, each.kind, each.id])]).toEqual([
      kind,
      [['ocds', 'tender', story.thread.tender]],
    ])
    const [open] = published
    const answer = await app.server.inject({ url: open?.path ?? '' })
    expect(answer.statusCode).toBe(200)
    expect(answer.json().records[0].ocid).toBe(open?.name)
  }
})

test('the public’s version names no resident, not even masked, and no person by an id', async () => {
  for (const [kind, id] of records()) {
    const text = JSON.stringify(await ask('nobody', kind, id))
    for (const name of Object.values(residents)) {
      expect(text).not.toContain(name)
      expect(text).not.toContain(`${name.slice(0, 1)}*`)
    }
    for (const key of Object.keys(residents)) expect(text).not.toContain(actor(key).id)
    expect(text).not.toMatch(/1\d{10}(?!\d)/)
  }
})

test('who reads the records sees a resident masked, never in full', async () => {
  const text = JSON.stringify(await ask(actor('worker'), 'need', story.thread.needs[0]))
  expect(text).toContain('王*')
  for (const name of Object.values(residents)) expect(text).not.toContain(name)
})

test('a private need stands in the line as one that is not public: words, number and id are its readers’ alone', async () => {
  const project = story.thread.project ?? ''
  const secretsIn = (text: string) => [
    text.includes('不想让别人知道'),
    text.includes(hidden.id),
    text.includes('李淑芬'),
  ]
  for (const who of [
    'nobody',
    actor('resident'),
    actor('neighbour-0'),
    actor('administrator-0'),
    actor('settler'),
  ] as const) {
    for (const [kind, id] of records().slice(1)) {
      const view = await ask(who, kind, id)
      expect(secretsIn(JSON.stringify(view))).toEqual([false, false, false])
      if (kind !== 'motion') expect(view.needs.filter((need) => need.private)).toEqual([{ private: true }])
    }
    expect((await app.call(who, getThread, { params: { kind: 'need', id: hidden.id } })).status).toBe(404)
  }
  for (const who of [hidden.owner, actor('worker')])
    expect(secretsIn(JSON.stringify(await ask(who, 'project', project)))).toEqual([true, true, false])
})

test('what is secret until its time is not told early: bids, scores, transfers as records', async () => {
  for (const [kind, id] of records()) {
    const { stations } = await ask('nobody', kind, id)
    const kinds = new Set(stations.flatMap(({ records: shown }) => shown.map((record) => record.kind)))
    for (const closed of ['bid', 'service-record', 'transfer']) expect(kinds.has(closed)).toBe(false)
  }
})

// The promise: one thread from the sentence to every yuan and back, each walking it seeing what they may see.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { submitNeed } from '../../src/loop/needs/contract.ts'
import { getTender } from '../../src/loop/procurement/contract.ts'
import { getThread, stations } from '../../src/loop/thread/contract.ts'
import { booksBalance } from '../../src/registers/funds/contract.ts'
import { type Person, places, startApp, type TestApp } from '../support/app.ts'
import { makeStory, type TestStory } from '../support/story.ts'

let app: TestApp
let story: TestStory
let stranger: Person
const actor = (key: string): Person => {
  const person = story.people.get(key)
  if (person === undefined) throw new Error(`nobody plays ${key}`)
  return person
}
const threadOf = (kind: string, id: string | undefined) => ({ params: { kind, id: id ?? '' } })

beforeAll(async () => {
  app = await startApp()
  story = await makeStory(app)
  stranger = await app.person('resident', { division: '320505002001' })
}, 120_000)
afterAll(() => app.close())

describe('a finished thread', () => {
  it('has all ten stations done, and the books balance', async () => {
    const view = await app.ok(actor('resident'), getThread, threadOf('need', story.thread.needs[0]))
    expect(view.stations.map((station) => station.station)).toEqual([...stations])
    expect(view.stations.every((station) => station.state === 'done')).toBe(true)
    expect(view.finished).toBe(true)
    const books = await app.ok(actor('finance'), booksBalance)
    expect([books.balanced, books.total, books.wrong]).toEqual([true, '0.00', []])
  })

  it('tells its resident the sentence, and every payment leads back to it', async () => {
    const resident = await app.ok(actor('resident'), getThread, threadOf('need', story.thread.needs[0]))
    const [sentence] = resident.needs
    expect(sentence?.sentence?.length).toBeGreaterThan(10)
    for (const transfer of story.thread.transfers) {
      const back = await app.ok(actor('settler'), getThread, threadOf('transfer', transfer))
      expect(back.needs.map((need) => need.id)).toEqual([story.thread.needs[0]])
      expect(back.needs[0]?.sentence).toBe(sentence?.sentence)
    }
  })

  it('shows the same money from both ends: paid is what was paid', async () => {
    const forward = await app.ok(actor('resident'), getThread, threadOf('need', story.thread.needs[0]))
    const backward = await app.ok(actor('settler'), getThread, threadOf('transfer', story.thread.transfers[0]))
    const paid = (view: typeof forward) =>
      view.money.filter((money) => money.kind === 'paid' && money.happened).map((money) => money.amount)
    expect(paid(forward)).toEqual(paid(backward))
    expect(paid(forward).length).toBe(1)
  })

  it('is open to everybody without names of residents or papers of bidders', async () => {
    const winner = actor('administrator-0')
    const competitor = actor('administrator-1')
    const seen = await Promise.all(
      (['nobody', stranger, competitor, winner, actor('worker'), actor('resident')] as const).map((who) =>
        app.ok(who, getThread, threadOf('need', story.thread.needs[0])),
      ),
    )
    for (const view of seen) {
      expect(view.stations.map((station) => station.state)).toEqual(stations.map(() => 'done'))
      expect(JSON.stringify(view)).not.toContain('测试章程')
    }
    const [nobody, foreign, rival] = seen
    const kinds = (view: (typeof seen)[number] | undefined) =>
      new Set(view?.stations.flatMap((station) => station.records.map((record) => record.kind)))
    for (const view of [nobody, foreign, rival]) {
      for (const kind of ['bid', 'service-record', 'transfer']) {
        if (view !== rival || kind !== 'bid') expect(kinds(view).has(kind)).toBe(false)
      }
    }
    // The rival finds its own bid, never another's.
    const own = rival?.stations.flatMap((station) => station.records.filter((record) => record.kind === 'bid')) ?? []
    expect(own.length).toBeLessThanOrEqual(1)
  })
})

describe('a private need', () => {
  it('is there for its resident and its worker, and nowhere for anybody else', async () => {
    const owner = actor('resident')
    const need = await app.ok(owner, submitNeed, {
      body: {
        text: '家里的事不想让别人知道,想请社工来谈一谈。',
        category: '1102',
        division: places.community,
        visibility: 'private',
      },
    })
    const mine = await app.ok(owner, getThread, threadOf('need', need.id))
    expect(mine.needs[0]?.sentence).toMatch(/不想让别人知道/)
    const worker = await app.ok(actor('worker'), getThread, threadOf('need', need.id))
    expect(worker.needs[0]?.sentence).toMatch(/不想让别人知道/)
    for (const who of ['nobody', stranger, actor('neighbour-0'), actor('administrator-0'), actor('settler')] as const) {
      expect((await app.call(who, getThread, threadOf('need', need.id))).status).toBe(404)
    }
  })
})

describe('before the deadline', () => {
  it('nobody learns how many bid, or what', async () => {
    const other = await startApp()
    try {
      const early = await makeStory(other, 'published')
      const tender = early.thread.tender ?? ''
      for (const key of ['administrator-0', 'administrator-1', 'neighbour-0']) {
        const person = early.people.get(key)
        if (person === undefined) throw new Error('nobody')
        const view = await other.ok(person, getTender, { params: { id: tender } })
        expect(view.bids).toEqual([])
        expect(view.validBids).toBeUndefined()
      }
    } finally {
      await other.close()
    }
  })
})

// Questions and changed terms under sealed bids, through the endpoints: nobody learns who asks, and no bid is judged by terms that it did not answer to.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Person, places, startApp, type TestApp } from '../../../tests/support/app.ts'
import * as room from '../../../tests/support/sealed-bids.ts'
import { getTimeline, listMyWork, listNotices } from '../../foundation/notices/contract.ts'
import * as contract from './contract.ts'
import * as questions from './contract/questions.ts'
import * as sealed from './contract/sealed-bids.ts'

type Asked = { readonly app: TestApp }

const tenderOf = ({ app }: Asked, who: Person | 'nobody', id: string) =>
  app.ok(who, contract.getTender, { params: { id } })
const noticesOf = async ({ app }: Asked, who: Person) =>
  (await app.ok(who, listNotices, { query: {} })).rows.map((row) => row.kind)
const verbsOf = async ({ app }: Asked, who: Person, id: string) =>
  (await app.ok(who, listMyWork, { query: {} })).rows.flatMap((row) => (row.of.id === id ? [row.verb] : []))

describe('under sealed bids', () => {
  let app: TestApp
  let it: room.Room

  beforeEach(async () => {
    app = await startApp()
    it = await room.planSealed(app)
    await room.publishSealed(it)
  })
  afterEach(() => app.close())

  const params = () => ({ id: it.tender })
  const bidderAt = (index: number): room.Bidder => {
    const bidder = it.bidders[index]
    if (bidder === undefined) throw new Error('no such bidder')
    return bidder
  }
  const seal = (bidder: room.Bidder, price: string) =>
    room.sealFor(it, bidder.organization, room.paperOf(price, '每天中午十一点半前送到家。'))

  test('a question is answered in public, and nobody but its organization can tell who asked', async () => {
    const [asker, depositor, other] = [bidderAt(0), bidderAt(1), bidderAt(2)]
    await room.deposit(it, depositor, await seal(depositor, '30000.00'))
    const body = { question: '周末和节假日是否也要送餐？' }
    expect((await app.call(it.head, questions.askQuestion, { params: params(), body })).status).toBe(403)
    const named = { question: '请回电 13812345678，周末是否也要送餐？' }
    const told = await app.call(asker.administrator, questions.askQuestion, { params: params(), body: named })
    expect(told.problem.fields).toMatchObject([{ path: 'body.question', code: 'text-has-phone' }])
    const { id: question } = await app.ok(asker.administrator, questions.askQuestion, { params: params(), body })
    await app.settle()
    expect(await verbsOf({ app }, it.procurer, it.tender)).toEqual(['answerQuestion'])
    const seen = await tenderOf({ app }, it.procurer, it.tender)
    expect(seen.questions).toMatchObject([{ id: question, words: body.question, mine: false }])
    const timeline = await app.ok(it.procurer, getTimeline, { params: { kind: 'tender', id: it.tender } })
    for (const text of [JSON.stringify(seen), JSON.stringify(timeline)]) {
      expect(text).not.toContain(asker.organization)
      expect(text).not.toContain(asker.administrator.id)
    }
    expect((await tenderOf({ app }, asker.administrator, it.tender)).questions).toMatchObject([{ mine: true }])
    for (const who of [other.administrator, 'nobody'] as const)
      expect((await tenderOf({ app }, who, it.tender)).questions).toEqual([])

    const answer = { params: { id: it.tender, question }, body: { answer: '周末不送，法定节假日照常。' } }
    const elsewhere = await app.person('township-procurer', { division: places.otherTownship })
    expect((await app.call(elsewhere, questions.answerQuestion, answer)).status).toBe(403)
    const phone = { ...answer, body: { answer: '请打 13812345678 咨询。' } }
    expect((await app.call(it.procurer, questions.answerQuestion, phone)).problem.fields).toMatchObject([
      { path: 'body.answer', code: 'text-has-phone' },
    ])
    await app.ok(it.procurer, questions.answerQuestion, answer)
    expect((await app.call(it.procurer, questions.answerQuestion, answer)).problem.code).toBe('already-answered')
    const open = await tenderOf({ app }, 'nobody', it.tender)
    expect(open.questions).toMatchObject([{ number: 1, words: body.question, answer: answer.body.answer, mine: false }])
    expect(JSON.stringify(open)).not.toContain(asker.organization)
    expect(await verbsOf({ app }, it.procurer, it.tender)).toEqual([])
    for (const bidder of [asker, depositor])
      expect(await noticesOf({ app }, bidder.administrator)).toContain('procurement.answered')
    expect(await noticesOf({ app }, other.administrator)).not.toContain('procurement.answered')

    await app.pass(8)
    const late = await app.call(asker.administrator, questions.askQuestion, { params: params(), body })
    expect(late.problem.code).toBe('questions-closed')
    const unknown = {
      params: { id: it.tender, question: `${it.tender.slice(0, 7)}0190f1c0-0000-7000-8000-000000000000` },
      body: answer.body,
    }
    expect((await app.call(it.procurer, questions.answerQuestion, unknown)).status).toBe(404)
  })

  test('after changed terms a sealed bid is replaced or upheld by its bidder, or lapses unopened; nobody’s is judged by terms it did not answer to', async () => {
    const [upholds, replaces, silent] = [bidderAt(0), bidderAt(1), bidderAt(2)]
    const ids: string[] = []
    for (const [index, bidder] of it.bidders.entries())
      ids.push((await room.deposit(it, bidder, await seal(bidder, `${30_000 + index}.00`))).id)
    const before = await tenderOf({ app }, 'nobody', it.tender)
    await app.pass(7)
    const change = {
      reason: '居民要求突出送餐及时',
      criteria: [
        { name: '服务方案', kind: 'panel' as const, weight: 60 },
        { name: '送餐及时', kind: 'panel' as const, weight: 20 },
        { name: '报价', kind: 'price' as const, weight: 20 },
      ],
    }
    const bad = { ...change, criteria: change.criteria.slice(1), lastDay: '2020-01-01' as never }
    expect(
      (await app.call(it.procurer, questions.changeTerms, { params: params(), body: bad })).problem.fields,
    ).toMatchObject([{ path: 'body.criteria', code: 'weights-not-100' }])
    expect((await app.call(it.overseer, questions.changeTerms, { params: params(), body: change })).status).toBe(403)
    await app.ok(it.procurer, questions.changeTerms, { params: params(), body: change })

    const open = await tenderOf({ app }, 'nobody', it.tender)
    expect(open.criteria).toEqual(change.criteria)
    expect(open.deadline && before.deadline && open.deadline > before.deadline).toBe(true)
    expect(open.versions).toMatchObject([
      { number: 1, changed: [], criteria: before.criteria, deadline: before.deadline },
      { number: 2, changed: ['criteria', 'deadline'], binding: true, reason: change.reason, criteria: change.criteria },
    ])
    for (const bidder of it.bidders)
      expect(await noticesOf({ app }, bidder.administrator)).toContain('procurement.termsChanged')
    expect((await room.sealingOf(it, silent.administrator)).mine).toMatchObject({
      state: 'held',
      terms: 1,
      outdated: true,
    })

    const uphold = (terms: number) =>
      app.call(upholds.administrator, questions.confirmBid, { params: params(), body: { terms } })
    expect((await uphold(1)).problem.code).toBe('terms-changed')
    expect((await uphold(2)).status).toBe(200)
    expect((await uphold(2)).problem.code).toBe('bid-stands')
    expect((await room.sealingOf(it, upholds.administrator)).mine).toMatchObject({ terms: 2, outdated: false })
    const { header, content } = await seal(replaces, '29000.00')
    const anew = (terms: number) =>
      app.call(replaces.administrator, sealed.depositBid, { params: params(), body: { header, content, terms } })
    expect((await anew(1)).problem.code).toBe('terms-changed')
    expect((await anew(2)).status).toBe(200)

    await app.pass(12)
    expect((await tenderOf({ app }, 'nobody', it.tender)).state).toBe('closed')
    const { envelopes = [] } = await room.sealingOf(it, it.overseer)
    expect(envelopes.map((each) => each.state)).toEqual(['held', 'held'])
    expect((await room.sealingOf(it, silent.administrator)).mine).toMatchObject({ state: 'lapsed', outdated: false })
    expect(await noticesOf({ app }, silent.administrator)).toContain('procurement.lapsed')
    const gone = await app.call(silent.administrator, sealed.getEnvelope, {
      params: { ...params(), bid: ids[2] ?? '' },
    })
    expect(gone.status).toBe(404)
  })

  test('a new last day alone asks nobody to answer again', async () => {
    const bidder = bidderAt(0)
    await room.deposit(it, bidder, await seal(bidder, '30000.00'))
    const { deadline = '' } = await tenderOf({ app }, 'nobody', it.tender)
    const lastDay = new Date(Date.parse(deadline) + 5 * 86_400_000).toISOString().slice(0, 10) as never
    await app.ok(it.procurer, questions.changeTerms, {
      params: params(),
      body: { reason: '响应单位要求延期', lastDay },
    })
    expect((await room.sealingOf(it, bidder.administrator)).mine).toMatchObject({ state: 'held', outdated: false })
    expect(await noticesOf({ app }, bidder.administrator)).toContain('procurement.deadlineMoved')
    const nothing = { params: params(), body: { reason: '没有改动' } }
    expect((await app.call(it.procurer, questions.changeTerms, nothing)).problem.code).toBe('nothing-changed')
  })

  test('an answer and a change take no more statements than any act, however many are to be told', async () => {
    for (const bidder of it.bidders) {
      await room.deposit(it, bidder, await seal(bidder, '30000.00'))
      await app.ok(bidder.administrator, questions.askQuestion, {
        params: params(),
        body: { question: '周末是否也要送餐？' },
      })
    }
    await app.settle()
    const { statements } = app.parts.platform.database
    const counted = async (work: () => Promise<unknown>): Promise<number> => {
      const sent: string[] = []
      statements.listener = (text) => sent.push(text)
      await work()
      statements.listener = undefined
      await app.settle()
      // Delivery starts with the commit and is not the act's own; one of them reads the session.
      return sent.filter((text) => !/FROM platform\.(outbox|event\s+WHERE)|indicators\.|open_data\./.test(text)).length
    }
    const [question] = (await tenderOf({ app }, it.procurer, it.tender)).questions
    const answer = { params: { id: it.tender, question: question?.id ?? '' }, body: { answer: '周末不送。' } }
    expect(await counted(() => app.ok(it.procurer, questions.answerQuestion, answer))).toBeLessThanOrEqual(9)
    const change = { params: params(), body: { reason: '明确送餐日期', description: '每个工作日为独居老人送午餐。' } }
    expect(await counted(() => app.ok(it.procurer, questions.changeTerms, change))).toBeLessThanOrEqual(9)
  })
})

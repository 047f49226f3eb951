// The public account of a project: what it says, to whom, and that it stays on one page.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Person, places, startApp, type TestApp } from '../../../tests/support/app.ts'
import { textOfPdf } from '../../../tests/support/pdf-text.ts'
import { makeStory, tellerOf, type TestStory } from '../../../tests/support/story.ts'
import { withClient } from '../../../tests/support/template.ts'
import { readContent } from '../../app/demo/content.ts'
import { design, submitDesign } from '../../app/demo/thread-start.ts'
import { drawPdf } from '../../platform/paper/pdf.ts'
import * as needs from '../needs/contract.ts'
import * as contract from './contract/account.ts'
import { accountPaper } from './rules/account-paper.ts'

let app: TestApp
let story: TestStory
const actor = (key: string): Person => {
  const person = story.people.get(key)
  if (person === undefined) throw new Error(`nobody plays ${key}`)
  return person
}
const of = (id: string | undefined) => ({ params: { id: id ?? '' } })
const sheet = (id: string | undefined) => app.server.inject({ url: `/api/threads/projects/${id}/account.pdf` })

beforeAll(async () => {
  app = await startApp()
  story = await makeStory(app)
}, 120_000)
afterAll(() => app.close())

describe('the account of a finished project', () => {
  it('tells from the sentence to the verdict what was asked, decided, paid and found', async () => {
    const account = await app.ok('nobody', contract.getProjectAccount, of(story.thread.project))
    const need = await app.ok('nobody', needs.getNeed, { params: { id: story.thread.needs[0] ?? '' } })
    expect(account.asked).toMatchObject({
      sentences: [{ number: need.number, sentence: need.title, supports: need.supports, outcome: need.verdict?.value }],
      more: 0,
      private: 0,
    })
    expect(account.resolution).toMatchObject({ number: expect.stringMatching(/^议/), for: expect.any(Number) })
    expect(account.approvedAt).toBeDefined()
    expect(account.undertaker).toMatchObject({ name: '测试社会工作服务中心1', bidders: 3 })
    expect(account.contract).toMatchObject({ accepted: account.contract?.milestones })
    expect(account.evaluations.map(({ score, lot }) => [score > 0, lot])).toEqual([[true, undefined]])
    expect(Object.values(account.outcomes).reduce((sum, each) => sum + each, 0)).toBe(1)
    expect(account.outcomes[need.verdict?.value ?? 'waiting']).toBe(1)
    const yuan = (amount: string | undefined) => Number(amount)
    const { money } = account
    expect(yuan(money.paid)).toBeGreaterThan(0)
    expect(yuan(money.paid) + yuan(money.refunded)).toBeCloseTo(yuan(money.encumbered), 2)
    expect(money.payments.reduce((sum, each) => sum + yuan(each.amount), 0)).toBeCloseTo(yuan(money.paid), 2)
    expect(account.published).toEqual([
      expect.objectContaining({ standard: 'ocds', path: expect.stringMatching(/^\/api\/ocds\/records\//) }),
    ])
  })

  it('is the same for everybody: nobody prints more onto the wall than the wall may know', async () => {
    const ask = async (who: Person | 'nobody') => {
      const { asOf: _, ...account } = await app.ok(who, contract.getProjectAccount, of(story.thread.project))
      return account
    }
    const open = await ask('nobody')
    for (const key of ['resident', 'worker', 'settler', 'procurer', 'administrator-0'])
      expect(await ask(actor(key))).toEqual(open)
  })

  it('is one A4 page of text that can be copied, with the way to the thread', async () => {
    const { statusCode, headers, rawPayload } = await sheet(story.thread.project)
    expect([statusCode, headers['content-type']]).toEqual([200, 'application/pdf'])
    expect(rawPayload.toString('latin1')).toContain('/MediaBox [0 0 595.28 841.89]')
    const pages = textOfPdf(rawPayload)
    expect(pages).toHaveLength(1)
    const words = (pages[0] ?? '').replaceAll('\n', '')
    const account = await app.ok('nobody', contract.getProjectAccount, of(story.thread.project))
    for (const part of [
      '社区服务项目公示单',
      account.project.number,
      account.asked.sentences[0]?.sentence.slice(0, 12) ?? '?',
      account.undertaker?.name ?? '?',
      account.contract?.number ?? '?',
      `/projects/${story.thread.project}`,
    ])
      expect(words).toContain(part)
    // Black on white: the only fill beside black is the pale grey of table heads.
    expect(words).not.toMatch(/undefined|NaN|\{\{/)
  })

  it('stays on one page when it is as long as it can be', async () => {
    const account = await app.ok('nobody', contract.getProjectAccount, of(story.thread.project))
    const long = '楼上楼下的邻居都说周末和节假日也想吃上一口热乎的午饭希望能送到家门口来'.repeat(3)
    const [first] = account.asked.sentences
    const payment = { at: account.asOf, amount: '1234567.89' }
    const fullest: typeof account = {
      ...account,
      project: { ...account.project, title: long.slice(0, 100) },
      asked: {
        sentences: Array.from({ length: contract.mostSentences }, () => ({
          supports: 1286,
          outcome: 'unconfirmed' as const,
          number: first?.number,
          sentence: long,
        })),
        more: 12,
        private: 3,
        supports: 9000,
      },
      resolution: account.resolution && { ...account.resolution, title: long },
      money: {
        ...account.money,
        payments: Array.from({ length: contract.mostPayments }, () => payment),
        morePayments: 40,
      },
      page: `https://a-rather-long-name-of-a-server.example.gov.cn/projects/${story.thread.project}`,
    }
    const pages = textOfPdf(await drawPdf(accountPaper(fullest)))
    expect(pages).toHaveLength(1)
    expect(pages[0]?.replaceAll('\n', '')).toContain('另有 12 件公开的需求、3 件不公开的需求。')
  })
})

describe('what the wall may not know', () => {
  it('a private need is counted, its words, number and resident stand nowhere', async () => {
    const project = story.thread.project ?? ''
    const resident = actor('resident')
    const { id } = await app.ok(resident, needs.submitNeed, {
      body: {
        text: '家里的事不想让别人知道，想请社工来谈一谈。',
        category: '1102',
        division: places.community,
        visibility: 'private',
      },
    })
    const { number = '' } = await app.ok(resident, needs.getNeed, { params: { id } })
    // The design takes needs at its beginning only; here one more stands in it, and its link.
    const uuid = (record: string) => record.slice(7)
    await withClient(app.database.ownerUrl, async (client) => {
      const was = await client.query<{ needs: string[] }>('SELECT needs FROM projects.project WHERE id = $1', [
        uuid(project),
      ])
      const all = [...(was.rows[0]?.needs ?? []), id]
      await client.query('UPDATE projects.project SET needs = $2 WHERE id = $1', [uuid(project), all])
    })
    const account = await app.ok('nobody', contract.getProjectAccount, of(project))
    expect(account.asked).toMatchObject({ private: 1, more: 0, sentences: [expect.anything()] })
    expect(account.outcomes.waiting).toBe(1)
    const words = textOfPdf((await sheet(project)).rawPayload)
      .join('')
      .replaceAll('\n', '')
    expect(words).toContain('另有 1 件不公开的需求。')
    for (const secret of ['不想让别人知道', number, id]) {
      expect(number).not.toBe('')
      expect(JSON.stringify(account)).not.toContain(secret)
      expect(words).not.toContain(secret)
    }
    // The one who raised it is not told more by this page either.
    expect(JSON.stringify(await app.ok(resident, contract.getProjectAccount, of(project)))).not.toContain(number)
  })

  it('a design that residents have not seen has no account, not even for who designed it, and an id that is none is not found', async () => {
    const early = await startApp()
    try {
      const { people, cast, thread } = await makeStory(early, 'deliberation')
      const plan = readContent(new URL('../../..', import.meta.url).pathname).projects.find(({ key }) => key === 'p11')
      if (plan === undefined) throw new Error('no plan')
      const id = await design(tellerOf(early, people), cast, thread.needs, thread.motion ?? '', plan, () => {})
      const worker = people.get('worker')
      for (const who of ['nobody', worker ?? 'nobody'] as const)
        expect((await early.call(who, contract.getProjectAccount, of(id))).status).toBe(404)
      expect((await early.server.inject({ url: `/api/threads/projects/${id}/account.pdf` })).statusCode).toBe(404)
      expect((await early.server.inject({ url: '/api/threads/projects/x/account.pdf' })).statusCode).toBe(404)
      await submitDesign(tellerOf(early, people), cast, id, () => {})
      expect(await early.ok('nobody', contract.getProjectAccount, of(id))).toMatchObject({
        project: { id },
        money: { paid: '0.00', payments: [] },
      })
    } finally {
      await early.close()
    }
  }, 60_000)
})

// What changes after it was told, as OCDS has it: amended contracts and tenders, cancelled tenders and those that follow them.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { publishTender } from '../../src/app/demo/thread-middle.ts'
import { readContent } from '../../src/app/demo/content.ts'
import * as openData from '../../src/insight/open-data/contract.ts'
import { catchUp } from '../../src/insight/open-data/reactions.ts'
import * as contracts from '../../src/loop/contracts/contract.ts'
import * as changes from '../../src/loop/contracts/contract/changes.ts'
import * as procurement from '../../src/loop/procurement/contract.ts'
import { cancelTender } from '../../src/loop/procurement/contract/desk.ts'
import { decideObjection, objectToTender } from '../../src/loop/procurement/contract/objections.ts'
import { answerQuestion, askQuestion, changeTerms } from '../../src/loop/procurement/contract/questions.ts'
import { getProject } from '../../src/loop/projects/contract.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { makeStory, tellerOf, type TestStory } from '../support/story.ts'
import { withClient } from '../support/template.ts'
import { json, one, recordOf, tagged } from './ocds-record.ts'

describe('changes', () => {
  let app: TestApp
  let story: TestStory
  const act = () => tellerOf(app, story.people)

  beforeAll(async () => {
    app = await startApp()
    story = await makeStory(app, 'delivering')
  }, 120_000)
  afterAll(() => app?.close())

  it('of a contract are releases of their own that say what they change; an early end is one too', async () => {
    const params = { id: story.thread.contract ?? '' }
    const winner = story.cast.bidders.find((bidder) => bidder.organization === story.organization)
    if (winner === undefined) throw new Error('no winner')
    const before = await recordOf(app, story.thread.tender)
    const view = await app.ok('nobody', contracts.getContract, { params })
    const last = view.milestones.at(-1)
    const end = `${Number(view.end.slice(0, 4)) + 1}${view.end.slice(4)}`
    const growth = '100.50'
    await act().act(winner.administrator, changes.proposeAmendment, {
      params,
      body: {
        words: '因服务对象增加，双方商定增加经费，张三负责联系。',
        growth,
        end: end as never,
        dues: [{ milestone: last?.id ?? '', due: end as never }],
      },
    })
    const proposed = await app.ok(story.people.get('procurer') ?? 'nobody', contracts.getContract, { params })
    await act().act(story.cast.procurer, changes.agreeAmendment, {
      params: { ...params, amendment: proposed.amendments[0]?.id ?? '' },
    })
    await app.settle()
    const amended = await recordOf(app, story.thread.tender)
    expect(json(amended.releases.slice(0, -1))).toEqual(json(before.releases))
    const release = one(tagged(amended, 'contractAmendment'))
    const contract = one(release.contracts ?? [])
    expect(contract.value).toEqual({ amount: Number(view.value) + 100.5, currency: 'CNY' })
    expect(contract.period?.endDate).toBe(`${end}T23:59:59+08:00`)
    expect(one(contract.amendments ?? [])).toMatchObject({
      releaseID: release.id,
      amendsReleaseID: one(tagged(amended, 'contract')).id,
    })
    expect(JSON.stringify(amended)).not.toContain('张三')
    await act().act(story.cast.procurer, changes.terminateContract, {
      params,
      body: { reason: 'agreed', words: '双方协商一致，提前终止。', settlement: '1000.00' as never },
    })
    await app.settle()
    const ended = await recordOf(app, story.thread.tender)
    expect(one(one(tagged(ended, 'contractTermination')).contracts ?? []).status).toBe('terminated')
    const milestones = one(ended.compiledRelease.contracts ?? []).implementation?.milestones ?? []
    expect(milestones.map((each) => each.status)).toEqual(view.milestones.map(() => 'notMet'))
    expect(JSON.stringify(ended)).not.toContain('提前终止')

    // Told afterwards, what the amendment changed is not known for the time before it: it is left out, not made up.
    await withClient(app.database.adminUrl, (client) =>
      client.query('DELETE FROM open_data.release; DELETE FROM open_data.process'),
    )
    await catchUp(app.parts.platform)
    const later = await recordOf(app, story.thread.tender)
    expect(later.releases.map((each) => each.id)).toEqual(ended.releases.map((each) => each.id))
    expect(json(later.compiledRelease)).toEqual(json(ended.compiledRelease))
    const signed = one(one(tagged(later, 'contract')).contracts ?? [])
    expect(signed.value).toEqual({ amount: Number(view.value), currency: 'CNY' })
    expect(signed.period?.endDate).toBeUndefined()
    expect(signed.implementation?.milestones?.map((each) => each.dueDate === undefined)).toEqual(
      view.milestones.map((each) => each.id === last?.id),
    )
  })
})

describe('a tender', () => {
  let app: TestApp
  let story: TestStory
  const content = readContent(new URL('../..', import.meta.url).pathname).projects.find(({ key }) => key === 'p11')
  const publish = async () => {
    if (content === undefined) throw new Error('the demo content lacks its thread')
    const teller = tellerOf(app, story.people)
    const tender = await publishTender(teller, story.cast, story.thread.project ?? '', content, () => {})
    await app.settle()
    return tender
  }

  beforeAll(async () => {
    app = await startApp()
    story = await makeStory(app, 'approved')
  }, 120_000)
  afterAll(() => app?.close())

  it('is not told before it is published, and a private need never', async () => {
    const need = story.thread.needs[0] ?? ''
    await withClient(app.database.adminUrl, (client) =>
      client.query("UPDATE needs.need SET visibility = 'private', texts = NULL, search = NULL"),
    )
    expect((await app.call('nobody', openData.listOcdsRecords)).status).toBe(404)
    const procurer = story.people.get('procurer') ?? 'nobody'
    const planned = await app.ok(procurer, procurement.planTender, {
      body: {
        project: story.thread.project as never,
        description: '请按评审标准编制服务方案。',
        criteria: [{ name: '服务方案', kind: 'panel', weight: 100 }],
      },
    })
    await app.settle()
    expect((await app.call('nobody', openData.getProcess, { params: { id: planned.id } })).status).toBe(404)
    await app.ok(procurer, cancelTender, {
      params: { id: planned.id },
      body: { reason: 'terms-wrong', words: '采购文件需要重写。' },
    })
    await app.settle()
    expect((await app.call('nobody', openData.getProcess, { params: { id: planned.id } })).status).toBe(404)
    const record = await recordOf(app, await publish())
    expect(JSON.stringify(record)).not.toContain(need)
    expect(record.compiledRelease.relatedProcesses).toBeUndefined()
  })

  it('whose deadline moves is amended, one that is called off is cancelled, and the next one names it', async () => {
    const first = story.thread.project ?? ''
    const { tender = '' } = await app.ok('nobody', getProject, {
      params: { id: first },
    })
    const teller = tellerOf(app, story.people)
    const bidder = story.cast.bidders[1]
    if (bidder === undefined) throw new Error('no bidder')
    const params = { id: tender }
    const objected = await teller.act(bidder.administrator, objectToTender, {
      params,
      body: { against: 'terms', argument: '资格条件对小机构不公平，请调整。', asked: '放宽条件' },
    })
    await app.pass(3)
    await teller.act(story.cast.overseer, decideObjection, {
      params: { ...params, objection: objected.id },
      body: { decision: 'rejected', words: '条件合理，予以维持。' },
    })
    await app.settle()
    const amended = await recordOf(app, tender)
    const view = await app.ok('nobody', procurement.getTender, { params })
    const release = one(tagged(amended, 'tenderAmendment'))
    expect(release.tender?.tenderPeriod?.endDate).toBe(view.deadline)
    expect(one(tagged(amended, 'tender')).tender?.tenderPeriod?.endDate).not.toBe(view.deadline)
    expect(one(release.tender?.amendments ?? [])).toMatchObject({
      releaseID: release.id,
      amendsReleaseID: one(tagged(amended, 'tender')).id,
    })
    // A question, its answer and a change of the terms: each a release of its own, and the terms as published stay as they were told.
    const asked = await teller.act(bidder.administrator, askQuestion, {
      params,
      body: { question: '服务场地由谁提供？' },
    })
    const description = '服务场地由社区提供，承接方负责日常管理。'
    await teller.act(story.cast.procurer, answerQuestion, {
      params: { ...params, question: asked.id },
      body: { answer: '由社区提供。' },
    })
    await teller.act(story.cast.procurer, changeTerms, { params, body: { reason: '根据答疑明确场地', description } })
    await app.settle()
    const told = await recordOf(app, tender)
    const clarified = told.releases.find((each) => each.tender?.hasEnquiries)
    expect(clarified?.tag).toEqual(['tenderUpdate'])
    expect(clarified?.tender?.documents?.[0]).toMatchObject({ documentType: 'clarifications' })
    expect(JSON.stringify(told)).not.toContain(bidder.organization)
    const changed = tagged(told, 'tenderAmendment').at(-1)
    expect(changed?.tender).toMatchObject({
      description,
      amendments: [
        {
          rationale: '根据答疑明确场地',
          description: '变更采购文件：采购需求',
          amendsReleaseID: one(tagged(told, 'tender')).id,
        },
      ],
    })
    expect(one(tagged(told, 'tender')).tender?.description).toBe(view.description)
    expect(told.compiledRelease.tender).toMatchObject({ description, hasEnquiries: true })
    await teller.act(story.cast.procurer, cancelTender, {
      params,
      body: { reason: 'project-changed', words: '项目需要重新设计。' },
    })
    await app.settle()
    const cancelled = await recordOf(app, tender)
    expect(one(tagged(cancelled, 'tenderCancellation')).tender).toMatchObject({ status: 'cancelled' })
    expect(cancelled.compiledRelease.tender?.status).toBe('cancelled')
    const next = await recordOf(app, await publish())
    expect(next.ocid).not.toBe(cancelled.ocid)
    expect(next.compiledRelease.relatedProcesses).toMatchObject([
      { relationship: ['unsuccessfulProcess'], scheme: 'ocid', identifier: cancelled.ocid },
    ])
  })

  it('keeps its ocid when the publisher registers a prefix later', async () => {
    const { rows } = await app.ok('nobody', openData.listProcesses)
    const [newest] = rows
    if (newest === undefined) throw new Error('nothing was published')
    expect(rows.map((row) => row.ocid)).toEqual(rows.map((row) => `ocds-000000-${row.tender}`))
    expect(await app.ok('nobody', openData.getPublication)).toMatchObject({ registered: false })
    Object.assign(app.parts.platform, { publication: { ...app.parts.platform.publication, ocidPrefix: 'ocds-a1b2c3' } })
    expect(await app.ok('nobody', openData.getPublication)).toMatchObject({ registered: true })
    await tellerOf(app, story.people).act(story.cast.procurer, cancelTender, {
      params: { id: newest.tender },
      body: { reason: 'project-changed', words: '项目需要重新设计。' },
    })
    await app.settle()
    const old = await recordOf(app, newest.tender)
    expect(one(tagged(old, 'tenderCancellation')).ocid).toBe(newest.ocid)
    const fresh = await publish()
    expect((await recordOf(app, fresh)).ocid).toBe(`ocds-a1b2c3-${fresh}`)
  })
})

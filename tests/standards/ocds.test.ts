// Procurement as the Open Contracting Data Standard has it: every package of a whole thread is held against the official schemas, the merging
// against the official sample, and what is not public is looked for in vain.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readContent } from '../../src/app/demo/content.ts'
import * as openData from '../../src/insight/open-data/contract.ts'
import { catchUp } from '../../src/insight/open-data/reactions.ts'
import { compileReleases, type JsonObject } from '../../src/insight/open-data/rules/merge.ts'
import * as contracts from '../../src/loop/contracts/contract.ts'
import { getNeed } from '../../src/loop/needs/contract.ts'
import * as procurement from '../../src/loop/procurement/contract.ts'
import { getThread } from '../../src/loop/thread/contract.ts'
import { fen, formatYuan } from '../../src/kit/money.ts'
import { places, startApp, type TestApp } from '../support/app.ts'
import { makeStory, type TestStory } from '../support/story.ts'
import { withClient } from '../support/template.ts'
import { faultsOf, type OcdsRecord, type Release, samples } from './ocds-schema.ts'
import { json, one, recordOf, tagged } from './ocds-record.ts'

describe('the official samples', () => {
  it('are valid, and a package with an unknown tag is not', () => {
    for (const sample of samples.packages) expect(faultsOf('release', sample)).toEqual([])
    expect(faultsOf('record', samples.record)).toEqual([])
    const broken = json(samples.packages[0])
    broken.releases[0].tag = ['published']
    expect(faultsOf('release', broken).length).toBeGreaterThan(0)
  })

  it('merge into the official compiled release, in whatever order they come', () => {
    const releases: JsonObject[] = json(samples.packages.flatMap((sample) => sample.releases))
    expect(releases).toHaveLength(6)
    const compiled = json(one(samples.record.records).compiledRelease)
    expect(json(compileReleases(releases))).toEqual(compiled)
    expect(json(compileReleases(releases.toReversed()))).toEqual(compiled)
  })
})

describe('a whole thread', () => {
  let app: TestApp
  let story: TestStory
  let record: OcdsRecord

  beforeAll(async () => {
    app = await startApp()
    story = await makeStory(app)
    record = await recordOf(app, story.thread.tender)
  }, 120_000)
  afterAll(() => app?.close())

  it('is told in releases of the stages that the standard knows, in the order in which they happened', () => {
    const tags = record.releases.map((release) => release.tag.join('+'))
    expect(tags.slice(0, 6)).toEqual([
      'planning',
      'tender',
      'tenderUpdate',
      'award+tenderUpdate',
      'awardUpdate+tenderUpdate',
      'contract',
    ])
    expect(tags[6]).toBe('implementation')
    expect(tags.at(-1)).toBe('contractTermination')
    expect(new Set(tags.slice(7, -1))).toEqual(new Set(['implementationUpdate']))
    const dates = record.releases.map((release) => release.date)
    expect(dates).toEqual(dates.toSorted())
    expect(new Set(record.releases.map((release) => release.id)).size).toBe(record.releases.length)
    for (const release of record.releases) expect(release.ocid).toBe(record.ocid)
  })

  it('plans with the budget, the reasons and ways back to the residents', () => {
    const { planning } = one(tagged(record, 'planning'))
    expect(planning?.rationale.length).toBeGreaterThan(5)
    expect(planning?.budget.amount.currency).toBe('CNY')
    const urls = planning?.documents.map((document) => document.url) ?? []
    expect(urls).toContain(`http://localhost/tenders/${story.thread.tender}`)
    expect(urls).toContain(`http://localhost/motions/${story.thread.motion}`)
    expect(urls).toContain(`http://localhost/needs/${story.thread.needs[0]}`)
  })

  it('tells the terms with the item of the purchase catalogue, and who bid only from the award notice on', async () => {
    const { tender } = one(tagged(record, 'tender'))
    const view = await app.ok('nobody', procurement.getTender, { params: { id: story.thread.tender ?? '' } })
    expect(tender).toMatchObject({ status: 'active', title: view.title, tenderPeriod: { endDate: view.deadline } })
    expect(tender?.value).toEqual({ amount: Number(view.budget), currency: 'CNY' })
    expect(tender?.items?.[0]?.classification).toMatchObject({ scheme: 'x_liandong-purchase-catalogue' })
    const notice = record.releases.findIndex((release) => release.tag.includes('award'))
    for (const release of record.releases.slice(0, notice)) {
      expect(release.parties).toHaveLength(1)
      expect(JSON.stringify(release)).not.toContain('测试社会工作服务中心')
    }
    expect(record.releases[notice]?.tender?.tenderers).toHaveLength(3)
    expect(record.compiledRelease.tender).toMatchObject({ status: 'complete', numberOfTenderers: 3 })
  })

  it('names organizations by their unified social credit code, with all their roles', () => {
    const parties = record.compiledRelease.parties
    const buyer = one(parties.filter((party) => party.roles.includes('buyer')))
    expect(buyer.id).toBe(`division-${places.township}`)
    const suppliers = parties.filter((party) => party.roles.includes('tenderer'))
    for (const { id, identifier } of suppliers) expect(id).toBe(`${identifier?.scheme}-${identifier?.id}`)
    expect(one(suppliers.filter((party) => party.roles.includes('supplier'))).roles).toEqual([
      'tenderer',
      'supplier',
      'payee',
    ])
    // Whoever is referred to stands among the parties of the same release.
    for (const release of record.releases) {
      const known = release.parties.map((party) => party.id)
      const named = [...JSON.stringify(release).matchAll(/"(?:payer|payee|procuringEntity)":\{"id":"([^"]+)"/g)]
      for (const [, id] of named) expect(known).toContain(id)
    }
  })

  it('awards first as a notice, then for good, at the price of the winner', async () => {
    const view = await app.ok('nobody', procurement.getTender, { params: { id: story.thread.tender ?? '' } })
    const notice = one(one(tagged(record, 'award')).awards ?? [])
    expect(notice).toMatchObject({ status: 'pending', value: { amount: Number(view.award?.price), currency: 'CNY' } })
    expect(notice.suppliers?.[0]?.name).toBe(view.award?.organizationName)
    expect(one(tagged(record, 'awardUpdate')).awards).toMatchObject([{ id: notice.id, status: 'active' }])
    expect(one(record.compiledRelease.contracts ?? []).awardID).toBe(notice.id)
  })

  it('follows every milestone until it is met and every payment to the fen', async () => {
    const view = await app.ok('nobody', contracts.getContract, { params: { id: story.thread.contract ?? '' } })
    const contract = one(record.compiledRelease.contracts ?? [])
    expect(contract).toMatchObject({ status: 'terminated', value: { amount: Number(view.value), currency: 'CNY' } })
    const milestones = contract.implementation?.milestones ?? []
    expect(milestones.map((each) => each.title)).toEqual(view.milestones.map((each) => each.title))
    for (const milestone of milestones) expect(milestone).toMatchObject({ status: 'met', type: 'delivery' })
    const transactions = contract.implementation?.transactions ?? []
    expect(transactions.map((each) => each.id).sort()).toEqual([...story.thread.transfers].sort())
    const total = transactions.reduce((all, each) => all + BigInt(Math.round(each.value.amount * 100)), 0n)
    expect(formatYuan(fen(total))).toBe(view.paid)
    // At first all of them are planned.
    const signed = one(one(tagged(record, 'contract')).contracts ?? [])
    expect(signed.implementation?.milestones?.every((each) => each.status === 'scheduled')).toBe(true)
    expect(signed.dateSigned).toBe(one(tagged(record, 'contract')).date)
  })

  it('compiles to what its releases merge to', () => {
    expect(json(record.compiledRelease)).toEqual(json(compileReleases(json(record.releases))))
  })

  it('says nothing of persons, scores, papers and sentences', async () => {
    const all = JSON.stringify(record)
    for (const person of story.people.values()) expect(all).not.toContain(person.id)
    const need = await app.ok('nobody', getNeed, { params: { id: story.thread.needs[0] ?? '' } })
    const content = readContent(new URL('../..', import.meta.url).pathname)
    const project = content.projects.find((candidate) => candidate.key === 'p11')
    const secrets = [
      need.text,
      need.title,
      '测试章程',
      ...(project?.bids.map((bid) => bid.words) ?? []),
      ...(project?.serviceRecords.map((each) => each.words) ?? []),
    ]
    for (const secret of secrets) expect(all).not.toContain(secret)
    const losers = (project?.bids ?? []).slice(1).map((bid) => String(Number(bid.price)))
    for (const price of losers) expect(all).not.toContain(`"amount":${price},`)
    expect(all).not.toMatch(/score|评分结果|rank/i)
  })

  it('gives every release in a package of its own, in pages, and all of it as lines', async () => {
    for (const release of record.releases) {
      const alone = await app.ok('nobody', openData.getOcdsRelease, { params: { release: release.id } })
      expect(faultsOf('release', alone)).toEqual([])
      expect(alone.releases).toEqual([json(release)])
    }
    const seen: string[] = []
    let url: string | undefined = `/api/ocds/releases?division=${places.county}&size=5`
    while (url !== undefined) {
      const page: { releases: Release[]; links?: { next: string } } = (await app.server.inject({ url })).json()
      expect(faultsOf('release', page)).toEqual([])
      seen.push(...page.releases.map((release: Release) => release.id))
      url = page.links?.next.replace('http://localhost', '')
    }
    expect(seen.sort()).toEqual(record.releases.map((release) => release.id).sort())
    for (const list of ['releases', 'records'] as const) {
      const file = await app.server.inject({ url: `/api/ocds/bulk/${list}.jsonl?division=${places.county}` })
      expect(file.headers['content-type']).toContain('application/jsonl')
      const lines = file.body
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line))
      expect(lines).toHaveLength(list === 'records' ? 1 : record.releases.length)
      for (const line of lines) expect(faultsOf(list === 'records' ? 'record' : 'release', line)).toEqual([])
    }
    const records = await app.ok('nobody', openData.listOcdsRecords, { query: { division: places.community } })
    expect(faultsOf('record', records)).toEqual([])
    expect(records.records[0]?.releases[0]).toEqual({
      url: `http://localhost/api/ocds/releases/${record.releases[0]?.id}`,
      date: record.releases[0]?.date,
      tag: ['planning'],
    })
  })

  it('has no empty package: what is not there is not found', async () => {
    for (const url of [
      `/api/ocds/releases?division=${places.otherCounty}`,
      `/api/ocds/records?division=${places.otherCounty}`,
      `/api/ocds/bulk/records.jsonl?division=${places.otherCounty}`,
      `/api/ocds/records/${record.ocid.replace('ocds-000000', 'ocds-abc123')}`,
      `/api/ocds/releases/${record.releases[0]?.id.replace('ocds-000000', 'ocds-abc123')}`,
    ])
      expect([url, (await app.server.inject({ url })).statusCode]).toEqual([url, 404])
    expect((await app.server.inject({ url: '/api/ocds/bulk/records.jsonl?division=nowhere' })).statusCode).toBe(422)
  })

  it('is kept by whoever asked, and asked for again by its tag', async () => {
    const url = `/api/ocds/records/${record.ocid}`
    const first = await app.server.inject({ url })
    expect(first.headers['cache-control']).toBe('public, max-age=60')
    expect(first.headers['access-control-allow-origin']).toBe('*')
    const again = await app.server.inject({ url, headers: { 'if-none-match': String(first.headers['etag']) } })
    expect([again.statusCode, again.body]).toEqual([304, ''])
    const other = await app.server.inject({ url, headers: { 'if-none-match': '"another"' } })
    expect(other.statusCode).toBe(200)
  })

  it('is named in the thread of every record of its line', async () => {
    const params = { kind: 'need', id: story.thread.needs[0] ?? '' }
    const thread = await app.ok('nobody', getThread, { params })
    expect(thread.published).toEqual([
      {
        standard: 'ocds',
        kind: 'tender',
        id: story.thread.tender,
        name: record.ocid,
        path: `/api/ocds/records/${record.ocid}`,
      },
    ])
  })

  it('is written once: the program itself can neither change nor remove a release', async () => {
    for (const statement of ["UPDATE open_data.release SET tags = '{tender}'", 'DELETE FROM open_data.release']) {
      const refused = await withClient(app.database.appUrl, (client) =>
        client.query(statement).then(
          () => 'done',
          (error: { code: string }) => error.code,
        ),
      )
      expect(refused).toBe('42501')
    }
  })

  it('is told afterwards word for word, with the same names, where it happened before anybody listened', async () => {
    await withClient(app.database.adminUrl, (client) =>
      client.query('DELETE FROM open_data.release; DELETE FROM open_data.process'),
    )
    await expect(app.ok('nobody', openData.getProcess, { params: { id: story.thread.tender ?? '' } })).rejects.toThrow(
      '404',
    )
    // Two processes of the server may start the job at the same moment.
    const written = await Promise.all([catchUp(app.parts.platform), catchUp(app.parts.platform)])
    expect(written[0] + written[1]).toBe(record.releases.length)
    expect(json(await recordOf(app, story.thread.tender))).toEqual(json(record))
    expect(await catchUp(app.parts.platform)).toBe(0)
  })
})

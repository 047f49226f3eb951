// Papers and ties of procurement through its endpoints: files of a need and of a tender, and experts who belong to a bidder.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Person, places, startApp, type TestApp } from '../../../tests/support/app.ts'
import { makeStory, type TestStory } from '../../../tests/support/story.ts'
import { demoPaper } from '../../app/demo/thread-middle.ts'
import { type Id, jurisdictionOf } from '../../kit/id.ts'
import { addDays } from '../../kit/instant.ts'
import { granted } from '../../kit/ruling.ts'
import { addStaff, type StaffDuty } from '../../registers/organizations/contract.ts'
import { getNeed, submitNeed } from '../needs/contract.ts'
import * as contract from './contract.ts'

let app: TestApp
let story: TestStory

beforeAll(async () => {
  app = await startApp()
  story = await makeStory(app, 'approved')
}, 120_000)
afterAll(() => app?.close())

function one(key: string): Person {
  const person = story.people.get(key)
  if (person === undefined) throw new Error(`nobody plays ${key}`)
  return person
}

async function upload(who: Person, name: string): Promise<Id<'file'>> {
  const { files, database } = app.parts.platform
  const jurisdiction = jurisdictionOf(places.county)
  return granted(await files.put(database.reader, { jurisdiction, owner: who.id, name, bytes: demoPaper(name) })).id
}

async function readable(who: Person | 'nobody', file: string): Promise<number> {
  const headers = who === 'nobody' ? {} : { cookie: who.cookie }
  return (await app.server.inject({ method: 'GET', url: `/api/files/${file}`, headers })).statusCode
}

const terms = {
  procedure: 'open',
  description: '按项目设计提供服务，并记录每次服务的情况。',
  criteria: [
    { name: '服务方案', kind: 'panel', weight: 80 },
    { name: '报价', kind: 'price', weight: 20 },
  ],
} as const

test('the file of an open need is read by everybody, that of a private one by those whom it concerns', async () => {
  const resident = one('resident')
  const [open, hidden] = [await upload(resident, 'open.pdf'), await upload(resident, 'hidden.pdf')]
  expect(await readable('nobody', open)).toBe(404)
  const body = { text: '楼道里的灯坏了，晚上老人上下楼看不清', category: '0801', division: places.community } as const
  const { id } = await app.ok(resident, submitNeed, { body: { ...body, files: [open] } })
  await app.ok(resident, submitNeed, { body: { ...body, visibility: 'private', files: [hidden] } })
  expect((await app.ok('nobody', getNeed, { params: { id } })).files).toEqual([
    { id: open, name: 'open.pdf', type: 'application/pdf' },
  ])
  expect(await readable('nobody', open)).toBe(200)
  expect([await readable(resident, hidden), await readable(one('worker'), hidden)]).toEqual([200, 200])
  expect([await readable('nobody', hidden), await readable(one('neighbour-0'), hidden)]).toEqual([404, 404])
  const again = await app.call(resident, submitNeed, { body: { ...body, files: [open] } })
  expect(again.problem.code).toBe('file-unknown')
})

test('the paper of a tender is the desk’s until it is published, and everybody’s from then on', async () => {
  const procurer = one('procurer')
  const project = story.thread.project ?? ''
  const paper = await upload(procurer, 'terms.pdf')
  const strange = await upload(one('resident'), 'strange.pdf')
  const refused = await app.call(procurer, contract.planTender, {
    body: { ...terms, criteria: [...terms.criteria], project, files: [strange] },
  })
  expect(refused.problem.code).toBe('file-unknown')
  const { id } = await app.ok(procurer, contract.planTender, {
    body: { ...terms, criteria: [...terms.criteria], project, files: [paper] },
  })
  expect([await readable('nobody', paper), await readable(one('overseer'), paper)]).toEqual([404, 200])
  await app.ok(procurer, contract.publishTender, { params: { id } })
  expect(await readable('nobody', paper)).toBe(200)
  expect((await app.ok('nobody', contract.getTender, { params: { id } })).files.map((file) => file.id)).toEqual([paper])

  // Who sits in a bidder's office is out of the draw, though no assignment or register says so.
  const duty: StaffDuty = 'accountant'
  const tied = one('panelist-0')
  await app.ok(one('administrator-0'), addStaff, {
    params: { id: story.cast.bidders[0]?.organization ?? story.organization },
    body: { person: tied.id, duty },
  })
  const published = await app.ok(procurer, contract.getTender, { params: { id } })
  await app.pass(30)
  for (const [index, bidder] of story.cast.bidders.entries()) {
    await app.ok(procurer, contract.enterBid, {
      params: { id },
      body: {
        organization: bidder.organization,
        price: `${Number(published.budget.replace(/\.\d+$/, '')) - 1000 * (index + 1)}.00`,
        proposal: '按采购要求提供服务',
        receivedAt: addDays(published.publishedAt as Parameters<typeof addDays>[0], 1),
      },
    })
  }
  await app.ok(one('overseer'), contract.confirmOpening, { params: { id } })
  await app.settle()
  const before = app.parts.platform.database.statements.count
  await app.ok(procurer, contract.appointPanel, { params: { id }, body: {} })
  expect(app.parts.platform.database.statements.count - before).toBeLessThanOrEqual(20)
  const { draw } = await app.ok(procurer, contract.getTender, { params: { id } })
  expect(draw?.list).toHaveLength(6)
  expect(draw?.list).not.toContain(tied.id)
})

// A tender with lots for tests: planned on a story's approved project, bid for on paper, opened, scored and awarded over HTTP.
import { addDays, type Instant } from '../../src/kit/instant.ts'
import { type Fen, fen, formatYuan, parseYuan } from '../../src/kit/money.ts'
import { today } from '../../src/kit/plain-date.ts'
import * as contracts from '../../src/loop/contracts/contract.ts'
import * as contract from '../../src/loop/procurement/contract.ts'
import * as desk from '../../src/loop/procurement/contract/desk.ts'
import { getProject } from '../../src/loop/projects/contract.ts'
import type { Person, TestApp } from './app.ts'
import { makeStory, tellerOf, type TestStory } from './story.ts'

export type LotRoom = {
  readonly app: TestApp
  readonly story: TestStory
  readonly project: string
  readonly budget: Fen
  readonly activities: readonly string[]
  who(key: string): Person
}

export async function lotRoom(app: TestApp): Promise<LotRoom> {
  const story = await makeStory(app, 'approved')
  const who = (key: string): Person => {
    const person = story.people.get(key)
    if (person === undefined) throw new Error(`nobody plays ${key}`)
    return person
  }
  const project = story.thread.project ?? ''
  const view = await app.ok(who('procurer'), getProject, { params: { id: project } })
  return {
    ...{ app, story, project, who },
    budget: parseYuan(view.budget) ?? fen(0n),
    activities: view.activities.map((activity) => activity.name),
  }
}

export const lotTerms = {
  procedure: 'consultation' as const,
  description: '为独居老人送餐并开展探访，按片区分包采购。',
  criteria: [
    { name: '服务方案', kind: 'panel' as const, weight: 80 },
    { name: '报价', kind: 'price' as const, weight: 20 },
  ],
}

/** Lots of equal ceilings; what does not divide is the last one's. */
export function equalLots(budget: Fen, count: number) {
  const each = budget / BigInt(count)
  return Array.from({ length: count }, (_, index) => ({
    title: `第${index + 1}片区`,
    description: `第${index + 1}片区的送餐和探访`,
    ceiling: formatYuan(fen(index === count - 1 ? budget - each * BigInt(count - 1) : each)),
  }))
}

export async function publishLots(room: LotRoom, lots: number, lotLimit?: number): Promise<string> {
  const { app, who, project, budget } = room
  const { id } = await app.ok(who('procurer'), contract.planTender, {
    body: { ...lotTerms, project, lots: equalLots(budget, lots), lotLimit },
  })
  await app.ok(who('procurer'), contract.publishTender, { params: { id } })
  return id
}

/** The bidder of this number in the story bids for a lot; `percent` of its ceiling. */
export async function bidForLot(room: LotRoom, tender: string, bidder: number, lot: number | undefined, percent = 90) {
  const { app, who, story } = room
  const view = await app.ok(who('procurer'), contract.getTender, { params: { id: tender } })
  const ceiling = parseYuan(view.lots?.find((each) => each.number === (lot ?? 1))?.ceiling ?? view.budget) ?? fen(0n)
  return app.call(who('procurer'), contract.enterBid, {
    params: { id: tender },
    body: {
      organization: story.cast.bidders[bidder]?.organization ?? '',
      lot,
      price: formatYuan(fen((ceiling * BigInt(percent)) / 100n)),
      proposal: '按片区安排人员',
      receivedAt: addDays(view.publishedAt as Instant, 1),
    },
  })
}

export async function panelOf(room: LotRoom, tender: string): Promise<Person[]> {
  const { panel = [] } = await room.app.ok(room.who('procurer'), contract.getTender, { params: { id: tender } })
  const persons = new Set(panel.flatMap((seat) => (seat.replaced ? [] : [seat.person])))
  return [...room.story.people.values()].filter((person) => persons.has(person.id))
}

/** Everybody of the panel scores every bid of a lot that goes on: the bidder with the lower number is the better one in every lot. */
export async function scoreAll(room: LotRoom, tender: string): Promise<void> {
  const { app, story } = room
  const view = await app.ok(room.who('procurer'), contract.getTender, { params: { id: tender } })
  const goesOn = (lot: number | undefined) => view.lots?.find((each) => each.number === lot)?.failed === undefined
  for (const person of await panelOf(room, tender)) {
    for (const bid of view.bids.filter((each) => each.valid && goesOn(each.lot))) {
      const place = story.cast.bidders.findIndex((bidder) => bidder.organization === bid.organization)
      await app.ok(person, contract.scoreBid, {
        params: { id: tender },
        body: { bid: bid.id, points: [95 - place * 5] },
      })
    }
  }
}

/** Bids for the lots named (bidders by number), opening and panel. */
export async function openLots(room: LotRoom, tender: string, bidders: readonly (readonly number[])[]): Promise<void> {
  const { app, who } = room
  await app.pass(11)
  for (const [index, numbers] of bidders.entries())
    for (const bidder of numbers) {
      const entered = await bidForLot(room, tender, bidder, index + 1)
      if (entered.status !== 200) throw new Error(`no bid: ${JSON.stringify(entered.problem)}`)
    }
  await app.ok(who('overseer'), contract.confirmOpening, { params: { id: tender } })
}

/** Three bidders for every lot that is named with `true`, two for the others; all scored, noticed and confirmed. */
export async function awardedLots(room: LotRoom, enough: readonly boolean[], lotLimit?: number): Promise<string> {
  const tender = await publishLots(room, enough.length, lotLimit)
  await openLots(
    room,
    tender,
    enough.map((all) => (all ? [0, 1, 2] : [0, 1])),
  )
  await awardNow(room, tender)
  return tender
}

/** From the opening to the confirmed award. */
export async function awardNow(room: LotRoom, tender: string): Promise<void> {
  const { app, who } = room
  const params = { id: tender }
  await app.ok(who('procurer'), contract.appointPanel, { params, body: {} })
  await scoreAll(room, tender)
  await app.ok(who('procurer'), contract.proposeAward, { params })
  await app.pass(16)
  await app.ok(who('procurer'), contract.confirmAward, { params })
}

export function failLot(room: LotRoom, tender: string, lot: number) {
  return room.app.call(room.who('procurer'), desk.failLot, {
    params: { id: tender, lot },
    body: { reason: 'winner-withdrew', words: '中标人书面放弃' },
  })
}

/** A draft on the award of a lot, whose undertaker the bidder of this number is. */
export function draftForLot(room: LotRoom, tender: string, lot: number | undefined, bidder: number) {
  const now = room.app.parts.platform.clock.now()
  const day = (days: number) => today(addDays(now, days))
  const milestone = (title: string, share: number, days: number) => ({
    ...{ title, share, due: day(days), needsRecords: false },
    deliverable: '阶段报告',
    criteria: '资料齐全',
  })
  const workers = room.story.cast.bidders[bidder]?.workers ?? []
  return room.app.call(room.who('procurer'), contracts.draftContract, {
    body: {
      tender,
      lot,
      start: day(1),
      end: day(200),
      milestones: [milestone('第一阶段', 6000, 60), milestone('第二阶段', 4000, 150)],
      team: workers.slice(0, 1).map(({ worker }) => ({ worker, duty: 'lead' as const, key: true })),
      dataClause: '只为履行本合同收集必要的个人信息，期满后移交或删除。',
      clauses: '',
    },
  })
}

export async function draftedForLot(
  room: LotRoom,
  tender: string,
  lot: number | undefined,
  bidder: number,
): Promise<string> {
  const answer = await draftForLot(room, tender, lot, bidder)
  if (answer.status !== 200) throw new Error(`no contract: ${JSON.stringify(answer.problem)}`)
  return (answer.body as { id: string }).id
}

/** Sent for signing, and the same paper confirmed by both parties: in force. */
export async function signByBoth(room: LotRoom, contract: string, bidder: number): Promise<void> {
  const { app, who, story } = room
  const params = { id: contract }
  await app.ok(who('procurer'), contracts.sendForSigning, { params })
  const administrator = story.cast.bidders[bidder]?.administrator
  if (administrator === undefined) throw new Error('no such bidder')
  const bytes = Buffer.from(`%PDF-1.7 ${contract}`)
  const paper = await tellerOf(app, story.people).upload(administrator, '合同.pdf', bytes)
  await app.ok(who(administrator.key), contracts.uploadSignedContract, {
    params,
    body: { sha256: paper.sha256, file: paper.id },
  })
  await app.ok(who('procurer'), contracts.uploadSignedContract, { params, body: { sha256: paper.sha256 } })
}

// Venture calls for tests: organizations, experts and residents of one county, and a call told step by step through its endpoints.
import { makeStory, type TestStory } from '../../../tests/support/story.ts'
import { type Person, places, startApp, type TestApp } from '../../../tests/support/app.ts'
import type { WireInputOf } from '../../kit/endpoint.ts'
import type { Id } from '../../kit/id.ts'
import { addDays, type PlainDate, today } from '../../kit/plain-date.ts'
import { acceptNeed } from '../needs/contract/desk.ts'
import { submitNeed } from '../needs/contract.ts'
import { addPurchaseItem } from '../projects/contract/purchase.ts'
import * as contract from './contract.ts'
import * as judging from './contract/judging.ts'
import * as proposals from './contract/proposals.ts'

type CallBody = WireInputOf<typeof contract.planCall>['body']
type ProposalBody = WireInputOf<typeof proposals.draftProposal>['body']

export type VentureWorld = {
  readonly app: TestApp
  readonly story: TestStory
  who(key: string): Person
  /** A date so many days ahead of today. */
  day(ahead: number): PlainDate
  callBody(more?: Partial<CallBody>): CallBody
  proposalBody(side: number, needs: readonly string[], more?: Partial<ProposalBody>): ProposalBody
  organization(side: number): Id<'organization'>
  administrator(side: number): Person
  /** An accepted public need of the community. */
  need(): Promise<string>
  openCall(more?: Partial<CallBody>): Promise<string>
  /** A submitted proposal of one of the three organizations. */
  submitted(call: string, side: number, more?: Partial<ProposalBody>): Promise<string>
  /** A call whose vote is open, with one admitted proposal of each organization named. */
  voting(sides: readonly number[], more?: Partial<CallBody>): Promise<{ call: string; proposals: string[] }>
  /** On to the panel, with its members. */
  drawn(call: string): Promise<Person[]>
  /** Every member of the panel gives each proposal the same points for all criteria. */
  scored(call: string, points: Readonly<Record<string, number>>): Promise<void>
}

export async function startVentureWorld(): Promise<VentureWorld> {
  const app = await startApp()
  const story = await makeStory(app, 'raised')
  const who = (key: string): Person => {
    const person = story.people.get(key)
    if (person === undefined) throw new Error(`nobody plays ${key}`)
    return person
  }
  await app.call(who('finance'), addPurchaseItem, { params: { code: 'F01' }, body: { division: places.county } })
  const world: VentureWorld = {
    app,
    story,
    who,
    day: (ahead) => addDays(today(app.parts.platform.clock.now()), ahead),
    callBody: (more = {}) => ({
      title: '社区为老服务公益创投',
      theme: '征集由社会组织自主设计的为老服务项目，回应居民提出的需求。',
      division: places.township,
      places: [places.community],
      categories: ['01'],
      ceiling: '50000.00',
      total: '80000.00',
      source: 'fiscal-transfer',
      purchaseItem: 'F01',
      criteria: [
        { name: '需求针对性', weight: 60 },
        { name: '方案可行性', weight: 40 },
      ],
      voteWeight: 40,
      panelWeight: 60,
      proposalsUntil: world.day(21),
      voteUntil: world.day(35),
      scoreUntil: world.day(45),
      ...more,
    }),
    proposalBody: (side, needs, more = {}) => ({
      title: `邻里互助助餐项目${side}`,
      division: places.community,
      targetGroup: '社区独居老人',
      goals: '由邻里志愿者结对，为独居老人送餐并陪伴。',
      needs: [...needs],
      activities: [{ name: '结对送餐', times: 100 }],
      results: [{ kind: 'output', indicator: '服务人次', target: 1000, unit: '人次' }],
      start: world.day(60),
      end: world.day(360),
      budgetLines: [{ item: '送餐补贴', quantity: 1000, unit: '份', unitPrice: '30.00', amount: '30000.00' }],
      asked: '30000.00',
      partners: [],
      strengths: '本机构在社区开展为老服务五年，有专职社工三名。',
      organization: world.organization(side),
      ...more,
    }),
    organization(side) {
      const bidder = story.cast.bidders[side]
      if (bidder === undefined) throw new Error('no such organization')
      return bidder.organization as Id<'organization'>
    },
    administrator: (side) => who(`administrator-${side}`),
    async need() {
      const { id } = await app.ok(who('resident'), submitNeed, {
        body: { text: '楼里几位独居老人吃饭不方便，希望有人送餐。', category: '0102', division: places.community },
      })
      await app.ok(who('head'), acceptNeed, { params: { id }, body: { category: '0102', routeHint: 'project' } })
      return id
    },
    async openCall(more) {
      const { id } = await app.ok(who('procurer'), contract.planCall, { body: world.callBody(more) })
      await app.ok(who('procurer'), contract.openCall, { params: { id } })
      return id
    },
    async submitted(call, side, more) {
      const body = world.proposalBody(side, more?.needs ?? [await world.need()], more)
      const { id } = await app.ok(world.administrator(side), proposals.draftProposal, { params: { id: call }, body })
      await app.ok(world.administrator(side), proposals.submitProposal, { params: { id } })
      return id
    },
    async voting(sides, more) {
      const call = await world.openCall(more)
      const ids: string[] = []
      for (const side of sides) ids.push(await world.submitted(call, side))
      await app.pass(22)
      for (const id of ids) await app.ok(who('procurer'), proposals.admitProposal, { params: { id } })
      const { voteUntil, scoreUntil } = await app.ok('nobody', contract.getCall, { params: { id: call } })
      await app.ok(who('procurer'), contract.startVote, { params: { id: call }, body: { voteUntil, scoreUntil } })
      return { call, proposals: ids }
    },
    async drawn(call) {
      await app.pass(15)
      await app.ok(who('procurer'), contract.appointPanel, { params: { id: call } })
      const seats = await Promise.all(
        Array.from({ length: 7 }, async (_none, seat) => {
          const person = who(`panelist-${seat}`)
          const { onPanel } = await app.ok(person, contract.getCall, { params: { id: call } })
          return onPanel ? [person] : []
        }),
      )
      return seats.flat()
    },
    async scored(call, points) {
      for (const panelist of await world.drawn(call)) {
        for (const [id, given] of Object.entries(points))
          await app.ok(panelist, judging.scoreProposal, { params: { id }, body: { points: [given, given] } })
      }
    },
  }
  return world
}

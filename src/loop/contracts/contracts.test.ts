// Contracts through their endpoints, on one thread that is left before the township signs: signature, money, milestones, amendment, end.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Person, places, startApp, type TestApp } from '../../../tests/support/app.ts'
import { makeStory, type TestStory } from '../../../tests/support/story.ts'
import { openSession } from '../../foundation/identity/public.ts'
import { granted } from '../../kit/ruling.ts'
import { systemAct } from '../../platform/action.ts'
import * as funds from '../../registers/funds/contract.ts'
import { moneyOf } from '../../registers/funds/public.ts'
import * as delivery from '../delivery/contract.ts'
import * as needs from '../needs/contract.ts'
import * as procurement from '../procurement/contract.ts'
import * as projects from '../projects/contract.ts'
import * as contract from './contract.ts'
import * as changes from './contract/changes.ts'

let app: TestApp
let story: TestStory
let id = ''
let side = 0

const who = (key: string): Person => {
  const person = story.people.get(key)
  if (person === undefined) throw new Error(`nobody plays ${key}`)
  return person
}
const params = () => ({ id })
const view = (person: Person | 'nobody' = who('procurer')) => app.ok(person, contract.getContract, { params: params() })
const milestone = async (index: number) => {
  const found = (await view()).milestones[index]
  if (found === undefined) throw new Error('no such milestone')
  return found
}
const ofMilestone = async (index: number) => ({ id, milestone: (await milestone(index)).id })
const undertaker = () => who(`administrator-${side}`)
const worker = (seat: number) => who(`worker-${side}-${seat}`)

/** One hour of service that ended just now. */
async function serve(person: Person): Promise<void> {
  await app.pass(1)
  const plan = await app.ok(person, delivery.getDelivery, { params: params() })
  const now = Date.parse(app.parts.platform.clock.now())
  await app.ok(person, delivery.fileServiceRecord, {
    body: {
      contract: id,
      activity: plan.activities[0]?.id ?? '',
      from: new Date(now - 3_600_000).toISOString(),
      until: new Date(now - 60_000).toISOString(),
      place: '社区活动室',
      attendance: 20,
      newcomers: 5,
      words: '开展了服务。',
    },
  })
}

beforeAll(async () => {
  app = await startApp()
  story = await makeStory(app, 'signing')
  id = story.thread.contract ?? ''
  side = story.cast.bidders.findIndex((bidder) => bidder.organization === story.organization)
  const { organization } = await view()
  side = story.cast.bidders.findIndex((bidder) => bidder.organization === organization)
})
afterAll(() => app?.close())

describe('before both have signed', () => {
  test('a draft is for its parties; the public, residents and losing bidders do not know of it', async () => {
    expect((await view(undertaker())).state).toBe('signing')
    const loser = who(`administrator-${(side + 1) % 3}`)
    for (const stranger of ['nobody' as const, who('resident'), loser]) {
      expect((await app.call(stranger, contract.getContract, { params: params() })).status).toBe(404)
    }
    expect((await app.ok(undertaker(), contract.listContracts, { query: {} })).rows.map((row) => row.id)).toEqual([id])
    expect((await app.ok(loser, contract.listContracts, { query: {} })).rows).toEqual([])
  })

  test('a second contract on one award is refused, and terms that do not add up are named', async () => {
    const drafted = await view()
    const body = {
      tender: drafted.tender,
      start: drafted.start,
      end: drafted.end,
      dataClause: drafted.dataClause,
      team: drafted.team.map(({ worker: member, duty, key }) => ({ worker: member, duty, key })),
      milestones: drafted.milestones.map(({ title, deliverable, criteria, due, share }) => ({
        title,
        deliverable,
        criteria,
        due,
        share,
      })),
    }
    expect((await app.call(who('procurer'), contract.draftContract, { body })).problem.code).toBe('contract-exists')
    const wrong = await app.call(who('procurer'), contract.draftContract, {
      body: { ...body, milestones: body.milestones.map((each) => ({ ...each, share: 1000 })) },
    })
    expect([wrong.status, wrong.problem.fields?.map((field) => field.code)]).toEqual([
      422,
      ['shares-not-whole', 'last-share-too-small'],
    ])
    expect(
      (
        await app.call(who('procurer'), contract.draftContract, {
          body: { ...body, tender: `320505-${crypto.randomUUID()}` },
        })
      ).problem.code,
    ).toBe('not-awarded')
  })

  test('the township confirms the very paper of the undertaker, with a fresh second factor', async () => {
    const paper = (await view()).signatures[0]
    expect(paper).toMatchObject({ party: 'organization', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) })
    const sha256 = paper?.sha256 ?? ''
    const changed = await app.call(who('procurer'), contract.uploadSignedContract, {
      params: params(),
      body: { sha256: 'f'.repeat(64) },
    })
    expect(changed.problem.fields?.map((field) => field.code)).toEqual(['paper-differs'])
    const token = granted(
      await systemAct(app.parts.platform, 'test.session', (act) =>
        openSession(act, who('procurer').id, { device: 'test' }),
      ),
    )
    const stale = await app.call(
      { ...who('procurer'), cookie: `liandong_session=${token}` },
      contract.uploadSignedContract,
      { params: params(), body: { sha256 } },
    )
    expect([stale.status, stale.problem.code]).toEqual([403, 'second-factor-needed'])
    expect(
      (await app.call(who('resident'), contract.uploadSignedContract, { params: params(), body: { sha256 } })).status,
    ).toBe(403)
  })
})

describe('in force', () => {
  test('both signed: value set aside, tender and project carried on, in one step', async () => {
    const sha256 = (await view()).signatures[0]?.sha256 ?? ''
    expect(
      await app.ok(who('procurer'), contract.uploadSignedContract, { params: params(), body: { sha256 } }),
    ).toMatchObject({ state: 'active' })
    const now = await view()
    expect(now).toMatchObject({ state: 'active', encumbered: now.value, paid: '0.00' })
    expect((await app.ok('nobody', projects.getProject, { params: { id: now.project.id } })).state).toBe('contracted')
    expect((await app.ok('nobody', procurement.getTender, { params: { id: now.tender ?? '' } })).state).toBe(
      'contracted',
    )
    expect(
      (await app.call(who('procurer'), contract.uploadSignedContract, { params: params(), body: { sha256 } })).status,
    ).toBe(409)
  })

  test('everybody reads what was agreed; papers, people and reasons only the parties', async () => {
    const open = await view('nobody')
    expect(open).toMatchObject({ state: 'active', team: [], amendments: [], breaches: [] })
    expect(open.signatures.map((signature) => [signature.file, signature.by])).toEqual([
      [undefined, undefined],
      [undefined, undefined],
    ])
    const file = (await view()).signatures.find((signature) => signature.file !== undefined)?.file ?? ''
    const read = (person?: Person) =>
      app.server.inject({
        method: 'GET',
        url: `/api/files/${file}`,
        headers: person === undefined ? {} : { cookie: person.cookie },
      })
    expect((await read(who('procurer'))).statusCode).toBe(200)
    for (const stranger of [undefined, who('resident'), who(`administrator-${(side + 1) % 3}`)])
      expect((await read(stranger)).statusCode).toBe(404)
  })

  test('a milestone is not reported before work has begun and been recorded', async () => {
    const first = { params: await ofMilestone(0), body: { words: '全部完成了' } }
    expect((await app.call(undertaker(), contract.reportMilestone, first)).problem.code).toBe('delivery-not-started')
    const worked = async (person: Person) =>
      (await app.ok(person, contract.listContracts, { query: { mine: 'yes' } })).rows.map((row) => row.id)
    expect(await worked(worker(0))).toEqual([])
    await app.ok(undertaker(), delivery.startDelivery, {
      params: params(),
      body: { activities: [{ name: '分类讲解', kind: 'activity', planned: 10 }] },
    })
    // From now on the team finds it among the contracts that it works on; who is not of the team does not.
    expect([await worked(worker(0)), await worked(undertaker())]).toEqual([[id], []])
    expect((await app.call(undertaker(), contract.reportMilestone, first)).problem.code).toBe('no-service-records')
    await serve(worker(0))
    expect((await app.call(who('head'), contract.reportMilestone, first)).status).toBe(403)
    await app.ok(undertaker(), contract.reportMilestone, first)
    expect(await milestone(0)).toMatchObject({ state: 'reported', evidence: { serviceRecords: 1, attendance: 20 } })
  })

  test('sent back, reported anew, and accepted by the head together with a resident of the need', async () => {
    const first = await ofMilestone(0)
    await app.ok(who('head'), contract.returnMilestone, { params: first, body: { words: '请补充居民反馈' } })
    await app.ok(undertaker(), contract.reportMilestone, { params: first, body: { words: '已补充反馈' } })
    await app.ok(who('head'), contract.acceptMilestone, { params: first })
    expect((await milestone(0)).state).toBe('reported')
    const outsider = await app.person('resident', { division: places.otherCommunity })
    expect((await app.call(outsider, contract.confirmMilestoneAsResident, { params: first, body: {} })).status).toBe(
      403,
    )
    await app.ok(who('resident'), contract.confirmMilestoneAsResident, { params: first, body: {} })
    expect((await milestone(0)).state).toBe('payable')
  })

  test('who accepted does not pay; the settler proposes, another person approves, and the milestone is paid', async () => {
    const first = await ofMilestone(0)
    expect((await app.call(who('head'), contract.payMilestone, { params: first })).status).toBe(403)
    await app.ok(who('settler'), contract.payMilestone, { params: first })
    expect((await app.call(who('settler-2'), contract.payMilestone, { params: first })).problem.code).toBe(
      'payment-exists',
    )
    const transfer = (await milestone(0)).transfer ?? ''
    await app.ok(who('settler-2'), funds.refuseTransfer, { params: { id: transfer }, body: { reason: '附件不全' } })
    await app.settle()
    const refused = await milestone(0)
    expect([refused.state, refused.transfer]).toEqual(['payable', undefined])
    await app.ok(who('settler'), contract.payMilestone, { params: first })
    const again = (await milestone(0)).transfer ?? ''
    expect((await app.call(who('settler'), funds.approveTransfer, { params: { id: again } })).status).toBe(403)
    await app.ok(who('settler-2'), funds.approveTransfer, { params: { id: again } })
    await app.settle()
    const paid = await milestone(0)
    expect(paid.state).toBe('paid')
    expect((await view()).paid).toBe(paid.amount)
  })

  test('two who act at once: one wins, the other learns what is possible', async () => {
    await serve(worker(1))
    const second = { params: await ofMilestone(1), body: { words: '第二阶段完成' } }
    const answers = await Promise.all([
      app.call(undertaker(), contract.reportMilestone, second),
      app.call(worker(1), contract.reportMilestone, second),
    ])
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409])
    const lost = answers.find((answer) => answer.status === 409)
    expect(lost?.problem).toMatchObject({
      code: 'not-in-this-state',
      possible: expect.arrayContaining(['acceptMilestone']),
    })
  })

  test('an amendment: proposed by one, agreed by the other, its growth set aside and the last milestone larger', async () => {
    const before = await view()
    const tooMuch = await app.call(undertaker(), changes.proposeAmendment, {
      params: params(),
      body: { words: '增加服务', growth: before.value },
    })
    expect(tooMuch.problem.fields?.map((field) => field.code)).toEqual(['growth-too-large'])
    await app.ok(undertaker(), changes.proposeAmendment, {
      params: params(),
      body: { words: '增加两次活动', growth: '1000.00' },
    })
    const amendment = (await view()).amendments[0]?.id ?? ''
    expect((await app.call(undertaker(), changes.agreeAmendment, { params: { id, amendment } })).problem.code).toBe(
      'own-proposal',
    )
    await app.ok(who('procurer'), changes.agreeAmendment, { params: { id, amendment } })
    const after = await view()
    expect(Number(after.value) - Number(before.value)).toBe(1000)
    expect(after.encumbered).toBe(after.value)
    expect(after.milestones.reduce((total, each) => total + Math.round(Number(each.amount) * 100), 0)).toBe(
      Math.round(Number(after.value) * 100),
    )
  })

  test('a breach stands on record with its side', async () => {
    await app.ok(who('head'), changes.recordBreach, {
      params: params(),
      body: { kind: 'late', words: '第二阶段活动推迟两周' },
    })
    expect((await view()).breaches).toMatchObject([{ by: 'organization', kind: 'late' }])
    expect(
      (
        await app.call(who(`administrator-${(side + 1) % 3}`), changes.recordBreach, {
          params: params(),
          body: { kind: 'late', words: '与我无关' },
        })
      ).status,
    ).toBe(403)
  })
})

describe('ended before its time', () => {
  test('the settlement stays payable, the rest goes back to its source, the need waits for another answer', async () => {
    const before = await view()
    const wrong = await app.call(who('procurer'), changes.terminateContract, {
      params: params(),
      body: { reason: 'agreed', words: '双方协商终止', settlement: before.value },
    })
    expect(wrong.problem.fields?.map((field) => field.code)).toEqual(['settlement-too-large'])
    await app.ok(who('procurer'), changes.terminateContract, {
      params: params(),
      body: { reason: 'agreed', words: '双方协商终止', settlement: '5000.00' },
    })
    const ended = await view()
    expect(ended).toMatchObject({ state: 'terminated', termination: { settlement: '5000.00' } })
    expect(ended.milestones.map((each) => each.state)).toEqual(['paid', 'cancelled', 'cancelled', 'payable'])
    const held = await moneyOf(app.parts.platform.database.reader, [{ kind: 'contract', id }])
    expect(held.encumbered - held.paid - held.refunded).toBe(5000_00n)
    expect((await app.ok('nobody', projects.getProject, { params: { id: ended.project.id } })).state).toBe('terminated')
    expect((await app.ok(who('resident'), needs.getNeed, { params: { id: story.thread.needs[0] ?? '' } })).state).toBe(
      'accepted',
    )
    expect(await app.ok(who('finance'), funds.booksBalance)).toMatchObject({ balanced: true, total: '0.00' })
  })

  test('the settlement is paid by two like any milestone, and nothing is left over', async () => {
    const last = await ofMilestone(3)
    await app.ok(who('settler'), contract.payMilestone, { params: last })
    await app.ok(who('settler-2'), funds.approveTransfer, { params: { id: (await milestone(3)).transfer ?? '' } })
    await app.settle()
    expect((await milestone(3)).state).toBe('paid')
    const held = await moneyOf(app.parts.platform.database.reader, [{ kind: 'contract', id }])
    expect(held.encumbered - held.paid - held.refunded).toBe(0n)
  })
})

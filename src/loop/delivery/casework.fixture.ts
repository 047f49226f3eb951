// A contract on which work goes on, its team with a supervisor, and cases that are carried to a stage: for the tests of casework and groups.
import type { Logger } from 'pino'
import { type Person, places, startApp, type TestApp } from '../../../tests/support/app.ts'
import { makeStory, type TestStory } from '../../../tests/support/story.ts'
import { addMinutes, type Instant } from '../../kit/instant.ts'
import type { PlainDate } from '../../kit/plain-date.ts'
import { today } from '../../kit/plain-date.ts'
import * as contracts from '../contracts/contract.ts'
import type { CaseState } from './contract/cases.ts'
import * as cases from './contract/cases.ts'
import * as stages from './contract/case-stages.ts'
import { getDelivery } from './contract.ts'

export type Casework = {
  readonly app: TestApp
  readonly story: TestStory
  readonly contract: string
  readonly activity: string
  readonly organization: Person['id']
  /** Of the contract's team. */
  readonly worker: Person
  readonly colleague: Person
  readonly supervisor: Person
  readonly director: Person
  /** County civil affairs: opens cases in an emergency. */
  readonly officer: Person
  readonly resident: Person
  who(key: string): Person
  /** The ids of the team's workers in the register, by seat. */
  workerId(seat: number): string
  day(): PlainDate
  at(minutes: number): Instant
  open(more?: Record<string, unknown>, by?: Person): Promise<string>
  /** A new case in this state; with consent from assessment on, of the guardian for a child. */
  caseIn(state: CaseState, more?: Record<string, unknown>): Promise<string>
}

export const texts = {
  problem: '独居老人秋芸子夜里常感胸闷，女儿远嫁，希望有人陪她看病。',
  basis: '本人愿意接受服务，问题适合个案处理。',
  situation: '七十九岁，住五楼没有电梯，退休金按月到账。',
  needs: '需要定期陪诊，也需要与女儿恢复联系。',
  strengths: '识字，会用手机，楼下邻居愿意帮忙。',
  goal: '每月按时复诊一次',
  measures: '社工每两周上门一次，联系家庭医生。',
  process: '谈到女儿时落泪，说三年没有通过电话。',
  outcome: '三个月内复诊三次，与女儿恢复通话。',
} as const

/** Starts the program and tells one story as far as the work on its contract. */
export async function startCasework(given: { readonly log?: Logger } = {}): Promise<Casework> {
  const app = await startApp(given)
  const story = await makeStory(app, 'delivering')
  const contract = story.thread.contract ?? ''
  const { organization } = await app.ok('nobody', contracts.getContract, { params: { id: contract } })
  const side = story.cast.bidders.findIndex((bidder) => bidder.organization === organization)
  await app.pass(5)
  const who = (key: string): Person => {
    const person = story.people.get(key)
    if (person === undefined) throw new Error(`nobody plays ${key}`)
    return person
  }
  const worker = who(`worker-${side}-0`)
  const supervisor = await app.person('social-work-supervisor', {
    division: places.county,
    organization: organization as never,
    name: '卫督导',
  })
  const activity = (await app.ok(worker, getDelivery, { params: { id: contract } })).activities[0]?.id ?? ''
  const at = (minutes: number) => addMinutes(app.parts.platform.clock.now(), minutes)
  const day = () => today(app.parts.platform.clock.now())
  let opened = 0
  const children = new Set<string>()

  const open: Casework['open'] = async (more = {}, by = worker) => {
    opened += 1
    const body = {
      contract,
      supervisor: supervisor.id,
      fullName: `秋芸子${opened}`,
      phone: `135${String(10_000_000 + opened)}`,
      topic: 'elder-care',
      source: 'outreach',
      problem: texts.problem,
      ...more,
    }
    return (await app.ok(by, cases.openCase, { body } as never)).id
  }

  const steps: readonly (readonly [CaseState, (params: { id: string }) => Promise<unknown>])[] = [
    [
      'assessment',
      async (params) => {
        const consent = children.has(params.id)
          ? { form: 'written', givenBy: 'guardian', guardian: '秋大山', givenOn: day() }
          : { form: 'written', givenBy: 'self', givenOn: day() }
        await app.ok(worker, stages.recordConsent, { params, body: consent } as never)
        await app.ok(worker, stages.acceptCase, { params, body: { basis: texts.basis } } as never)
      },
    ],
    [
      'plan',
      (params) => {
        const { situation, needs, strengths } = texts
        const body = { situation, needs, strengths, risk: 'medium' }
        return app.ok(worker, stages.assessCase, { params, body } as never)
      },
    ],
    [
      'intervention',
      async (params) => {
        const body = { goals: [texts.goal], measures: texts.measures, agreed: true }
        await app.ok(worker, stages.planCase, { params, body } as never)
        await app.ok(supervisor, stages.approveCase, { params, body: {} } as never)
      },
    ],
    [
      'evaluation',
      async (params) => {
        // An hour of its own for each session: nobody's hour counts twice.
        await app.pass(1)
        const body = { activity, kind: 'home-visit', from: at(-90), until: at(-30), process: texts.process }
        await app.ok(worker, stages.recordCaseSession, { params, body } as never)
        await app.ok(worker, stages.beginCaseEvaluation, { params } as never)
      },
    ],
    [
      'closed',
      async (params) => {
        const body = { results: [{ result: 'met', grounds: '三次都有病历。' }], outcome: texts.outcome }
        await app.ok(worker, stages.evaluateCase, { params, body } as never)
        await app.ok(supervisor, stages.approveCase, { params, body: {} } as never)
      },
    ],
  ]

  return {
    app,
    story,
    contract,
    activity,
    organization: organization as never,
    worker,
    colleague: who(`worker-${side}-1`),
    supervisor,
    director: who(`administrator-${side}`),
    officer: who('civil-affairs'),
    resident: who('resident'),
    who,
    workerId: (seat) => story.cast.bidders[side]?.workers[seat]?.worker ?? '',
    day,
    at,
    open,
    async caseIn(state, more = {}) {
      const id = await open(more)
      if (more['underFourteen'] === true) children.add(id)
      if (state === 'intake') return id
      const last = state === 'transferred' ? 'assessment' : state
      for (const [reached, step] of steps) {
        await step({ id })
        if (reached === last) break
      }
      if (state === 'transferred') {
        const body = { to: 'hospital', receiver: '区人民医院社工部', handover: '转交病史摘要。', agreed: true }
        await app.ok(worker, stages.transferCase, { params: { id }, body } as never)
      }
      return id
    },
  }
}

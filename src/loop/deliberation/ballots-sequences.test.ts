// Secret ballots over random sequences of acts: the freeze holds, a ballot once cast stays, nobody votes twice; and what a voter's two acts cost.
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Person, startApp, type TestApp } from '../../../tests/support/app.ts'
import { makeVoter } from '../../../tests/support/voter.ts'
import { openVoteIn } from '../../../tests/support/votes.ts'
import { addDays, today } from '../../kit/plain-date.ts'
import * as ballots from './contract/ballots.ts'
import { deliberationJobs } from './reactions.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app?.close())

type Step = {
  readonly do: 'change' | 'ask' | 'ask-anew' | 'cast' | 'mix'
  readonly who: number
  readonly choice: ballots.Choice
}
const steps = fc.array(
  fc.record<Step>({
    do: fc.constantFrom('change', 'ask', 'ask-anew', 'cast', 'cast', 'mix'),
    who: fc.nat(2),
    choice: fc.constantFrom(...ballots.choices),
  }),
  { minLength: 6, maxLength: 14 },
)

/** Plays one sequence against the program and a model beside it. */
async function play(people: readonly Person[], sequence: readonly Step[]): Promise<void> {
  const { motion, vote, key, worker } = await openVoteIn(app, { eligible: 3 })
  const params = { id: vote }
  const held = new Map<number, (choice: ballots.Choice) => ReturnType<ReturnType<typeof makeVoter>['ballot']>>()
  const said = new Map<number, ballots.Choice>()
  let quorum = 50
  for (const [at, step] of sequence.entries()) {
    const who = people[step.who]
    if (who === undefined) throw new Error('nobody')
    const ballot = held.get(step.who)
    if (step.do === 'change') {
      const until = addDays(today(app.parts.platform.clock.now()), 5)
      const answer = await app.call(worker, ballots.changeVote, {
        params: { id: motion },
        body: { question: '改了问题，您同意吗？', eligible: 3, until, quorum: 51 + at },
      })
      expect(answer.status).toBe(held.size === 0 ? 200 : 409)
      if (answer.status === 200) quorum = 51 + at
    } else if (step.do === 'ask' && ballot === undefined) {
      const voter = makeVoter(vote, key)
      const answer = await app.ok(who, ballots.issueBallot, { params, body: { blinded: voter.blinded } })
      const signature = voter.finish(answer.signature ?? '')
      held.set(step.who, (choice) => voter.ballot(signature, choice))
    } else if (step.do === 'ask-anew' && ballot !== undefined) {
      const body = { blinded: makeVoter(vote, key).blinded }
      expect((await app.call(who, ballots.issueBallot, { params, body })).status).toBe(409)
    } else if (step.do === 'mix') for (const job of deliberationJobs) await job.run(app.parts.platform)
    else if (step.do === 'cast' && ballot !== undefined) {
      const answer = await app.call('nobody', ballots.castBallot, { params, body: ballot(step.choice) })
      const before = said.get(step.who)
      expect(answer.status).toBe(before === undefined || before === step.choice ? 200 : 409)
      said.set(step.who, before ?? step.choice)
    }
  }
  await app.pass(20)
  const view = await app.ok('nobody', ballots.getVote, { params })
  const of = (choice: ballots.Choice) => [...said.values()].filter((each) => each === choice).length
  expect(view.quorumPercent).toBe(quorum)
  expect(view.tally).toEqual({
    issued: held.size,
    papers: 0,
    cast: said.size,
    counted: said.size,
    for: of('for'),
    against: of('against'),
    abstain: of('abstain'),
  })
}

test('no sequence of acts changes the rules after the freeze, a ballot once cast, or lets anybody vote twice', async () => {
  const people = [await app.person(), await app.person(), await app.person()]
  await fc.assert(
    fc.asyncProperty(steps, (sequence) => play(people, sequence)),
    { numRuns: 8 },
  )
}, 120_000)

test('taking a token sends at most eight statements, casting at most five', async () => {
  const { vote, key } = await openVoteIn(app, { eligible: 3 })
  const resident = await app.person()
  const voter = makeVoter(vote, key)
  const counted = async (act: () => Promise<unknown>) => {
    const { statements } = app.parts.platform.database
    await app.settle()
    const sent: string[] = []
    statements.listener = (text) => sent.push(text)
    await act()
    statements.listener = undefined
    // Delivery starts with the commit and is not the act's own.
    return sent.filter((text) => !/FROM platform\.(outbox|event\s+WHERE)|indicators\./.test(text)).length
  }
  let signature = ''
  // One of them reads the session.
  expect(
    await counted(async () => {
      const body = { blinded: voter.blinded }
      signature = (await app.ok(resident, ballots.issueBallot, { params: { id: vote }, body })).signature ?? ''
    }),
  ).toBeLessThanOrEqual(9)
  expect(
    await counted(() =>
      app.ok('nobody', ballots.castBallot, {
        params: { id: vote },
        body: voter.ballot(voter.finish(signature), 'for'),
      }),
    ),
  ).toBeLessThanOrEqual(5)
})

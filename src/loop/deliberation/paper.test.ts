// Paper ballots of a secret vote: one mark on the roll for token or paper, two officers' counts, rows without names, and fewer than five folded.
import { afterAll, beforeAll, expect, test } from 'vitest'
import fc from 'fast-check'
import { type Person, places, startApp, type TestApp } from '../../../tests/support/app.ts'
import { makeVoter } from '../../../tests/support/voter.ts'
import { castIn, openVoteIn } from '../../../tests/support/votes.ts'
import { recompute, voteFile } from '../../app/tally/recompute.ts'
import * as notices from '../../foundation/notices/contract.ts'
import { addDays, today } from '../../kit/plain-date.ts'
import { rowsOf } from '../../platform/database.ts'
import * as contract from './contract.ts'
import * as ballots from './contract/ballots.ts'
import * as papers from './contract/paper.ts'
import * as rolls from './contract/rolls.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app?.close())

const hand = (officer: Person, vote: string, voter: Person) =>
  app.call(officer, papers.handOutPaper, { params: { id: vote }, body: { voter: voter.id } })
const enter = (officer: Person, vote: string, [inFavour, against, abstain, invalid]: readonly number[]) =>
  app.call(officer, papers.enterVotePaper, {
    params: { id: vote },
    body: { for: inFavour ?? 0, against: against ?? 0, abstain: abstain ?? 0, invalid: invalid ?? 0 },
  })
const fileOf = async (vote: string) =>
  voteFile.parse(await app.ok('nobody', ballots.listBallots, { params: { id: vote }, query: {} }))
const phaseOf = async (vote: string) => (await app.ok('nobody', ballots.getVote, { params: { id: vote } })).phase

/** A vote in which so many took paper and these choices were cast by token; casting is over. */
async function castOver(paper: number, choices: readonly ballots.Choice[]) {
  const opened = await openVoteIn(app, { eligible: Math.max(1, paper + choices.length) })
  for (let given = 0; given < paper; given += 1)
    expect((await hand(opened.worker, opened.vote, await app.person())).status).toBe(200)
  for (const choice of choices) await castIn(app, await app.person(), opened.vote, opened.key, choice)
  await app.pass(15)
  return opened
}

test('paper takes the place of a token on the roll, and a token that of paper; the voter is told and sees it under their name', async () => {
  const { vote, key, worker } = await openVoteIn(app, { eligible: 5 })
  const [old, young, far, child, unverified] = [
    await app.person(),
    await app.person(),
    await app.person('resident', { division: places.otherCommunity }),
    await app.person('resident', { birth: '2015-01-01' }),
    await app.person('resident', { verified: false }),
  ]
  expect((await hand(worker, vote, old)).status).toBe(200)
  const asking = (who: Person) =>
    app.call(who, ballots.issueBallot, { params: { id: vote }, body: { blinded: makeVoter(vote, key).blinded } })
  expect((await asking(old)).problem.code).toBe('paper-taken')
  expect((await hand(worker, vote, old)).problem.code).toBe('paper-given')
  expect((await asking(young)).status).toBe(200)
  expect((await hand(worker, vote, young)).problem.code).toBe('token-given')
  expect((await hand(worker, vote, far)).problem.code).toBe('verified-residents-only')
  expect((await hand(worker, vote, child)).problem.code).toBe('adults-only')
  expect((await hand(worker, vote, unverified)).problem.code).toBe('voter-not-verified')
  const nobody = { ...old, id: '320505-0190f1c0-0000-7000-8000-000000000000' as Person['id'] }
  expect((await hand(worker, vote, nobody)).problem.code).toBe('voter-unknown')
  expect((await hand(young, vote, old)).status).toBe(403)
  expect(await app.ok(old, ballots.getVote, { params: { id: vote } })).toMatchObject({
    issued: 1,
    papers: 1,
    mine: { state: 'paper' },
    actions: [{ verb: 'issueBallot', ok: false, code: 'paper-taken' }],
  })
  expect((await app.ok(old, ballots.listMyTokens, { query: {} })).rows).toMatchObject([{ vote, state: 'paper' }])
  const inbox = await app.ok(old, notices.listNotices, { query: {} })
  expect(inbox.rows.map((row) => row.kind)).toContain('deliberation.paper-given')
  const roll = await app.ok(worker, ballots.listIssuedTokens, { params: { id: vote }, query: {} })
  expect(new Map(roll.rows.map((row) => [row.voter, row.state]))).toEqual(
    new Map([
      [old.id, 'paper'],
      [young.id, 'issued'],
    ]),
  )
  await app.pass(6)
  expect((await hand(worker, vote, await app.person())).problem.code).toBe('issue-over')
  await app.pass(15)
  expect((await hand(worker, vote, await app.person())).problem.code).toBe('vote-over')
})

test('paper takes the place of a token that was only deposited: nothing is signed for it afterwards', async () => {
  const { vote, key, worker } = await openVoteIn(app, { eligible: 3 })
  const waiting = await app.person('resident', { verified: false })
  const request = { params: { id: vote }, body: { blinded: makeVoter(vote, key).blinded } }
  expect((await app.ok(waiting, ballots.issueBallot, request)).state).toBe('deposited')
  const { verifyResident } = await import('../../foundation/identity/contract/residents.ts')
  await app.ok(worker, verifyResident, {
    params: { id: waiting.id },
    body: { name: '王小明', idNumber: '11010519491231002X' },
  })
  // Before the check's event is delivered the deposit is still unsigned: the counter hands out paper at once.
  expect((await hand(worker, vote, waiting)).status).toBe(200)
  await app.settle()
  expect(await app.ok(waiting, ballots.getVote, { params: { id: vote } })).toMatchObject({
    issued: 0,
    papers: 1,
    mine: { state: 'paper' },
  })
  expect((await app.call(waiting, ballots.issueBallot, request)).problem.code).toBe('paper-taken')
})

test('a token and a paper ballot asked for at once: one of them', async () => {
  const { vote, key, worker } = await openVoteIn(app, { eligible: 3 })
  const voter = await app.person()
  await Promise.all([
    ...Array.from({ length: 5 }, () => hand(worker, vote, voter)),
    ...Array.from({ length: 5 }, () =>
      app.call(voter, ballots.issueBallot, { params: { id: vote }, body: { blinded: makeVoter(vote, key).blinded } }),
    ),
  ])
  const { issued, papers: handed } = await app.ok('nobody', ballots.getVote, { params: { id: vote } })
  expect(issued + handed).toBe(1)
})

test('the count waits for two officers who count the paper alike; five rows and more stand apart, without names', async () => {
  const { motion, vote, worker, head } = await castOver(6, ['against'])
  expect(await phaseOf(vote)).toBe('counting')
  expect((await app.ok(worker, contract.getMotion, { params: { id: motion } })).vote).toMatchObject({
    paperAwaited: true,
  })
  expect((await enter(worker, vote, [7, 0, 0, 0])).problem.fields).toMatchObject([{ code: 'more-than-handed-out' }])
  expect((await enter(worker, vote, [4, 1, 0, 1])).body.outcome).toBe('first')
  expect((await enter(worker, vote, [4, 1, 0, 1])).problem.code).toBe('counted-already')
  const sees = await app.ok(head, papers.getVotePaper, { params: { id: vote } })
  expect(sees).toMatchObject({ papers: 6, attempt: 1, entered: 1, mine: false })
  expect(Object.keys(sees)).not.toContain('for')
  expect((await enter(head, vote, [5, 1, 0, 0])).body.outcome).toBe('unequal')
  expect(await phaseOf(vote)).toBe('counting')
  const inbox = await app.ok(worker, notices.listNotices, { query: {} })
  expect(inbox.rows.map((row) => row.kind)).toContain('deliberation.paper-unequal')
  expect((await enter(head, vote, [4, 1, 0, 1])).body.outcome).toBe('first')
  expect((await enter(worker, vote, [4, 1, 0, 1])).body.outcome).toBe('equal')
  await app.pass(0.01)
  const file = await fileOf(vote)
  expect(file.vote).toMatchObject({
    result: 'adopted',
    paper: { for: 4, against: 1, abstain: 1 },
    tally: { issued: 1, papers: 6, cast: 7, counted: 7, for: 4, against: 2, abstain: 1 },
  })
  expect(file.ballots).toHaveLength(1)
  expect(recompute(file).faults).toEqual([])
  const altered = (paper: (typeof file.vote)['paper'], more: object = {}) =>
    recompute({ ...file, vote: { ...file.vote, paper, ...more } }).faults.map((fault) => fault.what)
  expect(altered({ for: 3, against: 2, abstain: 1 })).toEqual(
    expect.arrayContaining(['numbers-differ', 'digest-differs']),
  )
  expect(altered({ for: 5, against: 1, abstain: 1 })).toContain('beyond-paper')
  expect(altered({ for: 4, against: 0, abstain: 0 })).toContain('too-little-paper')
  expect(altered(undefined)).toContain('count-differs')
  expect(altered(file.vote.paper, { rollSize: 6 })).toContain('beyond-roll')
  expect((await enter(head, vote, [4, 1, 0, 1])).problem.code).toBe('not-in-this-state')
})

test('two entries that agree are the last: a third officer is told, before the count has run', async () => {
  const { vote, worker, head } = await castOver(5, [])
  await enter(worker, vote, [5, 0, 0, 0])
  await enter(head, vote, [5, 0, 0, 0])
  expect((await enter(await app.person('community-head'), vote, [5, 0, 0, 0])).problem.code).toBe('count-accepted')
})

test('nothing is counted before casting ends, and nothing where no paper was handed out', async () => {
  const { vote, worker } = await openVoteIn(app, { eligible: 3 })
  expect((await enter(worker, vote, [0, 0, 0, 0])).problem.code).toBe('paper-too-early')
  const before = await app.ok(worker, papers.getVotePaper, { params: { id: vote } })
  expect(before.actions).toMatchObject([
    { verb: 'handOutPaper', ok: true },
    { verb: 'enterVotePaper', ok: false, code: 'paper-too-early' },
  ])
  const clock = app.parts.platform.clock
  // Casting has ended and the count has not run yet.
  await clock.moveTo(new Date(Date.parse(clock.now()) + 15 * 86_400_000).toISOString() as never)
  expect((await enter(worker, vote, [0, 0, 0, 0])).problem.code).toBe('no-paper')
  await app.pass(1)
  const over = await app.ok(worker, papers.getVotePaper, { params: { id: vote } })
  expect(over.actions.map((action) => action.code)).toEqual(['vote-over', 'vote-over'])
})

test('an officer of a vote that was cancelled is told that it is over', async () => {
  const { motion, vote, worker, head } = await openVoteIn(app, { eligible: 3 })
  await hand(worker, vote, await app.person())
  await app.ok(head, ballots.cancelVote, { params: { id: motion }, body: { words: '题目写错了，改正后再投' } })
  expect((await enter(worker, vote, [1, 0, 0, 0])).problem.code).toBe('not-in-this-state')
  const until = addDays(today(app.parts.platform.clock.now()), 5)
  const body = { question: '空地改建充电棚，您同意吗？', eligible: 3, until }
  await app.ok(worker, ballots.openVote, { params: { id: motion }, body })
  expect((await enter(worker, vote, [1, 0, 0, 0])).problem.code).toBe('vote-over')
})

test('fewer than five paper ballots are folded: they look like all others, and no number of them is left anywhere', async () => {
  const { vote, worker, head } = await castOver(3, ['against', 'against', 'against', 'against', 'abstain'])
  await enter(worker, vote, [2, 0, 0, 1])
  await enter(head, vote, [2, 0, 0, 1])
  await app.pass(0.01)
  const file = await fileOf(vote)
  expect(file.vote.paper).toBeUndefined()
  expect(file.vote.tally).toMatchObject({ issued: 5, papers: 3, cast: 8, for: 2, against: 4, abstain: 2 })
  expect(file.ballots).toHaveLength(8)
  expect(recompute(file).faults).toEqual([])
  const sizes = new Set(
    file.ballots.map(
      (ballot) =>
        Object.values(ballot)
          .filter((part) => part.length > 20)
          .join().length,
    ),
  )
  expect(sizes.size).toBe(1)
  const { reader } = app.parts.platform.database
  expect(await rowsOf(reader, 'SELECT 1 FROM deliberation.vote_paper WHERE vote = $1', [vote.slice(7)])).toEqual([])
  const told = await rowsOf<{ data: Record<string, unknown> }>(
    reader,
    `SELECT data FROM platform.event WHERE name = 'deliberation.enterVotePaper' AND data ->> 'vote' = $1`,
    [vote],
  )
  expect(told.map(({ data }) => Object.keys(data).sort())).toEqual([
    ['attempt', 'origin', 'outcome', 'vote'],
    ['attempt', 'origin', 'outcome', 'vote'],
  ])
})

test('handing out a paper ballot and taking a token by households send at most eight statements each', async () => {
  const [one, two] = [await app.person(), await app.person()]
  const { vote, key, worker } = await openVoteIn(app, { eligible: 3, form: 'households' }, async (id, officer) => {
    for (const [household, voter] of [
      ['1-1', one.id],
      ['1-2', two.id],
    ] as const)
      await app.ok(officer, rolls.setRollLine, { params: { id }, body: { household, voter } })
  })
  const counted = async (act: () => Promise<{ status: number }>) => {
    const { statements } = app.parts.platform.database
    await app.settle()
    const sent: string[] = []
    statements.listener = (text) => sent.push(text)
    expect((await act()).status).toBe(200)
    statements.listener = undefined
    // Delivery starts with the commit and is not the act's own.
    return sent.filter((text) => !/FROM platform\.(outbox|event\s+WHERE)|indicators\./.test(text)).length
  }
  // One of them reads the session.
  expect(await counted(() => hand(worker, vote, one))).toBeLessThanOrEqual(9)
  const body = { blinded: makeVoter(vote, key).blinded }
  expect(await counted(() => app.call(two, ballots.issueBallot, { params: { id: vote }, body }))).toBeLessThanOrEqual(9)
})

type Step = {
  readonly do: 'set' | 'form' | 'token' | 'paper' | 'remove'
  readonly who: number
  readonly household: number
}
const steps = fc.array(
  fc.record<Step>({
    do: fc.constantFrom('set', 'form', 'token', 'token', 'paper', 'remove'),
    who: fc.nat(2),
    household: fc.nat(1),
  }),
  { minLength: 5, maxLength: 12 },
)

test('no sequence of acts gives a resident or a household two ballots, nor changes form or roll after the first one', async () => {
  const people = [await app.person(), await app.person(), await app.person()]
  await fc.assert(
    fc.asyncProperty(steps, async (sequence) => {
      const start = people[0]
      if (start === undefined) throw new Error('nobody')
      const { motion, vote, key, worker } = await openVoteIn(
        app,
        { eligible: 5, form: 'households' },
        async (id, officer) => {
          await app.ok(officer, rolls.setRollLine, { params: { id }, body: { household: '1-1', voter: start.id } })
        },
      )
      const params = { id: motion }
      const byVoter = new Map<string, string>([[start.id, '1-1']])
      const given: { voter: string; household: string }[] = []
      let frozen: string | undefined
      const state = async () => {
        const view = await app.ok('nobody', ballots.getVote, { params: { id: vote } })
        const { rows } = await app.ok(worker, rolls.listRoll, { params, query: {} })
        return JSON.stringify([view.form, view.rollSize, rows.map((row) => [row.line, row.household, row.voter])])
      }
      for (const step of sequence) {
        const who = people[step.who]
        if (who === undefined) throw new Error('nobody')
        const household = `1-${step.household + 1}`
        const before = given.length
        if (step.do === 'set') {
          const answer = await app.call(worker, rolls.setRollLine, { params, body: { household, voter: who.id } })
          if (answer.status === 200) {
            for (const [voter, theirs] of byVoter) if (theirs === household) byVoter.delete(voter)
            byVoter.set(who.id, household)
          }
        } else if (step.do === 'remove') {
          const answer = await app.call(worker, rolls.removeRollLine, {
            params: { ...params, line: step.household + 1 },
          })
          const { rows } = await app.ok(worker, rolls.listRoll, { params, query: {} })
          if (answer.status === 200)
            for (const voter of [...byVoter.keys()]) if (!rows.some((row) => row.voter === voter)) byVoter.delete(voter)
        } else if (step.do === 'form') {
          const { issueUntil } = await app.ok('nobody', ballots.getVote, { params: { id: vote } })
          const answer = await app.call(worker, ballots.changeVote, {
            params,
            body: {
              question: '空地改建充电棚，您同意吗？',
              form: 'households',
              eligible: 5,
              quorum: 60,
              until: issueUntil.slice(0, 10),
            },
          })
          if (frozen !== undefined) expect(answer.status).toBe(409)
        } else {
          const answer =
            step.do === 'token'
              ? await app.call(who, ballots.issueBallot, {
                  params: { id: vote },
                  body: { blinded: makeVoter(vote, key).blinded },
                })
              : await hand(worker, vote, who)
          const theirs = byVoter.get(who.id)
          const first = theirs !== undefined && !given.some(({ voter }) => voter === who.id)
          expect(answer.status === 200).toBe(first)
          if (answer.status === 200 && theirs !== undefined) given.push({ voter: who.id, household: theirs })
        }
        if (frozen !== undefined) expect(await state()).toBe(frozen)
        else if (given.length > before) frozen = await state()
      }
      expect(new Set(given.map(({ household }) => household)).size).toBe(given.length)
      const seen = await app.ok('nobody', ballots.getVote, { params: { id: vote } })
      expect(seen.issued + seen.papers).toBe(given.length)
      expect(seen.issued + seen.papers).toBeLessThanOrEqual(seen.rollSize ?? 0)
    }),
    { numRuns: 8 },
  )
}, 120_000)

// Secret ballots through the endpoints: opening, freeze, tokens by name, casting without one, deposit, count, cancellation, and what is refused.
import type { webcrypto } from 'node:crypto'
import { RSABSSA } from '@cloudflare/blindrsa-ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Person, places, startApp, type TestApp } from '../../../tests/support/app.ts'
import { makeVoter, voteKey } from '../../../tests/support/voter.ts'
import * as residents from '../../foundation/identity/contract/residents.ts'
import { addDays, today } from '../../kit/plain-date.ts'
import { rowOf, rowsOf } from '../../platform/database.ts'
import * as contract from './contract.ts'
import * as ballots from './contract/ballots.ts'
import { getResolution } from './public.ts'

let app: TestApp
let worker: Person
let head: Person
let reviewer: Person

beforeAll(async () => {
  app = await startApp()
  worker = await app.person('community-worker')
  head = await app.person('community-head')
  reviewer = await app.person('township-reviewer', { division: places.township })
})

afterAll(() => app?.close())

const inDays = (days: number) => addDays(today(app.parts.platform.clock.now()), days)

async function discussed(): Promise<string> {
  const { id } = await app.ok(worker, contract.proposeMotion, {
    body: {
      title: '关于改建充电棚的议题',
      text: '三号门外空地改建电动自行车集中充电棚，请居民表决',
      division: places.community,
      as: 'community',
    },
  })
  await app.ok(head, contract.admitMotion, { params: { id } })
  await app.ok(worker, contract.startDiscussion, { params: { id } })
  return id
}

const terms = (more: object = {}) => ({
  question: '三号门外空地改建充电棚，您同意吗？',
  eligible: 3,
  until: inDays(5),
  ...more,
})

async function opened(more: object = {}): Promise<{ motion: string; vote: string }> {
  const motion = await discussed()
  const { vote } = await app.ok(worker, ballots.openVote, { params: { id: motion }, body: terms(more) })
  return { motion, vote }
}

async function prepared(vote: string) {
  const { publicKey } = await app.ok('nobody', ballots.getVote, { params: { id: vote } })
  return makeVoter(vote, voteKey(publicKey))
}

/** Takes a token and answers the ballot that would be cast. */
async function issued(who: Person, vote: string) {
  const voter = await prepared(vote)
  const answer = await app.ok(who, ballots.issueBallot, { params: { id: vote }, body: { blinded: voter.blinded } })
  const signature = voter.finish(answer.signature ?? '')
  return (choice: ballots.Choice) => voter.ballot(signature, choice)
}

const cast = (vote: string, body: ReturnType<Awaited<ReturnType<typeof issued>>>) =>
  app.call('nobody', ballots.castBallot, { params: { id: vote }, body })

async function votes(vote: string, choices: readonly ballots.Choice[]) {
  for (const choice of choices) {
    const ballot = await issued(await app.person(), vote)
    expect((await cast(vote, ballot(choice))).status).toBe(200)
  }
}

const stateOf = async (id: string) => (await app.ok(worker, contract.getMotion, { params: { id } })).state

test('the straight path: residents take tokens, cast without a name, the count adopts, the resolution serves a project', async () => {
  const { motion, vote } = await opened()
  await votes(vote, ['for', 'for', 'against'])
  const before = await app.ok('nobody', ballots.getVote, { params: { id: vote } })
  expect(before).toMatchObject({ phase: 'issuing', issued: 3 })
  expect(before.tally).toBeUndefined()
  expect((await app.call('nobody', ballots.listBallots, { params: { id: vote }, query: {} })).problem.code).toBe(
    'not-counted',
  )
  await app.pass(20)
  expect(await app.ok('nobody', ballots.getVote, { params: { id: vote } })).toMatchObject({
    phase: 'counted',
    result: 'adopted',
    tally: { issued: 3, papers: 0, cast: 3, counted: 3, for: 2, against: 1, abstain: 0 },
  })
  expect(await stateOf(motion)).toBe('adopted')
  await app.ok(worker, contract.publishResolution, { params: { id: motion } })
  await app.pass(15)
  expect(await getResolution(app.parts.platform.database.reader, motion)).toMatchObject({
    adopted: true,
    for: 2,
    against: 1,
    attendance: 3,
    eligible: 3,
  })
})

test('the counted ballots are public in the order of their tokens, page by page', async () => {
  const { vote } = await opened()
  await votes(vote, ['for', 'abstain', 'against'])
  await app.pass(20)
  const first = await app.ok('nobody', ballots.listBallots, { params: { id: vote }, query: { size: 2 } })
  const second = await app.ok('nobody', ballots.listBallots, {
    params: { id: vote },
    query: { size: 2, cursor: first.next },
  })
  const tokens = [...first.ballots, ...second.ballots].map((ballot) =>
    Buffer.from(ballot.token, 'base64url').toString('hex'),
  )
  expect(tokens).toEqual([...tokens].sort())
  expect(new Set(tokens).size).toBe(3)
  expect(second.next).toBeUndefined()
})

test('the library that browsers use gets tokens that the server takes', async () => {
  const { vote } = await opened()
  const { publicKey } = await app.ok('nobody', ballots.getVote, { params: { id: vote } })
  const suite = RSABSSA.SHA384.PSS.Randomized()
  const key = await crypto.subtle.importKey(
    'spki',
    Buffer.from(publicKey, 'base64url'),
    { name: 'RSA-PSS', hash: 'SHA-384' },
    true,
    ['verify'],
  )
  const own = (await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify'])) as webcrypto.CryptoKeyPair
  const token = suite.prepare(new Uint8Array(await crypto.subtle.exportKey('raw', own.publicKey)))
  const { blindedMsg, inv } = await suite.blind(key, token)
  const { signature } = await app.ok(await app.person(), ballots.issueBallot, {
    params: { id: vote },
    body: { blinded: Buffer.from(blindedMsg).toString('base64url') },
  })
  const whole = await suite.finalize(key, token, Buffer.from(signature ?? '', 'base64url'), inv)
  const text = new TextEncoder().encode(ballots.ballotText(vote, 'for'))
  const proof = await crypto.subtle.sign('Ed25519', own.privateKey, text)
  const encoded = (bytes: ArrayBuffer | Uint8Array) => Buffer.from(new Uint8Array(bytes)).toString('base64url')
  const body = { token: encoded(token), signature: encoded(whole), choice: 'for' as const, proof: encoded(proof) }
  expect((await cast(vote, body)).status).toBe(200)
})

test('until the first token the rules may change, afterwards only a new vote helps', async () => {
  const { motion, vote } = await opened()
  await app.ok(worker, ballots.changeVote, { params: { id: motion }, body: terms({ quorum: 60, eligible: 50 }) })
  expect(await app.ok('nobody', ballots.getVote, { params: { id: vote } })).toMatchObject({
    quorumPercent: 60,
    eligible: 50,
  })
  await issued(await app.person(), vote)
  const late = await app.call(worker, ballots.changeVote, { params: { id: motion }, body: terms({ quorum: 70 }) })
  expect([late.status, late.problem.code]).toEqual([409, 'vote-frozen'])
  const view = await app.ok(worker, contract.getMotion, { params: { id: motion } })
  expect(view.vote).toMatchObject({ frozen: true, issued: 1, quorumPercent: 60 })
  expect(view.actions.find((action) => action.verb === 'changeVote')).toMatchObject({ ok: false, code: 'vote-frozen' })
})

test('one token each: the same request again answers the same, another one is refused', async () => {
  const { vote } = await opened()
  const resident = await app.person()
  const voter = await prepared(vote)
  const ask = (blinded: string) => app.call(resident, ballots.issueBallot, { params: { id: vote }, body: { blinded } })
  const first = await ask(voter.blinded)
  expect((await ask(voter.blinded)).body).toEqual(first.body)
  expect((await ask((await prepared(vote)).blinded)).problem.code).toBe('token-issued')
  const mine = await app.ok(resident, ballots.getVote, { params: { id: vote } })
  expect(mine.mine?.state).toBe('issued')
  expect((await app.ok(resident, ballots.listMyTokens, { query: {} })).rows).toMatchObject([{ vote, state: 'issued' }])
  const roll = await app.ok(worker, ballots.listIssuedTokens, { params: { id: vote }, query: {} })
  expect(roll.rows.map((row) => row.voter)).toEqual([resident.id])
})

test('twenty requests of one person at once give one token', async () => {
  const { vote } = await opened()
  const resident = await app.person()
  const many = await Promise.all(Array.from({ length: 20 }, () => prepared(vote)))
  const answers = await Promise.all(
    many.map((voter) =>
      app.call(resident, ballots.issueBallot, { params: { id: vote }, body: { blinded: voter.blinded } }),
    ),
  )
  expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1)
  expect(new Set(answers.filter((answer) => answer.status !== 200).map((answer) => answer.problem.code))).toEqual(
    new Set(['token-issued']),
  )
  expect((await app.ok('nobody', ballots.getVote, { params: { id: vote } })).issued).toBe(1)
})

test('who lives elsewhere or is not of age is given no token, and nobody in particular neither', async () => {
  const { vote } = await opened()
  const { blinded } = await prepared(vote)
  const far = await app.person('resident', { division: places.otherCommunity })
  const child = await app.person('resident', { birth: '2015-01-01' })
  const ask = (who: Person | 'nobody') =>
    app.call(who, ballots.issueBallot, { params: { id: vote }, body: { blinded } })
  expect((await ask(far)).problem.code).toBe('verified-residents-only')
  expect((await ask(child)).problem.code).toBe('adults-only')
  expect((await ask('nobody')).status).toBe(401)
  const beyond = Buffer.alloc(256, 0xff).toString('base64url')
  const wrong = await app.call(await app.person(), ballots.issueBallot, {
    params: { id: vote },
    body: { blinded: beyond },
  })
  expect(wrong.problem.fields).toMatchObject([{ path: 'body.blinded', code: 'blinded-out-of-range' }])
})

test('a deposit made in time is signed once the check succeeds, even in the appeal days; without one it is too late', async () => {
  const { motion, vote } = await opened()
  const waiting = await app.person('resident', { verified: false })
  const late = await app.person()
  const voter = await prepared(vote)
  const ask = () => app.call(waiting, ballots.issueBallot, { params: { id: vote }, body: { blinded: voter.blinded } })
  expect((await ask()).body).toEqual({ state: 'deposited' })
  expect((await ask()).body).toEqual({ state: 'deposited' })
  expect((await app.ok('nobody', ballots.getVote, { params: { id: vote } })).issued).toBe(0)
  await app.pass(6)
  expect(await app.ok('nobody', ballots.getVote, { params: { id: vote } })).toMatchObject({ phase: 'casting' })
  const refused = await app.call(late, ballots.issueBallot, {
    params: { id: vote },
    body: { blinded: (await prepared(vote)).blinded },
  })
  expect(refused.problem.code).toBe('issue-over')
  await app.ok(worker, residents.verifyResident, {
    params: { id: waiting.id },
    body: { name: '王小明', idNumber: '11010519491231002X' },
  })
  const { signature } = (await ask()).body
  expect((await cast(vote, voter.ballot(voter.finish(signature ?? ''), 'for'))).status).toBe(200)
  await app.pass(15)
  expect(await stateOf(motion)).toBe('no-quorum')
  expect((await ask()).problem.code).toBe('vote-over')
})

test('a ballot without this vote’s signature, or with a choice that its key did not sign, is not taken', async () => {
  const { vote } = await opened()
  const other = await opened()
  const elsewhere = await issued(await app.person(), other.vote)
  expect((await cast(vote, elsewhere('for'))).problem.code).toBe('token-false')
  const ballot = await issued(await app.person(), vote)
  const turned = { ...ballot('for'), choice: 'against' as const }
  expect((await cast(vote, turned)).problem.code).toBe('proof-false')
})

test('a ballot that was cast is not changed: the same again is fine, another choice is refused, before and after mixing', async () => {
  const { vote } = await opened()
  const ballot = await issued(await app.person(), vote)
  expect((await cast(vote, ballot('for'))).status).toBe(200)
  expect((await cast(vote, ballot('for'))).status).toBe(200)
  expect((await cast(vote, ballot('against'))).problem.code).toBe('ballot-cast-otherwise')
  await votes(
    vote,
    Array.from({ length: 19 }, () => 'for' as const),
  )
  await mixed()
  const { reader } = app.parts.platform.database
  expect(await rowsOf(reader, 'SELECT 1 FROM deliberation.ballot_inbox WHERE vote = $1', [vote.slice(7)])).toHaveLength(
    0,
  )
  expect(await rowsOf(reader, 'SELECT 1 FROM deliberation.ballot_box WHERE vote = $1', [vote.slice(7)])).toHaveLength(
    20,
  )
  expect((await cast(vote, ballot('for'))).status).toBe(200)
  expect((await cast(vote, ballot('against'))).problem.code).toBe('ballot-cast-otherwise')
  await app.pass(20)
  expect((await app.ok('nobody', ballots.getVote, { params: { id: vote } })).tally?.cast).toBe(20)
  expect((await cast(vote, ballot('for'))).problem.code).toBe('cast-over')
})

async function mixed() {
  const { deliberationJobs } = await import('./reactions.ts')
  for (const job of deliberationJobs) await job.run(app.parts.platform)
}

test('fewer than twenty ballots wait in the inbox, and survive the sweeping of others', async () => {
  const few = await opened()
  await votes(few.vote, ['for', 'against'])
  const many = await opened()
  await votes(
    many.vote,
    Array.from({ length: 20 }, () => 'abstain' as const),
  )
  await mixed()
  const { reader } = app.parts.platform.database
  const count = async (table: string, vote: string) =>
    (await rowsOf(reader, `SELECT 1 FROM deliberation.${table} WHERE vote = $1`, [vote.slice(7)])).length
  expect([await count('ballot_inbox', few.vote), await count('ballot_box', few.vote)]).toEqual([2, 0])
  expect([await count('ballot_inbox', many.vote), await count('ballot_box', many.vote)]).toEqual([0, 20])
})

test('when a vote has ended its keys are gone and nothing sealed is left', async () => {
  const { vote } = await opened()
  await votes(vote, ['for', 'for'])
  await app.pass(20)
  const { reader } = app.parts.platform.database
  const row = await rowOf<{ private_key: Buffer | null; wrapped: Buffer | null; left: bigint }>(
    reader,
    `SELECT v.private_key, k.wrapped, (SELECT count(*) FROM deliberation.ballot_inbox i WHERE i.vote = v.id)
       + (SELECT count(*) FROM deliberation.ballot_box b WHERE b.vote = v.id) AS left
     FROM deliberation.vote v JOIN platform.subject_key k ON k.subject = $2 WHERE v.id = $1`,
    [vote.slice(7), vote],
  )
  expect(row).toEqual({ private_key: null, wrapped: null, left: 0n })
})

test('too few cast: no quorum, and a new vote may be opened', async () => {
  const { motion, vote } = await opened({ eligible: 40 })
  await votes(vote, ['for', 'for'])
  await app.pass(20)
  expect(await stateOf(motion)).toBe('no-quorum')
  await app.ok(worker, ballots.openVote, { params: { id: motion }, body: terms() })
  expect(await stateOf(motion)).toBe('voting')
})

test('more against than for: rejected', async () => {
  const { motion, vote } = await opened()
  await votes(vote, ['against', 'against', 'for'])
  await app.pass(20)
  expect(await stateOf(motion)).toBe('rejected')
})

test('the head cancels a vote with a reason: the motion is discussed again, ballots are destroyed unread', async () => {
  const { motion, vote } = await opened()
  const ballot = await issued(await app.person(), vote)
  await cast(vote, ballot('for'))
  const body = { words: '造价写错了，改正后重新投票' }
  expect((await app.call(worker, ballots.cancelVote, { params: { id: motion }, body })).status).toBe(403)
  await app.ok(head, ballots.cancelVote, { params: { id: motion }, body })
  expect(await stateOf(motion)).toBe('discussing')
  expect(await app.ok('nobody', ballots.getVote, { params: { id: vote } })).toMatchObject({
    phase: 'cancelled',
    cancelled: body.words,
  })
  expect((await cast(vote, ballot('for'))).problem.code).toBe('cast-over')
  await app.pass(20)
  expect(await stateOf(motion)).toBe('discussing')
})

test('a vote’s form names every faulty field: the day, quorum and majority below policy, a phone number', async () => {
  const motion = await discussed()
  const answer = await app.call(worker, ballots.openVote, {
    params: { id: motion },
    body: { question: '请打 13812345678 表决', eligible: 3, until: inDays(0), quorum: 10, majority: 50 },
  })
  expect(answer.problem.fields?.map(({ path, code }) => `${path} ${code}`)).toEqual([
    'body.question text-has-phone',
    'body.until until-not-later',
    'body.quorum below-policy',
  ])
  const far = await app.call(worker, ballots.openVote, { params: { id: motion }, body: terms({ until: inDays(90) }) })
  expect(far.problem.fields).toMatchObject([{ path: 'body.until', code: 'until-too-far' }])
})

test('a motion has a meeting or a secret vote, not both', async () => {
  const { motion } = await opened()
  const meeting = { date: inDays(1), place: '会议室', eligible: 30, form: 'residents' as const }
  const called = await app.call(worker, contract.openMeeting, { params: { id: motion }, body: meeting })
  expect(called.problem.code).toBe('secret-vote-running')
  expect((await app.call(worker, ballots.openVote, { params: { id: motion }, body: terms() })).problem.code).toBe(
    'not-in-this-state',
  )
  const other = await discussed()
  await app.ok(worker, contract.openMeeting, { params: { id: other }, body: meeting })
  const change = await app.call(worker, ballots.changeVote, { params: { id: other }, body: terms() })
  const cancel = await app.call(head, ballots.cancelVote, { params: { id: other }, body: { words: '不再投票了' } })
  expect([change.problem.code, cancel.problem.code]).toEqual(['no-secret-vote', 'no-secret-vote'])
})

test('an upheld objection brings a voted motion back to discussion without its vote', async () => {
  const { motion, vote } = await opened()
  await votes(vote, ['for', 'for', 'for'])
  await app.pass(20)
  await app.ok(worker, contract.publishResolution, { params: { id: motion } })
  await app.ok(await app.person(), contract.objectToResolution, {
    params: { id: motion },
    body: { words: '我们楼没有收到通知' },
  })
  await app.ok(reviewer, contract.decideObjection, {
    params: { id: motion },
    body: { upheld: true, words: '确有遗漏' },
  })
  const view = await app.ok(worker, contract.getMotion, { params: { id: motion } })
  expect([view.state, view.vote]).toEqual(['discussing', undefined])
})

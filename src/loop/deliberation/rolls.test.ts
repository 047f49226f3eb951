// Votes by households: the roll by hand and from a file, until when it changes, who gets a ballot, what residents learn; and deposits that are signed.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Person, places, startApp, type TestApp } from '../../../tests/support/app.ts'
import { makeVoter } from '../../../tests/support/voter.ts'
import { uploadTable } from '../../../tests/support/upload.ts'
import { castIn, openVoteIn, type VoteKey } from '../../../tests/support/votes.ts'
import * as residents from '../../foundation/identity/contract/residents.ts'
import * as notices from '../../foundation/notices/contract.ts'
import { addDays, today } from '../../kit/plain-date.ts'
import { rowOf, rowsOf } from '../../platform/database.ts'
import * as contract from './contract.ts'
import * as ballots from './contract/ballots.ts'
import * as papers from './contract/paper.ts'
import * as rolls from './contract/rolls.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app?.close())

const named = (household: string, voter?: Person) => ({ household, voter: voter?.id })

/** A vote by households whose roll holds these lines. */
async function byHouseholds(lines: readonly { household: string; voter?: string }[], eligible = 3) {
  return openVoteIn(app, { eligible, form: 'households' }, async (motion, worker) => {
    for (const body of lines) await app.ok(worker, rolls.setRollLine, { params: { id: motion }, body })
  })
}

const ask = (who: Person, vote: string, key: VoteKey) =>
  app.call(who, ballots.issueBallot, { params: { id: vote }, body: { blinded: makeVoter(vote, key).blinded } })
const roll = (who: Person, motion: string, query: object = {}) =>
  app.ok(who, rolls.listRoll, { params: { id: motion }, query })

async function discussed(): Promise<{ motion: string; worker: Person }> {
  const worker = await app.person('community-worker')
  const { id } = await app.ok(worker, contract.proposeMotion, {
    body: {
      title: '关于加装电梯的议题',
      text: '三幢加装电梯，请各户表决',
      division: places.community,
      as: 'community',
    },
  })
  await app.ok(await app.person('community-head'), contract.admitMotion, { params: { id } })
  await app.ok(worker, contract.startDiscussion, { params: { id } })
  return { motion: id, worker }
}

test('only whom a household named is given a token; the vote counts households, and what is published says how many named a voter', async () => {
  const [first, second, neighbour] = [await app.person(), await app.person(), await app.person()]
  const { motion, vote, key, worker } = await byHouseholds([
    named('3幢2单元501室', first),
    named('3幢2单元502室', second),
    named('3幢2单元503室'),
  ])
  expect((await ask(neighbour, vote, key)).problem.code).toBe('not-on-roll')
  await castIn(app, first, vote, key, 'for')
  await castIn(app, second, vote, key, 'for')
  const seen = await app.ok(first, ballots.getVote, { params: { id: vote } })
  expect(seen).toMatchObject({ form: 'households', rollSize: 2, issued: 2, mine: { state: 'issued', named: true } })
  expect((await app.ok(neighbour, ballots.getVote, { params: { id: vote } })).mine).toMatchObject({ named: false })
  expect((await roll(worker, motion)).rows.map((row) => [row.household, row.state])).toEqual([
    ['3幢2单元501室', 'issued'],
    ['3幢2单元502室', 'issued'],
    ['3幢2单元503室', 'none'],
  ])
  await app.pass(20)
  const file = await app.ok('nobody', ballots.listBallots, { params: { id: vote }, query: {} })
  expect(file.vote).toMatchObject({ form: 'households', rollSize: 2, eligible: 3, result: 'adopted' })
  expect(file.vote.tally).toMatchObject({ issued: 2, papers: 0, cast: 2, counted: 2 })
})

test('the first token locks the roll: nothing is added, changed, removed or imported any more', async () => {
  const voter = await app.person()
  const { motion, vote, key, worker } = await byHouseholds([named('1幢101', voter)])
  await app.ok(worker, rolls.setRollLine, { params: { id: motion }, body: named('1幢102', await app.person()) })
  await ask(voter, vote, key)
  const late = async (answer: Promise<{ status: number; problem: { code: string } }>) => {
    const { status, problem } = await answer
    return [status, problem.code]
  }
  const params = { id: motion }
  const locked = [409, 'roll-locked']
  const changed = named('1幢101', await app.person())
  expect(await late(app.call(worker, rolls.setRollLine, { params, body: changed }))).toEqual(locked)
  expect(await late(app.call(worker, rolls.removeRollLine, { params: { ...params, line: 1 } }))).toEqual(locked)
  const body = { file: await uploadTable(app, worker, 'household,voterName,phone\n1-103,,\n') }
  expect(await late(app.call(worker, rolls.previewRoll, { params, body }))).toEqual(locked)
  expect(await late(app.call(worker, rolls.importRoll, { params, body }))).toEqual(locked)
  expect(await late(app.call(worker, rolls.listBadRollRows, { params, query: body }))).toEqual(locked)
  expect(await roll(worker, motion)).toMatchObject({
    households: 2,
    named: 2,
    open: { ok: false, code: 'roll-locked' },
  })
  expect((await app.ok('nobody', ballots.getVote, { params: { id: vote } })).rollSize).toBe(2)
})

test('a vote by households opens only with a roll, and its form may change until the first ballot', async () => {
  const { motion, worker } = await discussed()
  const params = { id: motion }
  const body = {
    question: '三幢加装电梯，您同意吗？',
    form: 'households' as const,
    eligible: 1,
    until: addDays(today(app.parts.platform.clock.now()), 5),
  }
  expect((await app.call(worker, ballots.openVote, { params, body })).problem.code).toBe('roll-empty')
  const [voter, other] = [await app.person(), await app.person()]
  await app.ok(worker, rolls.setRollLine, { params, body: named('3-1-101', voter) })
  await app.ok(worker, rolls.setRollLine, { params, body: named('3-1-102', other) })
  const few = await app.call(worker, ballots.openVote, { params, body })
  expect(few.problem.fields).toMatchObject([{ path: 'body.eligible', code: 'fewer-than-roll' }])
  const { vote } = await app.ok(worker, ballots.openVote, { params, body: { ...body, eligible: 4 } })
  await app.ok(worker, ballots.changeVote, { params, body: { ...body, form: 'residents', eligible: 4 } })
  expect((await app.ok('nobody', ballots.getVote, { params: { id: vote } })).form).toBe('residents')
  await app.ok(worker, ballots.changeVote, { params, body: { ...body, eligible: 4 } })
  await app.ok(worker, papers.handOutPaper, { params: { id: vote }, body: { voter: voter.id } })
  const late = await app.call(worker, ballots.changeVote, { params, body: { ...body, form: 'residents', eligible: 4 } })
  expect(late.problem.code).toBe('vote-frozen')
  expect((await app.ok('nobody', ballots.getVote, { params: { id: vote } })).form).toBe('households')
})

test('a household is recognised however its address is written; whoever is named is told, and votes for one household only', async () => {
  const { motion, worker } = await discussed()
  const params = { id: motion }
  const voter = await app.person()
  const { line } = await app.ok(worker, rolls.setRollLine, { params, body: named('3幢2单元501室', voter) })
  const again = await app.ok(worker, rolls.setRollLine, { params, body: named('３－２－0501', voter) })
  expect(again.line).toBe(line)
  const twice = await app.call(worker, rolls.setRollLine, { params, body: named('3-2-502', voter) })
  expect([twice.status, twice.problem.code]).toEqual([409, 'voter-named-already'])
  const inbox = await app.ok(voter, notices.listNotices, { query: {} })
  expect(inbox.rows.filter((row) => row.kind === 'deliberation.voter-named')).toHaveLength(1)
  const far = await app.person('resident', { division: places.otherCommunity })
  const child = await app.person('resident', { birth: '2015-01-01' })
  const set = async (body: object) =>
    (await app.call(worker, rolls.setRollLine, { params, body: body as { household: string } })).problem
  expect((await set(named('3-2-503', far))).code).toBe('voter-elsewhere')
  expect((await set(named('3-2-503', child))).code).toBe('adults-only')
  const nobody = '320505-0190f1c0-0000-7000-8000-000000000000'
  expect((await set({ household: '3-2-503', voter: nobody })).code).toBe('voter-unknown')
  expect((await set({ household: '--' })).fields).toMatchObject([{ path: 'body.household', code: 'household-missing' }])
  const found = await app.ok(worker, rolls.findRollLine, { params, body: { household: '3号楼2单元501' } })
  expect(found.rows).toMatchObject([{ line, household: '3幢2单元501室', voter: voter.id }])
  await app.ok(worker, rolls.removeRollLine, { params: { ...params, line } })
  expect((await roll(worker, motion)).rows).toEqual([])
  expect((await app.call(worker, rolls.removeRollLine, { params: { ...params, line } })).status).toBe(404)
})

test('the roll holds no address in clear, and rolls of two motions do not share its hash', async () => {
  const one = await byHouseholds([named('7幢701', await app.person())])
  const two = await byHouseholds([named('7幢701', await app.person())])
  const rows = await rowsOf<{ household: string; whole: string }>(
    app.parts.platform.database.reader,
    'SELECT household, l::text AS whole FROM deliberation.roll_line l WHERE motion = ANY($1::uuid[])',
    [[one.motion.slice(7), two.motion.slice(7)]],
  )
  expect(new Set(rows.map((row) => row.household)).size).toBe(2)
  expect(rows.filter((row) => row.whole.includes(Buffer.from('7幢701').toString('hex')))).toEqual([])
})

test('the database itself gives a household one ballot and a person one household', async () => {
  const { motion, vote } = await byHouseholds([named('9-901', await app.person()), named('9-902', await app.person())])
  const write = (sql: string, values: unknown[]) => rowOf(app.parts.platform.database.reader, sql, values)
  await expect(
    write(
      `UPDATE deliberation.roll_line SET voter = (SELECT max(voter) FROM deliberation.roll_line WHERE motion = $1) WHERE motion = $1`,
      [motion.slice(7)],
    ),
  ).rejects.toThrow(/roll_line_voter/)
  const issue = `INSERT INTO deliberation.ballot_issue (jurisdiction, vote, voter, asked_at, paper_at, handed_by, household)
    VALUES ('320505', $1, $2, now(), now(), 'x', 'h')`
  await write(issue, [vote.slice(7), 'one'])
  await expect(write(issue, [vote.slice(7), 'two'])).rejects.toThrow(/ballot_issue_household/)
  await expect(
    write(`UPDATE deliberation.ballot_issue SET blinded = decode(repeat('00', 256), 'hex') WHERE vote = $1`, [
      vote.slice(7),
    ]),
  ).rejects.toThrow(/ballot_issue_one/)
})

test('a resident asks who votes for the household: me, somebody else, or nobody yet; strangers are not told', async () => {
  const [voter, wife, far] = [
    await app.person(),
    await app.person(),
    await app.person('resident', { division: places.otherCommunity }),
  ]
  const { vote, key } = await byHouseholds([named('5幢501室', voter), named('5幢502室')])
  const params = { id: vote }
  const tells = async (who: Person, household: string) =>
    (await app.ok(who, rolls.askHousehold, { params, body: { household } })).voter
  expect(await tells(voter, '5-501')).toBe('me')
  expect(await tells(wife, '5幢501')).toBe('other')
  expect(await tells(wife, '5幢502')).toBe('nobody')
  expect(await tells(wife, '5幢999')).toBe('nobody')
  const problem = async (who: Person, id: string, household = '5-501') =>
    (await app.call(who, rolls.askHousehold, { params: { id }, body: { household } })).problem
  expect((await problem(far, vote)).code).toBe('residents-only')
  expect((await problem(wife, vote, '--')).fields).toMatchObject([{ code: 'household-missing' }])
  expect((await problem(wife, (await openVoteIn(app, { eligible: 3 })).vote)).code).toBe('not-by-households')
  await ask(voter, vote, key)
  expect((await app.ok(wife, rolls.askHousehold, { params, body: { household: '5-502' } })).open).toBe(false)
  await app.pass(20)
  expect((await problem(wife, vote)).code).toBe('vote-over')
})

/** Residents with a number of their own, as files name them. */
async function withNumbers(count: number): Promise<{ name: string; phone: string; id: string }[]> {
  const made = []
  for (let at = 0; at < count; at += 1) {
    const worker = await app.person('community-worker')
    const [name, phone] = [
      `户主${'甲乙丙丁'[at] ?? ''}`,
      `188${String(Math.floor(Math.random() * 1e8)).padStart(8, '0')}`,
    ]
    const { id } = await app.ok(worker, residents.registerResident, {
      body: { name, phone, division: places.community },
    })
    made.push({ name, phone, id })
  }
  return made
}

test('a file is previewed row by row, its good rows imported in one act, its bad ones given back; the same file again changes nothing', async () => {
  const { motion, worker } = await discussed()
  const params = { id: motion }
  const [one, two, three] = await withNumbers(3)
  if (one === undefined || two === undefined || three === undefined) throw new Error('nobody')
  const file = await uploadTable(
    app,
    worker,
    [
      '门牌,姓名,联系电话,备注',
      '示例：3幢2单元501室,张三,13900000000,',
      `1幢101,${one.name},${one.phone},老住户`,
      `1幢102,${two.name},${two.phone},`,
      '1幢103,,,',
      `1-0101,${three.name},${three.phone},`,
      `1幢104,别人,${three.phone},`,
      '1幢105,无人,13900000001,',
      '1幢106,某人,12345,',
      ',某人,,',
    ].join('\n'),
  )
  const body = { file }
  const preview = await app.ok(worker, rolls.previewRoll, { params, body })
  expect(preview).toMatchObject({ fresh: 3, changed: 0, known: 0, bad: 5, ignored: ['备注'] })
  expect(preview.rows.map((row) => [row.line, row.state, row.faults.map((fault) => fault.column).join()])).toEqual([
    [3, 'new', ''],
    [4, 'new', ''],
    [5, 'new', ''],
    [6, 'bad', 'household'],
    [7, 'bad', 'phone'],
    [8, 'bad', 'phone'],
    [9, 'bad', 'phone'],
    [10, 'bad', 'household,phone'],
  ])
  expect(JSON.stringify(preview)).not.toContain(one.phone)
  expect(await app.ok(worker, rolls.importRoll, { params, body })).toMatchObject({ fresh: 3, bad: 5 })
  expect(await roll(worker, motion)).toMatchObject({ households: 3, named: 2 })
  expect((await roll(worker, motion, { unnamed: 'yes' })).rows.map((row) => row.household)).toEqual(['1幢103'])
  expect((await app.call(worker, rolls.importRoll, { params, body })).problem.code).toBe('nothing-to-import')
  const bad = await app.ok(worker, rolls.listBadRollRows, { params, query: { file } })
  expect(bad.rows.map((row) => row.household)).toEqual(['1-0101', '1幢104', '1幢105', '1幢106', ''])
  const other = await uploadTable(
    app,
    worker,
    `household,name,phone\n1-102,${three.name},${three.phone}\n1-110,${one.name},${one.phone}\n1-111,错名,${two.phone}\n`,
  )
  const second = await app.ok(worker, rolls.previewRoll, { params, body: { file: other } })
  expect(second.rows.map((row) => row.state)).toEqual(['changed', 'bad', 'bad'])
})

test('files that are none, somebody else’s or lack a column are refused with what is missing', async () => {
  const { motion, worker } = await discussed()
  const params = { id: motion }
  const code = async (file: string) =>
    (await app.call(worker, rolls.previewRoll, { params, body: { file } })).problem.code
  expect(await code('320505-0190f1c0-0000-7000-8000-000000000000')).toBe('file-unknown')
  expect(await code(await uploadTable(app, await app.person('community-worker'), 'household,name,phone\n1,,\n'))).toBe(
    'file-unknown',
  )
  expect(await code(await uploadTable(app, worker, 'household,remark\n1-101,x\n'))).toBe('columns-missing')
  expect(await code(await uploadTable(app, worker, 'household,name,phone\n'))).toBe('table-empty')
  const long = Array.from({ length: 2001 }, (_, at) => `${at}-1,,`).join('\n')
  expect(await code(await uploadTable(app, worker, `household,name,phone\n${long}\n`))).toBe('table-too-long')
})

test('a deposit is signed when the check succeeds: the person is told, and the same request brings the signature', async () => {
  const { vote, key, worker } = await openVoteIn(app, { eligible: 3 })
  const waiting = await app.person('resident', { verified: false })
  const voter = makeVoter(vote, key)
  const request = { params: { id: vote }, body: { blinded: voter.blinded } }
  expect((await app.ok(waiting, ballots.issueBallot, request)).state).toBe('deposited')
  await app.ok(worker, residents.verifyResident, {
    params: { id: waiting.id },
    body: { name: '王小明', idNumber: '11010519491231002X' },
  })
  await app.settle()
  expect(await app.ok(waiting, ballots.getVote, { params: { id: vote } })).toMatchObject({
    issued: 1,
    mine: { state: 'issued' },
  })
  const inbox = await app.ok(waiting, notices.listNotices, { query: {} })
  expect(inbox.rows.map((row) => row.kind)).toContain('deliberation.deposit-signed')
  const { signature } = await app.ok(waiting, ballots.issueBallot, request)
  const body = voter.ballot(voter.finish(signature ?? ''), 'for')
  expect((await app.call('nobody', ballots.castBallot, { params: { id: vote }, body })).status).toBe(200)
})

test('a deposit of somebody who is not of age stays unsigned and they are told; one whose vote is over is left', async () => {
  const { vote, key, worker } = await openVoteIn(app, { eligible: 3 })
  const [child, late] = [
    await app.person('resident', { verified: false }),
    await app.person('resident', { verified: false }),
  ]
  for (const who of [child, late]) expect((await ask(who, vote, key)).body.state).toBe('deposited')
  await app.ok(worker, residents.verifyResident, {
    params: { id: child.id },
    body: { name: '李小小', idNumber: '110105201501010017' },
  })
  await app.settle()
  const kinds = async (who: Person) =>
    (await app.ok(who, notices.listNotices, { query: {} })).rows.map((row) => row.kind)
  expect(await kinds(child)).toContain('deliberation.deposit-not-signed')
  await app.pass(20)
  await app.ok(worker, residents.verifyResident, {
    params: { id: late.id },
    body: { name: '王晚', idNumber: '320505198001010017' },
  })
  await app.settle()
  expect(await kinds(late)).not.toContain('deliberation.deposit-signed')
  expect((await app.ok('nobody', ballots.getVote, { params: { id: vote } })).issued).toBe(0)
})

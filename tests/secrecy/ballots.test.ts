// Secrecy of the ballot: 1,000 voters who cast at once after their token, an attacker with the whole database and the log, and a planted leak.
import { Writable } from 'node:stream'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type * as ballots from '../../src/loop/deliberation/contract/ballots.ts'
import { deliberationJobs } from '../../src/loop/deliberation/reactions.ts'
import { makeLog } from '../../src/platform/log.ts'
import { metricsText } from '../../src/platform/metrics.ts'
import { type Person, startApp, type TestApp } from '../support/app.ts'
import { castIn, openVoteIn } from '../support/votes.ts'
import { linksBetween, ownRows, readWhole, type Row, type Snapshot } from './joining.ts'

const many = 1000
let app: TestApp
let vote: string
let during: Snapshot
let after: Snapshot
let log = ''
const voters: { person: Person; token: Buffer; choice: ballots.Choice }[] = []

/** Looks at what stands in bytea columns as the snapshot's text shows it. */
const hex = (token: Buffer) => `\\x${token.toString('hex')}`
const sealedTables = ['deliberation.ballot_inbox', 'deliberation.ballot_box'] as const

beforeAll(async () => {
  const destination = new Writable({
    write(chunk, _encoding, done) {
      log += String(chunk)
      done()
    },
  })
  app = await startApp({ log: makeLog('trace', destination) })
  const opened = await openVoteIn(app, { eligible: many })
  vote = opened.vote
  const people: Person[] = []
  for (let made = 0; made < many; made += 1) people.push(await app.person())
  let state = 7
  for (const [at, person] of people.entries()) {
    // Choices without any pattern, the same in every run.
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    const choice = state / 2_147_483_648 < 0.5 ? 'for' : 'against'
    // The worst case: everybody casts at once after their token, one after the other, so that the orders are the same.
    const { token } = await castIn(app, person, vote, opened.key, choice)
    voters.push({ person, token, choice })
    if (at % 150 === 149) for (const job of deliberationJobs) await job.run(app.parts.platform)
  }
  // 1,000 is no multiple of 150: the inbox holds a hundred, the box the rest.
  during = await readWhole(app.database.adminUrl)
  await app.pass(20)
  after = await readWhole(app.database.adminUrl)
}, 240_000)

afterAll(() => app?.close())

/** Rows that name a voter in this snapshot, table by table. */
function personSides(snapshot: Snapshot): [string, Row[]][] {
  const ids = new Set(voters.map(({ person }) => person.id as string))
  return [...snapshot].flatMap(([name, rows]): [string, Row[]][] => {
    const own = ownRows(rows, (row) => Object.values(row).find((value) => ids.has(value)))
    const whole = voters.map(({ person }) => own.get(person.id)).filter((row) => row !== undefined)
    return whole.length === voters.length ? [[name, whole]] : []
  })
}

function ballotSide(snapshot: Snapshot): Row[] {
  const own = ownRows(snapshot.get('deliberation.ballot') ?? [], (row) => row['token'])
  return voters.map(({ token }) => own.get(hex(token)) ?? {})
}

/** Sealed rows of the snapshot during the vote in the order of the voters: only the server's key finds them. */
function sealedSide(): Row[] {
  const rows = sealedTables.flatMap((name) => during.get(name) ?? [])
  const own = ownRows(rows, (row) => row['mark'])
  const { cipher } = app.parts.platform
  return voters.map(
    ({ token }) => own.get(cipher.blind(`deliberation.ballot:${vote}`, token.toString('base64url'))) ?? {},
  )
}

test('every ballot is there and every voter is on the roll: the attack has something to look at', () => {
  expect(personSides(after).map(([name]) => name)).toEqual(
    expect.arrayContaining(['deliberation.ballot_issue', 'platform.event']),
  )
  expect(ballotSide(after).every((row) => row['choice'] !== undefined)).toBe(true)
  expect(during.get('deliberation.ballot_inbox')?.length).toBeGreaterThanOrEqual(20)
  expect(sealedSide().every((row) => row['mark'] !== undefined)).toBe(true)
})

test('after the close nothing joins a person with a ballot: no id, order, transaction, time or size', () => {
  const ballot = ballotSide(after)
  for (const [name, person] of [...personSides(after), ...personSides(during)])
    expect({ name, links: linksBetween(person, ballot) }).toEqual({ name, links: [] })
})

test('during the vote ballots are sealed: no choice is to be seen, all are of one size, and none is recognised once it is published', () => {
  expect(during.get('deliberation.ballot')).toEqual([])
  const sealed = sealedTables.flatMap((name) => during.get(name) ?? [])
  expect(sealed).toHaveLength(many)
  expect(new Set(sealed.map((row) => row['its size'])).size).toBe(1)
  // The inbox alone may tell who cast just now; what was cast it does not: its rows do not lead on to the ballots.
  expect(linksBetween(sealedSide(), ballotSide(after))).toEqual([])
  const text = JSON.stringify([...during])
  expect(voters.filter(({ token }) => text.includes(token.toString('hex')))).toEqual([])
})

test('what is left after the close knows no sealed ballot any more', () => {
  for (const name of sealedTables) expect(after.get(name)).toEqual([])
  const text = JSON.stringify([...after].filter(([name]) => name !== 'deliberation.ballot'))
  expect(voters.filter(({ token }) => text.includes(token.toString('hex')))).toEqual([])
})

test('the log and the metrics know nothing of a cast ballot, nor of the seal that a browser asks for beside it', async () => {
  expect((await app.server.inject('/api/seals/heads?jurisdiction=320505')).statusCode).toBe(200)
  expect(log).not.toContain('/seals/heads')
  expect(await metricsText(app.parts.platform)).not.toContain('/seals/heads')
  expect(log).not.toContain('/ballots')
  expect(voters.filter(({ token }) => log.includes(token.toString('base64url')))).toEqual([])
  expect(await metricsText(app.parts.platform)).not.toContain('/ballots')
})

test('a planted leak, a serial in the order of casting, is found', async () => {
  const client = new pg.Client({ connectionString: app.database.adminUrl })
  await client.connect()
  try {
    await client.query('ALTER TABLE deliberation.ballot ADD COLUMN serial bigint')
    await client.query(
      `UPDATE deliberation.ballot b SET serial = x.at
       FROM unnest($1::bytea[]) WITH ORDINALITY AS x(token, at) WHERE b.token = x.token`,
      [voters.map(({ token }) => token)],
    )
  } finally {
    await client.end()
  }
  const planted = ballotSide(await readWhole(app.database.adminUrl))
  const found = personSides(after).flatMap(([, person]) => linksBetween(person, planted))
  expect(found.filter((link) => link.right === 'serial' && link.strength > 0.9).length).toBeGreaterThan(0)
})

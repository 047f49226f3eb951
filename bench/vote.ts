// Ballots per second with all rules on: 10,000 voters wait, take a token by name and cast without one; then the count, and a recount by the public command's code.
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { Agent, request } from 'node:http'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import pg from 'pg'
import { compose, type Parts } from '../src/app/compose.ts'
import { recompute, voteFile } from '../src/app/tally/recompute.ts'
import { loadDivisions } from '../src/foundation/divisions/public.ts'
import { assign, createPerson } from '../src/foundation/identity/public.ts'
import { tokenHash } from '../src/foundation/identity/sealed-rules.ts'
import { asDivision } from '../src/kit/id.ts'
import { addDays, today } from '../src/kit/plain-date.ts'
import type { Role } from '../src/kit/roles.ts'
import { granted } from '../src/kit/ruling.ts'
import { choices, type Choice } from '../src/loop/deliberation/contract/ballots.ts'
import { deliberationJobs } from '../src/loop/deliberation/reactions.ts'
import { systemAct } from '../src/platform/action.ts'
import { makeLog } from '../src/platform/log.ts'
import { makeVoter, type Voter, voteKey } from '../tests/support/voter.ts'
import { asOwner, openBenchDatabase } from './bench-database.ts'
import type { ServerTask } from './shapes.ts'
import { tableOf } from './table.ts'

const voters = Number(process.env['BENCH_VOTERS'] ?? 10_000)
/** Requests under way at once: the queue of those who wait. */
const lanes = 64
const community = asDivision('320505001002')
const agent = new Agent({ keepAlive: true, maxSockets: lanes })
let port = 0

type Answer = { readonly status: number; readonly body: Record<string, unknown> }

function send(method: 'GET' | 'POST', path: string, body?: unknown, cookie?: string): Promise<Answer> {
  return new Promise((done, fail) => {
    const sent = request(
      {
        ...{ agent, host: '127.0.0.1', port, method, path: `/api${path}` },
        headers: {
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(cookie === undefined ? {} : { cookie }),
        },
      },
      (response) => {
        let text = ''
        response.setEncoding('utf8')
        response.on('data', (part: string) => (text += part))
        response.on('end', () => done({ status: response.statusCode ?? 0, body: JSON.parse(text) }))
      },
    )
    sent.on('error', fail)
    sent.end(body === undefined ? undefined : JSON.stringify(body))
  })
}

async function ok(method: 'GET' | 'POST', path: string, body?: unknown, cookie?: string): Promise<Answer['body']> {
  const answer = await send(method, path, body, cookie)
  if (answer.status !== 200) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`)
  return answer.body
}

/** Works through a list with `lanes` at once; answers the seconds it took. */
async function inLanes<Item>(items: readonly Item[], work: (item: Item, at: number) => Promise<void>): Promise<number> {
  const started = performance.now()
  let next = 0
  const lane = async (): Promise<void> => {
    for (let at = next++; at < items.length; at = next++) {
      const item = items[at]
      if (item !== undefined) await work(item, at)
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  return (performance.now() - started) / 1000
}

/** A member of staff with an open session. */
async function staff(parts: Parts, ownerUrl: string, role: Role): Promise<string> {
  const id = granted(
    await systemAct(parts.platform, 'bench.person', (act) =>
      createPerson(act, { name: role, residence: community, verified: true, officialName: role, birth: '1980-05-05' }),
    ),
  )
  granted(
    await systemAct(parts.platform, 'bench.assign', (act) => assign(act, { person: id, role, division: community })),
  )
  const [row] = await asOwner<{ id: string }>(
    ownerUrl,
    'SELECT jurisdiction || $2 || id AS id FROM identity.assignment WHERE person = $1',
    [id, '-'],
  )
  const token = randomBytes(32).toString('base64url')
  await asOwner(
    ownerUrl,
    `INSERT INTO identity.session (id, token_hash, person, kind, assignment, created_at, seen_at, idle_ms, expires_at, second_factor_at)
     VALUES (gen_random_uuid(), $1, $2, 'staff', $3, now(), now(), 86400000, now() + interval '1 day', now())`,
    [tokenHash(token), id, row?.id],
  )
  return `liandong_session=${token}`
}

/** Verified adult residents with open sessions, put there in three statements; answers their cookies. */
async function residents(ownerUrl: string): Promise<string[]> {
  const tokens = Array.from({ length: voters }, () => randomBytes(32).toString('base64url'))
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    await client.query(
      `CREATE TEMP TABLE fresh AS SELECT gen_random_uuid() AS id, hash FROM unnest($1::text[]) AS hash`,
      [tokens.map(tokenHash)],
    )
    await client.query(`INSERT INTO identity.person (jurisdiction, id, state, masked_name, adult, verified_at, verified_until, created_at, updated_at)
      SELECT '320000', id, 'verified', '王**', true, now(), now() + interval '1 year', now(), now() FROM fresh`)
    await client.query(
      `INSERT INTO identity.residence (jurisdiction, id, person, division, state, since)
       SELECT '320505', gen_random_uuid(), '320000-' || id, $1, 'verified', now() FROM fresh`,
      [community],
    )
    await client.query(`INSERT INTO identity.session (id, token_hash, person, kind, created_at, seen_at, idle_ms, expires_at)
      SELECT gen_random_uuid(), hash, '320000-' || id, 'resident', now(), now(), 86400000, now() + interval '1 day' FROM fresh`)
    await client.query('ANALYZE identity.person, identity.residence, identity.session')
  } finally {
    await client.end()
  }
  return tokens.map((token) => `liandong_session=${token}`)
}

async function startServer(task: ServerTask): Promise<() => Promise<void>> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'our-server.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  port = await new Promise<number>((ready, fail) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.startsWith('ready ')) ready(Number(line.slice(6)))
    })
    child.once('exit', (code) => fail(new Error(`the server ended with ${code}`)))
    child.stdin.end(JSON.stringify(task))
  })
  return async () => {
    const ended = new Promise((done) => child.once('exit', done))
    child.kill('SIGTERM')
    await ended
  }
}

/** A motion in discussion and a vote on it; answers the vote's id. */
async function openVote(worker: string, head: string): Promise<string> {
  const { id } = await ok(
    'POST',
    '/motions',
    { title: '万人投票的议题', text: '供测量用的议题，请居民表决', division: community, as: 'community' },
    worker,
  )
  await ok('POST', `/motions/${id}/admit`, undefined, head)
  await ok('POST', `/motions/${id}/discuss`, undefined, worker)
  const until = addDays(today(new Date().toISOString() as Parameters<typeof today>[0]), 5)
  const opened = await ok(
    'POST',
    `/motions/${id}/vote`,
    { question: '万人同时投票，您同意吗？', eligible: voters, until },
    worker,
  )
  return String(opened['vote'])
}

/** Measures; true when no ballot was lost and none counted twice. */
export async function benchVote(): Promise<boolean> {
  const database = await openBenchDatabase('fresh')
  const parts = await compose({
    root: join(import.meta.dirname, '..'),
    ...{ databaseUrl: database.appUrl, dataDir: database.dataDir, demo: false, log: makeLog('warn'), poolSize: 4 },
    pollMs: 600_000,
  })
  let stop: (() => Promise<void>) | undefined
  try {
    await loadDivisions(parts.platform.database.reader)
    const worker = await staff(parts, database.ownerUrl, 'community-worker')
    const head = await staff(parts, database.ownerUrl, 'community-head')
    const cookies = await residents(database.ownerUrl)
    stop = await startServer({ databaseUrl: database.appUrl, dataDir: database.dataDir, poolSize: 20 })
    const vote = await openVote(worker, head)
    const key = voteKey(String((await ok('GET', `/votes/${vote}`))['publicKey']))
    console.log(`vote: ${voters} voters prepare their tokens …`)
    const waiting = cookies.map((cookie, at) => ({
      cookie,
      voter: makeVoter(vote, key),
      choice: choices[at % 7 === 6 ? 2 : at % 3 === 0 ? 1 : 0] ?? 'for',
    }))
    const signatures = new Map<Voter, string>()
    const issuing = await inLanes(waiting, async ({ cookie, voter }) => {
      const { signature } = await ok('POST', `/votes/${vote}/token`, { blinded: voter.blinded }, cookie)
      signatures.set(voter, String(signature))
    })
    const cast = new Map<string, Choice>()
    const ballots = waiting.map(({ voter, choice }) => voter.ballot(voter.finish(signatures.get(voter) ?? ''), choice))
    let mixing = true
    const mixer = (async () => {
      while (mixing) {
        for (const job of deliberationJobs) await job.run(parts.platform)
        await new Promise((done) => setTimeout(done, 2000))
      }
    })()
    let turned = 0
    const casting = await inLanes(ballots, async (ballot, at) => {
      // One in twenty sends twice at once, one in a hundred tries another choice afterwards.
      const path = `/votes/${vote}/ballots`
      if (at % 20 === 0) await Promise.all([ok('POST', path, ballot), ok('POST', path, ballot)])
      else await ok('POST', path, ballot)
      cast.set(ballot.token, ballot.choice)
      if (at % 100 !== 0) return
      const other = waiting[at]?.voter.ballot(ballot.signature, ballot.choice === 'for' ? 'against' : 'for')
      if ((await send('POST', path, other)).status === 200) turned += 1
    })
    mixing = false
    await mixer
    await closeNow(database.ownerUrl)
    const counting = performance.now()
    await parts.timers.runDue()
    const counted = (performance.now() - counting) / 1000
    return await report(vote, cast, turned, { issuing, casting, counted })
  } finally {
    await stop?.()
    agent.destroy()
    await parts.close()
    await database.stop()
  }
}

/** Lets the vote's time be over: the measurement does not wait for days. */
async function closeNow(ownerUrl: string): Promise<void> {
  await asOwner(
    ownerUrl,
    `UPDATE deliberation.vote SET opened_at = now() - interval '9 days', issue_until = now() - interval '5 days', cast_until = now() - interval '1 minute'`,
  )
  await asOwner(
    ownerUrl,
    `UPDATE platform.timer SET due = now() - interval '1 second' WHERE handler = 'deliberation.countVote'`,
  )
}

async function report(
  vote: string,
  cast: ReadonlyMap<string, Choice>,
  turned: number,
  seconds: { issuing: number; casting: number; counted: number },
): Promise<boolean> {
  const rows: unknown[] = []
  let head: unknown
  for (let more: string | undefined = ''; more !== undefined; ) {
    const page = await ok('GET', `/votes/${vote}/ballots${more === '' ? '' : `?cursor=${more}`}`)
    head = page['vote']
    rows.push(...(page['ballots'] as unknown[]))
    more = page['next'] as string | undefined
  }
  const file = voteFile.parse({ vote: head, ballots: rows })
  const published = new Map(file.ballots.map((ballot) => [ballot.token, ballot.choice]))
  const lost = [...cast].filter(([token, choice]) => published.get(token) !== choice).length
  const doubled = file.ballots.length - published.size + Math.max(0, file.ballots.length - cast.size)
  const { faults } = recompute(file)
  const rate = (time: number) => String(Math.round(voters / time))
  console.log(
    `\n${tableOf(
      ['voters waiting', 'tokens per second', 'ballots per second', 'count', 'lost', 'doubled', 'changed', 'recount'],
      [
        [
          String(voters),
          rate(seconds.issuing),
          rate(seconds.casting),
          `${seconds.counted.toFixed(1)} s`,
          String(lost),
          String(doubled),
          String(turned),
          faults.length === 0 ? 'agrees' : `${faults.length} faults`,
        ],
      ],
    )}\n`,
  )
  return lost === 0 && doubled === 0 && turned === 0 && faults.length === 0 && file.ballots.length === voters
}

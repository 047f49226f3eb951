// kill -9 of the server, of the database and of both in the middle of a thread: nothing acknowledged is lost, nothing happens twice.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, inject, it, vi } from 'vitest'
import { startDemo } from '../support/demo.ts'
import { kill, postmasterOf, type Running, runScript, startServer } from './running-server.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'liandong-kill-'))
let port: number
let running: Running

beforeAll(async () => {
  const demo = await startDemo(dataDir, inject('demoBroker'))
  port = demo.port
  running = demo
}, 180_000)
afterAll(async () => {
  const postmaster = postmasterOf(dataDir)
  running.process.kill('SIGTERM')
  await new Promise((done) => running.process.once('exit', done))
  // It has ended; whoever inherits an orphan may reap it a moment later.
  await vi.waitFor(() => expect(() => process.kill(postmaster, 0)).toThrow(), { timeout: 20_000 })
  rmSync(dataDir, { recursive: true, force: true })
}, 60_000)

async function query<Row extends pg.QueryResultRow>(sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: readFileSync(join(dataDir, 'database-url'), 'utf8').trim() })
  await client.connect()
  try {
    return (await client.query<Row>(sql)).rows
  } finally {
    await client.end()
  }
}

/** Acts that can happen to a record once only. */
const onceOnly = [
  'needs.submitNeed',
  'needs.acceptNeed',
  'needs.giveVerdict',
  'deliberation.confirmMeeting',
  'projects.designProject',
  'projects.approveProject',
  'procurement.publishTender',
  'procurement.depositBid',
  'procurement.decideObjection',
  'procurement.proposeAward',
  'procurement.confirmAward',
  'contracts.draftContract',
  'contracts.signAmendment',
  'funds.approveTransfer',
  'evaluation.publishEvaluation',
]

it('a thread reaches its verdict through three crashes', async () => {
  const heads = (await (await fetch(`${running.url}/api/seals/heads`)).json()) as { heads: { kept: string }[] }
  expect(heads.heads.length).toBeGreaterThan(0)
  const acknowledged: string[] = []
  let crashes: Promise<void> = Promise.resolve()
  let crashed = 0
  const crash = (what: () => Promise<void>) => {
    crashes = crashes.then(what).then(() => {
      crashed += 1
    })
  }
  const code = await runScript(['scripts/smoke.ts', running.url], {}, (line) => {
    if (!/^\s*\d+ ms/.test(line)) return
    acknowledged.push(line)
    if (acknowledged.length === 5) {
      crash(async () => {
        await kill(running.process)
        running = await startServer(dataDir, port)
      })
    }
    if (acknowledged.length === 15) crash(async () => void process.kill(postmasterOf(dataDir), 'SIGKILL'))
    if (acknowledged.length === 25) {
      crash(async () => {
        process.kill(postmasterOf(dataDir), 'SIGKILL')
        await kill(running.process)
        running = await startServer(dataDir, port)
      })
    }
  })
  await crashes
  expect(acknowledged.length).toBeGreaterThan(25)
  expect(crashed).toBe(3)
  expect(code).toBe(0)

  const twice = await query(
    `SELECT name, record_id, count(*) FROM platform.event WHERE name IN ('${onceOnly.join("','")}') GROUP BY 1, 2 HAVING count(*) > 1`,
  )
  expect(twice).toEqual([])
  const stuck = await query('SELECT consumer, failure FROM platform.outbox WHERE attempts > 0')
  expect(stuck).toEqual([])

  const lines: string[] = []
  const verified = await runScript(
    ['src/app/audit-verify.ts', ...heads.heads.flatMap((head) => ['--against', head.kept])],
    { DATABASE_URL: readFileSync(join(dataDir, 'database-url'), 'utf8').trim(), DATA_DIR: dataDir },
    (line) => lines.push(line),
  )
  expect(lines.join('\n')).toMatch(/all agrees/)
  expect(verified).toBe(0)
})

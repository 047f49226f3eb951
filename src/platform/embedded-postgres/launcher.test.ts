// The embedded server under real conditions: killed programs, killed servers, closed folders, other users.
import { spawn, spawnSync } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { DataInUse, StartFailed } from './errors.ts'
import { startEmbeddedPostgres } from './launcher.ts'
import type { EmbeddedPostgres, EmbeddedPostgresOptions } from './launcher.ts'
import { isRunning, serversIn } from './processes.ts'

const asRoot = process.getuid?.() === 0
const namespaces = spawnSync('unshare', ['--user', '--map-user=1000', '--map-group=1000', 'true']).status === 0
// False in a clone under /root: there an ordinary user can be played only inside a user namespace.
const readable =
  spawnSync('setpriv', [
    '--reuid=65534',
    '--regid=65534',
    '--clear-groups',
    process.execPath,
    '-e',
    `require('fs').readFileSync(${JSON.stringify(join(import.meta.dirname, 'launcher.ts'))})`,
  ]).status === 0

let folder: string
let dataDir: string
const started: EmbeddedPostgres[] = []
const programs: ChildProcess[] = []

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'liandong-launcher-')))
  chmodSync(folder, 0o755)
  dataDir = join(folder, 'data')
})

afterEach(async () => {
  for (const server of started.splice(0)) await server.stop()
  for (const program of programs.splice(0)) {
    if (program.exitCode === null && program.signalCode === null) {
      program.kill('SIGKILL')
      await once(program, 'exit')
    }
  }
  const cluster = join(dataDir, 'cluster')
  for (const pid of existsSync(cluster) ? serversIn(cluster) : []) if (isRunning(pid)) process.kill(pid, 'SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

async function start(more: Partial<EmbeddedPostgresOptions> = {}): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataDir, log: () => {}, ...more })
  started.push(server)
  return server
}

/** Runs SQL on the server and returns the first column of the first row. */
async function ask(url: string, sql: string): Promise<unknown> {
  const client = new Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    const found = await client.query({ text: sql, rowMode: 'array' })
    return found.rows[0]?.[0]
  } finally {
    await client.end()
  }
}

/** Starts the fixture as another program, perhaps as another user, and waits for its first line. */
async function startElsewhere(options: object = {}, as: readonly string[] = []) {
  const [command = process.execPath, ...rest] = [
    ...as,
    process.execPath,
    join(import.meta.dirname, 'launcher.fixture.ts'),
    JSON.stringify({ dataDir, ...options }),
  ]
  const program = spawn(command, rest, { stdio: ['pipe', 'pipe', 'pipe'] })
  programs.push(program)
  let said = ''
  let complaints = ''
  program.stderr.on('data', (bytes) => (complaints += String(bytes)))
  for await (const bytes of program.stdout) {
    said += String(bytes)
    if (said.includes('\n')) break
  }
  if (!said) throw new Error(complaints)
  const answer: { pid: number; url: string; uid: number; failure?: string } = JSON.parse(said)
  return { program, ...answer, complaints: () => complaints }
}

describe('an ordinary start', () => {
  test('makes a database sorted for Chinese, owned by one role and used by another that may do no DDL', async () => {
    const server = await start()
    expect(await ask(server.url(), 'SELECT current_user')).toBe('liandong_owner')
    expect(await ask(server.url(), "SELECT datlocale FROM pg_database WHERE datname = 'liandong'")).toBe('zh-Hans')
    expect(await ask(server.url(), 'SHOW server_encoding')).toBe('UTF8')
    expect(await ask(server.url(undefined, 'app'), 'SELECT current_user')).toBe('liandong_app')
    await expect(ask(server.url(undefined, 'app'), 'CREATE TABLE mine (id int)')).rejects.toThrow(/permission denied/)
    await expect(ask(server.url(undefined, 'app'), 'CREATE TEMP TABLE mine (id int)')).rejects.toThrow(
      /permission denied/,
    )
    expect(statSync(join(dataDir, 'secrets.json')).mode & 0o777).toBe(0o600)
  })

  test('nobody enters without the password, and data of a stopped server is there at the next start', async () => {
    const server = await start()
    await ask(server.url(), 'CREATE TABLE kept AS SELECT 7 AS value')
    const wrong = new URL(server.url())
    wrong.password = 'guess'
    await expect(ask(wrong.href, 'SELECT 1')).rejects.toThrow(/password authentication failed/)
    await server.stop()
    expect(isRunning(server.pid)).toBe(false)
    expect(existsSync(join(dataDir, 'cluster', 'postmaster.pid'))).toBe(false)
    const again = await start()
    expect(await ask(again.url(), 'SELECT value FROM kept')).toBe(7)
  })

  test('a path too long for a socket is served all the same, and its temporary folder goes with the server', async () => {
    dataDir = join(folder, '很长的目录名'.repeat(8))
    const server = await start()
    const socket = decodeURIComponent(new URL(server.url()).hostname)
    expect(socket.startsWith(dataDir)).toBe(false)
    expect(await ask(server.url(), 'SELECT 1')).toBe(1)
    await server.stop()
    expect(existsSync(socket)).toBe(false)
  })

  test('listens on a loopback port when told to', async () => {
    const port = 20_000 + (process.pid % 20_000)
    const server = await start({ port })
    expect(new URL(server.url()).host).toBe(`127.0.0.1:${port}`)
    expect(await ask(server.url(), 'SELECT 1')).toBe(1)
  })

  test('data without its passwords is not replaced but reported', async () => {
    await (await start()).stop()
    rmSync(join(dataDir, 'secrets.json'))
    await expect(start()).rejects.toThrow(StartFailed)
  })
})

describe('a second start on the same data', () => {
  test('is refused in the same program and changes nothing', async () => {
    const server = await start()
    await expect(start()).rejects.toThrow(DataInUse)
    expect(await ask(server.url(), 'SELECT 1')).toBe(1)
  })

  test('is refused from another program, in words that name the folder', async () => {
    await start()
    const second = await startElsewhere()
    expect(second.failure).toBe('DataInUse')
    await once(second.program, 'close')
    expect(second.complaints()).toContain(dataDir)
    expect(second.complaints()).toContain('数据目录正在被')
  })

  test('three programs on an empty folder at once: one gets it', async () => {
    const answers = await Promise.all([startElsewhere(), startElsewhere(), startElsewhere()])
    expect(answers.filter((answer) => answer.failure === undefined)).toHaveLength(1)
    expect(answers.filter((answer) => answer.failure === 'DataInUse')).toHaveLength(2)
    const [winner] = answers.filter((answer) => answer.failure === undefined)
    expect(await ask(winner?.url ?? '', 'SELECT 1')).toBe(1)
  })
})

describe('after a crash', () => {
  test('the server a killed program left behind is adopted, not started twice', async () => {
    const killed = await startElsewhere()
    await ask(killed.url, 'CREATE TABLE kept AS SELECT 7 AS value')
    killed.program.kill('SIGKILL')
    await once(killed.program, 'exit')
    const server = await start()
    expect(server.pid).toBe(killed.pid)
    expect(await ask(server.url(), 'SELECT value FROM kept')).toBe(7)
  })

  test('program and server killed at once: what was committed is there', async () => {
    const killed = await startElsewhere()
    await ask(killed.url, 'CREATE TABLE kept AS SELECT 7 AS value')
    killed.program.kill('SIGKILL')
    process.kill(killed.pid, 'SIGKILL')
    const server = await start()
    expect(server.pid).not.toBe(killed.pid)
    expect(await ask(server.url(), 'SELECT value FROM kept')).toBe(7)
  })

  test('a server killed under a living program comes back at the same address', async () => {
    const server = await start()
    const { pid } = server
    const url = server.url()
    await ask(url, 'CREATE TABLE kept AS SELECT 7 AS value')
    process.kill(pid, 'SIGKILL')
    await expect.poll(() => server.pid, { timeout: 20_000 }).not.toBe(pid)
    expect(await ask(url, 'SELECT value FROM kept')).toBe(7)
  })

  test('a lock that names a living stranger is recognised as stale', async () => {
    const server = await start()
    const lock = join(dataDir, 'cluster', 'postmaster.pid')
    const text = readFileSync(lock, 'utf8')
    await server.stop()
    const owner = statSync(join(dataDir, 'cluster'))
    writeFileSync(lock, text.replace(/^\d+/, String(process.pid)), { mode: 0o600 })
    if (asRoot) chownSync(lock, owner.uid, owner.gid)
    expect(await ask((await start()).url(), 'SELECT 1')).toBe(1)
  })

  test('a lock that names a zombie is recognised as stale', async () => {
    const server = await start()
    const lock = join(dataDir, 'cluster', 'postmaster.pid')
    const text = readFileSync(lock, 'utf8')
    await server.stop()
    // A shell that became `sleep` never reaps the child it had.
    const parent = spawn('/bin/sh', ['-c', 'sleep 0.3 & echo $!; exec sleep 30'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    programs.push(parent)
    const [first] = await once(parent.stdout, 'data')
    const zombie = Number(String(first))
    await expect.poll(() => readFileSync(`/proc/${zombie}/stat`, 'utf8').split(') ')[1]?.[0]).toBe('Z')
    expect(() => process.kill(zombie, 0)).not.toThrow()
    expect(isRunning(zombie)).toBe(false)
    const owner = statSync(join(dataDir, 'cluster'))
    writeFileSync(lock, text.replace(/^\d+/, String(zombie)), { mode: 0o600 })
    if (asRoot) chownSync(lock, owner.uid, owner.gid)
    expect(await ask((await start()).url(), 'SELECT 1')).toBe(1)
  })

  test('an initialisation that was killed leaves nothing that stops the next start', async () => {
    const half = join(dataDir, 'cluster.99999999.new')
    mkdirSync(join(half, 'base'), { recursive: true })
    expect(await ask((await start()).url(), 'SELECT 1')).toBe(1)
    expect(existsSync(half)).toBe(false)
  })
})

describe.runIf(asRoot)('started as root', () => {
  const closed = () => {
    const home = join(folder, 'home')
    mkdirSync(home, { mode: 0o700 })
    dataDir = join(home, 'liandong', 'var')
  }

  test.runIf(readable)('runs as nobody where nobody can reach programs and data', async () => {
    const server = await start()
    expect(statSync(`/proc/${server.pid}`).uid).not.toBe(0)
    expect(await ask(server.url(), 'SELECT 1')).toBe(1)
  })

  test.runIf(namespaces)('runs without any power under a home directory closed to others', async () => {
    closed()
    const server = await start()
    expect(readFileSync(`/proc/${server.pid}/status`, 'utf8')).toMatch(/CapEff:\t0+\n/)
    expect(await ask(server.url(), 'SELECT 1')).toBe(1)
  })

  test('runs under a closed home directory without user namespaces too, and keeps the data there', async () => {
    closed()
    const server = await start({ avoid: ['namespace'] })
    const program = realpathSync(`/proc/${server.pid}/exe`)
    expect(program.startsWith(folder)).toBe(false)
    expect(statSync(`/proc/${server.pid}`).uid).not.toBe(0)
    await ask(server.url(), 'CREATE TABLE kept AS SELECT 7 AS value')
    await server.stop()
    expect(existsSync(program)).toBe(false)
    // The next start may go another way: the files change hands.
    const again = await start()
    expect(await ask(again.url(), 'SELECT value FROM kept')).toBe(7)
    await again.stop()
    const third = await start({ avoid: ['namespace'] })
    expect(await ask(third.url(), 'SELECT value FROM kept')).toBe(7)
  })

  test('a hidden server that was left behind is adopted', async () => {
    closed()
    const killed = await startElsewhere({ avoid: ['namespace'] })
    killed.program.kill('SIGKILL')
    await once(killed.program, 'exit')
    const server = await start()
    expect(server.pid).toBe(killed.pid)
    expect(await ask(server.url(), 'SELECT 1')).toBe(1)
  })

  const ordinary = readable
    ? ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups']
    : ['unshare', '--user', '--map-user=1000', '--map-group=1000']

  test.runIf(readable || namespaces)('an ordinary user starts it as itself', async () => {
    if (readable) chownSync(folder, 65534, 65534)
    const other = await startElsewhere({}, ordinary)
    expect(other.uid).not.toBe(0)
    expect(statSync(`/proc/${other.pid}`).uid).toBe(readable ? 65534 : 0)
    other.program.stdin.end()
    await once(other.program, 'exit')
    expect(other.program.exitCode).toBe(0)
    expect(isRunning(other.pid)).toBe(false)
  })

  test.runIf(readable && namespaces)(
    'a user without a name, as in a container started with --user, starts it too',
    async () => {
      chownSync(folder, 43_210, 43_210)
      const other = await startElsewhere({}, ['setpriv', '--reuid=43210', '--regid=43210', '--clear-groups'])
      expect(other.failure).toBeUndefined()
      expect(statSync(`/proc/${other.pid}`).uid).toBe(43_210)
      other.program.stdin.end()
      await once(other.program, 'exit')
      expect(other.program.exitCode).toBe(0)
    },
  )
})

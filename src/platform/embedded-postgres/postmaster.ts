// One running server: its postmaster.pid, whether it answers, how it is started and stopped.
import type { ChildProcess } from 'node:child_process'
import { closeSync, existsSync, linkSync, openSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { connect } from 'node:net'
import { totalmem } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Address } from './address.ts'
import { StartFailed } from './errors.ts'
import { isRunning, isServerIn, serversIn, waitUntilGone } from './processes.ts'
import { dataArgument, launch } from './runner.ts'
import type { Runner } from './runner.ts'

export interface Postmaster {
  pid: number
  address: Address
  /** As whom we started it; unknown of an adopted one. */
  runner?: Runner
}

interface PidFile {
  text: string
  pid: number
  port: number
  socketDir: string
  listensOn: string
  ready: boolean
}

/** Milliseconds for a server to come up, recovery after a crash included, or for an old one to go. */
const patience = 300_000
/** Milliseconds for a server that says it is ready to answer. */
const silence = 15_000

/** Reads postmaster.pid: pid, data directory, start time, port, socket folder, TCP address, memory key, status. */
function readPidFile(cluster: string): PidFile | undefined {
  let text: string
  try {
    text = readFileSync(join(cluster, 'postmaster.pid'), 'utf8')
  } catch {
    return undefined
  }
  const lines = text.split('\n').map((line) => line.trim())
  return {
    text,
    pid: Number(lines[0]),
    port: Number(lines[3]),
    socketDir: lines[4] ? resolve(cluster, lines[4]) : '',
    listensOn: lines[5] ?? '',
    ready: lines[7] === 'ready',
  }
}

/**
 * The server that already runs on this data directory, once it is ready to answer; undefined when there is none. Waits
 * for one that is starting or stopping. A lock that a dead, zombie or unrelated process holds is removed, but only when
 * nothing of that server works in the directory any more.
 */
export async function findRunning(cluster: string): Promise<Postmaster | undefined> {
  const deadline = performance.now() + patience
  let silentSince: number | undefined
  for (;;) {
    const file = readPidFile(cluster)
    if (file === undefined) {
      if (serversIn(cluster).length === 0) return undefined
    } else if (isServerIn(file.pid, cluster)) {
      const address: Address = file.socketDir
        ? { kind: 'socket', directory: file.socketDir, port: file.port }
        : { kind: 'tcp', port: file.port }
      if (file.ready) {
        if (await answers(address)) return { pid: file.pid, address }
        silentSince ??= performance.now()
        if (performance.now() - silentSince > silence) {
          throw new StartFailed(`数据库进程 ${file.pid} 不应答，请结束它 (server does not answer, end it)`, '')
        }
      }
    } else if (serversIn(cluster).length === 0) {
      removeStaleLock(cluster, file.text)
      return undefined
    }
    // Children of a killed server need a moment to notice and go.
    if (performance.now() > deadline) {
      throw new StartFailed(
        `一个旧的数据库进程没有结束 (an old server does not end): ${serversIn(cluster).join(', ')}`,
        '',
      )
    }
    await sleep(100)
  }
}

function removeStaleLock(cluster: string, expected: string): void {
  const path = join(cluster, 'postmaster.pid')
  const aside = `${path}.stale.${process.pid}`
  try {
    renameSync(path, aside)
    // Another start may have replaced the lock since we read it: give that one back.
    if (readFileSync(aside, 'utf8') !== expected && !existsSync(path)) linkSync(aside, path)
  } catch {
    // Gone already, or the folder is not ours to write: PostgreSQL itself will judge the lock.
  }
  rmSync(aside, { force: true })
}

/** True when a server really serves there: it answers an SSL request with one byte. A dying one still accepts connections. */
export function answers(address: Address): Promise<boolean> {
  const request = Buffer.alloc(8)
  request.writeInt32BE(8, 0)
  request.writeInt32BE(80877103, 4)
  return new Promise((done) => {
    const socket =
      address.kind === 'socket'
        ? connect(join(address.directory, `.s.PGSQL.${address.port}`))
        : connect(address.port, '127.0.0.1')
    const finish = (result: boolean) => {
      socket.destroy()
      done(result)
    }
    socket.setTimeout(2000, () => finish(false))
    socket.on('connect', () => socket.write(request))
    socket.on('data', (bytes) => finish(bytes.length === 1))
    socket.on('error', () => finish(false))
    socket.on('close', () => finish(false))
  })
}

export interface StartRequest {
  cluster: string
  runner: Runner
  address: Address
  logFile: string
  fast: boolean
}

/**
 * Starts the server and waits until it answers. Undefined when another start was quicker, or a moment is needed because
 * memory of a killed server is still held: the caller looks again. Throws StartFailed with the end of the log.
 */
export async function startServer(request: StartRequest): Promise<Postmaster | undefined> {
  const { cluster, runner, address } = request
  if (existsSync(request.logFile) && statSync(request.logFile).size > 10_000_000) {
    renameSync(request.logFile, `${request.logFile}.1`)
  }
  const log = openSync(request.logFile, 'a', 0o600)
  const before = statSync(request.logFile).size
  let child: ChildProcess
  try {
    child = launch(runner, 'postgres', ['-D', dataArgument(runner, cluster), ...settings(request)], {
      cwd: cluster,
      stdio: ['ignore', log, log],
    })
  } finally {
    closeSync(log)
  }
  let failure: string | undefined
  child.on('error', (error) => (failure = error.message))
  child.on('exit', (code, signal) => (failure ??= `exit ${code ?? signal}`))
  child.unref()
  const deadline = performance.now() + patience
  while (failure === undefined) {
    const file = readPidFile(cluster)
    if (file?.ready && file.pid === child.pid && (await answers(address))) {
      return { pid: file.pid, address, runner }
    }
    if (performance.now() > deadline) {
      if (child.pid !== undefined) await stopServer(child.pid)
      failure = `${patience / 1000} s`
    } else {
      await sleep(20)
    }
  }
  const said = readFileSync(request.logFile).subarray(before).toString('utf8')
  if (/lock file .* already exists|is still in use/.test(said)) return undefined
  throw new StartFailed(failure, said.split('\n').slice(-15).join('\n'))
}

function settings({ runner, address, fast }: StartRequest): string[] {
  const socketDir = address.kind === 'socket' ? address.directory : ''
  const values: Record<string, string> = {
    listen_addresses: address.kind === 'tcp' ? '127.0.0.1' : '',
    // Beside the data directory, so the relative path holds where the absolute one is closed to the server.
    unix_socket_directories: runner.kind === 'hidden' && socketDir.endsWith('/socket') ? '../socket' : `"${socketDir}"`,
    unix_socket_permissions: '0700',
    port: String(address.port),
    max_connections: '200',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_checkpoints: 'off',
    // The log must hold no personal data: no statements, no values, no quoted rows.
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_parameter_max_length_on_error: '0',
    ...(fast
      ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', wal_level: 'minimal', max_wal_senders: '0' }
      : { shared_buffers: `${bufferMegabytes()}MB` }),
  }
  if (socketDir === '') values.unix_socket_directories = ''
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

/**
 * Memory for pages of tables: an eighth of the machine's (or the container's), 128 MB to 4 GB. It is taken when it is used, not at the start: a small
 * installation stays small. PostgreSQL's own 128 MB hold a tenth of a million needs, and each page that is not there costs ten times as much.
 */
function bufferMegabytes(): number {
  const limit = process.constrainedMemory()
  const bytes = limit > 0 ? Math.min(limit, totalmem()) : totalmem()
  return Math.min(4096, Math.max(128, Math.floor(bytes / 8 / 2 ** 20)))
}

/** Stops a server: open transactions are rolled back, what is committed is written (SIGINT); harder when it does not end. */
export async function stopServer(pid: number): Promise<void> {
  for (const [signal, milliseconds] of [
    ['SIGINT', 60_000],
    ['SIGQUIT', 10_000],
    ['SIGKILL', 5_000],
  ] as const) {
    if (!isRunning(pid)) return
    try {
      process.kill(pid, signal)
    } catch {
      return
    }
    if (await waitUntilGone(pid, milliseconds)) return
  }
}

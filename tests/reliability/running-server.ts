// A real server process on a data folder of its own, to be killed and started again.
import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../..')
const node = join(root, 'node_modules/.bin/node')

export type Running = { readonly process: ChildProcess; readonly url: string }

/** A loopback port that is free now. */
export function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer()
    server.once('error', fail)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        typeof address === 'object' && address !== null ? done(address.port) : fail(new Error('no port')),
      )
    })
  })
}

/** Starts the server and waits until it says that it is ready. */
export function startServer(dataDir: string, port: number): Promise<Running> {
  const child = spawn(node, ['src/app/main.ts'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      DATABASE_URL: '',
      MIGRATE_DATABASE_URL: '',
      DATA_DIR: dataDir,
      PORT: String(port),
      HOST: '127.0.0.1',
      DEMO: '1',
    },
  })
  let said = ''
  return new Promise((done, fail) => {
    child.stdout?.on('data', (bytes) => {
      said += String(bytes)
      if (said.includes('Liandong is ready')) done({ process: child, url: `http://127.0.0.1:${port}` })
    })
    child.stderr?.on('data', (bytes) => (said += String(bytes)))
    child.once('exit', (code) => fail(new Error(`the server ended with ${code}: ${said}`)))
  })
}

/** Ends a server in good order: its database is closed and its folder may be copied. */
export async function stopServer({ process: child }: Running): Promise<void> {
  child.removeAllListeners('exit')
  const gone = new Promise((done) => child.once('exit', done))
  child.kill('SIGTERM')
  await gone
}

/** Ends a process by force and waits until it is gone. */
export function kill(child: ChildProcess): Promise<void> {
  return new Promise((done) => {
    if (child.exitCode !== null || child.signalCode !== null) {
      done()
      return
    }
    child.removeAllListeners('exit')
    child.once('exit', () => done())
    child.kill('SIGKILL')
  })
}

/** The process id of the embedded database's postmaster. */
export function postmasterOf(dataDir: string): number {
  return Number(readFileSync(join(dataDir, 'postgres/cluster/postmaster.pid'), 'utf8').split('\n')[0])
}

/** Runs a script of the program to its end, telling each line; answers its exit code. */
export function runScript(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  onLine: (line: string) => void,
): Promise<number> {
  const child = spawn(node, [...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  })
  let rest = ''
  const take = (bytes: unknown) => {
    rest += String(bytes)
    const lines = rest.split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) onLine(line)
  }
  child.stdout?.on('data', take)
  child.stderr?.on('data', take)
  return new Promise((done) => {
    child.once('close', (code) => done(code ?? 1))
  })
}

// Where the embedded server listens, and the connection strings that lead there.
import { chmodSync, mkdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Secrets } from './cluster.ts'
import { giveTo, temporaryFolder } from './runner.ts'
import type { Runner } from './runner.ts'

export type Address = { kind: 'socket'; directory: string; port: number } | { kind: 'tcp'; port: number }

/** A path longer than this is no socket: the kernel's field has 108 bytes, the last of them zero. */
const longestSocketPath = 107
const socketPort = 5432

/**
 * Chooses a place to listen: loopback TCP when a port is asked for; else a socket in the data folder; else, when that path
 * is too long or its disk knows no sockets, in a private temporary folder (returned, to be deleted); else a free loopback port.
 */
export async function chooseAddress(
  dataDir: string,
  runner: Runner,
  port?: number,
): Promise<{ address: Address; temporary?: string }> {
  if (port !== undefined) return { address: { kind: 'tcp', port } }
  const beside = join(dataDir, 'socket')
  if (fits(beside)) {
    mkdirSync(beside, { recursive: true, mode: 0o700 })
    chmodSync(beside, 0o700)
    giveTo(runner, beside)
    if (await canListen(beside)) return { address: { kind: 'socket', directory: beside, port: socketPort } }
  }
  for (const parent of new Set([tmpdir(), '/tmp'])) {
    const made = temporaryFolder(parent, runner, 0o700)
    if (made === undefined) continue
    if (fits(made) && (await canListen(made))) {
      return { address: { kind: 'socket', directory: made, port: socketPort }, temporary: made }
    }
    rmSync(made, { recursive: true, force: true })
  }
  return { address: { kind: 'tcp', port: await freePort() } }
}

/** A connection string that pg, psql and `new URL` all read; a socket folder stands percent-encoded in the host's place. */
export function urlOf(address: Address, user: keyof Secrets, secrets: Secrets, database: string): string {
  const host = address.kind === 'socket' ? encodeURIComponent(address.directory) : '127.0.0.1'
  return `postgres://${user}:${secrets[user]}@${host}:${address.port}/${encodeURIComponent(database)}`
}

function fits(directory: string): boolean {
  return Buffer.byteLength(join(directory, `.s.PGSQL.${socketPort}`)) <= longestSocketPath
}

function canListen(directory: string): Promise<boolean> {
  const path = join(directory, `.probe.${process.pid}`)
  rmSync(path, { force: true })
  return new Promise((done) => {
    const server = createServer()
    server.on('error', () => done(false))
    server.listen(path, () => server.close(() => done(true)))
  })
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer()
    server.on('error', fail)
    server.listen(0, '127.0.0.1', () => {
      const bound = server.address()
      server.close(() => done(bound !== null && typeof bound === 'object' ? bound.port : 0))
    })
  })
}

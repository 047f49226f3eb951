// The hub of live messages: sockets of this process by person, LISTEN/NOTIFY between the processes. On the same line processes hear that what they hold in memory is old.
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import type { Logger } from 'pino'
import { rowsOf, type Tx } from '../database.ts'
import type { LiveHub, LiveMessage } from './live-hub.ts'

/** What the hub needs of a WebSocket (ws has it). */
export type ScreenSocket = {
  readonly readyState: number
  readonly bufferedAmount: number
  send(text: string): void
  ping(): void
  close(code?: number): void
  terminate(): void
  on(event: 'pong' | 'close' | 'error' | 'message', listener: () => void): unknown
}

export type SocketHub = LiveHub & {
  /** Adds a screen of a person until it closes. A person has at most 20; the oldest gives way. */
  attach(person: string, socket: ScreenSocket): void
  /** Closes all screens of a person (signed out everywhere, account locked), in this process. */
  drop(person: string): void
  /** How this process reads again what it holds in memory by that name: when one says that it is old, and when the database is back after being away. */
  keepFresh(memory: Memory, read: () => Promise<void>): void
  close(): Promise<void>
}

/** What every process holds in memory. */
export type Memory = 'policy' | 'divisions'

const channel = 'liandong_live'
const heartbeatMs = 30_000
const mostOfPerson = 20

/** Bytes that may wait for a slow screen before it is cut off; it comes back and asks anew. */
const mostWaiting = 64 * 1024

/** PostgreSQL carries 8,000 bytes in a notification. */
const mostPayload = 7_800
const open = 1
const tryAgain = 1013

/** Payloads that together reach all persons, each small enough for one notification. Throws when the message alone is too large. */
function payloads(persons: readonly string[], message: LiveMessage): string[] {
  const bare = Buffer.byteLength(JSON.stringify({ persons: [], message }))
  const room = Math.floor((mostPayload - bare) / 60)
  if (room < 1) throw new Error('live message too large: send what changed, not the thing itself')
  const unique = [...new Set(persons)]
  const parts: string[] = []
  for (let at = 0; at < unique.length; at += room)
    parts.push(JSON.stringify({ persons: unique.slice(at, at + room), message }))
  return parts
}

/** A message and the persons on whose screens it is shown. */
export type LiveSend = { readonly persons: readonly string[]; readonly message: LiveMessage }

/**
 * Sends to every screen of the persons when the transaction commits, and not at all when it does not: the way for whoever writes in the same
 * transaction what the screens will then read. One statement, none when nobody is told.
 */
export async function sendLive(tx: Tx, sends: readonly LiveSend[]): Promise<void> {
  const parts = sends.flatMap(({ persons, message }) => payloads(persons, message))
  if (parts.length > 0) await rowsOf(tx, 'SELECT pg_notify($1, x) FROM unnest($2::text[]) AS x', [channel, parts])
}

/** Says to every other server process that its memory is old: when the transaction commits, and not at all when it does not. */
export async function tellProcesses(tx: Tx, { process }: LiveHub, memory: Memory): Promise<void> {
  await rowsOf(tx, 'SELECT pg_notify($1, $2)', [channel, JSON.stringify({ old: memory, by: process })])
}

function parsePayload(
  text: string,
): { old: string; by: string } | { persons: string[]; message: LiveMessage } | undefined {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null) return undefined
    if ('old' in value && 'by' in value) return { old: String(value.old), by: String(value.by) }
    if (!('persons' in value) || !('message' in value)) return undefined
    const { persons, message } = value
    if (
      !Array.isArray(persons) ||
      typeof message !== 'object' ||
      message === null ||
      !('kind' in message) ||
      !('data' in message)
    )
      return undefined
    if (typeof message.kind !== 'string' || typeof message.data !== 'object' || message.data === null) return undefined
    return {
      persons: persons.filter((person) => typeof person === 'string'),
      message: { kind: message.kind, data: { ...message.data } },
    }
  } catch {
    return undefined
  }
}

/**
 * Opens the hub on one connection of its own. While the database is away nothing is sent; when it is back every memory is read again and all
 * screens get `{kind: 'resync'}` and ask anew. The first connection must succeed.
 */
export async function openLiveHub(url: string, log: Logger): Promise<SocketHub> {
  const process = randomUUID()
  const screens = new Map<string, Map<ScreenSocket, { alive: boolean }>>()
  let count = 0
  let client: pg.Client | undefined
  let closed = false
  let retry: NodeJS.Timeout | undefined
  const memories = new Map<string, () => Promise<void>>()

  const readAgain = (memory: string) => {
    // When the database is away, its coming back reads again.
    memories
      .get(memory)?.()
      .catch(() => log.warn({ memory }, 'memory could not be read again'))
  }

  const sendTo = (socket: ScreenSocket, text: string) => {
    if (socket.readyState !== open) return
    if (socket.bufferedAmount > mostWaiting) socket.terminate()
    else socket.send(text)
  }

  const deliver = (persons: readonly string[], message: LiveMessage) => {
    const text = JSON.stringify(message)
    for (const person of persons) for (const socket of screens.get(person)?.keys() ?? []) sendTo(socket, text)
  }

  const connect = async (): Promise<void> => {
    const fresh = new pg.Client({ connectionString: url, application_name: 'liandong-live', keepAlive: true })
    const lost = () => {
      if (client !== fresh) return
      client = undefined
      if (!closed) again(500)
    }
    fresh.on('error', lost)
    fresh.on('end', lost)
    fresh.on('notification', ({ payload }) => {
      const parsed = parsePayload(payload ?? '')
      if (parsed === undefined) return
      if (!('old' in parsed)) deliver(parsed.persons, parsed.message)
      else if (parsed.by !== process) readAgain(parsed.old)
    })
    await fresh.connect()
    try {
      await fresh.query(`LISTEN ${channel}`)
    } catch (error) {
      await fresh.end().catch(() => {})
      throw error
    }
    if (closed) await fresh.end()
    else client = fresh
  }

  const again = (wait: number) => {
    retry = setTimeout(() => {
      connect().then(
        () => {
          for (const memory of memories.keys()) readAgain(memory)
          deliver([...screens.keys()], { kind: 'resync', data: {} })
        },
        () => {
          log.warn('live messages: the database does not answer')
          if (!closed) again(Math.min(wait * 2, 30_000))
        },
      )
    }, wait)
    retry.unref()
  }

  const heartbeat = setInterval(() => {
    for (const sockets of screens.values()) {
      for (const [socket, state] of sockets) {
        if (!state.alive) socket.terminate()
        state.alive = false
        if (socket.readyState === open) socket.ping()
      }
    }
  }, heartbeatMs)
  heartbeat.unref()

  await connect()
  return {
    process,
    connections: () => count,
    attach(person, socket) {
      if (closed || socket.readyState !== open) {
        socket.close(tryAgain)
        return
      }
      const sockets = screens.get(person) ?? new Map<ScreenSocket, { alive: boolean }>()
      screens.set(person, sockets)
      const state = { alive: true }
      sockets.set(socket, state)
      count += 1
      socket.on('pong', () => {
        state.alive = true
      })
      // An error is always followed by close; without a listener it would end the process.
      socket.on('error', () => {})
      socket.on('close', () => {
        if (!sockets.delete(socket)) return
        count -= 1
        if (sockets.size === 0 && screens.get(person) === sockets) screens.delete(person)
      })
      const oldest = sockets.keys().next().value
      if (sockets.size > mostOfPerson && oldest !== undefined) oldest.close(tryAgain)
    },
    drop(person) {
      for (const socket of screens.get(person)?.keys() ?? []) socket.close(4401)
    },
    keepFresh: (memory, read) => void memories.set(memory, read),
    async close() {
      closed = true
      clearInterval(heartbeat)
      clearTimeout(retry)
      for (const sockets of screens.values()) for (const socket of sockets.keys()) socket.close(1001)
      await client?.end().catch(() => {})
    },
  }
}

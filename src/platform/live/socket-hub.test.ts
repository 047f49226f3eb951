// Live messages over real sockets and two hubs, as two server processes have them.
import websocket from '@fastify/websocket'
import Fastify, { type FastifyInstance } from 'fastify'
import pino from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase, type FreshDatabase } from '../../../tests/support/database.ts'
import { withClient } from '../../../tests/support/template.ts'
import { openDatabase, type Database } from '../database.ts'
import type { LiveMessage } from './live-hub.ts'
import { openLiveHub, sendLive, type SocketHub, tellProcesses } from './socket-hub.ts'

const log = pino({ level: 'silent' })
let fresh: FreshDatabase
let database: Database
let [hub, other]: (SocketHub | undefined)[] = []
let server: FastifyInstance
let address: string
const screens: WebSocket[] = []

beforeAll(async () => {
  fresh = await freshDatabase()
  database = openDatabase(fresh.appUrl)
  hub = await openLiveHub(fresh.appUrl, log)
  other = await openLiveHub(fresh.appUrl, log)
  server = Fastify()
  await server.register(websocket)
  server.get<{ Params: { hub: string; person: string } }>('/:hub/:person', { websocket: true }, (socket, request) => {
    const chosen = request.params.hub === 'one' ? hub : other
    chosen?.attach(request.params.person, socket)
  })
  address = await server.listen({ port: 0, host: '127.0.0.1' })
})

afterAll(async () => {
  for (const screen of screens) screen.close()
  await hub?.close()
  await other?.close()
  await server?.close()
  await database?.close()
  await fresh?.drop()
})

async function screen(path: string): Promise<{ messages: unknown[]; closed: () => number | undefined }> {
  const socket = new WebSocket(`${address.replace('http', 'ws')}/${path}`)
  screens.push(socket)
  const messages: unknown[] = []
  let code: number | undefined
  socket.onmessage = (event) => void messages.push(JSON.parse(String(event.data)))
  socket.onclose = (event) => {
    code = event.code
  }
  await new Promise((resolve, reject) => {
    socket.onopen = resolve
    socket.onerror = reject
  })
  return { messages, closed: () => code }
}

/** Ends the connections of the hubs, as a database that starts anew does. */
async function cutOff(): Promise<void> {
  const end =
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'liandong-live' AND datname = current_database()"
  await withClient(fresh.adminUrl, (client) => client.query(end))
}

const message = { kind: 'waiting.changed', data: { count: 3 } }
const send = (persons: readonly string[], what: LiveMessage) => sendLive(database.reader, [{ persons, message: what }])

test('a message reaches every screen of the person at every process, and nobody else', async () => {
  const [desk, phone, neighbour] = await Promise.all([screen('one/lu'), screen('two/lu'), screen('one/wang')])
  await send(['lu', 'lu', 'nobody'], message)
  await expect.poll(() => [desk.messages, phone.messages]).toEqual([[message], [message]])
  expect(neighbour.messages).toEqual([])
})

test('what is sent in a transaction arrives after its commit, and never when it is rolled back', async () => {
  const desk = await screen('one/chen')
  const meanwhile = { kind: 'meanwhile', data: {} }
  await database
    .transaction(async (tx) =>
      sendLive(tx, [{ persons: ['chen'], message: { kind: 'rolled-back', data: {} } }]).then(() =>
        Promise.reject(new Error('no')),
      ),
    )
    .catch(() => undefined)
  await database.transaction(async (tx) => {
    await sendLive(tx, [{ persons: ['chen'], message }])
    // What another process sends meanwhile is there first.
    await send(['chen'], meanwhile)
    await expect.poll(() => desk.messages).toEqual([meanwhile])
  })
  await expect.poll(() => desk.messages).toEqual([meanwhile, message])
})

test('a thousand persons at once are reached in several notifications', async () => {
  const last = await screen('two/320000-0199f000-0000-7000-8000-000000000999')
  const persons = Array.from(
    { length: 1000 },
    (_, digit) => `320000-0199f000-0000-7000-8000-${String(digit).padStart(12, '0')}`,
  )
  await send(persons, message)
  await database.transaction((tx) => sendLive(tx, [{ persons, message }]))
  await expect.poll(() => last.messages).toEqual([message, message])
})

test('a message that carries the thing itself is a fault', async () => {
  await expect(send(['lu'], { kind: 'x', data: { text: '长'.repeat(4000) } })).rejects.toThrow(/too large/)
})

test('what the processes hold in memory is read again by all but the one that changed it, after the commit, and by all when the database is back', async () => {
  const [first, second] = [hub, other]
  if (first === undefined || second === undefined) throw new Error('no hubs')
  const heard: string[] = []
  first.keepFresh('policy', async () => void heard.push('one'))
  second.keepFresh('policy', async () => void heard.push('two'))
  await database
    .transaction(async (tx) => {
      await tellProcesses(tx, first, 'policy')
      throw new Error('rolled back')
    })
    .catch(() => {})
  await tellProcesses(database.reader, second, 'policy')
  await expect.poll(() => heard).toEqual(['one'])
  await tellProcesses(database.reader, first, 'policy')
  await expect.poll(() => heard).toEqual(['one', 'two'])
  await cutOff()
  await expect.poll(() => heard.slice(2).sort(), { timeout: 8000 }).toEqual(['one', 'two'])
})

test('the connection to the database is made again, and screens are told to ask anew', async () => {
  const desk = await screen('one/zhao')
  await cutOff()
  await expect.poll(() => desk.messages, { timeout: 8000 }).toContainEqual({ kind: 'resync', data: {} })
  await send(['zhao'], message)
  await expect.poll(() => desk.messages, { timeout: 3000 }).toContainEqual(message)
})

test('screens that close are forgotten, the oldest of too many gives way, and a person can be cut off', async () => {
  const before = hub?.connections() ?? 0
  const many: Awaited<ReturnType<typeof screen>>[] = []
  for (let place = 0; place < 21; place += 1) many.push(await screen('one/sun'))
  await expect.poll(() => many[0]?.closed()).toBe(1013)
  await expect.poll(() => (hub?.connections() ?? 0) - before).toBe(20)
  hub?.drop('sun')
  await expect.poll(() => many.map((one) => one.closed()).filter((code) => code === 4401).length).toBe(20)
  expect(hub?.connections()).toBe(before)
})

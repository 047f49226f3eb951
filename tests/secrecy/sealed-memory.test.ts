// Sealed bids against whoever takes the server's memory: a real server process holds three bids, and all of its memory is searched.
import { mkdtempSync, openSync, readFileSync, readSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { KeySeatName } from '../../src/loop/procurement/contract/sealing.ts'
import { sealBid } from '../../src/web/features/procurement/sealing/bid.ts'
import { makePair, privateBytes, publicText } from '../../src/web/features/procurement/sealing/hpke.ts'
import { makeTenderKey, openShare } from '../../src/web/features/procurement/sealing/shares.ts'
import { type Running, stopServer } from '../reliability/running-server.ts'
import { startDemo } from '../support/demo.ts'

type Player = { readonly id: string; readonly role: string }
type Sealing = { readonly seat?: string; readonly seats: readonly { seat: KeySeatName; openerKey: string }[] }

let server: Running
let folder = ''
let people: readonly Player[] = []

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'liandong-memory-'))
  server = await startDemo(folder, inject('demoBroker'))
  people = ((await (await fetch(`${server.url}/api/demo/people`)).json()) as { people: Player[] }).people
}, 300_000)
afterAll(async () => {
  await stopServer(server)
  rmSync(folder, { recursive: true, force: true })
}, 60_000)

/** A session as somebody of the demo. */
async function signIn(player: Player): Promise<string> {
  const answer = await fetch(`${server.url}/api/demo/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ person: player.id }),
  })
  return answer.headers.get('set-cookie')?.split(';')[0] ?? ''
}

async function ask<T>(cookie: string, method: 'GET' | 'POST', path: string, body?: unknown): Promise<T> {
  const answer = await fetch(`${server.url}/api${path}`, {
    method,
    headers: { cookie, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    body: body === undefined ? undefined : JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status}`)
  return (await answer.json()) as T
}

const inRole = (role: string) => people.filter((player) => player.role === role)

/** The demo's tender with sealed bids, planned, and its procurer's session. */
async function findTender(): Promise<{ tender: string; cookie: string }> {
  for (const player of inRole('township-procurer')) {
    const cookie = await signIn(player)
    const { rows } = await ask<{ rows: { id: string }[] }>(cookie, 'GET', '/tenders/desk?size=50&state=planning')
    for (const { id } of rows) {
      if ((await ask<{ bidForm: string }>(cookie, 'GET', `/tenders/${id}`)).bidForm === 'sealed')
        return { tender: id, cookie }
    }
  }
  throw new Error('no tender of the demo takes sealed bids')
}

/** Somebody of the role who sits in the seat for this tender. */
async function sitting(tender: string, role: string, seat: KeySeatName): Promise<string> {
  for (const player of inRole(role)) {
    const cookie = await signIn(player)
    const seen = await ask<Sealing>(cookie, 'GET', `/tenders/${tender}/sealing`).catch(() => undefined)
    if (seen?.seat === seat) return cookie
  }
  throw new Error(`nobody sits in the seat ${seat}`)
}

/** Names of what stands in the writable memory of a process, in any of the usual spellings. */
function foundIn(pid: number, secrets: ReadonlyMap<string, Buffer>): { names: string[]; bytes: number } {
  const spellings = [...secrets].flatMap(([name, bytes]) =>
    [
      bytes,
      Buffer.from(bytes.toString('hex')),
      Buffer.from(bytes.toString('base64url')),
      Buffer.from(bytes.toString('utf8'), 'utf16le'),
    ].map((spelling) => ({ name, spelling })),
  )
  const names = new Set<string>()
  const memory = openSync(`/proc/${pid}/mem`, 'r')
  const step = 16 * 1024 * 1024
  let bytes = 0
  for (const line of readFileSync(`/proc/${pid}/maps`, 'utf8').split('\n')) {
    const range = /^([0-9a-f]+)-([0-9a-f]+) rw/.exec(line)
    if (range === null) continue
    const end = BigInt(`0x${range[2]}`)
    let tail = Buffer.alloc(0)
    for (let at = BigInt(`0x${range[1]}`); at < end; at += BigInt(step)) {
      const part = Buffer.alloc(Number(end - at < BigInt(step) ? end - at : BigInt(step)))
      try {
        bytes += readSync(memory, part, { position: at })
      } catch {
        // A range that is gone by now, or that the kernel does not give.
        break
      }
      const whole = Buffer.concat([tail, part])
      for (const { name, spelling } of spellings) if (whole.includes(spelling)) names.add(name)
      tail = whole.subarray(Math.max(0, whole.length - 512))
    }
  }
  return { names: [...names].sort(), bytes }
}

test('while three bids are held the memory of the server holds no word, no price, no share and no opener’s key', async () => {
  const { tender, cookie } = await findTender()
  const cookies: Readonly<Record<KeySeatName, string>> = {
    procurer: cookie,
    overseer: await sitting(tender, 'county-overseer', 'overseer'),
    community: await sitting(tender, 'community-head', 'community'),
  }
  const secrets = new Map<string, Buffer>()
  const pairs = new Map<string, CryptoKeyPair>()
  for (const [seat, opener] of Object.entries(cookies)) {
    const pair = await makePair(false)
    pairs.set(seat, pair)
    secrets.set(`key of ${seat}`, Buffer.from(await privateBytes(pair)))
    await ask(opener, 'POST', `/tenders/${tender}/opener-key`, { key: await publicText(pair) })
  }
  const { seats } = await ask<Sealing>(cookie, 'GET', `/tenders/${tender}/sealing`)
  const made = await makeTenderKey(
    tender,
    seats.map(({ seat, openerKey }) => ({ seat, openerKey })),
    2,
  )
  await ask(cookie, 'POST', `/tenders/${tender}/key`, made)
  for (const { seat, sealed } of made.shares) {
    const pair = pairs.get(seat)
    if (pair === undefined) throw new Error('no pair')
    const { share, hash } = await openShare(pair, { tender, key: made.key, seat }, sealed)
    secrets.set(`share of ${seat}`, Buffer.from(share))
    await ask(cookies[seat], 'POST', `/tenders/${tender}/key/confirm`, { key: made.key, hash })
  }
  await ask(cookie, 'POST', `/tenders/${tender}/publish`)
  const seen = new Map<string, Buffer>()
  for (const [index, player] of inRole('organization-administrator').slice(0, 3).entries()) {
    const bidder = await signIn(player)
    const { assignments } = await ask<{ assignments: { current: boolean; organizationId?: string }[] }>(
      bidder,
      'GET',
      '/session',
    )
    const organization = assignments.find((each) => each.current)?.organizationId ?? ''
    const words = `凤尾竹石榴花水杉林方案第${index}号只此一句`
    const price = `${31_111 + index}.1${index}`
    const { header, content } = await sealBid(
      { tender, key: made.key, organization },
      { price, proposal: words.repeat(3), team: [{ post: '社工', people: 1 }], files: [] },
      [],
    )
    await ask(bidder, 'POST', `/tenders/${tender}/envelopes`, { header, content })
    secrets.set(`words ${index}`, Buffer.from(words)).set(`price ${index}`, Buffer.from(price))
    seen.set(`deposit ${index}`, Buffer.from(header.deposit))
  }
  const { names, bytes } = foundIn(server.process.pid ?? 0, new Map([...secrets, ...seen]))
  expect(bytes).toBeGreaterThan(50_000_000)
  // What the server was told is found: the search is not blind.
  expect(names).toEqual([...seen.keys()])
}, 300_000)

// Sealed bids against whoever takes the server's memory and disk: a real server process holds three bids, and all of both is searched.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { KeySeatName } from '../../src/loop/procurement/contract/sealing.ts'
import { contentKeyOf, sealBid } from '../../src/web/features/procurement/sealing/bid.ts'
import { fromText } from '../../src/web/features/procurement/sealing/bytes.ts'
import { makePair, pairOf, privateBytes, publicText } from '../../src/web/features/procurement/sealing/hpke.ts'
import { makeTenderKey, openShare } from '../../src/web/features/procurement/sealing/shares.ts'
import { combine } from 'shamir-secret-sharing'
import { type Running, stopServer } from '../reliability/running-server.ts'
import { startDemo } from '../support/demo.ts'
import { searchFiles, searchMemory } from './searching.ts'

type Player = { readonly id: string; readonly role: string; readonly division: string }
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

test('while three bids are held neither memory nor disk of the server holds a word, a price, an attachment, a share or a key', async () => {
  const { tender, cookie } = await findTender()
  const cookies: Readonly<Record<KeySeatName, string>> = {
    procurer: cookie,
    overseer: await sitting(tender, 'county-overseer', 'overseer'),
    community: await sitting(tender, 'community-head', 'community'),
  }
  const secrets = new Map<string, Uint8Array>()
  const shares: Uint8Array[] = []
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
    shares.push(Uint8Array.from(share))
    await ask(cookies[seat], 'POST', `/tenders/${tender}/key/confirm`, { key: made.key, hash })
  }
  const key = await combine(shares.slice(0, 2))
  secrets.set('key of the tender', key)
  const pair = await pairOf(Uint8Array.from(key))
  await ask(cookie, 'POST', `/tenders/${tender}/publish`)
  const seen = new Map<string, Uint8Array>()
  for (const [index, player] of inRole('organization-administrator').slice(0, 3).entries()) {
    const bidder = await signIn(player)
    const { assignments } = await ask<{ assignments: { current: boolean; organizationId?: string }[] }>(
      bidder,
      'GET',
      '/session',
    )
    const organization = assignments.find((each) => each.current)?.organizationId ?? ''
    const words = `凤尾竹石榴花水杉林方案第${index}号只此一句`
    const file = Buffer.from(`附件甲乙丙丁戊己庚辛编号${index}`)
    const price = `${31_111 + index}.1${index}`
    const { header, content } = await sealBid(
      { tender, key: made.key, organization, lot: 1 },
      {
        price,
        proposal: words.repeat(3),
        team: [{ post: '社工', people: 1 }],
        files: [{ name: '方案.txt', type: 'text/plain', size: file.length }],
      },
      [file],
    )
    await ask(bidder, 'POST', `/tenders/${tender}/envelopes`, { header, content })
    secrets
      .set(`words ${index}`, Buffer.from(words))
      .set(`price ${index}`, Buffer.from(price))
      .set(`attachment ${index}`, file)
      .set(`content key ${index}`, fromText(await contentKeyOf(pair, header)))
    seen.set(`deposit ${index}`, Buffer.from(header.deposit))
  }
  const all = new Map([...secrets, ...seen])
  const { names, bytes } = searchMemory(server.process.pid ?? 0, all)
  expect(bytes).toBeGreaterThan(50_000_000)
  // What the server was told is found: the search is not blind.
  expect(names).toEqual([...seen.keys()])
  // Nor on its disk: database, log, uploads, keys.
  expect(searchFiles(folder, secrets).names).toEqual([])
  // The same words, planted: said openly by a resident, they are found in memory and on disk.
  const [resident] = inRole('resident')
  if (resident === undefined) throw new Error('nobody lives here')
  const planted = new Map([['words 1', secrets.get('words 1') ?? Buffer.alloc(0)]])
  const text = `${Buffer.from(planted.get('words 1') ?? []).toString()}，想请社区帮忙看看`
  // The connection of before was idle while all memory was read, and is closed: the first try may meet its end.
  const raise = async () =>
    ask(await signIn(resident), 'POST', '/needs', { text, category: '0105', division: resident.division })
  await raise().catch(raise)
  expect(searchMemory(server.process.pid ?? 0, planted).names).toEqual(['words 1'])
  expect(searchFiles(folder, planted).names).toEqual(['words 1'])
}, 300_000)

// A tender with sealed bids for tests: three openers and three bidders whose "browsers" run the web's own cryptography in Node.
import * as contract from '../../src/loop/procurement/contract.ts'
import * as sealed from '../../src/loop/procurement/contract/sealed-bids.ts'
import * as keys from '../../src/loop/procurement/contract/sealing.ts'
import {
  contentKeyOf,
  type Destination,
  type Envelope,
  type Paper,
  sealBid,
} from '../../src/web/features/procurement/sealing/bid.ts'
import { makePair, publicText } from '../../src/web/features/procurement/sealing/hpke.ts'
import {
  combineShares,
  handShare,
  makeTenderKey,
  openShare,
} from '../../src/web/features/procurement/sealing/shares.ts'
import { fen, parseYuan } from '../../src/kit/money.ts'
import { getProject } from '../../src/loop/projects/contract.ts'
import type { Person, TestApp } from './app.ts'
import { equalLots } from './lots.ts'
import { makeStory } from './story.ts'

type Seat = keys.KeySeatName
export type Opener = { readonly seat: Seat; readonly person: Person; pair: CryptoKeyPair }
export type { Envelope as SealedEnvelope }
export type Bidder = { readonly organization: string; readonly administrator: Person }

/** A place with a project to be tendered, its openers, its bidders and who scores. */
export type Room = {
  readonly app: TestApp
  readonly project: string
  readonly openers: readonly [Opener, Opener, Opener]
  readonly bidders: readonly Bidder[]
  readonly procurer: Person
  readonly overseer: Person
  readonly head: Person
  /** Of the county, who decides complaints. */
  readonly finance: Person
  readonly tender: string
  /** An expert by the person's id, as the panel names it. */
  panelist(id: string): Person
  /** Somebody of the story by the part they play: `founder-0`, `settler`, `worker`. */
  player(key: string): Person
}

const tenderTerms = {
  procedure: 'consultation' as const,
  description: '每个工作日为独居老人送午餐，并记录送达情况。',
  criteria: [
    { name: '服务方案', kind: 'panel' as const, weight: 80 },
    { name: '报价', kind: 'price' as const, weight: 20 },
  ],
}

/** A planned tender with sealed bids; keys are not made yet. `lots`: divided into so many of equal ceilings. */
export async function planSealed(
  app: TestApp,
  names: Readonly<Record<string, string>> = {},
  lots?: number,
): Promise<Room> {
  const story = await makeStory(app, 'approved', names)
  const person = (key: string): Person => {
    const found = story.people.get(key)
    if (found === undefined) throw new Error(`nobody plays ${key}`)
    return found
  }
  const [procurer, overseer, head] = [person('procurer'), person('overseer'), person('head')]
  const project = story.thread.project ?? ''
  const { budget } = await app.ok(procurer, getProject, { params: { id: project } })
  const { id } = await app.ok(procurer, contract.planTender, {
    body: {
      ...{ ...tenderTerms, project, bidForm: 'sealed' },
      lots: lots === undefined ? undefined : equalLots(parseYuan(budget) ?? fen(0n), lots),
    },
  })
  const opener = async (seat: Seat, who: Person): Promise<Opener> => ({ seat, person: who, pair: await makePair(true) })
  return {
    app,
    project,
    tender: id,
    procurer,
    overseer,
    head,
    player: person,
    finance: person('finance'),
    panelist(personId) {
      const found = [...story.people.values()].find((each) => each.id === personId)
      if (found === undefined) throw new Error('no such expert')
      return found
    },
    openers: [await opener('procurer', procurer), await opener('overseer', overseer), await opener('community', head)],
    bidders: story.cast.bidders.map((each) => ({
      organization: each.organization,
      administrator: person(each.administrator.key),
    })),
  }
}

export function sealingOf(room: Room, who: Person | 'nobody' = room.procurer) {
  return room.app.ok(who, keys.getSealing, { params: { id: room.tender } })
}

export async function registerKeys(room: Room): Promise<void> {
  for (const { person, pair } of room.openers) {
    await room.app.ok(person, keys.registerOpenerKey, {
      params: { id: room.tender },
      body: { key: await publicText(pair) },
    })
  }
}

/** One opener's browser makes and splits the key. */
export async function makeKey(room: Room, by: Opener = room.openers[0]) {
  const { seats, threshold } = await sealingOf(room)
  const made = await makeTenderKey(
    room.tender,
    seats.map(({ seat, openerKey = '' }) => ({ seat, openerKey })),
    threshold,
  )
  await room.app.ok(by.person, keys.makeTenderKey, { params: { id: room.tender }, body: made })
  return made
}

/** Opens the own share as the opener's browser does. */
export async function shareOf(room: Room, { person, pair, seat }: Opener) {
  const { seats, publicKey: key = '' } = await sealingOf(room, person)
  const sealedShare = seats.find((each) => each.mine)?.sealedShare ?? ''
  return { key, ...(await openShare(pair, { tender: room.tender, key, seat }, sealedShare)) }
}

export async function confirmKey(room: Room, opener: Opener): Promise<void> {
  const { key, hash } = await shareOf(room, opener)
  await room.app.ok(opener.person, keys.confirmTenderKey, { params: { id: room.tender }, body: { key, hash } })
}

/** The whole ceremony and the publication. */
export async function publishSealed(room: Room): Promise<void> {
  await registerKeys(room)
  await makeKey(room)
  for (const opener of room.openers) await confirmKey(room, opener)
  await room.app.ok(room.procurer, contract.publishTender, { params: { id: room.tender } })
}

export function paperOf(price: string, proposal: string, files: Paper['files'] = []): Paper {
  return { price, proposal, team: [{ post: '项目负责人', people: 1, certificate: '中级社会工作师' }], files }
}

export async function sealFor(
  room: Room,
  organization: string,
  paper: Paper,
  files: readonly Uint8Array[] = [],
  to: Partial<Destination> = {},
): Promise<Envelope> {
  const { publicKey: key = '' } = await sealingOf(room, 'nobody')
  return sealBid({ tender: room.tender, key, organization, ...to }, paper, files)
}

export async function deposit(room: Room, bidder: Bidder, envelope: Envelope) {
  const { header, content } = envelope
  return room.app.ok(bidder.administrator, sealed.depositBid, {
    params: { id: room.tender },
    body: { header, content },
  })
}

/** What is left until the deadline goes by, and a little more. */
export async function passDeadline(room: Room): Promise<void> {
  await room.app.pass(11)
}

/** One opener leads: a one-time key made in that browser. */
export async function startSession(room: Room, by: Opener): Promise<CryptoKeyPair> {
  const session = await makePair(true)
  await room.app.ok(by.person, sealed.startOpening, {
    params: { id: room.tender },
    body: { key: await publicText(session) },
  })
  return session
}

export async function hand(room: Room, opener: Opener): Promise<void> {
  const { key, share } = await shareOf(room, opener)
  const session = (await sealingOf(room, opener.person)).session?.key ?? ''
  const handed = await handShare({ tender: room.tender, key, seat: opener.seat }, share, session)
  await room.app.ok(opener.person, sealed.contributeShare, {
    params: { id: room.tender },
    body: { session, share: handed },
  })
}

/** In the browser of whoever leads: the tender's pair from the shares handed in. */
export async function combineIn(room: Room, by: Opener, session: CryptoKeyPair) {
  const { seats, publicKey: key = '', threshold } = await sealingOf(room, by.person)
  const handed = seats.flatMap(({ seat, shareHash, handedShare }) =>
    shareHash === undefined || handedShare === undefined ? [] : [{ seat, shareHash, handedShare }],
  )
  return combineShares(session, { tender: room.tender, key }, handed, threshold)
}

/** The content key of an envelope, taken out in the browser of whoever leads. */
export async function takeKey(room: Room, by: Opener, pair: CryptoKeyPair, bid: string): Promise<string> {
  const { header } = await room.app.ok(by.person, sealed.getEnvelope, { params: { id: room.tender, bid } })
  return contentKeyOf(pair, header)
}

/** Opens every envelope that is still held, but those of lots that failed. */
export async function openAll(room: Room, by: Opener, pair: CryptoKeyPair): Promise<void> {
  const { lots } = await room.app.ok(by.person, contract.getTender, { params: { id: room.tender } })
  const dead = lots?.flatMap((each) => (each.failed === undefined ? [] : [each.number])) ?? []
  for (const { id: bid, state, lot = 0 } of (await sealingOf(room, by.person)).envelopes ?? []) {
    if (state !== 'held' || dead.includes(lot)) continue
    const contentKey = await takeKey(room, by, pair, bid)
    await room.app.ok(by.person, sealed.openBid, { params: { id: room.tender }, body: { bid, contentKey } })
  }
}

/** Three bids with an attachment each, the deadline past; answers their ids. */
export async function closedWithThree(room: Room): Promise<string[]> {
  await publishSealed(room)
  const bids: string[] = []
  for (const [index, bidder] of room.bidders.entries()) {
    const file = Buffer.from(`第${index + 1}家的实施方案全文`)
    const envelope = await sealFor(
      room,
      bidder.organization,
      paperOf(`${30_000 + index * 500}.00`, `第${index + 1}家：每天中午十一点半前送到家。`, [
        { name: '方案.txt', type: 'text/plain', size: file.length },
      ]),
      [file],
    )
    bids.push((await deposit(room, bidder, envelope)).id)
  }
  await passDeadline(room)
  return bids
}

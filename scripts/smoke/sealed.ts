// The smoke run's tender: three openers hold the key in shares, three bids are sealed here as in the bidders' browsers, two of three open them.
import type { ProjectContent } from '../../src/app/demo/content.ts'
import type { Cast, Player, Teller } from '../../src/app/demo/story.ts'
import { judge } from '../../src/app/demo/thread-middle.ts'
import type { Narrator } from '../../src/app/demo/thread-start.ts'
import { addHours, type Instant } from '../../src/kit/instant.ts'
import * as objecting from '../../src/loop/procurement/contract/objections.ts'
import * as bids from '../../src/loop/procurement/contract/sealed-bids.ts'
import * as keys from '../../src/loop/procurement/contract/sealing.ts'
import * as procurement from '../../src/loop/procurement/contract.ts'
import { contentKeyOf, sealBid } from '../../src/web/features/procurement/sealing/bid.ts'
import { makePair, publicText } from '../../src/web/features/procurement/sealing/hpke.ts'
import {
  combineShares,
  handShare,
  makeTenderKey,
  openShare,
} from '../../src/web/features/procurement/sealing/shares.ts'

type Opener = { readonly seat: keys.KeySeatName; readonly player: Player; readonly pair: CryptoKeyPair }

/** One tender under way, with what its openers keep in their browsers. */
type Ceremony = {
  readonly teller: Teller
  readonly tender: string
  readonly openers: readonly [Opener, Opener, Opener]
}

const sealingOf = ({ teller, tender }: Ceremony, who: Player) =>
  teller.act(who, keys.getSealing, { params: { id: tender } })

/** The opener's own share, opened with the key that never left that browser. */
async function ownShare(ceremony: Ceremony, { player, pair, seat }: Opener) {
  const { seats, publicKey: key = '' } = await sealingOf(ceremony, player)
  const sealedShare = seats.find((each) => each.mine)?.sealedShare ?? ''
  return { key, ...(await openShare(pair, { tender: ceremony.tender, key, seat }, sealedShare)) }
}

/** Plans a tender with sealed bids, has its key made and confirmed, and publishes it. */
export async function publishSealed(
  teller: Teller,
  cast: Cast,
  project: string,
  content: ProjectContent,
  tell: Narrator,
): Promise<Ceremony> {
  const planned = await teller.act(cast.procurer, procurement.planTender, {
    body: {
      project,
      procedure: 'open',
      description: `${content.title}。服务对象：${content.targetGroup}。请在网上密封投标。`,
      criteria: content.criteria.map((criterion) => ({
        ...criterion,
        kind: criterion.name.includes('报价') ? ('price' as const) : ('panel' as const),
      })),
      requirements: { certificates: 2 },
      bidForm: 'sealed',
      files: [],
    },
  })
  tell('编制采购文件', cast.procurer, planned.number)
  const params = { id: planned.id }
  const opener = async (seat: Opener['seat'], player: Player): Promise<Opener> => ({
    seat,
    player,
    pair: await makePair(true),
  })
  const ceremony: Ceremony = {
    teller,
    tender: planned.id,
    openers: [
      await opener('procurer', cast.procurer),
      await opener('overseer', cast.overseer),
      await opener('community', cast.head),
    ],
  }
  for (const { player, pair } of ceremony.openers)
    await teller.act(player, keys.registerOpenerKey, { params, body: { key: await publicText(pair) } })
  const { seats, threshold } = await sealingOf(ceremony, cast.procurer)
  const made = await makeTenderKey(
    planned.id,
    seats.map(({ seat, openerKey = '' }) => ({ seat, openerKey })),
    threshold,
  )
  await teller.act(cast.procurer, keys.makeTenderKey, { params, body: made })
  for (const each of ceremony.openers) {
    const { key, hash } = await ownShare(ceremony, each)
    await teller.act(each.player, keys.confirmTenderKey, { params, body: { key, hash } })
  }
  tell('三方生成并确认开标密钥', cast.overseer)
  await teller.act(cast.procurer, procurement.publishTender, { params })
  tell('发布征集公告', cast.procurer)
  return ceremony
}

/** Each organization seals its bid and hands it in. */
async function handIn(ceremony: Ceremony, cast: Cast, content: ProjectContent, tell: Narrator): Promise<void> {
  const { teller, tender } = ceremony
  for (const [index, bidder] of cast.bidders.entries()) {
    const bid = content.bids[index % content.bids.length]
    if (bid === undefined) throw new Error('no bid is written for the project')
    const { publicKey: key = '' } = await sealingOf(ceremony, bidder.administrator)
    const paper = {
      price: bid.price,
      proposal: `${bid.words}。按采购文件逐项响应，人员和进度见方案。`,
      team: [{ post: '项目负责人', people: 1, certificate: '中级社会工作师' }],
      files: [],
    }
    const { header, content: cipherText } = await sealBid({ tender, key, organization: bidder.organization }, paper, [])
    const { receipt } = await teller.act(bidder.administrator, bids.depositBid, {
      params: { id: tender },
      body: { header, content: cipherText },
    })
    tell('密封投标，取得回执', bidder.administrator, receipt.number)
    await teller.pass(0.1)
  }
}

/** After the deadline: two of three hand in their shares, the first opens every bid, the second confirms. */
async function open(ceremony: Ceremony, tell: Narrator): Promise<void> {
  const { teller, tender, openers } = ceremony
  const [leader, second] = openers
  const params = { id: tender }
  const session = await makePair(true)
  await teller.act(leader.player, bids.startOpening, { params, body: { key: await publicText(session) } })
  for (const each of [leader, second]) {
    const { key, share } = await ownShare(ceremony, each)
    const to = (await sealingOf(ceremony, each.player)).session?.key ?? ''
    const handed = await handShare({ tender, key, seat: each.seat }, share, to)
    await teller.act(each.player, bids.contributeShare, { params, body: { session: to, share: handed } })
  }
  const { seats, publicKey: key = '', threshold, envelopes } = await sealingOf(ceremony, leader.player)
  const handed = seats.flatMap(({ seat, shareHash, handedShare }) =>
    shareHash === undefined || handedShare === undefined ? [] : [{ seat, shareHash, handedShare }],
  )
  const { pair } = await combineShares(session, { tender, key }, handed, threshold)
  if (pair === undefined) throw new Error('the shares did not give the key')
  for (const { id: bid, state } of envelopes ?? []) {
    if (state !== 'held') continue
    const { header } = await teller.act(leader.player, bids.getEnvelope, { params: { id: tender, bid } })
    await teller.act(leader.player, bids.openBid, {
      params,
      body: { bid, contentKey: await contentKeyOf(pair, header) },
    })
  }
  tell('两方交出密钥份额，开标', leader.player)
  await teller.act(second.player, procurement.confirmOpening, { params })
  tell('第二人确认开标', second.player)
}

/** Who came second objects to the award; the county's overseer decides, and the clock runs on. */
async function object(ceremony: Ceremony, cast: Cast, tell: Narrator): Promise<void> {
  const { teller, tender } = ceremony
  const params = { id: tender }
  const { award } = await teller.act(cast.procurer, procurement.getTender, { params })
  const loser = cast.bidders.find((bidder) => bidder.organization !== award?.organization)
  if (loser === undefined) throw new Error('nobody lost')
  await teller.act(loser.administrator, objecting.objectToTender, {
    params,
    body: {
      against: 'award',
      argument: '我方报价更低、团队人数更多，评分结果与采购文件的标准不一致。',
      asked: '请复核评分表并书面答复。',
    },
  })
  tell('落选方提出异议，期限中止', loser.administrator)
  await teller.pass(1)
  const { objections } = await teller.act(cast.overseer, procurement.getTender, { params })
  const objection = objections.find((each) => each.decidedAt === undefined)
  if (objection === undefined) throw new Error('the objection is not on record')
  await teller.act(cast.overseer, objecting.decideObjection, {
    params: { ...params, objection: objection.id },
    body: { decision: 'rejected', words: '五位专家各自独立打分，评分表与采购文件一致，维持原结果。' },
  })
  tell('监督员作出异议决定', cast.overseer)
}

/** Three sealed bids, opened by two of three, judged by five, an objection decided. The award's standstill runs from here. */
export async function competeSealed(
  ceremony: Ceremony,
  cast: Cast,
  content: ProjectContent,
  tell: Narrator,
): Promise<void> {
  const { teller, tender } = ceremony
  await handIn(ceremony, cast, content, tell)
  const { deadline } = await teller.act(cast.procurer, procurement.getTender, { params: { id: tender } })
  await teller.until(addHours(deadline as Instant, 1))
  await open(ceremony, tell)
  await judge(teller, cast, tender, tell)
  await object(ceremony, cast, tell)
}

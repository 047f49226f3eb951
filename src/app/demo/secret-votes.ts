// Motions of the demo that are decided by secret ballot: one counted and carried out, two to vote on now, one of them by households.
import { RSABSSA } from '@cloudflare/blindrsa-ts'
import * as ballots from '../../loop/deliberation/contract/ballots.ts'
import * as papers from '../../loop/deliberation/contract/paper.ts'
import * as rolls from '../../loop/deliberation/contract/rolls.ts'
import * as statements from '../../loop/deliberation/contract/statements.ts'
import * as deliberation from '../../loop/deliberation/contract.ts'
import type { Instant } from '../../kit/instant.ts'
import { addDays, today } from '../../kit/plain-date.ts'
import type { Cast, Player, Teller } from './story.ts'

const encoded = (bytes: ArrayBuffer | Uint8Array): string => Buffer.from(new Uint8Array(bytes)).toString('base64url')

/** Takes a token and casts, as the browser does. */
export async function castIn(teller: Teller, who: Player, vote: string, choice: ballots.Choice): Promise<void> {
  const params = { id: vote }
  const { publicKey } = await teller.act(who, ballots.getVote, { params })
  const suite = RSABSSA.SHA384.PSS.Randomized()
  const algorithm = { name: 'RSA-PSS', hash: 'SHA-384' }
  const key = await crypto.subtle.importKey('spki', Buffer.from(publicKey, 'base64url'), algorithm, true, ['verify'])
  const pair = await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify'])
  if (!('privateKey' in pair)) throw new Error('no pair of keys')
  const token = suite.prepare(new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey)))
  const { blindedMsg, inv } = await suite.blind(key, token)
  const issued = await teller.act(who, ballots.issueBallot, { params, body: { blinded: encoded(blindedMsg) } })
  if (issued.signature === undefined) return
  const signature = await suite.finalize(key, token, Buffer.from(issued.signature, 'base64url'), inv)
  const proof = await crypto.subtle.sign(
    'Ed25519',
    pair.privateKey,
    new TextEncoder().encode(ballots.ballotText(vote, choice)),
  )
  const body = { token: encoded(token), signature: encoded(signature), choice, proof: encoded(proof) }
  await teller.act(who, ballots.castBallot, { params, body })
}

type Plan = {
  readonly title: string
  readonly text: string
  readonly question: string
  readonly sides: readonly (readonly ['for' | 'against', string])[]
  readonly eligible: number
  readonly days: number
  readonly choices: readonly ballots.Choice[]
  readonly counted: boolean
  /** By households: the last two have named nobody, and the neighbour after those who cast takes paper. */
  readonly households?: readonly string[]
}

/** `daysAgo`: working days before the end at which the story begins. */
export const secretVotes: readonly (Plan & { readonly daysAgo: number })[] = [
  {
    daysAgo: 32,
    title: '关于小区北门晚间关闭时间的议题',
    text: '北门晚间由谁管理、几点关闭，居民意见不一，请大家投票决定。',
    question: '小区北门晚上十点关闭，您同意吗？',
    sides: [
      ['for', '晚上外来车辆抄近路，十点关门老人孩子才放心。'],
      ['against', '上夜班的人要绕一大圈，不方便。'],
    ],
    eligible: 14,
    days: 7,
    choices: ['for', 'for', 'against', 'for', 'for', 'abstain', 'for', 'against', 'for'],
    counted: true,
  },
  {
    daysAgo: 7,
    title: '关于空地改建集中充电棚的议题',
    text: '占地约一百二十平方米，设六十个充电位，拆花坛一处；造价由街道出，居民不出钱。',
    question: '三号门外空地改建电动自行车集中充电棚，您同意吗？',
    sides: [
      ['for', '楼道里充电太危险，集中充才放心。'],
      ['against', '花坛拆了，老人晒太阳没地方去。'],
    ],
    eligible: 24,
    days: 9,
    choices: ['for', 'against', 'for', 'for'],
    counted: false,
  },
  {
    daysAgo: 6,
    title: '关于三幢加装电梯的议题',
    text: '三幢二单元加装电梯一部，费用由各户分摊、政府补助一部分，一户一票表决。',
    question: '三幢二单元加装电梯，您家同意吗？',
    sides: [
      ['for', '楼上老人多，上下楼实在不方便。'],
      ['against', '一楼采光受影响，补偿要先说清楚。'],
    ],
    eligible: 8,
    days: 10,
    choices: ['for', 'for'],
    counted: false,
    households: ['3幢2单元101室', '3幢2单元102室', '3幢2单元201室', '3幢2单元202室', '3幢2单元301室', '3幢2单元302室'],
  },
]

/** Tells one vote from the motion to where it stands at the demo's end. */
export async function tellVote(teller: Teller, cast: Cast, plan: Plan): Promise<void> {
  const { id } = await teller.act(cast.worker, deliberation.proposeMotion, {
    body: { title: plan.title, text: plan.text, division: cast.worker.division, as: 'community', needs: [], files: [] },
  })
  const params = { id }
  await teller.pass(0.5)
  await teller.act(cast.head, deliberation.admitMotion, { params })
  await teller.act(cast.worker, deliberation.startDiscussion, { params })
  await teller.pass(0.5)
  for (const [index, [side, words]] of plan.sides.entries()) {
    const speaker = cast.neighbours[index]
    if (speaker !== undefined) await teller.act(speaker, statements.addStatement, { params, body: { side, words } })
  }
  await teller.pass(2)
  const households = plan.households ?? []
  for (const [index, household] of households.entries()) {
    const voter = index < households.length - 2 ? cast.neighbours[index]?.person : undefined
    await teller.act(cast.worker, rolls.setRollLine, { params, body: { household, voter } })
  }
  const form = plan.households === undefined ? ('residents' as const) : ('households' as const)
  const { vote } = await teller.act(cast.worker, ballots.openVote, {
    params,
    body: { question: plan.question, form, eligible: plan.eligible, until: addDays(today(teller.now()), plan.days) },
  })
  for (const [index, choice] of plan.choices.entries()) {
    await teller.pass(0.1)
    const voter = cast.neighbours[index]
    if (voter !== undefined) await castIn(teller, voter, vote, choice)
  }
  const onPaper = cast.neighbours[plan.choices.length]
  if (plan.households !== undefined && onPaper !== undefined)
    await teller.act(cast.worker, papers.handOutPaper, { params: { id: vote }, body: { voter: onPaper.person } })
  if (!plan.counted) return
  const { castUntil } = await teller.act(cast.worker, ballots.getVote, { params: { id: vote } })
  await teller.until(castUntil as Instant)
  await teller.pass(0.5)
  await teller.act(cast.worker, deliberation.publishResolution, { params })
}

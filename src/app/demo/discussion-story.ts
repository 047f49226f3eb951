// Stories of deliberation by itself: a discussion with two camps, a meeting on the last day, and a resolution that is being carried out.
import type { DivisionCode } from '../../kit/id.ts'
import type { Instant } from '../../kit/instant.ts'
import { today } from '../../kit/plain-date.ts'
import { addProgress } from '../../loop/deliberation/contract/follow-up.ts'
import { setAgenda } from '../../loop/deliberation/contract/meeting.ts'
import { addStatement, rateStatement } from '../../loop/deliberation/contract/statements.ts'
import * as deliberation from '../../loop/deliberation/contract.ts'
import type { Player, Teller } from './story.ts'

export type DiscussionCast = {
  readonly community: DivisionCode
  readonly residents: readonly Player[]
  readonly worker: Player
  readonly head: Player
}

type Opinion = 'agree' | 'disagree' | 'pass'

/** What is said, and how those for it and those against it think of it. */
type Said = {
  readonly words: string
  readonly side: 'for' | 'against'
  readonly first: Opinion
  readonly second: Opinion
}

const charging: readonly Said[] = [
  { words: '楼道里不能再充电，消防安全是第一位的。', side: 'for', first: 'agree', second: 'agree' },
  { words: '充电棚要装监控和自动灭火。', side: 'for', first: 'agree', second: 'agree' },
  { words: '东门空地建充电棚，走两分钟就到。', side: 'for', first: 'agree', second: 'disagree' },
  { words: '电费按成本收，比在外面充便宜。', side: 'for', first: 'agree', second: 'pass' },
  { words: '东门空地是孩子玩的地方，不能占。', side: 'against', first: 'disagree', second: 'agree' },
  { words: '先把旧车棚改造好，不要再建新的。', side: 'against', first: 'disagree', second: 'agree' },
  { words: '充电棚离三号楼太近，夜里有声音。', side: 'against', first: 'disagree', second: 'agree' },
  { words: '费用由谁出、谁来管，应当先公开。', side: 'against', first: 'agree', second: 'agree' },
]

async function admitted(teller: Teller, cast: DiscussionCast, title: string, text: string): Promise<{ id: string }> {
  const { id } = await teller.act(cast.worker, deliberation.proposeMotion, {
    body: { title, text, division: cast.community, as: 'community' },
  })
  await teller.pass(1)
  await teller.act(cast.head, deliberation.admitMotion, { params: { id } })
  await teller.act(cast.worker, deliberation.startDiscussion, { params: { id } })
  return { id }
}

/** A resident's own motion that waits for supporters. */
export async function tellProposal(teller: Teller, cast: DiscussionCast): Promise<void> {
  const [author, ...others] = cast.residents
  if (author === undefined) return
  const body = {
    title: '傍晚能不能把活动室开到九点',
    text: '活动室六点就锁门，上班的人回来用不上。希望工作日开到晚上九点，大家轮流值班锁门。',
    division: cast.community,
    as: 'resident' as const,
  }
  const { id } = await teller.act(author, deliberation.proposeMotion, { body })
  for (const neighbour of others.slice(0, 3))
    await teller.act(neighbour, deliberation.supportMotion, { params: { id } })
}

/** A discussion in which two camps share some things: enough speak for a map of opinions. */
export async function tellDiscussion(teller: Teller, cast: DiscussionCast): Promise<void> {
  const params = await admitted(
    teller,
    cast,
    '小区要不要在东门空地建电动车充电棚',
    '楼道和地下室里充电有火灾危险。社区打算在东门空地建一个充电棚，请大家说说赞成或反对的理由。',
  )
  const half = Math.ceil(cast.residents.length / 2)
  const ids: string[] = []
  for (const [index, said] of charging.entries()) {
    const place = said.side === 'for' ? index % half : half + (index % (cast.residents.length - half))
    const author = cast.residents[place]
    if (author === undefined) continue
    const { id } = await teller.act(author, addStatement, { params, body: { side: said.side, words: said.words } })
    ids[index] = id
  }
  await teller.pass(1)
  for (const [place, resident] of cast.residents.entries()) {
    for (const [index, said] of charging.entries()) {
      const statement = ids[index]
      const own = said.side === 'for' ? index % half : half + (index % (cast.residents.length - half))
      // Nobody looks at everything, and one in eleven thinks otherwise than the neighbours.
      if (statement === undefined || own === place || (place * 3 + index * 5) % 7 === 0) continue
      const usual = place < half ? said.first : said.second
      const odd = (place * 7 + index * 3) % 11 === 0
      const opinion = odd ? (usual === 'agree' ? 'pass' : 'agree') : usual
      await teller.act(resident, rateStatement, { params: { ...params, statement }, body: { opinion } })
    }
  }
}

/** A meeting that is called for the day of `end`, with its agenda. */
export async function tellMeeting(teller: Teller, cast: DiscussionCast, end: Instant): Promise<void> {
  const params = await admitted(
    teller,
    cast,
    '中心花园的石桌石凳要不要换成木的',
    '石凳冬天太凉，老人坐不住。换成防腐木的要花八千元，从公益金里出，请居民代表表决。',
  )
  await teller.pass(3)
  await teller.act(cast.worker, deliberation.openMeeting, {
    params,
    body: { date: today(end), place: '社区议事厅', eligible: 48, form: 'representatives' },
  })
  await teller.act(cast.worker, setAgenda, {
    params,
    body: {
      items: [
        { title: '介绍更换方案和费用' },
        { title: '居民代表提问' },
        { title: '投票表决' },
        { title: '宣布结果和下一步安排' },
      ],
    },
  })
}

/** A resolution that is being carried out, with notes on how far it is. */
export async function tellCarryingOut(teller: Teller, cast: DiscussionCast): Promise<void> {
  const params = await admitted(
    teller,
    cast,
    '给没有电梯的六栋楼加装楼道扶手和歇脚凳',
    '六栋老楼没有电梯，楼道里装扶手和可以翻下来的凳子，请居民商议装在哪几层。',
  )
  await teller.pass(4)
  await teller.act(cast.worker, deliberation.openMeeting, {
    params,
    body: { date: today(teller.now()), place: '社区议事厅', eligible: 60, form: 'households' },
  })
  await teller.pass(0.2)
  await teller.act(cast.worker, deliberation.recordMeeting, {
    params,
    body: {
      attendance: 44,
      for: 39,
      against: 3,
      abstain: 2,
      minutes: '各户代表逐栋商定安装位置，投票通过。先装一号楼试用，没有问题再装其余五栋。',
    },
  })
  await teller.act(cast.head, deliberation.confirmMeeting, { params })
  await teller.act(cast.worker, deliberation.publishResolution, { params })
  const published = await teller.act(cast.worker, deliberation.getMotion, { params })
  if (published.noticeUntil !== undefined) await teller.until(published.noticeUntil as Instant)
  await teller.pass(3)
  await teller.act(cast.worker, addProgress, {
    params,
    body: { words: '施工单位已经量好尺寸，一号楼的扶手开始安装。', percent: 15 },
  })
  await teller.pass(6)
  await teller.act(cast.worker, addProgress, {
    params,
    body: { words: '一号楼装好了，住户试用一周，歇脚凳按意见调低了两厘米。', percent: 30, milestone: '一号楼试用' },
  })
  await teller.pass(7)
  await teller.act(cast.worker, addProgress, {
    params,
    body: { words: '二号楼、三号楼已装完，其余三栋下周开工。', percent: 60 },
  })
}

// Volunteers on a contract of the demo: neighbours who join, a shift that they held and that was confirmed, shifts and an activity to come.
import { addDays, addMinutes, type Instant } from '../../kit/instant.ts'
import * as attending from '../../loop/delivery/contract/attending.ts'
import { getOccasion, planOccasion } from '../../loop/delivery/contract/occasions.ts'
import { becomeVolunteer, type Skill } from '../../registers/volunteers/contract.ts'
import type { Player, Teller } from './story.ts'

type Team = { readonly contract: string; readonly activity: string; readonly worker: Player }

const joined: readonly (readonly Skill[])[] = [['company', 'phones'], ['escort'], ['repairs', 'order']]

/** Two o'clock in the afternoon in Asia/Shanghai, so many days on. */
function afternoon(now: Instant, days: number): Instant {
  return `${addDays(now, days).slice(0, 10)}T06:00:00.000Z` as Instant
}

async function offer(teller: Teller, team: Team, days: number, more: Record<string, unknown>): Promise<string> {
  const from = afternoon(teller.now(), days)
  const { worker, ...of } = team
  const body = { ...of, kind: 'shift', from, until: addMinutes(from, 120), capacity: 4, ...more }
  return (await teller.act(worker, planOccasion, { body } as never)).id
}

/** Everybody checks in and out by the code at the place; the worker confirms. */
async function hold(teller: Teller, team: Team, id: string, volunteers: readonly Player[]): Promise<void> {
  const input = { params: { id } } as never
  for (const who of volunteers) await teller.act(who, attending.takePlace, input)
  const { from, until } = await teller.act(team.worker, getOccasion, input)
  const byCode = async (endpoint: typeof attending.checkInToOccasion | typeof attending.checkOutOfOccasion) => {
    for (const who of volunteers) {
      const { code } = await teller.act(team.worker, attending.getOccasionCode, input)
      await teller.act(who, endpoint, { params: { id }, body: { code } } as never)
    }
  }
  await teller.until(addMinutes(from as Instant, -5))
  await teller.act(team.worker, attending.openCheckIn, input)
  await byCode(attending.checkInToOccasion)
  await teller.until(until as Instant)
  await byCode(attending.checkOutOfOccasion)
  await teller.act(team.worker, attending.settleShift, { params: { id }, body: {} } as never)
}

/** Tells of the volunteers of a contract on which work goes on. `ahead`: days from now until what lies before whoever looks at the demo. */
export async function tellVolunteers(
  teller: Teller,
  team: Team,
  neighbours: readonly Player[],
  ahead: number,
): Promise<void> {
  const volunteers = neighbours.slice(0, joined.length)
  for (const [index, who] of volunteers.entries())
    await teller.act(who, becomeVolunteer, { body: { skills: [...(joined[index] ?? [])], agreed: true } })
  const held = await offer(teller, team, 1, {
    title: '上门陪老人说说话',
    words: '两人一组，到三位独居老人家里坐坐，听他们说说话，看看家里缺什么。',
    asks: '轻声慢语，不带礼品。',
    place: '三里新村东门集合',
  })
  await hold(teller, team, held, volunteers)
  const escort = await offer(teller, team, ahead, {
    title: '陪老人复诊',
    words: '陪两位老人到卫生服务站复诊，帮着挂号、取药，送回家。',
    asks: '会用手机挂号。',
    place: '社区卫生服务站',
    capacity: 2,
  })
  if (volunteers[0]) await teller.act(volunteers[0], attending.takePlace, { params: { id: escort } } as never)
  await offer(teller, team, ahead + 2, {
    title: '楼道清洁半日',
    words: '和邻居一起清理三幢楼道里的杂物，让老人走得安心。',
    place: '三里新村三幢',
    capacity: 8,
  })
  const party = await offer(teller, team, ahead + 3, {
    kind: 'activity',
    title: '冬至包汤圆',
    words: '一起搓汤圆、聊家常，现场有社区医生量血压。带上家人一起来。',
    place: '社区活动室',
    capacity: 30,
  })
  for (const who of neighbours.slice(0, 6))
    await teller.act(who, attending.takePlace, { params: { id: party } } as never)
}

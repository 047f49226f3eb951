// Delivery: what every verb of a group does around its rule: load, judge, save, record.
import { addDays } from '../../../kit/instant.ts'
import { absent, allow, type Ruling } from '../../../kit/ruling.ts'
import type { Act } from '../../../platform/action.ts'
import type { Waiting } from '../../../platform/events.ts'
import type { PolicyReader } from '../../../platform/platform.ts'
import { together } from '../../../platform/together.ts'
import { type Group, type GroupTerms, type GroupVerb, judgedGroup, shownGroupNumber } from '../rules/groups.ts'
import * as store from '../store/groups.ts'

export const groupAnswer = (group: Group) => ({
  id: group.id,
  version: group.version,
  state: group.state,
  number: shownGroupNumber(group),
})

export function termsOf(policy: PolicyReader, group: Pick<Group, 'division'>): GroupTerms {
  return {
    leastMembers: policy.number('delivery.group-members', group.division),
    leastSessions: policy.number('delivery.group-least-sessions', group.division),
    mostSessions: policy.number('delivery.group-most-sessions', group.division),
    longestMinutes: policy.number('delivery.longest-minutes', group.division),
  }
}

/** The leader's next step: start, hold the next session (and write it down within a day), end. */
function waitingOfGroup(group: Group): Waiting[] {
  const common = {
    division: group.division,
    number: shownGroupNumber(group),
    title: group.title,
    permission: 'delivery.leadGroup',
    person: group.person,
  }
  const next = group.sessions.find((session) => session.state === 'planned')
  if (group.state === 'preparing') return [{ ...common, verb: 'startGroup', due: next?.from }]
  if (group.state !== 'running') return []
  return [
    next === undefined
      ? { ...common, verb: 'endGroup' }
      : { ...common, verb: 'recordGroupSession', due: addDays(next.until, 1) },
  ]
}

export function recordGroup(
  act: Act,
  verb: GroupVerb | 'planGroup',
  before: Group | undefined,
  after: Group,
  data: Readonly<Record<string, unknown>> = {},
): void {
  act.record({
    name: `delivery.${verb}`,
    of: { kind: 'group-work', id: after.id },
    division: after.division,
    organization: after.organization,
    state: { from: before?.state, to: after.state },
    links: before === undefined ? [{ kind: 'contract', id: after.contract }] : undefined,
    data,
    waiting: waitingOfGroup(after),
  })
}

type Change = {
  readonly verb: GroupVerb
  readonly rule: (group: Group) => Ruling<Group>
  readonly data?: (after: Group) => Readonly<Record<string, unknown>>
  readonly save?: (after: Group, before: Group) => Promise<void>
}

/** One verb of one group. Lookups that the rule needs are made before, on the locked group. */
export async function changeGroup(
  act: Act,
  id: string,
  prepare: (group: Group) => Promise<Change> | Change,
): Promise<Ruling<ReturnType<typeof groupAnswer>>> {
  const before = await store.findGroupForUpdate(act.tx, id)
  if (before === undefined) return absent()
  const open = await act.judge(judgedGroup(before), () => allow(true))
  if (!open.ok) return open
  const change = await prepare(before)
  const ruling = change.rule(before)
  if (!ruling.ok) return ruling
  const after = ruling.value
  await together(act.tx, [
    ...after.sessions.filter((session) => !before.sessions.includes(session)).map(store.sessionSaved),
    store.groupSaved(after, act.now),
  ])
  await change.save?.(after, before)
  recordGroup(act, change.verb, before, after, change.data?.(after))
  return allow(groupAnswer(after))
}

// Delivery: the list of groups and one of them; who its members are is told to its leader and the supervisors only.
import { divisionName } from '../../../foundation/divisions/public.ts'
import { listPeople } from '../../../foundation/identity/public.ts'
import { type Actor, may } from '../../../kit/actor.ts'
import { actionsOf } from '../../../kit/record-view.ts'
import { absent, allow, forbid, refuse, type Ruling } from '../../../kit/ruling.ts'
import { type Ask, question } from '../../../platform/action.ts'
import { listContractNumbers } from '../../contracts/public.ts'
import * as contract from '../contract/groups.ts'
import * as rules from '../rules/groups.ts'
import * as store from '../store/groups.ts'
import { listActivityNames } from '../store.ts'
import { termsOf } from './group-changes.ts'

function rowOf(group: rules.Group, contractNumber: string | undefined) {
  return {
    id: group.id,
    number: rules.shownGroupNumber(group),
    state: group.state,
    title: group.title,
    type: group.type,
    contract: group.contract,
    contractNumber,
    division: group.division,
    divisionName: divisionName(group.division),
    workerName: group.workerName,
    place: group.place,
    capacity: group.capacity,
    members: group.members,
  }
}

export const listGroups = question(contract.listGroups, async (ask, { query }) => {
  const filter: store.GroupFilter = {
    contract: query.contract,
    division: query.division,
    state: query.state,
    person: query.mine === 'yes' && ask.actor.kind === 'person' ? ask.actor.personId : undefined,
    size: query.size,
    cursor: query.cursor,
  }
  const { groups, next } = await store.listGroups(ask.tx, ask.scopes, filter)
  const contracts = await listContractNumbers(ask.tx, [...new Set(groups.map((group) => group.contract))])
  const count = query.cursor === undefined ? await store.getGroupCount(ask.tx, ask.scopes, filter) : undefined
  return allow({ rows: groups.map((group) => rowOf(group, contracts.get(group.contract))), next, count })
})

/** The leader, and whoever supervises in the leader's organization. */
function knowsMembers(actor: Actor, group: rules.Group): boolean {
  return (
    rules.isLeader(group, actor) ||
    actor.grants.some((grant) => grant.role === 'social-work-supervisor' && grant.organizationId === group.organization)
  )
}

async function peopleOf(ask: Ask, group: rules.Group) {
  const members = await store.listMembersOf(ask.tx, group.id)
  const opened = await Promise.all(
    members.map(async (member): Promise<{ person?: string; name?: string }> => {
      const place = { table: 'delivery.group_member', column: 'who', row: member.id }
      const text = await ask.platform.cipher.open(ask.tx, group.id, place, member.who)
      return text === undefined ? {} : JSON.parse(text)
    }),
  )
  const people = await listPeople(
    ask.tx,
    opened.flatMap((who) => who.person ?? []),
  )
  const positions = new Map<string, number>(group.sessions.map((session) => [session.id, session.position]))
  return members.map((member, index) => ({
    id: member.id,
    name: opened[index]?.name ?? people.get(opened[index]?.person ?? '')?.maskedName ?? '',
    hasAccount: opened[index]?.person !== undefined,
    left: member.leftAt !== undefined,
    attended: member.sessions.flatMap((session) => positions.get(session) ?? []).sort((a, b) => a - b),
  }))
}

function actionsFor(ask: Ask, group: rules.Group) {
  const terms = termsOf(ask.policy, group)
  const { actor, now } = ask
  const rulings: Partial<Record<rules.GroupVerb, Ruling<unknown>>> = {
    addGroupMember: rules.addGroupMember(group, actor, now, false),
    startGroup: rules.startGroup(group, actor, now, terms),
    endGroup: rules.endGroup(group, actor, now, { result: 'met', summary: '' }, terms),
    recordGroupSession: group.sessions.some((session) => session.state === 'planned')
      ? allow(true)
      : refuse('session-not-planned'),
  }
  const mine = may(actor, 'delivery.leadGroup', rules.reachOfGroup(group)) && rules.isLeader(group, actor)
  return actionsOf(
    Object.fromEntries(
      rules
        .verbsOfGroup(group.state)
        .map((verb): [string, Ruling<unknown>] => [verb, mine ? (rulings[verb] ?? allow(true)) : forbid('forbidden')]),
    ),
  )
}

export const getGroup = question(contract.getGroup, async (ask, { params }) => {
  const group = await store.findGroup(ask.tx, params.id)
  if (group === undefined) return absent()
  const hidden = ask.see(rules.judgedGroup(group))
  if (hidden !== undefined) return hidden
  const contracts = await listContractNumbers(ask.tx, [group.contract])
  const activities = await listActivityNames(ask.tx, [group.activity])
  return allow({
    ...rowOf(group, contracts.get(group.contract)),
    version: group.version,
    aims: group.aims,
    activityName: activities.get(group.activity) ?? '',
    sessions: group.sessions.map((session) => ({
      id: session.id,
      position: session.position,
      phase: session.phase,
      theme: session.theme,
      from: session.from,
      until: session.until,
      state: session.state,
      attendance: session.attendance,
      checkInOpen: rules.checkInIsOpen(session, ask.now),
      serviceRecord: session.serviceRecord,
    })),
    people: knowsMembers(ask.actor, group) ? await peopleOf(ask, group) : undefined,
    result: group.result,
    summary: group.summary,
    history: group.history.map((each) => ({ ...each })),
    actions: actionsFor(ask, group),
  })
})

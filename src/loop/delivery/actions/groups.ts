// Delivery: planning a group, its members, starting, ending and giving it up.
import { listPeople } from '../../../foundation/identity/public.ts'
import { jurisdictionOf } from '../../../kit/id.ts'
import { isBefore, today } from '../../../kit/plain-date.ts'
import { absent, allow, forbid, invalid, refuse } from '../../../kit/ruling.ts'
import { action } from '../../../platform/action.ts'
import type { Platform } from '../../../platform/platform.ts'
import { workerOfPerson } from '../../../registers/social-workers/public.ts'
import { lookUpContract } from '../../contracts/public.ts'
import * as contract from '../contract/groups.ts'
import { beneficiaryFaults } from '../rules/cases.ts'
import * as rules from '../rules/groups.ts'
import { reachOf } from '../rules.ts'
import * as store from '../store/groups.ts'
import { findPlan } from '../store.ts'
import { changeGroup, groupAnswer, recordGroup, termsOf } from './group-changes.ts'

/** By which a member is found again without being readable: of the account, else of the name within the group. */
export function markOf(platform: Platform, group: string, who: { person?: string; fullName?: string }): string {
  return platform.cipher.blind('group-member', `${group}|${who.person ?? `name:${who.fullName ?? ''}`}`)
}

export const planGroup = action(contract.planGroup, async (act, { body }) => {
  const card = await lookUpContract(act.tx, body.contract)
  if (card === undefined || act.actor.kind !== 'person') return absent()
  const worker = await workerOfPerson(act.tx, act.actor.personId)
  const plan = await findPlan(act.tx, card.id)
  const allowed = await act.judge({ reach: reachOf(card) }, () => {
    if (worker === undefined || !card.team.some((member) => member.worker === worker.id)) return forbid('not-on-team')
    if (!worker.active || isBefore(worker.certificateValidUntil, today(act.now))) return forbid('certificate-over')
    if (card.state !== 'active') return refuse('not-in-this-state', { state: card.state, verb: 'planGroup' })
    if (plan === undefined) return refuse('delivery-not-started')
    if (!plan.activities.some((activity) => activity.id === body.activity))
      return invalid([{ path: 'body.activity', code: 'activity-unknown' }])
    const sound = rules.planGroup(body, act.now, termsOf(act.policy, card))
    return sound.ok ? allow(worker) : sound
  })
  if (!allowed.ok) return allowed
  const jurisdiction = jurisdictionOf(card.division)
  const group: rules.Group = {
    id: act.newId<'group-work'>(jurisdiction),
    number: await act.nextNumber('group-work', jurisdiction),
    division: card.division,
    state: 'preparing',
    version: 1,
    contract: card.id,
    activity: body.activity,
    organization: card.organization,
    worker: allowed.value.id,
    person: act.actor.personId,
    workerName: allowed.value.maskedName,
    title: body.title,
    type: body.type,
    aims: body.aims,
    place: body.place,
    capacity: body.capacity,
    members: 0,
    sessions: body.sessions.map((session, index) => ({
      ...session,
      id: act.newId<'group-session'>(jurisdiction),
      position: index + 1,
      state: 'planned',
      attendance: 0,
    })),
    createdAt: act.now,
    history: [{ state: 'preparing', at: act.now }],
  }
  await store.insertGroup(act.tx, group)
  recordGroup(act, 'planGroup', undefined, group, { sessions: group.sessions.length, type: group.type })
  return allow(groupAnswer(group))
})

export const addGroupMember = action(contract.addGroupMember, (act, { params, body }) =>
  changeGroup(act, params.id, async (group) => {
    const faults = beneficiaryFaults(body)
    const people = body.person === undefined ? undefined : await listPeople(act.tx, [body.person])
    if (people?.size === 0) faults.push({ path: 'body.person', code: 'person-unknown' })
    const mark = markOf(act.platform, group.id, body)
    const members = await store.listMembersOf(act.tx, group.id)
    const known = members.some((member) => member.mark === mark && member.leftAt === undefined)
    const id = act.newId<'group-member'>(jurisdictionOf(group.division))
    return {
      verb: 'addGroupMember',
      rule: () => (faults.length > 0 ? invalid(faults) : rules.addGroupMember(group, act.actor, act.now, known)),
      data: (after) => ({ members: after.members }),
      save: async () =>
        store.insertMember(act.tx, group.id, {
          id,
          mark,
          who: await act.platform.cipher.seal(
            act.tx,
            group.id,
            { table: 'delivery.group_member', column: 'who', row: id },
            JSON.stringify({ person: body.person, name: body.fullName }),
          ),
          joinedAt: act.now,
        }),
    }
  }),
)

export const removeGroupMember = action(contract.removeGroupMember, (act, { params }) =>
  changeGroup(act, params.id, async (group) => {
    const member = (await store.listMembersOf(act.tx, group.id)).find((each) => each.id === params.member)
    return {
      verb: 'removeGroupMember',
      rule: () =>
        member === undefined
          ? absent()
          : rules.removeGroupMember(group, act.actor, act.now, member.leftAt !== undefined),
      data: (after) => ({ members: after.members }),
      save: () => store.saveMemberLeft(act.tx, params.member, act.now),
    }
  }),
)

export const startGroup = action(contract.startGroup, (act, { params }) =>
  changeGroup(act, params.id, (group) => ({
    verb: 'startGroup',
    rule: () => rules.startGroup(group, act.actor, act.now, termsOf(act.policy, group)),
  })),
)

export const moveGroupSession = action(contract.moveGroupSession, (act, { params, body }) =>
  changeGroup(act, params.id, (group) => ({
    verb: 'moveGroupSession',
    rule: () => rules.moveGroupSession(group, act.actor, act.now, params.session, body, termsOf(act.policy, group)),
  })),
)

export const dropGroupSession = action(contract.dropGroupSession, (act, { params }) =>
  changeGroup(act, params.id, (group) => ({
    verb: 'dropGroupSession',
    rule: () => rules.dropGroupSession(group, act.actor, act.now, params.session, termsOf(act.policy, group)),
  })),
)

export const endGroup = action(contract.endGroup, (act, { params, body }) =>
  changeGroup(act, params.id, (group) => ({
    verb: 'endGroup',
    rule: () => rules.endGroup(group, act.actor, act.now, body, termsOf(act.policy, group)),
    data: () => ({ result: body.result }),
  })),
)

export const cancelGroup = action(contract.cancelGroup, (act, { params, body }) =>
  changeGroup(act, params.id, (group) => ({
    verb: 'cancelGroup',
    rule: () => rules.cancelGroup(group, act.actor, act.now, body.reason),
  })),
)

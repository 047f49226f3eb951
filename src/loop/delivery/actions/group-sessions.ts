// Delivery: a group's session on its day: checking in by code, and the record of what was held.
import { createHash, timingSafeEqual } from 'node:crypto'
import { holdPerson } from '../../../foundation/identity/public.ts'
import { absent, allow, forbid, refuse } from '../../../kit/ruling.ts'
import { action, question } from '../../../platform/action.ts'
import type { Platform } from '../../../platform/platform.ts'
import { together } from '../../../platform/together.ts'
import { lockContract } from '../../contracts/public.ts'
import * as contract from '../contract/groups.ts'
import * as rules from '../rules/groups.ts'
import * as store from '../store/groups.ts'
import { findPresence } from '../store/sign-ups.ts'
import { fileRecord, prepareFiling } from './filing.ts'
import { changeGroup, groupAnswer, recordGroup } from './group-changes.ts'
import { markOf } from './groups.ts'

/** Six digits for one opening of one session. Nothing is stored: they follow from the installation's key. */
function codeOf(platform: Platform, session: rules.GroupSession): string {
  const text = platform.cipher.blind('session-code', `${session.id}|${session.openedAt ?? ''}`)
  const number = createHash('sha256').update(text).digest().readUIntBE(0, 6) % 1_000_000
  return String(number).padStart(6, '0')
}

export const openSessionCheckIn = action(contract.openSessionCheckIn, (act, { params }) =>
  changeGroup(act, params.id, (group) => ({
    verb: 'openSessionCheckIn',
    rule: () => rules.openSessionCheckIn(group, act.actor, act.now, params.session),
    data: () => ({ session: params.session }),
  })),
)

export const getSessionCode = question(contract.getSessionCode, async (ask, { params }) => {
  const group = await store.findGroup(ask.tx, params.id)
  const session = group?.sessions.find((each) => each.id === params.session)
  if (group === undefined || session === undefined) return absent()
  const hidden = ask.see(rules.judgedGroup(group))
  if (hidden !== undefined) return hidden
  if (!rules.isLeader(group, ask.actor)) return forbid('not-leader')
  if (!rules.checkInIsOpen(session, ask.now)) return refuse('check-in-closed')
  return allow({ code: codeOf(ask.platform, session), attendance: session.attendance, capacity: group.capacity })
})

export const checkInToSession = action(contract.checkInToSession, async (act, { params, body }) => {
  const group = await store.findGroupForUpdate(act.tx, params.id)
  const session = group?.sessions.find((each) => each.id === params.session)
  if (group === undefined || session === undefined || act.actor.kind !== 'person') return absent()
  // Where else the person is, they may be checking in at this moment.
  await holdPerson(act, act.actor.personId)
  const mark = markOf(act.platform, group.id, { person: act.actor.personId })
  const member = await store.findMemberByMark(act.tx, group.id, mark, session.id)
  const elsewhere = (await findPresence(act.tx, act.actor.personId, act.now)) !== undefined
  const ruling = await act.judge({ reach: { ...rules.reachOfGroup(group), anyone: true } }, () =>
    rules.checkInToSession({
      open: group.state === 'running' && rules.checkInIsOpen(session, act.now),
      codeHolds: timingSafeEqual(Buffer.from(codeOf(act.platform, session)), Buffer.from(body.code)),
      member: member !== undefined,
      here: member?.here ?? false,
      elsewhere,
      attendance: session.attendance,
      capacity: group.capacity,
    }),
  )
  if (!ruling.ok || member === undefined) return ruling.ok ? forbid('not-a-member') : ruling
  await together(act.tx, [
    store.attendancesInserted(session.id, [member.id], true, act.now),
    store.sessionSaved({ ...session, attendance: session.attendance + 1 }),
  ])
  // Without the state of the group: what waits for its leader stays as it is.
  act.record({
    name: 'delivery.checkInToSession',
    of: { kind: 'group-work', id: group.id },
    division: group.division,
    data: { session: session.id, attendance: session.attendance + 1 },
  })
  return allow({ theme: session.theme, place: group.place })
})

export const recordGroupSession = action(contract.recordGroupSession, async (act, { params, body }) => {
  const before = await store.findGroupForUpdate(act.tx, params.id)
  if (before === undefined) return absent()
  const open = await act.judge(rules.judgedGroup(before), () => allow(true))
  if (!open.ok) return open
  const members = await store.listMembersOf(act.tx, before.id)
  const here = new Set(members.filter((member) => member.sessions.includes(params.session)).map((member) => member.id))
  const marked = [...new Set<string>(body.present)].filter((id) => !here.has(id))
  const known = new Set(members.filter((member) => member.leftAt === undefined).map((member) => member.id))
  const attendance = here.size + marked.length
  const ruling = rules.recordGroupSession(before, act.actor, act.now, params.session, {
    from: body.from,
    until: body.until,
    attendance,
    strangers: marked.filter((id) => !known.has(id)).length,
  })
  if (!ruling.ok) return ruling
  const card = await lockContract(act, before.contract)
  if (card === undefined) throw new Error('a group stands under a contract')
  const came = new Set([...here, ...marked])
  const filing = await prepareFiling(act, card, { id: before.activity, kind: 'group' })
  const input = {
    from: body.from,
    until: body.until,
    place: before.place,
    words: body.words,
    photos: body.photos,
    activity: before.activity,
    kind: 'group' as const,
    attendance,
    newcomers: members.filter(
      (member) => came.has(member.id) && member.sessions.every((session) => session === params.session),
    ).length,
  }
  const sound = filing.judge(input)
  if (!sound.ok) return sound
  const { group: after, session } = ruling.value
  const filed = await fileRecord(act, filing, sound.value, input, (serviceRecord) => [
    store.attendancesInserted(session.id, marked, false, act.now),
    store.groupSaved(after, act.now),
    store.sessionSaved({ ...session, serviceRecord }),
  ])
  if (!filed.ok) return filed
  recordGroup(act, 'recordGroupSession', before, after, {
    session: session.id,
    attendance,
    serviceRecord: filed.value.id,
  })
  return allow(groupAnswer(after))
})

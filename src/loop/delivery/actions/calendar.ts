// Delivery: a worker's calendar: what is planned, its secret address, and the feed that is read under it.
import { createHash, randomBytes } from 'node:crypto'
import { listAssignmentsOf } from '../../../foundation/identity/public.ts'
import type { Actor } from '../../../kit/actor.ts'
import { type DivisionCode, splitId } from '../../../kit/id.ts'
import { addDays, addMinutes, type Instant } from '../../../kit/instant.ts'
import { allow, forbid, refuse } from '../../../kit/ruling.ts'
import { action, question } from '../../../platform/action.ts'
import type { Tx } from '../../../platform/database.ts'
import type { Platform } from '../../../platform/platform.ts'
import type { Language } from '../../../platform/words.ts'
import * as contract from '../contract/calendar.ts'
import { type CalendarEntry, calendarText } from '../rules/calendar.ts'
import * as store from '../store/calendar.ts'
import { listOffered } from '../store/occasions.ts'

/** The organization of the role in which the actor works now. */
function organizationOf(actor: Actor): { organization: string; division: DivisionCode } | undefined {
  const grant = actor.grants.find(
    (each) => each.permissions.has('delivery.subscribeCalendar') && each.organizationId !== undefined,
  )
  return grant?.organizationId === undefined
    ? undefined
    : { organization: grant.organizationId, division: grant.division }
}

/** Meetings of a case have a beginning only; an hour is what such a meeting takes. */
const meetingMinutes = 60
/** So far back and ahead, in days. */
const span = { back: 30, ahead: 180 }

type Whose = { readonly person: string; readonly organization: string }

async function plannedOf(tx: Tx, whose: Whose, now: Instant, back: number) {
  const range = { ...whose, from: addDays(now, -back), until: addDays(now, span.ahead) }
  return {
    sessions: await store.listPlannedSessions(tx, range),
    appointments: await store.listCaseAppointments(tx, range),
    offered: await listOffered(tx, range),
  }
}

export const getCalendar = question(contract.getCalendar, async (ask) => {
  const { actor } = ask
  const mine = organizationOf(actor)
  if (actor.kind !== 'person' || mine === undefined) return allow({ entries: [] })
  const feed = await store.findFeed(ask.tx, actor.personId)
  const whose = { person: actor.personId, organization: mine.organization }
  const { sessions, appointments, offered } = await plannedOf(ask.tx, whose, ask.now, 0)
  return allow({
    subscribedAt: feed?.createdAt,
    entries: [
      ...sessions
        .filter((session) => session.state === 'planned')
        .map(({ group, title, position, place, from, until }) => ({
          kind: 'group' as const,
          record: group,
          title,
          position,
          place,
          from,
          until,
        })),
      ...appointments.map(({ id, at }) => ({
        kind: 'case' as const,
        record: id,
        from: at,
        until: addMinutes(at, meetingMinutes),
      })),
      ...offered
        .filter((occasion) => occasion.state === 'open')
        .map(({ id, title, place, from, until }) => ({
          kind: 'occasion' as const,
          record: id,
          title,
          place,
          from,
          until,
        })),
    ].sort((one, other) => (one.from < other.from ? -1 : 1)),
  })
})

const hashOf = (token: string) => createHash('sha256').update(token).digest('hex')

/** The address begins with the government of the person's row: it alone finds the shard. */
const tokenPattern = /^(\d{6})[A-Za-z0-9_-]{43}$/

export const subscribeCalendar = action(contract.subscribeCalendar, async (act) => {
  const { actor } = act
  const mine = organizationOf(actor)
  if (actor.kind !== 'person' || mine === undefined) return forbid('forbidden')
  const whose = { person: actor.personId, organization: mine.organization }
  const judged = await act.judge({ reach: { division: mine.division, organizations: [mine.organization] } }, () =>
    allow(true),
  )
  if (!judged.ok) return judged
  const token = `${splitId(actor.personId).jurisdiction}${randomBytes(32).toString('base64url')}`
  await store.saveFeed(act.tx, { ...whose, createdAt: act.now }, hashOf(token))
  act.record({
    name: 'delivery.subscribeCalendar',
    of: { kind: 'person', id: actor.personId },
    division: mine.division,
  })
  return allow({ path: `/calendars/${token}.ics`, subscribedAt: act.now })
})

export const revokeCalendar = action(contract.revokeCalendar, async (act) => {
  const { actor } = act
  const mine = organizationOf(actor)
  if (actor.kind !== 'person' || mine === undefined) return forbid('forbidden')
  const judged = await act.judge({ reach: { division: mine.division, organizations: [mine.organization] } }, () =>
    allow(true),
  )
  if (!judged.ok) return judged
  if (!(await store.removeFeed(act.tx, actor.personId))) return refuse('no-calendar-address')
  act.record({ name: 'delivery.revokeCalendar', of: { kind: 'person', id: actor.personId }, division: mine.division })
  return allow({ revoked: true })
})

/** The feed under a secret address; undefined for an address that never was, was replaced or revoked, or whose owner left the organization. */
export async function readCalendar(platform: Platform, token: string, language: Language): Promise<string | undefined> {
  const [, jurisdiction] = tokenPattern.exec(token) ?? []
  if (jurisdiction === undefined) return undefined
  const { reader } = platform.database
  const feed = await store.findFeedByToken(reader, jurisdiction, hashOf(token))
  if (feed === undefined) return undefined
  const roles = await listAssignmentsOf(reader, [feed.person])
  if (!roles.some((role) => role.organization === feed.organization && role.role.startsWith('social-work')))
    return undefined
  const now = platform.clock.now()
  const say = (key: string, values?: Readonly<Record<string, string | number>>) =>
    platform.words.say(language, 'delivery', key, values)
  const { sessions, appointments, offered } = await plannedOf(reader, feed, now, span.back)
  const entries: CalendarEntry[] = [
    ...sessions.map((session) => ({
      uid: `${session.id}@liandong`,
      summary: say('calendar.session', { title: session.title, n: session.position }),
      place: session.place,
      from: session.from,
      until: session.until,
      cancelled: session.state === 'dropped',
    })),
    ...appointments.map(({ id, at }) => ({
      // Not the id of the case itself: a calendar may be shared, and where the case stands is confidential.
      uid: `${hashOf(`${token}|${id}|${at}`).slice(0, 32)}@liandong`,
      summary: say('calendar.meeting'),
      from: at,
      until: addMinutes(at, meetingMinutes),
    })),
    ...offered.map((occasion) => ({
      uid: `${occasion.id}@liandong`,
      summary: say('calendar.occasion', { kind: say(`options.occasion.${occasion.kind}`), title: occasion.title }),
      place: occasion.place,
      from: occasion.from,
      until: occasion.until,
      cancelled: occasion.state === 'cancelled',
    })),
  ]
  return calendarText(say('calendar.name'), entries, now)
}

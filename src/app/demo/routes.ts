// The demo's own routes: its people, becoming one of them, moving business time, the codes that an SMS would have brought.
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { divisionName, fullDivisionName } from '../../foundation/divisions/public.ts'
import { demoInbox, demoSecondFactorCode, openSession } from '../../foundation/identity/public.ts'
import { instant, instantWire } from '../../kit/instant.ts'
import type { Id } from '../../kit/id.ts'
import { absent, invalid } from '../../kit/ruling.ts'
import { systemAct } from '../../platform/action.ts'
import { rowOf } from '../../platform/database.ts'
import { actorOf, requestLanguage, sendRefusal, sessionCookie } from '../../platform/http/bind.ts'
import type { Parts } from '../compose.ts'

const people = z.array(
  z.object({
    id: z.string(),
    name: z.string(),
    role: z.string(),
    division: z.string(),
    assignment: z.string().optional(),
    organization: z.string().optional(),
    organizationName: z.string().optional(),
  }),
)

/** Does everything that is due at the clock's time: timers, what they cause, until nothing is left. */
export async function settle(parts: Parts): Promise<void> {
  for (;;) {
    const delivered = await parts.outbox.drain()
    const ran = await parts.timers.runDue()
    if (delivered + ran === 0) return
  }
}

/** Registers /api/demo/*; only called when the demo is on. */
export function demoRoutes(server: FastifyInstance, parts: Parts): void {
  const { platform } = parts
  const listPeople = async () => {
    const row = await rowOf<{ value: unknown }>(
      platform.database.reader,
      "SELECT value FROM platform.fact WHERE name = 'demo-people'",
    )
    return people.parse(row?.value ?? [])
  }
  server.get('/api/demo/people', async (request) => {
    const language = requestLanguage(request)
    return {
      people: (await listPeople()).map((person) => ({
        ...person,
        roleName: platform.words.say(language, 'identity', `roles.${person.role}`),
        place:
          person.organizationName ??
          (person.division.length > 6 ? fullDivisionName(person.division) : (divisionName(person.division) ?? '')),
        face:
          person.role === 'resident'
            ? 'resident'
            : ['city-officer', 'province-officer'].includes(person.role)
              ? 'cockpit'
              : 'desk',
      })),
    }
  })
  server.post('/api/demo/sign-in', async (request, reply) => {
    const body = z.object({ person: z.string() }).safeParse(request.body)
    const person = body.success
      ? (await listPeople()).find((candidate) => candidate.id === body.data.person)
      : undefined
    if (person === undefined) return sendRefusal(parts.http, request, reply, absent(), 'platform')
    // Whoever becomes a member of staff in the demo has proved the second factor, as at a real sign-in.
    const token = await systemAct(platform, 'demo.signIn', (act) =>
      openSession(act, person.id as Id<'person'>, {
        device: '演示登录',
        secondFactor: person.role !== 'resident',
        kind: person.role === 'resident' ? 'resident' : 'staff',
        assignment: person.assignment,
      }),
    )
    if (!token.ok) return sendRefusal(parts.http, request, reply, token, 'identity')
    reply.header('set-cookie', `${sessionCookie}=${token.value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=86400`)
    return { person: person.id, name: person.name, role: person.role }
  })
  server.post('/api/demo/clock', async (request, reply) => {
    const body = z
      .object({ to: z.union([instantWire, z.iso.datetime({ offset: true }).transform((text) => instant(text))]) })
      .safeParse(request.body)
    if (!body.success)
      return sendRefusal(parts.http, request, reply, invalid([{ path: 'body.to', code: 'wrong-format' }]), 'platform')
    const moved = await platform.clock.moveTo(body.data.to)
    await settle(parts)
    return { moved, now: platform.clock.now() }
  })
  server.get<{ Querystring: { phone?: string } }>('/api/demo/inbox', async (request) => ({
    messages: demoInbox(platform, request.query.phone ?? ''),
  }))
  server.get('/api/demo/second-factor', async (request) => {
    const actor = await actorOf(parts.http, request)
    return { code: actor.kind === 'person' ? await demoSecondFactorCode(platform, actor.personId) : undefined }
  })
}

// Calendars of social workers at /calendars/<secret>.ics: no session, no cookie; whoever has the address reads when, never whom.
import type { FastifyInstance } from 'fastify'
import { readCalendar } from '../../loop/delivery/actions/calendar.ts'
import { requestLanguage } from '../../platform/http/bind.ts'
import type { Parts } from '../compose.ts'

/** Registers the feed. An address that does not hold answers 404, whether it was revoked or never was. */
export function registerCalendars(server: FastifyInstance, { platform }: Parts): void {
  server.get<{ Params: { file: string } }>('/calendars/:file', async (request, reply) => {
    const { file } = request.params
    const text = file.endsWith('.ics')
      ? await readCalendar(platform, file.slice(0, -'.ics'.length), requestLanguage(request))
      : undefined
    reply.header('cache-control', 'private, no-store').header('referrer-policy', 'no-referrer')
    if (text === undefined) return reply.code(404).type('text/plain; charset=utf-8').send('')
    return reply
      .type('text/calendar; charset=utf-8')
      .header('content-disposition', 'inline; filename="liandong.ics"')
      .send(text)
  })
}

// The paper of a volunteer's proof of hours, for that volunteer alone.
import type { FastifyInstance } from 'fastify'
import { absent } from '../../kit/ruling.ts'
import { actorOf, sendRefusal } from '../../platform/http/bind.ts'
import { drawHoursProof } from '../../registers/volunteers/actions/proofs.ts'
import type { Parts } from '../compose.ts'

/** GET /api/volunteer-proofs/:id/pdf. Whoever else asks gets 404, as for a proof that never was. */
export function registerHoursProofs(server: FastifyInstance, parts: Parts): void {
  server.get<{ Params: { id: string } }>('/api/volunteer-proofs/:id/pdf', async (request, reply) => {
    const actor = await actorOf(parts.http, request)
    const { id } = request.params
    const paper = /^\d{6}-[0-9a-f-]{36}$/.test(id) ? await drawHoursProof(parts.platform, actor, id) : undefined
    if (paper === undefined) return sendRefusal(parts.http, request, reply, absent(), 'platform')
    return reply
      .type('application/pdf')
      .header('cache-control', 'private, no-store')
      .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(paper.name)}`)
      .send(paper.bytes)
  })
}

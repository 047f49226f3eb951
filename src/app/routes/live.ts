// The WebSocket of signed-in screens.
import websocket from '@fastify/websocket'
import type { FastifyInstance } from 'fastify'
import { actorOf } from '../../platform/http/bind.ts'
import type { Parts } from '../compose.ts'

/** GET /api/live: only same-origin, only with a session; messages go one way, from server to screen. */
export async function registerLive(server: FastifyInstance, parts: Parts): Promise<void> {
  await server.register(websocket, { options: { maxPayload: 1024 } })
  server.get('/api/live', { websocket: true }, async (socket, request) => {
    const origin = request.headers.origin
    const actor = await actorOf(parts.http, request)
    const own = origin === undefined || origin.replace(/^https?:\/\//, '') === request.headers.host
    if (actor.kind !== 'person' || !own) {
      socket.close(4401)
      return
    }
    parts.live.attach(actor.personId, socket)
  })
}

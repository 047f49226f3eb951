// Uploads and downloads: a file is reached only through the record it is attached to, or by its owner before that.
import multipart from '@fastify/multipart'
import type { FastifyInstance } from 'fastify'
import { may } from '../../kit/actor.ts'
import { absent, refuse } from '../../kit/ruling.ts'
import { largestFile } from '../../platform/files/disk-store.ts'
import { fileHeaders, receiveFile } from '../../platform/files/receive.ts'
import { actorOf, requestLanguage, sendRefusal } from '../../platform/http/bind.ts'
import type { Parts } from '../compose.ts'

/** POST /api/files (multipart, one file) and GET /api/files/:id. */
export function registerFiles(server: FastifyInstance, parts: Parts): void {
  const { platform } = parts
  server.register(async (scope) => {
    await scope.register(multipart, { limits: { fileSize: largestFile, files: 1, fields: 4 } })
    scope.post('/api/files', async (request, reply) => {
      const actor = await actorOf(parts.http, request)
      const part = await request.file()
      if (part === undefined)
        return sendRefusal(parts.http, request, reply, refuse('bad-request', {}, { kind: 'invalid' }), 'platform')
      const call = { actor, correlation: request.id, language: requestLanguage(request) }
      const ruling = await receiveFile(platform, call, { name: part.filename, stream: part.file })
      return ruling.ok ? reply.send(ruling.value) : sendRefusal(parts.http, request, reply, ruling, 'platform')
    })
  })
  server.get<{ Params: { id: string } }>('/api/files/:id', async (request, reply) => {
    const actor = await actorOf(parts.http, request)
    const file = await platform.files.find(platform.database.reader, request.params.id)
    if (file === undefined) return sendRefusal(parts.http, request, reply, absent(), 'platform')
    const own = actor.kind === 'person' && actor.personId === file.owner
    const kind = file.record === undefined ? undefined : platform.records.get(file.record.kind)
    const card =
      file.record === undefined || kind === undefined
        ? undefined
        : (await kind.cards(platform.database.reader, [file.record.id]))[0]
    const readable =
      own || (card !== undefined && kind !== undefined && (card.open || may(actor, kind.permission, card.reach)))
    if (!readable) return sendRefusal(parts.http, request, reply, absent(), 'platform')
    return reply.headers(fileHeaders(file)).send(await platform.files.read(file.id))
  })
}

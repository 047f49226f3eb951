// Uploads and downloads: a file is reached only through the record it is attached to, or by its owner before that.
import multipart from '@fastify/multipart'
import type { FastifyInstance } from 'fastify'
import { may } from '../../kit/actor.ts'
import { divisionOfJurisdiction, jurisdictionOf, type Jurisdiction } from '../../kit/id.ts'
import { absent, refuse } from '../../kit/ruling.ts'
import { actorOf, sendRefusal } from '../../platform/http/bind.ts'
import type { Parts } from '../compose.ts'

const largestFile = 20 * 1024 * 1024

/** POST /api/files (multipart, one file) and GET /api/files/:id. */
export function registerFiles(server: FastifyInstance, parts: Parts): void {
  const { platform } = parts
  server.register(async (scope) => {
    await scope.register(multipart, { limits: { fileSize: largestFile, files: 1, fields: 4 } })
    scope.post('/api/files', async (request, reply) => {
      const actor = await actorOf(parts.http, request)
      if (actor.kind !== 'person') return sendRefusal(parts.http, request, reply, refuse('unauthenticated', {}, { kind: 'unauthenticated' }), 'platform')
      const part = await request.file()
      if (part === undefined) return sendRefusal(parts.http, request, reply, refuse('bad-request', {}, { kind: 'invalid' }), 'platform')
      const bytes = await part.toBuffer()
      const grant = actor.grants.find((candidate) => candidate.reach === 'place') ?? actor.grants[0]
      const jurisdiction: Jurisdiction = jurisdictionOf(grant?.division ?? divisionOfJurisdiction('320000' as Jurisdiction))
      const ruling = await platform.database.transaction((tx) => platform.files.put(tx, { jurisdiction, owner: actor.personId, name: part.filename, bytes }))
      return ruling.ok ? reply.send(ruling.value) : sendRefusal(parts.http, request, reply, ruling, 'platform')
    })
  })
  server.get<{ Params: { id: string } }>('/api/files/:id', async (request, reply) => {
    const actor = await actorOf(parts.http, request)
    const file = await platform.files.find(platform.database.reader, request.params.id)
    if (file === undefined) return sendRefusal(parts.http, request, reply, absent(), 'platform')
    const own = actor.kind === 'person' && actor.personId === file.owner
    const kind = file.record === undefined ? undefined : platform.records.get(file.record.kind)
    const card = file.record === undefined || kind === undefined ? undefined : (await kind.cards(platform.database.reader, [file.record.id]))[0]
    const readable = own || (card !== undefined && kind !== undefined && (card.open || may(actor, kind.permission, card.reach)))
    if (!readable) return sendRefusal(parts.http, request, reply, absent(), 'platform')
    const inline = file.type.startsWith('image/') || file.type === 'application/pdf'
    reply.header('content-disposition', `${inline ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(file.name)}`)
    reply.header('content-security-policy', "default-src 'none'; sandbox").header('cache-control', 'private, max-age=300')
    return reply.type(file.type).send(await platform.files.read(file.id))
  })
}

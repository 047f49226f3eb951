// Excel and CSV of any exportable list: the same question with the same scope and masks, page by page, streamed.
import { PassThrough } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { largestPage, type Page } from '../../kit/listing.ts'
import type { Binding, Call } from '../../platform/action.ts'
import { mayCall } from '../../platform/action.ts'
import { streamCsv, streamXlsx } from '../../platform/export/stream-table.ts'
import { actorOf, parseInput, requestLanguage, sendRefusal } from '../../platform/http/bind.ts'
import { wireSchema } from '../../platform/http/schemas.ts'
import type { Parts } from '../compose.ts'

const format = z.object({ format: z.enum(['xlsx', 'csv']).default('xlsx') })

type RowSchema = { properties?: { rows?: { items?: { properties?: Record<string, { type?: string }> } } } }

/** Columns: the scalar fields of a list's rows, in their order, labelled with the domain's words. */
function columnsOf(binding: Binding, label: (field: string) => string): { key: string; label: string }[] {
  const schema = wireSchema(binding.endpoint.output) as RowSchema
  const fields = schema.properties?.rows?.items?.properties ?? {}
  return Object.entries(fields)
    .filter(([key, field]) => !['object', 'array'].includes(field.type ?? '') && key !== 'version')
    .map(([key]) => ({ key, label: label(key) }))
}

async function* pages(
  binding: Binding,
  parts: Parts,
  call: Call,
  input: { params?: unknown; query?: unknown },
  first: Page<Record<string, unknown>>,
) {
  let page = first
  for (;;) {
    yield page.rows
    if (page.next === undefined) return
    const query = { ...(typeof input.query === 'object' ? input.query : {}), cursor: page.next, size: largestPage }
    const ruling = await binding.run(parts.platform, call, { ...input, query })
    if (!ruling.ok) return
    page = ruling.value as Page<Record<string, unknown>>
  }
}

/** Registers GET <list>/export for every exportable list. */
export function registerExports(server: FastifyInstance, parts: Parts, bindings: readonly Binding[]): void {
  const { platform } = parts
  for (const binding of bindings.filter((candidate) => candidate.endpoint.exportable)) {
    const domain = parts.http.domainOf(binding.endpoint.name)
    server.get(`/api${binding.endpoint.path}/export`, async (request, reply) => {
      const actor = await actorOf(parts.http, request)
      const permitted = mayCall(binding.endpoint, actor)
      if (!permitted.ok) return sendRefusal(parts.http, request, reply, permitted, domain)
      const { format: asked, ...query } = { ...(request.query as Record<string, unknown>) }
      const kind = format.safeParse({ format: asked })
      const input = parseInput(binding, { params: request.params, query: { ...query, size: largestPage } })
      if (!input.ok || !kind.success)
        return sendRefusal(
          parts.http,
          request,
          reply,
          input.ok ? { ok: false, code: 'bad-request', kind: 'invalid', params: {} } : input,
          domain,
        )
      const language = requestLanguage(request)
      const call: Call = { actor, correlation: request.id, language }
      const first = await binding.run(platform, call, input.value)
      if (!first.ok) return sendRefusal(parts.http, request, reply, first, domain)
      const columns = columnsOf(binding, (field) => platform.words.say(language, domain, `fields.${field}`))
      const who = actor.kind === 'person' ? actor.personId.slice(-8) : '-'
      const title = platform.words.say(language, domain, 'name')
      const sink = new PassThrough()
      const rows = pages(binding, parts, call, input.value, first.value as Page<Record<string, unknown>>)
      const written =
        kind.data.format === 'csv'
          ? streamCsv(columns, rows, sink)
          : streamXlsx(columns, rows, sink, { title, watermark: `${platform.clock.now()} ${who}` })
      written.catch(() => sink.destroy())
      reply.header(
        'content-disposition',
        `attachment; filename="export.${kind.data.format}"; filename*=UTF-8''${encodeURIComponent(title)}.${kind.data.format}`,
      )
      return reply
        .type(
          kind.data.format === 'csv'
            ? 'text/csv; charset=utf-8'
            : 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        )
        .send(sink)
    })
  }
}

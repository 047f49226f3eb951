// Open data as one file: every record or release of a place, a package on each line, streamed page by page.
import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import * as packages from '../../insight/open-data/actions/packages.ts'
import { divisionCode } from '../../kit/id.ts'
import { largestPage } from '../../kit/listing.ts'
import { type Refusal, refuse } from '../../kit/ruling.ts'
import type { Binding } from '../../platform/action.ts'
import { parseInput, requestLanguage, sendRefusal } from '../../platform/http/bind.ts'
import type { Parts } from '../compose.ts'

/** Whole downloads of one address: they read everything. */
const limit = { max: 10, seconds: 60 } as const
const query = z.object({ division: divisionCode.optional() })

type Package = Readonly<Record<string, unknown>> & { readonly links?: { readonly next: string } }

/** Packages of one item each, as harvesters of JSON Lines take them: every line is whole and valid by itself. */
function linesOf(list: string, found: Package): string {
  const { links: _, [list]: items, ...head } = found
  return (Array.isArray(items) ? items : []).map((item) => `${JSON.stringify({ ...head, [list]: [item] })}\n`).join('')
}

/** Registers /api/ocds/bulk/records.jsonl and releases.jsonl. No session is read: it is the same for everybody. */
export function registerOcds(server: FastifyInstance, parts: Parts): void {
  const { platform, http } = parts

  const pageOf = async (binding: Binding, request: FastifyRequest, division: string | undefined, cursor?: string) => {
    const input = parseInput(binding, { query: { division, cursor, size: largestPage } })
    if (!input.ok) return input
    const call = {
      actor: { kind: 'anonymous', grants: [] },
      correlation: request.id,
      language: requestLanguage(request),
    } as const
    return binding.run(platform, call, input.value)
  }

  async function* lines(
    binding: Binding,
    list: string,
    request: FastifyRequest,
    division: string | undefined,
    first: Package,
  ) {
    for (let page = first; ; ) {
      yield linesOf(list, page)
      if (page.links === undefined) return
      const cursor = new URL(page.links.next).searchParams.get('cursor') ?? undefined
      const next = await pageOf(binding, request, division, cursor)
      // Cut off in the middle rather than ended early: half a download must not look like a whole one.
      if (!next.ok) throw new Error('a page of the download was refused')
      page = next.value as Package
    }
  }

  const send = async (request: FastifyRequest, reply: FastifyReply, binding: Binding, list: 'records' | 'releases') => {
    const refused = (refusal: Refusal) => sendRefusal(http, request, reply, refusal, 'open-data')
    const wait = await http.limiter.take('ocds.bulk', `address:${request.ip}`, limit)
    if (wait !== undefined) return refused(refuse('rate-limited', { seconds: wait }, { kind: 'limited' }))
    const asked = query.safeParse(request.query)
    const division = asked.success ? asked.data.division : String(Reflect.get(Object(request.query), 'division'))
    const first = await pageOf(binding, request, division)
    if (!first.ok) return refused(first)
    return reply
      .header('access-control-allow-origin', '*')
      .header('cross-origin-resource-policy', 'cross-origin')
      .header('cache-control', 'no-store')
      .header(
        'content-disposition',
        `attachment; filename="ocds-${list}${division === undefined ? '' : `-${division}`}.jsonl"`,
      )
      .type('application/jsonl; charset=utf-8')
      .send(Readable.from(lines(binding, list, request, division, first.value as Package)))
  }

  server.get('/api/ocds/bulk/records.jsonl', (request, reply) =>
    send(request, reply, packages.listOcdsRecords, 'records'),
  )
  server.get('/api/ocds/bulk/releases.jsonl', (request, reply) =>
    send(request, reply, packages.listOcdsReleases, 'releases'),
  )
}

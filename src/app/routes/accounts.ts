// The public account of a project as a PDF of one page, for the notice board: the same for everybody, no session is read.
import type { FastifyInstance } from 'fastify'
import { drawProjectAccount } from '../../loop/thread/actions/account.ts'
import { getProjectAccount } from '../../loop/thread/contract/account.ts'
import { refuse } from '../../kit/ruling.ts'
import { sendRefusal } from '../../platform/http/bind.ts'
import type { Parts } from '../compose.ts'

/** Sheets that one address may fetch: drawing takes a fifth of a second of one core. */
const limit = { max: 20, seconds: 60 } as const

/** Registers GET /api/threads/projects/:id/account.pdf; 404 where the project is not public. */
export function registerAccounts(server: FastifyInstance, parts: Parts): void {
  const { platform, http } = parts
  server.get('/api/threads/projects/:id/account.pdf', async (request, reply) => {
    const refused = (refusal: Parameters<typeof sendRefusal>[3]) => sendRefusal(http, request, reply, refusal, 'thread')
    const wait = await http.limiter.take('thread.account', `address:${request.ip}`, limit)
    if (wait !== undefined) return refused(refuse('rate-limited', { seconds: wait }, { kind: 'limited' }))
    const asked = getProjectAccount.params?.safeParse(request.params)
    if (asked?.success !== true) return reply.code(404).send()
    const sheet = await drawProjectAccount(platform, asked.data.id)
    if (!sheet.ok) return refused(sheet)
    return reply
      .header('cache-control', 'public, max-age=60')
      .header(
        'content-disposition',
        `inline; filename="account.pdf"; filename*=UTF-8''${encodeURIComponent(sheet.value.name)}`,
      )
      .type('application/pdf')
      .send(sheet.value.bytes)
  })
}

// Hears what our server sends to the database for one point read, one list and one write, and makes the traffic that both sides get.
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { compose } from '../src/app/compose.ts'
import { makeApp } from '../src/app/listen.ts'
import { loadDivisions } from '../src/foundation/divisions/public.ts'
import { createPerson, openSession } from '../src/foundation/identity/public.ts'
import { asDivision } from '../src/kit/id.ts'
import { granted } from '../src/kit/ruling.ts'
import * as needs from '../src/loop/needs/contract.ts'
import { systemAct } from '../src/platform/action.ts'
import { serializerSchema } from '../src/platform/http/schemas.ts'
import { makeLog } from '../src/platform/log.ts'
import { asOwner, type BenchDatabase } from './bench-database.ts'
import type { Capture, Captured, Statement } from './shapes.ts'

const root = join(import.meta.dirname, '..')
const community = asDivision('320505001002')

export type Traffic = {
  readonly headers: Readonly<Record<string, string>>
  readonly points: readonly string[]
  readonly lists: readonly string[]
  readonly body: string
}

const need = {
  title: '楼道灯坏了',
  category: '10',
  division: community,
  place: '3 号楼',
  text: '三号楼二单元的楼道灯坏了半个多月，晚上回家一片黑，老人上下楼都要摸着墙走，希望尽快派人来修。',
}

/** Open needs of the county and its boards, as paths; another one with each request. */
async function traffic(database: BenchDatabase, cookie: string): Promise<Traffic> {
  const points = await asOwner<{ id: string }>(
    database.ownerUrl,
    `SELECT jurisdiction || '-' || id AS id FROM needs.need WHERE jurisdiction = '320505' AND visibility = 'public' AND state = 'closed' ORDER BY md5(id::text) LIMIT 500`,
  )
  const lists = await asOwner<{ division: string }>(
    database.ownerUrl,
    `SELECT DISTINCT division FROM needs.need WHERE jurisdiction = '320505' ORDER BY division LIMIT 60`,
  )
  return {
    headers: { cookie, 'accept-language': 'zh-CN' },
    points: points.map(({ id }) => `/api/needs/${id}`),
    lists: lists.map(({ division }) => `/api/needs?division=${division}&state=closed&size=20`),
    body: JSON.stringify(need),
  }
}

/** Starts the program for a moment, makes a resident with a session, and hears the three requests. */
export async function captureStatements(
  database: BenchDatabase,
  poolSize: number,
): Promise<{ traffic: Traffic; capture: Capture }> {
  const parts = await compose({
    root,
    databaseUrl: database.appUrl,
    dataDir: database.dataDir,
    demo: false,
    log: makeLog('warn'),
    poolSize,
  })
  try {
    const { platform } = parts
    await loadDivisions(platform.database.reader)
    const phone = `199${String(Date.now()).slice(-8)}`
    const person = granted(
      await systemAct(platform, 'bench.person', (act) =>
        createPerson(act, { name: '测量员', phone, birth: '1980-05-05', residence: community, verified: true }),
      ),
    )
    const token = granted(
      await systemAct(platform, 'bench.session', (act) => openSession(act, person, { device: 'bench' })),
    )
    await parts.outbox.drain()
    await parts.outbox.stop()
    await parts.timers.stop()
    const server = await makeApp(parts, { root, perMinute: 1_000_000_000 })
    const made = await traffic(database, `liandong_session=${token}`)
    const hear = async (
      schema: object,
      request: { method: 'GET' | 'POST'; url: string; payload?: string; headers: Record<string, string> },
    ): Promise<Captured> => {
      const statements: Statement[] = []
      platform.database.statements.listener = (text, values) =>
        statements.push({ text, values: values.map((value) => (typeof value === 'bigint' ? String(value) : value)) })
      const answer = await server.inject(request)
      platform.database.statements.listener = undefined
      if (answer.statusCode !== 200) throw new Error(`${request.url}: ${answer.statusCode} ${answer.body}`)
      return { statements, answer: answer.json(), schema }
    }
    const capture: Capture = {
      point: await hear(serializerSchema(needs.getNeed.output), {
        method: 'GET',
        url: made.points[0] ?? '',
        headers: made.headers,
      }),
      list: await hear(serializerSchema(needs.listNeeds.output), {
        method: 'GET',
        url: made.lists[0] ?? '',
        headers: made.headers,
      }),
      write: await hear(serializerSchema(needs.submitNeed.output), {
        method: 'POST',
        url: '/api/needs',
        payload: made.body,
        headers: { ...made.headers, 'content-type': 'application/json', 'idempotency-key': randomUUID() },
      }),
    }
    await server.close()
    return { traffic: made, capture }
  } finally {
    await parts.close()
  }
}

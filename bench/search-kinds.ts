// What is asked when searches are measured: by whom, with which words, and the statements that the program sends for it.
import { join } from 'node:path'
import { compose, type Parts } from '../src/app/compose.ts'
import { readContent } from '../src/app/demo/content.ts'
import { makeApp } from '../src/app/listen.ts'
import { loadDivisions } from '../src/foundation/divisions/public.ts'
import { assign, createPerson, openSession } from '../src/foundation/identity/public.ts'
import { asDivision } from '../src/kit/id.ts'
import type { Role } from '../src/kit/roles.ts'
import { granted } from '../src/kit/ruling.ts'
import { systemAct } from '../src/platform/action.ts'
import { makeLog } from '../src/platform/log.ts'
import { tokens } from '../src/platform/search/tokens.ts'
import { asOwner, type BenchDatabase } from './bench-database.ts'
import type { Statement } from './shapes.ts'

const root = join(import.meta.dirname, '..')
export const poolSize = 20
/** A search may take so many times a point read (95th percentile of each, in the same round). */
const targetOfRead = 3

export type Wanted = { readonly path: string; readonly body?: string; readonly cookie: string }
export type Kind = {
  readonly name: string
  readonly scope: string
  /** Undefined: what the others are held against. */
  readonly target?: number
  readonly wanted: readonly Wanted[]
  /** The statement that searches, among those of the request. */
  readonly searches?: (text: string) => boolean
}

/**
 * What people write and look for: sentences to find similar needs by; and of six searches three with two to four words of a title, two with one word, whether
 * everybody uses it or nobody, and one whose last word is typed half.
 */
function phrases(): { sentences: string[]; words: string[] } {
  const { needs } = readContent(root)
  const open = needs.filter(({ visibility }) => visibility === 'public')
  const sentences = open.map(({ text }) => text.split(/[。！？]/)[0] ?? '').filter((text) => text.length >= 8)
  const titles = open
    .map(({ title }) => tokens(title).filter((word) => word.length >= 2))
    .filter((cut) => cut.length >= 2)
  const several = titles.map((cut, at) => cut.slice(0, 2 + (at % 3)))
  const single = [...new Set(titles.flat())]
  const words = several.flatMap((cut, at) => [
    cut.join(' '),
    ...(at % 3 === 0 ? [] : [single[(at * 11) % single.length] ?? '']),
    ...(at % 3 === 0 ? [[...cut.slice(0, -1), cut.at(-1)?.slice(0, 1)].join(' ')] : []),
  ])
  return { sentences, words }
}

/** Somebody with a session, at a place. */
async function cookieOf(parts: Parts, role: Role, division: string, turn: number): Promise<string> {
  const place = asDivision(division)
  const person = granted(
    await systemAct(parts.platform, 'bench.person', (act) =>
      createPerson(act, {
        name: '测量员',
        phone: `19${turn}${String(Date.now()).slice(-8)}`,
        birth: '1980-05-05',
        residence: asDivision('320505001002'),
        verified: true,
        ...(role === 'resident' ? {} : { officialName: '测量员' }),
      }),
    ),
  )
  if (role !== 'resident')
    granted(
      await systemAct(parts.platform, 'bench.assign', (act) =>
        assign(act, { person, role, division: place, organization: undefined, department: undefined }),
      ),
    )
  const token = granted(
    await systemAct(parts.platform, 'bench.session', (act) =>
      openSession(act, person, { device: 'bench', secondFactor: role !== 'resident' }),
    ),
  )
  return `liandong_session=${token}`
}

const byPoint = (text: string) => text.includes('AS holder_away_until')
export const bySimilar = (text: string) => text.includes('WITH shared AS')
const byAll = (text: string) => text.includes('newest_elsewhere')
const byList = (text: string) => text.includes('WITH asked AS') && !byAll(text)

/** Everything that is asked, and the program in this process to hear the statements of it. */
export async function prepare(database: BenchDatabase): Promise<{ kinds: Kind[]; heard: Map<string, Statement[]> }> {
  const parts = await compose({
    root,
    databaseUrl: database.appUrl,
    dataDir: database.dataDir,
    demo: false,
    log: makeLog('warn'),
    poolSize,
  })
  try {
    await loadDivisions(parts.platform.database.reader)
    const resident = await cookieOf(parts, 'resident', '320505001002', 6)
    const worker = await cookieOf(parts, 'community-worker', '320505001002', 7)
    const township = await cookieOf(parts, 'township-reviewer', '320505001', 8)
    const county = await cookieOf(parts, 'county-civil-affairs', '320505', 9)
    await parts.outbox.drain()
    await parts.outbox.stop()
    await parts.timers.stop()
    const points = await asOwner<{ id: string }>(
      database.ownerUrl,
      `SELECT jurisdiction || '-' || id AS id FROM needs.need WHERE jurisdiction = '320505' AND visibility = 'public' AND state = 'closed' ORDER BY md5(id::text) LIMIT 500`,
    )
    const places = await asOwner<{ division: string }>(
      database.ownerUrl,
      `SELECT DISTINCT division FROM needs.need WHERE jurisdiction = '320505' ORDER BY division LIMIT 120`,
    )
    const { sentences, words } = phrases()
    const list = (cookie: string): Wanted[] =>
      words.map((q) => ({ path: `/api/needs/desk?size=20&q=${encodeURIComponent(q)}`, cookie }))
    const kinds: Kind[] = [
      {
        name: 'point read',
        scope: '',
        searches: byPoint,
        wanted: points.map(({ id }) => ({ path: `/api/needs/${id}`, cookie: resident })),
      },
      {
        name: 'similar needs of a text',
        scope: 'community, then township',
        target: targetOfRead,
        searches: bySimilar,
        wanted: sentences.map((text, at) => ({
          path: '/api/needs/similar',
          body: JSON.stringify({ text, division: places[(at * 7) % places.length]?.division }),
          cookie: resident,
        })),
      },
      { name: 'words in the list', scope: 'community', target: targetOfRead, searches: byList, wanted: list(worker) },
      { name: 'words in the list', scope: 'township', target: targetOfRead, searches: byList, wanted: list(township) },
      { name: 'words in the list', scope: 'county', target: targetOfRead, searches: byList, wanted: list(county) },
      {
        name: 'words among needs',
        scope: 'province',
        target: targetOfRead,
        searches: byAll,
        wanted: words.map((q) => ({ path: `/api/search?kind=need&q=${encodeURIComponent(q)}`, cookie: resident })),
      },
    ]
    const server = await makeApp(parts, { root, perMinute: 1_000_000_000 })
    const heard = new Map<string, Statement[]>()
    for (const kind of kinds) {
      if (kind.searches === undefined) continue
      const statements: Statement[] = []
      parts.platform.database.statements.listener = (text, values) => {
        if (kind.searches?.(text)) statements.push({ text, values: [...values] })
      }
      for (const one of kind.wanted.slice(0, 120)) {
        const answer = await server.inject({
          method: one.body === undefined ? 'GET' : 'POST',
          url: one.path,
          payload: one.body,
          headers: headersOf(one),
        })
        if (answer.statusCode !== 200) throw new Error(`${one.path}: ${answer.statusCode} ${answer.body}`)
      }
      parts.platform.database.statements.listener = undefined
      if (statements.length === 0) throw new Error(`${kind.name}, ${kind.scope}: no search was heard`)
      heard.set(nameOf(kind), statements)
    }
    await server.close()
    return { kinds, heard }
  } finally {
    await parts.close()
  }
}

export const nameOf = (kind: Kind) => `${kind.name}, ${kind.scope}`

export const headersOf = ({ body, cookie }: Wanted) => ({
  cookie,
  'accept-language': 'zh-CN',
  ...(body === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
})

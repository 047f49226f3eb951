// `npm run smoke -- <url>`: one whole thread over HTTP as the demo's people, under the default policy; 0 only when the verdict is reached and the books balance.
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { readContent } from '../src/app/demo/content.ts'
import type { Cast, NamedEndpoint, Player, Teller } from '../src/app/demo/story.ts'
import { tellThread } from '../src/app/demo/thread-story.ts'
import { booksBalance } from '../src/registers/funds/contract.ts'
import { listOrganizations } from '../src/registers/organizations/contract.ts'
import { listWorkers } from '../src/registers/social-workers/contract.ts'
import { addDays, instant, type Instant } from '../src/kit/instant.ts'

const base = (process.argv.slice(2).find((word) => /^https?:/.test(word)) ?? 'http://127.0.0.1:3000').replace(/\/$/, '')
const person = z.object({
  id: z.string(),
  name: z.string(),
  role: z.string(),
  division: z.string(),
  assignment: z.string().optional(),
  organization: z.string().optional(),
  organizationName: z.string().optional(),
})

/** Waits for a server that is being restarted: kill -9 in the middle must lose nothing, so every act is repeated under its own key. */
async function request(path: string, init: RequestInit, patience = 240): Promise<Response> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      const response = await fetch(`${base}${path}`, init)
      if (response.status < 500 || attempt >= patience) return response
    } catch (error) {
      if (attempt >= patience) throw error
    }
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
}

async function call(
  path: string,
  options: { method?: string; cookie?: string; body?: unknown; key?: string } = {},
): Promise<{ status: number; body: unknown; cookie?: string }> {
  const response = await request(path, {
    method: options.method ?? 'GET',
    headers: {
      accept: 'application/json',
      'accept-language': 'zh-CN',
      ...(options.cookie === undefined ? {} : { cookie: options.cookie }),
      ...(options.key === undefined ? {} : { 'idempotency-key': options.key }),
      ...(options.body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    body: options.body === undefined ? undefined : JSON.stringify(options.body),
  })
  const text = await response.text()
  const [cookie] = (response.headers.get('set-cookie') ?? '').split(';')
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text), cookie }
}

const players = z.object({ people: z.array(person) }).parse((await call('/api/demo/people')).body).people
const cookies = new Map<string, string>()

async function cookieOf(who: Player): Promise<string> {
  const known = cookies.get(who.person)
  if (known !== undefined) return known
  const signedIn = await call('/api/demo/sign-in', { method: 'POST', body: { person: who.person } })
  if (signedIn.status !== 200 || signedIn.cookie === undefined)
    throw new Error(`${who.name} could not sign in: ${signedIn.status}`)
  cookies.set(who.person, signedIn.cookie)
  return signedIn.cookie
}

let clock: Instant = instant(z.object({ now: z.string() }).parse((await call('/health/ready')).body).now)

async function moveTo(to: Instant): Promise<void> {
  const moved = await call('/api/demo/clock', { method: 'POST', body: { to } })
  if (moved.status !== 200) throw new Error(`the clock did not move: ${moved.status}`)
  clock = instant(z.object({ now: z.string() }).parse(moved.body).now)
}

const teller: Teller = {
  async act(who, endpoint: NamedEndpoint, input) {
    const parts = (input ?? {}) as { params?: Record<string, unknown>; query?: Record<string, unknown>; body?: unknown }
    const path = endpoint.path.replaceAll(/:(\w+)/g, (_, name: string) =>
      encodeURIComponent(String(parts.params?.[name])),
    )
    const query = new URLSearchParams(
      Object.entries(parts.query ?? {}).map(([name, value]): [string, string] => [name, String(value)]),
    )
    const answer = await call(`/api${path}${query.size > 0 ? `?${query}` : ''}`, {
      method: endpoint.method,
      cookie: await cookieOf(who),
      body: parts.body,
      key: endpoint.method === 'GET' ? undefined : randomUUID(),
    })
    if (answer.status !== 200)
      throw new Error(`${endpoint.name} by ${who.name} (${who.role}): ${answer.status} ${JSON.stringify(answer.body)}`)
    return answer.body as never
  },
  async upload(who, name, bytes) {
    const form = new FormData()
    form.append('file', new Blob([new Uint8Array(bytes)]), name)
    const response = await request('/api/files', {
      method: 'POST',
      headers: { cookie: await cookieOf(who) },
      body: form,
    })
    if (response.status !== 200) throw new Error(`upload by ${who.name}: ${response.status}`)
    return z.object({ id: z.string(), sha256: z.string() }).parse(await response.json())
  },
  async confirm(who) {
    // Becoming the person anew proves the second factor anew.
    cookies.delete(who.person)
  },
  now: () => clock,
  pass: (days) => moveTo(addDays(clock, days)),
  until: (moment) => moveTo(moment > clock ? moment : clock),
}

function playerOf(entry: z.output<typeof person>): Player {
  return {
    key: entry.name,
    person: entry.id,
    name: entry.name,
    role: entry.role,
    division: entry.division,
    organization: entry.organization,
    assignment: entry.assignment,
  }
}

function withRole(role: string, inside = ''): Player[] {
  return players.filter((entry) => entry.role === role && entry.division.startsWith(inside)).map(playerOf)
}

function one(list: readonly Player[], what: string): Player {
  const [found] = list
  if (found === undefined) throw new Error(`the demo has no ${what}`)
  return found
}

/** Ten people and some neighbours of one community, found among the demo's people. */
async function castNow(category: string): Promise<Cast> {
  const head = one(withRole('community-head'), 'community head')
  const township = head.division.slice(0, 9)
  const residents = withRole('resident', head.division).slice(0, 8)
  const able = await teller.act(head, listOrganizations, { query: { category: category.slice(0, 2), size: 50 } })
  const administrators = withRole('organization-administrator').filter((player) =>
    able.rows.some((row) => row.id === player.organization),
  )
  const bidders: Cast['bidders'][number][] = []
  for (const administrator of administrators) {
    if (administrator.organization === undefined || bidders.length === 3) continue
    const own = withRole('social-worker').filter((player) => player.organization === administrator.organization)
    if (own.length < 3) continue
    const registered = await teller.act(administrator, listWorkers, {
      query: { employer: administrator.organization, size: 50 },
    })
    const workers = registered.rows.flatMap((row) => {
      const player = own.find((candidate) => maskOf(candidate.name) === row.maskedName)
      return player === undefined ? [] : [{ worker: row.id, player }]
    })
    if (workers.length >= 3) bidders.push({ organization: administrator.organization, administrator, workers })
  }
  const settlers = withRole('township-settler', township)
  const workers = withRole('community-worker', head.division)
  return {
    resident: one(residents, 'resident'),
    neighbours: residents.slice(1),
    worker: one(workers, 'community worker'),
    secondWorker: workers[1] ?? one(workers, 'community worker'),
    head,
    reviewer: one(withRole('township-reviewer', township), 'reviewer'),
    procurer: one(withRole('township-procurer', township), 'procurer'),
    settler: one(settlers, 'settler'),
    secondSettler: settlers[1] ?? one(withRole('county-finance'), 'finance officer'),
    overseer: one(withRole('county-overseer'), 'overseer'),
    finance: one(withRole('county-finance'), 'finance officer'),
    panelists: withRole('panelist'),
    evaluator: one(withRole('evaluator'), 'evaluator'),
    bidders,
  }
}

/** 张三丰 -> 张*丰, as lists show names. */
function maskOf(name: string): string {
  return name.length === 2
    ? `${name.slice(0, 1)}*`
    : `${name.slice(0, 1)}${'*'.repeat(name.length - 2)}${name.slice(-1)}`
}

const content = readContent(new URL('..', import.meta.url).pathname)
const project = content.projects.find((candidate) => candidate.key === 'p11') ?? content.projects[0]
if (project === undefined) throw new Error('the demo has no projects')
const needs = project.needs.flatMap((key) => content.needs.find((need) => need.key === key) ?? []).slice(0, 1)

let last = performance.now()
const cast = await castNow(project.category)
try {
  const thread = await tellThread(teller, cast, needs, project, {
    until: 'verdict',
    tell(step, who, record) {
      const now = performance.now()
      console.log(
        `${String(Math.round(now - last)).padStart(6)} ms  ${who.role.padEnd(28)} ${step}${record === undefined ? '' : `  ${record}`}`,
      )
      last = now
    },
  })
  const line = await call(`/api/threads/need/${thread.needs[0]}`, { cookie: await cookieOf(cast.resident) })
  const stations = z
    .object({ stations: z.array(z.object({ station: z.string(), state: z.string() }).loose()) })
    .loose()
    .parse(line.body).stations
  console.log(`\n${stations.map((station) => `${station.station}:${station.state}`).join(' -> ')}`)
  const balance = await teller.act(cast.finance, booksBalance, {})
  const whole = stations.length === 10 && stations.every((station) => station.state === 'done')
  console.log(
    `verdict ${whole ? 'reached' : 'NOT reached'}; books ${balance.balanced ? 'balance' : 'DO NOT balance'} (${balance.accounts} accounts, ${balance.transfers} transfers)`,
  )
  console.log(`${base}/needs/${thread.needs[0]}`)
  process.exit(whole && balance.balanced ? 0 : 1)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}

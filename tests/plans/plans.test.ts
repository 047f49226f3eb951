// No list without a bound and an index: a million needs are loaded, every list is asked as everybody who may, and the plans are read.
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { domains } from '../../src/app/domains.ts'
import { permissionsByRole } from '../../src/app/permissions.ts'
import { largestPage } from '../../src/kit/listing.ts'
import { type Role, roles } from '../../src/kit/roles.ts'
import type { Binding } from '../../src/platform/action.ts'
import { wireSchema } from '../../src/platform/http/schemas.ts'
import { inputFor, type Known } from '../access/sample-input.ts'
import { type Person, places, startApp, type TestApp } from '../support/app.ts'
import { makeStory } from '../support/story.ts'
import { type Crowd, makeCrowd } from './crowd.ts'
import { explain } from './explain.ts'
import { loadNeeds } from './million-needs.ts'

type Schema = { readonly properties?: Readonly<Record<string, Schema>>; readonly type?: string; readonly enum?: readonly string[]; readonly maximum?: number; readonly default?: unknown; readonly format?: string }

const needs = 1_000_000
/** Copies in every other big table; half of them at the story's own place and all of its people. */
const copies = 12_000
/** Rows that one step of a list's plan may touch: a page, a capped count (1,000) and what is skipped on the way. */
const mostRows = 3_000

const schemaOf = (schema: Parameters<typeof wireSchema>[0] | undefined): Schema => (schema === undefined ? {} : (wireSchema(schema) as Schema))
const lists = domains.flatMap((domain) => domain.routes).filter((binding) => binding.kind === 'question' && schemaOf(binding.endpoint.output).properties?.['rows']?.type === 'array')
const byRole = permissionsByRole(domains)
const seats: Readonly<Record<string, string>> = { community: places.community, township: places.township, county: places.county, city: '3205', province: '32' }

type Heard = { readonly list: string; readonly role: string; readonly text: string; readonly values: readonly unknown[] }

let app: TestApp
let known: Known
let crowd: Crowd
let client: pg.Client
const people = new Map<Role, Person>()
const heard: Heard[] = []
const failed: string[] = []

/** Everybody by whom a list may be called; where anybody may, a resident and one of each level. */
function readersOf(binding: Binding): Role[] {
  const permission = binding.endpoint.access
  const all = Object.keys(roles) as Role[]
  if (permission !== 'public' && permission !== 'signed-in') return all.filter((role) => byRole.get(role)?.has(permission))
  return (['resident', 'community-worker', 'township-reviewer', 'county-overseer', 'organization-administrator', 'social-worker', 'panelist'] as const).filter((role) => all.includes(role))
}

type Query = Readonly<Record<string, unknown>>

/** The queries of a list: each order, each filter with its first value, and at each place. */
function queriesOf(binding: Binding, base: Query, division: string): Query[] {
  const fields = schemaOf(binding.endpoint.query).properties ?? {}
  const sorts = (fields['sort']?.enum ?? [undefined]).map((sort) => (sort === undefined ? base : { ...base, sort }))
  const filters = Object.entries(fields).flatMap(([name, field]): Query[] =>
    name === 'sort' || name in base ? [] : field.enum !== undefined ? field.enum.slice(0, 3).map((value) => ({ ...base, [name]: value })) : [],
  )
  const here = fields['division'] === undefined ? [] : [{ ...base, division }]
  return [...sorts, ...filters, ...here]
}

async function ask(binding: Binding, role: Role): Promise<void> {
  const who = people.get(role)
  if (who === undefined) throw new Error(`nobody is ${role}`)
  const division = seats[roles[role].level] ?? places.community
  const { params, query } = inputFor(binding, { ...known, division: binding.endpoint.access === 'public' ? places.community : division })
  for (const asked of queriesOf(binding, (query ?? {}) as Query, division)) {
    let cursor: string | undefined
    for (let page = 0; page < 2; page += 1) {
      app.parts.platform.database.statements.listener = (text, values) => heard.push({ list: binding.endpoint.name, role, text, values: [...values] })
      const answer = await app.call(who, binding.endpoint, { params, query: { ...asked, cursor } } as never)
      app.parts.platform.database.statements.listener = undefined
      if (answer.status === 500) failed.push(`${binding.endpoint.name} as ${role} ${JSON.stringify(asked)}`)
      cursor = (answer.body as { next?: string } | undefined)?.next
      if (cursor === undefined) break
    }
  }
}

beforeAll(async () => {
  app = await startApp()
  const story = await makeStory(app)
  known = { ids: story.ids, division: places.community }
  for (const [role, { level, reach }] of Object.entries(roles) as [Role, { level: string; reach: string }][]) {
    people.set(role, await app.person(role, { division: seats[level], organization: reach === 'organization' ? story.organization : undefined }))
  }
  await app.settle()
  // Copies of events' deliveries and timers are nobody's business.
  await app.parts.outbox.stop()
  await app.parts.timers.stop()
  await loadNeeds({ ownerUrl: app.database.ownerUrl, count: needs })
  crowd = await makeCrowd(app.database.adminUrl, copies)
  for (const binding of lists) {
    for (const role of readersOf(binding)) await ask(binding, role)
  }
  client = new pg.Client({ connectionString: app.database.ownerUrl })
  await client.connect()
}, 300_000)
afterAll(async () => {
  await client?.end()
  await app?.close()
})

describe('lists', () => {
  it('have a largest page', () => {
    const unbounded = lists.filter((binding) => {
      const fields = schemaOf(binding.endpoint.query).properties ?? {}
      return schemaOf(binding.endpoint.output).properties?.['next'] !== undefined && !((fields['size']?.maximum ?? Number.POSITIVE_INFINITY) <= largestPage)
    })
    expect(unbounded.map((binding) => binding.endpoint.name)).toEqual([])
  })

  it('were all asked, on full tables, and none broke', () => {
    expect(failed).toEqual([])
    const asked = new Set(heard.filter(({ text }) => !text.includes('identity.session')).map(({ list }) => list))
    expect(lists.map((binding) => binding.endpoint.name).filter((name) => !asked.has(name))).toEqual([])
    const thin = [...crowd].filter(([, rows]) => rows < copies / 2).map(([table]) => table)
    expect(thin).toEqual([])
  })

  it('touch a bounded number of rows, whatever lies in the tables', async () => {
    const seen = new Set<string>()
    const wrong = new Map<string, string>()
    for (const { list, role, text, values } of heard) {
      const key = JSON.stringify([list, text, values])
      if (seen.has(key) || !/^\s*(SELECT|WITH)/i.test(text)) continue
      seen.add(key)
      const steps = await explain(client, text, values)
      const worst = steps.filter((step) => step.rows > mostRows)
      if (worst.length > 0) wrong.set(`${list}: ${text.slice(0, 4000)}`, `${role}: ${worst.map((step) => `${step.kind} ${step.over} ${step.rows}`).join('; ')} ${JSON.stringify(values)}`)
    }
    expect([...wrong].map(([what, why]) => `${what}\n  ${why}`)).toEqual([])
  }, 300_000)
})

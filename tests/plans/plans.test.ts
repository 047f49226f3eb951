// No list without a bound and an index: a million needs and a million service records are loaded, every list is asked as everybody who may, and the
// plans are read.
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { domains } from '../../src/app/domains.ts'
import { permissionsByRole } from '../../src/app/permissions.ts'
import { largestPage } from '../../src/kit/listing.ts'
import { type Role, roles } from '../../src/kit/roles.ts'
import { searchRecords } from '../../src/foundation/notices/contract.ts'
import { listDeskNeeds, listSimilarNeeds } from '../../src/loop/needs/contract.ts'
import { listAlikeNeeds } from '../../src/loop/needs/contract/helpers.ts'
import type { Binding } from '../../src/platform/action.ts'
import { wireSchema } from '../../src/platform/http/schemas.ts'
import { inputFor, type Known } from '../access/sample-input.ts'
import { type Person, places, startApp, type TestApp } from '../support/app.ts'
import { makeStory } from '../support/story.ts'
import { type Crowd, makeCrowd } from './crowd.ts'
import { explain } from './explain.ts'
import { loadRecords } from './million-records.ts'
import { loadNeeds } from './million-needs.ts'

type Schema = {
  readonly properties?: Readonly<Record<string, Schema>>
  readonly type?: string
  readonly enum?: readonly string[]
  readonly maximum?: number
  readonly default?: unknown
  readonly format?: string
}

const needs = 1_000_000
/** Service records; the tables around them keep the crowd, the measurement of lists (bench/lists.ts) has as many as stand beside so many. */
const records = 1_000_000
/** Copies in every other big table; half of them at the story's own place and all of its people. */
const copies = 8_000
/** Rows that one step of a list's plan may touch: a page, a capped count (1,000) and what is skipped on the way. */
const mostRows = 3_000
/** The same where a further filter is set: what lies at the place, a small part of the table. */
const mostFiltered = 20_000
/** Rows of a page as the lists are asked, and one more to know whether another follows. */
const smallestPage = 21
/** What waits at a place is read whole and sorted by deadline: rows go when the work is done, so people bound them, not years. */
const openWork = 'platform.waiting '
/** Tables that grow with the years and stand behind lists: each must really have been full. */
const growing = [
  'platform.event',
  'platform.waiting',
  'platform.link',
  'needs.support',
  'notices.notice',
  'deliberation.motion',
  'projects.project',
  'procurement.tender',
  'procurement.bid',
  'contracts.contract',
  'contracts.milestone',
  'delivery.service_record',
  'evaluation.evaluation',
]
const sessionLookUp = 'WHERE s.token_hash = $1'

const schemaOf = (schema: Parameters<typeof wireSchema>[0] | undefined): Schema =>
  schema === undefined ? {} : (wireSchema(schema) as Schema)
const lists = domains
  .flatMap((domain) => domain.routes)
  .filter(
    (binding) =>
      binding.kind === 'question' && schemaOf(binding.endpoint.output).properties?.['rows']?.type === 'array',
  )
const byRole = permissionsByRole(domains)
const seats: Readonly<Record<string, string>> = {
  community: places.community,
  township: places.township,
  county: places.county,
  city: '3205',
  province: '32',
}

type Heard = {
  readonly list: string
  readonly role: string
  readonly filtered: boolean
  readonly text: string
  readonly values: readonly unknown[]
}

let app: TestApp
let known: Known
let crowd: Crowd
let loaded: ReadonlyMap<string, number>
let client: pg.Client
const people = new Map<Role, Person>()
const heard: Heard[] = []
const failed: string[] = []

/** Everybody by whom a list may be called; where anybody may, a resident and one of each level. */
function readersOf(binding: Binding): Role[] {
  const permission = binding.endpoint.access
  const all = Object.keys(roles) as Role[]
  if (permission !== 'public' && permission !== 'signed-in')
    return all.filter((role) => byRole.get(role)?.has(permission))
  return (
    [
      'resident',
      'community-worker',
      'township-reviewer',
      'county-overseer',
      'organization-administrator',
      'social-worker',
      'panelist',
    ] as const
  ).filter((role) => all.includes(role))
}

type Query = Readonly<Record<string, unknown>>
type Asked = { readonly query: Query; readonly filtered: boolean }

/** The queries of a list: each order, at the reader's place, and each filter with some of its values. */
function queriesOf(binding: Binding, base: Query, division: string, role: Role): Asked[] {
  const fields = schemaOf(binding.endpoint.query).properties ?? {}
  const sorts = (fields['sort']?.enum ?? [undefined]).map((sort) => ({
    query: sort === undefined ? base : { ...base, sort },
    filtered: false,
  }))
  // Who reads by organization has its own rows: a place is a further filter of them.
  const ofOrganization = roles[role].reach === 'organization'
  const here = fields['division'] === undefined ? [] : [{ query: { ...base, division }, filtered: ofOrganization }]
  const filters = Object.entries(fields).flatMap(([name, field]): Asked[] =>
    name === 'sort' || name in base
      ? []
      : (field.enum ?? []).slice(0, 3).map((value) => ({ query: { ...base, [name]: value }, filtered: true })),
  )
  return [...sorts, ...here, ...filters]
}

async function ask(binding: Binding, role: Role): Promise<void> {
  const who = people.get(role)
  if (who === undefined) throw new Error(`nobody is ${role}`)
  const division = seats[roles[role].level] ?? places.community
  const { params, query } = inputFor(binding, {
    ...known,
    division: binding.endpoint.access === 'public' ? places.community : division,
  })
  for (const { query: asked, filtered } of queriesOf(binding, (query ?? {}) as Query, division, role)) {
    let cursor: string | undefined
    for (let page = 0; page < 2; page += 1) {
      app.parts.platform.database.statements.listener = (text, values) => {
        if (text.includes(sessionLookUp)) return
        heard.push({ list: binding.endpoint.name, role, filtered, text, values: [...values] })
      }
      const answer = await app.call(who, binding.endpoint, { params, query: { ...asked, cursor } } as never)
      app.parts.platform.database.statements.listener = undefined
      if (answer.status === 500) failed.push(`${binding.endpoint.name} as ${role} ${JSON.stringify(asked)}`)
      cursor = (answer.body as { next?: string } | undefined)?.next
      if (cursor === undefined) break
    }
  }
}

/** What people type: a sentence whose words many needs have, one that few have; words that everybody uses, that few use, and beginnings of words. */
const sentences = ['电梯坏了好几天，老人上下楼没人帮忙', '楼道里没人打扫，停车也乱', '想请护理员上门']
const typed = ['电梯', '老人 上门', '楼道 没人 打扫', '小区', '三弦', '电', '三弦 琵', '小区 一']

/** What is looked up by its words: similar needs, those of the last days that say the same, and what is searched in the desk's list. */
async function askByWords(): Promise<void> {
  const hear = (list: string, role: Role, filtered: boolean) => {
    app.parts.platform.database.statements.listener = (text, values) => {
      if (text.includes(sessionLookUp)) return
      heard.push({ list, role, filtered, text, values: [...values] })
    }
  }
  const as = (role: Role) => people.get(role) ?? 'nobody'
  for (const text of sentences) {
    // Some words of up to 200 candidates are weighed: bounded, but more than a page.
    hear('listSimilarNeeds', 'resident', true)
    await app.ok(as('resident'), listSimilarNeeds, { body: { text, division: places.community } })
  }
  for (const days of ['1', '14']) {
    hear('listAlikeNeeds', 'community-worker', false)
    await app.ok(as('community-worker'), listAlikeNeeds, { query: { days } })
  }
  for (const role of ['community-worker', 'township-reviewer', 'county-civil-affairs'] as const) {
    for (const q of typed) {
      hear('listDeskNeeds', role, true)
      await app.ok(as(role), listDeskNeeds, { query: { q } })
    }
  }
  for (const q of typed) {
    hear('searchRecords', 'resident', true)
    await app.ok(as('resident'), searchRecords, { query: { q, kind: 'need' } })
  }
  app.parts.platform.database.statements.listener = undefined
}

beforeAll(async () => {
  app = await startApp()
  const story = await makeStory(app)
  known = { ids: story.ids, division: places.community }
  for (const [role, { level, reach }] of Object.entries(roles) as [Role, { level: string; reach: string }][]) {
    people.set(
      role,
      await app.person(role, {
        division: seats[level],
        organization: reach === 'organization' ? story.organization : undefined,
      }),
    )
  }
  await app.settle()
  // Copies of events' deliveries and timers are nobody's business.
  await app.parts.outbox.stop()
  await app.parts.timers.stop()
  await loadNeeds({ ownerUrl: app.database.ownerUrl, count: needs })
  crowd = await makeCrowd(app.database.adminUrl, copies)
  loaded = await loadRecords({ adminUrl: app.database.adminUrl, count: records, others: 0 })
  for (const binding of lists) {
    for (const role of readersOf(binding)) await ask(binding, role)
  }
  await askByWords()
  client = new pg.Client({ connectionString: app.database.ownerUrl })
  await client.connect()
}, 900_000)
afterAll(async () => {
  await client?.end()
  await app?.close()
})

describe('lists', () => {
  it('have a largest page', () => {
    const unbounded = lists.filter((binding) => {
      const fields = schemaOf(binding.endpoint.query).properties ?? {}
      return (
        schemaOf(binding.endpoint.output).properties?.['next'] !== undefined &&
        !((fields['size']?.maximum ?? Number.POSITIVE_INFINITY) <= largestPage)
      )
    })
    expect(unbounded.map((binding) => binding.endpoint.name)).toEqual([])
  })

  it('were all asked, on full tables, and none broke', () => {
    expect(failed).toEqual([])
    const asked = new Set(heard.map(({ list }) => list))
    const paged = lists.filter((binding) => schemaOf(binding.endpoint.output).properties?.['next'] !== undefined)
    const silent = paged.map((binding) => binding.endpoint.name).filter((name) => !asked.has(name))
    // The template of an import is a page of made-up rows for the export: it asks nothing of the database.
    expect(silent).toEqual(['listImportExample', 'listRollExample'])
    const thin = growing.filter((table) => (crowd.get(table) ?? 0) < copies / 2)
    expect(thin).toEqual([])
    expect(loaded.get('delivery.service_record')).toBe(records)
  })

  it('find needs by their words at a place through the index of both, and the undecided ones of a day through theirs', async () => {
    const ways = new Map([
      ['listSimilarNeeds', 'need_words_near'],
      ['listAlikeNeeds', 'need_undecided'],
      ['listDeskNeeds', 'need_words_near'],
      ['searchRecords', 'need_words_of_age'],
    ])
    const byWords = (text: string) => text.includes('WITH asked AS') || text.includes('WITH shared AS')
    const asked = heard.filter(({ list, text }) => ways.has(list) && (list === 'listAlikeNeeds' || byWords(text)))
    expect(new Set(asked.map(({ list }) => list))).toEqual(new Set(ways.keys()))
    const astray: string[] = []
    for (const { list, role, text, values } of asked) {
      const steps = await explain(client, text, values)
      const reads = steps.filter(({ kind, over }) => kind.includes('Scan') && /\bneed(?!s\.word)/.test(over))
      if (
        !reads.some(({ over }) => over.includes(ways.get(list) ?? '')) ||
        reads.some(({ kind }) => kind === 'Seq Scan')
      )
        astray.push(`${list} as ${role}: ${reads.map(({ kind, over }) => `${kind} ${over}`).join('; ')}`)
    }
    expect(astray).toEqual([])
  }, 60_000)

  it('touch a bounded number of rows, whatever lies in the tables', async () => {
    const seen = new Set<string>()
    const wrong = new Map<string, string>()
    for (const { list, role, filtered, text, values } of heard) {
      const key = JSON.stringify([list, text, values])
      if (seen.has(key) || !/^\s*(SELECT|WITH)/i.test(text)) continue
      seen.add(key)
      const steps = await explain(client, text, values)
      const found = steps[0]?.rows ?? 0
      // A filter that almost nothing passes ends only with the reader's place; it must still not sort what it read.
      const rare = filtered && found < smallestPage
      const worst = steps.filter(
        (step) =>
          step.rows > (filtered ? mostFiltered : mostRows) &&
          !step.over.startsWith(openWork) &&
          (!rare || step.kind === 'Sort'),
      )
      if (worst.length > 0)
        wrong.set(
          `${list}: ${text}`,
          `${role}: ${worst.map((step) => `${step.kind} ${step.over} ${step.rows}`).join('; ')} ${JSON.stringify(values)}`,
        )
    }
    expect([...wrong].map(([what, why]) => `${what}\n  ${why}`)).toEqual([])
  }, 300_000)
})

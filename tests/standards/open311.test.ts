// Open311 GeoReport v2 as an outside client meets it: every answer in XML and JSON is held against the schemas beside.
import { XMLValidator } from 'fast-xml-parser'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { divisionName } from '../../src/foundation/divisions/public.ts'
import {
  disableApiClient,
  registerApiClient,
  rotateApiKey,
} from '../../src/foundation/identity/contract/api-clients.ts'
import { listNotices } from '../../src/foundation/notices/contract.ts'
import * as needs from '../../src/loop/needs/contract.ts'
import * as desk from '../../src/loop/needs/contract/desk.ts'
import { rowsOf } from '../../src/platform/database.ts'
import { type Person, places, startApp, type TestApp } from '../support/app.ts'
import { get, post, type Row } from './open311-client.ts'

let app: TestApp
let administrator: Person
let worker: Person
let resident: Person
let client: { id: string; key: string }

beforeAll(async () => {
  app = await startApp()
  administrator = await app.person('system-administrator', { division: places.county })
  worker = await app.person('community-worker')
  resident = await app.person()
  client = await app.ok(administrator, registerApiClient, {
    body: { name: '城市随手拍', operator: '虚构科技公司', division: places.county },
  })
})
afterAll(() => app?.close())

const place = `jurisdiction_id=${places.community}`
const form = (more: Readonly<Record<string, string>> = {}) => ({
  api_key: client.key,
  jurisdiction_id: places.community,
  service_code: '0803',
  address_string: '和平路与青年路路口',
  description: '路口的路灯坏了三天，晚上看不见路',
  ...more,
})
const descriptions = (rows: readonly Row[]) => rows.map((row) => String(row['description']))
const raise = (body: Partial<Parameters<typeof content>[0]> = {}) =>
  app.ok(resident, needs.submitNeed, { body: content(body) })

function content(more: {
  text?: string
  visibility?: 'public' | 'private'
  category?: '0801' | '0803'
  place?: string
  point?: { lat: number; long: number }
}) {
  return {
    text: '三号楼电梯一个月坏了四次',
    category: '0801' as const,
    division: places.community,
    ...more,
  }
}

async function idOf(answer: Row | undefined): Promise<string> {
  const token = String(answer?.['token'])
  const { value } = await get(app, `v2/tokens/${token}?${place}`, 'token', 'service_requests')
  expect(value[0]?.['token']).toBe(token)
  return String(value[0]?.['service_request_id'])
}

const requestOf = async (id: string) =>
  (await get(app, `v2/requests/${id}?${place}`, 'requests', 'service_requests')).value[0]

describe('an outside client', () => {
  it('finds the interface by its discovery document', async () => {
    const { value, headers } = await get<Row>(app, 'discovery', 'discovery', 'discovery')
    expect(value).toMatchObject({ endpoints: [{ formats: ['text/xml', 'application/json'] }] })
    expect(headers['access-control-allow-origin']).toBe('*')
  })

  it('lists services, posts a need, follows it by token to its id, and reads its status after a worker accepted it', async () => {
    const services = (await get(app, `v2/services?${place}`, 'services', 'services')).value
    const lights = services.find((service) => service['service_name'] === '道路与照明')
    expect(lights).toMatchObject({ service_code: '0803', group: '物业与公共设施', type: 'batch', metadata: false })
    expect(services.map((service) => service['service_code'])).toContain('20')

    const answer = await post(app, form({ service_code: String(lights?.['service_code']) }))
    expect(answer.status).toBe(200)
    const id = await idOf(answer.value[0])
    expect(await requestOf(id)).toMatchObject({
      status: 'open',
      service_code: '0803',
      service_name: '道路与照明',
      description: '路口的路灯坏了三天，晚上看不见路',
      address_id: places.community,
      status_notes: '待受理',
    })

    await app.ok(worker, desk.acceptNeed, { params: { id }, body: { category: '0803', routeHint: 'department' } })
    expect(await requestOf(id)).toMatchObject({ status: 'open', status_notes: '已受理' })
    expect((await app.ok(worker, needs.getNeed, { params: { id } })).source).toBe('open311')
  })

  it('posts in XML too, and finds its need in the list of the county', async () => {
    const answer = await post(app, form({ description: '<b>井盖</b> & 路面 "塌陷"' }), { format: 'xml' })
    const id = await idOf(answer.value[0])
    const { value } = await get(app, `v2/requests?jurisdiction_id=${places.county}`, 'requests', 'service_requests')
    expect(value.find((row) => row['service_request_id'] === id)?.['description']).toBe('<b>井盖</b> & 路面 "塌陷"')
  })

  it('reads the definition of a service, which asks nothing more', async () => {
    const { value } = await get<Row>(app, `v2/services/0803?${place}`, 'service-definition', 'service_definition')
    expect(value).toEqual({ service_code: '0803', attributes: [] })
  })

  it('gets one need for a request that it sends twice under one Idempotency-Key', async () => {
    const twice = form({ description: '健身器材的把手松了，孩子在上面玩很危险' })
    const headers = { 'idempotency-key': 'open311-once' }
    const [first, second] = [await post(app, twice, { headers }), await post(app, twice, { headers })]
    expect(second.value).toEqual(first.value)
  })
})

describe('keys', () => {
  it('without a key, with a wrong one, one of another county or a disabled one nothing is raised', async () => {
    expect((await post(app, form({ api_key: '' }))).status).toBe(403)
    const wrong = await post(app, form({ api_key: 'wrong' }), { format: 'xml' })
    expect(wrong.status).toBe(403)
    expect(wrong.value).toEqual([{ code: 403, description: '访问密钥缺失或无效。' }])
    expect((await post(app, form({ jurisdiction_id: places.otherCounty }))).status).toBe(403)
    const foreign = await app.server.inject({
      method: 'POST',
      url: '/open311/v2/requests.json',
      headers: { cookie: resident.cookie, 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams(form({ api_key: '' })).toString(),
    })
    expect(foreign.statusCode, 'a session is no key').toBe(403)
  })

  it('a rotated key is void at once, a disabled program is shut out; both are on record', async () => {
    const other = await app.ok(administrator, registerApiClient, {
      body: { name: '另一程序', operator: '虚构单位', division: places.community },
    })
    const params = { id: other.id }
    const rotated = await app.ok(administrator, rotateApiKey, { params })
    expect((await post(app, form({ api_key: other.key }))).status).toBe(403)
    expect((await post(app, form({ api_key: rotated.key }))).status).toBe(200)
    const elsewhere = await post(app, form({ api_key: rotated.key, jurisdiction_id: places.otherCommunity }))
    expect([elsewhere.status, ...descriptions(elsewhere.value)]).toEqual([403, '这个访问密钥不能用于所选地区。'])
    await app.ok(administrator, disableApiClient, { params })
    expect((await post(app, form({ api_key: rotated.key }))).status).toBe(403)
    expect((await app.call(administrator, rotateApiKey, { params })).status).toBe(409)
  })

  it('lie in the database as a hash only, and one key reaches a county at most', async () => {
    const rows = await rowsOf<{ text: string }>(
      app.parts.platform.database.reader,
      'SELECT c::text AS text FROM identity.api_client c',
    )
    expect(JSON.stringify(rows)).not.toContain(client.key)
    const city = await app.call(administrator, registerApiClient, {
      body: { name: '全市程序', operator: '虚构单位', division: '3205' },
    })
    expect([403, 422]).toContain(city.status)
  })

  it('raises sixty needs a minute and not one more, counted over parallel requests', async () => {
    const busy = await app.ok(administrator, registerApiClient, {
      body: { name: '繁忙程序', operator: '虚构单位', division: places.county },
    })
    // Faulty ones count as well: a flood is a flood.
    const answers = await Promise.all(
      Array.from({ length: 70 }, () => post(app, form({ api_key: busy.key, service_code: 'none' }))),
    )
    expect(answers.filter((answer) => answer.status === 429)).toHaveLength(10)
    expect(answers.find((answer) => answer.status === 429)?.headers['retry-after']).toMatch(/^\d+$/)
  })
})

describe('whose need it is', () => {
  it('with a mobile number: the resident, who is told and may withdraw it', async () => {
    const phone = '13900001234'
    const answer = await post(app, form({ phone: '+86 139-0000-1234', last_name: '顾', first_name: '文娟' }))
    const id = await idOf(answer.value[0])
    const need = await app.ok(worker, needs.getNeed, { params: { id } })
    expect([need.residentName, need.onBehalf]).toEqual(['顾*娟', true])
    const again = await idOf((await post(app, form({ phone, description: '小区门口的井盖松动，车一过就响' }))).value[0])
    const [one, two] = await rowsOf<{ resident: string }>(
      app.parts.platform.database.reader,
      'SELECT resident FROM needs.need WHERE id = ANY($1)',
      [[id.slice(7), again.slice(7)]],
    )
    expect(one).toEqual(two)
  })

  it('a known resident gets a notice, and the answer does not tell that the number is known', async () => {
    const [row] = await rowsOf<{ phone: string }>(
      app.parts.platform.database.reader,
      "SELECT masked_phone AS phone FROM identity.person WHERE jurisdiction::text || '-' || id::text = $1",
      [resident.id],
    )
    expect(row?.phone).toMatch(/^199/)
    const phone = await phoneOf(resident)
    const known = await post(app, form({ phone }))
    const unknown = await post(app, form({ phone: '13900009999' }))
    expect(Object.keys(known.value[0] ?? {})).toEqual(Object.keys(unknown.value[0] ?? {}))
    await app.settle()
    const notices = await app.ok(resident, listNotices, { query: {} })
    expect(JSON.stringify(notices.rows[0])).toContain('外部程序')
  })

  it('without a number: the program itself, and nobody is told', async () => {
    const id = await idOf((await post(app, form())).value[0])
    expect((await app.ok(worker, needs.getNeed, { params: { id } })).onBehalf).toBe(false)
  })

  it('a number that is no mobile number, or one inside the open text, is refused at its field', async () => {
    const answer = await post(app, form({ phone: '0512-65220000' }))
    expect([answer.status, ...descriptions(answer.value)]).toEqual([400, 'phone: 请填写 11 位手机号码，或不填。'])
    const inside = await post(app, form({ description: '请打电话 13812345678 联系我' }))
    expect(descriptions(inside.value)[0]).toMatch(/^description: 公开的内容里有手机号码/)
  })
})

/** The number that app.person gave: opened as the program opens it. */
async function phoneOf(person: Person): Promise<string> {
  const { platform } = app.parts
  const [row] = await rowsOf<{ id: string; phone_sealed: Buffer }>(
    platform.database.reader,
    'SELECT id, phone_sealed FROM identity.person WHERE id = $1',
    [person.id.slice(7)],
  )
  const place = { table: 'identity.person', column: 'phone', row: person.id }
  return (
    (await platform.cipher.open(platform.database.reader, person.id, place, row?.phone_sealed ?? Buffer.alloc(0))) ?? ''
  )
}

describe('places', () => {
  it('a need of a county goes to the community that the address names or address_id says', async () => {
    const name = divisionName(places.community)
    const byName = await post(app, form({ jurisdiction_id: places.county, address_string: `${name}三号楼` }))
    expect(await requestOf(await idOf(byName.value[0]))).toMatchObject({ address_id: places.community })
    const byId = await post(
      app,
      form({ jurisdiction_id: places.county, address_id: places.community, address_string: '' }),
    )
    expect(byId.status).toBe(200)
  })

  it('coordinates alone are enough where the jurisdiction is a community, and come back as they were given', async () => {
    const answer = await post(app, form({ address_string: '', lat: '31.298900', long: '120.585300' }))
    const request = await requestOf(await idOf(answer.value[0]))
    expect(request).toMatchObject({ lat: 31.2989, long: 120.5853 })
    expect(String(request?.['address'])).toMatch(new RegExp(`^${divisionName(places.community)}`))
  })

  it('a request without coordinates has none', async () => {
    const answer = await post(app, form())
    expect(await requestOf(await idOf(answer.value[0]))).toMatchObject({ lat: null, long: null })
  })

  it('a point that a resident set on the map goes out with an open need', async () => {
    const point = { lat: 31.298917, long: 120.412345 }
    const open = await raise({ point })
    expect(await requestOf(open.id)).toMatchObject({ lat: point.lat, long: point.long })
  })

  it.each([
    [{ jurisdiction_id: '' }, 400, /jurisdiction_id/],
    [{ jurisdiction_id: '999999' }, 404, /没有这个地区/],
    [{ jurisdiction_id: '3205' }, 404, /没有这个地区/],
    [{ service_code: '9999' }, 404, /没有这个服务代码/],
    [{ service_code: '' }, 400, /service_code/],
    [{ address_string: '' }, 400, /请写明地点/],
    [{ jurisdiction_id: '320505', address_string: '某某路 5 号' }, 400, /看不出属于哪个社区/],
    [{ address_id: '320506001001' }, 400, /不在所选地区/],
    [{ lat: '99', long: '120' }, 400, /^lat/],
    [{ lat: '32.06', long: '118.79' }, 400, /^lat：?.*虎丘区/],
    [{ description: '长'.repeat(4001) }, 400, /^description/],
  ])('%j is answered by %i', async (more, status, says) => {
    const answer = await post(app, form(more as Record<string, string>))
    expect(answer.status).toBe(status)
    expect(descriptions(answer.value).join('\n')).toMatch(says)
  })
})

describe('what everybody may read', () => {
  const listed = async (query = '') =>
    (await get(app, `v2/requests?${place}${query}`, 'requests', 'service_requests')).value
  const ids = (rows: readonly Row[]) => rows.map((row) => String(row['service_request_id']))

  it('never private needs, drafts or withdrawn ones: neither in the list nor by id', async () => {
    const hidden = [
      (await raise({ visibility: 'private', text: '家里的事想找人谈谈' })).id,
      (await app.ok(resident, needs.draftNeed, { body: content({}) })).id,
      (await raise()).id,
    ]
    await app.ok(resident, needs.withdrawNeed, { params: { id: hidden[2] ?? '' } })
    const all = ids(await listed())
    for (const id of hidden) {
      expect(all).not.toContain(id)
      const one = await get(app, `v2/requests/${id}?${place}`, 'requests', 'service_requests')
      expect([one.status, ...descriptions(one.value)]).toEqual([404, '没有这条需求，或它没有公开。'])
      expect(await listed(`&service_request_id=${id}`)).toEqual([])
    }
  })

  it('nothing of the resident, the worker, or questions between them', async () => {
    const { id } = await raise({ place: '三号楼' })
    await app.ok(worker, desk.acceptNeed, { params: { id }, body: { category: '0801', routeHint: 'project' } })
    await app.ok(worker, desk.askResident, { params: { id }, body: { words: '请问是哪个单元' } })
    const text = JSON.stringify(await requestOf(id))
    for (const secret of [resident.id, worker.id, '请问是哪个单元', '测试']) expect(text).not.toContain(secret)
    expect(text).toContain('三号楼\uff0c')
  })

  it('a declined need is closed for whoever asks by its id, with the reason, and not in the list', async () => {
    const { id } = await raise()
    await app.ok(worker, desk.declineNeed, {
      params: { id },
      body: { reason: 'already-solved', words: '上周已经修好' },
    })
    expect(await requestOf(id)).toMatchObject({ status: 'closed', status_notes: '不予受理：已经解决' })
    expect(ids(await listed())).not.toContain(id)
    expect(ids(await listed(`&service_request_id=${id},nothing&status=open`))).toEqual([id])
  })

  it('filters by service, status and dates', async () => {
    const { id } = await raise({ category: '0803' })
    expect(ids(await listed('&service_code=0803'))).toContain(id)
    expect(ids(await listed('&service_code=0801,0802'))).not.toContain(id)
    expect(ids(await listed('&status=open'))).toContain(id)
    expect(ids(await listed('&status=closed'))).not.toContain(id)
    const now = Date.parse(app.parts.platform.clock.now())
    const at = (days: number) => encodeURIComponent(new Date(now + days * 86_400_000).toISOString())
    expect(ids(await listed(`&start_date=${at(-1)}&end_date=${at(1)}`))).toContain(id)
    expect(ids(await listed(`&end_date=${at(-1)}`))).not.toContain(id)
    expect(ids(await listed(`&start_date=${at(1)}`))).toEqual([])
    expect(ids(await listed('&start_date=&status='))).toContain(id)
  })

  it('another community sees none of them', async () => {
    const { id } = await raise()
    const foreign = `jurisdiction_id=${places.otherCommunity}`
    expect(ids((await get(app, `v2/requests?${foreign}`, 'requests', 'service_requests')).value)).not.toContain(id)
    expect((await get(app, `v2/requests/${id}?${foreign}`, 'requests', 'service_requests')).status).toBe(404)
  })

  it.each([
    ['requests?', 400, /jurisdiction_id/],
    [`requests?${place}&start_date=yesterday`, 400, /带时区/],
    [`requests?${place}&start_date=2026-01-01T00:00:00Z&end_date=2026-06-01T00:00:00Z`, 400, /90 天/],
    [`requests?${place}&start_date=2026-03-01T00:00:00Z&end_date=2026-01-01T00:00:00Z`, 400, /晚于/],
    [`requests?${place}&status=broken`, 400, /状态/],
    [`services/nothing?${place}`, 404, /没有这个服务代码/],
    [`tokens/nothing?${place}`, 404, /没有这个回执/],
    [`tokens/320505-00000000-0000-4000-8000-000000000000?${place}`, 404, /没有这个回执/],
    [`nothing?${place}`, 404, /没有这个地址/],
    [`nothing/1?${place}`, 404, /没有这个地址/],
  ])('%s is answered by %i in the format of the specification', async (path, status, says) => {
    const answer = await get(app, `v2/${path}`, 'requests', 'service_requests')
    expect(answer.status).toBe(status)
    expect(descriptions(answer.value).join('\n')).toMatch(says)
  })

  it('may be read by any page; writing from a page is not opened', async () => {
    const preflight = await app.server.inject({ method: 'OPTIONS', url: '/open311/v2/requests.json' })
    expect(preflight.headers['access-control-allow-methods']).toBe('GET')
    const read = await get(app, `v2/requests?${place}`, 'requests', 'service_requests')
    expect(read.headers['access-control-allow-origin']).toBe('*')
    const written = await post(app, form())
    expect(written.headers['access-control-allow-origin']).toBeUndefined()
  })

  it('speaks English to whoever asks for it', async () => {
    const answer = await app.server.inject({
      url: `/open311/v2/services/nothing.json?${place}`,
      headers: { 'accept-language': 'en' },
    })
    expect(answer.body).toContain('No such service code')
  })

  it('characters that XML cannot carry do not break the document', async () => {
    const posted = await idOf((await post(app, form({ description: '路灯\u0000坏了三天' }))).value[0])
    const { id: typed } = await raise({ text: '路灯\u0001坏了三天' })
    for (const id of [posted, typed]) {
      const xml = await app.server.inject({ url: `/open311/v2/requests/${id}.xml?${place}` })
      expect(xml.body).toContain('路灯坏了三天')
      expect(XMLValidator.validate(xml.body)).toBe(true)
    }
  })
})

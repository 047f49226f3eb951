// The register of organizations through its endpoints, as applicants, officers, administrators and the public.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Person, places, startApp, type TestApp } from '../../../tests/support/app.ts'
import { makeUscc } from '../../kit/chinese-ids.ts'
import { plainDateOf, today as dayOf } from '../../kit/plain-date.ts'
import { granted } from '../../kit/ruling.ts'
import { systemAct } from '../../platform/action.ts'
import * as contract from './contract.ts'
import { addCreditEntry, getOrganization, qualificationOf } from './public.ts'

let app: TestApp
let founder: Person
let officer: Person
let reviewer: Person
let made = 0

const today = () => dayOf(app.parts.platform.clock.now())

const code = (body: string) => makeUscc({ authority: '5', category: '2', division: '320505', orgBody: body })

function application(more: Record<string, unknown> = {}) {
  made += 1
  return {
    name: `虎丘区和睦邻里服务中心${made}`,
    kind: 'service-institution' as const,
    registration: 'registered' as const,
    agency: true,
    division: places.community,
    categories: ['0102', '0105'],
    charter: '为社区老人提供助餐和探访服务。',
    ...more,
  }
}

/** An organization in the register, with its administrator. */
async function registered(name?: string): Promise<{ id: string; administrator: Person }> {
  const { id } = await app.ok(founder, contract.applyForOrganization, {
    body: application(name === undefined ? {} : { name }),
  })
  await app.ok(officer, contract.acceptOrganization, { params: { id } })
  await app.ok(officer, contract.reviewOrganization, { params: { id }, body: { opinion: '材料齐全,同意登记。' } })
  await app.ok(officer, contract.registerOrganization, {
    params: { id },
    body: { uscc: code(String(70_000_000 + made)), registeredOn: '2020-05-06' },
  })
  return {
    id,
    administrator: await app.person('organization-administrator', {
      division: places.county,
      organization: contract.organizationId.parse(id),
    }),
  }
}

beforeAll(async () => {
  app = await startApp()
  founder = await app.person()
  officer = await app.person('county-civil-affairs', { division: places.county })
  reviewer = await app.person('township-reviewer', { division: places.township })
})
afterAll(async () => {
  await app.close()
})

describe('an application for registration', () => {
  test('is seen by the applicant and the authority, and by nobody else until it stands in the register', async () => {
    const { id, number } = await app.ok(founder, contract.applyForOrganization, { body: application() })
    expect(number).toMatch(/^组2\d{3}-\d{4}$/)
    expect(id.slice(0, 6)).toBe('320000')
    for (const who of [
      'nobody' as const,
      await app.person(),
      await app.person('county-civil-affairs', { division: places.otherCounty }),
    ]) {
      expect((await app.call(who, contract.getOrganization, { params: { id } })).status).toBe(404)
    }
    expect((await app.ok(founder, contract.getOrganization, { params: { id } })).state).toBe('applied')
    expect((await app.ok(founder, contract.listApplications, { query: {} })).rows.map((row) => row.id)).toContain(id)
    expect(
      (await app.ok(officer, contract.listApplications, { query: { state: 'applied' } })).rows.map((row) => row.id),
    ).toContain(id)
    expect(
      (await app.ok('nobody', contract.listOrganizations, { query: { size: 100 } })).rows.map((row) => row.id),
    ).not.toContain(id)
  })

  test('is accepted, reviewed and registered under a right credit code', async () => {
    const { id } = await app.ok(founder, contract.applyForOrganization, { body: application() })
    await app.ok(officer, contract.acceptOrganization, { params: { id } })
    expect(
      (await app.call(officer, contract.registerOrganization, { params: { id }, body: { uscc: code('71000000') } }))
        .problem.code,
    ).toBe('not-in-this-state')
    await app.ok(officer, contract.reviewOrganization, { params: { id }, body: { opinion: '同意' } })
    const wrong = await app.call(officer, contract.registerOrganization, {
      params: { id },
      body: { uscc: '52320505MJ1234567X' },
    })
    expect([wrong.status, wrong.problem.fields?.[0]?.path]).toEqual([422, 'body.uscc'])
    expect(wrong.problem.fields?.[0]?.message).toContain('统一社会信用代码不对')
    await app.ok(officer, contract.registerOrganization, { params: { id }, body: { uscc: code('71000000') } })
    const page = await app.ok('nobody', contract.getOrganization, { params: { id } })
    expect(page).toMatchObject({ state: 'registered', uscc: code('71000000'), categories: ['0102', '0105'] })
    expect(page.history.map((step) => step.state)).toEqual(['applied', 'accepted', 'reviewed', 'registered'])
    expect(page.actions.every((action) => !action.ok)).toBe(true)
  })

  test('cannot be decided by the applicant, even as an officer', async () => {
    const both = await app.person('county-civil-affairs', { division: places.county })
    const { id } = await app.ok(both, contract.applyForOrganization, { body: application() })
    const answer = await app.call(both, contract.acceptOrganization, { params: { id } })
    expect([answer.status, answer.problem.code]).toEqual([403, 'duties-separated'])
  })

  test('is refused with a reason that the applicant reads, and the name is free again', async () => {
    const name = '虎丘区重名互助中心'
    const { id } = await app.ok(founder, contract.applyForOrganization, { body: application({ name }) })
    const taken = await app.call(founder, contract.applyForOrganization, { body: application({ name }) })
    expect([taken.status, taken.problem.code]).toEqual([409, 'name-taken'])
    await app.ok(officer, contract.refuseOrganization, { params: { id }, body: { reason: '住所证明缺失' } })
    expect(await app.ok(founder, contract.getOrganization, { params: { id } })).toMatchObject({
      state: 'refused',
      reason: '住所证明缺失',
    })
    await app.ok(founder, contract.applyForOrganization, { body: application({ name }) })
  })

  test('two officers at once: one accepts, the other is told what is possible now', async () => {
    const { id } = await app.ok(founder, contract.applyForOrganization, { body: application() })
    const second = await app.person('county-civil-affairs', { division: places.county })
    const answers = await Promise.all(
      [officer, second].map((who) => app.call(who, contract.acceptOrganization, { params: { id } })),
    )
    expect(answers.map((answer) => answer.status).toSorted()).toEqual([200, 409])
    expect(answers.find((answer) => answer.status === 409)?.problem.possible).toContain('reviewOrganization')
  })
})

test('a community organization is filed at its township, not at another', async () => {
  const body = application({
    kind: 'community-organization',
    registration: 'filed',
    agency: false,
    communityClass: 'culture-and-sport',
  })
  const { id } = await app.ok(founder, contract.applyForOrganization, { body })
  const stranger = await app.person('township-reviewer', { division: places.otherTownship })
  expect((await app.call(stranger, contract.fileOrganization, { params: { id } })).status).toBe(404)
  expect((await app.call(officer, contract.acceptOrganization, { params: { id } })).problem.code).toBe('other-route')
  await app.ok(reviewer, contract.fileOrganization, { params: { id } })
  await app.ok(reviewer, contract.cancelOrganization, { params: { id }, body: { reason: '队伍解散' } })
  expect((await app.ok('nobody', contract.getOrganization, { params: { id } })).state).toBe('cancelled')
})

test('a township reviewer does not cancel what the county registered', async () => {
  const { id } = await registered()
  expect(
    (await app.call(reviewer, contract.cancelOrganization, { params: { id }, body: { reason: '不合规' } })).status,
  ).toBe(403)
})

describe('in the register', () => {
  test('a rating shows, bars nobody, and ends by itself after its last day', async () => {
    const { id } = await registered()
    await app.ok(officer, contract.setRating, { params: { id }, body: { rating: '4A' } })
    const reader = app.parts.platform.database.reader
    expect(await qualificationOf(reader, id, today())).toEqual({
      active: true,
      abnormal: false,
      illegal: false,
      rating: '4A',
      categories: ['0102', '0105'],
      certificates: 0,
      barred: false,
    })
    await app.pass(5 * 366)
    expect((await qualificationOf(reader, id, today())).rating).toBeUndefined()
  })

  test('an entry on the abnormal list disqualifies until it is left', async () => {
    const { id } = await registered()
    await app.ok(officer, contract.enterAbnormal, { params: { id }, body: { reason: '未按时报送年报' } })
    expect((await qualificationOf(app.parts.platform.database.reader, id, today())).abnormal).toBe(true)
    expect((await app.call(officer, contract.setRating, { params: { id }, body: { rating: '3A' } })).problem.code).toBe(
      'on-warning-list',
    )
    await app.ok(officer, contract.leaveAbnormal, { params: { id }, body: { reason: '已补报' } })
    const page = await app.ok('nobody', contract.getOrganization, { params: { id } })
    expect([page.abnormal, page.warnings[0]?.reason, typeof page.warnings[0]?.leftAt]).toEqual([
      false,
      '未按时报送年报',
      'string',
    ])
  })

  test('staff is kept by its own administrator; the public sees masked names only', async () => {
    const { id, administrator } = await registered()
    const member = await app.person('resident', { name: '王小明' })
    const other = await registered()
    expect(
      (
        await app.call(other.administrator, contract.addStaff, {
          params: { id },
          body: { person: member.id, duty: 'director' },
        })
      ).status,
    ).toBe(403)
    await app.ok(administrator, contract.addStaff, { params: { id }, body: { person: member.id, duty: 'director' } })
    expect(
      (
        await app.call(administrator, contract.addStaff, {
          params: { id },
          body: { person: member.id, duty: 'director' },
        })
      ).problem.code,
    ).toBe('already-staff')
    const page = await app.ok('nobody', contract.getOrganization, { params: { id } })
    expect(page.staff).toMatchObject([{ name: '王*明', duty: 'director' }])
    expect(page.staff[0]?.person).toBeUndefined()
    await app.ok(administrator, contract.endStaff, { params: { id, staff: page.staff[0]?.id ?? '' }, body: {} })
    expect((await app.ok(administrator, contract.getOrganization, { params: { id } })).staff[0]?.until).toBeDefined()
  })

  test('the administrator keeps the profile; a stale version is refused', async () => {
    const { id, administrator } = await registered()
    const { version } = await app.ok(administrator, contract.getOrganization, { params: { id } })
    await app.ok(
      administrator,
      contract.editOrganization,
      { params: { id }, body: { categories: ['0601'] } },
      { version },
    )
    const stale = await app.call(
      administrator,
      contract.editOrganization,
      { params: { id }, body: { address: '新址' } },
      { version },
    )
    expect(stale.status).toBe(412)
    expect(
      (await app.ok('nobody', contract.listOrganizations, { query: { category: '0601' } })).rows.map((row) => row.id),
    ).toEqual([id])
  })

  test('a credit entry counts once per record', async () => {
    const { id } = await registered()
    const of = { kind: 'evaluation', id: '320505-00000000-0000-7000-8000-000000000001' }
    for (let times = 0; times < 2; times += 1) {
      granted(
        await systemAct(app.parts.platform, 'test.credit', (act) =>
          addCreditEntry(act, { organization: id, kind: 'evaluation.final', points: 5, of, words: '末期评估优秀' }),
        ),
      )
    }
    expect(await app.ok('nobody', contract.getOrganization, { params: { id } })).toMatchObject({
      creditPoints: 5,
      credit: [{ points: 5, of }],
    })
  })

  test('is found by a part of the name, by its code, by place and kind, page by page', async () => {
    const { id } = await registered('虎丘区银杏助餐社工服务中心')
    const found = async (query: Record<string, unknown>) =>
      (await app.ok('nobody', contract.listOrganizations, { query })).rows.map((row) => row.id)
    expect(await found({ q: '银杏助餐' })).toEqual([id])
    const { uscc } = await getOrganization(app.parts.platform.database.reader, id)
    expect(await found({ q: uscc?.toLowerCase() })).toEqual([id])
    expect(await found({ division: places.otherCounty })).toEqual([])
    expect(await found({ kind: 'foundation' })).toEqual([])
    const all = await found({ size: 100 })
    const first = await app.ok('nobody', contract.listOrganizations, { query: { size: 2 } })
    const second = await app.ok('nobody', contract.listOrganizations, { query: { size: 2, cursor: first.next } })
    expect([...first.rows, ...second.rows].map((row) => row.id)).toEqual(all.slice(0, 4))
    expect(first.count).toEqual({ n: all.length, capped: false })
  })
})

test('a date of registration in the future is refused at its field', async () => {
  const { id } = await app.ok(founder, contract.applyForOrganization, { body: application() })
  await app.ok(officer, contract.acceptOrganization, { params: { id } })
  await app.ok(officer, contract.reviewOrganization, { params: { id }, body: { opinion: '同意' } })
  const answer = await app.call(officer, contract.registerOrganization, {
    params: { id },
    body: { uscc: code('79000001'), registeredOn: plainDateOf('2999-01-01') },
  })
  expect(answer.problem.fields?.[0]?.path).toBe('body.registeredOn')
})

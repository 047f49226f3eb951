// Organizations, enterprises and party branches as givers, through the endpoints: who may act for them, at each step, and who no longer.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Person, places } from '../../../tests/support/app.ts'
import { assign } from '../../foundation/identity/public.ts'
import { makeUscc } from '../../kit/chinese-ids.ts'
import type { Id } from '../../kit/id.ts'
import { granted } from '../../kit/ruling.ts'
import { systemAct } from '../../platform/action.ts'
import * as organizations from '../../registers/organizations/contract.ts'
import * as claims from './contract/claims.ts'
import * as contract from './contract.ts'
import * as givers from './contract/givers.ts'
import { at, openStage, words } from './wishes.fixture.ts'

const { app, resident, neighbour, other, worker, head, putUp, seen, stateOf, told } = await openStage()
afterAll(() => app.close())

type OrganizationId = Id<'organization'>
let officer: Person
let made = 0

beforeAll(async () => {
  officer = await app.person('county-civil-affairs', { division: places.county })
})

/** An application of an organization with a name of its own. */
async function applied(): Promise<{ id: OrganizationId; name: string }> {
  made += 1
  const name = `横塘邻里互助服务中心${made}`
  const { id } = await app.ok(await app.person(), organizations.applyForOrganization, {
    body: {
      name,
      kind: 'service-institution',
      registration: 'registered',
      agency: true,
      division: places.county,
      categories: ['0105'],
      charter: '为社区老人提供探访服务。',
    },
  })
  return { id: id as OrganizationId, name }
}

/** An organization in the register with its administrator. */
async function registered() {
  const { id, name } = await applied()
  await app.ok(officer, organizations.acceptOrganization, at(id))
  await app.ok(officer, organizations.reviewOrganization, { ...at(id), body: { opinion: '材料齐全，同意登记。' } })
  const uscc = makeUscc({
    authority: '5',
    category: '2',
    division: '320505',
    orgBody: `MJ0${String(made).padStart(5, '0')}`,
  })
  await app.ok(officer, organizations.registerOrganization, {
    ...at(id),
    body: { uscc, registeredOn: '2019-01-01' as never },
  })
  return { id, name, administrator: await administratorOf(id) }
}
const administratorOf = (organization: OrganizationId) =>
  app.person('organization-administrator', { division: places.county, organization })

const as = (organization: string) => ({ body: { as: 'organization' as const, organization: organization as never } })
const claim = (who: Person, id: string, organization: string) =>
  app.call(who, claims.claimWish, { ...at(id), ...as(organization) })
const refusal = async (answer: ReturnType<typeof app.call>) => {
  const { status, problem } = await answer
  return [status, problem.code]
}

describe('an organization', () => {
  it('claims by its administrator, delivers, and is named and thanked', async () => {
    const { id: organization, name, administrator } = await registered()
    const id = await putUp()
    await app.ok(administrator, claims.claimWish, { ...at(id), ...as(organization) })
    expect(await seen('nobody', id)).toMatchObject({ state: 'claimed', giver: { kind: 'organization', name } })
    expect(await told(resident, id)).toContain('wishes.claimed')
    expect((await app.ok(administrator, contract.listMyWishes, { query: { side: 'claimed' } })).rows).toMatchObject([
      { id },
    ])
    await app.ok(administrator, claims.deliverWish, { ...at(id), body: { words: '已送到家中' } })
    await app.ok(resident, claims.confirmWish, at(id))
    expect(await seen(administrator, id)).toMatchObject({ state: 'confirmed', delivery: { words: '已送到家中' } })
    await app.ok(resident, claims.thankGiver, { ...at(id), body: { words: '谢谢服务中心' } })
    expect((await seen(administrator, id)).thanks?.words).toBe('谢谢服务中心')
    await app.settle()
    const { rows } = await app.ok('nobody', givers.listGivers, { query: { division: places.community, year: 2026 } })
    expect(rows).toContainEqual(expect.objectContaining({ kind: 'organization', name, helped: 1 }))
  })

  it('its claim is the organization’s: a second administrator goes on with it, one of another organization does not', async () => {
    const { id: organization, administrator } = await registered()
    const second = await administratorOf(organization)
    const stranger = (await registered()).administrator
    const id = await putUp()
    await app.ok(administrator, claims.claimWish, { ...at(id), ...as(organization) })
    for (const verb of [claims.deliverWish, claims.giveBackWish])
      expect(await refusal(app.call(stranger, verb, { ...at(id), body: words }))).toEqual([403, 'forbidden'])
    await app.ok(second, claims.deliverWish, { ...at(id), body: { words: '已送到家中' } })
    await app.ok(resident, claims.rejectDelivery, { ...at(id), body: { words: '还没有收到' } })
    expect(await seen(second, id)).toMatchObject({ state: 'claimed', remark: '还没有收到', myClaim: true })
    await app.ok(second, claims.giveBackWish, { ...at(id), body: words })
    expect(await stateOf(id)).toBe('open')
  })

  it('nobody claims for it without being its administrator: not a neighbour, a worker, nor the administrator of another', async () => {
    const { id: organization } = await registered()
    const stranger = (await registered()).administrator
    const id = await putUp()
    for (const who of [neighbour, worker, stranger])
      expect(await refusal(claim(who, id, organization))).toEqual([403, 'forbidden'])
    expect(await stateOf(id)).toBe('open')
  })

  it('must be named, and does not lend its administrator the name of a resident', async () => {
    const { administrator } = await registered()
    const id = await putUp()
    const unnamed = await app.call(administrator, claims.claimWish, { ...at(id), body: { as: 'organization' } })
    expect([unnamed.status, unnamed.problem.fields?.[0]?.path, unnamed.problem.fields?.[0]?.code]).toEqual([
      422,
      'body.organization',
      'organization-missing',
    ])
  })

  it('claims nothing before it is registered, nor after it was cancelled or put on the list of the unlawful', async () => {
    const early = await applied()
    const listed = await registered()
    const gone = await registered()
    const reason = { reason: '查实有违法行为，已公告。' }
    await app.ok(officer, organizations.enterAbnormal, { ...at(listed.id), body: { ...reason, list: 'illegal' } })
    await app.ok(officer, organizations.cancelOrganization, { ...at(gone.id), body: reason })
    const id = await putUp()
    for (const { id: organization, administrator } of [
      { ...early, administrator: await administratorOf(early.id) },
      listed,
      gone,
    ])
      expect(await refusal(claim(administrator, id, organization))).toEqual([409, 'giver-not-in-force'])
    expect(await stateOf(id)).toBe('open')
  })

  it('does not grant the wish of its own administrator', async () => {
    const { id: organization } = await registered()
    const id = await putUp()
    granted(
      await systemAct(app.parts.platform, 'test.assign', (act) =>
        assign(act, {
          person: resident.id,
          role: 'organization-administrator',
          division: places.county as never,
          organization,
        }),
      ),
    )
    expect(await refusal(claim(resident, id, organization))).toEqual([403, 'own-wish'])
  })

  it('and a neighbour who reach for one wish at once: one wins, the other is told', async () => {
    const { id: organization, administrator } = await registered()
    const id = await putUp()
    const answers = await Promise.all([
      claim(administrator, id, organization),
      app.call(neighbour, claims.claimWish, { ...at(id), body: {} }),
    ])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
    expect(answers.find(({ status }) => status === 409)?.problem.code).toBe('already-claimed')
  })

  it('that does not deliver in time loses the claim; the desk may take it away before', async () => {
    const { id: organization, administrator } = await registered()
    const [late, taken] = [await putUp(), await putUp()]
    for (const id of [late, taken]) await app.ok(administrator, claims.claimWish, { ...at(id), ...as(organization) })
    await app.ok(head, claims.takeClaimAway, { ...at(taken), body: words })
    expect(await told(administrator, taken)).toContain('wishes.taken-away')
    await app.pass(20)
    expect([await stateOf(late), await stateOf(taken)]).toEqual(['open', 'open'])
    expect(await told(administrator, late)).toContain('wishes.fell-back')
    expect(await refusal(app.call(administrator, claims.deliverWish, { ...at(late), body: words }))).toEqual([
      403,
      'forbidden',
    ])
  })
})

describe.each([
  ['a party branch', 'party-branch', '横塘社区第三党支部', undefined],
  [
    'an enterprise',
    'enterprise',
    '横塘便民超市',
    makeUscc({ authority: '9', category: '1', division: '320505', orgBody: 'MA1XK235' }),
  ],
] as const)('%s', (_, kind, name, uscc) => {
  let person: Person
  let body: string
  const asBody = (id: string) => ({ body: { as: 'supporting-body' as const, body: id as never } })

  beforeAll(async () => {
    person = await app.person()
    body = (await app.ok(person, givers.applyAsBody, { body: { kind, name, division: places.community, uscc } })).id
  })

  it('claims nothing before the community has confirmed it', async () => {
    const id = await putUp()
    expect(await refusal(app.call(person, claims.claimWish, { ...at(id), ...asBody(body) }))).toEqual([
      409,
      'giver-not-in-force',
    ])
    await app.ok(head, givers.confirmBody, at(body))
  })

  it('claims by its person under its name, gives back, and delivers the next to the end', async () => {
    const [back, kept] = [await putUp(), await putUp()]
    for (const id of [back, kept]) {
      await app.ok(person, claims.claimWish, { ...at(id), ...asBody(body) })
      expect((await seen('nobody', id)).giver).toEqual({ kind: 'supporting-body', name })
    }
    await app.ok(person, claims.giveBackWish, { ...at(back), body: words })
    expect(await stateOf(back)).toBe('open')
    await app.ok(person, claims.deliverWish, { ...at(kept), body: { words: '已送到服务站' } })
    await app.ok(resident, claims.confirmWish, at(kept))
    expect(await stateOf(kept)).toBe('confirmed')
    expect((await seen('nobody', kept)).giver).toEqual({ kind: 'supporting-body', name })
  })

  it('nobody else claims for it, and it must be named', async () => {
    const id = await putUp()
    for (const who of [other, worker])
      expect(await refusal(app.call(who, claims.claimWish, { ...at(id), ...asBody(body) }))).toEqual([403, 'forbidden'])
    const unnamed = await app.call(person, claims.claimWish, { ...at(id), body: { as: 'supporting-body' } })
    expect([unnamed.status, unnamed.problem.fields?.[0]?.path, unnamed.problem.fields?.[0]?.code]).toEqual([
      422,
      'body.body',
      'body-missing',
    ])
    const none = '320505-0190f1c0-1111-7000-8000-000000000009'
    expect(await refusal(app.call(person, claims.claimWish, { ...at(id), ...asBody(none) }))).toEqual([
      403,
      'forbidden',
    ])
  })

  it('that has ended claims nothing more; what it had claimed it may still bring', async () => {
    const [had, next] = [await putUp(), await putUp()]
    await app.ok(person, claims.claimWish, { ...at(had), ...asBody(body) })
    await app.ok(person, givers.endBody, { ...at(body), body: { words: '今年起不再参加' } })
    expect(await refusal(app.call(person, claims.claimWish, { ...at(next), ...asBody(body) }))).toEqual([
      409,
      'giver-not-in-force',
    ])
    await app.ok(person, claims.deliverWish, { ...at(had), body: { words: '已送到服务站' } })
    await app.ok(resident, claims.confirmWish, at(had))
    expect(await stateOf(had)).toBe('confirmed')
  })

  it('every forbidden step of the body is refused in words', async () => {
    const steps = [
      [head, givers.confirmBody, {}],
      [head, givers.declineBody, { body: words }],
      [person, givers.endBody, { body: words }],
    ] as const
    const applicant = await app.person()
    const declined = (
      await app.ok(applicant, givers.applyAsBody, {
        body: { kind: 'party-branch', name: `${name}二`, division: places.community },
      })
    ).id
    await app.ok(head, givers.declineBody, { ...at(declined), body: words })
    for (const [who, verb, input] of steps)
      for (const [id, by] of [
        [body, who],
        [declined, who === person ? applicant : who],
      ] as const) {
        const answer = await app.call(by, verb, { ...at(id), ...input } as never)
        expect([answer.status, answer.problem.code], `${verb.name} ${id}`).toEqual([409, 'not-in-this-state'])
        expect(answer.problem.detail).toMatch(/[\u4e00-\u9fff]{4,}/)
      }
    const confirmed = (
      await app.ok(applicant, givers.applyAsBody, {
        body: { kind: 'party-branch', name: `${name}三`, division: places.community },
      })
    ).id
    await app.ok(head, givers.confirmBody, at(confirmed))
    for (const verb of [givers.confirmBody, givers.declineBody] as const) {
      const answer = await app.call(head, verb, { ...at(confirmed), body: words } as never)
      expect([answer.status, answer.problem.code], verb.name).toEqual([409, 'not-in-this-state'])
    }
  })
})

// The register of volunteers through its endpoints: consent, withdrawal, who reads it, proofs of hours and their papers.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { textOfPdf } from '../../../tests/support/pdf-text.ts'
import { type Person, places, startApp, type TestApp } from '../../../tests/support/app.ts'
import { addMinutes } from '../../kit/instant.ts'
import { granted } from '../../kit/ruling.ts'
import { systemAct } from '../../platform/action.ts'
import * as contract from './contract.ts'
import { addHours } from './public.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app?.close())

const join = (who: Person, skills: contract.Skill[] = []) =>
  app.call(who, contract.becomeVolunteer, { body: { skills, agreed: true } })
const mine = (who: Person) => app.ok(who, contract.getMyVolunteering)
let shifts = 0

/** Hours as delivery enters them. */
async function serve(who: Person, minutes: number, minutesAgo: number): Promise<void> {
  shifts += 1
  const from = addMinutes(app.parts.platform.clock.now(), -minutesAgo)
  granted(
    await systemAct(app.parts.platform, 'test.hours', (act) =>
      addHours(act, [
        {
          person: who.id,
          shift: `320505-0190f1c0-0000-7000-8000-${String(shifts).padStart(12, '0')}`,
          title: '陪诊',
          place: '卫生服务站',
          division: places.community,
          from,
          until: addMinutes(from, minutes),
          minutes,
          byWorker: false,
        },
      ]),
    ),
  )
}

test('a verified adult becomes a volunteer by consent, says what they can do, withdraws, and may come back with their hours', async () => {
  const who = await app.person('resident')
  expect((await mine(who)).volunteer).toBeUndefined()
  const without = await app.call(who, contract.becomeVolunteer, { body: { skills: [], agreed: false as never } })
  expect(without.status).toBe(422)
  expect((await join(who, ['phones', 'phones'])).status).toBe(200)
  expect((await mine(who)).volunteer).toMatchObject({ state: 'active', skills: ['phones'], minutes: 0, stars: 0 })
  expect((await join(who)).problem.code).toBe('already-volunteer')
  await app.ok(who, contract.changeSkills, { body: { skills: ['law'] } })
  await serve(who, 90, 600)
  await app.ok(who, contract.withdrawVolunteer)
  expect((await mine(who)).volunteer).toMatchObject({ state: 'withdrawn', skills: [], minutes: 90, shifts: 1 })
  expect((await app.call(who, contract.withdrawVolunteer)).problem.code).toBe('not-volunteer')
  expect((await app.call(who, contract.changeSkills, { body: { skills: [] } })).problem.code).toBe('not-volunteer')
  expect((await join(who)).status).toBe(200)
  expect((await mine(who)).volunteer).toMatchObject({ state: 'active', minutes: 90 })
  const stranger = await app.person('resident')
  expect((await app.call(stranger, contract.withdrawVolunteer)).problem.code).toBe('not-volunteer')
})

test('an unverified resident or a minor does not become one, nobody twice at the same moment', async () => {
  const unverified = await app.person('resident', { verified: false })
  expect([(await join(unverified)).status, (await join(unverified)).problem.code]).toEqual([403, 'not-verified'])
  const minor = await app.person('resident', { birth: '2015-01-01' })
  expect((await join(minor)).problem.code).toBe('too-young')
  const who = await app.person('resident')
  const both = await Promise.all([join(who), join(who)])
  expect(both.map((answer) => answer.status).toSorted()).toEqual([200, 409])
})

test('workers of the place read names masked, with skills; others do not', async () => {
  const who = await app.person('resident', { name: '欧阳清荷' })
  await join(who, ['repairs'])
  const head = await app.person('community-head')
  const list = await app.ok(head, contract.listVolunteers, { query: { skill: 'repairs' } } as never)
  expect(list.rows.map((row) => row.skills)).toEqual([['repairs']])
  expect(JSON.stringify(list)).not.toContain('清荷')
  const other = await app.person('community-head', { division: places.otherCommunity })
  expect((await app.ok(other, contract.listVolunteers, { query: {} } as never)).rows).toEqual([])
  expect(
    (await app.call(other, contract.listVolunteers, { query: { division: places.community } } as never)).status,
  ).toBe(403)
  expect((await app.call(who, contract.listVolunteers, { query: {} } as never)).status).toBe(403)
})

test('hours are listed newest first, page by page, give stars, and no hour of a person counts twice', async () => {
  const who = await app.person('resident')
  await join(who)
  for (const ago of [6000, 12_000, 18_000]) await serve(who, 600, ago)
  const twice = await serve(who, 60, 5900).catch((error: Error) => error.message)
  expect(twice).toContain('hours-overlap-elsewhere')
  for (let n = 0; n < 8; n += 1) await serve(who, 600, 30_000 + n * 1000)
  const page = await mine(who)
  expect(page.volunteer).toMatchObject({ minutes: 6600, shifts: 11, stars: 1, nextStar: 18_000 })
  const first = await app.ok(who, contract.listMyHours, { query: { size: 10 } } as never)
  const second = await app.ok(who, contract.listMyHours, { query: { size: 10, cursor: first.next } } as never)
  const all = [...first.rows, ...second.rows].map((row) => row.from)
  expect(all).toHaveLength(11)
  expect(all).toEqual(all.toSorted().reverse())
})

test('a proof has a number and a code; anybody checks it by the code, only its volunteer gets the paper with the whole name', async () => {
  const who = await app.person('resident', { name: '司徒望舒' })
  const other = await app.person('resident')
  expect((await app.call(who, contract.issueHoursProof)).problem.code).toBe('not-volunteer')
  await join(who)
  expect((await app.call(who, contract.issueHoursProof)).problem.code).toBe('no-hours')
  await serve(who, 135, 900)
  const proof = await app.ok(who, contract.issueHoursProof)
  expect(proof.number).toMatch(/^证\d{4}-\d{4}$/)
  expect((await app.call(who, contract.issueHoursProof)).problem.code).toBe('proof-is-current')
  const check = (code: string) => app.call('nobody', contract.checkHoursProof, { query: { code } } as never)
  const seen = await check(proof.code.toLowerCase().replaceAll('-', ' '))
  expect(seen.body).toMatchObject({ number: proof.number, minutes: 135, shifts: 1 })
  expect(JSON.stringify(seen.body)).not.toContain('望舒')
  for (const wrong of ['320505-2222-2222-2222', 'nonsense', `${proof.code}X`])
    expect([(await check(wrong)).status, (await check(wrong)).problem.code]).toEqual([404, 'proof-unknown'])
  const paper = (person?: Person) =>
    app.server.inject({
      url: `/api/volunteer-proofs/${proof.id}/pdf`,
      headers: person ? { cookie: person.cookie } : {},
    })
  const pdf = await paper(who)
  expect([pdf.statusCode, pdf.headers['content-type']]).toEqual([200, 'application/pdf'])
  const text = textOfPdf(pdf.rawPayload).join('\n')
  for (const word of ['司徒望舒', proof.number, proof.code, '2 小时 15 分钟']) expect(text).toContain(word)
  expect((await paper(other)).statusCode).toBe(404)
  expect((await paper()).statusCode).toBe(404)
  await serve(who, 60, 300)
  expect((await app.ok(who, contract.issueHoursProof)).number).not.toBe(proof.number)
  expect((await mine(who)).proofs).toHaveLength(2)
})

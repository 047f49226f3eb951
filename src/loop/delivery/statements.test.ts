// How many statements the acts of delivery take: at most eight, without BEGIN and COMMIT, the session and what is delivered after the commit.
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Person } from '../../../tests/support/app.ts'
import { upload } from '../../../tests/support/upload.ts'
import type { Endpoint } from '../../kit/endpoint.ts'
import type { Instant } from '../../kit/instant.ts'
import { becomeVolunteer } from '../../registers/volunteers/contract.ts'
import { type Casework, startCasework, texts } from './casework.fixture.ts'
import * as attending from './contract/attending.ts'
import { recordCaseSession } from './contract/case-stages.ts'
import * as occasions from './contract/occasions.ts'
import { fileServiceRecord, voidServiceRecord } from './contract.ts'

const most = 8
let work: Casework
beforeAll(async () => {
  work = await startCasework()
}, 120_000)
afterAll(() => work?.app.close())

type Ending = Endpoint & { readonly name: string }

/** What an accepted act sent. Delivery starts with the commit and is not the act's own; one statement reads the session. */
async function statementsOf(who: Person, endpoint: Ending, input: object): Promise<string[]> {
  await work.app.settle()
  const { statements } = work.app.parts.platform.database
  const sent: string[] = []
  statements.listener = (text) => sent.push(text)
  const answer = await work.app.call(who, endpoint, input as never)
  statements.listener = undefined
  expect([endpoint.name, answer.status, answer.problem.code]).toEqual([endpoint.name, 200, undefined])
  await work.app.settle()
  return sent.filter(
    (text) =>
      !/FROM platform\.(outbox|event\s+WHERE)|indicators\.|participation\.|s\.token_hash = \$1|platform\.allowance/.test(
        text,
      ),
  )
}

const photo = async (shade: number) =>
  upload(
    work.app,
    work.worker,
    await sharp({ create: { width: 8, height: 8, channels: 3, background: { r: shade, g: 9, b: 200 } } })
      .png()
      .toBuffer(),
    `${shade}.png`,
  )

const hourAgo = (hours: number) => ({ from: work.at(-60 * hours), until: work.at(-60 * (hours - 1)) })

test('filing a service record with photos, and taking one back, stays within eight', async () => {
  const body = {
    contract: work.contract,
    activity: work.activity,
    ...hourAgo(20),
    place: '活动室',
    attendance: 6,
    newcomers: 1,
    words: '读报和量血压。',
    photos: [await photo(1), await photo(2)],
  }
  const sent = await statementsOf(work.worker, fileServiceRecord, { body })
  expect(sent.length, sent.join('\n')).toBeLessThanOrEqual(most)
  const filed = await work.app.ok(work.worker, fileServiceRecord, {
    body: { ...body, ...hourAgo(30), photos: [] },
  } as never)
  const voided = await statementsOf(work.worker, voidServiceRecord, {
    params: { id: filed.id },
    body: { reason: '登记错了' },
  })
  expect(voided.length, voided.join('\n')).toBeLessThanOrEqual(most)
})

test('recording a case’s session with its note and its service record stays within eight', async () => {
  const id = await work.caseIn('intervention')
  const body = { activity: work.activity, kind: 'home-visit', process: texts.process, nextAt: work.at(7000) }
  await work.app.pass(1)
  // The first one makes or reads the key of the case; it is kept in memory for a minute.
  await statementsOf(work.worker, recordCaseSession, {
    params: { id },
    body: { ...body, from: work.at(-90), until: work.at(-30) },
  })
  await work.app.pass(1)
  const sent = await statementsOf(work.worker, recordCaseSession, {
    params: { id },
    body: { ...body, from: work.at(-60), until: work.at(-10), nextAt: work.at(9000) },
  })
  expect(sent.length, sent.join('\n')).toBeLessThanOrEqual(most)
})

test('whatever is done with a shift of thirty volunteers takes as many statements as with one', async () => {
  const shift = (capacity: number) => ({
    body: {
      kind: 'shift',
      title: '入户清扫',
      contract: work.contract,
      activity: work.activity,
      words: '帮老人打扫卫生。',
      place: '三里新村',
      from: work.at(2000),
      until: work.at(2060),
      capacity,
    },
  })
  const planned = await statementsOf(work.worker, occasions.planOccasion, shift(30))
  expect(planned.length, planned.join('\n')).toBeLessThanOrEqual(most)
  const { id } = await work.app.ok(work.worker, occasions.planOccasion, shift(30) as never)
  const people: Person[] = []
  while (people.length < 30) {
    const person = await work.app.person('resident')
    await work.app.ok(person, becomeVolunteer, { body: { agreed: true } } as never)
    people.push(person)
  }
  for (const person of people) {
    const sent = await statementsOf(person, attending.takePlace, { params: { id } })
    expect(sent.length, sent.join('\n')).toBeLessThanOrEqual(most)
  }
  const { from, until } = await work.app.ok(work.worker, occasions.getOccasion, { params: { id } } as never)
  await work.app.parts.platform.clock.moveTo(from as Instant)
  await work.app.ok(work.worker, attending.openCheckIn, { params: { id } } as never)
  for (const person of people.slice(0, 20)) {
    const { code } = await work.app.ok(work.worker, attending.getOccasionCode, { params: { id } } as never)
    const sent = await statementsOf(person, attending.checkInToOccasion, { params: { id }, body: { code } })
    expect(sent.length, sent.join('\n')).toBeLessThanOrEqual(most)
  }
  await work.app.parts.platform.clock.moveTo(until as Instant)
  const { people: rows = [] } = await work.app.ok(work.worker, occasions.getOccasion, { params: { id } } as never)
  const told = rows.filter((row) => row.arrivedAt !== undefined).map((row) => ({ id: row.id, came: true, until }))
  const settled = await statementsOf(work.worker, attending.settleShift, { params: { id }, body: { people: told } })
  expect(settled.length, settled.join('\n')).toBeLessThanOrEqual(most)
})

test('an activity with photos becomes a service record within eight, calling off tells everybody within eight', async () => {
  const activity = {
    kind: 'activity',
    title: '观影会',
    contract: work.contract,
    activity: work.activity,
    words: '看一部老电影。',
    place: '活动室',
    from: work.at(600),
    until: work.at(660),
    capacity: 30,
  }
  const { id } = await work.app.ok(work.worker, occasions.planOccasion, { body: activity } as never)
  for (let n = 0; n < 5; n += 1)
    await work.app.ok(await work.app.person('resident'), attending.takePlace, { params: { id } } as never)
  const { id: other } = await work.app.ok(work.worker, occasions.planOccasion, { body: activity } as never)
  await work.app.ok(await work.app.person('resident'), attending.takePlace, { params: { id: other } } as never)
  const off = await statementsOf(work.worker, occasions.cancelOccasion, {
    params: { id: other },
    body: { reason: '设备坏了' },
  })
  expect(off.length, off.join('\n')).toBeLessThanOrEqual(most)
  const { from, until } = await work.app.ok(work.worker, occasions.getOccasion, { params: { id } } as never)
  await work.app.parts.platform.clock.moveTo(until as Instant)
  const sent = await statementsOf(work.worker, attending.recordActivity, {
    params: { id },
    body: { from, until, guests: 4, words: '看了《庐山恋》。', photos: [await photo(7)] },
  })
  expect(sent.length, sent.join('\n')).toBeLessThanOrEqual(most)
})

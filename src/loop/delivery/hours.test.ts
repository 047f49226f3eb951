// Nobody's hour counts twice, however it is filed: as a service record, a session of a case, a session of a group.
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { rowsOf } from '../../platform/database.ts'
import { type Casework, startCasework, texts } from './casework.fixture.ts'
import * as stages from './contract/case-stages.ts'
import * as groups from './contract/groups.ts'
import * as delivery from './contract.ts'

let work: Casework
beforeAll(async () => {
  work = await startCasework()
}, 120_000)
afterAll(() => work?.app.close())

type Stretch = { readonly kind: 'record' | 'case' | 'group' | 'void'; readonly start: number; readonly minutes: number }

const stretch: fc.Arbitrary<Stretch> = fc.record({
  kind: fc.constantFrom('record', 'record', 'case', 'group', 'void'),
  start: fc.integer({ min: 0, max: 30 }).map((quarter) => quarter * 15),
  minutes: fc.integer({ min: 1, max: 8 }).map((quarter) => quarter * 15),
})

test('any sequence of filings leaves hours that never overlap; a filing is refused if and only if it would', async () => {
  const { app, worker } = work
  const activity = work.activity
  const caseId = await work.caseIn('intervention')
  const day = 60 * 24
  await fc.assert(
    fc.asyncProperty(fc.array(stretch, { minLength: 4, maxLength: 9 }), async (stretches) => {
      // A day of its own for each run; its first minute is the base of all times.
      const phases = ['forming', 'transition', 'maturity', 'maturity', 'ending'] as const
      const group = await app.ok(worker, groups.planGroup, {
        body: {
          contract: work.contract,
          activity,
          title: '银龄手机课堂小组',
          type: 'education',
          aims: '学会视频通话。',
          place: '活动室',
          capacity: 9,
          sessions: phases.map((phase, index) => ({
            theme: '上课',
            phase,
            from: work.at(day * (index + 1)),
            until: work.at(day * (index + 1) + 30),
          })),
        },
      } as never)
      const params = { id: group.id }
      for (const fullName of ['甲', '乙', '丙', '丁'])
        await app.ok(worker, groups.addGroupMember, { params, body: { fullName } } as never)
      await app.ok(worker, groups.startGroup, { params } as never)
      const base = work.at(0)
      await app.pass(1)
      const times = (each: Stretch) => ({
        from: new Date(Date.parse(base) + each.start * 60_000).toISOString(),
        until: new Date(Date.parse(base) + (each.start + each.minutes) * 60_000).toISOString(),
      })
      const stand: { id?: string; from: number; until: number }[] = []
      for (const each of stretches) {
        if (each.kind === 'void') {
          const last = stand.find((one) => one.id !== undefined)
          if (last === undefined) continue
          await app.ok(worker, delivery.voidServiceRecord, {
            params: { id: last.id },
            body: { reason: '时间填错' },
          } as never)
          stand.splice(stand.indexOf(last), 1)
          continue
        }
        const view = await app.ok(worker, groups.getGroup, { params } as never)
        const session = view.sessions.find((one) => one.state === 'planned')
        const kind = each.kind === 'group' && session === undefined ? 'case' : each.kind
        const answer =
          kind === 'record'
            ? await app.call(worker, delivery.fileServiceRecord, {
                body: {
                  contract: work.contract,
                  activity,
                  ...times(each),
                  place: '活动室',
                  attendance: 2,
                  words: '开展讲解。',
                },
              } as never)
            : kind === 'case'
              ? await app.call(worker, stages.recordCaseSession, {
                  params: { id: caseId },
                  body: { activity, kind: 'counselling', ...times(each), process: texts.process },
                } as never)
              : await app.call(worker, groups.recordGroupSession, {
                  params: { ...params, session: session?.id },
                  body: { ...times(each), present: [view.people?.[0]?.id], words: '学习视频通话。' },
                } as never)
        const until = each.start + each.minutes
        const clash = stand.some((one) => one.from < until && each.start < one.until)
        expect([each, answer.status]).toEqual([each, clash ? 409 : 200])
        if (clash) expect(answer.problem.code).toBe('hours-overlap')
        else stand.push({ id: kind === 'record' ? answer.body.id : undefined, from: each.start, until })
      }
    }),
    { numRuns: 6, endOnFailure: true },
  )
  const overlaps = await rowsOf(
    app.parts.platform.database.reader,
    `SELECT 1 FROM delivery.claimed_hours a JOIN delivery.claimed_hours b ON a.worker = b.worker AND a.record < b.record
     AND tstzrange(a.starts, a.ends) && tstzrange(b.starts, b.ends)`,
  )
  expect(overlaps).toEqual([])
  const claimed = await rowsOf<{ n: number }>(
    app.parts.platform.database.reader,
    'SELECT count(*)::integer AS n FROM delivery.claimed_hours',
  )
  expect(claimed[0]?.n).toBeGreaterThan(10)
}, 120_000)

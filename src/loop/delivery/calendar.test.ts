// The calendar feed: what RFC 5545 asks of its text, read back by a strict reader of our own, and what its address gives and keeps.
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Instant } from '../../kit/instant.ts'
import { type Casework, startCasework, texts } from './casework.fixture.ts'
import * as stages from './contract/case-stages.ts'
import { getCalendar, revokeCalendar, subscribeCalendar } from './contract/calendar.ts'
import * as groups from './contract/groups.ts'
import { calendarText, escapeText, foldLine } from './rules/calendar.ts'

type Line = { readonly name: string; readonly params: Readonly<Record<string, string>>; readonly value: string }

/** A strict reader: lines end in CRLF and hold at most 75 octets of whole characters; folded lines are joined, escapes undone. */
function readLines(text: string): Line[] {
  expect(text.endsWith('\r\n')).toBe(true)
  const raw = text.slice(0, -2).split('\r\n')
  for (const line of raw) {
    expect(line).not.toMatch(/[\r\n]/)
    expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
    expect(line.isWellFormed()).toBe(true)
    expect(line).not.toBe('')
  }
  const whole: string[] = []
  for (const line of raw) {
    if (line.startsWith(' ')) whole.push(`${whole.pop() ?? ''}${line.slice(1)}`)
    else whole.push(line)
  }
  return whole.map((line) => {
    const match = /^([A-Z-]+)((?:;[A-Z]+=[^;:",]+)*):(.*)$/su.exec(line)
    if (match === null) throw new Error(`not a content line: ${line}`)
    const [, name = '', params = '', value = ''] = match
    return {
      name,
      params: Object.fromEntries(
        params
          .split(';')
          .filter(Boolean)
          .map((param) => param.split('=') as [string, string]),
      ),
      value,
    }
  })
}

function readText(value: string): string {
  expect(value.replaceAll(/\\[\\;,nN]/g, '')).not.toMatch(/[\\;,]/)
  return value.replaceAll(/\\([\\;,nN])/g, (_, sign: string) => (sign.toLowerCase() === 'n' ? '\n' : sign))
}

type Component = { readonly kind: string; readonly lines: Line[]; readonly inside: Component[] }

function readCalendar(text: string): Component {
  const root: Component = { kind: '', lines: [], inside: [] }
  const open = [root]
  for (const line of readLines(text)) {
    if (line.name === 'BEGIN') {
      const component = { kind: line.value, lines: [], inside: [] }
      open.at(-1)?.inside.push(component)
      open.push(component)
    } else if (line.name === 'END') expect(open.pop()?.kind).toBe(line.value)
    else open.at(-1)?.lines.push(line)
  }
  expect(open).toEqual([root])
  expect(root.inside).toHaveLength(1)
  return root.inside[0] ?? root
}

const one = (component: Component | undefined, name: string): Line => {
  const found = component?.lines.filter((line) => line.name === name) ?? []
  if (found.length !== 1 || found[0] === undefined) throw new Error(`${name} stands ${found.length} times`)
  return found[0]
}

/** The moment of a local time in a zone, by the machine's own time zone data: not by our arithmetic. */
function momentOf(line: Line): number {
  const [, y, mo, d, h, mi, s] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)$/.exec(line.value) ?? []
  const asUtc = Date.UTC(Number(y), Number(mo) - 1, Number(d), Number(h), Number(mi), Number(s))
  const parts = new Intl.DateTimeFormat('en', { timeZone: line.params['TZID'], timeZoneName: 'longOffset' })
    .formatToParts(asUtc)
    .find((part) => part.type === 'timeZoneName')?.value
  const [, sign, hours, minutes] = /GMT([+-])(\d\d):(\d\d)/.exec(parts ?? '') ?? []
  return asUtc - (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000
}

test('any text comes back as it was, in lines of at most 75 octets', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
      const plain = text.replaceAll(/\r\n?/g, '\n').replaceAll(/[^\P{Cc}\t\n]/gu, '')
      const [line] = readLines(`${foldLine(`SUMMARY:${escapeText(text)}`)}\r\n`)
      expect(readText(line?.value ?? '')).toBe(plain.replaceAll('\r', '\n'))
    }),
  )
})

test('times are those of Shanghai, an hour before midnight in UTC is the next morning', () => {
  const at = (text: string) => text as Instant
  const text = calendarText(
    '日程',
    [
      {
        uid: 'a@liandong',
        summary: '手机课堂；带笔,本\\纸',
        place: '活动室',
        from: at('2026-11-23T23:30:00.000Z'),
        until: at('2026-11-24T00:30:00.000Z'),
      },
    ],
    at('2026-11-23T03:40:00.000Z'),
  )
  const calendar = readCalendar(text)
  expect([calendar.kind, one(calendar, 'VERSION').value]).toEqual(['VCALENDAR', '2.0'])
  expect(calendar.lines[0]?.name).toBe('VERSION')
  const zone = calendar.inside.find((each) => each.kind === 'VTIMEZONE')
  expect(one(zone, 'TZID').value).toBe('Asia/Shanghai')
  const event = calendar.inside.find((each) => each.kind === 'VEVENT')
  expect(one(event, 'DTSTART').value).toBe('20261124T073000')
  expect(momentOf(one(event, 'DTSTART'))).toBe(Date.parse('2026-11-23T23:30:00Z'))
  expect(momentOf(one(event, 'DTEND'))).toBe(Date.parse('2026-11-24T00:30:00Z'))
  expect(one(event, 'DTSTART').params['TZID']).toBe(one(zone, 'TZID').value)
  expect(one(event, 'DTSTAMP').value).toBe('20261123T034000Z')
  expect(readText(one(event, 'SUMMARY').value)).toBe('手机课堂；带笔,本\\纸')
})

let work: Casework
beforeAll(async () => {
  work = await startCasework()
}, 120_000)
afterAll(() => work?.app.close())

const fetchFeed = (path: string) => work.app.server.inject({ method: 'GET', url: path })

test('a worker’s feed tells when and where, never whom; the address is secret, replaced and revoked', async () => {
  const { app, worker } = work
  const day = 60 * 24
  const sessions = (['forming', 'transition', 'maturity', 'maturity', 'ending'] as const).map((phase, index) => ({
    theme: `第${index + 1}次课`,
    phase,
    from: work.at(day * (index + 2)),
    until: work.at(day * (index + 2) + 60),
  }))
  const group = await app.ok(worker, groups.planGroup, {
    body: {
      contract: work.contract,
      activity: work.activity,
      title: '银龄手机课堂小组，每周一次；带上手机和老花镜，第一次来的请提前十分钟到',
      type: 'education',
      aims: '学会视频通话。',
      place: '社区活动室',
      capacity: 6,
      sessions,
    },
  } as never)
  await app.ok(worker, groups.addGroupMember, { params: { id: group.id }, body: { fullName: '桑霁月' } } as never)
  const id = await work.caseIn('intervention')
  await app.pass(1)
  const nextAt = work.at(day * 3)
  await app.ok(worker, stages.recordCaseSession, {
    params: { id },
    body: {
      activity: work.activity,
      kind: 'counselling',
      from: work.at(-90),
      until: work.at(-30),
      process: texts.process,
      nextAt,
    },
  } as never)

  expect((await app.ok(worker, getCalendar)).entries.map((entry) => entry.kind).sort()).toEqual([
    'case',
    'group',
    'group',
    'group',
    'group',
    'group',
  ])
  expect((await app.call(worker, revokeCalendar)).problem.code).toBe('no-calendar-address')
  const { path } = await app.ok(worker, subscribeCalendar)
  const feed = await fetchFeed(path)
  expect([feed.statusCode, feed.headers['content-type']]).toEqual([200, 'text/calendar; charset=utf-8'])
  const events = readCalendar(feed.body).inside.filter((each) => each.kind === 'VEVENT')
  expect(events).toHaveLength(6)
  expect(new Set(events.map((event) => one(event, 'UID').value)).size).toBe(6)
  const meeting = events.find((event) => readText(one(event, 'SUMMARY').value) === '个案会谈')
  expect(momentOf(one(meeting, 'DTSTART'))).toBe(Math.floor(Date.parse(nextAt) / 1000) * 1000)
  const whole = readLines(feed.body)
    .map((line) => readText(line.value.replaceAll(/[\\;,]/g, '')))
    .join('\n')
  expect(whole).toContain('银龄手机课堂小组')
  expect(whole).not.toMatch(/秋芸子|桑霁月|135\d{8}|案20/)
  expect(whole).not.toContain(id.slice(7))

  const { path: second } = await app.ok(worker, subscribeCalendar)
  expect((await fetchFeed(path)).statusCode).toBe(404)
  expect((await fetchFeed(second)).statusCode).toBe(200)
  expect((await fetchFeed(second.replace('.ics', ''))).statusCode).toBe(404)
  expect((await fetchFeed(`${second.slice(0, -5)}x.ics`)).statusCode).toBe(404)
  // Nobody else’s entries stand in a colleague’s calendar.
  expect((await app.ok(work.colleague, getCalendar)).entries).toEqual([])
  expect((await app.call(work.director, subscribeCalendar)).status).toBe(403)
  await app.ok(worker, revokeCalendar)
  expect((await fetchFeed(second)).statusCode).toBe(404)
})

// Who reaches a project and who may do what at which moment, by tables.
import { describe, expect, test } from 'vitest'
import {
  clock,
  community,
  county,
  designer,
  nobody,
  now,
  person,
  personId,
  project,
  reviewer,
  township,
  withGrant,
} from '../../../../tests/support/project-record.ts'
import { codeOf } from '../../../../tests/support/tender-record.ts'
import type { Actor } from '../../../kit/actor.ts'
import { asDivision } from '../../../kit/id.ts'
import { addDays, addMilliseconds } from '../../../kit/instant.ts'
import * as rules from '../rules.ts'

const desk = withGrant(person(6), 'projects.listDeskProjects')
const commentUntil = addDays(now, 7)
const commented = project({ state: 'resident-review', openedAt: now, commentUntil })

const code = (it: rules.Project, verb: rules.ProjectVerb, actor: Actor, at = now) =>
  codeOf(rules.standing(it, verb, actor, at))

describe('reach', () => {
  test('a draft is confidential and read by the desks of its place; once submitted everybody reads it', () => {
    const elsewhere = withGrant(person(6), 'projects.listDeskProjects', asDivision('320505001002'))
    const drafted = project()
    expect(rules.reachOf(drafted)).toEqual({ division: community, confidential: true })
    expect([desk, elsewhere, person(3), nobody].map((actor) => rules.mayRead(drafted, actor))).toEqual([
      true,
      false,
      false,
      false,
    ])
    const opened = project({ openedAt: now })
    expect(rules.reachOf(opened)).toEqual({ division: community, confidential: false })
    expect(rules.mayRead(opened, nobody)).toBe(true)
  })

  test('its version and its own history count for the judge; a comment reaches it from anywhere', () => {
    const it = project({ version: 4 })
    expect(rules.judgedProject(it)).toEqual({
      reach: { division: community, confidential: true },
      version: 4,
      lineage: [{ kind: 'project', id: it.id }],
    })
    expect(rules.judgedComment(it)).toEqual({ reach: { division: community, confidential: true, anyone: true } })
  })

  test('designers are the persons on its list', () => {
    expect([designer, person(2), clock, nobody].map((actor) => rules.isDesigner(project(), actor))).toEqual([
      true,
      false,
      false,
      false,
    ])
  })
})

describe('commenting', () => {
  test.each([
    ['a verified resident of the community', person(3), 'ok'],
    ['one of a grid of the community', person(3, { residence: asDivision('320505001001001') }), 'ok'],
    ['one whose identity was not confirmed', person(3, { verified: false }), 'not-verified'],
    ['one whose residence is not known', person(3, { residence: undefined }), 'not-of-this-place'],
    ['one of the neighbouring community', person(3, { residence: asDivision('320505001002') }), 'not-of-this-place'],
    ['one known to live in the township only', person(3, { residence: township }), 'not-of-this-place'],
    ['somebody who is not signed in', nobody, 'not-verified'],
    ['the clock', clock, 'not-verified'],
  ])('%s: %s', (_who, actor, answer) => {
    expect(code(commented, 'commentOnProject', actor)).toBe(answer)
  })

  test('is open until the last moment of the period, which is when the summary may begin', () => {
    const [before, at] = [addMilliseconds(commentUntil, -1), commentUntil]
    expect([before, at].map((when) => code(commented, 'commentOnProject', person(3), when))).toEqual([
      'ok',
      'comment-over',
    ])
    expect([before, at].map((when) => code(commented, 'closeComment', designer, when))).toEqual([
      'comment-still-open',
      'ok',
    ])
    expect(rules.standing(commented, 'closeComment', designer, now)).toMatchObject({ params: { until: '2026-11-30' } })
    const periodless = { ...commented, commentUntil: undefined }
    expect(code(periodless, 'commentOnProject', person(3))).toBe('comment-over')
    expect(code(periodless, 'closeComment', designer)).toBe('ok')
  })
})

describe('the township’s part', () => {
  const countyOfficer = withGrant(person(5), 'projects.approveProject', county)

  test.each([
    ['sendBackProject', 'resident-review', 'ok', 'ok'],
    ['sendBackProject', 'township-review', 'township-decides', 'ok'],
    ['terminateProject', 'drafting', 'ok', 'ok'],
    ['terminateProject', 'resident-review', 'ok', 'ok'],
    ['terminateProject', 'township-review', 'township-decides', 'ok'],
    ['terminateProject', 'approved', 'township-decides', 'ok'],
  ] as const)('%s in %s: the community %s, the township %s', (verb, state, ofCommunity, ofTownship) => {
    expect([designer, reviewer, countyOfficer].map((actor) => code(project({ state }), verb, actor))).toEqual([
      ofCommunity,
      ofTownship,
      ofTownship,
    ])
  })

  test('who designed it does not approve it, and is told which duty stands in the way', () => {
    const before = project({ state: 'township-review' })
    expect(rules.standing(before, 'approveProject', designer, now)).toMatchObject({
      kind: 'forbidden',
      code: 'duties-separated',
      params: { duty: 'designer-reviews' },
    })
    expect(code(before, 'approveProject', reviewer)).toBe('ok')
  })

  test('what a venture call decided is not tendered, what it did not is not contracted without a tender', () => {
    const approved = (venture: rules.Venture | undefined) => project({ state: 'approved', venture })
    const won = { undertaker: 'o', proposal: 'p', award: project().budget, publicVotes: 1 }
    const refused = (verb: string) => ({ code: 'not-in-this-state', params: { state: 'approved', verb } })
    expect(rules.standing(approved(won), 'projectTendered', clock, now)).toMatchObject(refused('projectTendered'))
    expect(rules.standing(approved(undefined), 'projectContracted', clock, now)).toMatchObject(
      refused('projectContracted'),
    )
    expect(code({ ...approved(undefined), state: 'tendering' }, 'projectContracted', clock)).toBe('ok')
  })
})

describe('the record after a verb', () => {
  test('has a new version; its history grows only when the state changes', () => {
    const it = project()
    expect(rules.moved(it, 'drafting', addDays(now, 1), { title: '新名称' })).toEqual({
      ...it,
      title: '新名称',
      version: 2,
    })
    expect(rules.moved(it, 'terminated', addDays(now, 1))).toEqual({
      ...it,
      state: 'terminated',
      version: 2,
      history: [
        { state: 'drafting', at: now },
        { state: 'terminated', at: addDays(now, 1) },
      ],
    })
  })

  test('a refused verb changes nothing', () => {
    const ruling = rules.decide(project(), 'approveProject', reviewer, now, () => ({ approvedBy: personId(2) }))
    expect(ruling).toMatchObject({ ok: false, code: 'not-in-this-state' })
  })

  test('its number is written with four digits', () => {
    expect(rules.shownNumber(project())).toBe('项2026-0031')
    expect(rules.shownNumber({ number: { year: 2027, value: 12_345 } }, 'P')).toBe('P2027-12345')
  })
})

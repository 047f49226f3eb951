// Rules of visits: what may be put on record, and what a visit without findings is.
import { describe, expect, test } from 'vitest'
import { instant } from '../../../kit/instant.ts'
import * as rules from './inspections.ts'

const now = instant('2026-05-04T01:00:00Z')
const earlier = instant('2026-05-03T01:00:00Z')
const finding = { kind: 'safety', serious: false, words: '灭火器过期' }

const codes = (ruling: ReturnType<typeof rules.recordInspection>): string[] =>
  ruling.ok ? ['ok'] : (ruling.fields?.map((field) => `${field.path} ${field.code}`) ?? [ruling.code])

describe('a visit', () => {
  test.each([
    ['that found nothing', 'active', earlier, 'nothing-found', [], ['ok']],
    ['that found something', 'active', earlier, 'found', [finding], ['ok']],
    ['of this very moment', 'active', now, 'nothing-found', [], ['ok']],
    [
      'that says it found something, and what is not there',
      'active',
      earlier,
      'found',
      [],
      ['body.findings findings-missing'],
    ],
    [
      'that says it found nothing, with findings',
      'active',
      earlier,
      'nothing-found',
      [finding],
      ['body.result findings-contradict'],
    ],
    [
      'to come',
      'active',
      instant('2026-05-04T01:00:01Z'),
      'found',
      [],
      ['body.visitedAt visit-in-future', 'body.findings findings-missing'],
    ],
    ['to what has ended', 'completed', earlier, 'nothing-found', [], ['contract-not-active']],
  ] as const)('%s', (_, state, visitedAt, result, findings, expected) => {
    expect(codes(rules.recordInspection({ state }, now, { visitedAt, result, findings }))).toEqual(expected)
  })

  test('is clean when it made no finding', () => {
    expect([0, 1, 3].map((findings) => rules.resultOf({ findings }))).toEqual(['nothing-found', 'found', 'found'])
  })

  test('is seen at its place, by the organization and by whoever made it', () => {
    const reach = { division: '320505' as never, organization: 'o', inspector: 'p', evaluators: ['e'] }
    expect(rules.reachOfInspection(reach)).toEqual({ division: '320505', organizations: ['o'], persons: ['p', 'e'] })
  })
})

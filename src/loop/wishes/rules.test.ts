// Wishes: the lifecycle over every state and verb, what words may not ask for, and a ranking that splitting cannot raise.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PersonActor } from '../../kit/actor.ts'
import { asDivision, type Id } from '../../kit/id.ts'
import { addDays, instant } from '../../kit/instant.ts'
import { granted } from '../../kit/ruling.ts'
import { wishStates } from './contract.ts'
import {
  type Claim,
  confirmSilently,
  decide,
  fallBack,
  standing,
  type Wish,
  wishLifecycle,
  type WishVerb,
} from './rules.ts'
import { applyAsBody, type Body, decideBody, giverOf, type Help, helpOf } from './rules/givers.ts'
import { asksForMoney, wordingFaults } from './rules/wording.ts'

const now = instant('2026-11-23T02:00:00Z')
const person = (n: number) => `320000-0190f1c0-0000-7000-8000-${String(n).padStart(12, '0')}` as Id<'person'>
const resident = person(1)
const claim: Claim = {
  kind: 'resident',
  giver: person(2),
  person: person(2),
  related: false,
  at: now,
  deliverUntil: addDays(now, 14),
}

function wish(state: Wish['state'], more: Partial<Wish> = {}): Wish {
  const claimed = ['claimed', 'delivered', 'confirmed', 'unconfirmed'].includes(state)
  return {
    id: '320505-0190f1c0-0000-7000-8000-0000000000aa' as Wish['id'],
    number: { year: 2026, value: 7 },
    division: asDivision('320505001002'),
    state,
    version: 1,
    need: '320505-0190f1c0-0000-7000-8000-0000000000bb',
    needPrivate: false,
    resident,
    category: '0102',
    title: '一台收音机',
    text: '想要一台能听评弹的收音机',
    claim: claimed ? claim : undefined,
    thanksPublic: false,
    createdAt: now,
    history: [{ state, at: now }],
    ...more,
  }
}

function actor(id: Id<'person'>, more: Partial<PersonActor> = {}): PersonActor {
  return { kind: 'person', personId: id, sessionId: 's', verified: true, adult: true, grants: [], ...more }
}

describe('the lifecycle', () => {
  const verbs = [...new Set(Object.values(wishLifecycle).flatMap((state) => Object.keys(state)))] as WishVerb[]
  it.each(wishStates)('from %s only the verbs of the table lead on', (state) => {
    for (const verb of verbs) {
      const ruling = standing(wish(state), verb, actor(person(9)))
      const next = (wishLifecycle[state] as Partial<Record<WishVerb, string>>)[verb]
      if (next === undefined) {
        expect(ruling, `${state} ${verb}`).toMatchObject({
          ok: false,
          kind: 'conflict',
          code: verb === 'claimWish' && wish(state).claim !== undefined ? 'already-claimed' : 'not-in-this-state',
        })
      } else expect(ruling, `${state} ${verb}`).toMatchObject({ ok: true, value: next })
    }
  })

  it('nobody claims their own wish, whomever they act for', () => {
    const officer = actor(resident, {
      grants: [
        {
          role: 'organization-administrator',
          reach: 'organization',
          permissions: new Set(['wishes.claimWish']),
          division: asDivision('320505'),
        },
      ],
    })
    for (const who of [actor(resident), officer])
      expect(standing(wish('open'), 'claimWish', who)).toMatchObject({ ok: false, code: 'own-wish' })
    expect(standing(wish('open'), 'claimWish', actor(person(3), { verified: false }))).toMatchObject({
      code: 'verified-only',
    })
  })

  it('a claim falls back and a delivery closes only when its time is over', () => {
    expect(fallBack(wish('claimed'), claim.deliverUntil)).toMatchObject({ ok: false, code: 'time-not-over' })
    expect(granted(fallBack(wish('claimed'), addDays(now, 15)))).toMatchObject({ state: 'open', claim: undefined })
    const delivered = wish('delivered', { confirmUntil: addDays(now, 20) })
    expect(confirmSilently(delivered, addDays(now, 20))).toMatchObject({ ok: false, code: 'time-not-over' })
    expect(granted(confirmSilently(delivered, addDays(now, 21))).state).toBe('unconfirmed')
  })

  it('one says thank you once', () => {
    const thanked = granted(decide(wish('confirmed'), 'thankGiver', actor(resident), now, { thanks: '谢谢' }))
    expect(standing(thanked, 'thankGiver', actor(resident))).toMatchObject({ code: 'thanked-already' })
  })
})

describe('words', () => {
  it.each([
    '想借钱交房租',
    '需要 500 元',
    '希望资助三千元',
    '收款码在下面',
    '请转账给我',
    '想要一个红包',
    '现 金 也可以',
    '给我打款',
    '想要５００元的购物卡',
    '¥300 的菜卡',
    '两百块钱',
  ])('ask for money: %s', (text) => {
    expect(asksForMoney(text)).toBe(true)
  })

  it.each([
    '一台能听评弹的收音机',
    '陪老人去医院复查一次',
    '一副老花镜，三百度',
    '想学怎么用手机挂号',
    '五年级的课外书十本',
    '修一修家里的水龙头',
    '一双四十二码的棉鞋',
    '元宵节想有人陪着看灯',
  ])('ask for a thing or a help: %s', (text) => {
    expect(asksForMoney(text)).toBe(false)
  })

  it('every faulty field is named at once', () => {
    expect(
      wordingFaults({ title: '要现金', text: '请打 13812345678', noMoney: false }).map(({ path, code }) => [
        path,
        code,
      ]),
    ).toEqual([
      ['body.title', 'no-money'],
      ['body.text', 'text-has-phone'],
      ['body.noMoney', 'look-for-money'],
    ])
  })
})

describe('givers', () => {
  const known = { name: '横塘面馆', inForce: true, person: person(5), division: asDivision('320505001003') }

  it('a resident is shown by a name of their own choice or none', () => {
    expect(granted(giverOf(wish('open'), actor(person(5)), { as: 'resident' }, undefined))).toMatchObject({
      kind: 'resident',
      giver: person(5),
      name: undefined,
    })
    expect(
      giverOf(wish('open'), actor(person(5)), { as: 'resident', shownName: '加13812345678' }, undefined),
    ).toMatchObject({ code: 'invalid-input' })
  })

  it.each([
    ['somebody else', { ...known, person: person(6) }, 'forbidden'],
    ['nobody on record', undefined, 'forbidden'],
    ['one that is not in force', { ...known, inForce: false }, 'giver-not-in-force'],
    ['one of another county', { ...known, division: asDivision('320506001003') }, 'giver-not-in-force'],
  ])('a supporting body of %s claims nothing', (_, giver, code) => {
    expect(giverOf(wish('open'), actor(person(5)), { as: 'supporting-body', body: 'b' }, giver)).toMatchObject({ code })
  })

  it('an organization or body must be named', () => {
    for (const as of ['organization', 'supporting-body'] as const)
      expect(giverOf(wish('open'), actor(person(5)), { as }, known)).toMatchObject({ code: 'invalid-input' })
  })

  it('an enterprise applies with its credit code, at a community', () => {
    const body = { kind: 'enterprise' as const, name: '横塘面馆', division: asDivision('320505001') }
    expect(applyAsBody(body, actor(person(5)))).toMatchObject({
      fields: [
        { path: 'body.division', code: 'not-a-community' },
        { path: 'body.uscc', code: 'uscc-missing' },
      ],
    })
    const branch = { kind: 'party-branch' as const, name: '横塘社区第一党支部', division: asDivision('320505001002') }
    expect(applyAsBody(branch, actor(person(5)))).toMatchObject({ ok: true })
    expect(applyAsBody(branch, actor(person(5), { verified: false }))).toMatchObject({ code: 'verified-only' })
    expect(applyAsBody({ ...branch, uscc: '123' }, actor(person(5)))).toMatchObject({
      fields: [{ path: 'body.uscc', code: 'uscc-wrong' }],
    })
  })

  it('an ended body is decided on no more', () => {
    const body: Body = {
      id: '320505-0190f1c0-0000-7000-8000-0000000000cc' as Body['id'],
      division: asDivision('320505001002'),
      state: 'ended',
      version: 3,
      kind: 'party-branch',
      name: '横塘社区第一党支部',
      person: person(5),
      personMasked: '张*',
      createdAt: now,
      history: [],
    }
    for (const verb of ['confirmBody', 'declineBody', 'endBody'] as const)
      expect(decideBody(body, verb, now)).toMatchObject({ code: 'not-in-this-state' })
  })
})

describe('the ranking', () => {
  const cellOf = (help: Help) => [help.place, help.year, help.giver, help.resident].join(' ')
  const granting = fc.record({
    giver: fc.integer({ min: 10, max: 14 }),
    resident: fc.integer({ min: 12, max: 20 }),
    related: fc.boolean(),
    community: fc.constantFrom('320505001002', '320505001003', '320505002001'),
    day: fc.integer({ min: 0, max: 800 }),
  })
  type Granting = typeof granting extends fc.Arbitrary<infer T> ? T : never
  const cellsOf = (all: readonly Granting[]) =>
    new Set(
      all.flatMap((each) =>
        helpOf(
          {
            division: asDivision(each.community),
            resident: person(each.resident),
            claim: { ...claim, giver: person(each.giver), person: person(each.giver), related: each.related },
          },
          addDays(now, each.day),
        ).map(cellOf),
      ),
    )

  it('splitting one wish into many raises nothing, for anybody, anywhere', () => {
    fc.assert(
      fc.property(
        fc.array(granting, { maxLength: 30 }),
        granting,
        fc.integer({ min: 2, max: 9 }),
        (others, one, parts) => {
          const split = Array.from({ length: parts }, () => one)
          expect(cellsOf([...others, ...split])).toEqual(cellsOf([...others, one]))
        },
      ),
    )
  })

  it('nobody counts for themselves or their own household, and at most once a year for each resident', () => {
    fc.assert(
      fc.property(fc.array(granting, { maxLength: 40 }), (all) => {
        const cells = cellsOf(all)
        for (const cell of cells) {
          const [place = '', year = '', giver, helped] = cell.split(' ')
          expect(giver).not.toBe(helped)
          const behind = all.filter(
            (each) =>
              person(each.giver) === giver &&
              person(each.resident) === helped &&
              each.community.startsWith(place) &&
              addDays(now, each.day).startsWith(year.slice(0, 2)),
          )
          expect(behind.some((each) => !each.related)).toBe(true)
        }
      }),
    )
  })

  it('a wish counts at its community, township and county', () => {
    expect(helpOf(wish('confirmed'), now).map(({ place, year }) => [place, year])).toEqual([
      ['320505', 2026],
      ['320505001', 2026],
      ['320505001002', 2026],
    ])
    expect(helpOf(wish('confirmed', { claim: { ...claim, related: true } }), now)).toEqual([])
  })
})

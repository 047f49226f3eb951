// What is proposed of what is likely, and which texts count as the same.
import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { groupAlike, likeness, partsAgainst, shinglesOf, signatureOf } from './duplicates.ts'
import { proposalOf } from './proposal.ts'

describe('a proposal', () => {
  const classes = [
    { label: '08', probability: 0.9 },
    { label: '10', probability: 0.1 },
  ]
  const kinds = (probability: number) => [{ label: '0801', probability }]
  it.each([
    ['the kind, where class and kind together reach the threshold', classes, kinds(0.9), 50, '0801', 81, 'sure'],
    ['the kind, called likely below 80 %', classes, kinds(0.8), 50, '0801', 72, 'likely'],
    ['the class, where the kind is too unsure', classes, kinds(0.5), 50, '08', 90, 'sure'],
    ['the class, where there are no kinds', classes, [], 50, '08', 90, 'sure'],
    ['exactly at the threshold it is made', classes, [], 90, '08', 90, 'sure'],
    ['none below the threshold', classes, kinds(0.9), 91, undefined, undefined, undefined],
    ['none without any class', [], [], 20, undefined, undefined, undefined],
    [
      'none of a code that the taxonomy lacks',
      [{ label: '99', probability: 1 }],
      [],
      20,
      undefined,
      undefined,
      undefined,
    ],
  ] as const)('is %s', (_, likely, ofClass, threshold, category, percent, confidence) => {
    const proposal = proposalOf(likely, ofClass, threshold)
    expect([proposal?.category, proposal?.percent, proposal?.confidence]).toEqual([category, percent, confidence])
  })
})

const character = fc.constantFrom(...'电梯坏了路灯不亮停水噪音楼道充电我们小区三号')
const text = fc.string({ unit: character, minLength: 1, maxLength: 60 })
const texts = fc
  .array(text, { maxLength: 25 })
  .map((list) => list.map((each, index) => ({ id: `n${index}`, text: each })))

test('likeness is the same both ways, between 0 and 1, and 1 for the same text', () => {
  fc.assert(
    fc.property(text, text, (one, other) => {
      const [a, b] = [shinglesOf(one), shinglesOf(other)]
      expect(likeness(a, b)).toBe(likeness(b, a))
      expect(likeness(a, b)).toBeGreaterThanOrEqual(0)
      expect(likeness(a, b)).toBeLessThanOrEqual(1)
      expect(likeness(a, a)).toBe(1)
    }),
  )
})

test('texts that are equal but for signs and spaces are always found, whatever stands among them', () => {
  fc.assert(
    fc.property(texts, text, (others, same) => {
      const twins = [
        { id: 'twin-a', text: same },
        { id: 'twin-b', text: ` ${[...same].join('，')}！` },
      ]
      const groups = groupAlike([...twins, ...others], 100)
      expect(groups.some(({ ids }) => ids.includes('twin-a') && ids.includes('twin-b'))).toBe(true)
    }),
  )
})

test('the order of the texts changes nothing, and nobody stands in two groups', () => {
  fc.assert(
    fc.property(texts, fc.integer({ min: 30, max: 100 }), (list, percent) => {
      const groups = groupAlike(list, percent)
      expect(groupAlike(list.toReversed(), percent)).toEqual(groups)
      const members = groups.flatMap(({ ids }) => ids)
      expect(new Set(members).size).toBe(members.length)
      for (const group of groups) {
        expect(group.ids.length).toBeGreaterThan(1)
        expect(group.percent).toBeGreaterThanOrEqual(percent)
      }
    }),
  )
})

test('near texts are joined, far ones are not, and the largest group comes first', () => {
  const groups = groupAlike(
    [
      { id: 'a', text: '三号楼的电梯一个月坏了四次，老人上下楼很不方便' },
      { id: 'b', text: '三号楼的电梯一个月坏了四次，老人上下楼很不方便。请尽快修' },
      { id: 'c', text: '三号楼的电梯这个月坏了四次，老人上下楼不方便' },
      { id: 'd', text: '小河夏天发绿发臭，蚊子一团一团' },
      { id: 'e', text: '小河夏天发绿发臭，蚊子一团一团' },
      { id: 'f', text: '想在楼下办一次中秋灯会' },
    ],
    45,
  )
  expect(groups.map(({ ids }) => ids)).toEqual([
    ['a', 'b', 'c'],
    ['d', 'e'],
  ])
  expect(groups[1]?.percent).toBe(100)
})

test('a signature agrees in a place about as often as two texts are alike', () => {
  const base = Array.from({ length: 120 }, (_, index) => String.fromCodePoint(0x4e00 + index * 7)).join('')
  const other =
    base.slice(0, 90) + Array.from({ length: 30 }, (_, index) => String.fromCodePoint(0x6000 + index * 5)).join('')
  const [one, two] = [shinglesOf(base), shinglesOf(other)]
  const [a, b] = [signatureOf(one), signatureOf(two)]
  const agreeing = a.filter((value, place) => value === b[place]).length / a.length
  expect(Math.abs(agreeing - likeness(one, two))).toBeLessThan(0.2)
})

test('a short text is one run', () => {
  expect([...shinglesOf('停水！')]).toEqual(['停水'])
  expect([...shinglesOf('Ａ b,c')]).toEqual(['abc'])
  expect([...shinglesOf('电梯坏了')]).toEqual(['电梯坏', '梯坏了'])
})

test('the parts of a text are the text, and what both say is shared', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'电梯楼道灯坏了，。！ 3A') }), fc.string(), (text, other) => {
      expect(
        partsAgainst(text, other)
          .map((part) => part.text)
          .join(''),
      ).toBe(text)
      const letters = text.replace(/[^\p{L}\p{N}]+/gu, '')
      if ([...letters].length >= 3) expect(partsAgainst(text, text).every(({ shared }) => shared)).toBe(true)
    }),
  )
  expect(partsAgainst('门口的石墩子歪了，三轮车老是蹭到！', '门口的石墩子歪了，电动车老是蹭到。')).toEqual([
    { text: '门口的石墩子歪了，', shared: true },
    { text: '三轮', shared: false },
    { text: '车老是蹭到！', shared: true },
  ])
})

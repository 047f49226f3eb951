// The classifier on made-up texts: it learns, it is the same every time, its confidence means something, it says why, its file keeps it.
import { expect, test } from 'vitest'
import { classify, fitTemperature, type Labelled, train } from './classifier.ts'
import { explain } from './explain.ts'
import { featuresOf, gramsOf, wordsOf } from './features.ts'
import { fitPath, scoresOf, softmax } from './linear.ts'
import { calibrationError, f1ByClass, type Judged, macroF1, seeded, stratifiedFolds } from './measures.ts'
import { classifierOf, fileOf } from './model-file.ts'

const matters = {
  lift: ['电梯', '困人', '轿厢', '维保', '停梯', '加装'],
  noise: ['噪音', '吵闹', '喇叭', '打桩', '油烟', '半夜'],
  bus: ['公交', '站台', '班次', '末班车', '换乘', '司机'],
} as const
const fill = ['我们', '小区', '今天', '希望', '已经', '老人', '楼下', '社区', '能不能', '三个月', '每天', '解决']

/** Sentences of words of a matter and words that say nothing; `blur`: how often a word comes from another matter. */
function sentences(count: number, blur: number, seed: number): Labelled[] {
  const chance = seeded(seed)
  const names = Object.keys(matters) as (keyof typeof matters)[]
  const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(chance() * list.length)]
  return Array.from({ length: count }, (_, index) => {
    const label = names[index % names.length] ?? 'lift'
    const words = Array.from({ length: 8 }, (__, place) => {
      if (place % 2 === 0) return pick(fill)
      return pick(matters[chance() < blur ? (pick(names) ?? label) : label])
    })
    return { label, text: words.join('，') }
  })
}

test('what was learned holds for sentences that were not seen', () => {
  const classifier = train(sentences(90, 0.2, 1))
  const judged = sentences(60, 0.2, 2).map(({ text, label }): Judged => {
    const [best] = classify(classifier, featuresOf(text))
    return { truth: label, said: best?.label ?? '', probability: best?.probability ?? 0 }
  })
  expect(macroF1(judged)).toBeGreaterThan(0.9)
})

test('the same rows give the same classifier, and its file the same answers', () => {
  const rows = sentences(60, 0.3, 3)
  const [one, other] = [train(rows), train(rows)]
  expect(JSON.stringify(fileOf(one))).toBe(JSON.stringify(fileOf(other)))
  const kept = classifierOf(JSON.parse(JSON.stringify(fileOf(one))))
  for (const { text } of sentences(20, 0.3, 4)) {
    const [before, after] = [classify(one, featuresOf(text)), classify(kept, featuresOf(text))]
    expect(after[0]?.label).toBe(before[0]?.label)
    expect(after[0]?.probability).toBeCloseTo(before[0]?.probability ?? 0, 1)
  }
})

test('a file whose parts do not fit together is not taken', () => {
  const file = fileOf(train(sentences(30, 0, 5)))
  expect(() => classifierOf({ ...file, features: `${file.features}\n更多` })).toThrow('fit together')
})

test('confidence means something: of what it holds for 70 % likely, about 70 % are right', () => {
  const classifier = train(sentences(240, 0.75, 6))
  const judged = sentences(900, 0.75, 7).map(({ text, label }): Judged => {
    const [best] = classify(classifier, featuresOf(text))
    return { truth: label, said: best?.label ?? '', probability: best?.probability ?? 0 }
  })
  // blurred on purpose: a classifier that claims certainty would be far off
  expect(macroF1(judged)).toBeLessThan(0.9)
  expect(calibrationError(judged)).toBeLessThan(0.08)
})

test('scores that promise too much are cooled, scores that promise too little are warmed', () => {
  const labels = ['a', 'b']
  const outside = (scale: number) =>
    Array.from({ length: 100 }, (_, index) => ({
      truth: index % 4 === 0 ? 'b' : 'a',
      labels,
      scores: Float64Array.of(scale, 0),
    }))
  // three of four are a: the odds are 3, its logarithm 1.0986
  expect(10 / fitTemperature(outside(10))).toBeCloseTo(Math.log(3), 1)
  expect(0.2 / fitTemperature(outside(0.2))).toBeCloseTo(Math.log(3), 1)
})

test('it says by which words: those of the matter, none that say nothing', () => {
  const classifier = train(sentences(90, 0.1, 8))
  const words = explain(classifier, '我们小区的电梯又困人了，希望维保，快来', 'lift')
  expect(words).toEqual(expect.arrayContaining(['电梯', '困人', '维保']))
  expect(words.slice(0, 3)).not.toContain('小区')
  expect(explain(classifier, '电梯', 'no-such-label')).toEqual([])
})

test('a text without a known word is told by no words, and its probabilities sum to one', () => {
  const classifier = train(sentences(60, 0.1, 9))
  const likely = classify(classifier, featuresOf('xyz'))
  expect(likely.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1)
  expect(explain(classifier, 'xyz', 'lift')).toEqual([])
})

test('words of a list teach and are never judged by', () => {
  const rows = sentences(60, 0.1, 10)
  const classifier = train([...rows, { label: 'lift', text: '升降机', aside: true }], { leastRows: 1 })
  expect(classify(classifier, featuresOf('升降机'))[0]?.label).toBe('lift')
})

test('the regression comes to its one lowest point: the gradient of the bias vanishes, classes are met in their weighted shares', () => {
  const rows = Array.from({ length: 4 }, () => ({ at: new Int32Array(), values: new Float64Array() }))
  const [fit] = fitPath(rows, [0, 0, 0, 1], 2, 0, [1e-3])
  // square roots of the balance: 3 × √(4/6) against 1 × √(4/2)
  const share = (3 * Math.sqrt(4 / 6)) / (3 * Math.sqrt(4 / 6) + Math.sqrt(2))
  expect(softmax(fit?.bias ?? [])[0]).toBeCloseTo(share, 2)
})

test('features: runs within a sentence, digits alike, full width as half width, words without bare numbers', () => {
  expect([...gramsOf('停水，A１2', 2, 2).keys()]).toEqual(['停水', 'a0'])
  expect(wordsOf('3号楼停水3天')).not.toContain('3')
})

test('measures: F1, macro and calibration by hand', () => {
  const judged: Judged[] = [
    { truth: 'a', said: 'a', probability: 0.95 },
    { truth: 'a', said: 'b', probability: 0.55 },
    { truth: 'b', said: 'b', probability: 0.95 },
    { truth: 'b', said: 'b', probability: 0.55 },
  ]
  expect(f1ByClass(judged).get('a')).toBeCloseTo(2 / 3)
  expect(f1ByClass(judged).get('b')).toBeCloseTo(0.8)
  expect(macroF1(judged)).toBeCloseTo((2 / 3 + 0.8) / 2)
  // two bins: 0.95 said and 1 right, 0.55 said and 0.5 right
  expect(calibrationError(judged)).toBeCloseTo(0.05)
})

test('folds: every class is spread evenly, each row stands in one', () => {
  const labels = [...Array<string>(20).fill('a'), ...Array<string>(10).fill('b')]
  const fold = stratifiedFolds(labels, 5, 1)
  for (let held = 0; held < 5; held += 1) {
    const inside = labels.filter((_, index) => fold[index] === held)
    expect([inside.filter((label) => label === 'a').length, inside.length]).toEqual([4, 6])
  }
  expect(stratifiedFolds(labels, 5, 1)).toEqual(fold)
  expect(stratifiedFolds(labels, 5, 2)).not.toEqual(fold)
})

test('turning the rows first finds the same weights, also where a text stands twice', () => {
  const chance = seeded(11)
  const rows = Array.from({ length: 24 }, () => ({
    at: Int32Array.from({ length: 12 }, (_, place) => place * 5 + Math.floor(chance() * 5)),
    values: Float64Array.from({ length: 12 }, () => chance()),
  }))
  const doubled = [...rows, ...rows.slice(0, 6)]
  const labels = doubled.map((_, index) => index % 3)
  const pulls = [1e-1, 1e-2]
  const [straight, turned] = [false, true].map((turn) => fitPath(doubled, labels, 3, 60, pulls, turn))
  for (const at of pulls.keys()) {
    const [one, other] = [straight?.[at], turned?.[at]]
    expect(one?.weights.length).toBe(180)
    for (const row of doubled) {
      const [before, after] = [one, other].map((fit) => softmax(fit === undefined ? [] : scoresOf(fit, row)))
      for (const c of [0, 1, 2]) expect(after?.[c]).toBeCloseTo(before?.[c] ?? 0, 2)
    }
  }
})

test('the first sentence counts apart, and so do the listed words', () => {
  const features = featuresOf('电梯困人。公交也不来', new Map([['08', ['电梯', '公交', '物业']]]))
  expect([features.get('^=电梯'), features.get('=公交'), features.get('^=公交')]).toEqual([1, 1, undefined])
  expect(features.get('#08')).toBe(2)
})

test('listed words lend what was learned of one to the others, and are named as reasons', () => {
  const topics = new Map([['lift', ['电梯', '曳引机']]])
  const rows = [...sentences(60, 0.1, 12), ...sentences(60, 0.1, 13)].map((row) => ({ ...row, text: `${row.text}。` }))
  const classifier = train(
    rows.map(({ label, text }) => ({ label, text: label === 'lift' ? `电梯，${text}` : text })),
    { views: [{ words: 1, runs: 1, opening: 0, topics: 1 }] },
    1,
    topics,
  )
  const text = '曳引机响得厉害'
  expect(classify(classifier, featuresOf(text, topics))[0]?.label).toBe('lift')
  expect(explain(classifier, text, 'lift', 3, topics)).toContain('曳引机')
})

// The classifier on 452 labelled messages (MESSAGES names the file, which is not ours to ship): nested 10-fold next to naive Bayes; the shipped model.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { categoryModelFile } from '../src/loop/needs/public.ts'
import { classify, type Likely, type Row, trainOnFeatures } from '../src/platform/classify/classifier.ts'
import { featuresOf, gramsOf } from '../src/platform/classify/features.ts'
import {
  accuracy,
  calibrationError,
  f1ByClass,
  type Judged,
  macroF1,
  stratifiedFolds,
} from '../src/platform/classify/measures.ts'
import { softmax } from '../src/platform/classify/linear.ts'
import { classifierFile, classifierOf } from '../src/platform/classify/model-file.ts'
import { tableOf } from './table.ts'

const folds = 10
const seed = 1
/** What the shipped model would propose from: its default threshold in percent. */
const threshold = 50

const message = z.object({ title: z.string(), text: z.string(), label: z.string() })
type Message = z.infer<typeof message>

/** The title says what it is about: it counts twice, as in a need, whose text begins with what became its title. */
const textOf = ({ title, text }: Message) => `${title}。${title}。${text}`

type Counted = { readonly counts: ReadonlyMap<string, number>; readonly label: string }

/** Multinomial naive Bayes over runs of one to three characters: the baseline. */
function bayesOf(rows: readonly Counted[], smoothing: number): (counts: ReadonlyMap<string, number>) => Likely[] {
  const vocabulary = new Set(rows.flatMap(({ counts }) => [...counts.keys()]))
  const classes = [...Map.groupBy(rows, ({ label }) => label)].map(([label, group]) => {
    const sums = new Map<string, number>()
    for (const { counts } of group)
      for (const [feature, count] of counts) sums.set(feature, (sums.get(feature) ?? 0) + count)
    const total = [...sums.values()].reduce((one, other) => one + other, 0) + smoothing * vocabulary.size
    return { label, prior: Math.log(group.length / rows.length), sums, total }
  })
  return (counts) => {
    const scores = classes.map(({ prior, sums, total }) => {
      let score = prior
      for (const [feature, count] of counts)
        if (vocabulary.has(feature)) score += count * Math.log(((sums.get(feature) ?? 0) + smoothing) / total)
      return score
    })
    const probabilities = softmax(scores)
    return classes
      .map(({ label }, c) => ({ label, probability: probabilities[c] ?? 0 }))
      .sort((one, other) => other.probability - one.probability)
  }
}

const judged = (truth: string, [best]: readonly Likely[]): Judged => ({
  truth,
  said: best?.label ?? '',
  probability: best?.probability ?? 0,
})

/** The baseline's smoothing is chosen inside the training rows too, by the same kind of folds. */
function trainedBayes(rows: readonly Counted[]): (counts: ReadonlyMap<string, number>) => Likely[] {
  const inner = stratifiedFolds(
    rows.map(({ label }) => label),
    4,
    seed,
  )
  const marks = [0.01, 0.1, 0.5, 1].map((smoothing) => {
    const said = [0, 1, 2, 3].flatMap((fold) => {
      const bayes = bayesOf(
        rows.filter((_, index) => inner[index] !== fold),
        smoothing,
      )
      return rows.flatMap(({ counts, label }, index) => (inner[index] === fold ? [judged(label, bayes(counts))] : []))
    })
    return { smoothing, mark: macroF1(said) }
  })
  const best = marks.reduce((one, other) => (other.mark > one.mark ? other : one))
  return bayesOf(rows, best.smoothing)
}

/** Every row judged once, by a model that was trained, and whose settings were chosen, without its fold. */
function crossValidated<R extends { readonly label: string }>(
  rows: readonly R[],
  trained: (rows: readonly R[]) => (row: R) => Likely[],
): Judged[] {
  const fold = stratifiedFolds(
    rows.map(({ label }) => label),
    folds,
    seed,
  )
  return Array.from({ length: folds }).flatMap((_, held) => {
    const model = trained(rows.filter((__, index) => fold[index] !== held))
    return rows.flatMap((row, index) => (fold[index] === held ? [judged(row.label, model(row))] : []))
  })
}

/** The shipped model through the recorded mapping: the probabilities of categories that mean a label are summed; categories without one are left out. */
function shipped(messages: readonly Message[]): Judged[] {
  const root = join(import.meta.dirname, '..')
  const mapping = new Map(
    readFileSync(join(root, 'data/classifier/message-labels.csv'), 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((line): [string, string] => {
        const [code = '', label = ''] = line.split(',')
        return [code, label]
      }),
  )
  const file = z
    .object({ classes: classifierFile, kinds: z.record(z.string(), classifierFile) })
    .parse(JSON.parse(readFileSync(categoryModelFile, 'utf8')))
  const classes = classifierOf(file.classes)
  const kinds = new Map(Object.entries(file.kinds).map(([name, kind]) => [name, classifierOf(kind)]))
  return messages.map((each) => {
    const features = featuresOf(textOf(each))
    const sums = new Map<string, number>()
    const add = (label: string | undefined, probability: number) => {
      if (label !== undefined) sums.set(label, (sums.get(label) ?? 0) + probability)
    }
    for (const { label: name, probability } of classify(classes, features)) {
      const ofClass = kinds.get(name)
      if (ofClass === undefined) add(mapping.get(name), probability)
      else
        for (const kind of classify(ofClass, features))
          add(mapping.get(kind.label) ?? mapping.get(name), probability * kind.probability)
    }
    const likely = [...sums]
      .map(([label, probability]) => ({ label, probability }))
      .sort((one, other) => other.probability - one.probability)
    return judged(each.label, likely)
  })
}

const shown = (value: number) => value.toFixed(3)
const rowOf = (name: string, all: readonly Judged[]) => [
  name,
  shown(macroF1(all)),
  shown(accuracy(all)),
  shown(calibrationError(all)),
]

/** Measures and prints; true when the classifier is ahead of the baseline and at 0.80 or better. */
export async function benchMessages(): Promise<boolean> {
  const path = process.env['MESSAGES']
  if (path === undefined || path === '' || !existsSync(path)) {
    console.log('\nmessages: set absent (MESSAGES names no file)\n')
    return true
  }
  const messages = readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => message.parse(JSON.parse(line)))
  const rows: Row[] = messages.map((each) => ({ features: featuresOf(textOf(each)), label: each.label }))
  const ours = crossValidated(rows, (part) => {
    const model = trainOnFeatures(part)
    return ({ features }) => classify(model, features)
  })
  const counted = messages.map((each): Counted => ({ counts: gramsOf(textOf(each), 1, 3), label: each.label }))
  const baseline = crossValidated(counted, (part) => {
    const bayes = trainedBayes(part)
    return ({ counts }) => bayes(counts)
  })
  const transferred = shipped(messages)
  const sure = transferred.filter(({ probability }) => probability * 100 >= threshold)
  console.log(
    `\nmessages: ${messages.length} rows, ${folds}-fold stratified, settings and calibration chosen inside the training folds\n`,
  )
  console.log(
    tableOf(
      ['what', 'macro-F1', 'accuracy', 'calibration error'],
      [
        rowOf('classifier, trained on these rows', ours),
        rowOf('naive Bayes over 1–3 characters', baseline),
        rowOf('shipped model, through the mapping', transferred),
        rowOf(`  of it: ${sure.length} rows at ${threshold} % or more`, sure),
      ],
    ),
  )
  const [own, theirs, given] = [f1ByClass(ours), f1ByClass(baseline), f1ByClass(transferred)]
  console.log(
    `\n${tableOf(
      ['class', 'rows', 'F1 classifier', 'F1 naive Bayes', 'F1 shipped'],
      [...own].map(([label, score]) => [
        label,
        String(messages.filter((each) => each.label === label).length),
        shown(score),
        shown(theirs.get(label) ?? 0),
        shown(given.get(label) ?? 0),
      ]),
    )}`,
  )
  return macroF1(ours) > macroF1(baseline) && macroF1(ours) >= 0.8
}

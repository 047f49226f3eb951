// The classifier on 452 labelled messages (MESSAGES names the file, which is not ours to ship): repeated nested 10-fold next to naive Bayes, and the shipped model.
import { existsSync, readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { z } from 'zod'
import { categoryModelFile, categoryModelOf } from '../src/loop/needs/public.ts'
import { classify, views } from '../src/platform/classify/classifier.ts'
import { featuresOf } from '../src/platform/classify/features.ts'
import { accuracy, calibrationError, f1ByClass, type Judged, macroF1 } from '../src/platform/classify/measures.ts'
import { type Message, readMessages, root, textOf } from './message-rows.ts'
import { judged } from './naive-bayes.ts'
import { tableOf } from './table.ts'

const folds = 10
/** Each seed deals the rows into folds anew, outside and inside. Set down before the first run with them. */
const seeds = [1, 2, 3, 4, 5]
/** What the shipped model would propose from: its default threshold in percent. */
const threshold = 50
const target = 0.8

const judgement = z.object({ index: z.number(), truth: z.string(), said: z.string(), probability: z.number() })
const part = z.object({
  seed: z.number(),
  view: z.number(),
  ours: z.array(judgement),
  alone: z.array(judgement),
  baseline: z.array(judgement),
})
type Part = z.infer<typeof part>

/** Every fold of every repeat, shared out among the processors. */
async function measured(path: string): Promise<Part[]> {
  const tasks = seeds.flatMap((seed) => Array.from({ length: folds }, (_, held) => ({ seed, held })))
  const threads = Math.max(1, Math.min(4, availableParallelism()))
  const runs = Array.from({ length: threads }, async (_, thread) => {
    const own = tasks.filter((__, index) => index % threads === thread)
    const worker = new Worker(new URL('./message-worker.ts', import.meta.url), {
      workerData: { path, folds, tasks: own },
    })
    const parts: Part[] = []
    worker.on('message', (said) => parts.push(part.parse(said)))
    await new Promise<void>((resolve, reject) => {
      worker.once('error', reject)
      worker.once('exit', (code) =>
        code === 0 ? resolve() : reject(new Error(`a thread of the measurement ended with ${code}`)),
      )
    })
    return parts
  })
  return (await Promise.all(runs)).flat()
}

type Side = 'ours' | 'alone' | 'baseline'
/** What one side said of every row in one repeat, in the order of the rows. */
const said = (parts: readonly Part[], seed: number, side: Side): (Judged & { index: number })[] =>
  parts
    .filter((each) => each.seed === seed)
    .flatMap((each) => each[side])
    .sort((one, other) => one.index - other.index)

/** The shipped model through the recorded mapping: the probabilities of categories that mean a label are summed; categories without one are left out. */
function shipped(messages: readonly Message[]): Judged[] {
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
  const { topics, classes, kinds } = categoryModelOf(JSON.parse(readFileSync(categoryModelFile, 'utf8')))
  return messages.map((each) => {
    const features = featuresOf(textOf(each), topics)
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
const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
/** Standard deviation over the repeats (n − 1). The repeats share their rows, so it tells how much the split matters, not how other rows would do. */
const spreadOf = (values: readonly number[]) =>
  Math.sqrt(values.reduce((sum, value) => sum + (value - meanOf(values)) ** 2, 0) / Math.max(1, values.length - 1))
const meanAndSpread = (values: readonly number[]) => `${shown(meanOf(values))} ± ${shown(spreadOf(values))}`

const measures = [macroF1, accuracy, calibrationError]

/** Probability of a split at least as uneven when either side is as likely to be the right one (sign test, two-sided). */
export function signTest(one: number, other: number): number {
  const n = one + other
  let term = 0.5 ** n
  let sum = 0
  for (let k = 0; k <= Math.min(one, other); k += 1) {
    sum += term
    term *= (n - k) / (k + 1)
  }
  return Math.min(1, 2 * sum)
}

function repeats(parts: readonly Part[]): { table: string; ahead: boolean } {
  const lines = seeds.map((seed) => {
    const [ours, theirs] = [said(parts, seed, 'ours'), said(parts, seed, 'baseline')]
    const right = (all: readonly Judged[], at: number) => all[at]?.truth === all[at]?.said
    const only = ours.filter((_, at) => right(ours, at) && !right(theirs, at)).length
    const lost = ours.filter((_, at) => !right(ours, at) && right(theirs, at)).length
    return { seed, own: macroF1(ours), base: macroF1(theirs), only, lost }
  })
  return {
    ahead: lines.every(({ own, base }) => own > base),
    table: tableOf(
      [
        'repeat (seed)',
        'classifier',
        'naive Bayes',
        'ahead by',
        'rows only classifier right',
        'only Bayes',
        'sign test',
      ],
      lines.map(({ seed, own, base, only, lost }) => [
        String(seed),
        shown(own),
        shown(base),
        shown(own - base),
        String(only),
        String(lost),
        signTest(only, lost).toExponential(0),
      ]),
    ),
  }
}

/** Measures and prints; true when the classifier is ahead of the baseline in every repeat and at 0.80 or better in the mean. */
export async function benchMessages(): Promise<boolean> {
  const path = process.env['MESSAGES']
  if (path === undefined || path === '' || !existsSync(path)) {
    console.log('\nmessages: set absent (MESSAGES names no file)\n')
    return true
  }
  const messages = readMessages(path)
  const parts = await measured(path)
  const of = (side: Side, measure: (all: readonly Judged[]) => number) =>
    seeds.map((seed) => measure(said(parts, seed, side)))
  const rowOf = (name: string, side: Side) => [name, ...measures.map((measure) => meanAndSpread(of(side, measure)))]
  const transferred = shipped(messages)
  const sure = transferred.filter(({ probability }) => probability * 100 >= threshold)
  const once = (name: string, all: readonly Judged[]) => [name, ...measures.map((measure) => shown(measure(all)))]
  console.log(
    `\nmessages: ${messages.length} rows, ${seeds.length} × ${folds}-fold stratified; features, pull, calibration and smoothing chosen inside the training folds; mean ± spread of the repeats\n`,
  )
  console.log(
    tableOf(
      ['what', 'macro-F1', 'accuracy', 'calibration error'],
      [
        rowOf('classifier, trained on these rows', 'ours'),
        rowOf('  without our lists of words', 'alone'),
        rowOf('naive Bayes over 1–3 characters', 'baseline'),
        once('shipped model, through the mapping', transferred),
        once(`  of it: ${sure.length} rows at ${threshold} % or more`, sure),
      ],
    ),
  )
  const { table, ahead } = repeats(parts)
  console.log(`\n${table}`)
  const classF1 = (side: Side, label: string) => meanOf(of(side, (all) => f1ByClass(all).get(label) ?? 0))
  const given = f1ByClass(transferred)
  console.log(
    `\n${tableOf(
      ['class', 'rows', 'F1 classifier', 'F1 naive Bayes', 'F1 shipped'],
      [...Map.groupBy(messages, ({ label }) => label)].map(([label, rows]) => [
        label,
        String(rows.length),
        shown(classF1('ours', label)),
        shown(classF1('baseline', label)),
        shown(given.get(label) ?? 0),
      ]),
    )}`,
  )
  const chosen = views.map((view, place) => {
    const kinds = Object.entries(view).flatMap(([kind, weight]) => (weight > 0 ? [kind] : []))
    return `${kinds.join(' + ')}: ${parts.filter((each) => each.view === place).length}`
  })
  console.log(`\nfeatures chosen by the inner folds, of ${parts.length}: ${chosen.join('; ')}`)
  return ahead && meanOf(of('ours', macroF1)) >= target
}

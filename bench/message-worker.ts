// A part of the measurement on messages in a thread of its own: for each asked fold, models trained without it and what they say of it.
import { parentPort, workerData } from 'node:worker_threads'
import { z } from 'zod'
import { classify, type Likely, prepare, trainBest, views } from '../src/platform/classify/classifier.ts'
import { featuresOf, gramsOf } from '../src/platform/classify/features.ts'
import { stratifiedFolds } from '../src/platform/classify/measures.ts'
import { ownTopics, readMessages, textOf } from './message-rows.ts'
import { judged, trainedBayes } from './naive-bayes.ts'

const task = z
  .object({ path: z.string(), folds: z.number(), tasks: z.array(z.object({ seed: z.number(), held: z.number() })) })
  .parse(workerData)

const messages = readMessages(task.path)
const topics = ownTopics()
const rows = messages.map((each) => ({ features: featuresOf(textOf(each), topics), label: each.label }))
const counted = messages.map((each) => ({ counts: gramsOf(textOf(each), 1, 3), label: each.label }))
const labels = messages.map(({ label }) => label)

for (const { seed, held } of task.tasks) {
  const fold = stratifiedFolds(labels, task.folds, seed)
  const inside = <R>(all: readonly R[]) => all.filter((_, index) => fold[index] !== held)
  const prepared = prepare(inside(rows), {}, seed)
  const model = trainBest(prepared)
  // The same, of the views that see the messages alone, without our lists of words.
  const bare = trainBest(prepared, (view) => view.topics === 0)
  const bayes = trainedBayes(inside(counted), seed)
  const outside = [...rows.keys()].filter((index) => fold[index] === held)
  const said = (likely: (index: number) => Likely[]) =>
    outside.map((index) => ({ index, ...judged(labels[index] ?? '', likely(index)) }))
  parentPort?.postMessage({
    seed,
    view: views.indexOf(model.view),
    ours: said((index) => classify(model, rows[index]?.features ?? new Map())),
    alone: said((index) => classify(bare, rows[index]?.features ?? new Map())),
    baseline: said((index) => bayes(counted[index]?.counts ?? new Map())),
  })
}

// A trained classifier as JSON: features, their weights in steps of 1/127 of the class's greatest, so that the file stays small.
import { z } from 'zod'
import type { Classifier } from './classifier.ts'
import { blockOf } from './features.ts'

export const classifierFile = z.object({
  labels: z.array(z.string()).min(1),
  /** The features, separated by line breaks. */
  features: z.string(),
  /** Inverse document frequency of each feature, three decimals. */
  idf: z.array(z.number()),
  /** The weight of each kind of feature. */
  view: z.object({ words: z.number(), runs: z.number(), opening: z.number(), topics: z.number() }),
  /** Bytes of features × classes, signed, in base64. */
  weights: z.base64(),
  /** What one step of a class's weights is worth. */
  steps: z.array(z.number()),
  bias: z.array(z.number()),
  temperature: z.number().positive(),
})
export type ClassifierFile = z.infer<typeof classifierFile>

const rounded = (value: number, digits: number) => Number(value.toPrecision(digits))

/** The classifier in the form of its file. */
export function fileOf(classifier: Classifier): ClassifierFile {
  const { labels, linear, positions, idf, view, temperature } = classifier
  const steps = labels.map((_, c) => {
    let most = 1e-9
    for (let f = 0; f < positions.size; f += 1)
      most = Math.max(most, Math.abs(linear.weights[f * linear.classes + c] ?? 0))
    return rounded(most / 127, 6)
  })
  const bytes = Int8Array.from(linear.weights, (weight, i) => Math.round(weight / (steps[i % linear.classes] ?? 1)))
  return {
    labels: [...labels],
    features: [...positions.keys()].join('\n'),
    idf: Array.from(idf, (value) => rounded(value, 4)),
    view: { ...view },
    weights: Buffer.from(bytes.buffer).toString('base64'),
    steps,
    bias: Array.from(linear.bias, (value) => rounded(value, 6)),
    temperature: rounded(temperature, 6),
  }
}

/** The classifier of a file. Throws when its parts do not fit together. */
export function classifierOf(file: ClassifierFile): Classifier {
  const features = file.features === '' ? [] : file.features.split('\n')
  const bytes = Buffer.from(file.weights, 'base64')
  const classes = file.labels.length
  if (
    bytes.length !== features.length * classes ||
    file.idf.length !== features.length ||
    file.steps.length !== classes
  )
    throw new Error('the parts of the model do not fit together')
  return {
    labels: file.labels,
    positions: new Map(features.map((feature, position) => [feature, position])),
    idf: Float64Array.from(file.idf),
    kinds: Uint8Array.from(features, blockOf),
    view: file.view,
    linear: {
      classes,
      bias: Float64Array.from(file.bias),
      weights: Float64Array.from(bytes, (_, i) => bytes.readInt8(i) * (file.steps[i % classes] ?? 0)),
    },
    temperature: file.temperature,
  }
}

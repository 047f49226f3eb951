// Needs: the classifier of categories: trained per class and, inside each class, per kind; read once from its file; proposes and gives its reasons.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { type Classifier, classify, train } from '../../../platform/classify/classifier.ts'
import { explain } from '../../../platform/classify/explain.ts'
import { featuresOf, type Topics } from '../../../platform/classify/features.ts'
import { classifierFile, classifierOf, fileOf } from '../../../platform/classify/model-file.ts'
import type { Need } from '../rules.ts'
import { type Likely, type Proposal, proposalOf } from '../rules/proposal.ts'

/** A text with the category that a person gave it. `aside`: a word of a list; see Row of the classifier. */
export type LabelledNeed = { readonly category: string; readonly text: string; readonly aside?: boolean }

/** Where the program reads its model, and the training command writes it. */
export const categoryModelFile = join(import.meta.dirname, '../../../../data/classifier/model.json')

/** `topics`: by category, the words by which residents name it, separated by spaces. */
const modelFile = z.object({
  topics: z.record(z.string(), z.string()),
  classes: classifierFile,
  kinds: z.record(z.string(), classifierFile),
})

export type CategoryModel = {
  readonly topics: Topics
  readonly classes: Classifier
  /** By class; classes without kinds, or with texts of one kind only, have none. */
  readonly kinds: ReadonlyMap<string, Classifier>
}

/**
 * Trains on labelled needs and answers the file of the model. Listed words (`aside`) teach, and are the topics that texts are looked at for.
 * The same rows in the same order give the same file.
 */
export function trainCategoryModel(rows: readonly LabelledNeed[]): z.infer<typeof modelFile> {
  const topics: Topics = new Map(
    [
      ...Map.groupBy(
        rows.filter(({ aside }) => aside === true),
        ({ category }) => category,
      ),
    ].map(([category, group]) => [category, group.map(({ text }) => text)]),
  )
  const classOf = ({ category }: LabelledNeed) => category.slice(0, 2)
  const kindsOf = (group: readonly LabelledNeed[]) => group.filter(({ category }) => category.length === 4)
  const byClass = [...Map.groupBy(rows, classOf)].filter(
    ([, group]) => new Set(kindsOf(group).map(({ category }) => category)).size > 1,
  )
  const trained = (group: readonly LabelledNeed[], label: (row: LabelledNeed) => string) =>
    fileOf(
      train(
        group.map((row) => ({ text: row.text, aside: row.aside, label: label(row) })),
        { mostFeatures: 12_000 },
        1,
        topics,
      ),
    )
  return {
    topics: Object.fromEntries([...topics].map(([topic, words]) => [topic, words.join(' ')])),
    classes: trained(rows, classOf),
    kinds: Object.fromEntries(byClass.map(([name, group]) => [name, trained(kindsOf(group), (row) => row.category)])),
  }
}

/** The model of a file's content. */
export function categoryModelOf(content: unknown): CategoryModel {
  const { topics, classes, kinds } = modelFile.parse(content)
  return {
    topics: new Map(Object.entries(topics).map(([topic, words]) => [topic, words.split(' ')])),
    classes: classifierOf(classes),
    kinds: new Map(Object.entries(kinds).map(([name, file]) => [name, classifierOf(file)])),
  }
}

let shipped: CategoryModel | undefined

/** The model beside the program; some 20 ms at its first use. */
export function categoryModel(): CategoryModel {
  shipped ??= categoryModelOf(JSON.parse(readFileSync(categoryModelFile, 'utf8')))
  return shipped
}

/** How likely each class is for a text, likeliest first, and how likely the kinds of the likeliest are. */
export function likelyCategories(model: CategoryModel, text: string): { classes: Likely[]; kinds: Likely[] } {
  const features = featuresOf(text, model.topics)
  const classes = classify(model.classes, features)
  const kinds = model.kinds.get(classes[0]?.label ?? '')
  return { classes, kinds: kinds === undefined ? [] : classify(kinds, features) }
}

export type ExplainedProposal = Proposal & {
  /** The words of the text that speak most for it. */
  readonly words: readonly string[]
}

/** The category proposed for a text; nothing below the threshold (percent), nor where no word of the text speaks for it. */
export function proposeFor(text: string, threshold: number, model = categoryModel()): ExplainedProposal | undefined {
  const { classes, kinds } = likelyCategories(model, text)
  const proposal = proposalOf(classes, kinds, threshold)
  if (proposal === undefined) return undefined
  const name = proposal.category.slice(0, 2)
  const ofKind = model.kinds.get(name)
  const words = [
    ...explain(model.classes, text, name, 5, model.topics),
    ...(proposal.category.length === 4 && ofKind !== undefined
      ? explain(ofKind, text, proposal.category, 3, model.topics)
      : []),
  ]
  return words.length === 0 ? undefined : { ...proposal, words: [...new Set(words)].slice(0, 5) }
}

/** The category proposed for a need from its title and text; nothing below the threshold (percent), nor where its texts are not at hand. */
export function proposalFor(need: Pick<Need, 'texts'>, threshold: number): ExplainedProposal | undefined {
  return need.texts === undefined ? undefined : proposeFor(`${need.texts.title}。${need.texts.text}`, threshold)
}

/**
 * What the classifier says of a need, for the event of the decision on its category: from proposed and confirmed side by side anybody sees how
 * good the proposals are. Codes and numbers, no words; nothing where it proposes nothing.
 */
export function proposalOnRecord(need: Pick<Need, 'texts'>, threshold: number): Readonly<Record<string, unknown>> {
  const found = proposalFor(need, threshold)
  return found === undefined ? {} : { categoryProposed: found.category, categoryPercent: found.percent }
}

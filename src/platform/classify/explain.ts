// Why a classifier says what it says: the words of the text that speak for a label.
import { type Classifier, rowOf } from './classifier.ts'
import { featuresInside, featuresOf, topicFeature, type Topics, topicWordsIn, wordsOf } from './features.ts'

/**
 * The words of a text that speak most for a label, against the mean of all labels: a word's own weight, those of the character runs inside it,
 * and, of a listed word, its part of its topic's weight. Words of two characters or more; none that speaks against it.
 */
export function explain(
  classifier: Classifier,
  text: string,
  label: string,
  most = 5,
  topics: Topics = new Map(),
): string[] {
  const { classes, weights } = classifier.linear
  const c = classifier.labels.indexOf(label)
  if (c < 0) return []
  const row = rowOf(classifier, featuresOf(text, topics))
  const values = new Map(Array.from(row.at, (position, i) => [position, row.values[i] ?? 0]))
  const contribution = (feature: string): number => {
    const position = classifier.positions.get(feature)
    if (position === undefined) return 0
    let mean = 0
    for (let each = 0; each < classes; each += 1) mean += (weights[position * classes + each] ?? 0) / classes
    return (values.get(position) ?? 0) * ((weights[position * classes + c] ?? 0) - mean)
  }
  const listed = Map.groupBy(topicWordsIn(text, topics), ({ topic }) => topic)
  const ofTopics = new Map<string, number>()
  for (const [topic, words] of listed)
    for (const { word } of words)
      ofTopics.set(word, (ofTopics.get(word) ?? 0) + contribution(topicFeature(topic)) / words.length)
  const found = [...new Set([...wordsOf(text), ...ofTopics.keys()])]
    .filter((word) => [...word].length >= 2)
    .map((word) => ({
      word,
      weight: featuresInside(word).reduce((sum, feature) => sum + contribution(feature), ofTopics.get(word) ?? 0),
    }))
    .filter(({ weight }) => weight > 0)
    .sort((one, other) => other.weight - one.weight)
  // A long word says what the short ones inside it say.
  const kept: string[] = []
  for (const { word } of found) {
    if (kept.length >= most) break
    if (!kept.some((other) => other.includes(word) || word.includes(other))) kept.push(word)
  }
  return kept
}

// What a classifier sees of a Chinese text: jieba's words, runs of one to three characters, both once more for its first sentence, and topics.
import { tsvectorText } from '../search/tokens.ts'

/** Longest part of a text that is looked at: a message says in its first lines what it is about. */
const longestText = 3000

/** Longest first sentence, in characters: what people write there, or what became the title, says what it is about. */
const longestOpening = 50

/** Marks a word among the features, so that 电梯 as a word and 电梯 as two neighbouring characters are told apart. */
const wordMark = '='
/** Marks what stands in the first sentence. */
const openingMark = '^'
/** Marks a topic: how many words of a list occur. */
const topicMark = '#'

/** The kinds of features; a classifier weighs each kind as a whole. */
export const blocks = ['words', 'runs', 'opening', 'topics'] as const
export type Block = (typeof blocks)[number]

const blockByMark: Readonly<Record<string, Block>> = {
  [wordMark]: 'words',
  [openingMark]: 'opening',
  [topicMark]: 'topics',
}

/** The kind of a feature, as its place in `blocks`. */
export const blockOf = (feature: string): number => blocks.indexOf(blockByMark[feature[0] ?? ''] ?? 'runs')

/** Lists of words by which people name a matter, by topic. */
export type Topics = ReadonlyMap<string, readonly string[]>

/** Characters that carry meaning; signs and spaces end a run. */
const runPattern = /[\p{L}\p{N}]+/gu

export type Features = ReadonlyMap<string, number>

const plain = (text: string) => text.slice(0, longestText).normalize('NFKC').toLowerCase()

function addTo(counts: Map<string, number>, feature: string): void {
  counts.set(feature, (counts.get(feature) ?? 0) + 1)
}

/** Runs of `least` to `most` characters of a text; digits stand for each other (a phone number tells nothing of the matter). */
export function gramsOf(text: string, least: number, most: number): Map<string, number> {
  const counts = new Map<string, number>()
  for (const run of plain(text)
    .replace(/\p{N}+/gu, '0')
    .match(runPattern) ?? []) {
    const characters = [...run]
    for (let from = 0; from < characters.length; from += 1) {
      for (let size = least; size <= most && from + size <= characters.length; size += 1)
        addTo(counts, characters.slice(from, from + size).join(''))
    }
  }
  return counts
}

/** The distinct words of a text, long ones with the short ones inside them, in order of appearance. */
export function wordsOf(text: string): string[] {
  return [...new Set(tsvectorText(plain(text)).split(' '))].filter((word) => word !== '' && !/^\p{N}+$/u.test(word))
}

/** The listed words that occur in a text, each with its topic. */
export function topicWordsIn(text: string, topics: Topics): { topic: string; word: string }[] {
  const shown = plain(text)
  return [...topics].flatMap(([topic, words]) =>
    words.filter((word) => shown.includes(word)).map((word) => ({ topic, word })),
  )
}

function countWordsAndRuns(counts: Map<string, number>, text: string, mark: string): void {
  for (const [run, count] of gramsOf(text, 1, 3)) counts.set(mark + run, count)
  for (const word of tsvectorText(plain(text)).split(' '))
    if (word !== '' && !/^\p{N}+$/u.test(word)) addTo(counts, `${mark}${wordMark}${word}`)
}

/** Words, runs, first sentence and topics of a text with their counts. Empty for a text without letters. */
export function featuresOf(text: string, topics: Topics = new Map()): Features {
  const counts = new Map<string, number>()
  countWordsAndRuns(counts, text, '')
  const [opening = ''] = text.trimStart().split(/[。！？!?\n]/u, 1)
  countWordsAndRuns(counts, opening.slice(0, longestOpening), openingMark)
  for (const { topic } of topicWordsIn(text, topics)) addTo(counts, `${topicMark}${topic}`)
  return counts
}

/** The features that stand for a word: itself, and the runs of two and three characters inside it, there and in the opening. For explanations. */
export function featuresInside(word: string): string[] {
  const own = [`${wordMark}${word}`, ...gramsOf(word, 2, 3).keys()]
  return [...own, ...own.map((feature) => `${openingMark}${feature}`)]
}

/** The feature of a topic. */
export const topicFeature = (topic: string): string => `${topicMark}${topic}`

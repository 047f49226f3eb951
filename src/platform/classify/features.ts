// What a classifier sees of a Chinese text: jieba's words and runs of one to three characters, each with how often it occurs.
import { tsvectorText } from '../search/tokens.ts'

/** Longest part of a text that is looked at: a message says in its first lines what it is about. */
const longestText = 3000

/** Marks a word among the features, so that 电梯 as a word and 电梯 as two neighbouring characters are told apart. */
const wordMark = '='

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

/** Words and character runs of a text with their counts. Empty for a text without letters. */
export function featuresOf(text: string): Features {
  const counts = gramsOf(text, 1, 3)
  for (const word of tsvectorText(plain(text)).split(' '))
    if (word !== '' && !/^\p{N}+$/u.test(word)) addTo(counts, `${wordMark}${word}`)
  return counts
}

/** The features that stand for a word: itself, and the runs of two and three characters inside it. For explanations. */
export function featuresInside(word: string): string[] {
  return [`${wordMark}${word}`, ...gramsOf(word, 2, 3).keys()]
}

// Words of Chinese text for search: jieba cuts, PostgreSQL indexes them as to_tsvector('simple', …), one code for text and query.
import { Jieba } from '@node-rs/jieba'
import { dict } from '@node-rs/jieba/dict.js'

let jieba: Jieba | undefined

/** The dictionary takes some 100 ms and 50 MB: loaded at the first word, once per process. */
function cutter(): Jieba {
  jieba ??= Jieba.withDict(dict)
  return jieba
}

/** Longest text that is cut; what stands behind it is not found by search. */
const longestText = 20_000

/** Longest query that is looked at. */
const longestQuery = 200

/** A word of letters, digits or Han characters; everything else (signs, spaces, quotes) separates words. */
const wordPattern = /[\p{L}\p{N}]+/gu

function wordsOf(text: string): string[] {
  // NFKC makes full-width letters and digits equal to half-width ones.
  const plain = text.normalize('NFKC').toLowerCase()
  return cutter()
    .cutForSearch(plain, true)
    .flatMap((piece) => piece.match(wordPattern) ?? [])
}

/**
 * The distinct words of a text in order of appearance, long words with the shorter words inside them (居民委员会 gives 居民, 委员会, …).
 * Letters are lower case; signs are left out. Text beyond 20,000 characters is ignored.
 */
export function tokens(text: string): string[] {
  return [...new Set(wordsOf(text.slice(0, longestText)))]
}

/** The words of a text for `to_tsvector('simple', …)`: separated by spaces, repeated as often as they occur. */
export function tsvectorText(text: string): string {
  return wordsOf(text.slice(0, longestText)).join(' ')
}

/**
 * The distinct words of a query, in order; none where the text holds no word at all. Cut coarsely: search mode would demand the short words inside
 * a long one as well, which the index holds anyway. Only letters and digits reach a word: it may stand between quotes in a tsquery.
 */
export function queryWords(query: string): string[] {
  const plain = query.slice(0, longestQuery).normalize('NFKC').toLowerCase()
  return [
    ...new Set(
      cutter()
        .cut(plain, true)
        .flatMap((piece) => piece.match(wordPattern) ?? []),
    ),
  ]
}

/**
 * A query for `to_tsquery('simple', …)`: every word must occur, the last one as a beginning (people type on). Undefined when the text holds no
 * word at all: the caller then leaves the filter out. Safe for any input: only letters and digits reach the query.
 */
export function tsqueryText(query: string): string | undefined {
  const words = queryWords(query)
  if (words.length === 0) return undefined
  return words.map((word, position) => (position === words.length - 1 ? `${word}:*` : word)).join(' & ')
}

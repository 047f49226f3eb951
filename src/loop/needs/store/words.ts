// Needs: how words are looked up: the two indexes of words, queries for them, and which words are frequent.
import { rowOf, type Tx } from '../../../platform/database.ts'

/**
 * The words of a need, each behind its county, and `@` with its community and township, county and `#` with the fifty days of its id, county and `!` while it has a date due: words
 * are looked up among the needs of one county, whatever the province holds, or of some of its days. Said exactly as the index need_words_near says it, or it is not used.
 */
export const wordsNear = (alias: string) =>
  `(replace(' ' || strip(${alias}.search)::text, ' ''', ' ''' || ${alias}.jurisdiction::text) || ' ''@' || ${alias}.division::text || ''' ''@' || "left"(${alias}.division::text, 9) || ''' ''' || ${alias}.jurisdiction::text || '#' || "left"(${alias}.id::text, 4) || CASE WHEN ${alias}.due_at IS NULL THEN '''' ELSE ''' ''' || ${alias}.jurisdiction::text || '!''' END)::tsvector`

/** The words of a need, each behind the first four digits of its id: fifty days of needs. As the index need_words_of_age says it. */
export const wordsOfAge = (alias: string) =>
  `replace(' ' || strip(${alias}.search)::text, ' ''', ' ''' || "left"(${alias}.id::text, 4))::tsvector`

/** What was typed: words that must all occur. `begun`: of the last one only the beginning. */
export type Words = { readonly words: readonly string[]; readonly begun: boolean }

/** The words as the text of a tsquery, each behind the mark. Words are letters and digits (platform/search/tokens.ts), marks ours. */
export function queryOf({ words, begun }: Words, mark = ''): string {
  return words.map((word, at) => `'${mark}${word}'${begun && at === words.length - 1 ? ':*' : ''}`).join(' & ')
}

/** Without the last word, if only its beginning was typed and there are others. */
export const queryOfWhole = ({ words, begun }: Words, mark = ''): string =>
  queryOf(begun && words.length > 1 ? { words: words.slice(0, -1), begun: false } : { words, begun }, mark)

/** Stands in a query for the fifty days, which the statement puts in one after the other. */
export const anyAge = '#'

/**
 * A statement whose parameters the planner does not see. Seeing the words it would plan each search anew, which takes longer than the search, and the steps
 * of these statements leave it nothing to choose.
 */
export const unseen = (statement: string) =>
  statement.replace(
    /\$\d+(::\w+(\[\])?)?/g,
    (parameter, type: string | undefined) => `(SELECT ${parameter})${type ?? ''}`,
  )

/** A query of `anyAge` for the fifty days in the column `mark`. */
export const atAge = (query: string, mark: string) => `replace(${query}, '${anyAge}', ${mark})::tsquery`

/** The marks of all fifty days in which there are needs, the newest first, as the column `ages.mark`. */
export const ages = `(
  SELECT lpad(to_hex(mark), 4, '0') AS mark FROM generate_series(
    (SELECT ('x' || "left"(e.id::text, 4))::bit(16)::integer FROM needs.need e ORDER BY e.id DESC LIMIT 1),
    (SELECT ('x' || "left"(e.id::text, 4))::bit(16)::integer FROM needs.need e ORDER BY e.id LIMIT 1), -1) AS mark) AS ages`

/**
 * The fifty days of `ages` in steps of 1, 2, 4 and so on, the newest or the oldest first, as `steps.among`: the words of a query for need_words_near, one of which each need of
 * these days has. Few steps reach all there is, and none reads many more than are asked for. `county`: a parameter.
 */
export const ageSteps = (county: string, order: 'newest' | 'oldest') => `(
  SELECT string_agg('''' || ${county}::text || '#' || mark || '''', ' | ') AS among FROM (
    SELECT mark, floor(ln((row_number() OVER (ORDER BY mark${order === 'newest' ? ' DESC' : ''}))::float8 + 0.5) / ln(2::float8)) AS step FROM ${ages}
  ) AS numbered GROUP BY step ORDER BY step) AS steps`

/** Values of `asked`: the whole words and what the last one begins with. */
export function wholeAndBegun({ words, begun }: Words): [string[], string | null] {
  return begun ? [words.slice(0, -1), words.at(-1) ?? null] : [[...words], null]
}

/**
 * A step of a statement: `share`, the share of needs that have the rarest of the words; `by_whole`, whether the whole words are rarer than what the last one begins. All words
 * that begin so would be read from the index: where other words are rarer, these look up and the beginning is compared in the rows that they find. `typed`: the share of those that have
 * the last word just as it was typed.
 * `whole`, `begun`: parameters from wholeAndBegun.
 */
export const asked = (whole: string, begun: string) => `asked AS MATERIALIZED (
  SELECT least(whole, begun) AS share, begun > whole AS by_whole, typed FROM (
    SELECT coalesce(min(coalesce(k.share, 0)), 1) AS whole, CASE WHEN ${begun}::text IS NULL THEN 1 ELSE (
      SELECT least(coalesce(sum(b.share), 0), 1) FROM needs.word b WHERE b.word >= ${begun}::text AND b.word < ${begun}::text || chr(1114111)) END AS begun,
      coalesce((SELECT b.share FROM needs.word b WHERE b.word = ${begun}::text), 0) AS typed
    FROM unnest(${whole}::text[]) AS w(word) LEFT JOIN needs.word k ON k.word = w.word) AS shares)`

/** Words that so large a share of needs has are sought in steps, until there are enough, instead of all that have them at once. */
export const usualShare = 0.004

/** The query by which rows are looked up: of the whole words, or of all. */
export const lookUpBy = (whole: string, all: string) =>
  `(SELECT CASE WHEN by_whole THEN ${whole}::text ELSE ${all}::text END FROM asked)`

/** Needs in which words are counted, and how many of them must have a word for it to be kept. */
const counted = 20_000
const fewestCounted = 40

/** For whoever has a connection and no transaction of ours: what fills a database for measurements. */
export const countText = `
WITH newest AS (
  SELECT n.search FROM needs.need n WHERE n.search IS NOT NULL ORDER BY n.id DESC LIMIT ${counted}
), found AS (
  SELECT w.word, count(*)::real / (SELECT count(*) FROM newest) AS share
  FROM newest, unnest(tsvector_to_array(newest.search)) AS w(word) GROUP BY w.word HAVING count(*) >= least(${fewestCounted}, (SELECT count(*) FROM newest) / 20)
), gone AS (
  DELETE FROM needs.word k WHERE NOT EXISTS (SELECT 1 FROM found f WHERE f.word = k.word)
)
INSERT INTO needs.word (word, share) SELECT word, share FROM found ON CONFLICT (word) DO UPDATE SET share = excluded.share`

/** Counts which words the newest open needs share. Words that few of them have are left out: what is not there is rare. */
export async function countWords(tx: Tx): Promise<void> {
  await rowOf(tx, countText)
}

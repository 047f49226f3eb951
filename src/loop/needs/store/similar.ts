// Needs: the SQL of likeness: open needs that share words, ranked as BM25 ranks; undecided ones of the last days; confirmed texts to learn from.
import { type DivisionCode, jurisdictionOf, splitId } from '../../../kit/id.ts'
import type { Instant } from '../../../kit/instant.ts'
import { rowsOf, type Tx } from '../../../platform/database.ts'
import { boardStates } from '../contract.ts'
import { prefixRange } from '../store.ts'
import { listed, type ListedNeed } from './lists.ts'
import { unseen, wordsNear } from './words.ts'

const onBoard = `n.state IN (${boardStates.map((state) => `'${state}'`).join(', ')})`

/** What a word that is not among the frequent ones is taken to share. */
const rareShare = 0.001
/** The rarest words of a text look for needs, until so large a share of a community's needs, or of a township's, may have one; those behind them only weigh. */
const foundNear = 0.2
const foundAround = 0.03
/** So many of a text's words weigh, the rarest first: what everybody writes tells nothing. */
const weighed = 12
/** The newest so many of the community, and of the township, are weighed. */
const mostWeighed = 100

// Each a step of its own: in one, the planner would walk back through all needs to find the newest that have a word.
const having = (place: string, looks: string) => `
  SELECT n.jurisdiction, n.id, n.division, n.supports, n.search FROM needs.need n
  WHERE n.visibility = 'public' AND ${onBoard} AND n.id <> $5::uuid
    AND ${wordsNear('n')} @@ (SELECT ('''@' || ${place} || ''' & (' || string_agg('''' || $2::text || w.word || '''', ' | ') || ')')::tsquery FROM word w WHERE w.${looks})`

/**
 * BM25 with k1 = 1.2 and b = 0.75, a word that occurs again counting less each time (ts_rank of the one word). The rarest words of the text find the
 * needs: first in the community, and where that has fewer than asked for, in its township. How rare a word is, the nightly count tells (words.ts);
 * before there is one, the needs that were found.
 */
const similarText = unseen(`
WITH shared AS (
  SELECT w.word, w.at, k.share, coalesce(k.share, ${rareShare}) AS expected
  FROM unnest($1::text[]) WITH ORDINALITY AS w(word, at) LEFT JOIN needs.word k ON k.word = w.word
), word AS MATERIALIZED (
  SELECT word, expected, ('''' || word || '''')::tsquery AS query, at_once - expected < ${foundNear} AS looks_near, at_once - expected < ${foundAround} AS looks_around
  FROM (
    SELECT s.*, sum(expected) OVER rarest AS at_once, row_number() OVER rarest AS rank
    FROM shared s WINDOW rarest AS (ORDER BY expected, length(word) DESC, at)) AS ranked
  WHERE rank <= ${weighed}
), near AS MATERIALIZED (${having('$3::text', 'looks_near')}
), close AS MATERIALIZED (SELECT * FROM near ORDER BY id DESC LIMIT ${mostWeighed}
), around AS MATERIALIZED (${having('left($3::text, 9)', 'looks_around')}
), candidate AS MATERIALIZED (
  SELECT * FROM close
  UNION ALL
  (SELECT * FROM around WHERE (SELECT count(*) FROM close) < $4::integer AND division <> $3::text ORDER BY id DESC LIMIT ${mostWeighed})
), size AS (
  SELECT count(*)::float8 AS n, greatest(avg(length(search)), 1)::float8 AS mean, EXISTS (SELECT 1 FROM needs.word) AS counted FROM candidate
), met AS (
  SELECT c.id, length(c.search) AS length, w.expected, ts_rank('{1,1,1,1}', c.search, w.query) / 0.6079271 AS tf,
    count(*) OVER (PARTITION BY w.word)::float8 AS df
  FROM candidate c JOIN word w ON c.search @@ w.query
), ranked AS (
  SELECT m.id, sum(m.tf * 2.2 / (1 + 1.2 * (0.25 + 0.75 * m.length / s.mean))
    * CASE WHEN s.counted THEN -ln(m.expected) ELSE ln(1 + (s.n - m.df + 0.5) / (m.df + 0.5)) END) AS rank
  FROM met m CROSS JOIN size s GROUP BY m.id
), best AS (
  SELECT c.jurisdiction, c.id, r.rank FROM candidate c JOIN ranked r ON r.id = c.id
  ORDER BY (c.division = $3::text) DESC, r.rank DESC, c.supports DESC, c.id DESC LIMIT $4::integer
)
SELECT ${listed} FROM best b JOIN needs.need n ON n.jurisdiction = b.jurisdiction AND n.id = b.id
ORDER BY (n.division = $3::text) DESC, b.rank DESC, n.supports DESC, n.id DESC`)

/** Open needs that share the rarest of the words, those of the same community first, then of its township; the likest first. */
export async function listSimilar(
  tx: Tx,
  words: readonly string[],
  division: DivisionCode,
  except: string | undefined,
  limit: number,
): Promise<ListedNeed[]> {
  const nobody = '00000000-0000-0000-0000-000000000000'
  return rowsOf(tx, similarText, [
    [...words],
    jurisdictionOf(division),
    division.slice(0, 12),
    limit,
    except === undefined ? nobody : splitId(except).uuid,
  ])
}

export type UndecidedNeed = ListedNeed & { readonly text: string; readonly place: string | null }

const undecidedText = `
SELECT ${listed}, coalesce(n.texts->>'text', '') AS text, n.texts->>'place' AS place FROM needs.need n
WHERE n.state = 'submitted' AND n.visibility = 'public' AND n.division >= $1 AND n.division < $2 AND n.submitted_at >= $3
ORDER BY n.submitted_at DESC, n.id DESC LIMIT $4`

/** Open needs of a place submitted since then that nobody has decided on, newest first; private ones are never merged. */
export async function listUndecided(
  tx: Tx,
  place: DivisionCode,
  since: Instant,
  limit: number,
): Promise<UndecidedNeed[]> {
  return rowsOf(tx, undecidedText, [...prefixRange(place), since, limit])
}

export type ConfirmedText = {
  readonly jurisdiction: string
  readonly id: string
  readonly category: string
  readonly title: string
  readonly text: string
}

const confirmedText = `
SELECT n.jurisdiction, n.id, n.category, n.texts->>'title' AS title, n.texts->>'text' AS text FROM needs.need n
WHERE (n.jurisdiction, n.id) > ($1, $2::uuid) AND n.visibility = 'public' AND n.state IN ('accepted', 'responding', 'answered', 'closed')
  AND n.texts IS NOT NULL
ORDER BY n.jurisdiction, n.id LIMIT $3`

/** Open needs whose category a worker confirmed by accepting them, in the order of the key, behind `after`. */
export async function listConfirmedTexts(
  tx: Tx,
  after: Pick<ConfirmedText, 'jurisdiction' | 'id'> | undefined,
  limit: number,
): Promise<ConfirmedText[]> {
  return rowsOf(tx, confirmedText, [
    after?.jurisdiction ?? '',
    after?.id ?? '00000000-0000-0000-0000-000000000000',
    limit,
  ])
}

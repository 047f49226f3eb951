// Needs: the SQL of likeness: open needs that share words, ranked as BM25 ranks; undecided ones of the last days; confirmed texts to learn from.
import { type DivisionCode, jurisdictionOf, splitId } from '../../../kit/id.ts'
import type { Instant } from '../../../kit/instant.ts'
import { rowsOf, type Tx } from '../../../platform/database.ts'
import { boardStates } from '../contract.ts'
import { prefixRange } from '../store.ts'
import { listed, type ListedNeed, placed } from './lists.ts'

const onBoard = `n.state IN (${boardStates.map((state) => `'${state}'`).join(', ')})`

// The place is said again as the lists' indexes have it: with the county alone the planner would read all of the county's entries beside the words.
const candidates = (place: string) => `
  SELECT n.jurisdiction, n.id, n.division, n.supports, n.search FROM needs.need n
  WHERE n.visibility = 'public' AND ${onBoard} AND ${placed} @@ (quote_literal('@' || ${place})::tsquery && to_tsquery('simple', array_to_string($1::text[], ' | ')))
    AND n.jurisdiction = $2 AND n.id <> $5::uuid`

/**
 * BM25 with k1 = 1.2 and b = 0.75 over the newest candidates of the community and of the township: how rare a word is, is counted among the
 * candidates, for a count over all needs would cost more than it tells.
 */
const similarText = `
WITH candidate AS (
  (${candidates('$3::text')} AND n.division = $3 ORDER BY n.id DESC LIMIT 200)
  UNION ALL
  (${candidates('left($3::text, 9)')} AND left(n.division, 9) = left($3::text, 9) AND n.division <> $3 ORDER BY n.id DESC LIMIT 200)
), word AS (
  SELECT c.id, w.lexeme, cardinality(w.positions)::float8 AS tf, count(*) OVER (PARTITION BY w.lexeme) AS df
  FROM candidate c, unnest(c.search) AS w WHERE w.lexeme = ANY($1)
), size AS (SELECT count(*)::float8 AS n, greatest(avg(length(search)), 1)::float8 AS mean FROM candidate
), ranked AS (
  SELECT c.id, sum(ln(1 + (s.n - w.df + 0.5) / (w.df + 0.5)) * w.tf * 2.2 / (w.tf + 1.2 * (0.25 + 0.75 * length(c.search) / s.mean))) AS rank
  FROM candidate c JOIN word w ON w.id = c.id CROSS JOIN size s GROUP BY c.id
), best AS (
  SELECT c.jurisdiction, c.id, r.rank FROM candidate c JOIN ranked r ON r.id = c.id
  ORDER BY (c.division = $3) DESC, r.rank DESC, c.supports DESC, c.id DESC LIMIT $4
)
SELECT ${listed} FROM best b JOIN needs.need n ON n.jurisdiction = b.jurisdiction AND n.id = b.id
ORDER BY (n.division = $3) DESC, b.rank DESC, n.supports DESC, n.id DESC`

/** Open needs that share some of the words, those of the same community first, then of its township; the likest first. */
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

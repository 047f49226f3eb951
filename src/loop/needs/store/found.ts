// Needs: the SQL of the search over everything: needs found by number or by words, near ones first, then the newest.
import { joinId } from '../../../kit/id.ts'
import { rowsOf } from '../../../platform/database.ts'
import type { RecordFinder } from '../../../platform/declarations.ts'
import { recordFinder, visible } from '../../../platform/search/record-finder.ts'
import { queryWords } from '../../../platform/search/tokens.ts'
import {
  ageSteps,
  ages,
  anyAge,
  asked,
  atAge,
  lookUpBy,
  queryOf,
  queryOfWhole,
  unseen,
  usualShare,
  wholeAndBegun,
  wordsNear,
  wordsOfAge,
} from './words.ts'

/** Open needs everybody finds; a withdrawn one those who may read it. A private one is never found, nor is a draft. */
const shown = {
  always: "r.visibility = 'public' AND r.state <> 'draft'",
  open: "r.state <> 'withdrawn'",
  person: 'r.resident',
}

const byNumber = recordFinder({ table: 'needs.need', ...shown })

/**
 * Words that so large a share of the needs has are sought among so many of the newest first: reading ends with the last that is asked for. In the county, where
 * words can be looked up in steps, only those that are more frequent still; a beginning sooner, as each step collects all that begins so.
 */
const frequentShare = { elsewhere: 0.04, near: 0.2, nearBegun: 0.08 }
const mostRead = 600

const seen = visible(shown, 10)

const columns = 'r.jurisdiction, r.id, r.division, r.state, r.visibility, r.resident, r.search'

/**
 * $1, $2 the whole words and what is begun, $3 all words, $4 and $5 whole ones and all of the county, $6 and $7 of fifty days, $8 the county, $9 all of the
 * county just as they were typed.
 */
const has = 'r.search @@ $3::tsquery'

/** What was looked up by the whole words has to have what the last one begins. */
const hasRest = `(NOT (SELECT by_whole FROM asked) OR ${has})`

/** The newest rows of a list that have the words. */
const amongNewest = (where: string, frequent: string) => `
  SELECT r.jurisdiction, r.id FROM (SELECT ${columns} FROM needs.need r ${where} ORDER BY r.id DESC LIMIT ${mostRead}) AS r
  WHERE (SELECT ${frequent} FROM asked) AND ${has} AND ${seen.condition}`

const frequentElsewhere = `share >= ${frequentShare.elsewhere}`
const frequentNear = `share >= CASE WHEN by_whole THEN ${frequentShare.near} ELSE ${frequentShare.nearBegun} END`

/**
 * The newest of the asker's county, and where these are fewer than asked for, the newest of the others: each first among the newest rows of the list when all
 * words are frequent. Then, in the county, words that are usual are looked up in steps from the newest days on, and the last one as it was typed where that is a usual word and
 * finds enough: what only begins so comes behind. Rare ones are looked up all at once; elsewhere all by fifty days after fifty days, until there are enough.
 */
const foundText = (most: number) => `
WITH ${asked('$1', '$2')}, newest AS MATERIALIZED (
  ${amongNewest('WHERE r.jurisdiction = $8::text', frequentNear)} ORDER BY r.id DESC LIMIT ${most}
), way AS MATERIALIZED (
  SELECT CASE WHEN (SELECT count(*) FROM newest) = ${most} THEN 'newest' WHEN share >= ${usualShare} THEN 'steps' ELSE 'all' END AS way,
    NOT by_whole AND typed >= ${usualShare} AS typed FROM asked
), near AS MATERIALIZED (
  SELECT n.* FROM (SELECT typed FROM way WHERE way = 'steps') AS w CROSS JOIN LATERAL ${ageSteps('$8', 'newest')} CROSS JOIN LATERAL (
    SELECT a.* FROM (
      SELECT r.jurisdiction, r.id FROM needs.need r
      WHERE ${wordsNear('r')} @@ ((CASE WHEN w.typed THEN $9::text ELSE ${lookUpBy('$4', '$5')} END) || ' & (' || steps.among || ')')::tsquery AND ${hasRest} AND ${seen.condition} OFFSET 0
    ) AS a ORDER BY a.id DESC LIMIT ${most}
  ) AS n LIMIT ${most}
), enough AS MATERIALIZED (
  SELECT way = 'newest' OR way = 'steps' AND (NOT typed OR (SELECT count(*) FROM near) = ${most}) AS near FROM way
), all_near AS MATERIALIZED (
  SELECT r.jurisdiction, r.id FROM needs.need r WHERE ${wordsNear('r')} @@ (${lookUpBy('$4', '$5')})::tsquery AND ${hasRest} AND ${seen.condition}
), first AS MATERIALIZED (
  SELECT * FROM newest WHERE (SELECT way = 'newest' FROM way)
  UNION ALL
  SELECT * FROM near WHERE (SELECT near FROM enough)
  UNION ALL
  (SELECT * FROM all_near r WHERE NOT (SELECT near FROM enough) ORDER BY r.id DESC LIMIT ${most})
), missing AS MATERIALIZED (
  SELECT ${most} - count(*) AS n FROM first
), newest_elsewhere AS MATERIALIZED (
  ${amongNewest('', frequentElsewhere)} AND r.jurisdiction <> $8::text AND (SELECT n FROM missing) > 0 ORDER BY r.id DESC LIMIT ${most}
), elsewhere AS MATERIALIZED (
  SELECT r.jurisdiction, r.id FROM ${ages} CROSS JOIN LATERAL (
    SELECT a.* FROM (
      SELECT r.jurisdiction, r.id FROM needs.need r
      WHERE ${wordsOfAge('r')} @@ ${atAge(lookUpBy('$6', '$7'), 'ages.mark')} AND r.jurisdiction <> $8::text AND ${hasRest} AND ${seen.condition} OFFSET 0
    ) AS a ORDER BY a.id DESC LIMIT ${most}
  ) AS r
)
SELECT f.jurisdiction, f.id FROM (
  SELECT *, 1 AS near FROM first
  UNION ALL
  SELECT *, 0 FROM newest_elsewhere WHERE (SELECT count(*) FROM newest_elsewhere) >= (SELECT n FROM missing)
  UNION ALL
  (SELECT *, 0 FROM elsewhere WHERE (SELECT count(*) FROM newest_elsewhere) < (SELECT n FROM missing) LIMIT ${most})
) AS f ORDER BY f.near DESC, f.id DESC LIMIT ${most}`

/** Needs by number or words, the last word as a beginning; those of the asker's county first, then the newest. */
export const listFoundNeeds: RecordFinder = async (tx, query, limit) => {
  if (query.number !== undefined) return byNumber(tx, query, limit)
  const words = { words: queryWords(query.text), begun: true }
  if (words.words.length === 0) return []
  // Nobody's county: no word stands behind it.
  const county = query.near ?? '-'
  const rows = await rowsOf<{ jurisdiction: string; id: string }>(tx, unseen(foundText(limit)), [
    ...wholeAndBegun(words),
    queryOf(words),
    queryOfWhole(words, county),
    queryOf(words, county),
    queryOfWhole(words, anyAge),
    queryOf(words, anyAge),
    county,
    queryOf({ ...words, begun: false }, county),
    ...seen.values.map((value) => value(query.scopes)),
  ])
  return rows.map((row) => joinId(row.jurisdiction, row.id))
}

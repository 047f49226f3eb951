// Needs: the SQL of imports: many needs with one statement, and which rows of which lists they were.
import { type DivisionCode, jurisdictionOf, splitId } from '../../../kit/id.ts'
import type { Instant } from '../../../kit/instant.ts'
import type { Cipher } from '../../../platform/crypto/cipher.ts'
import { rowsOf, type Tx } from '../../../platform/database.ts'
import type { Need } from '../rules.ts'
import { valuesOf } from '../store.ts'
import { columns } from './rows.ts'

const insertAllText = `
INSERT INTO needs.need (${columns.join(', ')}, updated_at, search)
SELECT ${columns.map((column) => `x.${column}`).join(', ')}, $2, to_tsvector('simple', e.row->>'search_words')
FROM jsonb_array_elements($1::jsonb) AS e(row), jsonb_populate_record(NULL::needs.need, e.row) AS x`

export type FoundNeed = { readonly need: Need; readonly search: string | undefined }

/** Inserts needs of one community: one statement, and one for the keys of those that are sealed. */
export async function insertNeeds(tx: Tx, cipher: Cipher, needs: readonly FoundNeed[], now: Instant): Promise<void> {
  const rows = await Promise.all(
    needs.map(async ({ need, search }) => {
      const values = await valuesOf(tx, cipher, need, true)
      const sealed = values.texts_sealed instanceof Buffer ? `\\x${values.texts_sealed.toString('hex')}` : null
      const texts = need.visibility === 'private' ? null : (need.texts ?? null)
      return {
        ...values,
        texts,
        files: need.files,
        history: need.history,
        texts_sealed: sealed,
        search_words: search ?? null,
      }
    }),
  )
  await rowsOf(tx, insertAllText, [JSON.stringify(rows), now])
}

const listRowsText =
  'SELECT source_key FROM needs.imported_row WHERE jurisdiction = $1 AND division = $2 AND source_key = ANY($3)'

/** Those of the keys whose rows are needs of this community already. */
export async function listImported(tx: Tx, division: DivisionCode, keys: readonly string[]): Promise<Set<string>> {
  const rows = await rowsOf<{ source_key: string }>(tx, listRowsText, [jurisdictionOf(division), division, [...keys]])
  return new Set(rows.map((row) => row.source_key))
}

// A second import of the same rows waits here for the first one's end and then gets none of them.
const claimText = `
INSERT INTO needs.imported_row (jurisdiction, division, source_key, need, imported_by, imported_at)
SELECT $1, $2, x.key, x.need, $4, $5 FROM jsonb_to_recordset($3::jsonb) AS x(key text, need uuid) ORDER BY x.key
ON CONFLICT DO NOTHING RETURNING source_key`

export type Claim = { readonly key: string; readonly need: string }

/** Claims rows for one import; answers the keys that nobody else has claimed. */
export async function insertImported(
  tx: Tx,
  division: DivisionCode,
  claims: readonly Claim[],
  by: string,
  now: Instant,
): Promise<Set<string>> {
  const rows = claims.map(({ key, need }) => ({ key, need: splitId(need).uuid }))
  const claimed = await rowsOf<{ source_key: string }>(tx, claimText, [
    jurisdictionOf(division),
    division,
    JSON.stringify(rows),
    by,
    now,
  ])
  return new Set(claimed.map((row) => row.source_key))
}

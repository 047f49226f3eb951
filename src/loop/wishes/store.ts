// Wishes: the SQL of single wishes.
import { asDivision, type Id, joinId, splitId } from '../../kit/id.ts'
import type { Instant } from '../../kit/instant.ts'
import { rowOf, type Tx } from '../../platform/database.ts'
import { recordReader } from '../../platform/records.ts'
import type { GiverKind, WishState } from './contract.ts'
import type { Claim, Wish } from './rules.ts'

/** The part of a claim that no column of its own holds. */
type ClaimRest = Pick<Claim, 'name' | 'related' | 'at' | 'deliverUntil'>

export type WishRow = {
  jurisdiction: string
  id: string
  division: string
  state: WishState
  version: number
  number_year: number
  number_value: bigint
  need: string
  need_private: boolean
  resident: string
  category: Wish['category']
  title: string
  body: string
  put_by: string | null
  giver_kind: GiverKind | null
  giver: string | null
  claimed_by: string | null
  claim: ClaimRest | null
  delivery: Wish['delivery'] | null
  confirm_until: Instant | null
  remark: string | null
  thanks: string | null
  thanks_public: boolean
  end_reason: Wish['endReason'] | null
  end_words: string | null
  history: Wish['history']
  created_at: Instant
}

const columns = [
  'jurisdiction',
  'id',
  'division',
  'state',
  'version',
  'number_year',
  'number_value',
  'need',
  'need_private',
  'resident',
  'category',
  'title',
  'body',
  'put_by',
  'giver_kind',
  'giver',
  'claimed_by',
  'claim',
  'delivery',
  'confirm_until',
  'remark',
  'thanks',
  'thanks_public',
  'end_reason',
  'end_words',
  'history',
  'created_at',
] as const
export const wishColumns = columns.map((column) => `w.${column}`).join(', ')
const changing = columns.filter(
  (column) =>
    ![
      'jurisdiction',
      'id',
      'division',
      'number_year',
      'number_value',
      'need',
      'need_private',
      'resident',
      'category',
      'title',
      'body',
      'created_at',
    ].includes(column),
)

const some = <T>(value: T | null): T | undefined => value ?? undefined

function claimOf(row: WishRow): Claim | undefined {
  if (row.claim === null || row.giver_kind === null || row.giver === null || row.claimed_by === null) return undefined
  return { kind: row.giver_kind, giver: row.giver, person: row.claimed_by as Id<'person'>, ...row.claim }
}

export function wishOf(row: WishRow): Wish {
  return {
    id: joinId(row.jurisdiction, row.id),
    number: { year: row.number_year, value: Number(row.number_value) },
    division: asDivision(row.division),
    state: row.state,
    version: row.version,
    need: row.need,
    needPrivate: row.need_private,
    resident: row.resident as Id<'person'>,
    category: row.category,
    title: row.title,
    text: row.body,
    putBy: some(row.put_by) as Id<'person'> | undefined,
    claim: claimOf(row),
    delivery: some(row.delivery),
    confirmUntil: some(row.confirm_until),
    remark: some(row.remark),
    thanks: some(row.thanks),
    thanksPublic: row.thanks_public,
    endReason: some(row.end_reason),
    endWords: some(row.end_words),
    createdAt: row.created_at,
    history: row.history,
  }
}

function valuesOf(wish: Wish): Record<(typeof columns)[number], unknown> {
  const { jurisdiction, uuid } = splitId(wish.id)
  const { claim } = wish
  const rest: ClaimRest | undefined = claim && {
    name: claim.name,
    related: claim.related,
    at: claim.at,
    deliverUntil: claim.deliverUntil,
  }
  return {
    jurisdiction,
    id: uuid,
    division: wish.division,
    state: wish.state,
    version: wish.version,
    number_year: wish.number.year,
    number_value: wish.number.value,
    need: wish.need,
    need_private: wish.needPrivate,
    resident: wish.resident,
    category: wish.category,
    title: wish.title,
    body: wish.text,
    put_by: wish.putBy ?? null,
    giver_kind: claim?.kind ?? null,
    giver: claim?.giver ?? null,
    claimed_by: claim?.person ?? null,
    claim: rest === undefined ? null : JSON.stringify(rest),
    delivery: wish.delivery === undefined ? null : JSON.stringify(wish.delivery),
    confirm_until: wish.confirmUntil ?? null,
    remark: wish.remark ?? null,
    thanks: wish.thanks ?? null,
    thanks_public: wish.thanksPublic,
    end_reason: wish.endReason ?? null,
    end_words: wish.endWords ?? null,
    history: JSON.stringify(wish.history),
    created_at: wish.createdAt,
  }
}

/** One, one to be changed, many. */
export const {
  find: findWish,
  findForUpdate: findWishForUpdate,
  list: listWishesByIds,
} = recordReader<WishRow, Wish>(wishColumns, 'wishes.wish w', wishOf)

/** The wish of a need that is asked for or offered and not yet on the board, locked. */
export async function findWaitingWishForUpdate(tx: Tx, need: string): Promise<Wish | undefined> {
  const row = await rowOf<WishRow>(
    tx,
    `SELECT ${wishColumns} FROM wishes.wish w WHERE w.jurisdiction = $1 AND w.need = $2 AND w.state IN ('asked', 'offered') FOR UPDATE`,
    [splitId(need).jurisdiction, need],
  )
  return row === undefined ? undefined : wishOf(row)
}

/** Keeps a new wish; false when its need has one already that is not over. */
export async function insertWish(tx: Tx, wish: Wish, search: string): Promise<boolean> {
  const values = valuesOf(wish)
  const row = await rowOf(
    tx,
    `INSERT INTO wishes.wish (${columns.join(', ')}, updated_at, search)
     VALUES (${columns.map((_, index) => `$${index + 1}`).join(', ')}, $${columns.length}, to_tsvector('simple', $${columns.length + 1}::text))
     ON CONFLICT (jurisdiction, need) WHERE state IN ('asked', 'offered', 'open', 'claimed', 'delivered') DO NOTHING RETURNING id`,
    [...columns.map((column) => values[column]), search],
  )
  return row !== undefined
}

/** Saves a locked wish. Its wording never changes once it stands. */
export async function saveWish(tx: Tx, wish: Wish, now: Instant): Promise<void> {
  const values = valuesOf(wish)
  await rowOf(
    tx,
    `UPDATE wishes.wish SET ${changing.map((column, index) => `${column} = $${index + 3}`).join(', ')}, updated_at = $${changing.length + 3}
     WHERE jurisdiction = $1 AND id = $2`,
    [values.jurisdiction, values.id, ...changing.map((column) => values[column]), now],
  )
}

// Needs: what other domains may ask and do. Routes (deliberation, projects, wishes) take needs up, end, and answer them here.
import type { Reach } from '../../kit/actor.ts'
import { asDivision, type DivisionCode, joinId, type RecordRef } from '../../kit/id.ts'
import type { Instant } from '../../kit/instant.ts'
import { allow, refuse, type Ruling } from '../../kit/ruling.ts'
import type { Act } from '../../platform/action.ts'
import type { Tx } from '../../platform/database.ts'
import type { Platform } from '../../platform/platform.ts'
import * as categories from './actions/categories.ts'
import { endRouteOf, giveAnswers, takeRouteOf, withdrawFromRouteOf } from './actions/routes-of-needs.ts'
import type { NeedRoute, NeedState } from './contract.ts'
import type { TakingRoute } from './rules/desk.ts'
import type { Need } from './rules.ts'
import { reachOf, shownNumber } from './rules.ts'
import { type ConfirmedText, listConfirmedTexts } from './store/similar.ts'
import { listConcernedPersons } from './store/supports.ts'
import { listNeedRows, listNeedsForUpdate, textsOf } from './store.ts'

/** A need as other domains show it. A private need has no title here. */
export type NeedCard = {
  readonly id: string
  readonly number?: string
  readonly title?: string
  readonly division: DivisionCode
  readonly state: NeedState
  readonly category: string
  readonly residentId: string
  readonly visibility: 'public' | 'private'
  readonly supports: number
  readonly verifiedSupports: number
  readonly route?: NeedRoute
  /** The resident's word on the answer; `unconfirmed` when none came in time. */
  readonly verdict?: Need['verdict']
}

/** Cards of needs; unknown ids are left out. */
export async function listNeeds(tx: Tx, ids: readonly string[]): Promise<NeedCard[]> {
  const rows = await listNeedRows(tx, ids)
  return rows.map((row) => ({
    id: joinId<'need'>(row.jurisdiction, row.id),
    number:
      row.number_year === null || row.number_value === null
        ? undefined
        : shownNumber({ number: { year: row.number_year, value: Number(row.number_value) } }),
    title: row.visibility === 'public' ? row.texts?.title : undefined,
    division: asDivision(row.division),
    state: row.state,
    category: row.category,
    residentId: row.resident,
    visibility: row.visibility,
    supports: row.supports,
    verifiedSupports: row.verified_supports,
    route: row.route ?? undefined,
    verdict: row.verdict ?? undefined,
  }))
}

/** What residents wrote, by need, private ones opened: for whoever was found to be a reader of each. */
export async function listSentences(platform: Platform, tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await listNeedRows(tx, ids)
  const opened = await Promise.all(
    rows.map(async (row) => [joinId(row.jurisdiction, row.id), await textsOf(tx, platform.cipher, row)] as const),
  )
  return new Map(opened.flatMap(([id, texts]) => (texts === undefined ? [] : [[id, texts.title]])))
}

/** Residents who raised or support the needs (or needs merged with them), each once. */
export async function listConcerned(tx: Tx, needs: readonly string[]): Promise<string[]> {
  return listConcernedPersons(tx, needs)
}

async function locked(act: Act, ids: readonly string[]): Promise<Ruling<Need[]>> {
  if (ids.length === 0) return allow([])
  const needs = await listNeedsForUpdate(act.tx, act.platform.cipher, ids)
  return needs.length === new Set(ids).size ? allow(needs) : refuse('need-unknown')
}

/** A locked need between being looked at and being taken up: its card, and what only this domain opens. */
export type HeldNeed = { readonly card: NeedCard; readonly reach: Reach; readonly need: Need }

/** Locks needs that another record may take up or give back; unknown ids are left out. One statement, none for none. */
export async function holdNeeds(act: Act, ids: readonly string[]): Promise<HeldNeed[]> {
  if (ids.length === 0) return []
  return (await listNeedsForUpdate(act.tx, act.platform.cipher, ids)).map(heldNeed)
}

function heldNeed(need: Need): HeldNeed {
  const { division, state, category, visibility, supports, verifiedSupports, route, verdict } = need
  const title = visibility === 'public' ? need.texts?.title : undefined
  return {
    need,
    reach: reachOf(need),
    card: {
      id: need.id,
      number: shownNumber(need),
      title,
      division,
      state,
      category,
      residentId: need.resident,
      visibility,
      supports,
      verifiedSupports,
      route,
      verdict,
    },
  }
}

/**
 * Takes held needs onto a route: accepted ones, or those in deliberation on to their project. All or none. Refuses not-in-this-state,
 * need-on-other-route. Tells the residents. `plannedUntil`: date of the plan's next station, by default needs.plan-days ahead.
 */
export async function takeHeldNeeds(
  act: Act,
  held: readonly HeldNeed[],
  input: { route: TakingRoute; by: RecordRef; plannedUntil?: Instant },
): Promise<Ruling<void>> {
  const taken = await takeRouteOf(
    act,
    held.map(({ need }) => need),
    input,
  )
  return taken.ok ? allow(undefined) : taken
}

/** Like endRoute, of needs that are held. */
export async function endRouteOfHeld(
  act: Act,
  held: readonly HeldNeed[],
  input: { by: RecordRef; reason: string },
): Promise<Ruling<void>> {
  const still = held.flatMap(({ need }) => (has(need, input.by) ? [need] : []))
  const ended = await endRouteOf(act, still, input)
  return ended.ok ? allow(undefined) : ended
}

/** Ends the route and withdraws the need, by its resident. Refuses need-unknown and need-on-other-route. */
export async function withdrawFromRoute(
  act: Act,
  input: { need: string; by: RecordRef; reason: string },
): Promise<Ruling<void>> {
  const needs = await locked(act, [input.need])
  if (!needs.ok) return needs
  const [need] = needs.value
  return need === undefined ? refuse('need-unknown') : withdrawFromRouteOf(act, need, input)
}

/**
 * Ends the route of those of the needs that `by` still has: back to accepted, the reason code kept, the residents told. Needs that moved on
 * are left as they are.
 */
export async function endRoute(
  act: Act,
  input: { needs: readonly string[]; by: RecordRef; reason: string },
): Promise<Ruling<void>> {
  const needs = await locked(act, input.needs)
  if (!needs.ok) return needs
  const still = needs.value.filter((need) => has(need, input.by))
  const ended = await endRouteOf(act, still, input)
  return ended.ok ? allow(undefined) : ended
}

/** Answers those of the needs that `by` still has: the residents are told and asked for their verdict. */
export async function answerNeeds(
  act: Act,
  input: { needs: readonly string[]; words: string; by: RecordRef },
): Promise<Ruling<void>> {
  const needs = await locked(act, input.needs)
  if (!needs.ok) return needs
  const still = needs.value.filter((need) => has(need, input.by))
  const answered = await giveAnswers(act, still, { words: input.words, by: input.by })
  return answered.ok ? allow(undefined) : answered
}

function has(need: Need, by: RecordRef): boolean {
  return need.state === 'responding' && need.routeBy?.kind === by.kind && need.routeBy.id === by.id
}

/** Open needs with the categories that workers confirmed, in pages: what the classifier may learn from. Private needs are never among them. */
export async function* confirmedCategories(tx: Tx): AsyncGenerator<{ category: string; text: string }> {
  const size = 500
  let page: ConfirmedText[] = []
  do {
    page = await listConfirmedTexts(tx, page.at(-1), size)
    for (const { category, title, text } of page) yield { category, text: `${title}。${text}` }
  } while (page.length === size)
}

/** A text with the category that a person gave it. */
export type LabelledNeed = categories.LabelledNeed

/** Where the program reads the classifier's model. */
export const categoryModelFile = categories.categoryModelFile

/** Trains the classifier of categories; answers its file. The same rows in the same order give the same file. */
export function trainCategoryModel(rows: readonly LabelledNeed[]): ReturnType<typeof categories.trainCategoryModel> {
  return categories.trainCategoryModel(rows)
}

/** The model of a file's content: what the measurement on labelled messages looks at. */
export function categoryModelOf(content: unknown): categories.CategoryModel {
  return categories.categoryModelOf(content)
}

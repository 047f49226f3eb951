// Needs: the questions: board, mine, desk, similar, and the record with what its reader may do.
import { divisionName } from '../../../foundation/divisions/public.ts'
import { holds, may, scopesOf } from '../../../kit/actor.ts'
import type { OutputOf } from '../../../kit/endpoint.ts'
import { asDivision, type DivisionCode, joinId, within } from '../../../kit/id.ts'
import { isAfter } from '../../../kit/instant.ts'
import { type ActionView, actionsOf } from '../../../kit/record-view.ts'
import { today } from '../../../kit/plain-date.ts'
import { absent, allow, forbid, type Ruling } from '../../../kit/ruling.ts'
import { type Ask, question } from '../../../platform/action.ts'
import { queryWords, tokens } from '../../../platform/search/tokens.ts'
import * as contract from '../contract.ts'
import {
  declineIsFinal,
  isOverdue,
  isResident,
  mayRead,
  mayWorkOn,
  type Need,
  needVerbPermissions,
  type NeedVerb,
  reachOf,
  shownNumber,
  standing,
} from '../rules.ts'
import { isAwayOn } from '../rules/absence.ts'
import { listAbsencesOf, listAwayAt } from '../store/holders.ts'
import { findSeenNeed, textsOf } from '../store.ts'
import { needOf, type NeedRow } from '../store/rows.ts'
import { type DeskFilter, type DeskPage, listDesk } from '../store/desk.ts'
import { listBoard, type ListedNeed, listMine, listNamedPlaces } from '../store/lists.ts'
import { listSimilar } from '../store/similar.ts'
import { waitingOfNeed } from '../waiting.ts'

type Row = OutputOf<typeof contract.listNeeds>['rows'][number]

export const joinRowId = (row: Pick<NeedRow, 'jurisdiction' | 'id'>) => joinId<'need'>(row.jurisdiction, row.id)

/** A list row as its reader sees it. */
export function rowView(row: ListedNeed, now: Ask['now'], title: string | undefined): Row {
  const open = row.state === 'submitted' || row.state === 'accepted' || row.state === 'responding'
  return {
    id: joinRowId(row),
    version: row.version,
    number:
      row.number_year === null || row.number_value === null
        ? undefined
        : shownNumber({ number: { year: row.number_year, value: Number(row.number_value) } }),
    title,
    private: row.visibility === 'private',
    state: row.state,
    category: row.category,
    urgency: row.urgency,
    division: row.division,
    divisionName: divisionName(row.division),
    supports: row.supports,
    verifiedSupports: row.verified_supports,
    submittedAt: row.submitted_at ?? undefined,
    dueAt: row.due_at ?? undefined,
    overdue: open && row.paused_at === null && row.due_at !== null && isAfter(now, row.due_at),
    holder: row.holder === null ? undefined : { id: row.holder, name: row.holder_name ?? '' },
    route: row.route ?? undefined,
  }
}

/** The titles of private rows opened, for readers who may read them all. Keys of one page are fetched with one statement. */
async function opened(ask: Ask, rows: readonly ListedNeed[]): Promise<Row[]> {
  return Promise.all(
    rows.map(async (row) =>
      rowView(row, ask.now, row.title ?? (await textsOf(ask.tx, ask.platform.cipher, row))?.title),
    ),
  )
}

export const listNeeds = question(contract.listNeeds, async (ask, { query }) => {
  const page = await listBoard(ask.tx, query)
  return allow({ rows: page.rows.map((row) => rowView(row, ask.now, row.title ?? undefined)), next: page.next })
})

export const listMyNeeds = question(contract.listMyNeeds, async (ask, { query }) => {
  if (ask.actor.kind !== 'person') return allow({ rows: [] })
  const page = await listMine(ask.tx, ask.actor.personId, query)
  return allow({ rows: await opened(ask, page.rows), next: page.next })
})

/** The place asked for must lie in the reader's own; without one, the reader's first. */
function placeOf(ask: Ask, asked: DivisionCode | undefined): DivisionCode | undefined {
  const mine = ask.scopes.divisions
  if (asked === undefined) return mine[0]
  return mine.some((division) => within(asked, division)) ? asked : undefined
}

export const listDeskNeeds = question(contract.listDeskNeeds, async (ask, { query }) => {
  const place = placeOf(ask, query.division)
  if (place === undefined) return forbid('forbidden')
  const { departments } = ask.scopes
  const reach = { division: place, departments }
  const every: DeskFilter = {
    place,
    departments,
    state: query.state,
    category: query.category,
    sort: query.sort,
    size: query.size,
    cursor: query.cursor,
    privates: may(ask.actor, 'needs.readPrivate', reach)
      ? 'all'
      : scopesOf(ask.actor, 'needs.readRaised').divisions.some((own) => within(place, own))
        ? 'raised'
        : 'none',
    ...(await holderFilter(ask, place, query.holder)),
    overdueAt: query.overdue === undefined ? undefined : ask.now,
  }
  const page = await searched(ask, every, query.q)
  return allow({
    rows: await withAbsences(ask, place, await opened(ask, page.rows)),
    next: page.next,
    count: page.count,
  })
})

/** The page of what was typed, as whole words; where nothing has them, the last one counts as the beginning of a word (people type on). */
async function searched(ask: Ask, every: DeskFilter, typed: string | undefined): Promise<DeskPage> {
  const words = queryWords(typed ?? '')
  // A text without a word is no filter.
  if (words.length === 0) return listDesk(ask.tx, every)
  const whole = await listDesk(ask.tx, { ...every, words: { words, begun: false } })
  return whole.rows.length > 0 ? whole : listDesk(ask.tx, { ...every, words: { words, begun: true } })
}

/** What the asked-for holder means: me, somebody, or whoever is away today. */
async function holderFilter(
  ask: Ask,
  place: DivisionCode,
  holder: string | undefined,
): Promise<Pick<DeskFilter, 'holder' | 'heldBy'>> {
  if (holder === 'away') return { heldBy: await listAwayAt(ask.tx, place, today(ask.now)) }
  return { holder: holder === 'me' ? (ask.actor.kind === 'person' ? ask.actor.personId : 'nobody') : holder }
}

/** Marks the rows whose holder is away today. One statement for the page, none where nobody holds anything. */
async function withAbsences(ask: Ask, place: DivisionCode, rows: Row[]): Promise<Row[]> {
  const day = today(ask.now)
  // A list over more than one county shows no absences: they are the community's own business.
  const jurisdictions = [...new Set(rows.map((row) => row.id.slice(0, 6)))]
  const [jurisdiction = ''] = jurisdictions
  if (place.length < 12 || jurisdictions.length !== 1) return rows
  const persons = rows.flatMap((row) => row.holder?.id ?? [])
  const away = new Map(
    (await listAbsencesOf(ask.tx, jurisdiction, persons, day))
      .filter((absence) => isAwayOn(absence, day))
      .map((absence) => [absence.person as string, absence.until]),
  )
  return rows.map((row) => ({ ...row, holderAwayUntil: away.get(row.holder?.id ?? '') }))
}
export const listNeedPlaces = question(contract.listNeedPlaces, async (ask, { query }) =>
  allow({ rows: await listNamedPlaces(ask.tx, query.division) }),
)

export const listSimilarNeeds = question(contract.listSimilarNeeds, async (ask, { body }) => {
  // Single characters join everything with everything.
  const words = tokens(body.text)
    .filter((word) => word.length >= 2)
    .slice(0, 30)
  if (words.length === 0) return allow({ rows: [] })
  const rows = await listSimilar(ask.tx, words, body.division, body.except, 6)
  return allow({
    rows: rows.map((row) => ({
      ...rowView(row, ask.now, row.title ?? undefined),
      sameCommunity: within(asDivision(row.division), body.division.slice(0, 12) as DivisionCode),
    })),
  })
})

const verbPermissions = Object.entries(needVerbPermissions) as [NeedVerb, string][]

/** Every verb of the record for this reader, in the order of the table; verbs of which the reader holds no permission are left out. */
function actionsFor(ask: Ask, need: Need, supported: boolean): ActionView[] {
  const rulings: Record<string, Ruling<unknown>> = {}
  for (const [verb, permission] of verbPermissions) {
    if (!holds(ask.actor, permission)) continue
    if ((verb === 'retractSupport') !== supported && (verb === 'retractSupport' || verb === 'supportNeed')) continue
    const anyone = permission === 'needs.supportNeed'
    const reaches = may(ask.actor, permission, { ...reachOf(need), anyone })
    // A neighbour is not shown what only the resident or the desk of the place may do.
    if (!reaches && !mayWorkOn(need, ask.actor)) continue
    rulings[verb] = reaches ? standing(need, verb, ask.actor, ask.now) : forbid('forbidden')
  }
  return actionsOf(rulings)
}

function nextOf(need: Need): OutputOf<typeof contract.getNeed>['next'] {
  return waitingOfNeed(need).map((item) => ({
    verb: item.verb,
    due: item.due,
    by:
      item.person !== undefined
        ? ('resident' as const)
        : item.permission === 'needs.readRaised'
          ? ('township' as const)
          : item.permission === 'needs.assignNeed'
            ? ('leader' as const)
            : item.department !== undefined
              ? ('department' as const)
              : ('community' as const),
  }))
}

function recordOf(ask: Ask, need: Need, supported: boolean): OutputOf<typeof contract.getNeed> {
  const worker = mayWorkOn(need, ask.actor)
  const mine = isResident(need, ask.actor)
  const { texts } = need
  return {
    id: need.id,
    version: need.version,
    number: shownNumber(need),
    state: need.state,
    division: need.division,
    divisionName: divisionName(need.division),
    grid: need.grid,
    title: texts?.title,
    text: texts?.text,
    place: texts?.place,
    point: texts?.point,
    answers: texts?.answers && [...texts.answers],
    category: need.category,
    forWhom: need.forWhom,
    urgency: need.urgency,
    visibility: need.visibility,
    source: need.source,
    onBehalf: need.submittedBy !== undefined,
    supports: need.supports,
    verifiedSupports: need.verifiedSupports,
    supported,
    mine,
    residentName: worker || mine ? need.residentMasked : undefined,
    holder: need.holder,
    route: need.route,
    routeHint: need.routeHint,
    routeBy: need.routeBy,
    department: need.department,
    firstRaised: need.firstRaised,
    submittedAt: need.submittedAt,
    dueAt: need.dueAt,
    paused: need.pausedAt !== undefined,
    overdue: isOverdue(need, ask.now),
    raised: need.raised,
    history: [...need.history],
    next: nextOf(need),
    decline:
      need.declineReason === undefined
        ? undefined
        : {
            reason: need.declineReason,
            words: texts?.decline,
            appealUntil: need.appealedAt === undefined ? need.appealUntil : undefined,
            final: declineIsFinal(need, ask.now),
          },
    mergedInto: need.mergedInto,
    endReason: need.endReason,
    talk: worker || mine ? [...(texts?.talk ?? [])] : [],
    answer: need.answeredAt === undefined ? undefined : { words: texts?.answer, at: need.answeredAt },
    verdict:
      need.verdict === undefined
        ? undefined
        : { value: need.verdict, rating: need.rating, words: texts?.verdict, verified: need.verdictVerified },
    verdictUntil: need.verdictUntil,
    files: [...need.files],
    actions: actionsFor(ask, need, supported),
  }
}

/** Whether the row may be read decides before anything is opened. */
async function readable(ask: Ask, row: NeedRow): Promise<Need | undefined> {
  const sealed = needOf(row, undefined)
  return mayRead(sealed, ask.actor) ? needOf(row, await textsOf(ask.tx, ask.platform.cipher, row)) : undefined
}

export const getNeed = question(contract.getNeed, async (ask, { params }) => {
  const me = ask.actor.kind === 'person' ? ask.actor.personId : undefined
  const row = await findSeenNeed(ask.tx, params.id, me, today(ask.now))
  const need = row === undefined ? undefined : await readable(ask, row)
  if (need === undefined) return absent()
  const away = mayWorkOn(need, ask.actor) ? (row?.holder_away_until ?? undefined) : undefined
  return allow({ ...recordOf(ask, need, row?.supported ?? false), holderAwayUntil: away })
})

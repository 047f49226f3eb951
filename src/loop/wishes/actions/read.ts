// Wishes: the questions: board, mine, desk, the record with what its reader may do, supporting bodies, the ranking of givers.
import { divisionName } from '../../../foundation/divisions/public.ts'
import { holds, may } from '../../../kit/actor.ts'
import type { OutputOf } from '../../../kit/endpoint.ts'
import { type DivisionCode, within } from '../../../kit/id.ts'
import { type ActionView, actionsOf } from '../../../kit/record-view.ts'
import { absent, allow, forbid, invalid, type Ruling } from '../../../kit/ruling.ts'
import { type Ask, question } from '../../../platform/action.ts'
import { cursorOf, readCursor } from '../../../platform/cursor.ts'
import { tsqueryText } from '../../../platform/search/tokens.ts'
import { listNeeds } from '../../needs/public.ts'
import * as contract from '../contract.ts'
import * as givers from '../contract/givers.ts'
import {
  isConcerned,
  isGiver,
  isResident,
  judgedWish,
  mayRead,
  shownNumber,
  standing,
  type Wish,
  wishVerbs,
} from '../rules.ts'
import { type Body, bodyVerbPermissions, type BodyVerb, judgedBody, standingOfBody } from '../rules/givers.ts'
import { findBody, listBodiesOf, listBodiesOfPerson } from '../store/givers.ts'
import { listStandings, listWishesOf, listWishesOfPerson } from '../store/lists.ts'
import { findWish } from '../store.ts'

type Row = OutputOf<typeof contract.listWishes>['rows'][number]

const giverView = ({ claim }: Wish) => claim && { kind: claim.kind, name: claim.name }

function rowView(wish: Wish): Row {
  return {
    id: wish.id,
    number: shownNumber(wish),
    title: wish.title,
    state: wish.state,
    category: wish.category,
    division: wish.division,
    divisionName: divisionName(wish.division),
    createdAt: wish.createdAt,
    giver: giverView(wish),
    deliverUntil: wish.state === 'claimed' ? wish.claim?.deliverUntil : undefined,
  }
}

export const listWishes = question(contract.listWishes, async (ask, { query }) => {
  const page = await listWishesOf(ask.tx, { ...query, place: query.division })
  return allow({ rows: page.rows.map(rowView), next: page.next })
})

export const listMyWishes = question(contract.listMyWishes, async (ask, { query }) => {
  if (ask.actor.kind !== 'person') return allow({ rows: [] })
  const page = await listWishesOfPerson(ask.tx, { ...query, person: ask.actor.personId })
  return allow({ rows: page.rows.map(rowView), next: page.next })
})

/** The place asked for must lie in the reader's own; without one, the reader's first. */
function placeOf(ask: Ask, asked: DivisionCode | undefined): DivisionCode | undefined {
  const mine = ask.scopes.divisions
  if (asked === undefined) return mine[0]
  return mine.some((division) => within(asked, division)) ? asked : undefined
}

export const listDeskWishes = question(contract.listDeskWishes, async (ask, { query }) => {
  const place = placeOf(ask, query.division)
  if (place === undefined) return forbid('forbidden')
  const { state, category, size, cursor } = query
  const page = await listWishesOf(ask.tx, {
    place,
    state,
    category,
    size,
    cursor,
    all: true,
    query: query.q === undefined ? undefined : tsqueryText(query.q),
  })
  return allow({ rows: page.rows.map(rowView), next: page.next })
})

/** Every verb of the record for this reader; verbs that are others' altogether are left out. */
function actionsFor(ask: Ask, wish: Wish): ActionView[] {
  const rulings: Record<string, Ruling<unknown>> = {}
  for (const [verb, { side, permission }] of Object.entries(wishVerbs) as [
    keyof typeof wishVerbs,
    (typeof wishVerbs)[keyof typeof wishVerbs],
  ][]) {
    if (holds(ask.actor, permission) && may(ask.actor, permission, judgedWish(wish, side).reach))
      rulings[verb] = standing(wish, verb, ask.actor)
  }
  return actionsOf(rulings)
}

/** The need behind a wish: a private one is nobody's to know but of those who may read it. */
async function needOf(ask: Ask, wish: Wish): Promise<OutputOf<typeof contract.getWish>['need']> {
  const knows =
    !wish.needPrivate || isResident(wish, ask.actor) || may(ask.actor, 'needs.readPrivate', { division: wish.division })
  if (!knows) return undefined
  const [card] = await listNeeds(ask.tx, [wish.need])
  return { id: wish.need, number: card?.number, private: wish.needPrivate }
}

export const getWish = question(contract.getWish, async (ask, { params }) => {
  const wish = await findWish(ask.tx, params.id)
  if (wish === undefined || !mayRead(wish, ask.actor)) return absent()
  const concerned = isConcerned(wish, ask.actor)
  const { claim, delivery } = wish
  return allow({
    id: wish.id,
    version: wish.version,
    number: shownNumber(wish),
    title: wish.title,
    text: wish.text,
    state: wish.state,
    category: wish.category,
    division: wish.division,
    divisionName: divisionName(wish.division),
    mine: isResident(wish, ask.actor),
    myClaim: isGiver(wish, ask.actor),
    need: await needOf(ask, wish),
    giver: giverView(wish),
    claimedAt: claim?.at,
    deliverUntil: wish.state === 'claimed' ? claim?.deliverUntil : undefined,
    delivery: concerned && delivery !== undefined ? { ...delivery, files: [...delivery.files] } : undefined,
    confirmUntil: wish.confirmUntil,
    remark: concerned ? wish.remark : undefined,
    thanks:
      wish.thanks !== undefined && (wish.thanksPublic || isResident(wish, ask.actor) || isGiver(wish, ask.actor))
        ? { words: wish.thanks, public: wish.thanksPublic }
        : undefined,
    ended: wish.endReason === undefined ? undefined : { reason: wish.endReason, words: wish.endWords },
    history: [...wish.history],
    actions: actionsFor(ask, wish),
  })
})

const bodyView = (body: Body) => ({
  id: body.id,
  kind: body.kind,
  name: body.name,
  state: body.state,
  division: body.division,
  divisionName: divisionName(body.division),
  createdAt: body.createdAt,
})

export const listBodies = question(givers.listBodies, async (ask, { query }) => {
  const place = placeOf(ask, query.division)
  if (place === undefined) return forbid('forbidden')
  const page = await listBodiesOf(ask.tx, { ...query, place })
  return allow({ rows: page.rows.map(bodyView), next: page.next })
})

export const listMyBodies = question(givers.listMyBodies, async (ask) =>
  allow({
    rows: ask.actor.kind === 'person' ? (await listBodiesOfPerson(ask.tx, ask.actor.personId)).map(bodyView) : [],
  }),
)

export const getBody = question(givers.getBody, async (ask, { params }) => {
  const body = await findBody(ask.tx, params.id)
  if (body === undefined) return absent()
  const judged = judgedBody(body)
  const hidden = ask.see(judged)
  if (hidden !== undefined) return hidden
  const rulings: Record<string, Ruling<unknown>> = {}
  for (const [verb, permission] of Object.entries(bodyVerbPermissions) as [BodyVerb, string][])
    if (may(ask.actor, permission, judged.reach)) rulings[verb] = standingOfBody(body, verb)
  return allow({
    ...bodyView(body),
    version: body.version,
    uscc: body.uscc,
    words: body.words,
    person: body.personMasked,
    mine: ask.actor.kind === 'person' && ask.actor.personId === body.person,
    endWords: body.endWords,
    history: [...body.history],
    actions: actionsOf(rulings),
  })
})

export const listGivers = question(givers.listGivers, async (ask, { query }) => {
  // Cells are kept for a county and below: above, nobody is compared.
  if (query.division.length < 6 || query.division.length > 12)
    return invalid([{ path: 'query.division', code: 'place-too-wide' }])
  // Number and giver of the last row, its rank, and how many rows stood before.
  const [helped, giver, lastRank, before] = readCursor(query.cursor, 4) ?? []
  const after = giver === undefined ? undefined : { helped: Number(helped), giver }
  const found = await listStandings(ask.tx, { place: query.division, year: query.year, size: query.size + 1, after })
  let position = Number(before ?? 0)
  let rank = Number(lastRank ?? 0)
  let previous = after?.helped
  const rows = found.slice(0, query.size).map((row) => {
    position += 1
    if (row.helped !== previous) rank = position
    previous = row.helped
    return { rank, kind: row.kind, name: row.name, helped: row.helped }
  })
  const last = found[rows.length - 1]
  return allow({
    rows,
    next:
      found.length > query.size && last !== undefined
        ? cursorOf([String(last.helped), last.giver, String(rank), String(position)])
        : undefined,
  })
})

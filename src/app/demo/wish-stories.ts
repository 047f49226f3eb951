// Stories of wishes: one for each state, and two supporting bodies, one confirmed and one that waits.
import { makeUscc } from '../../kit/chinese-ids.ts'
import * as claims from '../../loop/wishes/contract/claims.ts'
import * as givers from '../../loop/wishes/contract/givers.ts'
import * as wishes from '../../loop/wishes/contract.ts'
import * as desk from '../../loop/needs/contract/desk.ts'
import * as needs from '../../loop/needs/contract.ts'
import type { BodyContent, WishContent } from './content.ts'
import type { Player, Teller } from './story.ts'

/** How many working days before the end a story must begin to come to its ending, about. */
export const wishDays: Readonly<Record<WishContent['ending'], number>> = {
  asked: 6,
  offered: 6,
  open: 8,
  claimed: 9,
  delivered: 14,
  confirmed: 40,
  unconfirmed: 60,
  'fell-back': 24,
}

export type WishCast = {
  readonly resident: Player
  readonly giver: Player
  readonly worker: Player
  readonly head: Player
  /** Whose confirmed body claims where the story says so. */
  readonly bodyPerson: Player
}

/** A person applies for a supporting body; another person of the community confirms it. */
export async function tellBody(
  teller: Teller,
  person: Player,
  head: Player,
  content: BodyContent,
  index: number,
): Promise<void> {
  const uscc = makeUscc({
    authority: '9',
    category: '2',
    division: '320505',
    orgBody: `MA1DEM${index % 10}${index}`.slice(0, 8),
  })
  const { id } = await teller.act(person, givers.applyAsBody, {
    body: {
      kind: content.kind,
      name: content.name,
      words: content.words,
      division: person.division,
      ...(content.kind === 'enterprise' ? { uscc } : {}),
    },
  })
  if (!content.confirmed) return
  await teller.pass(2)
  await teller.act(head, givers.confirmBody, { params: { id } })
}

async function claim(teller: Teller, cast: WishCast, content: WishContent, id: string): Promise<Player> {
  const params = { id }
  if (content.by === 'body') {
    const { rows } = await teller.act(cast.bodyPerson, givers.listMyBodies)
    const body = rows.find((row) => row.state === 'confirmed')
    if (body !== undefined) {
      await teller.act(cast.bodyPerson, claims.claimWish, { params, body: { as: 'supporting-body', body: body.id } })
      return cast.bodyPerson
    }
  }
  await teller.act(cast.giver, claims.claimWish, {
    params,
    body: content.shownName === undefined ? {} : { shownName: content.shownName },
  })
  return cast.giver
}

/** Tells one wish from its need to its ending. */
export async function tellWish(teller: Teller, cast: WishCast, content: WishContent): Promise<void> {
  const { ending } = content
  const need = await teller.act(cast.resident, needs.submitNeed, {
    body: {
      text: content.need,
      category: content.category as never,
      division: cast.resident.division,
      visibility: content.private ? 'private' : 'public',
      files: [],
    },
  })
  await teller.pass(0.5)
  await teller.act(cast.worker, desk.acceptNeed, {
    params: { id: need.id },
    body: { category: content.category as never, routeHint: 'wish' },
  })
  await teller.pass(0.5)
  const wording = { need: need.id, title: content.title, text: content.text }
  if (ending === 'asked') {
    await teller.act(cast.resident, wishes.askForWish, { body: wording })
    return
  }
  const { id } = await teller.act(cast.worker, wishes.putUpWish, { body: { ...wording, noMoney: true } })
  if (ending === 'offered' || ending === 'open') return
  await teller.pass(1)
  const giver = await claim(teller, cast, content, id)
  if (ending === 'claimed' || ending === 'fell-back') return
  const params = { id }
  await teller.pass(4)
  await teller.act(giver, claims.deliverWish, { params, body: { words: content.delivery, files: [] } })
  if (ending !== 'confirmed') return
  await teller.pass(1)
  await teller.act(cast.resident, claims.confirmWish, { params })
  await teller.act(cast.resident, claims.thankGiver, { params, body: { words: content.thanks, public: true } })
  await teller.pass(2)
  await teller.act(cast.resident, needs.giveVerdict, {
    params: { id: need.id },
    body: { verdict: 'met', rating: 5, words: content.thanks },
  })
}

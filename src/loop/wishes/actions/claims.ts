// Wishes: granting one: claim, give back, take away, deliver, confirm, thank.
import { mayActFor } from '../../../foundation/identity/public.ts'
import type { InputOf } from '../../../kit/endpoint.ts'
import { forbid, invalid, type Ruling } from '../../../kit/ruling.ts'
import { type Act, action } from '../../../platform/action.ts'
import { listOrganizations } from '../../../registers/organizations/public.ts'
import { answerNeeds } from '../../needs/public.ts'
import * as contract from '../contract/claims.ts'
import * as rules from '../rules.ts'
import { decide, type Wish } from '../rules.ts'
import { giverOf, type KnownGiver } from '../rules/givers.ts'
import { wordFaults } from '../rules/wording.ts'
import { findBody } from '../store/givers.ts'
import { change, periodOf, refOf, tell } from './recording.ts'

type ClaimBody = InputOf<typeof contract.claimWish>['body']

/** The giver that was named, as the registers know it. */
async function knownGiver(act: Act, body: ClaimBody): Promise<KnownGiver | undefined> {
  if (body.as === 'organization' && body.organization !== undefined) {
    const card = (await listOrganizations(act.tx, [body.organization])).get(body.organization)
    if (card === undefined) return undefined
    const { name, state, illegal, division } = card
    return { name, division, inForce: (state === 'registered' || state === 'filed') && !illegal }
  }
  if (body.as === 'supporting-body' && body.body !== undefined) {
    const found = await findBody(act.tx, body.body)
    if (found === undefined) return undefined
    const { name, division, person, state } = found
    return { name, division, person, inForce: state === 'confirmed' }
  }
  return undefined
}

/** Whether giver and resident belong together: family stands on record as each other's proxy. Households come with the register of grids. */
async function isRelated(act: Act, giver: string, resident: string): Promise<boolean> {
  return (await mayActFor(act.tx, giver, resident, act.now)) || (await mayActFor(act.tx, resident, giver, act.now))
}

export const claimWish = action(contract.claimWish, (act, { params, body }) =>
  change(
    act,
    params.id,
    'claimWish',
    async (wish) => {
      const standing = rules.standing(wish, 'claimWish', act.actor)
      if (!standing.ok) return standing
      const giver = giverOf(wish, act.actor, body, await knownGiver(act, body))
      if (!giver.ok) return giver
      const related = await isRelated(act, giver.value.person, wish.resident)
      return decide(wish, 'claimWish', act.actor, act.now, {
        claim: { ...giver.value, related, at: act.now, deliverUntil: periodOf(act, wish, 'deliver-days') },
        remark: undefined,
      })
    },
    { afterwards: (after) => tell(act, after, [after.resident, after.putBy], 'claimed') },
  ),
)

export const giveBackWish = action(contract.giveBackWish, (act, { params, body }) =>
  change(
    act,
    params.id,
    'giveBackWish',
    (wish) => checked('body.words', body.words) ?? rules.openAgain(wish, 'giveBackWish', act.actor, act.now),
    { afterwards: (after) => tell(act, after, [after.resident, after.putBy], 'given-back') },
  ),
)

export const takeClaimAway = action(contract.takeClaimAway, (act, { params, body }) =>
  change(
    act,
    params.id,
    'takeClaimAway',
    (wish) => checked('body.words', body.words) ?? rules.openAgain(wish, 'takeClaimAway', act.actor, act.now),
    { afterwards: (after, before) => tell(act, after, [after.resident, before.claim?.person], 'taken-away') },
  ),
)

/** Faults of words that others will read. */
function checked(path: string, words: string): Ruling<never> | undefined {
  const faults = wordFaults(path, words).filter((fault) => fault.code !== 'no-money')
  return faults.length > 0 ? invalid(faults) : undefined
}

/** Photos belong to the delivery, which only those concerned may open, not to the wish that everybody reads. */
export const deliverWish = action(contract.deliverWish, (act, { params, body }) =>
  change(
    act,
    params.id,
    'deliverWish',
    async (wish) => {
      const wrong = checked('body.words', body.words)
      if (wrong !== undefined) return wrong
      if (act.actor.kind !== 'person') return forbid('forbidden')
      const files = await act.platform.files.attach(act.tx, act.actor.personId, body.files, {
        kind: 'wish-delivery',
        id: wish.id,
      })
      if (!files.ok) return files
      return decide(wish, 'deliverWish', act.actor, act.now, {
        delivery: {
          words: body.words,
          at: act.now,
          files: files.value.map((file) => ({ id: file.id, name: file.name, type: file.type })),
        },
        confirmUntil: periodOf(act, wish, 'confirm-days'),
        remark: undefined,
      })
    },
    { afterwards: (after) => tell(act, after, [after.resident], 'delivered') },
  ),
)

/** The need is answered in words of the program: what giver and resident say to each other is theirs. */
export function answerNeed(act: Act, wish: Wish, how: 'confirmed' | 'unconfirmed'): Promise<Ruling<void>> {
  const words = act.platform.words.say('zh-CN', 'wishes', `answers.${how}`, {
    giver: wish.claim?.name ?? act.platform.words.say('zh-CN', 'wishes', 'unnamed'),
  })
  return answerNeeds(act, { needs: [wish.need], words, by: refOf(wish) })
}

export const confirmWish = action(contract.confirmWish, (act, { params }) =>
  change(
    act,
    params.id,
    'confirmWish',
    (wish) => decide(wish, 'confirmWish', act.actor, act.now, { confirmUntil: undefined }),
    {
      data: (after) => ({ counts: after.claim?.related === false, resident: after.resident }),
      async afterwards(after) {
        tell(act, after, [after.claim?.person, after.putBy], 'confirmed')
        return answerNeed(act, after, 'confirmed')
      },
    },
  ),
)

export const rejectDelivery = action(contract.rejectDelivery, (act, { params, body }) =>
  change(
    act,
    params.id,
    'rejectDelivery',
    (wish) =>
      checked('body.words', body.words) ??
      decide(wish, 'rejectDelivery', act.actor, act.now, {
        remark: body.words,
        confirmUntil: undefined,
        claim: wish.claim && { ...wish.claim, deliverUntil: periodOf(act, wish, 'deliver-days') },
      }),
    { afterwards: (after) => tell(act, after, [after.claim?.person, after.putBy], 'rejected') },
  ),
)

export const thankGiver = action(contract.thankGiver, (act, { params, body }) =>
  change(
    act,
    params.id,
    'thankGiver',
    (wish) => {
      const faults = wordFaults('body.words', body.words)
      return faults.length > 0
        ? invalid(faults)
        : decide(wish, 'thankGiver', act.actor, act.now, { thanks: body.words, thanksPublic: body.public })
    },
    {
      data: () => ({ public: body.public }),
      afterwards: (after) => tell(act, after, [after.claim?.person], 'thanked'),
    },
  ),
)

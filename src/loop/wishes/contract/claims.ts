// Wishes: the endpoints of granting one: claim, give back, take away, deliver, confirm, thank.
import { z } from 'zod'
import { endpoint } from '../../../kit/endpoint.ts'
import { idOf } from '../../../kit/id.ts'
import { recordAnswer } from '../../../kit/record-view.ts'
import { giverKinds, sentence, wishId } from '../contract.ts'

const byId = z.object({ id: wishId })

export const claimWish = endpoint({
  name: 'claimWish',
  method: 'POST',
  path: '/wishes/:id/claim',
  access: 'wishes.claimWish',
  params: byId,
  body: z.object({
    as: z.enum(giverKinds).default('resident'),
    organization: idOf('organization').optional(),
    body: idOf('supporting-body').optional(),
    /** A resident's own choice of a name to be shown by; without it nobody is named. */
    shownName: z.string().trim().min(2).max(12).optional(),
  }),
  output: recordAnswer,
  refusals: ['already-claimed', 'own-wish', 'verified-only', 'giver-not-in-force'],
  summary: 'A verified resident, an organization or a supporting body claims a wish; of two at once one wins.',
})

export const giveBackWish = endpoint({
  name: 'giveBackWish',
  method: 'POST',
  path: '/wishes/:id/give-back',
  access: 'wishes.claimWish',
  params: byId,
  body: z.object({ words: sentence }),
  output: recordAnswer,
  refusals: [],
  summary: 'The giver gives the claim back; the wish is open again.',
})

export const deliverWish = endpoint({
  name: 'deliverWish',
  method: 'POST',
  path: '/wishes/:id/deliver',
  access: 'wishes.claimWish',
  params: byId,
  body: z.object({ words: sentence, files: z.array(idOf('file')).max(9).default([]) }),
  output: recordAnswer,
  refusals: ['file-unknown'],
  summary: 'The giver says what was delivered, with photos; the resident is asked to confirm.',
})

export const takeClaimAway = endpoint({
  name: 'takeClaimAway',
  method: 'POST',
  path: '/wishes/:id/take-away',
  access: 'wishes.takeClaimAway',
  params: byId,
  body: z.object({ words: sentence }),
  output: recordAnswer,
  refusals: ['duties-separated'],
  summary: 'A worker takes a claim away with a reason; the wish is open again.',
})

export const confirmWish = endpoint({
  name: 'confirmWish',
  method: 'POST',
  path: '/wishes/:id/confirm',
  access: 'wishes.confirmWish',
  params: byId,
  output: recordAnswer,
  refusals: [],
  summary: 'The resident confirms the delivery; the need is answered.',
})

export const rejectDelivery = endpoint({
  name: 'rejectDelivery',
  method: 'POST',
  path: '/wishes/:id/reject',
  access: 'wishes.confirmWish',
  params: byId,
  body: z.object({ words: sentence }),
  output: recordAnswer,
  refusals: [],
  summary: 'The resident says that it was not delivered; the claim goes on with a new date due.',
})

export const thankGiver = endpoint({
  name: 'thankGiver',
  method: 'POST',
  path: '/wishes/:id/thank',
  access: 'wishes.confirmWish',
  params: byId,
  body: z.object({ words: z.string().trim().min(2).max(100), public: z.boolean().default(false) }),
  output: recordAnswer,
  refusals: ['thanked-already'],
  summary: 'The resident thanks the giver in a few words, for everybody to read only when the resident allows it.',
})

// Wishes: small needs that somebody grants directly. States, shapes and the endpoints of the board; claims, givers and access stand beside.
import { z } from 'zod'
import { endpoint } from '../../kit/endpoint.ts'
import { divisionCode, idOf } from '../../kit/id.ts'
import { instantWire } from '../../kit/instant.ts'
import { listQuery, pageOf } from '../../kit/listing.ts'
import { actionView, recordAnswer } from '../../kit/record-view.ts'
import { categoryCodes } from '../needs/contract/taxonomy.ts'

export const wishStates = [
  'asked',
  'offered',
  'open',
  'claimed',
  'delivered',
  'confirmed',
  'unconfirmed',
  'declined',
  'withdrawn',
] as const
export type WishState = (typeof wishStates)[number]

/** States in which a wish stands on the board, for everybody. */
export const boardStates = ['open', 'claimed', 'delivered', 'confirmed', 'unconfirmed'] as const

/** Who may grant a wish. */
export const giverKinds = ['resident', 'organization', 'supporting-body'] as const
export type GiverKind = (typeof giverKinds)[number]

export const wishId = idOf('wish')
const byId = z.object({ id: wishId })
export const sentence = z.string().trim().min(2).max(300)
const category = z.enum(categoryCodes)
/** The public wording: what is wished for, in words that everybody may read. */
const wording = { title: z.string().trim().min(4).max(30), text: z.string().trim().min(4).max(300) }

export const askForWish = endpoint({
  name: 'askForWish',
  method: 'POST',
  path: '/wishes/asked',
  access: 'wishes.askForWish',
  body: z.object({ need: idOf('need'), ...wording }),
  output: recordAnswer,
  refusals: ['need-unknown', 'need-not-accepted', 'wish-exists'],
  summary: 'A resident asks that an own accepted need be put on the wish board; a worker confirms it.',
})

export const putUpWish = endpoint({
  name: 'putUpWish',
  method: 'POST',
  path: '/wishes',
  access: 'wishes.putUpWish',
  body: z.object({ need: idOf('need'), ...wording, noMoney: z.boolean() }),
  output: recordAnswer,
  refusals: ['need-unknown', 'need-not-accepted', 'need-on-other-route', 'wish-exists'],
  summary:
    'A worker puts an accepted need on the wish board; of a private need the resident first agrees to the wording.',
})

export const admitWish = endpoint({
  name: 'admitWish',
  method: 'POST',
  path: '/wishes/:id/admit',
  access: 'wishes.putUpWish',
  params: byId,
  body: z.object({ noMoney: z.boolean() }),
  output: recordAnswer,
  refusals: ['need-unknown', 'need-on-other-route'],
  summary: 'A worker confirms a wish that a resident asked for: it is on the board.',
})

export const turnDownWish = endpoint({
  name: 'turnDownWish',
  method: 'POST',
  path: '/wishes/:id/turn-down',
  access: 'wishes.putUpWish',
  params: byId,
  body: z.object({ words: sentence }),
  output: recordAnswer,
  refusals: [],
  summary: 'A worker does not put it on the board and says why; the need goes on otherwise.',
})

export const agreeToWish = endpoint({
  name: 'agreeToWish',
  method: 'POST',
  path: '/wishes/:id/agree',
  access: 'wishes.askForWish',
  params: byId,
  output: recordAnswer,
  refusals: ['need-unknown', 'need-on-other-route'],
  summary: 'The resident of a private need agrees to the public wording: it is on the board.',
})

export const refuseWish = endpoint({
  name: 'refuseWish',
  method: 'POST',
  path: '/wishes/:id/refuse',
  access: 'wishes.askForWish',
  params: byId,
  output: recordAnswer,
  refusals: [],
  summary: 'The resident does not want the need on the board.',
})

export const takeOffWish = endpoint({
  name: 'takeOffWish',
  method: 'POST',
  path: '/wishes/:id/take-off',
  access: 'wishes.putUpWish',
  params: byId,
  body: z.object({ words: sentence }),
  output: recordAnswer,
  refusals: [],
  summary: 'A worker takes a wish that nobody has claimed off the board; its need waits for another route.',
})

export const withdrawWish = endpoint({
  name: 'withdrawWish',
  method: 'POST',
  path: '/wishes/:id/withdraw',
  access: 'wishes.askForWish',
  params: byId,
  body: z.object({ need: z.enum(['keep', 'withdraw']) }),
  output: recordAnswer,
  refusals: [],
  summary: 'The resident takes the wish off the board, and the need back with it or not.',
})

export const wishRow = z.object({
  id: z.string(),
  number: z.string(),
  title: z.string(),
  state: z.enum(wishStates),
  category,
  division: z.string(),
  divisionName: z.string().optional(),
  createdAt: instantWire,
  /** How the giver wishes to be shown; absent for a resident who stays unnamed. */
  giver: z.object({ kind: z.enum(giverKinds), name: z.string().optional() }).optional(),
  deliverUntil: instantWire.optional(),
})

export const wishView = z.object({
  id: z.string(),
  version: z.number().int(),
  number: z.string(),
  title: z.string(),
  text: z.string(),
  state: z.enum(wishStates),
  category,
  division: z.string(),
  divisionName: z.string().optional(),
  /** The caller's own wish; the caller's own claim. */
  mine: z.boolean(),
  myClaim: z.boolean(),
  /** The need behind it; absent where it is private and the caller may not read it. */
  need: z.object({ id: z.string(), number: z.string().optional(), private: z.boolean() }).optional(),
  giver: z.object({ kind: z.enum(giverKinds), name: z.string().optional() }).optional(),
  claimedAt: instantWire.optional(),
  deliverUntil: instantWire.optional(),
  /** For those concerned only: the resident, the giver and the desk of the place. */
  delivery: z
    .object({
      words: z.string(),
      at: instantWire,
      files: z.array(z.object({ id: z.string(), name: z.string(), type: z.string() })),
    })
    .optional(),
  confirmUntil: instantWire.optional(),
  /** Why the resident says that it was not delivered; for those concerned. */
  remark: z.string().optional(),
  thanks: z.object({ words: z.string(), public: z.boolean() }).optional(),
  ended: z.object({ reason: z.string(), words: z.string().optional() }).optional(),
  history: z.array(z.object({ state: z.enum(wishStates), at: z.string() })),
  actions: z.array(actionView),
})

export const listWishes = endpoint({
  name: 'listWishes',
  method: 'GET',
  path: '/wishes',
  access: 'public',
  query: listQuery(['newest'], {
    /** A community, township or county. */
    division: divisionCode,
    state: z.enum(boardStates).optional(),
    category: category.optional(),
  }),
  output: pageOf(wishRow),
  refusals: [],
  exportable: true,
  summary: 'The wish board of a place.',
})

export const listMyWishes = endpoint({
  name: 'listMyWishes',
  method: 'GET',
  path: '/wishes/mine',
  access: 'signed-in',
  query: listQuery(['newest'], { side: z.enum(['claimed', 'wished']).default('claimed') }),
  output: pageOf(wishRow),
  refusals: [],
  summary: 'Wishes that I claimed, or those of my own needs.',
})

export const listDeskWishes = endpoint({
  name: 'listDeskWishes',
  method: 'GET',
  path: '/wishes/desk',
  access: 'wishes.listDeskWishes',
  query: listQuery(['newest'], {
    division: divisionCode.optional(),
    state: z.enum(wishStates).optional(),
    category: category.optional(),
    q: z.string().max(100).optional(),
  }),
  output: pageOf(wishRow),
  refusals: [],
  exportable: true,
  summary: 'Wishes of the places where I work, in all their states.',
})

export const getWish = endpoint({
  name: 'getWish',
  method: 'GET',
  path: '/wishes/:id',
  access: 'public',
  params: byId,
  output: wishView,
  refusals: [],
  summary: 'A wish: on the board for everybody, before and after it for those concerned.',
})

// Wishes: supporting bodies (enterprises and party branches) and the ranking of givers.
import { z } from 'zod'
import { endpoint } from '../../../kit/endpoint.ts'
import { divisionCode, idOf } from '../../../kit/id.ts'
import { instantWire } from '../../../kit/instant.ts'
import { listQuery, pageOf } from '../../../kit/listing.ts'
import { actionView, recordAnswer } from '../../../kit/record-view.ts'
import { giverKinds, sentence } from '../contract.ts'

export const bodyStates = ['applied', 'confirmed', 'declined', 'ended'] as const
export type BodyState = (typeof bodyStates)[number]
export const bodyKinds = ['enterprise', 'party-branch'] as const

const byId = z.object({ id: idOf('supporting-body') })

export const applyAsBody = endpoint({
  name: 'applyAsBody',
  method: 'POST',
  path: '/supporting-bodies',
  access: 'wishes.applyAsBody',
  body: z.object({
    kind: z.enum(bodyKinds),
    name: z.string().trim().min(4).max(40),
    /** Of an enterprise: its unified social credit code (GB 32100-2015). */
    uscc: z.string().trim().toUpperCase().max(18).optional(),
    /** The community that confirms it. */
    division: divisionCode,
    words: z.string().trim().max(300).optional(),
  }),
  output: recordAnswer,
  refusals: ['verified-only', 'body-known'],
  summary: 'A verified person applies to act for an enterprise or party branch that wants to grant wishes.',
})

export const confirmBody = endpoint({
  name: 'confirmBody',
  method: 'POST',
  path: '/supporting-bodies/:id/confirm',
  access: 'wishes.decideBody',
  params: byId,
  output: recordAnswer,
  refusals: ['duties-separated'],
  summary: 'The community confirms a supporting body, never by the person who applied.',
})

export const declineBody = endpoint({
  name: 'declineBody',
  method: 'POST',
  path: '/supporting-bodies/:id/decline',
  access: 'wishes.decideBody',
  params: byId,
  body: z.object({ words: sentence }),
  output: recordAnswer,
  refusals: ['duties-separated'],
  summary: 'The community declines a supporting body and says why.',
})

export const endBody = endpoint({
  name: 'endBody',
  method: 'POST',
  path: '/supporting-bodies/:id/end',
  access: 'wishes.endBody',
  params: byId,
  body: z.object({ words: sentence }),
  output: recordAnswer,
  refusals: [],
  summary: 'A supporting body ends, by its own person or by the community; it claims nothing any more.',
})

export const bodyRow = z.object({
  id: z.string(),
  kind: z.enum(bodyKinds),
  name: z.string(),
  state: z.enum(bodyStates),
  division: z.string(),
  divisionName: z.string().optional(),
  createdAt: instantWire,
})

export const listBodies = endpoint({
  name: 'listBodies',
  method: 'GET',
  path: '/supporting-bodies',
  access: 'wishes.listBodies',
  query: listQuery(['newest'], { division: divisionCode.optional(), state: z.enum(bodyStates).optional() }),
  output: pageOf(bodyRow),
  refusals: [],
  exportable: true,
  summary: 'Supporting bodies of the places where I work.',
})

export const listMyBodies = endpoint({
  name: 'listMyBodies',
  method: 'GET',
  path: '/supporting-bodies/mine',
  access: 'signed-in',
  output: z.object({ rows: z.array(bodyRow).max(20) }),
  refusals: [],
  summary: 'Supporting bodies for which I act, the newest twenty.',
})

export const getBody = endpoint({
  name: 'getBody',
  method: 'GET',
  path: '/supporting-bodies/:id',
  access: 'wishes.readBody',
  params: byId,
  output: bodyRow.extend({
    version: z.number().int(),
    uscc: z.string().optional(),
    words: z.string().optional(),
    /** Masked. */
    person: z.string(),
    mine: z.boolean(),
    endWords: z.string().optional(),
    history: z.array(z.object({ state: z.enum(bodyStates), at: z.string() })),
    actions: z.array(actionView),
  }),
  refusals: [],
  summary: 'A supporting body, for its person and the desk of its place.',
})

export const listGivers = endpoint({
  name: 'listGivers',
  method: 'GET',
  path: '/wishes/givers',
  access: 'public',
  query: listQuery(['helped'], {
    division: divisionCode,
    year: z.coerce.number().int().min(2000).max(2100),
  }),
  output: pageOf(
    z.object({
      /** Equal numbers share a place. */
      rank: z.number().int(),
      kind: z.enum(giverKinds),
      name: z.string().optional(),
      helped: z.number().int(),
    }),
  ),
  refusals: ['place-too-wide'],
  summary: 'Givers of a place (county or below) in a year, by how many different residents they helped.',
})

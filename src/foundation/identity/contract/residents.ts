// Endpoints of persons: my own record, and residents at the community's counter.
import { z } from 'zod'
import { citizenId, phone } from '../../../kit/chinese-ids.ts'
import { endpoint } from '../../../kit/endpoint.ts'
import { divisionCode, idOf } from '../../../kit/id.ts'
import { listQuery, pageOf } from '../../../kit/listing.ts'
import { plainDate } from '../../../kit/plain-date.ts'
import { actionView } from '../../../kit/record-view.ts'
import {
  done,
  nameText,
  personalFields,
  personParams,
  personStates,
  proxyKinds,
  revealPurposes,
  when,
} from '../contract.ts'

// ---------- me ----------
const proxyView = z.object({
  id: z.string(),
  kind: z.enum(proxyKinds),
  maskedPhone: z.string().optional(),
  maskedName: z.string().optional(),
  since: when,
  until: z.string().optional(),
})

export const getProfile = endpoint({
  name: 'getProfile',
  method: 'GET',
  path: '/me',
  access: 'signed-in',
  refusals: [],
  summary: 'My own record.',
  output: z.object({
    id: z.string(),
    name: z.string().optional(),
    maskedName: z.string(),
    maskedPhone: z.string().optional(),
    state: z.enum(personStates),
    adult: z.boolean(),
    verifiedUntil: z.string().optional(),
    residence: z.object({ division: z.string(), name: z.string(), since: z.string() }).optional(),
    version: z.number().int(),
  }),
})
export const setName = endpoint({
  name: 'setName',
  method: 'PUT',
  path: '/me/name',
  access: 'signed-in',
  body: z.object({ name: nameText }),
  output: done,
  refusals: ['verified-name'],
  summary: "Tells one's name, until it is verified.",
})
export const setResidence = endpoint({
  name: 'setResidence',
  method: 'PUT',
  path: '/me/residence',
  access: 'signed-in',
  body: z.object({ division: divisionCode }),
  output: done,
  refusals: ['not-a-community', 'same-residence'],
  summary: 'Says in which community one lives; a verification elsewhere ends with it.',
})
export const listLooks = endpoint({
  name: 'listLooks',
  method: 'GET',
  path: '/me/looked-at',
  access: 'signed-in',
  query: listQuery(['newest'], {}),
  refusals: [],
  output: pageOf(
    z.object({
      id: z.string(),
      at: when,
      field: z.enum(personalFields),
      purpose: z.enum(revealPurposes),
      by: z.string(),
      role: z.string(),
    }),
  ),
  summary: 'Who looked at my personal data in clear, when and for what.',
})
export const listProxies = endpoint({
  name: 'listProxies',
  method: 'GET',
  path: '/me/proxies',
  access: 'signed-in',
  refusals: [],
  output: z.object({ rows: z.array(proxyView).max(20) }),
  summary: 'Who may raise, apply and rate for me.',
})
export const giveProxy = endpoint({
  name: 'giveProxy',
  method: 'POST',
  path: '/me/proxies',
  access: 'signed-in',
  output: z.object({ id: z.string() }),
  body: z.object({ phone, until: plainDate.optional() }),
  refusals: ['proxy-for-oneself', 'proxies-full', 'until-in-the-past'],
  summary: 'Lets a relative, named by mobile number, raise, apply and rate for me; never vote.',
})
export const revokeProxy = endpoint({
  name: 'revokeProxy',
  method: 'POST',
  path: '/me/proxies/:id/revoke',
  access: 'signed-in',
  params: z.object({ id: idOf('proxy') }),
  output: z.object({ id: z.string() }),
  refusals: [],
  summary: 'Ends a proxy of mine at once.',
})

// ---------- residents, by the community ----------
const residentRow = z.object({
  id: z.string(),
  maskedName: z.string(),
  maskedPhone: z.string().optional(),
  state: z.enum(personStates),
  adult: z.boolean(),
  division: z.string(),
  divisionName: z.string(),
  since: z.string(),
})
export const listResidents = endpoint({
  name: 'listResidents',
  method: 'GET',
  path: '/residents',
  access: 'identity.read-residents',
  exportable: true,
  refusals: [],
  query: listQuery(['newest'], { division: divisionCode.optional(), state: z.enum(personStates).optional() }),
  output: pageOf(residentRow),
  summary: 'Residents of a community, masked.',
})
export const findResident = endpoint({
  name: 'findResident',
  method: 'POST',
  path: '/residents/search',
  access: 'identity.read-residents',
  body: z.union([z.object({ phone }), z.object({ idNumber: citizenId })]),
  refusals: [],
  output: z.object({ rows: z.array(residentRow).max(1) }),
  summary: "Finds a resident of one's own community by the whole mobile or identity number.",
})
export const lookUpPerson = endpoint({
  name: 'lookUpPerson',
  method: 'POST',
  path: '/people/look-up',
  access: 'identity.look-up-person',
  // Enough for a day at a desk, too little to try numbers out.
  limit: { max: 60, seconds: 3600 },
  body: z.object({ phone }),
  refusals: [],
  output: z.object({ rows: z.array(z.object({ id: z.string(), name: z.string() })).max(1) }),
  summary: 'The person of a whole mobile number, by masked name, to be put on a register.',
})
export const getResident = endpoint({
  name: 'getResident',
  method: 'GET',
  path: '/residents/:id',
  access: 'identity.read-residents',
  params: personParams,
  refusals: [],
  output: residentRow.extend({
    version: z.number().int(),
    maskedIdNumber: z.string().optional(),
    verifiedAt: when.optional(),
    verifiedUntil: z.string().optional(),
    proxies: z.array(proxyView),
    actions: z.array(actionView),
  }),
  summary: 'A resident, masked, with what may be done.',
})
export const registerResident = endpoint({
  name: 'registerResident',
  method: 'POST',
  path: '/residents',
  access: 'identity.register-resident',
  output: done,
  body: z.object({ name: nameText, phone, division: divisionCode }),
  refusals: ['not-a-community', 'lives-elsewhere'],
  summary: 'Puts a resident on record at the counter; a known number answers with its person.',
})
export const verifyResident = endpoint({
  name: 'verifyResident',
  method: 'POST',
  path: '/residents/:id/verify',
  access: 'identity.verify-resident',
  params: personParams,
  output: done,
  body: z.object({ name: nameText, idNumber: citizenId, division: divisionCode.optional() }),
  refusals: ['not-oneself', 'id-number-taken', 'no-residence', 'not-a-community', 'birth-in-the-future'],
  summary: 'Confirms name, identity number and community, seen at the counter or the door.',
})
export const withdrawVerification = endpoint({
  name: 'withdrawVerification',
  method: 'POST',
  path: '/residents/:id/withdraw-verification',
  access: 'identity.verify-resident',
  params: personParams,
  output: done,
  body: z.object({ reason: z.enum(['moved-away', 'mistaken', 'deceased']) }),
  refusals: ['not-oneself'],
  summary: 'Takes a confirmation back: moved away, mistaken, deceased.',
})
export const revealResident = endpoint({
  name: 'revealResident',
  method: 'POST',
  path: '/residents/:id/reveal',
  access: 'identity.reveal',
  params: personParams,
  body: z.object({ field: z.enum(personalFields), purpose: z.enum(revealPurposes) }),
  output: z.object({ value: z.string() }),
  refusals: ['nothing-on-record'],
  summary: 'Shows one field in clear for a purpose; on record, and the person sees it.',
})
export const recordProxy = endpoint({
  name: 'recordProxy',
  method: 'POST',
  path: '/residents/:id/proxies',
  access: 'identity.record-proxy',
  params: personParams,
  output: z.object({ id: z.string() }),
  body: z.object({ kind: z.enum(proxyKinds), phone, until: plainDate.optional() }),
  refusals: ['proxy-for-oneself', 'proxies-full', 'until-in-the-past'],
  summary: 'Records at the counter who may raise, apply and rate for a resident.',
})

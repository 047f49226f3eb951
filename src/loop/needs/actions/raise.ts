// Needs: raising one: by the resident, by a worker on behalf, by way of a draft.
import {
  getPerson,
  listPeople,
  type PersonCard,
  registerResidentOnBehalf,
} from '../../../foundation/identity/public.ts'
import { areaAround } from '../../../foundation/divisions/public.ts'
import type { InputOf } from '../../../kit/endpoint.ts'
import { type DivisionCode, type Id, jurisdictionOf } from '../../../kit/id.ts'
import { roundedPoint } from '../../../kit/point.ts'
import { absent, allow, forbid, invalid, refuse, type Ruling } from '../../../kit/ruling.ts'
import { dueAt } from '../../../kit/working-days.ts'
import { type Act, action } from '../../../platform/action.ts'
import * as contract from '../contract.ts'
import { judgedNeed, type Need, shownNumber } from '../rules.ts'
import { checkContent, submitDraft as submitDraftRule, titleOf } from '../rules/resident.ts'
import * as rules from '../rules.ts'
import { findNeedForUpdate, insertNeed, listDraftIds, saveNeed } from '../store.ts'
import { recordNeed, searchWords, tellPersons, termsOf } from './recording.ts'

export type Content = InputOf<typeof contract.submitNeed>['body']
type Origin = { readonly resident: Id<'person'>; readonly submittedBy?: Id<'person'>; readonly source: Need['source'] }

const mostDrafts = 20

/** Files come from whoever sends them; they are attached to the need in the same transaction. */
async function attached(act: Act, files: readonly string[], id: string): Promise<Ruling<Need['files']>> {
  if (files.length === 0 || act.actor.kind !== 'person') return allow([])
  const ruling = await act.platform.files.attach(act.tx, act.actor.personId, files, { kind: 'need', id })
  return ruling.ok ? allow(ruling.value.map((file) => ({ id: file.id, name: file.name, type: file.type }))) : ruling
}

function textsIn(content: Content): Need['texts'] {
  return {
    title: titleOf(content),
    text: content.text,
    place: content.place,
    point: content.point && roundedPoint(content.point),
    answers: content.answers,
  }
}

async function newNeed(
  act: Act,
  content: Content,
  origin: Origin,
  state: 'draft' | 'submitted',
): Promise<Ruling<Need>> {
  const jurisdiction = jurisdictionOf(content.division)
  const id = act.newId<'need'>(jurisdiction)
  const resident = await getPerson(act.tx, origin.resident)
  const files = await attached(act, content.files, id)
  if (!files.ok) return files
  // The counter row stays locked until the commit: it is taken last.
  const number = state === 'submitted' ? await act.nextNumber('need', jurisdiction) : undefined
  return allow(needFrom(act, content, { ...origin, id, card: resident, number, files: files.value, state }))
}

type Birth = Origin & {
  readonly id: Need['id']
  readonly card: PersonCard
  readonly number: Need['number']
  readonly files: Need['files']
  readonly state: 'draft' | 'submitted'
  /** Of an imported need: when it was raised elsewhere. No clock runs from it. */
  readonly firstRaised?: Need['firstRaised']
}

/** The record of what was written; a submitted one's clock of the first response starts now. */
export function needFrom(act: Act, content: Content, { card, ...birth }: Birth): Need {
  const days = act.policy.number('needs.respond-days', content.division)
  return {
    ...birth,
    division: content.division,
    grid: content.grid,
    version: 1,
    residentMasked: card.maskedName,
    residentVerified: card.verified,
    visibility: content.visibility,
    category: content.category,
    forWhom: content.forWhom,
    urgency: content.urgency,
    texts: textsIn(content),
    supports: 0,
    verifiedSupports: 0,
    createdAt: act.now,
    root: birth.id,
    verdictVerified: false,
    raised: false,
    escalated: false,
    history: [{ state: birth.state, at: act.now }],
    ...(birth.state === 'submitted'
      ? { submittedAt: act.now, dueAt: dueAt(act.now, days, act.platform.calendar).at }
      : {}),
  }
}

/** A submitted need with its number, words for search and event. The caller has judged it. */
export async function raise(act: Act, content: Content, origin: Origin): Promise<Ruling<Need>> {
  const need = await newNeed(act, content, origin, 'submitted')
  if (!need.ok) return need
  await insertNeed(act.tx, act.platform.cipher, need.value, act.now, searchWords(need.value))
  recordNeed(act, 'submitNeed', undefined, need.value, submissionOf(need.value))
  return need
}

/** What the event of a submission carries for figures; never words. */
export function submissionOf(need: Need): Record<string, unknown> {
  return { source: need.source, forWhom: need.forWhom, urgency: need.urgency, onBehalf: need.submittedBy !== undefined }
}

const answerOf = (need: Need) => ({ id: need.id, version: need.version, state: need.state, number: shownNumber(need) })

export const submitNeed = action(contract.submitNeed, async (act, { body }) => {
  if (act.actor.kind !== 'person') return forbid('forbidden')
  const me = act.actor.personId
  const ruling = await act.judge(
    { reach: { division: body.division, persons: [me] } },
    () => checkContent(body, areaAround(body.division)) ?? allow(true),
  )
  if (!ruling.ok) return ruling
  const need = await raise(act, body, { resident: me, source: 'resident-site' })
  return need.ok ? allow(answerOf(need.value)) : need
})

export const submitNeedOnBehalf = action(contract.submitNeedOnBehalf, async (act, { body }) => {
  if (act.actor.kind !== 'person') return forbid('forbidden')
  const ruling = await act.judge(
    { reach: { division: body.division } },
    () => checkContent(body, areaAround(body.division)) ?? allow(true),
  )
  if (!ruling.ok) return ruling
  const resident = await residentFor(act, body.of, body.division)
  if (!resident.ok) return resident
  if (resident.value === act.actor.personId) return invalid([{ path: 'body.of', code: 'own-name' }])
  const need = await raise(act, body, {
    resident: resident.value,
    submittedBy: act.actor.personId,
    source: body.source,
  })
  if (!need.ok) return need
  tellPersons(act, need.value, [resident.value], 'raised-for-you')
  return allow(answerOf(need.value))
})

type OnBehalfOf = InputOf<typeof contract.submitNeedOnBehalf>['body']['of']

/** A resident chosen by id must be on record, and at home in this community or nowhere yet, as one found by the number must. */
async function residentFor(act: Act, of: OnBehalfOf, division: DivisionCode): Promise<Ruling<Id<'person'>>> {
  if (!('resident' in of)) return registerResidentOnBehalf(act, { name: of.name, phone: of.phone, division })
  const card = (await listPeople(act.tx, [of.resident])).get(of.resident)
  if (card === undefined) return invalid([{ path: 'body.of', code: 'resident-unknown' }])
  return card.residence === undefined || card.residence === division ? allow(card.id) : refuse('lives-elsewhere')
}

export const draftNeed = action(contract.draftNeed, async (act, { body }) => {
  if (act.actor.kind !== 'person') return forbid('forbidden')
  const me = act.actor.personId
  const ruling = await act.judge(
    { reach: { division: body.division, persons: [me] } },
    () => checkContent(body, areaAround(body.division)) ?? allow(true),
  )
  if (!ruling.ok) return ruling
  if ((await listDraftIds(act.tx, me)).length >= mostDrafts) return refuse('too-many-drafts', { most: mostDrafts })
  const need = await newNeed(act, body, { resident: me, source: 'resident-site' }, 'draft')
  if (!need.ok) return need
  await insertNeed(act.tx, act.platform.cipher, need.value, act.now, undefined)
  recordNeed(act, 'draftNeed', undefined, need.value)
  return allow(answerOf(need.value))
})

export const changeDraft = action(contract.changeDraft, async (act, { params, body }) => {
  const need = await findNeedForUpdate(act.tx, act.platform.cipher, params.id)
  if (need === undefined) return absent()
  const ruling = await act.judge(judgedNeed(need), () => {
    const state = rules.standing(need, 'changeDraft', act.actor, act.now)
    if (!state.ok) return state
    // The id keeps the county of its birth, and so must the place: otherwise begin anew there.
    if (jurisdictionOf(body.division) !== jurisdictionOf(need.division))
      return invalid([{ path: 'body.division', code: 'draft-stays-in-county' }])
    return checkContent(body, areaAround(body.division)) ?? state
  })
  if (!ruling.ok) return ruling
  const known = new Set(need.files.map((file) => file.id))
  const files = await attached(
    act,
    body.files.filter((file) => !known.has(file)),
    need.id,
  )
  if (!files.ok) return files
  const changed: Need = {
    ...need,
    division: body.division,
    grid: body.grid,
    visibility: body.visibility,
    category: body.category,
    forWhom: body.forWhom,
    urgency: body.urgency,
    texts: textsIn(body),
    version: need.version + 1,
    files: [...need.files.filter((file) => body.files.some((id) => id === file.id)), ...files.value],
  }
  await saveNeed(act.tx, act.platform.cipher, changed, need, act.now)
  recordNeed(act, 'changeDraft', need, changed)
  return allow(answerOf(changed))
})

export const submitDraft = action(contract.submitDraft, async (act, { params }) => {
  const need = await findNeedForUpdate(act.tx, act.platform.cipher, params.id)
  if (need === undefined) return absent()
  const ruling = await act.judge(judgedNeed(need), () =>
    submitDraftRule(need, act.actor, act.now, termsOf(act, need.division)),
  )
  if (!ruling.ok) return ruling
  const numbered: Need = { ...ruling.value, number: await act.nextNumber('need', jurisdictionOf(need.division)) }
  await saveNeed(act.tx, act.platform.cipher, numbered, need, act.now, searchWords(numbered))
  recordNeed(act, 'submitNeed', need, numbered, submissionOf(numbered))
  return allow(answerOf(numbered))
})

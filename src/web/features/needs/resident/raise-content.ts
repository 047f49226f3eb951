// What a resident writes on the raise page, and what of it the server gets.
import type { WireInputOf } from '../../../../kit/endpoint.ts'
import type { Point } from '../../../../kit/point.ts'
import type { submitNeed } from '../../../../loop/needs/contract.ts'
import { type QuestionCode, questionsOf } from '../../../../loop/needs/contract/questions.ts'
import type { KeptPhoto } from '../../../app/offline/photos.ts'
import type { Place } from '../../../app/place.ts'

export type Content = WireInputOf<typeof submitNeed>['body']
export type Category = Content['category']

export type RaiseDraft = {
  readonly text: string
  readonly category?: Category
  readonly place?: Place
  /** Where exactly, in words. */
  readonly spot: string
  /** Where on the map, if somebody showed it. */
  readonly point?: Point
  readonly answers: Partial<Record<QuestionCode, string>>
  readonly forWhom: 'self' | 'other' | 'group'
  readonly visibility: 'public' | 'private'
  /** In the order in which they are shown. */
  readonly photos: readonly KeptPhoto[]
  /** The copy of it on the server, as it was last written. */
  readonly server?: { readonly id: string; readonly version: number }
}

export const emptyDraft: RaiseDraft = {
  text: '',
  spot: '',
  answers: {},
  forWhom: 'self',
  visibility: 'public',
  photos: [],
}

/** Stands in for a category that was not chosen yet while the draft is on the server; never submitted. */
export const undecided: Category = '20'

/** The kind under which needs stand in the queue. */
export const needKind = 'need'

/** Shortest text that the server takes, in characters. */
const shortest = 4

/** Something worth keeping stands there. */
export function isWorthKeeping(draft: RaiseDraft): boolean {
  return draft.text.trim() !== '' || draft.photos.length > 0 || draft.point !== undefined
}

/** All that the server needs is there. */
export function isReady(draft: RaiseDraft): boolean {
  return draft.text.trim().length >= shortest && draft.category !== undefined && draft.place !== undefined
}

/** A few words by which its writer knows it again. */
export function labelOf(draft: RaiseDraft): string {
  const [first = ''] = draft.text.trim().split(/[。！？；!?;\n]/)
  return [...first].length > 24 ? `${[...first].slice(0, 23).join('')}…` : first
}

/** Answers to the questions of the category that is chosen now; those of another one are left out. */
function answersOf(draft: RaiseDraft, category: Category): Content['answers'] {
  const said = (questionsOf[category] ?? []).flatMap(({ code }) => {
    const answer = draft.answers[code]?.trim()
    return answer ? [{ question: code, answer }] : []
  })
  return said.length > 0 ? said : undefined
}

/** What the server keeps as a draft; undefined while it would not take it. Only photos that are there already. */
export function draftContentOf(draft: RaiseDraft): Content | undefined {
  if (!draft.place || draft.text.trim().length < shortest) return undefined
  const category = draft.category ?? undecided
  const spot = draft.spot.trim()
  const answers = answersOf(draft, category)
  return {
    text: draft.text.trim(),
    category,
    division: draft.place.code,
    ...(spot && { place: spot }),
    ...(draft.point && { point: draft.point }),
    ...(answers && { answers }),
    forWhom: draft.forWhom,
    visibility: draft.visibility,
    files: draft.photos.flatMap(({ file }) => file ?? []),
  }
}

/** What is submitted; undefined while something is missing. */
export function contentOf(draft: RaiseDraft): Content | undefined {
  return draft.category && draftContentOf(draft)
}

/** The draft with a photo that was uploaded. */
export function withUploaded(draft: RaiseDraft, key: string, file: string): RaiseDraft {
  return { ...draft, photos: draft.photos.map((photo) => (photo.key === key ? { ...photo, file } : photo)) }
}

/** The draft with a photo one place further to the front. */
export function withPhotoEarlier(draft: RaiseDraft, key: string): RaiseDraft {
  const at = draft.photos.findIndex((photo) => photo.key === key)
  const [moved, before] = [draft.photos[at], draft.photos[at - 1]]
  if (!moved || !before) return draft
  return { ...draft, photos: draft.photos.with(at - 1, moved).with(at, before) }
}

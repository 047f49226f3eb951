// The draft of a need: kept in this tab at every keystroke, and on the server once signed in, so that it can be finished elsewhere.
import { useEffect, useRef, useState } from 'react'
import type { WireInputOf } from '../../../../kit/endpoint.ts'
import { changeDraft, draftNeed, getNeed, type submitNeed } from '../../../../loop/needs/contract.ts'
import { call } from '../../../app/client.ts'
import { type Place, usePlace } from '../../../app/place.ts'
import type { Photo } from '../../../ui/resident/PhotoPicker.tsx'
import { keep, readKept } from './signed.ts'

type Content = WireInputOf<typeof submitNeed>['body']
export type Category = Content['category']

export type RaiseDraft = {
  readonly text: string
  readonly category?: Category
  /** Categories of similar needs that neighbours raised: one-tap proposals. */
  readonly proposed?: readonly Category[]
  readonly place?: Place
  /** Where exactly, in words. */
  readonly spot: string
  readonly forWhom: 'self' | 'other' | 'group'
  readonly visibility: 'public' | 'private'
  readonly photos: readonly Photo[]
}

const key = 'raise'
const empty: RaiseDraft = { text: '', spot: '', forWhom: 'self', visibility: 'public', photos: [] }
/** Stands in for a category that was not chosen yet while the draft is on the server; never submitted. */
const undecided: Category = '20'
const pause = 1500

function readLocal(): { readonly draft: RaiseDraft; readonly id?: string } {
  try {
    const value: unknown = JSON.parse(readKept(key) ?? 'null')
    if (typeof value === 'object' && value !== null && 'draft' in value)
      return value as { draft: RaiseDraft; id?: string }
  } catch {
    return { draft: empty }
  }
  return { draft: empty }
}

/** All that the server needs is there. */
export function isReady(draft: RaiseDraft): boolean {
  return draft.text.trim().length >= 4 && draft.category !== undefined && draft.place !== undefined
}

function bodyOf(draft: RaiseDraft, category: Category): Content | undefined {
  if (!draft.place || draft.text.trim().length < 4) return undefined
  const spot = draft.spot.trim()
  return {
    text: draft.text.trim(),
    category,
    division: draft.place.code,
    ...(spot && { place: spot }),
    forWhom: draft.forWhom,
    visibility: draft.visibility,
    files: draft.photos.map((photo) => photo.id),
  }
}

/** What is submitted; undefined while something is missing. */
export function contentOf(draft: RaiseDraft): Content | undefined {
  return draft.category && bodyOf(draft, draft.category)
}

type Keeper = {
  readonly draft: RaiseDraft
  readonly change: (changes: Partial<RaiseDraft>) => void
  readonly serverId: string | undefined
  /** When the server last took it. */
  readonly savedAt: string | undefined
  /** Saves at once; false when the server did not take it. */
  readonly saveNow: () => Promise<boolean>
  readonly forget: () => void
}

/** The draft of this tab, or the server's draft `open`. */
export function useRaiseDraft(open: string | undefined, signedIn: boolean): Keeper {
  const [first] = useState(readLocal)
  const [draft, setDraft] = useState<RaiseDraft>(first.draft)
  const [serverId, setServerId] = useState<string | undefined>(first.id)
  const [savedAt, setSavedAt] = useState<string>()
  const [usual] = usePlace()
  const saving = useRef(false)
  const touched = useRef(false)
  const whole: RaiseDraft = { ...draft, place: draft.place ?? usual }

  const change = (changes: Partial<RaiseDraft>) => {
    touched.current = true
    setDraft((before) => ({ ...before, ...changes }))
  }
  useEffect(() => {
    if (touched.current) keep(key, JSON.stringify({ draft, id: serverId }))
  }, [draft, serverId])

  useEffect(() => {
    if (!open) return undefined
    const controller = new AbortController()
    call(getNeed, { params: { id: open } }, { signal: controller.signal })
      .then((need) => {
        if (need.state !== 'draft') return
        setServerId(need.id)
        setDraft({
          text: need.text ?? '',
          category: need.category === undecided ? undefined : need.category,
          spot: need.place ?? '',
          forWhom: need.forWhom,
          visibility: need.visibility,
          photos: need.files.map(({ id }) => ({ id, url: `/api/files/${id}` })),
          place: { code: need.division, name: need.divisionName ?? need.division },
        })
      })
      // a draft that cannot be read leaves the form as it is
      .catch(() => undefined)
    return () => controller.abort()
  }, [open])

  const save = async (): Promise<boolean> => {
    const body = bodyOf(whole, whole.category ?? undecided)
    if (!body || saving.current) return false
    saving.current = true
    try {
      const answer = serverId
        ? await call(changeDraft, { params: { id: serverId }, body })
        : await call(draftNeed, { body })
      setServerId(answer.id)
      setSavedAt(new Date().toISOString())
      return true
    } catch {
      // kept in this tab anyway; submitting says what is wrong
      return false
    } finally {
      saving.current = false
    }
  }
  const said = JSON.stringify([
    whole.text.trim(),
    whole.category,
    whole.place?.code,
    whole.spot,
    whole.forWhom,
    whole.visibility,
    whole.photos.map(({ id }) => id),
  ])
  const sent = useRef('')
  const latest = useRef(save)
  latest.current = save
  useEffect(() => {
    if (!signedIn || !touched.current || said === sent.current) return undefined
    const timer = setTimeout(() => {
      sent.current = said
      void latest.current()
    }, pause)
    return () => clearTimeout(timer)
  }, [said, signedIn])

  return {
    draft: whole,
    change,
    serverId,
    savedAt,
    saveNow: save,
    forget: () => {
      touched.current = false
      keep(key, '')
    },
  }
}

// The draft on the raise page: kept on the device at every keystroke, on the server too once signed in, and sent through the queue.
import { useCallback, useEffect, useRef, useState } from 'react'
import { changeDraft, draftNeed, getNeed } from '../../../../loop/needs/contract.ts'
import type { QuestionCode } from '../../../../loop/needs/contract/questions.ts'
import { call } from '../../../app/client.ts'
import { isEditable, type Queue, type QueueItem } from '../../../app/offline/queue.ts'
import { useOnline, useQueue } from '../../../app/offline/use-queue.ts'
import { usePlace } from '../../../app/place.ts'
import { problemOf } from '../../../app/problem.ts'
import {
  type Content,
  draftContentOf,
  emptyDraft,
  isWorthKeeping,
  labelOf,
  needKind,
  type RaiseDraft,
  undecided,
} from './raise-content.ts'

export type { Category } from './raise-content.ts'

/** Milliseconds without a keystroke before the server gets the draft. */
const pause = 1500
/** A draft that was left longer ago is offered in the list, not opened by itself. */
const freshFor = 7 * 24 * 3_600_000

/** Which draft the address asks for. */
export type Wanted = {
  /** An item of the queue on this device. */
  readonly item?: string
  /** A draft on the server. */
  readonly draft?: string
  /** An empty page. */
  readonly anew?: boolean
}

export type Keeper = {
  readonly draft: RaiseDraft
  readonly change: (changes: Partial<RaiseDraft> | ((before: RaiseDraft) => RaiseDraft)) => void
  /** Id of its item in the queue, which is there as soon as something was written. */
  readonly id: string
  readonly item: QueueItem | undefined
  readonly queue: Queue | undefined
  /** False until it is known which draft is shown. */
  readonly opened: boolean
  /** When the device or the server last took it. */
  readonly savedAt: string | undefined
  /** The server's copy was changed elsewhere. */
  readonly conflict: boolean
  /** Shows that copy instead. */
  readonly takeOther: () => void
  /** Sends it; answers the item as it then stands: sent, refused, or waiting for the network. */
  readonly submit: () => Promise<QueueItem | undefined>
}

const draftOf = (item: QueueItem): RaiseDraft => ({ ...emptyDraft, ...(item.payload as RaiseDraft | undefined) })

async function readServerDraft(id: string): Promise<RaiseDraft | undefined> {
  const need = await call(getNeed, { params: { id } })
  if (need.state !== 'draft') return undefined
  const answers = Object.fromEntries((need.answers ?? []).map(({ question, answer }) => [question, answer]))
  return {
    text: need.text ?? '',
    category: need.category === undecided ? undefined : need.category,
    spot: need.place ?? '',
    point: need.point,
    answers: answers as Partial<Record<QuestionCode, string>>,
    forWhom: need.forWhom,
    visibility: need.visibility,
    photos: need.files.map((file) => ({ key: file.id, file: file.id })),
    place: { code: need.division, name: need.divisionName ?? need.division },
    server: { id: need.id, version: need.version },
  }
}

/** The item of this device that the address means. */
function itemFor(wanted: Wanted, items: readonly QueueItem[]): QueueItem | undefined {
  const mine = items.filter((item) => item.kind === needKind && item.state !== 'sent')
  if (wanted.item) return mine.find((item) => item.id === wanted.item)
  if (wanted.draft) return mine.find((item) => draftOf(item).server?.id === wanted.draft)
  if (wanted.anew) return undefined
  const drafts = mine.filter((item) => item.state === 'draft' && Date.now() - item.changedAt < freshFor)
  return drafts.sort((one, other) => other.changedAt - one.changedAt)[0]
}

/** Saves the draft on the server whenever typing paused. `onSaved` hears its id and version there. */
function useServerCopy(
  draft: RaiseDraft,
  enabled: boolean,
  told: { readonly onSaved: (server: NonNullable<RaiseDraft['server']>) => void; readonly onConflict: () => void },
): { readonly finish: () => Promise<unknown> } {
  const saving = useRef<Promise<unknown>>(undefined)
  const body = draftContentOf(draft)
  const said = JSON.stringify(body)
  const sent = useRef(said)
  const latest = useRef({ draft, told })
  latest.current = { draft, told }
  useEffect(() => {
    if (!enabled || said === undefined || said === sent.current) return undefined
    const save = async () => {
      await saving.current
      const { server } = latest.current.draft
      sent.current = said
      try {
        const content = JSON.parse(said) as Content
        const answer = server
          ? await call(changeDraft, { params: { id: server.id }, body: content }, { ifMatch: String(server.version) })
          : await call(draftNeed, { body: content })
        latest.current.told.onSaved({ id: answer.id, version: answer.version })
      } catch (error) {
        // kept on the device anyway; submitting says what is wrong
        if (problemOf(error).status === 412) latest.current.told.onConflict()
      }
    }
    const timer = setTimeout(() => {
      saving.current = save()
    }, pause)
    return () => clearTimeout(timer)
  }, [said, enabled])
  return { finish: async () => saving.current }
}

/** The draft that the address asks for, else the last one that was left. */
export function useRaiseDraft(wanted: Wanted, signedIn: boolean): Keeper {
  const { queue, items } = useQueue()
  const online = useOnline()
  const [usual] = usePlace()
  const [draft, setDraft] = useState<RaiseDraft>(emptyDraft)
  const [id, setId] = useState<string>(() => crypto.randomUUID())
  const [opened, setOpened] = useState(false)
  const [savedAt, setSavedAt] = useState<string>()
  const [conflict, setConflict] = useState(false)
  const [sending, setSending] = useState(false)
  const touched = useRef(false)
  const known = useRef(false)
  const seen = useRef(items)
  seen.current = items
  const current = useRef(id)
  const whole: RaiseDraft = { ...draft, place: draft.place ?? usual }
  const latest = useRef(whole)
  latest.current = whole

  const show = useCallback((next: RaiseDraft, item: string = crypto.randomUUID()) => {
    touched.current = false
    current.current = item
    setId(item)
    setDraft(next)
    setConflict(false)
    setSavedAt(undefined)
    setOpened(true)
  }, [])

  const { item: wantedItem, draft: wantedDraft, anew } = wanted
  useEffect(() => {
    if (!queue || (wantedItem !== undefined && wantedItem === current.current)) return
    const found = itemFor({ item: wantedItem, draft: wantedDraft, anew }, seen.current)
    const first = !known.current
    known.current = true
    // somebody typed before the queue was open: that is the draft now
    if (touched.current && !wantedItem && !wantedDraft && (first || !anew)) setOpened(true)
    else if (found) show(draftOf(found), found.id)
    else if (wantedDraft) {
      // a draft that cannot be read leaves the form empty
      readServerDraft(wantedDraft).then(
        (read) => show(read ?? emptyDraft),
        () => show(emptyDraft),
      )
    } else show(emptyDraft)
  }, [queue, wantedItem, wantedDraft, anew, show])

  // what was written before signing in becomes the person's own a moment after the page is back
  useEffect(() => {
    if (!queue || !wantedItem || wantedItem === current.current || touched.current) return
    const late = itemFor({ item: wantedItem }, items)
    if (late) show(draftOf(late), late.id)
  }, [queue, items, wantedItem, show])

  // it belonged to somebody else, or was removed in another window
  const kept = useRef(false)
  const there = items.some((each) => each.id === id)
  useEffect(() => {
    if (kept.current && !there && !sending && isWorthKeeping(latest.current)) show(emptyDraft)
    kept.current = there
  }, [there, sending, show])

  const change = useCallback<Keeper['change']>((changes) => {
    touched.current = true
    const changed = (before: RaiseDraft) =>
      typeof changes === 'function' ? changes(before) : { ...before, ...changes }
    setDraft(changed)
    // whoever submits in this very moment submits this too
    latest.current = changed(latest.current)
  }, [])

  /** What is kept while it is being submitted would take it back: it is a draft again then. */
  const submitting = useRef(false)
  useEffect(() => {
    if (!queue || !touched.current || submitting.current) return
    const item = current.current
    if (!isWorthKeeping(draft)) {
      void queue.remove(item)
      return
    }
    queue.keep(needKind, latest.current, { id: item, label: labelOf(draft) }).then(
      () => setSavedAt(new Date().toISOString()),
      () => undefined,
    )
  }, [draft, queue])

  const server = useServerCopy(whole, signedIn && online && touched.current && !sending && !conflict, {
    onSaved: (copy) => change({ server: copy }),
    onConflict: () => setConflict(true),
  })

  const item = items.find((each) => each.id === id)
  const submit = async (): Promise<QueueItem | undefined> => {
    if (!queue) return undefined
    setSending(true)
    await server.finish()
    submitting.current = true
    const sent = latest.current
    const item = current.current
    await queue.enqueue(needKind, sent, {
      id: item,
      label: labelOf(sent),
      // whoever was told of the other copy and submits all the same means this one
      baseVersion: conflict ? undefined : sent.server?.version,
    })
    await queue.run()
    submitting.current = false
    setSending(false)
    const after = queue.items().find((each) => each.id === item)
    if (after?.problem?.status === 412) setConflict(true)
    return after
  }
  const takeOther = () => {
    const copy = latest.current.server
    if (!copy) return
    readServerDraft(copy.id).then(
      (read) => {
        if (!read) return
        setConflict(false)
        change(() => read)
      },
      () => undefined,
    )
  }
  return { draft: whole, change, id, item, queue, opened, savedAt, conflict, takeOther, submit }
}

/** May the draft on the page still be changed? */
export function isOpen(item: QueueItem | undefined): boolean {
  return item === undefined || isEditable(item)
}

// The one queue of what a person wrote: drafts and acts that wait for the network. Pure but for the store, clock and sender that it is given.
import { type Problem, problemOf } from '../problem.ts'

/**
 * draft: kept, sent only when the person says so · waiting: goes out by itself · sending: on its way · sent: accepted, `answer` says as
 * what · refused: the server said no, `problem` says why; changed and enqueued again it goes out anew.
 */
export type ItemState = 'draft' | 'waiting' | 'sending' | 'sent' | 'refused'

/** What the server made of it. */
export type SentAnswer = { readonly id: string; readonly number?: string }

export type QueueItem<Payload = unknown> = {
  /** Made on this device. */
  readonly id: string
  /** Which handler sends it. */
  readonly kind: string
  /** Who wrote it; undefined: nobody was signed in. */
  readonly by?: string
  /** A few words by which the person knows it again. */
  readonly label: string
  /** Version of the server's record that the payload was written upon; a record changed since then refuses it. */
  readonly baseVersion?: number
  /** Gone once it was sent. */
  readonly payload?: Payload
  readonly state: ItemState
  /** Idempotency-Key: one per enqueueing, the same on every attempt. */
  readonly key: string
  /** Milliseconds since 1970, as all times here. */
  readonly changedAt: number
  /** Attempts in a row that ended without a clear answer. */
  readonly attempts: number
  /** The first attempt whose outcome is not known. */
  readonly triedAt?: number
  /** Not before this time. */
  readonly nextAt?: number
  readonly answer?: SentAnswer
  readonly problem?: Problem
}

/** Where items lie: encrypted on the device, or in memory. Files belong to an item and go with it. */
export type QueueStore = {
  load(): Promise<readonly QueueItem[]>
  put(item: QueueItem): Promise<void>
  remove(id: string): Promise<void>
  putFile(item: string, id: string, file: Blob): Promise<void>
  getFile(id: string): Promise<Blob | undefined>
  removeFile(id: string): Promise<void>
  /** Who was signed in last on this device. */
  owner(): Promise<string | undefined>
  setOwner(person: string): Promise<void>
  /** Forgets everything, the key included. */
  wipe(): Promise<void>
}

export type Sending = {
  /** Idempotency-Key of the act; its parts take `${key}.1` and so on. */
  readonly key: string
  readonly baseVersion: number | undefined
  readonly file: (id: string) => Promise<Blob | undefined>
  /** Keeps what a part of the work brought (an uploaded file), so that the next attempt does not do it again. */
  readonly progress: (payload: unknown) => Promise<void>
}

/** Does the act on the server; throws ProblemError like every call. */
export type Handler = (payload: unknown, sending: Sending) => Promise<SentAnswer>

export type QueueParts = {
  readonly store: QueueStore
  readonly now: () => number
  readonly newId: () => string
  readonly isOnline: () => boolean
  /** Calls back after some milliseconds; answers how to give that up. */
  readonly later: (milliseconds: number, callback: () => void) => () => void
  /** Runs the work unless another window is at it. */
  readonly alone: (work: () => Promise<void>) => Promise<void>
  readonly handlers: Readonly<Record<string, Handler>>
}

export type KeepOptions = {
  readonly id?: string
  readonly label?: string
  readonly baseVersion?: number
}

const minute = 60_000
const day = 24 * 60 * minute
/** The server remembers keys for seven days: an attempt older than this is not repeated blindly. */
const sureFor = 6 * day
/** Results stay in sight this long, drafts of nobody on a device that many share too. */
const resultsFor = 7 * day
const nobodysFor = day

/** Milliseconds until the next attempt: 3 s, 15 s, 1 min, then every 5 min. */
export function backOff(attempts: number): number {
  return [3000, 15_000, minute][attempts - 1] ?? 5 * minute
}

/** No clear answer: no network, the server fails or has too much to do. The same again later may succeed. */
export function isPassing({ status }: Problem): boolean {
  return status === 0 || status === 408 || status === 425 || status === 429 || status >= 500
}

/** May its owner still change it? Not while the outcome of an attempt is unknown: it might be there already. */
export function isEditable(item: QueueItem): boolean {
  return item.state === 'draft' || item.state === 'refused' || (item.state === 'waiting' && item.triedAt === undefined)
}

/** Items that have had their time. */
export function isStale(item: QueueItem, now: number): boolean {
  if (item.state === 'sent') return now - item.changedAt > resultsFor
  return item.by === undefined && item.state === 'draft' && now - item.changedAt > nobodysFor
}

/** The item after an attempt ended. */
export function settled(item: QueueItem, outcome: SentAnswer | Problem, now: number): QueueItem {
  if (!('status' in outcome)) {
    const { payload: _, problem: __, nextAt: ___, triedAt: ____, ...rest } = item
    return { ...rest, state: 'sent', answer: outcome, changedAt: now, attempts: 0 }
  }
  if (isPassing(outcome)) {
    const attempts = item.attempts + 1
    return { ...item, state: 'waiting', attempts, nextAt: now + backOff(attempts), problem: outcome }
  }
  const clear = { ...item, attempts: 0, triedAt: undefined, nextAt: undefined, problem: outcome }
  // who has to sign in first loses nothing: signing in sends it
  return { ...clear, state: outcome.status === 401 ? 'waiting' : 'refused' }
}

/** Waits for its turn now? After 401 only signing in makes it due again (which clears the problem). */
function isDue(item: QueueItem, now: number): boolean {
  return item.state === 'waiting' && item.problem?.status !== 401 && (item.nextAt ?? 0) <= now
}

export type Queue = ReturnType<typeof makeQueue>

/** Opens the queue over a store. Call `start` once; then `items` is what there is, and `subscribe` tells of every change. */
export function makeQueue(parts: QueueParts) {
  const { store, now, newId } = parts
  let all: readonly QueueItem[] = []
  /** Those of the person who is there, and of nobody: what another one left is neither shown nor sent. */
  let items: readonly QueueItem[] = []
  let writer: string | undefined
  const listeners = new Set<() => void>()
  let cancel: (() => void) | undefined
  let running: Promise<void> | undefined
  let again = false
  let writes: Promise<unknown> = Promise.resolve()

  /** One write after the other, as they were asked for: encrypting takes longer for one than for the next. */
  const inOrder = <Answer>(write: () => Promise<Answer>): Promise<Answer> => {
    const done = writes.then(write)
    writes = done.catch(() => undefined)
    return done
  }

  const show = (next: readonly QueueItem[]) => {
    all = next
    items = next.filter((item) => item.by === undefined || item.by === writer)
    for (const listener of listeners) listener()
  }
  const find = (id: string) => all.find((item) => item.id === id)
  const save = async (item: QueueItem): Promise<QueueItem> => {
    show(find(item.id) ? all.map((each) => (each.id === item.id ? item : each)) : [...all, item])
    await inOrder(async () => {
      // of many keystrokes that wait to be written the last one is enough; what was dropped meanwhile stays away
      const latest = find(item.id)
      if (latest && latest === item) await store.put(latest)
    })
    return item
  }
  const drop = async (id: string) => {
    show(all.filter((item) => item.id !== id))
    await inOrder(() => store.remove(id))
  }
  const forget = async () => {
    show([])
    await inOrder(() => store.wipe())
  }

  const read = () =>
    inOrder(async () => {
      const before = all
      const found = await store.load()
      const stale = found.filter((item) => isStale(item, now()))
      for (const item of stale) await store.remove(item.id)
      const merged = found
        .filter((item) => !stale.includes(item))
        .map((item) => {
          // typed here while we read: that is newer
          const here = find(item.id)
          if (here && here.changedAt >= item.changedAt && here.state !== 'sending') return here
          // what was on its way when the browser closed goes out again, with the same key
          return item.state === 'sending' ? { ...item, state: 'waiting' as const } : item
        })
      const fresh = all.filter((item) => !before.includes(item) && !merged.some(({ id }) => id === item.id))
      show([...merged, ...fresh])
    })

  const attempt = async (id: string) => {
    const before = find(id)
    if (before?.state !== 'waiting') return
    const handler = parts.handlers[before.kind]
    if (!handler) return
    if (before.triedAt !== undefined && now() - before.triedAt > sureFor) {
      await save({ ...before, state: 'refused', problem: { status: 409, code: 'outcome-unknown', title: '' } })
      return
    }
    await save({ ...before, state: 'sending', triedAt: before.triedAt ?? now(), problem: undefined })
    const outcome = await handler(before.payload, {
      key: before.key,
      baseVersion: before.baseVersion,
      file: (file) => store.getFile(file),
      progress: async (payload) => {
        const item = find(id)
        if (item) await save({ ...item, payload })
      },
    }).catch(problemOf)
    const after = find(id)
    // signed out meanwhile: nothing of it stays
    if (after) await save(settled(after, outcome, now()))
  }

  const plan = () => {
    cancel?.()
    cancel = undefined
    const times = items.flatMap((item) =>
      item.state === 'waiting' && item.problem?.status !== 401 ? [item.nextAt ?? 0] : [],
    )
    if (times.length > 0 && parts.isOnline()) {
      cancel = parts.later(Math.max(1000, Math.min(...times) - now()), () => void run())
    }
  }

  const work = async () => {
    do {
      again = false
      for (;;) {
        const due = parts.isOnline() ? items.find((item) => isDue(item, now())) : undefined
        if (!due || !parts.handlers[due.kind]) break
        await attempt(due.id)
      }
    } while (again)
  }

  /** Sends what is due, one after the other; called again while it runs, it looks once more at the end. */
  const run = async (): Promise<void> => {
    if (running) {
      again = true
      return running
    }
    running = parts.alone(work).finally(() => {
      running = undefined
      plan()
    })
    await running
    // somebody asked in the very moment in which the work ended
    if (again) {
      again = false
      await run()
    }
  }

  return {
    items: () => items,
    subscribe(listener: () => void) {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
    /** Reads what lies on the device and sends what waits. */
    async start() {
      // until it is known who is there (without a network it is not), it is whoever was there last
      writer = await store.owner()
      await read()
      void run()
    },
    /** The network is back, or somebody signed in: everything that waits is due at once. */
    async wake() {
      for (const item of items) {
        if (item.state !== 'waiting' || (item.nextAt === undefined && item.problem === undefined)) continue
        await save({ ...item, nextAt: undefined, problem: undefined })
      }
      await run()
    },
    /** Looks again at the device: another window may have changed it. */
    async refresh() {
      if (!running) await read()
    },
    /** Keeps a draft; answers its item. An item that must not change any more (`isEditable`) stays as it is. */
    async keep(kind: string, payload: unknown, options: KeepOptions = {}): Promise<QueueItem> {
      const before = options.id === undefined ? undefined : find(options.id)
      if (before && !isEditable(before)) return before
      return save({
        id: before?.id ?? options.id ?? newId(),
        kind,
        by: before?.by ?? writer,
        label: options.label ?? before?.label ?? '',
        baseVersion: options.baseVersion ?? before?.baseVersion,
        payload,
        state: 'draft',
        key: before?.key ?? newId(),
        changedAt: now(),
        attempts: 0,
        problem: before?.problem,
      })
    },
    /** Sends a payload as soon as that is possible; answers its item at once. Enqueued twice it still happens once. */
    async enqueue(kind: string, payload: unknown, options: KeepOptions = {}): Promise<QueueItem> {
      const before = options.id === undefined ? undefined : find(options.id)
      if (before && !isEditable(before)) return before
      const item = await save({
        id: before?.id ?? options.id ?? newId(),
        kind,
        by: before?.by ?? writer,
        label: options.label ?? before?.label ?? '',
        baseVersion: options.baseVersion,
        payload,
        state: 'waiting',
        // changed after a refusal it is another request
        key: newId(),
        changedAt: now(),
        attempts: 0,
      })
      void run()
      return item
    },
    /** Sends what is due; done when nothing more can go out now. */
    run,
    remove: drop,
    putFile: (item: string, id: string, file: Blob) => store.putFile(item, id, file),
    getFile: (id: string) => store.getFile(id),
    removeFile: (id: string) => store.removeFile(id),
    /** Somebody is signed in on this device: the items of another person go, those of nobody become theirs. */
    async claim(person: string) {
      writer = person
      for (const item of all) {
        if (item.by === undefined) await save({ ...item, by: person })
        else if (item.by !== person) await drop(item.id)
      }
      await inOrder(() => store.setOwner(person))
      show(all)
    },
    /** Nobody is signed in any more, without having signed out (the session ended): what was written waits for its writer. */
    release() {
      writer = undefined
      show(all)
    },
    /** Signed out: nothing stays on the device. */
    async wipe() {
      cancel?.()
      await forget()
    },
  }
}

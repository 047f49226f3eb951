// Opens the queue of this window: the device's store, the handlers that the features offer, the events that wake it.
import i18next from 'i18next'
import { showToast } from '../../ui/resident/toast-store.ts'
import { queryClient } from '../ask.ts'
import { markKept } from './mark.ts'
import { makeMemoryStore } from './memory-store.ts'
import { type Handler, makeQueue, type Queue, type QueueStore } from './queue.ts'
import { openVault } from './vault.ts'

type OfflineKinds = { readonly offlineKinds: Readonly<Record<string, Handler>> }

const modules = import.meta.glob<OfflineKinds>('../../features/*/offline.ts', { eager: true })
const handlers = Object.assign({}, ...Object.values(modules).map((module) => module.offlineKinds)) as Record<
  string,
  Handler
>

async function storeOfDevice(): Promise<QueueStore> {
  try {
    return await openVault()
  } catch {
    // a private window of some browsers, or a page without TLS: kept as long as the page is open
    return makeMemoryStore()
  }
}

/** Only one window sends; where the browser cannot tell, the Idempotency-Key still lets each act happen once. */
async function alone(work: () => Promise<void>): Promise<void> {
  if (!('locks' in navigator)) return work()
  await navigator.locks.request('liandong.queue', { ifAvailable: true }, async (lock) => (lock ? work() : undefined))
}

/** Tells of what went out while the person was elsewhere on the site; the page of a form tells by itself. */
function announce(queue: Queue): void {
  let known = new Set(queue.items().flatMap((item) => (item.state === 'sent' ? [item.id] : [])))
  queue.subscribe(() => {
    const sent = queue.items().filter((item) => item.state === 'sent')
    for (const item of sent) {
      if (known.has(item.id)) continue
      void queryClient.invalidateQueries()
      if (!/^\/raise/.test(window.location.pathname))
        showToast(i18next.t('frame:queue.sent', { label: item.label, number: item.answer?.number ?? '' }))
    }
    known = new Set(sent.map((item) => item.id))
    markKept(queue.items().length > 0)
  })
}

/** Called once per window, by `openQueue`. */
export async function startQueue(): Promise<Queue> {
  const queue = makeQueue({
    store: await storeOfDevice(),
    now: () => Date.now(),
    newId: () => crypto.randomUUID(),
    isOnline: () => navigator.onLine,
    later(milliseconds, callback) {
      const timer = setTimeout(callback, milliseconds)
      return () => clearTimeout(timer)
    },
    alone,
    handlers,
  })
  announce(queue)
  await queue.start()
  window.addEventListener('online', () => void queue.wake())
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') void queue.refresh().then(() => queue.wake())
  })
  return queue
}

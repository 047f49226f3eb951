// The queue in components.
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import { useSession } from '../session.ts'
import { openQueue } from './offline.ts'
import type { Queue, QueueItem } from './queue.ts'

const none: readonly QueueItem[] = []

/** The queue, undefined until it is open and it was asked who is there; and the items of that person. */
export function useQueue(): { readonly queue: Queue | undefined; readonly items: readonly QueueItem[] } {
  const [queue, setQueue] = useState<Queue>()
  useEffect(() => {
    let here = true
    openQueue().then(
      (opened) => here && setQueue(opened),
      // its code could not be loaded: the form works without
      () => undefined,
    )
    return () => {
      here = false
    }
  }, [])
  const items = useSyncExternalStore(queue?.subscribe ?? subscribeNothing, queue?.items ?? (() => none))
  const { person, loaded, asked } = useSession()
  const mine = useMemo(() => {
    if (!asked) return none
    // the queue hears of the person a moment later than this page: nothing of another one may be seen until then
    return loaded ? items.filter(({ by }) => by === undefined || by === person?.id) : items
  }, [items, person, loaded, asked])
  return { queue: asked ? queue : undefined, items: mine }
}

function subscribeNothing(): () => void {
  return () => undefined
}

function subscribeNetwork(listener: () => void): () => void {
  window.addEventListener('online', listener)
  window.addEventListener('offline', listener)
  return () => {
    window.removeEventListener('online', listener)
    window.removeEventListener('offline', listener)
  }
}

/** Whether the browser sees a network. */
export function useOnline(): boolean {
  return useSyncExternalStore(subscribeNetwork, () => navigator.onLine)
}

// The queue in components.
import { useEffect, useState, useSyncExternalStore } from 'react'
import { openQueue } from './offline.ts'
import type { Queue, QueueItem } from './queue.ts'

const none: readonly QueueItem[] = []

/** The queue, undefined until it is open, and its items. */
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
  return { queue, items }
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

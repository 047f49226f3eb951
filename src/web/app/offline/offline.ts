// The small part of the queue that every page carries: opening it when it is needed, whose it is, and wiping it.
import type { Queue } from './queue.ts'

const mark = 'liandong.queue'
let opened: Promise<Queue> | undefined

/** Remembers that something lies in the queue, so that pages need not open it to know. */
export function markKept(kept: boolean): void {
  if (kept) localStorage.setItem(mark, '1')
  else localStorage.removeItem(mark)
}

/** The queue of this window; its code comes with the first call. */
export function openQueue(): Promise<Queue> {
  opened ??= import('./start.ts').then(({ startQueue }) => startQueue())
  return opened
}

/** Opens the queue when something of an earlier visit lies in it. */
export function openQueueIfKept(): void {
  if (localStorage.getItem(mark) !== null) void openQueue()
}

/** Tells who is signed in: what another person left on this device goes, what waited for signing in goes out. */
export async function tellQueue(person: string | undefined): Promise<void> {
  if (!opened && localStorage.getItem(mark) === null) return
  const queue = await openQueue()
  if (person === undefined) return queue.release()
  await queue.claim(person)
  await queue.wake()
}

/** Signed out: nothing that was written stays on the device. */
export async function wipeQueue(): Promise<void> {
  if (!opened && localStorage.getItem(mark) === null) return
  await (await openQueue()).wipe()
  markKept(false)
}

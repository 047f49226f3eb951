// The small part of the queue that every page carries: opening it when it is needed, whose it is, and wiping it.
import { isMarkedKept, markKept } from './mark.ts'
import type { Queue } from './queue.ts'

let opened: Promise<Queue> | undefined

/** The queue of this window; its code comes with the first call. */
export function openQueue(): Promise<Queue> {
  opened ??= import('./start.ts').then(({ startQueue }) => startQueue())
  return opened
}

/** Opens the queue when something of an earlier visit lies in it. */
export function openQueueIfKept(): void {
  if (isMarkedKept()) void openQueue()
}

/** Tells who is signed in: what another person left on this device goes, what waited for signing in goes out. */
export async function tellQueue(person: string | undefined): Promise<void> {
  if (!opened && !isMarkedKept()) return
  const queue = await openQueue()
  if (person === undefined) return queue.release()
  await queue.claim(person)
  await queue.wake()
}

/** Signed out: nothing that was written stays on the device. */
export async function wipeQueue(): Promise<void> {
  if (!opened && !isMarkedKept()) return
  await (await openQueue()).wipe()
  markKept(false)
}

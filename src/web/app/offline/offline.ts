// The small part of the queue that every page carries: opening it when it is needed, whose it is, and wiping it.
import { isMarkedKept, markKept } from './mark.ts'
import type { Queue } from './queue.ts'

let opened: Promise<Queue> | undefined
/** Who is there, once that is known. */
let told: { readonly person: string | undefined } | undefined

async function assign(queue: Queue): Promise<Queue> {
  if (told?.person !== undefined) await queue.claim(told.person)
  else if (told) queue.release()
  return queue
}

/** The queue of this window, of whoever is there; its code comes with the first call. */
export function openQueue(): Promise<Queue> {
  opened ??= import('./start.ts').then(async ({ startQueue }) => assign(await startQueue()))
  return opened
}

/** Tells who is signed in: what another person left on this device goes, what waited for signing in goes out. */
export async function tellQueue(person: string | undefined): Promise<void> {
  told = { person }
  if (!opened && !isMarkedKept()) return
  const queue = await assign(await openQueue())
  if (person !== undefined) await queue.wake()
}

/** Signed out: nothing that was written stays on the device. */
export async function wipeQueue(): Promise<void> {
  if (!opened && !isMarkedKept()) return
  await (await openQueue()).wipe()
  markKept(false)
}

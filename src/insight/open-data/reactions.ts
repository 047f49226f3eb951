// Open data: what is published when something happens in a process, and the job that tells what happened before or was missed.
import { listPublishedTenders } from '../../loop/procurement/public.ts'
import { splitId } from '../../kit/id.ts'
import { allow } from '../../kit/ruling.ts'
import { type Act, systemAct } from '../../platform/action.ts'
import type { Job, Reaction } from '../../platform/declarations.ts'
import type { StoredEvent } from '../../platform/events.ts'
import type { Platform } from '../../platform/platform.ts'
import { publishProcess } from './actions/publish.ts'
import { contractIdOf } from './rules/implementation.ts'
import { toldEvents } from './rules/release.ts'
import { findTenderOf, listTold } from './store.ts'

/** A project's approval is told with its tender. */
const heard = toldEvents.filter((name) => !name.startsWith('projects.'))

async function tenderOf(act: Act, event: StoredEvent): Promise<string | undefined> {
  if (event.of.kind === 'tender') return event.of.id
  const contract = contractIdOf({ name: event.name, of: event.of.id, data: event.data })
  return contract === undefined ? undefined : findTenderOf(act.tx, contract)
}

async function publish(act: Act, events: readonly StoredEvent[]): Promise<void> {
  const tenders = new Set<string>()
  for (const event of events) {
    const tender = await tenderOf(act, event)
    if (tender !== undefined) tenders.add(tender)
  }
  // In one order everywhere: two deliveries never wait for each other's process.
  for (const tender of [...tenders].sort()) await publishProcess(act, tender)
}

export const openDataReactions: readonly Reaction[] = [
  {
    name: 'open-data.publish',
    hears: heard,
    run: (act, event) => publish(act, [event]),
    runAll: publish,
  },
]

const pageSize = 500

/** Publishes the processes that have no release yet, oldest first; answers how many releases were written. Each in a transaction of its own. */
export async function catchUp(platform: Platform): Promise<number> {
  const { reader } = platform.database
  const missing: string[] = []
  let page: string[] = []
  do {
    const last = page.at(-1)
    page = await listPublishedTenders(reader, last === undefined ? undefined : splitId(last).uuid, pageSize)
    const told = await listTold(reader, page)
    missing.push(...page.filter((tender) => !told.has(tender)))
  } while (page.length === pageSize)
  let written = 0
  // Oldest first: a tender that follows a failed one names it.
  for (const tender of missing.reverse()) {
    const ruling = await systemAct(platform, 'open-data.catch-up', async (act) =>
      allow(await publishProcess(act, tender)),
    )
    if (ruling.ok) written += ruling.value
  }
  return written
}

export const openDataJobs: readonly Job[] = [
  { name: 'open-data.catch-up', cron: '20 4 * * *', run: async (platform) => void (await catchUp(platform)) },
]

// Who gets what: one value from configuration to running parts. Nothing here decides anything.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Logger } from 'pino'
import { permissionsByRole } from './permissions.ts'
import { makeSessionReader } from '../foundation/identity/public.ts'
import { loadDivisions } from '../foundation/divisions/public.ts'
import { openPolicy } from '../foundation/policy/public.ts'
import { calendarOf, workingDaysFile } from '../kit/working-days.ts'
import { openCipher } from '../platform/crypto/field-cipher.ts'
import { type Keys, loadKeys, parseKeys } from '../platform/crypto/keys.ts'
import { type Clock, openClock } from '../platform/clock.ts'
import { openDatabase } from '../platform/database.ts'
import { openFileStore } from '../platform/files/disk-store.ts'
import { makeLimiter } from '../platform/http/allowance.ts'
import type { HttpContext } from '../platform/http/bind.ts'
import { startOutbox } from '../platform/jobs/outbox.ts'
import { startTimers } from '../platform/jobs/timers.ts'
import { openLiveHub, type SocketHub } from '../platform/live/socket-hub.ts'
import type { Platform } from '../platform/platform.ts'
import { type Publication, unregistered } from '../platform/publication.ts'
import { makeSigner } from '../platform/seal/signer.ts'
import { makeWords, type Words } from '../platform/words.ts'
import { domains } from './domains.ts'

export type Parts = {
  readonly platform: Platform
  readonly http: HttpContext
  readonly outbox: ReturnType<typeof startOutbox>
  readonly timers: ReturnType<typeof startTimers>
  readonly live: SocketHub
  readonly keys: Keys
  close(): Promise<void>
}

export type ComposeOptions = {
  readonly root: string
  readonly databaseUrl: string
  readonly dataDir: string
  readonly demo: boolean
  readonly log: Logger
  readonly fieldKeys?: string
  readonly poolSize?: number
  readonly checkAnswers?: boolean
  readonly secureCookies?: boolean
  readonly publicUrl?: string
  /** Left out: the placeholder that is not registered. */
  readonly publication?: Publication
  /** How often outbox and timers look by themselves, in ms; tests that count statements let them rest. */
  readonly pollMs?: number
  /** Another clock than the database's: the demo makes its past with one. */
  readonly clock?: Clock
}

/** The catalogues of the platform and of every domain that has words. */
export function loadWords(root: string): Words {
  const read = (folder: string) => ({
    'zh-CN': JSON.parse(readFileSync(join(folder, 'words.zh-CN.json'), 'utf8')),
    en: JSON.parse(readFileSync(join(folder, 'words.en.json'), 'utf8')),
  })
  const folders = new Map([['platform', join(root, 'src/platform')]])
  for (const wing of ['foundation', 'registers', 'loop', 'commons', 'governing', 'insight']) {
    for (const entry of safeEntries(join(root, 'src', wing))) folders.set(entry, join(root, 'src', wing, entry))
  }
  const withWords = [...folders].filter(([, folder]) => safeEntries(folder).includes('words.zh-CN.json'))
  return makeWords(Object.fromEntries(withWords.map(([name, folder]) => [name, read(folder)])))
}

function safeEntries(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

/** Opens everything on a migrated database. The caller closes it. */
export async function compose(options: ComposeOptions): Promise<Parts> {
  const database = openDatabase(options.databaseUrl, {
    max: options.poolSize,
    onError: (error) => options.log.error({ fault: error.name }, 'database'),
  })
  const keys = options.fieldKeys === undefined ? loadKeys(options.dataDir) : parseKeys(options.fieldKeys, 'FIELD_KEYS')
  const clock = options.clock ?? (await openClock(database))
  const live = await openLiveHub(options.databaseUrl, options.log)
  const parameters = domains.flatMap((domain) => domain.parameters ?? [])
  const reactions = domains.flatMap((domain) => domain.reactions ?? [])
  const hearers = new Map<string, string[]>()
  for (const reaction of reactions) {
    for (const name of reaction.hears) hearers.set(name, [...(hearers.get(name) ?? []), reaction.name])
  }
  const indicators = domains.flatMap((domain) => domain.indicators ?? [])
  for (const name of new Set(indicators.flatMap((indicator) => indicator.hears))) {
    hearers.set(name, [...(hearers.get(name) ?? []), 'indicators.count'])
  }
  let wake = () => {}
  const platform: Platform = {
    database,
    clock,
    policy: await openPolicy(database, parameters),
    calendar: calendarOf(
      workingDaysFile.parse(JSON.parse(readFileSync(join(options.root, 'data/working-days.json'), 'utf8'))),
    ),
    cipher: await openCipher(database, keys),
    signer: makeSigner(keys.seal),
    files: openFileStore(database, options.dataDir),
    live,
    words: loadWords(options.root),
    log: options.log,
    demo: options.demo,
    publicUrl: options.publicUrl,
    publication: options.publication ?? unregistered,
    hearers,
    separations: domains.flatMap((domain) => domain.separations ?? []),
    records: new Map(domains.flatMap((domain) => domain.records ?? []).map((record) => [record.kind, record])),
    stations: domains.flatMap((domain) => domain.stations ?? []),
    indicators,
    parameters,
    publishedAs: domains.flatMap((domain) => domain.publishedAs ?? []),
    wake: () => wake(),
  }
  const outbox = startOutbox(platform, reactions, options.pollMs)
  const timers = startTimers(
    platform,
    domains.flatMap((domain) => domain.timers ?? []),
    options.pollMs,
  )
  wake = () => outbox.wake()
  live.keepFresh('policy', () => platform.policy.reload())
  live.keepFresh('divisions', () => loadDivisions(database.reader))
  const names = new Map(
    domains.flatMap((domain) => domain.routes.map((binding) => [binding.endpoint.name, domain.name])),
  )
  const http: HttpContext = {
    platform,
    sessions: makeSessionReader(database, permissionsByRole(domains), clock),
    limiter: makeLimiter(database),
    domainOf: (name) => names.get(name) ?? 'platform',
    checkAnswers: options.checkAnswers ?? false,
    secureCookies: options.secureCookies ?? false,
  }
  return {
    platform,
    http,
    outbox,
    timers,
    live,
    keys,
    async close() {
      await timers.stop()
      await outbox.stop()
      await live.close()
      await database.close()
    },
  }
}

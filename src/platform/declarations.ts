// What a domain declares about itself beside its routes; compose gathers these and hands them to whoever runs them.
import type { PermissionTable, Reach, Scopes, Separation } from '../kit/actor.ts'
import type { DivisionCode, Jurisdiction, RecordRef } from '../kit/id.ts'
import type { PolicyParameter } from '../kit/parameter.ts'
import type { Act, Binding } from './action.ts'
import type { Tx } from './database.ts'
import type { StoredEvent } from './events.ts'
import type { Platform } from './platform.ts'

/** A consumer of other domains' events: runs once per event (exactly once per outbox row), in its own transaction. */
export type Reaction = {
  /** `<domain>.<what it does>`, unique. */
  readonly name: string
  readonly hears: readonly string[]
  readonly run: (act: Act, event: StoredEvent) => Promise<void>
  /**
   * For counters and the like: many events of one government in one transaction, oldest first. When it fails each is run alone, so that
   * one bad event holds up no other.
   */
  readonly runAll?: (act: Act, events: readonly StoredEvent[]) => Promise<void>
}

/** What happens to a record when business time reaches a timer's due: `handler` of the timers written with events. */
export type TimerHandler = {
  readonly handler: string
  readonly run: (act: Act, record: RecordRef) => Promise<void>
}

/** A figure counted from events, incrementally and again from scratch with the same result (foundation/indicators runs it). */
export type Indicator = {
  /** `<domain>.<figure>`, unique. */
  readonly name: string
  readonly unit: 'count' | 'fen' | 'percent' | 'days' | 'persons'
  readonly kind: 'count' | 'sum' | 'ratio' | 'distinct' | 'duration'
  /** Events that feed it. Not used by a ratio. */
  readonly hears: readonly string[]
  /**
   * What one event contributes: count/sum an amount (negative for reversing events), distinct a person, duration milliseconds. An empty
   * list contributes nothing. Must depend on the event alone, so that a recount agrees.
   */
  readonly entries?: (event: StoredEvent) => readonly IndicatorEntry[]
  /** Read by its own domain only (how many stand in a state now, persons that are told in groups): neither in the list of figures nor by name. */
  readonly internal?: boolean
  /** For kind ratio: names of the indicators above and below the line. */
  readonly of?: { readonly part: string; readonly whole: string }
}

export type IndicatorEntry = { readonly amount?: bigint; readonly person?: string; readonly durationMs?: number }

export type Party = 'resident' | 'community' | 'organization' | 'worker' | 'government' | 'third-party'

/** One station of the thread as a domain declares it: which of its events reach it, and what is shown of them. */
export type Station = {
  readonly station:
    | 'need'
    | 'support'
    | 'deliberation'
    | 'project'
    | 'procurement'
    | 'contract'
    | 'delivery'
    | 'payment'
    | 'evaluation'
    | 'verdict'
  readonly hears: readonly string[]
  readonly party: Party
  /** Codes and numbers for the line's text `stations.<station>.<event verb>` of the domain's words; never personal. */
  readonly facts?: (event: StoredEvent) => Readonly<Record<string, string | number>>
  /** Of events of one verb only the latest is told; with this, the latest of each: the lots of a tender. */
  readonly each?: (event: StoredEvent) => string | undefined
  readonly money?: (
    event: StoredEvent,
  ) =>
    | { readonly kind: 'budget' | 'award' | 'encumbered' | 'paid' | 'due' | 'refunded'; readonly amount: bigint }
    | undefined
  /** Whether the public sees this station's facts (it always sees that a station was reached), or only who may read the record. */
  readonly facing: 'public' | 'readers'
}

/** A record as other parts show it: in threads, timelines, my work, search, notices. */
export type RecordCard = {
  readonly ref: RecordRef
  readonly number?: string
  /** Left out where it is private. */
  readonly title?: string
  readonly state: string
  readonly division: DivisionCode
  readonly reach: Reach
  /** Whether anyone, signed in or not, may see this record's public page. */
  readonly open: boolean
}

/** What is looked for: a number that people see (需2026-0087: year and value), else words. */
export type RecordQuery = {
  readonly text: string
  readonly number?: { readonly year: number; readonly value: number }
  /** Where the asker may read records of the kind that are not open. */
  readonly scopes: Scopes
  /** The government where the asker works or lives: what is found there comes first. */
  readonly near?: Jurisdiction
}

/** Ids of at most `limit` records, near ones first, then the newest, by an index, in at most one statement; private needs never. */
export type RecordFinder = (tx: Tx, query: RecordQuery, limit: number) => Promise<string[]>

/** How a kind of record is read from outside its domain. Never for a write path. */
export type RecordKind = {
  readonly kind: string
  /** Permission to read a record that is not open. */
  readonly permission: string
  /** One query for all ids; unknown ids are left out. */
  readonly cards: (tx: Tx, ids: readonly string[]) => Promise<RecordCard[]>
  /** Absent: the kind is not searched for. */
  readonly find?: RecordFinder
  /** Where its page for everybody begins (`/needs`), if it has one. */
  readonly page?: string
}

/** Under which name of a public standard records of a kind are published, for whoever shows the record: the thread. One statement for all ids. */
export type PublishedAs = {
  readonly kind: string
  readonly standard: string
  /** Records that are not published are left out. */
  readonly find: (
    tx: Tx,
    ids: readonly string[],
  ) => Promise<{ readonly of: string; readonly name: string; readonly path: string }[]>
}

/** A job by wall clock (pg-boss, five-field cron, Asia/Shanghai). */
export type Job = { readonly name: string; readonly cron: string; readonly run: (platform: Platform) => Promise<void> }

export type Domain = {
  readonly name: string
  readonly routes: readonly Binding[]
  readonly permissions: PermissionTable
  readonly separations?: readonly Separation[]
  readonly reactions?: readonly Reaction[]
  readonly timers?: readonly TimerHandler[]
  readonly parameters?: readonly PolicyParameter[]
  readonly stations?: readonly Station[]
  readonly indicators?: readonly Indicator[]
  readonly records?: readonly RecordKind[]
  readonly jobs?: readonly Job[]
  readonly publishedAs?: readonly PublishedAs[]
}

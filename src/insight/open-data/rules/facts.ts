// Open data: what a process is told from: its events in their order, and fields of its records that everybody may read. Pure.
import type { Instant } from '../../../kit/instant.ts'
import type { Fen } from '../../../kit/money.ts'
import type { PlainDate } from '../../../kit/plain-date.ts'

/** An event of a process, as far as releases need it: neither who acted nor where from. */
export type ProcessEvent = {
  readonly id: string
  readonly name: string
  readonly at: Instant
  readonly of: string
  readonly stateFrom?: string
  readonly stateTo?: string
  readonly organization?: string
  readonly amount?: Fen
  readonly data: Readonly<Record<string, unknown>>
}

export type PartyFacts = {
  readonly id: string
  readonly name: string
  /** Unified social credit code; organizations that are only filed have none. */
  readonly uscc?: string
  readonly region?: string
  readonly locality?: string
}

/** A public need: its number and page, never its words. */
export type NeedFacts = { readonly id: string; readonly number: string }

export type ProjectFacts = {
  readonly id: string
  readonly number: string
  readonly title: string
  readonly goals: string
  readonly budget: Fen
  /** The source of the money in words. */
  readonly source: string
  readonly needs: readonly NeedFacts[]
  readonly motion?: string
  readonly start: PlainDate
  readonly end: PlainDate
  readonly item: { readonly code: string; readonly name: string }
}

/** Terms as they stood from one version to the next; never changed afterwards. */
export type TermsFacts = {
  readonly description: string
  readonly award: string
  readonly eligibility: string
  /** Why they were changed, and which parts, in words; of the first version neither. */
  readonly reason?: string
  readonly changed: string
}

/** A part of a tender that is awarded by itself. */
export type LotFacts = {
  readonly number: number
  readonly title: string
  readonly description: string
  readonly ceiling: Fen
}

export type TenderFacts = {
  readonly id: string
  readonly number: string
  readonly title: string
  readonly budget: Fen
  /** Procedure and mode in words. */
  readonly method: string
  /** Oldest first; the first one as published. */
  readonly versions: readonly TermsFacts[]
  readonly deadline?: Instant
  /** Why it ended without award, in words of a list. */
  readonly endReason?: string
  /** Those that bid; empty unless the award is public. */
  readonly bidders: readonly string[]
  /** Of a divided tender. */
  readonly lots?: readonly LotFacts[]
  readonly lotLimit?: number
}

export type MilestoneFacts = {
  readonly id: string
  readonly title: string
  readonly deliverable: string
  readonly due: PlainDate
  readonly state: string
}

export type AmendmentFacts = {
  readonly id: string
  readonly growth?: Fen
  readonly end?: PlainDate
  readonly dues: readonly { readonly milestone: string; readonly due: PlainDate }[]
}

export type ContractFacts = {
  readonly id: string
  readonly number: string
  readonly title: string
  readonly organization: string
  /** Of a divided tender. */
  readonly lot?: number
  readonly originalValue: Fen
  readonly start: PlainDate
  readonly end: PlainDate
  /** When the second party signed. */
  readonly signedAt?: Instant
  readonly milestones: readonly MilestoneFacts[]
  /** Agreed ones, oldest first. */
  readonly amendments: readonly AmendmentFacts[]
}

export type ProcessFacts = {
  /** A text of this domain in the language of the releases (zh-CN). */
  readonly say: (key: string, values?: Readonly<Record<string, string | number>>) => string
  readonly ocid: string
  readonly buyer: PartyFacts
  readonly project: ProjectFacts
  readonly tender: TenderFacts
  readonly contracts: ReadonlyMap<string, ContractFacts>
  readonly organizations: ReadonlyMap<string, PartyFacts>
  /** Earlier processes of the same project that ended without award. */
  readonly before: readonly { readonly ocid: string; readonly title: string }[]
}

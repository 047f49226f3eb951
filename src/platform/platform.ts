// What every action and question stands on, as one value that compose makes once.
import type { Logger } from 'pino'
import type { WorkingDayCalendar } from '../kit/working-days.ts'
import type { DivisionCode } from '../kit/id.ts'
import type { Separation } from '../kit/actor.ts'
import type { PolicyParameter } from '../kit/parameter.ts'
import type { Cipher } from './crypto/cipher.ts'
import type { Clock } from './clock.ts'
import type { Database } from './database.ts'
import type { Indicator, PublishedAs, RecordKind, Station } from './declarations.ts'
import type { FileStore } from './files/file-store.ts'
import type { LiveHub } from './live/live-hub.ts'
import type { Publication } from './publication.ts'
import type { Words } from './words.ts'

/** Policy values in force, from memory: per division, the nearest ancestor's value, else the declared default. */
export type PolicyReader = {
  number(key: string, division: DivisionCode): number
  text(key: string, division: DivisionCode): string
  /** JSON values (tables, lists). */
  data(key: string, division: DivisionCode): unknown
  /** The value in force and whose it is; no `setAt`: the declared default. */
  valueAt(key: string, division: DivisionCode): { readonly value: unknown; readonly setAt?: string }
  /** Reads the stored values again, after a change here or in another process. */
  reload(): Promise<void>
}

/** Signs receipts with the installation's key (Ed25519), the one of the seals. `use` keeps one kind of text from passing as another. */
export type Signer = {
  /** 32 bytes in hex. */
  readonly publicKey: string
  /** Signature in hex over `<use>:<text>`. */
  sign(use: string, text: string): string
  /** Whether this installation signed it. */
  verify(use: string, text: string, signature: string): boolean
}

/** Sends a one-time code; rejects when the provider is out of order. No implementation writes a code or a whole number to a log. */
export type SmsSender = { send(phone: string, code: string, validMinutes: number): Promise<void> }

export type Platform = {
  readonly database: Database
  readonly clock: Clock
  readonly policy: PolicyReader
  readonly calendar: WorkingDayCalendar
  readonly cipher: Cipher
  readonly signer: Signer
  readonly files: FileStore
  readonly live: LiveHub
  readonly words: Words
  readonly log: Logger
  readonly demo: boolean
  /** The SMS provider; without one, only the demo's in-memory inbox receives codes. */
  readonly sms?: SmsSender
  /** Where people reach the program (PUBLIC_URL): names the relying party of passkeys. */
  readonly publicUrl?: string
  /** Names under which open data is published. */
  readonly publication: Publication
  /** Event name -> consumers that hear it; filled by compose from the domains' reactions. */
  readonly hearers: ReadonlyMap<string, readonly string[]>
  readonly separations: readonly Separation[]
  /** What the domains declared, for the parts that run it: cards by kind, stations, figures, parameters. */
  readonly records: ReadonlyMap<string, RecordKind>
  readonly stations: readonly Station[]
  readonly indicators: readonly Indicator[]
  readonly parameters: readonly PolicyParameter[]
  readonly publishedAs: readonly PublishedAs[]
  /** Called after a commit that wrote outbox rows or timers, so that delivery starts at once. */
  readonly wake: () => void
}

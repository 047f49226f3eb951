// A station of the thread as both drawings of it take it.
import type { IconName } from './icon-paths.ts'
import type { Party } from './PartyMark.tsx'
import type { LineState } from './StateLine.tsx'

export type StationMoney = {
  /** "预算", "已付", "应付" … */
  readonly label: string
  /** Yuan as on the wire. */
  readonly amount: string
  /** Filled when it happened, outlined while it is due. */
  readonly happened: boolean
}

export type Station = {
  readonly key: string
  readonly label: string
  readonly party: Party
  readonly state: LineState
  readonly icon: IconName
  /** Words of the date: "3月16日", "12月4日前", "至 03-31". */
  readonly date?: string
  /** Who acted, by name. */
  readonly actor?: string
  /** What happened, one or two short sentences; an array breaks lines. */
  readonly fact?: string | readonly string[]
  readonly money?: StationMoney
  /** Opens the record behind the station, when the viewer may see it. */
  readonly to?: string
  /** State chip of a station that is on: "进行中", "等您". */
  readonly chip?: { readonly text: string; readonly waiting?: boolean }
}

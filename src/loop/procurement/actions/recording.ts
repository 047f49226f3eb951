// Procurement: what every verb does after its rule: the event with what waits and what the clock will do, policy values, and SM3.
import { createHash } from 'node:crypto'
import type { DivisionCode, RecordRef } from '../../../kit/id.ts'
import type { Fen } from '../../../kit/money.ts'
import type { Act } from '../../../platform/action.ts'
import type { Waiting } from '../../../platform/events.ts'
import type { ProjectMode } from '../../projects/contract.ts'
import type { Objection, PolicyTerms, Tender } from '../rules.ts'
import { timersOfTender, waitingOfTender } from '../waiting.ts'

/** SM3 (GB/T 32905-2016) of UTF-8 text, as hex. */
export function sm3(text: string): string {
  return createHash('sm3').update(text, 'utf8').digest('hex')
}

/** Policy values in force at a place, before a tender freezes them. */
export function termsOf(
  act: { policy: Act['policy']; platform: Act['platform'] },
  division: DivisionCode,
  mode: ProjectMode,
): PolicyTerms {
  const number = (key: string) => act.policy.number(`procurement.${key}`, division)
  const table = act.policy.data('procurement.notice-days', division)
  const days = (procedure: string, preset: number) => {
    const value: unknown = typeof table === 'object' && table !== null ? Reflect.get(table, procedure) : undefined
    return typeof value === 'number' && Number.isInteger(value) && value > 0 ? value : preset
  }
  return {
    noticeDays: { open: days('open', 20), consultation: days('consultation', 10) },
    panelSize: number('panel-size'),
    minimumBids: number(mode === 'entrusted-service' ? 'minimum-bids-entrusted' : 'minimum-bids'),
    standstillDays: number('standstill-days'),
    objectionDays: number('objection-days'),
    outlierPercent: number('outlier-percent'),
    calendar: act.platform.calendar,
  }
}

export type More = {
  readonly objections?: readonly Objection[]
  /** Panelists who have sheets to fill in; undefined: all of them. */
  readonly panelLeft?: readonly string[]
  readonly links?: readonly RecordRef[]
  /** Where more than the tender itself says who must act. */
  readonly waiting?: readonly Waiting[]
  readonly amount?: Fen
  readonly organization?: string
}

/** The event of a verb. */
export function recordTender(
  act: Act,
  verb: string,
  before: Tender | undefined,
  after: Tender,
  data: Readonly<Record<string, unknown>> = {},
  more: More = {},
): void {
  const open = (more.objections ?? []).filter((each) => each.state === 'open')
  act.record({
    name: `procurement.${verb}`,
    of: { kind: 'tender', id: after.id },
    division: after.division,
    state: { from: before?.state, to: after.state },
    links: more.links,
    amount: more.amount,
    organization: more.organization,
    data: { project: after.project, ...data },
    waiting: more.waiting ?? waitingOfTender(after, open, more.panelLeft),
    timers: timersOfTender(after),
  })
}

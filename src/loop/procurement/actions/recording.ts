// Procurement: what every verb does after its rule: the event with what waits and what the clock will do, policy values, and SM3.
import { createHash } from 'node:crypto'
import type { Judged } from '../../../kit/actor.ts'
import type { DivisionCode, RecordRef } from '../../../kit/id.ts'
import type { Fen } from '../../../kit/money.ts'
import { allow, type Ruling } from '../../../kit/ruling.ts'
import type { Act } from '../../../platform/action.ts'
import type { Waiting } from '../../../platform/events.ts'
import type { ProjectMode } from '../../projects/contract.ts'
import { type PolicyTerms, reachOf, type Tender } from '../rules.ts'
import { awardsOf } from '../rules/lots.ts'
import type { Evidence } from '../rules/objecting.ts'
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
    questionDays: number('question-days'),
    answerDays: number('answer-days'),
    changeDays: number('change-days'),
    complaintDays: number('complaint-days'),
    complaintDecisionDays: number('complaint-decision-days'),
    calendar: act.platform.calendar,
  }
}

/** Lots that failed, as events tell it; undefined where none did. */
export function failedIn({ lots = [] }: Pick<Tender, 'lots'>) {
  const failed = lots.flatMap(({ number, failed }) =>
    failed === undefined ? [] : [{ lot: number, reason: failed.reason }],
  )
  return failed.length === 0 ? undefined : failed
}

/** Who won which lot for how much, as events tell it; undefined where the tender is undivided. */
export function awardsIn(tender: Tender) {
  return tender.lots === undefined
    ? undefined
    : awardsOf(tender).map(({ lot, bid, organization, price, score }) => ({
        ...{ lot, bid, organization, score },
        price: price.toString(),
      }))
}

export type More = {
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
  act.record({
    name: `procurement.${verb}`,
    of: { kind: 'tender', id: after.id },
    division: after.division,
    state: { from: before?.state, to: after.state },
    links: more.links,
    amount: more.amount,
    organization: more.organization,
    data: { project: after.project, ...data },
    waiting: more.waiting ?? waitingOfTender(after, more.panelLeft),
    timers: timersOfTender(after),
  })
}

/** Files belong to whoever uploaded them until they are attached to a record. */
export async function attach(act: Act, files: readonly string[], to: RecordRef): Promise<Ruling<Evidence[]>> {
  if (files.length === 0 || act.actor.kind !== 'person') return allow([])
  const attached = await act.platform.files.attach(act.tx, act.actor.personId, files, to)
  return attached.ok ? allow(attached.value.map(({ id, name, type }) => ({ id, name, type }))) : attached
}

/** Any organization may bid; whether it qualifies the registers say at the opening. */
export function judgedBidder(tender: Tender, organization: string | undefined): Judged {
  const organizations = organization === undefined ? [] : [organization]
  return { reach: { ...reachOf(tender, organizations), confidential: tender.publishedAt === undefined } }
}

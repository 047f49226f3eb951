// Procurement: per state, who must act and by when, and what the program itself does then.
import { addMilliseconds } from '../../kit/instant.ts'
import type { Timer, Waiting } from '../../platform/events.ts'
import { keySeats } from './contract/sealing.ts'
import { shownNumber, type Tender } from './rules.ts'
import { type Pending, stops } from './rules/pending.ts'
import type { KeySeat } from './rules/sealing.ts'

/** Before sealed bidding opens: keys of three openers, the tender's key, and a confirmation by each of them. */
export function keyWaiting(tender: Tender, seats: readonly KeySeat[]): Waiting[] {
  const common = { division: tender.division, number: shownNumber(tender), title: tender.title }
  const holds = { ...common, permission: 'procurement.holdKey' }
  if (seats.length < keySeats.length) return [{ ...holds, verb: 'registerOpenerKey' }]
  if (seats.some((seat) => seat.shareHash === undefined)) return [{ ...holds, verb: 'makeTenderKey' }]
  const open = seats.filter((seat) => seat.confirmedAt === undefined)
  return open.length > 0
    ? open.map(({ person }) => ({ ...holds, verb: 'confirmTenderKey', person }))
    : [{ ...common, verb: 'publishTender', permission: 'procurement.runTender' }]
}

/** The opening of sealed bids: begun by any opener, led by who began it, confirmed by a second person. */
function openingWaiting(tender: Tender): Waiting {
  const common = { division: tender.division, number: shownNumber(tender), title: tender.title }
  const { session, envelopes = 0, settled = 0 } = tender.sealing ?? {}
  if (session === undefined) return { ...common, verb: 'startOpening', permission: 'procurement.holdKey' }
  return settled < envelopes
    ? { ...common, verb: 'openBid', permission: 'procurement.holdKey' }
    : { ...common, verb: 'confirmOpening', permission: 'procurement.confirmOpening' }
}

/** The permission of each thing that waits beside the straight path. */
const permissions = {
  answerQuestion: 'procurement.runTender',
  changeTerms: 'procurement.runTender',
  decideObjection: 'procurement.decideObjection',
  decideComplaint: 'procurement.decideComplaint',
} as const satisfies Record<Pending['verb'], string>

/** Who must act next on a tender. What is pending beside its straight path is owed in every state. */
export function waitingOfTender(tender: Tender, panelLeft: readonly string[] = tender.panel): Waiting[] {
  const common = { division: tender.division, number: shownNumber(tender), title: tender.title }
  const procurer = (verb: string, due?: Tender['deadline']): Waiting => ({
    ...common,
    verb,
    permission: 'procurement.runTender',
    due,
  })
  const pending = tender.pending.map(
    ({ verb, due }): Waiting => ({ ...common, verb, permission: permissions[verb], due }),
  )
  switch (tender.state) {
    case 'planning':
      return tender.sealing !== undefined && tender.sealing.confirmedAt === undefined
        ? keyWaiting(tender, [])
        : [procurer('publishTender')]
    case 'published':
      return pending
    case 'closed':
      if (tender.sealing !== undefined) return [openingWaiting(tender), ...pending]
      return [
        procurer('enterBid'),
        { ...common, verb: 'confirmOpening', permission: 'procurement.confirmOpening' },
        ...pending,
      ]
    case 'opened':
      return [procurer('appointPanel'), ...pending]
    case 'scoring':
      return panelLeft.length === 0
        ? [procurer('proposeAward'), ...pending]
        : [
            ...panelLeft.map(
              (person): Waiting => ({ ...common, verb: 'scoreBid', permission: 'procurement.scoreBid', person }),
            ),
            ...pending,
          ]
    case 'award-notice':
      return pending
    case 'standstill':
      return stops(tender.pending) ? pending : [procurer('confirmAward', tender.standstillUntil)]
    case 'awarded':
      // Named here by its text only: contracts stand above and write nothing into this record.
      return [{ ...common, verb: 'draftContract', permission: 'contracts.draftContract' }, ...pending]
    default:
      return pending
  }
}

/** The deadline closes the tender, the end of the notice's day begins the standstill; both stand while an objection is open. */
export function timersOfTender(tender: Tender): Timer[] {
  if (tender.state === 'published' && tender.deadline !== undefined && tender.stoppedAt === undefined) {
    return [{ handler: 'procurement.closeTender', due: addMilliseconds(tender.deadline, 1) }]
  }
  if (tender.state === 'award-notice' && tender.noticeUntil !== undefined) {
    return [{ handler: 'procurement.beginStandstill', due: addMilliseconds(tender.noticeUntil, 1) }]
  }
  return []
}

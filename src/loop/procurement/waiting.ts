// Procurement: per state, who must act and by when, and what the program itself does then.
import { addMilliseconds } from '../../kit/instant.ts'
import type { Timer, Waiting } from '../../platform/events.ts'
import { type Objection, shownNumber, type Tender } from './rules.ts'

/** Who must act next on a tender. `openObjections` come first: they stop everything else. */
export function waitingOfTender(
  tender: Tender,
  openObjections: readonly Pick<Objection, 'due'>[] = [],
  panelLeft: readonly string[] = tender.panel,
): Waiting[] {
  const common = { division: tender.division, number: shownNumber(tender), title: tender.title }
  const procurer = (verb: string, due?: Tender['deadline']): Waiting => ({
    ...common,
    verb,
    permission: 'procurement.runTender',
    due,
  })
  const objections = openObjections.map(
    (each): Waiting => ({
      ...common,
      verb: 'decideObjection',
      permission: 'procurement.decideObjection',
      due: each.due,
    }),
  )
  switch (tender.state) {
    case 'planning':
      return [procurer('publishTender')]
    case 'published':
      return objections
    case 'closed':
      return [
        procurer('enterBid'),
        { ...common, verb: 'confirmOpening', permission: 'procurement.confirmOpening' },
        ...objections,
      ]
    case 'opened':
      return [procurer('appointPanel'), ...objections]
    case 'scoring':
      return panelLeft.length === 0
        ? [procurer('proposeAward'), ...objections]
        : [
            ...panelLeft.map(
              (person): Waiting => ({ ...common, verb: 'scoreBid', permission: 'procurement.scoreBid', person }),
            ),
            ...objections,
          ]
    case 'award-notice':
      return objections
    case 'standstill':
      return objections.length > 0 ? objections : [procurer('confirmAward', tender.standstillUntil)]
    case 'awarded':
      // Named here by its text only: contracts stand above and write nothing into this record.
      return [{ ...common, verb: 'draftContract', permission: 'contracts.draftContract' }]
    default:
      return []
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

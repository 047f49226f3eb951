// Procurement: what of a tender the caller may see beyond its terms.
import { type Actor, may } from '../../../kit/actor.ts'
import * as rules from '../rules.ts'

export type Sight = {
  /** Works on tenders of the place. */
  readonly desk: boolean
  /** Runs, opens or oversees it: sees the bids from the closing on. */
  readonly runs: boolean
  readonly panelist: boolean
  readonly organizations: readonly string[]
  readonly public: boolean
}

/** The organizations for which somebody bids or reads their bids. */
export function biddersOf(actor: Actor): string[] {
  return actor.grants.flatMap((grant) =>
    grant.organizationId !== undefined && grant.permissions.has('procurement.readBid') ? [grant.organizationId] : [],
  )
}

export function sightOf(tender: rules.Tender, actor: Actor): Sight {
  const reach = rules.reachOf(tender)
  return {
    desk: may(actor, 'procurement.listDeskTenders', reach),
    runs: may(actor, 'procurement.runTender', reach) || may(actor, 'procurement.confirmOpening', reach),
    panelist: actor.kind === 'person' && tender.panel.includes(actor.personId),
    organizations: biddersOf(actor),
    public: rules.awardIsPublic(tender),
  }
}

// Contracts: the lifecycle table of a milestone, and whether a verb of one is open to an actor now. Pure.
import { type Actor, grantReaches } from '../../../kit/actor.ts'
import { levelOf } from '../../../kit/id.ts'
import { type Lifecycle, nextState } from '../../../kit/lifecycle.ts'
import { forbid, refuse, type Refusal, type Ruling } from '../../../kit/ruling.ts'
import type { MilestoneState } from '../contract.ts'
import { type Contract, type ContractVerb, type Milestone, personOf, reachOf, standing } from '../rules.ts'

export const milestoneLifecycle = {
  planned: { reportMilestone: 'reported', cancelMilestone: 'cancelled' },
  reported: {
    returnMilestone: 'returned',
    confirmMilestoneAsResident: 'reported',
    acceptMilestone: 'reported',
    passMilestone: 'accepted',
    cancelMilestone: 'cancelled',
  },
  returned: { reportMilestone: 'reported', cancelMilestone: 'cancelled' },
  accepted: { releaseMilestone: 'payable', forfeitMilestone: 'forfeited', cancelMilestone: 'cancelled' },
  payable: { payMilestone: 'payable', withdrawPayment: 'payable', settlePayment: 'paid' },
  paid: { unsettlePayment: 'payable' },
  forfeited: {},
  cancelled: {},
} as const satisfies Lifecycle<MilestoneState, string>

type VerbsOf<T> = T extends unknown ? keyof T : never
export type MilestoneVerb = VerbsOf<(typeof milestoneLifecycle)[MilestoneState]> & string
const milestones: Lifecycle<MilestoneState, MilestoneVerb> = milestoneLifecycle

/** Whether a verb of a milestone is open to this actor now. The contract's state is asked first. */
export function milestoneStanding(
  contract: Contract,
  milestone: Milestone,
  verb: ContractVerb & MilestoneVerb,
  actor: Actor,
): Ruling<MilestoneState> {
  const open = standing(contract, verb, actor)
  if (!open.ok) return open
  // Only the last milestone stays accepted: it is paid by the final evaluation's factor.
  if (verb === 'payMilestone' && milestone.state === 'accepted') return refuse('factor-missing')
  const next = nextState(milestones, milestone.state, verb)
  if (!next.ok) return next
  return milestoneCondition(contract, milestone, verb, actor) ?? next
}

function milestoneCondition(
  contract: Contract,
  milestone: Milestone,
  verb: ContractVerb & MilestoneVerb,
  actor: Actor,
): Refusal | undefined {
  const me = personOf(actor)
  switch (verb) {
    case 'reportMilestone':
      if (contract.deliveryAt === undefined) return refuse('delivery-not-started')
      if (contract.milestones.some((each) => each.position < milestone.position && each.state === 'planned'))
        return refuse('earlier-milestone-open')
      return milestone.needsRecords && milestone.evidence.serviceRecords === 0
        ? refuse('no-service-records')
        : undefined
    case 'confirmMilestoneAsResident':
      if (milestone.residentConfirmed !== undefined) return refuse('already-confirmed')
      if (actor.kind === 'person' && !actor.verified) return forbid('not-verified')
      if (contract.team.some((member) => member.person === me)) return forbid('own-work')
      return milestone.headAccepted?.person === me ? forbid('same-person-accepts') : undefined
    case 'acceptMilestone':
    case 'returnMilestone':
      if (!ofRightLevel(contract, actor))
        return forbid('other-level-accepts', {
          level: levelOf(contract.division) === 'community' ? 'community-head' : 'township-reviewer',
        })
      if (verb === 'returnMilestone') return undefined
      if (milestone.headAccepted !== undefined) return refuse('already-confirmed')
      return milestone.residentConfirmed?.person === me ? forbid('same-person-accepts') : undefined
    case 'payMilestone':
      return milestone.transfer === undefined ? undefined : refuse('payment-exists')
    default:
      return undefined
  }
}

/** A community's contract is accepted by its head, one of several communities by the township's reviewer. */
function ofRightLevel(contract: Contract, actor: Actor): boolean {
  if (actor.kind === 'system') return true
  const role = levelOf(contract.division) === 'community' ? 'community-head' : 'township-reviewer'
  return actor.grants.some(
    (grant) => grant.role === role && grantReaches(grant, actor, 'contracts.acceptMilestone', reachOf(contract)),
  )
}

/** Verbs of a milestone with the permission that each needs. */
export const milestoneVerbPermissions = {
  reportMilestone: 'contracts.reportMilestone',
  returnMilestone: 'contracts.acceptMilestone',
  confirmMilestoneAsResident: 'contracts.confirmMilestone',
  acceptMilestone: 'contracts.acceptMilestone',
  payMilestone: 'contracts.payMilestone',
} as const satisfies Partial<Record<ContractVerb & MilestoneVerb, string>>

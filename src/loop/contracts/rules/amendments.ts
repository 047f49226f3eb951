// Contracts: what may be amended while a contract is active: value within its limit, dates, team; the other party agrees. Pure.
import type { Actor } from '../../../kit/actor.ts'
import type { Id } from '../../../kit/id.ts'
import type { Instant } from '../../../kit/instant.ts'
import { add, type Fen, formatYuan } from '../../../kit/money.ts'
import { isAfter, isBefore, type PlainDate } from '../../../kit/plain-date.ts'
import { allow, type FieldFault, forbid, invalid, refuse, type Ruling } from '../../../kit/ruling.ts'
import {
  type Amendment,
  type Contract,
  decide,
  otherParty,
  partyOf,
  personOf,
  signedByKey,
  standing,
  workingMilestoneStates,
} from '../rules.ts'
import { growing, growthLeft, type TeamInput, teamFaults, teamOf, type Worker } from './terms.ts'

export type AmendmentInput = {
  readonly words: string
  readonly growth?: Fen
  readonly end?: PlainDate
  readonly dues: readonly { readonly milestone: string; readonly due: PlainDate }[]
  readonly team?: readonly TeamInput[]
}

/** The amended dates: inside the contract, in the order of the milestones, only for those on which work goes on. */
function dueFaults(contract: Contract, wish: AmendmentInput): FieldFault[] {
  const end = wish.end ?? contract.end
  const faults: FieldFault[] = isBefore(contract.start, end) ? [] : [{ path: 'body.end', code: 'dates-not-in-order' }]
  wish.dues.forEach((each, index) => {
    const milestone = contract.milestones.find((candidate) => candidate.id === each.milestone)
    const path = `body.dues.${index}`
    if (milestone === undefined || !workingMilestoneStates.includes(milestone.state))
      faults.push({ path, code: 'milestone-closed' })
    else if (isBefore(each.due, contract.start) || isAfter(each.due, end))
      faults.push({ path, code: 'milestone-outside' })
  })
  const dues = contract.milestones.map((each) => wish.dues.find((due) => due.milestone === each.id)?.due ?? each.due)
  const disorder =
    dues.some((due, index) => index > 0 && isBefore(due, dues[index - 1] ?? due)) ||
    (wish.end !== undefined && dues.some((due) => isAfter(due, end)))
  return disorder && faults.length === 0 ? [{ path: 'body.dues', code: 'dates-not-in-order' }] : faults
}

function growthFaults(contract: Contract, growth: Fen | undefined): FieldFault[] {
  if (growth === undefined) return []
  if (growth <= 0n) return [{ path: 'body.growth', code: 'amount-not-positive' }]
  const left = growthLeft(contract)
  if (growth > left)
    return [
      {
        path: 'body.growth',
        code: 'growth-too-large',
        params: { limit: formatYuan(left), percent: contract.policy.growthPercent },
      },
    ]
  return growing(contract) === undefined ? [{ path: 'body.growth', code: 'last-milestone-closed' }] : []
}

/** One amendment at a time. Answers the contract that waits for the other party, and the amendment. */
export function proposeAmendment(
  contract: Contract,
  actor: Actor,
  now: Instant,
  wish: AmendmentInput,
  workers: ReadonlyMap<string, Worker>,
  id: Id<'amendment'>,
): Ruling<{ contract: Contract; amendment: Amendment }> {
  const state = standing(contract, 'proposeAmendment', actor)
  if (!state.ok) return state
  const party = partyOf(contract, actor, 'contracts.amendContract')
  if (party === undefined) return forbid('not-a-party')
  if (wish.growth === undefined && wish.end === undefined && wish.dues.length === 0 && wish.team === undefined)
    return refuse('nothing-amended')
  const team = wish.team === undefined ? [] : teamFaults(wish.team, workers, contract.organization, now)
  const faults = [...growthFaults(contract, wish.growth), ...dueFaults(contract, wish), ...team]
  if (faults.length > 0) return invalid(faults)
  const waiting = decide(contract, 'proposeAmendment', actor, now, () => ({
    // Where keys signed the contract, keys sign the amendment, the proposer's first.
    amendmentFor: signedByKey(contract) ? party : otherParty(party),
  }))
  if (!waiting.ok) return waiting
  const amendment: Amendment = {
    id,
    contract: contract.id,
    state: 'proposed',
    proposedBy: party,
    person: personOf(actor),
    words: wish.words,
    growth: wish.growth,
    end: wish.end,
    dues: wish.dues,
    team: wish.team === undefined ? undefined : teamOf(wish.team, workers),
    at: now,
  }
  return allow({ contract: waiting.value, amendment })
}

/** The contract as it would be with an amendment in force; its state and version stay. */
export function agreed(contract: Contract, amendment: Amendment): Ruling<Contract> {
  const growth = amendment.growth
  const last = growing(contract)
  if (growth !== undefined && last === undefined) return refuse('last-milestone-closed')
  if (growth !== undefined && growth > growthLeft(contract))
    return refuse('growth-too-large', {
      limit: formatYuan(growthLeft(contract)),
      percent: contract.policy.growthPercent,
    })
  const milestones = contract.milestones.map((each) => {
    const due = workingMilestoneStates.includes(each.state)
      ? amendment.dues.find((candidate) => candidate.milestone === each.id)?.due
      : undefined
    return {
      ...each,
      due: due ?? each.due,
      amount: growth !== undefined && each.id === last?.id ? add(each.amount, growth) : each.amount,
    }
  })
  return allow({
    ...contract,
    milestones,
    value: growth === undefined ? contract.value : add(contract.value, growth),
    end: amendment.end ?? contract.end,
    team: amendment.team ?? contract.team,
  })
}

/** The other party, and another person, agrees: value, dates and team are those of the amendment; a growth falls on the last milestone. */
export function agreeAmendment(
  contract: Contract,
  amendment: Amendment,
  actor: Actor,
  now: Instant,
): Ruling<{ contract: Contract; amendment: Amendment }> {
  if (amendment.state !== 'proposed') return refuse('amendment-decided')
  const state = standing(contract, 'agreeAmendment', actor)
  if (!state.ok) return state
  if (amendment.person === personOf(actor)) return forbid('one-person-two-parties')
  const result = agreed(contract, amendment)
  if (!result.ok) return result
  const { milestones, value, end, team } = result.value
  const done = decide(contract, 'agreeAmendment', actor, now, () => ({
    milestones,
    value,
    end,
    team,
    amendmentFor: undefined,
  }))
  return done.ok
    ? allow({
        contract: done.value,
        amendment: { ...amendment, state: 'agreed', decidedAt: now, decidedBy: personOf(actor) },
      })
    : done
}

/** Declined by the other party, or taken back by its own. */
export function declineAmendment(
  contract: Contract,
  amendment: Amendment,
  actor: Actor,
  now: Instant,
): Ruling<{ contract: Contract; amendment: Amendment }> {
  if (amendment.state !== 'proposed') return refuse('amendment-decided')
  const declined = decide(contract, 'declineAmendment', actor, now, () => ({ amendmentFor: undefined }))
  return declined.ok
    ? allow({
        contract: declined.value,
        amendment: { ...amendment, state: 'declined', decidedAt: now, decidedBy: personOf(actor) },
      })
    : declined
}

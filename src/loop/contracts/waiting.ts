// Contracts: per state, who must act and by when. Milestones, signatures and amendments wait each for their own people.
import { dueAt, endOfDay, type WorkingDayCalendar } from '../../kit/working-days.ts'
import type { Waiting } from '../../platform/events.ts'
import { parties } from './contract.ts'
import {
  allReported,
  type Contract,
  type Milestone,
  shownNumber,
  signedByKey,
  workingMilestoneStates,
} from './rules.ts'

type Common = Pick<Waiting, 'division' | 'number' | 'title'>

/** Who must act next on a contract and its milestones. */
export function waitingOfContract(contract: Contract, calendar: WorkingDayCalendar): Waiting[] {
  const common: Common = { division: contract.division, number: shownNumber(contract), title: contract.title }
  const organization = { ...common, organization: contract.organization }
  switch (contract.state) {
    case 'drafting':
      return [{ ...common, verb: 'sendForSigning', permission: 'contracts.draftContract' }]
    case 'signing':
      return parties
        .filter((party) => contract.signatures[party] === undefined)
        .map((party) => ({
          ...(party === 'organization' ? organization : common),
          verb: 'uploadSignedContract',
          permission: 'contracts.signContract',
          due: contract.signUntil,
        }))
    case 'active':
      return [
        ...(contract.deliveryAt === undefined
          ? [{ ...organization, verb: 'startDelivery', permission: 'delivery.startDelivery' }]
          : []),
        ...(contract.amendmentFor === undefined
          ? []
          : [
              {
                ...(contract.amendmentFor === 'organization' ? organization : common),
                verb: signedByKey(contract) ? 'signAmendment' : 'agreeAmendment',
                permission: 'contracts.amendContract',
              },
            ]),
        ...reporting(contract, organization),
        ...contract.milestones.flatMap((each) => ofMilestone(contract, each, common, calendar)),
        ...(allReported(contract) && contract.evaluation === undefined
          ? [{ ...common, verb: 'planEvaluation', permission: 'evaluation.planEvaluation' }]
          : []),
      ]
    default:
      return contract.milestones.flatMap((each) => ofMilestone(contract, each, common, calendar))
  }
}

/** The first milestone on which work goes on is the one to report next. */
function reporting(contract: Contract, common: Common & { readonly organization: string }): Waiting[] {
  const next = contract.milestones.find((each) => workingMilestoneStates.includes(each.state))
  if (next === undefined || contract.deliveryAt === undefined) return []
  return [{ ...common, verb: 'reportMilestone', permission: 'contracts.reportMilestone', due: endOfDay(next.due) }]
}

function ofMilestone(
  contract: Contract,
  milestone: Milestone,
  common: Common,
  calendar: WorkingDayCalendar,
): Waiting[] {
  if (milestone.state === 'reported' && milestone.reportedAt !== undefined) {
    const due = dueAt(milestone.reportedAt, contract.policy.acceptDays, calendar).at
    return [
      ...(milestone.headAccepted === undefined
        ? [{ ...common, verb: 'acceptMilestone', permission: 'contracts.acceptMilestone', due }]
        : []),
      ...(milestone.residentConfirmed === undefined
        ? contract.residents.slice(0, 20).map((person) => ({
            ...common,
            verb: 'confirmMilestoneAsResident',
            permission: 'contracts.confirmMilestone',
            person,
            due,
          }))
        : []),
    ]
  }
  if (milestone.state === 'payable' && milestone.transfer === undefined && milestone.payableAt !== undefined) {
    return [
      {
        ...common,
        verb: 'payMilestone',
        permission: 'contracts.payMilestone',
        due: dueAt(milestone.payableAt, contract.policy.payDays, calendar).at,
      },
    ]
  }
  return []
}

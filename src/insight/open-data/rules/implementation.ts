// Open data: what releases of the work under a contract tell: milestones, payments and the end. Pure.
import { negate } from '../../../kit/money.ts'
import type { ContractFacts, MilestoneFacts, ProcessEvent } from './facts.ts'
import type { JsonObject } from './merge.ts'
import { contractHead, milestoneOf, type Moment, moneyOf, paymentOf, reference, textOf } from './sections.ts'

/** The closed list releaseTag of OCDS 1.1, without `compiled`. */
export const releaseTags = [
  'planning',
  'planningUpdate',
  'tender',
  'tenderAmendment',
  'tenderUpdate',
  'tenderCancellation',
  'award',
  'awardUpdate',
  'awardCancellation',
  'contract',
  'contractUpdate',
  'contractAmendment',
  'implementation',
  'implementationUpdate',
  'contractTermination',
] as const
export type ReleaseTag = (typeof releaseTags)[number]

/** The tags and sections of a release. */
export type Told = { readonly tags: readonly ReleaseTag[]; readonly sections: JsonObject }

/** The contract that an event belongs to: its record, or for money the one that it pays. */
export function contractIdOf(event: Pick<ProcessEvent, 'name' | 'of' | 'data'>): string | undefined {
  if (event.name.startsWith('contracts.')) return event.of
  const contract = event.data['contract']
  return event.name.startsWith('funds.') && typeof contract === 'string' ? contract : undefined
}

/** Events of milestones. */
export const works = [
  'contracts.reportMilestone',
  'contracts.returnMilestone',
  'contracts.acceptMilestone',
  'contracts.confirmMilestoneAsResident',
]

/** Whether an event tells something of the work: a milestone that moved on, or a payment. */
function isProgress(event: ProcessEvent): boolean {
  if (paymentOf(event) !== undefined) return true
  return works.includes(event.name) && event.data['milestoneFrom'] !== event.data['milestoneTo']
}

function progressTag({ past, event }: Moment): ReleaseTag {
  const of = contractIdOf(event)
  return past.some((each) => each.id !== event.id && isProgress(each) && contractIdOf(each) === of)
    ? 'implementationUpdate'
    : 'implementation'
}

/** Reported: what is due is there and waits to be accepted; sent back: it is open again; accepted by both: met. */
function milestoneStatus(milestone: MilestoneFacts, event: ProcessEvent): JsonObject {
  const to = textOf(event, 'milestoneTo') ?? milestone.state
  const met = to === 'accepted' || to === 'payable' || to === 'forfeited' || to === 'paid'
  return { status: met ? 'met' : 'scheduled', dateModified: event.at, dateMet: met ? event.at : undefined }
}

export function worked(moment: Moment, contract: ContractFacts): Told | undefined {
  const { event } = moment
  const milestone = contract.milestones.find((each) => each.id === textOf(event, 'milestone'))
  if (!isProgress(event) || milestone === undefined) return undefined
  return {
    tags: [progressTag(moment)],
    sections: {
      contracts: [
        {
          ...contractHead(moment, contract),
          implementation: {
            milestones: [{ ...milestoneOf(moment, contract, milestone), ...milestoneStatus(milestone, event) }],
          },
        },
      ],
    },
  }
}

/** A reversal is a payment back: payer and payee change places, so that no amount is negative. */
export function paid(moment: Moment, contract: ContractFacts): Told | undefined {
  const { event, facts } = moment
  const kind = paymentOf(event)
  if (kind === undefined || event.amount === undefined) return undefined
  const buyer = reference(facts.buyer)
  const organization = facts.organizations.get(contract.organization)
  const supplier = organization === undefined ? undefined : reference(organization)
  const amount = event.amount < 0n ? negate(event.amount) : event.amount
  return {
    tags: [progressTag(moment)],
    sections: {
      contracts: [
        {
          ...contractHead(moment, contract),
          implementation: {
            transactions: [
              {
                id: event.of,
                source: `/contracts/${contract.id}`,
                date: event.at,
                value: moneyOf(amount),
                payer: kind === 'payment' ? buyer : supplier,
                payee: kind === 'payment' ? supplier : buyer,
              },
            ],
          },
        },
      ],
    },
  }
}

/** In the standard a contract that came to its end, completed or broken off, is terminated. What was called off is not met. */
export function over(moment: Moment, contract: ContractFacts): Told | undefined {
  const { event } = moment
  if (event.stateFrom !== 'active') return undefined
  const called = contract.milestones.filter((each) => each.state === 'cancelled')
  return {
    tags: ['contractTermination'],
    sections: {
      contracts: [
        {
          ...contractHead(moment, contract),
          status: 'terminated',
          implementation:
            called.length === 0
              ? undefined
              : {
                  milestones: called.map((each) => ({
                    ...milestoneOf(moment, contract, each),
                    status: 'notMet',
                    dateModified: event.at,
                  })),
                },
        },
      ],
    },
  }
}

// Contracts: what they hear: payments approved, refused or reversed; and the end of a contract when its last milestone closes.
import type { Act } from '../../platform/action.ts'
import type { Reaction } from '../../platform/declarations.ts'
import type { StoredEvent } from '../../platform/events.ts'
import { issueAmendmentDocument, issueContractDocument } from './actions/documents.ts'
import { completeContract } from './actions/end.ts'
import { keep, milestoneData, tellOrganization } from './actions/recording.ts'
import { tellActive } from './actions/sign.ts'
import { allClosed, type Contract, type Milestone } from './rules.ts'
import * as rules from './rules/milestones.ts'
import { findContractForUpdate } from './store.ts'

type Paid = { readonly contract: Contract; readonly milestone: Milestone }

/** The contract and milestone that a transfer's event names. */
async function paidBy(act: Act, event: StoredEvent): Promise<Paid | undefined> {
  const { contract: id, milestone: milestoneId } = event.data
  if (typeof id !== 'string' || typeof milestoneId !== 'string') return undefined
  const contract = await findContractForUpdate(act.tx, id)
  const milestone = contract?.milestones.find((each) => each.id === milestoneId)
  return contract === undefined || milestone === undefined ? undefined : { contract, milestone }
}

/** An approved payment closes its milestone; an approved reversal of one opens it again. An event that says nothing new changes nothing. */
async function settle(act: Act, event: StoredEvent): Promise<void> {
  const reversed = event.data['purpose'] === 'reversal' && event.data['reversedPurpose'] === 'payment'
  if (event.data['purpose'] !== 'payment' && !reversed) return
  const found = await paidBy(act, event)
  if (found === undefined) return
  const { contract, milestone } = found
  const verb = reversed ? 'unsettlePayment' : 'settlePayment'
  const ruling = (reversed ? rules.unsettlePayment : rules.settlePayment)(contract, milestone, act.actor, act.now)
  if (!ruling.ok) return
  await keep(act, verb, contract, ruling.value, {
    amount: event.amount,
    data: { ...milestoneData(milestone, ruling.value), transfer: event.of.id },
  })
  await tellOrganization(act, ruling.value, reversed ? 'payment-reversed' : 'paid', { milestone: milestone.title })
}

/** A refused payment waits to be proposed anew; a refused reversal changes nothing. */
async function withdraw(act: Act, event: StoredEvent): Promise<void> {
  if (event.data['purpose'] !== 'payment') return
  const found = await paidBy(act, event)
  if (found === undefined || found.milestone.transfer !== event.of.id) return
  const { contract, milestone } = found
  const ruling = rules.withdrawPayment(contract, milestone, act.actor, act.now)
  if (!ruling.ok) return
  await keep(act, 'withdrawPayment', contract, ruling.value, {
    data: { ...milestoneData(milestone, ruling.value), transfer: event.of.id },
  })
}

/** Apart from the payment itself: what hinders the end never holds a payment back. */
async function complete(act: Act, event: StoredEvent): Promise<void> {
  const contract = await findContractForUpdate(act.tx, event.of.id)
  if (contract === undefined || contract.state !== 'active' || !allClosed(contract)) return
  const ruling = await completeContract(act, contract)
  if (!ruling.ok) throw new Error(`completeContract refused: ${ruling.code}`)
}

/** The document is drawn after the act: its quarter of a second holds nobody's page back. */
async function issueDocument(act: Act, event: StoredEvent): Promise<void> {
  const { amendment } = event.data
  if (typeof amendment === 'string') await issueAmendmentDocument(act, event.of.id, amendment)
  else await issueContractDocument(act, event.of.id)
}

export const contractsReactions: readonly Reaction[] = [
  {
    name: 'contracts.issueDocument',
    hears: ['contracts.sendForSigning', 'contracts.proposeAmendment'],
    run: issueDocument,
  },
  {
    name: 'contracts.tellActive',
    hears: ['contracts.activateContract'],
    run: (act, event) => tellActive(act, event.of.id),
  },
  { name: 'contracts.settlePayment', hears: ['funds.approveTransfer'], run: settle },
  { name: 'contracts.withdrawPayment', hears: ['funds.refuseTransfer'], run: withdraw },
  {
    name: 'contracts.completeContract',
    hears: [
      'contracts.settlePayment',
      'contracts.putFactor',
      'contracts.acceptMilestone',
      'contracts.confirmMilestoneAsResident',
    ],
    run: complete,
  },
]

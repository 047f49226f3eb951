// Contracts: what every verb does after its rule: save, the event with what waits, the answer, and telling people.
import { listHolders, listMembers } from '../../../foundation/identity/public.ts'
import { notify } from '../../../foundation/notices/public.ts'
import { jurisdictionOf, type RecordRef } from '../../../kit/id.ts'
import type { Fen } from '../../../kit/money.ts'
import type { Act } from '../../../platform/action.ts'
import type { Contract, Milestone } from '../rules.ts'
import { shownNumber } from '../rules.ts'
import { contractSaved, removeGone } from '../store.ts'
import { waitingOfContract } from '../waiting.ts'

export type Recorded = {
  readonly data?: Readonly<Record<string, unknown>>
  readonly links?: readonly RecordRef[]
  readonly amount?: Fen
}

export function refOf(contract: Pick<Contract, 'id'>): RecordRef {
  return { kind: 'contract', id: contract.id }
}

/** The event of a verb with what waits now. */
export function recordContract(
  act: Act,
  verb: string,
  before: Contract | undefined,
  after: Contract,
  more: Recorded = {},
): void {
  act.record({
    name: `contracts.${verb}`,
    of: refOf(after),
    division: after.division,
    state: { from: before?.state, to: after.state },
    organization: after.organization,
    amount: more.amount,
    links: more.links,
    // Of several contracts of one project the thread says of which lot something is told.
    data: after.lot === undefined ? more.data : { ...more.data, lot: after.lot },
    waiting: waitingOfContract(after, act.platform.calendar),
  })
}

/** Saves a locked contract at the act's end. Once in an act. */
export async function save(act: Act, before: Contract, after: Contract): Promise<void> {
  await removeGone(act.tx, after, before)
  for (const statement of contractSaved(after, before, act.now)) act.save(jurisdictionOf(after.division), statement)
}

/** Saves and records; what most verbs end with. */
export async function keep(
  act: Act,
  verb: string,
  before: Contract,
  after: Contract,
  more: Recorded = {},
): Promise<void> {
  await save(act, before, after)
  recordContract(act, verb, before, after, more)
}

/** What events say of a milestone: ids, states and counts. */
export function milestoneData(before: Milestone, after: Contract): Readonly<Record<string, unknown>> {
  const milestone = after.milestones.find((each) => each.id === before.id) ?? before
  return {
    milestone: milestone.id,
    position: milestone.position,
    total: after.milestones.length,
    milestoneFrom: before.state,
    milestoneTo: milestone.state,
    serviceRecords: milestone.evidence.serviceRecords,
    minutes: milestone.evidence.minutes,
    attendance: milestone.evidence.attendance,
  }
}

export function answerOf(contract: Contract) {
  return { id: contract.id, version: contract.version, state: contract.state, number: shownNumber(contract) }
}

/** Tells the undertaker's administrators. */
export async function tellOrganization(
  act: Act,
  contract: Contract,
  what: string,
  params: Readonly<Record<string, string | number>> = {},
): Promise<void> {
  tell(act, contract, await listMembers(act.tx, contract.organization, 'organization-administrator'), what, params)
}

/** Tells the township's procurers. */
export async function tellPurchaser(
  act: Act,
  contract: Contract,
  what: string,
  params: Readonly<Record<string, string | number>> = {},
): Promise<void> {
  tell(act, contract, await listHolders(act.tx, 'township-procurer', contract.division), what, params)
}

/** `params` may add to the contract's number. */
export function tell(
  act: Act,
  contract: Contract,
  persons: readonly string[],
  what: string,
  params: Readonly<Record<string, string | number>> = {},
): void {
  if (persons.length === 0) return
  notify(act, {
    persons,
    kind: `contracts.${what}`,
    of: refOf(contract),
    params: { contract: shownNumber(contract), ...params },
  })
}

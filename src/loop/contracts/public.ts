// Contracts: what delivery, evaluation and thread ask, and the facts that they hand in.
import type { Actor } from '../../kit/actor.ts'
import { absent, allow, type Ruling } from '../../kit/ruling.ts'
import type { Fen } from '../../kit/money.ts'
import type { Act } from '../../platform/action.ts'
import type { Tx } from '../../platform/database.ts'
import type { Statement } from '../../platform/together.ts'
import { keep } from './actions/recording.ts'
import type { ContractState, MilestoneState } from './contract.ts'
import {
  allReported,
  type Amendment,
  type Contract,
  type Evidence,
  type FactorStep,
  isOpen,
  type Milestone,
  shownNumber,
  type TeamMember,
} from './rules.ts'
import * as milestones from './rules/milestones.ts'
import { startDelivery } from './rules/terms.ts'
import * as store from './store.ts'
import { findContract, findContractForUpdate } from './store.ts'
import { listAmendments } from './store/changes.ts'
import { evidenceSaved } from './store/milestones.ts'

export type MilestoneCard = {
  readonly id: string
  readonly position: number
  readonly title: string
  readonly state: MilestoneState
  readonly due: string
  readonly amount: Fen
  readonly evidence: Evidence
}

/** A contract as other domains work with it. */
export type ContractCard = {
  readonly id: string
  readonly number: string
  readonly title: string
  readonly project: string
  readonly tender?: string
  /** Number of the lot of that tender, where it had some. */
  readonly lot?: number
  readonly proposal?: string
  readonly bid?: string
  readonly organization: string
  readonly division: Contract['division']
  readonly state: ContractState
  readonly value: Fen
  readonly needs: readonly string[]
  readonly milestones: readonly MilestoneCard[]
  readonly team: readonly TeamMember[]
  readonly factors: readonly FactorStep[]
  readonly start: string
  readonly end: string
  readonly activeAt?: Contract['activeAt']
  readonly deliveryAt?: Contract['deliveryAt']
  readonly evaluation?: string
  /** Everything was reported: the final evaluation may begin. */
  readonly reported: boolean
  readonly version: number
}

function cardOf(contract: Contract): ContractCard {
  return {
    id: contract.id,
    number: shownNumber(contract),
    title: contract.title,
    project: contract.project,
    tender: contract.tender,
    lot: contract.lot,
    proposal: contract.proposal,
    bid: contract.bid,
    organization: contract.organization,
    division: contract.division,
    state: contract.state,
    value: contract.value,
    needs: contract.needs,
    milestones: contract.milestones.map(({ id, position, title, state, due, amount, evidence }) => ({
      id,
      position,
      title,
      state,
      due,
      amount,
      evidence,
    })),
    team: contract.team,
    factors: contract.policy.factors,
    start: contract.start,
    end: contract.end,
    activeAt: contract.activeAt,
    deliveryAt: contract.deliveryAt,
    evaluation: contract.evaluation,
    reported: allReported(contract),
    version: contract.version,
  }
}

/** The card of a contract; throws when there is none: ids come from records. */
export async function getContract(tx: Tx, id: string): Promise<ContractCard> {
  const contract = await findContract(tx, id)
  if (contract === undefined) throw new Error('no such contract')
  return cardOf(contract)
}

/** Like getContract, undefined where there is none (ids from a request). */
export async function lookUpContract(tx: Tx, id: string): Promise<ContractCard | undefined> {
  const contract = await findContract(tx, id)
  return contract === undefined ? undefined : cardOf(contract)
}

const locked = Symbol('the contract as its own domain knows it')

/** A contract that this act holds the lock of: what the acts below hand their facts in to. */
export type LockedContract = ContractCard & { readonly [locked]: Contract }

/** Locks a contract for an act that will hand facts in; undefined where there is none (ids from a request). */
export async function lockContract(act: Act, id: string): Promise<LockedContract | undefined> {
  const contract = await findContractForUpdate(act.tx, id)
  return contract === undefined ? undefined : { ...cardOf(contract), [locked]: contract }
}

/** Numbers of many contracts by id, in one statement; unknown ids are left out. */
export async function listContractNumbers(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  return new Map((await store.listContractNumbers(tx, ids)).map((contract) => [contract.id, shownNumber(contract)]))
}

/** These facts are handed in by domains above, which have judged their own act: the rule is asked as the program. */
const handedIn: Actor = { kind: 'system', name: 'contracts', grants: [] }

/** The undertaker has planned its work: milestones may be reported from now on. Refuses not-in-this-state, delivery-started. */
export async function deliveryStarted(act: Act, { [locked]: contract }: LockedContract): Promise<Ruling<void>> {
  const ruling = startDelivery(contract, handedIn, act.now)
  if (!ruling.ok) return ruling
  await keep(act, 'startDelivery', contract, ruling.value)
  return allow(undefined)
}

export type EvidenceInput = Evidence & { readonly milestone?: string }

/**
 * Counts what a service record shows for a milestone (the named one, else the first on which work goes on); negative numbers take it back.
 * Answers the milestone and the write, to be done together with the record. Refuses not-in-this-state, delivery-not-started, milestone-closed.
 * No event: the record's own tells it.
 */
export function addEvidence(
  { [locked]: contract }: LockedContract,
  input: EvidenceInput,
): Ruling<{ readonly milestone: string; readonly write: Statement }> {
  const ruling = milestones.milestoneForEvidence(contract, handedIn, input.milestone)
  if (!ruling.ok) return ruling
  const { id, evidence } = ruling.value
  return allow({ milestone: id, write: evidenceSaved(id, milestones.plus(evidence, input)) })
}

/** The final evaluation was planned. Refuses not-in-this-state, milestones-open while work goes on. */
export async function evaluationBegun(
  act: Act,
  { [locked]: contract }: LockedContract,
  evaluation: string,
): Promise<Ruling<void>> {
  const ruling = milestones.beginEvaluation(contract, handedIn, act.now, evaluation)
  if (!ruling.ok) return ruling
  await keep(act, 'beginEvaluation', contract, ruling.value, { data: { evaluation } })
  return allow(undefined)
}

/** The published evaluation's factor in basis points (by the contract's own table) and score 0–100: the last milestone becomes payable. */
export async function putFactor(
  act: Act,
  input: { contract: string; factorBps: number; score: number; evaluation: string },
): Promise<Ruling<void>> {
  const contract = await findContractForUpdate(act.tx, input.contract)
  if (contract === undefined) return absent()
  const ruling = milestones.putFactor(contract, handedIn, act.now, {
    factorBps: input.factorBps,
    score: input.score,
    evaluation: input.evaluation,
  })
  if (!ruling.ok) return ruling
  await keep(act, 'putFactor', contract, ruling.value, {
    data: { factorBps: input.factorBps, score: input.score, evaluation: input.evaluation },
  })
  return allow(undefined)
}

/** What everybody may read of a contract in force: neither papers nor persons, nor what the parties wrote to each other. */
export type PublishedContract = Pick<
  Contract,
  'id' | 'title' | 'lot' | 'organization' | 'originalValue' | 'start' | 'end'
> & {
  readonly number: string
  /** When the second party signed. */
  readonly signedAt?: Contract['activeAt']
  /** Without what an early end settles. */
  readonly milestones: readonly Pick<Milestone, 'id' | 'title' | 'deliverable' | 'due' | 'state'>[]
  /** Agreed ones, oldest first. */
  readonly amendments: readonly Pick<Amendment, 'id' | 'growth' | 'end' | 'dues'>[]
}

/** Undefined where there is none, or it never came into force. */
export async function findPublishedContract(tx: Tx, id: string): Promise<PublishedContract | undefined> {
  const contract = await findContract(tx, id)
  if (contract === undefined || !isOpen(contract)) return undefined
  const { title, lot, organization, originalValue, start, end } = contract
  const amendments = (await listAmendments(tx, contract.id)).filter((each) => each.state === 'agreed')
  return {
    id: contract.id,
    number: shownNumber(contract),
    ...{ title, lot, organization, originalValue, start, end, signedAt: contract.activeAt },
    milestones: contract.milestones
      .filter((each) => !each.settlement)
      .map(({ id, title, deliverable, due, state }) => ({ id, title, deliverable, due, state })),
    amendments: amendments.map(({ id, growth, end, dues }) => ({ id, growth, end, dues })),
  }
}

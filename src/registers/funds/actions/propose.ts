// Writing a transfer down with its number and event: proposed for a second person, or posted at once.
import { type DivisionCode, jurisdictionOf, type RecordRef } from '../../../kit/id.ts'
import type { Fen } from '../../../kit/money.ts'
import { allow, refuse, type Ruling } from '../../../kit/ruling.ts'
import { dueAt } from '../../../kit/working-days.ts'
import type { Act } from '../../../platform/action.ts'
import { sqlState } from '../../../platform/database.ts'
import type { EventDraft } from '../../../platform/events.ts'
import type { Statement } from '../../../platform/together.ts'
import type { AccountId, TransferId, TransferPurpose } from '../contract.ts'
import * as rules from '../rules.ts'
import * as accountStore from '../store/accounts.ts'
import * as transferStore from '../store/transfers.ts'
import { waitingOfTransfer } from '../waiting.ts'

/** A transfer before it has an id, a number and a state. */
export type Draft = {
  readonly purpose: TransferPurpose
  readonly division: DivisionCode
  readonly from: rules.Account
  readonly to: rules.Account
  readonly amount: Fen
  readonly proposedBy: string
  readonly project?: string
  readonly contract?: string
  readonly milestone?: string
  readonly organization?: string
  readonly document?: string
  readonly reason?: string
  readonly accepters?: readonly string[]
  readonly reverses?: rules.Transfer
}

/** Codes and ids of a transfer that its events carry: purpose, source, stages, what it pays. */
function dataOf(transfer: rules.Transfer): Readonly<Record<string, unknown>> {
  const { purpose, reversedPurpose, source, earmark, contract, project, milestone, reverses, from, to } = transfer
  return { purpose, reversedPurpose, source, earmark, contract, project, milestone, reverses, from, to }
}

function linksOf(transfer: rules.Transfer): RecordRef[] {
  const links: RecordRef[] = []
  if (transfer.contract !== undefined) links.push({ kind: 'contract', id: transfer.contract })
  else if (transfer.project !== undefined) links.push({ kind: 'project', id: transfer.project })
  if (transfer.reverses !== undefined) links.push({ kind: 'transfer', id: transfer.reverses })
  return links
}

/** The event of a transfer that stands in `transfer.state` now. */
export function eventOf(name: string, transfer: rules.Transfer, from?: string): EventDraft {
  return {
    name,
    of: { kind: 'transfer', id: transfer.id },
    division: transfer.division,
    state: { from, to: transfer.state },
    amount: transfer.amount,
    organization: transfer.organization,
    links: linksOf(transfer),
    data: dataOf(transfer),
    waiting: waitingOfTransfer(transfer),
  }
}

/** The person (or the program's verb) that an act is put down to. */
export function doerOf(act: Act): string {
  return act.actor.kind === 'person'
    ? act.actor.personId
    : act.actor.kind === 'system'
      ? `system:${act.actor.name}`
      : 'anonymous'
}

async function numbered(act: Act, draft: Draft, state: 'proposed' | 'posted'): Promise<rules.Transfer> {
  const jurisdiction = jurisdictionOf(draft.division)
  const due =
    state === 'proposed'
      ? dueAt(act.now, act.policy.number('funds.approve-days', draft.division), act.platform.calendar).at
      : undefined
  return {
    id: act.newId<'transfer'>(jurisdiction),
    number: await act.nextNumber('transfer', jurisdiction),
    division: draft.division,
    state,
    version: 1,
    purpose: draft.purpose,
    source: draft.from.source,
    earmark: draft.from.earmark,
    from: draft.from.id,
    to: draft.to.id,
    amount: draft.amount,
    organization: draft.organization,
    project: draft.project,
    contract: draft.contract,
    milestone: draft.milestone,
    document: draft.document,
    reason: draft.reason,
    reverses: draft.reverses?.id,
    reversedPurpose: draft.reverses?.purpose,
    accepters: draft.accepters ?? [],
    proposedBy: draft.proposedBy,
    proposedAt: act.now,
    due,
    ...(state === 'posted' ? { decidedBy: doerOf(act), decidedAt: act.now } : {}),
  }
}

/** Puts a transfer forward for a second person. Refused where the database knows of an equal one (milestone, reversal). */
export async function proposeTransfer(act: Act, name: string, draft: Draft): Promise<Ruling<rules.Transfer>> {
  const transfer = await numbered(act, draft, 'proposed')
  try {
    await transferStore.insertTransfer(act.tx, transfer)
  } catch (error) {
    if (sqlState(error) !== '23505') throw error
    return refuse(draft.reverses === undefined ? 'payment-exists' : 'already-reversed')
  }
  act.record(eventOf(name, transfer))
  return allow(transfer)
}

/** Moves money at once: for encumbrances and refunds, which follow from a contract's own two signatures. */
export async function postAtOnce(act: Act, name: string, draft: Draft): Promise<Ruling<TransferId>> {
  const locked = await accountStore.getAccountsForUpdate(act.tx, [draft.from.id, draft.to.id])
  const from = locked.get(draft.from.id)
  if (from === undefined) throw new Error('no such account')
  // What was read before the lock may have moved since.
  const enough = rules.chooseEncumbered([{ ...from, pending: draft.from.pending }], draft.amount)
  return enough.ok ? postLocked(act, name, draft) : enough
}

/** Moves money between accounts that are locked, the one that pays looked at since; `opened`: how the one that gets it is opened, if it is new. */
export async function postLocked(
  act: Act,
  name: string,
  draft: Draft,
  opened: readonly Statement[] = [],
): Promise<Ruling<TransferId>> {
  const transfer = await numbered(act, draft, 'posted')
  await transferStore.insertPosted(act.tx, transfer, opened)
  act.record(eventOf(name, transfer))
  return allow(transfer.id)
}

/** An id for an account in case it has to be opened. */
export function newAccountId(act: Act, division: DivisionCode): AccountId {
  return act.newId<'account'>(jurisdictionOf(division))
}

// Contracts: the SQL of the list and its count; bounded, by place or organization.
import { Conditions, behind, within } from '../../../platform/conditions.ts'
import type { Scopes } from '../../../kit/actor.ts'
import { type DivisionCode, splitId } from '../../../kit/id.ts'
import type { Tx } from '../../../platform/database.ts'
import { countUpToCap, paged } from '../../../platform/pages.ts'
import type { ContractState } from '../contract.ts'
import type { Contract } from '../rules.ts'
import { listContractsWhere } from '../store.ts'

export type ContractFilter = {
  readonly division?: DivisionCode
  readonly state?: ContractState
  readonly organization?: string
  readonly project?: string
  /** Of whose team this person is, once the service has begun. */
  readonly worksOn?: string
  readonly size: number
  readonly cursor?: string
}

/** What the caller may see and asked for, as a condition with its values. */
function conditionsOf(scopes: Scopes, filter: ContractFilter): Conditions {
  const conditions = new Conditions().anyOf(within('c', scopes, filter.division))
  if (filter.state !== undefined) conditions.add('c.state = ?', filter.state)
  if (filter.organization !== undefined) conditions.add('c.organization = ?', filter.organization)
  if (filter.project !== undefined)
    conditions.add('c.jurisdiction = ? AND c.project = ?', splitId(filter.project).jurisdiction, filter.project)
  if (filter.worksOn !== undefined)
    conditions.add('c.delivery_at IS NOT NULL AND c.team @> ?::jsonb', JSON.stringify([{ person: filter.worksOn }]))
  return conditions
}

/** Newest first. */
export async function listContracts(
  tx: Tx,
  scopes: Scopes,
  filter: ContractFilter,
): Promise<{ contracts: Contract[]; next?: string }> {
  const { where, next, values } = conditionsOf(scopes, filter).all(behind('c', filter.cursor))
  const found = await listContractsWhere(tx, `${where} ORDER BY c.id DESC LIMIT ${next}`, [...values, filter.size + 1])
  const page = paged(found, filter.size)
  return { contracts: page.rows, next: page.next }
}

export async function getContractCount(
  tx: Tx,
  scopes: Scopes,
  filter: ContractFilter,
): Promise<{ n: number; capped: boolean }> {
  return countUpToCap(tx, 'contracts.contract c', conditionsOf(scopes, filter))
}

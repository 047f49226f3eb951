// Contracts: the SQL of the list and its count; bounded, by place or organization.
import type { Scopes } from '../../../kit/actor.ts'
import { type DivisionCode, jurisdictionOf, splitId } from '../../../kit/id.ts'
import { countCap } from '../../../kit/listing.ts'
import { cursorOf, endOfPrefix, readCursor } from '../../../platform/cursor.ts'
import { rowOf, type Tx } from '../../../platform/database.ts'
import type { ContractState } from '../contract.ts'
import type { Contract } from '../rules.ts'
import { listContractsWhere } from '../store.ts'

export type ContractFilter = {
  readonly division?: DivisionCode
  readonly state?: ContractState
  readonly organization?: string
  readonly project?: string
  readonly size: number
  readonly cursor?: string
}

/** What the caller may see and asked for, as a condition with its values. */
function conditionsOf(scopes: Scopes, filter: ContractFilter): { where: string; values: unknown[] } {
  const values: unknown[] = []
  const put = (value: unknown) => `$${values.push(value)}`
  const reach = [
    ...scopes.divisions.map(
      (division) => `(c.division >= ${put(division)} AND c.division < ${put(endOfPrefix(division))})`,
    ),
    ...(scopes.organizations.length > 0 ? [`c.organization = ANY(${put([...scopes.organizations])})`] : []),
  ]
  const parts = [reach.length === 0 ? 'false' : `(${reach.join(' OR ')})`]
  if (filter.division !== undefined) {
    parts.push(`c.division >= ${put(filter.division)} AND c.division < ${put(endOfPrefix(filter.division))}`)
    if (filter.division.length >= 6) parts.push(`c.jurisdiction = ${put(jurisdictionOf(filter.division))}`)
  }
  if (filter.state !== undefined) parts.push(`c.state = ${put(filter.state)}`)
  if (filter.organization !== undefined) parts.push(`c.organization = ${put(filter.organization)}`)
  if (filter.project !== undefined)
    parts.push(`c.jurisdiction = ${put(splitId(filter.project).jurisdiction)} AND c.project = ${put(filter.project)}`)
  return { where: parts.join(' AND '), values }
}

/** Newest first. */
export async function listContracts(
  tx: Tx,
  scopes: Scopes,
  filter: ContractFilter,
): Promise<{ contracts: Contract[]; next?: string }> {
  const { where, values } = conditionsOf(scopes, filter)
  const [after] = readCursor(filter.cursor, 1) ?? []
  const cursor = after === undefined || !/^[0-9a-f-]{36}$/.test(after) ? '' : ` AND c.id < $${values.push(after)}`
  const found = await listContractsWhere(
    tx,
    `${where}${cursor} ORDER BY c.id DESC LIMIT $${values.push(filter.size + 1)}`,
    values,
  )
  const contracts = found.slice(0, filter.size)
  const last = contracts.at(-1)
  return {
    contracts,
    next: found.length > filter.size && last !== undefined ? cursorOf([splitId(last.id).uuid]) : undefined,
  }
}

export async function getContractCount(
  tx: Tx,
  scopes: Scopes,
  filter: ContractFilter,
): Promise<{ n: number; capped: boolean }> {
  const { where, values } = conditionsOf(scopes, filter)
  const row = await rowOf<{ n: number }>(
    tx,
    `SELECT count(*)::integer AS n FROM (SELECT 1 FROM contracts.contract c WHERE ${where} LIMIT $${values.push(countCap + 1)}) AS counted`,
    values,
  )
  const n = row?.n ?? 0
  return { n: Math.min(n, countCap), capped: n > countCap }
}

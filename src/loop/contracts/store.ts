// Contracts: the SQL of contracts and their milestones. Nothing but SQL.
import { asDivision, joinId, splitId } from '../../kit/id.ts'
import type { Instant } from '../../kit/instant.ts'
import { fen } from '../../kit/money.ts'
import type { PlainDate } from '../../kit/plain-date.ts'
import { rowsOf, sqlState, type Tx } from '../../platform/database.ts'
import { recordReader } from '../../platform/records.ts'
import { recordFinder } from '../../platform/search/record-finder.ts'
import { tsvectorText } from '../../platform/search/tokens.ts'
import { type Statement, together } from '../../platform/together.ts'
import type { Source } from '../../registers/funds/contract.ts'
import type { ContractState, Party, terminationReasons } from './contract.ts'
import type { Contract, ContractPolicy, Milestone, TeamMember } from './rules.ts'
import {
  listMilestones,
  milestonesBeside,
  milestonesIn,
  milestonesSaved,
  removeMilestones,
} from './store/milestones.ts'
import type { ContractsContract } from './tables.ts'

/** The columns whose generated types know less than the program. */
type Known<Table, Narrow> = Omit<Table, keyof Narrow> & Narrow

type ContractRow = Known<
  ContractsContract,
  {
    state: ContractState
    version: number
    source: Source
    team: readonly TeamMember[]
    policy: ContractPolicy
    signatures: Contract['signatures']
    amendment_for: Party | null
    start_on: PlainDate
    end_on: PlainDate
    sign_until: Instant | null
    active_at: Instant | null
    delivery_at: Instant | null
    termination_reason: (typeof terminationReasons)[number] | null
    created_at: Instant
    history: Contract['history']
  }
>

const columns = [
  'jurisdiction',
  'id',
  'division',
  'state',
  'version',
  'number_year',
  'number_value',
  'title',
  'project',
  'tender',
  'lot',
  'proposal',
  'bid',
  'organization',
  'value',
  'original_value',
  'source',
  'categories',
  'needs',
  'residents',
  'drafted_by',
  'start_on',
  'end_on',
  'data_clause',
  'clauses',
  'team',
  'policy',
  'signatures',
  'sign_until',
  'reopen_words',
  'amendment_for',
  'active_at',
  'delivery_at',
  'evaluation',
  'factor_bps',
  'factor_score',
  'factor_evaluation',
  'termination_reason',
  'termination_words',
  'termination_settlement',
  'created_at',
  'history',
] as const
const bornWith: readonly string[] = [
  'jurisdiction',
  'id',
  'division',
  'number_year',
  'number_value',
  'title',
  'project',
  'tender',
  'lot',
  'proposal',
  'bid',
  'organization',
  'original_value',
  'source',
  'categories',
  'needs',
  'residents',
  'drafted_by',
  'created_at',
]
const changing = columns.filter((column) => !bornWith.includes(column))
const selected = columns.map((column) => `c.${column}`).join(', ')

function contractOf(row: ContractRow, milestones: readonly Milestone[]): Contract {
  return {
    id: joinId(row.jurisdiction, row.id),
    number: { year: row.number_year, value: Number(row.number_value) },
    division: asDivision(row.division),
    state: row.state,
    version: row.version,
    title: row.title,
    project: row.project,
    tender: row.tender ?? undefined,
    lot: row.lot ?? undefined,
    proposal: row.proposal ?? undefined,
    bid: row.bid ?? undefined,
    organization: row.organization,
    value: fen(row.value),
    originalValue: fen(row.original_value),
    source: row.source,
    categories: row.categories,
    needs: row.needs,
    residents: row.residents,
    draftedBy: row.drafted_by,
    start: row.start_on,
    end: row.end_on,
    dataClause: row.data_clause,
    clauses: row.clauses,
    team: row.team,
    policy: row.policy,
    milestones,
    signatures: row.signatures,
    signUntil: row.sign_until ?? undefined,
    reopenWords: row.reopen_words ?? undefined,
    amendmentFor: row.amendment_for ?? undefined,
    deliveryAt: row.delivery_at ?? undefined,
    activeAt: row.active_at ?? undefined,
    evaluation: row.evaluation ?? undefined,
    factor:
      row.factor_bps === null || row.factor_score === null || row.factor_evaluation === null
        ? undefined
        : { factorBps: row.factor_bps, score: row.factor_score / 10, evaluation: row.factor_evaluation },
    termination:
      row.termination_reason === null
        ? undefined
        : {
            reason: row.termination_reason,
            words: row.termination_words ?? '',
            settlement: fen(row.termination_settlement ?? 0n),
          },
    createdAt: row.created_at,
    history: row.history,
  }
}

function valuesOf(contract: Contract): Record<(typeof columns)[number], unknown> {
  const { jurisdiction, uuid } = splitId(contract.id)
  return {
    jurisdiction,
    id: uuid,
    division: contract.division,
    state: contract.state,
    version: contract.version,
    number_year: contract.number.year,
    number_value: contract.number.value,
    title: contract.title,
    project: contract.project,
    tender: contract.tender ?? null,
    lot: contract.lot ?? null,
    proposal: contract.proposal ?? null,
    bid: contract.bid ?? null,
    organization: contract.organization,
    value: contract.value,
    original_value: contract.originalValue,
    source: contract.source,
    categories: [...contract.categories],
    needs: [...contract.needs],
    residents: [...contract.residents],
    drafted_by: contract.draftedBy,
    start_on: contract.start,
    end_on: contract.end,
    data_clause: contract.dataClause,
    clauses: contract.clauses,
    team: JSON.stringify(contract.team),
    policy: JSON.stringify(contract.policy),
    signatures: JSON.stringify(contract.signatures),
    sign_until: contract.signUntil ?? null,
    reopen_words: contract.reopenWords ?? null,
    amendment_for: contract.amendmentFor ?? null,
    active_at: contract.activeAt ?? null,
    delivery_at: contract.deliveryAt ?? null,
    evaluation: contract.evaluation ?? null,
    factor_bps: contract.factor?.factorBps ?? null,
    factor_score: contract.factor === undefined ? null : Math.round(contract.factor.score * 10),
    factor_evaluation: contract.factor?.evaluation ?? null,
    termination_reason: contract.termination?.reason ?? null,
    termination_words: contract.termination?.words ?? null,
    termination_settlement: contract.termination?.settlement ?? null,
    created_at: contract.createdAt,
    history: JSON.stringify(contract.history),
  }
}

const selectContract = `SELECT ${selected} FROM contracts.contract c WHERE c.jurisdiction = $1 AND c.id = $2`
async function withMilestones(tx: Tx, rows: readonly ContractRow[]): Promise<Contract[]> {
  if (rows.length === 0) return []
  const found = await listMilestones(tx, rows)
  return rows.map((row) => contractOf(row, found.get(`${row.jurisdiction}-${row.id}`) ?? []))
}

export async function findContract(tx: Tx, id: string): Promise<Contract | undefined> {
  const { jurisdiction, uuid } = splitId(id)
  return (await withMilestones(tx, await rowsOf<ContractRow>(tx, selectContract, [jurisdiction, uuid])))[0]
}

// Contract and milestones are locked together: what another act changed while this one waited is read as it is now.
const lockWhole = `
SELECT ${selected}, ${milestonesBeside} FROM contracts.contract c JOIN contracts.milestone m ON m.jurisdiction = c.jurisdiction AND m.contract = c.id
WHERE c.jurisdiction = $1 AND c.id = $2 FOR UPDATE OF c, m`

export async function findContractForUpdate(tx: Tx, id: string): Promise<Contract | undefined> {
  const { jurisdiction, uuid } = splitId(id)
  const rows = await rowsOf<ContractRow>(tx, lockWhole, [jurisdiction, uuid])
  const [whole] = rows
  if (whole !== undefined) return contractOf(whole, milestonesIn(rows))
  // One without milestones, or none.
  const [bare] = await rowsOf<ContractRow>(tx, `${selectContract} FOR UPDATE`, [jurisdiction, uuid])
  return bare && contractOf(bare, [])
}

/** What cards show: contracts of many ids without their milestones. */
export const { list: listContractHeads } = recordReader<ContractRow, Contract>(
  selected,
  'contracts.contract c',
  (row) => contractOf(row, []),
)

/** Numbers of many contracts, for the rows of other lists. */
export const { list: listContractNumbers } = recordReader<
  Pick<ContractRow, 'jurisdiction' | 'id' | 'number_year' | 'number_value'>,
  Pick<Contract, 'id' | 'number'>
>('c.jurisdiction, c.id, c.number_year, c.number_value', 'contracts.contract c', (row) => ({
  id: joinId(row.jurisdiction, row.id),
  number: { year: row.number_year, value: Number(row.number_value) },
}))

/** In force or ended after it was: everybody finds it; before that, its parties and who supervises them. */
export const listFoundContracts = recordFinder({
  table: 'contracts.contract',
  words: 'r.search',
  open: 'r.active_at IS NOT NULL',
  organization: 'r.organization',
})

/** Contracts found by a list's own statement over `contracts.contract c`. */
export async function listContractsWhere(tx: Tx, where: string, values: readonly unknown[]): Promise<Contract[]> {
  return withMilestones(
    tx,
    await rowsOf<ContractRow>(tx, `SELECT ${selected} FROM contracts.contract c WHERE ${where}`, values),
  )
}

const given = columns.filter((column) => column !== 'number_value')
const insertText = `
INSERT INTO contracts.contract (${given.join(', ')}, updated_at, search, number_value)
VALUES (${given.map((_, index) => `$${index + 1}`).join(', ')}, $${given.length + 1}, to_tsvector('simple', $${given.length + 2}),
  (SELECT value FROM number))
RETURNING number_value AS value`
/**
 * Inserts a contract and its milestones in one statement with the taking of its number, named `number`. Answers the number; undefined when the
 * tender, or its lot, has a contract already.
 */
export async function insertContract(
  tx: Tx,
  contract: Contract,
  now: Instant,
  number: Statement,
): Promise<number | undefined> {
  const values = valuesOf(contract)
  try {
    const [row] = await together<{ value: bigint }>(tx, [
      number,
      ...milestonesSaved(contract, contract.milestones),
      { text: insertText, values: [...given.map((column) => values[column]), now, tsvectorText(contract.title)] },
    ])
    return Number(row?.value)
  } catch (error) {
    if (sqlState(error) === '23505') return undefined
    throw error
  }
}

const saveText = `
UPDATE contracts.contract SET ${changing.map((column, index) => `${column} = $${index + 3}`).join(', ')}, updated_at = $${changing.length + 3}
WHERE jurisdiction = $1 AND id = $2`

/** How a locked contract and those of its milestones that changed are saved; what it lost is removed before (removeGone). */
export function contractSaved(contract: Contract, before: Contract, now: Instant): Statement[] {
  const values = valuesOf(contract)
  return [
    { text: saveText, values: [values.jurisdiction, values.id, ...changing.map((column) => values[column]), now] },
    ...milestonesSaved(
      contract,
      contract.milestones.filter((each) => !before.milestones.includes(each)),
    ),
  ]
}

/** Removes the milestones that a new version no longer has: their positions are free before others take them. */
export async function removeGone(tx: Tx, contract: Contract, before: Contract): Promise<void> {
  const gone = before.milestones.filter((each) => !contract.milestones.some((kept) => kept.id === each.id))
  await removeMilestones(tx, gone)
}

// Contracts: the SQL of milestones, read and saved with their contract.
import { type Id, joinId, splitId } from '../../../kit/id.ts'
import type { Instant } from '../../../kit/instant.ts'
import { fen } from '../../../kit/money.ts'
import type { PlainDate } from '../../../kit/plain-date.ts'
import { rowOf, rowsOf, type Tx } from '../../../platform/database.ts'
import type { Statement } from '../../../platform/together.ts'
import type { MilestoneState } from '../contract.ts'
import type { Contract, Milestone } from '../rules.ts'
import type { ContractsMilestone } from '../tables.ts'

/** The columns whose generated types know less than the program. */
type Known<Table, Narrow> = Omit<Table, keyof Narrow> & Narrow

type MilestoneRow = Known<
  ContractsMilestone,
  {
    state: MilestoneState
    due: PlainDate
    settlement: boolean
    service_records: number
    minutes: number
    attendance: number
    reported_at: Instant | null
    resident_at: Instant | null
    head_at: Instant | null
    payable_at: Instant | null
    paid_at: Instant | null
  }
>

const milestoneColumns = {
  jurisdiction: 'text',
  id: 'uuid',
  contract: 'uuid',
  position: 'smallint',
  title: 'text',
  deliverable: 'text',
  criteria: 'text',
  due: 'date',
  share: 'integer',
  amount: 'bigint',
  state: 'text',
  needs_records: 'boolean',
  settlement: 'boolean',
  service_records: 'integer',
  minutes: 'integer',
  attendance: 'integer',
  report_words: 'text',
  reported_at: 'timestamptz',
  remarks: 'text',
  resident_person: 'text',
  resident_at: 'timestamptz',
  head_person: 'text',
  head_at: 'timestamptz',
  payable: 'bigint',
  payable_at: 'timestamptz',
  transfer: 'text',
  paid_at: 'timestamptz',
} as const
const milestoneNames = Object.keys(milestoneColumns)
const milestoneSelected = milestoneNames.map((name) => `m.${name}`).join(', ')

const hand = (person: string | null, at: Instant | null) =>
  person === null || at === null ? undefined : { person, at }

function milestoneOf(row: MilestoneRow): Milestone {
  return {
    id: joinId(row.jurisdiction, row.id),
    position: row.position,
    title: row.title,
    deliverable: row.deliverable,
    criteria: row.criteria,
    due: row.due,
    share: row.share,
    amount: fen(row.amount),
    state: row.state,
    needsRecords: row.needs_records,
    settlement: row.settlement,
    evidence: { serviceRecords: row.service_records, minutes: row.minutes, attendance: row.attendance },
    reportWords: row.report_words ?? undefined,
    reportedAt: row.reported_at ?? undefined,
    remarks: row.remarks ?? undefined,
    residentConfirmed: hand(row.resident_person, row.resident_at),
    headAccepted: hand(row.head_person, row.head_at),
    payable: row.payable === null ? undefined : fen(row.payable),
    payableAt: row.payable_at ?? undefined,
    transfer: row.transfer ?? undefined,
    paidAt: row.paid_at ?? undefined,
  }
}

function milestoneValues(contract: Contract, milestone: Milestone): Record<keyof typeof milestoneColumns, unknown> {
  const { jurisdiction, uuid } = splitId(milestone.id)
  return {
    jurisdiction,
    id: uuid,
    contract: splitId(contract.id).uuid,
    position: milestone.position,
    title: milestone.title,
    deliverable: milestone.deliverable,
    criteria: milestone.criteria,
    due: milestone.due,
    share: milestone.share,
    amount: milestone.amount.toString(),
    state: milestone.state,
    needs_records: milestone.needsRecords,
    settlement: milestone.settlement,
    service_records: milestone.evidence.serviceRecords,
    minutes: milestone.evidence.minutes,
    attendance: milestone.evidence.attendance,
    report_words: milestone.reportWords,
    reported_at: milestone.reportedAt,
    remarks: milestone.remarks,
    resident_person: milestone.residentConfirmed?.person,
    resident_at: milestone.residentConfirmed?.at,
    head_person: milestone.headAccepted?.person,
    head_at: milestone.headAccepted?.at,
    payable: milestone.payable?.toString(),
    payable_at: milestone.payableAt,
    transfer: milestone.transfer,
    paid_at: milestone.paidAt,
  }
}

const selectMilestones = `
SELECT ${milestoneSelected} FROM contracts.milestone m WHERE m.jurisdiction = ANY($1) AND m.contract = ANY($2) ORDER BY m.contract, m.position`

/** Beside the columns of a contract `c` that is locked together with its milestones `m`. */
export const milestonesBeside = milestoneNames.map((name) => `m.${name} AS m_${name}`).join(', ')

/** The milestones of rows that were read with `milestonesBeside`, in their order. */
export function milestonesIn(rows: readonly object[]): Milestone[] {
  return rows
    .map((row) =>
      milestoneOf(
        Object.fromEntries(
          Object.entries(row).flatMap(([name, value]) => (name.startsWith('m_') ? [[name.slice(2), value]] : [])),
        ) as MilestoneRow,
      ),
    )
    .sort((one, other) => one.position - other.position)
}

/** Milestones of contracts by the contract's id, in their order. */
export async function listMilestones(
  tx: Tx,
  contracts: readonly { readonly jurisdiction: string; readonly id: string }[],
): Promise<Map<string, Milestone[]>> {
  const rows = await rowsOf<MilestoneRow>(tx, selectMilestones, [
    [...new Set(contracts.map((each) => each.jurisdiction))],
    contracts.map((each) => each.id),
  ])
  const found = new Map<string, Milestone[]>()
  for (const row of rows) {
    const contract = joinId<'contract'>(row.jurisdiction, row.contract)
    found.set(contract, [...(found.get(contract) ?? []), milestoneOf(row)])
  }
  return found
}

const recordset = Object.entries(milestoneColumns)
  .map(([name, type]) => `${name} ${type}`)
  .join(', ')
const upsertMilestones = `
INSERT INTO contracts.milestone (${milestoneNames.join(', ')})
SELECT ${milestoneNames.map((name) => `x.${name}`).join(', ')} FROM jsonb_to_recordset($1::jsonb) AS x(${recordset})
ON CONFLICT (jurisdiction, id) DO UPDATE SET ${milestoneNames
  .filter((name) => name !== 'jurisdiction' && name !== 'id' && name !== 'contract')
  .map((name) => `${name} = excluded.${name}`)
  .join(', ')}`

/** How milestones of a locked contract are inserted or changed: one statement, none for none. */
export function milestonesSaved(contract: Contract, milestones: readonly Milestone[]): Statement[] {
  if (milestones.length === 0) return []
  const rows = JSON.stringify(milestones.map((each) => milestoneValues(contract, each)))
  return [{ text: upsertMilestones, values: [rows] }]
}

export async function removeMilestones(tx: Tx, gone: readonly Milestone[]): Promise<void> {
  const [first] = gone
  if (first === undefined) return
  await rowOf(tx, 'DELETE FROM contracts.milestone WHERE jurisdiction = $1 AND id = ANY($2)', [
    splitId(first.id).jurisdiction,
    gone.map((each) => splitId(each.id).uuid),
  ])
}

/** Evidence alone: the contract's version stays, so that nobody's page goes stale by each service record. Written together with the record. */
export function evidenceSaved(milestone: Id<'milestone'>, evidence: Milestone['evidence']): Statement {
  const { jurisdiction, uuid } = splitId(milestone)
  return {
    text: 'UPDATE contracts.milestone SET service_records = $3, minutes = $4, attendance = $5 WHERE jurisdiction = $1 AND id = $2',
    values: [jurisdiction, uuid, evidence.serviceRecords, evidence.minutes, evidence.attendance],
  }
}

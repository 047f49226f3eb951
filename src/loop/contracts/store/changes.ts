// Contracts: the SQL of amendments and breaches.
import { joinId, splitId } from '../../../kit/id.ts'
import type { Instant } from '../../../kit/instant.ts'
import { fen } from '../../../kit/money.ts'
import type { PlainDate } from '../../../kit/plain-date.ts'
import { rowOf, rowsOf, type Tx } from '../../../platform/database.ts'
import type { AmendmentState, breachKinds, Party } from '../contract.ts'
import type { Amendment, Breach, TeamMember } from '../rules.ts'

type AmendmentRow = {
  jurisdiction: string
  id: string
  contract: string
  state: AmendmentState
  proposed_by: Party
  person: string
  words: string
  growth: bigint | null
  end_on: PlainDate | null
  dues: Amendment['dues']
  team: readonly TeamMember[] | null
  at: Instant
  decided_at: Instant | null
  decided_by: string | null
}

const selectAmendment = `
SELECT jurisdiction, id, contract, state, proposed_by, person, words, growth, end_on, dues, team, at, decided_at, decided_by FROM contracts.amendment
WHERE jurisdiction = $1`

function amendmentOf(row: AmendmentRow): Amendment {
  return {
    id: joinId(row.jurisdiction, row.id),
    contract: joinId(row.jurisdiction, row.contract),
    state: row.state,
    proposedBy: row.proposed_by,
    person: row.person,
    words: row.words,
    growth: row.growth === null ? undefined : fen(row.growth),
    end: row.end_on ?? undefined,
    dues: row.dues,
    team: row.team ?? undefined,
    at: row.at,
    decidedAt: row.decided_at ?? undefined,
    decidedBy: row.decided_by ?? undefined,
  }
}

/** The contract is locked before; its amendments need no lock of their own. */
export async function findAmendment(tx: Tx, contract: string, id: string): Promise<Amendment | undefined> {
  const { jurisdiction, uuid } = splitId(id)
  const row = await rowOf<AmendmentRow>(tx, `${selectAmendment} AND id = $2 AND contract = $3`, [
    jurisdiction,
    uuid,
    splitId(contract).uuid,
  ])
  return row === undefined ? undefined : amendmentOf(row)
}

/** Oldest first; a contract has few. */
export async function listAmendments(tx: Tx, contract: string): Promise<Amendment[]> {
  const { jurisdiction, uuid } = splitId(contract)
  return (
    await rowsOf<AmendmentRow>(tx, `${selectAmendment} AND contract = $2 ORDER BY id LIMIT 100`, [jurisdiction, uuid])
  ).map(amendmentOf)
}

export async function insertAmendment(tx: Tx, amendment: Amendment): Promise<void> {
  const { jurisdiction, uuid } = splitId(amendment.id)
  await rowOf(
    tx,
    `INSERT INTO contracts.amendment (jurisdiction, id, contract, state, proposed_by, person, words, growth, end_on, dues, team, at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      jurisdiction,
      uuid,
      splitId(amendment.contract).uuid,
      amendment.state,
      amendment.proposedBy,
      amendment.person,
      amendment.words,
      amendment.growth ?? null,
      amendment.end ?? null,
      JSON.stringify(amendment.dues),
      amendment.team === undefined ? null : JSON.stringify(amendment.team),
      amendment.at,
    ],
  )
}

export async function saveAmendment(tx: Tx, amendment: Amendment): Promise<void> {
  const { jurisdiction, uuid } = splitId(amendment.id)
  await rowOf(
    tx,
    'UPDATE contracts.amendment SET state = $3, decided_at = $4, decided_by = $5 WHERE jurisdiction = $1 AND id = $2',
    [jurisdiction, uuid, amendment.state, amendment.decidedAt ?? null, amendment.decidedBy ?? null],
  )
}

/** `id`: UUID of the breach in the contract's jurisdiction. */
export async function insertBreach(tx: Tx, contract: string, id: string, breach: Breach): Promise<void> {
  const { jurisdiction, uuid } = splitId(contract)
  await rowOf(
    tx,
    'INSERT INTO contracts.breach (jurisdiction, id, contract, by_party, kind, words, person, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)',
    [jurisdiction, splitId(id).uuid, uuid, breach.by, breach.kind, breach.words, breach.person, breach.at],
  )
}

export async function listBreaches(tx: Tx, contract: string): Promise<Breach[]> {
  const { jurisdiction, uuid } = splitId(contract)
  return rowsOf<{ by: Party; kind: (typeof breachKinds)[number]; words: string; at: Instant; person: string }>(
    tx,
    'SELECT by_party AS by, kind, words, at, person FROM contracts.breach WHERE jurisdiction = $1 AND contract = $2 ORDER BY id LIMIT 100',
    [jurisdiction, uuid],
  )
}

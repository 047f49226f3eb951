// Evaluation: what thread and insight ask: the published result of a contract.
import type { Tx } from '../../platform/database.ts'
import type { EvaluationState } from './contract.ts'
import { shownNumber } from './rules.ts'
import { findEvaluationOf } from './store.ts'

export type EvaluationCard = {
  readonly id: string
  readonly number: string
  readonly state: EvaluationState
  /** 0–100 and basis points; only once published. */
  readonly score?: number
  readonly factorBps?: number
}

/** The final evaluation of a contract; undefined while none is planned. */
export async function evaluationOf(tx: Tx, contractId: string): Promise<EvaluationCard | undefined> {
  const evaluation = await findEvaluationOf(tx, contractId)
  if (evaluation === undefined) return undefined
  const published = evaluation.state === 'published'
  return {
    id: evaluation.id,
    number: shownNumber(evaluation),
    state: evaluation.state,
    score: published ? (evaluation.tenths ?? 0) / 10 : undefined,
    factorBps: published ? evaluation.factorBps : undefined,
  }
}

// What other domains may ask of the register of social workers.
import type { DivisionCode } from '../../kit/id.ts'
import type { PlainDate } from '../../kit/plain-date.ts'
import type { Tx } from '../../platform/database.ts'
import type { WorkerId, WorkerLevel } from './contract.ts'

export type WorkerCard = {
  readonly id: WorkerId
  readonly personId: string
  readonly maskedName: string
  readonly level: WorkerLevel
  readonly certificateValidUntil: PlainDate
  /** Registration in force. */
  readonly active: boolean
  readonly employer?: string
  readonly division: DivisionCode
}
export async function getWorker(_tx: Tx, _id: string): Promise<WorkerCard> {
  throw new Error('being built')
}
export async function listWorkers(_tx: Tx, _ids: readonly string[]): Promise<Map<string, WorkerCard>> {
  throw new Error('being built')
}
export async function workerOfPerson(_tx: Tx, _personId: string): Promise<WorkerCard | undefined> {
  throw new Error('being built')
}
export async function listWorkersOf(_tx: Tx, _organizationId: string): Promise<WorkerCard[]> {
  throw new Error('being built')
}

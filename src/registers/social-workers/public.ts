// What other domains may ask of the register of social workers.
import type { DivisionCode } from '../../kit/id.ts'
import type { PlainDate } from '../../kit/plain-date.ts'
import type { Tx } from '../../platform/database.ts'
import { listPeople } from '../../foundation/identity/public.ts'
import type { WorkerId, WorkerLevel } from './contract.ts'
import type { Worker } from './rules.ts'
import * as store from './store.ts'

export type WorkerCard = {
  readonly id: WorkerId
  readonly personId: string
  readonly maskedName: string
  readonly level: WorkerLevel
  /** The last day of the registration. */
  readonly certificateValidUntil: PlainDate
  /** Registration in force. */
  readonly active: boolean
  /** Organization; absent where a community employs. */
  readonly employer?: string
  readonly division: DivisionCode
}

/** The masked names come from identity in one statement. */
async function cardsOf(tx: Tx, workers: readonly Worker[]): Promise<WorkerCard[]> {
  if (workers.length === 0) return []
  const people = await listPeople(
    tx,
    workers.map((worker) => worker.person),
  )
  return workers.map(({ id, person, level, validUntil, state, employer, division }) => ({
    id,
    personId: person,
    maskedName: people.get(person)?.maskedName ?? '',
    level,
    certificateValidUntil: validUntil,
    active: state === 'registered',
    employer,
    division,
  }))
}

/** The card of a worker; throws when there is none: ids come from records. */
export async function getWorker(tx: Tx, id: string): Promise<WorkerCard> {
  const card = (await listWorkers(tx, [id])).get(id)
  if (card === undefined) throw new Error('no such worker')
  return card
}

/** Cards by id in two statements; unknown ids are left out. */
export async function listWorkers(tx: Tx, ids: readonly string[]): Promise<Map<string, WorkerCard>> {
  return new Map((await cardsOf(tx, await store.listWorkersById(tx, ids))).map((card) => [card.id, card]))
}

/** The worker that a person is registered as, if any; look at `active`. */
export async function workerOfPerson(tx: Tx, personId: string): Promise<WorkerCard | undefined> {
  const worker = await store.findWorkerOfPerson(tx, personId)
  return worker === undefined ? undefined : (await cardsOf(tx, [worker]))[0]
}

/** The organization that employs a person by the register; undefined for others. One statement. */
export async function employerOf(tx: Tx, personId: string): Promise<string | undefined> {
  return (await store.findWorkerOfPerson(tx, personId))?.employer
}

/** Whether a person is on the register and until when, without the name: one statement. */
export async function findRegistration(
  tx: Tx,
  personId: string,
): Promise<Pick<WorkerCard, 'id' | 'personId' | 'active' | 'certificateValidUntil'> | undefined> {
  const worker = await store.findWorkerOfPerson(tx, personId)
  return (
    worker && {
      id: worker.id,
      personId: worker.person,
      active: worker.state === 'registered',
      certificateValidUntil: worker.validUntil,
    }
  )
}

/** At most 500 workers that an organization employs, lapsed ones among them. */
export async function listWorkersOf(tx: Tx, organizationId: string): Promise<WorkerCard[]> {
  return cardsOf(tx, await store.listWorkersOfEmployer(tx, organizationId))
}

/** The persons on the register whom any of these organizations employs or once employed, in one statement; at most 2,000. */
export function listEmployedPersons(tx: Tx, organizations: readonly string[]): Promise<string[]> {
  return store.listPersonsOfEmployers(tx, organizations)
}

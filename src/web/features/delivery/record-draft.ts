// A service record as the phone keeps it until the server has it, and what can be chosen while there is no network.
import type { WireInputOf } from '../../../kit/endpoint.ts'
import type { fileServiceRecord } from '../../../loop/delivery/contract.ts'
import type { KeptPhoto } from '../../app/offline/photos.ts'

/** The kind under which service records stand in the queue. */
export const recordKind = 'service-record'
/** The kind, and the one item, under which the choices stand: of whoever is signed in, gone with them. */
export const choicesKind = 'service-record-choices'

export type RecordDraft = {
  readonly body: Omit<WireInputOf<typeof fileServiceRecord>['body'], 'photos'>
  /** In the order in which they are shown. */
  readonly photos: readonly KeptPhoto[]
}

/** A contract of the worker's with what is planned under it, as it was when there was a network last. */
export type Choice = {
  readonly id: string
  readonly title: string
  readonly activities: readonly {
    readonly id: string
    readonly name: string
    readonly done: number
    readonly planned: number
  }[]
}

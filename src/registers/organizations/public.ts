// What other domains may ask of the register of organizations.
import type { DivisionCode, RecordRef } from '../../kit/id.ts'
import type { Ruling } from '../../kit/ruling.ts'
import type { Act } from '../../platform/action.ts'
import type { Tx } from '../../platform/database.ts'
import type { OrganizationId, OrganizationKind, OrganizationState, Rating } from './contract.ts'

export type OrganizationCard = {
  readonly id: OrganizationId
  readonly name: string
  readonly uscc?: string
  readonly kind: OrganizationKind
  readonly state: OrganizationState
  readonly division: DivisionCode
  readonly rating?: Rating
  readonly abnormal: boolean
  readonly categories: readonly string[]
}
export async function getOrganization(_tx: Tx, _id: string): Promise<OrganizationCard> {
  throw new Error('being built')
}
export async function listOrganizations(_tx: Tx, _ids: readonly string[]): Promise<Map<string, OrganizationCard>> {
  throw new Error('being built')
}

export type Qualification = {
  readonly active: boolean
  readonly abnormal: boolean
  readonly illegal: boolean
  readonly rating?: Rating
  readonly categories: readonly string[]
  readonly certificates: number
}
export async function qualificationOf(_tx: Tx, _id: string): Promise<Qualification> {
  throw new Error('being built')
}

export type CreditEntry = { readonly organization: string; readonly kind: string; readonly points: number; readonly of: RecordRef; readonly words: string }
export async function addCreditEntry(_act: Act, _entry: CreditEntry): Promise<Ruling<void>> {
  throw new Error('being built')
}

// Delivery: who was really served under a contract, opened for the one who must ask them all: evaluation. Nothing says by what they were served.
import type { Tx } from '../../../platform/database.ts'
import type { Platform } from '../../../platform/platform.ts'
import * as rules from '../rules/beneficiaries.ts'
import * as store from '../store/beneficiaries.ts'
import { sealedAt } from './case-changes.ts'

function read(text: string | undefined): { person?: string; name?: string; phone?: string } {
  const value: unknown = text === undefined ? undefined : JSON.parse(text)
  if (typeof value !== 'object' || value === null) return {}
  const [person, name, phone]: unknown[] = [
    Reflect.get(value, 'person'),
    Reflect.get(value, 'name'),
    Reflect.get(value, 'phone'),
  ]
  return {
    person: typeof person === 'string' ? person : undefined,
    name: typeof name === 'string' ? name : undefined,
    phone: typeof phone === 'string' ? phone : undefined,
  }
}

/**
 * Members of groups who came at least once, and people of cases that had a session, each once, with an account or without. Three statements, however
 * many.
 */
export async function listBeneficiaries(platform: Platform, tx: Tx, contract: string): Promise<rules.Served[]> {
  const members = await store.listServedMembers(tx, contract)
  const clients = await store.listServedClients(tx, contract)
  const opened = await Promise.all([
    ...members.map(async ({ group, member, who }) => {
      const place = { table: 'delivery.group_member', column: 'who', row: member }
      return { ...read(await platform.cipher.open(tx, group, place, who)), underFourteen: false }
    }),
    ...clients.map(async ({ case: id, beneficiary, underFourteen }) => ({
      ...read(await platform.cipher.open(tx, id, sealedAt.beneficiary(id), beneficiary)),
      underFourteen,
    })),
  ])
  return rules.servedOnce(opened)
}

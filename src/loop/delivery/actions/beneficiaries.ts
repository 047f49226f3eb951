// Delivery: who was really served under a contract, opened for the one who must ask them all: evaluation. Nothing says by what they were served.
import type { Tx } from '../../../platform/database.ts'
import type { Platform } from '../../../platform/platform.ts'
import * as store from '../store/beneficiaries.ts'
import { sealedAt } from './case-changes.ts'

/** Somebody who was served: a person with an account, or a group's member known by name alone. */
export type Served =
  | { readonly person: string; readonly underFourteen: boolean }
  | { readonly member: string; readonly name: string }

function read(text: string | undefined): { person?: string; name?: string } {
  const value: unknown = text === undefined ? undefined : JSON.parse(text)
  if (typeof value !== 'object' || value === null) return {}
  const [person, name]: unknown[] = [Reflect.get(value, 'person'), Reflect.get(value, 'name')]
  return {
    person: typeof person === 'string' ? person : undefined,
    name: typeof name === 'string' ? name : undefined,
  }
}

/**
 * Members of groups who came at least once, and people of cases that had a session, persons once each. People of cases without an account are
 * left out: their name never leaves the case. Three statements, however many.
 */
export async function listBeneficiaries(platform: Platform, tx: Tx, contract: string): Promise<Served[]> {
  const members = await store.listServedMembers(tx, contract)
  const clients = await store.listServedClients(tx, contract)
  const opened = await Promise.all([
    ...members.map(async ({ group, member, who }): Promise<Served[]> => {
      const place = { table: 'delivery.group_member', column: 'who', row: member }
      const { person, name } = read(await platform.cipher.open(tx, group, place, who))
      if (person !== undefined) return [{ person, underFourteen: false }]
      return name === undefined ? [] : [{ member, name }]
    }),
    ...clients.map(async ({ case: id, beneficiary, underFourteen }): Promise<Served[]> => {
      const { person } = read(await platform.cipher.open(tx, id, sealedAt.beneficiary(id), beneficiary))
      return person === undefined ? [] : [{ person, underFourteen }]
    }),
  ])
  const persons = new Map<string, boolean>()
  for (const each of opened.flat())
    if ('person' in each) persons.set(each.person, each.underFourteen || (persons.get(each.person) ?? false))
  return [
    ...[...persons].map(([person, underFourteen]) => ({ person, underFourteen })),
    ...opened.flat().filter((each) => 'member' in each),
  ]
}

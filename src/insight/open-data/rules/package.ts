// Open data: ids and addresses of packages. Pure.
import type { Json, JsonObject } from './merge.ts'

const uuidLength = 36
const prefixLength = 'ocds-000000-'.length

/** The tender of an ocid. */
export function tenderOfOcid(ocid: string): string {
  return ocid.slice(prefixLength)
}

/** The ocid and event of a release's id. */
export function partsOfRelease(id: string): { readonly ocid: string; readonly event: string } {
  return { ocid: id.slice(0, -uuidLength - 1), event: id.slice(-uuidLength) }
}

const listOf = (value: Json | undefined): readonly JsonObject[] =>
  Array.isArray(value) ? (value as readonly JsonObject[]) : []
const objectOf = (value: Json | undefined): JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {}

/** What a release of the work tells in one line. */
export type Detail =
  | { readonly kind: 'paid' | 'paid-back'; readonly amount: string }
  | { readonly kind: 'met' | 'reported'; readonly title: string }
  | { readonly kind: 'closed' }

/** The payment or milestone of an implementation release, or the end of the bidding; undefined where the tags say it all. */
export function detailOf(release: JsonObject, buyer = objectOf(release['buyer'])['id']): Detail | undefined {
  const tags = release['tag']
  const [contract] = listOf(release['contracts'])
  const { transactions, milestones } = objectOf(contract?.['implementation'])
  const [transaction] = listOf(transactions)
  if (transaction !== undefined) {
    const paid = objectOf(transaction['payer'])['id'] === buyer
    return { kind: paid ? 'paid' : 'paid-back', amount: Number(objectOf(transaction['value'])['amount']).toFixed(2) }
  }
  if (!Array.isArray(tags)) return undefined
  const [milestone] = listOf(milestones)
  if (milestone !== undefined && String(tags[0]).startsWith('implementation'))
    return { kind: milestone['status'] === 'met' ? 'met' : 'reported', title: String(milestone['title']) }
  const closed = tags[0] === 'tenderUpdate' && objectOf(release['tender'])['status'] === undefined
  return closed ? { kind: 'closed' } : undefined
}

const addresses: ReadonlySet<string> = new Set(['url', 'uri', 'source'])

function withOrigin(key: string, value: Json | undefined, origin: string): Json | undefined {
  if (typeof value === 'string') return addresses.has(key) && value.startsWith('/') ? origin + value : value
  if (Array.isArray(value)) return value.map((each: Json) => withOrigin(key, each, origin) ?? null)
  return typeof value === 'object' && value !== null ? absolute(value as JsonObject, origin) : value
}

/** Addresses of our own pages as whole ones: where the program is reached may change, what a release says does not. */
export function absolute(release: JsonObject, origin: string): JsonObject {
  return Object.fromEntries(Object.entries(release).map(([key, value]) => [key, withOrigin(key, value, origin)]))
}

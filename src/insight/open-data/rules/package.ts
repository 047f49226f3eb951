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

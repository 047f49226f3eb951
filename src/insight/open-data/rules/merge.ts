// Open data: how releases of one process become its compiled release, by the merging rules of OCDS 1.1. Pure.

export type Json = null | boolean | number | string | readonly Json[] | JsonObject
export type JsonObject = { readonly [key: string]: Json | undefined }

/** Lists that the schema marks with wholeListMerge: the newest stands for all of it. */
const wholeLists: ReadonlySet<string> = new Set(['additionalIdentifiers', 'additionalClassifications'])
/** Fields of a release that the schema marks with omitWhenMerged. */
const omitted: ReadonlySet<string> = new Set(['id', 'date', 'tag'])

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Objects of a list by their ids, those of before in their places; an object without an id is a new one. Of two with one id in one list the last counts. */
function mergeList(before: readonly JsonObject[], after: readonly JsonObject[]): JsonObject[] {
  const merged = [...before]
  const own = new Map(after.flatMap((item) => (item['id'] === undefined ? [] : [[String(item['id']), item] as const])))
  for (const item of after) {
    const { id } = item
    if (id !== undefined && own.get(String(id)) !== item) continue
    const at = id === undefined ? -1 : merged.findIndex((each) => String(each['id']) === String(id))
    if (at < 0) merged.push(mergeObject({}, item))
    else merged[at] = mergeObject(merged[at] ?? {}, item)
  }
  return merged
}

function mergeValue(key: string, before: Json | undefined, after: Json): Json {
  if (isObject(after)) return mergeObject(isObject(before) ? before : {}, after)
  if (!Array.isArray(after)) return after
  const list: readonly Json[] = after
  if (wholeLists.has(key) || !list.every(isObject)) return list
  return mergeList(Array.isArray(before) ? before.filter(isObject) : [], list)
}

/** A field that is null in the newer one is taken away. */
function mergeObject(before: JsonObject, after: JsonObject): JsonObject {
  const merged: Record<string, Json | undefined> = { ...before }
  for (const [key, value] of Object.entries(after)) {
    if (value === undefined) continue
    if (value === null) delete merged[key]
    else merged[key] = mergeValue(key, before[key], value)
  }
  return merged
}

const dateOf = (release: JsonObject) => Date.parse(String(release['date']))

/**
 * The compiled release of all releases of one process, in whatever order they come: by date, of equal dates in their order. Its id names the
 * process and the last date. Throws without releases.
 */
export function compileReleases(releases: readonly JsonObject[]): JsonObject {
  const ordered = [...releases].sort((one, other) => dateOf(one) - dateOf(other))
  const last = ordered.at(-1)
  if (last === undefined) throw new Error('nothing to compile')
  let compiled: JsonObject = {}
  for (const release of ordered)
    compiled = mergeObject(compiled, Object.fromEntries(Object.entries(release).filter(([key]) => !omitted.has(key))))
  const { ocid, ...rest } = compiled
  return { ocid, id: `${String(ocid)}-${String(last['date'])}`, date: last['date'], tag: ['compiled'], ...rest }
}

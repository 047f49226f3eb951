// Open data: releases and records in packages.
import { joinId } from '../../../kit/id.ts'
import { absent, allow } from '../../../kit/ruling.ts'
import { type Ask, question } from '../../../platform/action.ts'
import { cursorOf } from '../../../platform/cursor.ts'
import * as contract from '../contract.ts'
import { lotsExtension } from '../rules/lots.ts'
import { absolute, partsOfRelease, tenderOfOcid } from '../rules/package.ts'
import * as store from '../store.ts'

/** Where people reach the program; without PUBLIC_URL only tests have none. */
function originOf(ask: Ask): string {
  return ask.platform.publicUrl === undefined ? 'http://localhost' : new URL(ask.platform.publicUrl).origin
}

/** What every package begins with. Made on demand: its date is that of its newest content. */
function headOf(ask: Ask, path: string, publishedDate: string) {
  const origin = originOf(ask)
  const { publisher, license } = ask.platform.publication
  return {
    uri: origin + path,
    version: '1.1' as const,
    extensions: [lotsExtension],
    publishedDate,
    publisher: { name: publisher, uri: origin },
    license,
    publicationPolicy: `${origin}/data`,
  }
}

type PageQuery = { readonly division?: string; readonly size: number; readonly cursor?: string }

/** The address of a page. */
function pathOf(path: string, { division, size, cursor }: PageQuery): string {
  const query = new URLSearchParams()
  if (division !== undefined) query.set('division', division)
  query.set('size', String(size))
  if (cursor !== undefined) query.set('cursor', cursor)
  return `${path}?${query}`
}

/** One page of the rows that were found, which are one more where there is a next page. */
function pageOf<Row extends { readonly id: string }>(ask: Ask, path: string, found: readonly Row[], query: PageQuery) {
  const rows = found.slice(0, query.size)
  const last = rows.at(-1)
  const next =
    found.length > query.size && last !== undefined
      ? originOf(ask) + pathOf(path, { ...query, cursor: cursorOf([last.id]) })
      : undefined
  return { rows, links: next === undefined ? undefined : { next } }
}

const newest = (dates: readonly string[]) => dates.toSorted().at(-1)

export const listOcdsReleases = question(contract.listOcdsReleases, async (ask, { query }) => {
  const path = '/api/ocds/releases'
  const { rows, links } = pageOf(ask, path, await store.listReleases(ask.tx, query), query)
  const date = newest(rows.map((row) => row.at))
  if (date === undefined) return absent()
  const origin = originOf(ask)
  return allow({
    ...headOf(ask, pathOf(path, query), date),
    links,
    releases: rows.map((row) => absolute(row.content, origin)),
  })
})

export const getOcdsRelease = question(contract.getOcdsRelease, async (ask, { params }) => {
  const { ocid, event } = partsOfRelease(params.release)
  const release = await store.findRelease(ask.tx, tenderOfOcid(ocid), event)
  if (release === undefined || release.content['id'] !== params.release) return absent()
  return allow({
    ...headOf(ask, `/api/ocds/releases/${params.release}`, release.at),
    releases: [absolute(release.content, originOf(ask))],
  })
})

export const listOcdsRecords = question(contract.listOcdsRecords, async (ask, { query }) => {
  const path = '/api/ocds/records'
  const { rows, links } = pageOf(ask, path, await store.listProcesses(ask.tx, query), query)
  const date = newest(rows.map((row) => row.last_at))
  if (date === undefined) return absent()
  const origin = originOf(ask)
  const tenders = rows.map((row) => joinId(row.jurisdiction, row.id))
  const heads = Map.groupBy(await store.listReleaseHeads(ask.tx, tenders), (head) => head.tender)
  return allow({
    ...headOf(ask, pathOf(path, query), date),
    links,
    records: rows.map((row) => ({
      ocid: row.ocid,
      releases: (heads.get(joinId(row.jurisdiction, row.id)) ?? []).map(({ event, at, tags }) => ({
        url: `${origin}/api/ocds/releases/${row.ocid}-${event}`,
        date: at,
        tag: [...tags],
      })),
      compiledRelease: absolute(row.compiled, origin),
    })),
  })
})

export const getOcdsRecord = question(contract.getOcdsRecord, async (ask, { params }) => {
  const tender = tenderOfOcid(params.ocid)
  const process = await store.findProcess(ask.tx, tender)
  if (process === undefined || process.ocid !== params.ocid) return absent()
  const origin = originOf(ask)
  const releases = await store.listReleasesOf(ask.tx, tender)
  return allow({
    ...headOf(ask, `/api/ocds/records/${params.ocid}`, process.last_at),
    records: [
      {
        ocid: process.ocid,
        releases: releases.map((release) => absolute(release.content, origin)),
        compiledRelease: absolute(process.compiled, origin),
      },
    ],
  })
})

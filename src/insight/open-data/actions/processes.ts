// Open data: what the pages show: published processes, the history of one, and who publishes.
import { divisionName } from '../../../foundation/divisions/public.ts'
import { joinId } from '../../../kit/id.ts'
import { absent, allow } from '../../../kit/ruling.ts'
import { question } from '../../../platform/action.ts'
import { cursorOf } from '../../../platform/cursor.ts'
import { unregistered } from '../../../platform/publication.ts'
import * as contract from '../contract.ts'
import { detailOf } from '../rules/package.ts'
import * as store from '../store.ts'

function headOf(row: store.CompiledRow) {
  return {
    tender: joinId(row.jurisdiction, row.id),
    ocid: row.ocid,
    title: row.title,
    division: row.division,
    divisionName: divisionName(row.division),
    releases: row.releases,
    lastAt: row.last_at,
  }
}

export const listProcesses = question(contract.listProcesses, async (ask, { query }) => {
  const found = await store.listProcesses(ask.tx, query)
  const rows = found.slice(0, query.size)
  const last = rows.at(-1)
  return allow({
    rows: rows.map(headOf),
    next: found.length > query.size && last !== undefined ? cursorOf([last.id]) : undefined,
  })
})

export const getProcess = question(contract.getProcess, async (ask, { params }) => {
  const process = await store.findProcess(ask.tx, params.id)
  if (process === undefined) return absent()
  const releases = await store.listReleasesOf(ask.tx, params.id)
  return allow({
    ...headOf(process),
    registered: !process.ocid.startsWith(`${unregistered.ocidPrefix}-`),
    history: releases.map(({ at, tags, content }) => ({
      id: String(content['id']),
      date: at,
      tags: [...tags],
      detail: detailOf(content),
    })),
  })
})

export const getPublication = question(contract.getPublication, async (ask) => {
  const { publisher, license, ocidPrefix } = ask.platform.publication
  return allow({ publisher, license, ocidPrefix, registered: ocidPrefix !== unregistered.ocidPrefix })
})

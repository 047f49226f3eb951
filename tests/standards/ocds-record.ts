// What the tests of OCDS ask of a record: its package valid, its releases by stage.
import { expect } from 'vitest'
import * as openData from '../../src/insight/open-data/contract.ts'
import type { TestApp } from '../support/app.ts'
import { faultsOf, type OcdsRecord, type Release } from './ocds-schema.ts'

/** As it goes over the line: what is undefined is not there. */
export const json = (value: unknown) => JSON.parse(JSON.stringify(value))

/** The record of the tender of a story, its package held against the schema. */
export async function recordOf(app: TestApp, tender = ''): Promise<OcdsRecord> {
  const { ocid } = await app.ok('nobody', openData.getProcess, { params: { id: tender } })
  const found = await app.ok('nobody', openData.getOcdsRecord, { params: { ocid } })
  expect(faultsOf('record', found)).toEqual([])
  return one<OcdsRecord>(json(found.records))
}

/** The releases of a stage. */
export const tagged = (record: OcdsRecord, tag: string): Release[] =>
  record.releases.filter((release) => release.tag.includes(tag))

/** The only one. */
export const one = <T>(list: readonly T[]): T => {
  const [first] = list
  if (first === undefined || list.length !== 1) throw new Error(`${list.length} instead of one`)
  return first
}

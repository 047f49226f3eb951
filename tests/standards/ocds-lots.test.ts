// A tender in lots as OCDS: the lots extension is declared, packages stay valid, awards and contracts say which lot they are for.
import { afterAll, beforeAll, expect, it } from 'vitest'
import * as openData from '../../src/insight/open-data/contract.ts'
import { lotsExtension } from '../../src/insight/open-data/rules/lots.ts'
import { getTender } from '../../src/loop/procurement/contract.ts'
import { startApp, type TestApp } from '../support/app.ts'
import * as given from '../support/lots.ts'
import { json, one } from './ocds-record.ts'
import { faultsOf, type OcdsRecord, type Release } from './ocds-schema.ts'

type Lots = { readonly id: string; readonly status: string; readonly value?: { readonly amount: number } }[]
type Told = Omit<OcdsRecord['compiledRelease'], 'awards' | 'tender'> & {
  readonly tender: NonNullable<OcdsRecord['compiledRelease']['tender']> & {
    readonly lots: Lots
    readonly lotDetails?: { readonly maximumLotsAwardedPerSupplier: number }
  }
  readonly awards: readonly { id: string; status: string; relatedLots: string[]; items: { relatedLot: string }[] }[]
}

let app: TestApp
let room: given.LotRoom
let tender = ''
let contract = ''

async function told() {
  await app.settle()
  const { ocid } = await app.ok('nobody', openData.getProcess, { params: { id: tender } })
  const found = await app.ok('nobody', openData.getOcdsRecord, { params: { ocid } })
  expect(faultsOf('record', found)).toEqual([])
  expect(found.extensions).toEqual([lotsExtension])
  const { releases, compiledRelease }: { releases: Release[]; compiledRelease: Told } = one(json(found.records))
  return { releases, compiled: compiledRelease }
}

beforeAll(async () => {
  app = await startApp()
  room = await given.lotRoom(app)
  tender = await given.awardedLots(room, [true, true, true, false], 2)
  contract = await given.draftedForLot(room, tender, 1, 0)
  await given.signByBoth(room, contract, 0)
}, 120_000)
afterAll(() => app?.close())

it('tells each lot with its value, its award with the lot, and the contract with the award of its lot', async () => {
  const { compiled } = await told()
  const view = await app.ok('nobody', getTender, { params: { id: tender } })
  expect(compiled.tender.lots.map(({ id, status, value }) => [id, status, value?.amount])).toEqual(
    view.lots?.map((lot) => [`lot-${lot.number}`, lot.failed ? 'unsuccessful' : 'complete', Number(lot.ceiling)]),
  )
  expect(compiled.tender.lotDetails).toEqual({ maximumLotsAwardedPerSupplier: 2 })
  expect(compiled.awards.map(({ status, relatedLots, items }) => [status, relatedLots, items[0]?.relatedLot])).toEqual(
    [1, 2, 3].map((lot) => ['active', [`lot-${lot}`], `lot-${lot}`]),
  )
  expect(new Set(compiled.awards.map((award) => award.id)).size).toBe(3)
  expect(compiled.contracts).toMatchObject([{ id: contract, awardID: compiled.awards[0]?.id }])
  const suppliers = compiled.parties.filter((party) => party.roles.includes('supplier'))
  expect(suppliers).toHaveLength(2)
  // The bids of one bidder for several lots are one tenderer.
  expect(compiled.tender.numberOfTenderers).toBe(3)
})

it('tells that a lot failed afterwards as its award cancelled, and leaves the others as they are', async () => {
  expect((await given.failLot(room, tender, 3)).status).toBe(200)
  const { compiled, releases } = await told()
  expect(releases.at(-1)?.tag).toEqual(['tenderUpdate', 'awardCancellation'])
  expect(compiled.awards.map((award) => award.status)).toEqual(['active', 'active', 'cancelled'])
  expect(compiled.tender.lots.map((lot) => lot.status)).toEqual([
    'complete',
    'complete',
    'unsuccessful',
    'unsuccessful',
  ])
  expect(compiled.tender.status).toBe('complete')
})

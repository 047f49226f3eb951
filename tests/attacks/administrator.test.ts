// An administrator with every right in the database changes a bid, a score, a signature, a byte of a contract: each is caught by who verifies.
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  verifyContractDocument,
  listContractDocuments,
  signContract,
} from '../../src/loop/contracts/contract/documents.ts'
import * as contracts from '../../src/loop/contracts/contract.ts'
import { verifyAward } from '../../src/loop/procurement/contract/verification.ts'
import { getTender } from '../../src/loop/procurement/contract.ts'
import { sealAll } from '../../src/platform/seal/seal.ts'
import { verifySeals } from '../../src/platform/seal/verification.ts'
import { type Person, startApp, type TestApp } from '../support/app.ts'
import { makeSigner, signed } from '../support/signer.ts'
import { makeStory, type TestStory } from '../support/story.ts'
import { withClient } from '../support/template.ts'

let app: TestApp
let story: TestStory
let document: { id: string; sha256: string }
const actor = (key: string | undefined): Person => {
  const person = story.people.get(key ?? '')
  if (person === undefined) throw new Error(`nobody plays ${key}`)
  return person
}
const uuid = (id: string | undefined) => (id ?? '').slice(7)
const verifiedAward = () => app.ok('nobody', verifyAward, { params: { id: story.thread.tender ?? '' } })
const verifiedPaper = () => app.ok('nobody', verifyContractDocument, { query: { sha256: document.sha256 } as never })
const found = async () => [...new Set((await verifiedAward()).faults.map(({ what }) => what))].toSorted()

/** Past the program, as whoever owns the database; undone afterwards from copies of the tables, so that each attack stands alone. */
async function tampered(sql: string, then: () => Promise<void>): Promise<void> {
  const tables = [
    'procurement.tender',
    'procurement.bid',
    'procurement.sheet',
    'contracts.document',
    'contracts.signature',
    'platform.event',
  ]
  await withClient(app.database.adminUrl, async (client) => {
    // No trigger, no key stands in the way of such an administrator.
    await client.query(`SET session_replication_role = replica`)
    for (const table of tables)
      await client.query(`CREATE TABLE public.kept_${table.replace('.', '_')} AS TABLE ${table}`)
    try {
      const { rowCount } = await client.query(sql)
      expect(rowCount).toBeGreaterThan(0)
      await then()
    } finally {
      for (const table of tables) {
        const kept = `public.kept_${table.replace('.', '_')}`
        await client.query(`DELETE FROM ${table}; INSERT INTO ${table} SELECT * FROM ${kept}; DROP TABLE ${kept}`)
      }
    }
  })
}

/** A tender that was scored and awarded, its contract signed by both parties with keys, all events sealed. */
beforeAll(async () => {
  app = await startApp()
  story = await makeStory(app, 'signing')
  const params = { id: story.thread.contract ?? '' }
  const procurer = actor('procurer')
  const { number, organization } = await app.ok(procurer, contracts.getContract, { params })
  const undertaker = actor(story.cast.bidders.find((each) => each.organization === organization)?.administrator.key)
  await app.ok(undertaker, contracts.reopenContract, { params, body: { words: '改用电子签署' } })
  await app.ok(procurer, contracts.sendForSigning, { params })
  await app.settle()
  const made = (await app.ok(procurer, listContractDocuments, { params })).documents.at(-1)
  if (made === undefined) throw new Error('no document')
  document = made
  const theirs = await makeSigner(app, undertaker, 'ed25519')
  const ours = await makeSigner(app, procurer, 'sm2')
  await app.ok(undertaker, signContract, { params, body: signed(theirs, made, number, 'organization') })
  await app.ok(procurer, signContract, { params, body: signed(ours, made, number, 'purchaser') })
  await app.settle()
}, 240_000)
afterAll(() => app?.close())

test('as long as nobody changes anything, everything verifies, and all of it is sealed', async () => {
  const { database } = app.parts.platform
  const open = async () => {
    await sealAll(database, app.parts.keys.seal)
    return (await verifySeals(database.reader)).unsealed
  }
  await expect.poll(open, { interval: 50, timeout: 60_000 }).toBe(0)
  expect(await verifiedAward()).toEqual({ sound: true, bids: 3, sheets: 15, uncovered: 0, faults: [] })
  expect((await verifiedPaper()).sound).toBe(true)
  expect((await verifySeals(database.reader)).breaks).toEqual([])
}, 90_000)

const ofTender = () => `tender = '${uuid(story.thread.tender)}'`
const oneSheet = () =>
  `(jurisdiction, tender, round, bid, panelist) = (SELECT jurisdiction, tender, round, bid, panelist FROM procurement.sheet WHERE ${ofTender()} ORDER BY bid, panelist LIMIT 1)`

describe('a score', () => {
  test('one point more on one sheet is named by bid and seat', async () => {
    await tampered(
      `UPDATE procurement.sheet SET points[1] = CASE WHEN points[1] = 100 THEN 99 ELSE points[1] + 1 END WHERE ${oneSheet()}`,
      async () => {
        const { sound, faults } = await verifiedAward()
        expect(sound).toBe(false)
        const [sheet] = faults.filter(({ what }) => what === 'sheet-changed')
        expect(sheet).toMatchObject({ bid: expect.stringMatching(/^320505-/), seat: expect.any(Number) })
      },
    )
  })

  test('a sheet taken away, one added, and one put down to somebody else', async () => {
    await tampered(`DELETE FROM procurement.sheet WHERE ${oneSheet()}`, async () => {
      expect(await found()).toContain('sheet-missing')
    })
    await tampered(
      `INSERT INTO procurement.sheet SELECT jurisdiction, tender, round + 1, bid, panelist, points, note, at FROM procurement.sheet WHERE ${oneSheet()}`,
      async () => expect(await found()).toEqual(['sheet-added']),
    )
    await tampered(
      `UPDATE procurement.sheet SET panelist = '320000-${crypto.randomUUID()}' WHERE ${oneSheet()}`,
      async () => expect(await found()).toEqual(expect.arrayContaining(['sheet-added', 'sheet-missing'])),
    )
  })

  test('all scores, the ranking and the award made to fit another winner', async () => {
    const { award } = await app.ok('nobody', getTender, { params: { id: story.thread.tender ?? '' } })
    await tampered(
      `UPDATE procurement.sheet SET points = array_fill(CASE WHEN bid = '${uuid(award?.bid)}' THEN 1 ELSE 99 END, ARRAY[cardinality(points)]) WHERE ${ofTender()}`,
      async () => expect(await found()).toEqual(expect.arrayContaining(['award-differs', 'sheet-changed'])),
    )
  })

  test('who changes the event as well breaks its seal', async () => {
    await tampered(
      `UPDATE platform.event SET data = data || '{"kept": "x"}' WHERE name = 'procurement.scoreBid'`,
      async () => {
        expect(await found()).toEqual(['sheet-changed'])
        const { breaks } = await verifySeals(app.parts.platform.database.reader)
        expect(breaks.filter(({ what }) => what === 'event-changed')).toHaveLength(15)
      },
    )
  })
})

describe('a bid, the draw, the award', () => {
  const first = () => `id = (SELECT id FROM procurement.bid WHERE ${ofTender()} ORDER BY id LIMIT 1)`

  test.each([
    ['its price', 'price = price - 100'],
    ['its words', `proposal = proposal || '。'`],
    ['its bidder', `organization_name = '别家'`],
    ['when it came', `received_at = received_at - interval '1 second'`],
    ['whether it qualifies', `faults = ARRAY['not-active']`],
  ])('%s', async (_what, change) => {
    await tampered(`UPDATE procurement.bid SET ${change} WHERE ${first()}`, async () => {
      expect(await found()).toContain('bid-changed')
    })
  })

  test('a bid taken away', async () => {
    await tampered(`DELETE FROM procurement.bid WHERE ${first()}`, async () => {
      expect(await found()).toContain('bid-missing')
    })
  })

  test('another panelist, another secret, another winner', async () => {
    const row = `WHERE id = '${uuid(story.thread.tender)}'`
    await tampered(
      `UPDATE procurement.tender SET panel = array_replace(panel, panel[1], '320000-${crypto.randomUUID()}') ${row}`,
      async () => expect(await found()).toContain('draw-differs'),
    )
    await tampered(
      `UPDATE procurement.tender SET draw = jsonb_set(draw, '{secret}', to_jsonb(reverse(draw ->> 'secret'))) ${row}`,
      async () => expect(await found()).toContain('draw-differs'),
    )
    await tampered(
      `UPDATE procurement.tender SET award_organization = '320000-${crypto.randomUUID()}' ${row}`,
      async () => expect(await found()).toEqual(['award-differs']),
    )
  })
})

describe('a contract', () => {
  test('a signature', async () => {
    await tampered(
      `UPDATE contracts.signature SET signature = reverse(signature) WHERE document = '${uuid(document.id)}' AND party = 'organization'`,
      async () => {
        const { sound, document: shown } = await verifiedPaper()
        expect([sound, shown?.signatures.map((each) => each.faults.length > 0)]).toEqual([false, [false, true]])
      },
    )
  })

  test('one byte of the file, and the same byte in the file that somebody holds', async () => {
    const path = join(app.dataDir, 'files', document.sha256.slice(0, 2), document.sha256)
    const kept = readFileSync(path)
    const changed = Buffer.from(kept)
    changed.writeUInt8(changed.readUInt8(5000) ^ 1, 5000)
    writeFileSync(path, changed)
    try {
      expect(await verifiedPaper()).toMatchObject({ sound: false, document: { faults: ['file-changed'] } })
      const sha256 = createHash('sha256').update(changed).digest('hex')
      expect(await app.ok('nobody', verifyContractDocument, { query: { sha256 } as never })).toEqual({
        result: 'unknown',
        sound: false,
      })
    } finally {
      writeFileSync(path, kept)
    }
    expect((await verifiedPaper()).sound).toBe(true)
  })

  test('its value', async () => {
    await tampered(
      `UPDATE contracts.document SET content = jsonb_set(content, '{terms,value}', '"1.00"') WHERE id = '${uuid(document.id)}'`,
      async () => expect((await verifiedPaper()).document?.faults).toContain('data-changed'),
    )
  })
})

test('the program itself has no right to change or remove any of it', async () => {
  await withClient(app.database.appUrl, async (client) => {
    for (const table of [
      'platform.event',
      'procurement.sheet',
      'procurement.bid',
      'contracts.document',
      'contracts.signature',
    ]) {
      for (const sql of [`UPDATE ${table} SET jurisdiction = jurisdiction`, `DELETE FROM ${table}`])
        await expect(client.query(sql), sql).rejects.toThrow('permission denied')
    }
  })
})

test('before the award is public there is nothing to verify, and nothing to learn from trying', async () => {
  const other = await startApp()
  try {
    const early = await makeStory(other, 'published')
    const answer = await other.call('nobody', verifyAward, { params: { id: early.thread.tender ?? '' } })
    expect(answer.status).toBe(404)
  } finally {
    await other.close()
  }
}, 120_000)

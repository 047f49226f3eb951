// Whoever changes a byte of a signed contract is caught: in the file, in the data, in the terms, in a hash, in a signature or its key.
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Person, startApp, type TestApp } from '../../../tests/support/app.ts'
import { makeHalf, makeSigner, signed, type Signer } from '../../../tests/support/signer.ts'
import { makeStory } from '../../../tests/support/story.ts'
import { withClient } from '../../../tests/support/template.ts'
import * as documents from './contract/documents.ts'
import * as contract from './contract.ts'

let app: TestApp
let id = ''
let number = ''
let procurer: Person
let undertakers: Signer
let original: Buffer

const params = () => ({ id })
const hash = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
const uuid = (record: string) => record.slice(7)
const latest = async () => {
  const found = (await app.ok(procurer, documents.listContractDocuments, { params: params() })).documents.at(-1)
  if (found === undefined) throw new Error('no document')
  return found
}
/** Asked by nobody in particular. */
const check = (sha256: string, document?: string) =>
  app.ok('nobody', documents.verifyContractDocument, { query: { sha256, document } as never })
/** What an administrator of the database could do, and its undoing. */
async function tampered(change: string, back: string, then: () => Promise<void>): Promise<void> {
  await withClient(app.database.adminUrl, async (client) => {
    await client.query(change)
    try {
      await then()
    } finally {
      await client.query(back)
    }
  })
}

/** A contract in force that both parties signed by key. */
beforeAll(async () => {
  app = await startApp()
  const story = await makeStory(app, 'signing')
  id = story.thread.contract ?? ''
  const of = (key: string | undefined): Person => {
    const person = story.people.get(key ?? '')
    if (person === undefined) throw new Error(`nobody plays ${key}`)
    return person
  }
  procurer = of('procurer')
  const view = await app.ok(procurer, contract.getContract, { params: params() })
  number = view.number
  const bidder = story.cast.bidders.find((each) => each.organization === view.organization)
  const undertaker = of(bidder?.administrator.key)
  await app.ok(undertaker, contract.reopenContract, { params: params(), body: { words: '改用电子签署' } })
  await app.ok(procurer, contract.sendForSigning, { params: params() })
  await app.settle()
  const made = await latest()
  undertakers = await makeSigner(app, undertaker, 'ed25519')
  const procurers = await makeSigner(app, procurer, 'sm2')
  await app.ok(undertaker, documents.signContract, {
    params: params(),
    body: signed(undertakers, made, number, 'organization'),
  })
  await app.ok(procurer, documents.signContract, {
    params: params(),
    body: signed(procurers, made, number, 'purchaser'),
  })
  const file = await app.server.inject({ url: `/api/files/${made.file}`, headers: { cookie: procurer.cookie } })
  original = file.rawPayload
  expect((await check(hash(original))).sound).toBe(true)
}, 120_000)
afterAll(() => app?.close())

test('a changed file is not the one on record, and one that only claims to be some document learns no secret', async () => {
  const made = await latest()
  const bytes = Buffer.from(original)
  bytes.writeUInt8(bytes.readUInt8(bytes.length - 40) ^ 1, bytes.length - 40)
  expect(await check(hash(bytes))).toEqual({ result: 'unknown', sound: false })
  expect(await check(hash(bytes), made.id)).toMatchObject({
    result: 'altered-file',
    sound: false,
    document: { sha256: made.sha256, faults: [] },
  })
  expect(await check('0'.repeat(64), `320505-${crypto.randomUUID()}`)).toEqual({ result: 'unknown', sound: false })
})

test('the stored file', async () => {
  const made = await latest()
  const path = join(app.dataDir, 'files', made.sha256.slice(0, 2), made.sha256)
  const kept = readFileSync(path)
  const changed = Buffer.from(kept)
  changed.writeUInt8(changed.readUInt8(5000) ^ 1, 5000)
  writeFileSync(path, changed)
  expect(await check(made.sha256)).toMatchObject({ sound: false, document: { faults: ['file-changed'] } })
  writeFileSync(path, kept)
  expect((await check(made.sha256)).sound).toBe(true)
})

test.each([
  [
    'the value of the contract',
    'UPDATE contracts.contract SET value = value + 100, original_value = original_value + 100 WHERE id = $1',
    'UPDATE contracts.contract SET value = value - 100, original_value = original_value - 100 WHERE id = $1',
    ['terms-differ'],
  ],
  [
    'what a milestone delivers',
    `UPDATE contracts.milestone SET deliverable = deliverable || '。' WHERE contract = $1`,
    `UPDATE contracts.milestone SET deliverable = left(deliverable, -1) WHERE contract = $1`,
    ['terms-differ'],
  ],
  [
    'the data beside the file',
    `UPDATE contracts.document SET content = jsonb_set(content, '{terms,value}', '"1.00"') WHERE contract = $1 AND position = 2`,
    `UPDATE contracts.document SET content = jsonb_set(content, '{terms,value}', (SELECT to_jsonb(to_char(value / 100.0, 'FM999999990.00')) FROM contracts.contract WHERE id = $1)) WHERE contract = $1 AND position = 2`,
    ['data-changed', 'terms-differ'],
  ],
  [
    'the other checksum',
    `UPDATE contracts.document SET sm3 = reverse(sm3) WHERE contract = $1 AND position = 2`,
    `UPDATE contracts.document SET sm3 = reverse(sm3) WHERE contract = $1 AND position = 2`,
    ['file-changed', 'document-event-differs'],
  ],
])('%s', async (_what, change, back, faults) => {
  const made = await latest()
  const on = (sql: string) => sql.replaceAll('$1', `'${uuid(id)}'`)
  await tampered(on(change), on(back), async () => {
    expect(await check(made.sha256)).toMatchObject({ result: 'known', sound: false, document: { faults } })
  })
  expect((await check(made.sha256)).sound).toBe(true)
})

test('a signature, its time, its key or its absence', async () => {
  const made = await latest()
  const where = `document = '${uuid(made.id)}' AND party = 'organization'`
  const signature = `UPDATE contracts.signature SET signature = reverse(signature) WHERE ${where}`
  const faultsNow = async () => {
    const { sound, document } = await check(made.sha256)
    expect(sound).toBe(false)
    return [document?.faults, ...(document?.signatures.map((each) => each.faults) ?? [])]
  }
  await tampered(signature, signature, async () => {
    expect(await faultsNow()).toEqual([[], [], ['signature-wrong', 'signature-event-differs']])
  })
  const moved = (by: string) => `UPDATE contracts.signature SET at = at ${by} interval '1 day' WHERE ${where}`
  await tampered(moved('-'), moved('+'), async () => {
    expect(await faultsNow()).toEqual([[], [], ['signature-event-differs']])
  })
  // Signed anew by a key of the administrator's own, with a valid signature: the sealed events know another key.
  const forged = makeHalf('ed25519')
  const other = { key: undertakers.key, ...forged }
  const body = signed(other, made, number, 'organization')
  const fingerprint = hash(Buffer.from(forged.publicKey))
  const swap = (key: string, print: string, value: string) =>
    `UPDATE contracts.signing_key SET public_key = '${key}', fingerprint = '${print}' WHERE id = '${uuid(undertakers.key)}';
     UPDATE contracts.signature SET public_key = '${key}', fingerprint = '${print}', signature = '${value}' WHERE ${where}`
  const now = (await check(made.sha256)).document?.signatures[1]
  await tampered(
    swap(forged.publicKey, fingerprint, body.signature),
    swap(now?.publicKey ?? '', now?.fingerprint ?? '', now?.signature ?? ''),
    async () => expect(await faultsNow()).toEqual([[], [], ['key-unknown', 'signature-event-differs']]),
  )
  await tampered(
    `CREATE TABLE public.kept AS SELECT * FROM contracts.signature WHERE ${where}; DELETE FROM contracts.signature WHERE ${where}`,
    'INSERT INTO contracts.signature SELECT * FROM public.kept; DROP TABLE public.kept',
    async () => expect(await faultsNow()).toEqual([['signatures-missing'], []]),
  )
  expect((await check(made.sha256)).sound).toBe(true)
})

test('the hash on record: who holds the true file is told that the record was changed', async () => {
  const made = await latest()
  const on = (value: string) => `UPDATE contracts.document SET sha256 = '${value}' WHERE id = '${uuid(made.id)}'`
  await tampered(on('e'.repeat(64)), on(made.sha256), async () => {
    expect(await check(made.sha256, made.id)).toMatchObject({ result: 'altered-record', sound: false })
    expect(await check('e'.repeat(64))).toMatchObject({ result: 'known', sound: false })
  })
})

test('the program itself can neither change nor remove a document or a signature', async () => {
  await withClient(app.database.appUrl, async (client) => {
    for (const sql of [
      `UPDATE contracts.document SET sm3 = sm3`,
      `DELETE FROM contracts.document`,
      `UPDATE contracts.signature SET party = party`,
      `DELETE FROM contracts.signature`,
      `DELETE FROM contracts.signing_key`,
    ])
      await expect(client.query(sql)).rejects.toThrow('permission denied')
  })
})

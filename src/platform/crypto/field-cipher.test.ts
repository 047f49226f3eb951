// Personal fields: readable with the right key at the right place, unreadable after erasure, whole after a change of the root key.
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import vectors from '../../../tests/standards/crypto/vectors.json' with { type: 'json' }
import { freshDatabase } from '../../../tests/support/database.ts'
import type { FreshDatabase } from '../../../tests/support/database.ts'
import { openDatabase, rowOf, rowsOf, type Database } from '../database.ts'
import type { Cipher } from './cipher.ts'
import { openCipher, rewrapKeys } from './field-cipher.ts'
import { publicKeyOf } from '../seal/chain.ts'
import { addRootKey, loadKeys, makeKeyText, parseKeys, type Keys } from './keys.ts'

const person = (digit: number) => `320000-0199f000-0000-7000-8000-${String(digit).padStart(12, '0')}`
const place = { table: 'identity.person', column: 'name_sealed', row: 'r1' }

let fresh: FreshDatabase
let database: Database
let keys: Keys
let cipher: Cipher

beforeAll(async () => {
  fresh = await freshDatabase()
  database = openDatabase(fresh.appUrl)
  keys = parseKeys(makeKeyText(), 'test')
  cipher = await openCipher(database, keys)
})

afterAll(async () => {
  await database?.close()
  await fresh?.drop()
})

test('what was sealed opens again, also in a process that has nothing in memory', async () => {
  const sealed = await database.transaction((tx) => cipher.seal(tx, person(1), place, '陆建国'))
  expect(sealed.toString('utf8')).not.toContain('陆建国')
  expect(await cipher.open(database.reader, person(1), place, sealed)).toBe('陆建国')
  const other = await openCipher(database, keys)
  expect(await other.open(database.reader, person(1), place, sealed)).toBe('陆建国')
})

test('sealed bytes moved to another row, column or person, or altered, are a fault', async () => {
  const sealed = await database.transaction(async (tx) => {
    await cipher.seal(tx, person(3), place, '别人')
    return cipher.seal(tx, person(2), place, '13800000000')
  })
  await expect(cipher.open(database.reader, person(2), { ...place, row: 'r2' }, sealed)).rejects.toThrow()
  await expect(cipher.open(database.reader, person(2), { ...place, column: 'phone_sealed' }, sealed)).rejects.toThrow()
  await expect(cipher.open(database.reader, person(3), place, sealed)).rejects.toThrow()
  for (let position = 0; position < sealed.length; position += 1) {
    const altered = Buffer.from(sealed)
    altered[position] = (altered[position] ?? 0) ^ 1
    await expect(cipher.open(database.reader, person(2), place, altered)).rejects.toThrow()
  }
})

test('a key made in a transaction that was rolled back is never used again', async () => {
  await database
    .transaction(async (tx) => {
      await cipher.seal(tx, person(4), place, '甲')
      throw new Error('rolled back')
    })
    .catch(() => undefined)
  const sealed = await database.transaction((tx) => cipher.seal(tx, person(4), place, '乙'))
  const other = await openCipher(database, keys)
  expect(await other.open(database.reader, person(4), place, sealed)).toBe('乙')
})

test('two processes that seal for a new person at once agree on one key', async () => {
  const other = await openCipher(database, keys)
  const sealed = await Promise.all(
    [cipher, other, cipher, other].map((one) => database.transaction((tx) => one.seal(tx, person(5), place, '丙'))),
  )
  for (const one of sealed) expect(await cipher.open(database.reader, person(5), place, one)).toBe('丙')
})

test('several fields of a new person cost two statements, a list of people one', async () => {
  const before = database.statements.count
  const sealed = await database.transaction(async (tx) => [
    await cipher.seal(tx, person(6), place, '丁'),
    await cipher.seal(tx, person(6), place, '戊'),
    await cipher.seal(tx, person(6), place, '己'),
  ])
  expect(database.statements.count - before).toBe(2)
  const other = await openCipher(database, keys)
  const start = database.statements.count
  await Promise.all(sealed.map((one) => other.open(database.reader, person(6), place, one)))
  expect(database.statements.count - start).toBe(1)
})

test('after the key is destroyed nothing of the person can be read, nor sealed', async () => {
  const sealed = await database.transaction((tx) => cipher.seal(tx, person(7), place, '庚'))
  await database.transaction((tx) => cipher.destroy(tx, person(7)))
  expect(await cipher.open(database.reader, person(7), place, sealed)).toBeUndefined()
  await expect(database.transaction((tx) => cipher.seal(tx, person(7), place, '辛'))).rejects.toThrow(/destroyed/)
  const row = await rowOf<{ wrapped: Buffer | null }>(
    database.reader,
    'SELECT wrapped FROM platform.subject_key WHERE subject = $1',
    [person(7)],
  )
  expect(row?.wrapped).toBeNull()
})

test('the blind index is the same in every process, and another one for another purpose', async () => {
  const other = await openCipher(database, keys)
  expect(cipher.blind('phone', '13800000000')).toBe(other.blind('phone', '13800000000'))
  expect(cipher.blind('phone', '13800000000')).not.toBe(cipher.blind('citizen-id', '13800000000'))
  expect(cipher.blind('phone', '13800000000')).not.toContain('138')
})

test('a new root key wraps every data key anew; the old one can then be thrown away', async () => {
  const sealed = await database.transaction((tx) => cipher.seal(tx, person(8), place, '壬'))
  const fresher = parseKeys(makeKeyText(), 'test').roots.get('v1')
  if (fresher === undefined) throw new Error('no key')
  const both: Keys = { ...keys, current: 'v2', roots: new Map([...keys.roots, ['v2', fresher]]) }
  expect(await rewrapKeys(database, both)).toBeGreaterThan(0)
  expect(await rewrapKeys(database, both)).toBe(0)
  const only: Keys = { ...both, roots: new Map([['v2', fresher]]) }
  const after = await openCipher(database, only)
  expect(await after.open(database.reader, person(8), place, sealed)).toBe('壬')
  keys = both
  cipher = await openCipher(database, keys)
})

test('keys of another installation are refused at the start', async () => {
  await expect(openCipher(database, parseKeys(makeKeyText(), 'test'))).rejects.toThrow(/not those of this database/)
})

test('the program may not delete keys', async () => {
  await expect(rowsOf(database.reader, 'DELETE FROM platform.subject_key')).rejects.toThrow(/permission denied/)
})

test('the key file is made once, for its owner only; a new root key leaves the others as they are', () => {
  const folder = mkdtempSync(join(tmpdir(), 'keys-'))
  try {
    const first = loadKeys(folder, {})
    const second = loadKeys(folder, {})
    expect(second.blind.equals(first.blind)).toBe(true)
    expect(publicKeyOf(second.seal)).toBe(publicKeyOf(first.seal))
    expect(addRootKey(folder)).toBe('v2')
    const third = loadKeys(folder, {})
    expect([...third.roots.keys()]).toEqual(['v1', 'v2'])
    expect(third.current).toBe('v2')
    expect(third.blind.equals(first.blind)).toBe(true)
    expect(publicKeyOf(third.seal)).toBe(publicKeyOf(first.seal))
    expect(statSync(join(folder, 'keys/field-keys.json')).mode & 0o777).toBe(0o600)
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('keys from the environment win; a fault names what is wrong and never a key', () => {
  const secret = Buffer.alloc(32, 7).toString('base64')
  const given = loadKeys('/nowhere', { FIELD_KEYS: JSON.stringify({ current: 'v1', keys: { v1: secret } }) })
  expect(given.current).toBe('v1')
  for (const wrong of [
    `{"current":"v2","keys":{"v1":"${secret}"}}`,
    `{"current":"v1","keys":{"v1":"${secret}AAAA"}}`,
    secret,
  ]) {
    expect(() => parseKeys(wrong, 'FIELD_KEYS')).toThrow(/FIELD_KEYS/)
    try {
      parseKeys(wrong, 'FIELD_KEYS')
    } catch (error) {
      expect(String(error)).not.toContain(secret)
    }
  }
})

test.each(vectors.sm3)('SM3 is that of GB/T 32905: $in', ({ in: plain, out }) => {
  const [, part = plain, times = '1'] = /^(.*) x(\d+)$/.exec(plain) ?? []
  expect(
    createHash('sm3')
      .update(part.repeat(Number(times)))
      .digest('hex'),
  ).toBe(out)
})

// The program's own database role: no DDL, and no way to change or remove what happened.
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type FreshDatabase, freshDatabase } from '../support/database.ts'

let fresh: FreshDatabase
let client: pg.Client

beforeAll(async () => {
  fresh = await freshDatabase()
  client = new pg.Client({ connectionString: fresh.appUrl })
  await client.connect()
})
afterAll(async () => {
  await client.end()
  await fresh.drop()
})

it.each([
  'CREATE TABLE mine (id int)',
  'CREATE TABLE platform.mine (id int)',
  'CREATE SCHEMA mine',
  'ALTER TABLE needs.need ADD COLUMN mine int',
  'DROP TABLE platform.event',
  'TRUNCATE platform.event',
  "UPDATE platform.event SET name = 'x'",
  'DELETE FROM platform.event',
  "UPDATE platform.seal SET head = 'x'",
  'DELETE FROM platform.seal',
  'UPDATE funds.transfer SET amount = 1',
  'DELETE FROM funds.transfer',
  'DELETE FROM platform.link',
  'UPDATE policy.parameter_value SET reason = reason',
  'DELETE FROM platform.migration',
])('%s is denied', async (sql) => {
  await expect(client.query(sql)).rejects.toThrow(/permission denied|must be owner/)
})

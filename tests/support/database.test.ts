// The database that tests get: migrated, their own, and as closed to the program's role as in production.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase } from './database.ts'
import type { FreshDatabase } from './database.ts'
import { withClient } from './template.ts'

let first: FreshDatabase
let second: FreshDatabase

beforeAll(async () => {
  ;[first, second] = await Promise.all([freshDatabase(), freshDatabase()])
})

afterAll(async () => {
  await Promise.all([first?.drop(), second?.drop()])
})

test('two tests never see each other, for each has a database of its own', async () => {
  await withClient(first.ownerUrl, (client) => client.query('CREATE TABLE seen (id int)'))
  const found = await withClient(second.ownerUrl, (client) => client.query("SELECT to_regclass('seen') AS seen"))
  expect(found.rows).toEqual([{ seen: null }])
})

test('the database is migrated and sorts Chinese by ICU', async () => {
  const found = await withClient(first.appUrl, (client) =>
    client.query("SELECT to_regclass('platform.migration') IS NOT NULL AS migrated, '李' < '王' AS sorted"),
  )
  expect(found.rows).toEqual([{ migrated: true, sorted: true }])
})

test("the program's role can do no DDL, temporary tables included", async () => {
  for (const sql of ['CREATE TABLE mine (id int)', 'CREATE TEMPORARY TABLE mine (id int)', 'CREATE SCHEMA mine']) {
    await expect(withClient(first.appUrl, (client) => client.query(sql))).rejects.toThrow(/permission denied/)
  }
})

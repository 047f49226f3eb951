// What people find when they type Chinese words: the index and the query cut text alike.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase } from '../../../tests/support/database.ts'
import type { FreshDatabase } from '../../../tests/support/database.ts'
import { openDatabase, rowOf, type Database } from '../database.ts'
import { tokens, tsqueryText, tsvectorText } from './tokens.ts'

let fresh: FreshDatabase
let database: Database

beforeAll(async () => {
  fresh = await freshDatabase()
  database = openDatabase(fresh.appUrl)
})

afterAll(async () => {
  await database?.close()
  await fresh?.drop()
})

async function finds(text: string, query: string): Promise<boolean> {
  const row = await rowOf<{ found: boolean }>(
    database.reader,
    "SELECT to_tsvector('simple', $1) @@ to_tsquery('simple', $2) AS found",
    [tsvectorText(text), tsqueryText(query)],
  )
  return row?.found ?? false
}

test.each([
  ['老旧小区加装电梯后三楼住户反映采光变差', '电梯'],
  ['老旧小区加装电梯后三楼住户反映采光变差', '加装电梯'],
  ['老旧小区加装电梯后三楼住户反映采光变差', '小区 采光'],
  ['三香社区居民委员会', '居民委员会'],
  ['三香社区居民委员会', '居民'],
  ['楼道里停放电动车', '电动车'],
  ['办理ＥＴＣ业务', 'etc'],
  ['独居老人助餐服务', '助餐'],
])('in “%s” the query “%s” finds the text', async (text, query) => {
  expect(await finds(text, query)).toBe(true)
})

test('a word that is not there finds nothing', async () => {
  expect(await finds('老旧小区加装电梯', '停车')).toBe(false)
})

test('words come once each, in order, signs left out', () => {
  expect(tokens('电梯，电梯！Ａ座')).toEqual(['电梯', 'a', '座'])
})

test.each(['', '   ', '！？…', "&|!()'"])('a query without a word (%j) is no filter', (query) => {
  expect(tsqueryText(query)).toBeUndefined()
})

test.each(["电梯' | !坏", '楼道:*', 'a & (b', "\\'; DROP TABLE x; --", '👍电梯', '<-> 1.5e3 http://a.b/c?d'])(
  'any text is a safe query: %s',
  async (query) => {
    await expect(finds('电梯', query)).resolves.toBeTypeOf('boolean')
  },
)

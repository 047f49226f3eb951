// `npm run classifier:export > rows.jsonl`: the open needs whose category a worker confirmed, as rows for `npm run classifier:train -- rows.jsonl`.
import { confirmedCategories } from '../loop/needs/public.ts'
import { openDatabase } from '../platform/database.ts'
import { readConfig } from './config.ts'

const config = readConfig({ ...process.env, DEMO: '0' })
if (config.databaseUrl === undefined) {
  console.error('请用 DATABASE_URL 指明数据库。Set DATABASE_URL.')
  process.exit(2)
}
const database = openDatabase(config.databaseUrl, { max: 2 })
try {
  for await (const row of confirmedCategories(database.reader)) process.stdout.write(`${JSON.stringify(row)}\n`)
} finally {
  await database.close()
}

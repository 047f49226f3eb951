// `npm run migrate`: all DDL, with the owner role of MIGRATE_DATABASE_URL.
import { prepareDatabase } from './prepare.ts'

const url = process.env['MIGRATE_DATABASE_URL'] ?? process.env['DATABASE_URL']
if (url === undefined || url === '') {
  console.error(
    '请用 MIGRATE_DATABASE_URL 指明数据库（须有建表权限的账号）。Set MIGRATE_DATABASE_URL to a role that may do DDL.',
  )
  process.exit(2)
}
try {
  await prepareDatabase(url, (line) => console.log(line))
  console.log('数据库结构已是最新。The schema is up to date.')
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exit(1)
}

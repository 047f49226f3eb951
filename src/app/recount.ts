// `npm run indicators:recount [-- --repair]`: counts every figure again from the events and compares; exits 1 on a difference.
import { recount } from '../foundation/indicators/public.ts'
import { makeLog } from '../platform/log.ts'
import { compose } from './compose.ts'
import { readConfig } from './config.ts'

const config = readConfig({ ...process.env, DEMO: '0' })
if (config.databaseUrl === undefined) {
  console.error('请用 DATABASE_URL 指明数据库。Set DATABASE_URL.')
  process.exit(2)
}
const parts = await compose({
  root: config.root,
  databaseUrl: config.databaseUrl,
  dataDir: config.dataDir,
  demo: false,
  log: makeLog('error'),
  fieldKeys: config.fieldKeys,
  poolSize: 4,
})
try {
  await parts.outbox.drain()
  const result = await recount(parts.platform, { repair: process.argv.includes('--repair') })
  console.log(`events ${result.events}, differences ${result.differences.length}, repaired ${result.repaired}`)
  process.exitCode = result.differences.length > 0 && !result.repaired ? 1 : 0
} finally {
  await parts.close()
}

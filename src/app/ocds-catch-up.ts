// `npm run ocds:catch-up`: publishes the procurement processes that have no release yet, at once instead of at night.
import { loadDivisions } from '../foundation/divisions/public.ts'
import { catchUp } from '../insight/open-data/reactions.ts'
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
  publication: config.publication,
  poolSize: 4,
})
try {
  await loadDivisions(parts.platform.database.reader)
  console.log(`releases ${await catchUp(parts.platform)}`)
} finally {
  await parts.close()
}

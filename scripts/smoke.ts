// `npm run smoke -- <url>`: one whole thread over HTTP as the demo's people, under the default policy; 0 only when the verdict is reached and the books balance.
import { z } from 'zod'
import { readContent } from '../src/app/demo/content.ts'
import { booksBalance } from '../src/registers/funds/contract.ts'
import { castFrom } from './smoke/cast.ts'
import { openSite } from './smoke/http.ts'
import { tellLongThread } from './smoke/long-thread.ts'

const base = (process.argv.slice(2).find((word) => /^https?:/.test(word)) ?? 'http://127.0.0.1:3000').replace(/\/$/, '')
const content = readContent(new URL('..', import.meta.url).pathname)
const written = content.projects.find((candidate) => candidate.key === 'p11') ?? content.projects[0]
if (written === undefined) throw new Error('the demo has no projects')
// Good service with a gap: the last payment is made at a factor below 1.
const project = { ...written, evaluation: { ...written.evaluation, score: 72 } }
const need = content.needs.find((candidate) => candidate.key === project.needs[0])
if (need === undefined) throw new Error('the project answers no need')

const site = await openSite(base)
const { teller } = site
const cast = await castFrom(site, project.category)
let checks = 0
const books = async () => {
  const balance = await teller.act(cast.finance, booksBalance, {})
  if (!balance.balanced) throw new Error(`the books do not balance after ${checks} acts`)
  checks += 1
  return balance
}
// Each act leaves the books in balance, not only the last one.
site.after = async () => void (await books())

let last = performance.now()
try {
  const thread = await tellLongThread(teller, cast, need, project, (step, who, record) => {
    const now = performance.now()
    console.log(
      `${String(Math.round(now - last)).padStart(6)} ms  ${who.role.padEnd(28)} ${step}${record === undefined ? '' : `  ${record}`}`,
    )
    last = now
  })
  const line = await site.read(cast.resident, `/api/threads/need/${thread.needs[0]}`)
  const stations = z
    .object({ stations: z.array(z.object({ station: z.string(), state: z.string() }).loose()) })
    .loose()
    .parse(line.body).stations
  console.log(`\n${stations.map((station) => `${station.station}:${station.state}`).join(' -> ')}`)
  const balance = await books()
  const whole = stations.length === 10 && stations.every((station) => station.state === 'done')
  console.log(
    `verdict ${whole ? 'reached' : 'NOT reached'}; books balance (${balance.accounts} accounts, ${balance.transfers} transfers, looked at after each of ${checks} acts)`,
  )
  console.log(`${base}/needs/${thread.needs[0]}`)
  process.exit(whole ? 0 : 1)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}

// The command `npm run draw:verify -- <address of a site, or file> <tender> [--receipt <file>]… [--commitment <hash>]`: draws a tender's panel and ties again.
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { type DrawFile, drawFile, faultSentences, receiptFile, redraw } from './draw-verify/recompute.ts'

/** The address of a tender's data on a site, from that of the site or of any of its pages. */
export function tenderAddress(site: string, tender: string): URL {
  return new URL(`/api/tenders/${encodeURIComponent(tender)}`, site)
}

async function fetched(site: string, tender: string): Promise<unknown> {
  const response = await fetch(tenderAddress(site, tender))
  if (!response.ok) throw new Error(`the server answered ${response.status}: is the tender there?`)
  const data: unknown = await response.json()
  // Before the award notice the panel is not public, and neither is its draw.
  if (typeof data === 'object' && data !== null && !('draw' in data)) throw new Error('its draw is not published yet')
  return data
}

/** Runs the command; answers its exit code: 0 all agrees, 1 something does not, 2 it could not be checked. */
export async function verifyDraw(args: readonly string[], say: (line: string) => void): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { receipt: { type: 'string', multiple: true }, commitment: { type: 'string' } },
  })
  const [from, tender] = positionals
  if (from === undefined || tender === undefined) {
    say('npm run draw:verify -- <address of a site, or file> <tender> [--receipt <file>] [--commitment <hash>]')
    return 2
  }
  let file: DrawFile
  let receipts: ReturnType<typeof receiptFile.parse>[]
  try {
    file = drawFile.parse(/^https?:/.test(from) ? await fetched(from, tender) : JSON.parse(readFileSync(from, 'utf8')))
    receipts = (values.receipt ?? []).map((path) => receiptFile.parse(JSON.parse(readFileSync(path, 'utf8'))))
  } catch (error) {
    say(`not readable: ${error instanceof Error ? error.message : 'unknown'}`)
    return 2
  }
  if (file.id !== tender) {
    say(`not readable: the file is of the tender ${file.id}`)
    return 2
  }
  const { draw } = file
  const { faults, listHash, seed, order } = redraw(file, { receipts, commitment: values.commitment })
  say(`${file.number} ${file.title}`)
  say(`list of ${draw.list.length}, its hash ${listHash}`)
  say(`secret ${draw.secret}, committed to as ${file.commitment}`)
  say(`seed from the secret, ${draw.bidHashes.length} bids and the list: ${seed}`)
  for (const [index, each] of order.slice(0, draw.size).entries()) say(`drawn ${index + 1}: ${each}`)
  for (const { what, which } of faults) say(`WRONG ${faultSentences[what]}${which === undefined ? '' : ` (${which})`}`)
  say(faults.length === 0 ? 'agreed: the draw is the one that was published' : `${faults.length} differ`)
  return faults.length === 0 ? 0 : 1
}

if (import.meta.main) process.exit(await verifyDraw(process.argv.slice(2), (line) => console.log(line)))

// The command `npm run draw:verify -- <address of a site, or file> …`: draws a tender's panel and ties again (`<tender> [--receipt <file>]…`), or the sample
// of a survey (`--survey <survey> [--own <receipt>]… [--receipt <file of the evaluator>]…`); both with `[--commitment <hash>]`.
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { type DrawFile, drawFile, faultSentences, receiptFile, redraw } from './draw-verify/recompute.ts'
import {
  redrawSurvey,
  type SurveyDrawFile,
  surveyDrawFile,
  surveyFaultSentences,
  type Witness,
  witnessFile,
} from './draw-verify/survey.ts'

const usage = [
  'npm run draw:verify -- <address of a site, or file> <tender> [--receipt <file>] [--commitment <hash>]',
  'npm run draw:verify -- <address of a site, or file> --survey <survey> [--own <receipt>] [--receipt <file>] [--commitment <hash>]',
]

/** The address of a tender's data on a site, from that of the site or of any of its pages. */
export function tenderAddress(site: string, tender: string): URL {
  return new URL(`/api/tenders/${encodeURIComponent(tender)}`, site)
}

/** The same of a survey's draw. */
export function surveyDrawAddress(site: string, survey: string): URL {
  return new URL(`/api/surveys/${encodeURIComponent(survey)}/draw`, site)
}

async function fetched(address: URL, what: 'tender' | 'survey'): Promise<unknown> {
  const response = await fetch(address)
  if (response.status === 409) throw new Error('its draw is not published yet')
  if (!response.ok) throw new Error(`the server answered ${response.status}: is the ${what} there?`)
  const data: unknown = await response.json()
  // Before the award notice the panel is not public, and neither is its draw.
  if (what === 'tender' && typeof data === 'object' && data !== null && !('draw' in data))
    throw new Error('its draw is not published yet')
  return data
}

const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'))
const read = (from: string, address: (site: string) => URL, what: 'tender' | 'survey') =>
  /^https?:/.test(from) ? fetched(address(from), what) : readJson(from)

type Given = {
  readonly receipt?: readonly string[]
  readonly own?: readonly string[]
  readonly commitment?: string
}
type Say = (line: string) => void

/** The last lines of either form, and the exit code. */
function conclude(faults: readonly { readonly sentence: string; readonly which?: string }[], say: Say): number {
  for (const { sentence, which } of faults) say(`WRONG ${sentence}${which === undefined ? '' : ` (${which})`}`)
  say(faults.length === 0 ? 'agreed: the draw is the one that was published' : `${faults.length} differ`)
  return faults.length === 0 ? 0 : 1
}

function unreadable(error: unknown, say: Say): number {
  say(`not readable: ${error instanceof Error ? error.message : 'unknown'}`)
  return 2
}

async function verifyTender(from: string, tender: string, given: Given, say: Say): Promise<number> {
  let file: DrawFile
  let receipts: ReturnType<typeof receiptFile.parse>[]
  try {
    file = drawFile.parse(await read(from, (site) => tenderAddress(site, tender), 'tender'))
    receipts = (given.receipt ?? []).map((path) => receiptFile.parse(readJson(path)))
    if (file.id !== tender) throw new Error(`the file is of the tender ${file.id}`)
  } catch (error) {
    return unreadable(error, say)
  }
  const { draw } = file
  const { faults, listHash, seed, order } = redraw(file, { receipts, commitment: given.commitment })
  say(`${file.number} ${file.title}`)
  say(`list of ${draw.list.length}, its hash ${listHash}`)
  say(`secret ${draw.secret}, committed to as ${file.commitment}`)
  say(`seed from the secret, ${draw.bidHashes.length} bids and the list: ${seed}`)
  for (const [index, each] of order.slice(0, draw.size).entries()) say(`drawn ${index + 1}: ${each}`)
  return conclude(
    faults.map(({ what, which }) => ({ sentence: faultSentences[what], which })),
    say,
  )
}

async function verifySurvey(from: string, survey: string, given: Given, say: Say): Promise<number> {
  let file: SurveyDrawFile
  let witnesses: Witness[]
  try {
    file = surveyDrawFile.parse(await read(from, (site) => surveyDrawAddress(site, survey), 'survey'))
    witnesses = (given.receipt ?? []).map((path) => witnessFile.parse(readJson(path)))
    if (file.survey !== survey) throw new Error(`the file is of the survey ${file.survey}`)
    if (file.list.length === 0) throw new Error('fewer than five beneficiaries: nobody was asked, and no list is kept')
  } catch (error) {
    return unreadable(error, say)
  }
  const { faults, listHash, seed, order, own } = redrawSurvey(file, { ...given, witnesses })
  say(`${file.number} ${file.title}`)
  say(`list of ${file.list.length}, its hash ${listHash}`)
  say(`secret ${file.secret}, committed to as ${file.commitment}`)
  say(
    seed === undefined
      ? `up to ${file.terms.all} all are asked: nothing was drawn`
      : `seed from the secret, the evaluator’s number and the list: ${seed}`,
  )
  for (const [index, each] of order.entries()) say(`${seed === undefined ? 'asked' : 'drawn'} ${index + 1}: ${each}`)
  for (const { entry, place } of own)
    say(place === undefined ? `your own: ${entry}, not asked` : `your own: ${entry}, asked as number ${place}`)
  return conclude(
    faults.map(({ what, which }) => ({ sentence: surveyFaultSentences[what], which })),
    say,
  )
}

/** Runs the command; answers its exit code: 0 all agrees, 1 something does not, 2 it could not be checked. */
export async function verifyDraw(args: readonly string[], say: Say): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      receipt: { type: 'string', multiple: true },
      own: { type: 'string', multiple: true },
      commitment: { type: 'string' },
      survey: { type: 'string' },
    },
  })
  const [from, tender] = positionals
  if (from !== undefined && values.survey !== undefined) return verifySurvey(from, values.survey, values, say)
  if (from !== undefined && tender !== undefined) return verifyTender(from, tender, values, say)
  for (const line of usage) say(line)
  return 2
}

if (import.meta.main) process.exit(await verifyDraw(process.argv.slice(2), (line) => console.log(line)))

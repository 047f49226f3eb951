// The command `npm run tally -- <file or address of a vote> [--receipt <file>]… [--save <file>]`: recounts a vote from its public ballots.
import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { faultSentences, receiptFile, recompute, type VoteFile, voteFile } from './tally/recompute.ts'

const page = z.object({ vote: z.object({}).loose(), ballots: z.array(z.unknown()), next: z.string().optional() })

/** The address of the ballots from that of the vote's page or of its data. */
export function ballotsAddress(given: string): URL {
  const url = new URL(given)
  const id = /(\d{6}-[0-9a-f-]{36})/.exec(url.pathname)?.[1]
  if (id === undefined) throw new Error('the address names no vote')
  return new URL(`/api/votes/${id}/ballots`, url)
}

/** All pages of a vote's public ballots, joined. */
async function fetched(given: string): Promise<unknown> {
  const ballots: unknown[] = []
  let vote: unknown
  for (let cursor: string | undefined = ''; cursor !== undefined; ) {
    const address = ballotsAddress(given)
    if (cursor !== '') address.searchParams.set('cursor', cursor)
    const response = await fetch(address)
    if (!response.ok) throw new Error(`the server answered ${response.status}: is the vote counted?`)
    const part = page.parse(await response.json())
    vote = part.vote
    ballots.push(...part.ballots)
    cursor = part.next
  }
  return { vote, ballots }
}

/** Runs the command; answers its exit code: 0 all agrees, 1 something does not, 2 it could not be checked. */
export async function tally(args: readonly string[], say: (line: string) => void): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { receipt: { type: 'string', multiple: true }, save: { type: 'string' } },
  })
  const [from] = positionals
  if (from === undefined) {
    say('npm run tally -- <file or address of a vote> [--receipt <file>] [--save <file>]')
    return 2
  }
  let file: VoteFile
  try {
    const raw = /^https?:/.test(from) ? await fetched(from) : JSON.parse(readFileSync(from, 'utf8'))
    file = voteFile.parse(raw)
  } catch (error) {
    say(`not readable: ${error instanceof Error ? error.message : 'unknown'}`)
    return 2
  }
  if (values.save !== undefined) writeFileSync(values.save, JSON.stringify(file))
  const receipts = (values.receipt ?? []).map((path) => receiptFile.parse(JSON.parse(readFileSync(path, 'utf8'))))
  const { faults, numbers, result } = recompute(file, receipts)
  const { vote } = file
  say(`${vote.question}`)
  if (vote.rollSize !== undefined) say(`by households: ${vote.rollSize} of them named a voter`)
  say(
    `entitled ${vote.eligible}, tokens ${vote.tally.issued}, paper ballots handed out ${vote.tally.papers}, ballots ${file.ballots.length}`,
  )
  if (vote.paper !== undefined)
    say(`paper: for ${vote.paper.for}, against ${vote.paper.against}, abstain ${vote.paper.abstain}`)
  else if (vote.tally.papers > 0) say('fewer than five paper ballots came in: they stand among the ballots')
  say(`for ${numbers.for}, against ${numbers.against}, abstain ${numbers.abstain}: ${result}`)
  say(`digest ${vote.digest}`)
  for (const { what, token } of faults)
    say(`WRONG ${faultSentences[what]}${token === undefined ? '' : ` (${token.slice(0, 12)}…)`}`)
  for (const { seal } of receipts)
    if (seal !== undefined) say(`a receipt names the seal ${seal}: npm run audit:verify -- --against ${seal}`)
  say(faults.length === 0 ? 'all ballots agree with what was published' : `${faults.length} faults`)
  return faults.length === 0 ? 0 : 1
}

if (import.meta.main) process.exit(await tally(process.argv.slice(2), (line) => console.log(line)))

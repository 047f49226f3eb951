// All counted ballots of a vote, fetched without a session and looked through here: no request says whose ballot is looked for.
import type { OutputOf } from '../../../kit/endpoint.ts'
import { type Choice, choices, type listBallots } from '../../../loop/deliberation/contract/ballots.ts'
import { ProblemError, readProblem } from '../../app/problem.ts'
import { sha256 } from './casting.ts'

export type BallotFile = Pick<OutputOf<typeof listBallots>, 'vote' | 'ballots'>

/** Every page, joined: the same for everybody who asks. */
export async function fetchBallots(vote: string): Promise<BallotFile> {
  const ballots: BallotFile['ballots'][number][] = []
  let cursor: string | undefined
  for (;;) {
    const more: string = cursor === undefined ? '' : `?cursor=${cursor}`
    const response = await fetch(`/api/votes/${encodeURIComponent(vote)}/ballots${more}`, {
      credentials: 'omit',
      cache: 'no-store',
    })
    const answer: unknown = await response.json().catch(() => undefined)
    if (!response.ok) throw new ProblemError(readProblem(response.status, answer))
    const page = answer as OutputOf<typeof listBallots>
    ballots.push(...page.ballots)
    if (page.next === undefined) return { vote: page.vote, ballots }
    cursor = page.next
  }
}

/** Whether the ballots give the published numbers and digest, and what the ballot of this token says. */
export async function checkBallots(
  { vote, ballots }: BallotFile,
  token: string | undefined,
): Promise<{ readonly agree: boolean; readonly own?: BallotFile['ballots'][number] }> {
  const { tally, paper } = vote
  const onPaper = (choice: Choice) => paper?.[choice] ?? 0
  const papers = choices.reduce((sum, choice) => sum + onPaper(choice), 0)
  const of = (choice: Choice) => ballots.filter((ballot) => ballot.choice === choice).length + onPaper(choice)
  const rows = ballots.map((each) => `${each.token} ${each.signature} ${each.choice} ${each.proof}\n`)
  const lines = [...rows, ...(paper ? choices.map((choice) => `paper ${choice} ${paper[choice]}\n`) : [])].join('')
  const agree =
    tally !== undefined &&
    new Set(ballots.map((ballot) => ballot.token)).size === ballots.length &&
    ballots.length + papers === tally.cast &&
    ballots.length + papers === tally.counted &&
    papers <= tally.papers &&
    // Fewer than five paper ballots stand among the others.
    ballots.length <= tally.issued + (paper ? 0 : tally.papers) &&
    of('for') === tally.for &&
    of('against') === tally.against &&
    of('abstain') === tally.abstain &&
    (await sha256(lines)) === vote.digest
  return { agree, own: token === undefined ? undefined : ballots.find((ballot) => ballot.token === token) }
}

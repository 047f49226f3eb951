// The smoke run's motion: decided by secret ballot, each voter's token blinded here as in the voter's browser.
import { castIn } from '../../src/app/demo/secret-votes.ts'
import type { ProjectContent } from '../../src/app/demo/content.ts'
import type { Narrator } from '../../src/app/demo/thread-start.ts'
import type { Cast, Teller } from '../../src/app/demo/story.ts'
import type { Instant } from '../../src/kit/instant.ts'
import { addDays, today } from '../../src/kit/plain-date.ts'
import * as ballots from '../../src/loop/deliberation/contract/ballots.ts'
import * as deliberation from '../../src/loop/deliberation/contract.ts'

/** From the needs to a resolution past its notice period. Answers the motion's id. */
export async function decideByBallot(
  teller: Teller,
  cast: Cast,
  needs: readonly string[],
  project: ProjectContent,
  tell: Narrator,
): Promise<string> {
  const { title, text } = project.motion
  const { id, number } = await teller.act(cast.worker, deliberation.proposeMotion, {
    body: { title, text, division: cast.worker.division, as: 'community', needs: [...needs], files: [] },
  })
  const params = { id }
  tell('提出议题', cast.worker, number)
  await teller.pass(1)
  await teller.act(cast.head, deliberation.admitMotion, { params })
  await teller.act(cast.worker, deliberation.startDiscussion, { params })
  tell('审定议题，开始讨论', cast.head)
  await teller.pass(3)
  const voters = [cast.resident, ...cast.neighbours]
  const { vote } = await teller.act(cast.worker, ballots.openVote, {
    params,
    body: {
      question: '您同意按这个方案办吗？',
      form: 'residents',
      eligible: voters.length,
      until: addDays(today(teller.now()), 5),
    },
  })
  tell('开始无记名投票', cast.worker)
  for (const [index, voter] of voters.entries()) {
    await castIn(teller, voter, vote, index % 4 === 3 ? 'against' : 'for')
    tell('领票并投票', voter)
  }
  const { castUntil } = await teller.act(cast.worker, ballots.getVote, { params: { id: vote } })
  await teller.until(castUntil as Instant)
  await teller.pass(0.5)
  const { result } = await teller.act(cast.worker, ballots.getVote, { params: { id: vote } })
  if (result === undefined) throw new Error('the vote was not counted')
  await teller.act(cast.worker, deliberation.publishResolution, { params })
  tell('计票，公示决议', cast.worker)
  const { noticeUntil } = await teller.act(cast.worker, deliberation.getMotion, { params })
  if (noticeUntil !== undefined) await teller.until(noticeUntil as Instant)
  await teller.pass(0.3)
  return id
}

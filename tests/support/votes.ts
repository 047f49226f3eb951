// A secret vote in the making: opened on a motion of its own, and residents who take a token and cast.
import * as contract from '../../src/loop/deliberation/contract.ts'
import * as ballots from '../../src/loop/deliberation/contract/ballots.ts'
import { addDays, today } from '../../src/kit/plain-date.ts'
import { type Person, places, type TestApp } from './app.ts'
import { makeVoter, type Voter, voteKey } from './voter.ts'

export type VoteKey = ReturnType<typeof voteKey>

/** A motion of places.community with a secret vote that gives tokens for five days. `prepare`: what is done before it opens. */
export async function openVoteIn(
  app: TestApp,
  terms: { eligible: number; form?: ballots.BallotForm },
  prepare: (motion: string, worker: Person) => Promise<void> = async () => {},
): Promise<{ motion: string; vote: string; key: VoteKey; worker: Person; head: Person }> {
  const worker = await app.person('community-worker')
  const head = await app.person('community-head')
  const { id } = await app.ok(worker, contract.proposeMotion, {
    body: {
      title: '关于改建充电棚的议题',
      text: '空地改建充电棚，请居民表决',
      division: places.community,
      as: 'community',
    },
  })
  await app.ok(head, contract.admitMotion, { params: { id } })
  await app.ok(worker, contract.startDiscussion, { params: { id } })
  await prepare(id, worker)
  const until = addDays(today(app.parts.platform.clock.now()), 5)
  const { vote } = await app.ok(worker, ballots.openVote, {
    params: { id },
    body: { question: '空地改建充电棚，您同意吗？', until, ...terms },
  })
  const { publicKey } = await app.ok('nobody', ballots.getVote, { params: { id: vote } })
  return { motion: id, vote, key: voteKey(publicKey), worker, head }
}

/** Takes a token for a person and casts with it at once. */
export async function castIn(
  app: TestApp,
  who: Person,
  vote: string,
  key: VoteKey,
  choice: ballots.Choice,
): Promise<Voter> {
  const voter = makeVoter(vote, key)
  const { signature } = await app.ok(who, ballots.issueBallot, {
    params: { id: vote },
    body: { blinded: voter.blinded },
  })
  await app.ok('nobody', ballots.castBallot, {
    params: { id: vote },
    body: voter.ballot(voter.finish(signature ?? ''), choice),
  })
  return voter
}

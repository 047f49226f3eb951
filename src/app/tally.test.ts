// The public recount: it agrees with an honest vote and finds every altered, doubled, dropped or added ballot.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startApp, type TestApp } from '../../tests/support/app.ts'
import { makeVoter } from '../../tests/support/voter.ts'
import { castIn, openVoteIn } from '../../tests/support/votes.ts'
import * as ballots from '../loop/deliberation/contract/ballots.ts'
import { ballotsAddress, tally } from './tally.ts'
import { recompute, type VoteFile, voteFile } from './tally/recompute.ts'

let app: TestApp
let file: VoteFile
let folder: string

beforeAll(async () => {
  app = await startApp()
  folder = mkdtempSync(join(tmpdir(), 'liandong-tally-'))
  const { vote, key } = await openVoteIn(app, { eligible: 6 })
  for (const choice of ['for', 'for', 'against', 'for', 'abstain'] as const)
    await castIn(app, await app.person(), vote, key, choice)
  // A sixth takes a token and stays at home.
  await app.ok(await app.person(), ballots.issueBallot, {
    params: { id: vote },
    body: { blinded: makeVoter(vote, key).blinded },
  })
  await app.pass(20)
  file = voteFile.parse(await app.ok('nobody', ballots.listBallots, { params: { id: vote }, query: {} }))
})
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await app?.close()
})

const found = (changed: VoteFile, receipts: Parameters<typeof recompute>[1] = []) =>
  recompute(changed, receipts).faults.map((fault) => fault.what)
const changed = (change: (copy: VoteFile) => void): VoteFile => {
  const copy = structuredClone(file)
  change(copy)
  return copy
}
const first = () => {
  const [ballot] = file.ballots
  if (ballot === undefined) throw new Error('no ballots')
  return ballot
}
const otherThan = (choice: ballots.Choice): ballots.Choice => (choice === 'for' ? 'against' : 'for')

test('an honest vote: the recount agrees, with every voter’s receipt', () => {
  const receipts = file.ballots.map(({ token, choice }) => ({ vote: file.vote.id, token, choice }))
  expect(recompute(file, receipts)).toEqual({
    faults: [],
    numbers: { for: 3, against: 1, abstain: 1 },
    result: 'adopted',
  })
})

test('an altered ballot is found, even when the numbers were altered with it', () => {
  const altered = changed((copy) => {
    const [ballot] = copy.ballots
    if (ballot === undefined) return
    copy.vote.tally[ballot.choice] -= 1
    ballot.choice = otherThan(ballot.choice)
    copy.vote.tally[ballot.choice] += 1
  })
  expect(found(altered)).toContain('not-proven')
})

test('a doubled ballot is found', () => {
  expect(found(changed((copy) => copy.ballots.push(first())))).toContain('doubled')
})

test('a dropped ballot is found by the count, and where the count was lowered too, by its voter’s receipt', () => {
  const dropped = changed((copy) => copy.ballots.shift())
  expect(found(dropped)).toEqual(expect.arrayContaining(['count-differs', 'numbers-differ', 'digest-differs']))
  const smoothed = changed((copy) => {
    copy.ballots.shift()
    copy.vote.tally.cast -= 1
    copy.vote.tally[first().choice] -= 1
  })
  const receipt = { vote: file.vote.id, token: first().token, choice: first().choice }
  expect(found(smoothed, [receipt])).toEqual(expect.arrayContaining(['receipt-missing', 'digest-differs']))
})

test('ballots beyond the tokens issued, and ballots that no token stands behind, are found', () => {
  const forged = { ...first(), token: Buffer.alloc(64, 7).toString('base64url') }
  const stuffed = changed((copy) =>
    copy.ballots.push(forged, { ...forged, token: Buffer.alloc(64, 8).toString('base64url') }),
  )
  expect(found(stuffed)).toEqual(expect.arrayContaining(['not-signed', 'beyond-issued']))
})

test('a published result that does not follow from the rules is found, a receipt with another choice too', () => {
  expect(found(changed((copy) => (copy.vote.result = 'rejected')))).toEqual(['result-differs'])
  const receipt = { vote: file.vote.id, token: first().token, choice: otherThan(first().choice) }
  expect(found(file, [receipt, { ...receipt, vote: 'another' }])).toEqual(['receipt-altered', 'receipt-elsewhere'])
})

test('the command reads a file and says by its exit code whether all agrees', async () => {
  const [good, bad, receipt] = ['good.json', 'bad.json', 'receipt.json'].map((name) => join(folder, name))
  if (good === undefined || bad === undefined || receipt === undefined) throw new Error('no files')
  writeFileSync(good, JSON.stringify(file))
  writeFileSync(bad, JSON.stringify(changed((copy) => copy.ballots.shift())))
  writeFileSync(receipt, JSON.stringify({ vote: file.vote.id, token: first().token, choice: first().choice }))
  const said: string[] = []
  const say = (line: string) => said.push(line)
  expect(await tally([good, '--receipt', receipt], say)).toBe(0)
  expect(said.join('\n')).toContain('for 3, against 1, abstain 1: adopted')
  expect(await tally([bad, '--receipt', receipt], say)).toBe(1)
  expect(await tally([join(folder, 'none.json')], say)).toBe(2)
  expect(await tally([], say)).toBe(2)
})

test('the command reads the vote over the network, by the address of its page', async () => {
  const address = await app.server.listen({ port: 0, host: '127.0.0.1' })
  const said: string[] = []
  expect(await tally([`${address}/votes/${file.vote.id}`], (line) => said.push(line))).toBe(0)
  expect(ballotsAddress(`${address}/votes/${file.vote.id}`).pathname).toBe(`/api/votes/${file.vote.id}/ballots`)
})

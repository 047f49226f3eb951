// Deliberation: tokens that were deposited before their owner was verified are signed when the check succeeds, and the owner is told.
import { listPeople } from '../../../foundation/identity/public.ts'
import { notify } from '../../../foundation/notices/public.ts'
import type { Act } from '../../../platform/action.ts'
import { signDeposit } from '../rules/ballots.ts'
import { findVoterForUpdate, listDeposits, saveIssue } from '../store/issues.ts'
import { findVote } from '../store/votes.ts'
import { blindSign } from './ballot-keys.ts'

/**
 * Signs what a person deposited in votes that still take ballots, and tells them: their browser, which alone can take the signature off its blinding,
 * fetches it. Who turns out not to be of age is told that the deposit stays unsigned. A person has deposits in a vote or two, never many.
 */
export async function signDeposits(act: Act, person: string): Promise<void> {
  const deposits = await listDeposits(act.tx, person)
  if (deposits.length === 0) return
  const card = (await listPeople(act.tx, [person])).get(person)
  for (const id of deposits) {
    const vote = await findVote(act.tx, id, 'shared')
    if (vote === undefined || card === undefined) continue
    const { earlier, household } = await findVoterForUpdate(act.tx, vote, person)
    if (earlier?.blinded === undefined || earlier.signature !== undefined) continue
    const tell = (what: string) =>
      notify(act, {
        persons: [person],
        kind: `deliberation.${what}`,
        of: { kind: 'vote', id: vote.id },
        params: { question: vote.question },
      })
    const ruling = signDeposit(vote, { ...card, household }, act.now)
    if (!ruling.ok) {
      if (ruling.code === 'adults-only') tell('deposit-not-signed')
      continue
    }
    const blinded = Buffer.from(earlier.blinded)
    const signature = await blindSign(act, vote, blinded)
    if (
      signature === undefined ||
      !(await saveIssue(act.tx, vote.id, person, { blinded, signature, household }, act.now))
    )
      continue
    act.record({
      name: 'deliberation.signDeposit',
      of: { kind: 'vote', id: vote.id },
      division: vote.division,
      data: { voter: person },
    })
    tell('deposit-signed')
  }
}

// Motions in every state of their lifecycle, come there by the acts of people, for the tests that try every verb in every state.
import { places, startApp } from '../../../tests/support/app.ts'
import { castIn, openVoteIn } from '../../../tests/support/votes.ts'
import { addDays, today } from '../../kit/plain-date.ts'
import * as ballots from './contract/ballots.ts'
import * as statements from './contract/statements.ts'
import * as contract from './contract.ts'

export const at = (id: string) => ({ params: { id } })
export const words = { words: '经核实，情况属实' }

/** A state, or one of the two ways of voting. */
export type Place = Exclude<contract.MotionState, 'voting'> | 'voting by meeting' | 'voting in secret'
export type Made = { readonly id: string; readonly statement: string }

/** Of a motion on which nobody has spoken. */
export const noStatement = '320505-0190f1c0-0000-7000-8000-000000000000'

/** Starts the program with the people who decide on motions. Close `app` afterwards. */
export async function openPavilion() {
  const app = await startApp()
  const resident = await app.person()
  const neighbour = await app.person()
  const worker = await app.person('community-worker')
  const head = await app.person('community-head')
  const reviewer = await app.person('township-reviewer', { division: places.township })
  const inDays = (days: number) => addDays(today(app.parts.platform.clock.now()), days)

  const meeting = () => ({ date: inDays(0), place: '社区会议室', eligible: 60, form: 'residents' as const })
  const terms = () => ({ question: '空地改建充电棚，您同意吗？', eligible: 3, until: inDays(5) })
  const numbers = (inFavour: number, against: number) => ({
    attendance: inFavour + against,
    for: inFavour,
    against,
    abstain: 0,
    minutes: '会议由社区主任主持，逐项讨论后举手表决。',
  })

  async function proposed(): Promise<Made> {
    const body = {
      title: '关于改建充电棚的议题',
      text: '空地改建充电棚，请居民商议',
      division: places.community,
      as: 'community' as const,
    }
    return { id: (await app.ok(worker, contract.proposeMotion, { body })).id, statement: noStatement }
  }
  async function admitted(): Promise<Made> {
    const made = await proposed()
    await app.ok(head, contract.admitMotion, at(made.id))
    return made
  }
  async function discussing(): Promise<Made> {
    const { id } = await admitted()
    await app.ok(worker, contract.startDiscussion, at(id))
    const body = { side: 'for' as const, words: '充电棚离楼远一点更安全' }
    return { id, statement: (await app.ok(resident, statements.addStatement, { ...at(id), body })).id }
  }
  async function byMeeting(): Promise<Made> {
    const made = await discussing()
    await app.ok(worker, contract.openMeeting, { ...at(made.id), body: meeting() })
    return made
  }
  async function inSecret(): Promise<Made> {
    const made = await discussing()
    await app.ok(worker, ballots.openVote, { ...at(made.id), body: terms() })
    return made
  }
  /** Decided by a meeting with these numbers. */
  async function decided(inFavour: number, against: number): Promise<Made> {
    const made = await byMeeting()
    await app.ok(worker, contract.recordMeeting, { ...at(made.id), body: numbers(inFavour, against) })
    await app.ok(head, contract.confirmMeeting, at(made.id))
    return made
  }
  async function published(inFavour = 40, against = 3): Promise<Made> {
    const made = await decided(inFavour, against)
    await app.ok(worker, contract.publishResolution, at(made.id))
    return made
  }
  async function executing(): Promise<Made> {
    const made = await published()
    await app.pass(15)
    return made
  }
  async function reported(): Promise<Made> {
    const made = await executing()
    await app.ok(worker, contract.reportMotion, { ...at(made.id), body: { words: '充电棚已经建好' } })
    return made
  }
  const after = async (made: Promise<Made>, act: (id: string) => Promise<unknown>): Promise<Made> => {
    const done = await made
    await act(done.id)
    return done
  }

  const made: Readonly<Record<Place, () => Promise<Made>>> = {
    proposed,
    admitted,
    discussing,
    'voting by meeting': byMeeting,
    'voting in secret': inSecret,
    adopted: () => decided(40, 3),
    rejected: () => decided(10, 30),
    'no-quorum': () => decided(5, 1),
    published,
    executing,
    reported,
    closed: () => after(reported(), (id) => app.ok(head, contract.closeMotion, at(id))),
    declined: () => after(proposed(), (id) => app.ok(head, contract.declineMotion, { ...at(id), body: words })),
    withdrawn: () => after(proposed(), (id) => app.ok(worker, contract.withdrawMotion, at(id))),
  }
  const stateOf = async (id: string) => (await app.ok(worker, contract.getMotion, at(id))).state
  /** A secret vote of three in which these were cast, after its end. */
  async function counted(choices: readonly ballots.Choice[], eligible = 3): Promise<string> {
    const { motion, vote, key } = await openVoteIn(app, { eligible })
    for (const choice of choices) await castIn(app, await app.person(), vote, key, choice)
    await app.pass(20)
    return motion
  }
  return {
    app,
    resident,
    neighbour,
    worker,
    head,
    reviewer,
    meeting,
    terms,
    numbers,
    made,
    decided,
    published,
    counted,
    stateOf,
  }
}

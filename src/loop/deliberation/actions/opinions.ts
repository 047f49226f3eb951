// Deliberation: the map of opinions: made anew when enough was said, and read with one's own place.
import { asDivision, joinId, splitId } from '../../../kit/id.ts'
import { absent, allow } from '../../../kit/ruling.ts'
import { type Act, question, systemAct } from '../../../platform/action.ts'
import type { Platform } from '../../../platform/platform.ts'
import * as contract from '../contract/opinions.ts'
import * as rules from '../rules/opinion-map.ts'
import { findMotion } from '../store.ts'
import {
  findMap,
  getBallot,
  listBallots,
  listPendingMaps,
  listStatementWords,
  saveMap,
  savePending,
} from '../store/opinions.ts'

/** Computes the map of a motion whose row `savePending` has locked. */
async function makeMap(act: Act, motion: string): Promise<void> {
  const record = await findMotion(act.tx, motion)
  if (record === undefined) return
  const last = await findMap(act.tx, motion)
  const ballots = await listBallots(act.tx, motion, { statements: rules.mostStatements, voters: rules.mostVoters })
  const statements = [...new Set(ballots.flatMap((ballot) => [...ballot.keys()]))]
  const least = act.policy.number('deliberation.map-voters', asDivision(record.division))
  const made = rules.opinionMap(ballots, statements, least, last?.basis)
  await saveMap(
    act.tx,
    motion,
    made,
    { opinions: ballots.reduce((sum, ballot) => sum + ballot.size, 0), voters: rules.countVoters(ballots) },
    act.now,
  )
}

/** Hears that opinions changed; makes the map anew when enough of them did, or at once where `now` says so. */
export async function hearOpinion(act: Act, motion: string, division: string, now: boolean): Promise<void> {
  const { pending, opinions } = await savePending(act.tx, motion, 1)
  const most = act.policy.number('deliberation.map-step', asDivision(division))
  if (now || rules.mapIsDue(pending, opinions, most)) await makeMap(act, motion)
}

/** Makes the maps anew for which opinions still wait: the last few of a discussion too. */
export async function makePendingMaps(platform: Platform): Promise<void> {
  for (const { jurisdiction, motion } of await listPendingMaps(platform.database.reader, 50)) {
    await systemAct(platform, 'deliberation.makePendingMaps', async (act) => {
      const id = joinId<'motion'>(jurisdiction, motion)
      await savePending(act.tx, id, 0)
      await makeMap(act, id)
      return allow(undefined)
    })
  }
}

export const getOpinionMap = question(contract.getOpinionMap, async (ask, { params }) => {
  const motion = await findMotion(ask.tx, params.id)
  if (motion === undefined) return absent()
  const stored = await findMap(ask.tx, motion.id)
  const needed = Math.max(ask.policy.number('deliberation.map-voters', motion.division), rules.leastInGroup)
  const head = { voters: stored?.voters ?? 0, needed, madeAt: stored?.madeAt }
  const { map, basis } = stored ?? {}
  if (map === undefined || basis === undefined) return allow(head)
  const { jurisdiction } = splitId(motion.id)
  const whole = (statement: string) => joinId<'statement'>(jurisdiction, statement)
  const words = await listStatementWords(
    ask.tx,
    motion.id,
    map.statements.map((each) => each.statement),
  )
  // Taken off since the map was made: it is not told of any more.
  const told = new Map(words.map((each) => [each.id, each]))
  const me = ask.actor.kind === 'person' ? ask.actor.personId : undefined
  return allow({
    ...head,
    map: {
      groups: map.groups.map((group) => ({
        ...group,
        typical: group.typical
          .filter(({ statement }) => told.has(statement))
          .map(({ statement, opinion }) => ({ statement: whole(statement), opinion })),
      })),
      statements: map.statements.flatMap(({ statement, shares }) => {
        const known = told.get(statement)
        return known === undefined
          ? []
          : [{ id: whole(statement), side: known.side, words: known.words, shares: [...shares] }]
      }),
      common: map.common.filter((statement) => told.has(statement)).map(whole),
      divides: map.divides.filter((statement) => told.has(statement)).map(whole),
    },
    mine: me === undefined ? undefined : rules.placeOn(basis, await getBallot(ask.tx, motion.id, basis.statements, me)),
  })
})

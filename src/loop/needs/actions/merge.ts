// Needs: merging needs that ask for the same, and taking them apart again. Supporters are counted once, whatever the order.
import { absent, allow, refuse } from '../../../kit/ruling.ts'
import { type Act, action } from '../../../platform/action.ts'
import * as desk from '../contract/desk.ts'
import { rerooted } from '../rules/cluster.ts'
import * as rules from '../rules/desk.ts'
import { judgedNeed, mayRead, type Need } from '../rules.ts'
import { saveCounts, saveRootOfAll, saveRoots } from '../store/supports.ts'
import { findNeedForUpdate, listClusterForUpdate, saveNeed } from '../store.ts'
import { recordNeed, responseOf, tell, termsOf } from './recording.ts'
import { answerOf } from './resident.ts'

/** The members that follow a need under its new root. */
const followers = (members: readonly Need[], next: Need) =>
  rerooted(members, { id: next.id, mergedInto: next.mergedInto, root: next.root })
    .filter((member) => member.id !== next.id)
    .map((member) => member.id)

/**
 * The needs of the clusters, locked. A need that another act merged or took out while this one waited for its lock stands under another root
 * now: then it is read again, with locks that are already held or taken in the same order.
 */
export async function lockedClusters(act: Act, ids: readonly string[]): Promise<Need[]> {
  for (let again = 0; ; again += 1) {
    const cluster = await listClusterForUpdate(act.tx, act.platform.cipher, ids)
    const known = new Set<string>(cluster.map((member) => member.id))
    const whole = ids.every((id) => known.has(id)) && cluster.every((member) => known.has(member.root))
    if (whole || again === 2) return cluster
  }
}

export const mergeNeed = action(desk.mergeNeed, async (act, { params, body }) => {
  const { cipher } = act.platform
  const cluster = await lockedClusters(act, [params.id, body.into])
  const need = cluster.find((member) => member.id === params.id)
  if (need === undefined || !mayRead(need, act.actor)) return absent()
  const target = cluster.find((member) => member.id === body.into)
  if (target === undefined) return refuse('target-not-open', { state: 'unknown' })
  const ruling = await act.judge(judgedNeed(need), () => rules.mergeNeed(need, target, act.actor, act.now))
  if (!ruling.ok) return ruling
  await saveNeed(act.tx, cipher, ruling.value, need, act.now)
  await saveRootOfAll(act.tx, [need.id], target.id)
  const counts = await saveCounts(act.tx, target.id, act.now)
  recordNeed(act, 'mergeNeed', need, ruling.value, { ...responseOf(need, act.now), into: target.id })
  recordNeed(act, 'receiveMerge', target, { ...target, ...counts }, { from: need.id, supports: counts.supports }, true)
  tell(act, target, 'merged')
  return allow(answerOf(ruling.value))
})

export const unmergeNeed = action(desk.unmergeNeed, async (act, { params }) => {
  const { cipher } = act.platform
  const cluster = await lockedClusters(act, [params.id])
  const need = cluster.find((member) => member.id === params.id) ?? (await findNeedForUpdate(act.tx, cipher, params.id))
  if (need === undefined || !mayRead(need, act.actor)) return absent()
  const root = cluster.find((member) => member.id === need.root) ?? need
  const ruling = await act.judge(judgedNeed(need), () =>
    rules.unmergeNeed(need, root, act.actor, act.now, termsOf(act, need.division)),
  )
  if (!ruling.ok) return ruling
  await saveNeed(act.tx, cipher, ruling.value, need, act.now)
  await saveRoots(act.tx, followers(cluster, ruling.value), need.id)
  const rootCounts = await saveCounts(act.tx, root.id, act.now)
  await saveCounts(act.tx, need.id, act.now)
  recordNeed(act, 'unmergeNeed', need, ruling.value, { from: root.id })
  recordNeed(
    act,
    'releaseMerge',
    root,
    { ...root, ...rootCounts },
    { released: need.id, supports: rootCounts.supports },
    true,
  )
  return allow(answerOf(ruling.value))
})

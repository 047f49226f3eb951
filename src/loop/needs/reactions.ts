// Needs: what the program does when a need's time is over, and each night.
import { listHolders } from '../../foundation/identity/public.ts'
import type { RecordRef } from '../../kit/id.ts'
import type { Ruling } from '../../kit/ruling.ts'
import type { Act } from '../../platform/action.ts'
import type { Job, TimerHandler } from '../../platform/declarations.ts'
import { recordNeed, tellPersons } from './actions/recording.ts'
import type { Need, NeedVerb } from './rules.ts'
import * as rules from './rules/desk.ts'
import { findNeedForUpdate, saveNeed } from './store.ts'
import { countWords } from './store/words.ts'

/** Runs a rule on the need; a refusal means that the need moved on, and nothing is due any more. */
async function due(
  act: Act,
  record: RecordRef,
  verb: NeedVerb,
  rule: (need: Need) => Ruling<Need>,
  data: (need: Need) => Record<string, unknown>,
): Promise<Need | undefined> {
  const need = await findNeedForUpdate(act.tx, act.platform.cipher, record.id)
  const ruling = need === undefined ? undefined : rule(need)
  if (need === undefined || ruling === undefined || !ruling.ok) return undefined
  await saveNeed(act.tx, act.platform.cipher, ruling.value, need, act.now)
  recordNeed(act, verb, need, ruling.value, data(need))
  return ruling.value
}

export const needsTimers: readonly TimerHandler[] = [
  {
    handler: 'needs.raiseOverdue',
    async run(act, record) {
      const need = await due(
        act,
        record,
        'raiseOverdue',
        (each) => rules.raiseOverdue(each, act.now),
        (each) => ({ due: each.dueAt, step: each.state, route: each.route }),
      )
      if (need === undefined) return
      const leaders = await listHolders(act.tx, 'community-head', need.division)
      tellPersons(
        act,
        need,
        [...new Set([...leaders, ...(need.holder === undefined ? [] : [need.holder.id])])],
        'overdue',
      )
    },
  },
  {
    handler: 'needs.closeUnconfirmed',
    async run(act, record) {
      const need = await due(
        act,
        record,
        'closeUnconfirmed',
        (each) => rules.closeUnconfirmed(each, act.now),
        (each) => ({ route: each.route, submittedAt: each.submittedAt }),
      )
      if (need !== undefined) tellPersons(act, need, [need.resident], 'closed-unconfirmed')
    },
  },
  {
    handler: 'needs.finalizeDecline',
    async run(act, record) {
      await due(
        act,
        record,
        'finalizeDecline',
        (each) => rules.finalizeDecline(each, act.now),
        (each) => ({ reason: each.declineReason }),
      )
    },
  },
]

export const needsJobs: readonly Job[] = [
  { name: 'needs.count-words', cron: '20 3 * * *', run: (platform) => platform.database.transaction(countWords) },
]

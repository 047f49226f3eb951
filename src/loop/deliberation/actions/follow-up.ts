// Deliberation: progress notes while an adopted motion is carried out.
import { jurisdictionOf, splitId } from '../../../kit/id.ts'
import { absent, allow, forbid } from '../../../kit/ruling.ts'
import { action, question } from '../../../platform/action.ts'
import * as contract from '../contract/follow-up.ts'
import * as rules from '../rules/follow-up.ts'
import { judgedMotion } from '../rules.ts'
import { findMotion, findMotionForUpdate } from '../store.ts'
import { insertProgress, listProgressOf } from '../store/follow-up.ts'
import { answerOf, attached, recordMotion, tell } from './recording.ts'

export const addProgress = action(contract.addProgress, async (act, { params, body }) => {
  if (act.actor.kind !== 'person') return forbid('forbidden')
  const { actor } = act
  const motion = await findMotionForUpdate(act.tx, params.id)
  if (motion === undefined) return absent()
  const ruling = await act.judge(judgedMotion(motion), () => rules.addProgress(motion, actor, act.now, body))
  if (!ruling.ok) return ruling
  const files = await attached(act, body.files, motion.id)
  if (!files.ok) return files
  const id = act.newId<'progress'>(jurisdictionOf(motion.division))
  await insertProgress(act.tx, {
    id,
    motion: motion.id,
    person: actor.personId,
    words: body.words,
    percent: body.percent,
    milestone: body.milestone,
    files: files.value,
    at: act.now,
  })
  recordMotion(act, 'addProgress', motion, motion, { progress: id, percent: body.percent }, { quiet: true })
  await tell(act, motion, 'progress')
  return allow(answerOf(motion))
})

export const listProgress = question(contract.listProgress, async (ask, { params, query }) => {
  if ((await findMotion(ask.tx, params.id)) === undefined) return absent()
  const after = query.cursor !== undefined && /^[0-9a-f-]{36}$/.test(query.cursor) ? query.cursor : undefined
  const found = await listProgressOf(ask.tx, params.id, query.size + 1, after)
  const page = found.slice(0, query.size)
  const last = page[page.length - 1]
  return allow({
    rows: page.map((note) => ({ ...note, files: [...note.files] })),
    next: found.length > query.size && last !== undefined ? splitId(last.id).uuid : undefined,
  })
})

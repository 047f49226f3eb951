// Deliberation: statements for and against, what residents think of them, and moderation that leaves a mark.
import { notify } from '../../../foundation/notices/public.ts'
import { jurisdictionOf, splitId } from '../../../kit/id.ts'
import { absent, allow, forbid, invalid, refuse } from '../../../kit/ruling.ts'
import { action, question } from '../../../platform/action.ts'
import * as contract from '../contract/statements.ts'
import { removeStatements as removalOf } from '../rules/moderation.ts'
import * as rules from '../rules.ts'
import { findMotion, findMotionForUpdate } from '../store.ts'
import {
  findStatementForUpdate,
  insertStatement,
  listStatementsForUpdate,
  listStatementsOf,
  saveOpinion,
  saveRemovals,
} from '../store/statements.ts'
import { recordMotion } from './recording.ts'

/** Statements that one resident writes on one motion at most: short sentences, no quarrel. */
const mostStatements = 5

export const addStatement = action(contract.addStatement, async (act, { params, body }) => {
  if (act.actor.kind !== 'person') return forbid('forbidden')
  const { actor } = act
  const motion = await findMotionForUpdate(act.tx, params.id)
  if (motion === undefined) return absent()
  const ruling = await act.judge(rules.judgedMotion(motion, true), () => {
    const faults = rules.personalNumbers('body.words', body.words)
    return faults.length > 0 ? invalid(faults) : rules.standing(motion, 'addStatement', actor, act.now)
  })
  if (!ruling.ok) return ruling
  const id = act.newId<'statement'>(jurisdictionOf(motion.division))
  const added = await insertStatement(
    act.tx,
    { id, motion: motion.id, person: actor.personId, side: body.side, words: body.words, createdAt: act.now },
    mostStatements,
  )
  if (!added) return refuse('too-many-statements', { most: mostStatements })
  recordMotion(act, 'addStatement', motion, motion, { statement: id, side: body.side }, { quiet: true })
  return allow({ id, version: 1 })
})

export const rateStatement = action(contract.rateStatement, async (act, { params, body }) => {
  if (act.actor.kind !== 'person') return forbid('forbidden')
  const { actor } = act
  const motion = await findMotion(act.tx, params.id)
  const statement = motion === undefined ? undefined : await findStatementForUpdate(act.tx, motion.id, params.statement)
  if (motion === undefined || statement === undefined) return absent()
  const ruling = await act.judge(rules.judgedMotion(motion, true), () => {
    if (statement.removedReason !== undefined) return refuse('statement-removed')
    if (statement.person === actor.personId) return refuse('own-statement')
    return rules.standing(motion, 'rateStatement', actor, act.now)
  })
  if (!ruling.ok) return ruling
  const counts = await saveOpinion(act.tx, statement.id, actor.personId, body.opinion, act.now)
  recordMotion(act, 'rateStatement', motion, motion, { statement: statement.id }, { quiet: true })
  return allow({ id: statement.id, ...counts })
})

export const removeStatements = action(contract.removeStatements, async (act, { params, body }) => {
  if (act.actor.kind !== 'person') return forbid('forbidden')
  const { actor } = act
  const motion = await findMotion(act.tx, params.id)
  if (motion === undefined) return absent()
  const found = await listStatementsForUpdate(act.tx, motion.id, body.statements)
  const ruling = await act.judge(rules.judgedMotion(motion), () => removalOf(found, body))
  if (!ruling.ok) return ruling
  const taken = ruling.value
  await saveRemovals(act.tx, motion.id, taken, { reason: body.reason, words: body.words, by: actor.personId }, act.now)
  recordMotion(
    act,
    'removeStatements',
    motion,
    motion,
    { statements: taken.map((statement) => statement.id), reason: body.reason },
    { quiet: true },
  )
  notify(act, {
    persons: taken.map((statement) => statement.person),
    kind: `deliberation.removed-${body.reason}`,
    of: { kind: 'motion', id: motion.id },
    params: { motion: `${rules.shownNumber(motion)}「${motion.title}」` },
  })
  return allow({ removed: taken.length, already: found.length - taken.length })
})

function afterOf(cursor: string | undefined): readonly [number, string] | undefined {
  const match = cursor === undefined ? null : /^(\d{1,9})\.([0-9a-f-]{36})$/.exec(cursor)
  return match === null ? undefined : [Number(match[1]), match[2] ?? '']
}

export const listStatements = question(contract.listStatements, async (ask, { params, query }) => {
  if ((await findMotion(ask.tx, params.id)) === undefined) return absent()
  const me = ask.actor.kind === 'person' ? ask.actor.personId : undefined
  const found = await listStatementsOf(ask.tx, {
    motion: params.id,
    side: query.side,
    removed: query.removed,
    sort: query.sort,
    person: me,
    size: query.size + 1,
    after: afterOf(query.cursor),
  })
  const page = found.slice(0, query.size)
  const last = page[page.length - 1]
  return allow({
    rows: page.map((statement) => ({
      id: statement.id,
      side: statement.side,
      words: statement.removedReason === undefined ? statement.words : undefined,
      removed: statement.removedReason,
      removedWords: statement.removedWords,
      at: statement.createdAt,
      agrees: statement.agrees,
      disagrees: statement.disagrees,
      passes: statement.passes,
      mine: statement.person === me,
      opinion: statement.opinion,
    })),
    next: found.length > query.size && last !== undefined ? `${last.agrees}.${splitId(last.id).uuid}` : undefined,
  })
})

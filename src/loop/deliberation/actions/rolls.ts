// Deliberation: the roll of households by hand: shown, one line set or removed, one household looked for; and what a resident learns of it.
import { listPeople, type PersonCard } from '../../../foundation/identity/public.ts'
import { notify } from '../../../foundation/notices/public.ts'
import { absent, allow, forbid, invalid, refuse, type Ruling } from '../../../kit/ruling.ts'
import { within } from '../../../kit/id.ts'
import { type Act, action, type Ask, question } from '../../../platform/action.ts'
import { cursorOf, readCursor } from '../../../platform/cursor.ts'
import * as contract from '../contract/rolls.ts'
import * as rules from '../rules/rolls.ts'
import { judgedMotion, type Motion, shownNumber } from '../rules.ts'
import { findMotion } from '../store.ts'
import * as store from '../store/rolls.ts'
import { findVote } from '../store/votes.ts'
import { lockVote } from './count.ts'

const addressPlace = (motion: string, household: string) => ({
  table: 'deliberation.roll_line',
  column: 'address',
  row: `${motion}:${household}`,
})

/** By what a household of one motion's roll is known: rolls of different motions cannot be joined by it. */
export function markOf({ platform }: Pick<Ask, 'platform'>, motion: string, key: string): string {
  return platform.cipher.blind(`deliberation.household:${motion}`, key)
}

/** Seals an address under the motion's own data key. */
export function sealAddress(act: Act, motion: string, household: string, address: string): Promise<Buffer> {
  return act.platform.cipher.seal(act.tx, motion, addressPlace(motion, household), address)
}

/** Tells people that a household named them, so that nobody is named unawares. */
export function tellNamed(act: Act, motion: Motion, voters: readonly string[]): void {
  if (voters.length > 0)
    notify(act, {
      persons: voters,
      kind: 'deliberation.voter-named',
      of: { kind: 'motion', id: motion.id },
      params: { motion: `${shownNumber(motion)}「${motion.title}」` },
    })
}

/** The event of a roll stands apart from its motion's: a thousand households would hide what else happened. */
export function recordRoll(act: Act, verb: string, motion: Motion, data: Readonly<Record<string, unknown>>): void {
  act.record({ name: `deliberation.${verb}`, of: { kind: 'roll', id: motion.id }, division: motion.division, data })
}

async function wireLines(ask: Ask, motion: string, lines: readonly store.ShownLine[]) {
  const voters = lines.flatMap((line) => line.voter ?? [])
  const cards: Map<string, PersonCard> = voters.length === 0 ? new Map() : await listPeople(ask.tx, voters)
  return Promise.all(
    lines.map(async ({ line, household, address, voter, state }) => {
      const card = voter === null ? undefined : cards.get(voter)
      const text = await ask.platform.cipher.open(ask.tx, motion, addressPlace(motion, household), address)
      return {
        line,
        household: text ?? '',
        voter: voter ?? undefined,
        maskedName: card?.maskedName,
        verified: card?.verified,
        state,
      }
    }),
  )
}

export const listRoll = question(contract.listRoll, async (ask, { params, query }) => {
  const motion = await findMotion(ask.tx, params.id)
  if (motion === undefined) return absent()
  const refusal = ask.see(judgedMotion(motion))
  if (refusal !== undefined) return refusal
  const vote = motion.vote && (await findVote(ask.tx, motion.vote.id))
  const [after] = readCursor(query.cursor, 1) ?? []
  const find = { after: Number(after ?? 0) || 0, unnamed: query.unnamed === 'yes', size: query.size + 1 }
  const found = await store.listRollLines(ask.tx, motion.id, vote?.id, find)
  const page = found.slice(0, query.size)
  const last = page[page.length - 1]
  const open = rules.rollOpen(motion, vote, 'setRollLine', ask.actor, ask.now)
  return allow({
    rows: await wireLines(ask, motion.id, page),
    next: found.length > query.size && last !== undefined ? cursorOf([String(last.line)]) : undefined,
    ...(await store.countRoll(ask.tx, motion.id)),
    lockedAt: vote?.state === 'open' ? vote.frozenAt : undefined,
    open: open.ok ? { ok: true } : { ok: false, code: open.code },
  })
})

export const findRollLine = question(contract.findRollLine, async (ask, { params, body }) => {
  const motion = await findMotion(ask.tx, params.id)
  if (motion === undefined) return absent()
  const refusal = ask.see(judgedMotion(motion))
  if (refusal !== undefined) return refusal
  const household = markOf(ask, motion.id, rules.householdKey(body.household))
  const line = await store.findRollLine(ask.tx, motion.id, motion.vote?.id, household)
  return allow({ rows: line === undefined ? [] : await wireLines(ask, motion.id, [line]) })
})

const householdMissing: Ruling<never> = invalid([{ path: 'body.household', code: 'household-missing' }])

export const setRollLine = action(contract.setRollLine, async (act, { params, body }) => {
  if (act.actor.kind !== 'person') return forbid('forbidden')
  const locked = await lockVote(act, params.id)
  if (locked === undefined) return absent()
  const { motion, vote } = locked
  const key = rules.householdKey(body.household)
  const household = markOf(act, motion.id, key)
  const { voter } = body
  const lines = await store.listRollAmong(act.tx, motion.id, [household], voter === undefined ? [] : [voter])
  const cards = voter === undefined ? undefined : await listPeople(act.tx, [voter])
  const ruling = await act.judge(judgedMotion(motion), () => {
    const open = rules.rollOpen(motion, vote, 'setRollLine', act.actor, act.now)
    if (!open.ok) return open
    if (key === '') return householdMissing
    const elsewhere = lines.find((line) => line.voter === voter)
    return voter === undefined
      ? allow(true as const)
      : rules.nameVoter(cards?.get(voter), elsewhere, household, motion.division)
  })
  if (!ruling.ok) return ruling
  const address = await sealAddress(act, motion.id, household, body.household)
  const [line] = await store.saveRollLines(
    act.tx,
    motion.id,
    [{ household, address, voter }],
    act.actor.personId,
    act.now,
  )
  const before = lines.find((each) => each.household === household)?.voter
  recordRoll(act, 'setRollLine', motion, { line, before, voter })
  if (voter !== undefined && voter !== before) tellNamed(act, motion, [voter])
  return allow({ id: motion.id, version: motion.version, line: line ?? 0 })
})

export const removeRollLine = action(contract.removeRollLine, async (act, { params }) => {
  const locked = await lockVote(act, params.id)
  if (locked === undefined) return absent()
  const { motion, vote } = locked
  const ruling = await act.judge(judgedMotion(motion), () =>
    rules.rollOpen(motion, vote, 'removeRollLine', act.actor, act.now),
  )
  if (!ruling.ok) return ruling
  const removed = await store.removeRollLine(act.tx, motion.id, params.line)
  if (removed === undefined) return absent()
  recordRoll(act, 'removeRollLine', motion, { line: params.line, before: removed.voter ?? undefined })
  return allow({ id: motion.id, version: motion.version })
})

export const askHousehold = question(contract.askHousehold, async (ask, { params, body }) => {
  const vote = await findVote(ask.tx, params.id)
  if (vote === undefined) return absent()
  if (vote.form !== 'households') return refuse('not-by-households')
  const { actor } = ask
  if (actor.kind !== 'person' || actor.residence === undefined || !within(actor.residence, vote.division))
    return forbid('residents-only')
  if (vote.state !== 'open') return refuse('vote-over')
  const key = rules.householdKey(body.household)
  if (key === '') return householdMissing
  const [line] = await store.listRollAmong(ask.tx, vote.motion, [markOf(ask, vote.motion, key)], [])
  return allow({
    voter:
      line?.voter === undefined
        ? ('nobody' as const)
        : line.voter === actor.personId
          ? ('me' as const)
          : ('other' as const),
    open: vote.frozenAt === undefined,
  })
})

// Needs: who holds how much, and who is away.
import { listHolders, listPeople } from '../../../foundation/identity/public.ts'
import type { Actor } from '../../../kit/actor.ts'
import { type DivisionCode, jurisdictionOf, within } from '../../../kit/id.ts'
import { today } from '../../../kit/plain-date.ts'
import { absent, allow, forbid } from '../../../kit/ruling.ts'
import type { Tx } from '../../../platform/database.ts'
import { action, question } from '../../../platform/action.ts'
import * as holders from '../contract/holders.ts'
import * as rules from '../rules/absence.ts'
import { findAbsenceForUpdate, listAbsencesOf, listHeld, removeAbsence, saveAbsence } from '../store/holders.ts'

/** Those who work on needs at a community today. */
async function workersAt(tx: Tx, division: DivisionCode): Promise<string[]> {
  const [workers, heads] = await Promise.all([
    listHolders(tx, 'community-worker', division),
    listHolders(tx, 'community-head', division),
  ])
  return [...new Set<string>([...heads, ...workers])]
}

export const listNeedHolders = question(holders.listNeedHolders, async (ask, { query }) => {
  const mine = ask.scopes.divisions
  const division = query.division ?? mine[0]
  if (division === undefined || !mine.some((own) => within(division, own))) return forbid('forbidden')
  const [workers, held] = await Promise.all([workersAt(ask.tx, division), listHeld(ask.tx, division, ask.now)])
  const holding = new Map(held.map((row) => [row.person, row]))
  const persons = [...new Set([...workers, ...holding.keys()])]
  const day = today(ask.now)
  const [people, absences] = await Promise.all([
    listPeople(ask.tx, persons),
    listAbsencesOf(ask.tx, jurisdictionOf(division), persons, day),
  ])
  const away = new Map<string, rules.Absence>(absences.map((absence) => [absence.person, absence]))
  const me = ask.actor.kind === 'person' ? ask.actor.personId : undefined
  const rows = persons.map((id) => {
    const absence = away.get(id)
    const card = people.get(id)
    return {
      person: { id, name: card?.officialName ?? card?.maskedName ?? holding.get(id)?.name ?? '' },
      here: workers.includes(id),
      me: id === me,
      held: holding.get(id)?.held ?? 0,
      overdue: holding.get(id)?.overdue ?? 0,
      absence:
        absence === undefined
          ? undefined
          : {
              id: absence.id,
              version: absence.version,
              since: absence.since,
              until: absence.until,
              reason: absence.reason,
              now: rules.isAwayOn(absence, day),
            },
    }
  })
  // Those away who still hold something first: that is what has to be given on.
  const urgency = (row: (typeof rows)[number]) =>
    Number((row.absence?.now === true || !row.here) && row.held > 0) * 10_000 + row.held
  return allow({ division, rows: rows.sort((one, other) => urgency(other) - urgency(one)) })
})

/** The community at which the actor enters absences. */
function seatOf(actor: Actor): DivisionCode | undefined {
  return actor.grants.find((grant) => grant.reach === 'place' && grant.permissions.has('needs.setAbsence'))?.division
}

export const setAbsence = action(holders.setAbsence, async (act, { body }) => {
  const division = seatOf(act.actor)
  if (division === undefined || act.actor.kind !== 'person') return forbid('forbidden')
  const person = body.person ?? act.actor.personId
  const workers = await workersAt(act.tx, division)
  const absence = { ...body, id: act.newId<'absence'>(jurisdictionOf(division)), version: 1, person, division }
  const ruling = await act.judge({ reach: { division } }, () =>
    rules.setAbsence(absence, act.actor, today(act.now), workers.includes(person)),
  )
  if (!ruling.ok) return ruling
  const saved = await saveAbsence(act.tx, absence, act.actor.personId, act.now)
  act.record({
    name: 'needs.setAbsence',
    of: { kind: 'absence', id: saved.id },
    division,
    data: { person, since: body.since, until: body.until, reason: body.reason },
  })
  return allow({ id: saved.id, version: saved.version })
})

export const endAbsence = action(holders.endAbsence, async (act, { params }) => {
  const absence = await findAbsenceForUpdate(act.tx, params.id)
  if (absence === undefined) return absent()
  const ruling = await act.judge({ reach: { division: absence.division }, version: absence.version }, () =>
    rules.mayEnter(act.actor, absence.person, absence.division),
  )
  if (!ruling.ok) return ruling
  await removeAbsence(act.tx, absence.id)
  act.record({
    name: 'needs.endAbsence',
    of: { kind: 'absence', id: absence.id },
    division: absence.division,
    data: { person: absence.person, until: absence.until },
  })
  return allow({ id: absence.id, version: absence.version + 1 })
})

// Many residents put on record at once, as a list of needs names them: set-based, one event each.
import { asDivision, type DivisionCode, type Id, jurisdictionOf } from '../../../kit/id.ts'
import type { Act } from '../../../platform/action.ts'
import { wholeProvince } from '../contract.ts'
import * as many from '../store/many.ts'
import type { Person } from '../store/people.ts'
import { draftPerson } from './person-draft.ts'

type Named = { readonly name: string; readonly phone: string }

async function putOnRecord(act: Act, division: DivisionCode, fresh: readonly Named[]): Promise<void> {
  const province = jurisdictionOf(asDivision(wholeProvince.slice(0, 2)))
  const ids = fresh.map(() => act.newId<'person'>(province))
  await act.platform.cipher.prepare(act.tx, ids)
  const drafts: Person[] = []
  for (const [place, one] of fresh.entries()) {
    const id = ids[place]
    if (id !== undefined) drafts.push(await draftPerson(act, one, id))
  }
  const inserted = await many.insertPersons(act.tx, drafts, act.now)
  const made = drafts.filter(({ id }) => inserted.has(id))
  await many.insertResidences(act.tx, livesOf(act, division, made), act.now)
  for (const { id, state } of made)
    act.record({
      name: 'identity.createPerson',
      of: { kind: 'person', id },
      division,
      state: { to: state },
      data: { staff: false, verified: false },
    })
}

function livesOf(
  act: Act,
  division: DivisionCode,
  persons: readonly Pick<Person, 'id' | 'state'>[],
): many.NewResidence[] {
  return persons.map(({ id, state }) => ({
    id: act.newId<'residence'>(jurisdictionOf(division)),
    person: id,
    division,
    state,
  }))
}

/** Persons by number; who lives in another community is left out. The first name given with a number counts. */
export async function registerMany(
  act: Act,
  division: DivisionCode,
  given: readonly Named[],
): Promise<Map<string, Id<'person'>>> {
  const byBlind = new Map<string, Named>()
  for (const one of given) {
    const blind = act.platform.cipher.blind('phone', one.phone)
    if (!byBlind.has(blind)) byBlind.set(blind, one)
  }
  const blinds = [...byBlind.keys()]
  let holders = await many.listPersonsByPhone(act.tx, blinds)
  const known = new Set(holders.map(({ blind }) => blind))
  const fresh = [...byBlind].filter(([blind]) => !known.has(blind)).map(([, one]) => one)
  if (fresh.length > 0) {
    await putOnRecord(act, division, fresh)
    // Read again: another counter may have registered one of the numbers at the same moment.
    holders = await many.listPersonsByPhone(act.tx, blinds)
  }
  const homeless = holders.filter(({ residence }) => residence === undefined)
  if (homeless.length > 0) {
    await many.insertResidences(act.tx, livesOf(act, division, homeless), act.now)
    for (const { id } of homeless)
      act.record({
        name: 'identity.setResidence',
        of: { kind: 'person', id },
        division,
        data: { onBehalf: true },
      })
  }
  return new Map(
    holders
      .filter(({ residence }) => residence === undefined || residence === division)
      .map(({ blind, id }) => [byBlind.get(blind)?.phone ?? '', id]),
  )
}

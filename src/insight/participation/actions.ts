// Participation: the questions of the desk and of everybody.
import { divisionName } from '../../foundation/divisions/public.ts'
import { levelOf, within } from '../../kit/id.ts'
import { today } from '../../kit/plain-date.ts'
import { allow, forbid, invalid } from '../../kit/ruling.ts'
import { question } from '../../platform/action.ts'
import * as contract from './contract.ts'
import { shareOf } from './rules.ts'
import { type FigureRow, listFigures, listPlaces } from './store.ts'

const some = (value: number | null | undefined) => value ?? undefined

function reader(rows: readonly FigureRow[]) {
  const byKey = new Map(rows.map((row) => [`${row.act} ${row.age_group}`, row]))
  return (act: contract.ParticipationAct, group: contract.TellingGroup) => {
    const row = byKey.get(`${act} ${group}`)
    return { persons: some(row?.persons), adults: some(row?.adults) }
  }
}

export const getParticipation = question(contract.getParticipation, async (ask, { query }) => {
  const mine = ask.scopes.divisions
  const division = query.division ?? mine[0]
  if (division === undefined || !mine.some((own) => within(division, own))) return forbid('forbidden')
  const year = today(ask.now).slice(0, 4)
  const names = { division, divisionName: divisionName(division) ?? division }
  if (levelOf(division) !== 'community') {
    const rows = await listPlaces(ask.tx, division, year)
    const places = rows.map((row) => ({
      division: row.division,
      divisionName: divisionName(row.division) ?? row.division,
      year,
      asOf: row.as_of,
      persons: some(row.persons),
      adults: some(row.adults),
      share: shareOf(some(row.persons), some(row.adults)),
    }))
    return allow({ ...names, places })
  }
  const rows = await listFigures(ask.tx, division, year)
  const read = reader(rows)
  const acts = contract.participationActs.map((act) => ({
    act,
    cells: contract.tellingGroups.map((group) => {
      const { persons, adults } = read(act, group)
      return { group, persons, share: shareOf(persons, adults) }
    }),
  }))
  const adults = contract.tellingGroups.map((group) => ({ group, count: read('any', group).adults }))
  return allow({ ...names, places: [], community: { ...names, year, asOf: rows[0]?.as_of, adults, acts } })
})

export const getParticipationShares = question(
  contract.getParticipationShares,
  async (ask, { query: { division } }) => {
    if (levelOf(division) !== 'community') return invalid([{ path: 'query.division', code: 'not-a-community' }])
    const year = today(ask.now).slice(0, 4)
    const rows = await listFigures(ask.tx, division, year)
    const read = reader(rows)
    const share = (act: contract.ParticipationAct, group: contract.TellingGroup) => {
      const { persons, adults } = read(act, group)
      return shareOf(persons, adults)
    }
    return allow({
      division,
      divisionName: divisionName(division) ?? division,
      year,
      asOf: rows[0]?.as_of,
      shares: contract.participationActs.map((act) => ({ act, share: share(act, 'all') })),
      ages: contract.tellingGroups
        .filter((group) => group !== 'all')
        .map((group) => ({ group, share: share('any', group) })),
    })
  },
)

// Needs: the questions that help people: the category of a text, and undecided needs of the last days that say the same.
import { within } from '../../../kit/id.ts'
import { addDays } from '../../../kit/instant.ts'
import { allow, forbid } from '../../../kit/ruling.ts'
import { question } from '../../../platform/action.ts'
import { listAlikeNeeds as alike, mostAlike, proposeCategory as propose } from '../contract/helpers.ts'
import { groupAlike } from '../rules/duplicates.ts'
import { listUndecided, type UndecidedNeed } from '../store/similar.ts'
import { joinRowId, rowView } from './read.ts'
import { proposeFor } from './categories.ts'

export const proposeCategory = question(propose, async (ask, { body }) => {
  const found = proposeFor(body.text, ask.policy.number('needs.classifier-threshold', body.division))
  return allow({ proposal: found === undefined ? undefined : { ...found, words: [...found.words] } })
})

/** Most needs that are held against each other. */
const mostCompared = 1000

export const listAlikeNeeds = question(alike, async (ask, { query }) => {
  const mine = ask.scopes.divisions
  const asked = query.division
  const place = asked === undefined ? mine[0] : mine.some((own) => within(asked, own)) ? asked : undefined
  if (place === undefined) return forbid('forbidden')
  const rows = await listUndecided(ask.tx, place, addDays(ask.now, -query.days), mostCompared + 1)
  const compared = rows.slice(0, mostCompared)
  const byId = new Map(compared.map((row): [string, UndecidedNeed] => [joinRowId(row), row]))
  // Merging stays within a community: what neighbours elsewhere wrote is another need.
  const groups = [...Map.groupBy(byId, ([, row]) => row.division).values()].flatMap((entries) =>
    groupAlike(
      entries.map(([id, row]) => ({ id, text: row.text })),
      ask.policy.number('needs.alike-percent', place),
    ),
  )
  const shown = groups.sort((one, other) => other.ids.length - one.ids.length).slice(0, mostAlike.groups)
  return allow({
    groups: shown.map(({ ids, percent }) => ({
      percent,
      count: ids.length,
      rows: ids.slice(0, mostAlike.rows).flatMap((id) => {
        const row = byId.get(id)
        return row === undefined ? [] : [rowView(row, ask.now, row.title ?? undefined)]
      }),
    })),
    capped:
      rows.length > mostCompared ||
      groups.length > shown.length ||
      shown.some(({ ids }) => ids.length > mostAlike.rows),
  })
})

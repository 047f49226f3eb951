// Needs: the questions that help people: the category of a text, and undecided needs of the last days that say the same.
import { may } from '../../../kit/actor.ts'
import { within } from '../../../kit/id.ts'
import { addDays } from '../../../kit/instant.ts'
import { allow, forbid } from '../../../kit/ruling.ts'
import { question } from '../../../platform/action.ts'
import * as contract from '../contract/helpers.ts'
import { groupAlike } from '../rules/duplicates.ts'
import { mayRead, reachOf } from '../rules.ts'
import { listNeedRows, textsOf } from '../store.ts'
import { needOf } from '../store/rows.ts'
import { listUndecided, type UndecidedNeed } from '../store/similar.ts'
import { joinRowId, rowView } from './read.ts'
import { proposalFor, proposeFor } from './categories.ts'

export const proposeCategory = question(contract.proposeCategory, async (ask, { body }) => {
  const found = proposeFor(body.text, ask.policy.number('needs.classifier-threshold', body.division))
  return allow({ proposal: found === undefined ? undefined : { ...found, words: [...found.words] } })
})

export const listCategoryProposals = question(contract.listCategoryProposals, async (ask, { body }) => {
  const rows = (await listNeedRows(ask.tx, body.needs)).filter((row) => {
    const need = needOf(row, undefined)
    return need.state === 'submitted' && mayRead(need, ask.actor) && may(ask.actor, 'needs.acceptNeed', reachOf(need))
  })
  // The keys of a page's private needs are fetched with one statement.
  const needs = await Promise.all(rows.map(async (row) => needOf(row, await textsOf(ask.tx, ask.platform.cipher, row))))
  return allow({
    proposals: needs.flatMap((need) => {
      const found = proposalFor(need, ask.policy.number('needs.classifier-threshold', need.division))
      return found === undefined ? [] : [{ id: need.id, ...found, words: [...found.words] }]
    }),
  })
})

/** Most needs that are held against each other. */
const mostCompared = 1000

export const listAlikeNeeds = question(contract.listAlikeNeeds, async (ask, { query }) => {
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
  const shown = groups.sort((one, other) => other.ids.length - one.ids.length).slice(0, contract.mostAlike.groups)
  return allow({
    groups: shown.map(({ ids, percent }) => ({
      percent,
      count: ids.length,
      rows: ids.slice(0, contract.mostAlike.rows).flatMap((id) => {
        const row = byId.get(id)
        if (row === undefined) return []
        return [{ ...rowView(row, ask.now, row.title ?? undefined), text: row.text, place: row.place ?? undefined }]
      }),
    })),
    capped:
      rows.length > mostCompared ||
      groups.length > shown.length ||
      shown.some(({ ids }) => ids.length > contract.mostAlike.rows),
  })
})

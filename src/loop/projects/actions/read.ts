// Projects: lists, the record's view, and what earlier projects of a category cost and achieved.
import { divisionName } from '../../../foundation/divisions/public.ts'
import { type Actor, may } from '../../../kit/actor.ts'
import { joinId, jurisdictionOf } from '../../../kit/id.ts'
import type { Instant } from '../../../kit/instant.ts'
import { countCap } from '../../../kit/listing.ts'
import { type Fen, formatYuan } from '../../../kit/money.ts'
import { type ActionView, actionsOf } from '../../../kit/record-view.ts'
import { absent, allow, forbid, refuse, type Ruling } from '../../../kit/ruling.ts'
import { type Ask, question } from '../../../platform/action.ts'
import { cursorOf, readCursor } from '../../../platform/cursor.ts'
import { listOrganizations } from '../../../registers/organizations/public.ts'
import { listNeeds } from '../../needs/public.ts'
import * as contract from '../contract.ts'
import * as benchmark from '../contract/benchmarks.ts'
import * as rules from '../rules.ts'
import { restOf } from '../rules/parts.ts'
import * as reviewing from '../rules/review.ts'
import * as store from '../store.ts'
import * as lists from '../store/lists.ts'
import * as catalogue from '../store/purchase.ts'
import { findTemplate } from '../store/templates.ts'
import { purchaseYear } from './purchase.ts'

function rowOf(row: lists.ProjectListRow) {
  return {
    id: joinId(row.jurisdiction, row.id),
    number: rules.shownNumber({ number: { year: row.number_year, value: Number(row.number_value) } }),
    title: row.title,
    state: row.state,
    division: row.division,
    divisionName: divisionName(row.division),
    categories: row.categories,
    budget: formatYuan(row.budget as Fen),
    source: row.source,
    mode: row.mode,
    commentUntil: row.comment_until ?? undefined,
    updatedAt: row.updated_at,
  }
}

async function pageOf(ask: Ask, filter: lists.ProjectFilter, query: { size: number; cursor?: string }) {
  const after = readCursor(query.cursor, 1)?.[0]
  const found = await lists.listProjectRows(ask.tx, filter, query.size + 1, after)
  const rows = found.slice(0, query.size)
  const last = rows.at(-1)
  const n = after === undefined ? await lists.listProjectCount(ask.tx, filter, countCap) : undefined
  return {
    rows: rows.map(rowOf),
    next: found.length > query.size && last !== undefined ? cursorOf([last.id]) : undefined,
    count: n === undefined ? undefined : { n: Math.min(n, countCap), capped: n > countCap },
  }
}

export const listProjects = question(contract.listProjects, async (ask, { query }) =>
  allow(
    await pageOf(
      ask,
      { divisions: [query.division], openOnly: true, state: query.state, category: query.category },
      query,
    ),
  ),
)

export const listDeskProjects = question(contract.listDeskProjects, async (ask, { query }) =>
  allow(
    await pageOf(
      ask,
      {
        divisions: ask.scopes.divisions,
        openOnly: false,
        division: query.division,
        state: query.state,
        category: query.category,
      },
      query,
    ),
  ),
)

/** Every verb of the record for this actor. The two ways of submitting are one button. */
function actionViewsOf(project: rules.Project, actor: Actor, now: Instant): ActionView[] {
  const rulings: Record<string, Ruling<unknown>> = {}
  for (const [verb, permission] of Object.entries(rules.projectVerbPermissions) as [
    keyof typeof rules.projectVerbPermissions,
    string,
  ][]) {
    if (verb === 'submitForReview') continue
    const name = verb === 'openComment' ? 'submitProject' : verb
    const reach = verb === 'commentOnProject' ? rules.judgedComment(project).reach : rules.reachOf(project)
    rulings[name] = may(actor, permission, reach) ? rules.standing(project, verb, actor, now) : forbid('forbidden')
  }
  rulings['keepAsTemplate'] = may(actor, 'projects.keepTemplate', rules.reachOf(project))
    ? project.state === 'completed'
      ? allow(true)
      : refuse('not-in-this-state')
    : forbid('forbidden')
  return actionsOf(rulings)
}

export const getProject = question(contract.getProject, async (ask, { params }) => {
  const project = await store.findProject(ask.tx, params.id)
  if (project === undefined || !rules.mayRead(project, ask.actor)) return absent()
  const me = ask.actor.kind === 'person' ? ask.actor.personId : undefined
  const desk = may(ask.actor, 'projects.listDeskProjects', rules.reachOf(project))
  const [needs, comments, item, template, undertaker] = await Promise.all([
    listNeeds(ask.tx, project.needs),
    store.listComments(ask.tx, project, me),
    catalogue.findPurchaseItem(ask.tx, jurisdictionOf(project.division), purchaseYear(ask.now), project.purchaseItem),
    project.template === undefined ? undefined : findTemplate(ask.tx, project.template.id),
    project.venture === undefined ? undefined : listOrganizations(ask.tx, [project.venture.undertaker]),
  ])
  const rest = desk ? restOf(project) : undefined
  return allow({
    id: project.id,
    version: project.version,
    number: rules.shownNumber(project),
    state: project.state,
    division: project.division,
    divisionName: divisionName(project.division),
    title: project.title,
    targetGroup: project.targetGroup,
    goals: project.goals,
    categories: [...project.categories],
    // A private need stays out of the public page, its number too: it could be recognised.
    needs: needs
      .filter((need) => desk || need.visibility === 'public')
      .map(({ id, number, title }) => ({ id, number, title })),
    motion: project.motion,
    activities: [...project.activities],
    results: [...project.results],
    start: project.start,
    end: project.end,
    steps: [...project.steps],
    budgetLines: project.budgetLines.map((line) => ({
      ...line,
      unitPrice: formatYuan(line.unitPrice),
      amount: formatYuan(line.amount),
    })),
    budget: formatYuan(project.budget),
    mode: project.mode,
    source: project.source,
    purchaseItem: { code: project.purchaseItem, name: item?.name ?? '', nameEn: item?.name_en ?? '' },
    partners: [...project.partners],
    facility: project.facility,
    conditions: project.conditions,
    duty:
      project.duty === undefined
        ? undefined
        : { ...project.duty, money: formatYuan(project.duty.money), unfunded: reviewing.isUnfunded(project) },
    evidence: project.evidence,
    commentUntil: project.commentUntil,
    comments: {
      ...project.tally,
      rows: comments.map(({ stance, words, at }) => ({ stance, words: words ?? undefined, at })),
      mine: comments.find((comment) => comment.person === me)?.stance,
    },
    summary: project.summary,
    remarks: desk ? [...project.remarks] : [],
    tender: project.tender,
    contract: project.contract,
    contractValue: project.contractValue === undefined ? undefined : formatYuan(project.contractValue),
    contracts: project.parts.map(({ contract, value, state }) => ({ id: contract, value: formatYuan(value), state })),
    rest: rest === undefined ? undefined : formatYuan(rest),
    cost: project.cost === undefined ? undefined : formatYuan(project.cost),
    score: project.score === undefined ? undefined : project.score / 100,
    endReason: project.endReason,
    undertaker:
      project.venture === undefined
        ? undefined
        : {
            id: project.venture.undertaker,
            name: undertaker?.get(project.venture.undertaker)?.name ?? '',
            proposal: project.venture.proposal,
            award: formatYuan(project.venture.award),
          },
    template:
      project.template === undefined || template === undefined
        ? undefined
        : { ...project.template, title: template.title, newest: template.edition },
    history: [...project.history],
    actions: actionViewsOf(project, ask.actor, ask.now),
  })
})

export const getBenchmarks = question(benchmark.getBenchmarks, async (ask, { query }) => {
  const jurisdiction = jurisdictionOf(query.division)
  const [figures, examples] = await Promise.all([
    lists.getBenchmark(ask.tx, jurisdiction, query.category),
    lists.listCompleted(ask.tx, jurisdiction, query.category),
  ])
  const { cost_least: least, cost_median: median, cost_most: most } = figures
  return allow({
    projects: Number(figures.projects),
    cost:
      least === null || median === null || most === null
        ? undefined
        : { least: formatYuan(least as Fen), median: formatYuan(median as Fen), most: formatYuan(most as Fen) },
    score:
      figures.score_least === null || figures.score_median === null || figures.score_most === null
        ? undefined
        : { least: figures.score_least / 100, median: figures.score_median / 100, most: figures.score_most / 100 },
    examples: examples.map((project) => ({
      id: project.id,
      number: rules.shownNumber(project),
      title: project.title,
      cost: formatYuan(project.cost ?? (0n as Fen)),
      score: (project.score ?? 0) / 100,
      results: [...project.results],
    })),
  })
})

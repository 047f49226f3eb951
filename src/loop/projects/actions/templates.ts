// Projects: keeping templates, their editions, and what they are found by.
import { divisionName } from '../../../foundation/divisions/public.ts'
import { may } from '../../../kit/actor.ts'
import { ancestorAt, joinId, jurisdictionOf } from '../../../kit/id.ts'
import { countCap } from '../../../kit/listing.ts'
import { formatYuan } from '../../../kit/money.ts'
import { actionsOf } from '../../../kit/record-view.ts'
import { absent, allow, forbid, refuse, type Ruling } from '../../../kit/ruling.ts'
import { type Act, action, question } from '../../../platform/action.ts'
import { cursorOf, readCursor } from '../../../platform/cursor.ts'
import * as contract from '../contract/templates.ts'
import { judgedProject, shownNumber } from '../rules.ts'
import * as rules from '../rules/templates.ts'
import { findProject } from '../store.ts'
import { findPurchaseItem } from '../store/purchase.ts'
import * as store from '../store/templates.ts'
import { purchaseYear } from './purchase.ts'

function me(act: Act): string {
  return act.actor.kind === 'person' ? act.actor.personId : 'system'
}

/** Whether the catalogue has the item; a template may leave it open. */
async function itemIsKnown(act: Act, division: rules.Template['division'], code: string | undefined): Promise<boolean> {
  if (code === undefined) return true
  return (await findPurchaseItem(act.tx, jurisdictionOf(division), purchaseYear(act.now), code)) !== undefined
}

function recordTemplate(
  act: Act,
  verb: string,
  before: rules.Template | undefined,
  after: rules.Template,
  project?: string,
): void {
  act.record({
    name: `projects.${verb}`,
    of: { kind: 'project-template', id: after.id },
    division: after.division,
    state: { from: before?.state, to: after.state },
    links: project === undefined ? undefined : [{ kind: 'project', id: project }],
    data: { edition: after.edition, categories: after.categories },
  })
}

function answerOf(template: rules.Template) {
  return allow({ id: template.id, version: template.version, state: template.state })
}

function newTemplate(
  act: Act,
  division: rules.Template['division'],
  design: rules.TemplateDesign,
  fromProject?: string,
): rules.Template {
  return {
    ...design,
    id: act.newId<'project-template'>(jurisdictionOf(division)),
    division,
    state: 'offered',
    version: 1,
    edition: 1,
    fromProject,
    createdAt: act.now,
    updatedAt: act.now,
    history: [{ state: 'offered', at: act.now }],
  }
}

export const makeTemplate = action(contract.makeTemplate, async (act, { body }) => {
  const { division, ...design } = body
  const known = await itemIsKnown(act, division, design.purchaseItem)
  const ruling = await act.judge(
    { reach: { division } },
    () => rules.checkTemplate(design, division, known) ?? allow(true),
  )
  if (!ruling.ok) return ruling
  const template = newTemplate(act, division, design)
  await store.insertTemplate(act.tx, template, { by: me(act) })
  recordTemplate(act, 'makeTemplate', undefined, template)
  return answerOf(template)
})

export const editTemplate = action(contract.editTemplate, async (act, { params, body }) => {
  const template = await store.findTemplateForUpdate(act.tx, params.id)
  if (template === undefined) return absent()
  const { note, ...design } = body
  const known = await itemIsKnown(act, template.division, design.purchaseItem)
  const ruling = await act.judge(rules.judgedTemplate(template), () =>
    rules.editTemplate(template, act.now, design, known),
  )
  if (!ruling.ok) return ruling
  await store.saveTemplate(act.tx, ruling.value, { by: me(act), note })
  recordTemplate(act, 'editTemplate', template, ruling.value)
  return answerOf(ruling.value)
})

export const retireTemplate = action(contract.retireTemplate, async (act, { params, body }) => {
  const template = await store.findTemplateForUpdate(act.tx, params.id)
  if (template === undefined) return absent()
  const ruling = await act.judge(rules.judgedTemplate(template), () => rules.retireTemplate(template, act.now, body))
  if (!ruling.ok) return ruling
  await store.saveTemplate(act.tx, ruling.value)
  recordTemplate(act, 'retireTemplate', template, ruling.value)
  return answerOf(ruling.value)
})

export const offerTemplateAgain = action(contract.offerTemplateAgain, async (act, { params }) => {
  const template = await store.findTemplateForUpdate(act.tx, params.id)
  if (template === undefined) return absent()
  const ruling = await act.judge(rules.judgedTemplate(template), () => rules.offerTemplateAgain(template, act.now))
  if (!ruling.ok) return ruling
  await store.saveTemplate(act.tx, ruling.value)
  recordTemplate(act, 'offerTemplateAgain', template, ruling.value)
  return answerOf(ruling.value)
})

export const keepAsTemplate = action(contract.keepAsTemplate, async (act, { params, body }) => {
  const project = await findProject(act.tx, params.id)
  if (project === undefined) return absent()
  const ruling = await act.judge({ reach: judgedProject(project).reach }, (): Ruling<rules.Template> => {
    const design = rules.designOfProject(project, body.title)
    if (!design.ok) return design
    const division = ancestorAt(project.division, body.for) ?? project.division
    // The project is in reach; the place that would keep its template must be too.
    if (!may(act.actor, 'projects.keepTemplate', { division })) return forbid('forbidden')
    const template = newTemplate(act, division, design.value, project.id)
    return rules.checkTemplate(template, division, true) ?? allow(template)
  })
  if (!ruling.ok) return ruling
  if (!(await store.insertTemplate(act.tx, ruling.value, { by: me(act) }))) return refuse('kept-before')
  recordTemplate(act, 'keepAsTemplate', undefined, ruling.value, project.id)
  return answerOf(ruling.value)
})

export const listTemplates = question(contract.listTemplates, async (ask, { query }) => {
  const after = readCursor(query.cursor, 1)?.[0]
  const { divisions } = ask.scopes
  const filter: store.TemplateFilter = {
    divisions,
    keepers: divisions.flatMap(rules.keepersFor),
    offeredBy: query.offeredTo === undefined ? undefined : rules.keepersFor(query.offeredTo),
    state: query.state,
    category: query.category,
  }
  const found = await store.listTemplateRows(ask.tx, filter, query.size + 1, after)
  const rows = found.slice(0, query.size)
  const last = rows.at(-1)
  const n = after === undefined ? await store.listTemplateCount(ask.tx, filter, countCap) : undefined
  return allow({
    rows: rows.map((row) => ({
      id: joinId(row.jurisdiction, row.id),
      title: row.title,
      state: row.state,
      edition: row.edition,
      division: row.division,
      divisionName: divisionName(row.division),
      categories: row.categories,
      updatedAt: row.updated_at,
    })),
    next: found.length > query.size && last !== undefined ? cursorOf([last.id]) : undefined,
    count: n === undefined ? undefined : { n: Math.min(n, countCap), capped: n > countCap },
  })
})

export const getTemplate = question(contract.getTemplate, async (ask, { params, query }) => {
  const template = await store.findTemplate(ask.tx, params.id)
  if (template === undefined || !rules.mayReadTemplate(template, ask.actor)) return absent()
  const edition = query.edition ?? template.edition
  const [design, editions, projects, from] = await Promise.all([
    edition === template.edition ? template : store.findEdition(ask.tx, template.id, edition),
    store.listEditions(ask.tx, template.id),
    store.listProjectsOfTemplate(ask.tx, template.id, ask.scopes.divisions),
    template.fromProject === undefined ? undefined : findProject(ask.tx, template.fromProject),
  ])
  if (design === undefined) return absent()
  const keeper = may(ask.actor, 'projects.keepTemplate', rules.reachOfTemplate(template))
  return allow({
    id: template.id,
    version: template.version,
    state: template.state,
    division: template.division,
    divisionName: divisionName(template.division),
    edition,
    newest: template.edition,
    title: design.title,
    targetGroup: design.targetGroup,
    goals: design.goals,
    categories: [...design.categories],
    activities: [...design.activities],
    results: [...design.results],
    budgetShares: [...design.budgetShares],
    partners: [...design.partners],
    purchaseItem: design.purchaseItem,
    fromProject: from === undefined ? undefined : { id: from.id, number: shownNumber(from), title: from.title },
    endReason: template.endReason,
    editions: editions.map((each) => ({ edition: each.edition, at: each.at, note: each.note ?? undefined })),
    projects: projects.map((project) => ({
      id: project.id,
      number: shownNumber(project),
      title: project.title,
      state: project.state,
      edition: project.template?.edition ?? 1,
      cost: project.cost === undefined ? undefined : formatYuan(project.cost),
      score: project.score === undefined ? undefined : project.score / 100,
    })),
    history: [...template.history],
    actions: actionsOf(
      Object.fromEntries(
        rules.templateVerbs.map((verb) => [
          verb,
          keeper ? rules.templateStanding(template, verb) : forbid('forbidden'),
        ]),
      ),
    ),
  })
})

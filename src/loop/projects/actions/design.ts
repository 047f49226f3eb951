// Projects: designing, editing, submitting, giving up. Needs are taken onto the project's route with the design.
import { endOfDay } from '../../../kit/working-days.ts'
import { jurisdictionOf } from '../../../kit/id.ts'
import { absent, allow, type Ruling } from '../../../kit/ruling.ts'
import { type Act, action } from '../../../platform/action.ts'
import { numbersTaken, yearOfNumbers } from '../../../platform/numbers.ts'
import { getResolution } from '../../deliberation/public.ts'
import { endRoute, endRouteOfHeld, type HeldNeed, holdNeeds, listNeeds, takeHeldNeeds } from '../../needs/public.ts'
import * as contract from '../contract.ts'
import * as rules from '../rules.ts'
import * as drafting from '../rules/design.ts'
import * as reviewing from '../rules/review.ts'
import { checkOrigin, type Template } from '../rules/templates.ts'
import * as store from '../store.ts'
import * as catalogue from '../store/purchase.ts'
import * as templates from '../store/templates.ts'
import { originsOf, recordProject, termsOf } from './recording.ts'
import { purchaseYear } from './purchase.ts'

/** The purchase catalogue's item, and the template that the design names as its origin. */
async function itemAndOrigin(
  act: Act,
  design: rules.ProjectDesign,
  division: rules.Project['division'],
  origin?: rules.Project['template'],
): Promise<{ itemKnown: boolean; template?: Template }> {
  if (origin !== undefined) return templates.findTemplateWithItem(act.tx, origin.id, design.purchaseItem)
  const year = purchaseYear(act.now)
  const item = await catalogue.findPurchaseItem(act.tx, jurisdictionOf(division), year, design.purchaseItem)
  return { itemKnown: item !== undefined }
}

/** What a design names elsewhere, as deliberation and the held needs tell. */
async function namedElsewhere(
  act: Act,
  design: rules.ProjectDesign,
  held: readonly HeldNeed[],
  itemKnown: boolean,
): Promise<drafting.NamedElsewhere> {
  return {
    needs: held.map(({ card }) => card),
    resolution: design.motion === undefined ? undefined : await getResolution(act.tx, design.motion),
    itemKnown,
  }
}

/** The needs' plan runs to the end of the project's schedule: the next date that residents can hold someone to. */
function takeNeeds(act: Act, project: rules.Project, held: readonly HeldNeed[]): Promise<Ruling<void>> {
  return takeHeldNeeds(act, held, {
    route: 'project',
    by: { kind: 'project', id: project.id },
    plannedUntil: endOfDay(project.end),
  })
}

/** A project of a venture call as its domain hands it over: judged there, checked here like every design. */
export type VentureProject = {
  readonly design: rules.ProjectDesign
  readonly division: rules.Project['division']
  readonly venture: rules.Venture
}

/** A new project with the organization of an award as its undertaker, its needs on its route. Refuses invalid-input, and what takeRoute refuses. */
export async function makeVentureProject(act: Act, made: VentureProject): Promise<Ruling<rules.Project>> {
  const { design, division, venture } = made
  const held = await holdNeeds(act, design.needs)
  // The catalogue was asked when the call was planned, and loses no item.
  const named = await namedElsewhere(act, design, held, true)
  const fault = drafting.checkDesign(design, division, venture) ?? drafting.checkNamed(design, division, named)
  if (fault !== undefined) return fault
  const jurisdiction = jurisdictionOf(division)
  const bare: rules.Project = { ...newProject(act, design, division), id: act.newId<'project'>(jurisdiction), venture }
  const taken = await takeNeeds(act, bare, held)
  if (!taken.ok) return taken
  const project = await numbered(act, bare)
  recordProject(act, 'makeVentureProject', undefined, project, {
    links: [...originsOf(project), { kind: 'venture-proposal', id: venture.proposal }],
    data: { needs: project.needs, votes: venture.publicVotes },
    amount: project.budget,
  })
  return allow(project)
}

/** Inserted with its number, the last thing that an act waits for. */
async function numbered(act: Act, project: rules.Project): Promise<rules.Project> {
  const number = numbersTaken('project', jurisdictionOf(project.division), 1, act.now)
  const value = await store.insertProject(act.tx, project, act.now, number)
  return { ...project, number: { ...project.number, value } }
}

/** A project as it begins; its id comes with its place, its number when it is inserted. */
function newProject(
  act: Act,
  design: rules.ProjectDesign,
  division: rules.Project['division'],
): Omit<rules.Project, 'id'> {
  return {
    ...design,
    number: { year: yearOfNumbers(act.now), value: 0 },
    division,
    state: 'drafting',
    version: 1,
    designers: act.actor.kind === 'person' ? [act.actor.personId] : [],
    createdAt: act.now,
    round: 0,
    parts: [],
    awaited: 0,
    tally: { agree: 0, disagree: 0, neutral: 0 },
    remarks: [],
    history: [{ state: 'drafting', at: act.now }],
  }
}

export const designProject = action(contract.designProject, async (act, { body }) => {
  const { division, template: origin, ...design } = body
  const { itemKnown, template } = await itemAndOrigin(act, design, division, origin)
  const held = await holdNeeds(act, design.needs)
  const named = await namedElsewhere(act, design, held, itemKnown)
  const ruling = await act.judge(
    { reach: { division } },
    () =>
      drafting.checkDesign(design, division) ??
      drafting.checkNamed(design, division, named) ??
      checkOrigin(origin, template, division) ??
      allow(true),
  )
  if (!ruling.ok) return ruling
  const jurisdiction = jurisdictionOf(division)
  const bare: rules.Project = {
    ...newProject(act, design, division),
    id: act.newId<'project'>(jurisdiction),
    template: origin,
  }
  const taken = await takeNeeds(act, bare, held)
  if (!taken.ok) return taken
  const project = await numbered(act, bare)
  recordProject(act, 'designProject', undefined, project, {
    links: originsOf(project),
    data: { needs: project.needs, template: origin?.id ?? null, edition: origin?.edition ?? null },
    amount: project.budget,
  })
  return allow({ id: project.id, version: project.version, state: project.state, number: rules.shownNumber(project) })
})

export const editProject = action(contract.editProject, async (act, { params, body }) => {
  const project = await store.findProjectForUpdate(act.tx, params.id)
  if (project === undefined) return absent()
  const { itemKnown } = await itemAndOrigin(act, body, project.division)
  const held = await holdNeeds(act, [...new Set([...project.needs, ...body.needs])])
  const of = (ids: readonly string[]) => held.filter(({ card }) => ids.includes(card.id))
  const named = await namedElsewhere(act, body, of(body.needs), itemKnown)
  const ruling = await act.judge(rules.judgedProject(project), () => {
    const edited = drafting.editProject(project, act.actor, act.now, body)
    return edited.ok ? (drafting.checkNamed(body, project.division, named) ?? edited) : edited
  })
  if (!ruling.ok) return ruling
  const next = ruling.value
  act.save(jurisdictionOf(next.division), store.projectSaved(next, act.now))
  const left = project.needs.filter((need) => !next.needs.includes(need))
  const joined = next.needs.filter((need) => !project.needs.includes(need))
  const ended = await endRouteOfHeld(act, of(left), {
    by: { kind: 'project', id: project.id },
    reason: 'left-out-of-project',
  })
  if (!ended.ok) return ended
  const taken = await takeNeeds(act, next, of(joined))
  if (!taken.ok) return taken
  recordProject(act, 'editProject', project, next, {
    links: originsOf({ needs: joined, motion: next.motion }),
    data: { joined, left },
    amount: next.budget,
  })
  return allow({ id: next.id, version: next.version, state: next.state })
})

export const submitProject = action(contract.submitProject, async (act, { params, body }) => {
  const project = await store.findProjectForUpdate(act.tx, params.id)
  if (project === undefined) return absent()
  const cards = await listNeeds(act.tx, project.needs)
  const supports = cards.reduce((total, need) => total + need.verifiedSupports, 0)
  const ruling = await act.judge(rules.judgedProject(project), () =>
    reviewing.submitProject(project, act.actor, act.now, body, supports, termsOf(act, project.division)),
  )
  if (!ruling.ok) return ruling
  const next = ruling.value
  await store.saveProject(act.tx, next, act.now)
  recordProject(act, 'submitProject', project, next, {
    data: { to: body.to, evidence: next.evidence?.kind ?? null, until: next.commentUntil ?? null },
    amount: next.budget,
  })
  return allow({ id: next.id, version: next.version, state: next.state })
})

export const terminateProject = action(contract.terminateProject, async (act, { params, body }) => {
  const project = await store.findProjectForUpdate(act.tx, params.id)
  if (project === undefined) return absent()
  const ruling = await act.judge(rules.judgedProject(project), () =>
    reviewing.terminateProject(project, act.actor, act.now, body),
  )
  if (!ruling.ok) return ruling
  const next = ruling.value
  await store.saveProject(act.tx, next, act.now)
  const ended = await endRoute(act, {
    needs: next.needs,
    by: { kind: 'project', id: next.id },
    reason: 'project-terminated',
  })
  if (!ended.ok) return ended
  recordProject(act, 'terminateProject', project, next)
  return allow({ id: next.id, version: next.version, state: next.state })
})

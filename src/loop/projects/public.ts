// Projects: what other domains may ask, and the moves by which procurement, contracts, delivery and evaluation carry a project on.
import { type DivisionCode, type Jurisdiction, jurisdictionOf } from '../../kit/id.ts'
import { type Fen, ZERO_FEN } from '../../kit/money.ts'
import { allow, type Ruling } from '../../kit/ruling.ts'
import type { Act } from '../../platform/action.ts'
import type { Tx } from '../../platform/database.ts'
import type { Source } from '../../registers/funds/contract.ts'
import * as design from './actions/design.ts'
import { carryOn } from './actions/moves.ts'
import type { ProjectMode, ProjectState } from './contract.ts'
import { type ExpectedResult, type Project, shownNumber, type Venture } from './rules.ts'
import * as parts from './rules/parts.ts'
import { findProject } from './store.ts'
import { findPurchaseItem } from './store/purchase.ts'

/** A project as other domains work with it. */
export type ProjectCard = {
  readonly id: string
  readonly number: string
  readonly title: string
  readonly division: DivisionCode
  readonly state: ProjectState
  readonly needs: readonly string[]
  readonly motion?: string
  readonly budget: Fen
  readonly source: Source
  readonly mode: ProjectMode
  readonly categories: readonly string[]
  /** Who designed it: they neither review nor score. */
  readonly designerPersons: readonly string[]
  readonly purchaseItem: string
  readonly results: readonly ExpectedResult[]
  readonly start: string
  readonly end: string
  readonly tender?: string
  readonly contract?: string
  /** All of them, in the order in which they came into force. */
  readonly contracts: readonly string[]
  /** Names of the activities of its design. */
  readonly activities: readonly string[]
  /** Fen that may be tendered again: of lots that failed while others are under contract. */
  readonly rest?: Fen
  /** Of a venture call: the award on which its contract stands. */
  readonly venture?: Venture
  readonly version: number
}

function cardOf(project: Project): ProjectCard {
  return {
    id: project.id,
    number: shownNumber(project),
    title: project.title,
    division: project.division,
    state: project.state,
    needs: project.needs,
    motion: project.motion,
    budget: project.budget,
    source: project.source,
    mode: project.mode,
    categories: project.categories,
    designerPersons: project.designers,
    purchaseItem: project.purchaseItem,
    results: project.results,
    start: project.start,
    end: project.end,
    tender: project.tender,
    contract: project.contract,
    contracts: project.parts.map((part) => part.contract),
    activities: project.activities.map((activity) => activity.name),
    rest: parts.restOf(project),
    venture: project.venture,
    version: project.version,
  }
}

/** The card of a project; throws when there is none: ids come from records. */
export async function getProject(tx: Tx, id: string): Promise<ProjectCard> {
  const project = await findProject(tx, id)
  if (project === undefined) throw new Error('no such project')
  return cardOf(project)
}

/** Like getProject, undefined where there is none (ids from a request). */
export async function lookUpProject(tx: Tx, id: string): Promise<ProjectCard | undefined> {
  const project = await findProject(tx, id)
  return project === undefined ? undefined : cardOf(project)
}

/** A venture call's award becomes a project, in drafting; answers its card. Refuses invalid-input, need-unknown, need-on-other-route, not-in-this-state. */
export async function makeVentureProject(act: Act, made: design.VentureProject): Promise<Ruling<ProjectCard>> {
  const project = await design.makeVentureProject(act, made)
  return project.ok ? allow(cardOf(project.value)) : project
}

/** approved -> tendering; of a project under contract in part, what failed is tendered again. Refuses not-in-this-state, and a project of a venture call. */
export function projectTendered(act: Act, id: string, tender: string): Promise<Ruling<void>> {
  return carryOn(act, id, (project) => parts.beginTender(project, act.actor, act.now, tender), { tender })
}

/** tendering -> approved: the tender failed or was cancelled; `reason` is a code, `budget` (fen) what it could have cost. */
export function projectTenderFailed(
  act: Act,
  id: string,
  reason: Extract<parts.ProjectEnd, 'tender-failed' | 'tender-cancelled'>,
  budget = ZERO_FEN,
): Promise<Ruling<void>> {
  return carryOn(act, id, (project) => parts.endTender(project, act.actor, act.now, budget, reason), { reason })
}

/** Some lots of its tender failed: the ceilings of all of them in fen, and how many contracts of the others are to come. */
export function projectLotsFailed(
  act: Act,
  id: string,
  lots: { readonly rest: Fen; readonly awaited: number },
): Promise<Ruling<void>> {
  const data = { rest: lots.rest.toString(), awaited: lots.awaited }
  return carryOn(act, id, (project) => parts.failLots(project, act.actor, act.now, lots), data)
}

/**
 * tendering, or of a venture call approved -> contracted, with the contract and its value in fen. `awaited`: contracts of other lots of the
 * same tender that are still to come.
 */
export function projectContracted(
  act: Act,
  id: string,
  contract: string,
  value: Fen,
  awaited = 0,
): Promise<Ruling<void>> {
  const part = { contract, value, awaited }
  return carryOn(act, id, (project) => parts.addPart(project, act.actor, act.now, part), { contract })
}

/** contracted -> delivering, once one of its contracts is. Without naming the contract: the only one. */
export function projectDelivering(act: Act, id: string, contract?: string): Promise<Ruling<void>> {
  const to = { state: 'delivering' } as const
  return carryOn(act, id, (project) => parts.movePart(project, act.actor, act.now, contract, to), { contract })
}

/** delivering -> evaluating, once all of its contracts that go on are. */
export function projectEvaluating(act: Act, id: string, contract?: string): Promise<Ruling<void>> {
  const to = { state: 'evaluating' } as const
  return carryOn(act, id, (project) => parts.movePart(project, act.actor, act.now, contract, to), { contract })
}

/**
 * A contract was completed with its final cost in fen and the final evaluation's score (0 to 100, at most two decimals); with the last one
 * evaluating -> completed. Its needs are answered: `words` say what was done.
 */
export function projectCompleted(
  act: Act,
  id: string,
  result: { contract?: string; cost: Fen; score: number; words?: string },
): Promise<Ruling<void>> {
  const { contract, cost, words } = result
  const to = { state: 'completed', cost, score: Math.round(result.score * 100) } as const
  const rule = (project: Project) => parts.movePart(project, act.actor, act.now, contract, to)
  return carryOn(act, id, rule, { contract, score: to.score }, { words })
}

/**
 * A contract ended early, at a cost in fen (what was and what must still be paid); with the last one contracted, delivering or evaluating ->
 * terminated unless another was completed, and its needs go back to the community. `reason` is a code.
 */
export function projectTerminated(
  act: Act,
  id: string,
  end: { readonly contract?: string; readonly cost: Fen; readonly reason: parts.ProjectEnd },
): Promise<Ruling<void>> {
  const { contract, cost, reason } = end
  const to = { state: 'terminated', cost } as const
  return carryOn(act, id, (project) => parts.movePart(project, act.actor, act.now, contract, to, reason), { contract })
}

/** Whether the purchase catalogue has an item, whatever a county's list says of it. */
export async function purchaseItemIsKnown(
  tx: Tx,
  jurisdiction: Jurisdiction,
  year: number,
  code: string,
): Promise<boolean> {
  return (await findPurchaseItem(tx, jurisdiction, year, code)) !== undefined
}

/** What everybody may read of an approved project, with the name of its item of the purchase catalogue. */
export type PublishedProject = ProjectCard & {
  readonly goals: string
  readonly item: { readonly code: string; readonly name: string }
}

/** Throws when there is none: ids come from records. */
export async function getPublishedProject(tx: Tx, id: string): Promise<PublishedProject> {
  const project = await findProject(tx, id)
  if (project === undefined) throw new Error('no such project')
  const year = Number(project.start.slice(0, 4))
  const item = await findPurchaseItem(tx, jurisdictionOf(project.division), year, project.purchaseItem)
  return { ...cardOf(project), goals: project.goals, item: { code: project.purchaseItem, name: item?.name ?? '' } }
}

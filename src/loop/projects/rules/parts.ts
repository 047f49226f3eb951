// Projects: carried out under one contract, or under several where its tender had lots: what each of them does to the project's state. Pure.
import type { Actor } from '../../../kit/actor.ts'
import type { Instant } from '../../../kit/instant.ts'
import { type Fen, fen, sum } from '../../../kit/money.ts'
import { allow, refuse, type Ruling } from '../../../kit/ruling.ts'
import type { ProjectState } from '../contract.ts'
import { moved, type Project, type ProjectVerb, standing } from '../rules.ts'

export const partStates = ['contracted', 'delivering', 'evaluating', 'completed', 'terminated'] as const
export type PartState = (typeof partStates)[number]

/** A contract of the project, with the state in which the project would be if it were the only one. */
export type Part = {
  readonly contract: string
  readonly value: Fen
  readonly state: PartState
  readonly cost?: Fen
  /** Hundredths of a point. */
  readonly score?: number
}

/** Why a project ended where nobody said it in a sentence: what ended, and nothing else was to come. */
export const projectEnds = ['contract-terminated', 'lots-failed', 'tender-failed', 'tender-cancelled'] as const
export type ProjectEnd = (typeof projectEnds)[number]

const ended: readonly PartState[] = ['completed', 'terminated']
const before: Readonly<Record<PartState, readonly PartState[]>> = {
  contracted: [],
  delivering: ['contracted'],
  evaluating: ['delivering'],
  completed: ['evaluating'],
  terminated: ['contracted', 'delivering', 'evaluating'],
}

/** What its contracts make of a project: as far as the one that is least far, never back; ended with the last one and when none is to come. */
export function stateOf(project: Pick<Project, 'state' | 'parts' | 'awaited'>): ProjectState {
  const { state, parts, awaited } = project
  if (parts.length === 0) return state
  const open = parts.filter((part) => !ended.includes(part.state))
  if (open.length === 0 && awaited === 0)
    return parts.some((part) => part.state === 'completed') ? 'completed' : 'terminated'
  if (awaited === 0 && open.every((part) => part.state === 'evaluating')) return 'evaluating'
  const begun = parts.some((part) => part.state !== 'contracted' && part.state !== 'terminated')
  return begun || state === 'delivering' ? 'delivering' : 'contracted'
}

/** What may be tendered again: nothing while a tender still runs or contracts of it are to come. */
export function restOf(project: Project): Fen | undefined {
  return (project.state === 'contracted' || project.state === 'delivering') && project.awaited === 0
    ? project.rest
    : undefined
}

const verbOf = {
  contracted: 'projectContracted',
  delivering: 'projectDelivering',
  evaluating: 'projectEvaluating',
  completed: 'projectCompleted',
  terminated: 'projectTerminated',
} as const satisfies Record<PartState, ProjectVerb>

export type Moved = { readonly verb: ProjectVerb; readonly project: Project }

/**
 * Sums of what was agreed and, at the end, of what it cost and how it was judged: one that ended early cost what was paid for it, too; the score
 * is that of the others, weighted by their values.
 */
function sums({ parts, state }: Project): Partial<Project> {
  const contractValue = sum(parts.map((part) => part.value))
  if (state !== 'completed') return { contractValue }
  const done = parts.filter((part) => part.state === 'completed')
  const values = sum(done.map((part) => part.value))
  const points = done.reduce((all, part) => all + BigInt(part.score ?? 0) * part.value, 0n)
  return {
    contractValue,
    cost: sum(parts.map((part) => part.cost ?? fen(0n))),
    score: values > 0n ? Number(points / values) : 0,
  }
}

/** The project with other contracts, or with fewer to come: by the verb that leads to its new state, by `quiet` when its state stays. */
function settled(
  project: Project,
  quiet: ProjectVerb,
  actor: Actor,
  now: Instant,
  changes: Partial<Project>,
  endReason?: ProjectEnd,
): Ruling<Moved> {
  const next = { ...project, ...changes }
  const target = stateOf(next)
  const leads = partStates.find((state) => state === target)
  const verb = target === project.state || leads === undefined ? quiet : verbOf[leads]
  const state = standing(project, verb, actor, now)
  if (!state.ok) return state
  const end = target === 'completed' ? { completedAt: now } : target === 'terminated' ? { endReason } : {}
  const whole = { ...changes, ...end, ...(next.parts.length === 0 ? {} : sums({ ...next, state: state.value })) }
  return allow({ verb, project: moved(project, state.value, now, whole) })
}

/** A contract came into force; `awaited`: how many of the same tender are still to come. */
export function addPart(
  project: Project,
  actor: Actor,
  now: Instant,
  { contract, value, awaited }: { readonly contract: string; readonly value: Fen; readonly awaited: number },
): Ruling<Moved> {
  const isFirst = project.parts.length === 0
  const open = standing(project, isFirst ? 'projectContracted' : 'projectPart', actor, now)
  if (!open.ok) return open
  if (!isFirst && project.awaited === 0)
    return refuse('not-in-this-state', { state: project.state, verb: 'projectContracted' })
  const parts: Part[] = [...project.parts, { contract, value, state: 'contracted' }]
  const changes = { parts, awaited, contract: project.contract ?? contract }
  if (!isFirst) return settled(project, 'projectPart', actor, now, changes)
  const whole = { ...changes, contractValue: value }
  return allow({ verb: 'projectContracted', project: moved(project, open.value, now, whole) })
}

/** One of its contracts goes on to `to`; without naming it, the only one that can. */
export function movePart(
  project: Project,
  actor: Actor,
  now: Instant,
  contract: string | undefined,
  to: { readonly state: PartState; readonly cost?: Fen; readonly score?: number },
  endReason?: ProjectEnd,
): Ruling<Moved> {
  const part = project.parts.find(
    (each) => (contract === undefined || each.contract === contract) && before[to.state].includes(each.state),
  )
  if (part === undefined) {
    const open = standing(project, verbOf[to.state], actor, now)
    return open.ok ? refuse('not-in-this-state', { state: project.state, verb: verbOf[to.state] }) : open
  }
  const parts = project.parts.map((each) => (each === part ? { ...each, ...to } : each))
  return settled(project, 'projectPart', actor, now, { parts }, endReason)
}

/** Its tender began: the only one, or one for what failed of an earlier one. */
export function beginTender(project: Project, actor: Actor, now: Instant, tender: string): Ruling<Moved> {
  const state = standing(project, 'projectTendered', actor, now)
  if (!state.ok) return state
  const again = project.parts.length > 0
  if (again && restOf(project) === undefined)
    return refuse('not-in-this-state', { state: project.state, verb: 'projectTendered' })
  const changes = { tender, rest: undefined, awaited: again ? 1 : 0 }
  return allow({ verb: 'projectTendered', project: moved(project, state.value, now, changes) })
}

/** Its tender ended without award. Of a project under contract in part, what was tendered again may be once more: `rest`; where nothing else goes on, it ends for that `reason`. */
export function endTender(
  project: Project,
  actor: Actor,
  now: Instant,
  rest: Fen,
  reason: ProjectEnd = 'tender-failed',
): Ruling<Moved> {
  if (project.parts.length === 0) {
    const state = standing(project, 'projectTenderFailed', actor, now)
    return state.ok
      ? allow({
          verb: 'projectTenderFailed',
          project: moved(project, state.value, now, { tender: undefined, rest: undefined }),
        })
      : state
  }
  return project.awaited === 0
    ? refuse('not-in-this-state', { state: project.state, verb: 'projectTenderFailed' })
    : settled(project, 'projectTenderFailed', actor, now, { rest, awaited: 0 }, reason)
}

/** Some lots of its tender failed: `rest`, what they could have cost, all together; `awaited`: contracts of the others that are to come. */
export function failLots(
  project: Project,
  actor: Actor,
  now: Instant,
  { rest, awaited }: { readonly rest: Fen; readonly awaited: number },
): Ruling<Moved> {
  const changes = { rest, awaited: project.parts.length === 0 ? 0 : awaited }
  return settled(project, 'projectLotsFailed', actor, now, changes, 'lots-failed')
}

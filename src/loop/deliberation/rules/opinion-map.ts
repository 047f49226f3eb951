// Deliberation: the map of opinions from who agreed with what: places, groups, what all share and what divides them. Pure.
import { type Axes, axesOf, placeOf, type Point, type Votes } from './axes.ts'
import { clustersOf, nearest } from './clusters.ts'

/** Nobody is shown in a group of fewer, and no share is told of fewer opinions: the house's rule for small cells. */
export const leastInGroup = 5
/** Opinions that somebody gave before having a place: fewer say too little. */
export const leastOpinions = 3
/** Statements and residents that one map takes in: those with the most opinions. */
export const mostStatements = 100
export const mostVoters = 3000

/** A share that counts as shared by a group: three in five. */
const sharedBy = 0.6
/** Difference between two groups from which a statement divides them. */
const dividing = 0.35
const mostListed = 5

export const groupNames = ['A', 'B', 'C', 'D', 'E'] as const
export type GroupName = (typeof groupNames)[number]

/** Opinions of one resident by statement; who it is stays outside of this file. */
export type Ballot = ReadonlyMap<string, 'agree' | 'disagree' | 'pass'>

/** Of those of a group who gave an opinion, in percent, to the nearest five; absent: fewer than five gave one. */
export type Share = { readonly agree: number; readonly disagree: number }

export type OpinionGroup = {
  readonly name: GroupName
  readonly people: number
  readonly x: number
  readonly y: number
  /** Mean distance of its people from its middle. */
  readonly spread: number
  /** Statements by which it differs most from the others, and which way. */
  readonly typical: readonly { readonly statement: string; readonly opinion: 'agree' | 'disagree' }[]
}

export type MappedStatement = {
  readonly statement: string
  /** By group, in their order. */
  readonly shares: readonly (Share | null)[]
}

export type OpinionMap = {
  readonly voters: number
  readonly groups: readonly OpinionGroup[]
  /** Statements that somebody reads of: common, dividing, typical ones. */
  readonly statements: readonly MappedStatement[]
  /** Most of every group agree, or most of every group disagree; the clearest first. */
  readonly common: readonly string[]
  /** Groups think differently; the widest gap first. */
  readonly divides: readonly string[]
}

/** What the next map starts from, and what places a reader: nothing about any person. */
export type MapBasis = {
  readonly statements: readonly string[]
  readonly axes: Axes
  readonly centers: readonly Point[]
}

const weight = { agree: 1, disagree: -1, pass: 0 } as const

function votesOf(ballot: Ballot, statements: readonly string[]): Votes {
  return statements.map((statement) => {
    const opinion = ballot.get(statement)
    return opinion === undefined ? undefined : weight[opinion]
  })
}

/** Rows in an order that depends on what was said alone: who said it, and in which order they came, changes nothing. */
function sorted(rows: readonly Votes[]): Votes[] {
  const keyed = rows.map((row) => ({
    row,
    key: row.map((vote) => (vote === undefined ? '_' : String(vote + 1))).join(''),
  }))
  return keyed.sort((one, other) => (one.key < other.key ? -1 : one.key > other.key ? 1 : 0)).map(({ row }) => row)
}

/** The last directions as they lie over the statements of today; a statement that is new begins at nothing. */
function carried(basis: MapBasis | undefined, statements: readonly string[]): Axes['components'] | undefined {
  if (basis === undefined) return undefined
  const place = new Map(basis.statements.map((statement, index) => [statement, index]))
  const over = (component: readonly number[]) =>
    statements.map((statement) => component[place.get(statement) ?? -1] ?? 0)
  return [over(basis.axes.components[0]), over(basis.axes.components[1])]
}

type Tally = { agree: number; disagree: number; given: number }

function talliesOf(rows: readonly Votes[], column: number, of: readonly number[], groups: number): Tally[] {
  const tallies = Array.from({ length: groups }, () => ({ agree: 0, disagree: 0, given: 0 }))
  for (const [index, row] of rows.entries()) {
    const vote = row[column]
    const tally = tallies[of[index] ?? 0]
    if (vote === undefined || tally === undefined) continue
    tally.given += 1
    if (vote > 0) tally.agree += 1
    if (vote < 0) tally.disagree += 1
  }
  return tallies
}

const share = (part: number, given: number) => (part + 1) / (given + 2)
const shown = (part: number, given: number) => Math.round((part / given) * 20) * 5

type Judged = {
  readonly statement: string
  readonly tallies: readonly Tally[]
  /** All groups agree (positive) or disagree (negative) at least so much; 0 = not shared. */
  readonly shared: number
  readonly gap: number
}

function judge(statement: string, tallies: readonly Tally[]): Judged {
  const enough = tallies.every((tally) => tally.given >= leastInGroup)
  const agrees = tallies.map((tally) => share(tally.agree, tally.given))
  const disagrees = tallies.map((tally) => share(tally.disagree, tally.given))
  const clear = (side: 'agree' | 'disagree') => tallies.every((tally) => tally[side] / tally.given >= sharedBy)
  const shared = !enough ? 0 : clear('agree') ? Math.min(...agrees) : clear('disagree') ? Math.min(...disagrees) : 0
  const known = tallies.flatMap((tally, group) => (tally.given >= leastInGroup ? [agrees[group] ?? 0] : []))
  const gap = known.length > 1 ? Math.max(...known) - Math.min(...known) : 0
  return { statement, tallies, shared, gap }
}

/** By how much a group thinks more (agree) or less (disagree) of a statement than all the others together. */
function leaning(judged: Judged, group: number): number {
  const own = judged.tallies[group]
  if (own === undefined || own.given < leastInGroup) return 0
  const rest = judged.tallies.reduce(
    (sum, tally, index) => (index === group ? sum : { agree: sum.agree + tally.agree, given: sum.given + tally.given }),
    { agree: 0, given: 0 },
  )
  return rest.given < leastInGroup ? 0 : share(own.agree, own.given) - share(rest.agree, rest.given)
}

function typicalOf(judged: readonly Judged[], group: number): OpinionGroup['typical'] {
  return judged
    .map((each) => ({ statement: each.statement, by: leaning(each, group) }))
    .filter(({ by }) => Math.abs(by) >= dividing / 2)
    .sort((one, other) => Math.abs(other.by) - Math.abs(one.by) || (one.statement < other.statement ? -1 : 1))
    .slice(0, 3)
    .map(({ statement, by }) => ({ statement, opinion: by > 0 ? ('agree' as const) : ('disagree' as const) }))
}

/** Statements on which two groups at least must differ to be two. */
const leastDifferent = 2

/** Whether every two of the groups differ clearly on more than one statement. */
function differ(rows: readonly Votes[], statements: number, of: readonly number[], groups: number): boolean {
  const columns = Array.from({ length: statements }, (_, column) => talliesOf(rows, column, of, groups))
  for (let one = 0; one < groups; one += 1)
    for (let other = one + 1; other < groups; other += 1) {
      const different = columns.filter((tallies) => {
        const [left, right] = [tallies[one], tallies[other]]
        if (left === undefined || right === undefined) return false
        if (left.given < leastInGroup || right.given < leastInGroup) return false
        return Math.abs(share(left.agree, left.given) - share(right.agree, right.given)) >= dividing
      })
      if (different.length < leastDifferent) return false
    }
  return true
}

const rounded = (value: number) => Math.round(value * 1000) / 1000

/**
 * The map of a motion's opinions, or undefined when fewer than `least` residents gave enough of them. `last`: what the map before ended with;
 * the search starts there, so that a few new opinions move it a little and cost little.
 */
export function opinionMap(
  ballots: readonly Ballot[],
  allStatements: readonly string[],
  least: number,
  last?: MapBasis,
): { readonly map: OpinionMap; readonly basis: MapBasis } | undefined {
  const statements = [...allStatements].sort().slice(0, mostStatements)
  const rows = sorted(
    ballots
      .map((ballot) => votesOf(ballot, statements))
      .filter((row) => row.filter((vote) => vote !== undefined).length >= leastOpinions),
  ).slice(0, mostVoters)
  if (rows.length < Math.max(least, leastInGroup)) return undefined
  const axes = axesOf(rows, statements.length, carried(last, statements))
  const points = rows.map((row) => placeOf(row, axes))
  const { centers, of } = clustersOf(points, leastInGroup, last?.centers, (groups, count) =>
    differ(rows, statements.length, groups, count),
  )
  const judged = statements.map((statement, column) => judge(statement, talliesOf(rows, column, of, centers.length)))
  const groups = centers.map((center, group): OpinionGroup => {
    const own = points.filter((_, index) => of[index] === group)
    const spread =
      own.reduce((sum, point) => sum + Math.hypot(point[0] - center[0], point[1] - center[1]), 0) /
      Math.max(1, own.length)
    return {
      name: groupNames[group] ?? 'E',
      people: own.length,
      x: rounded(center[0]),
      y: rounded(center[1]),
      spread: rounded(spread),
      typical: centers.length > 1 ? typicalOf(judged, group) : [],
    }
  })
  const common = judged
    .filter((each) => each.shared > 0)
    .sort((one, other) => other.shared - one.shared || (one.statement < other.statement ? -1 : 1))
    .slice(0, mostListed)
  const divides = judged
    .filter((each) => each.gap >= dividing)
    .sort((one, other) => other.gap - one.gap || (one.statement < other.statement ? -1 : 1))
    .slice(0, mostListed)
  const told = new Set([
    ...common.map((each) => each.statement),
    ...divides.map((each) => each.statement),
    ...groups.flatMap((group) => group.typical.map((each) => each.statement)),
  ])
  return {
    map: {
      voters: rows.length,
      groups,
      statements: judged
        .filter((each) => told.has(each.statement))
        .map((each) => ({
          statement: each.statement,
          shares: each.tallies.map((tally) =>
            tally.given < leastInGroup
              ? null
              : { agree: shown(tally.agree, tally.given), disagree: shown(tally.disagree, tally.given) },
          ),
        })),
      common: common.map((each) => each.statement),
      divides: divides.map((each) => each.statement),
    },
    basis: { statements, axes, centers },
  }
}

/** Where somebody stands on a map by their own opinions; undefined with the number still missing when they gave too few. */
export function placeOn(
  basis: MapBasis,
  ballot: Ballot,
): { readonly x: number; readonly y: number; readonly group: GroupName } | { readonly missing: number } {
  const row = votesOf(ballot, basis.statements)
  const given = row.filter((vote) => vote !== undefined).length
  if (given < leastOpinions) return { missing: leastOpinions - given }
  const point = placeOf(row, basis.axes)
  return { x: rounded(point[0]), y: rounded(point[1]), group: groupNames[nearest(point, basis.centers)] ?? 'E' }
}

/** Residents who gave enough opinions to count for a map. */
export function countVoters(ballots: readonly Ballot[]): number {
  return ballots.filter((ballot) => ballot.size >= leastOpinions).length
}

/** New opinions after which the map is made anew: one in twenty, at least one, at most the policy's number. */
export function mapIsDue(pending: number, opinions: number, most: number): boolean {
  return pending >= Math.max(1, Math.min(most, Math.ceil(opinions / 20)))
}

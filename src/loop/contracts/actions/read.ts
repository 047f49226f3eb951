// Contracts: the list and the record page with what may be done, or why not.
import { divisionName } from '../../../foundation/divisions/public.ts'
import { type Actor, may } from '../../../kit/actor.ts'
import type { OutputOf } from '../../../kit/endpoint.ts'
import type { Instant } from '../../../kit/instant.ts'
import { formatYuan } from '../../../kit/money.ts'
import { actionsOf } from '../../../kit/record-view.ts'
import { absent, allow, forbid, type Ruling } from '../../../kit/ruling.ts'
import { type Ask, question } from '../../../platform/action.ts'
import { moneyOf } from '../../../registers/funds/public.ts'
import { listOrganizations } from '../../../registers/organizations/public.ts'
import { listWorkers } from '../../../registers/social-workers/public.ts'
import { listConcerned } from '../../needs/public.ts'
import { getProject } from '../../projects/public.ts'
import * as contract from '../contract.ts'
import { milestoneStanding, milestoneVerbPermissions } from '../rules/standing.ts'
import * as rules from '../rules.ts'
import { listAmendments, listBreaches } from '../store/changes.ts'
import * as lists from '../store/lists.ts'
import { findContract } from '../store.ts'
import { refOf } from './recording.ts'

type Row = OutputOf<typeof contract.listContracts>['rows'][number]
type View = OutputOf<typeof contract.getContract>

function rowOf(record: rules.Contract, organizationName: string | undefined, now: Instant): Row {
  const next =
    record.state === 'active'
      ? record.milestones.find((each) => rules.workingMilestoneStates.includes(each.state))
      : undefined
  return {
    id: record.id,
    number: rules.shownNumber(record),
    title: record.title,
    state: record.state,
    division: record.division,
    divisionName: divisionName(record.division),
    project: record.project,
    organization: record.organization,
    organizationName,
    value: formatYuan(record.value),
    milestones: {
      closed: record.milestones.filter((each) => rules.closedMilestoneStates.includes(each.state)).length,
      total: record.milestones.length,
    },
    nextDue: next?.due,
    overdue: next !== undefined && rules.isOverdue(next, now),
    activeAt: record.activeAt,
  }
}

export const listContracts = question(contract.listContracts, async (ask, { query }) => {
  const { mine, ...filter } = query
  const worksOn = mine === undefined || ask.actor.kind !== 'person' ? undefined : ask.actor.personId
  const { contracts, next } = await lists.listContracts(ask.tx, ask.scopes, { ...filter, worksOn })
  const organizations = await listOrganizations(ask.tx, [...new Set(contracts.map((each) => each.organization))])
  const count =
    query.cursor === undefined ? await lists.getContractCount(ask.tx, ask.scopes, { ...filter, worksOn }) : undefined
  return allow({
    rows: contracts.map((each) => rowOf(each, organizations.get(each.organization)?.name, ask.now)),
    next,
    count,
  })
})

/** The rule of a verb where the actor holds its permission at the record; else the plain refusal. */
function judged(
  actor: Actor,
  permission: string,
  reach: ReturnType<typeof rules.reachOf>,
  rule: () => Ruling<unknown>,
): Ruling<unknown> {
  return may(actor, permission, reach) ? rule() : forbid('forbidden')
}

function milestoneView(
  record: rules.Contract,
  milestone: rules.Milestone,
  actor: Actor,
  concerned: readonly string[],
  full: boolean,
  now: Instant,
): View['milestones'][number] {
  const reach = rules.reachOf(record, concerned)
  const verbs = Object.entries(milestoneVerbPermissions) as [keyof typeof milestoneVerbPermissions, string][]
  return {
    id: milestone.id,
    position: milestone.position,
    title: milestone.title,
    deliverable: milestone.deliverable,
    criteria: milestone.criteria,
    due: milestone.due,
    share: milestone.share,
    amount: formatYuan(milestone.payable ?? milestone.amount),
    state: milestone.state,
    last: rules.lastMilestone(record)?.id === milestone.id,
    needsRecords: milestone.needsRecords,
    overdue: rules.isOverdue(milestone, now),
    evidence: milestone.evidence,
    report:
      milestone.reportWords === undefined || milestone.reportedAt === undefined
        ? undefined
        : { words: milestone.reportWords, at: milestone.reportedAt },
    remarks: milestone.remarks,
    residentConfirmedAt: milestone.residentConfirmed?.at,
    headAcceptedAt: milestone.headAccepted?.at,
    transfer: full ? milestone.transfer : undefined,
    paidAt: milestone.paidAt,
    actions: actionsOf(
      Object.fromEntries(
        verbs.map(([verb, permission]) => [
          verb,
          judged(actor, permission, reach, () => milestoneStanding(record, milestone, verb, actor)),
        ]),
      ),
    ),
  }
}

/** What the parties see beside what everybody does: papers, amendments, breaches, the team's names. */
async function privateView(
  ask: Ask,
  record: rules.Contract,
): Promise<Pick<View, 'team' | 'signatures' | 'amendments' | 'breaches'>> {
  const amendments = await listAmendments(ask.tx, record.id)
  const team = [...record.team, ...amendments.flatMap((amendment) => amendment.team ?? [])]
  const workers = await listWorkers(ask.tx, [...new Set(team.map((member) => member.worker))])
  const named = (members: readonly rules.TeamMember[]) =>
    members.map(({ worker, duty, key }) => ({ worker, name: workers.get(worker)?.maskedName, duty, key }))
  return {
    team: named(record.team),
    signatures: signaturesOf(record, true),
    amendments: amendments.map((each) => ({
      id: each.id,
      state: each.state,
      proposedBy: each.proposedBy,
      at: each.at,
      decidedAt: each.decidedAt,
      words: each.words,
      growth: each.growth === undefined ? undefined : formatYuan(each.growth),
      end: each.end,
      dues: each.dues.map((due) => ({ ...due })),
      team: each.team === undefined ? undefined : named(each.team),
    })),
    breaches: (await listBreaches(ask.tx, record.id)).map(({ by, kind, words, at }) => ({ by, kind, words, at })),
  }
}

function signaturesOf(record: rules.Contract, full: boolean): View['signatures'] {
  return contract.parties.flatMap((party) => {
    const signature = record.signatures[party]
    if (signature === undefined) return []
    return [
      {
        party,
        at: signature.at,
        sha256: signature.sha256,
        file: full ? signature.file : undefined,
        by: full ? signature.person : undefined,
        byKey: signature.key !== undefined,
      },
    ]
  })
}

export const getContract = question(contract.getContract, async (ask, { params }) => {
  const record = await findContract(ask.tx, params.id)
  if (record === undefined || !rules.mayRead(record, ask.actor)) return absent()
  const full = rules.mayReadAll(record, ask.actor)
  const project = await getProject(ask.tx, record.project)
  const organizations = await listOrganizations(ask.tx, [record.organization])
  const money = await moneyOf(ask.tx, [refOf(record)])
  const asked = record.milestones.some((each) => each.state === 'reported') && ask.actor.kind === 'person'
  const concerned = asked ? await listConcerned(ask.tx, record.needs) : []
  const rest = full
    ? await privateView(ask, record)
    : { team: [], signatures: signaturesOf(record, false), amendments: [], breaches: [] }
  const reach = rules.reachOf(record)
  const verbs = Object.entries(rules.contractVerbPermissions) as [keyof typeof rules.contractVerbPermissions, string][]
  return allow({
    id: record.id,
    version: record.version,
    number: rules.shownNumber(record),
    title: record.title,
    state: record.state,
    division: record.division,
    divisionName: divisionName(record.division),
    project: { id: project.id, number: project.number, title: project.title },
    tender: record.tender,
    lot: record.lot,
    proposal: record.proposal,
    organization: record.organization,
    organizationName: organizations.get(record.organization)?.name,
    value: formatYuan(record.value),
    originalValue: formatYuan(record.originalValue),
    paid: formatYuan(money.paid),
    encumbered: formatYuan(money.encumbered),
    refunded: formatYuan(money.refunded),
    start: record.start,
    end: record.end,
    dataClause: record.dataClause,
    clauses: record.clauses,
    factors: record.policy.factors.map((step) => ({ ...step })),
    factor: record.factor,
    milestones: record.milestones.map((each) => milestoneView(record, each, ask.actor, concerned, full, ask.now)),
    ...rest,
    signUntil: record.signUntil,
    termination:
      record.termination === undefined
        ? undefined
        : {
            reason: record.termination.reason,
            words: record.termination.words,
            settlement: formatYuan(record.termination.settlement),
          },
    deliveryAt: record.deliveryAt,
    history: record.history.map((each) => ({ ...each })),
    actions: actionsOf(
      Object.fromEntries(
        verbs.map(([verb, permission]) => [
          verb,
          judged(ask.actor, permission, reach, () => rules.standing(record, verb, ask.actor)),
        ]),
      ),
    ),
  })
})

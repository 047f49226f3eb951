// Evaluation: lists and record pages of evaluations and findings, with what may be done, or why not.
import { divisionName } from '../../../foundation/divisions/public.ts'
import { getPerson, listHolders, listPeople } from '../../../foundation/identity/public.ts'
import { type Actor, may, type Reach } from '../../../kit/actor.ts'
import type { OutputOf } from '../../../kit/endpoint.ts'
import type { Instant } from '../../../kit/instant.ts'
import { type ActionView, actionsOf } from '../../../kit/record-view.ts'
import { absent, allow, forbid, type Ruling } from '../../../kit/ruling.ts'
import { question } from '../../../platform/action.ts'
import { listOrganizations } from '../../../registers/organizations/public.ts'
import { getContract } from '../../contracts/public.ts'
import { resultsOf } from '../../delivery/public.ts'
import * as contract from '../contract.ts'
import * as findings from '../rules/findings.ts'
import * as rules from '../rules.ts'
import * as findingStore from '../store/findings.ts'
import { getInspectionCounts } from '../store/inspections.ts'
import * as store from '../store.ts'

/** Every verb of a record for this actor: its rule where the permission reaches, else the plain refusal. */
function actions<V extends string>(
  actor: Actor,
  reach: Reach,
  permissions: Readonly<Record<V, string>>,
  rule: (verb: V) => Ruling<unknown>,
): ActionView[] {
  const verbs = Object.keys(permissions) as V[]
  return actionsOf(
    Object.fromEntries(
      verbs.map((verb) => [verb, may(actor, permissions[verb], reach) ? rule(verb) : forbid('forbidden')]),
    ),
  )
}

const points = (tenths: number | undefined) => (tenths === undefined ? undefined : tenths / 10)

function rowOf(evaluation: rules.Evaluation, organizationName: string | undefined, now: Instant) {
  return {
    id: evaluation.id,
    number: rules.shownNumber(evaluation),
    title: evaluation.title,
    kind: evaluation.kind,
    state: evaluation.state,
    division: evaluation.division,
    divisionName: divisionName(evaluation.division),
    contract: evaluation.contract,
    organization: evaluation.organization,
    organizationName,
    dueAt: evaluation.dueAt,
    overdue: rules.isOverdue(evaluation, now),
    score: points(evaluation.tenths),
    factorBps: evaluation.factorBps,
  }
}

/** Evaluators hold their role at the county or above; few enough for one page. */
export const listEvaluators = question(contract.listEvaluators, async (ask, { query }) => {
  const holders = await listHolders(ask.tx, 'evaluator', query.division)
  const people = await listPeople(ask.tx, holders)
  const rows = holders.map((person) => ({
    person,
    name: people.get(person)?.officialName ?? people.get(person)?.maskedName ?? '',
  }))
  return allow({ rows: rows.sort((one, other) => one.name.localeCompare(other.name, 'zh')).slice(0, query.size) })
})

export const listEvaluations = question(contract.listEvaluations, async (ask, { query }) => {
  const { rows, next } = await store.listEvaluations(ask.tx, ask.scopes, query)
  const organizations = await listOrganizations(ask.tx, [...new Set(rows.map((row) => row.organization))])
  const count = query.cursor === undefined ? await store.getCount(ask.tx, 'evaluation', ask.scopes, query) : undefined
  return allow({ rows: rows.map((row) => rowOf(row, organizations.get(row.organization)?.name, ask.now)), next, count })
})

/** The scheme with what the records and the answers show now, or with the scores as they were handed in. */
function itemsOf(
  evaluation: rules.Evaluation,
  results: rules.Results | undefined,
): OutputOf<typeof contract.getEvaluation>['items'] {
  const surveyed = evaluation.survey?.results ?? []
  return evaluation.items.map((item) => {
    const scored = evaluation.scored?.find((each) => each.item === item.name)
    const asked = surveyed.find((each) => each.name === item.name)
    const actual =
      item.source === 'computed'
        ? (scored?.actual ?? (results === undefined ? undefined : rules.measured(item.measure, results)))
        : undefined
    return {
      name: item.name,
      weight: item.weight,
      source: item.source,
      measure: item.source === 'computed' ? item.measure : undefined,
      target: item.source === 'computed' ? item.target : undefined,
      guide: item.source === 'expert' ? item.guide : undefined,
      questions: item.source === 'survey' ? [...item.questions] : undefined,
      answers: asked?.answers,
      margin: points(asked?.margin),
      judged: rules.isJudged(item, surveyed),
      actual,
      score: points(scored?.tenths ?? asked?.tenths),
      reason: scored?.reason,
    }
  })
}

export const getEvaluation = question(contract.getEvaluation, async (ask, { params }) => {
  const evaluation = await store.findEvaluation(ask.tx, params.id)
  if (evaluation === undefined || !rules.mayRead(evaluation, ask.actor)) return absent()
  const full = rules.mayReadAll(evaluation, ask.actor)
  const card = await getContract(ask.tx, evaluation.contract)
  const organizations = await listOrganizations(ask.tx, [evaluation.organization])
  const results = evaluation.scored === undefined ? await resultsOf(ask.tx, evaluation.contract) : undefined
  const evaluator = full ? await getPerson(ask.tx, evaluation.evaluator) : undefined
  return allow({
    ...rowOf(evaluation, organizations.get(evaluation.organization)?.name, ask.now),
    version: evaluation.version,
    contract: { id: card.id, number: card.number },
    project: evaluation.project,
    evaluator:
      evaluator === undefined ? undefined : { id: evaluator.id, name: evaluator.officialName ?? evaluator.maskedName },
    items: itemsOf(evaluation, results),
    factors: evaluation.factors.map((step) => ({ ...step })),
    summary: evaluation.summary,
    submittedAt: evaluation.submittedAt,
    replyUntil: evaluation.replyUntil,
    reply: evaluation.reply,
    sendBack: full ? evaluation.sendBack : undefined,
    publishedAt: evaluation.publishedAt,
    findings: await findingStore.getFindingCounts(ask.tx, evaluation.contract),
    inspections: await getInspectionCounts(ask.tx, evaluation.contract),
    survey: evaluation.survey && {
      id: evaluation.survey.id,
      commitment: evaluation.survey.commitment,
      toDraw: evaluation.survey.toDraw === true,
      closed: evaluation.survey.results !== undefined,
    },
    history: evaluation.history.map((each) => ({ ...each })),
    actions: actions(ask.actor, rules.reachOf(evaluation), rules.evaluationVerbPermissions, (verb) =>
      rules.standing(evaluation, verb, ask.now),
    ),
  })
})

function findingRow(finding: findings.Finding, organizationName: string | undefined, now: Instant) {
  return {
    id: finding.id,
    state: finding.state,
    contract: finding.contract,
    contractNumber: finding.number,
    title: finding.title,
    division: finding.division,
    divisionName: divisionName(finding.division),
    organization: finding.organization,
    organizationName,
    kind: finding.kind,
    serious: finding.serious,
    words: finding.words,
    foundAt: finding.createdAt,
    inspection: finding.inspection,
    rectifyUntil: finding.rectifyUntil,
    overdue: findings.isFindingOverdue(finding, now),
    rectification: finding.rectification,
    rectifiedAt: finding.rectifiedAt,
    remarks: finding.remarks,
    verifiedAt: finding.verifiedAt,
  }
}

export const listFindings = question(contract.listFindings, async (ask, { query }) => {
  const { rows, next } = await findingStore.listFindings(ask.tx, ask.scopes, query)
  const organizations = await listOrganizations(ask.tx, [...new Set(rows.map((row) => row.organization))])
  const count = query.cursor === undefined ? await store.getCount(ask.tx, 'finding', ask.scopes, query) : undefined
  return allow({
    rows: rows.map((row) => findingRow(row, organizations.get(row.organization)?.name, ask.now)),
    next,
    count,
  })
})

export const getFinding = question(contract.getFinding, async (ask, { params }) => {
  const finding = await findingStore.findFinding(ask.tx, params.id)
  if (finding === undefined) return absent()
  const hidden = ask.see(findings.judgedFinding(finding))
  if (hidden !== undefined) return hidden
  const organizations = await listOrganizations(ask.tx, [finding.organization])
  return allow({
    ...findingRow(finding, organizations.get(finding.organization)?.name, ask.now),
    version: finding.version,
    history: finding.history.map((each) => ({ ...each })),
    actions: actions(ask.actor, findings.reachOfFinding(finding), findings.findingVerbPermissions, (verb) =>
      findings.findingStanding(finding, verb),
    ),
  })
})

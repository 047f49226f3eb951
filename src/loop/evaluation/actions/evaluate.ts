// Evaluation: planning with an independent evaluator, handing in, sending back, the undertaker's reply, publishing with its consequences.
import { listAssignmentsOf, listMembers } from '../../../foundation/identity/public.ts'
import { notify } from '../../../foundation/notices/public.ts'
import { type DivisionCode, jurisdictionOf, within } from '../../../kit/id.ts'
import { absent, allow, granted, refuse, type Ruling } from '../../../kit/ruling.ts'
import { dueAt } from '../../../kit/working-days.ts'
import { type Act, action, hasDone } from '../../../platform/action.ts'
import { numbersTaken, yearOfNumbers } from '../../../platform/numbers.ts'
import { addCreditEntry, putIneligible } from '../../../registers/organizations/public.ts'
import { employerOf } from '../../../registers/social-workers/public.ts'
import {
  type ContractCard,
  evaluationBegun,
  getContract,
  type LockedContract,
  lockContract,
  putFactor,
} from '../../contracts/public.ts'
import { resultsOf } from '../../delivery/public.ts'
import { projectEvaluating } from '../../projects/public.ts'
import { evaluationSeparations } from '../contract/access.ts'
import * as contract from '../contract.ts'
import * as rules from '../rules.ts'
import type { SurveyPlan } from '../rules/survey.ts'
import * as store from '../store.ts'
import { recordEvaluation } from './recording.ts'
import { randomSecret, sm3 } from './survey-keys.ts'

const refOf = (evaluation: rules.Evaluation) => ({ kind: 'evaluation', id: evaluation.id })
const answerOf = (evaluation: rules.Evaluation) => ({
  id: evaluation.id,
  version: evaluation.version,
  state: evaluation.state,
  number: rules.shownNumber(evaluation),
})

function tell(act: Act, evaluation: rules.Evaluation, persons: readonly string[], what: string): void {
  notify(act, {
    persons,
    kind: `evaluation.${what}`,
    of: refOf(evaluation),
    params: { evaluation: rules.shownNumber(evaluation) },
  })
}

/** The undertaker, and of a new evaluation its evaluator, hear of it right after the act: the undertaker's people are looked up here. */
export async function tellUndertaker(act: Act, id: string, what: string): Promise<void> {
  const evaluation = await store.findEvaluation(act.tx, id)
  if (evaluation === undefined) return
  if (what === 'planned') tell(act, evaluation, [evaluation.evaluator], 'appointed')
  tell(act, evaluation, await listMembers(act.tx, evaluation.organization, 'organization-administrator'), what)
}

const tookPart = evaluationSeparations
  .filter((separation) => separation.excludes === 'evaluation.submitEvaluation')
  .flatMap((separation) => separation.did)

/** Role, employment and history of the person who is to evaluate a contract, looked up in the registers. */
async function independenceOf(act: Act, person: string, card: ContractCard): Promise<rules.Independence> {
  const assignments = await listAssignmentsOf(act.tx, [person])
  const employer = await employerOf(act.tx, person)
  const lineage = [
    { kind: 'contract', id: card.id },
    { kind: 'project', id: card.project },
    ...(card.tender === undefined ? [] : [{ kind: 'tender', id: card.tender }]),
    ...(card.proposal === undefined ? [] : [{ kind: 'venture-proposal', id: card.proposal }]),
    ...(card.bid === undefined ? [] : [{ kind: 'bid', id: card.bid }]),
  ]
  return {
    holdsRole: assignments.some(
      (assignment) => assignment.role === 'evaluator' && within(card.division, assignment.division),
    ),
    ofUndertaker:
      assignments.some((assignment) => assignment.organization === card.organization) ||
      employer === card.organization ||
      card.team.some((member) => member.person === person),
    tookPart: await hasDone(act.tx, lineage, tookPart, [person]),
  }
}

/** The terms of the survey, where the scheme asks beneficiaries; the secret of its draw is committed here, before anybody knows who is on the list. */
function surveyOf(act: Act, items: readonly rules.SchemeItem[], division: DivisionCode): SurveyPlan | undefined {
  if (rules.surveyItems(items).length === 0) return undefined
  const secret = randomSecret()
  return {
    secret,
    commitment: sm3(secret),
    all: act.policy.number('evaluation.survey-all', division),
    sample: act.policy.number('evaluation.survey-sample', division),
    days: act.policy.number('evaluation.survey-days', division),
  }
}

/** The final one begins with its contract and project; the others only need a contract in force. */
async function begin(act: Act, card: LockedContract, evaluation: rules.Evaluation): Promise<Ruling<void>> {
  if (evaluation.kind !== 'final')
    return card.state === 'active' ? allow(undefined) : refuse('contract-not-active', { state: card.state })
  if (card.evaluation !== undefined) return refuse('evaluation-exists')
  const begun = await evaluationBegun(act, card, evaluation.id)
  return begun.ok ? projectEvaluating(act, card.project, card.id) : begun
}

export const planEvaluation = action(contract.planEvaluation, async (act, { body }) => {
  const card = await lockContract(act, body.contract)
  if (card === undefined) return absent()
  const ruling = await act.judge(
    { reach: { division: card.division } },
    () => rules.checkScheme(body.items) ?? allow(body.items),
  )
  if (!ruling.ok) return ruling
  const conflict = rules.checkEvaluator(await independenceOf(act, body.evaluator, card))
  if (conflict !== undefined) return conflict
  const jurisdiction = jurisdictionOf(card.division)
  const bare: rules.Evaluation = {
    id: act.newId<'evaluation'>(jurisdiction),
    number: { year: yearOfNumbers(act.now), value: 0 },
    division: card.division,
    kind: body.kind,
    state: 'planned',
    version: 1,
    title: card.title,
    contract: card.id,
    project: card.project,
    tender: card.tender,
    lot: card.lot,
    organization: card.organization,
    evaluator: body.evaluator,
    plannedBy: act.actor.kind === 'person' ? act.actor.personId : 'system',
    items: body.items,
    factors: card.factors,
    credit: rules.readCredit(act.policy.data('evaluation.credit', card.division)),
    survey: surveyOf(act, body.items, card.division),
    dueAt: dueAt(act.now, act.policy.number('evaluation.submit-days', card.division), act.platform.calendar).at,
    createdAt: act.now,
    history: [{ state: 'planned', at: act.now }],
  }
  const begun = await begin(act, card, bare)
  if (!begun.ok) return begun
  const value = await store.insertEvaluation(act.tx, bare, numbersTaken('evaluation', jurisdiction, 1, act.now))
  if (value === undefined) return refuse('evaluation-exists')
  const evaluation: rules.Evaluation = { ...bare, number: { ...bare.number, value } }
  recordEvaluation(act, 'planEvaluation', undefined, evaluation, {
    contract: card.id,
    items: evaluation.items.length,
    // Sealed with the chain of events: the secret was settled before anybody could know the list.
    ...(evaluation.survey && { commitment: evaluation.survey.commitment }),
  })
  return allow(answerOf(evaluation))
})

/** Load, judge, save, record: what most verbs of an evaluation share. */
async function turn(
  act: Act,
  id: string,
  verb: rules.EvaluationVerb,
  rule: (before: rules.Evaluation) => Ruling<rules.Evaluation>,
  data: (after: rules.Evaluation) => Readonly<Record<string, unknown>> = () => ({}),
): Promise<Ruling<rules.Evaluation>> {
  const before = await store.findEvaluationForUpdate(act.tx, id)
  if (before === undefined) return absent()
  const ruling = await act.judge(rules.judgedEvaluation(before), () => rule(before))
  if (!ruling.ok) return ruling
  await store.saveEvaluation(act.tx, ruling.value, act.now)
  recordEvaluation(act, verb, before, ruling.value, data(ruling.value))
  return ruling
}

export const replaceEvaluator = action(contract.replaceEvaluator, async (act, { params, body }) => {
  const known = await store.findEvaluation(act.tx, params.id)
  if (known === undefined) return absent()
  const conflict = rules.checkEvaluator(
    await independenceOf(act, body.evaluator, await getContract(act.tx, known.contract)),
  )
  const ruling = await turn(
    act,
    params.id,
    'replaceEvaluator',
    (before) => conflict ?? rules.replaceEvaluator(before, act.now, body.evaluator),
  )
  if (!ruling.ok) return ruling
  tell(act, ruling.value, [body.evaluator], 'appointed')
  return allow(answerOf(ruling.value))
})

export const submitEvaluation = action(contract.submitEvaluation, async (act, { params, body }) => {
  const known = await store.findEvaluation(act.tx, params.id)
  if (known === undefined) return absent()
  const results = await resultsOf(act.tx, known.contract)
  const terms = {
    replyDays: act.policy.number('evaluation.reply-days', known.division),
    calendar: act.platform.calendar,
  }
  const ruling = await turn(
    act,
    params.id,
    'submitEvaluation',
    (before) => rules.submitEvaluation(before, act.now, body, results, terms),
    (after) => ({ tenths: after.tenths }),
  )
  if (!ruling.ok) return ruling
  return allow(answerOf(ruling.value))
})

export const sendBackEvaluation = action(contract.sendBackEvaluation, async (act, { params, body }) => {
  const ruling = await turn(act, params.id, 'sendBackEvaluation', (before) =>
    rules.sendBackEvaluation(before, act.now, body.words),
  )
  if (!ruling.ok) return ruling
  tell(act, ruling.value, [ruling.value.evaluator], 'sent-back')
  return allow(answerOf(ruling.value))
})

export const replyToEvaluation = action(contract.replyToEvaluation, async (act, { params, body }) => {
  const ruling = await turn(act, params.id, 'replyToEvaluation', (before) =>
    rules.replyToEvaluation(before, act.now, body.words),
  )
  return ruling.ok ? allow(answerOf(ruling.value)) : ruling
})

export const publishEvaluation = action(contract.publishEvaluation, async (act, { params }) => {
  const ruling = await turn(
    act,
    params.id,
    'publishEvaluation',
    (before) => rules.publishEvaluation(before, act.now),
    (after) => ({ tenths: after.tenths, factorBps: after.factorBps, contract: after.contract }),
  )
  if (!ruling.ok) return ruling
  const after = ruling.value
  if (after.kind !== 'final') return allow(answerOf(after))
  const factor = await putFactor(act, {
    contract: after.contract,
    factorBps: after.factorBps ?? 0,
    score: (after.tenths ?? 0) / 10,
    evaluation: after.id,
  })
  return factor.ok ? allow(answerOf(after)) : factor
})

/** What else follows from a published final score by rule: the credit record, and whether the undertaker may take on new work next year. */
export async function applyConsequences(act: Act, id: string): Promise<void> {
  const evaluation = await store.findEvaluation(act.tx, id)
  if (evaluation?.publishedAt === undefined) return
  const { organization, division, publishedAt } = evaluation
  const tenths = evaluation.tenths ?? 0
  const of = refOf(evaluation)
  const below = act.policy.number('evaluation.ineligible-below', division)
  const until = rules.ineligibleUntil(evaluation, below, publishedAt)
  if (until !== undefined) granted(await putIneligible(act, { organization, until, of }))
  granted(
    await addCreditEntry(act, {
      organization,
      kind: 'evaluation.published',
      points: rules.creditOf(evaluation.credit, tenths),
      of,
      words: `${rules.shownNumber(evaluation)}「${evaluation.title}」得分 ${(tenths / 10).toFixed(1)}`,
    }),
  )
}

// Evaluation: a survey from its opening over the draw to its end.
import { listGuardians, listPeople } from '../../../foundation/identity/public.ts'
import { notify } from '../../../foundation/notices/public.ts'
import { maskName } from '../../../kit/chinese-ids.ts'
import { jurisdictionOf } from '../../../kit/id.ts'
import { addMilliseconds } from '../../../kit/instant.ts'
import { today } from '../../../kit/plain-date.ts'
import { absent, allow } from '../../../kit/ruling.ts'
import { dueAt } from '../../../kit/working-days.ts'
import { type Act, action } from '../../../platform/action.ts'
import type { EventDraft } from '../../../platform/events.ts'
import { getContract } from '../../contracts/public.ts'
import { type Beneficiary, beneficiariesOf } from '../../delivery/public.ts'
import { listConcerned } from '../../needs/public.ts'
import * as contract from '../contract/surveys.ts'
import * as rules from '../rules/survey.ts'
import { judgedEvaluation, openSurvey as openSurveyOf, putSurveyed, shownNumber, surveyItems } from '../rules.ts'
import { findEvaluation, findEvaluationForUpdate, saveEvaluation } from '../store.ts'
import * as store from '../store/surveys.ts'
import { recordEvaluation } from './recording.ts'
import {
  beneficiaryMark,
  namePlace,
  openAnswer,
  openSecret,
  sealSecret,
  sm3,
  tokenHash,
  tokenOf,
} from './survey-keys.ts'

const refOf = (survey: rules.Survey) => ({ kind: 'survey', id: survey.id })

export function recordSurvey(
  act: Act,
  verb: string,
  before: rules.Survey | undefined,
  after: rules.Survey,
  more: Pick<EventDraft, 'data' | 'timers'> = {},
): void {
  act.record({
    name: `evaluation.${verb}`,
    of: refOf(after),
    division: after.division,
    organization: after.organization,
    state: { from: before?.state, to: after.state },
    links: before === undefined ? [{ kind: 'evaluation', id: after.evaluation }] : undefined,
    ...more,
  })
}

/** Two statements of their own; who is asked is found out right after the act, since that takes longer than a page waits. */
export const openSurvey = action(contract.openSurvey, async (act, { params, body }) => {
  const before = await findEvaluationForUpdate(act.tx, params.id)
  if (before === undefined) return absent()
  const id = act.newId<'survey'>(jurisdictionOf(before.division))
  const ruling = await act.judge(judgedEvaluation(before), () => openSurveyOf(before, act.now, id))
  if (!ruling.ok) return ruling
  const survey: rules.Survey = {
    id,
    division: before.division,
    state: 'preparing',
    version: 1,
    evaluation: before.id,
    contract: before.contract,
    organization: before.organization,
    evaluator: before.evaluator,
    number: shownNumber(before),
    title: before.title,
    items: surveyItems(before.items),
    nonce: body.nonce,
    secret: await sealSecret(act.platform, act.tx, id),
    openedAt: act.now,
  }
  await store.insertSurvey(act.tx, survey)
  await saveEvaluation(act.tx, ruling.value, act.now)
  recordEvaluation(act, 'openSurvey', before, ruling.value, { survey: id })
  recordSurvey(act, 'prepareSurvey', undefined, survey, { data: { nonce: body.nonce } })
  const { version, state } = ruling.value
  return allow({ id: before.id, version, state, survey: id })
})

/** Somebody who is asked: where the link goes, and what stands on the list of papers when it goes nowhere. */
type Asked = { readonly to: readonly string[]; readonly guardian: boolean; readonly shown?: string }

/** The population by mark: residents whose needs started it and all who were served, once each, without those who did the work or judge it. */
async function populationOf(act: Act, survey: rules.Survey, secret: string): Promise<Map<string, Asked>> {
  const card = await getContract(act.tx, survey.contract)
  const served = await beneficiariesOf(act.platform, act.tx, survey.contract)
  const persons = new Map<string, boolean>()
  for (const person of await listConcerned(act.tx, card.needs)) persons.set(person, false)
  for (const each of served) if ('person' in each) persons.set(each.person, each.underFourteen)
  for (const person of [survey.evaluator, ...card.team.map((member) => member.person)]) persons.delete(person)
  const children = await listGuardians(act.platform, act.tx, {
    persons: [...persons.keys()],
    day: today(act.now),
    under: rules.guardianAge,
  })
  for (const [person, young] of persons) if (young && !children.has(person)) children.set(person, [])
  const lonely = [...children].flatMap(([child, guardians]) => (guardians.length === 0 ? [child] : []))
  const cards = await listPeople(act.tx, lonely)
  const population = new Map<string, Asked>()
  for (const person of persons.keys()) {
    const guardians = children.get(person)
    population.set(beneficiaryMark(secret, person), {
      to: guardians ?? [person],
      guardian: guardians !== undefined,
      shown: guardians?.length === 0 ? (cards.get(person)?.maskedName ?? '—') : undefined,
    })
  }
  for (const each of served.filter((one): one is Extract<Beneficiary, { member: string }> => 'member' in one))
    population.set(beneficiaryMark(secret, each.member), { to: [], guardian: false, shown: maskName(each.name) })
  return population
}

async function invitationOf(act: Act, survey: rules.Survey, secret: string, asked: Asked) {
  const id = store.invitationUuid()
  const who =
    asked.shown === undefined
      ? undefined
      : await act.platform.cipher.seal(act.tx, survey.id, namePlace(id), asked.shown)
  return {
    id,
    tokenHash: tokenHash(tokenOf(secret, id)),
    holders: asked.to.map((person) => beneficiaryMark(secret, person)),
    who,
    guardian: asked.guardian,
  }
}

/** Freezes the population, draws where there are many, and sends the links. Fewer than five beneficiaries are not asked: the evaluator judges. */
export async function drawSurvey(act: Act, surveyId: string): Promise<void> {
  const before = await store.findSurvey(act.tx, surveyId, 'update')
  if (before?.state !== 'preparing') return
  const evaluation = await findEvaluation(act.tx, before.evaluation)
  const secret = await openSecret(act.platform, act.tx, before)
  if (evaluation?.survey === undefined || secret === undefined) throw new Error('a survey without its terms')
  const { survey: terms } = evaluation
  const population = await populationOf(act, before, secret)
  const list = [...population.keys()].toSorted()
  const sample = rules.sampleOf(list, terms, { secret: terms.secret, nonce: before.nonce }, sm3)
  const frozen = { ...before, population: list.length, populationHash: sample.hash, version: before.version + 1 }
  if (list.length < rules.fewestShown) return endSurvey(act, { ...frozen, invited: 0 })
  const until = dueAt(act.now, terms.days, act.platform.calendar).at
  const after: rules.Survey = {
    ...frozen,
    state: 'asking',
    invited: sample.asked.length,
    draw: sample.drawn ? list : undefined,
    until,
  }
  const asked = sample.asked.flatMap((mark) => population.get(mark) ?? [])
  await store.insertInvitations(
    act.tx,
    after.id,
    await Promise.all(asked.map((each) => invitationOf(act, after, secret, each))),
  )
  await store.saveSurvey(act.tx, after)
  recordSurvey(act, 'drawSurvey', before, after, {
    data: { population: list.length, invited: sample.asked.length, drawn: sample.drawn, hash: sample.hash },
    timers: [{ handler: 'evaluation.closeSurvey', due: addMilliseconds(until, 1) }],
  })
  for (const guardian of [false, true])
    notify(act, {
      persons: asked.filter((each) => each.guardian === guardian).flatMap((each) => each.to),
      kind: guardian ? 'evaluation.survey-guardian' : 'evaluation.survey-asked',
      of: refOf(after),
      params: { title: after.title, until: today(until) },
    })
}

/** Counts what came in, destroys the survey's key and whose link was whose, and hands the results to the evaluation. */
async function endSurvey(act: Act, before: rules.Survey): Promise<void> {
  const evaluation = await findEvaluationForUpdate(act.tx, before.evaluation)
  if (evaluation === undefined) throw new Error('a survey belongs to an evaluation')
  const sealed = await store.removeAnswers(act.tx, before.id)
  // Fewer than five are not even opened.
  const answers =
    sealed.length < rules.fewestShown
      ? []
      : await Promise.all(sealed.map((each) => openAnswer(act.platform, act.tx, before.id, each)))
  const tally = rules.tallyOf(before.items, answers)
  const after: rules.Survey = {
    ...before,
    state: 'closed',
    version: before.version + 1,
    secret: undefined,
    tally,
    answered: tally === undefined ? undefined : answers.length,
    closedAt: act.now,
  }
  const results =
    tally === undefined ? before.items.map(({ name }) => ({ name })) : rules.surveyedOf(tally, before.population ?? 0)
  await store.saveSurvey(act.tx, after)
  await store.saveForgotten(act.tx, after.id)
  await act.platform.cipher.destroy(act.tx, after.id)
  const scored = putSurveyed(evaluation, results)
  await saveEvaluation(act.tx, scored, act.now)
  recordSurvey(act, 'closeSurvey', before, after, {
    data: { invited: after.invited ?? 0, answered: after.answered ?? null },
    timers: [],
  })
  recordEvaluation(act, 'putSurveyed', evaluation, scored, { survey: after.id })
  notify(act, {
    persons: [evaluation.evaluator],
    kind: 'evaluation.survey-ended',
    of: { kind: 'evaluation', id: evaluation.id },
    params: { evaluation: after.number },
  })
}

/** When its days are over. Nothing happens where it ended already. */
export async function closeSurvey(act: Act, surveyId: string): Promise<void> {
  const survey = await store.findSurvey(act.tx, surveyId, 'update')
  if (survey === undefined || survey.state !== 'asking' || rules.linkState(survey, act.now, false) !== 'over') return
  await endSurvey(act, survey)
}

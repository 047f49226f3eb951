// Evaluation: a survey from its opening over the draw to its end.
import { notify } from '../../../foundation/notices/public.ts'
import { jurisdictionOf } from '../../../kit/id.ts'
import { addMilliseconds } from '../../../kit/instant.ts'
import { today } from '../../../kit/plain-date.ts'
import { absent, allow } from '../../../kit/ruling.ts'
import { dueAt } from '../../../kit/working-days.ts'
import { type Act, action } from '../../../platform/action.ts'
import type { EventDraft } from '../../../platform/events.ts'
import * as contract from '../contract/surveys.ts'
import * as rules from '../rules/survey.ts'
import {
  awaitDraw,
  drawSurvey as drawSurveyOf,
  judgedEvaluation,
  openSurvey as openSurveyOf,
  putSurveyed,
  shownNumber,
  surveyItems,
} from '../rules.ts'
import { findEvaluation, findEvaluationForUpdate, saveEvaluation } from '../store.ts'
import * as store from '../store/surveys.ts'
import { recordEvaluation } from './recording.ts'
import { holderMark, namePlace, openAnswer, openSecret, sealSecret, sm3, tokenHash, tokenOf } from './survey-keys.ts'
import { entryOf, type Listed, listBeneficiaries, openRoster, sealRoster } from './survey-roster.ts'

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
export const openSurvey = action(contract.openSurvey, async (act, { params }) => {
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
    secret: await sealSecret(act.platform, act.tx, id),
    openedAt: act.now,
  }
  await store.insertSurvey(act.tx, survey)
  await saveEvaluation(act.tx, ruling.value, act.now)
  recordEvaluation(act, 'openSurvey', before, ruling.value, { survey: id })
  recordSurvey(act, 'prepareSurvey', undefined, survey)
  const { version, state } = ruling.value
  return allow({ id: before.id, version, state, survey: id })
})

async function invitationOf(act: Act, survey: rules.Survey, secret: string, asked: Listed) {
  const { id } = asked
  const who =
    asked.shown === undefined
      ? undefined
      : await act.platform.cipher.seal(act.tx, survey.id, namePlace(id), asked.shown)
  return {
    id,
    tokenHash: tokenHash(tokenOf(secret, id)),
    holders: asked.to.map((person) => holderMark(secret, person)),
    who,
    guardian: asked.guardian,
  }
}

/** Writes the links of those who are asked and tells them. Answers the survey as it is from now on. */
async function ask(
  act: Act,
  survey: rules.Survey,
  secret: string,
  asked: readonly Listed[],
  days: number,
): Promise<rules.Survey> {
  const until = dueAt(act.now, days, act.platform.calendar).at
  await store.insertInvitations(
    act.tx,
    survey.id,
    await Promise.all(asked.map((each) => invitationOf(act, survey, secret, each))),
  )
  for (const guardian of [false, true])
    notify(act, {
      persons: asked.filter((each) => each.guardian === guardian).flatMap((each) => each.to),
      kind: guardian ? 'evaluation.survey-guardian' : 'evaluation.survey-asked',
      of: refOf(survey),
      params: { title: survey.title, until: today(until) },
    })
  return { ...survey, state: 'asking', invited: asked.length, until }
}

const endTimer = ({ until }: rules.Survey) =>
  until === undefined ? [] : [{ handler: 'evaluation.closeSurvey', due: addMilliseconds(until, 1) }]

/**
 * Freezes the list of beneficiaries, whose hash is public from now on. A small list is asked as a whole; of a longer one the evaluator draws. Fewer than
 * five beneficiaries are not asked: the evaluator judges.
 */
export async function freezeSurvey(act: Act, surveyId: string): Promise<void> {
  const before = await store.findSurvey(act.tx, surveyId, 'update')
  if (before?.state !== 'preparing' || before.draw !== undefined) return
  const evaluation = await findEvaluationForUpdate(act.tx, before.evaluation)
  const secret = await openSecret(act.platform, act.tx, before)
  if (evaluation?.survey === undefined || secret === undefined) throw new Error('a survey without its terms')
  const listed = await listBeneficiaries(act, before)
  const { list, hash, asked } = rules.frozenList(listed.map(entryOf), evaluation.survey, sm3)
  const frozen: rules.Survey = {
    ...before,
    state: 'listed',
    population: list.length,
    populationHash: hash,
    draw: list,
    version: before.version + 1,
  }
  // Of fewer than five not even the list is kept.
  if (list.length < rules.fewestShown) return endSurvey(act, { ...frozen, draw: undefined, invited: 0 })
  await store.saveRoster(act.tx, before.id, await sealRoster(act.platform, act.tx, before.id, listed))
  const data = { population: list.length, hash }
  if (asked !== undefined) {
    const after = { ...(await ask(act, frozen, secret, listed, evaluation.survey.days)), asked }
    await store.saveSurvey(act.tx, after)
    return recordSurvey(act, 'freezeSurvey', before, after, {
      data: { ...data, invited: asked.length },
      timers: endTimer(after),
    })
  }
  await store.saveSurvey(act.tx, frozen)
  recordSurvey(act, 'freezeSurvey', before, frozen, { data })
  const awaiting = awaitDraw(evaluation)
  await saveEvaluation(act.tx, awaiting, act.now)
  recordEvaluation(act, 'awaitDraw', evaluation, awaiting, { survey: before.id, hash })
}

/** The seed is the secret committed at planning, the evaluator's number, and the list that was frozen before that number was made. */
export const drawSurvey = action(contract.drawSurvey, async (act, { params, body }) => {
  const evaluation = await findEvaluationForUpdate(act.tx, params.id)
  if (evaluation === undefined) return absent()
  const { survey: terms } = evaluation
  const before = terms?.id === undefined ? undefined : await store.findSurvey(act.tx, terms.id, 'update')
  const ruling = await act.judge(judgedEvaluation(evaluation), () => {
    if (before === undefined) return drawSurveyOf(evaluation, act.now)
    const drawable = rules.mayDraw(before, body.populationHash)
    return drawable.ok ? drawSurveyOf(evaluation, act.now) : drawable
  })
  if (!ruling.ok) return ruling
  if (terms === undefined || before?.draw === undefined) throw new Error('a survey to be drawn has its list')
  const asked = rules.drawSample(before.draw, terms, { secret: terms.secret, nonce: body.nonce }, sm3)
  const after: rules.Survey = {
    ...before,
    state: 'preparing',
    asked,
    nonce: body.nonce,
    version: before.version + 1,
  }
  await store.saveSurvey(act.tx, after)
  await saveEvaluation(act.tx, ruling.value, act.now)
  recordEvaluation(act, 'drawSurvey', evaluation, ruling.value, { survey: after.id })
  recordSurvey(act, 'settleSample', before, after, { data: { size: asked.length, nonce: body.nonce } })
  const { id, version, state } = ruling.value
  return allow({ id, version, state, survey: after.id, size: asked.length })
})

/** Sends their links to those who were drawn, right after the act that settled who they are. */
export async function askSurvey(act: Act, surveyId: string): Promise<void> {
  const before = await store.findSurvey(act.tx, surveyId, 'update')
  if (before?.state !== 'preparing' || before.asked === undefined) return
  const evaluation = await findEvaluation(act.tx, before.evaluation)
  const secret = await openSecret(act.platform, act.tx, before)
  if (evaluation?.survey === undefined || secret === undefined) throw new Error('a survey without its terms')
  const drawn = new Set(before.asked)
  const roster = (await openRoster(act.platform, act.tx, before.id)).filter((each) => drawn.has(entryOf(each)))
  const asking = await ask(act, before, secret, roster, evaluation.survey.days)
  const after: rules.Survey = { ...asking, version: before.version + 1 }
  await store.saveSurvey(act.tx, after)
  recordSurvey(act, 'askSurvey', before, after, { data: { invited: roster.length }, timers: endTimer(after) })
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

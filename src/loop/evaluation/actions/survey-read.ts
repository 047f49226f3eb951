// Evaluation: a survey as it is read, and all that repeating its draw needs.
import { divisionName } from '../../../foundation/divisions/public.ts'
import type { OutputOf } from '../../../kit/endpoint.ts'
import { absent, allow, refuse } from '../../../kit/ruling.ts'
import { type Ask, question } from '../../../platform/action.ts'
import { listOrganizations } from '../../../registers/organizations/public.ts'
import * as contract from '../contract/surveys.ts'
import * as rules from '../rules/survey.ts'
import { type Evaluation, mayRead } from '../rules.ts'
import { findEvaluation } from '../store.ts'
import * as store from '../store/surveys.ts'
import { sm3 } from './survey-keys.ts'

type Result = NonNullable<OutputOf<typeof contract.getSurvey>['result']>

async function resultOf(ask: Ask, survey: rules.Survey): Promise<Result | undefined> {
  const { tally, answered } = survey
  if (tally === undefined || answered === undefined) return undefined
  const surveyed = rules.surveyedOf(tally, survey.population ?? 0)
  return {
    answered,
    responseRate: rules.responseRate(answered, survey.invited ?? 0),
    onPaper: await store.countOnPaper(ask.tx, survey.id),
    items: survey.items.map(({ name, questions }, at) => {
      const found = surveyed[at]
      return {
        name,
        score: found?.tenths === undefined ? undefined : found.tenths / 10,
        margin: found?.margin === undefined ? undefined : found.margin / 10,
        questions: questions.map((text, index) => {
          const counts = rules.shownCounts(tally[at]?.counts[index] ?? [])
          return { text, counts: counts && [...counts] }
        }),
      }
    }),
  }
}

const termsOf = ({ survey }: Evaluation) => ({ all: survey?.all ?? 0, sample: survey?.sample ?? 0 })

export const getSurvey = question(contract.getSurvey, async (ask, { params }) => {
  const survey = await store.findSurvey(ask.tx, params.id)
  const evaluation = survey && (await findEvaluation(ask.tx, survey.evaluation))
  if (survey === undefined || evaluation === undefined) return absent()
  const organizations = await listOrganizations(ask.tx, [survey.organization])
  return allow({
    id: survey.id,
    state: survey.state,
    title: survey.title,
    number: survey.number,
    division: survey.division,
    divisionName: divisionName(survey.division),
    evaluation: survey.evaluation,
    organizationName: organizations.get(survey.organization)?.name,
    until: survey.until,
    closedAt: survey.closedAt,
    items: survey.items.map(({ name, questions }) => ({ name, questions: [...questions] })),
    population: survey.population,
    invited: survey.invited,
    terms: termsOf(evaluation),
    populationHash: survey.populationHash,
    commitment: evaluation.survey?.commitment,
    result: mayRead(evaluation, ask.actor) ? await resultOf(ask, survey) : undefined,
    tooFew: survey.state === 'closed' && survey.answered === undefined,
  })
})

export const getSurveyDraw = question(contract.getSurveyDraw, async (ask, { params }) => {
  const survey = await store.findSurvey(ask.tx, params.id)
  const evaluation = survey && (await findEvaluation(ask.tx, survey.evaluation))
  if (survey === undefined || evaluation?.survey === undefined) return absent()
  if (survey.state !== 'closed' || survey.populationHash === undefined) return refuse('survey-runs')
  const { commitment, secret } = evaluation.survey
  const { nonce, draw = [], asked = [], number, title, populationHash } = survey
  return allow({
    ...{ survey: survey.id, number, title, commitment, secret, nonce, populationHash },
    terms: termsOf(evaluation),
    seed: nonce === undefined ? undefined : rules.sampleSeed(draw, { secret, nonce }, sm3),
    list: [...draw],
    asked: [...asked],
  })
})

// Evaluation: surveys: who is asked, how answers become a score, what may be shown of few, and what a link still opens. Pure.
import type { DivisionCode, Id } from '../../../kit/id.ts'
import { type Instant, isAfter } from '../../../kit/instant.ts'
import { allow, type FieldFault, invalid, refuse, type Ruling } from '../../../kit/ruling.ts'
import { drawOrder, type Hash, listHash, seedOf } from '../../procurement/rules/draw.ts'
import { mostPoints, type SurveyState } from '../contract/surveys.ts'

export type SurveyId = Id<'survey'>

/** Below this nothing is shown, and nothing is kept (loop.md). Not a parameter: secrecy is not a county's to lower. */
export const fewestShown = 5
/** A beneficiary younger than this does not answer: the guardian consents and answers (PIPL, article 31). */
export const guardianAge = 14

/** The indicators that a survey asks for, with their questions. */
export type SurveyItem = { readonly name: string; readonly questions: readonly string[] }

/** Per question how often 1, 2, 3, 4 and 5 points were given. */
export type Tally = readonly { readonly name: string; readonly counts: readonly (readonly number[])[] }[]

export type Survey = {
  readonly id: SurveyId
  readonly division: DivisionCode
  readonly state: SurveyState
  readonly version: number
  readonly evaluation: string
  readonly contract: string
  readonly organization: string
  readonly evaluator: string
  /** Number and title of the evaluation. */
  readonly number: string
  readonly title: string
  readonly items: readonly SurveyItem[]
  /** The evaluator's half of the draw's seed, given once the list is frozen. */
  readonly nonce?: string
  /** Sealed under the survey's own data key; gone once it ended. */
  readonly secret?: Uint8Array
  readonly population?: number
  readonly populationHash?: string
  readonly invited?: number
  /** The frozen list in its order. */
  readonly draw?: readonly string[]
  /** Those of it who are asked, in the order drawn. */
  readonly asked?: readonly string[]
  readonly until?: Instant
  /** Absent while it runs, and when fewer than five answered. */
  readonly answered?: number
  readonly tally?: Tally
  readonly openedAt: Instant
  readonly closedAt?: Instant
}

/** Terms of the sample as they stood when the evaluation was planned. */
export type SampleTerms = { readonly all: number; readonly sample: number }

/** The survey of a scheme that asks beneficiaries: set at planning, opened by the evaluator, its results written when it ended. */
export type SurveyPlan = SampleTerms & {
  /** Shown with the draw; its hash is public from the planning on. */
  readonly secret: string
  readonly commitment: string
  /** Working days during which answers come in. */
  readonly days: number
  readonly id?: string
  /** The list is frozen and a sample is to be drawn: the evaluator's number is awaited. */
  readonly toDraw?: boolean
  readonly results?: readonly Surveyed[]
}

/** Freezes a list in its order. `asked`: everybody, where there are no more than `all`; else nobody yet, since a sample is to be drawn. */
export function frozenList(
  entries: readonly string[],
  terms: SampleTerms,
  hash: Hash,
): { readonly list: readonly string[]; readonly hash: string; readonly asked?: readonly string[] } {
  const list = entries.toSorted()
  return { list, hash: listHash(list, hash), asked: list.length <= terms.all ? list : undefined }
}

/** The two halves of the seed: the secret was committed before the list was made, the number was made when the list was frozen. */
export type SampleBasis = { readonly secret: string; readonly nonce: string }

export function sampleSeed(list: readonly string[], basis: SampleBasis, hash: Hash): string {
  return seedOf({ secret: basis.secret, bidHashes: [basis.nonce], list }, hash)
}

/** The sample by the draw that anyone can repeat, in the order drawn. `list` is the frozen list in its order. */
export function drawSample(list: readonly string[], terms: SampleTerms, basis: SampleBasis, hash: Hash): string[] {
  return drawOrder(list, sampleSeed(list, basis, hash), hash).slice(0, terms.sample)
}

/** Whether the sample may be drawn: the list is frozen and not drawn from yet, and the evaluator saw the very same. */
export function mayDraw(survey: Pick<Survey, 'state' | 'populationHash'>, seen: string): Ruling<void> {
  if (survey.state !== 'listed') return refuse('nothing-to-draw')
  return survey.populationHash === seen ? allow(undefined) : refuse('list-differs')
}

export const questionsOf = (items: readonly SurveyItem[]): number =>
  items.reduce((total, item) => total + item.questions.length, 0)

/** What a link of this survey opens now. `used`: it has its answer. */
export function linkState(
  survey: Pick<Survey, 'state' | 'until'>,
  now: Instant,
  used: boolean,
): 'open' | 'used' | 'over' {
  if (survey.state !== 'asking' || survey.until === undefined || isAfter(now, survey.until)) return 'over'
  return used ? 'used' : 'open'
}

/** Whether links and receipts of this survey can be had: not before those who are asked are settled, not after the end. */
export function withinReach(survey: Pick<Survey, 'state' | 'until'>, now: Instant): Ruling<void> {
  if (survey.state === 'preparing' || survey.state === 'listed') return refuse('survey-not-begun')
  return linkState(survey, now, false) === 'over' ? refuse('survey-over') : allow(undefined)
}

export type Answer = { readonly as: 'self' | 'guardian'; readonly points: readonly number[] }

/** Refuses survey-over, guardian-needed, answers-missing and nothing-said. That a link was used is found by its answer. */
export function answerSurvey(
  survey: Pick<Survey, 'state' | 'until' | 'items'>,
  now: Instant,
  guardian: boolean,
  answer: Answer,
): Ruling<readonly number[]> {
  if (linkState(survey, now, false) === 'over') return refuse('survey-over')
  const faults: FieldFault[] = []
  if (guardian && answer.as !== 'guardian') faults.push({ path: 'body.as', code: 'guardian-needed' })
  const asked = questionsOf(survey.items)
  if (answer.points.length !== asked)
    faults.push({ path: 'body.points', code: 'answers-missing', params: { asked, given: answer.points.length } })
  else if (answer.points.every((points) => points === 0)) faults.push({ path: 'body.points', code: 'nothing-said' })
  return faults.length > 0 ? invalid(faults) : allow(answer.points)
}

/** How often each answer was given to each question; undefined when fewer than five answered: then nothing is kept. */
export function tallyOf(items: readonly SurveyItem[], answers: readonly (readonly number[])[]): Tally | undefined {
  if (answers.length < fewestShown) return undefined
  let first = 0
  return items.map(({ name, questions }) => {
    const from = first
    first += questions.length
    return {
      name,
      counts: questions.map((_, index) =>
        Array.from(
          { length: mostPoints },
          (__, at) => answers.filter((points) => points[from + index] === at + 1).length,
        ),
      ),
    }
  })
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0)

/** The counts of a question, where enough people answered it. */
export function shownCounts(counts: readonly number[]): readonly number[] | undefined {
  return sum(counts) < fewestShown ? undefined : counts
}

export type Surveyed = {
  readonly name: string
  /** Tenths of a point, 0–1000; absent where no question of it was answered by five. */
  readonly tenths?: number
  /** Answers to the question of it that was answered least. */
  readonly answers?: number
  /** Tenths of a point; see marginOf. */
  readonly margin?: number
}

/**
 * Margin of error at 95 % in tenths of a point for a mean on a scale of 100 points, with finite-population correction, rounded up: the widest that
 * such a scale allows (half of the answers at either end), so that it promises nothing that the answers do not hold. 0 when all answered.
 */
export function marginOf(answers: number, population: number): number {
  if (answers >= population || population <= 1) return 0
  return Math.ceil((980 / Math.sqrt(answers)) * Math.sqrt((population - answers) / (population - 1)))
}

/** The mean of all answers to an indicator's questions, 1 point as 0 and 5 as 100, rounded down; only questions that five answered count. */
export function surveyedOf(tally: Tally, population: number): Surveyed[] {
  return tally.map(({ name, counts }) => {
    const shown = counts.flatMap((each) => {
      const kept = shownCounts(each)
      return kept === undefined ? [] : [kept]
    })
    if (shown.length === 0) return { name }
    const given = sum(shown.map(sum))
    const steps = sum(shown.map((each) => sum(each.map((count, at) => count * at))))
    const answers = Math.min(...shown.map(sum))
    return {
      name,
      tenths: Math.floor((steps * 1000) / ((mostPoints - 1) * given)),
      answers,
      margin: marginOf(answers, population),
    }
  })
}

/** Percent with one decimal, rounded down. */
export function responseRate(answered: number, invited: number): number {
  return invited === 0 ? 0 : Math.floor((answered * 1000) / invited) / 10
}

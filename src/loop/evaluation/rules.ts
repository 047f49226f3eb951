// Evaluation: the records, their lifecycles, how a score is made, and who may do what in which state. Pure.
import { type Actor, type Judged, may, type Reach } from '../../kit/actor.ts'
import type { DivisionCode, Id, RecordRef } from '../../kit/id.ts'
import { type Instant, isAfter } from '../../kit/instant.ts'
import { type Lifecycle, nextState } from '../../kit/lifecycle.ts'
import { type PlainDate, plainDateOf, today, yearOf } from '../../kit/plain-date.ts'
import { allow, type FieldFault, invalid, refuse, type Refusal, type Ruling } from '../../kit/ruling.ts'
import { dueAt, type WorkingDayCalendar } from '../../kit/working-days.ts'
import type { FactorStep } from '../contracts/rules.ts'
import { factorOf } from '../contracts/rules/factors.ts'
import type { EvaluationKind, EvaluationState, Measure } from './contract.ts'
import type { Surveyed, SurveyItem, SurveyPlan } from './rules/survey.ts'

export type EvaluationId = Id<'evaluation'>

export type SchemeItem =
  | {
      readonly source: 'computed'
      readonly name: string
      readonly weight: number
      readonly measure: Measure
      readonly target: number
    }
  | { readonly source: 'expert'; readonly name: string; readonly weight: number; readonly guide: string }
  | {
      readonly source: 'survey'
      readonly name: string
      readonly weight: number
      readonly questions: readonly string[]
    }

/** What one indicator got: tenths of a point, 0–1000. */
export type Scored = {
  readonly item: string
  readonly tenths: number
  readonly actual?: number
  readonly reason?: string
  /** Survey: answers and margin behind it. */
  readonly answers?: number
  readonly margin?: number
}

/** Points of the credit record from this score on. */
export type CreditStep = { readonly from: number; readonly points: number }

export type Evaluation = {
  readonly id: EvaluationId
  readonly kind: EvaluationKind
  readonly number: { readonly year: number; readonly value: number }
  readonly division: DivisionCode
  readonly state: EvaluationState
  readonly version: number
  readonly title: string
  readonly contract: string
  readonly project: string
  readonly tender?: string
  /** The lot of that tender on whose award the contract stands. */
  readonly lot?: number
  readonly organization: string
  readonly evaluator: string
  readonly plannedBy: string
  readonly items: readonly SchemeItem[]
  /** The contract's own table, and the county's credit table as it stood at planning. */
  readonly factors: readonly FactorStep[]
  readonly credit: readonly CreditStep[]
  readonly survey?: SurveyPlan
  readonly dueAt: Instant
  readonly scored?: readonly Scored[]
  /** Tenths of a point, 0–1000. */
  readonly tenths?: number
  readonly summary?: string
  readonly submittedAt?: Instant
  readonly replyUntil?: Instant
  readonly reply?: { readonly words: string; readonly at: Instant }
  readonly sendBack?: string
  readonly factorBps?: number
  readonly publishedAt?: Instant
  readonly createdAt: Instant
  readonly history: readonly { readonly state: EvaluationState; readonly at: Instant }[]
}

export const evaluationLifecycle = {
  planned: { replaceEvaluator: 'planned', openSurvey: 'planned', drawSurvey: 'planned', submitEvaluation: 'submitted' },
  submitted: { sendBackEvaluation: 'planned', replyToEvaluation: 'submitted', publishEvaluation: 'published' },
  published: {},
} as const satisfies Lifecycle<EvaluationState, string>

type VerbsOf<T> = T extends unknown ? keyof T : never
export type EvaluationVerb = VerbsOf<(typeof evaluationLifecycle)[EvaluationState]> & string
const lifecycle: Lifecycle<EvaluationState, EvaluationVerb> = evaluationLifecycle

/** 评2026-0003. */
export function shownNumber(evaluation: Pick<Evaluation, 'number'>): string {
  return `评${evaluation.number.year}-${String(evaluation.number.value).padStart(4, '0')}`
}

export function reachOf(evaluation: Pick<Evaluation, 'division' | 'organization' | 'evaluator'>): Reach {
  return { division: evaluation.division, organizations: [evaluation.organization], persons: [evaluation.evaluator] }
}

export function lineageOf(evaluation: Pick<Evaluation, 'id' | 'contract' | 'project' | 'tender'>): RecordRef[] {
  return [
    { kind: 'evaluation', id: evaluation.id },
    { kind: 'contract', id: evaluation.contract },
    { kind: 'project', id: evaluation.project },
    ...(evaluation.tender === undefined ? [] : [{ kind: 'tender', id: evaluation.tender }]),
  ]
}

export function judgedEvaluation(evaluation: Evaluation): Judged {
  return { reach: reachOf(evaluation), version: evaluation.version, lineage: lineageOf(evaluation) }
}

export function mayReadAll(evaluation: Evaluation, actor: Actor): boolean {
  return may(actor, 'evaluation.readEvaluation', reachOf(evaluation))
}

export function mayRead(evaluation: Evaluation, actor: Actor): boolean {
  return evaluation.state === 'published' || mayReadAll(evaluation, actor)
}

export function isOverdue(evaluation: Evaluation, now: Instant): boolean {
  return evaluation.state === 'planned' && isAfter(now, evaluation.dueAt)
}

/** Weights add up to 100 and no indicator is named twice: judgements go by name. */
export function checkScheme(items: readonly SchemeItem[]): Refusal<'invalid-input'> | undefined {
  const faults: FieldFault[] = []
  const total = items.reduce((sum, item) => sum + item.weight, 0)
  if (total !== 100) faults.push({ path: 'body.items', code: 'weights-not-whole', params: { total } })
  items.forEach((item, index) => {
    if (items.findIndex((other) => other.name === item.name) < index)
      faults.push({ path: `body.items.${index}.name`, code: 'item-twice' })
  })
  return faults.length === 0 ? undefined : invalid(faults)
}

/** What the registers and the history say of a person who is to evaluate. */
export type Independence = {
  readonly holdsRole: boolean
  /** Staff of the undertaker, or on its contract's team. */
  readonly ofUndertaker: boolean
  /** Designed, scored, drafted or accepted what is to be evaluated. */
  readonly tookPart: boolean
}

export function checkEvaluator(independence: Independence): Refusal<'invalid-input'> | undefined {
  if (!independence.holdsRole) return invalid([{ path: 'body.evaluator', code: 'not-an-evaluator' }])
  return independence.ofUndertaker || independence.tookPart
    ? invalid([{ path: 'body.evaluator', code: 'evaluator-conflict' }])
    : undefined
}

/** What delivery counted. */
export type Results = {
  readonly serviceRecords: number
  readonly minutes: number
  readonly attendance: number
  readonly beneficiaries: number
  readonly activities: readonly { readonly planned: number; readonly count: number }[]
}

/** The measured value of a computed indicator; `plan` in percent, each activity counting no more than it was planned. */
export function measured(measure: Measure, results: Results): number {
  switch (measure) {
    case 'service-records':
      return results.serviceRecords
    case 'minutes':
      return results.minutes
    case 'attendance':
      return results.attendance
    case 'beneficiaries':
      return results.beneficiaries
    case 'plan': {
      if (results.activities.length === 0) return 0
      // In whole numbers over one denominator: 9 of 25 is no exact binary fraction, and a tenth lost may cost a step of the factor.
      const whole = results.activities.reduce((product, each) => product * BigInt(each.planned), 1n)
      const done = results.activities.reduce(
        (sum, each) => sum + (whole / BigInt(each.planned)) * BigInt(Math.min(each.planned, each.count)),
        0n,
      )
      return Number((done * 1000n) / (whole * BigInt(results.activities.length))) / 10
    }
  }
}

/** Tenths of a point for reaching so much of a target; more than the target is not more than everything. `actual` has one decimal at most. */
export function tenthsOf(actual: number, target: number): number {
  return Math.min(1000, Math.floor((Math.round(actual * 10) * 100) / target))
}

export type Judgement = { readonly item: string; readonly score: number; readonly reason: string }

/** Whether the evaluator gives this indicator its score: judged ones, and surveyed ones that fewer than five answered. */
export function isJudged(item: SchemeItem, surveyed: readonly Surveyed[]): boolean {
  return item.source === 'expert' || (item.source === 'survey' && resultFor(item, surveyed)?.tenths === undefined)
}

const resultFor = (item: SchemeItem, surveyed: readonly Surveyed[]) => surveyed.find((each) => each.name === item.name)

/** The questions of a scheme, by indicator. */
export function surveyItems(items: readonly SchemeItem[]): SurveyItem[] {
  return items.flatMap((item) => (item.source === 'survey' ? [{ name: item.name, questions: item.questions }] : []))
}

/**
 * The score of every indicator: computed ones from the records, surveyed ones from the answers, the others as judged, each with its reason. All
 * faults at once.
 */
export function scoreItems(
  items: readonly SchemeItem[],
  judgements: readonly Judgement[],
  results: Results,
  surveyed: readonly Surveyed[] = [],
): Ruling<Scored[]> {
  const faults: FieldFault[] = judgements.flatMap((judgement, index): FieldFault[] => {
    const item = items.find((each) => each.name === judgement.item)
    const twice = judgements.findIndex((other) => other.item === judgement.item) < index
    return item !== undefined && isJudged(item, surveyed) && !twice
      ? []
      : [{ path: `body.judgements.${index}.item`, code: 'judgement-unknown' }]
  })
  const scored = items.flatMap((item): Scored[] => {
    if (item.source === 'computed') {
      const actual = measured(item.measure, results)
      return [{ item: item.name, tenths: tenthsOf(actual, item.target), actual }]
    }
    const asked = resultFor(item, surveyed)
    if (item.source === 'survey' && asked?.tenths !== undefined)
      return [{ item: item.name, tenths: asked.tenths, answers: asked.answers, margin: asked.margin }]
    const judgement = judgements.find((each) => each.item === item.name)
    if (judgement === undefined) {
      faults.push({ path: 'body.judgements', code: 'judgement-missing', params: { item: item.name } })
      return []
    }
    return [{ item: item.name, tenths: judgement.score * 10, reason: judgement.reason }]
  })
  return faults.length > 0 ? invalid(faults) : allow(scored)
}

/** The weighted mean in tenths, rounded down: nobody reaches a step of the factor by rounding. */
export function totalOf(items: readonly SchemeItem[], scored: readonly Scored[]): number {
  const sum = items.reduce(
    (total, item) => total + item.weight * (scored.find((each) => each.item === item.name)?.tenths ?? 0),
    0,
  )
  return Math.floor(sum / 100)
}

/** Points of the credit record for a score in tenths. */
export function creditOf(steps: readonly CreditStep[], tenths: number): number {
  return steps.toSorted((a, b) => b.from - a.from).find((step) => tenths / 10 >= step.from)?.points ?? 0
}

/** Reads the county's credit table; anything else means no points. */
export function readCredit(value: unknown): CreditStep[] {
  if (!Array.isArray(value)) return []
  return value.flatMap((step: unknown): CreditStep[] => {
    if (typeof step !== 'object' || step === null) return []
    const [from, points]: unknown[] = [Reflect.get(step, 'from'), Reflect.get(step, 'points')]
    return typeof from === 'number' && typeof points === 'number' ? [{ from, points }] : []
  })
}

export function standing(evaluation: Evaluation, verb: EvaluationVerb, now: Instant): Ruling<EvaluationState> {
  const next = nextState(lifecycle, evaluation.state, verb)
  if (!next.ok) return next
  const { survey } = evaluation
  if (verb === 'openSurvey' && survey === undefined) return refuse('nothing-to-survey')
  if (verb === 'openSurvey' && survey?.id !== undefined) return refuse('survey-opened')
  if (verb === 'drawSurvey' && survey?.toDraw !== true) return refuse('nothing-to-draw')
  if (verb === 'submitEvaluation' && survey !== undefined) {
    if (survey.id === undefined) return refuse('survey-not-held')
    if (survey.results === undefined) return refuse('survey-runs')
  }
  if (verb === 'replyToEvaluation') {
    if (evaluation.reply !== undefined) return refuse('replied-already')
    if (evaluation.replyUntil !== undefined && isAfter(now, evaluation.replyUntil)) return refuse('reply-over')
  }
  if (
    verb === 'publishEvaluation' &&
    evaluation.reply === undefined &&
    evaluation.replyUntil !== undefined &&
    !isAfter(now, evaluation.replyUntil)
  ) {
    return refuse('reply-period-runs', { until: today(evaluation.replyUntil) })
  }
  return next
}

function decide(
  evaluation: Evaluation,
  verb: EvaluationVerb,
  now: Instant,
  changes: Partial<Evaluation>,
): Ruling<Evaluation> {
  const state = standing(evaluation, verb, now)
  if (!state.ok) return state
  const history =
    state.value === evaluation.state ? evaluation.history : [...evaluation.history, { state: state.value, at: now }]
  return allow({ ...evaluation, ...changes, state: state.value, history, version: evaluation.version + 1 })
}

export function replaceEvaluator(evaluation: Evaluation, now: Instant, evaluator: string): Ruling<Evaluation> {
  return decide(evaluation, 'replaceEvaluator', now, { evaluator })
}

const planWith = ({ survey }: Evaluation, changes: Partial<SurveyPlan>) => survey && { ...survey, ...changes }

/** The list of beneficiaries is made from now on. */
export function openSurvey(evaluation: Evaluation, now: Instant, id: string): Ruling<Evaluation> {
  return decide(evaluation, 'openSurvey', now, { survey: planWith(evaluation, { id }) })
}

/** The evaluator's number is there: nothing is left to draw. */
export function drawSurvey(evaluation: Evaluation, now: Instant): Ruling<Evaluation> {
  return decide(evaluation, 'drawSurvey', now, { survey: planWith(evaluation, { toDraw: undefined }) })
}

function learn(evaluation: Evaluation, changes: Partial<SurveyPlan>): Evaluation {
  if (evaluation.survey === undefined) throw new Error('an evaluation without a survey heard of one')
  return { ...evaluation, survey: planWith(evaluation, changes), version: evaluation.version + 1 }
}

/** The list is frozen and longer than all are asked of: the evaluator draws. The program's own act. */
export const awaitDraw = (evaluation: Evaluation): Evaluation => learn(evaluation, { toDraw: true })

/** The survey ended: what each of its indicators got; those without a result are judged. The program's own act. */
export const putSurveyed = (evaluation: Evaluation, results: readonly Surveyed[]): Evaluation =>
  learn(evaluation, { results })

/** The undertaker gets its working days to reply before anything is published. */
export function submitEvaluation(
  evaluation: Evaluation,
  now: Instant,
  input: { judgements: readonly Judgement[]; summary: string },
  results: Results,
  terms: { replyDays: number; calendar: WorkingDayCalendar },
): Ruling<Evaluation> {
  const state = standing(evaluation, 'submitEvaluation', now)
  if (!state.ok) return state
  const scored = scoreItems(evaluation.items, input.judgements, results, evaluation.survey?.results)
  if (!scored.ok) return scored
  return decide(evaluation, 'submitEvaluation', now, {
    scored: scored.value,
    tenths: totalOf(evaluation.items, scored.value),
    summary: input.summary,
    submittedAt: now,
    sendBack: undefined,
    reply: undefined,
    replyUntil: dueAt(now, terms.replyDays, terms.calendar).at,
  })
}

export function sendBackEvaluation(evaluation: Evaluation, now: Instant, words: string): Ruling<Evaluation> {
  return decide(evaluation, 'sendBackEvaluation', now, {
    sendBack: words,
    submittedAt: undefined,
    replyUntil: undefined,
  })
}

export function replyToEvaluation(evaluation: Evaluation, now: Instant, words: string): Ruling<Evaluation> {
  return decide(evaluation, 'replyToEvaluation', now, { reply: { words, at: now } })
}

/** After the reply, or when its time is over. The factor of the final one is the one that the contract's own table gives; others move no money. */
export function publishEvaluation(evaluation: Evaluation, now: Instant): Ruling<Evaluation> {
  return decide(evaluation, 'publishEvaluation', now, {
    publishedAt: now,
    factorBps: evaluation.kind === 'final' ? factorOf(evaluation.factors, (evaluation.tenths ?? 0) / 10) : undefined,
  })
}

/** The last day of the year after a final evaluation below the line: until then the undertaker takes on nothing new. Undefined: it may. */
export function ineligibleUntil(evaluation: Evaluation, below: number, now: Instant): PlainDate | undefined {
  if (evaluation.kind !== 'final' || (evaluation.tenths ?? 0) >= below * 10) return undefined
  return plainDateOf(`${yearOf(today(now)) + 1}-12-31`)
}

export const evaluationVerbPermissions = {
  openSurvey: 'evaluation.openSurvey',
  drawSurvey: 'evaluation.openSurvey',
  replaceEvaluator: 'evaluation.planEvaluation',
  submitEvaluation: 'evaluation.submitEvaluation',
  sendBackEvaluation: 'evaluation.planEvaluation',
  replyToEvaluation: 'evaluation.replyToEvaluation',
  publishEvaluation: 'evaluation.publishEvaluation',
} as const satisfies Record<EvaluationVerb, string>

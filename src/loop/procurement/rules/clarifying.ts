// Procurement: questions about a published tender and their answers. Pure.
import type { Actor } from '../../../kit/actor.ts'
import type { Id } from '../../../kit/id.ts'
import { type Instant, isAfter } from '../../../kit/instant.ts'
import { today } from '../../../kit/plain-date.ts'
import { allow, refuse, type Ruling } from '../../../kit/ruling.ts'
import { addWorkingDays, endOfDay, type WorkingDayCalendar } from '../../../kit/working-days.ts'
import { mostQuestions } from '../contract/matters.ts'
import { moved, standing, type Tender, type TenderId } from '../rules.ts'
import { without } from './pending.ts'

export type Question = {
  readonly id: Id<'question'>
  readonly tender: TenderId
  readonly organization: string
  readonly person: string
  readonly words: string
  readonly at: Instant
  readonly due: Instant
  readonly answer?: string
  readonly answeredAt?: Instant
  readonly answeredBy?: string
}

/** The end of the last day for questions; undefined before publication. */
export function questionsUntil(
  tender: Pick<Tender, 'deadline' | 'terms'>,
  calendar: WorkingDayCalendar,
): Instant | undefined {
  if (tender.deadline === undefined || tender.terms === undefined) return undefined
  return endOfDay(addWorkingDays(today(tender.deadline), -tender.terms.questionDays, calendar).date)
}

/** Not in the last working days before the deadline (an objection moves the deadline: then not yet), and not without measure. */
export function askQuestion(
  tender: Tender,
  actor: Actor,
  now: Instant,
  asked: { readonly ofOne: number; readonly ofAll: number },
  calendar: WorkingDayCalendar,
): Ruling<true> {
  const state = standing(tender, 'askQuestion', actor, now)
  if (!state.ok) return state
  const until = questionsUntil(tender, calendar)
  if (until !== undefined && tender.stoppedAt === undefined && isAfter(now, until))
    return refuse('questions-closed', { until: today(until) })
  if (asked.ofOne >= mostQuestions.ofOne || asked.ofAll >= mostQuestions.ofAll)
    return refuse('too-many-questions', { most: mostQuestions.ofOne })
  return allow(true)
}

export function answerQuestion(
  tender: Tender,
  actor: Actor,
  now: Instant,
  question: Pick<Question, 'id' | 'answeredAt'>,
): Ruling<Tender> {
  const state = standing(tender, 'answerQuestion', actor, now)
  if (!state.ok) return state
  if (question.answeredAt !== undefined) return refuse('already-answered')
  return allow(moved(tender, state.value, now, { pending: without(tender.pending, question.id) }))
}

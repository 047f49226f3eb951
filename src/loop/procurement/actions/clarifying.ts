// Procurement: questions about a published tender, their public answers, and who is told of them.
import { notify } from '../../../foundation/notices/public.ts'
import { splitId } from '../../../kit/id.ts'
import { absent, allow } from '../../../kit/ruling.ts'
import { dueAt } from '../../../kit/working-days.ts'
import { type Act, action } from '../../../platform/action.ts'
import type { StoredEvent } from '../../../platform/events.ts'
import * as contract from '../contract/questions.ts'
import * as rules from '../rules.ts'
import * as clarifying from '../rules/clarifying.ts'
import { personalNumbers } from '../rules/public-words.ts'
import * as store from '../store.ts'
import * as matters from '../store/matters.ts'
import { recordTender } from './recording.ts'

/** The organization for which the actor asks. */
function askingFor(act: Act): string | undefined {
  return act.actor.grants.find(
    (grant) => grant.permissions.has('procurement.askQuestion') && grant.organizationId !== undefined,
  )?.organizationId
}

export const askQuestion = action(contract.askQuestion, async (act, { params, body }) => {
  const tender = await store.findTenderForUpdate(act.tx, params.id)
  if (tender === undefined || tender.publishedAt === undefined) return absent()
  const organization = askingFor(act)
  const questions = await matters.listQuestions(act.tx, tender.id)
  const asked = {
    ofOne: questions.filter((each) => each.organization === organization).length,
    ofAll: questions.length,
  }
  const ruling = await act.judge(
    { reach: { ...rules.reachOf(tender), anyone: true } },
    () =>
      personalNumbers({ question: body.question }) ??
      clarifying.askQuestion(tender, act.actor, act.now, asked, act.platform.calendar),
  )
  if (!ruling.ok) return ruling
  if (organization === undefined || act.actor.kind !== 'person') return absent()
  const question: clarifying.Question = {
    id: act.newId<'question'>(splitId(tender.id).jurisdiction),
    tender: tender.id,
    organization,
    person: act.actor.personId,
    words: body.question,
    at: act.now,
    due: dueAt(act.now, tender.terms?.answerDays ?? 1, act.platform.calendar).at,
  }
  await matters.insertQuestion(act.tx, question)
  // Of the question, never of the tender: who asks is nobody's to see in the tender's timeline. The tender is told by the program itself.
  act.record({
    name: 'procurement.askQuestion',
    of: { kind: 'question', id: question.id },
    division: tender.division,
    state: { to: 'open' },
    data: { tender: tender.id, due: question.due },
  })
  return allow({ id: question.id, version: tender.version, state: 'open' })
})

/** The tender learns of a question from the program, so that it waits for the procurer without saying who asked. */
export async function receiveQuestion(act: Act, event: StoredEvent): Promise<void> {
  const { tender: id, due } = event.data as { tender: string; due: NonNullable<rules.Tender['deadline']> }
  const tender = await store.findTenderForUpdate(act.tx, id)
  if (tender?.state !== 'published') return
  const question = (await matters.listQuestions(act.tx, tender.id)).find((each) => each.id === event.of.id)
  // Answered before it was delivered, or delivered twice: nothing waits.
  if (question?.answeredAt !== undefined || tender.pending.some((each) => each.of === event.of.id)) return
  const next = rules.moved(tender, tender.state, act.now, {
    pending: [...tender.pending, { verb: 'answerQuestion', of: event.of.id, due }],
  })
  await store.saveTender(act.tx, next, act.now)
  recordTender(act, 'receiveQuestion', tender, next, { question: event.of.id })
}

export const answerQuestion = action(contract.answerQuestion, async (act, { params, body }) => {
  const tender = await store.findTenderForUpdate(act.tx, params.id)
  if (tender === undefined) return absent()
  const question = (await matters.listQuestions(act.tx, tender.id)).find((each) => each.id === params.question)
  if (question === undefined) return absent()
  const ruling = await act.judge(
    rules.judgedTender(tender),
    () => personalNumbers({ answer: body.answer }) ?? clarifying.answerQuestion(tender, act.actor, act.now, question),
  )
  if (!ruling.ok) return ruling
  const by = act.actor.kind === 'person' ? act.actor.personId : 'system'
  const persons = await matters.saveAnswer(act.tx, question, { answer: body.answer, at: act.now, by })
  await store.saveTender(act.tx, ruling.value, act.now)
  recordTender(act, 'answerQuestion', tender, ruling.value, { question: question.id })
  tellConcerned(act, tender, persons, 'procurement.answered')
  return allow({ id: question.id, version: ruling.value.version, state: 'answered' })
})

/** Tells whoever asked or handed in a sealed bid, each alone. */
export function tellConcerned(act: Act, tender: rules.Tender, persons: readonly string[], kind: string): void {
  const of = { kind: 'tender', id: tender.id }
  notify(act, { persons, kind, of, params: { number: rules.shownNumber(tender) } })
}

// The final evaluation of one thread's contract, with a survey of those who were served.
import { addMinutes, type Instant } from '../../kit/instant.ts'
import { recordInspection } from '../../loop/evaluation/contract/inspections.ts'
import * as surveys from '../../loop/evaluation/contract/surveys.ts'
import * as evaluation from '../../loop/evaluation/contract.ts'
import type { ProjectContent } from './content.ts'
import type { Cast, Player, Teller } from './story.ts'
import type { Narrator } from './thread-start.ts'

const judged = '服务质量'
const asked = '居民满意'
const questions = ['您对服务人员的态度满意吗？', '服务给您的帮助，您满意吗？']

/** How somebody of the demo answers, so that all together come near the score that the content tells of. */
function pointsOf(score: number, index: number): number[] {
  const mean = 1 + score / 25
  return questions.map((_, at) => Math.max(1, Math.min(5, Math.floor(mean + ((index * 3 + at * 2) % 5) / 5))))
}

/** Opens the survey and waits a day, so that the links are in the inboxes. */
async function sendSurvey(teller: Teller, cast: Cast, id: string): Promise<{ params: { id: string } }> {
  const opened = await teller.act(cast.evaluator, surveys.openSurvey, { params: { id } })
  await teller.pass(1)
  return { params: { id: opened.survey } }
}

async function answer(
  teller: Teller,
  residents: readonly Player[],
  params: { id: string },
  score: number,
): Promise<void> {
  for (const [index, resident] of residents.entries()) {
    const { links } = await teller.act(resident, surveys.takeSurveyLink, { params })
    const [link] = links
    if (link === undefined) continue
    const body = { code: link.code, as: 'self' as const, points: pointsOf(score, index) }
    await teller.act(resident, surveys.answerSurvey, { body })
  }
}

/** The residents who raised or supported the needs answer, in another order than they were asked. Answers the survey's score. */
async function survey(teller: Teller, cast: Cast, id: string, score: number, tell: Narrator): Promise<number> {
  const { params } = await sendSurvey(teller, cast, id)
  tell('第三方向受益居民发出问卷', cast.evaluator)
  await answer(teller, [cast.resident, ...cast.neighbours.slice(0, 6)].toReversed(), params, score)
  tell('居民不记名填写问卷', cast.resident)
  const running = await teller.act(cast.evaluator, surveys.getSurvey, { params })
  if (running.until !== undefined) await teller.until(running.until as Instant)
  await teller.pass(0.1)
  const { result } = await teller.act(cast.evaluator, surveys.getSurvey, { params })
  return result?.items[0]?.score ?? 0
}

/** A mid-term evaluation with a visit that found nothing, and whose survey runs: some have answered, the others find it in their inbox. */
export async function tellMidTerm(teller: Teller, cast: Cast, contract: string): Promise<void> {
  const planned = await teller.act(cast.reviewer, evaluation.planEvaluation, {
    body: {
      contract,
      kind: 'mid-term',
      evaluator: cast.evaluator.person,
      items: [
        { source: 'computed', name: '服务记录数量', weight: 40, measure: 'service-records', target: 5 },
        { source: 'survey', name: asked, weight: 60, questions },
      ],
    },
  })
  await teller.pass(0.2)
  await teller.act(cast.evaluator, recordInspection, {
    body: {
      contract,
      visitedAt: addMinutes(teller.now(), -90),
      place: '社区党群服务中心二楼活动室',
      looked: '到场看了一次服务，核对签到表、人员证件和活动室的消防器材',
      result: 'nothing-found',
      words: '签到与现场人数一致，社工持证上岗，器材在有效期内，未发现问题。',
    },
  })
  const { params } = await sendSurvey(teller, cast, planned.id)
  await answer(teller, cast.neighbours.slice(0, 3), params, 88)
}

/** Plans, judges and publishes the evaluation. Answers its id. */
export async function evaluateContract(
  teller: Teller,
  cast: Cast,
  winner: Cast['bidders'][number],
  contract: string,
  project: ProjectContent,
  tell: Narrator,
): Promise<string> {
  await teller.pass(2)
  const planned = await teller.act(cast.reviewer, evaluation.planEvaluation, {
    body: {
      contract,
      evaluator: cast.evaluator.person,
      items: [
        { source: 'computed', name: '服务记录数量', weight: 35, measure: 'service-records', target: 5 },
        { source: 'computed', name: '服务人次', weight: 25, measure: 'attendance', target: 60 },
        { source: 'survey', name: asked, weight: 15, questions },
        { source: 'expert', name: judged, weight: 25, guide: '查阅记录并随机走访' },
      ],
    },
  })
  const params = { id: planned.id }
  tell('安排终期评估', cast.reviewer, planned.number)
  await teller.pass(0.5)
  const answered = await survey(teller, cast, planned.id, project.evaluation.score, tell)
  // The computed parts are full here; the judgement brings the whole to what the content says, or just above.
  const rest = (project.evaluation.score - 60 - 0.15 * answered) / 0.25
  const score = Math.max(0, Math.min(100, Math.ceil(rest)))
  await teller.act(cast.evaluator, evaluation.submitEvaluation, {
    params,
    body: {
      judgements: [{ item: judged, score, reason: project.evaluation.words }],
      summary: project.evaluation.words,
    },
  })
  tell('第三方提交评估', cast.evaluator)
  await teller.pass(1)
  await teller.act(winner.administrator, evaluation.replyToEvaluation, {
    params,
    body: { words: '认可评估结论，已按建议安排后续服务。' },
  })
  tell('承接方回应', winner.administrator)
  const waiting = await teller.act(cast.reviewer, evaluation.getEvaluation, { params })
  if (waiting.replyUntil !== undefined) await teller.until(waiting.replyUntil as Instant)
  await teller.pass(0.5)
  await teller.act(cast.reviewer, evaluation.publishEvaluation, { params })
  tell('公布评估结果，确定付款系数', cast.reviewer)
  return planned.id
}

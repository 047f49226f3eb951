// The final evaluation of one thread's contract.
import type { Instant } from '../../kit/instant.ts'
import * as evaluation from '../../loop/evaluation/contract.ts'
import type { ProjectContent } from './content.ts'
import type { Cast, Teller } from './story.ts'
import type { Narrator } from './thread-start.ts'

const judged = '服务质量与居民感受'

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
        { source: 'expert', name: judged, weight: 40, guide: '查阅记录并随机走访' },
      ],
    },
  })
  const params = { id: planned.id }
  tell('安排终期评估', cast.reviewer, planned.number)
  await teller.pass(5)
  // The computed parts are full here; the judgement brings the whole to what the content says.
  const score = Math.max(0, Math.min(100, Math.round((project.evaluation.score - 60) / 0.4)))
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

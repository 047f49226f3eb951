// What comes up about a published tender of the demo: questions of bidders, one of them still open, and a change of its terms.
import { getTender } from '../../loop/procurement/contract.ts'
import { answerQuestion, askQuestion, changeTerms } from '../../loop/procurement/contract/questions.ts'
import type { Cast, Teller } from './story.ts'

/** Two bidders ask, the procurer answers one of them and adds to what is asked for. */
export async function tellMatters(teller: Teller, cast: Cast, tender: string): Promise<void> {
  const params = { id: tender }
  const [first, second] = cast.bidders
  if (first === undefined || second === undefined) throw new Error('the demo has no bidders')
  await teller.pass(0.2)
  const { id: question } = await teller.act(first.administrator, askQuestion, {
    params,
    body: { question: '服务场地由社区提供，还是需要承接方自行租用？租金能否计入报价？' },
  })
  await teller.pass(1)
  await teller.act(cast.procurer, answerQuestion, {
    params: { id: tender, question },
    body: { answer: '场地由社区免费提供，水电费由承接方承担，可以计入报价。' },
  })
  const { description } = await teller.act(cast.procurer, getTender, { params })
  await teller.pass(0.3)
  await teller.act(cast.procurer, changeTerms, {
    params,
    body: {
      reason: '根据答疑明确场地和水电费',
      description: `${description}服务场地由社区免费提供，水电费由承接方承担。`,
    },
  })
  await teller.pass(0.2)
  await teller.act(second.administrator, askQuestion, {
    params,
    body: { question: '同类业绩是否包括在其他设区市承接的项目？' },
  })
}

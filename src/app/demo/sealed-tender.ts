// A tender of the demo in two lots with sealed bids, planned and waiting for its key: three openers make it in their own browsers, which no story can do for them.
import { fen, formatYuan, parseYuan, ZERO_FEN } from '../../kit/money.ts'
import * as procurement from '../../loop/procurement/contract.ts'
import type { NeedContent, ProjectContent } from './content.ts'
import type { Cast, Teller } from './story.ts'
import { tellThread } from './thread-story.ts'

export const sealedTender = { project: 'p05', daysAgo: 32 } as const

/** The readers in summer and the readers of age: what each lot covers of the project's activities; the second has the rest of the budget. */
const lots = [
  { title: '暑期共读', description: '暑期共读四期和自习座位延时开放的值守。', ceiling: 3_980_000n, from: 0 },
  { title: '银发书社', description: '银发书社每周共读，组织老少分享会。', from: 2 },
] as const

function lotsOf(project: ProjectContent) {
  const budget = parseYuan(project.budget) ?? ZERO_FEN
  const [first, second] = lots
  return [first, second].map(({ title, description, from }, index) => ({
    ...{ title, description },
    ceiling: formatYuan(fen(index === 0 ? first.ceiling : budget - first.ceiling)),
    covers: project.activities.slice(from, from + 2),
  }))
}

/** From the needs to the approved project, then the tender's terms. */
export async function tellSealedTender(
  teller: Teller,
  cast: Cast,
  needs: readonly NeedContent[],
  project: ProjectContent,
): Promise<void> {
  const thread = await tellThread(teller, cast, needs, project, { until: 'approved', tell: () => {} })
  if (thread.project === undefined) throw new Error('the project was not approved')
  await teller.act(cast.procurer, procurement.planTender, {
    body: {
      project: thread.project,
      procedure: 'consultation',
      description: `${project.title}。服务对象：${project.targetGroup}。请在网上密封投标，截止之后由采购人、监督员和社区共同开标。`,
      criteria: project.criteria.map((criterion) => ({
        ...criterion,
        kind: criterion.name.includes('报价') ? ('price' as const) : ('panel' as const),
      })),
      requirements: { certificates: 2 },
      bidForm: 'sealed',
      lots: lotsOf(project),
      files: [],
    },
  })
}

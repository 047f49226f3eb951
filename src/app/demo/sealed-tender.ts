// A tender of the demo with sealed bids, planned and waiting for its key: three openers make it in their own browsers, which no story can do for them.
import * as procurement from '../../loop/procurement/contract.ts'
import type { NeedContent, ProjectContent } from './content.ts'
import type { Cast, Teller } from './story.ts'
import { tellThread } from './thread-story.ts'

export const sealedTender = { project: 'p05', daysAgo: 32 } as const

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
      files: [],
    },
  })
}

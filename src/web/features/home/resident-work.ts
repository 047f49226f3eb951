// What waits for a resident, by deadline, and the page on which it is done.
import type { listMyWork } from '../../../foundation/notices/contract.ts'
import type { OutputOf } from '../../../kit/endpoint.ts'
import { useAskPath } from '../../app/ask.ts'

type Work = OutputOf<typeof listMyWork>
export type WorkRow = Work['rows'][number]

/** Verbs that a resident does as a resident; whoever also works for a community finds the rest at the desk. */
const verbs: readonly string[] = [
  'giveVerdict',
  'replyToQuestion',
  'appealNeed',
  'confirmMilestoneAsResident',
  'agreeToWish',
  'deliverWish',
  'confirmWish',
]

const pages: Readonly<Record<string, string>> = {
  need: '/needs',
  contract: '/contracts',
  project: '/projects',
  motion: '/motions',
  wish: '/wishes',
}

/** Rows of my work that concern me as a resident, earliest deadline first. */
export function useResidentWork(enabled: boolean): readonly WorkRow[] {
  // a plain address: the contract itself would weigh on the landing page
  const { data } = useAskPath<Work>('/api/my-work?size=20', { enabled })
  return (data?.rows ?? []).filter((row) => verbs.includes(row.verb))
}

/** Where it is done. */
export function workPage({ of, verb }: WorkRow): string {
  return `${pages[of.kind] ?? '/mine'}/${of.id}${verb === 'giveVerdict' ? '?to=verdict' : ''}`
}

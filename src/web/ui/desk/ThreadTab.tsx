// The thread of a record as a tab: the sentences it began with, the drawing, the way to account and open data, or that nothing has begun; nothing is claimed while it is on its way.
import { getThread } from '../../../loop/thread/contract.ts'
import { useAsk } from '../../app/ask.ts'
import { AccountLinks } from '../shared/AccountLinks.tsx'
import { EmptyState } from '../shared/EmptyState.tsx'
import { Skeleton } from '../shared/Skeleton.tsx'
import type { Station } from '../shared/station.ts'
import { Thread } from '../shared/Thread.tsx'
import { OpenDataLinks } from './OpenDataLinks.tsx'
import parts from './record-parts.module.css'
import { ThreadOrigin } from './ThreadOrigin.tsx'

type Props = {
  readonly kind: string
  readonly id: string
  readonly stations: readonly Station[] /** Said when there is no thread. */
  readonly none?: string
}

export function ThreadTab({ kind, id, stations, none }: Props) {
  // the same question as the trace's, answered from the cache
  const { isPending, data } = useAsk(getThread, { params: { kind, id } })
  if (stations.length > 0)
    return (
      <>
        {kind !== 'need' && <ThreadOrigin kind={kind} id={id} />}
        <Thread stations={stations} />
        {data && <AccountLinks accounts={data.accounts} className={parts.open} />}
        <OpenDataLinks kind={kind} id={id} />
      </>
    )
  return isPending || none === undefined ? <Skeleton rows={3} /> : <EmptyState icon="thread" title={none} />
}

// The thread of a record as a tab: the drawing with the way to its open data, or that nothing has begun; nothing is claimed while it is on its way.
import { getThread } from '../../../loop/thread/contract.ts'
import { useAsk } from '../../app/ask.ts'
import { EmptyState } from '../shared/EmptyState.tsx'
import { Skeleton } from '../shared/Skeleton.tsx'
import type { Station } from '../shared/station.ts'
import { Thread } from '../shared/Thread.tsx'
import { OpenDataLinks } from './OpenDataLinks.tsx'

type Props = {
  readonly kind: string
  readonly id: string
  readonly stations: readonly Station[] /** Said when there is no thread. */
  readonly none: string
}

export function ThreadTab({ kind, id, stations, none }: Props) {
  // the same question as the trace's, answered from the cache
  const { isPending } = useAsk(getThread, { params: { kind, id } })
  if (stations.length > 0)
    return (
      <>
        <Thread stations={stations} />
        <OpenDataLinks kind={kind} id={id} />
      </>
    )
  return isPending ? <Skeleton rows={3} /> : <EmptyState icon="thread" title={none} />
}

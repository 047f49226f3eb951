// The thread of a record as a tab: the drawing with the way to its open data, or that nothing has begun; nothing is claimed while it is on its way.
import { useTranslation } from 'react-i18next'
import { getThread } from '../../../loop/thread/contract.ts'
import { useAsk } from '../../app/ask.ts'
import { EmptyState } from '../shared/EmptyState.tsx'
import { Go } from '../shared/Go.tsx'
import { Skeleton } from '../shared/Skeleton.tsx'
import type { Station } from '../shared/station.ts'
import { Thread } from '../shared/Thread.tsx'
import styles from './record-parts.module.css'

type Props = {
  readonly kind: string
  readonly id: string
  readonly stations: readonly Station[] /** Said when there is no thread. */
  readonly none: string
}

export function ThreadTab({ kind, id, stations, none }: Props) {
  // the same question as the trace's, answered from the cache
  const { data, isPending } = useAsk(getThread, { params: { kind, id } })
  const { t } = useTranslation('frame')
  if (stations.length > 0)
    return (
      <>
        <Thread stations={stations} />
        {data?.published.map((each) => (
          <p key={each.id} className={styles.open}>
            <Go to={`/data/${each.id}`}>{t('thread.openData')}</Go>
          </p>
        ))}
      </>
    )
  return isPending ? <Skeleton rows={3} /> : <EmptyState icon="thread" title={none} />
}

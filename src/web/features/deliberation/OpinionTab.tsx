// The map of opinions on the desk's page of a motion.
import { useTranslation } from 'react-i18next'
import { getOpinionMap } from '../../../loop/deliberation/contract/opinions.ts'
import { useAsk } from '../../app/ask.ts'
import { problemOf } from '../../app/problem.ts'
import { ErrorState } from '../../ui/shared/ErrorState.tsx'
import { Skeleton } from '../../ui/shared/Skeleton.tsx'
import { OpinionFigure } from '../square/OpinionFigure.tsx'
import styles from './deliberation.module.css'

export function OpinionTab({ motion }: { readonly motion: string }) {
  // The words of the figure are those of the residents' page.
  useTranslation('square')
  const { data, error, isPending, refetch } = useAsk(getOpinionMap, { params: { id: motion } })
  if (isPending) return <Skeleton rows={6} />
  if (error) return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
  return (
    <div className={styles.map}>
      <OpinionFigure view={data} desk />
    </div>
  )
}

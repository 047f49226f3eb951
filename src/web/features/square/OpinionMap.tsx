// How opinions on a motion are distributed, on the residents' page of the motion.
import { useTranslation } from 'react-i18next'
import { getOpinionMap } from '../../../loop/deliberation/contract/opinions.ts'
import { useAsk } from '../../app/ask.ts'
import { problemOf } from '../../app/problem.ts'
import { Card } from '../../ui/resident/Card.tsx'
import { Section } from '../../ui/resident/Section.tsx'
import { ErrorState } from '../../ui/shared/ErrorState.tsx'
import { Skeleton } from '../../ui/shared/Skeleton.tsx'
import type { MotionView } from './MeetingCard.tsx'
import { OpinionFigure } from './OpinionFigure.tsx'

export function OpinionMap({ motion }: { readonly motion: MotionView }) {
  const { t } = useTranslation('square')
  const { data, error, refetch } = useAsk(getOpinionMap, { params: { id: motion.id } })
  // When the talk is over and too few spoke, an empty map says nothing any more.
  if (data && !data.map && motion.state !== 'discussing') return null
  return (
    <Section title={t('map.title')}>
      <Card pad>
        {error ? (
          <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
        ) : data ? (
          <OpinionFigure view={data} />
        ) : (
          <Skeleton rows={5} />
        )}
      </Card>
    </Section>
  )
}

// On a motion's page: its secret vote, and the way there.
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../kit/endpoint.ts'
import type { getMotion } from '../../../loop/deliberation/contract.ts'
import { Button } from '../../ui/resident/Button.tsx'
import { Card } from '../../ui/resident/Card.tsx'
import { Section } from '../../ui/resident/Section.tsx'
import { useInstantWords } from '../../ui/shared/DateText.tsx'
import styles from './vote.module.css'

export function VoteCard({ motion }: { readonly motion: OutputOf<typeof getMotion> }) {
  const { t } = useTranslation('vote')
  const words = useInstantWords()
  const { vote } = motion
  if (!vote) return null
  return (
    <Section title={t('motionTitle')} first>
      <Card pad>
        <p className={styles.lead}>
          {vote.question}
          <br />
          {vote.tally ? t('counted', vote.tally) : t('until', { date: words(vote.issueUntil, 'weekday') })}
        </p>
        <div className={styles.buttons}>
          <Button kind={vote.tally ? 'second' : 'primary'} icon="ballot" wide to={`/votes/${vote.id}`}>
            {t(vote.tally ? 'seeVote' : 'goVote')}
          </Button>
        </div>
      </Card>
    </Section>
  )
}

// Whether bids, scores, draw and award of a tender still stand as they were sealed, for whoever doubts: asked when the page is opened.
import { useTranslation } from 'react-i18next'
import { verifyAward } from '../../../loop/procurement/contract/verification.ts'
import { useAsk } from '../../app/ask.ts'
import { problemOf } from '../../app/problem.ts'
import { Card } from '../../ui/resident/Card.tsx'
import { Section } from '../../ui/resident/Section.tsx'
import { ErrorState } from '../../ui/shared/ErrorState.tsx'
import { Skeleton } from '../../ui/shared/Skeleton.tsx'
import { Tag } from '../../ui/shared/Tag.tsx'
import styles from './award-check.module.css'

export function AwardCheck({ tender }: { readonly tender: string }) {
  const { t } = useTranslation('thread')
  const { data, error, refetch } = useAsk(verifyAward, { params: { id: tender } })
  return (
    <Section title={t('awardCheck.title')}>
      <Card pad>
        {error ? (
          <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
        ) : !data ? (
          <Skeleton rows={2} />
        ) : (
          <>
            <p>
              <Tag round tone={data.sound ? 'done' : 'bad'} icon={data.sound ? 'check' : 'alert'}>
                {t(data.sound ? 'awardCheck.sound' : 'awardCheck.unsound', { count: data.faults.length })}
              </Tag>
            </p>
            {data.faults.length > 0 && (
              <ul className={styles.faults}>
                {data.faults.map(({ what, seat }, index) => (
                  <li key={`${what}${index}`}>
                    {t(`awardCheck.fault.${what}`)}
                    {seat !== undefined && t('awardCheck.seat', { seat })}
                  </li>
                ))}
              </ul>
            )}
            <p className={styles.note}>{t('awardCheck.of', { bids: data.bids, sheets: data.sheets })}</p>
            {data.uncovered > 0 && (
              <p className={styles.note}>{t('awardCheck.uncovered', { count: data.uncovered })}</p>
            )}
          </>
        )}
      </Card>
    </Section>
  )
}

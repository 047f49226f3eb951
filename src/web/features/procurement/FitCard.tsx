// For an organization that thinks of bidding: whether it qualifies as the registers stand today, and where a paper bid goes.
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../kit/endpoint.ts'
import type { getTender } from '../../../loop/procurement/contract.ts'
import { DeskCard } from '../../ui/desk/DeskCard.tsx'
import { useInstantWords } from '../../ui/shared/DateText.tsx'
import { Tag } from '../../ui/shared/Tag.tsx'
import styles from './sealing.module.css'

type Props = {
  readonly tender: Pick<OutputOf<typeof getTender>, 'myFaults' | 'bidForm' | 'deadline' | 'criteria'>
  /** On the form of a bid: what it will be judged by stands here, too. */
  readonly criteria?: boolean
}

/** Nothing for everybody else, and once bids are no longer taken. */
export function FitCard({ tender: { myFaults, bidForm, deadline, criteria: judged }, criteria }: Props) {
  const { t } = useTranslation('procurement')
  const words = useInstantWords()
  if (myFaults === undefined) return null
  return (
    <DeskCard
      title={t('fit.title')}
      extra={
        <Tag tone={myFaults.length === 0 ? 'done' : 'waiting'} icon={myFaults.length === 0 ? 'check' : 'alert'}>
          {t(myFaults.length === 0 ? 'fit.yes' : 'fit.notYet')}
        </Tag>
      }
      pad
    >
      <div className={styles.stack}>
        {myFaults.length > 0 && (
          <ul className={styles.plain}>
            {myFaults.map((fault) => (
              <li key={fault}>{t(`bidFaults.${fault}`)}</li>
            ))}
          </ul>
        )}
        <p className={styles.text}>{t(myFaults.length === 0 ? 'fit.yesNote' : 'fit.notYetNote')}</p>
        {bidForm === 'paper' && deadline !== undefined && (
          <p className={styles.text}>{t('fit.paper', { until: words(deadline, 'full') })}</p>
        )}
        {criteria && (
          <>
            <b>{t('fields.criteria')}</b>
            <ul className={styles.plain}>
              {judged.map((each) => (
                <li key={each.name}>{t('fit.criterion', { name: each.name, weight: each.weight })}</li>
              ))}
            </ul>
          </>
        )}
      </div>
    </DeskCard>
  )
}

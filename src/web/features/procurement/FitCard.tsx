// For an organization that thinks of bidding: whether it qualifies as the registers stand today, for which lot, and where a paper bid goes.
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../kit/endpoint.ts'
import type { getTender } from '../../../loop/procurement/contract.ts'
import { DeskCard } from '../../ui/desk/DeskCard.tsx'
import { useInstantWords } from '../../ui/shared/DateText.tsx'
import { MoneyText } from '../../ui/shared/MoneyText.tsx'
import { Tag } from '../../ui/shared/Tag.tsx'
import styles from './sealing.module.css'

type View = OutputOf<typeof getTender>
type Props = {
  readonly tender: Pick<View, 'myFaults' | 'bidForm' | 'deadline' | 'criteria' | 'lots' | 'lotLimit'>
  /** The number of the lot that is being bid for; left out: all of them are told. */
  readonly lot?: number
  /** On the form of a bid: what it will be judged by stands here, too. */
  readonly criteria?: boolean
}

/** What is asked of bidders is asked for every lot alike; what a bid for it may cost is each lot's own, and so is what its price is held against. */
function Lots({ lots, limit }: { readonly lots: NonNullable<View['lots']>; readonly limit: number | undefined }) {
  const { t } = useTranslation('procurement')
  return (
    <>
      <ul className={styles.plain}>
        {lots.map(({ number, title, ceiling }) => (
          <li key={number}>
            {t('lots.named', { n: number, title })}
            {t('frame:list.comma')}
            {t('lots.upTo')} <MoneyText amount={ceiling} unit />
          </li>
        ))}
      </ul>
      <p className={styles.text}>{t('fit.lots')}</p>
      {limit !== undefined && <p className={styles.text}>{t('lots.limit', { count: limit })}</p>}
    </>
  )
}

/** Nothing for everybody else, and once bids are no longer taken. */
export function FitCard({ tender, lot, criteria }: Props) {
  const { t } = useTranslation('procurement')
  const words = useInstantWords()
  const { myFaults, bidForm, deadline, criteria: judged, lots, lotLimit } = tender
  if (myFaults === undefined) return null
  const shown = lots?.filter(({ number }) => lot === undefined || number === lot)
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
        {shown && <Lots lots={shown} limit={lotLimit} />}
        {bidForm === 'paper' && deadline !== undefined && (
          <p className={styles.text}>
            {t('fit.paper', { until: words(deadline, 'full') })}
            {lots && t('fit.paperLots')}
          </p>
        )}
        {criteria && (
          <>
            <b>{t('fields.criteria')}</b>
            <ul className={styles.plain}>
              {judged.map((each) => (
                <li key={each.name}>
                  {t('fit.criterion', { name: each.name, weight: each.weight })}
                  {lots && each.kind === 'price' && t('fit.priceOfLot')}
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </DeskCard>
  )
}

// By what a tender is judged, and sheets that stand far from the others.
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../kit/endpoint.ts'
import type { getTender } from '../../../loop/procurement/contract.ts'
import { ListTable } from '../../ui/desk/ListTable.tsx'
import { Tag } from '../../ui/shared/Tag.tsx'
import styles from './procurement.module.css'

export function CriteriaView({ tender }: { readonly tender: OutputOf<typeof getTender> }) {
  const { t } = useTranslation('procurement')
  const nameOf = (bid: string) => tender.bids.find((each) => each.id === bid)?.organizationName ?? bid
  return (
    <>
      <ListTable
        label={t('fields.criteria')}
        rows={tender.criteria}
        rowKey={(row) => row.name}
        columns={[
          { key: 'name', title: t('fields.name'), width: 200, cell: (row) => row.name },
          { key: 'note', title: t('fields.note'), cell: (row) => row.note ?? '' },
          {
            key: 'kind',
            title: t('fields.kind'),
            width: 130,
            cell: (row) => (
              <Tag tone={row.kind === 'price' ? 'money' : 'neutral'}>{t(`criterionKinds.${row.kind}`)}</Tag>
            ),
          },
          { key: 'weight', title: t('fields.weight'), width: 90, align: 'right', cell: (row) => `${row.weight}%` },
        ]}
      />
      {tender.outliers.length > 0 && (
        <div className={styles.outliers}>
          <b>{t('criteria.outliers', { percent: tender.terms.outlierPercent })}</b>
          <ul>
            {tender.outliers.map((each) => (
              <li key={`${each.bid}${each.panelist}`}>
                {t('criteria.outlier', {
                  n: each.panelist,
                  name: nameOf(each.bid),
                  score: (each.score / 100).toFixed(2),
                  median: (each.median / 100).toFixed(2),
                })}
              </li>
            ))}
          </ul>
        </div>
      )}
      <p className={styles.note}>{t('criteria.price')}</p>
    </>
  )
}

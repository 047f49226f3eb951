// One account: balance, what waits, and its newest postings.
import { useTranslation } from 'react-i18next'
import { getAccount } from '../../../registers/funds/contract.ts'
import { useAsk } from '../../app/ask.ts'
import { useGo } from '../../app/address.ts'
import { problemOf } from '../../app/problem.ts'
import { useCategoryName } from '../../ui/desk/CategoryPicker.tsx'
import { DeskCard } from '../../ui/desk/DeskCard.tsx'
import { Facts } from '../../ui/desk/Facts.tsx'
import { ListTable } from '../../ui/desk/ListTable.tsx'
import { deskPathOf } from '../../ui/desk/record-trace.ts'
import { InstantText } from '../../ui/shared/DateText.tsx'
import { EmptyState } from '../../ui/shared/EmptyState.tsx'
import { ErrorState } from '../../ui/shared/ErrorState.tsx'
import { Go } from '../../ui/shared/Go.tsx'
import { MoneyText, moneyWords } from '../../ui/shared/MoneyText.tsx'
import { Skeleton } from '../../ui/shared/Skeleton.tsx'
import { useAccountName } from './AccountTree.tsx'
import styles from './funds.module.css'

export function AccountStatement({ id }: { readonly id: string }) {
  const { t } = useTranslation('funds')
  const go = useGo()
  const category = useCategoryName()
  const accountName = useAccountName()
  const { data, error, refetch } = useAsk(getAccount, { params: { id } }, { keep: true })
  if (error) return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
  if (!data) return <Skeleton rows={6} />
  const of = data.contract
    ? { label: t('fields.contract'), to: deskPathOf('contract', data.contract) }
    : data.project
      ? { label: t('fields.project'), to: deskPathOf('project', data.project) }
      : undefined
  return (
    <DeskCard
      title={accountName(data)}
      extra={
        of?.to && (
          <Go to={of.to} className={styles.link}>
            {of.label}
          </Go>
        )
      }
    >
      <div className={styles.figures}>
        <p>
          <span>{t('fields.balance')}</span>
          <b>{moneyWords(data.balance)}</b>
        </p>
        <p>
          <span>{t('fields.pending')}</span>
          <b>{moneyWords(data.pending)}</b>
        </p>
      </div>
      <Facts
        facts={[
          { label: t('fields.divisionName'), value: data.divisionName ?? data.division },
          { label: t('fields.source'), value: t(`sources.${data.source}`) },
          {
            label: t('fields.earmark'),
            value: data.earmark === 'general' ? t('earmarks.general') : category(data.earmark),
          },
        ]}
      />
      <h3 className={styles.sub}>
        {t('desk.statement')}
        <small>{t('desk.newest')}</small>
      </h3>
      {data.statement.length === 0 ? (
        <EmptyState icon="yuan" title={t('desk.noPostings')} />
      ) : (
        <ListTable
          label={t('desk.statement')}
          rows={data.statement}
          rowKey={(line) => `${line.transfer}${line.change}`}
          to={(line) => `/desk/funds/transfers/${line.transfer}`}
          onOpen={(line) => go(`/desk/funds/transfers/${line.transfer}`)}
          columns={[
            {
              key: 'at',
              title: t('desk.time'),
              width: 104,
              cell: (line) => <InstantText instant={line.at} style="compact" />,
            },
            { key: 'number', title: t('fields.number'), width: 110, main: true, cell: (line) => line.number },
            { key: 'purpose', title: t('fields.purpose'), width: 90, cell: (line) => t(`purposes.${line.purpose}`) },
            {
              key: 'counterpart',
              title: t('desk.counterpart'),
              cell: (line) =>
                line.counterpart.organizationName ??
                `${line.counterpart.divisionName ?? line.counterpart.division} ${t(`stages.${line.counterpart.stage}`)}`,
            },
            {
              key: 'change',
              title: t('desk.change'),
              width: 130,
              align: 'right',
              cell: (line) => <MoneyText amount={line.change} strong={!line.change.startsWith('-')} />,
            },
          ]}
        />
      )}
    </DeskCard>
  )
}

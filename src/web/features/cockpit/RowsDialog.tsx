// The rows behind a figure: the newest records that the viewer may read, each opening its page.
import { useTranslation } from 'react-i18next'
import { listRowsBehind } from '../../../foundation/indicators/contract.ts'
import { useAsk } from '../../app/ask.ts'
import { problemOf } from '../../app/problem.ts'
import { DeskDialog } from '../../ui/desk/DeskDialog.tsx'
import { ListTable } from '../../ui/desk/ListTable.tsx'
import { deskPathOf } from '../../ui/desk/record-trace.ts'
import { InstantText } from '../../ui/shared/DateText.tsx'
import { EmptyState } from '../../ui/shared/EmptyState.tsx'
import { ErrorState } from '../../ui/shared/ErrorState.tsx'
import { MoneyText } from '../../ui/shared/MoneyText.tsx'
import { Skeleton } from '../../ui/shared/Skeleton.tsx'
import { useGo } from '../../app/address.ts'
import styles from './cockpit.module.css'

type Props = {
  readonly name: string
  readonly label: string
  readonly division: string
  readonly period: string
  readonly where: string
  readonly onClose: () => void
}

export function RowsDialog({ name, label, division, period, where, onClose }: Props) {
  const { t } = useTranslation('cockpit')
  const go = useGo()
  const { data, error, refetch } = useAsk(listRowsBehind, { params: { name }, query: { division, period } })
  const rows = data?.rows.map((row, index) => ({ ...row, key: `${row.of.id}${index}` })) ?? []
  const to = (row: (typeof rows)[number]) => deskPathOf(row.of.kind, row.of.id) ?? '/desk'
  return (
    <DeskDialog title={`${label} · ${where}`} onClose={onClose} wide>
      {error && <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />}
      {!error && !data && <Skeleton rows={5} />}
      {data && rows.length === 0 && (
        <EmptyState
          icon="search"
          title={t('rows.none')}
          next={data.closed > 0 ? t('rows.closed', { count: data.closed }) : undefined}
        />
      )}
      {rows.length > 0 && (
        <ListTable
          label={label}
          rows={rows}
          rowKey={(row) => row.key}
          to={to}
          onOpen={(row) => go(to(row))}
          columns={[
            { key: 'number', title: t('rows.number'), width: 120, cell: (row) => row.number ?? row.kindName },
            { key: 'title', title: t('rows.title'), main: true, cell: (row) => row.title ?? row.kindName },
            { key: 'place', title: t('rows.place'), width: 140, cell: (row) => row.divisionName },
            { key: 'state', title: t('rows.state'), width: 110, cell: (row) => row.stateName },
            ...(rows.some((row) => row.amount)
              ? [
                  {
                    key: 'amount',
                    title: t('rows.amount'),
                    width: 120,
                    align: 'right' as const,
                    cell: (row: (typeof rows)[number]) => (row.amount ? <MoneyText amount={row.amount} /> : '—'),
                  },
                ]
              : []),
            {
              key: 'at',
              title: t('rows.at'),
              width: 110,
              cell: (row) => <InstantText instant={row.at} style="compact" />,
            },
          ]}
        />
      )}
      {data && rows.length > 0 && data.closed > 0 && (
        <p className={styles.nothing}>{t('rows.closed', { count: data.closed })}</p>
      )}
    </DeskDialog>
  )
}

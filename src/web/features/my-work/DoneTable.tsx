// What I did, newest first.
import { useTranslation } from 'react-i18next'
import { listMyDone } from '../../../foundation/notices/contract.ts'
import type { OutputOf } from '../../../kit/endpoint.ts'
import { useGo } from '../../app/address.ts'
import { problemOf } from '../../app/problem.ts'
import type { Column } from '../../ui/desk/list-page.ts'
import { ListTable } from '../../ui/desk/ListTable.tsx'
import { Pager } from '../../ui/desk/Pager.tsx'
import { InstantText } from '../../ui/shared/DateText.tsx'
import { EmptyState } from '../../ui/shared/EmptyState.tsx'
import { ErrorState } from '../../ui/shared/ErrorState.tsx'
import { Skeleton } from '../../ui/shared/Skeleton.tsx'
import { Tag } from '../../ui/shared/Tag.tsx'
import styles from './my-work.module.css'
import { usePages } from './use-pages.ts'
import { domainTone, useWorkPath } from './WaitingTable.tsx'

type DoneRow = OutputOf<typeof listMyDone>['rows'][number]

export function DoneTable() {
  const { t } = useTranslation(['my-work', 'frame'])
  const go = useGo()
  const pathOf = useWorkPath()
  const pages = usePages(listMyDone, {})
  const rows = pages.data?.rows ?? []
  const columns: readonly Column<DoneRow>[] = [
    {
      key: 'done',
      title: t('column.done'),
      main: true,
      cell: (row) => (
        <>
          <b className={styles.verb}>{row.done}</b>
          {row.title ?? t('private')}
        </>
      ),
    },
    { key: 'number', title: t('column.number'), width: 116, cell: (row) => row.number ?? '—' },
    {
      key: 'domain',
      title: t('column.domain'),
      width: 104,
      cell: (row) => <Tag tone={domainTone(row.domain)}>{row.domainName}</Tag>,
    },
    { key: 'state', title: t('column.after'), width: 110, cell: (row) => row.stateToName ?? '—' },
    { key: 'for', title: t('column.for'), width: 110, cell: (row) => row.delegatedFrom ?? '' },
    { key: 'at', title: t('column.at'), width: 116, cell: (row) => <InstantText instant={row.at} style="compact" /> },
  ]
  if (pages.error && !pages.data)
    return <ErrorState problem={problemOf(pages.error)} onRetry={() => void pages.refetch()} />
  if (pages.isPending) return <Skeleton rows={8} />
  return (
    <>
      {rows.length === 0 ? (
        <EmptyState icon="inbox" title={t('emptyDone.title')} next={t('emptyDone.next')} />
      ) : (
        <ListTable
          rows={rows}
          columns={columns}
          rowKey={(row) => row.id}
          to={pathOf}
          onOpen={(row) => go(pathOf(row))}
          dim={pages.isPlaceholderData}
          label={t('tab.done')}
        />
      )}
      <Pager
        at={pages.at}
        shown={rows.length}
        size={pages.size}
        count={pages.first?.count}
        hasNext={pages.hasNext}
        onSize={pages.resize}
        onNext={pages.forward}
        onPrevious={pages.back}
      />
    </>
  )
}

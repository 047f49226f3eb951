// My inbox on the desk: what I was told, newest first; which kinds I want to be told.
import { useTranslation } from 'react-i18next'
import {
  listNotices,
  listPreferences,
  readAllNotices,
  readNotice,
  setPreference,
} from '../../../foundation/notices/contract.ts'
import type { OutputOf } from '../../../kit/endpoint.ts'
import { useAddressQuery, useGo } from '../../app/address.ts'
import { useAct } from '../../app/act.ts'
import { useAsk } from '../../app/ask.ts'
import { problemOf } from '../../app/problem.ts'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { DeskCard } from '../../ui/desk/DeskCard.tsx'
import { DeskPage } from '../../ui/desk/DeskPage.tsx'
import type { Column } from '../../ui/desk/list-page.ts'
import { ListTable } from '../../ui/desk/ListTable.tsx'
import { Pager } from '../../ui/desk/Pager.tsx'
import { deskPathOf } from '../../ui/desk/record-trace.ts'
import { InstantText } from '../../ui/shared/DateText.tsx'
import { EmptyState } from '../../ui/shared/EmptyState.tsx'
import { ErrorState } from '../../ui/shared/ErrorState.tsx'
import { Skeleton } from '../../ui/shared/Skeleton.tsx'
import { Tag } from '../../ui/shared/Tag.tsx'
import styles from './my-work.module.css'
import { usePages } from './use-pages.ts'
import { domainTone } from './WaitingTable.tsx'

type Notice = OutputOf<typeof listNotices>['rows'][number]

function Preferences() {
  const { t } = useTranslation('my-work')
  const { data } = useAsk(listPreferences, {})
  const { act } = useAct(setPreference)
  if (!data) return <Skeleton rows={4} />
  return (
    <ul className={styles.preferences}>
      {data.rows.map((row) => (
        <li key={row.kind}>
          <label>
            <input
              type="checkbox"
              checked={!row.muted}
              onChange={(event) => void act({ params: { kind: row.kind }, body: { muted: !event.target.checked } })}
            />
            <Tag>{row.domainName}</Tag>
            {row.label}
          </label>
        </li>
      ))}
      {data.rows.length === 0 && <li>{t('notices.noKinds')}</li>}
    </ul>
  )
}

export default function DeskNoticesPage() {
  const { t } = useTranslation('my-work')
  const go = useGo()
  const [query, change] = useAddressQuery()
  const unread = query['unread'] === 'true'
  const pages = usePages(listNotices, { unread: unread ? 'true' : undefined })
  const read = useAct(readNotice)
  const readAll = useAct(readAllNotices)
  const rows = pages.data?.rows ?? []
  const pathOf = (row: Notice) => deskPathOf(row.of.kind, row.of.id) ?? '/desk/notices'
  const open = (row: Notice) => {
    if (!row.read) void read.act({ params: { id: row.id } })
    go(pathOf(row))
  }
  const columns: readonly Column<Notice>[] = [
    {
      key: 'text',
      title: t('notices.text'),
      cell: (row) => (
        <button type="button" className={styles.notice} data-unread={!row.read || undefined} onClick={() => open(row)}>
          {!row.read && (
            <i>
              <span className="sr-only">{t('notices.unread')}</span>
            </i>
          )}
          {row.text}
        </button>
      ),
    },
    {
      key: 'domain',
      title: t('column.domain'),
      width: 120,
      cell: (row) => <Tag tone={domainTone(row.domain)}>{row.domainName}</Tag>,
    },
    { key: 'at', title: t('column.at'), width: 130, cell: (row) => <InstantText instant={row.at} style="compact" /> },
  ]
  return (
    <DeskPage
      title={t('notices.title')}
      note={t('notices.count', { count: pages.first?.unread ?? 0 })}
      actions={
        <DeskButton
          icon="check"
          off={(pages.first?.unread ?? 0) === 0}
          busy={readAll.pending}
          onClick={() => void readAll.act({})}
        >
          {t('notices.readAll')}
        </DeskButton>
      }
    >
      <section className={styles.card}>
        <div className={styles.tabs}>
          <div role="group" aria-label={t('notices.title')}>
            {[false, true].map((only) => (
              <button
                key={String(only)}
                type="button"
                className={styles.toggle}
                aria-pressed={unread === only}
                onClick={() => change({ unread: only ? 'true' : undefined })}
              >
                {t(only ? 'notices.unread' : 'notices.all')}
              </button>
            ))}
          </div>
        </div>
        {pages.error && !pages.data ? (
          <ErrorState problem={problemOf(pages.error)} onRetry={() => void pages.refetch()} />
        ) : pages.isPending ? (
          <Skeleton rows={8} />
        ) : rows.length === 0 ? (
          <EmptyState icon="bell" title={t('notices.none')} next={t('notices.noneNext')} />
        ) : (
          <ListTable
            rows={rows}
            columns={columns}
            rowKey={(row) => row.id}
            onOpen={open}
            dim={pages.isPlaceholderData}
            label={t('notices.title')}
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
      </section>
      <DeskCard title={t('notices.kinds')}>
        <Preferences />
      </DeskCard>
    </DeskPage>
  )
}

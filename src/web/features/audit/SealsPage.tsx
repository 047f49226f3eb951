// The heads of the sealed chains of events: what to write down, so that a later change of any event shows.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAskPath } from '../../app/ask.ts'
import { problemOf } from '../../app/problem.ts'
import { useMay } from '../../app/session.ts'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { DeskCard } from '../../ui/desk/DeskCard.tsx'
import { DeskPage } from '../../ui/desk/DeskPage.tsx'
import type { Column } from '../../ui/desk/list-page.ts'
import { ListTable } from '../../ui/desk/ListTable.tsx'
import { showToast } from '../../ui/resident/toast-store.ts'
import { InstantText } from '../../ui/shared/DateText.tsx'
import { EmptyState } from '../../ui/shared/EmptyState.tsx'
import { ErrorState } from '../../ui/shared/ErrorState.tsx'
import { Skeleton } from '../../ui/shared/Skeleton.tsx'
import { BooksCheck } from '../funds/BooksCheck.tsx'
import styles from './audit.module.css'

type Head = {
  readonly jurisdiction: string
  readonly number: string
  readonly head: string
  readonly events: number
  readonly sealedAt: string
  readonly kept: string
}

export default function SealsPage() {
  const { t } = useTranslation(['audit', 'funds'])
  const checks = useMay('funds.check-books')
  const [checking, setChecking] = useState(false)
  const { data, error, isPending, refetch } = useAskPath<{ heads: readonly Head[] }>('/api/seals/heads', {
    refetchInterval: 60_000,
  })
  const copy = async (text: string) => {
    await navigator.clipboard.writeText(text)
    showToast(t('copied'))
  }
  const columns: readonly Column<Head>[] = [
    { key: 'jurisdiction', title: t('jurisdiction'), width: 110, cell: (row) => row.jurisdiction },
    { key: 'number', title: t('number'), width: 90, align: 'right', cell: (row) => row.number },
    { key: 'events', title: t('events'), width: 110, align: 'right', cell: (row) => row.events },
    { key: 'at', title: t('at'), width: 150, cell: (row) => <InstantText instant={row.sealedAt} style="compact" /> },
    { key: 'head', title: t('head'), cell: (row) => <code className={styles.head}>{row.kept}</code> },
    {
      key: 'copy',
      title: t('copy'),
      width: 110,
      cell: (row) => (
        <DeskButton small onClick={() => void copy(row.kept)}>
          {t('copy')}
        </DeskButton>
      ),
    },
  ]
  return (
    <DeskPage
      title={t('title')}
      note={t('note')}
      actions={
        checks && (
          <DeskButton icon="balance" onClick={() => setChecking(true)}>
            {t('funds:verbs.booksBalance')}
          </DeskButton>
        )
      }
    >
      <DeskCard title={t('heads')}>
        {isPending ? (
          <Skeleton rows={4} />
        ) : error ? (
          <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
        ) : data.heads.length === 0 ? (
          <EmptyState icon="seal" title={t('none')} next={t('noneNext')} />
        ) : (
          <ListTable rows={data.heads} columns={columns} rowKey={(row) => row.jurisdiction} label={t('heads')} />
        )}
      </DeskCard>
      <DeskCard title={t('how')} pad>
        <ol className={styles.steps}>
          {[1, 2, 3].map((step) => (
            <li key={step}>{t(`step.${step}`)}</li>
          ))}
        </ol>
      </DeskCard>
      {checking && <BooksCheck onClose={() => setChecking(false)} />}
    </DeskPage>
  )
}

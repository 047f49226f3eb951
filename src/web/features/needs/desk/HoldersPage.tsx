// Who holds how much at my community: open and overdue needs of each, who is away, and the way to give their needs on.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../../kit/endpoint.ts'
import { endAbsence, listNeedHolders } from '../../../../loop/needs/contract/holders.ts'
import { useAct } from '../../../app/act.ts'
import { useAsk } from '../../../app/ask.ts'
import { problemOf } from '../../../app/problem.ts'
import { useMay } from '../../../app/session.ts'
import { DeskButton } from '../../../ui/desk/DeskButton.tsx'
import { DeskPage } from '../../../ui/desk/DeskPage.tsx'
import type { Column } from '../../../ui/desk/list-page.ts'
import listStyles from '../../../ui/desk/ListPage.module.css'
import { ListTable } from '../../../ui/desk/ListTable.tsx'
import { showToast } from '../../../ui/resident/toast-store.ts'
import { DateText } from '../../../ui/shared/DateText.tsx'
import { EmptyState } from '../../../ui/shared/EmptyState.tsx'
import { ErrorState, useProblemText } from '../../../ui/shared/ErrorState.tsx'
import { Go } from '../../../ui/shared/Go.tsx'
import { Skeleton } from '../../../ui/shared/Skeleton.tsx'
import { Tag } from '../../../ui/shared/Tag.tsx'
import { AbsenceDialog } from './AbsenceDialog.tsx'
import styles from './desk-needs.module.css'

export type HolderRow = OutputOf<typeof listNeedHolders>['rows'][number]

function Standing({ row }: { readonly row: HolderRow }) {
  const { t } = useTranslation('needs')
  if (!row.here) return <Tag tone="waiting">{t('desk.holders.gone')}</Tag>
  if (!row.absence) return <span>{t('desk.holders.present')}</span>
  const { since, until, reason, now } = row.absence
  return (
    <>
      <Tag tone={now ? 'waiting' : 'outline'}>{t(`desk.holders.reasons.${reason}`)}</Tag> <DateText date={since} />{' '}
      {t('desk.holders.to')} <DateText date={until} />
    </>
  )
}

export default function HoldersPage() {
  const { t } = useTranslation('needs')
  const problemText = useProblemText()
  const mayAssign = useMay('needs.assignNeed')
  const { data, error, isPending, refetch } = useAsk(listNeedHolders, { query: {} })
  const [entering, setEntering] = useState<HolderRow>()
  const back = useAct(endAbsence, {
    onDone: () => showToast(t('desk.holders.ended')),
    onProblem: (problem) => showToast(problemText(problem), 'problem'),
  })
  const columns: readonly Column<HolderRow>[] = [
    {
      key: 'name',
      title: t('desk.holders.worker'),
      cell: (row) => (
        <>
          <b>{row.person.name}</b>
          {row.me && ` ${t('desk.holders.me')}`}
        </>
      ),
    },
    {
      key: 'held',
      title: t('desk.holders.held'),
      width: 100,
      align: 'right',
      cell: (row) =>
        row.held > 0 ? (
          <Go to={`/desk/needs?holder=${row.me ? 'me' : row.person.id}`} className={styles.link}>
            {t('desk.holders.count', { count: row.held })}
          </Go>
        ) : (
          '—'
        ),
    },
    {
      key: 'overdue',
      title: t('desk.overdue'),
      width: 100,
      align: 'right',
      cell: (row) => (row.overdue > 0 ? <b className={styles.late}>{row.overdue}</b> : '—'),
    },
    { key: 'standing', title: t('desk.holders.standing'), width: 340, cell: (row) => <Standing row={row} /> },
    {
      key: 'acts',
      title: t('desk.holders.acts'),
      width: 240,
      cell: (row) => {
        if (!row.here || !(row.me || mayAssign)) return null
        const { absence } = row
        return (
          <span className={styles.acts}>
            <DeskButton small onClick={() => setEntering(row)}>
              {t(absence ? 'desk.holders.change' : 'desk.holders.enter')}
            </DeskButton>
            {absence && (
              <DeskButton
                small
                kind="quiet"
                busy={back.pending}
                onClick={() => void back.act({ params: { id: absence.id } }, { ifMatch: String(absence.version) })}
              >
                {t('desk.holders.end')}
              </DeskButton>
            )}
          </span>
        )
      },
    },
  ]
  const left = (data?.rows ?? []).filter((row) => row.held > 0 && (row.absence?.now === true || !row.here))
  return (
    <DeskPage
      title={t('desk.holders.title')}
      note={t('desk.holders.note')}
      actions={<DeskButton to="/desk/needs">{t('desk.holders.toList')}</DeskButton>}
    >
      {left.length > 0 && (
        <p className={styles.left} role="status">
          {t('desk.holders.left', { count: left.reduce((sum, row) => sum + row.held, 0) })}{' '}
          {left.map((row) => (
            <Go key={row.person.id} to={`/desk/needs?holder=${row.person.id}`} className={styles.link}>
              {t('desk.holders.leftOf', { name: row.person.name, count: row.held })}
            </Go>
          ))}
        </p>
      )}
      {error && !data ? (
        <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
      ) : isPending ? (
        <Skeleton rows={6} />
      ) : data && data.rows.length > 0 ? (
        <section className={listStyles.card} aria-label={t('desk.holders.title')}>
          <ListTable rows={data.rows} columns={columns} rowKey={(row) => row.person.id} />
        </section>
      ) : (
        <EmptyState icon="users" title={t('desk.holders.none')} />
      )}
      {entering && <AbsenceDialog row={entering} onClose={() => setEntering(undefined)} />}
    </DeskPage>
  )
}

// What the search over everything found: a table of records of all kinds, narrowed to one kind by its button.
import { useTranslation } from 'react-i18next'
import { mostFound, searchRecords } from '../../../foundation/notices/contract.ts'
import type { OutputOf } from '../../../kit/endpoint.ts'
import { useAddressQuery, useGo } from '../../app/address.ts'
import { useAsk } from '../../app/ask.ts'
import { problemOf } from '../../app/problem.ts'
import { DeskPage } from '../../ui/desk/DeskPage.tsx'
import type { Column } from '../../ui/desk/list-page.ts'
import { ListTable } from '../../ui/desk/ListTable.tsx'
import { deskPathOf, kindIcon } from '../../ui/desk/record-trace.ts'
import { EmptyState } from '../../ui/shared/EmptyState.tsx'
import { ErrorState } from '../../ui/shared/ErrorState.tsx'
import { Skeleton } from '../../ui/shared/Skeleton.tsx'
import { Tag } from '../../ui/shared/Tag.tsx'
import styles from './search.module.css'

type Found = OutputOf<typeof searchRecords>
type FoundRow = Found['results'][number]

/** The desk's page of a record, else its page for everybody. */
function pathOf(row: FoundRow): string {
  return deskPathOf(row.kind, row.id) ?? row.path ?? '/desk'
}

function KindButtons({
  kinds,
  chosen,
  onChoose,
}: {
  readonly kinds: Found['kinds']
  readonly chosen: string | undefined
  readonly onChoose: (kind: string | undefined) => void
}) {
  const { t } = useTranslation('search')
  const count = (n: number) => (n >= mostFound ? `${n}+` : n)
  return (
    <div className={styles.kinds} role="group" aria-label={t('kinds')}>
      <button type="button" aria-pressed={chosen === undefined} onClick={() => onChoose(undefined)}>
        {t('all')}
      </button>
      {kinds.map((each) => (
        <button key={each.kind} type="button" aria-pressed={each.kind === chosen} onClick={() => onChoose(each.kind)}>
          {each.kindName}
          <em>{count(each.n)}</em>
        </button>
      ))}
    </div>
  )
}

export default function SearchPage() {
  const { t } = useTranslation('search')
  const go = useGo()
  const [query, change] = useAddressQuery()
  const q = (query['q'] ?? '').trim().slice(0, 100)
  const kind = query['kind']
  // the buttons count every kind, whatever the table is narrowed to
  const everything = useAsk(searchRecords, { query: { q } }, { enabled: q !== '' })
  const narrowed = useAsk(
    searchRecords,
    { query: { q, kind } },
    { enabled: q !== '' && kind !== undefined, keep: true },
  )
  const asked = kind === undefined ? everything : narrowed
  const rows = asked.data?.results ?? []
  const kinds = everything.data?.kinds ?? []
  const cut = kinds.some((each) => each.n >= mostFound)

  const columns: readonly Column<FoundRow>[] = [
    {
      key: 'kind',
      title: t('column.kind'),
      width: 128,
      cell: (row) => <Tag icon={kindIcon(row.kind)}>{row.kindName}</Tag>,
    },
    { key: 'title', title: t('column.title'), main: true, cell: (row) => row.title },
    { key: 'number', title: t('column.number'), width: 124, cell: (row) => row.number ?? '—' },
    { key: 'state', title: t('column.state'), width: 132, cell: (row) => row.stateName },
    { key: 'place', title: t('column.place'), width: 168, cell: (row) => row.divisionName ?? '—' },
  ]

  const found = () => {
    if (q === '') return <EmptyState icon="search" title={t('start.title')} next={t('start.next')} />
    if (asked.error && !asked.data)
      return <ErrorState problem={problemOf(asked.error)} onRetry={() => void asked.refetch()} />
    if (asked.isPending) return <Skeleton rows={8} />
    if (rows.length === 0) return <EmptyState icon="search" title={t('none.title', { q })} next={t('none.next')} />
    return (
      <ListTable
        rows={rows}
        columns={columns}
        rowKey={(row) => `${row.kind}-${row.id}`}
        to={pathOf}
        onOpen={(row) => go(pathOf(row))}
        dim={asked.isPlaceholderData}
        label={t('title')}
      />
    )
  }
  return (
    <DeskPage
      title={q === '' ? t('title') : t('titleOf', { q })}
      note={cut ? t('cut', { count: mostFound }) : undefined}
    >
      <section className={styles.card}>
        {kinds.length > 1 && (
          <KindButtons kinds={kinds} chosen={kind} onChoose={(chosen) => change({ kind: chosen })} />
        )}
        <div aria-live="polite">{found()}</div>
      </section>
    </DeskPage>
  )
}

// A list of the desk: views, filters in the address, table, bulk bar, pages, export; a row opens beside or in full.
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Endpoint } from '../../../kit/endpoint.ts'
import { useAddressQuery, useGo } from '../../app/address.ts'
import { usePageTitle } from '../../app/appearance.ts'
import { addressOf, send } from '../../app/client.ts'
import { problemOf } from '../../app/problem.ts'
import { showToast } from '../resident/toast-store.ts'
import { EmptyState } from '../shared/EmptyState.tsx'
import { ErrorState, useProblemText } from '../shared/ErrorState.tsx'
import { Skeleton } from '../shared/Skeleton.tsx'
import { BulkBar } from './BulkBar.tsx'
import { DeskButton } from './DeskButton.tsx'
import { ExportButton } from './ExportButton.tsx'
import { FilterBar } from './FilterBar.tsx'
import {
  type BulkAct,
  type BulkResult,
  type Column,
  type Filter,
  filtersOf,
  type Page,
  recall,
  remember,
  type View,
} from './list-page.ts'
import styles from './ListPage.module.css'
import { ListTable } from './ListTable.tsx'
import { Pager } from './Pager.tsx'
import { ViewBar } from './ViewBar.tsx'

export type ListPageProps<Row> = {
  readonly title: string
  readonly note?: ReactNode
  /** The list's endpoint: query of `listQuery`, answer of `pageOf`. */
  readonly endpoint: Endpoint
  readonly params?: Readonly<Record<string, string>>
  /** Query that always holds and is not shown. */
  readonly fixed?: Readonly<Record<string, string>>
  readonly columns: readonly Column<Row>[]
  readonly filters?: readonly Filter[]
  readonly views?: readonly View[]
  readonly sorts?: readonly { readonly value: string; readonly label: string }[]
  readonly rowKey: (row: Row) => string
  /** The record's page. */
  readonly to?: (row: Row) => string
  /** Shows the row beside the list (`?open=`); the title still opens the full page. */
  readonly beside?: (row: Row, close: () => void) => ReactNode
  readonly bulk?: readonly BulkAct<Row>[]
  /** The page's primary action. */
  readonly primary?: ReactNode
  readonly empty?: { readonly title: string; readonly next?: string; readonly action?: ReactNode }
  /** Above the table, below the title: tiles, lights. */
  readonly children?: ReactNode
  /** Hears the rows of each page that is shown. */
  readonly onRows?: (rows: readonly Row[]) => void
  /** When the row that is open beside leaves the list, the one that takes its place opens. */
  readonly advance?: boolean
  /** Words at the left end of the foot. */
  readonly foot?: ReactNode
}

export function ListPage<Row>(props: ListPageProps<Row>) {
  const {
    title,
    note,
    endpoint,
    params,
    fixed,
    columns,
    filters = [],
    views = [],
    sorts = [],
    rowKey,
    to,
    beside,
    bulk = [],
    primary,
    empty,
    children,
    onRows,
    advance,
    foot,
  } = props
  const { t } = useTranslation('frame')
  const go = useGo()
  const client = useQueryClient()
  const problemText = useProblemText()
  usePageTitle(title)
  const [query, change] = useAddressQuery()
  const active = filtersOf(query, filters)
  const size = query['size'] ?? String(recall<number>(`${endpoint.name}.size`, 20))
  const at = Number(query['at'] ?? '0')
  const sort = query['sort'] ?? sorts[0]?.value
  const asked = { ...fixed, ...active, sort, size, cursor: query['cursor'] }
  const address = addressOf(endpoint.path, { params, query: asked })
  const { data, error, isPending, isPlaceholderData, refetch } = useQuery<Page<Row>>({
    queryKey: [endpoint.name, address],
    queryFn: ({ signal }) => send<Page<Row>>('GET', address, undefined, { signal }),
    placeholderData: keepPreviousData,
  })

  const kept = useRef<{ filters: string; count: Page<Row>['count'] }>({ filters: '', count: undefined })
  const filterKey = JSON.stringify([fixed, active])
  if (data?.count && !isPlaceholderData) kept.current = { filters: filterKey, count: data.count }
  const count = kept.current.filters === filterKey ? kept.current.count : undefined
  const before = useRef<(string | undefined)[]>([])

  const [hidden, setHidden] = useState<readonly string[]>(() =>
    recall(
      `${endpoint.name}.hidden`,
      columns.filter((column) => column.spare).map((column) => column.key),
    ),
  )
  const shown = columns.filter((column) => column.main || !hidden.includes(column.key))
  const [selected, setSelected] = useState<readonly string[]>([])
  const [running, setRunning] = useState(false)
  // Another page or filter has other rows: nothing of it is selected yet.
  const [shownAddress, setShownAddress] = useState(address)
  if (shownAddress !== address) {
    setShownAddress(address)
    setSelected([])
  }

  useEffect(() => {
    if (data && !isPlaceholderData) onRows?.(data.rows)
  }, [data, isPlaceholderData, onRows])
  const rows = data?.rows ?? []
  const chosen = rows.filter((row) => selected.includes(rowKey(row)))
  const open = rows.find((row) => rowKey(row) === query['open'])
  const [refocus, setRefocus] = useState(0)
  const openAt = useRef<number | undefined>(undefined)
  useEffect(() => {
    if (!advance || isPending || isPlaceholderData) return
    const index = rows.findIndex((row) => rowKey(row) === query['open'])
    if (query['open'] === undefined || index >= 0) {
      openAt.current = index >= 0 ? index : undefined
      return
    }
    if (openAt.current === undefined) return
    const next = rows[Math.min(openAt.current, rows.length - 1)]
    change({ open: next && rowKey(next) })
    setRefocus((count) => count + 1)
  })
  const filter = (next: Readonly<Record<string, string | undefined>>) => {
    before.current = []
    change({ ...next, cursor: undefined, at: undefined, open: undefined })
  }
  const applyView = (view: Readonly<Record<string, string>>) =>
    filter({ ...Object.fromEntries(filters.map(({ name }) => [name, undefined])), ...view })

  const oneByOne = async (act: BulkAct<Row>): Promise<BulkResult> => {
    const done: string[] = []
    const failures: string[] = []
    for (const row of chosen) {
      try {
        await act.run?.(row)
        done.push(rowKey(row))
      } catch (fault) {
        failures.push(problemText(problemOf(fault)))
      }
    }
    return { done, failures }
  }
  const run = async (act: BulkAct<Row>) => {
    setRunning(true)
    const { done, failures } = act.runAll
      ? await act.runAll(chosen).catch((fault: unknown) => ({ done: [], failures: [problemText(problemOf(fault))] }))
      : await oneByOne(act)
    await client.invalidateQueries()
    setSelected([])
    setRunning(false)
    // The bar with its buttons is gone: the keyboard goes on in the list.
    setRefocus((count) => count + 1)
    const [why] = failures
    if (why) showToast(t('listPage.partly', { done: done.length, failed: failures.length, why }), 'problem')
    else showToast(t('listPage.done', { count: done.length }))
  }
  const begin = (act: BulkAct<Row>) => (act.confirm ? act.confirm(chosen, () => void run(act)) : void run(act))
  const onLetter = (letter: string): boolean => {
    const act = bulk.find(({ shortcut }) => shortcut === letter)
    if (act === undefined || chosen.length === 0 || running || act.off?.(chosen) !== undefined) return false
    begin(act)
    return true
  }

  const table = (
    <section className={styles.card} aria-label={title}>
      <FilterBar
        filters={filters}
        active={active}
        onChange={filter}
        sorts={sorts}
        sort={sort}
        onSort={(value) => filter({ sort: value })}
        columns={columns}
        hidden={hidden}
        onHide={(keys) => {
          setHidden(keys)
          remember(`${endpoint.name}.hidden`, keys)
        }}
      />
      {chosen.length > 0 && (
        <BulkBar rows={chosen} acts={bulk} busy={running} onAct={begin} onClear={() => setSelected([])} />
      )}
      {error && !data ? (
        <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
      ) : isPending ? (
        <Skeleton rows={8} />
      ) : rows.length === 0 ? (
        <EmptyState
          icon="search"
          title={empty?.title ?? t('listPage.empty')}
          next={empty?.next ?? t('listPage.emptyNext')}
          action={
            Object.keys(active).length > 0 ? (
              <DeskButton onClick={() => applyView({})}>{t('listPage.clear')}</DeskButton>
            ) : (
              empty?.action
            )
          }
        />
      ) : (
        <ListTable
          rows={rows}
          columns={shown}
          rowKey={rowKey}
          to={to}
          dim={isPlaceholderData}
          selectable={bulk.length > 0}
          selected={selected}
          onSelect={setSelected}
          current={query['open']}
          onOpen={(row) => (beside ? change({ open: rowKey(row) }) : to && go(to(row)))}
          onClose={() => change({ open: undefined })}
          onLetter={onLetter}
          refocus={refocus}
          sort={sort}
          onSort={(value) => filter({ sort: value })}
        />
      )}
      <Pager
        at={at}
        shown={rows.length}
        size={Number(size)}
        count={count}
        hasNext={data?.next !== undefined}
        note={foot}
        onSize={(value) => {
          remember(`${endpoint.name}.size`, value)
          filter({ size: String(value) })
        }}
        onNext={() => {
          before.current.push(query['cursor'])
          change({ cursor: data?.next, at: String(at + rows.length), open: undefined }, { replace: false })
        }}
        onPrevious={() => {
          const cursor = before.current.pop()
          change(
            { cursor, at: cursor ? String(Math.max(0, at - Number(size))) : undefined, open: undefined },
            { replace: false },
          )
        }}
      />
    </section>
  )
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <h1>{title}</h1>
        {note !== undefined && <span className={styles.note}>{note}</span>}
        <span className={styles.gap} />
        {endpoint.exportable && (
          <ExportButton
            address={(format) =>
              addressOf(`${endpoint.path}/export`, { params, query: { ...fixed, ...active, sort, format } })
            }
          />
        )}
        {primary}
      </div>
      {children}
      {(views.length > 0 || filters.length > 0) && (
        <ViewBar list={endpoint.name} views={views} active={active} onUse={applyView} />
      )}
      {beside ? (
        <div className={styles.two} data-open={open !== undefined || undefined}>
          {table}
          {open !== undefined && (
            <aside className={styles.beside}>{beside(open, () => change({ open: undefined }))}</aside>
          )}
        </div>
      ) : (
        table
      )}
    </div>
  )
}

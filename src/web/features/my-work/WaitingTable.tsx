// What waits for me: the table with due lights, bulk acts where the rows wait for the same verb.
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { listMyWork } from '../../../foundation/notices/contract.ts'
import type { OutputOf } from '../../../kit/endpoint.ts'
import { useGo } from '../../app/address.ts'
import { problemOf } from '../../app/problem.ts'
import { BulkBar } from '../../ui/desk/BulkBar.tsx'
import type { BulkAct, Column } from '../../ui/desk/list-page.ts'
import { ListTable } from '../../ui/desk/ListTable.tsx'
import { deskPathOf } from '../../ui/desk/record-trace.ts'
import { Pager } from '../../ui/desk/Pager.tsx'
import { showToast } from '../../ui/resident/toast-store.ts'
import { InstantText } from '../../ui/shared/DateText.tsx'
import { DueLight } from '../../ui/shared/DueLight.tsx'
import { EmptyState } from '../../ui/shared/EmptyState.tsx'
import { ErrorState, useProblemText } from '../../ui/shared/ErrorState.tsx'
import { Skeleton } from '../../ui/shared/Skeleton.tsx'
import { Tag, type TagTone } from '../../ui/shared/Tag.tsx'
import { bulkVerbs, useBulkActs } from './bulk-acts.tsx'
import styles from './my-work.module.css'
import type { usePages } from './use-pages.ts'

export type WorkRow = OutputOf<typeof listMyWork>['rows'][number]

const tones: Readonly<Record<string, TagTone>> = {
  needs: 'community',
  deliberation: 'community',
  contracts: 'organization',
  organizations: 'organization',
  procurement: 'organization',
  delivery: 'progress',
  funds: 'money',
}

/** The tone of a domain's tag: the society that its work belongs to. */
export function domainTone(domain: string): TagTone {
  return tones[domain] ?? 'neutral'
}

export function useWorkPath(): (row: { readonly of: { readonly kind: string; readonly id: string } }) => string {
  return (row) => deskPathOf(row.of.kind, row.of.id) ?? '/desk'
}

export function WaitingTable({ pages }: { readonly pages: ReturnType<typeof usePages<typeof listMyWork>> }) {
  const { t } = useTranslation(['my-work', 'frame'])
  const go = useGo()
  const client = useQueryClient()
  const problemText = useProblemText()
  const pathOf = useWorkPath()
  const [selected, setSelected] = useState<readonly string[]>([])
  const [busy, setBusy] = useState(false)
  // Another page or filter has other rows: nothing of it is selected yet.
  const [shownAddress, setShownAddress] = useState(pages.address)
  if (shownAddress !== pages.address) {
    setShownAddress(pages.address)
    setSelected([])
  }
  const rows = pages.data?.rows ?? []
  const chosen = rows.filter((row) => selected.includes(row.id))
  const { acts, dialog } = useBulkActs(chosen)

  const run = async (act: BulkAct<WorkRow>) => {
    setBusy(true)
    let done = 0
    const failures: string[] = []
    for (const row of chosen) {
      try {
        await act.run?.(row)
        done += 1
      } catch (fault) {
        failures.push(problemText(problemOf(fault)))
      }
    }
    await client.invalidateQueries()
    setSelected([])
    setBusy(false)
    const [why] = failures
    if (why) showToast(t('listPage.partly', { ns: 'frame', done, failed: failures.length, why }), 'problem')
    else showToast(t('listPage.done', { ns: 'frame', count: done }))
  }

  const columns: readonly Column<WorkRow>[] = [
    {
      key: 'task',
      title: t('column.task'),
      main: true,
      cell: (row) => (
        <>
          <b className={styles.verb}>{row.task}</b>
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
    { key: 'place', title: t('column.place'), width: 150, cell: (row) => row.divisionName },
    {
      key: 'since',
      title: t('column.since'),
      width: 116,
      cell: (row) => <InstantText instant={row.since} style="compact" />,
    },
    {
      key: 'due',
      title: t('column.due'),
      width: 156,
      cell: (row) => <DueLight due={row.due} workingDays={row.workingDays} />,
    },
  ]
  if (pages.error && !pages.data)
    return <ErrorState problem={problemOf(pages.error)} onRetry={() => void pages.refetch()} />
  if (pages.isPending) return <Skeleton rows={8} />
  return (
    <>
      {chosen.length > 0 && (
        <BulkBar
          rows={chosen}
          acts={acts}
          busy={busy}
          onAct={(act) => (act.confirm ? act.confirm(chosen, () => void run(act)) : void run(act))}
          onClear={() => setSelected([])}
        />
      )}
      {rows.length === 0 ? (
        <EmptyState icon="check" title={t('empty.title')} next={t('empty.next')} />
      ) : (
        <ListTable
          rows={rows}
          columns={columns}
          rowKey={(row) => row.id}
          to={pathOf}
          selectable={rows.some((row) => bulkVerbs.includes(row.verb))}
          selected={selected}
          onSelect={setSelected}
          onOpen={(row) => go(pathOf(row))}
          dim={pages.isPlaceholderData}
          label={t('tab.waiting')}
        />
      )}
      <Pager
        at={pages.at}
        shown={rows.length}
        size={pages.size}
        count={pages.first?.count}
        hasNext={pages.hasNext}
        note={<span>{t('clock')}</span>}
        onSize={pages.resize}
        onNext={pages.forward}
        onPrevious={pages.back}
      />
      {dialog}
    </>
  )
}

// Needs of the places where I work: views, filters, bulk acts, and the chosen need beside the list.
import { useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { listDeskNeeds, needStates } from '../../../../loop/needs/contract.ts'
import { categoryCodes } from '../../../../loop/needs/contract/taxonomy.ts'
import { listCategoryProposals } from '../../../../loop/needs/contract/helpers.ts'
import { listNeedHolders } from '../../../../loop/needs/contract/holders.ts'
import { useAsk } from '../../../app/ask.ts'
import { useAddressQuery } from '../../../app/address.ts'
import { currentAssignment, useMay, useSession } from '../../../app/session.ts'
import { useCategoryName } from '../../../ui/desk/CategoryPicker.tsx'
import { DeskButton } from '../../../ui/desk/DeskButton.tsx'
import type { Column, Filter } from '../../../ui/desk/list-page.ts'
import { ListPage } from '../../../ui/desk/ListPage.tsx'
import { InstantText } from '../../../ui/shared/DateText.tsx'
import { Icon } from '../../../ui/shared/Icon.tsx'
import { BulkConflicts } from './BulkConflicts.tsx'
import styles from './desk-needs.module.css'
import { type DeskNeedRow, NeedDue, NeedHolder, NeedStateTag } from './need-words.tsx'
import { NeedAside } from './NeedAside.tsx'
import { useNeedBulk } from './need-bulk.tsx'
import { useNeedViews } from './need-views.ts'
import { ProposalCell } from './ProposalCell.tsx'

/** The keys of the list; those of bulk acts where I may do them. */
function Keys({ acts }: { readonly acts: readonly string[] }) {
  const { t } = useTranslation('needs')
  const keys: readonly (readonly [string, readonly string[]])[] = [
    ['move', ['↑', '↓', 'J', 'K']],
    ['choose', [t('desk.key.space'), 'X']],
    ['range', ['Shift']],
    ['all', ['A']],
    ['open', [t('desk.key.enter')]],
    ['accept', ['E']],
    ['acceptProposed', ['P']],
    ['decline', ['D']],
    ['merge', ['M']],
    ['hold', ['H']],
    ['assign', ['G']],
    ['takeOver', ['T']],
  ]
  const choosing = ['choose', 'range', 'all']
  const always = ['move', 'open']
  const mine = keys.filter(
    ([what]) => always.includes(what) || acts.includes(what) || (acts.length > 0 && choosing.includes(what)),
  )
  return (
    <p className={styles.keys}>
      {mine.map(([what, each]) => (
        <span key={what}>
          {each.map((key) => (
            <kbd key={key}>{key}</kbd>
          ))}
          {t(`desk.keys.${what}`)}
        </span>
      ))}
    </p>
  )
}

/** The categories proposed for the undecided needs of a page, asked for once for all of them. */
function useProposals(rows: readonly DeskNeedRow[]) {
  const mayAccept = useMay('needs.acceptNeed')
  const needs = mayAccept ? rows.filter(({ state }) => state === 'submitted').map(({ id }) => id) : []
  const { data } = useAsk(listCategoryProposals, { body: { needs } }, { enabled: needs.length > 0, keep: true })
  return useMemo(() => new Map((data?.proposals ?? []).map((each) => [each.id, each])), [data])
}

export default function DeskNeedsPage() {
  const { t } = useTranslation(['needs', 'frame'])
  const session = useSession()
  const mayRaise = useMay('needs.submitNeedOnBehalf')
  const mayAccept = useMay('needs.acceptNeed')
  const mayImport = useMay('needs.importNeeds')
  const mayHold = useMay('needs.listNeedHolders')
  const holders = useAsk(listNeedHolders, { query: {} }, { enabled: mayHold, staleTime: 60_000 })
  const colleagues = (holders.data?.rows ?? [])
    .filter(({ me }) => !me)
    .map(({ person }) => ({ value: person.id, label: person.name }))
  const categoryName = useCategoryName()
  const views = useNeedViews()
  const mayMerge = useMay('needs.mergeNeed')
  const [page, setPage] = useState<readonly DeskNeedRow[]>([])
  const hear = useCallback((rows: readonly DeskNeedRow[]) => setPage(rows), [])
  const proposals = useProposals(page)
  const [explained, setExplained] = useState<string>()
  const { bulk, dialog, conflicts, forget } = useNeedBulk(proposals)
  const [query] = useAddressQuery()
  // with a need beside the list only what decides is left
  const narrow = query['open'] !== undefined
  const columns: readonly Column<DeskNeedRow>[] = [
    { key: 'number', title: t('fields.number'), width: 104, cell: (row) => row.number },
    {
      key: 'title',
      title: t('name'),
      main: true,
      cell: (row) => (
        <>
          {row.urgency === 'urgent' && <b className={styles.urgent}>{t('urgencies.urgent')}</b>}
          {row.private && <Icon name="lock" size={14} label={t('visibilities.private')} />}
          {row.title ?? t('desk.closed')}
        </>
      ),
    },
    { key: 'category', title: t('fields.category'), width: 128, cell: (row) => categoryName(row.category) },
    {
      key: 'proposal',
      title: t('desk.proposal.head'),
      width: 168,
      cell: (row) => (
        <ProposalCell
          row={row}
          proposal={row.state === 'submitted' ? proposals.get(row.id) : undefined}
          explained={explained === row.id}
          onExplain={() => setExplained(explained === row.id ? undefined : row.id)}
        />
      ),
    },
    { key: 'supports', title: t('fields.supports'), width: 52, align: 'right', cell: (row) => row.supports },
    { key: 'state', title: t('fields.state'), width: 84, cell: (row) => <NeedStateTag state={row.state} /> },
    { key: 'due', title: t('desk.due'), width: 124, sort: 'due', cell: (row) => <NeedDue need={row} /> },
    {
      key: 'holder',
      title: t('fields.holder'),
      width: 184,
      cell: (row) => <NeedHolder need={row} />,
    },
    { key: 'place', title: t('fields.divisionName'), width: 140, spare: true, cell: (row) => row.divisionName },
    {
      key: 'submitted',
      title: t('fields.submittedAt'),
      width: 116,
      spare: true,
      sort: 'submitted',
      cell: (row) => row.submittedAt && <InstantText instant={row.submittedAt} style="compact" />,
    },
    {
      key: 'route',
      title: t('fields.route'),
      width: 104,
      spare: true,
      cell: (row) => row.route && t(`routes.${row.route}`),
    },
  ]
  // Where everything waits for its first decision the proposed class says more than the state.
  const deciding = query['state'] === 'submitted' && mayAccept
  const left = narrow ? ['category', 'holder', 'proposal'] : deciding ? ['state'] : ['proposal']
  const shown = columns.filter(({ key }) => !left.includes(key))
  const filters: readonly Filter[] = [
    { name: 'q', label: t('frame:listPage.keyword'), kind: 'text' },
    {
      name: 'state',
      label: t('fields.state'),
      kind: 'choice',
      options: needStates.filter((state) => state !== 'draft').map((value) => ({ value, label: t(`states.${value}`) })),
    },
    {
      name: 'category',
      label: t('fields.category'),
      kind: 'choice',
      options: categoryCodes.map((value) => ({ value, label: categoryName(value) })),
    },
    {
      name: 'holder',
      label: t('fields.holder'),
      kind: 'choice',
      options: [
        { value: 'me', label: t('desk.me') },
        { value: 'nobody', label: t('desk.nobody') },
        { value: 'away', label: t('desk.away') },
        ...colleagues,
      ],
    },
    {
      name: 'overdue',
      label: t('fields.overdue'),
      kind: 'choice',
      options: [{ value: 'yes', label: t('desk.overdue') }],
    },
    { name: 'division', label: t('fields.division'), kind: 'division' },
  ]
  return (
    <>
      <ListPage<DeskNeedRow>
        title={t('name')}
        note={currentAssignment(session)?.divisionName}
        endpoint={listDeskNeeds}
        columns={shown}
        filters={filters}
        views={views}
        sorts={[
          { value: 'due', label: t('desk.byDue') },
          { value: 'submitted', label: t('desk.bySubmitted') },
        ]}
        rowKey={(row) => row.id}
        to={(row) => `/desk/needs/${row.id}`}
        beside={(row, close) => <NeedAside key={row.id} id={row.id} onClose={close} />}
        bulk={bulk}
        primary={
          <>
            {mayImport && (
              <DeskButton icon="import" to="/desk/needs/import">
                {t('import.enter')}
              </DeskButton>
            )}
            {mayMerge && (
              <DeskButton icon="merge" to="/desk/needs/alike">
                {t('desk.alike.title')}
              </DeskButton>
            )}
            {mayHold && <DeskButton to="/desk/needs/holders">{t('desk.holders.title')}</DeskButton>}
            {mayRaise && (
              <DeskButton kind="primary" icon="plus" to="/desk/needs/new">
                {t('desk.raise')}
              </DeskButton>
            )}
          </>
        }
        onRows={hear}
        advance
        empty={{ title: t('desk.none'), next: t('desk.noneNext') }}
      >
        <BulkConflicts conflicts={conflicts} onClose={forget} />
      </ListPage>
      <Keys acts={bulk.map(({ key }) => key)} />
      {dialog}
    </>
  )
}

// Motions of the places where I work.
import { useTranslation } from 'react-i18next'
import { listDeskMotions, motionStates } from '../../../loop/deliberation/contract.ts'
import { currentAssignment, useMay, useSession } from '../../app/session.ts'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import type { Column, Filter } from '../../ui/desk/list-page.ts'
import { ListPage } from '../../ui/desk/ListPage.tsx'
import { DateText, InstantText } from '../../ui/shared/DateText.tsx'
import { type DeskMotionRow, MotionStateTag } from './motion-words.tsx'

const views = ['proposed', 'discussing', 'voting', 'published', 'executing'] as const

export default function MotionListPage() {
  const { t } = useTranslation(['deliberation', 'frame'])
  const session = useSession()
  const mayPropose = useMay('deliberation.runMotion')
  const columns: readonly Column<DeskMotionRow>[] = [
    { key: 'number', title: t('fields.number'), width: 108, cell: (row) => row.number },
    { key: 'title', title: t('fields.title'), main: true, cell: (row) => row.title },
    { key: 'origin', title: t('fields.origin'), width: 112, cell: (row) => t(`origins.${row.origin}`) },
    {
      key: 'supports',
      title: t('fields.supports'),
      width: 110,
      align: 'right',
      cell: (row) => t('desk.supports', { count: row.supports, verified: row.verifiedSupports }),
    },
    { key: 'state', title: t('fields.state'), width: 96, cell: (row) => <MotionStateTag state={row.state} /> },
    {
      key: 'meeting',
      title: t('fields.meetingOn'),
      width: 110,
      cell: (row) => (row.meetingOn ? <DateText date={row.meetingOn} style="iso" /> : '—'),
    },
    {
      key: 'notice',
      title: t('fields.noticeUntil'),
      width: 110,
      cell: (row) => (row.noticeUntil ? <DateText date={row.noticeUntil} style="iso" /> : '—'),
    },
    {
      key: 'created',
      title: t('fields.createdAt'),
      width: 120,
      spare: true,
      cell: (row) => <InstantText instant={row.createdAt} style="compact" />,
    },
    { key: 'place', title: t('fields.divisionName'), width: 140, spare: true, cell: (row) => row.divisionName },
  ]
  const filters: readonly Filter[] = [
    { name: 'q', label: t('frame:listPage.keyword'), kind: 'text' },
    {
      name: 'state',
      label: t('fields.state'),
      kind: 'choice',
      options: motionStates.map((value) => ({ value, label: t(`states.${value}`) })),
    },
    { name: 'division', label: t('fields.division'), kind: 'division' },
  ]
  return (
    <ListPage<DeskMotionRow>
      title={t('frame:menu.deliberation')}
      note={currentAssignment(session)?.divisionName}
      endpoint={listDeskMotions}
      columns={columns}
      filters={filters}
      views={[
        { key: 'all', label: t('desk.all'), filters: {} },
        ...views.map((state) => ({ key: state, label: t(`states.${state}`), filters: { state } })),
      ]}
      rowKey={(row) => row.id}
      to={(row) => `/desk/deliberation/${row.id}`}
      primary={
        mayPropose && (
          <DeskButton kind="primary" icon="plus" to="/desk/deliberation/new">
            {t('verbs.proposeMotion')}
          </DeskButton>
        )
      }
      empty={{ title: t('desk.none'), next: t('desk.noneNext') }}
    />
  )
}

// Projects of the places where I work.
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../kit/endpoint.ts'
import { listDeskProjects, projectStates } from '../../../loop/projects/contract.ts'
import { useMay } from '../../app/session.ts'
import { useCategoryName } from '../../ui/desk/CategoryPicker.tsx'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { ListPage } from '../../ui/desk/ListPage.tsx'
import { InstantText } from '../../ui/shared/DateText.tsx'
import { DueLight } from '../../ui/shared/DueLight.tsx'
import { MoneyText } from '../../ui/shared/MoneyText.tsx'
import { Tag } from '../../ui/shared/Tag.tsx'
import { projectTones } from './project-tones.ts'

type Row = OutputOf<typeof listDeskProjects>['rows'][number]

export default function ProjectListPage() {
  const { t } = useTranslation('projects')
  const category = useCategoryName()
  const mayDesign = useMay('projects.designProject')
  return (
    <ListPage<Row>
      title={t('name')}
      endpoint={listDeskProjects}
      rowKey={(row) => row.id}
      to={(row) => `/desk/projects/${row.id}`}
      primary={
        <>
          <DeskButton icon="book" to="/desk/projects/purchase-list">
            {t('verbs.listPurchaseItems')}
          </DeskButton>
          <DeskButton icon="copy" to="/desk/projects/templates">
            {t('verbs.listTemplates')}
          </DeskButton>
          {mayDesign && (
            <DeskButton kind="primary" icon="plus" to="/desk/projects/new">
              {t('verbs.designProject')}
            </DeskButton>
          )}
        </>
      }
      views={[
        { key: 'all', label: t('desk.all'), filters: {} },
        ...(['drafting', 'resident-review', 'township-review', 'approved', 'delivering', 'completed'] as const).map(
          (state) => ({ key: state, label: t(`states.${state}`), filters: { state } }),
        ),
      ]}
      filters={[
        {
          name: 'state',
          label: t('fields.state'),
          kind: 'choice',
          options: projectStates.map((value) => ({ value, label: t(`states.${value}`) })),
        },
        {
          name: 'category',
          label: t('fields.category'),
          kind: 'choice',
          options: classes.map((value) => ({ value, label: category(value) })),
        },
        { name: 'division', label: t('fields.division'), kind: 'division' },
      ]}
      empty={{ title: t('desk.empty'), next: t('desk.emptyNext') }}
      columns={[
        { key: 'number', title: t('fields.number'), width: 108, cell: (row) => row.number },
        { key: 'title', title: t('fields.title'), main: true, cell: (row) => row.title },
        {
          key: 'categories',
          title: t('fields.category'),
          width: 104,
          cell: (row) => row.categories.map(category).join(t('frame:list.separator')),
        },
        {
          key: 'division',
          title: t('fields.divisionName'),
          width: 120,
          cell: (row) => row.divisionName ?? row.division,
        },
        { key: 'mode', title: t('fields.mode'), width: 96, spare: true, cell: (row) => t(`modes.${row.mode}`) },
        {
          key: 'source',
          title: t('fields.source'),
          width: 120,
          spare: true,
          cell: (row) => t(`sources.${row.source}`),
        },
        {
          key: 'budget',
          title: t('desk.budget'),
          width: 120,
          align: 'right',
          cell: (row) => <MoneyText amount={row.budget} />,
        },
        {
          key: 'state',
          title: t('fields.state'),
          width: 110,
          cell: (row) => <Tag tone={projectTones[row.state]}>{t(`states.${row.state}`)}</Tag>,
        },
        {
          key: 'due',
          title: t('fields.commentUntil'),
          width: 104,
          spare: true,
          cell: (row) =>
            row.state === 'resident-review' && row.commentUntil ? <DueLight due={row.commentUntil} /> : '—',
        },
        {
          key: 'updatedAt',
          title: t('fields.updatedAt'),
          width: 110,
          cell: (row) => <InstantText instant={row.updatedAt} style="compact" />,
        },
      ]}
    />
  )
}

/** The classes, without their kinds: enough for a filter. */
const classes = Array.from({ length: 20 }, (_none, index) => String(index + 1).padStart(2, '0'))

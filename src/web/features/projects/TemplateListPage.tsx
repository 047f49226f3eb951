// Templates that the places where I work, and those above them, keep.
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../kit/endpoint.ts'
import { listTemplates, templateStates } from '../../../loop/projects/contract/templates.ts'
import { useMay } from '../../app/session.ts'
import { useCategoryName } from '../../ui/desk/CategoryPicker.tsx'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { ListPage } from '../../ui/desk/ListPage.tsx'
import { InstantText } from '../../ui/shared/DateText.tsx'
import { Tag } from '../../ui/shared/Tag.tsx'
import { templateTones } from './project-tones.ts'

type Row = OutputOf<typeof listTemplates>['rows'][number]

export default function TemplateListPage() {
  const { t } = useTranslation('projects')
  const category = useCategoryName()
  const mayKeep = useMay('projects.keepTemplate')
  return (
    <ListPage<Row>
      title={t('verbs.listTemplates')}
      note={t('template.note')}
      endpoint={listTemplates}
      rowKey={(row) => row.id}
      to={(row) => `/desk/projects/templates/${row.id}`}
      primary={
        mayKeep && (
          <DeskButton kind="primary" icon="plus" to="/desk/projects/templates/new">
            {t('verbs.makeTemplate')}
          </DeskButton>
        )
      }
      views={[
        { key: 'all', label: t('desk.all'), filters: {} },
        ...templateStates.map((state) => ({ key: state, label: t(`states.${state}`), filters: { state } })),
      ]}
      filters={[
        {
          name: 'state',
          label: t('fields.state'),
          kind: 'choice',
          options: templateStates.map((value) => ({ value, label: t(`states.${value}`) })),
        },
        { name: 'offeredTo', label: t('fields.offeredTo'), kind: 'division' },
      ]}
      empty={{ title: t('template.empty'), next: t('template.emptyNext') }}
      columns={[
        { key: 'title', title: t('fields.title'), main: true, cell: (row) => row.title },
        {
          key: 'categories',
          title: t('fields.category'),
          width: 160,
          cell: (row) => row.categories.map(category).join(t('frame:list.separator')),
        },
        {
          key: 'division',
          title: t('template.keeper'),
          width: 150,
          cell: (row) => row.divisionName ?? row.division,
        },
        {
          key: 'edition',
          title: t('fields.edition'),
          width: 90,
          cell: (row) => t('template.edition', { n: row.edition }),
        },
        {
          key: 'state',
          title: t('fields.state'),
          width: 100,
          cell: (row) => <Tag tone={templateTones[row.state]}>{t(`states.${row.state}`)}</Tag>,
        },
        {
          key: 'updatedAt',
          title: t('fields.updatedAt'),
          width: 120,
          cell: (row) => <InstantText instant={row.updatedAt} style="compact" />,
        },
      ]}
    />
  )
}

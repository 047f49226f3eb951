// Columns and filters that the register and the list of applications share.
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../kit/endpoint.ts'
import {
  type listOrganizations,
  organizationKinds,
  type OrganizationState,
  organizationStates,
} from '../../../registers/organizations/contract.ts'
import { useCategoryName } from '../../ui/desk/CategoryPicker.tsx'
import type { Column, Filter } from '../../ui/desk/list-page.ts'
import { Tag, type TagTone } from '../../ui/shared/Tag.tsx'

export type OrganizationRow = OutputOf<typeof listOrganizations>['rows'][number]

export const stateTones: Readonly<Record<OrganizationState, TagTone>> = {
  applied: 'waiting',
  accepted: 'waiting',
  reviewed: 'waiting',
  registered: 'done',
  filed: 'done',
  refused: 'neutral',
  cancelled: 'neutral',
}

export function useOrganizationColumns(): readonly Column<OrganizationRow>[] {
  const { t } = useTranslation('organizations')
  const category = useCategoryName()
  return [
    { key: 'number', title: t('fields.number'), width: 112, cell: (row) => row.number },
    { key: 'name', title: t('fields.name'), main: true, sort: 'name', cell: (row) => row.name },
    {
      key: 'kind',
      title: t('fields.kind'),
      width: 120,
      cell: (row) => <Tag tone="organization">{row.agency ? t('fields.agency') : t(`kinds.${row.kind}`)}</Tag>,
    },
    {
      key: 'categories',
      title: t('fields.categories'),
      width: 140,
      cell: (row) => row.categories.map(category).join(t('frame:list.separator')),
    },
    { key: 'division', title: t('fields.divisionName'), width: 130, cell: (row) => row.divisionName ?? row.division },
    { key: 'rating', title: t('fields.rating'), width: 84, cell: (row) => row.rating ?? '—' },
    { key: 'uscc', title: t('fields.uscc'), width: 180, spare: true, cell: (row) => row.uscc ?? '—' },
    {
      key: 'state',
      title: t('fields.state'),
      width: 150,
      cell: (row) => (
        <>
          <Tag tone={stateTones[row.state]}>{t(`states.${row.state}`)}</Tag>{' '}
          {row.illegal ? (
            <Tag tone="bad" icon="alert">
              {t('desk.illegal')}
            </Tag>
          ) : row.abnormal ? (
            <Tag tone="waiting" icon="alert">
              {t('desk.abnormal')}
            </Tag>
          ) : null}
        </>
      ),
    },
  ]
}

export function useOrganizationFilters(states: readonly OrganizationState[] = organizationStates): readonly Filter[] {
  const { t } = useTranslation('organizations')
  return [
    { name: 'q', label: t('fields.q'), kind: 'text' },
    {
      name: 'kind',
      label: t('fields.kind'),
      kind: 'choice',
      options: organizationKinds.map((value) => ({ value, label: t(`kinds.${value}`) })),
    },
    {
      name: 'state',
      label: t('fields.state'),
      kind: 'choice',
      options: states.map((value) => ({ value, label: t(`states.${value}`) })),
    },
    { name: 'division', label: t('fields.division'), kind: 'division' },
    {
      name: 'agency',
      label: t('fields.agency'),
      kind: 'choice',
      options: [
        { value: 'true', label: t('frame:form.yes') },
        { value: 'false', label: t('frame:form.no') },
      ],
    },
  ]
}

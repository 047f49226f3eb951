// The public register of organizations, as the desk reads it.
import { useTranslation } from 'react-i18next'
import { listOrganizations, openStates } from '../../../registers/organizations/contract.ts'
import { useMay } from '../../app/session.ts'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { ListPage } from '../../ui/desk/ListPage.tsx'
import { type OrganizationRow, useOrganizationColumns, useOrganizationFilters } from './organization-columns.tsx'

export default function OrganizationListPage() {
  const { t } = useTranslation('organizations')
  const mayApply = useMay('organizations.apply')
  const mayRead = useMay('organizations.read')
  return (
    <ListPage<OrganizationRow>
      title={t('name')}
      endpoint={listOrganizations}
      rowKey={(row) => row.id}
      to={(row) => `/desk/organizations/${row.id}`}
      primary={
        <>
          {mayRead && (
            <DeskButton icon="inbox" to="/desk/organizations/applications">
              {t('desk.applications')}
            </DeskButton>
          )}
          {mayApply && (
            <DeskButton kind="primary" icon="plus" to="/desk/organizations/new">
              {t('verbs.applyForOrganization')}
            </DeskButton>
          )}
        </>
      }
      views={[
        { key: 'all', label: t('desk.all'), filters: {} },
        { key: 'agency', label: t('fields.agency'), filters: { agency: 'true' } },
        { key: 'community', label: t('kinds.community-organization'), filters: { kind: 'community-organization' } },
      ]}
      filters={useOrganizationFilters(openStates)}
      sorts={[
        { value: 'name', label: t('desk.byName') },
        { value: '-id', label: t('desk.newest') },
      ]}
      columns={useOrganizationColumns()}
    />
  )
}

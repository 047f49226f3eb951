// Outside programs that raise needs with a key (Open311): the list and their registration.
import { Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  apiClientStates,
  listApiClients,
  registerApiClient,
} from '../../../foundation/identity/contract/api-clients.ts'
import type { OutputOf } from '../../../kit/endpoint.ts'
import { currentAssignment, useMay, useSession } from '../../app/session.ts'
import { ContractForm } from '../../ui/desk/ContractForm.tsx'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { DeskDialog } from '../../ui/desk/DeskDialog.tsx'
import { DivisionField } from '../../ui/desk/form-controls.tsx'
import type { Column } from '../../ui/desk/list-page.ts'
import { ListPage } from '../../ui/desk/ListPage.tsx'
import { DateText } from '../../ui/shared/DateText.tsx'
import { Tag } from '../../ui/shared/Tag.tsx'
import { ApiKey } from './ApiKey.tsx'
import { NeedsFactor } from './NeedsFactor.tsx'

type Row = OutputOf<typeof listApiClients>['rows'][number]

export default function ApiClientListPage() {
  const { t } = useTranslation('identity')
  const session = useSession()
  const mayRegister = useMay('identity.register-client')
  const [registering, setRegistering] = useState(false)
  const [key, setKey] = useState<string>()
  const columns: readonly Column<Row>[] = [
    { key: 'name', title: t('apiClient.name'), main: true, cell: (row) => row.name },
    { key: 'operator', title: t('fields.operator'), width: 220, cell: (row) => row.operator },
    { key: 'place', title: t('fields.divisionName'), width: 180, cell: (row) => row.divisionName },
    {
      key: 'since',
      title: t('client.since'),
      width: 120,
      cell: (row) => <DateText date={row.createdAt} style="iso" />,
    },
    {
      key: 'state',
      title: t('fields.state'),
      width: 96,
      cell: (row) => <Tag tone={row.state === 'active' ? 'done' : 'neutral'}>{t(`client.state.${row.state}`)}</Tag>,
    },
  ]
  return (
    <>
      <ListPage<Row>
        title={t('menu.apiClients')}
        note={t('apiClient.note')}
        endpoint={listApiClients}
        columns={columns}
        filters={[
          {
            name: 'state',
            label: t('fields.state'),
            kind: 'choice',
            options: apiClientStates.map((value) => ({ value, label: t(`client.state.${value}`) })),
          },
          { name: 'division', label: t('fields.divisionName'), kind: 'division' },
        ]}
        rowKey={(row) => row.id}
        to={(row) => `/desk/api-clients/${row.id}`}
        primary={
          mayRegister && (
            <DeskButton kind="primary" icon="plus" onClick={() => setRegistering(true)}>
              {t('verbs.registerApiClient')}
            </DeskButton>
          )
        }
        empty={{ title: t('apiClient.none'), next: t('apiClient.noneNext') }}
      />
      {registering && (
        <DeskDialog title={t('verbs.registerApiClient')} onClose={() => setRegistering(false)}>
          <NeedsFactor>
            <ContractForm
              endpoint={registerApiClient}
              domain="identity"
              initial={{ division: currentAssignment(session)?.division }}
              overrides={{
                name: { control: <Input maxLength={60} aria-required />, label: t('apiClient.name') },
                operator: { control: <Input maxLength={60} aria-required />, label: t('fields.operator') },
                division: {
                  control: <DivisionField label={t('apiClient.division')} />,
                  label: t('apiClient.division'),
                },
              }}
              submitLabel={t('verbs.registerApiClient')}
              onCancel={() => setRegistering(false)}
              onDone={(answer) => {
                setRegistering(false)
                setKey(answer.key)
              }}
            />
          </NeedsFactor>
        </DeskDialog>
      )}
      {key !== undefined && <ApiKey value={key} onClose={() => setKey(undefined)} />}
    </>
  )
}

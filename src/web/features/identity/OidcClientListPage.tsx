// Systems of departments that sign in here (one sign-on): the list and their registration.
import { Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  listOidcClients,
  type OidcAuthMethod,
  oidcClientStates,
  registerOidcClient,
} from '../../../foundation/identity/contract/oidc.ts'
import type { OutputOf } from '../../../kit/endpoint.ts'
import { currentAssignment, useMay, useSession } from '../../app/session.ts'
import { ChoiceField } from '../../ui/desk/ChoiceField.tsx'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { DeskDialog } from '../../ui/desk/DeskDialog.tsx'
import { DivisionField } from '../../ui/desk/form-controls.tsx'
import type { Column } from '../../ui/desk/list-page.ts'
import { ListPage } from '../../ui/desk/ListPage.tsx'
import { ContractForm } from '../../ui/desk/ContractForm.tsx'
import { DateText } from '../../ui/shared/DateText.tsx'
import { Tag } from '../../ui/shared/Tag.tsx'
import { ClientSecret } from './ClientSecret.tsx'
import { NeedsFactor } from './NeedsFactor.tsx'

const methods: readonly OidcAuthMethod[] = ['client_secret_basic', 'client_secret_post']

type Row = OutputOf<typeof listOidcClients>['rows'][number]
type Registered = OutputOf<typeof registerOidcClient>

export default function OidcClientListPage() {
  const { t } = useTranslation('identity')
  const session = useSession()
  const mayRegister = useMay('identity.register-client')
  const [registering, setRegistering] = useState(false)
  const [registered, setRegistered] = useState<Registered>()
  const columns: readonly Column<Row>[] = [
    { key: 'name', title: t('client.name'), main: true, cell: (row) => row.name },
    { key: 'department', title: t('fields.department'), width: 200, cell: (row) => row.department },
    { key: 'place', title: t('fields.divisionName'), width: 180, cell: (row) => row.divisionName },
    {
      key: 'since',
      title: t('client.since'),
      width: 120,
      cell: (row) => <DateText date={row.createdAt} style="iso" />,
    },
    {
      key: 'secret',
      title: t('client.secretAt'),
      width: 120,
      cell: (row) => <DateText date={row.secretAt} style="iso" />,
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
        title={t('menu.clients')}
        note={t('client.note')}
        endpoint={listOidcClients}
        columns={columns}
        filters={[
          {
            name: 'state',
            label: t('fields.state'),
            kind: 'choice',
            options: oidcClientStates.map((value) => ({ value, label: t(`client.state.${value}`) })),
          },
          { name: 'division', label: t('fields.divisionName'), kind: 'division' },
        ]}
        rowKey={(row) => row.id}
        to={(row) => `/desk/oidc-clients/${row.id}`}
        primary={
          mayRegister && (
            <DeskButton kind="primary" icon="plus" onClick={() => setRegistering(true)}>
              {t('client.register')}
            </DeskButton>
          )
        }
        empty={{ title: t('client.none'), next: t('client.noneNext') }}
      />
      {registering && (
        <DeskDialog title={t('client.register')} wide onClose={() => setRegistering(false)}>
          <NeedsFactor>
            <ContractForm
              endpoint={registerOidcClient}
              domain="identity"
              initial={{ division: currentAssignment(session)?.division }}
              overrides={{
                name: { control: <Input maxLength={60} aria-required />, label: t('client.name') },
                division: {
                  control: <DivisionField label={t('fields.divisionName')} />,
                  label: t('fields.divisionName'),
                },
                authMethod: {
                  control: (
                    <ChoiceField
                      label={t('client.authMethod')}
                      choices={methods.map((value) => ({ value, label: t(`client.method.${value}`) }))}
                    />
                  ),
                  label: t('client.authMethod'),
                },
              }}
              submitLabel={t('client.register')}
              onCancel={() => setRegistering(false)}
              onDone={(answer) => {
                setRegistering(false)
                setRegistered(answer)
              }}
            />
          </NeedsFactor>
        </DeskDialog>
      )}
      {registered && (
        <ClientSecret
          clientId={registered.clientId}
          secret={registered.secret}
          onClose={() => setRegistered(undefined)}
        />
      )}
    </>
  )
}

// Social workers within reach, with the place's figures above.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../kit/endpoint.ts'
import { listOrganizations } from '../../../registers/organizations/contract.ts'
import {
  listWorkers,
  registerWorker,
  workerLevels,
  workerStates,
  workerStatistics,
} from '../../../registers/social-workers/contract.ts'
import { useAddressQuery, useGo } from '../../app/address.ts'
import { useAsk } from '../../app/ask.ts'
import { currentAssignment, useMay, useSession } from '../../app/session.ts'
import { ContractForm } from '../../ui/desk/ContractForm.tsx'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { DeskDialog } from '../../ui/desk/DeskDialog.tsx'
import { ListPage } from '../../ui/desk/ListPage.tsx'
import { ListPicker } from '../../ui/desk/ListPicker.tsx'
import { PersonByPhoneField } from '../../ui/desk/PersonByPhoneField.tsx'
import { DateText } from '../../ui/shared/DateText.tsx'
import { Tag } from '../../ui/shared/Tag.tsx'
import styles from './social-workers.module.css'

type Row = OutputOf<typeof listWorkers>['rows'][number]

/** An organization by name, for forms. */
export function EmployerField(props: {
  readonly id?: string
  readonly value?: string
  readonly onChange?: (value: string | readonly string[] | undefined) => void
}) {
  const { t } = useTranslation('social-workers')
  return (
    <ListPicker<{ id: string; name: string }>
      {...props}
      endpoint={listOrganizations}
      searchBy="q"
      label={t('fields.employer')}
      option={(row) => ({ value: row.id, label: row.name })}
    />
  )
}

export default function WorkerListPage() {
  const { t } = useTranslation('social-workers')
  const go = useGo()
  const session = useSession()
  const [query] = useAddressQuery()
  const [registering, setRegistering] = useState(false)
  const place = query['division'] ?? currentAssignment(session)?.division
  const { data } = useAsk(workerStatistics, { query: { division: place ?? '32' } }, { enabled: place !== undefined })
  const close = () => setRegistering(false)
  return (
    <>
      <ListPage<Row>
        title={t('name')}
        endpoint={listWorkers}
        rowKey={(row) => row.id}
        to={(row) => `/desk/social-workers/${row.id}`}
        primary={
          useMay('social-workers.register') && (
            <DeskButton kind="primary" icon="plus" onClick={() => setRegistering(true)}>
              {t('verbs.registerWorker')}
            </DeskButton>
          )
        }
        views={[
          { key: 'all', label: t('desk.all'), filters: {} },
          { key: 'registered', label: t('states.registered'), filters: { state: 'registered' } },
          { key: 'lapsed', label: t('states.lapsed'), filters: { state: 'lapsed' } },
        ]}
        filters={[
          {
            name: 'level',
            label: t('fields.level'),
            kind: 'choice',
            options: workerLevels.map((value) => ({ value, label: t(`workerLevels.${value}`) })),
          },
          {
            name: 'state',
            label: t('fields.state'),
            kind: 'choice',
            options: workerStates.map((value) => ({ value, label: t(`states.${value}`) })),
          },
          { name: 'division', label: t('fields.division'), kind: 'division' },
        ]}
        sorts={[
          { value: '-id', label: t('desk.newest') },
          { value: 'validUntil', label: t('desk.byValidity') },
        ]}
        columns={[
          { key: 'number', title: t('fields.number'), width: 112, cell: (row) => row.number },
          { key: 'name', title: t('fields.maskedName'), width: 110, main: true, cell: (row) => row.maskedName },
          { key: 'level', title: t('fields.level'), width: 150, cell: (row) => t(`workerLevels.${row.level}`) },
          {
            key: 'employer',
            title: t('fields.employerName'),
            cell: (row) => row.employerName ?? row.divisionName ?? '—',
          },
          { key: 'post', title: t('fields.post'), width: 100, cell: (row) => t(`posts.${row.post}`) },
          {
            key: 'division',
            title: t('fields.divisionName'),
            width: 130,
            cell: (row) => row.divisionName ?? row.division,
          },
          {
            key: 'state',
            title: t('fields.state'),
            width: 96,
            cell: (row) => <Tag tone={row.state === 'registered' ? 'done' : 'waiting'}>{t(`states.${row.state}`)}</Tag>,
          },
          {
            key: 'validUntil',
            title: t('fields.validUntil'),
            width: 140,
            sort: 'validUntil',
            cell: (row) => <DateText date={row.validUntil} style="full" />,
          },
        ]}
      >
        {data && (
          <dl className={styles.tiles}>
            <div>
              <dt>{t('states.registered')}</dt>
              <dd>
                {data.registered}
                <small>{t('desk.persons')}</small>
              </dd>
            </div>
            {data.levels.map((each) => (
              <div key={each.level}>
                <dt>{t(`workerLevels.${each.level}`)}</dt>
                <dd>
                  {each.count}
                  <small>{t('desk.persons')}</small>
                </dd>
              </div>
            ))}
            <div>
              <dt>{t('desk.byOrganizations')}</dt>
              <dd>
                {data.byOrganizations}
                <small>{t('desk.persons')}</small>
              </dd>
            </div>
            <div>
              <dt>{t('desk.byCommunities')}</dt>
              <dd>
                {data.byCommunities}
                <small>{t('desk.persons')}</small>
              </dd>
            </div>
          </dl>
        )}
      </ListPage>
      {registering && (
        <DeskDialog title={t('verbs.registerWorker')} onClose={close} wide>
          <ContractForm
            endpoint={registerWorker}
            domain="social-workers"
            initial={{ division: place }}
            overrides={{ person: { control: <PersonByPhoneField /> }, employer: { control: <EmployerField /> } }}
            submitLabel={t('verbs.registerWorker')}
            onDone={(answer) => go(`/desk/social-workers/${answer.id}`)}
            onCancel={close}
          />
        </DeskDialog>
      )}
    </>
  )
}

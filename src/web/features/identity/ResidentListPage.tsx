// Residents of my community, masked: found by the whole mobile number, put on record at the counter.
import { Input } from 'antd'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { personStates } from '../../../foundation/identity/contract.ts'
import { findResident, listResidents, registerResident } from '../../../foundation/identity/contract/residents.ts'
import type { OutputOf } from '../../../kit/endpoint.ts'
import { useGo } from '../../app/address.ts'
import { useAct } from '../../app/act.ts'
import { currentAssignment, useMay, useSession } from '../../app/session.ts'
import { ContractForm } from '../../ui/desk/ContractForm.tsx'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { DeskDialog } from '../../ui/desk/DeskDialog.tsx'
import { DivisionField } from '../../ui/desk/form-controls.tsx'
import type { Column } from '../../ui/desk/list-page.ts'
import { ListPage } from '../../ui/desk/ListPage.tsx'
import { showToast } from '../../ui/resident/toast-store.ts'
import { DateText } from '../../ui/shared/DateText.tsx'
import { Tag } from '../../ui/shared/Tag.tsx'
import styles from './identity.module.css'

type Row = OutputOf<typeof listResidents>['rows'][number]

function FindByPhone() {
  const { t } = useTranslation('identity')
  const go = useGo()
  const [phone, setPhone] = useState('')
  const { act, pending } = useAct(findResident, {
    onDone: ({ rows }) => {
      const [found] = rows
      if (found) go(`/desk/residents/${found.id}`)
      else showToast(t('desk.notFound'), 'problem')
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (phone.length === 11) void act({ body: { phone } })
  }
  return (
    <form className={styles.find} onSubmit={submit}>
      <Input
        inputMode="numeric"
        autoComplete="off"
        aria-label={t('desk.findByPhone')}
        placeholder={t('desk.findByPhone')}
        value={phone}
        onChange={(event) => setPhone(event.target.value.replace(/\D/g, '').slice(0, 11))}
      />
      <DeskButton type="submit" icon="search" busy={pending} off={phone.length !== 11}>
        {t('desk.find')}
      </DeskButton>
    </form>
  )
}

export default function ResidentListPage() {
  const { t } = useTranslation('identity')
  const go = useGo()
  const session = useSession()
  const mayRegister = useMay('identity.register-resident')
  const [registering, setRegistering] = useState(false)
  const place = currentAssignment(session)
  const columns: readonly Column<Row>[] = [
    { key: 'name', title: t('fields.maskedName'), main: true, cell: (row) => row.maskedName },
    { key: 'phone', title: t('fields.maskedPhone'), width: 150, cell: (row) => row.maskedPhone ?? '—' },
    {
      key: 'state',
      title: t('fields.state'),
      width: 110,
      cell: (row) => <Tag tone={row.state === 'verified' ? 'done' : 'neutral'}>{t(`states.${row.state}`)}</Tag>,
    },
    { key: 'adult', title: t('fields.adult'), width: 100, cell: (row) => t(row.adult ? 'desk.adult' : 'desk.minor') },
    { key: 'place', title: t('fields.residence'), width: 200, cell: (row) => row.divisionName },
    { key: 'since', title: t('fields.since'), width: 120, cell: (row) => <DateText date={row.since} style="iso" /> },
  ]
  return (
    <>
      <ListPage<Row>
        title={t('menu.residents')}
        note={place?.divisionName}
        endpoint={listResidents}
        columns={columns}
        views={[
          { key: 'all', label: t('desk.all'), filters: {} },
          ...personStates.map((state) => ({ key: state, label: t(`states.${state}`), filters: { state } })),
        ]}
        filters={[
          {
            name: 'state',
            label: t('fields.state'),
            kind: 'choice',
            options: personStates.map((value) => ({ value, label: t(`states.${value}`) })),
          },
          { name: 'division', label: t('fields.residence'), kind: 'division' },
        ]}
        rowKey={(row) => row.id}
        to={(row) => `/desk/residents/${row.id}`}
        primary={
          <>
            <FindByPhone />
            {mayRegister && (
              <DeskButton kind="primary" icon="plus" onClick={() => setRegistering(true)}>
                {t('verbs.registerResident')}
              </DeskButton>
            )}
          </>
        }
        empty={{ title: t('desk.noResidents'), next: t('desk.noResidentsNext') }}
      />
      {registering && (
        <DeskDialog title={t('verbs.registerResident')} wide onClose={() => setRegistering(false)}>
          <ContractForm
            endpoint={registerResident}
            domain="identity"
            initial={{ division: place?.division }}
            overrides={{
              division: { control: <DivisionField label={t('fields.residence')} />, label: t('fields.residence') },
            }}
            submitLabel={t('verbs.registerResident')}
            onCancel={() => setRegistering(false)}
            onDone={(answer) => go(`/desk/residents/${answer.id}`)}
          />
        </DeskDialog>
      )}
    </>
  )
}

// Roles that were given: who holds which role where, until when; giving a role, opening an account.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { assignmentStates } from '../../../foundation/identity/contract.ts'
import { listAssignments, registerStaff } from '../../../foundation/identity/contract/roles.ts'
import type { OutputOf } from '../../../kit/endpoint.ts'
import { roles } from '../../../kit/roles.ts'
import { useRoleName } from '../../app/shells/role-names.ts'
import { currentAssignment, useMay, useSession } from '../../app/session.ts'
import { ContractForm } from '../../ui/desk/ContractForm.tsx'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { DeskDialog } from '../../ui/desk/DeskDialog.tsx'
import { DivisionField } from '../../ui/desk/form-controls.tsx'
import type { Column, Filter } from '../../ui/desk/list-page.ts'
import { ListPage } from '../../ui/desk/ListPage.tsx'
import { DateText } from '../../ui/shared/DateText.tsx'
import { Tag } from '../../ui/shared/Tag.tsx'
import { EnrolmentCode } from './EnrolmentCode.tsx'
import { GiveAssignmentDialog } from './GiveAssignmentDialog.tsx'

type Row = OutputOf<typeof listAssignments>['rows'][number]
type Opened = OutputOf<typeof registerStaff>

export default function AssignmentListPage() {
  const { t } = useTranslation(['identity', 'frame'])
  const roleName = useRoleName()
  const session = useSession()
  const mayGive = useMay('identity.assign')
  const mayOpen = useMay('identity.register-staff')
  const [doing, setDoing] = useState<'give' | 'open'>()
  const [opened, setOpened] = useState<Opened>()
  const columns: readonly Column<Row>[] = [
    { key: 'person', title: t('fields.personName'), width: 130, main: true, cell: (row) => row.personName },
    { key: 'role', title: t('fields.role'), width: 150, cell: (row) => roleName(row.role) },
    {
      key: 'place',
      title: t('fields.divisionName'),
      cell: (row) => [row.divisionName, row.organizationName, row.department].filter(Boolean).join(' · '),
    },
    { key: 'from', title: t('fields.from'), width: 110, cell: (row) => <DateText date={row.from} style="iso" /> },
    {
      key: 'until',
      title: t('fields.until'),
      width: 110,
      cell: (row) => (row.until ? <DateText date={row.until} style="iso" /> : t('desk.open')),
    },
    { key: 'delegated', title: t('fields.delegatedFrom'), width: 110, cell: (row) => row.delegatedFrom ?? '—' },
    {
      key: 'state',
      title: t('fields.state'),
      width: 90,
      cell: (row) => <Tag tone={row.state === 'given' ? 'done' : 'neutral'}>{t(`states.${row.state}`)}</Tag>,
    },
  ]
  const filters: readonly Filter[] = [
    {
      name: 'role',
      label: t('fields.role'),
      kind: 'choice',
      options: Object.keys(roles)
        .filter((role) => role !== 'resident')
        .map((value) => ({ value, label: roleName(value) })),
    },
    { name: 'division', label: t('fields.divisionName'), kind: 'division' },
    {
      name: 'state',
      label: t('fields.state'),
      kind: 'choice',
      options: assignmentStates.map((value) => ({ value, label: t(`states.${value}`) })),
    },
  ]
  const place = currentAssignment(session)
  return (
    <>
      <ListPage<Row>
        title={t('frame:menu.identity')}
        note={place?.organizationName ?? place?.divisionName}
        endpoint={listAssignments}
        columns={columns}
        filters={filters}
        views={[
          { key: 'all', label: t('desk.all'), filters: {} },
          ...assignmentStates.map((state) => ({ key: state, label: t(`states.${state}`), filters: { state } })),
        ]}
        rowKey={(row) => row.id}
        to={(row) => `/desk/assignments/${row.id}`}
        primary={
          <>
            {mayOpen && (
              <DeskButton icon="person" onClick={() => setDoing('open')}>
                {t('verbs.registerStaff')}
              </DeskButton>
            )}
            {mayGive && (
              <DeskButton kind="primary" icon="plus" onClick={() => setDoing('give')}>
                {t('verbs.giveAssignment')}
              </DeskButton>
            )}
          </>
        }
        empty={{ title: t('desk.noAssignments'), next: t('desk.noAssignmentsNext') }}
      />
      {doing === 'give' && <GiveAssignmentDialog place={place} onClose={() => setDoing(undefined)} />}
      {doing === 'open' && (
        <DeskDialog title={t('verbs.registerStaff')} wide onClose={() => setDoing(undefined)}>
          <ContractForm
            endpoint={registerStaff}
            domain="identity"
            initial={{ division: place?.division }}
            overrides={{
              division: {
                control: <DivisionField label={t('fields.divisionName')} />,
                label: t('fields.divisionName'),
              },
            }}
            submitLabel={t('verbs.registerStaff')}
            onCancel={() => setDoing(undefined)}
            onDone={(answer) => {
              setDoing(undefined)
              setOpened(answer)
            }}
          />
        </DeskDialog>
      )}
      {opened && (
        <EnrolmentCode
          code={opened.enrolmentCode}
          validUntil={opened.validUntil}
          onClose={() => setOpened(undefined)}
        />
      )}
    </>
  )
}

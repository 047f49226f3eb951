// What visits and checks of running contracts found, and how it is put right.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../kit/endpoint.ts'
import { type FindingState, findingStates, listFindings, recordFinding } from '../../../loop/evaluation/contract.ts'
import { useMay } from '../../app/session.ts'
import { ContractForm } from '../../ui/desk/ContractForm.tsx'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { DeskDialog } from '../../ui/desk/DeskDialog.tsx'
import { ListPage } from '../../ui/desk/ListPage.tsx'
import { showToast } from '../../ui/resident/toast-store.ts'
import { DueLight } from '../../ui/shared/DueLight.tsx'
import { InstantText } from '../../ui/shared/DateText.tsx'
import { Tag, type TagTone } from '../../ui/shared/Tag.tsx'
import { ContractPicker } from '../contracts/ContractPicker.tsx'

type Row = OutputOf<typeof listFindings>['rows'][number]

export const findingTones: Readonly<Record<FindingState, TagTone>> = {
  open: 'waiting',
  rectified: 'progress',
  verified: 'done',
}

export default function FindingListPage() {
  const { t } = useTranslation('evaluation')
  const [recording, setRecording] = useState(false)
  const close = () => setRecording(false)
  const mayRecord = useMay('evaluation.recordFinding')
  return (
    <>
      <ListPage<Row>
        title={t('desk.findings')}
        endpoint={listFindings}
        rowKey={(row) => row.id}
        to={(row) => `/desk/evaluation/findings/${row.id}`}
        primary={
          <>
            <DeskButton icon="evaluation" to="/desk/evaluation">
              {t('desk.evaluations')}
            </DeskButton>
            <DeskButton icon="search" to="/desk/evaluation/inspections">
              {t('desk.inspections')}
            </DeskButton>
            {mayRecord && (
              <DeskButton kind="primary" icon="plus" onClick={() => setRecording(true)}>
                {t('verbs.recordFinding')}
              </DeskButton>
            )}
          </>
        }
        views={[
          { key: 'all', label: t('desk.all'), filters: {} },
          ...findingStates.map((state) => ({ key: state, label: t(`states.${state}`), filters: { state } })),
        ]}
        filters={[
          {
            name: 'state',
            label: t('fields.state'),
            kind: 'choice',
            options: findingStates.map((value) => ({ value, label: t(`states.${value}`) })),
          },
          { name: 'division', label: t('fields.division'), kind: 'division' },
        ]}
        empty={{ title: t('desk.noFindings'), next: t('desk.noFindingsNext') }}
        columns={[
          { key: 'words', title: t('desk.found'), main: true, cell: (row) => row.words },
          {
            key: 'kind',
            title: t('fields.kind'),
            width: 130,
            cell: (row) => (
              <>
                {t(`findingKinds.${row.kind}`)}{' '}
                {row.serious && (
                  <Tag tone="bad" icon="alert">
                    {t('fields.serious')}
                  </Tag>
                )}
              </>
            ),
          },
          { key: 'contract', title: t('fields.contract'), width: 112, cell: (row) => row.contractNumber },
          {
            key: 'organization',
            title: t('fields.organizationName'),
            width: 200,
            cell: (row) => row.organizationName ?? row.organization,
          },
          {
            key: 'foundAt',
            title: t('fields.foundAt'),
            width: 112,
            cell: (row) => <InstantText instant={row.foundAt} style="compact" />,
          },
          {
            key: 'due',
            title: t('fields.rectifyUntil'),
            width: 130,
            cell: (row) => (row.state === 'open' ? <DueLight due={row.rectifyUntil} /> : '—'),
          },
          {
            key: 'state',
            title: t('fields.state'),
            width: 130,
            cell: (row) => <Tag tone={findingTones[row.state]}>{t(`states.${row.state}`)}</Tag>,
          },
        ]}
      />
      {recording && mayRecord && (
        <DeskDialog title={t('verbs.recordFinding')} onClose={close} wide>
          <ContractForm
            endpoint={recordFinding}
            domain="evaluation"
            overrides={{
              contract: {
                wide: true,
                control: <ContractPicker />,
              },
            }}
            submitLabel={t('verbs.recordFinding')}
            onDone={() => {
              showToast(t('desk.recorded'))
              close()
            }}
            onCancel={close}
          />
        </DeskDialog>
      )}
    </>
  )
}

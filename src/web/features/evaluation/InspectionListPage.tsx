// Visits on the spot: when, by whom, what was looked at, and what was found, or that nothing was.
import { Input, Radio } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../kit/endpoint.ts'
import { inspectionResults, listInspections, recordInspection } from '../../../loop/evaluation/contract/inspections.ts'
import { useAddressQuery } from '../../app/address.ts'
import { useMay } from '../../app/session.ts'
import { ContractForm } from '../../ui/desk/ContractForm.tsx'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { DeskDialog } from '../../ui/desk/DeskDialog.tsx'
import { ListPage } from '../../ui/desk/ListPage.tsx'
import { showToast } from '../../ui/resident/toast-store.ts'
import { InstantText } from '../../ui/shared/DateText.tsx'
import { InspectionResultTag } from './InspectionResultTag.tsx'
import { ContractPicker } from '../contracts/ContractPicker.tsx'

type Row = OutputOf<typeof listInspections>['rows'][number]

export default function InspectionListPage() {
  const { t } = useTranslation('evaluation')
  const [query] = useAddressQuery()
  const [recording, setRecording] = useState(query['new'] === '1')
  const close = () => setRecording(false)
  const mayRecord = useMay('evaluation.recordFinding')
  return (
    <>
      <ListPage<Row>
        title={t('desk.inspections')}
        endpoint={listInspections}
        rowKey={(row) => row.id}
        to={(row) => `/desk/evaluation/inspections/${row.id}`}
        primary={
          <>
            <DeskButton icon="search" to="/desk/evaluation/findings">
              {t('desk.findings')}
            </DeskButton>
            {mayRecord && (
              <DeskButton kind="primary" icon="plus" onClick={() => setRecording(true)}>
                {t('verbs.recordInspection')}
              </DeskButton>
            )}
          </>
        }
        filters={[{ name: 'division', label: t('fields.division'), kind: 'division' }]}
        empty={{ title: t('desk.noInspections'), next: t('desk.noInspectionsNext') }}
        columns={[
          {
            key: 'visitedAt',
            title: t('fields.visitedAt'),
            width: 130,
            cell: (row) => <InstantText instant={row.visitedAt} style="compact" />,
          },
          { key: 'looked', title: t('fields.looked'), main: true, cell: (row) => row.looked },
          { key: 'place', title: t('fields.place'), width: 150, spare: true, cell: (row) => row.place },
          { key: 'contract', title: t('fields.contract'), width: 112, cell: (row) => row.contractNumber },
          {
            key: 'organization',
            title: t('fields.organizationName'),
            width: 190,
            cell: (row) => row.organizationName ?? row.organization,
          },
          { key: 'inspector', title: t('fields.inspectorName'), width: 90, cell: (row) => row.inspectorName },
          {
            key: 'result',
            title: t('fields.result'),
            width: 130,
            cell: (row) => <InspectionResultTag inspection={row} />,
          },
        ]}
      />
      {recording && mayRecord && (
        <DeskDialog title={t('verbs.recordInspection')} onClose={close} wide>
          <ContractForm
            endpoint={recordInspection}
            domain="evaluation"
            overrides={{
              contract: {
                wide: true,
                control: <ContractPicker />,
              },
              result: {
                wide: true,
                control: (
                  <Radio.Group
                    aria-label={t('fields.result')}
                    aria-required
                    options={inspectionResults.map((value) => ({ value, label: t(`inspectionResults.${value}`) }))}
                  />
                ),
              },
              words: {
                wide: true,
                label: t('desk.inspectionWords'),
                control: <Input.TextArea rows={3} maxLength={2000} aria-required />,
              },
            }}
            initial={{ contract: query['contract'] }}
            submitLabel={t('verbs.recordInspection')}
            onDone={() => {
              showToast(t('desk.inspectionRecorded'))
              close()
            }}
            onCancel={close}
          />
        </DeskDialog>
      )}
    </>
  )
}

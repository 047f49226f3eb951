// Cases: my own, those that I supervise, and those that an emergency opened to me for a while.
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../kit/endpoint.ts'
import { caseStates, listCases } from '../../../loop/delivery/contract/cases.ts'
import { useMay } from '../../app/session.ts'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { ListPage } from '../../ui/desk/ListPage.tsx'
import { isNarrow } from '../../ui/desk/narrow.ts'
import { InstantText } from '../../ui/shared/DateText.tsx'
import { Tag } from '../../ui/shared/Tag.tsx'
import { caseTones } from './case-words.ts'

type Row = OutputOf<typeof listCases>['rows'][number]

export default function CaseListPage() {
  const { t } = useTranslation(['delivery', 'cases'])
  const works = useMay('delivery.openCase')
  const supervises = useMay('delivery.superviseCase')
  const opens = useMay('delivery.openCaseInEmergency')
  const spare = isNarrow()
  return (
    <ListPage<Row>
      title={t('verbs.listCases')}
      note={t(opens ? 'cases:list.emergencyNote' : 'cases:list.note')}
      endpoint={listCases}
      rowKey={(row) => row.id}
      to={(row) => `/desk/cases/${row.id}`}
      primary={
        works ? (
          <DeskButton kind="primary" icon="plus" to="/desk/cases/new">
            {t('verbs.openCase')}
          </DeskButton>
        ) : (
          opens && (
            <DeskButton kind="danger" icon="alert" to="/desk/cases/emergency">
              {t('verbs.openCaseInEmergency')}
            </DeskButton>
          )
        )
      }
      views={
        supervises
          ? [
              { key: 'all', label: t('cases:list.all'), filters: {} },
              { key: 'awaiting', label: t('fields.awaiting'), filters: { awaiting: 'yes' } },
            ]
          : []
      }
      filters={[
        {
          name: 'state',
          label: t('fields.state'),
          kind: 'choice',
          options: caseStates.map((value) => ({ value, label: t(`states.${value}`) })),
        },
      ]}
      empty={{
        title: t(opens ? 'cases:list.noneOpened' : 'cases:list.empty'),
        next: t(
          opens ? 'cases:list.noneOpenedNext' : supervises ? 'cases:list.emptySupervisor' : 'cases:list.emptyNext',
        ),
      }}
      columns={[
        { key: 'number', spare, title: t('fields.number'), width: 108, cell: (row) => row.number },
        {
          key: 'beneficiary',
          title: t('fields.beneficiaryName'),
          main: true,
          cell: (row) => row.beneficiaryName ?? t('cases:page.destroyedName'),
        },
        { key: 'topic', spare, title: t('fields.topic'), width: 116, cell: (row) => t(`options.topic.${row.topic}`) },
        { key: 'worker', spare, title: t('fields.worker'), width: 100, cell: (row) => row.workerName },
        { key: 'supervisor', spare, title: t('fields.supervisor'), width: 100, cell: (row) => row.supervisorName },
        {
          key: 'next',
          spare,
          title: t('fields.nextAt'),
          width: 112,
          cell: (row) => (row.nextAt ? <InstantText instant={row.nextAt} style="compact" /> : '—'),
        },
        { key: 'contract', spare, title: t('fields.contract'), width: 112, cell: (row) => row.contractNumber ?? '—' },
        {
          key: 'state',
          title: t('fields.state'),
          width: spare ? 92 : 170,
          cell: (row) => (
            <>
              <Tag tone={caseTones[row.state]}>{t(`states.${row.state}`)}</Tag>{' '}
              {row.awaiting && <Tag tone="waiting">{t('fields.awaiting')}</Tag>}
            </>
          ),
        },
      ]}
    />
  )
}

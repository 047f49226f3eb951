// Evaluations of the places or the organization where I work, and those given to me.
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../kit/endpoint.ts'
import {
  evaluationKinds,
  type EvaluationState,
  evaluationStates,
  listEvaluations,
} from '../../../loop/evaluation/contract.ts'
import { useMay } from '../../app/session.ts'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { ListPage } from '../../ui/desk/ListPage.tsx'
import { DueLight } from '../../ui/shared/DueLight.tsx'
import { Tag, type TagTone } from '../../ui/shared/Tag.tsx'

type Row = OutputOf<typeof listEvaluations>['rows'][number]

export const evaluationTones: Readonly<Record<EvaluationState, TagTone>> = {
  planned: 'waiting',
  submitted: 'progress',
  published: 'done',
}

export default function EvaluationListPage() {
  const { t } = useTranslation('evaluation')
  const mayPlan = useMay('evaluation.planEvaluation')
  return (
    <ListPage<Row>
      title={t('desk.evaluations')}
      endpoint={listEvaluations}
      rowKey={(row) => row.id}
      to={(row) => `/desk/evaluation/${row.id}`}
      primary={
        <>
          <DeskButton icon="search" to="/desk/evaluation/inspections">
            {t('desk.inspections')}
          </DeskButton>
          <DeskButton icon="alert" to="/desk/evaluation/findings">
            {t('desk.findings')}
          </DeskButton>
          {mayPlan && (
            <DeskButton kind="primary" icon="plus" to="/desk/evaluation/new">
              {t('verbs.planEvaluation')}
            </DeskButton>
          )}
        </>
      }
      views={[
        { key: 'all', label: t('desk.all'), filters: {} },
        ...evaluationStates.map((state) => ({ key: state, label: t(`states.${state}`), filters: { state } })),
      ]}
      filters={[
        {
          name: 'state',
          label: t('fields.state'),
          kind: 'choice',
          options: evaluationStates.map((value) => ({ value, label: t(`states.${value}`) })),
        },
        {
          name: 'kind',
          label: t('fields.kind'),
          kind: 'choice',
          options: evaluationKinds.map((value) => ({ value, label: t(`evaluationKinds.${value}`) })),
        },
        { name: 'division', label: t('fields.division'), kind: 'division' },
      ]}
      empty={{ title: t('desk.empty'), next: t('desk.emptyNext') }}
      columns={[
        { key: 'number', title: t('fields.number'), width: 112, cell: (row) => row.number },
        { key: 'title', title: t('fields.title'), main: true, cell: (row) => row.title },
        { key: 'kind', title: t('fields.kind'), width: 96, cell: (row) => t(`evaluationKinds.${row.kind}`) },
        {
          key: 'organization',
          title: t('fields.organizationName'),
          width: 180,
          cell: (row) => row.organizationName ?? row.organization,
        },
        {
          key: 'division',
          title: t('fields.divisionName'),
          width: 130,
          spare: true,
          cell: (row) => row.divisionName ?? row.division,
        },
        {
          key: 'due',
          title: t('fields.dueAt'),
          width: 110,
          cell: (row) => (row.state === 'planned' ? <DueLight due={row.dueAt} /> : '—'),
        },
        {
          key: 'score',
          title: t('fields.score'),
          width: 80,
          align: 'right',
          cell: (row) => row.score?.toFixed(1) ?? '—',
        },
        {
          key: 'factor',
          title: t('desk.factor'),
          width: 120,
          align: 'right',
          cell: (row) => (row.factorBps === undefined ? '—' : `${row.factorBps / 100}%`),
        },
        {
          key: 'state',
          title: t('fields.state'),
          width: 130,
          cell: (row) => <Tag tone={evaluationTones[row.state]}>{t(`states.${row.state}`)}</Tag>,
        },
      ]}
    />
  )
}

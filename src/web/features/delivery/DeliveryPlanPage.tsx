// The plan of a contract's delivery and what was done of it; before it begins, the form that begins it.
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { getDelivery, startDelivery } from '../../../loop/delivery/contract.ts'
import { useAsk } from '../../app/ask.ts'
import { problemOf } from '../../app/problem.ts'
import { ContractForm } from '../../ui/desk/ContractForm.tsx'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { DeskCard } from '../../ui/desk/DeskCard.tsx'
import { DeskDialog } from '../../ui/desk/DeskDialog.tsx'
import { DeskPage } from '../../ui/desk/DeskPage.tsx'
import { ListTable } from '../../ui/desk/ListTable.tsx'
import { showToast } from '../../ui/resident/toast-store.ts'
import { EmptyState } from '../../ui/shared/EmptyState.tsx'
import { ErrorState } from '../../ui/shared/ErrorState.tsx'
import { Go } from '../../ui/shared/Go.tsx'
import { Meter } from '../../ui/shared/Meter.tsx'
import { Skeleton } from '../../ui/shared/Skeleton.tsx'
import { Tag } from '../../ui/shared/Tag.tsx'
import styles from './delivery.module.css'

export default function DeliveryPlanPage() {
  const { t } = useTranslation('delivery')
  const { id = '' } = useParams({ strict: false })
  const [starting, setStarting] = useState(false)
  const { data, error, refetch } = useAsk(getDelivery, { params: { id } })
  if (error) return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
  if (!data) return <Skeleton rows={8} />
  const may = (verb: string) => data.actions.some((action) => action.verb === verb && action.ok)
  const close = () => setStarting(false)
  return (
    <DeskPage
      title={data.title}
      note={
        <>
          <Go to={`/desk/contracts/${id}`}>{data.contractNumber}</Go> {data.divisionName}{' '}
          {data.started ? (
            <Tag tone="progress">{t('plan.running')}</Tag>
          ) : (
            <Tag tone="waiting">{t('plan.notStarted')}</Tag>
          )}
        </>
      }
      actions={
        <>
          {may('startDelivery') && (
            <DeskButton kind="primary" icon="delivery" onClick={() => setStarting(true)}>
              {t('verbs.startDelivery')}
            </DeskButton>
          )}
          {may('fileServiceRecord') && (
            <DeskButton kind="primary" icon="plus" to={`/field/records/new?contract=${id}`}>
              {t('verbs.fileServiceRecord')}
            </DeskButton>
          )}
        </>
      }
    >
      {!data.started && !starting && (
        <DeskCard>
          <EmptyState icon="delivery" title={t('plan.notStarted')} next={t('plan.notStartedNext')} />
        </DeskCard>
      )}
      {data.started && (
        <>
          <dl className={styles.tiles}>
            <div>
              <dt>{t('desk.records')}</dt>
              <dd>
                {data.totals.serviceRecords.toLocaleString('en')}
                <small>{t('plan.items')}</small>
              </dd>
            </div>
            <div>
              <dt>{t('plan.hours')}</dt>
              <dd>
                {(data.totals.minutes / 60).toFixed(1)}
                <small>{t('plan.hourUnit')}</small>
              </dd>
            </div>
            <div>
              <dt>{t('plan.attendance')}</dt>
              <dd>
                {data.totals.attendance.toLocaleString('en')}
                <small>{t('plan.visits')}</small>
              </dd>
            </div>
            <div>
              <dt>{t('plan.beneficiaries')}</dt>
              <dd>
                {data.totals.beneficiaries.toLocaleString('en')}
                <small>{t('plan.persons')}</small>
              </dd>
            </div>
          </dl>
          <DeskCard title={t('plan.title')} pad>
            {data.words && <p className={styles.words}>{data.words}</p>}
            <ul className={styles.activities}>
              {data.activities.map((each) => (
                <li key={each.id}>
                  <b>{each.name}</b>
                  <Tag>{t(`kinds.${each.kind}`)}</Tag>
                  <Meter
                    value={Math.min(each.done, each.planned)}
                    max={each.planned}
                    label={t('plan.done', { done: each.done, planned: each.planned })}
                  />
                  <span>{t('plan.done', { done: each.done, planned: each.planned })}</span>
                </li>
              ))}
            </ul>
          </DeskCard>
          <DeskCard title={t('plan.milestones')}>
            <ListTable
              label={t('plan.milestones')}
              rows={data.milestones}
              rowKey={(row) => row.id}
              columns={[
                { key: 'title', title: t('fields.milestone'), cell: (row) => `${row.position}. ${row.title}` },
                {
                  key: 'records',
                  title: t('desk.records'),
                  width: 120,
                  align: 'right',
                  cell: (row) => row.serviceRecords,
                },
                {
                  key: 'state',
                  title: t('fields.state'),
                  width: 160,
                  cell: (row) => <Tag>{t(`contracts:states.${row.state}`)}</Tag>,
                },
              ]}
            />
          </DeskCard>
        </>
      )}
      {starting && (
        <DeskDialog title={t('verbs.startDelivery')} onClose={close} wide>
          <ContractForm
            endpoint={startDelivery}
            domain="delivery"
            params={{ id }}
            initial={{ activities: [{}] }}
            submitLabel={t('verbs.startDelivery')}
            onDone={() => {
              showToast(t('plan.begun'))
              close()
            }}
            onCancel={close}
          />
        </DeskDialog>
      )}
    </DeskPage>
  )
}

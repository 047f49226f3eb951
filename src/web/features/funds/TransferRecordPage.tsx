// One transfer: both accounts, who proposed and who decided, and the second person's act.
import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { approveTransfer, getTransfer, refuseTransfer, reverseTransfer } from '../../../registers/funds/contract.ts'
import { useAsk } from '../../app/ask.ts'
import { problemOf } from '../../app/problem.ts'
import { useCategoryName } from '../../ui/desk/CategoryPicker.tsx'
import { RecordPage, Split } from '../../ui/desk/RecordPage.tsx'
import { useRecordTrace, useStateSteps } from '../../ui/desk/record-trace.ts'
import { useVerbs } from '../../ui/desk/record-verbs.tsx'
import { RelatedList } from '../../ui/desk/RelatedList.tsx'
import { ThreadTab } from '../../ui/desk/ThreadTab.tsx'
import { ErrorState } from '../../ui/shared/ErrorState.tsx'
import { Go } from '../../ui/shared/Go.tsx'
import { MoneyText } from '../../ui/shared/MoneyText.tsx'
import { Skeleton } from '../../ui/shared/Skeleton.tsx'
import { ThreadLegend } from '../../ui/shared/Thread.tsx'
import { useAccountName } from './AccountTree.tsx'
import { transferTones } from './TransferListPage.tsx'
import styles from './funds.module.css'

export default function TransferRecordPage() {
  const { t } = useTranslation('funds')
  const { t: thread } = useTranslation('thread')
  const { id = '' } = useParams({ strict: false })
  const category = useCategoryName()
  const accountName = useAccountName()
  const { data, error, refetch } = useAsk(getTransfer, { params: { id } })
  const trace = useRecordTrace('transfer', id)
  const steps = useStateSteps('funds', ['proposed', 'posted'], data?.state ?? 'proposed', data?.history ?? [])
  const { acts, dialog } = useVerbs(
    'funds',
    { id, version: data?.version, number: data?.number, title: data && `${data.amount} ${t('frame:money.yuan')}` },
    data?.actions,
    {
      approveTransfer: { endpoint: approveTransfer, icon: 'check' },
      refuseTransfer: { endpoint: refuseTransfer, icon: 'close', danger: true },
      reverseTransfer: { endpoint: reverseTransfer, icon: 'refresh', danger: true },
    },
  )
  if (error) return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
  if (!data) return <Skeleton rows={8} />
  const party = (who: { readonly name?: string } | undefined) => who?.name ?? (who ? t('frame:trace.somebody') : '—')
  return (
    <>
      <RecordPage
        crumbs={[
          { label: t('desk.accounts'), to: '/desk/funds' },
          { label: t('desk.transfers'), to: '/desk/funds/transfers' },
        ]}
        number={data.number}
        title={t(`purposes.${data.purpose}`)}
        state={{ label: t(`states.${data.state}`), tone: transferTones[data.state] }}
        primary="approveTransfer"
        acts={acts}
        steps={steps}
        facts={[
          { label: t('fields.amount'), value: <MoneyText amount={data.amount} strong /> },
          { label: t('fields.source'), value: t(`sources.${data.source}`) },
          {
            label: t('fields.earmark'),
            value: data.earmark === 'general' ? t('earmarks.general') : category(data.earmark),
          },
          { label: t('fields.proposedBy'), value: party(data.proposedBy) },
          { label: t('fields.decidedBy'), value: party(data.decidedBy) },
          { label: t('fields.document'), value: data.document ?? '—' },
          { label: t('fields.divisionName'), value: data.divisionName ?? data.division },
          ...(data.reason ? [{ label: t('fields.reason'), value: data.reason, span: 2 as const }] : []),
          ...(data.reverses
            ? [
                {
                  label: t('fields.reverses'),
                  value: (
                    <Go to={`/desk/funds/transfers/${data.reverses}`} className={styles.link}>
                      {t('desk.open')}
                    </Go>
                  ),
                },
              ]
            : []),
        ]}
        timeline={trace.timeline}
        tabs={[
          {
            key: 'thread',
            label: t('desk:menu.thread'),
            icon: 'thread',
            extra: <ThreadLegend />,
            content: <ThreadTab kind="transfer" id={id} stations={trace.stations} none={thread('origin.none')} />,
          },
        ]}
      >
        <Split>
          <div className={styles.way}>
            <h3>{t('desk.way')}</h3>
            {[data.from, data.to].map((account, index) => (
              <p key={account.id}>
                <span>{t(index === 0 ? 'fields.from' : 'fields.to')}</span>
                <Go to={`/desk/funds?account=${account.id}`} className={styles.link}>
                  {account.divisionName} {accountName(account)}
                </Go>
                <MoneyText amount={account.balance} />
              </p>
            ))}
            <small>{t('desk.balanceNow')}</small>
          </div>
          <RelatedList records={trace.related} />
        </Split>
      </RecordPage>
      {dialog}
    </>
  )
}

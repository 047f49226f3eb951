// The contract room: milestones with their acts, signatures, team, amendments, money.
import { useParams } from '@tanstack/react-router'
import { Trans, useTranslation } from 'react-i18next'
import { fen, formatYuan, parseYuan, ZERO_FEN } from '../../../kit/money.ts'
import { proposeAmendment, recordBreach, terminateContract } from '../../../loop/contracts/contract/changes.ts'
import {
  editContract,
  getContract,
  reopenContract,
  sendForSigning,
  uploadSignedContract,
} from '../../../loop/contracts/contract.ts'
import { planEvaluation } from '../../../loop/evaluation/contract.ts'
import { useGo } from '../../app/address.ts'
import { useAsk } from '../../app/ask.ts'
import { problemOf } from '../../app/problem.ts'
import { useMay } from '../../app/session.ts'
import { MoneySplit } from '../../ui/desk/MoneySplit.tsx'
import type { RecordAct } from '../../ui/desk/record-acts.ts'
import { RecordPage, Split } from '../../ui/desk/RecordPage.tsx'
import { useRecordTrace, useStateSteps } from '../../ui/desk/record-trace.ts'
import { useVerbs } from '../../ui/desk/record-verbs.tsx'
import { RelatedList } from '../../ui/desk/RelatedList.tsx'
import { ThreadTab } from '../../ui/desk/ThreadTab.tsx'
import { DateText } from '../../ui/shared/DateText.tsx'
import { DueLight } from '../../ui/shared/DueLight.tsx'
import { ErrorState } from '../../ui/shared/ErrorState.tsx'
import { Go } from '../../ui/shared/Go.tsx'
import { MoneyText } from '../../ui/shared/MoneyText.tsx'
import { Skeleton } from '../../ui/shared/Skeleton.tsx'
import { ThreadLegend } from '../../ui/shared/Thread.tsx'
import { contractTones } from './contract-tones.ts'
import { AmendmentsView, PapersView, TeamView } from './ContractTabs.tsx'
import { MilestoneTable } from './MilestoneTable.tsx'
import { SignDialog } from './SignDialog.tsx'
import { TeamField } from './TeamField.tsx'

export default function ContractRecordPage() {
  const { t } = useTranslation('contracts')
  const go = useGo()
  const { id = '' } = useParams({ strict: false })
  const { data, error, refetch } = useAsk(getContract, { params: { id } })
  const trace = useRecordTrace('contract', id)
  const steps = useStateSteps(
    'contracts',
    ['drafting', 'signing', 'active', 'completed'],
    data?.state ?? 'drafting',
    data?.history ?? [],
  )
  const mayStart = useMay('delivery.startDelivery')
  const mayPlan = useMay('evaluation.planEvaluation')
  const mayFind = useMay('evaluation.recordFinding')
  const mayFile = useMay('delivery.fileServiceRecord')
  const { acts, dialog } = useVerbs(
    'contracts',
    { id, version: data?.version, number: data?.number, title: data?.title },
    data?.actions,
    {
      editContract: { endpoint: editContract, icon: 'pencil', onAct: () => go(`/desk/contracts/${id}/edit`) },
      sendForSigning: { endpoint: sendForSigning, icon: 'send' },
      uploadSignedContract: {
        endpoint: uploadSignedContract,
        icon: 'seal',
        own: (close) => (data ? <SignDialog contract={data} onClose={close} /> : null),
      },
      reopenContract: { endpoint: reopenContract, icon: 'back' },
      proposeAmendment: {
        endpoint: proposeAmendment,
        icon: 'swap',
        hide: ['dues'],
        overrides: { team: { control: <TeamField organization={data?.organization} />, wide: true } },
      },
      recordBreach: { endpoint: recordBreach, icon: 'alert', danger: true },
      terminateContract: { endpoint: terminateContract, icon: 'close', danger: true },
    },
  )
  if (error) return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
  if (!data) return <Skeleton rows={8} />
  const yuan = (text: string) => parseYuan(text) ?? ZERO_FEN
  const due = data.milestones
    .filter((each) => each.state === 'payable' || each.state === 'accepted')
    .reduce((all, each) => all + yuan(each.amount), 0n)
  const rest =
    data.state === 'active' || data.state === 'signing' || data.state === 'drafting'
      ? yuan(data.value) - yuan(data.paid) - due
      : 0n
  const running = data.state === 'active'
  const reported = running && data.milestones.every((each) => each.state !== 'planned' && each.state !== 'returned')
  const more: RecordAct[] = [
    ...(running && mayStart && !data.deliveryAt
      ? [
          {
            key: 'startDelivery',
            label: t('verbs.startDelivery'),
            icon: 'delivery' as const,
            onAct: () => go(`/desk/delivery/plans/${id}`),
          },
        ]
      : []),
    ...(running && mayFile && data.deliveryAt
      ? [
          {
            key: 'fileServiceRecord',
            label: t('room.fileRecord'),
            icon: 'plus' as const,
            onAct: () => go(`/field/records/new?contract=${id}`),
          },
        ]
      : []),
    ...(reported && mayPlan
      ? [
          {
            key: planEvaluation.name,
            label: t('room.planEvaluation'),
            icon: 'evaluation' as const,
            onAct: () => go(`/desk/evaluation/new?contract=${id}`),
          },
        ]
      : []),
    ...(running && mayFind
      ? [
          {
            key: 'recordInspection',
            label: t('room.recordInspection'),
            icon: 'search' as const,
            onAct: () => go(`/desk/evaluation/inspections?contract=${id}&new=1`),
          },
        ]
      : []),
  ]
  const ending = new Set([
    'recordBreach',
    'terminateContract',
    'recordInspection',
    'reopenContract',
    'proposeAmendment',
  ])
  const shown = [...more, ...acts.filter((act) => act.key !== 'agreeAmendment' && act.key !== 'declineAmendment')]
  return (
    <>
      <RecordPage
        crumbs={[{ label: t('name'), to: '/desk/contracts' }]}
        number={data.number}
        title={data.title}
        state={{ label: t(`states.${data.state}`), tone: contractTones[data.state], icon: 'contract' }}
        primary={shown.find((act) => act.off === undefined && !ending.has(act.key))?.key}
        acts={shown}
        steps={steps}
        due={data.state === 'signing' && data.signUntil ? <DueLight due={data.signUntil} style="date" /> : undefined}
        facts={[
          {
            label: t('fields.organizationName'),
            value: (
              <Go to={`/desk/organizations/${data.organization}`}>{data.organizationName ?? data.organization}</Go>
            ),
            span: 2,
          },
          { label: t('fields.divisionName'), value: data.divisionName ?? data.division },
          { label: t('room.value'), value: <MoneyText amount={data.value} unit strong /> },
          { label: t('room.original'), value: <MoneyText amount={data.originalValue} unit /> },
          {
            label: t('room.period'),
            value: (
              <>
                <DateText date={data.start} style="full" /> — <DateText date={data.end} style="full" />
              </>
            ),
          },
          {
            label: t('fields.project'),
            value: (
              <Go to={`/desk/projects/${data.project.id}`}>
                {data.project.number} {data.project.title}
              </Go>
            ),
            span: 2,
          },
          { label: t('room.tender'), value: <Go to={`/desk/procurement/${data.tender}`}>{t('room.openTender')}</Go> },
          ...(data.deliveryAt
            ? [
                {
                  label: t('room.delivery'),
                  value: <Go to={`/desk/delivery/plans/${id}`}>{t('room.openDelivery')}</Go>,
                },
              ]
            : []),
          ...(data.termination
            ? [
                {
                  label: t('room.ended'),
                  span: 3 as const,
                  value: (
                    <>
                      {t('frame:list.named', {
                        name: t(`terminationReasons.${data.termination.reason}`),
                        value: data.termination.words,
                      })}
                      <Trans
                        t={t}
                        i18nKey="room.endedFor"
                        components={{ money: <MoneyText amount={data.termination.settlement} /> }}
                      />
                    </>
                  ),
                },
              ]
            : []),
        ]}
        timeline={trace.timeline}
        tabs={[
          {
            key: 'milestones',
            label: t('fields.milestones'),
            icon: 'contract',
            count: data.milestones.length,
            content: <MilestoneTable contract={data} />,
          },
          {
            key: 'thread',
            label: t('desk:menu.thread'),
            icon: 'thread',
            extra: <ThreadLegend />,
            content: <ThreadTab kind="contract" id={id} stations={trace.stations} />,
          },
          {
            key: 'team',
            label: t('fields.team'),
            icon: 'users',
            count: data.team.length,
            content: <TeamView team={data.team} />,
          },
          {
            key: 'amendments',
            label: t('room.amendments'),
            icon: 'swap',
            count: data.amendments.length,
            content: <AmendmentsView contract={data} />,
          },
          {
            key: 'papers',
            label: t('room.papers'),
            icon: 'seal',
            count: data.signatures.length,
            content: <PapersView contract={data} />,
          },
        ]}
      >
        <Split>
          <RelatedList records={trace.related} />
          <MoneySplit
            title={t('room.money')}
            parts={[
              { key: 'paid', label: t('frame:trace.money.paid'), amount: data.paid, kind: 'paid' },
              { key: 'due', label: t('frame:trace.money.due'), amount: formatYuan(fen(due)), kind: 'due' },
              {
                key: 'later',
                label: t('frame:trace.money.later'),
                amount: formatYuan(fen(rest > 0n ? rest : 0n)),
                kind: 'later',
              },
              { key: 'refunded', label: t('frame:trace.money.refunded'), amount: data.refunded, kind: 'returned' },
            ]}
          />
        </Split>
      </RecordPage>
      {dialog}
    </>
  )
}

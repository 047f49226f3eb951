// The tender room: countdown, sealed and opened bids, panel, ranking, objections, and what happens next.
import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import {
  confirmAward,
  confirmOpening,
  enterBid,
  appointPanel,
  getTender,
  proposeAward,
  publishTender,
  scoreBid,
} from '../../../loop/procurement/contract.ts'
import {
  cancelTender,
  closeTender,
  editTender,
  failTender,
  leavePanel,
} from '../../../loop/procurement/contract/desk.ts'
import { objectToTender } from '../../../loop/procurement/contract/objections.ts'
import { askQuestion, changeTerms } from '../../../loop/procurement/contract/questions.ts'
import { listOrganizations } from '../../../registers/organizations/contract.ts'
import { useGo } from '../../app/address.ts'
import { useAsk } from '../../app/ask.ts'
import { problemOf } from '../../app/problem.ts'
import { useMay } from '../../app/session.ts'
import { useCategoryName } from '../../ui/desk/CategoryPicker.tsx'
import { ListPicker } from '../../ui/desk/ListPicker.tsx'
import { MoneySplit } from '../../ui/desk/MoneySplit.tsx'
import { RecordPage, Split } from '../../ui/desk/RecordPage.tsx'
import { useRecordTrace, useStateSteps } from '../../ui/desk/record-trace.ts'
import { useVerbs } from '../../ui/desk/record-verbs.tsx'
import { RelatedList } from '../../ui/desk/RelatedList.tsx'
import { DueLight } from '../../ui/shared/DueLight.tsx'
import { ErrorState } from '../../ui/shared/ErrorState.tsx'
import { Go } from '../../ui/shared/Go.tsx'
import { MoneyText } from '../../ui/shared/MoneyText.tsx'
import { Skeleton } from '../../ui/shared/Skeleton.tsx'
import { OpenDataLinks } from '../../ui/desk/OpenDataLinks.tsx'
import { Thread, ThreadLegend } from '../../ui/shared/Thread.tsx'
import { BidCards } from './BidCards.tsx'
import { CriteriaField } from './CriteriaField.tsx'
import { CriteriaView } from './CriteriaView.tsx'
import { FitCard } from './FitCard.tsx'
import { LotPicker } from './LotPicker.tsx'
import { LotsView } from './LotsView.tsx'
import { Objections } from './Objections.tsx'
import { PanelCard } from './PanelCard.tsx'
import { Questions } from './Questions.tsx'
import { SealingCard } from './SealingCard.tsx'
import { SplitNotice } from './SplitNotice.tsx'
import { TermsVersions } from './TermsVersions.tsx'
import matters from './matters.module.css'
import { tenderTones, tenderWay } from './tender-columns.tsx'
import { TenderStrip } from './TenderStrip.tsx'

export default function TenderRecordPage() {
  const { t } = useTranslation('procurement')
  const go = useGo()
  const { id = '' } = useParams({ strict: false })
  const category = useCategoryName()
  const { data, error, refetch } = useAsk(getTender, { params: { id } }, { refetchInterval: 30_000 })
  const trace = useRecordTrace('tender', id)
  const steps = useStateSteps('procurement', tenderWay, data?.state ?? 'planning', data?.history ?? [])
  const runs = useMay('procurement.listDeskTenders')
  const mayDraft = useMay('contracts.draftContract')
  const organization = (
    <ListPicker<{ id: string; name: string }>
      endpoint={listOrganizations}
      searchBy="q"
      label={t('fields.organization')}
      option={(row) => ({ value: row.id, label: row.name })}
    />
  )
  const ofLot = data?.lots
    ? { overrides: { lot: { control: <LotPicker lots={data.lots} />, wide: true } } }
    : { hide: ['lot'] }
  const { acts, dialog } = useVerbs(
    'procurement',
    { id, version: data?.version, number: data?.number, title: data?.title },
    data?.actions,
    {
      publishTender: { endpoint: publishTender, icon: 'send' },
      editTender: { endpoint: editTender, icon: 'pencil', onAct: () => go(`/desk/procurement/${id}/edit`) },
      closeTender: { endpoint: closeTender, icon: 'lock' },
      enterBid: {
        endpoint: enterBid,
        icon: 'seal',
        ...ofLot,
        overrides: { organization: { control: organization }, ...ofLot.overrides },
      },
      confirmOpening: { endpoint: confirmOpening, icon: 'check', above: data && <BidCards tender={data} /> },
      appointPanel: { endpoint: appointPanel, icon: 'users', fixed: { excluded: [] } },
      scoreBid: { endpoint: scoreBid, icon: 'scale', onAct: () => go(`/desk/procurement/${id}/score`) },
      leavePanel: { endpoint: leavePanel, icon: 'logout', danger: true },
      proposeAward: { endpoint: proposeAward, icon: 'star' },
      confirmAward: { endpoint: confirmAward, icon: 'check' },
      askQuestion: {
        endpoint: askQuestion,
        icon: 'chat',
        above: <p className={matters.soft}>{t('questions.secret')}</p>,
      },
      changeTerms: {
        endpoint: changeTerms,
        icon: 'pencil',
        overrides: { criteria: { control: <CriteriaField />, wide: true } },
        initial: data && {
          description: data.description,
          criteria: data.criteria,
          requirements: data.requirements,
        },
        above: <p className={matters.soft}>{t('versions.what')}</p>,
      },
      objectToTender: { endpoint: objectToTender, icon: 'alert', ...ofLot },
      failTender: { endpoint: failTender, icon: 'close', danger: true },
      cancelTender: { endpoint: cancelTender, icon: 'trash', danger: true },
    },
  )
  if (error) return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
  if (!data) return <Skeleton rows={8} />
  // Of a divided tender each lot has its own.
  const draft = data.state === 'awarded' && data.lots === undefined && data.contract === undefined && mayDraft
  const shownActs = draft
    ? [
        {
          key: 'draftContract',
          label: t('verbs.draftContract'),
          icon: 'contract' as const,
          onAct: () => go(`/desk/contracts/new?tender=${id}`),
        },
        ...acts,
      ]
    : acts.filter((act) => act.key !== 'failLot')
  const lasting = new Set(['cancelTender', 'failTender', 'leavePanel', 'objectToTender', 'askQuestion', 'changeTerms'])
  const bids = {
    key: 'bids',
    label: t('bids.record'),
    icon: 'seal' as const,
    count: data.bids.length,
    content: <BidCards tender={data} />,
  }
  const thread = {
    key: 'thread',
    label: t('desk:menu.thread'),
    icon: 'thread' as const,
    extra: <ThreadLegend />,
    content: (
      <>
        <Thread stations={trace.stations} />
        <OpenDataLinks kind="tender" id={data.id} />
      </>
    ),
  }
  return (
    <>
      <RecordPage
        crumbs={[{ label: t('name'), to: runs ? '/desk/procurement' : '/desk/procurement/open' }]}
        number={data.number}
        title={data.title}
        state={{ label: t(`states.${data.state}`), tone: tenderTones[data.state], icon: 'tender' }}
        primary={shownActs.find((act) => act.off === undefined && !lasting.has(act.key))?.key}
        acts={shownActs}
        steps={steps}
        due={
          data.state === 'published' && data.deadline ? (
            <DueLight due={data.deadline} style="date" />
          ) : // when it is over, whoever confirms the award is late, not whoever may object
          data.standstillUntil && data.state === 'standstill' && runs ? (
            <DueLight due={data.standstillUntil} style="date" stopped={data.stopped} />
          ) : undefined
        }
        facts={[
          {
            label: t('fields.project'),
            value: (
              <Go to={`/desk/projects/${data.project.id}`}>
                {data.project.number} {data.project.title}
              </Go>
            ),
            span: 2,
          },
          { label: t('fields.divisionName'), value: data.divisionName ?? data.division },
          { label: t('desk.categories'), value: data.categories.map(category).join(t('frame:list.separator')) },
          { label: t('fields.minimumRating'), value: data.requirements.minimumRating ?? t('desk.anyRating') },
          {
            label: t('desk.certificates'),
            value:
              data.requirements.certificates > 0
                ? t('desk.atLeast', { count: data.requirements.certificates })
                : t('desk.anyRating'),
          },
          ...(data.award
            ? [
                {
                  label: t('fields.award'),
                  value: <Go to={`/desk/organizations/${data.award.organization}`}>{data.award.organizationName}</Go>,
                  span: 2 as const,
                },
                {
                  label: t('desk.awardPrice'),
                  value: (
                    <>
                      <MoneyText amount={data.award.price} unit strong />
                      {t('frame:list.comma')}
                      {(data.award.score / 100).toFixed(2)} {t('desk.points')}
                    </>
                  ),
                },
              ]
            : []),
          { label: t('fields.bidForm'), value: t(`bidForms.${data.bidForm}`) },
          { label: t('fields.description'), value: data.description, span: 3 },
          ...(data.endReason
            ? [
                {
                  label: t('fields.reason'),
                  value: [t(`endReasons.${data.endReason}`), data.endWords].filter(Boolean).join(t('frame:list.colon')),
                  span: 3 as const,
                },
              ]
            : []),
          ...(data.opening?.by ? [{ label: t('desk.opening'), value: data.opening.by }] : []),
          ...(data.files.length > 0
            ? [
                {
                  label: t('fields.files'),
                  span: 3 as const,
                  value: data.files.map((file) => (
                    <Go key={file.id} to={`/api/files/${file.id}`}>
                      {file.name}{' '}
                    </Go>
                  )),
                },
              ]
            : []),
        ]}
        timeline={trace.timeline}
        side={
          <>
            <FitCard tender={data} />
            <SealingCard tender={data} />
            <PanelCard tender={data} />
          </>
        }
        tabs={[
          ...(data.lots
            ? [
                {
                  key: 'lots',
                  label: t('fields.lots'),
                  icon: 'grid' as const,
                  count: data.lots.length,
                  content: <LotsView tender={data} />,
                },
              ]
            : []),
          ...(data.state === 'planning' || data.state === 'published' ? [thread, bids] : [bids, thread]),
          {
            key: 'criteria',
            label: t('fields.criteria'),
            icon: 'scale',
            count: data.criteria.length,
            content: <CriteriaView tender={data} />,
          },
          ...(data.publishedAt
            ? [
                {
                  key: 'questions',
                  label: t('questions.title'),
                  icon: 'chat' as const,
                  count: data.questions.length,
                  content: <Questions tender={data} />,
                },
              ]
            : []),
          ...(data.versions.length > 1
            ? [
                {
                  key: 'versions',
                  label: t('versions.title'),
                  icon: 'pencil' as const,
                  count: data.versions.length - 1,
                  content: <TermsVersions versions={data.versions} />,
                },
              ]
            : []),
          {
            key: 'objections',
            label: t('objections.title'),
            icon: 'alert',
            count: data.objections.length,
            content: <Objections tender={data} />,
          },
        ]}
      >
        <SplitNotice tender={data} />
        <TenderStrip tender={data} />
        <Split>
          <RelatedList records={trace.related} />
          <MoneySplit
            title={t('desk.money')}
            parts={
              trace.money.length > 0
                ? trace.money
                : [{ key: 'budget', label: t('fields.budget'), amount: data.budget, kind: 'later' }]
            }
          />
        </Split>
      </RecordPage>
      {dialog}
    </>
  )
}

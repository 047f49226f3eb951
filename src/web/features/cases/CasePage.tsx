// The record page of a case: its stages, who it is for, what may be done next, and the notes that only its own people read.
import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import * as stages from '../../../loop/delivery/contract/case-stages.ts'
import { getCase } from '../../../loop/delivery/contract/cases.ts'
import { useAsk } from '../../app/ask.ts'
import { problemOf } from '../../app/problem.ts'
import { useSession } from '../../app/session.ts'
import { RecordPage } from '../../ui/desk/RecordPage.tsx'
import { useRecordTrace, useStateSteps } from '../../ui/desk/record-trace.ts'
import { useVerbs } from '../../ui/desk/record-verbs.tsx'
import { DateText, InstantText } from '../../ui/shared/DateText.tsx'
import { ErrorState } from '../../ui/shared/ErrorState.tsx'
import { Go } from '../../ui/shared/Go.tsx'
import { Icon } from '../../ui/shared/Icon.tsx'
import { Skeleton } from '../../ui/shared/Skeleton.tsx'
import { CaseNotes } from './CaseNotes.tsx'
import { ActivityField, LinesField, SupervisorField, WorkerField } from './case-fields.tsx'
import { caseTones, caseWay } from './case-words.ts'
import styles from './cases.module.css'

/** What carries the case on, in the order in which the page offers it. */
const onward = [
  'recordConsent',
  'acceptCase',
  'assessCase',
  'approveCase',
  'planCase',
  'recordCaseSession',
  'evaluateCase',
]

const order = [
  ...onward,
  'returnCase',
  'adviseCase',
  'beginCaseEvaluation',
  'handOverCase',
  'handOverSupervision',
  'setCaseRetention',
  'transferCase',
  'closeCase',
  'withdrawConsent',
]

export default function CasePage() {
  const { t } = useTranslation(['delivery', 'cases'])
  const { id = '' } = useParams({ strict: false })
  const session = useSession()
  const { data, error, refetch } = useAsk(getCase, { params: { id } })
  const trace = useRecordTrace('case', id)
  const steps = useStateSteps('delivery', caseWay, data?.state ?? 'intake', data?.history ?? [])
  const contract = data?.contract
  const today = session.now.slice(0, 10)
  const hour = 3_600_000
  const now = Math.floor(Date.parse(session.now) / 60_000) * 60_000
  const { acts, dialog } = useVerbs(
    'delivery',
    { id, version: data?.version, number: data?.number, title: data?.beneficiaryName },
    data?.actions,
    {
      recordConsent: {
        endpoint: stages.recordConsent,
        icon: 'check',
        initial: { givenOn: today, givenBy: data?.underFourteen ? 'guardian' : 'self', form: 'written' },
      },
      acceptCase: { endpoint: stages.acceptCase, icon: 'hand' },
      assessCase: { endpoint: stages.assessCase, icon: 'document' },
      planCase: {
        endpoint: stages.planCase,
        icon: 'send',
        initial: { goals: data?.goals },
        overrides: {
          goals: { control: <LinesField label={t('fields.goals')} />, wide: true },
        },
      },
      approveCase: { endpoint: stages.approveCase, icon: 'check' },
      returnCase: { endpoint: stages.returnCase, icon: 'back' },
      adviseCase: { endpoint: stages.adviseCase, icon: 'chat' },
      recordCaseSession: {
        endpoint: stages.recordCaseSession,
        icon: 'pencil',
        initial: {
          from: new Date(now - hour).toISOString(),
          until: new Date(now).toISOString(),
          kind: 'counselling',
        },
        overrides: { activity: { control: <ActivityField label={t('fields.activity')} contract={contract} /> } },
      },
      beginCaseEvaluation: { endpoint: stages.beginCaseEvaluation, icon: 'evaluation' },
      evaluateCase: {
        endpoint: stages.evaluateCase,
        icon: 'evaluation',
        initial: { results: (data?.goals ?? []).map(() => ({})) },
        above: (
          <ol className={styles.goals} aria-label={t('fields.goals')}>
            {(data?.goals ?? []).map((goal) => (
              <li key={goal}>{goal}</li>
            ))}
          </ol>
        ),
      },
      handOverCase: {
        endpoint: stages.handOverCase,
        icon: 'swap',
        overrides: { worker: { control: <WorkerField label={t('fields.worker')} contract={contract} /> } },
      },
      handOverSupervision: {
        endpoint: stages.handOverSupervision,
        icon: 'swap',
        overrides: {
          supervisor: { control: <SupervisorField label={t('fields.supervisor')} contract={contract} /> },
        },
      },
      setCaseRetention: {
        endpoint: stages.setCaseRetention,
        icon: 'lock',
        initial: { retention: data?.retention },
      },
      transferCase: { endpoint: stages.transferCase, icon: 'share' },
      closeCase: { endpoint: stages.closeCase, icon: 'close', danger: true },
      withdrawConsent: {
        endpoint: stages.withdrawConsent,
        icon: 'trash',
        danger: true,
        initial: { withdrawnOn: today },
        above: <p className={styles.above}>{t('cases:form.withdrawing')}</p>,
      },
    },
  )
  if (error) return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
  if (!data) return <Skeleton rows={8} />
  const { consent } = data
  // What has no use any more is left out; what ends a case comes last.
  const shown = acts
    .filter((act) => act.key !== 'recordConsent' || !consent)
    .sort((one, other) => order.indexOf(one.key) - order.indexOf(other.key))
  const opening = data.relation === 'emergency' ? data.openings[0] : undefined
  return (
    <>
      {opening && (
        <p className={styles.warning} role="status">
          <Icon name="alert" size={18} />
          <span>
            {t('cases:emergency.until')} <InstantText instant={opening.until} style="compact" />
          </span>
        </p>
      )}
      <RecordPage
        crumbs={[{ label: t('verbs.listCases'), to: '/desk/cases' }]}
        number={data.number}
        title={data.beneficiaryName ?? t('cases:page.destroyedName')}
        state={{ label: t(`states.${data.state}`), tone: caseTones[data.state], icon: 'lock' }}
        primary={shown.find((act) => act.off === undefined && onward.includes(act.key))?.key}
        acts={shown}
        steps={steps}
        facts={[
          { label: t('fields.topic'), value: t(`options.topic.${data.topic}`) },
          { label: t('fields.source'), value: t(`options.source.${data.source}`) },
          {
            label: t('fields.beneficiaryName'),
            value: (
              <>
                {data.beneficiaryName ?? t('cases:page.destroyedName')}
                {data.phone && ` ${data.phone}`}
                {data.hasAccount && t('cases:page.hasAccount')}
                {data.underFourteen && t('cases:page.child')}
              </>
            ),
          },
          { label: t('fields.worker'), value: data.workerName },
          { label: t('fields.supervisor'), value: data.supervisorName },
          {
            label: t('fields.contract'),
            value: <Go to={`/desk/contracts/${data.contract}`}>{data.contractNumber ?? t('fields.contract')}</Go>,
          },
          {
            label: t('cases:page.consent'),
            span: 2,
            value: consent ? (
              <>
                <DateText date={consent.givenOn} style="full" /> {t(`options.givenBy.${consent.givenBy}`)}
                {t('frame:list.comma')}
                {t(`options.form.${consent.form}`)}
                {consent.withdrawnOn && (
                  <>
                    {t('frame:list.semicolon')}
                    {t('cases:page.withdrawn')} <DateText date={consent.withdrawnOn} style="full" />
                  </>
                )}
              </>
            ) : (
              t('cases:page.noConsent')
            ),
          },
          { label: t('cases:page.sessions'), value: t('cases:page.times', { count: data.sessions }) },
          ...(data.nextAt
            ? [{ label: t('fields.nextAt'), value: <InstantText instant={data.nextAt} style="compact" /> }]
            : []),
          ...(data.retention === 'none'
            ? []
            : [{ label: t('fields.retention'), value: t(`options.retention.${data.retention}`) }]),
          ...(data.reason ? [{ label: t('cases:page.reason'), value: t(`options.reason.${data.reason}`) }] : []),
          ...(data.goals.length > 0
            ? [
                {
                  label: t('fields.goals'),
                  span: 3 as const,
                  value: (
                    <ol className={styles.goals}>
                      {data.goals.map((goal) => (
                        <li key={goal} data-quote>
                          {goal}
                        </li>
                      ))}
                    </ol>
                  ),
                },
              ]
            : []),
        ]}
        timeline={data.relation === 'emergency' ? undefined : trace.timeline}
        tabs={[
          ...(data.openings.length > 0
            ? [
                {
                  key: 'openings',
                  label: t('cases:emergency.openings'),
                  icon: 'alert' as const,
                  count: data.openings.length,
                  content: (
                    <ol className={styles.notes}>
                      {data.openings.map((each) => (
                        <li key={each.at}>
                          <div className={styles.noteHead}>
                            <b>{each.personName}</b>
                            <span>{t(`options.reason.${each.reason}`)}</span>
                            <span>
                              <InstantText instant={each.at} style="compact" /> —{' '}
                              <InstantText instant={each.until} style="compact" />
                            </span>
                          </div>
                          <p data-quote>{each.words ?? t('cases:notes.gone')}</p>
                        </li>
                      ))}
                    </ol>
                  ),
                },
              ]
            : []),
        ]}
      >
        <section className={styles.inside}>
          <h3>
            {t('verbs.listCaseNotes')}
            <small>{t('cases:notes.sealed')}</small>
          </h3>
          <CaseNotes id={id} />
        </section>
      </RecordPage>
      {dialog}
    </>
  )
}

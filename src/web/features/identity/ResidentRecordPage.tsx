// A resident at the counter: masked data with reveal for a purpose, confirmation of identity, who may act for this person.
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type PersonalField, proxyKinds } from '../../../foundation/identity/contract.ts'
import {
  getResident,
  recordProxy,
  verifyResident,
  withdrawVerification,
} from '../../../foundation/identity/contract/residents.ts'
import type { OutputOf } from '../../../kit/endpoint.ts'
import { useAsk } from '../../app/ask.ts'
import { problemOf } from '../../app/problem.ts'
import { useMay } from '../../app/session.ts'
import { ChoiceField } from '../../ui/desk/ChoiceField.tsx'
import type { Fact } from '../../ui/desk/Facts.tsx'
import { RecordPage } from '../../ui/desk/RecordPage.tsx'
import { useRecordTrace } from '../../ui/desk/record-trace.ts'
import { useVerbs, type Verb } from '../../ui/desk/record-verbs.tsx'
import { DateText } from '../../ui/shared/DateText.tsx'
import { EmptyState } from '../../ui/shared/EmptyState.tsx'
import { ErrorState } from '../../ui/shared/ErrorState.tsx'
import { Masked } from '../../ui/shared/Masked.tsx'
import { Skeleton } from '../../ui/shared/Skeleton.tsx'
import styles from './identity.module.css'
import { RevealDialog } from './RevealDialog.tsx'

type Resident = OutputOf<typeof getResident>

function ResidentRecord({ resident }: { readonly resident: Resident }) {
  const { t } = useTranslation('identity')
  const mayReveal = useMay('identity.reveal')
  const [revealing, setRevealing] = useState<PersonalField>()
  const trace = useRecordTrace('person', resident.id)
  const words = (name: string, values: readonly string[]) => (
    <ChoiceField
      label={t(`fields.${name}`)}
      choices={values.map((value) => ({ value, label: t(`choices.${name}.${value}`) }))}
    />
  )
  const verbs: Record<string, Verb> = {
    verifyResident: { endpoint: verifyResident, icon: 'check', initial: { division: resident.division } },
    recordProxy: { endpoint: recordProxy, icon: 'users', overrides: { kind: { control: words('kind', proxyKinds) } } },
    withdrawVerification: {
      endpoint: withdrawVerification,
      icon: 'back',
      danger: true,
      overrides: { reason: { control: words('reason', ['moved-away', 'mistaken', 'deceased']) } },
    },
  }
  const { acts, dialog } = useVerbs(
    'identity',
    { id: resident.id, version: resident.version, title: resident.maskedName },
    resident.actions.filter((action) => action.code !== 'forbidden'),
    verbs,
  )
  const masked = (field: PersonalField, text: string | undefined) =>
    text === undefined ? (
      t('desk.notGiven')
    ) : (
      <Masked text={text} onReveal={mayReveal ? () => setRevealing(field) : undefined} />
    )
  const facts: Fact[] = [
    { label: t('fields.name'), value: masked('name', resident.maskedName), span: 2 },
    { label: t('fields.adult'), value: t(resident.adult ? 'desk.adult' : 'desk.minor') },
    { label: t('fields.phone'), value: masked('phone', resident.maskedPhone), span: 2 },
    { label: t('fields.state'), value: t(`states.${resident.state}`) },
    { label: t('fields.idNumber'), value: masked('id-number', resident.maskedIdNumber), span: 3 },
    { label: t('fields.residence'), value: resident.divisionName, span: 2 },
    { label: t('desk.since'), value: <DateText date={resident.since} style="iso" /> },
  ]
  if (resident.verifiedAt)
    facts.push({ label: t('fields.verifiedAt'), value: <DateText date={resident.verifiedAt} style="iso" /> })
  if (resident.verifiedUntil)
    facts.push({ label: t('desk.validUntil'), value: <DateText date={resident.verifiedUntil} style="iso" /> })
  return (
    <>
      <RecordPage
        crumbs={[{ label: t('menu.residents'), to: '/desk/residents' }]}
        title={resident.maskedName}
        state={{
          label: t(`states.${resident.state}`),
          tone: resident.state === 'verified' ? 'done' : 'waiting',
          icon: 'person',
        }}
        primary={resident.state === 'verified' ? undefined : 'verifyResident'}
        acts={acts}
        facts={facts}
        timeline={trace.timeline}
        tabs={[
          {
            key: 'proxies',
            label: t('desk.proxies'),
            icon: 'users',
            count: resident.proxies.length,
            content:
              resident.proxies.length === 0 ? (
                <EmptyState icon="users" title={t('desk.noProxies')} next={t('desk.noProxiesNext')} />
              ) : (
                <ul className={styles.rows}>
                  {resident.proxies.map((proxy) => (
                    <li key={proxy.id}>
                      <b>{proxy.maskedName ?? '—'}</b>
                      <span>{proxy.maskedPhone}</span>
                      <span>{t(`choices.kind.${proxy.kind}`)}</span>
                      <span>
                        {t('desk.from')} <DateText date={proxy.since} style="iso" />
                        {proxy.until && (
                          <>
                            {' '}
                            {t('desk.until')} <DateText date={proxy.until} style="iso" />
                          </>
                        )}
                      </span>
                    </li>
                  ))}
                </ul>
              ),
          },
        ]}
      />
      {dialog}
      {revealing && <RevealDialog person={resident.id} field={revealing} onClose={() => setRevealing(undefined)} />}
    </>
  )
}

export default function ResidentRecordPage() {
  const { id = '' } = useParams({ strict: false })
  const { data, error, isPending, refetch } = useAsk(getResident, { params: { id } })
  if (isPending) return <Skeleton rows={10} />
  if (error) return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
  return <ResidentRecord key={data.id} resident={data} />
}

// One given role: who, where, until when; ending it, and giving its holder a new one-time code.
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { endAssignment, getAssignment, resetCredentials } from '../../../foundation/identity/contract/roles.ts'
import type { OutputOf } from '../../../kit/endpoint.ts'
import { useAct } from '../../app/act.ts'
import { useAsk } from '../../app/ask.ts'
import { problemOf } from '../../app/problem.ts'
import { useMay } from '../../app/session.ts'
import { useRoleName } from '../../app/shells/role-names.ts'
import { ConfirmAct } from '../../ui/desk/ConfirmAct.tsx'
import { RecordPage } from '../../ui/desk/RecordPage.tsx'
import type { RecordAct } from '../../ui/desk/record-acts.ts'
import { useRecordTrace } from '../../ui/desk/record-trace.ts'
import { useVerbs } from '../../ui/desk/record-verbs.tsx'
import { DateText } from '../../ui/shared/DateText.tsx'
import { ErrorState } from '../../ui/shared/ErrorState.tsx'
import { Skeleton } from '../../ui/shared/Skeleton.tsx'
import { EnrolmentCode } from './EnrolmentCode.tsx'

type Held = OutputOf<typeof getAssignment>
type Code = OutputOf<typeof resetCredentials>

function AssignmentRecord({ held }: { readonly held: Held }) {
  const { t } = useTranslation('identity')
  const roleName = useRoleName()
  const mayReset = useMay('identity.reset-credentials')
  const trace = useRecordTrace('assignment', held.id)
  const [asking, setAsking] = useState(false)
  const [code, setCode] = useState<Code>()
  const reset = useAct(resetCredentials, {
    onDone: (answer) => {
      setAsking(false)
      setCode(answer)
    },
  })
  const { acts, dialog } = useVerbs(
    'identity',
    { id: held.id, version: held.version, title: `${held.personName} · ${roleName(held.role)}` },
    held.actions.filter((action) => action.code !== 'forbidden'),
    { endAssignment: { endpoint: endAssignment, icon: 'close', danger: true } },
  )
  const all: readonly RecordAct[] = mayReset
    ? [
        ...acts,
        {
          key: 'reset',
          label: t('verbs.resetCredentials'),
          icon: 'key',
          hint: t('hints.resetCredentials'),
          onAct: () => setAsking(true),
        },
      ]
    : acts
  return (
    <>
      <RecordPage
        crumbs={[{ label: t('frame:menu.identity'), to: '/desk/assignments' }]}
        title={`${held.personName} · ${roleName(held.role)}`}
        state={{ label: t(`states.${held.state}`), tone: held.state === 'given' ? 'done' : 'neutral', icon: 'key' }}
        acts={all}
        facts={[
          { label: t('fields.personName'), value: held.personName },
          { label: t('fields.role'), value: roleName(held.role) },
          { label: t('fields.divisionName'), value: held.divisionName },
          { label: t('fields.organization'), value: held.organizationName ?? '—', span: 2 },
          { label: t('fields.department'), value: held.department ?? '—' },
          { label: t('fields.from'), value: <DateText date={held.from} style="iso" /> },
          { label: t('fields.until'), value: held.until ? <DateText date={held.until} style="iso" /> : t('desk.open') },
          { label: t('fields.delegatedFrom'), value: held.delegatedFrom ?? '—' },
        ]}
        timeline={trace.timeline}
      />
      {dialog}
      {asking && (
        <ConfirmAct
          title={t('desk.resetTitle', { name: held.personName })}
          what={t('hints.resetCredentials')}
          verb={t('verbs.resetCredentials')}
          danger
          busy={reset.pending}
          problem={reset.problem}
          onConfirm={() => void reset.act({ params: { id: held.person } })}
          onClose={() => setAsking(false)}
        />
      )}
      {code && (
        <EnrolmentCode code={code.enrolmentCode} validUntil={code.validUntil} onClose={() => setCode(undefined)} />
      )}
    </>
  )
}

export default function AssignmentRecordPage() {
  const { id = '' } = useParams({ strict: false })
  const { data, error, isPending, refetch } = useAsk(getAssignment, { params: { id } })
  if (isPending) return <Skeleton rows={8} />
  if (error) return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
  return <AssignmentRecord key={data.id} held={data} />
}

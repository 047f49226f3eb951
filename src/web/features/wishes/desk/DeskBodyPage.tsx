// A supporting body on the desk: who applied, what the community decides.
import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../../kit/endpoint.ts'
import * as givers from '../../../../loop/wishes/contract/givers.ts'
import { useAsk } from '../../../app/ask.ts'
import { problemOf } from '../../../app/problem.ts'
import type { Fact } from '../../../ui/desk/Facts.tsx'
import { RecordPage } from '../../../ui/desk/RecordPage.tsx'
import { useRecordTrace, useStateSteps } from '../../../ui/desk/record-trace.ts'
import { useVerbs } from '../../../ui/desk/record-verbs.tsx'
import { ErrorState } from '../../../ui/shared/ErrorState.tsx'
import { Skeleton } from '../../../ui/shared/Skeleton.tsx'
import type { TagTone } from '../../../ui/shared/Tag.tsx'

type BodyView = OutputOf<typeof givers.getBody>

const tones: Readonly<Record<givers.BodyState, TagTone>> = {
  applied: 'waiting',
  confirmed: 'done',
  declined: 'neutral',
  ended: 'outline',
}

/** The tone of a supporting body's state. */
export function bodyTone(state: givers.BodyState): TagTone {
  return tones[state]
}

function BodyRecord({ body }: { readonly body: BodyView }) {
  const { t } = useTranslation('wishes')
  const trace = useRecordTrace('supporting-body', body.id)
  const steps = useStateSteps('wishes', ['applied', 'confirmed'], body.state, body.history).map((step) => ({
    ...step,
    label: t(`bodyStates.${step.key}`),
  }))
  const facts: Fact[] = [
    { label: t('fields.kind'), value: t(`bodyKinds.${body.kind}`) },
    { label: t('fields.uscc'), value: body.uscc ?? '—' },
    { label: t('fields.division'), value: body.divisionName },
    { label: t('desk.person'), value: body.person },
    { label: t('body.words'), value: body.words ?? '—', span: 2 },
    ...(body.endWords ? [{ label: t('desk.why'), value: body.endWords, span: 3 as const }] : []),
  ]
  const { acts, dialog } = useVerbs('wishes', { id: body.id, version: body.version, title: body.name }, body.actions, {
    confirmBody: { endpoint: givers.confirmBody, icon: 'check' },
    declineBody: { endpoint: givers.declineBody, icon: 'close', danger: true },
    endBody: { endpoint: givers.endBody, icon: 'close', danger: true },
  })
  return (
    <>
      <RecordPage
        crumbs={[{ label: t('kinds.supporting-body'), to: '/desk/supporting-bodies' }]}
        title={body.name}
        state={{ label: t(`bodyStates.${body.state}`), tone: bodyTone(body.state), icon: 'hand' }}
        primary={body.state === 'applied' ? 'confirmBody' : undefined}
        acts={acts}
        steps={steps}
        facts={facts}
        updated={body.history.at(-1)?.at}
        timeline={trace.timeline}
        tabs={[]}
      />
      {dialog}
    </>
  )
}

export default function DeskBodyPage() {
  const { id = '' } = useParams({ strict: false })
  const { data, error, isPending, refetch } = useAsk(givers.getBody, { params: { id } })
  if (isPending) return <Skeleton rows={10} />
  if (error) return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
  return <BodyRecord key={data.id} body={data} />
}

// One outside program: who runs it and where it may raise needs, another key, shutting it out.
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { disableApiClient, getApiClient, rotateApiKey } from '../../../foundation/identity/contract/api-clients.ts'
import type { OutputOf } from '../../../kit/endpoint.ts'
import { useAct } from '../../app/act.ts'
import { useAsk } from '../../app/ask.ts'
import { problemOf } from '../../app/problem.ts'
import { ConfirmAct } from '../../ui/desk/ConfirmAct.tsx'
import { RecordPage } from '../../ui/desk/RecordPage.tsx'
import { useRecordActs } from '../../ui/desk/record-acts.ts'
import { useRecordTrace } from '../../ui/desk/record-trace.ts'
import { DateText } from '../../ui/shared/DateText.tsx'
import { ErrorState } from '../../ui/shared/ErrorState.tsx'
import { Skeleton } from '../../ui/shared/Skeleton.tsx'
import { ApiKey } from './ApiKey.tsx'
import { RotateDialog } from './RotateDialog.tsx'

type Client = OutputOf<typeof getApiClient>

function ClientRecord({ client }: { readonly client: Client }) {
  const { t } = useTranslation('identity')
  const [asking, setAsking] = useState<'rotate' | 'disable'>()
  const [key, setKey] = useState<string>()
  const close = () => setAsking(undefined)
  const rotate = useAct(rotateApiKey, {
    onDone: (answer) => {
      close()
      setKey(answer.key)
    },
  })
  const disable = useAct(disableApiClient, { onDone: close })
  const trace = useRecordTrace('api-client', client.id)
  const acts = useRecordActs(
    'identity',
    client.actions.filter((action) => action.code !== 'forbidden'),
    {
      rotateApiKey: { icon: 'refresh', onAct: () => setAsking('rotate') },
      disableApiClient: { icon: 'lock', onAct: () => setAsking('disable') },
    },
  )
  const params = { id: client.id }
  const ifMatch = String(client.version)
  return (
    <>
      <RecordPage
        crumbs={[{ label: t('menu.apiClients'), to: '/desk/api-clients' }]}
        title={client.name}
        state={{
          label: t(`client.state.${client.state}`),
          tone: client.state === 'active' ? 'done' : 'neutral',
          icon: 'link',
        }}
        acts={acts}
        facts={[
          { label: t('fields.operator'), value: client.operator },
          { label: t('apiClient.division'), value: client.divisionName, span: 2 },
          { label: t('client.since'), value: <DateText date={client.createdAt} style="iso" /> },
          { label: t('client.by'), value: client.registeredBy },
        ]}
        timeline={trace.timeline}
      />
      {asking === 'rotate' && (
        <RotateDialog
          title={t('verbs.rotateApiKey')}
          what={t('apiClient.rotateWhat')}
          verb={t('verbs.rotateApiKey')}
          busy={rotate.pending}
          problem={rotate.problem}
          onConfirm={() => void rotate.act({ params }, { ifMatch })}
          onClose={close}
        />
      )}
      {asking === 'disable' && (
        <ConfirmAct
          title={t('client.disableTitle', { name: client.name })}
          what={t('apiClient.disableWhat')}
          verb={t('client.disable')}
          danger
          busy={disable.pending}
          problem={disable.problem}
          onConfirm={() => void disable.act({ params }, { ifMatch })}
          onClose={close}
        />
      )}
      {key !== undefined && <ApiKey value={key} onClose={() => setKey(undefined)} />}
    </>
  )
}

export default function ApiClientRecordPage() {
  const { id = '' } = useParams({ strict: false })
  const { data, error, isPending, refetch } = useAsk(getApiClient, { params: { id } })
  if (isPending) return <Skeleton rows={8} />
  if (error) return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
  return <ClientRecord key={data.id} client={data} />
}

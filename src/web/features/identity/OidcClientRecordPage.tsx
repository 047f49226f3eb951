// One system that signs in here: its addresses, another secret, shutting it out.
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { disableOidcClient, getOidcClient, rotateOidcSecret } from '../../../foundation/identity/contract/oidc.ts'
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
import { ClientSecret } from './ClientSecret.tsx'
import { RotateDialog } from './RotateDialog.tsx'

type Client = OutputOf<typeof getOidcClient>
type Rotated = OutputOf<typeof rotateOidcSecret>

function ClientRecord({ client }: { readonly client: Client }) {
  const { t } = useTranslation('identity')
  const [asking, setAsking] = useState<'rotate' | 'disable'>()
  const [rotated, setRotated] = useState<Rotated>()
  const close = () => setAsking(undefined)
  const rotate = useAct(rotateOidcSecret, {
    onDone: (answer) => {
      close()
      setRotated(answer)
    },
  })
  const disable = useAct(disableOidcClient, { onDone: close })
  const trace = useRecordTrace('oidc-client', client.id)
  const acts = useRecordActs(
    'identity',
    client.actions.filter((action) => action.code !== 'forbidden'),
    {
      rotateOidcSecret: { icon: 'refresh', onAct: () => setAsking('rotate') },
      disableOidcClient: { icon: 'lock', onAct: () => setAsking('disable') },
    },
  )
  const params = { id: client.id }
  const ifMatch = String(client.version)
  return (
    <>
      <RecordPage
        crumbs={[{ label: t('menu.clients'), to: '/desk/oidc-clients' }]}
        title={client.name}
        state={{
          label: t(`client.state.${client.state}`),
          tone: client.state === 'active' ? 'done' : 'neutral',
          icon: 'link',
        }}
        acts={acts}
        facts={[
          { label: t('fields.department'), value: client.department },
          { label: t('fields.divisionName'), value: client.divisionName, span: 2 },
          { label: t('client.id'), value: <code>{client.id}</code>, span: 3 },
          {
            label: t('client.redirects'),
            value: client.redirectUris.map((uri) => <div key={uri}>{uri}</div>),
            span: 3,
          },
          {
            label: t('client.logouts'),
            value: client.logoutUris.length === 0 ? '—' : client.logoutUris.map((uri) => <div key={uri}>{uri}</div>),
            span: 3,
          },
          { label: t('client.authMethod'), value: t(`client.method.${client.authMethod}`) },
          { label: t('client.since'), value: <DateText date={client.createdAt} style="iso" /> },
          { label: t('client.secretAt'), value: <DateText date={client.secretAt} style="iso" /> },
          { label: t('client.by'), value: client.registeredBy },
        ]}
        timeline={trace.timeline}
      />
      {asking === 'rotate' && (
        <RotateDialog
          title={t('client.rotateTitle')}
          what={t('client.rotateWhat')}
          verb={t('client.rotate')}
          busy={rotate.pending}
          problem={rotate.problem}
          onConfirm={() => void rotate.act({ params }, { ifMatch })}
          onClose={close}
        />
      )}
      {asking === 'disable' && (
        <ConfirmAct
          title={t('client.disableTitle', { name: client.name })}
          what={t('client.disableWhat')}
          verb={t('client.disable')}
          danger
          busy={disable.pending}
          problem={disable.problem}
          onConfirm={() => void disable.act({ params }, { ifMatch })}
          onClose={close}
        />
      )}
      {rotated && (
        <ClientSecret clientId={rotated.clientId} secret={rotated.secret} onClose={() => setRotated(undefined)} />
      )}
    </>
  )
}

export default function OidcClientRecordPage() {
  const { id = '' } = useParams({ strict: false })
  const { data, error, isPending, refetch } = useAsk(getOidcClient, { params: { id } })
  if (isPending) return <Skeleton rows={8} />
  if (error) return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
  return <ClientRecord key={data.id} client={data} />
}

// Asking that an own accepted need be put on the wish board: which need, and in what public words.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { askForWish } from '../../../../loop/wishes/contract.ts'
import { useAddressQuery, useGo } from '../../../app/address.ts'
import { useAct } from '../../../app/act.ts'
import { useAskPath } from '../../../app/ask.ts'
import { Button } from '../../../ui/resident/Button.tsx'
import { Card } from '../../../ui/resident/Card.tsx'
import { Page } from '../../../ui/resident/Page.tsx'
import { Select } from '../../../ui/resident/Select.tsx'
import { TextArea } from '../../../ui/resident/TextArea.tsx'
import { TextField } from '../../../ui/resident/TextField.tsx'
import { showToast } from '../../../ui/resident/toast-store.ts'
import { EmptyState } from '../../../ui/shared/EmptyState.tsx'
import { useProblemText } from '../../../ui/shared/ErrorState.tsx'
import { Skeleton } from '../../../ui/shared/Skeleton.tsx'
import { useSession } from '../../../app/session.ts'
import type { NeedRow } from '../../needs/resident/NeedItem.tsx'
import { useKept, useSignedIn } from '../../needs/resident/signed.ts'
import styles from './wishes.module.css'

function Form({ needs }: { readonly needs: readonly NeedRow[] }) {
  const { t } = useTranslation('wishes')
  const go = useGo()
  const problemText = useProblemText()
  const [query] = useAddressQuery()
  const [need, setNeed] = useState(needs.find((row) => row.id === query['need'])?.id ?? needs[0]?.id ?? '')
  const [title, setTitle] = useKept('wish.title')
  const [text, setText] = useKept('wish.text')
  const { act, pending, problem } = useAct(askForWish, {
    onDone: ({ id }) => {
      setTitle('')
      setText('')
      showToast(t('ask.done'))
      go(`/wishes/${id}`, { replace: true })
    },
  })
  const fault = (name: string) => problem?.fields?.find((field) => field.path === `body.${name}`)?.message
  return (
    <div className={styles.form}>
      <Select
        label={t('fields.need')}
        value={need}
        onChange={setNeed}
        options={needs.map((row) => ({
          value: row.id,
          label: [row.number, row.title].filter(Boolean).join(' '),
        }))}
      />
      <TextField
        label={t('fields.title')}
        maxLength={30}
        value={title}
        onChange={setTitle}
        help={t('help.title')}
        fault={fault('title')}
      />
      <TextArea
        label={t('fields.text')}
        rows={4}
        maxLength={300}
        counted
        value={text}
        onChange={setText}
        help={t('help.text')}
        fault={fault('text')}
      />
      {problem && !problem.fields?.length && (
        <p className={styles.problem} role="alert">
          {problemText(problem)}
        </p>
      )}
      <Button
        kind="primary"
        busy={pending}
        disabled={need === '' || title.trim().length < 4 || text.trim().length < 4}
        onClick={() => void act({ body: { need, title: title.trim(), text: text.trim() } })}
      >
        {t('verbs.askForWish')}
      </Button>
    </div>
  )
}

export default function AskWishPage() {
  const { t } = useTranslation(['wishes', 'needs'])
  const { loaded } = useSession()
  const { signedIn, signIn } = useSignedIn()
  const { data } = useAskPath<{ readonly rows: readonly NeedRow[] }>('/api/needs/mine?size=100', { enabled: signedIn })
  const accepted = (data?.rows ?? []).filter((row) => row.state === 'accepted')
  return (
    <Page title={t('wishes:ask.title')} back="/wishes" closing>
      <p className={styles.lead}>{t('wishes:ask.lead')}</p>
      <Card pad>
        {loaded && !signedIn ? (
          <EmptyState
            icon="user"
            title={t('wishes:ask.stranger')}
            next={t('wishes:ask.strangerNext')}
            action={
              <Button kind="primary" onClick={signIn}>
                {t('wishes:claim.signIn')}
              </Button>
            }
          />
        ) : !data ? (
          <Skeleton rows={6} />
        ) : accepted.length === 0 ? (
          <EmptyState
            icon="need"
            title={t('wishes:ask.none')}
            next={t('wishes:ask.noneNext')}
            action={
              <Button kind="second" icon="pencil" to="/raise">
                {t('needs:resident.raise.title')}
              </Button>
            }
          />
        ) : (
          <Form needs={accepted} />
        )}
      </Card>
    </Page>
  )
}

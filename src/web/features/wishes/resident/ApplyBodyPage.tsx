// Applying to act for an enterprise or a party branch that wants to grant wishes.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { applyAsBody, bodyKinds } from '../../../../loop/wishes/contract/givers.ts'
import { useGo } from '../../../app/address.ts'
import { useAct } from '../../../app/act.ts'
import { usePlace } from '../../../app/place.ts'
import { Button } from '../../../ui/resident/Button.tsx'
import { Card } from '../../../ui/resident/Card.tsx'
import { Page } from '../../../ui/resident/Page.tsx'
import { RadioBlocks } from '../../../ui/resident/RadioBlocks.tsx'
import { TextArea } from '../../../ui/resident/TextArea.tsx'
import { TextField } from '../../../ui/resident/TextField.tsx'
import { showToast } from '../../../ui/resident/toast-store.ts'
import { useProblemText } from '../../../ui/shared/ErrorState.tsx'
import NoPlace from '../../home/NoPlace.tsx'
import { useSignedIn } from '../../needs/resident/signed.ts'
import styles from './wishes.module.css'

export default function ApplyBodyPage() {
  const { t } = useTranslation(['wishes', 'home'])
  const go = useGo()
  const problemText = useProblemText()
  const { signedIn, signIn } = useSignedIn()
  const [place] = usePlace()
  const [kind, setKind] = useState<(typeof bodyKinds)[number]>('enterprise')
  const [name, setName] = useState('')
  const [uscc, setUscc] = useState('')
  const [words, setWords] = useState('')
  const { act, pending, problem } = useAct(applyAsBody, {
    onDone: ({ id }) => {
      showToast(t('wishes:body.applied'))
      go(`/supporting-bodies/${id}`, { replace: true })
    },
  })
  const fault = (field: string) => problem?.fields?.find((each) => each.path === `body.${field}`)?.message
  const submit = () => {
    if (!place) return
    if (!signedIn) return signIn()
    void act({
      body: {
        kind,
        name: name.trim(),
        division: place.code,
        ...(kind === 'enterprise' && uscc.trim() !== '' ? { uscc: uscc.trim() } : {}),
        ...(words.trim() !== '' ? { words: words.trim() } : {}),
      },
    })
  }
  return (
    <Page title={t('wishes:verbs.applyAsBody')} back="/mine/wishes" closing>
      {!place ? (
        <NoPlace />
      ) : (
        <>
          <p className={styles.lead}>{t('wishes:body.lead', { place: place.name })}</p>
          <Card pad>
            <div className={styles.form}>
              <RadioBlocks
                label={t('wishes:fields.kind')}
                columns={2}
                value={kind}
                onChange={setKind}
                choices={bodyKinds.map((value) => ({ value, label: t(`wishes:bodyKinds.${value}`) }))}
              />
              <TextField
                label={t('wishes:fields.name')}
                maxLength={40}
                value={name}
                onChange={setName}
                fault={fault('name')}
              />
              {kind === 'enterprise' && (
                <TextField
                  label={t('wishes:fields.uscc')}
                  maxLength={18}
                  value={uscc}
                  onChange={setUscc}
                  fault={fault('uscc')}
                />
              )}
              <TextArea
                label={t('wishes:body.words')}
                optional
                rows={3}
                maxLength={300}
                value={words}
                onChange={setWords}
                fault={fault('words')}
              />
              {problem && (
                <p className={styles.problem} role="alert">
                  {fault('division') ?? problemText(problem)}
                </p>
              )}
              <Button kind="primary" busy={pending} disabled={name.trim().length < 4} onClick={submit}>
                {t(signedIn ? 'wishes:body.send' : 'wishes:claim.signIn')}
              </Button>
            </div>
          </Card>
        </>
      )}
    </Page>
  )
}

// A supporting body for which I act: whether it is confirmed, why not, and ending it.
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { endBody, getBody } from '../../../../loop/wishes/contract/givers.ts'
import { useAct } from '../../../app/act.ts'
import { useAsk } from '../../../app/ask.ts'
import { shortPlace } from '../../../app/place.ts'
import { problemOf } from '../../../app/problem.ts'
import { Button } from '../../../ui/resident/Button.tsx'
import { Card } from '../../../ui/resident/Card.tsx'
import { Page } from '../../../ui/resident/Page.tsx'
import { Section } from '../../../ui/resident/Section.tsx'
import { TextArea } from '../../../ui/resident/TextArea.tsx'
import { showToast } from '../../../ui/resident/toast-store.ts'
import { ErrorState, useProblemText } from '../../../ui/shared/ErrorState.tsx'
import { Skeleton } from '../../../ui/shared/Skeleton.tsx'
import { Tag } from '../../../ui/shared/Tag.tsx'
import styles from './wishes.module.css'

function End({ id }: { readonly id: string }) {
  const { t } = useTranslation('wishes')
  const problemText = useProblemText()
  const [open, setOpen] = useState(false)
  const [words, setWords] = useState('')
  const { act, pending, problem } = useAct(endBody, { onDone: () => showToast(t('body.ended')) })
  if (!open)
    return (
      <div className={styles.other}>
        <Button kind="quiet" onClick={() => setOpen(true)}>
          {t('body.end')}
        </Button>
      </div>
    )
  return (
    <Section title={t('body.end')}>
      <Card pad>
        <div className={styles.form}>
          <TextArea
            label={t('body.why')}
            rows={2}
            maxLength={300}
            value={words}
            onChange={setWords}
            fault={problem && problemText(problem)}
          />
          <Button
            kind="danger"
            wide
            busy={pending}
            disabled={words.trim().length < 2}
            onClick={() => void act({ params: { id }, body: { words: words.trim() } })}
          >
            {t('body.end')}
          </Button>
        </div>
      </Card>
    </Section>
  )
}

export default function BodyPage() {
  const { t } = useTranslation('wishes')
  const { id = '' } = useParams({ strict: false })
  const { data, error, refetch } = useAsk(getBody, { params: { id } })
  return (
    <Page title={t('kinds.supporting-body')} back="/mine/wishes">
      {error ? (
        <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
      ) : !data ? (
        <Skeleton rows={6} />
      ) : (
        <>
          <Section title={data.name} first>
            <Card pad>
              <p className={styles.top}>
                <Tag round tone={data.state === 'confirmed' ? 'done' : 'waiting'}>
                  {t(`bodyStates.${data.state}`)}
                </Tag>
                <span>{[t(`bodyKinds.${data.kind}`), shortPlace(data.divisionName ?? '')].join(' · ')}</span>
              </p>
              {data.uscc && (
                <p className={styles.small}>
                  {t('fields.uscc')}
                  {t('frame:list.colon')}
                  {data.uscc}
                </p>
              )}
              {data.words && <p className={styles.words}>{data.words}</p>}
              <p className={styles.plain}>{data.endWords ?? t(`body.state.${data.state}`)}</p>
              {data.state === 'confirmed' && (
                <Button kind="second" to="/wishes" wide>
                  {t('verbs.listWishes')}
                </Button>
              )}
            </Card>
          </Section>
          {data.mine && data.actions.some((action) => action.verb === 'endBody' && action.ok) && <End id={data.id} />}
        </>
      )}
    </Page>
  )
}

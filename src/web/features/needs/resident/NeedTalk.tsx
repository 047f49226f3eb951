// What was answered, asked and replied, why it was declined, and the resident's own words on each: reply, appeal.
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { appealNeed, replyToQuestion } from '../../../../loop/needs/contract.ts'
import { useAct } from '../../../app/act.ts'
import type { Problem } from '../../../app/problem.ts'
import { Button } from '../../../ui/resident/Button.tsx'
import { Card } from '../../../ui/resident/Card.tsx'
import { Section } from '../../../ui/resident/Section.tsx'
import { TextArea } from '../../../ui/resident/TextArea.tsx'
import { showToast } from '../../../ui/resident/toast-store.ts'
import { DateText, InstantText } from '../../../ui/shared/DateText.tsx'
import { useProblemText } from '../../../ui/shared/ErrorState.tsx'
import type { NeedView } from './NeedBand.tsx'
import styles from './need.module.css'
import { useKept } from './signed.ts'

type FormProps = {
  readonly kept: string
  readonly label: string
  readonly send: string
  readonly help?: string
  readonly busy: boolean
  readonly problem: Problem | undefined
  readonly onSend: (words: string) => Promise<boolean>
}

/** A text and its button; what was typed stays until it is taken. */
function WordsForm({ kept, label, send, help, busy, problem, onSend }: FormProps) {
  const { t } = useTranslation('needs')
  const problemText = useProblemText()
  const [words, setWords] = useKept(kept)
  const [short, setShort] = useState(false)
  const submit = async () => {
    setShort(words.trim().length < 2)
    if (words.trim().length >= 2 && (await onSend(words.trim()))) setWords('')
  }
  return (
    <div className={styles.form}>
      <TextArea
        label={label}
        rows={3}
        maxLength={500}
        counted
        value={words}
        help={help}
        fault={short ? t('resident.talk.empty') : problem && problemText(problem)}
        onChange={setWords}
      />
      <Button kind="primary" busy={busy} onClick={() => void submit()}>
        {send}
      </Button>
    </div>
  )
}

function Block({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <Section title={title}>
      <Card pad>{children}</Card>
    </Section>
  )
}

export function NeedTalk({ need }: { readonly need: NeedView }) {
  const { t } = useTranslation('needs')
  const may = (verb: string) => need.actions.some((action) => action.verb === verb && action.ok)
  const params = { id: need.id }
  const reply = useAct(replyToQuestion, { onDone: () => showToast(t('resident.talk.replied')) })
  const appeal = useAct(appealNeed, { onDone: () => showToast(t('resident.talk.appealed')) })
  return (
    <>
      {need.decline && (
        <Block title={t('resident.talk.declined')}>
          <p>
            <b>{t(`declineReasons.${need.decline.reason}`)}</b>
          </p>
          {need.decline.words && <p className={styles.words}>{need.decline.words}</p>}
          {may('appealNeed') && need.mine && (
            <>
              {need.decline.appealUntil && (
                <p className={styles.small}>
                  {t('resident.talk.appealUntil')}
                  <DateText date={need.decline.appealUntil} style="weekday" />
                </p>
              )}
              <WordsForm
                kept={`appeal.${need.id}`}
                label={t('resident.talk.appeal')}
                help={t('resident.talk.appealHelp')}
                send={t('verbs.appealNeed')}
                busy={appeal.pending}
                problem={appeal.problem}
                onSend={async (words) => (await appeal.act({ params, body: { words } })) !== undefined}
              />
            </>
          )}
          {need.decline.final && <p className={styles.small}>{t('resident.talk.final')}</p>}
        </Block>
      )}
      {need.talk.length > 0 && (
        <Block title={t('resident.talk.title')}>
          <ol className={styles.talk}>
            {need.talk.map((line) => (
              <li key={line.at + line.by} data-by={line.by}>
                <p>
                  <b>{t(line.by === 'worker' ? 'resident.talk.worker' : 'resident.talk.you')}</b>
                  <InstantText instant={line.at} />
                </p>
                <p>{line.words}</p>
              </li>
            ))}
          </ol>
          {may('replyToQuestion') && need.mine && (
            <WordsForm
              kept={`reply.${need.id}`}
              label={t('resident.talk.reply')}
              send={t('resident.talk.send')}
              busy={reply.pending}
              problem={reply.problem}
              onSend={async (words) => (await reply.act({ params, body: { words } })) !== undefined}
            />
          )}
        </Block>
      )}
      {need.answer && (
        <Block title={t('resident.talk.answer')}>
          {need.answer.words && <p className={styles.words}>{need.answer.words}</p>}
          <p className={styles.small}>
            <InstantText instant={need.answer.at} style="full" />
          </p>
        </Block>
      )}
      {need.verdict && (
        <Block title={t('resident.talk.verdict')}>
          <p>
            <b>{t(`resident.verdict.said.${need.verdict.value}`)}</b>
            {need.verdict.rating !== undefined && t('resident.verdict.rated', { count: need.verdict.rating })}
          </p>
          {need.verdict.words && <p className={styles.words}>{need.verdict.words}</p>}
          {need.verdict.value !== 'unconfirmed' && (
            <p className={styles.small}>
              {t(need.verdict.verified ? 'resident.verdict.verified' : 'resident.verdict.unverified')}
            </p>
          )}
        </Block>
      )}
    </>
  )
}

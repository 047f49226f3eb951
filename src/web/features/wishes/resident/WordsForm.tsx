// An act that needs a sentence: a button that opens the field, and the field with its button.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { giveBackWish, rejectDelivery } from '../../../../loop/wishes/contract/claims.ts'
import { useAct } from '../../../app/act.ts'
import { Button } from '../../../ui/resident/Button.tsx'
import { TextArea } from '../../../ui/resident/TextArea.tsx'
import { showToast } from '../../../ui/resident/toast-store.ts'
import { useProblemText } from '../../../ui/shared/ErrorState.tsx'
import styles from './wishes.module.css'

type Props = {
  readonly endpoint: typeof giveBackWish | typeof rejectDelivery
  readonly id: string
  /** The button that opens the field and, below it, sends. */
  readonly open: string
  readonly label: string
  readonly done: string
}

export function WordsForm({ endpoint, id, open, label, done }: Props) {
  const { t } = useTranslation('wishes')
  const problemText = useProblemText()
  const [opened, setOpened] = useState(false)
  const [words, setWords] = useState('')
  const { act, pending, problem } = useAct(endpoint, { onDone: () => showToast(done) })
  if (!opened)
    return (
      <div className={styles.other}>
        <Button kind="quiet" onClick={() => setOpened(true)}>
          {open}
        </Button>
      </div>
    )
  return (
    <div className={styles.form}>
      <TextArea
        label={label}
        rows={2}
        maxLength={300}
        value={words}
        onChange={setWords}
        fault={problem && (problem.fields?.[0]?.message ?? problemText(problem))}
      />
      <Button
        kind="plain"
        wide
        busy={pending}
        disabled={words.trim().length < 2}
        onClick={() => void act({ params: { id }, body: { words: words.trim() } })}
      >
        {open}
      </Button>
      <Button kind="quiet" wide onClick={() => setOpened(false)}>
        {t('page.cancel')}
      </Button>
    </div>
  )
}

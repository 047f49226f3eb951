// The resident's own verdict: solved, partly, not solved; nothing is chosen beforehand.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { giveVerdict, type verdicts } from '../../../../loop/needs/contract.ts'
import { useAct } from '../../../app/act.ts'
import { Button } from '../../../ui/resident/Button.tsx'
import { RadioBlocks } from '../../../ui/resident/RadioBlocks.tsx'
import { Stars } from '../../../ui/resident/Stars.tsx'
import { TextField } from '../../../ui/resident/TextField.tsx'
import { showToast } from '../../../ui/resident/toast-store.ts'
import { useProblemText } from '../../../ui/shared/ErrorState.tsx'
import { Icon } from '../../../ui/shared/Icon.tsx'
import type { NeedView } from './NeedBand.tsx'
import styles from './need.module.css'
import { useKept } from './signed.ts'

type Verdict = (typeof verdicts)[number]

export function VerdictCard({ need }: { readonly need: NeedView }) {
  const { t } = useTranslation('needs')
  const problemText = useProblemText()
  const [verdict, setVerdict] = useState<Verdict>()
  const [rating, setRating] = useState<number>()
  const [words, setWords] = useKept(`verdict.${need.id}`)
  const [tried, setTried] = useState(false)
  const { act, pending, problem } = useAct(giveVerdict, {
    onDone: ({ state }) => {
      setWords('')
      showToast(t(state === 'responding' ? 'resident.verdict.reopened' : 'resident.verdict.thanks'))
    },
  })
  const submit = () => {
    setTried(true)
    if (!verdict || !rating) return
    void act({ params: { id: need.id }, body: { verdict, rating, ...(words.trim() && { words: words.trim() }) } })
  }
  return (
    <div id="verdict" className={styles.verdict}>
      <h4>{t('resident.verdict.title')}</h4>
      <p>{t('resident.verdict.lead')}</p>
      <RadioBlocks
        label={t('resident.verdict.question')}
        circled
        value={verdict}
        fault={tried && !verdict ? t('resident.verdict.choose') : undefined}
        onChange={setVerdict}
        choices={[
          { value: 'met', label: t('resident.verdict.met') },
          { value: 'partly', label: t('resident.verdict.partly') },
          { value: 'not-met', label: t('resident.verdict.not-met') },
        ]}
      />
      <Stars
        label={t('fields.rating')}
        value={rating}
        fault={tried && !rating ? t('resident.verdict.rate') : undefined}
        onChange={setRating}
      />
      <TextField label={t('resident.verdict.words')} optional maxLength={500} value={words} onChange={setWords} />
      {problem && (
        <p className={styles.problem} role="alert">
          {problemText(problem)}
        </p>
      )}
      <Button kind="primary" busy={pending} onClick={submit}>
        {t('resident.verdict.submit')}
      </Button>
      <p className={styles.note}>
        <Icon name="split" size={18} />
        {t(need.raised ? 'resident.verdict.secondNote' : 'resident.verdict.notMetNote')}
      </p>
      <p className={styles.note}>
        <Icon name="clock" size={18} />
        {t('resident.verdict.lateNote')}
      </p>
    </div>
  )
}

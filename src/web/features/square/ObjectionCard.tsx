// Objecting to a published resolution within its notice period, and what became of an objection.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { objectToResolution } from '../../../loop/deliberation/contract.ts'
import { useAct } from '../../app/act.ts'
import { Button } from '../../ui/resident/Button.tsx'
import { Card } from '../../ui/resident/Card.tsx'
import { Section } from '../../ui/resident/Section.tsx'
import { TextArea } from '../../ui/resident/TextArea.tsx'
import { showToast } from '../../ui/resident/toast-store.ts'
import { DateText } from '../../ui/shared/DateText.tsx'
import { useProblemText } from '../../ui/shared/ErrorState.tsx'
import { useKept, useSignedIn } from '../needs/resident/signed.ts'
import type { MotionView } from './MeetingCard.tsx'
import styles from './square.module.css'

export function ObjectionCard({ motion }: { readonly motion: MotionView }) {
  const { t } = useTranslation(['square', 'deliberation'])
  const problemText = useProblemText()
  const { signedIn, signIn } = useSignedIn()
  const [words, setWords] = useKept(`objection.${motion.id}`)
  const [open, setOpen] = useState(words !== '')
  const { act, pending, problem } = useAct(objectToResolution, {
    onDone: () => {
      setWords('')
      showToast(t('square:objection.done'))
    },
  })
  const { objection } = motion
  if (!objection && motion.state !== 'published') return null
  const submit = () => (signedIn ? void act({ params: { id: motion.id }, body: { words: words.trim() } }) : signIn())
  return (
    <Section title={t('square:objection.title')}>
      <Card pad>
        {objection && (
          <>
            <p className={styles.words}>{objection.words}</p>
            <p className={styles.small}>
              <DateText date={objection.at} /> ·{' '}
              {t(
                objection.open
                  ? 'square:objection.open'
                  : objection.upheld
                    ? 'square:objection.upheld'
                    : 'square:objection.dismissed',
              )}
            </p>
            {objection.decision && <p className={styles.words}>{objection.decision}</p>}
          </>
        )}
        {motion.state === 'published' && !objection?.open && (
          <>
            {motion.noticeUntil && (
              <p className={styles.lead}>
                {t('square:objection.until')}
                <DateText date={motion.noticeUntil} style="weekday" />
              </p>
            )}
            {open ? (
              <div className={styles.form}>
                <TextArea
                  label={t('square:objection.words')}
                  rows={3}
                  maxLength={500}
                  counted
                  value={words}
                  onChange={setWords}
                  fault={problem && problemText(problem)}
                />
                <Button kind="primary" busy={pending} disabled={words.trim().length < 2} onClick={submit}>
                  {t(signedIn ? 'square:objection.send' : 'square:objection.signIn')}
                </Button>
              </div>
            ) : (
              <Button kind="second" wide onClick={() => setOpen(true)}>
                {t('deliberation:verbs.objectToResolution')}
              </Button>
            )}
          </>
        )}
      </Card>
    </Section>
  )
}

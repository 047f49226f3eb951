// A resident's own short statement for or against.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { sides } from '../../../loop/deliberation/contract.ts'
import { addStatement } from '../../../loop/deliberation/contract/statements.ts'
import { useAct } from '../../app/act.ts'
import { Button } from '../../ui/resident/Button.tsx'
import { Card } from '../../ui/resident/Card.tsx'
import { RadioBlocks } from '../../ui/resident/RadioBlocks.tsx'
import { Section } from '../../ui/resident/Section.tsx'
import { TextArea } from '../../ui/resident/TextArea.tsx'
import { showToast } from '../../ui/resident/toast-store.ts'
import { useProblemText } from '../../ui/shared/ErrorState.tsx'
import { useKept, useSignedIn } from '../needs/resident/signed.ts'
import styles from './square.module.css'

type Side = (typeof sides)[number]

export function OwnStatement({ motion }: { readonly motion: string }) {
  const { t } = useTranslation(['square', 'deliberation'])
  const problemText = useProblemText()
  const { signedIn, signIn } = useSignedIn()
  const [words, setWords] = useKept(`statement.${motion}`)
  const [keptSide, setSide] = useKept(`side.${motion}`)
  const side: Side | undefined = keptSide === 'for' || keptSide === 'against' ? keptSide : undefined
  const [tried, setTried] = useState(false)
  const { act, pending, problem } = useAct(addStatement, {
    onDone: () => {
      setWords('')
      setSide('')
      setTried(false)
      showToast(t('square:own.done'))
    },
  })
  const submit = () => {
    setTried(true)
    if (!side || words.trim().length < 4) return
    if (!signedIn) return signIn()
    void act({ params: { id: motion }, body: { side, words: words.trim() } })
  }
  return (
    <Section title={t('square:own.title')}>
      <Card pad>
        <div className={styles.form}>
          <RadioBlocks
            label={t('square:own.side')}
            columns={2}
            value={side}
            onChange={setSide}
            fault={tried && !side ? t('square:own.choose') : undefined}
            choices={[
              { value: 'for', label: t('deliberation:sides.for') },
              { value: 'against', label: t('deliberation:sides.against') },
            ]}
          />
          <TextArea
            label={t('square:own.words')}
            rows={3}
            maxLength={140}
            counted
            value={words}
            help={t('square:own.help')}
            fault={tried && words.trim().length < 4 ? t('square:own.short') : problem && problemText(problem)}
            onChange={setWords}
          />
          <Button kind="primary" busy={pending} onClick={submit}>
            {t(signedIn ? 'deliberation:verbs.addStatement' : 'square:own.signIn')}
          </Button>
        </div>
      </Card>
    </Section>
  )
}

// What the giver does with a claimed wish: deliver it with words and photos, or give the claim back.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { deliverWish, giveBackWish } from '../../../../loop/wishes/contract/claims.ts'
import { useAct } from '../../../app/act.ts'
import { Button } from '../../../ui/resident/Button.tsx'
import { Card } from '../../../ui/resident/Card.tsx'
import { type Photo, PhotoPicker } from '../../../ui/resident/PhotoPicker.tsx'
import { Section } from '../../../ui/resident/Section.tsx'
import { TextArea } from '../../../ui/resident/TextArea.tsx'
import { showToast } from '../../../ui/resident/toast-store.ts'
import { useProblemText } from '../../../ui/shared/ErrorState.tsx'
import { useKept } from '../../needs/resident/signed.ts'
import { WordsForm } from './WordsForm.tsx'
import type { WishView } from './wish-words.tsx'
import styles from './wishes.module.css'

export function GiverCard({ wish }: { readonly wish: WishView }) {
  const { t } = useTranslation('wishes')
  const problemText = useProblemText()
  const [words, setWords] = useKept(`delivery.${wish.id}`)
  const [photos, setPhotos] = useState<readonly Photo[]>([])
  const { act, pending, problem } = useAct(deliverWish, {
    onDone: () => {
      setWords('')
      showToast(t('deliver.done'))
    },
  })
  const may = wish.actions.some((action) => action.verb === 'deliverWish' && action.ok)
  if (!may) return null
  return (
    <Section title={t('verbs.deliverWish')}>
      <Card pad>
        <p className={styles.plain}>{t('deliver.lead')}</p>
        <div className={styles.form}>
          <TextArea
            label={t('deliver.words')}
            rows={3}
            maxLength={300}
            counted
            value={words}
            onChange={setWords}
            help={t('deliver.help')}
            fault={problem && (problem.fields?.[0]?.message ?? problemText(problem))}
          />
          <PhotoPicker photos={photos} onChange={setPhotos} max={9} bare />
          <Button
            kind="primary"
            icon="check"
            busy={pending}
            disabled={words.trim().length < 2}
            onClick={() =>
              void act({
                params: { id: wish.id },
                body: { words: words.trim(), files: photos.map((photo) => photo.id) },
              })
            }
          >
            {t('verbs.deliverWish')}
          </Button>
        </div>
        <WordsForm
          endpoint={giveBackWish}
          id={wish.id}
          open={t('verbs.giveBackWish')}
          label={t('deliver.why')}
          done={t('deliver.givenBack')}
        />
      </Card>
    </Section>
  )
}

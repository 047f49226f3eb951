// What the resident of a wish does: agree to its wording, confirm what arrived or say that it did not, thank, withdraw.
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { confirmWish, rejectDelivery, thankGiver } from '../../../../loop/wishes/contract/claims.ts'
import { agreeToWish, refuseWish, withdrawWish } from '../../../../loop/wishes/contract.ts'
import { useAct } from '../../../app/act.ts'
import { Button } from '../../../ui/resident/Button.tsx'
import { Card } from '../../../ui/resident/Card.tsx'
import { Checkbox } from '../../../ui/resident/Checkbox.tsx'
import { Section } from '../../../ui/resident/Section.tsx'
import { TextArea } from '../../../ui/resident/TextArea.tsx'
import { showToast } from '../../../ui/resident/toast-store.ts'
import { useProblemText } from '../../../ui/shared/ErrorState.tsx'
import { WordsForm } from './WordsForm.tsx'
import type { WishView } from './wish-words.tsx'
import styles from './wishes.module.css'

const Dialog = lazy(() => import('../../../ui/resident/Dialog.tsx').then((module) => ({ default: module.Dialog })))

function Agree({ wish }: { readonly wish: WishView }) {
  const { t } = useTranslation('wishes')
  const problemText = useProblemText()
  const agree = useAct(agreeToWish, { onDone: () => showToast(t('own.agreed')) })
  const refuse = useAct(refuseWish, { onDone: () => showToast(t('own.refused')) })
  const problem = agree.problem ?? refuse.problem
  return (
    <Section title={t('own.agreeTitle')} first>
      <Card pad>
        <p className={styles.plain}>{t('own.agreeLead')}</p>
        {problem && (
          <p className={styles.problem} role="alert">
            {problemText(problem)}
          </p>
        )}
        <div className={styles.two}>
          <Button kind="plain" wide busy={refuse.pending} onClick={() => void refuse.act({ params: { id: wish.id } })}>
            {t('verbs.refuseWish')}
          </Button>
          <Button kind="primary" busy={agree.pending} onClick={() => void agree.act({ params: { id: wish.id } })}>
            {t('verbs.agreeToWish')}
          </Button>
        </div>
      </Card>
    </Section>
  )
}

function Confirm({ wish }: { readonly wish: WishView }) {
  const { t } = useTranslation('wishes')
  const problemText = useProblemText()
  const { act, pending, problem } = useAct(confirmWish, { onDone: () => showToast(t('own.confirmed')) })
  return (
    <Section title={t('own.confirmTitle')}>
      <Card pad>
        <p className={styles.plain}>{t('own.confirmLead')}</p>
        {problem && (
          <p className={styles.problem} role="alert">
            {problemText(problem)}
          </p>
        )}
        <Button kind="primary" icon="check" busy={pending} onClick={() => void act({ params: { id: wish.id } })}>
          {t('verbs.confirmWish')}
        </Button>
        <WordsForm
          endpoint={rejectDelivery}
          id={wish.id}
          open={t('verbs.rejectDelivery')}
          label={t('own.why')}
          done={t('own.rejected')}
        />
      </Card>
    </Section>
  )
}

function Thank({ wish }: { readonly wish: WishView }) {
  const { t } = useTranslation('wishes')
  const problemText = useProblemText()
  const [words, setWords] = useState('')
  const [open, setOpen] = useState(false)
  const { act, pending, problem } = useAct(thankGiver, { onDone: () => showToast(t('own.thanked')) })
  return (
    <Section title={t('own.thankTitle')}>
      <Card pad>
        <div className={styles.form}>
          <TextArea
            label={t('own.thankWords')}
            rows={2}
            maxLength={100}
            counted
            value={words}
            onChange={setWords}
            fault={problem && (problem.fields?.[0]?.message ?? problemText(problem))}
          />
          <Checkbox checked={open} onChange={setOpen}>
            {t('own.thankPublic')}
          </Checkbox>
          <Button
            kind="primary"
            busy={pending}
            disabled={words.trim().length < 2}
            onClick={() => void act({ params: { id: wish.id }, body: { words: words.trim(), public: open } })}
          >
            {t('verbs.thankGiver')}
          </Button>
        </div>
      </Card>
    </Section>
  )
}

function Withdraw({ wish }: { readonly wish: WishView }) {
  const { t } = useTranslation('wishes')
  const problemText = useProblemText()
  const [asking, setAsking] = useState(false)
  const { act, pending } = useAct(withdrawWish, {
    onDone: () => {
      setAsking(false)
      showToast(t('own.withdrawn'))
    },
    onProblem: (problem) => showToast(problemText(problem), 'problem'),
  })
  const withdraw = (need: 'keep' | 'withdraw') => void act({ params: { id: wish.id }, body: { need } })
  return (
    <div className={styles.other}>
      <Button kind="quiet" onClick={() => setAsking(true)}>
        {t('verbs.withdrawWish')}
      </Button>
      {asking && (
        <Suspense fallback={null}>
          <Dialog
            title={t('own.withdrawTitle')}
            onClose={() => setAsking(false)}
            foot={
              <>
                <Button kind="plain" busy={pending} onClick={() => withdraw('keep')}>
                  {t('own.withdrawKeep')}
                </Button>
                {wish.state !== 'asked' && (
                  <Button kind="danger" busy={pending} onClick={() => withdraw('withdraw')}>
                    {t('own.withdrawBoth')}
                  </Button>
                )}
              </>
            }
          >
            {t('own.withdrawNote')}
          </Dialog>
        </Suspense>
      )}
    </div>
  )
}

export function ResidentCard({ wish }: { readonly wish: WishView }) {
  if (!wish.mine) return null
  const may = (verb: string) => wish.actions.some((action) => action.verb === verb && action.ok)
  return (
    <>
      {may('agreeToWish') && <Agree wish={wish} />}
      {may('confirmWish') && <Confirm wish={wish} />}
      {may('thankGiver') && <Thank wish={wish} />}
      {may('withdrawWish') && <Withdraw wish={wish} />}
    </>
  )
}

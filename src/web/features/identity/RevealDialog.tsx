// Showing one personal field in clear: the purpose first, then the value for as long as the dialog is open; the person sees who looked.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type PersonalField, revealPurposes, type RevealPurpose } from '../../../foundation/identity/contract.ts'
import { revealResident } from '../../../foundation/identity/contract/residents.ts'
import { useAct } from '../../app/act.ts'
import { ChoiceField } from '../../ui/desk/ChoiceField.tsx'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { DeskDialog } from '../../ui/desk/DeskDialog.tsx'
import { useProblemText } from '../../ui/shared/ErrorState.tsx'
import styles from './identity.module.css'

type Props = { readonly person: string; readonly field: PersonalField; readonly onClose: () => void }

function isPurpose(value: string | undefined): value is RevealPurpose {
  return revealPurposes.some((purpose) => purpose === value)
}

export function RevealDialog({ person, field, onClose }: Props) {
  const { t } = useTranslation(['identity', 'frame'])
  const problemText = useProblemText()
  const [purpose, setPurpose] = useState<string>()
  const [value, setValue] = useState<string>()
  const { act, pending, problem } = useAct(revealResident, { onDone: (answer) => setValue(answer.value) })
  const name = t(`fields.${field}`)
  return (
    <DeskDialog
      title={t('desk.revealTitle', { field: name })}
      onClose={onClose}
      foot={
        value === undefined ? (
          <>
            <DeskButton onClick={onClose}>{t('frame:cancel')}</DeskButton>
            <DeskButton
              kind="primary"
              icon="eye"
              busy={pending}
              off={!isPurpose(purpose)}
              onClick={() => isPurpose(purpose) && void act({ params: { id: person }, body: { field, purpose } })}
            >
              {t('desk.reveal')}
            </DeskButton>
          </>
        ) : (
          <DeskButton kind="primary" onClick={onClose}>
            {t('frame:close')}
          </DeskButton>
        )
      }
    >
      <p className={styles.what}>{t('desk.revealWhat')}</p>
      {value === undefined ? (
        <ChoiceField
          label={t('fields.purpose')}
          value={purpose}
          onChange={setPurpose}
          choices={revealPurposes.map((each) => ({ value: each, label: t(`choices.purpose.${each}`) }))}
        />
      ) : (
        <p className={styles.clear} aria-live="polite">
          <small>{name}</small>
          {value}
        </p>
      )}
      {problem && (
        <p className={styles.problem} role="alert">
          {problemText(problem)}
        </p>
      )}
    </DeskDialog>
  )
}

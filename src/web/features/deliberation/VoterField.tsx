// A voter, or whoever else comes to the counter: a resident of the community, found by the whole mobile or identity number, by masked name.
import { Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { findResident } from '../../../foundation/identity/contract/residents.ts'
import { useAct } from '../../app/act.ts'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { useProblemText } from '../../ui/shared/ErrorState.tsx'
import { Tag } from '../../ui/shared/Tag.tsx'
import styles from './deliberation.module.css'

export type FoundVoter = { readonly id: string; readonly text: string }

type Props = {
  readonly id: string
  /** A voter unless told. */
  readonly label?: string
  readonly value: FoundVoter | undefined
  readonly onChange: (voter: FoundVoter | undefined) => void
}

/** The number never leaves the field but for the question. */
export function VoterField({ id, label, value, onChange }: Props) {
  const { t } = useTranslation('deliberation')
  const problemText = useProblemText()
  const [number, setNumber] = useState('')
  const [nobody, setNobody] = useState(false)
  const { act, pending, problem } = useAct(findResident)
  const type = (text: string) => {
    setNumber(
      text
        .toUpperCase()
        .replace(/[^\dX]/g, '')
        .slice(0, 18),
    )
    setNobody(false)
    onChange(undefined)
  }
  const search = async () => {
    const answer = await act({ body: number.length > 11 ? { idNumber: number } : { phone: number } })
    if (!answer) return
    const [row] = answer.rows
    setNobody(row === undefined)
    onChange(
      row && {
        id: row.id,
        text: [row.maskedName, row.maskedPhone, t(row.state === 'verified' ? 'roll.verified' : 'roll.unverified')]
          .filter(Boolean)
          .join(' · '),
      },
    )
  }
  return (
    <div className={styles.voterField}>
      <label htmlFor={id}>{label ?? t('fields.voter')}</label>
      <div>
        <Input
          id={id}
          autoComplete="off"
          placeholder={t('roll.numberHint')}
          value={number}
          onChange={(event) => type(event.target.value)}
        />
        <DeskButton
          icon="search"
          busy={pending}
          off={number.length !== 11 && number.length !== 18}
          onClick={() => void search()}
        >
          {t('roll.findPerson')}
        </DeskButton>
      </div>
      <output aria-live="polite">
        {value && (
          <>
            <Tag tone="done" icon="check">
              {t('roll.found')}
            </Tag>{' '}
            {value.text}
          </>
        )}
        {nobody && t('roll.nobody')}
        {problem && (problem.fields?.[0]?.message ?? problemText(problem))}
      </output>
    </div>
  )
}

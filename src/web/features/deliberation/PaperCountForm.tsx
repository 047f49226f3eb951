// One officer's own count of paper ballots, in a meeting or of a secret vote: four numbers, entered without seeing the other's.
import { InputNumber } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Problem } from '../../app/problem.ts'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { useProblemText } from '../../ui/shared/ErrorState.tsx'
import styles from './meeting.module.css'

export const countKinds = ['for', 'against', 'abstain', 'invalid'] as const
type Kind = (typeof countKinds)[number]
export type PaperNumbers = Readonly<Record<Kind, number>>

const nothing: Readonly<Record<Kind, number | null>> = { for: null, against: null, abstain: null, invalid: null }

type Props = {
  readonly attempt: number
  /** How many of the two officers have entered this attempt. */
  readonly entered: number
  readonly mine: boolean
  readonly verb: string
  readonly busy: boolean
  readonly problem: Problem | undefined
  /** Answers whether it was taken; then the fields are emptied. */
  readonly onEnter: (numbers: PaperNumbers) => Promise<unknown>
}

export function PaperCountForm({ attempt, entered, mine, verb, busy, problem, onEnter }: Props) {
  const { t } = useTranslation('deliberation')
  const problemText = useProblemText()
  const [count, setCount] = useState(nothing)
  const whole = countKinds.every((kind) => count[kind] !== null)
  const submit = async () => {
    const { for: inFavour, against, abstain, invalid } = count
    const numbers = { for: inFavour ?? 0, against: against ?? 0, abstain: abstain ?? 0, invalid: invalid ?? 0 }
    if ((await onEnter(numbers)) !== undefined) setCount(nothing)
  }
  return (
    <>
      {attempt > 1 && entered === 0 && (
        <p className={styles.problem} role="alert">
          {t('paper.differed')}
        </p>
      )}
      {mine ? (
        <p className={styles.note}>{t('paper.waiting')}</p>
      ) : (
        <>
          <p className={styles.note}>{t(entered > 0 ? 'paper.other' : 'paper.note')}</p>
          <div className={styles.counts}>
            {countKinds.map((kind) => (
              <label key={kind} htmlFor={`paper-${kind}`}>
                {t(`fields.${kind}`)}
                <InputNumber
                  id={`paper-${kind}`}
                  min={0}
                  max={100_000}
                  precision={0}
                  controls={false}
                  value={count[kind]}
                  onChange={(value) => setCount({ ...count, [kind]: value })}
                />
              </label>
            ))}
          </div>
          <DeskButton kind="plain" busy={busy} off={!whole} onClick={() => void submit()}>
            {verb}
          </DeskButton>
        </>
      )}
      {problem && (
        <p className={styles.problem} role="alert">
          {problem.fields?.[0]?.message ?? problemText(problem)}
        </p>
      )}
    </>
  )
}

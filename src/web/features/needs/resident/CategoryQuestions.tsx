// What the handler of such a need asks first; each question may be left open.
import { useTranslation } from 'react-i18next'
import { type QuestionCode, questionsOf } from '../../../../loop/needs/contract/questions.ts'
import { RadioBlocks } from '../../../ui/resident/RadioBlocks.tsx'
import { TextField } from '../../../ui/resident/TextField.tsx'
import type { Category, RaiseDraft } from './raise-content.ts'

type Props = {
  readonly category: Category | undefined
  readonly answers: RaiseDraft['answers']
  readonly faultOf: (at: number) => string | undefined
  readonly onChange: (answers: RaiseDraft['answers']) => void
}

export function CategoryQuestions({ category, answers, faultOf, onChange }: Props) {
  const { t } = useTranslation('needs')
  const questions = category ? (questionsOf[category] ?? []) : []
  // faults name the place among the answers that were given
  const given = questions.filter(({ code }) => answers[code]?.trim())
  const answer = (code: QuestionCode, said: string) => onChange({ ...answers, [code]: said })
  return questions.map(({ code, choices }) => {
    const frame = {
      label: t(`questions.${code}.ask`),
      optional: true,
      fault: faultOf(given.findIndex((question) => question.code === code)),
    }
    return choices ? (
      <RadioBlocks
        key={code}
        {...frame}
        columns={choices.length === 3 ? 3 : 2}
        value={answers[code]}
        onChange={(said) => answer(code, said)}
        choices={choices.map((choice) => {
          const label = t(`questions.${code}.choice.${choice}`)
          // kept as it was read: the worker sees the same words
          return { value: label, label }
        })}
      />
    ) : (
      <TextField
        key={code}
        {...frame}
        maxLength={60}
        placeholder={t(`questions.${code}.example`)}
        value={answers[code] ?? ''}
        onChange={(said) => answer(code, said)}
      />
    )
  })
}

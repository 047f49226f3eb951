// The lifecycle of a need as the desk shows it: raised, accepted, responding, answered, closed; ends beside the way close the line.
import { useTranslation } from 'react-i18next'
import type { NeedState } from '../../../../loop/needs/contract.ts'
import { useDateWords } from '../../../ui/shared/DateText.tsx'
import type { StateStep } from '../../../ui/shared/StateLine.tsx'
import type { DeskNeed } from './need-words.tsx'

const way: readonly NeedState[] = ['submitted', 'accepted', 'responding', 'answered', 'closed']

/** The steps with dates: when done, by when for the one that is on. */
export function useNeedSteps(need: DeskNeed | undefined): StateStep[] {
  const { t } = useTranslation('needs')
  const dateWords = useDateWords()
  if (!need) return []
  const at = new Map(need.history.map((step) => [step.state, step.at]))
  const on = way.indexOf(need.state)
  // a need that left the way (declined, merged, withdrawn) shows what it reached and where it ended
  const states = on === -1 ? [...way.filter((state) => at.has(state)), need.state] : way
  const reached = on === -1 ? states.length - 1 : on
  return states.map((state, index): StateStep => {
    const label = t(`desk.step.${state}`)
    const when = at.get(state)
    if (index <= reached) return { key: state, label, date: when && dateWords(when, 'compact'), state: 'done' }
    if (index > reached + 1) return { key: state, label, state: 'next' }
    // what is on is the step that the desk, or at last the resident, owes
    const due = state === 'closed' ? need.verdictUntil : need.dueAt
    return { key: state, label, date: due && t('desk.until', { date: dateWords(due, 'compact') }), state: 'now' }
  })
}

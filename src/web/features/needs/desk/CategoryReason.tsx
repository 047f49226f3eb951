// What the classifier says of a need that waits for a decision: the proposed category, how sure, and the words that speak for it.
import { useTranslation } from 'react-i18next'
import { proposeCategory } from '../../../../loop/needs/contract/helpers.ts'
import { useAsk } from '../../../app/ask.ts'
import { useCategoryName } from '../../../ui/desk/CategoryPicker.tsx'
import type { DeskNeed } from './need-words.tsx'

/** Nothing while it is asked, where it proposes nothing, or once the category is decided. */
export function CategoryReason({ need }: { readonly need: DeskNeed }) {
  const { t } = useTranslation('needs')
  const categoryName = useCategoryName()
  const text = [need.title, need.text].filter(Boolean).join('。')
  const { data } = useAsk(
    proposeCategory,
    { body: { text: text.slice(0, 2100), division: need.division } },
    { enabled: need.state === 'submitted' && need.text !== undefined, staleTime: 600_000 },
  )
  const proposal = need.state === 'submitted' ? data?.proposal : undefined
  if (!proposal) return null
  return (
    <small>
      {t(proposal.category === need.category ? 'desk.proposal.same' : 'desk.proposal.other', {
        category: categoryName(proposal.category),
        percent: proposal.percent,
        words: proposal.words.join(t('frame:list.separator')),
      })}
    </small>
  )
}

// What the classifier proposes for a row of the list: the class and how sure, the words that speak for it on demand.
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../../kit/endpoint.ts'
import type { listCategoryProposals } from '../../../../loop/needs/contract/helpers.ts'
import { useCategoryName } from '../../../ui/desk/CategoryPicker.tsx'
import styles from './desk-needs.module.css'
import type { DeskNeedRow } from './need-words.tsx'

export type CategoryProposal = OutputOf<typeof listCategoryProposals>['proposals'][number]

type Props = {
  readonly row: DeskNeedRow
  readonly proposal: CategoryProposal | undefined
  /** Whether the words stand instead of the class. */
  readonly explained: boolean
  readonly onExplain: () => void
}

/** Empty where nothing is proposed. Pressed, it says the words; pressed again, the class. */
export function ProposalCell({ row, proposal, explained, onExplain }: Props) {
  const { t } = useTranslation('needs')
  const categoryName = useCategoryName()
  if (!proposal) return null
  const { percent } = proposal
  const words = proposal.words.join(t('frame:list.separator'))
  const same = proposal.category === row.category
  const said = t(same ? 'desk.proposal.agrees' : 'desk.proposal.instead', {
    category: categoryName(proposal.category),
    percent,
  })
  const because = t('desk.proposal.because', { words })
  return (
    <button
      type="button"
      className={styles.proposal}
      data-same={same || undefined}
      aria-pressed={explained}
      aria-label={explained ? `${said}${t('frame:list.comma')}${because}` : said}
      title={because}
      onClick={onExplain}
    >
      {explained ? words : said}
    </button>
  )
}

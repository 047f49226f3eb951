// What accepting with the proposed categories changes: how many needs go from which class to which, how many stay.
import { useTranslation } from 'react-i18next'
import { useCategoryName } from '../../../ui/desk/CategoryPicker.tsx'
import styles from './desk-needs.module.css'
import type { DeskNeedRow } from './need-words.tsx'
import type { CategoryProposal } from './ProposalCell.tsx'

type Props = { readonly rows: readonly DeskNeedRow[]; readonly proposals: ReadonlyMap<string, CategoryProposal> }

export function ProposedCategories({ rows, proposals }: Props) {
  const { t } = useTranslation('needs')
  const categoryName = useCategoryName()
  const changed = rows.flatMap((row) => {
    const to = proposals.get(row.id)?.category
    return to === undefined || to === row.category ? [] : [{ from: row.category, to }]
  })
  const agreed = rows.filter(({ id, category }) => proposals.get(id)?.category === category).length
  const silent = rows.length - changed.length - agreed
  const moves = [...Map.groupBy(changed, ({ from, to }) => `${from} ${to}`).values()].sort(
    (one, other) => other.length - one.length,
  )
  return (
    <div className={styles.moves}>
      <p>{t('desk.bulk.proposedSum', { changed: changed.length, agreed, silent })}</p>
      <ul aria-label={t('desk.bulk.moves')}>
        {moves.map((group) => {
          const [first] = group
          if (first === undefined) return null
          return (
            <li key={`${first.from} ${first.to}`}>
              {t('desk.bulk.move', {
                from: categoryName(first.from),
                to: categoryName(first.to),
                count: group.length,
              })}
            </li>
          )
        })}
      </ul>
    </div>
  )
}

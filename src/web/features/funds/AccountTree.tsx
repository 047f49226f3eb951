// Accounts grouped by place, each indented by its stage on the way from source to payment.
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../kit/endpoint.ts'
import { type listAccounts, stages } from '../../../registers/funds/contract.ts'
import { useCategoryName } from '../../ui/desk/CategoryPicker.tsx'
import { MoneyText } from '../../ui/shared/MoneyText.tsx'
import { Tag } from '../../ui/shared/Tag.tsx'
import styles from './funds.module.css'

export type AccountRow = OutputOf<typeof listAccounts>['rows'][number]

/** "福彩公益金 · 统筹", with the organization that was paid. */
export function useAccountName(): (
  row: Pick<AccountRow, 'stage' | 'organizationName'> & { readonly source?: AccountRow['source'] },
) => string {
  const { t } = useTranslation('funds')
  return (row) =>
    [row.source && t(`sources.${row.source}`), t(`stages.${row.stage}`), row.organizationName]
      .filter(Boolean)
      .join(' · ')
}

type Props = { readonly rows: readonly AccountRow[]; readonly chosen?: string; readonly onChoose: (id: string) => void }

export function AccountTree({ rows, chosen, onChoose }: Props) {
  const { t } = useTranslation('funds')
  const category = useCategoryName()
  const places = [...new Set(rows.map((row) => row.division))].sort()
  return (
    <div className={styles.tree}>
      {places.map((place) => {
        const own = rows
          .filter((row) => row.division === place)
          .sort(
            (one, other) =>
              one.source.localeCompare(other.source) || stages.indexOf(one.stage) - stages.indexOf(other.stage),
          )
        return (
          <section key={place} aria-label={own[0]?.divisionName ?? place}>
            <h3>{own[0]?.divisionName ?? place}</h3>
            <ul>
              {own.map((row) => (
                <li key={row.id} data-depth={stages.indexOf(row.stage)}>
                  <button type="button" aria-pressed={row.id === chosen} onClick={() => onChoose(row.id)}>
                    <Tag tone={row.stage === 'paid' ? 'done' : row.stage === 'encumbered' ? 'money' : 'neutral'}>
                      {t(`stages.${row.stage}`)}
                    </Tag>
                    <span>
                      {row.organizationName ?? t(`sources.${row.source}`)}
                      {row.earmark !== 'general' && <small> {category(row.earmark)}</small>}
                    </span>
                    <MoneyText amount={row.balance} />
                  </button>
                </li>
              ))}
            </ul>
          </section>
        )
      })}
    </div>
  )
}

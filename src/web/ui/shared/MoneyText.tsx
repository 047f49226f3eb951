// An amount: decimal string of yuan with separators and tabular digits; never rounded, never a float.
import { useTranslation } from 'react-i18next'
import styles from './shared.module.css'

/** "128500.00" -> "128,500.00"; anything else comes back as it is. */
export function moneyWords(amount: string): string {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(amount)
  if (!match) return amount
  const [, sign = '', whole = '', fraction = '00'] = match
  return `${sign}${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${fraction}`
}

type Props = {
  /** Yuan as on the wire: "128500.00". */
  readonly amount: string
  /** Shows 元 after it; tables name the unit once in the head instead. */
  readonly unit?: boolean
  readonly strong?: boolean
}

export function MoneyText({ amount, unit, strong }: Props) {
  const { t } = useTranslation('frame')
  return (
    <span className={styles.money} data-strong={strong || undefined}>
      {moneyWords(amount)}
      {unit && <span className={styles.unit}> {t('money.yuan')}</span>}
    </span>
  )
}

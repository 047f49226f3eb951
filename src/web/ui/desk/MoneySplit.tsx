// How an amount divides: a bar in shades of ochre and the lines with amounts.
import { useTranslation } from 'react-i18next'
import { moneyWords } from '../shared/MoneyText.tsx'
import styles from './record-parts.module.css'

/** `paid` happened · `due` waits for an act · `later` not due yet · `returned` went back. */
export type MoneyPart = {
  readonly key: string
  readonly label: string
  readonly amount: string
  readonly kind: 'paid' | 'due' | 'later' | 'returned'
}

export function MoneySplit({ title, parts }: { readonly title: string; readonly parts: readonly MoneyPart[] }) {
  const { t } = useTranslation('frame')
  // widths only: the amounts themselves stay texts
  const weights = parts.map((part) => Math.max(0, Number(part.amount)))
  return (
    <div>
      <h3 className={styles.blockTitle}>
        {title}
        <small>{t('thread.unit')}</small>
      </h3>
      <div
        className={styles.moneyBar}
        role="img"
        aria-label={parts
          .map((part) => `${part.label} ${moneyWords(part.amount)} ${t('money.yuan')}`)
          .join(t('list.separator'))}
      >
        {parts.map((part, index) =>
          weights[index] ? <i key={part.key} data-kind={part.kind} style={{ flexGrow: weights[index] }} /> : null,
        )}
      </div>
      <ul className={styles.moneyParts}>
        {parts.map((part) => (
          <li key={part.key} data-kind={part.kind}>
            <i aria-hidden="true" />
            <span>{part.label}</span>
            <b>{moneyWords(part.amount)}</b>
          </li>
        ))}
      </ul>
    </div>
  )
}

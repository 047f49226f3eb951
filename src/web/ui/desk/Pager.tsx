// The foot of a list: which rows are shown of how many, page size, forward and back.
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { DeskButton } from './DeskButton.tsx'
import styles from './ListPage.module.css'
import { pageSizes } from './list-page.ts'

type Props = {
  readonly at: number
  readonly shown: number
  readonly size: number
  readonly count?: { readonly n: number; readonly capped: boolean }
  readonly hasNext: boolean
  readonly note?: ReactNode
  readonly onSize: (size: number) => void
  readonly onNext: () => void
  readonly onPrevious: () => void
}

export function Pager({ at, shown, size, count, hasNext, note, onSize, onNext, onPrevious }: Props) {
  const { t } = useTranslation('frame')
  const range = { from: at + 1, to: at + shown, total: count?.n ?? 0 }
  const words = !count
    ? t('listPage.rangeOpen', range)
    : t(count.capped ? 'listPage.rangeMore' : 'listPage.range', range)
  return (
    <div className={styles.foot}>
      {shown > 0 && <span>{words}</span>}
      {note}
      <span className={styles.gap} />
      <select
        className={styles.size}
        aria-label={t('listPage.size', { count: size })}
        value={size}
        onChange={(event) => onSize(Number(event.target.value))}
      >
        {[...new Set([...pageSizes, size])]
          .sort((one, other) => one - other)
          .map((each) => (
            <option key={each} value={each}>
              {t('listPage.size', { count: each })}
            </option>
          ))}
      </select>
      <nav className={styles.pages} aria-label={t('pager.label')}>
        <DeskButton
          small
          bare
          icon="left"
          kind={at === 0 ? 'quiet' : 'plain'}
          off={at === 0}
          label={t('listPage.previous')}
          onClick={onPrevious}
        />
        <DeskButton small bare icon="right" off={!hasNext} label={t('listPage.nextPage')} onClick={onNext} />
      </nav>
    </div>
  )
}

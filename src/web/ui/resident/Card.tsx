// A white card: one per section, hairlines inside, no cards in cards.
import type { ReactNode } from 'react'
import styles from './layout.module.css'

type Props = {
  readonly children: ReactNode /** 16 px inside; lists bring their own. */
  readonly pad?: boolean
  readonly className?: string
}

export function Card({ children, pad, className }: Props) {
  return <div className={[styles.card, pad && styles.pad, className].filter(Boolean).join(' ')}>{children}</div>
}

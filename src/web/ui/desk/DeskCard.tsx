// A card of the desk: white, 1 px border, 40 px head.
import type { ReactNode } from 'react'
import styles from './DeskCard.module.css'

type Props = {
  readonly title?: ReactNode /** Right end of the head. */
  readonly extra?: ReactNode
  readonly pad?: boolean
  readonly children: ReactNode
}

export function DeskCard({ title, extra, pad, children }: Props) {
  return (
    <section className={styles.card}>
      {title !== undefined && (
        <div className={styles.head}>
          <h2>{title}</h2>
          <span className={styles.gap} />
          {extra}
        </div>
      )}
      {pad ? <div className={styles.pad}>{children}</div> : children}
    </section>
  )
}

// A plain page of the desk: title line with note and actions, then whatever it holds.
import type { ReactNode } from 'react'
import { usePageTitle } from '../../app/appearance.ts'
import styles from './ListPage.module.css'

type Props = {
  readonly title: string
  readonly note?: ReactNode /** Right end: other actions, the primary one last. */
  readonly actions?: ReactNode
  readonly children: ReactNode
}

export function DeskPage({ title, note, actions, children }: Props) {
  usePageTitle(title)
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <h1>{title}</h1>
        {note !== undefined && <span className={styles.note}>{note}</span>}
        <span className={styles.gap} />
        {actions}
      </div>
      <div className={styles.body}>{children}</div>
    </div>
  )
}

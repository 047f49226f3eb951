// Nothing is here: says what would be here and what to do next.
import type { ReactNode } from 'react'
import { Icon } from './Icon.tsx'
import type { IconName } from './icon-paths.ts'
import styles from './states.module.css'

type Props = { readonly title: string; readonly next?: string; readonly icon?: IconName; readonly action?: ReactNode }

/** An empty list or place, with the next step. */
export function EmptyState({ title, next, icon = 'inbox', action }: Props) {
  return (
    <div className={styles.state}>
      <Icon name={icon} size={36} />
      <p className={styles.title}>{title}</p>
      {next && <p className={styles.next}>{next}</p>}
      {action && <div className={styles.action}>{action}</div>}
    </div>
  )
}

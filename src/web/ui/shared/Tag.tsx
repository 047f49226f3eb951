// A small tag: soft ground, dark text, words always; red only for overdue or error.
import type { ReactNode } from 'react'
import { Icon } from './Icon.tsx'
import type { IconName } from './icon-paths.ts'
import styles from './shared.module.css'

/** `waiting` and `community` amber · `organization` indigo · `progress` teal · `done` green · `money` ochre · `bad` red · `neutral` grey · `outline`. */
export type TagTone =
  | 'neutral'
  | 'waiting'
  | 'community'
  | 'organization'
  | 'progress'
  | 'done'
  | 'money'
  | 'bad'
  | 'outline'

type Props = {
  readonly tone?: TagTone
  readonly icon?: IconName
  /** Round and 26 high, as on residents' pages; the desk's are 22 high and square-cornered. */
  readonly round?: boolean
  readonly strong?: boolean
  readonly children: ReactNode
}

export function Tag({ tone = 'neutral', icon, round, strong, children }: Props) {
  return (
    <span className={styles.tag} data-tone={tone} data-round={round || undefined} data-strong={strong || undefined}>
      {icon && <Icon name={icon} size={round ? 15 : 14} />}
      {children}
    </span>
  )
}

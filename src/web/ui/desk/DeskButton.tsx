// The desk's buttons: one filled teal per page, plain ones bordered, off ones dashed with a lock and their reason said elsewhere.
import type { MouseEvent, ReactNode } from 'react'
import { Go } from '../shared/Go.tsx'
import { Icon } from '../shared/Icon.tsx'
import type { IconName } from '../shared/icon-paths.ts'
import styles from './DeskButton.module.css'

type Props = {
  readonly kind?: 'primary' | 'plain' | 'quiet' | 'danger'
  readonly small?: boolean
  readonly icon?: IconName
  /** Only the icon; `label` says what it is. */
  readonly bare?: boolean
  readonly label?: string
  readonly to?: string
  readonly type?: 'button' | 'submit'
  /** Cannot be used now: dashed border; stays reachable so that its reason (`describedBy`) is read. */
  readonly off?: boolean
  /** With `off`: the lock of an act that a rule refuses. */
  readonly locked?: boolean
  readonly busy?: boolean
  readonly pressed?: boolean
  readonly expanded?: boolean
  readonly describedBy?: string
  readonly onClick?: (event: MouseEvent<HTMLElement>) => void
  readonly children?: ReactNode
}

export function DeskButton({
  kind = 'plain',
  small,
  icon,
  bare,
  label,
  to,
  type = 'button',
  off,
  locked,
  busy,
  pressed,
  expanded,
  describedBy,
  onClick,
  children,
}: Props) {
  const className = [styles.button, styles[kind], small && styles.small, bare && styles.bare, off && styles.off]
    .filter(Boolean)
    .join(' ')
  const drawn = off && locked ? 'lock' : icon
  const body = (
    <>
      {busy ? (
        <span className={styles.turning} aria-hidden="true" />
      ) : (
        drawn && <Icon name={drawn} size={small ? 15 : 17} />
      )}
      {!bare && children}
    </>
  )
  const name = label ?? (bare && typeof children === 'string' ? children : undefined)
  if (to && !off)
    return (
      <Go to={to} className={className} aria-label={name}>
        {body}
      </Go>
    )
  return (
    <button
      type={type}
      className={className}
      aria-label={name}
      title={bare ? name : undefined}
      aria-disabled={off || busy || undefined}
      aria-busy={busy || undefined}
      aria-pressed={pressed}
      aria-expanded={expanded}
      aria-describedby={describedBy}
      onClick={off || busy ? (event) => event.preventDefault() : onClick}
    >
      {body}
    </button>
  )
}

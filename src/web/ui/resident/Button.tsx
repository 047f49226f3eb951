// The residents' button, or a link that looks like one.
import type { ReactNode } from 'react'
import { Go } from '../shared/Go.tsx'
import { Icon } from '../shared/Icon.tsx'
import type { IconName } from '../shared/icon-paths.ts'
import styles from './Button.module.css'

type Props = {
  /** `primary`: the one teal button of a page. `second`: teal outline. `plain`: grey outline. `quiet`: words only. `danger`: red outline. */
  readonly kind?: 'primary' | 'second' | 'plain' | 'quiet' | 'danger'
  readonly small?: boolean
  /** As wide as its place; primary buttons are anyway. */
  readonly wide?: boolean
  readonly icon?: IconName
  readonly to?: string
  readonly type?: 'button' | 'submit'
  readonly busy?: boolean
  readonly disabled?: boolean
  readonly label?: string
  readonly onClick?: () => void
  readonly children: ReactNode
}

export function Button({
  kind = 'second',
  small,
  wide,
  icon,
  to,
  type = 'button',
  busy,
  disabled,
  label,
  onClick,
  children,
}: Props) {
  const className = [styles.button, styles[kind], small && styles.small, (wide || kind === 'primary') && styles.wide]
    .filter(Boolean)
    .join(' ')
  const body = (
    <>
      {busy ? (
        <span className={styles.turning} aria-hidden="true" />
      ) : (
        icon && <Icon name={icon} size={small ? 20 : 24} />
      )}
      {children}
    </>
  )
  if (to)
    return (
      <Go to={to} className={className} aria-label={label} onClick={onClick}>
        {body}
      </Go>
    )
  return (
    <button
      type={type}
      className={className}
      disabled={disabled}
      aria-disabled={busy || undefined}
      aria-busy={busy || undefined}
      aria-label={label}
      onClick={busy ? undefined : onClick}
    >
      {body}
    </button>
  )
}

// One icon of our own set, with the same line weight on screen at every size.
import { type IconName, iconPath } from './icon-paths.ts'

type Props = {
  readonly name: IconName
  /** Pixels; 24 unless told. Lines keep their thickness on screen (`--icon-line`). */
  readonly size?: number
  /** What it says when it stands alone; without it the icon is decoration. */
  readonly label?: string
  readonly className?: string
  readonly filled?: boolean
}

/** Draws an icon in the colour of the text around it. */
export function Icon({ name, size = 24, label, className, filled }: Props) {
  return (
    <svg
      className={className ? `icon ${className}` : 'icon'}
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill={filled ? 'currentColor' : 'none'}
      stroke="currentColor"
      strokeLinecap="round"
      strokeLinejoin="round"
      role={label ? 'img' : undefined}
      aria-label={label}
      aria-hidden={label ? undefined : true}
      focusable="false"
      style={{ flex: 'none' }}
    >
      <path d={iconPath(name)} data-dots={name === 'more' ? true : undefined} />
    </svg>
  )
}

// The mark: three interlocking rings, community, organization and social worker.
import { useTranslation } from 'react-i18next'

type Ring = { readonly x: number; readonly y: number; readonly colour: string }

const radius = 5.6
const top: Ring = { x: 12, y: 8.9, colour: 'var(--ring-1)' }
const left: Ring = { x: 8.6, y: 14.8, colour: 'var(--ring-2)' }
const right: Ring = { x: 15.4, y: 14.8, colour: 'var(--ring-3)' }

function arc(ring: Ring, around: number, halfSpan: number): string {
  const at = (angle: number) =>
    `${(ring.x + radius * Math.cos(angle)).toFixed(2)} ${(ring.y + radius * Math.sin(angle)).toFixed(2)}`
  return `M${at(around - halfSpan)}A${radius} ${radius} 0 0 1 ${at(around + halfSpan)}`
}

/** Direction, seen from ring `a`, of one of its two crossings with ring `b`. */
function crossing(a: Ring, b: Ring, side: 1 | -1): number {
  const distance = Math.hypot(b.x - a.x, b.y - a.y)
  return Math.atan2(b.y - a.y, b.x - a.x) + side * Math.acos(distance / (2 * radius))
}

/** Drawn top, left, right; where an earlier ring must pass over a later one, that piece is drawn again on a gap. */
const over = [
  { ring: top, at: crossing(top, left, 1) },
  { ring: left, at: crossing(left, right, 1) },
  { ring: top, at: crossing(top, right, 1) },
]

type Props = { readonly size?: number; readonly decorative?: boolean }

/** The logo; `decorative` when the name stands beside it. */
export function Logo({ size = 28, decorative }: Props) {
  const { t } = useTranslation('frame')
  return (
    <svg
      width={size}
      height={size}
      viewBox="2 2.2 20 19.4"
      fill="none"
      role={decorative ? undefined : 'img'}
      aria-label={decorative ? undefined : t('logo')}
      aria-hidden={decorative ? true : undefined}
      style={{ flex: 'none' }}
    >
      {[top, left, right].map((ring) => (
        <g key={ring.colour}>
          <circle cx={ring.x} cy={ring.y} r={radius} stroke="var(--surface)" strokeWidth="3.2" />
          <circle cx={ring.x} cy={ring.y} r={radius} stroke={ring.colour} strokeWidth="2" />
        </g>
      ))}
      {over.map(({ ring, at }) => (
        <g key={`${ring.colour}${at}`}>
          <path d={arc(ring, at, 0.24)} stroke="var(--surface)" strokeWidth="3.2" />
          <path d={arc(ring, at, 0.42)} stroke={ring.colour} strokeWidth="2" />
        </g>
      ))}
    </svg>
  )
}

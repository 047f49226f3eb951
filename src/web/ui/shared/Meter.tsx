// A bar that shows a part of a whole, with an optional mark (quorum, target).
import styles from './shared.module.css'

type Props = {
  readonly value: number
  readonly max: number
  /** Threshold on the same scale. */
  readonly mark?: number
  /** What it says, for those who do not see it. */
  readonly label: string
  readonly tone?: 'primary' | 'money' | 'community'
  /** Pixels; 10 unless told. */
  readonly height?: number
}

function percent(value: number, max: number): string {
  return max > 0 ? `${Math.max(0, Math.min(100, (value / max) * 100)).toFixed(2)}%` : '0%'
}

export function Meter({ value, max, mark, label, tone = 'primary', height = 10 }: Props) {
  return (
    <div
      className={styles.meter}
      role="img"
      aria-label={label}
      data-tone={tone}
      style={{ height, borderRadius: height / 2 }}
    >
      <i style={{ width: percent(value, max), borderRadius: height / 2 }} />
      {mark !== undefined && <u style={{ left: percent(mark, max) }} />}
    </div>
  )
}

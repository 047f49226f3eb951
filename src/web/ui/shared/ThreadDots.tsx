// The thread in one line: a dot per station of the route in the colour of who acts; the words beside it say the same.
import type { ReactNode } from 'react'
import type { Party } from './PartyMark.tsx'
import type { LineState } from './StateLine.tsx'
import styles from './ThreadDots.module.css'

export type Dot = { readonly party: Party; readonly state: LineState }

type Props = {
  readonly dots: readonly Dot[] /** State in words, bold. */
  readonly state: ReactNode /** What comes or by when, after a middle dot. */
  readonly note?: ReactNode
}

export function ThreadDots({ dots, state, note }: Props) {
  return (
    <span className={styles.mini}>
      <span className={styles.dots} aria-hidden="true">
        {dots.map((dot, index) => (
          <i key={index} data-party={dot.party} data-state={dot.state} />
        ))}
      </span>
      <span className={styles.words}>
        <b>{state}</b>
        {note !== undefined && <> · {note}</>}
      </span>
    </span>
  )
}

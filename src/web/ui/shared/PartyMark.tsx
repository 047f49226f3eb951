// Who acts: a mark in the colour of the society, and the name.
import type { ReactNode } from 'react'
import styles from './shared.module.css'

/** The parties of a thread. */
export type Party = 'resident' | 'community' | 'organization' | 'worker' | 'government'

type Props = {
  readonly party: Party /** The desk's filled shape (round, square, arch, octagon) instead of the residents' ring. */
  readonly shape?: boolean
  readonly children: ReactNode
}

export function PartyMark({ party, shape, children }: Props) {
  return (
    <span className={styles.party} data-party={party} data-shape={shape || undefined}>
      <i aria-hidden="true" />
      <span>{children}</span>
    </span>
  )
}
